"""Whatever is killed while many sessions are under way, program, Temporal server or database: no answered act is lost, none doubled."""

import contextlib
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.county import Sent, fell_due
from tests.chaos.apart import SiteApart
from tests.chaos.database import database
from tests.chaos.many import Chaos, Played, courses
from tests.chaos.site import Site
from tests.engine.house import envelopes, prepared
from yishi.law import LawLibrary
from yishi.ledger.verify import verify
from yishi.record import deciders, reader

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there, and no fork")
IN_A_FILE = pytest.param("sqlite", marks=pytest.mark.only("sqlite", why="its record is in a file"))
KINDS = {
    "sqlite": ("serve", "temporal"),
    "postgres": ("serve", "temporal", "database"),
    "apart": ("api", "worker", "temporal", "database"),
}
"""What dies, by how the program runs: one process with its record in a file, one on a database, or door and work apart on one."""
SESSIONS, STEPS, KILLS = 3, 16, 4
"""Of the short form: so many sessions, up to that request of each."""
SESSIONS_IN_SOAK, KILLS_IN_SOAK = 50, 200


@contextlib.asynccontextmanager
async def site_of(folder: Path, store: str, now: str) -> AsyncIterator[Site | SiteApart]:
    with contextlib.ExitStack() as stack:
        if store == "apart":
            site: Site | SiteApart = SiteApart(folder, now, stack.enter_context(database()))
        else:
            site = Site(folder, now, stack.enter_context(database()) if store == "postgres" else None)
        try:
            yield site
        finally:
            site.stop()


def facts(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What each stream holds, in its order: everything but times, and the order of one stream's events among another's."""
    found: dict[str, list[dict[str, Any]]] = {}
    for envelope in envelopes(folder):
        found.setdefault(envelope["stream"], []).append(envelope)
    return found


def answered_once(folder: Path, answers: dict[str, Any]) -> None:
    """Each act that was answered is on record with the answer that was told, with as many events; a refused one as an attempt."""
    events = Counter(e["command_id"] for e in envelopes(folder))
    with contextlib.closing(reader(folder)) as ledger:
        for command_id, told in answers.items():
            if "outcome" in told:  # not of a batch: each of its acts is one
                kept = ledger.answer_of(command_id)
                assert kept is not None
                assert kept.model_dump(mode="json")["outcome"] == told["outcome"]
                assert events[command_id] == len(told.get("events", ["the attempt"])), told


async def comes_through(
    place: Path, store: str, sent: list[list[Sent]], undisturbed: Played, kills: int, seed: int
) -> str:
    """The run with its kills; its figures."""
    begun = time.monotonic()
    now = sent[0][0].body["at"]
    async with site_of(prepared(place, undisturbed.site.folder), store, now) as site:
        played = Played(site)
        chaos = Chaos(site, KINDS[store], kills, seed, sum(map(len, sent)))
        await played.play(sent, chaos)
        assert site.stop() == 0
        figures = (
            f"{store}, seed {seed}: {len(sent)} sessions, {len(played.answers)} requests, killed {dict(chaos.done)}, "
            f"{played.again} sent again, {time.monotonic() - begun:.0f} s"
        )
        assert chaos.done.total() == kills and chaos.done.keys() == set(KINDS[store]), figures
        found = verify(place, deciders(), LawLibrary(place))
        assert found.exit_code == 0, (figures, found.failures)
        answered_once(place, played.answers)
        assert facts(place) == facts(undisturbed.site.folder), figures
    return figures


async def undisturbed_run(folder: Path, sent: list[list[Sent]]) -> Played:
    async with site_of(folder, "sqlite", sent[0][0].body["at"]) as site:
        played = Played(site)
        await played.play(sent)
        assert fell_due(folder) == []
        return played


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[list[Sent]]:
    return [course[:STEPS] for course in courses(tmp_path_factory.mktemp("plans"), SESSIONS)]


@pytest.fixture(scope="module")
async def undisturbed(sent: list[list[Sent]], tmp_path_factory: pytest.TempPathFactory) -> Played:
    return await undisturbed_run(tmp_path_factory.mktemp("undisturbed") / "data", sent)


@pytest.mark.parametrize("store", [IN_A_FILE, "apart"])
async def test_whatever_is_killed_while_three_sessions_run_they_come_out_as_if_undisturbed(
    tmp_path: Path, store: str, sent: list[list[Sent]], undisturbed: Played
) -> None:
    seed = int(os.environ.get("YISHI_SEED", "20261122"))
    print(await comes_through(tmp_path / "data", store, sent, undisturbed, KILLS, seed))  # noqa: T201


@pytest.mark.soak
@pytest.mark.parametrize("store", [IN_A_FILE, "postgres", "apart"])
async def test_killed_two_hundred_times_fifty_sessions_come_out_as_if_undisturbed(tmp_path: Path, store: str) -> None:
    (tmp_path / "plans").mkdir()
    sent = courses(tmp_path / "plans", SESSIONS_IN_SOAK)
    undisturbed = await undisturbed_run(tmp_path / "undisturbed", sent)
    seed = int(os.environ.get("YISHI_SEED", time.time_ns()))
    print(f"seed {seed}")  # noqa: T201 # known, however it ends
    print(await comes_through(tmp_path / "data", store, sent, undisturbed, KILLS_IN_SOAK, seed))  # noqa: T201
