"""The state at any position or moment is what was answered then, word for word."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.served import Visitor, long_after, visiting

READINGS = ("status", "deadlines", "members", "votes", "elections", "report", "hall")


class Seen:
    """What was answered while the session ran, by the position at which it was asked."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.answers: dict[int, dict[str, Any]] = {}

    async def look(self) -> None:
        """Ask for every reading, again if something was recorded meanwhile: the workflows record in their own time."""
        size, before = await self.size(), None
        while size != before:
            before, answers = size, {name: await self.ask(name) for name in READINGS}
            size = await self.size()
        self.answers[size] = answers

    async def size(self) -> int:
        return int((await self.visitor.http.get("/v1")).json()["size"])

    async def ask(self, reading: str, **params: Any) -> tuple[int, Any]:
        answer = await self.visitor.http.get(f"/v1/sessions/{self.visitor.session}/{reading}", params=params)
        return answer.status_code, answer.json()


@pytest.fixture(scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Seen]:
    async with visiting(tmp_path_factory.mktemp("then") / "data") as visitor:
        found = Seen(visitor)
        assert (await visitor.register()).status_code == 200
        for number, act in enumerate(visitor.course()):
            if number % 4 == 0 or act.act in ("sign-in", "open-sitting"):
                await found.look()
            assert (await visitor.act(act)).status_code == 200
        await found.look()
        yield found


async def test_every_reading_of_a_position_is_what_was_answered_when_it_was_the_newest(seen: Seen) -> None:
    for position, answers in seen.answers.items():
        for reading, (status, then) in answers.items():
            assert await seen.ask(reading, position=position) == (status, then), (reading, position)
    halls = {answers["hall"][1].get("present") for answers in seen.answers.values()}
    assert len(halls) > 1  # deputies came and went meanwhile, and the light of then knows it


async def test_a_moment_is_the_newest_position_recorded_by_then(seen: Seen) -> None:
    now, newest = long_after(), max(seen.answers)
    status, told = await seen.ask("status", at=now.isoformat())
    assert status == 200 and told["size"] == newest
    before = (now - timedelta(days=1)).isoformat()
    assert (await seen.ask("status", at=before))[0] == 404  # all of it was recorded in one moment, a day later
    unescaped = await seen.visitor.http.get(f"/v1/sessions/{seen.visitor.session}/status?at={now.isoformat()}")
    assert unescaped.status_code == 200 and unescaped.json()["size"] == newest


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"position": 0}, 404),
        ({"position": 10**9}, 422),
        ({"position": -1}, 422),
        ({"position": "last"}, 422),
        ({"at": "2026-01-28"}, 422),
        ({"at": "2026-01-28T10:00"}, 422),
        ({"at": "yesterday"}, 422),
        ({"at": "9999-01-28T10:00+08:00"}, 422),
        ({"at": "0001-01-01T00:00+14:00"}, 422),
        ({"at": "1954-09-15T15:00+08:00"}, 404),
        ({"position": 1, "at": "2026-01-28T10:00+08:00"}, 422),
    ],
)
async def test_a_position_or_moment_that_is_none_is_told_so(seen: Seen, params: dict[str, Any], status: int) -> None:
    for reading in READINGS:
        answered, told = await seen.ask(reading, **params)
        assert answered == status and told["fault"]["zh"] and told["fault"]["en"], (reading, told)


async def test_a_matter_is_told_as_it_stood_too(seen: Seen) -> None:
    listed = (await seen.visitor.http.get("/v1/matters")).json()
    matter = next(row for row in listed if row["session"] == seen.visitor.session)
    path = f"matters/{matter['number']}"
    entries = seen.visitor.engine.ledger.events(matter["stream"])
    for entry in (entries[0], entries[-1]):
        status, told = await seen.ask(path, position=entry.position)
        assert status == 200 and len(told["history"]) <= len(entries)
    assert (await seen.ask(path, position=entries[0].position - 1))[0] == 404
    assert (await seen.ask(path, position=entries[-1].position)) == (await seen.ask(path))
