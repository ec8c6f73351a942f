"""The county's draft budget before the session: thirty days before it, examined by the standing committee, answered and printed."""

from datetime import date, timedelta

import pytest

from domain.session.budget_draft import (
    AnswerBudgetOpinion,
    BudgetDraftSubmitted,
    ExamineBudgetDraft,
    PrintBudgetOpinion,
    SubmitBudgetDraft,
)
from domain.session.budget_passed import BudgetReplied, FileBudgetSum, ReplyBudget
from domain.session.closing import CloseSession, FileBudget, PublishBudget
from domain.session.dates import DecideDate, PublishDate
from domain.session.moving import DateMoved, MoveDate
from domain.session.record import DeadlineMissed, MissDeadline
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting
from tests.domain.chamber import GOVERNMENT, SESSION, hands
from tests.domain.county import WEDNESDAY, county
from yishi.projections.deadlines import Deadlines

BEFORE_2018 = date(2018, 1, 17)


@pytest.mark.rule("BL18-44-4", "BL14-44-4", "ZJBUD16-12-1")
@pytest.mark.parametrize(
    ("opens", "profile", "rule"),
    [(WEDNESDAY, "national-county", "BL18-44-4"), (BEFORE_2018, "national-county", "BL14-44-4"),
     (WEDNESDAY, "zhejiang-county", "ZJBUD16-12-1")],
)  # fmt: skip
def test_a_draft_thirty_days_before_is_in_time_and_one_day_later_is_received_as_late(
    opens: date, profile: str, rule: str
) -> None:
    house = county("registered", opens=opens, profile=profile).on(opens - timedelta(days=30))
    house.when(SubmitBudgetDraft()).then(BudgetDraftSubmitted, days_before=30).citing(rule).without_finding()
    house = county("registered", opens=opens, profile=profile).on(opens - timedelta(days=29))
    house.when(SubmitBudgetDraft()).then(BudgetDraftSubmitted, days_before=29)
    house.with_finding("FewerThanUsual", citing=rule, found=29, needed=30).and_again_nothing()


@pytest.mark.rule("BL18-44-4")
@pytest.mark.parametrize(("earlier", "late"), [(5, False), (6, True)])
def test_a_session_brought_forward_counts_the_thirty_days_anew(earlier: int, *, late: bool) -> None:
    house = county("registered").on(WEDNESDAY - timedelta(days=40))
    house.given(DecideDate(opens=WEDNESDAY, closes=WEDNESDAY), PublishDate())
    first = house.session.clocks[f"budget-draft-submitted-{WEDNESDAY}"]
    assert first.last_day == WEDNESDAY - timedelta(days=30)
    house.on(WEDNESDAY - timedelta(days=35)).given(SubmitBudgetDraft())
    opens = WEDNESDAY - timedelta(days=earlier)
    house.when(MoveDate(opens=opens, closes=opens, why="防汛")).then(DateMoved, draft_clock_before=first.id)
    if late:
        house.with_finding("FewerThanUsual", "BL18-44-4", found=29, needed=30)
    else:
        house.without_finding()
    assert [(c.id, c.last_day) for c in house.session.clocks.values()] == [
        (f"budget-draft-submitted-{opens}", opens - timedelta(days=30))
    ]
    deadlines = Deadlines()
    for event in house.session.history:
        deadlines.follow(SESSION, event)
    assert [d.state for d in deadlines.all()] == ["missed, then met" if late else "met"]


@pytest.mark.rule("BL18-44-4")
@pytest.mark.parametrize(("days", "over"), [(30, False), (29, True)])
def test_a_draft_not_yet_there_is_due_by_the_new_date_and_said_to_be_late_where_that_is_over(
    days: int, *, over: bool
) -> None:
    house = county("registered").on(WEDNESDAY - timedelta(days=40))
    house.given(DecideDate(opens=WEDNESDAY, closes=WEDNESDAY), PublishDate())
    opens = house.now.date() + timedelta(days=days)
    house.when(MoveDate(opens=opens, closes=opens, why="防汛")).then(DateMoved)
    if over:
        house.with_finding("DeadlineMissed", "BL18-44-4", due=str(opens - timedelta(days=30)))
    else:
        house.without_finding()


@pytest.mark.rule("BL18-44-4")
def test_a_session_without_a_budget_waits_for_no_draft() -> None:
    house = county("registered", agenda=(GOVERNMENT,)).on(WEDNESDAY - timedelta(days=20))
    house.when(DecideDate(opens=WEDNESDAY, closes=WEDNESDAY)).without_finding("DeadlineMissed")
    assert not house.session.clocks


@pytest.mark.rule("BL18-22-4", "BL18-22-6", "BL18-22-7")
def test_what_was_not_submitted_is_not_examined_and_what_was_not_examined_is_not_answered() -> None:
    house = county("registered").on(WEDNESDAY - timedelta(days=31))
    opinion = ExamineBudgetDraft(opinions=("同意",))
    house.when(opinion).then_refused("StepMissing")
    house.given(SubmitBudgetDraft()).when(AnswerBudgetOpinion()).then_refused("StepMissing")
    house.when(opinion, by="government").then_refused("NotTheirAct")
    house.given(opinion, AnswerBudgetOpinion(), PrintBudgetOpinion()).and_again_nothing()


@pytest.mark.rule("BL18-22-4", "BL18-44-4")
def test_a_session_without_a_draft_examined_before_it_opens_with_a_warning() -> None:
    house = county("registered").on(WEDNESDAY - timedelta(days=40))
    house.given(DecideDate(opens=house.opens, closes=house.closes), PublishDate())
    house.on(WEDNESDAY, 8).given(SignIn(sitting="prep", present=232), OpenSitting(sitting="prep"))
    house.given(
        hands("presidium", 232, persons=house.roll[:31]),
        hands("secretary-general", 232, persons=house.roll[:1]),
        hands("agenda", 232),
    )
    house.given(CloseSitting())
    house.given(SignIn(sitting="s1", present=232)).when(OpenSitting(sitting="s1"))
    house.with_finding("StepMissing", citing="BL18-44-4").with_finding("StepMissing", citing="BL18-22-4")


@pytest.mark.rule("BL18-52", "BL18-14", "BL18-50-1-county", "BL18-50-2")
def test_an_approved_budget_is_published_and_confirmed_within_twenty_days_each() -> None:
    house = county("closed")
    due = WEDNESDAY + timedelta(days=20)
    clocks = {c.id: c.last_day for c in house.session.open_clocks}
    assert clocks == {"budget-published-budget": due, "budget-replied-budget": due}
    house.on(due, 17).when(ReplyBudget()).then(BudgetReplied).citing("BL18-52").and_again_nothing()
    house.on(due + timedelta(days=1), 0, 1).when(MissDeadline(clock="budget-published-budget")).then(DeadlineMissed)
    house.given(PublishBudget(), FileBudget()).citing("BL18-50-1-county")
    house.when(FileBudgetSum()).citing("BL18-50-2").and_again_nothing()


def test_a_budget_voted_down_is_confirmed_to_nobody() -> None:
    house = county("put forward").given(hands("budget", 100))
    house.given(*(hands(code, 232) for code in house.voted_on if code != "budget"))
    house.on(house.closes, 11).given(CloseSession()).when(ReplyBudget()).then_refused("NotAdopted", citing="BL18-52")
