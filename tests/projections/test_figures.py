"""The figures of an annual report on suggestions, derived from individual suggestions and from nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.matter.promises import CarryOver
from domain.matter.replying import ExtendMatter
from domain.matter.striking import StrikeEntry
from domain.session.suggestions import FileSuggestion
from tests.projections.year import ASSIGNED, OPENS, RATED, REPLIED, Year, step, times
from yishi.projections.figure import Figure

DUE = date(2026, 5, 2)
"""Three months from the assignment."""


def counts(figure: Figure) -> tuple[int, int | None]:
    return len(figure.counted), None if figure.of is None else len(figure.of)


def test_dayes_report_of_92_suggestions_76_solved_all_answered_98_percent_satisfied_comes_out_to_the_digit() -> None:
    year = Year(92).all_replied(times(A=76, B=16)).all_rated(times(satisfied=90, dissatisfied=2))
    found = year.figures()
    assert found["solved"].value().zh == "82.6 %(76/92)" and found["replied"].value().en == "100.0 % (92/92)"
    assert found["satisfied"].value().zh == "97.8 %(90/92)", "the published 98 % can only be 90 of 92"


@pytest.mark.parametrize(
    "classes",
    [{"A": 232, "B": 351, "C": 195}, {"A": 43, "B": 13, "C": 1}, {"A": 52, "B": 33, "C": 1}],
    ids=["Sichuan 2017: 778", "Qinyang 2023: 57", "Daye 2024: 86"],
)
def test_published_classes_come_out_of_the_single_suggestions(classes: dict[str, int]) -> None:
    total = sum(classes.values())
    found = Year(total).all_replied(times(**classes)).figures()
    assert {c: len(found[f"class-{c.lower()}"].counted) for c in classes} == classes
    assert counts(found["replied"]) == (total, total) and counts(found["filed"]) == (total, None)


def test_answered_is_not_solved_and_solved_is_not_satisfied() -> None:
    year = Year(3).all_replied("ABD")
    year.rated("1", "dissatisfied").rated("3", "satisfied")
    found = year.figures()
    assert [counts(found[name]) for name in ("replied", "solved", "satisfied")] == [(3, 3), (1, 3), (1, 2)]
    assert {ref.case.number for ref in found["solved"].counted} == {"1"}
    assert {ref.case.number for ref in found["satisfied"].counted} == {"3"}


def test_a_deputy_who_says_nothing_is_not_satisfied_and_not_in_the_base_of_those_who_are() -> None:
    year = Year(4).all_replied("AAAA").rated("1").rated("2", "basically").silent("3")
    found = year.figures()
    assert found["satisfied"].value().zh == "50.0 %(1/2)" and counts(found["basically"]) == (1, 2)
    assert counts(found["no-feedback"]) == (1, 4) and counts(found["unrated"]) == (1, 4)
    assert [(o.why.zh, len(o.refs)) for o in found["satisfied"].left_out] == [("代表未反馈", 1), ("尚未评价", 1)]


def test_attitude_and_result_are_rated_apart() -> None:
    year = Year(2).all_replied("AA").rated("1", "dissatisfied", attitude="satisfied").rated("2")
    found = year.figures()
    assert counts(found["attitude-satisfied"]) == (1, 1) and counts(found["satisfied"]) == (1, 2)
    assert [o.why.zh for o in found["attitude-satisfied"].left_out] == ["没有评价办理态度"]


def test_the_second_rating_is_counted_beside_the_first_and_never_in_its_place() -> None:
    year = Year(2).all_replied("AC").rated("1").rated("2", "dissatisfied")
    year.on("2", RATED, step("rehandle", text="未解决"))
    year.replied("2", "A", day=date(2026, 5, 20)).rated("2", "satisfied", day=date(2026, 6, 1))
    found = year.figures()
    assert counts(found["satisfied-1"]) == (1, 2) and counts(found["dissatisfied-1"]) == (1, 2)
    assert counts(found["satisfied-2"]) == (1, 1) and counts(found["satisfied"]) == (2, 2)
    assert counts(found["handled-again"]) == (1, 2) and counts(found["class-a"]) == (2, 2)


@pytest.mark.rule("DL25-51-2")
def test_the_last_day_is_in_time_and_the_day_after_is_not_nor_is_no_reply_by_then() -> None:
    year = Year(4).replied("1", day=DUE).replied("2", day=DUE + timedelta(days=1))
    year.on("3", REPLIED, ExtendMatter(why="涉及面广"))
    on_the_day, after = year.figures(until=DUE)["on-time"], year.figures(until=DUE + timedelta(days=1))["on-time"]
    assert counts(on_the_day) == (1, 1) and [len(o.refs) for o in on_the_day.left_out] == [3]
    assert counts(after) == (1, 3) and [len(o.refs) for o in after.left_out] == [1], "the third has six months"


def test_what_is_withdrawn_need_not_be_answered() -> None:
    year = Year(2).replied("1").on("2", REPLIED, step("withdraw", text="撤回"), by="deputy")
    found = year.figures()
    assert counts(found["replied"]) == (1, 1) and counts(found["withdrawn"]) == (1, None)
    assert [o.why.zh for o in found["replied"].left_out] == ["已撤回"]


def test_what_is_filed_and_not_handed_over_is_counted_as_that() -> None:
    year = Year(1)
    year.house.given(FileSuggestion(number="9", deputies=("d002",), subject="闭会期间"), by="sc_office")
    assert counts(year.figures()["assigned"]) == (1, 2) and counts(year.figures()["replied"]) == (0, 1)


def test_a_promise_belongs_to_the_year_of_its_day_and_is_kept_when_it_is_solved_by_then() -> None:
    days = [date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 31), date(2027, 6, 30)]
    year = Year(5)
    for number, day in zip(year.numbers, days, strict=False):
        year.replied(number, "B", promised=day).rated(number)
    year.replied("5", "B").rated("5")
    year.replied("1", "A", day=date(2026, 9, 30)).replied("2", "A", day=date(2026, 10, 1))
    year.on("3", date(2026, 10, 1), CarryOver(promised=date(2027, 3, 31), why="资金未到位"))
    found = year.figures()
    assert counts(found["kept"]) == (1, 2) and counts(found["kept-late"]) == (1, 2)
    assert [o.why.zh for o in found["kept"].left_out] == ["没有写明日期"]
    after = year.figures(year=2027, until=date(2027, 3, 31))
    assert counts(after["filed"]) == (0, None) and counts(after["carried-over"]) == (1, None)
    assert counts(after["kept"]) == (0, 1) and [len(o.refs) for o in after["kept"].left_out] == [1]


def test_a_promise_in_a_reply_that_the_deputy_does_not_accept_is_none() -> None:
    year = Year(1).replied("1", "B", promised=date(2026, 9, 30)).rated("1", "dissatisfied")
    assert counts(year.figures()["promised"]) == (0, None)


def test_the_first_contact_is_counted_in_days_from_the_assignment_and_only_the_deputys_word_confirms_it() -> None:
    year = Year(3)
    for number, after, said in (("1", 3, True), ("2", 10, False)):
        year.heard(number, ASSIGNED + timedelta(days=after), confirmed=said)
    found = year.figures()
    assert found["first-contact"].value() == ("6.5 天(2 件)", "6.5 days (of 2)")
    assert [o.why.en for o in found["first-contact"].left_out] == ["no contact on record"]
    assert counts(found["confirmed"]) == (1, 2)
    assert Year(1).figures()["first-contact"].value().en == "— days (of 0)"


def test_what_was_closed_and_taken_up_again_is_reopened() -> None:
    year = Year(2).all_replied("AA").all_rated(times(satisfied=2))
    year.on("1", date(2026, 9, 1), step("reopen", text="问题反弹"))
    found = year.figures()
    assert counts(found["reopened"]) == (1, 2) and counts(found["closed"]) == (1, None)


def test_a_rating_struck_as_a_mistake_counts_no_more() -> None:
    year = Year(1).replied("1", "A").rated("1")
    version = len(year.house.it.history)
    year.on("1", RATED + timedelta(days=1), StrikeEntry(version=version, why="评价填错了建议"))
    found = year.figures()
    assert counts(found["satisfied"]) == (0, 0) and counts(found["unrated"]) == (1, 1)
    assert found["satisfied"].value().zh == "—(0/0)" and counts(found["closed"]) == (0, None)


def test_a_figure_is_as_of_a_day_and_of_a_year() -> None:
    year = Year(2).all_replied("AA")
    assert counts(year.figures(until=REPLIED - timedelta(days=1))["replied"]) == (0, 2)
    assert counts(year.figures(until=REPLIED)["replied"]) == (2, 2)
    assert counts(year.figures(year=OPENS.year - 1)["filed"]) == (0, None)
    assert counts(year.figures(year=None)["filed"]) == (2, None)


def test_a_figure_opens_to_the_entries_it_was_counted_from() -> None:
    year = Year(2).all_replied("AB").rated("1")
    opened = year.figures()["solved"].opened()
    [counted], [other] = opened["counted"], opened["others"]
    assert (counted["number"], other["number"]) == ("1", "2")
    events = {e.position: e.event for c in year.cases() for e in c.entries}
    [reply] = [events[p] for p in counted["positions"]]
    assert reply.name == "matter.replied.v1" and getattr(reply, "result", "") == "A"


def test_local_classes_stand_beside_the_general_ones() -> None:
    year = Year(3).replied("1", "B", local_class="2").replied("2", "B", local_class="3").replied("3", "A")
    found = year.figures()
    assert counts(found["local-2"]) == (1, 3) and counts(found["local-3"]) == (1, 3) and "local-" not in found


FATES = some.lists(
    some.tuples(
        some.sampled_from(["open", "withdrawn", "A", "B", "C", "D"]),
        some.sampled_from(["", "silent", "satisfied", "basically", "dissatisfied"]),
        some.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=20, deadline=None)
@given(FATES, some.dates(OPENS, date(2026, 7, 31)))
def test_classes_add_up_to_the_replies_and_so_do_ratings_silence_and_waiting_on_every_day(
    fates: list[tuple[str, str, bool]], until: date
) -> None:
    year = Year(len(fates))
    for number, (reply, said, again) in zip(year.numbers, fates, strict=True):
        if reply == "withdrawn":
            year.on(number, REPLIED, step("withdraw", text="撤回"), by="deputy")
        elif reply != "open":
            year.replied(number, reply)
            if said == "silent":
                year.silent(number)
            elif said:
                year.rated(number, said)
            if said == "dissatisfied" and again:
                year.on(number, RATED + timedelta(days=1), step("rehandle", text="再办"))
                year.replied(number, "A", day=RATED + timedelta(days=20))
    found = year.figures(until=until)
    replied = len(found["replied"].counted)
    assert sum(len(found[f"class-{c}"].counted) for c in "abcd") == replied
    parts = ("satisfied", "basically", "dissatisfied", "no-feedback", "unrated")
    assert sum(len(found[part].counted) for part in parts) == replied
    assert replied + len(found["open"].counted) + len(found["withdrawn"].counted) == len(found["assigned"].counted)
    for figure in found.values():
        assert figure.of is None or {id(r) for r in figure.counted} <= {id(r) for r in figure.of}
    once_more = {f.id: f.value() for f in year.figures(until=until).values()}
    assert once_more == {f.id: f.value() for f in found.values()}
