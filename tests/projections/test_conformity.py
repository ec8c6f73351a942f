"""The conformity report says 缺 of what is missing, and of nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.calendar import at_clock
from domain.session.business import Deliberate, HearReport, RecordProceeding
from domain.session.closing import CloseSession, PublishResults
from domain.session.notice import Prepare
from domain.session.parts import AgendaItem
from domain.session.record import RecordIrregularity
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from tests.domain.chamber import BUDGET, GOVERNMENT, PRESIDIUM_REPORT, Chamber, council, hands, statutes, township
from yishi.projections.conformity import Line, conformity


def report(chamber: Chamber, days: int = 0) -> dict[str, Line]:
    """The rows by fact, so many days after the last act."""
    lines = conformity(chamber.session, statutes(), chamber.now + timedelta(days=days), {})
    assert len({line.fact for line in lines}) == len(lines), "each fact has one row"
    return {line.fact: line for line in lines}


def states(chamber: Chamber, days: int = 0) -> dict[str, str]:
    return {fact: line.state for fact, line in report(chamber, days).items()}


@pytest.mark.parametrize(
    ("without", "name", "rule"),
    [
        (GOVERNMENT, "government_report", "OL22-12-1-gov"),
        (PRESIDIUM_REPORT, "presidium_report", "OL22-12-1-pres"),
        (BUDGET, "budget", "BL18-47-2"),
    ],
)
def test_a_year_start_without_a_report_that_the_law_names_misses_it(without: AgendaItem, name: str, rule: str) -> None:
    agenda = tuple(item for item in (GOVERNMENT, PRESIDIUM_REPORT, BUDGET) if item != without)
    town = township("announced", agenda=agenda)
    row = report(town)[f"agenda:{name}"]
    assert row.state == "missing" and row.basis and row.kind is not None
    assert not any(fact.startswith("agenda:") for fact in states(township("announced")))


def test_before_the_congress_meets_what_the_agenda_lacks_is_still_to_do() -> None:
    assert states(township("papers sent", agenda=(GOVERNMENT,)))["agenda:budget"] == "open"


def test_a_mid_year_session_need_not_hear_what_belongs_to_the_year_start() -> None:
    town = township(
        "announced",
        agenda=(AgendaItem(code="r", kind="report", title="专项报告"),),
        kind="mid_year",
        profile="national-township",
    )
    assert not any(fact.startswith("agenda:") for fact in states(town))


def test_each_suggestion_that_was_not_assigned_is_missing_once_the_session_is_closed() -> None:
    town = township("announced").given(
        FileSuggestion(number="1", deputies=("d001",), subject="修路"),
        FileSuggestion(number="2", deputies=("d002",), subject="修桥"),
    )
    assert states(town)["assigned:2"] == "open"
    town.on(town.closes, 11).given(
        CloseSession(), AssignSuggestions(assignments=(Assignment(number="1", unit="镇村建办"),))
    )
    rows = report(town)
    assert (rows["assigned:1"].state, rows["assigned:2"].state) == ("done", "missing")
    assert "修桥" in rows["assigned:2"].title.zh and rows["assigned:2"].basis


def test_a_session_that_was_never_held_or_closed_shows_both_as_missing_when_its_days_are_over() -> None:
    for body in (township("papers sent"), council("signed in")):
        assert {fact: states(body)[fact] for fact in ("opened", "closed")} == {"opened": "open", "closed": "open"}
        assert {fact: states(body, 60)[fact] for fact in ("opened", "closed")} == {
            "opened": "missing",
            "closed": "missing",
        }


def test_holding_and_closing_stand_in_the_report_where_the_law_is_silent_on_a_quorum() -> None:
    rows = states(township("papers sent", opens=date(2021, 1, 20), profile="national-township"))
    assert rows["opened"] == "open" and rows["closed"] == "open"


def test_an_item_dealt_with_on_record_has_one_row_and_misses_nothing() -> None:
    election = AgendaItem(code="election", kind="other", title="补选", resolution=True)
    town = township("announced", agenda=(GOVERNMENT, PRESIDIUM_REPORT, BUDGET, election))
    town.given(RecordProceeding(what="无记名投票补选", item="election")).on(town.closes, 11).given(CloseSession())
    rows = states(town)
    assert {fact: state for fact, state in rows.items() if fact.endswith(":election")} == {"dealt:election": "dealt"}


def test_an_item_that_was_only_voted_on_is_not_asked_to_be_heard_as_well() -> None:
    other = AgendaItem(code="list", kind="other", title="通过名单", resolution=True)
    town = township("voted", agenda=(GOVERNMENT, PRESIDIUM_REPORT, BUDGET, other)).given(hands("list", 61))
    assert {f: s for f, s in states(town, 60).items() if f.endswith(":list")} == {"voted:list": "done"}


def test_a_note_on_record_does_not_stand_for_the_budget() -> None:
    town = township("opened").given(RecordProceeding(what="预算已讨论", item="budget"))
    rows = states(town, 60)
    assert rows["heard:budget"] == "missing" and rows["voted:budget"] == "missing" and "dealt:budget" not in rows


def test_the_decision_behind_a_lost_vote_was_made_though_it_serves_for_no_second_one() -> None:
    town = township("put forward").given(hands("gov", 20, 41))
    assert not town.session.votes["gov"].adopted
    assert states(town, 60)["decided:put-to-vote:gov"] == "done"


def test_the_reason_of_an_irregularity_stands_only_while_the_step_is_not_done() -> None:
    town = township("registered").on(date(2024, 1, 2)).given(RecordIrregularity(fact="prepared", why="人手不足"))
    row = report(town)["prepared"]
    assert (row.state, row.why) == ("irregular", "人手不足")
    row = report(town.given(Prepare(drafts=("议程草案",))))["prepared"]
    assert (row.state, row.why) == ("done", "")


def test_what_belongs_before_the_session_is_judged_by_the_law_of_the_day_the_congress_met() -> None:
    """The Organic Law asks for the date to be published from 12 March 2022; this congress met on the 11th and went on into the 12th."""
    town = township("opened", opens=date(2022, 3, 11), profile="national-township")
    facts = {fact: held for fact, held in town.session.facts.items() if fact != "date-published"}
    unpublished = replace(town.session, facts=facts)
    for day in (date(2022, 3, 11), date(2022, 3, 12), date(2022, 6, 30)):
        lines = conformity(unpublished, statutes(), at_clock(day, 18), {})
        assert "date-published" not in {line.fact for line in lines}
    unmet = replace(unpublished, facts={f: h for f, h in facts.items() if f not in ("met", "opened")})
    lines = conformity(unmet, statutes(), at_clock(date(2022, 3, 12), 8), {})
    assert {line.fact: line.state for line in lines}["date-published"] == "open"


def test_a_step_after_the_session_is_missing_once_its_last_day_has_passed() -> None:
    town = township("closed").given(PublishResults(items=("gov", "pres", "budget")))
    assert states(town)["budget-published"] == "open"
    assert states(town, 30)["budget-published"] == "missing"


def test_a_councils_meeting_that_did_everything_misses_nothing() -> None:
    body = council().given(HearReport(item="office"), Deliberate(items=("office",)), CloseSession())
    assert {f for f, s in states(body, 60).items() if s == "missing" and not f.startswith("agenda:")} == set()
