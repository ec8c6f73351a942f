"""What a program has seen of a session or a matter, as HTTP says it: `ETag` with what is read, `If-Match` with what is done."""

import re
from typing import Annotated, Any

from fastapi import Header

ETAG = re.compile(r'"v([0-9]{1,15})"')
NEVER = -1
"""A version at which no stream ever stands."""
ETAG_TOLD: dict[str, Any] = {
    "headers": {
        "ETag": {
            "description": 'the version of its stream, `"v12"`; for If-Match. Absent when nothing was added',
            "schema": {"type": "string"},
        }
    }
}
Seen = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="the ETag of what was read: once the stream has gone on, the act is not judged and 412 is told",
    ),
]


def etag(version: int) -> str:
    return f'"v{version}"'


def expected_of(if_match: str | None) -> int | None:
    """The version that the sender has seen; None: any will do. A tag that is none of ours names what never is."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = ETAG.fullmatch(if_match.strip())
    return int(found[1]) if found else NEVER
