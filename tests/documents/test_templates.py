"""A clerk edits a template: what is edited wins, what is wrong is said with its place, and nothing in it can run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from tests.cli.shell import refused, yishi
from tests.documents.conftest import printed, source_of
from tests.documents.reading import Printed, read
from yishi.documents.catalogue import PAPERS, SHIPPED, kind_of, made
from yishi.documents.choice import Choice
from yishi.documents.troubles import (
    MarksOutOfPlace,
    NotAllowed,
    NotATemplate,
    PaperTrouble,
    TemplateSyntax,
    UnknownField,
)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """A template with these paragraphs."""

    def write(*lines: str) -> Path:
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(tmp_path / "agenda.docx"))
        return tmp_path / "agenda.docx"

    return write


def filled(folder: Path, template: Path) -> Printed:
    return read(made(kind_of("agenda"), source_of(folder), Choice(), template))


def test_a_template_beside_the_data_folder_wins_over_the_shipped_one(
    luqiao: Path, written: Callable[..., Path], tmp_path: Path
) -> None:
    template = written("本镇的议程:{{ 会议.名称 }}")
    (tmp_path / "own").mkdir()
    template.rename(tmp_path / "own" / "agenda.docx")

    done = yishi("paper", "agenda", "--data", luqiao, "--templates", tmp_path / "own", "--out", tmp_path / "made.docx")

    assert done.code == 0, done.said
    assert read((tmp_path / "made.docx").read_bytes()).lines[0].startswith("本镇的议程:定远县炉桥镇第十八届")


def test_a_field_split_by_word_into_several_runs_is_still_one_field(luqiao: Path, tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ 会", "议", ".名", "称 ", "}", "}"):
        paragraph.add_run(piece)
    document.save(str(tmp_path / "split.docx"))

    assert filled(luqiao, tmp_path / "split.docx").lines == ["定远县炉桥镇第十八届人民代表大会第五次会议"]


@pytest.mark.parametrize(
    ("line", "field", "near"),
    [
        ("{{ 会议.名字 }}", "会议.名字", "名称"),
        ("{{ 会义.名称 }}", "会义", "会议"),
        ("{% if 状态 == '无' %}{{ 议程.数 }}{% endif %}", "议程.数", ""),
        ("{% for 项 in 议程 %}{{ 项.标 }}{% endfor %}", "项.标", "标题"),
    ],
)
def test_an_unknown_field_is_named_with_its_place_and_its_neighbours_also_in_a_branch_not_taken(
    luqiao: Path, written: Callable[..., Path], line: str, field: str, near: str
) -> None:
    with pytest.raises(UnknownField) as told:
        filled(luqiao, written("议程", line))

    assert f"“{field}”" in told.value.text.zh
    assert near in told.value.text.zh
    assert "agenda.docx" in told.value.text.zh


@pytest.mark.parametrize(
    "line", ["{{ 会议.名称", "{% for 项 in 议程 %}", "{{ 会议 名称 }}", "{{ 会议.名称|safe }}", "{{ 1 + 会议.名称 }}"]
)
def test_a_mark_badly_written_is_said_with_the_words_around_it(
    luqiao: Path, written: Callable[..., Path], line: str
) -> None:
    with pytest.raises(TemplateSyntax) as told:
        filled(luqiao, written("开头", line, "结尾"))

    assert "agenda.docx" in told.value.text.zh
    assert "在“" in told.value.text.zh


def test_a_loop_that_would_tear_a_table_apart_is_refused_and_not_mended_silently(luqiao: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{% for 项 in 议程 %}")
    document.add_table(1, 1).cell(0, 0).text = "{{ 项.标题 }}{% endfor %}"
    document.save(str(tmp_path / "torn.docx"))

    with pytest.raises(MarksOutOfPlace):
        filled(luqiao, tmp_path / "torn.docx")


@pytest.mark.parametrize(
    "line",
    [
        "{{ 会议.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ 会议.items() }}", "{{ cycler.__init__.__globals__ }}",
        "{% include 'agenda.docx' %}", "{% import 'os' as os %}", "{{ range(10) }}", "{{ 会议.名称 * 99999999 }}",
        "{{ 9 ** 999999999 }}", "{{ '%999999999d' % 1 }}", "{% macro 甲() %}{% endmacro %}", "{{ 会议|attr('__class__') }}",
        "{% for 项 in 议程 %}{{ loop.__init__ }}{% endfor %}",
    ],
)  # fmt: skip
def test_nothing_in_a_template_can_run_or_reach_beyond_its_fields(
    luqiao: Path, written: Callable[..., Path], line: str
) -> None:
    with pytest.raises((NotAllowed, UnknownField, TemplateSyntax)):
        filled(luqiao, written(line))


def test_what_is_no_docx_is_said_to_be_none(luqiao: Path, tmp_path: Path) -> None:
    (tmp_path / "text.docx").write_text("会议议程", encoding="utf-8")
    (tmp_path / "half.docx").write_bytes((SHIPPED / "agenda.docx").read_bytes()[:9000])
    for name in ("text.docx", "half.docx", "missing.docx"):
        with pytest.raises(NotATemplate) as told:
            filled(luqiao, tmp_path / name)
        assert name in told.value.text.zh


def test_the_command_says_it_in_a_sentence_and_ends_with_two(
    luqiao: Path, written: Callable[..., Path], tmp_path: Path
) -> None:
    template = written("{{ 会议.名字 }}")
    told = ("paper", "agenda", "--data", luqiao, "--template", template, "--out", tmp_path / "x.docx")

    refused(*told, zh="没有的字段“会议.名字”", en="unknown field “会议.名字”")
    assert not (tmp_path / "x.docx").exists()


def test_a_paper_somebody_wrote_into_is_not_overwritten(luqiao: Path, tmp_path: Path) -> None:
    made_here = tmp_path / "agenda.docx"
    made_here.write_bytes(b"edited by hand")

    refused("paper", "agenda", "--data", luqiao, "--out", made_here, zh="没有覆盖", en="left alone")
    assert made_here.read_bytes() == b"edited by hand"
    assert yishi("paper", "agenda", "--data", luqiao, "--out", made_here, "--replace").code == 0
    assert yishi("paper", "agenda", "--data", luqiao, "--out", made_here).code == 0  # the same again is nothing new


def test_templates_are_copied_once_and_an_edited_one_is_left_alone(tmp_path: Path) -> None:
    assert yishi("paper", "templates", "--out", tmp_path).code == 0
    (tmp_path / "agenda.docx").write_bytes(b"edited")
    assert yishi("paper", "templates", "--out", tmp_path).code == 0

    assert (tmp_path / "agenda.docx").read_bytes() == b"edited"
    assert {f.stem for f in tmp_path.iterdir()} >= set(PAPERS)


def test_the_same_ledger_gives_the_same_bytes(luqiao: Path) -> None:
    source = source_of(luqiao)
    for kind in PAPERS.values():
        try:
            first = made(kind, source, Choice(), SHIPPED / f"{kind.name}.docx")
        except PaperTrouble:
            continue  # it wants an item named
        assert made(kind, source_of(luqiao), Choice(), SHIPPED / f"{kind.name}.docx") == first, kind.name


def test_each_paper_has_a_template_and_the_generator_writes_exactly_the_shipped_ones(tmp_path: Path) -> None:
    import paper_templates  # noqa: PLC0415 # a tool, on the path of tests only

    paper_templates.main(tmp_path)

    assert {f.stem for f in SHIPPED.glob("*.docx")} == set(paper_templates.WRITTEN) >= set(PAPERS)
    for file in tmp_path.glob("*.docx"):
        assert file.read_bytes() == (SHIPPED / file.name).read_bytes(), (
            f"{file.name}: run python tools/paper_templates.py"
        )


def test_a_name_with_marks_of_xml_or_of_templates_is_printed_as_it_is_written(luqiao: Path) -> None:
    source = source_of(luqiao)
    names = {"D001": "甲&乙<丙>\"丁'", "D002": "{{ 7*7 }}{% if 1 %}", "D003": "换\n行\x07\x0b去"}

    cells = printed(replace(source, names=names), "sign-in").tables[0]

    assert cells[1][1] == "甲&乙<丙>\"丁'"
    assert cells[2][1] == "{{ 7*7 }}{% if 1 %}"
    assert cells[3][1] == "换\n行去"


def test_a_field_in_the_heading_of_the_page_is_filled_in_and_checked_like_any_other(
    luqiao: Path, tmp_path: Path
) -> None:
    document = Document()
    document.add_paragraph("{{ 状态 }}")
    header = document.sections[0].header.paragraphs[0]
    header.text = "{{ 会议.机关 }}"
    document.save(str(tmp_path / "headed.docx"))
    assert "定远县炉桥镇人民代表大会" in filled(luqiao, tmp_path / "headed.docx").headers()[0]

    header.text = "{{ 会议.机构 }}"
    document.save(str(tmp_path / "headed.docx"))
    with pytest.raises(UnknownField, match=r"会议\.机构"):
        filled(luqiao, tmp_path / "headed.docx")


def test_no_template_can_leave_out_that_it_was_a_rehearsal(luqiao: Path, written: Callable[..., Path]) -> None:
    assert "演  练" in filled(luqiao, written("正式文件:{{ 会议.名称 }}")).headers()[0]


def test_a_paper_that_there_is_not_is_answered_with_those_there_are(luqiao: Path) -> None:
    refused(
        "paper", "fields", "ballots", "--data", luqiao, zh="没有名为 ballots 的文书", en="there is no paper ballots"
    )


def test_a_sitting_or_an_item_that_there_is_not_is_answered_with_those_there_are(luqiao: Path, tmp_path: Path) -> None:
    told = ("--data", luqiao, "--out", tmp_path / "x.docx")
    refused(
        "paper",
        "script",
        "--sitting",
        "plenary-9",
        *told,
        zh="没有代号为 plenary-9 的会议;现有:plenary-1",
        en="plenary-9",
    )
    refused("paper", "result", "--item", "roads", *told, zh="没有代号为 roads 的议题", en="there is no item roads")
