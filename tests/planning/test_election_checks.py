"""What `plan check` says of elections by the law of the opening day: when, how many seats, in how many days."""

from pathlib import Path
from typing import Any

import pytest

from domain.law import LawBook
from tests.planning.test_county_plans import drafted
from yishi.planning import read_plan
from yishi.planning.faults import Fault

FIRST = {"kind": "first", "number": 1, "elections_completed": "2025-12-20"}


def faults(plan: Path, book: LawBook, *elections: str) -> tuple[Fault, ...]:
    """The faults of a drafted county plan with these elections, at their places in the file."""
    lines = "".join(f"  - {{{each}}}\n" for each in elections)
    plan.write_text(plan.read_text("utf-8") + f"elections:\n{lines}", encoding="utf-8")
    return tuple(f for f in read_plan(plan, book).faults if f.where.startswith(("elections", "session")))


def anew(tmp_path: Path, **changes: Any) -> Path:
    """A drafted plan in a folder of its own."""
    folder = tmp_path / f"plan-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    return drafted(folder, **changes)


def post(code: str, seats: int, kind: str = "change_of_term", **more: str) -> str:
    rest = "".join(f", {name}: {value}" for name, value in more.items())
    return f"code: {code}, post: {code}, title: 某职务, seats: {seats}, kind: {kind}{rest}"


def test_a_change_of_term_belongs_to_the_first_session_and_a_by_election_to_any(tmp_path: Path, book: LawBook) -> None:
    warned = faults(anew(tmp_path), book, post("government-head", 1))
    assert [(f.weight, f.where) for f in warned] == [("warning", "elections[1].kind")]
    assert "第一次会议" in warned[0].says.zh and "separate" in warned[0].todo.zh
    assert faults(anew(tmp_path), book, post("government-head", 1, "by_election")) == ()
    assert faults(anew(tmp_path, **FIRST), book, post("government-head", 1)) == ()


def test_a_head_has_one_seat(tmp_path: Path, book: LawBook) -> None:
    found = faults(anew(tmp_path, **FIRST), book, post("court-president", 2))
    assert [(f.weight, f.where) for f in found] == [("error", "elections[1].seats")]


@pytest.mark.rule("OL22-47-4-size-county")
@pytest.mark.parametrize(
    ("members", "weights"), [(39, ["warning"]), (40, ["error"]), (9, []), (8, ["warning"]), (29, []), (30, ["warning"])]
)
def test_a_county_standing_committee_of_46_is_a_fault_of_45_and_36_and_14_a_warning(
    tmp_path: Path, book: LawBook, members: int, weights: list[str]
) -> None:
    committee = (post("sc-chair", 1), post("sc-vice-chair", 5), post("sc-member", members))
    found = faults(anew(tmp_path, **FIRST), book, *committee)
    assert [f.weight for f in found] == weights
    for fault in found:
        assert str(members + 6) in fault.says.zh and any(c.rule.startswith("OL22-47-4-size") for c in fault.basis)


@pytest.mark.rule("OL22-47-4-size-city", "OL22-47-4-size-province")
@pytest.mark.parametrize(
    ("profile", "size", "weights"),
    [
        ("national-city", 28, ["warning"]), ("national-city", 29, []), ("national-city", 51, []),
        ("national-city", 52, ["warning"]), ("national-city", 61, ["warning"]), ("national-city", 62, ["error"]),
        ("national-province", 44, ["warning"]), ("national-province", 45, []), ("national-province", 75, []),
        ("national-province", 76, ["warning"]), ("national-province", 95, ["warning"]), ("national-province", 96, ["error"]),
    ],
)  # fmt: skip
def test_a_citys_standing_committee_has_29_to_51_a_provinces_45_to_75_with_its_secretary_general(
    tmp_path: Path, book: LawBook, profile: str, size: int, weights: list[str]
) -> None:
    committee = (
        post("sc-chair", 1),
        post("sc-vice-chair", 5),
        post("sc-secretary-general", 1),
        post("sc-member", size - 7),
    )
    found = faults(anew(tmp_path, profile=profile, **FIRST), book, *committee)
    assert [f.weight for f in found] == weights
    assert all(str(size) in fault.says.zh for fault in found)


@pytest.mark.rule("OL22-29-3-separate")
def test_seats_left_over_are_contested_again_and_a_first_session_has_none(tmp_path: Path, book: LawBook) -> None:
    left = post("sc-vice-chair", 1, separate="true")
    warned = faults(anew(tmp_path), book, left)
    assert [f.weight for f in warned] == ["warning"] and "仍须差额" in warned[0].says.zh
    assert warned[0].basis[0].rule == "OL22-29-3-separate"
    assert faults(anew(tmp_path), book, post("government-head", 1, separate="true")) == ()
    assert "没有上次会议" in faults(anew(tmp_path, **FIRST), book, left)[0].says.zh


@pytest.mark.rule("OL22-27-2-days")
def test_a_session_of_one_day_is_too_short_for_a_change_of_term_and_two_days_are_not(
    tmp_path: Path, book: LawBook
) -> None:
    short = FIRST | {"closes": "2026-01-14"}
    found = faults(anew(tmp_path, **short), book, post("government-head", 1))
    assert [(f.weight, f.where) for f in found] == [("error", "session.closes")]
    assert faults(anew(tmp_path, **short), book, post("government-head", 1, "by_election")) == ()
    assert faults(anew(tmp_path, **FIRST | {"closes": "2026-01-15"}), book, post("government-head", 1)) == ()


def test_elections_answered_are_written_into_the_plan_with_the_margin_and_its_article(
    tmp_path: Path, book: LawBook
) -> None:
    vice = {"code": "vice", "post": "deputy-government-head", "title": "副县长", "seats": 4, "kind": "change_of_term"}
    members = {"code": "members", "post": "sc-member", "title": "常委会委员", "seats": 25, "kind": "change_of_term"}
    plan = anew(tmp_path, **FIRST, elections=[vice, members])
    lines = plan.read_text("utf-8").splitlines()
    written = [line for line in lines if "post:" in line]
    assert written[0].endswith("差额 1 至 3 人,地方组织法(2022)第二十七条第一款")
    assert written[1].endswith("差额 3 至 5 人,地方组织法(2022)第二十七条第一款")
    loaded = read_plan(plan, book)
    assert loaded.plan is not None and [e.seats for e in loaded.plan.elections] == [4, 25]
