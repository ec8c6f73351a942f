"""`yishi record-later` and `yishi correct`: paper first and entered after; a slip struck through, with what came out otherwise."""

from tests.cli.desk import Desk, found, squeezed, today


def test_a_late_entry_says_when_and_why(desk: Desk) -> None:
    session = desk.registered("late")
    words = ("record-later", "record-proceeding", "what=停电时办的", "--session", session)
    desk.both(*words, zh="--at … --reason …", en="--at … --reason …", code=2)
    desk.both(*words, "--at", "昨天 15:00", zh="须写明", en="says when it happened", code=2)
    done = desk(*words, "--at", "昨天 15:00", "--reason", "停电")
    assert done.code == 0 and "补录" in done.out, done.said
    last = found(desk("history", session, "--data", desk.folder, "--json"))[-1]
    assert last["reason"] == "停电" and last["data"]["at"][11:16] == "15:00"
    desk.both("record-later", zh="哪一项", en="name the act", code=2)


def test_a_script_is_entered_in_its_order_and_entered_again_adds_nothing(desk: Desk) -> None:
    session = desk.registered("script")
    script = desk.script("script", *desk.before())
    done = desk("record-later", "--from", script, "--reason", "纸质记录", "--session", session)
    assert done.code == 0 and "7 项已全部记入" in done.out, done.said
    size = desk.size()
    again = desk("record-later", "--from", script, "--reason", "纸质记录", "--session", session, "--lang", "en")
    assert again.code == 0 and again.out.count("entered before") == 7 and desk.size() == size


def test_at_the_first_trouble_a_script_stops_and_goes_on_once_it_is_mended(desk: Desk) -> None:
    session = desk.registered("stops")
    lines = desk.before()
    without = [line for line in lines if "publish-date" not in line]
    for lang, word in (("zh", "在此停下"), ("en", "stopped at act 4")):
        stopped = desk(
            "record-later",
            "--from",
            desk.script("stops", *without),
            "--reason",
            "r",
            "--session",
            session,
            "--lang",
            lang,
        )
        assert stopped.code == 1 and word in stopped.out, stopped.said
        assert "invite-observers" not in stopped.out and "决定列席人员" not in stopped.out
    entered = found(desk("history", session, "--data", desk.folder, "--json"))
    assert "session.observers-invited.v1" not in {e["name"] for e in entered}
    assert (
        desk("record-later", "publish-date", "--at", f"{today()} 00:01", "--reason", "r", "--session", session).code
        == 0
    )
    on = desk.script(
        "stops", *without[:3], *(f"at: {today()} 00:02, act: {line.split('act: ')[1]}" for line in without[3:4])
    )
    assert desk("record-later", "--from", on, "--reason", "r", "--session", session).code == 0


def test_a_refusal_that_is_expected_is_passed_and_one_that_does_not_come_stops(desk: Desk) -> None:
    session = desk.registered("expects")
    at = f"at: {today()} 00:01"
    lines = (
        f"{at}, act: give-notice, expect: {{refused: StepMissing}}",
        f"{at}, act: record-proceeding, what: 甲",
    )
    expected = desk.script("expects", *lines)
    done = desk("record-later", "--from", expected, "--session", session)
    assert done.code == 0 and "(预期)" in squeezed(done.out)
    wrong = desk.script("expects", f"{at}, act: record-proceeding, what: 乙, expect: {{refused: StepMissing}}")
    stopped = desk("record-later", "--from", wrong, "--session", session, "--lang", "en")
    assert stopped.code == 1 and "a refusal was expected" in stopped.out
    desk.script("expects", *lines)
    rows = found(desk("record-later", "--from", expected, "--session", session, "--json"))
    assert [row["outcome"] for row in rows["acts"]] == ["refused", "recorded"] and rows["stopped"] is False


def test_a_refused_act_of_a_script_is_tried_anew_when_things_have_changed(desk: Desk) -> None:
    """A refused id is spent for ever; the script's next run asks under another."""
    session = desk.registered("anew")
    script = desk.script("anew", f"at: {today()} 00:03, act: publish-date")
    assert desk("record-later", "--from", script, "--session", session).code == 1
    assert desk("act", "decide-date", "--at", f"{today()} 00:00", "--session", session).code == 0
    assert desk("record-later", "--from", script, "--session", session).code == 0


def test_a_script_with_faults_is_told_and_nothing_of_it_is_entered(desk: Desk) -> None:
    session = desk.registered("faults")
    size = desk.size()
    script = desk.script("faults", f"at: {today()} 00:01, act: record-proceeding, what: 甲", "at: x, act: publish-dat")
    for lang in ("zh", "en"):
        done = desk("record-later", "--from", script, "--session", session, "--lang", lang)
        assert done.code == 2 and "script.yaml:4" in done.err
    assert desk.size() == size
    desk.both(
        "record-later",
        "give-notice",
        "--from",
        script,
        "--session",
        session,
        zh="不要再写",
        en="leave give-notice out",
        code=2,
    )


def test_a_correction_shows_before_and_after_and_strikes_nothing_out_of_the_record(desk: Desk) -> None:
    session = desk.registered("slip")
    at = ("--at", f"{today()} 00:01")
    assert desk("act", "decide-date", "--session", session, "--at", f"{today()} 00:00").code == 0
    assert desk("act", "publish-date", "where=公告拦", *at, "--session", session).code == 0
    position = desk.size()
    asked = desk("correct", "3", "where=公告栏", "--ask", "--session", session)
    assert asked.code == 0 and "公告拦 → 公告栏" in asked.out and desk.size() == position
    done = desk("correct", f"#{position}", "where=公告栏", "--why", "错字", "--session", session)
    assert done.code == 0 and "公告拦 → 公告栏" in done.out and "其他结果没有变化" in done.out, done.said
    again = desk("correct", "3", "where=镇政府门口", "--why", "又改", "--session", session, "--lang", "en")
    assert "公告栏 → 镇政府门口" in again.out and "nothing else came out otherwise" in again.out
    history = found(desk("history", session, "--data", desk.folder, "--json"))
    assert [e["data"].get("where") for e in history if e["name"] == "session.date-published.v1"] == ["公告拦"]


def test_an_entry_taken_back_says_what_no_longer_stands(desk: Desk) -> None:
    session = desk.registered("struck")
    assert desk("act", "decide-date", "--session", session, "--at", f"{today()} 00:00").code == 0
    done = desk("correct", "2", "--strike", "--why", "记错", "--session", session)
    assert done.code == 0 and "由此改变" in done.out and "主席团决定会议日期" in done.out, done.said
    assert "yishi act decide-date" in desk("status", session).out or "决定会议日期" in desk("status", session).out


def test_a_correction_that_will_not_do_is_told(desk: Desk) -> None:
    session = desk.registered("wont")
    assert desk("act", "decide-date", "--session", session, "--at", f"{today()} 00:00").code == 0
    size = desk.size()
    of = ("--session", session)
    desk.both("correct", "2", "opens=2026-01-01", *of, zh="--why", en="--why", code=2)
    desk.both("correct", "99", "x=1", "--why", "w", *of, zh="没有第 99 条", en="no entry 99", code=2)
    desk.both("correct", "two", "x=1", "--why", "w", *of, zh="没有第 two 条", en="no entry two", code=2)
    desk.both("correct", "2", "--why", "w", *of, zh="opens", en="opens", code=2)
    desk.both("correct", "2", "opens", "--why", "w", *of, zh="字段=内容", en="field=value", code=2)
    desk.both("correct", "2", "open=2026-01-01", "--why", "w", *of, zh="是否为 opens", en="mean opens", code=2)
    desk.both("correct", "2", "x=1", "--strike", "--why", "w", *of, zh="整条删去", en="whole entry", code=2)
    assert desk.size() == size
    desk.both(
        "correct",
        "2",
        "first_within=2026-01-01",
        "--why",
        "w",
        *of,
        zh="不能这样更正",
        en="cannot be corrected so",
        code=1,
    )
