"""`yishi session`: a session is registered from its plan, once, with what will be registered shown first."""

import json

from tests.cli.desk import Desk, flat, found, squeezed, today
from tests.ledger.kinds import stored_bytes
from yishi.planning.load import load_plan


def test_a_session_is_registered_from_its_plan_and_what_is_registered_is_shown_first(desk: Desk) -> None:
    plan = desk.plan("first")
    done = desk("session", "start", plan)
    assert done.code == 0, done.said
    for word in (
        "小镇人民代表大会第三届第二次会议",
        "7 人",
        "national-township",
        "government-report",
        "plenary-1",
        "年初例会",
    ):
        assert word in done.out, word
    assert done.out.index("议程") < done.out.index("已记录"), "it is shown before it is registered"
    assert "first/3-2" in done.out and "第十九条" in done.out and "序号" in done.out
    told = desk("session", "start", desk.plan("first-en"), "--lang", "en")
    assert told.code == 0 and "Recorded: Register the session" in told.out and "deputies" in told.out


def test_said_twice_it_is_registered_once(desk: Desk) -> None:
    plan = desk.plan("twice")
    assert desk("session", "start", plan).code == 0
    before = desk.size()
    desk.both("session", "start", plan, zh="此前已有记录", en="already so", code=0)
    assert desk.size() == before


def test_nothing_of_the_plan_is_played_by_itself_and_the_plan_is_kept_as_evidence(desk: Desk) -> None:
    plan = desk.plan("evidence", opens=today())
    assert desk("session", "start", plan).code == 0
    history = found(desk("history", "evidence/3-2", "--data", desk.folder, "--json"))
    assert [entry["name"] for entry in history] == ["session.registered.v1"]
    assert [e["title"] for e in history[0]["evidence"]] == ["plan.yaml"]
    assert (desk.folder / "evidence").exists()


def test_names_reach_the_record_sealed_only(desk: Desk) -> None:
    plan = desk.plan("sealed")
    names = [entry.name for entry in load_plan(plan).entries]
    assert all(names) and desk("session", "start", plan).code == 0
    stored = stored_bytes(desk.folder)
    assert [name for name in names if name.encode() in stored] == []


def test_a_plan_with_faults_is_told_as_the_check_tells_it_and_nothing_is_registered(desk: Desk) -> None:
    plan = desk.plan("faulty", changed={"count: 5": "count: x"})
    checked = desk("plan", "check", plan)
    before = desk.size()
    for lang in ("zh", "en"):
        done = desk("session", "start", plan, "--lang", lang)
        assert done.code == 2 and "plan.yaml:8:" in done.err and done.out == ""
    first = checked.said.splitlines()[0]
    assert squeezed(first)[:40] in squeezed(desk("session", "start", plan).err)
    assert desk.size() == before
    desk.both("session", "start", desk.place / "absent.yaml", zh="没有这个文件", en="there is no such file", code=2)


def test_a_plan_may_be_looked_at_without_registering(desk: Desk) -> None:
    before = desk.size()
    desk.both("session", "start", desk.plan("looked"), "--ask", zh="没有登记", en="nothing was registered", code=0)
    assert desk.size() == before


def test_a_time_that_is_none_is_told_before_anything_is_sent(desk: Desk) -> None:
    before = desk.size()
    desk.both("session", "start", desk.plan("when"), "--at", "someday", zh="不是时刻", en="is not a time", code=2)
    assert desk.size() == before


def test_the_sessions_are_listed(desk: Desk) -> None:
    desk.registered("listed")
    desk.both("session", "list", zh="listed/3-2 小镇人民代表大会第三届第二次会议", en="term 3, session 2", code=0)
    row = next(s for s in found(desk("session", "list", "--json")) if s["session"] == "listed/3-2")
    assert row["stage"] == "before" and row["opens"] == str(today()) and row["stream"] == "listed/3-2/session/1"


def test_the_registration_is_answered_as_json_alone(desk: Desk) -> None:
    done = desk("session", "start", desk.plan("as-json"), "--json")
    assert json.loads(done.out)["outcome"] == "recorded" and "议程" in flat(done.err)
