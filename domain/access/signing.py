"""What an actor signs: the command as the service will judge it, in canonical JSON (RFC 8785). docs/access.md gives the exact bytes.

A signature is over all of it, so that none of it can be changed, carried to another session or sent again later as something else.
"""

from datetime import datetime
from typing import Any

from domain.access.register import Register
from domain.access.rights import Denied
from domain.submission import Actor, ActorSignature, Submission
from domain.text import Text

KIND = "yishi.command/1"
ADDED_HERE = {"close-box": ("returned", "root")}
"""Fields that the service says and nobody asks for: they are not under the signature."""
UNSIGNED = ("register-session", "register-person")
"""Acts whose names come in clear and are sealed by the service: what is recorded is not what was sent, so nobody can sign it."""

MUST_SIGN = Denied(
    "unsigned", Text("{person} 办理的事项须有本人签名", "acts of {person} have to carry their own signature")
)
NO_KEY = Denied("key", Text("没有登记这个公钥,或已停用", "this public key is not registered, or was revoked"))
NOT_THEIR_KEY = Denied("key", Text("公钥是 {person} 的,不是办理人的", "the key is of {person}, who is not who acts"))
TOO_LATE = Denied("deadline", Text("签名的期限 {deadline} 已过", "the signature was good until {deadline}"))


def lacking(register: Register, actor: Actor, signature: ActorSignature | None, now: datetime) -> Denied | None:
    """What an entry of this actor lacks of a signature by the register as it stands; None: nothing.

    Whether the signature is over what was asked the door judges, which alone has it as it was sent.
    """
    if signature is None:
        return told(MUST_SIGN, person=actor.person) if register.owes(actor) else None
    key = register.standing(signature.key)
    if key is None:
        return NO_KEY
    if key.person != actor.person:
        return told(NOT_THEIR_KEY, person=key.person)
    return told(TOO_LATE, deadline=signature.deadline.isoformat()) if now > signature.deadline else None


def told(denied: Denied, **figures: object) -> Denied:
    """The same with its places filled."""
    return denied._replace(says=denied.says.filled(**figures))


def signed_object(submission: Submission, deadline: datetime, edition: str) -> dict[str, Any]:
    """The JSON object whose canonical bytes are signed. Times are ISO 8601 with their offset, as they were sent.

    `nonce` is the command id: it is answered once, and sent again it gets the same answer. `stream` is whom it is for.
    """
    ours = ADDED_HERE.get(submission.act, ())
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
        "fields": {name: value for name, value in submission.fields.items() if name not in ours},
        "evidence": [each.sha256 for each in submission.evidence],
        "reason": submission.reason,
        "deadline": deadline.isoformat(),
        "edition": edition,
    }
