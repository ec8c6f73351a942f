"""The light wakes who watches it, and the examination holds its index against the events."""

import asyncio
import json
from pathlib import Path

import pytest

from domain.session.sign_in import SignIn
from tests.domain.chamber import SESSION
from tests.hall.house import MORNING, bringing, doors
from tests.ledger.kinds import kind_of
from yishi.api.feed import Feed
from yishi.hall.light import light_of
from yishi.hall.signing import sign_in_batch
from yishi.ledger.verification import Outcome
from yishi.ledger.verify import verify
from yishi.record import deciders


def test_whoever_watches_sees_the_light_after_each_sign_in_woken_by_it(tmp_path: Path) -> None:
    with doors(tmp_path, 30) as house:

        async def watched() -> int:
            shows, last = asyncio.Queue[int](), 0
            async with asyncio.timeout(60), Feed(house.ledger) as feed:

                async def watch() -> None:
                    shown = house.light
                    while not shown["enough"]:
                        await feed.page(shown["position"], 1, 3600)
                        shown = await asyncio.to_thread(light_of, house.ledger, house.laws, SESSION, "s1", MORNING)
                        shows.put_nowait(shown["present"])

                watching = asyncio.create_task(watch())
                for n, deputy in enumerate(list(house.session.roll)[:20], 1):
                    await sign_in_batch(house, bringing(deputies=[deputy]), MORNING)
                    while last != n:
                        last = await shows.get()
                await watching
            return last

        assert asyncio.run(watched()) == 20


def test_nobody_is_woken_for_nothing_and_waiting_ends_in_time(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:

        async def waits() -> tuple[bool, bool]:
            async with Feed(house.ledger) as feed:

                async def beyond(position: int, seconds: float) -> bool:
                    return bool(json.loads(await feed.page(position, 1, seconds))["events"])

                size = house.ledger.head().size
                nothing = await beyond(size, 0.05)
                woken = asyncio.create_task(beyond(size, 60))
                await sign_in_batch(house, bringing(deputies=["d001"]), MORNING)
                return nothing, await woken

        assert asyncio.run(waits()) == (False, True)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE attendance SET present = 99 WHERE sitting = 's1#heads' AND deputy = 'unnamed'",
        "UPDATE attendance SET present = 1 - present WHERE sitting = 's1#held'",
        "DELETE FROM attendance WHERE sitting = 's1' AND deputy = 'd001'",
    ],
)
def test_a_head_count_or_a_held_card_that_somebody_altered_in_the_index_is_found(
    tmp_path: Path, tampering: str
) -> None:
    with doors(tmp_path, 9, cards=True) as house:
        house.batch(cards=["cd001", "77"])
        house.does(SignIn(sitting="s1", present=6))
    assert verify(tmp_path, deciders(), house.laws).outcome is Outcome.VERIFIED
    with kind_of(tmp_path).owner(tmp_path) as db:
        db.execute(tampering)
    found = verify(tmp_path, deciders(), house.laws)
    assert found.outcome is Outcome.BROKEN and {f.check for f in found.failures} == {"attendance"}


def test_without_a_sitting_named_the_light_is_that_of_the_open_or_the_next_one(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:
        assert light_of(house.ledger, house.laws, SESSION, None, MORNING)["sitting"] == "s1"
