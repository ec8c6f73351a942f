"""The figures in a paper are the figures in the ledger, each with its arithmetic."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from domain.session.sittings import SittingOpened
from domain.vote.projects import ProjectsChosen
from domain.vote.votes import VoteCounted
from tests.cli.shell import EXAMPLES, refused, yishi
from tests.documents.conftest import printed, source_of
from yishi.documents.troubles import NotYet


def test_the_result_sheet_gives_each_vote_of_the_ledger_with_the_majority_of_all_deputies(luqiao: Path) -> None:
    source = source_of(luqiao)
    votes = [e for e in source.session.history if isinstance(e, VoteCounted)]

    sheets = [dict(table) for table in printed(source, "result").tables if table[0][0] == "表决事项"]

    assert len(sheets) == len(votes)
    for sheet, vote in zip(sheets, votes, strict=True):
        assert vote.count is not None
        assert sheet["应到代表"] == f"{vote.deputies_total}人"
        assert sheet["实到代表"] == f"{vote.deputies_present}人"
        assert sheet["赞成"] == f"{vote.count.in_favour}票"
        assert sheet["反对"] == f"{vote.count.against}票"
        assert sheet["弃权"] == f"{vote.count.abstained}票"
        assert sheet["未表决"] == f"{vote.count.not_voted}人"
        assert f"全体代表107人的过半数,即{vote.needed}票" in sheet["通过所需"]
        assert sheet["结果"] == ("通过" if vote.adopted else "未获通过")


def test_the_projects_chosen_stand_by_their_votes_and_no_other_is_called_chosen(luqiao: Path) -> None:
    source = source_of(luqiao)
    declared = next(e for e in source.session.history if isinstance(e, ProjectsChosen))
    projects = source.session.plan.projects
    assert projects is not None
    titles = {p.title: p.code for p in projects.candidates}

    rows = printed(source, "result").tables[-1][1:]

    assert [titles[row[1]] for row in rows if row[5] == "入选"] == list(declared.chosen)
    votes = {line.project: line for line in declared.lines}
    for row in rows:
        line = votes[titles[row[1]]]
        assert row[2:5] == [str(line.in_favour), str(line.against), str(line.abstained)]


def test_one_item_asked_for_is_the_only_one_on_the_sheet(luqiao: Path) -> None:
    tables = printed(source_of(luqiao), "result", item="budget").tables

    assert [table[0][1] for table in tables] == ["关于财政预决算报告的决议草案"]


def test_the_chairs_script_has_the_quorum_with_its_article_and_the_votes_as_counted(luqiao: Path) -> None:
    said = printed(source_of(luqiao), "script").text

    assert "应到代表107人,实到95人,缺席12人(其中请假12人)" in said
    assert "按照地方组织法(2022)第十四条第四款,须有三分之二以上的代表即72人以上出席,始得举行" in said
    assert "须经全体代表的过半数即54票以上赞成,始得通过" in said
    assert "表决结果:赞成92票,反对1票,弃权2票,未表决0人" in said
    assert "请定远县炉桥镇人民政府负责人作报告" in said


def test_what_is_not_on_record_yet_is_blank_in_the_script_and_no_figure_is_made_up(tmp_path: Path) -> None:
    folder = registered(tmp_path)

    said = printed(source_of(folder), "script").text

    assert "应到代表107人,实到________人,缺席________人" in said
    assert "表决结果:赞成________票,反对________票,弃权________票,未表决________人" in said
    assert "始得举行。出席人数__________法定人数" in said
    assert "赞成0票" not in said


def registered(tmp_path: Path) -> Path:
    """Luqiao's session with nothing but its registration and the date."""
    plan = EXAMPLES / "luqiao" / "plan.yaml"
    script = tmp_path / "script.yaml"
    script.write_text(
        "format: yishi-script/1\nacts:\n  - {at: 2024-12-31 09:00, act: decide-date, opens: 2025-01-21, closes: 2025-01-21}\n",
        encoding="utf-8",
    )
    yishi("rehearse", plan, "--script", script, "--data", tmp_path / "data")
    return tmp_path / "data"


def test_a_paper_about_what_has_not_happened_is_refused_in_a_sentence(tmp_path: Path) -> None:
    folder = registered(tmp_path)

    for name, why in (
        ("result", "还没有表决结果"),
        ("resolution", "还没有通过的事项"),
        ("attendance", "还没有举行会议"),
    ):
        refused("paper", name, "--data", folder, "--out", tmp_path / "x.docx", zh=why, en="cannot be made")
    assert not (tmp_path / "x.docx").exists()


def test_the_notice_before_it_is_given_leaves_its_date_open(tmp_path: Path) -> None:
    assert printed(source_of(registered(tmp_path)), "notice").lines[-1].split() == ["年", "月", "日"]


def test_attendance_by_delegation_adds_up_to_those_who_signed_in_by_name(tmp_path: Path) -> None:
    source = source_of(signed_in_by_name(tmp_path))
    opened = next(e for e in source.session.history if isinstance(e, SittingOpened))

    rows = printed(source, "attendance").tables[0][1:]

    assert [row[0] for row in rows] == ["第一代表团", "第二代表团", "第三代表团", "第四代表团"]
    assert sum(int(row[1]) for row in rows) == opened.deputies_total
    assert sum(int(row[2]) for row in rows) == opened.deputies_present == 45
    assert sum(len(row[3].split("、")) for row in rows if row[3]) == opened.deputies_total - opened.deputies_present


def signed_in_by_name(tmp_path: Path) -> Path:
    """Yuanhua's first sitting opened with every fourth of its sixty deputies away, all others signed in by name."""
    lines = (EXAMPLES / "yuanhua" / "script.yaml").read_text(encoding="utf-8").splitlines()
    counted = next(n for n, line in enumerate(lines) if "act: sign-in" in line)
    opening = next(n for n, line in enumerate(lines) if "act: open-sitting" in line and n > counted)
    here = ", ".join(f"D{n:03}" for n in range(1, 61) if n % 4)
    lines[counted] = re.sub(r"present: \d+", f"deputies: [{here}]", lines[counted])
    (tmp_path / "script.yaml").write_text("\n".join(lines[: opening + 1]) + "\n", encoding="utf-8")
    yishi(
        "rehearse",
        EXAMPLES / "yuanhua" / "plan.yaml",
        "--script",
        tmp_path / "script.yaml",
        "--data",
        tmp_path / "data",
    )
    return tmp_path / "data"


def test_where_heads_were_counted_nobody_is_said_to_have_been_absent(luqiao: Path) -> None:
    said = printed(source_of(luqiao), "attendance")

    assert said.tables == []
    assert "应到代表107人,实到95人,缺席12人" in said.text
    assert "按人数清点到会代表,没有逐人记名" in said.text


def test_names_come_from_the_vault_and_without_its_keys_only_the_ids_are_printed(yuanhua: Path, tmp_path: Path) -> None:
    names = printed(source_of(yuanhua), "sign-in").tables[0][1]
    assert names[1] == "代表一"

    copy = tmp_path / "copy"
    copy.mkdir()
    for file in yuanhua.iterdir():
        if file.is_file() and file.name != "keys.db":
            (copy / file.name).write_bytes(file.read_bytes())
    (copy / "law").mkdir()
    for file in (yuanhua / "law").iterdir():
        (copy / "law" / file.name).write_bytes(file.read_bytes())

    assert printed(source_of(copy), "sign-in").tables[0][1][1] == "D001"
    assert not (copy / "keys.db").exists()  # reading makes no keys


def test_the_sign_in_sheet_lists_every_deputy_once_under_its_delegation(yuanhua: Path) -> None:
    source = source_of(yuanhua)
    said = printed(source, "sign-in")

    listed = [cell for table in said.tables for row in table[1:] for cell in (row[1], row[4]) if cell]
    assert sorted(listed) == sorted(source.person(d) for d in source.session.in_office)
    assert "第一代表团(15人)" in said.lines


@pytest.mark.parametrize("item", ["government-report", "presidium-report", "budget", "spatial-plan"])
def test_a_resolution_says_the_day_and_session_that_passed_it_and_leaves_its_body_open(luqiao: Path, item: str) -> None:
    said = printed(source_of(luqiao), "resolution", item=item)

    assert said.lines[0].endswith("的决议")
    assert "草案" not in said.lines[0]
    assert said.lines[1] == "(2025年1月21日定远县炉桥镇第十八届人民代表大会第五次会议通过)"
    assert "________" in said.lines[-1]


def test_no_resolution_is_made_of_a_choice_of_projects_nor_by_a_body_that_only_recommends(
    luqiao: Path, songcheng: Path
) -> None:
    with pytest.raises(NotYet, match="还没有表决"):
        printed(source_of(luqiao), "resolution", item="projects")
    with pytest.raises(NotYet, match="不作决议"):
        printed(source_of(songcheng), "resolution", item="office-report")


def test_an_item_that_was_voted_down_gets_no_resolution_and_the_figures_say_why(luqiao: Path) -> None:
    source = source_of(luqiao)
    lost = source.session.votes["budget"]
    count = lost.count.model_copy(update={"in_favour": 53, "against": 40})
    voted_down = lost.model_copy(update={"count": count, "adopted": False})
    session = replace(source.session, votes={**source.session.votes, "budget": voted_down})

    with pytest.raises(NotYet, match="赞成 53 票,须 54 票"):
        printed(replace(source, session=session), "resolution", item="budget")


def test_the_minutes_tell_every_entry_of_the_session_at_its_position_and_end_with_the_head_to_read_out(
    luqiao: Path,
) -> None:
    source = source_of(luqiao)
    said = printed(source, "minutes")

    rows = [row for table in said.tables for row in table[1:]]
    assert sorted(int(row[3]) for row in rows) == [e.position for e in source.entries]
    assert all(row[2] for row in rows)
    assert f"全程记录共{source.head.size}条" in said.text
    groups = next(line for line in said.lines if line.replace(" ", "") == source.head.root).split()
    assert [len(group) for group in groups] == [8] * 8


@pytest.mark.parametrize("example", ["luqiao", "yuanhua", "songcheng", "xiuzhou"])
def test_every_kind_of_entry_is_told_in_words_and_never_by_its_stored_name(
    example: str, request: pytest.FixtureRequest
) -> None:
    said = printed(source_of(request.getfixturevalue(example)), "minutes")

    assert [row[1] for table in said.tables for row in table[1:] if ".v1" in row[1]] == []


@pytest.mark.parametrize(
    "name", ["notice", "agenda", "timetable", "sign-in", "script", "result", "attendance", "minutes"]
)
def test_a_rehearsals_paper_says_so_on_odd_and_even_pages(luqiao: Path, name: str) -> None:
    headers = printed(source_of(luqiao), name).headers()

    assert len(headers) == 2
    assert all("演  练" in header and "不作正式会议文书" in header for header in headers)


def test_all_papers_that_can_be_made_are_made_in_one_go(luqiao: Path, tmp_path: Path) -> None:
    done = yishi("paper", "all", "--data", luqiao, "--out", tmp_path / "all")

    assert done.code == 0, done.said
    made = sorted(f.name.split("会议-", 1)[1] for f in (tmp_path / "all").iterdir())
    assert len([name for name in made if name.startswith("决议")]) == 4
    assert {name.split("-")[0].removesuffix(".docx") for name in made} >= {
        "会议通知",
        "会议议程",
        "会议日程",
        "签到表",
        "主持词",
        "表决结果单",
        "出席情况报告",
        "会议记录",
    }


def test_fields_are_listed_with_their_meaning_and_value(luqiao: Path) -> None:
    zh = yishi("paper", "fields", "notice", "--data", luqiao)
    en = yishi("paper", "fields", "notice", "--data", luqiao, "--lang", "en")

    assert "会议.代表总数" in zh.out and "107" in zh.out and "在任代表人数" in zh.out
    assert "deputies in office" in en.out


def test_fonts_are_named_as_offices_name_them(luqiao: Path) -> None:
    fonts = printed(source_of(luqiao), "notice").fonts()

    assert fonts["关于召开定远县炉桥镇第十八届人民代表大会第五次会议的通知"] == "方正小标宋简体"
    assert fonts["一、会议时间"] == "黑体"
    assert fonts["各位代表:"] == "仿宋_GB2312"


def test_the_page_is_that_of_the_standard(luqiao: Path) -> None:
    section = printed(source_of(luqiao), "notice").document.sections[0]

    assert [round(x.mm) for x in (section.page_width, section.page_height)] == [210, 297]
    assert [round(x.mm) for x in (section.top_margin, section.left_margin)] == [37, 28]
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225
