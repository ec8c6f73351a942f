"""The papers of an election: every figure is the record's, and no ballot tells whose it is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.election.declaration import ElectionDeclared
from domain.session.folding import fold
from tests.cli.shell import refused, yishi
from tests.documents.conftest import source_of
from tests.documents.electing import at_point, elected
from tests.documents.reading import Printed, read
from yishi.documents.ballot import BallotPaper
from yishi.documents.catalogue import kind_of, made, template_of
from yishi.documents.choice import Choice
from yishi.documents.fields import shape
from yishi.documents.oath_words import OATHS
from yishi.documents.source import Source
from yishi.documents.troubles import NoSuchChoice, NotYet
from yishi.law import LawLibrary

At = Callable[[str], Source]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return elected(tmp_path_factory.mktemp("elected"))


@pytest.fixture(scope="module")
def at(folder: Path) -> At:
    """The session as it stood at a point of `electing.STAGES`."""
    source = source_of(folder)
    return lambda point: at_point(source, point)


def bytes_of(source: Source, name: str, election: str | None = None, ballot: int | None = None) -> bytes:
    kind = kind_of(name)
    return made(kind, source, Choice(election=election, ballot=ballot), template_of(kind, ()))


def printed(source: Source, name: str, election: str | None = None, ballot: int | None = None) -> Printed:
    return read(bytes_of(source, name, election, ballot))


# the ballot


def test_the_ballot_has_the_candidates_in_its_order_each_with_three_boxes_and_a_line_a_seat_for_others(at: At) -> None:
    said = printed(at("settled"), "ballot", "deputy-head")

    assert "选举副镇长选票" in said.lines
    assert said.tables[0] == [
        ["序号", "候选人姓名", "赞成", "反对", "弃权"],
        ["1", "外来人甲", "□", "□", "□"],
        ["2", "D020", "□", "□", "□"],
        ["3", "D021", "□", "□", "□"],
    ]
    assert [row[0] for row in said.tables[1]] == ["另选他人", "1", "2"]


def test_every_copy_of_a_ballot_is_the_same_whenever_it_is_printed_and_bears_nothing_of_the_record(at: At) -> None:
    before, after = at("settled"), at("opened")

    first, again = bytes_of(before, "ballot", "deputy-head"), bytes_of(after, "ballot", "deputy-head")

    assert first == again
    said = read(first).text
    assert before.head.root[:8] not in said
    assert "记录" not in said
    assert not {"记录", "序列号"} & set(shape(BallotPaper).one or {})


def test_a_ballot_that_was_counted_is_printed_again_without_its_count(at: At) -> None:
    assert bytes_of(at("over"), "ballot", "deputy-head", 1) == bytes_of(at("settled"), "ballot", "deputy-head")


def test_the_ballot_says_by_which_rule_too_many_choices_or_a_write_in_beside_an_abstention_void_it(at: At) -> None:
    said = printed(at("settled"), "ballot", "deputy-head").text

    assert "多于2人的,选票作废(选举办法)" in said
    assert "弃权又另选他人的,该选票作废" in said
    assert "无记名投票(地方组织法(2022)第二十八条)" in said


def test_a_write_in_must_be_a_deputy_where_the_post_is_filled_from_the_deputies_and_not_else(at: At) -> None:
    assert "另选的人须为本级人大代表" in printed(at("settled"), "ballot", "chair").text
    assert "另选的人须为本级人大代表" not in printed(at("settled"), "ballot", "deputy-head").text


def test_in_a_revote_only_those_tied_stand_and_nobody_can_be_written_in(at: At) -> None:
    said = printed(at("tied"), "ballot", "deputy-head")

    assert [row[1] for row in said.tables[0][1:]] == ["外来人甲", "D021"]
    assert len(said.tables) == 1
    assert "再次投票只就票数相等的人进行,不能另选他人" in said.text
    assert "应选1人,候选人2人" in said.text


def test_there_is_no_ballot_before_the_candidates_are_settled_nor_after_all_are_elected(at: At) -> None:
    with pytest.raises(NotYet, match="正式候选人还没有确定"):
        printed(at("nominated"), "ballot", "deputy-head")
    with pytest.raises(NotYet, match="已经选举完毕"):
        printed(at("over"), "ballot", "deputy-head")
    with pytest.raises(NotYet, match="尚缺 1 人"):
        printed(at("short"), "ballot", "vice-chair")


# the count


def test_a_blank_sheet_has_a_blank_for_every_figure_and_room_for_persons_written_in(at: At) -> None:
    said = printed(at("opened"), "count-blank", "deputy-head")

    assert [line for line in said.lines if "第1张" in line or "第2张" in line]
    figures, candidates, others = said.tables[:3]
    assert figures[1] == ["________张"] * 4
    assert [row[1] for row in candidates[1:]] == ["外来人甲", "D020", "D021"]
    assert all(row[2:] == ["________"] * 3 for row in candidates[1:])
    assert len(others) == 5
    assert len(said.tables) == 6
    assert sum("计票人:____" in line and "监票人:____" in line for line in said.lines) == 2


def test_a_sheet_on_record_is_printed_with_its_own_figures_also_where_the_two_differ(at: At) -> None:
    first = printed(at("one sheet"), "count", "deputy-head")
    assert len(first.tables) == 3

    said = printed(at("two that differ"), "count", "deputy-head")

    assert said.tables[0][1] == ["60张", "60张", "58张", "2张"]
    assert said.tables[1][1] == ["1", "外来人甲", "35", "20", "3"]
    assert said.tables[4][1] == ["1", "外来人甲", "34", "21", "3"]
    assert said.tables[2][1] == ["D025", "2"]


def test_no_report_is_made_for_signature_until_two_sheets_agree_and_are_attested(at: At) -> None:
    for point, why in (("one sheet", "还缺第 2 张计票单"), ("two that differ", "两张计票单不一致")):
        with pytest.raises(NotYet, match=why):
            printed(at(point), "count-report", "deputy-head")


def test_the_report_has_the_figures_of_the_count_its_rule_and_the_scrutineers_who_sign(at: At) -> None:
    said = printed(at("attested"), "count-report", "deputy-head")

    assert "发出选票60张,收回选票60张,其中有效选票58张,无效选票2张" in said.text
    assert "全体代表62人,投票时到会60人" in said.text
    assert "据此,本次投票有效" in said.text
    assert "监票人:D030、D031、D032。" in said.lines
    assert said.tables[0][1:] == [
        ["1", "外来人甲", "35", "20", "3"],
        ["2", "D020", "40", "10", "8"],
        ["3", "D021", "35", "22", "1"],
        ["", "D025(另选)", "2", "", ""],
    ]


def test_one_ballot_more_than_was_issued_makes_the_report_say_that_the_poll_is_void(at: At) -> None:
    said = printed(at("void"), "count-report", "chair", 1).text

    assert "发出选票60张,收回选票61张" in said
    assert "收回的选票多于发出的选票。" in said
    assert "据此,本次投票无效" in said


# the result


def test_the_result_sheet_has_the_arithmetic_of_every_declaration_in_the_ledger(at: At) -> None:
    source = at("over")
    declared = [e for e in source.session.history if isinstance(e, ElectionDeclared)]

    said = printed(source, "election-result")

    assert sum("记录序号" in line for line in said.lines) == len(declared) == 5
    assert sum("全体代表62人,过半数为32票(地方组织法(2022)第二十五条)" in line for line in said.lines) == 3
    for event in declared:
        figures = event.figures
        line = f"发出选票{figures.issued}张,收回{figures.returned}张,有效{figures.valid}张,无效{figures.void}张"
        assert any(line in each for each in said.lines)


def test_thirty_one_votes_of_sixty_two_elect_nobody_and_a_revote_is_won_with_fewer_than_a_majority(at: At) -> None:
    source = at("over")

    assert printed(source, "election-result", "vice-chair").tables[0][1] == ["1", "D002", "31", "20", "9", "未过半数"]
    assert "当选:无。尚缺1人。" in printed(source, "election-result", "vice-chair").lines
    revote = printed(source, "election-result", "deputy-head", 2)
    assert revote.tables[0][1:] == [
        ["1", "外来人甲", "31", "29", "0", "当选"],
        ["2", "D021", "26", "30", "4", "未当选"],
    ]
    assert "再次投票以得票多的当选(地方组织法(2022)第二十九条第一款)。" in revote.lines


def test_a_void_poll_has_no_votes_on_its_result_sheet_and_elects_nobody(at: At) -> None:
    said = printed(at("void"), "election-result", "chair")

    assert said.tables == []
    assert "本次投票无效,重新投票" in said.text
    with pytest.raises(NotYet, match="还没有人当选"):
        printed(at("void"), "elected", "chair")


def test_those_tied_are_told_from_those_elected(at: At) -> None:
    said = printed(at("tied"), "election-result", "deputy-head")

    assert [row[1] for row in said.tables[0] if row[5] == "当选"] == ["D020"]
    assert [row[1] for row in said.tables[0] if row[5] == "得票相等,再次投票"] == ["外来人甲", "D021"]
    assert printed(at("tied"), "elected").lines[3:5] == ["副镇长(2025年2月12日当选)", "D020"]


def test_the_list_and_the_announcement_name_those_elected_and_no_one_else(at: At) -> None:
    said = printed(at("over"), "announcement")

    assert "D001为镇人大主席。" in said.lines
    assert "D020、外来人甲为副镇长。" in said.lines
    assert "D002" not in said.text and "D021" not in said.text
    assert said.lines[-1] == "2025年2月12日"
    assert "外来人甲" in printed(at("over"), "elected").lines


# before the ballot


def test_the_methods_frame_has_each_margin_and_leaves_open_what_the_draft_leaves_open(at: At) -> None:
    drafted, adopted = printed(at("drafted"), "election-method"), printed(at("settled"), "election-method")

    assert drafted.lines[1] == "(草案)"
    assert "第二次全体会议通过" in adopted.lines[1]
    assert drafted.tables[0][2][:5] == ["副镇长", "补选", "2", "1", "3"]
    assert any(line.startswith("(1)") and "收回的选票多于发出的选票的,本次投票无效" in line for line in drafted.lines)
    assert any("预选中末位得票相同:________" in line for line in drafted.lines)
    assert "副镇长:10人以上(地方组织法(2022)第二十六条第二款)。" in drafted.lines


def test_before_a_draft_the_methods_frame_has_the_laws_figures_and_blanks_for_the_congresss_own(at: At) -> None:
    said = printed(at("registered"), "election-method")

    assert said.tables[0][2][:5] == ["副镇长", "补选", "2", "________", "________"]
    assert "可以差额,也可以等额(地方组织法(2022)第三十条)" in said.tables[0][2][5]


def test_the_list_of_nominees_says_who_nominated_whom_and_has_blanks_for_what_the_record_does_not_keep(at: At) -> None:
    said = printed(at("nominated"), "nominees", "deputy-head")

    assert [row[1] for row in said.tables[0][1:]] == ["D020", "外来人甲", "D021"]
    assert [row[7] for row in said.tables[0][1:]] == ["主席团提名", "主席团提名", "代表10人联名提名"]
    assert all(cell == "" for row in said.tables[0][1:] for cell in row[2:7])


def test_the_name_of_a_nominee_who_is_no_deputy_comes_from_the_vault(folder: Path) -> None:
    assert source_of(folder).person("P01") == "外来人甲"


# the oath


def test_the_oath_is_in_the_words_that_the_law_of_the_day_asks_for(at: At) -> None:
    said = printed(at("over"), "oath")

    assert OATHS["oath_2018"].words in said.lines
    assert any("2018年修订文本" in line for line in said.lines)
    assert "副镇长:D020、外来人甲" in said.lines


@pytest.mark.rule("OATH15-2", "OATH18-2")
def test_each_oath_on_file_has_the_length_and_the_last_words_of_its_text() -> None:
    """Seventy characters in 2015 and seventy-five since 2018; the last words are each rule's key term."""
    terms = {p.id: p.key_term for p in LawLibrary(None).newest().provisions if p.topic == "oath.text"}

    for option, rule, characters in (("oath_2015", "OATH15-2", 70), ("oath_2018", "OATH18-2", 75)):
        words = OATHS[option].words
        assert sum(c.isalpha() for c in words) == characters
        assert words.rstrip("\uff01").endswith(f"{terms[rule]}努力奋斗")


# script, minutes, sheet


def test_the_chair_declares_with_the_votes_as_counted_and_goes_on_to_the_revote(at: At) -> None:
    said = printed_script(at("tied"))

    assert "现在宣布选举副镇长的结果。发出选票60张,收回60张,有效58张,无效2张。" in said
    assert "D020:赞成40票,反对10票,弃权8票,当选。" in said
    assert "选举副镇长。本次为再次投票。应选1人,候选人2人,按选票顺序为:外来人甲、D021。" in said


def test_before_the_ballot_the_chairs_script_has_the_votes_that_elect_and_blanks_for_the_count(at: At) -> None:
    said = printed_script(at("settled"))

    assert "获得全体代表的过半数即32票以上的,始得当选(地方组织法(2022)第二十五条)" in said
    assert "D021:赞成________票,反对________票,弃权________票。" in said
    assert "____________当选为副镇长。" in said


def test_where_seats_are_left_over_the_script_asks_the_congress_when_they_are_filled(at: At) -> None:
    assert "镇人大副主席不足的名额,在________另行选举,请表决。" in printed_script(at("short"))


def test_a_session_without_elections_has_no_word_of_them_in_its_script(luqiao: Path) -> None:
    registered = source_of(luqiao)
    entries = registered.entries[:1]
    fresh = replace(registered, session=fold(registered.session.stream, (entries[0].event,)), entries=entries)

    assert "选举" not in printed(fresh, "script").text.replace("选举主席团", "")


def printed_script(source: Source) -> str:
    kind = kind_of("script")
    return read(made(kind, source, Choice(sitting="plenary-2"), template_of(kind, ()))).text


def test_the_minutes_tell_each_step_with_its_figures(at: At) -> None:
    said = "\n".join(row[1] for table in printed(at("over"), "minutes").tables for row in table)

    for told in (
        "第4号提名:代表10人联名提名D021为副镇长人选。",
        "确定副镇长正式候选人(差额,应选2人):外来人甲、D020、D021。",
        "当选须32票",
        "全体代表62人,过半数为32票。D020得40票、外来人甲得35票、D021得35票、D025得2票。D020当选。",
        "收回的选票多于发出的选票,本次投票无效,重新投票。",
        "决定镇人大副主席不足的1个名额在下次会议另行选举(赞成55票,反对3票,弃权2票,须32票)。",
        "D001、D020、外来人甲宪法宣誓,由D001领誓(誓词为2018年修订文本)。",
    ):
        assert told in said


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ("registered", "下一步:提出选举办法草案(draft-election-method)"),
        ("drafted", "下一步:表决选举办法(put-to-vote)"),
        ("opened", "第一次投票已开始,到会60人;下一步:清点选票,录入第1、2张计票单(enter-ballot-sheet)"),
        ("one sheet", "下一步:清点选票,录入第2张计票单(enter-ballot-sheet)"),
        ("two that differ", "下一步:两张计票单不一致,重新清点后再录入(enter-ballot-sheet)"),
        ("attested", "下一步:计票结果已签认,宣布结果(declare-election)"),
        ("tied", "外来人甲、D021得票相等;下一步:就得票相等的人再次投票,选1人,在外来人甲、D021中(open-ballot)"),
        ("over", "已选2人;当选:D020、外来人甲;下一步:没有,选举已经完成"),
    ],
)
def test_the_state_sheet_says_how_far_each_election_is_and_what_comes_next(at: At, point: str, told: str) -> None:
    line = next(each for each in printed(at(point), "sheet").lines if each.startswith("副镇长(deputy-head)"))

    assert told in line


def test_on_the_screen_the_sheet_has_the_elections_in_both_languages(folder: Path) -> None:
    assert "镇人大副主席(vice-chair):应选1人,已选0人" in yishi("sheet", "--data", folder).out
    english = yishi("sheet", "--data", folder, "--lang", "en").out
    assert "the seats left are filled at the next session" in " ".join(english.split())


# the commands


def test_each_paper_of_an_election_is_made_by_its_command_and_named_by_what_it_is_about(
    folder: Path, tmp_path: Path
) -> None:
    done = yishi(
        "paper", "count-report", "--data", folder, "--election", "deputy-head", "--ballot", "2", "--out", tmp_path
    )

    assert done.code == 0, done.said
    assert [f.name for f in tmp_path.iterdir()] == [
        "青塘县柳溪镇第十九届人民代表大会第七次会议-计票结果报告-副镇长-第二次投票.docx"
    ]


def test_where_there_are_several_elections_the_one_is_named_or_asked_for(folder: Path, at: At, tmp_path: Path) -> None:
    told = ("--data", folder, "--out", tmp_path / "x.docx")

    refused(
        "paper", "ballot", *told, zh="请用 --election 指明:chair、deputy-head、vice-chair", en="name one by --election"
    )
    refused("paper", "ballot", "--election", "mayor", *told, zh="没有代号为 mayor 的选举", en="no election mayor")
    with pytest.raises(NoSuchChoice):
        printed(at("over"), "count", "chair", 9)
    assert not (tmp_path / "x.docx").exists()


def test_a_session_without_elections_has_none_of_their_papers(luqiao: Path, tmp_path: Path) -> None:
    refused(
        "paper", "ballot", "--data", luqiao, "--out", tmp_path / "x.docx", zh="方案没有选举事项", en="has no elections"
    )
    assert "选票" not in yishi("paper", "all", "--data", luqiao, "--out", tmp_path).out
