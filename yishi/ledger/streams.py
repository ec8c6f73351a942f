"""Names of streams: `{congress}/{term}-{session}/{kind}/{n}`; deeper ones go on as `/{kind}/{n}` or end in a `/{kind}`."""

import re

_SHAPE = re.compile(r"[^/\s\0]+/[^/\s\0]+(?:/[^/\s\0]+)+")
LONGEST = 300  # characters


def kind_of(stream: str) -> str:
    """Whose decider folds a stream: `yuanhua/17-9/session/1` is a session, `…/session/1/refused` is refused.

    Raises:
        ValueError: this is not the name of a stream.
    """
    if len(stream) > LONGEST or not _SHAPE.fullmatch(stream):
        raise ValueError(f"not a stream name: {stream!r}")
    after_the_session = stream.split("/")[2:]
    return after_the_session[-1 if len(after_the_session) % 2 else -2]
