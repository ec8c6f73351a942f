"""`yishi status`, `deadlines`, `watch`, `hall`: where we are, what is due, what comes in - served, and straight from the folder."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.desk import Desk, days_until, flat, found, squeezed, today
from tests.cli.shell import yishi
from tests.ledger.kinds import copied

ALL_IN_FAVOUR = "in_favour: 7, against: 0, abstained: 0"


@pytest.fixture(scope="module")
def session(desk: Desk) -> Iterator[str]:
    yield desk.convened("status")


def test_the_status_says_where_we_are_and_what_to_type_next(desk: Desk, session: str) -> None:
    done = desk("status", session)
    assert done.code == 0
    for word in (
        "小镇人民代表大会 第三届第二次会议",
        "年初例会",
        "会前",
        "全体会议 · plenary-1",
        "最近的记录",
        "送达会议材料",
        "记录头",
    ):
        assert word in done.out, word
    assert "yishi sign-in --sitting plenary-1" in done.out, "only the quorum is missing, so to sign in comes next"
    assert "现在不能办理" in done.out and "举行会议:全体会议" in done.out and "应到7人,实到0人" in squeezed(done.out)
    assert "地方组织法(2022)第十四条第四款" in squeezed(done.out) and "法律明文" in done.out
    told = desk("status", session, "--lang", "en")
    assert "May be done now" in told.out and "Blocked now" in told.out and "0 of 7 deputies" in flat(told.out)
    assert "text of the law" in told.out and "yishi act " in told.out and "现在" not in told.out


def test_every_command_the_status_says_is_lawful_may_be_asked_for(desk: Desk, session: str) -> None:
    told = found(desk("status", session, "--json"))
    asked = 0
    for step in told["next"]:
        if step["act"] == "sign-in" or set(told["needs"][step["act"]]) - set(step["fields"]):
            continue  # only an officer can say the rest
        words = [f"{n}={','.join(v) if isinstance(v, list) else v}" for n, v in step["fields"].items() if v]
        answer = desk("act", step["act"], *words, "--ask", "--session", session, "--json")
        assert answer.code == 0, (step, answer.said)
        asked += 1
    assert told["next"]
    assert asked <= len(told["next"])


def test_once_the_quorum_is_there_the_status_has_the_opening_to_type(desk: Desk) -> None:
    session = desk.convened("opening")
    desk("sign-in", "D001..D005", "--session", session)
    assert "yishi act open-sitting sitting=plenary-1" in desk("status", session).out
    done = desk("act", "open-sitting", "--session", session)
    assert done.code == 0, done.said
    shown = desk("status", session)
    assert "会中" in shown.out and "正在举行" in shown.out and "够法定人数" in shown.out and "实到 5" in shown.out
    assert "quorum met" in desk("status", session, "--lang", "en").out


def test_the_status_of_then_is_that_of_the_record_of_then_whether_or_not_something_serves(
    desk: Desk, session: str, tmp_path: Path
) -> None:
    first = found(desk("history", session, "--data", desk.folder, "--json"))[0]["position"]
    served = found(desk("status", session, "--at", first, "--json"))
    assert served["size"] == first and served["stage"]["id"] == "before" and served["done"] == 1
    copied(desk.folder, tmp_path / "data", "door.json", "*.lock", "*.pid", "temporal*")
    alone = found(yishi("status", session, "--at", first, "--json", "--data", tmp_path / "data"))
    assert {k: served[k] for k in ("size", "head", "next", "blocked", "now")} == {
        k: alone[k] for k in ("size", "head", "next", "blocked", "now")
    }
    desk.both("status", session, "--at", "1954-09-15 15:00", zh="还没有登记", en="no session", code=2)
    desk.both("status", session, "--at", "soon", zh="不是时刻", en="not a time", code=2)


def test_a_status_of_nothing_is_told_what_to_do(desk: Desk) -> None:
    desk.both("status", "nowhere/1-1", zh="没有会议 nowhere/1-1", en="there is no session nowhere/1-1", code=2)


def test_when_nothing_serves_what_only_reads_reads_the_folder_and_says_so(
    desk: Desk, session: str, tmp_path: Path
) -> None:
    copied(desk.folder, tmp_path / "data", "door.json", "*.lock", "*.pid", "temporal*")
    for command, word in (("status", "送达会议材料"), ("deadlines", "")):
        for lang, dim in (("zh", "服务没有运行"), ("en", "nothing serves here")):
            done = yishi(command, session, "--data", tmp_path / "data", "--lang", lang, COLUMNS="80")
            assert done.code == 0 and dim in done.out, done.said
            assert word in done.out or lang == "en"
    refused = yishi("act", "give-notice", "--data", tmp_path / "data", "--lang", "en", COLUMNS="80")
    assert refused.code == 2 and "yishi serve --data" in flat(refused.err)


def test_deadlines_say_what_by_when_and_by_which_article(desk: Desk) -> None:
    session = desk.convened("due")
    assert (
        desk(
            "act",
            "sign-in",
            "sitting=plenary-1",
            "deputies=D001..D007",
            "--at",
            f"{today()} 00:00",
            "--session",
            session,
        ).code
        == 0
    )
    played = desk.script(
        "due",
        f"at: {today()} 00:01, act: open-sitting, sitting: plenary-1",
        f"at: {today()} 00:02, act: put-to-vote, subject: presidium, persons: [D001, D002, D003, D004, D005], "
        + ALL_IN_FAVOUR,
        f"at: {today()} 00:03, act: hear-report, item: budget, by: government",
        f"at: {today()} 00:04, act: deliberate, items: [budget]",
        f"at: {today()} 00:05, act: presidium-meets, meeting: 1, present: 5",
        f"at: {today()} 00:06, act: presidium-decides, matter: put-to-vote, items: [budget], in_favour: 5",
        f"at: {today()} 00:07, act: put-to-vote, subject: budget, {ALL_IN_FAVOUR}, expect: {{adopted: true}}",
    )
    done = desk("record-later", "--from", played, "--reason", "补", "--session", session)
    assert done.code == 0, done.said
    left = days_until(today() + timedelta(20))
    desk.both("deadlines", session, zh=f"公开预算 还有 {left} 天", en=f"{left} days left", code=0)
    assert "预算法(2018)第十四条第一款" in squeezed(desk("deadlines", session).out)
    row = found(desk("deadlines", session, "--json"))[0]
    assert row["state"] == "running" and row["basis"]
    assert "期限" in desk("status", session).out


def test_watching_shows_each_event_once_from_a_position_on(desk: Desk, session: str) -> None:
    first = desk.size()
    for n in range(3):
        assert desk("act", "record-proceeding", f"what=第{n}项", "--session", session).code == 0
    lines = desk("watch", "--after", first, "--until", first + 3).out.splitlines()
    assert [line.split()[0] for line in lines] == [f"#{first + n}" for n in (1, 2, 3)] and "记录会议情况" in lines[0]
    read = desk("watch", "--after", first, "--until", first + 3, "--json", "--lang", "en").out.splitlines()
    assert [json.loads(line)["position"] for line in read] == [first + 1, first + 2, first + 3]
    desk.both("watch", "--after", first, "--until", first + 1, zh="记录会议情况", en="roceeding", code=0)
    assert desk("watch", "--after", "abc").code == 2
