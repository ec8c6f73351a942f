"""A session held for elections alone has no other item on its agenda; one with neither is no session."""

from pathlib import Path

from domain.law import LawBook
from yishi.planning import read_plan

PLAN = """\
format: yishi-plan/1
congress: {code: shizhen, name: 试镇人民代表大会, level: township}
profile: national-township
session: {term: 20, number: 3, kind: extraordinary, opens: 2026-01-14, closes: 2026-01-14}
roll: {count: 40}
presidium: {count: 9}
sittings: [{code: plenary-1, kind: plenary, title: 全体会议, at: 2026-01-14 09:00}]
elections: [{code: head, post: township-head, title: 镇长, seats: 1, kind: by_election}]
agenda: []
"""


def test_a_session_for_a_by_election_alone_needs_no_other_item(tmp_path: Path, book: LawBook) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    reading = read_plan(plan, book)
    assert reading.plan is not None and reading.plan.agenda == ()
    assert [f for f in reading.faults if f.weight == "error"] == []


def test_with_neither_item_nor_election_the_agenda_is_asked_for(tmp_path: Path, book: LawBook) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "".join(line for line in PLAN.splitlines(keepends=True) if "elections" not in line), encoding="utf-8"
    )
    reading = read_plan(plan, book)
    assert reading.plan is None
    assert [f.where for f in reading.faults] == ["agenda"] and "选举" in reading.faults[0].says.zh
