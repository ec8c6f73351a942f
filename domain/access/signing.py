"""What an actor signs: the command as the service will judge it, in canonical JSON (RFC 8785). docs/access.md gives the exact bytes.

A signature is over all of it, so that none of it can be changed, carried to another session or sent again later as something else.
"""

from datetime import datetime
from typing import Any

from domain.submission import Submission

KIND = "yishi.command/1"
UNSIGNED = ("register-session", "register-person")
"""Acts whose names come in clear and are sealed by the service: what is recorded is not what was sent, so nobody can sign it."""


def signed_object(submission: Submission, deadline: datetime, edition: str) -> dict[str, Any]:
    """The JSON object whose canonical bytes are signed. Times are ISO 8601 with their offset, as they were sent.

    `nonce` is the command id: it is answered once, and sent again it gets the same answer. `stream` is whom it is for.
    """
    return {
        "kind": KIND,
        "nonce": submission.command_id,
        "stream": submission.stream,
        "actor": {
            "office": submission.actor.office,
            "person": submission.actor.person,
            "on_behalf_of": submission.actor.on_behalf_of,
        },
        "at": submission.at.isoformat(),
        "act": submission.act,
        "fields": submission.fields,
        "evidence": [each.sha256 for each in submission.evidence],
        "reason": submission.reason,
        "deadline": deadline.isoformat(),
        "edition": edition,
    }
