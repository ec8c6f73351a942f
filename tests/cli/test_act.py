"""`yishi act`: one act through the door, or only asked; every refusal with its article and what to do; nonsense named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import Desk, flat, found, squeezed, today

OURS = (
    "已记录",
    "不予办理",
    "怎么办",
    "记录头",
    "序号",
    "期限:",
    "可以办理",
    "主席团(",
    "由谁作出",
    "例 ",
    "所办环节",
    "法律明文",
    "补录",
)
"""Words of ours that have no place on an English page."""


@pytest.fixture(scope="module")
def before(desk: Desk) -> Iterator[str]:
    """A session registered forty days ago that opens today."""
    yield desk.registered("acts")


@pytest.fixture(scope="module")
def convened(desk: Desk) -> Iterator[str]:
    """A session on its opening day, nobody signed in yet."""
    yield desk.convened("hall")


def test_without_an_act_those_of_this_kind_of_meeting_are_listed_by_stage(desk: Desk, before: str) -> None:
    done = desk("act", "--session", before)
    assert done.code == 0
    order = [
        done.out.index(word)
        for word in ("会前", "decide-date", "会中", "put-to-vote", "会后", "publish-results", "随时")
    ]
    assert order == sorted(order)
    assert "提请表决" in done.out and "register-session" not in done.out and "miss-deadline" not in done.out
    told = desk("act", "--session", before, "--lang", "en")
    assert "Put to the vote" in told.out and not [w for w in OURS if w in told.out]
    rows = {row["act"]: row for row in found(desk("act", "--session", before, "--json"))}
    assert rows["put-to-vote"]["stages"] == ["during"] and rows["reply-suggestion"]["stream_kind"] == "matter"


def test_an_act_tells_what_it_asks_for_and_the_law_of_its_steps(desk: Desk, before: str) -> None:
    done = desk("act", "put-to-vote", "--fields", "--session", before)
    assert done.code == 0
    for word in (
        "* subject",
        "in_favour=",
        "show_of_hands",
        "主席团(presidium)",
        "选举主席团",
        "地方组织法(2022)第十九条第一款",
        "例",
    ):
        assert word in flat(done.out), word
    told = desk("act", "put-to-vote", "--fields", "--session", before, "--lang", "en")
    assert "votes in favour" in told.out and "text of the law" in told.out and not [w for w in OURS if w in told.out]
    kind = found(desk("act", "decide-date", "--fields", "--session", before, "--json"))
    assert kind["schema"]["required"] == ["opens", "closes"] and kind["steps"][0]["fact"] == "date-decided"


def test_to_ask_records_nothing_and_spends_nothing(desk: Desk) -> None:
    session = desk.registered("asked")
    size = desk.size()
    at = f"{today()} 00:00"
    desk.both(
        "act", "decide-date", "--ask", "--at", at, "--session", session, zh="可以办理", en="This may be done", code=0
    )
    desk.both("act", "give-notice", "--ask", "--session", session, zh="不予办理", en="Refused", code=1)
    assert found(desk("act", "give-notice", "--ask", "--session", session, "--json"))["reason"] == "StepMissing"
    assert desk.size() == size


def test_what_the_plan_leaves_no_doubt_about_is_taken_and_shown(desk: Desk) -> None:
    session = desk.registered("plain")
    done = desk("act", "decide-date", "--session", session, "--at", f"{today()} 00:00")
    assert done.code == 0, done.said
    assert f"opens={today()}" in done.err and "取自会议方案" in done.err
    assert "已记录:决定会议日期" in done.out and "地方组织法(2022)第十四条第一款" in done.out
    size = desk.size()
    again = desk("act", "decide-date", "--session", session, "--at", f"{today()} 00:00", "--lang", "en")
    assert again.code == 0 and "already so" in again.out and desk.size() == size


def test_a_receipt_says_where_it_stands_on_the_record(desk: Desk, before: str) -> None:
    answer = found(desk("act", "record-proceeding", "what=会务", "--session", before, "--json"))
    assert answer["outcome"] == "recorded" and answer["size"] == desk.size()
    done = desk("act", "record-proceeding", "what=会务二", "--session", before)
    assert f"序号 {answer['size'] + 1}" in done.out and "记录头" in done.out
    done = desk("act", "record-proceeding", "what=third", "--session", before, "--lang", "en")
    assert f"position {answer['size'] + 2}" in done.out and not [w for w in OURS if w in done.out]


def test_a_refusal_names_the_article_what_is_needed_the_kind_of_law_and_what_to_do(desk: Desk, convened: str) -> None:
    assert desk("act", "sign-in", "sitting=plenary-1", "deputies=D001..D004", "--session", convened).code == 0
    done = desk("act", "open-sitting", "--session", convened)
    assert done.code == 1
    said = squeezed(done.out)
    for word in (
        "不予办理:举行会议",
        "应到7人,实到4人",
        "5人",
        "地方组织法(2022)第十四条第四款",
        "法律明文",
        "实有4",
        "需要5",
        "yishihall",
    ):
        assert word in said, word
    told = desk("act", "open-sitting", "sitting=plenary-1", "--session", convened, "--lang", "en")
    assert told.code == 1 and "4 of 7" in flat(told.out) and "text of the law" in told.out and "next" in told.out
    assert not [w for w in OURS if w in told.out]
    assert "sitting=plenary-1" in done.err, "the next planned sitting was taken, and said"
    assert found(desk("act", "open-sitting", "--session", convened, "--json"))["figures"]["needed"] == 5


def test_a_receipt_and_a_refusal_call_things_by_their_names(desk: Desk, convened: str) -> None:
    said = desk("act", "presidium-decides", "matter=standing-chairs", "--ask", "--session", convened, "--lang", "en")
    assert "(standing chairs)" in flat(said.out) and "standing-chairs" not in said.out, said.said
    refused = desk("act", "put-to-vote", "subject=presidium", "in_favour=5", "--ask", "--session", convened)
    assert "(主席团名单" in flat(refused.out) and "presidium" not in refused.out, refused.said


def test_what_is_missing_is_listed_with_what_it_means(desk: Desk, before: str) -> None:
    size = desk.size()
    desk.both(
        "act",
        "file-suggestion",
        "--session",
        before,
        zh="缺少 subject=…(表决事项或建议题目)",
        en="subject=… is missing",
        code=2,
    )
    told = desk("act", "file-suggestion", "--session", before)
    assert all(
        word in told.err for word in ("number=…", "deputies=…", "subject=…", "yishi act file-suggestion --fields")
    )
    assert desk.size() == size


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("decide-dat",), "是否为“decide-date”", "did you mean decide-date"),
        (("elect", "what=…"), "用 record-proceeding 记录", "is entered with record-proceeding"),
        (("decide-date", "opens=someday"), "不是日期", "this is not a date"),
        (("give-notice", "colour=red"), "没有字段 colour", "there is no field colour"),
        (("give-notice", "--by", "mayor"), "没有 mayor 这一机构", "there is no office mayor"),
        (("give-notice", "--at", "nonsense"), "不是时刻", "is not a time"),
        (("give-notice", "--evidence", "absent.pdf"), "找不到文件", "there is no file"),
        (("give-notice", "--suggestion", "s1"), "请去掉 --of", "leave --of out"),
        (("reply-suggestion", "result=A"), "--of", "--of"),
        (("give-notice", "--from", "absent.yaml"), "没有这个文件", "there is no such file"),
        (("give-notice", "--person", "张三!"), "person", "person"),
    ],
)
def test_nonsense_ends_with_2_in_a_sentence_and_records_nothing(
    desk: Desk, before: str, words: tuple[str, ...], zh: str, en: str
) -> None:
    size = desk.size()
    desk.both("act", *words, "--session", before, zh=zh, en=en, code=2)
    assert desk.size() == size


def test_a_session_that_there_is_not_or_none_named_among_several(desk: Desk, before: str) -> None:
    desk.registered("another")
    desk.both(
        "act", "give-notice", "--session", "nowhere/1-1", zh="没有会议 nowhere/1-1", en="no session nowhere/1-1", code=2
    )
    desk.both("act", "give-notice", zh="请用 --session 写明", en="say which session", code=2)


def test_the_record_itself_tells_what_the_fields_cannot(desk: Desk, before: str) -> None:
    """A rule of the command over two fields is not in its schema; the door's answer is told in the field's own name."""
    desk.both(
        "act",
        "sign-in",
        "sitting=plenary-1",
        "--session",
        before,
        zh="或 present 须填一项",
        en="or present",
        code=2,
    )


def test_an_office_that_may_not_act_is_refused_with_what_to_do(desk: Desk, before: str) -> None:
    desk.both(
        "act",
        "decide-date",
        "--by",
        "deputy",
        "--session",
        before,
        zh="用 --by 写明",
        en="say who does it with --by",
        code=1,
    )


def test_evidence_is_kept_and_named(desk: Desk, before: str, tmp_path: Path) -> None:
    (tmp_path / "纪要.txt").write_text("纪要", encoding="utf-8")
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    words = ("what=有佐证", "--evidence", tmp_path / "纪要.txt", "--evidence", tmp_path / "b.txt")
    assert desk("act", "record-proceeding", *words, "--session", before).code == 0
    last = found(desk("history", before, "--data", desk.folder, "--json"))[-1]
    assert [e["title"] for e in last["evidence"]] == ["纪要.txt", "b.txt"]


def test_a_file_may_be_named_with_its_documents_number(desk: Desk, before: str, tmp_path: Path) -> None:
    for name in ("批复.txt", "a=b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    words = (
        "what=有文号",
        "--evidence",
        f"{tmp_path / '批复.txt'}=秀人〔2026〕3号",
        "--evidence",
        tmp_path / "a=b.txt",
    )
    assert desk("act", "record-proceeding", *words, "--session", before).code == 0
    last = found(desk("history", before, "--data", desk.folder, "--json"))[-1]
    assert [(e["title"], e.get("number")) for e in last["evidence"]] == [
        ("批复.txt", "秀人〔2026〕3号"),
        ("a=b.txt", None),
    ]


def test_fields_or_a_whole_act_may_come_from_a_file_and_what_is_typed_goes_first(
    desk: Desk, before: str, tmp_path: Path
) -> None:
    (tmp_path / "fields.yaml").write_text("what: 来自文件\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "act.yaml").write_text(
        f"act: record-proceeding\nat: {today()} 00:01\nby: secretariat\nreason: 补\nevidence: [a.txt]\nwhat: 整项\n",
        encoding="utf-8",
    )
    assert desk("act", "record-proceeding", "--from", tmp_path / "fields.yaml", "--session", before).code == 0
    assert desk("act", "--from", tmp_path / "act.yaml", "what=改写", "--session", before).code == 0
    first, second = found(desk("history", before, "--data", desk.folder, "--json"))[-2:]
    assert first["data"]["what"] == "来自文件" and second["data"]["what"] == "改写"
    assert second["reason"] == "补" and second["evidence"][0]["title"] == "a.txt"
    assert second["data"]["at"].startswith(f"{today()}T00:01")
    desk.both(
        "act", "give-notice", "--from", tmp_path / "act.yaml", "--session", before, zh="写的是", en="is about", code=2
    )
    (tmp_path / "many.yaml").write_text("acts: []\n", encoding="utf-8")
    desk.both(
        "act", "--from", tmp_path / "many.yaml", "--session", before, zh="record-later", en="record-later", code=2
    )
