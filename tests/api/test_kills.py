"""Whoever is killed, and whenever: an act that was answered is on the record once, and one that was not can be sent again."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.api.process import Client, House, Killer
from tests.api.served import body_of, session_fields
from tests.engine.house import everything_stored, prepared
from tests.engine.live import plan_to_come
from yishi.engine import deciders
from yishi.law import LawLibrary
from yishi.ledger.verify import verify
from yishi.planning.plan import Plan
from yishi.rehearsal.lawful import lawful_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there, and no fork")
KILLS, KILLS_IN_SOAK = 30, 200


class Played:
    """A plan's whole course over the door; `answers` are what the client was told, by command id."""

    def __init__(self, folder: Path, plan: Plan, kills: int = 0, seed: int = 0) -> None:
        requests = sent(plan)
        house = House(folder, requests[0][1]["at"])
        client, killer = Client(house), Killer(house, kills, seed)
        self.folder, self.killer, self.client = folder, killer, client
        self.answers: dict[str, Any] = {}
        now = ""
        for call, body in requests:
            now = max(
                now, body["at"]
            )  # all are of one zone; the refused opening is of a later minute than the signing in
            house.set_clock(now)
            timer = killer.strike_soon()
            answer = client.send(call, body)
            assert answer.status_code in (200, 409), answer.text
            self.answers[body["command_id"]] = answer.json()
            if timer is not None:
                timer.join()
        while killer.left:
            timer = killer.strike_soon()
            assert timer is not None
            timer.join()
        house.door()
        assert house.stop() == 0


def sent(plan: Plan) -> list[tuple[str, dict[str, Any]]]:
    """The lawful course of a plan as requests, with one act in it that is refused."""
    acts = lawful_course(plan, LawLibrary(None).newest()).acts
    first = {"command_id": "register", "at": acts[0].at.isoformat(), "fields": session_fields(plan)}
    requests = [("sessions", first), *(("acts", body_of(plan, act)) for act in acts)]
    opening = next(body for _, body in requests if body.get("act") == "open-sitting")
    signing = next(n for n, (_, body) in enumerate(requests) if body.get("act") == "sign-in")
    requests.insert(signing, ("acts", opening | {"command_id": "before-anybody-came"}))
    return requests


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Of days to come: no deadline runs out while the test plays."""
    return plan_to_come("xiaozhen", tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def undisturbed(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Played:
    played = Played(tmp_path_factory.mktemp("undisturbed") / "data", plan)
    assert [a["act"] for a in played.answers.values() if a["outcome"] == "refused"] == ["open-sitting"]
    return played


def holds(played: Played, undisturbed: Played) -> None:
    """Nothing answered was lost or doubled: all that is stored, and all that was answered, is as if nobody had been killed."""
    found = verify(played.folder, deciders(), LawLibrary(played.folder))
    assert found.exit_code == 0, found.failures
    assert played.answers == undisturbed.answers
    assert everything_stored(played.folder) == everything_stored(undisturbed.folder)


def test_killed_thirty_times_at_random_a_session_over_the_door_comes_out_as_if_undisturbed(
    tmp_path: Path, plan: Plan, undisturbed: Played
) -> None:
    seed = int(os.environ.get("YISHI_SEED", "20261121"))
    played = Played(prepared(tmp_path / "data", like=undisturbed.folder), plan, KILLS, seed)
    assert len(played.killer.done) == KILLS and {"serve", "temporal"} == set(played.killer.done)
    assert played.client.sent_again > 0, "no kill met an act under way"
    holds(played, undisturbed)


@pytest.mark.soak
def test_killed_two_hundred_times_sessions_over_the_door_come_out_as_if_undisturbed(
    tmp_path: Path, plan: Plan, undisturbed: Played
) -> None:
    killed = 0
    while killed < KILLS_IN_SOAK:
        seed = time.time_ns()
        folder = prepared(tmp_path / f"{seed}", like=undisturbed.folder)
        played = Played(folder, plan, min(KILLS, KILLS_IN_SOAK - killed), seed)
        killed += len(played.killer.done)
        holds(played, undisturbed)
