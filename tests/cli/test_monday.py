"""`yishi deadlines` for the whole office: over all sessions and matters, served and straight from the folder."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.calendar import CHINA
from tests.cli.desk import Desk, days_until, found, squeezed, today
from tests.cli.shell import yishi
from tests.engine.apart import until
from tests.ledger.kinds import copied
from yishi.record import reader

UNIT = "水务一局"
HERE = datetime.now(CHINA).date()
PASSED, TO_COME = HERE - timedelta(2), HERE + timedelta(3)


@pytest.fixture(scope="module")
def session(desk: Desk) -> Iterator[str]:
    """A session with three matters for one unit: overdue, due in three days, and without a term."""
    named = desk.registered("monday")
    begun = f"{today() - timedelta(20)} 09:00"
    due: date | None
    for number, due in (("m1", PASSED), ("m2", TO_COME), ("m3", None)):
        words = ["kind=resolution", "subject=关于治水的决议", f"unit={UNIT}", *([f"due={due}"] if due else [])]
        done = desk(
            "act", "begin-matter", f"number={number}", *words, "--at", begun, "--reason", "补录", "--session", named
        )
        assert done.code == 0, done.said
        assert desk("act", "take-step", "step=publish", "--of", number, "--session", named).code == 0
    until(lambda: {("m1", "matter.term-missed.v1"), ("m2", "matter.reminded.v1")} <= noted(desk), "its engine says so")
    yield named


def noted(desk: Desk) -> set[tuple[str, str]]:
    """What is on record of each matter."""
    ledger = reader(desk.folder)
    try:
        entries = ledger.notifications(limit=10_000)
        return {(entry.envelope.stream.rpartition("/")[2], entry.event.name) for entry in entries}
    finally:
        ledger.close()


def test_the_office_sees_what_is_overdue_what_is_due_and_what_waits_without_a_term(desk: Desk, session: str) -> None:
    done = desk("deadlines", "--unit", UNIT)
    assert done.code == 0, done.said
    told, over = squeezed(done.out), -days_until(PASSED)
    for word in (
        "逾期·1",
        f"报告办理情况m1逾期{over}天·等水务一局",
        f"报告办理情况m2还有{days_until(TO_COME)}天",
        "没有期限、等着办的·1",
        "决议、决定m3",
    ):
        assert word in told, word
    assert "关于治水的决议 · 已公布" in done.out
    english = desk("deadlines", "--unit", UNIT, "--lang", "en").out
    for word in ("Overdue", f"{over} days over", f"waits for {UNIT}", "Waiting without a term", "published"):
        assert word in english, word


def test_programs_are_told_the_same(desk: Desk, session: str) -> None:
    told = found(desk("deadlines", "--unit", UNIT, "--json"))
    assert told["counts"] | {"this_week": 0} == {"red": 1, "yellow": 1, "green": 0, "this_week": 0, "waiting": 1}
    assert [(row["number"], row["light"]) for row in told["deadlines"]] == [("m1", "red"), ("m2", "yellow")]
    assert [row["number"] for row in found(desk("deadlines", session, "--unit", UNIT, "--json"))] == ["m1", "m2"]
    assert found(desk("deadlines", "--unit", "没有这个局", "--json"))["deadlines"] == []


def test_one_session_and_one_that_is_not_there(desk: Desk, session: str) -> None:
    assert (
        "报告办理情况m2" in squeezed(desk("deadlines", session, "--week", "--all").out)
        or datetime.now(CHINA).weekday() > 3
    )
    desk.both("deadlines", "nowhere/1-1", zh="没有会议 nowhere/1-1", en="there is no session nowhere/1-1", code=2)


def test_when_nothing_serves_it_is_read_from_the_folder_and_comes_to_the_same(
    desk: Desk, session: str, tmp_path: Path
) -> None:
    copied(desk.folder, tmp_path / "data", "door.json", "*.lock", "*.pid", "temporal*")
    asked = ("deadlines", "--unit", UNIT)
    read = yishi(*asked, "--data", tmp_path / "data", COLUMNS="80").out.splitlines()
    assert "服务没有运行" in read[0] and read[1:] == desk(*asked).out.splitlines()


def test_a_matter_says_what_may_follow_what_to_type_and_its_history_in_words(desk: Desk, session: str) -> None:
    done = desk("matter", "m1", "--session", session)
    assert done.code == 0, done.said
    for word in ("m1 关于治水的决议", "已公布 · 等 水务一局", "可以办理", "报告办理情况", "办理经过"):
        assert word in done.out, word
    assert "yishi act take-step step=report text=… --of m1" in done.out
    assert "期限已过:报告办理情况" in done.out and "建立督办事项" in done.out and "公布  主席团" in done.out
    told = found(desk("matter", "m2", "--json"))
    titles = [entry["title"]["en"] for entry in told["history"]]  # the engine reminds when it comes to it
    assert [title for title in titles if not title.startswith("Reminder")] == ["Open the matter", "Publish"]
    assert {move["step"] for move in told["moves"]} >= {"report", "divide-work"} and told["chart"][
        "here"
    ] == "published"


def test_matters_are_listed_and_one_that_is_not_there_is_said(desk: Desk, session: str) -> None:
    listed = desk("matter", "--session", session).out
    assert all(word in listed for word in ("m1", "m2", "m3", "已公布", "决议、决定"))
    desk.both("matter", "m9", zh="没有第 m9 号督办事项", en="there is no matter m9", code=2)


def test_the_loop_of_a_matter_is_drawn_with_where_it_stands_for_people_and_in_mermaid(desk: Desk, session: str) -> None:
    drawn = desk("matter", "m1", "--loops").out
    assert "▶ 已公布  ← 现在" in drawn and "报告办理情况 → 已报告执行情况" in drawn
    lines = desk("matter", "m1", "--mermaid", "--lang", "en").out.splitlines()
    assert lines[0] == "flowchart TD" and lines[-1].strip() == "class published here"
    assert '  published -- "Report in writing" --> reported' in lines
    every = yishi("matter", "--loops", "--lang", "en").out
    assert "suggestion" in every and "resolution" in every and "now" not in every


def test_history_status_and_watch_tell_a_matters_events_in_words(desk: Desk, session: str) -> None:
    told = yishi("history", session, "--data", desk.folder).out
    assert "期限已过:报告办理情况" in told and "matter.step-taken" not in told
    assert "公布" in {step["title"]["zh"] for step in found(desk("status", session, "--json"))["last"]}


def test_the_four_lists_are_asked_of_the_door_and_a_session_without_items_has_none(desk: Desk, session: str) -> None:
    desk.both("matter", "--lists", "--session", session, zh="没有问题清单", en="no problems are listed", code=0)
    assert found(desk("matter", "--lists", "--session", session, "--json")) == []
