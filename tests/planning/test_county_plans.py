"""A county's plan: what `plan new` drafts, what `plan check` finds, and that the lawful course of it is lawful."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from domain.law import LawBook
from yishi.cli.plan import plan_app
from yishi.planning import load_plan, read_plan
from yishi.rehearsal.lawful import lawful_course

ANSWERS: dict[str, Any] = {
    "name": "试县人民代表大会", "code": "shixian", "profile": "national-county", "term": 17, "number": 5, "kind": "year_start",
    "opens": "2026-01-14", "closes": "2026-01-16", "roll": {"count": 232}, "delegations": 6, "presidium": 31,
}  # fmt: skip


def drafted(tmp_path: Path, **changes: Any) -> Path:
    (tmp_path / "answers.json").write_text(json.dumps({**ANSWERS, **changes}), encoding="utf-8")
    out = tmp_path / "plan.yaml"
    result = CliRunner().invoke(plan_app, ["new", "--answers", str(tmp_path / "answers.json"), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out


def changed(plan: Path, old: str, new: str) -> Path:
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")
    return plan


@pytest.mark.rule("BL18-44-4")
def test_the_draft_budget_is_planned_by_the_thirtieth_day_before_with_its_article(
    tmp_path: Path, book: LawBook
) -> None:
    lines = drafted(tmp_path).read_text("utf-8").splitlines()
    draft = next(line for line in lines if "submit-budget-draft" in line)
    assert "最迟 2025-12-15,预算法(2018)第四十四条第四款" in draft
    assert next(line for line in lines if line.startswith("groups:")).endswith("代表法(2025)第十四条第一款")


def test_four_work_reports_plan_and_budget_are_proposed_and_the_preparatory_meeting_is_before(
    tmp_path: Path, book: LawBook
) -> None:
    plan = load_plan(drafted(tmp_path), book)
    assert [i.kind for i in plan.agenda] == [
        "government_report", "standing_committee_report", "court_report", "procuratorate_report", "plan", "budget",
    ]  # fmt: skip
    assert plan.sittings[0].kind == "preparatory"
    assert plan.sittings[0].at.date() < plan.session.opens


@pytest.mark.parametrize("kind", ["year_start", "mid_year", "first", "extraordinary"])
@pytest.mark.parametrize("profile", ["national-county", "zhejiang-county", "national-city", "national-province"])
def test_every_kind_of_session_from_county_level_up_is_drafted_without_fault(
    tmp_path: Path, book: LawBook, kind: str, profile: str
) -> None:
    more = {"elections_completed": "2025-12-20"} if kind == "first" else {}
    plan = drafted(tmp_path, kind=kind, profile=profile, **more)
    assert read_plan(plan, book).faults == ()
    course = lawful_course(load_plan(plan, book), book)
    assert "elect-delegation-head" in {act.act for act in course.acts}


@pytest.mark.rule("BL18-44-2", "BL18-44-3")
@pytest.mark.parametrize(("profile", "paragraph"), [("national-city", "三"), ("national-province", "二")])
def test_a_city_plans_its_draft_budget_by_the_paragraph_of_its_own_level(
    tmp_path: Path, book: LawBook, profile: str, paragraph: str
) -> None:
    lines = drafted(tmp_path, profile=profile).read_text("utf-8").splitlines()
    draft = next(line for line in lines if "submit-budget-draft" in line)
    assert f"最迟 2025-12-15,预算法(2018)第四十四条第{paragraph}款" in draft
    assert next(line for line in lines if line.startswith("procedure") or "level:" in line).endswith(
        f"level: {profile.removeprefix('national-')}}}"
    )


@pytest.mark.rule("BL18-44-4")
def test_a_draft_planned_a_day_too_late_is_warned_of_and_stops_nothing(tmp_path: Path, book: LawBook) -> None:
    plan = changed(drafted(tmp_path), "submit-budget-draft: 2025-12-14", "submit-budget-draft: 2025-12-16")
    (fault,) = read_plan(plan, book).faults
    assert (fault.weight, fault.basis[0].rule) == ("warning", "BL18-44-4")


@pytest.mark.rule("DL25-14-1")
def test_a_county_without_delegations_cannot_be_planned_since_12_march_2025(tmp_path: Path, book: LawBook) -> None:
    text = drafted(tmp_path).read_text("utf-8")
    start, end = text.index("groups:"), text.index("presidium:")
    (tmp_path / "plan.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    (fault,) = read_plan(tmp_path / "plan.yaml", book).faults
    assert (fault.weight, fault.basis[0].rule) == ("error", "DL25-14-1")


@pytest.mark.rule("DL25-14-1")
@pytest.mark.parametrize(("closes", "warned"), [("2025-03-11", False), ("2025-03-12", True)])
def test_a_session_that_goes_on_into_12_march_2025_without_delegations_is_warned(
    tmp_path: Path, book: LawBook, closes: str, *, warned: bool
) -> None:
    text = drafted(tmp_path, opens="2025-03-10", closes=closes).read_text("utf-8")
    start, end = text.index("groups:"), text.index("presidium:")
    (tmp_path / "plan.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    faults = read_plan(tmp_path / "plan.yaml", book).faults
    assert [(f.weight, f.basis[0].rule) for f in faults] == ([("warning", "DL25-14-1")] if warned else [])


@pytest.mark.rule("I-no-supervisory-report")
@pytest.mark.parametrize("name", ["区监察委员会", "区监委"])
def test_a_work_report_of_the_supervisory_commission_is_warned_of(tmp_path: Path, book: LawBook, name: str) -> None:
    item = f"  - {{code: x, kind: report, title: {name}工作报告}}\n"
    plan = changed(drafted(tmp_path), "dates:  #", item + "dates:  #")
    (fault,) = read_plan(plan, book).faults
    assert (fault.weight, fault.basis[0].rule) == ("warning", "I-no-supervisory-report")


@pytest.mark.rule("BL18-21-2")
def test_final_accounts_on_a_countys_agenda_are_an_error_with_the_article(tmp_path: Path, book: LawBook) -> None:
    item = "  - {code: x, kind: final_accounts, title: 决算}\n"
    plan = changed(drafted(tmp_path), "dates:  #", item + "dates:  #")
    (fault,) = read_plan(plan, book).faults
    assert (fault.weight, fault.basis[0].rule) == ("error", "BL18-21-2")


def test_a_presidiums_report_is_a_townships_and_is_told_at_its_line(tmp_path: Path, book: LawBook) -> None:
    item = "  - {code: x, kind: presidium_report, title: 主席团工作报告}\n"
    plan = changed(drafted(tmp_path), "dates:  #", item + "dates:  #")
    faults = read_plan(plan, book).faults
    assert any("presidium_report" in fault.says.zh and fault.weight == "error" for fault in faults)


@pytest.mark.rule("OL22-17-1-prep")
def test_a_county_plan_without_a_preparatory_meeting_is_an_error(tmp_path: Path, book: LawBook) -> None:
    text = drafted(tmp_path).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "plan.yaml").write_text("".join(x for x in text if "preparatory" not in x), encoding="utf-8")
    (fault,) = read_plan(tmp_path / "plan.yaml", book).faults
    assert (fault.weight, fault.basis[0].rule) == ("error", "OL22-17-1-prep")


def test_a_session_for_an_election_alone_is_played_without_suggestions_that_nobody_filed(
    tmp_path: Path, book: LawBook
) -> None:
    plan = drafted(tmp_path, kind="extraordinary", items=[{"code": "e", "kind": "other", "title": "选举县长"}])
    acts = lawful_course(load_plan(plan, book), book).acts
    assert "record-proceeding" in {act.act for act in acts}
    assert not {"assign-suggestions", "report-handling"} & {act.act for act in acts}


@pytest.mark.rule("OL22-17-1-prep")
@pytest.mark.parametrize("at", ["2026-01-14 09:00", "2026-01-15 09:00"])
def test_a_preparatory_meeting_not_before_the_first_plenary_is_an_error(tmp_path: Path, book: LawBook, at: str) -> None:
    plan = changed(drafted(tmp_path), "at: 2026-01-13 15:00", f"at: {at}")
    (fault, *_) = read_plan(plan, book).faults
    assert (fault.weight, fault.basis[0].rule) == ("error", "OL22-17-1-prep")


def test_a_preparatory_meeting_in_two_parts_votes_once(tmp_path: Path, book: LawBook) -> None:
    more = "sittings:\n  - {code: prep-1, kind: preparatory, title: 预备会议(一), at: 2026-01-12 15:00}\n"
    plan = load_plan(changed(drafted(tmp_path), "sittings:\n", more), book)
    acts = lawful_course(plan, book).acts
    assert [a.fields["subject"] for a in acts if a.act == "put-to-vote"].count("presidium") == 1
    assert [a.fields["sitting"] for a in acts if a.act == "open-sitting"][:2] == ["prep-1", "prep"]


@pytest.mark.parametrize(
    ("act", "day"), [("examine-budget-draft", "2025-12-01"), ("print-budget-opinion", "2025-12-15")]
)
def test_the_opinion_on_a_draft_budget_cannot_come_before_the_draft_or_its_examination(
    tmp_path: Path, book: LawBook, act: str, day: str
) -> None:
    lines = drafted(tmp_path).read_text("utf-8").splitlines()
    moved = [f"  {act}: {day} 09:00" if line.startswith(f"  {act}:") else line for line in lines]
    (tmp_path / "plan.yaml").write_text("\n".join(moved), encoding="utf-8")
    assert [f.where for f in read_plan(tmp_path / "plan.yaml", book).faults if f.weight == "error"] == [f"dates.{act}"]


@pytest.mark.parametrize("code", ["agenda", "presidium", "secretary-general", "motions-committee"])
def test_a_code_kept_for_the_preparatory_meetings_votes_is_told_before_the_session(
    tmp_path: Path, book: LawBook, code: str
) -> None:
    plan = changed(drafted(tmp_path), "dates:  #", f"  - {{code: {code}, kind: list, title: 名单}}\ndates:  #")
    (fault,) = read_plan(plan, book).faults
    assert (fault.weight, fault.where) == ("error", "agenda[7].code")


def test_a_rating_of_no_projects_could_never_be_declared_and_is_an_error(tmp_path: Path, book: LawBook) -> None:
    item = "  - {code: r, kind: rating, title: 测评, resolution: false}\n"
    (fault,) = read_plan(changed(drafted(tmp_path), "dates:  #", item + "dates:  #"), book).faults
    assert fault.weight == "error" and "last_year" in fault.told("en") and "kind: other" in fault.told("en")


@pytest.mark.rule("OL22-14-4-quorum")
def test_an_own_rule_that_conflicts_with_higher_law_is_told_before_the_session(tmp_path: Path, book: LawBook) -> None:
    half = "{id: q, topic: session.quorum, share: 过半数, title: 议事规则, article: 第三条, from: 2020-01-01}"
    plan = changed(drafted(tmp_path), "session:\n", f"own_rules:\n  - {half}\nsession:\n")
    (fault,) = read_plan(plan, book).faults
    assert (fault.weight, fault.basis[0].rule, fault.where) == ("warning", "OL22-14-4-quorum", "own_rules[1]")


def test_national_law_that_is_not_on_file_is_not_answered_by_taking_national_law(tmp_path: Path, book: LawBook) -> None:
    plan = changed(drafted(tmp_path), "opens: 2026-01-14", "opens: 1999-01-14")
    fault = next(f for f in read_plan(plan, book).faults if f.where == "session.opens")
    assert "national-" not in fault.told("en") and "add that text" in fault.told("en")
