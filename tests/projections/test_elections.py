"""What readers are told of an election: everything once it is attested and declared, and of a running count only which sheets are in."""

import io
import json
from contextlib import redirect_stdout
from typing import Any

import pytest
from rich.cells import cell_len

from domain.election.attesting import AttestCount
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection
from domain.election.rounds import OpenBallot
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Line
from domain.text import Lang
from tests.domain.chamber import Chamber, ids, statutes
from tests.domain.elections import adopted, by_presidium, deliberated, election, house, joint, meeting
from yishi.cli.election import Showing
from yishi.cli.page import Page
from yishi.projections.elections import elections_of

NAMES = {"d001": "甲", "d002": "乙", "d003": "丙", "d004": "丁"}


@pytest.fixture(scope="module")
def open_ballot() -> Chamber:
    """Three vice-chairs are elected of four candidates; the ballot is open."""
    here = meeting(house(election("sc-vice-chair", seats=3, kind="by_election")))
    here.given(by_presidium("1", "d001", "d002", "d003"), joint("2", ("d004",), ids(10, start=20)))
    adopted(deliberated(here), ("e", 1))
    return here.given(SettleCandidates(election="e", candidates=ids(4)), OpenBallot(election="e"))


def sheet(number: int, *votes: int) -> EnterBallotSheet:
    lines = tuple(Line(person=f"d00{n}", in_favour=yes, against=241 - yes) for n, yes in enumerate(votes, 1))
    return EnterBallotSheet(election="e", sheet=number, issued=241, returned=241, valid=241, lines=lines)


def told(here: Chamber) -> dict[str, Any]:
    found = elections_of(here.session, statutes(), NAMES)
    json.dumps(found)
    return found[0]


def page_of(here: Chamber, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    out = io.StringIO()
    with redirect_stdout(out):
        Showing(Page(), lang, told(here)).all()
    assert [line for line in out.getvalue().splitlines() if cell_len(line) > 80] == []
    return out.getvalue()


def test_an_election_is_told_from_its_sheets_to_the_tie_and_the_revote(
    open_ballot: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = open_ballot
    assert told(here)["stands"]["zh"] == "正在投票" and told(here)["margin"] == 1
    here.given(sheet(1, 200, 150, 130, 130))
    running = told(here)
    assert running["stands"]["zh"] == "正在计票,已收到第 1 张计票单"
    assert running["ballots"][0]["figures"] is None and "200" not in json.dumps(running), "no running count is told"
    assert "200" not in page_of(here, "zh", monkeypatch)
    here.given(sheet(2, 200, 150, 130, 130), AttestCount(election="e"))
    assert told(here)["ballots"][0]["figures"]["lines"][0] == {
        "id": "d001", "name": "甲", "in_favour": 200, "against": 41, "abstained": 0,
    }  # fmt: skip
    here.given(DeclareElection(election="e"))
    first = told(here)
    assert first["ballots"][0]["says"]["zh"] == (
        "应选 3 人,全体代表 241,过半数为 121;甲 200 票、乙 150 票,当选;丙、丁各 130 票,票数相等,就二人再次投票选 1 人"
    )
    assert (first["seats_left"], first["stands"]["zh"]) == (1, "票数相等,等待再次投票")
    assert [p["id"] for p in first["ballots"][0]["result"]["tied"]] == ["d003", "d004"]
    zh, en = (page_of(here, lang, monkeypatch) for lang in ("zh", "en"))
    assert "联名 10 人,有效 10 人" in zh and "待再次投票" in zh and "地方组织法(2022)第二十九条" in "".join(zh.split())
    assert "10 signed, 10 count" in en and "voted on again" in en
    here.given(OpenBallot(election="e"))
    lines = tuple(Line(person=p, in_favour=n, against=241 - n) for p, n in (("d003", 119), ("d004", 118)))
    for number in (1, 2):
        here.given(
            EnterBallotSheet(
                election="e", sheet=number, issued=241, returned=241, valid=241, lines=lines
            )
        )  # fmt: skip
    here.given(AttestCount(election="e"), DeclareElection(election="e"))
    last = told(here)
    assert last["ballots"][1]["says"]["zh"] == ("再次投票选 1 人,得票多的当选;丙 119 票,当选;丁 118 票,得票较少,未当选")
    assert last["seats_left"] == 0 and [p["name"] for p in last["elected"]] == ["甲", "乙", "丙"]
