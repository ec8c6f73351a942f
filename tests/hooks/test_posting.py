"""What an endpoint answers besides yes: how long it wants to be left alone."""

import pytest

from tests.hooks.receiver import Receiver
from yishi.hooks.posting import LONGEST_ASKED, Poster


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("7200", 7200), ("0007", 7), ("0", 0), ("9" * 5000, LONGEST_ASKED), ("0" * 5000, 0), ("-1", 0), ("Sun, 06 Nov 1994", 0)],
)  # fmt: skip
async def test_however_long_somebody_asks_to_be_left_alone_it_is_an_answer(
    receiver: Receiver, asked: str, waited: int
) -> None:
    receiver.answering, receiver.headers = lambda got: 503, {"retry-after": asked}
    async with Poster() as poster:
        posted = await poster.post(receiver.url, {}, "{}")
    assert (posted.why, posted.wait_seconds) == ("http-503", waited)
