"""What may come next: what is called lawful is not refused, and what is called blocked is, for the same reason."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.session.decider import HallNow, law_on
from domain.session.folding import fold
from domain.session.notice import GiveNotice, HearVoters
from domain.session.outlook import Prospect, outlook
from domain.session.presidium import PresidiumMeets
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting
from domain.session.state import Moment
from domain.submission import COMMANDS, Actor, Command
from domain.vote.keypad import EnterDeviceCount
from domain.vote.paper import EnterVoteSheet
from tests.domain.chamber import SESSION, WEDNESDAY, Chamber, hands, statutes, township


def prospects(house: Chamber, at: datetime | None = None) -> dict[str, Prospect]:
    """The outlook by fact, as things stand."""
    session, at = house.session, at or house.now
    law = law_on(statutes(), session.plan, at.date())
    hall = HallNow(house.record, SESSION)
    return {p.fact: p for p in outlook(session, Moment(law, at, Actor(office="secretariat"), hall))}


def test_at_first_the_date_is_to_be_decided_and_notice_comes_after_it() -> None:
    ahead = prospects(Chamber().registers())
    assert ahead["date-decided"].state == "now"
    assert ahead["notice-given"].state == "after"
    assert ahead["voted:gov"].state == "later"


def test_notice_a_day_too_late_is_blocked_by_the_article_that_gives_its_days() -> None:
    town = township("date published")
    assert prospects(town.on(town.opens - timedelta(days=7)))["notice-given"].state == "now"
    late = prospects(town.on(town.opens - timedelta(days=6)))["notice-given"]
    assert late.state == "blocked" and late.refusal is not None
    assert [c.rule for c in late.refusal.basis] == [c.rule for c in town.when(GiveNotice()).refused.basis]


@pytest.mark.rule("OL22-14-4-quorum")
def test_the_opening_is_blocked_one_short_of_the_quorum_and_lawful_exactly_at_it() -> None:
    short = prospects(township("signed in", present=40))["held:s1"]
    assert short.state == "blocked" and type(short.refusal).__name__ == "QuorumNotMet"
    assert prospects(township("signed in", present=41))["held:s1"].state == "now"


@pytest.mark.rule("EL20-47")
def test_a_new_terms_session_waits_for_its_credentials_and_the_outlook_says_so() -> None:
    about: dict[str, Any] = {"kind": "first", "elections_completed": WEDNESDAY - timedelta(days=50)}
    ahead = prospects(Chamber(61, **about).registers())
    assert ahead["credentials-confirmed"].state == "now" and ahead["credentials-confirmed"].required
    opening = ahead["held:s1"]
    assert opening.state == "after" and opening.refusal is not None
    assert "EL20-47" in [c.rule for c in opening.refusal.basis]
    assert "credentials-confirmed" not in prospects(Chamber(61).registers())


def test_what_tellers_or_the_device_counted_is_ready_to_be_put_once_their_figures_agree() -> None:
    def sheet(number: int) -> EnterVoteSheet:
        return EnterVoteSheet(subject="gov", sheet=number, issued=61, returned=61, valid=61, in_favour=61)

    town = township("put forward").given(sheet(1))
    waiting = prospects(town)["voted:gov"]
    assert waiting.state == "blocked" and type(waiting.refusal).__name__ == "SheetMissing"
    ready = prospects(town.given(sheet(2)))["voted:gov"]
    assert ready.state == "now" and ready.fields["method"] == "ballot"
    keys = EnterDeviceCount(subject="pres", device="k", source="device", in_favour=61, against=0, abstained=0)
    assert prospects(town.given(keys))["voted:pres"].fields["method"] == "electronic"


@pytest.mark.rule("BL18-14")
def test_publishing_the_budget_is_to_be_done_from_its_approval_on_though_the_congress_still_meets() -> None:
    town = township("put forward")
    assert prospects(town)["budget-published"].state == "later"
    assert prospects(town.given(hands("budget", 31, 30)))["budget-published"].state == "now"


def test_a_sitting_is_not_to_be_opened_while_another_is_and_the_next_one_is_afterwards() -> None:
    town = township("opened")
    assert not [fact for fact in prospects(town) if fact.startswith("held:")]
    assert prospects(town.given(CloseSitting()))["held:s2"].fields == {"sitting": "s2"}


def test_a_preparatory_meeting_that_is_not_planned_is_asked_for_where_the_law_asks_and_nowhere_else() -> None:
    sittings = (("s1", "plenary"),)
    demanded = prospects(township("papers sent", profile="chongqing-township", sittings=sittings))["prep-held"]
    assert demanded.state == "blocked" and type(demanded.refusal).__name__ == "UnknownSitting"
    assert "prep-held" not in prospects(township("papers sent", profile="national-township", sittings=sittings))


def test_a_vote_on_what_was_not_heard_comes_after_it_and_the_session_cannot_close_before() -> None:
    ahead = prospects(township("presidium elected"))
    assert ahead["heard:gov"].state == "now"
    assert ahead["voted:gov"].state == "after"
    assert ahead["announced:gov"].state == "after"
    assert ahead["closed"].state == "blocked"


def test_what_belonged_before_the_session_is_past_once_the_congress_meets() -> None:
    town = township("date published", profile="national-township").on(WEDNESDAY, 8)
    assert prospects(town)["observers-invited"].state == "now"
    town.given(HearVoters(what="座谈"), SignIn(sitting="s1", present=61), OpenSitting(sitting="s1"))
    assert prospects(town)["notice-given"].state == "past"


def test_every_act_of_a_lawful_session_was_in_the_outlook_right_before_it() -> None:
    town = township("closed")
    events = town.record.streams[SESSION]
    steps = {s.fact for s in town.session.procedure.steps_for(town.session.kind) if "{" not in s.fact}
    hall = HallNow(town.record, SESSION)
    judged = 0
    for n in range(1, len(events)):
        session, event = fold(SESSION, tuple(events[:n])), events[n]
        law = law_on(statutes(), session.plan, event.at.date())
        ahead = {p.fact: p for p in outlook(session, Moment(law, event.at, Actor(office="secretariat"), hall))}
        for fact in event.facts():
            if fact in steps and fact not in ("opened", "prep-held") and not session.has(fact):
                assert ahead[fact].state == "now", (fact, ahead[fact])
                judged += 1
    assert judged > 10


def test_what_is_called_lawful_is_not_refused_when_it_is_done_as_the_outlook_says() -> None:
    for point in ("registered", "date published", "signed in", "opened", "reports heard", "deliberated", "voted"):
        town = township(point)
        for prospect in prospects(town).values():
            command = COMMANDS[prospect.step.act]
            told = prospect.fact != "decided:motion-deadline"  # until when, only an officer can say
            if told and prospect.state == "now" and not set(_required(command)) - set(prospect.fields):
                town = township(point)
                town.when(command.model_validate(prospect.fields), by=prospect.offices[0])
                assert town.refusal is None, (point, prospect.fact, town.refusal.says().zh)


def test_nobody_is_asked_to_handle_a_motion_that_nobody_filed() -> None:
    ahead = prospects(township("presidium elected"))
    assert "motion-filed" in ahead and "motion-decided" not in ahead and "inquiry-answered" not in ahead


def test_the_outlook_changes_nothing() -> None:
    town = township("reports heard")
    before = town.session
    prospects(town)
    assert town.session is before
    town.given(PresidiumMeets(meeting=2, present=9))
    assert town.session is not before


def test_when_all_is_done_only_what_follows_the_session_is_to_do() -> None:
    ahead = prospects(township("closed"))
    assert {p.step.stage.value for p in ahead.values() if p.state == "now" and p.required} == {"after"}


def _required(command: type[Command]) -> list[str]:
    fields = command.model_fields
    return [name for name, field in fields.items() if field.is_required()]
