"""Whoever is killed, and whenever, in a county's session: an act that was answered is on the record once, another can be sent again."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from domain.calendar import CHINA
from tests.api.county import Sent, county_to_come, fell_due, requests
from tests.api.killer import Killer
from tests.api.process import Client, House
from tests.engine.house import everything_stored, prepared
from tests.ledger.kinds import kind_of, rows
from yishi.law import LawLibrary
from yishi.ledger.verify import verify
from yishi.mirror import restore
from yishi.record import deciders

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there, and no fork")
KILLS, KILLS_IN_SOAK = 12, 200


class Played:
    """A session, or its beginning, sent over the door; `answers` are what the program was told, by command id."""

    def __init__(
        self,
        folder: Path,
        sent: list[Sent],
        kills: int = 0,
        seed: int = 0,
        *,
        mirror: Path | None = None,
        now: str = "",
        ends: bool = True,
    ) -> None:
        """`now`: what the clock shows already, if it is later than the first request."""
        self.folder = folder
        now = max(now, sent[0].body["at"])
        house = House(folder, now, mirror)
        self.client, self.killer = Client(house), Killer(house, sent, kills, seed)
        self.answers: dict[str, Any] = {}
        for n, request in enumerate(sent):
            now = max(now, request.body["at"])  # all are of one zone
            house.set_clock(now)
            timer = self.killer.strike(n, request)
            answer = self.client.send(*request, request.acts())
            assert answer.status_code in (200, 409), answer.text
            assert not house.doomed, f"{request.id} was answered and nobody killed"
            self.answers[request.id] = answer.json()
            if timer is not None:
                timer.join()
        house.door()
        if ends:
            assert house.stop() == 0
        else:
            house.kill_for_good()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Sent]:
    return requests(county_to_come(tmp_path_factory.mktemp("plan")))


@pytest.fixture(scope="module")
def undisturbed(sent: list[Sent], tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The session as nobody disturbs it: one motion with nine signatures is refused, one card held, all else is done."""
    played = Played(tmp_path_factory.mktemp("undisturbed") / "data", sent)
    refused = [name for name, told in played.answers.items() if told.get("outcome") == "refused" or told.get("refused")]
    assert refused == ["signed-by-nine"]
    assert [held["card"] for held in played.answers["plenary-1-gate"]["held"]] == ["found-on-the-floor"]
    assert fell_due(played.folder) == []
    return played


def holds(folder: Path, undisturbed: Played) -> None:
    """Nothing answered was lost or doubled: what is stored, answers and attendance too, is as if nobody had been killed.

    All tables are the same to the last byte but `commits`: acts that wait together are committed together, so where one commit
    ends is a matter of the moment, and a kill that rolls one back moves it. Its roots are of the same log: each is examined by
    `verify`, and the last is the same.
    """
    found = verify(folder, deciders(), LawLibrary(folder))
    assert found.exit_code == 0, found.failures
    here, there = everything_stored(folder), everything_stored(undisturbed.folder)
    *_, (last, _, root) = here.pop("commits")
    *_, (as_undisturbed, _, its_root) = there.pop("commits")
    assert here == there
    assert (last, root) == (as_undisturbed, its_root)


def test_killed_a_dozen_times_all_over_a_countys_session_it_comes_out_as_if_undisturbed(
    tmp_path: Path, sent: list[Sent], undisturbed: Played
) -> None:
    seed = int(os.environ.get("YISHI_SEED", "20261121"))
    played = Played(prepared(tmp_path / "data", like=undisturbed.folder), sent, KILLS, seed)
    assert played.killer.done.total() == KILLS
    assert played.killer.done.keys() == {"serve", "temporal", "batch", "unanswered"}
    assert played.client.sent_again > 0, "no kill met a request under way"
    assert played.client.half_way > 0, "no batch of sign-ins was on the record in part"
    assert played.answers == undisturbed.answers
    holds(played.folder, undisturbed)


def test_killed_again_and_again_and_then_lost_with_its_laptop_the_session_goes_on_from_the_second_copy(
    tmp_path: Path, sent: list[Sent], undisturbed: Played
) -> None:
    """The program sends again all that it sent: what the copy has is answered as before, what it lacks is done now."""
    half = next(n for n, request in enumerate(sent) if request.id == "signed-by-ten")
    old, stick = prepared(tmp_path / "lost", like=undisturbed.folder), tmp_path / "stick"
    lost = Played(old, sent[:half], 6, seed=20261122, mirror=stick, ends=False)
    found = restore(stick, tmp_path / "new", deciders(), LawLibrary)
    assert found.last_recorded_at is not None and 0 < found.size <= len(stored(lost.folder))
    assert verify(tmp_path / "new", deciders(), LawLibrary(tmp_path / "new")).exit_code == 0
    assert stored(tmp_path / "new") == stored(lost.folder)[: found.size]
    went_on = Played(tmp_path / "new", sent, mirror=stick, now=found.last_recorded_at.astimezone(CHINA).isoformat())
    assert all(went_on.answers[name] == told for name, told in of_acts(lost.answers).items())
    assert of_acts(went_on.answers) == of_acts(undisturbed.answers)
    holds(tmp_path / "new", undisturbed)


def of_acts(answers: dict[str, Any]) -> dict[str, Any]:
    """Without those to batches of sign-ins: they end with the light and the cards that wait, and these are of now."""
    return {name: told for name, told in answers.items() if "outcome" in told}


def stored(folder: Path) -> list[Any]:
    return rows(kind_of(folder), folder, "SELECT * FROM stored_events ORDER BY position")


@pytest.mark.soak
def test_killed_two_hundred_times_countys_sessions_come_out_as_if_undisturbed(
    tmp_path: Path, sent: list[Sent], undisturbed: Played
) -> None:
    killed = 0
    while killed < KILLS_IN_SOAK:
        seed = time.time_ns()
        folder = prepared(tmp_path / f"{seed}", like=undisturbed.folder)
        played = Played(folder, sent, min(KILLS, KILLS_IN_SOAK - killed), seed)
        killed += played.killer.done.total()
        figures = f"{dict(played.killer.done)}, {played.client.sent_again} sent again, {killed} killed in all"
        print(f"seed {seed}: {figures}")  # noqa: T201 # a long run says how far it is, and by which seed it failed
        assert played.answers == undisturbed.answers
        holds(played.folder, undisturbed)
