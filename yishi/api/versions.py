"""What a program has seen of a session or a matter, as HTTP says it: `ETag` with what is read, `If-Match` with what is done."""

import re
from typing import Annotated, Any

from fastapi import Header

from domain.text import Text
from yishi.api.faults import NotWell

OURS = re.compile(r'"v([0-9]{1,15})"')
TAGS = re.compile(r'(W/)?"[!#-~\x80-\xff]*"(\s*,\s*(W/)?"[!#-~\x80-\xff]*")*')
"""RFC 9110 §13.1.1."""
NO_TAG = Text(
    'If-Match 写法不对:{said}。请原样写收到的 ETag,连同引号,如 "v12"',
    'If-Match is not well formed: {said}. Send the ETag as it came, quotation marks and all, such as "v12"',
)
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
    """The version that the sender has seen, of several the newest; None: any will do. A tag that is none of ours names what never is.

    A proxy that packs answers makes a tag weak (`W/`): of other bytes, but of the same version, and that is what is asked.

    Raises:
        NotWell: it is no tag at all.
    """
    said = (if_match or "*").strip()
    if said == "*":
        return None
    if not TAGS.fullmatch(said):
        raise NotWell(told=NO_TAG.filled(said=said))
    return max(map(int, OURS.findall(said)), default=NEVER)
