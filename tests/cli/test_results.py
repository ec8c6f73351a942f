"""`yishi vote`, `yishi election`: results with their arithmetic, straight from the folder and over the door, in 80 columns."""

from pathlib import Path

from rich.cells import cell_len

from tests.cli.desk import COLUMNS, Desk, flat, found
from tests.cli.shell import Done, refused, yishi
from tests.engine.house import SMALL
from tests.ledger.kinds import stored_bytes
from tests.rehearsals import Rehearsed
from yishi.projections.naming import names_of
from yishi.record import reader


def told(*arguments: object) -> Done:
    done = yishi(*arguments, COLUMNS=str(COLUMNS))
    assert done.code == 0, done.said
    assert [line for line in done.out.splitlines() if cell_len(line) > COLUMNS] == []
    return done


def test_every_vote_is_told_with_the_arithmetic_behind_it_also_when_nothing_serves(luqiao: Rehearsed) -> None:
    here = ("--data", luqiao.folder)
    votes = found(yishi("vote", *here, "--json"))
    budget = next(vote for vote in votes if vote["subject"] == "budget")
    base = budget["deputies_total"]
    sentence = f"赞成 {budget['count']['in_favour']},全体代表 {base},过半数为 {base // 2 + 1},通过"
    listed = told("vote", *here)
    assert sentence in listed.out and "没有运行" in listed.out
    one = told("vote", "show", "budget", *here)
    assert sentence in one.out and "第二十五条" in "".join(one.out.split()) and "弃权" in one.out
    english = told("vote", "show", "budget", *here, "--lang", "en")
    assert f"more than 1/2 is {base // 2 + 1}; adopted" in flat(english.out) and "赞成" not in english.out
    assert told("vote", "list", *here).out == listed.out
    refused("vote", "show", "nothing", *here, zh="还没有就 nothing 表决", en="nothing was not voted on")


def test_a_session_without_elections_says_so(luqiao: Rehearsed) -> None:
    here = ("--data", luqiao.folder)
    assert "没有选举" in told("election", *here).out and "no elections" in told("election", *here, "--lang", "en").out
    assert found(yishi("election", "list", *here, "--json")) == []
    refused("election", "show", "head", *here, zh="没有代号为 head 的选举", en="there is no election head")


def test_a_plan_with_elections_and_people_is_registered_and_asked_about_over_the_door(desk: Desk) -> None:
    plan = desk.plan("elects")
    added = (
        "elections:\n  - {code: vice, post: township-vice-chair, title: 镇人大副主席, seats: 1, kind: by_election}\n"
        "people:\n  - {id: W01, name: 司马相如, voter: true}\n"
    )
    plan.write_text(plan.read_text(encoding="utf-8") + added, encoding="utf-8")
    done = desk("session", "start", plan)
    assert done.code == 0 and "镇人大副主席 1 人(补选)" in done.out and "代表以外的人选 1 人" in done.out, done.said
    listed = desk("election", "--session", "elects/3-2")
    assert listed.code == 0 and "镇人大副主席" in listed.out and "尚未提名" in listed.out, listed.said
    assert "没有运行" not in listed.out
    desk.both("election", "show", "vice", "--session", "elects/3-2", zh="应选 1 人", en="1 to elect", code=0)
    desk.both("vote", "--session", "elects/3-2", zh="还没有表决", en="nothing was voted on", code=0)
    stored = stored_bytes(desk.folder)
    assert "司马相如".encode() not in stored


def test_a_script_names_a_person_in_clear_and_the_rehearsal_keeps_the_name_sealed(tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    act = "{at: 2025-01-06 09:00, act: register-person, person_id: W01, name: 司马相如, voter: true}"
    script.write_text(f"format: yishi-script/1\nacts:\n  - {act}\n", encoding="utf-8")
    done = yishi("rehearse", SMALL, "--script", script, "--data", tmp_path / "data")
    assert "登记代表以外的人选" in done.out and "司马相如" not in done.out, done.said
    ledger = reader(tmp_path / "data")
    try:
        session = ledger.state("xiaozhen/3-2/session/1")
    finally:
        ledger.close()
    assert names_of(tmp_path / "data", session)["W01"] == "司马相如"
    stored = stored_bytes(tmp_path / "data")
    assert "司马相如".encode() not in stored
