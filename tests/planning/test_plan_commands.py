"""`yishi plan new` and `yishi plan check`, as a clerk uses them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.law import LawBook
from tests.planning.conftest import PLAN, ROLL, SCRIPT
from yishi.cli.plan import plan_app
from yishi.planning import load_plan, read_plan

ANSWERS: dict[str, Any] = {
    "name": "某某镇人民代表大会", "code": "mou", "profile": "zhejiang-township", "term": 17, "number": 9,
    "kind": "year_start", "opens": "2026-01-27", "closes": "2026-01-28", "roll": {"count": 60}, "presidium": 11,
    "projects": {"candidates": 8, "choose": 6, "last_year": 2},
}  # fmt: skip


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(plan_app, [str(a) for a in arguments], input=typed)


def written(tmp_path: Path, **changes: Any) -> tuple[Result, Path]:
    (tmp_path / "answers.json").write_text(json.dumps({**ANSWERS, **changes}), encoding="utf-8")
    out = tmp_path / "plan.yaml"
    return run("new", "--answers", tmp_path / "answers.json", "--out", out), out


def test_a_new_plan_passes_its_own_check(tmp_path: Path, book: LawBook):
    result, out = written(tmp_path)
    assert result.exit_code == 0, result.output
    assert read_plan(out, book).faults == ()
    assert run("check", out).exit_code == 0


def test_each_date_is_counted_back_and_cites_its_article(tmp_path: Path):
    _, out = written(tmp_path)
    notice = next(line for line in out.read_text("utf-8").splitlines() if "give-notice" in line)
    assert "最迟 2026-01-20,浙江省乡镇人大工作条例(2023)第二十条" in notice
    papers = next(line for line in out.read_text("utf-8").splitlines() if "send-papers" in line)
    assert "最迟 2026-01-26" in papers


def test_where_the_law_is_silent_the_new_plan_says_so(tmp_path: Path):
    _, out = written(tmp_path, profile="national-township")
    notice = next(line for line in out.read_text("utf-8").splitlines() if "give-notice" in line)
    assert "现行法律对此没有规定" in notice
    assert "最迟" not in notice


def test_the_date_is_decided_before_anything_else_is_done(tmp_path: Path, book: LawBook):
    for profile in ("zhejiang-township", "chongqing-township", "national-township"):
        folder = tmp_path / profile
        folder.mkdir()
        _, out = written(folder, profile=profile)
        plan = load_plan(out, book)
        assert min(plan.dates, key=lambda act: plan.dates[act]) == "decide-date"


def test_a_preparatory_meeting_is_planned_where_the_regulation_asks_for_one(tmp_path: Path, book: LawBook):
    _, out = written(tmp_path, profile="chongqing-township")
    assert load_plan(out, book).sittings[0].kind == "preparatory"


@pytest.mark.parametrize("kind", ["mid_year", "first", "extraordinary"])
def test_every_kind_of_township_session_can_be_drafted(tmp_path: Path, kind: str, book: LawBook):
    more = {"elections_completed": "2026-01-10"} if kind == "first" else {}
    result, out = written(tmp_path, kind=kind, **more)
    assert result.exit_code == 0, result.output
    assert read_plan(out, book).plan is not None


def test_a_residents_council_can_be_drafted_and_resolves_nothing(tmp_path: Path, book: LawBook):
    result, out = written(tmp_path, profile="zhejiang-residents", kind="yearly", presidium=None)
    assert result.exit_code == 0, result.output
    plan = load_plan(out, book)
    assert not any(item.resolution for item in plan.agenda)
    assert plan.presidium is None


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path):
    (tmp_path / "plan.yaml").write_text("mine")
    result, out = written(tmp_path)
    assert result.exit_code == 2
    assert "不覆盖" in result.output
    assert out.read_text() == "mine"


def test_the_roll_is_copied_beside_the_plan_and_its_groups_declared(tmp_path: Path, book: LawBook):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "roll.csv").write_text(ROLL.replace("g2", "第二代表团"), encoding="utf-8")
    (tmp_path / "in" / "answers.json").write_text(json.dumps({**ANSWERS, "roll": {"file": "roll.csv"}, "presidium": 7}))
    out = tmp_path / "out" / "plan.yaml"
    result = run("new", "--answers", tmp_path / "in" / "answers.json", "--out", out)
    assert result.exit_code == 0, result.output
    plan = load_plan(out, book)
    assert [g.title for g in plan.groups] == ["第一代表团", "第二代表团"]
    assert [d.group for d in plan.entries] == ["g1", "g1", *["g2"] * 7]


def test_a_bad_roll_stops_the_new_plan_with_its_rows_and_leaves_nothing_behind(tmp_path: Path):
    (tmp_path / "roll.csv").write_text("编号,姓名\nD1,张一\nD1,\n", encoding="utf-8")
    result, out = written(tmp_path, roll={"file": "roll.csv"})
    assert result.exit_code == 2
    assert "roll.csv:3" in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"profile": "atlantis-township"}, "atlantis-township"),
        ({"kind": "yearly"}, "yearly"),
        ({"closes": "2026-01-26"}, "早于开幕日"),
        ({"opens": "27.1.2026"}, "不是日期"),
        ({"term": "17"}, "整数"),
        ({"projects": {"candidates": 6, "choose": 6}}, "应少于候选项目"),
        ({"opens": "1990-01-27", "closes": "1990-01-28"}, "不作推测"),
        ({"trem": 17}, "term"),
    ],
)
def test_wrong_answers_are_told_and_no_plan_is_left(tmp_path: Path, changes: dict[str, Any], words: str):
    result, out = written(tmp_path, **changes)
    assert result.exit_code == 2, result.output
    assert words in result.output
    assert list(tmp_path.glob("*plan.yaml*")) == []
    assert not out.exists()


def test_the_questions_are_few_and_ask_again_when_an_answer_will_not_do(tmp_path: Path, book: LawBook):
    profiles = list(book.profiles)
    typed = [
        "某某镇人民代表大会", "MOU", "mou", "zhejiang-township", "十七", "17", "9", "1", "27.1.", "2026-01-27", "", "60",
        "11", "y", "y", "n", "8", "6", "0", "9", "1,4=2",
    ]  # fmt: skip
    out = tmp_path / "plan.yaml"
    result = run("new", "--out", out, typed="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    assert "zhejiang-township" in profiles
    plan = load_plan(out, book)
    assert [item.code for item in plan.agenda] == ["government-report", "presidium-report", "projects"]
    assert plan.session.closes == plan.session.opens
    assert [(e.code, e.seats, e.kind) for e in plan.elections] == [
        ("township-chair", 1, "by_election"), ("township-deputy-head", 2, "by_election"),
    ]  # fmt: skip


def test_posts_to_fill_are_told_by_a_flag_too_and_one_of_another_level_will_not_do(tmp_path: Path, book: LawBook):
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    out = tmp_path / "plan.yaml"
    wrong = run("new", "--answers", tmp_path / "answers.json", "--elections", "sc-chair", "--out", out)
    assert wrong.exit_code == 2
    assert "sc-chair 不对" in wrong.output
    assert not out.exists()
    result = run("new", "--answers", tmp_path / "answers.json", "--elections", "township-head", "--out", out)
    assert result.exit_code == 0, result.output
    assert [(e.post, e.seats) for e in load_plan(out, book).elections] == [("township-head", 1)]


def test_flags_answer_without_being_asked(tmp_path: Path):
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    out = tmp_path / "plan.yaml"
    result = run("new", "--answers", tmp_path / "answers.json", "--number", 10, "--roll", 44, "--out", out)
    assert result.exit_code == 0, result.output
    assert "number: 10" in out.read_text("utf-8")
    assert "count: 44" in out.read_text("utf-8")


def test_check_lists_faults_of_plan_and_script_with_their_lines(tmp_path: Path):
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN.replace("term: 17", "term: x"), encoding="utf-8")
    (tmp_path / "script.yaml").write_text(SCRIPT.replace("open-sitting", "open-siting"), encoding="utf-8")
    result = run("check", tmp_path / "plan.yaml", "--script", tmp_path / "script.yaml", "--lang", "en")
    assert result.exit_code == 2
    assert "plan.yaml:5:" in result.output
    assert "script.yaml:5:" in result.output
    assert "did you mean open-sitting" in result.output


def test_warnings_alone_leave_a_plan_usable(tmp_path: Path):
    (tmp_path / "roll.csv").write_text(ROLL, encoding="utf-8")
    text = PLAN.replace("  - {code: budget, kind: budget, title: 预算}\n", "")
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    result = run("check", tmp_path / "plan.yaml")
    assert result.exit_code == 0
    assert "提醒" in result.output
