"""A county's session to test in: 232 deputies in two delegations, its standing committee, its presidium, its four work reports."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from domain.session.budget_draft import AnswerBudgetOpinion, ExamineBudgetDraft, PrintBudgetOpinion, SubmitBudgetDraft
from domain.session.business import CommitteeReports, Deliberate, HearReport
from domain.session.closing import Announce, CloseSession
from domain.session.dates import DecideDate, PublishDate
from domain.session.delegations import FormDelegations
from domain.session.notice import GiveNotice, HearVoters, InviteObservers, Prepare, SendPapers
from domain.session.parts import AgendaItem
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.roll import ConfirmCredentials
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting
from tests.domain.chamber import BUDGET, GOVERNMENT, Chamber, hands

WEDNESDAY = date(2026, 1, 14)
"""When a county's session opens here unless a test says otherwise: under the Organic Law of 2022 and the Deputies Law of 2025."""

COMMITTEE = AgendaItem(code="sc", kind="standing_committee_report", title="人大常委会工作报告")
COURT = AgendaItem(code="court", kind="court_report", title="人民法院工作报告")
PROCURATORATE = AgendaItem(code="proc", kind="procuratorate_report", title="人民检察院工作报告")
PLAN = AgendaItem(code="plan", kind="plan", title="国民经济和社会发展计划")
AGENDA = (GOVERNMENT, PLAN, BUDGET, COMMITTEE, COURT, PROCURATORATE)


def _before(house: Chamber, here: int) -> None:
    if house.registering.kind == "first":
        house.on(house.opens - timedelta(days=41)).given(ConfirmCredentials(valid=len(house.roll)))
    house.on(house.opens - timedelta(days=40)).given(DecideDate(opens=house.opens, closes=house.closes), PublishDate())
    house.on(house.opens - timedelta(days=30)).given(SubmitBudgetDraft())
    house.given(ExamineBudgetDraft(opinions=("同意",)), AnswerBudgetOpinion(), PrintBudgetOpinion())
    house.given(Prepare(drafts=("议程草案",)), HearVoters(what="座谈"), GiveNotice(), SendPapers(papers=("报告",)))
    house.given(InviteObservers(who=("监察委员会主任",), count=20), FormDelegations())


def _prep_signed_in(house: Chamber, here: int) -> None:
    house.on(house.opens - timedelta(days=1), 14).given(SignIn(sitting="prep", present=here))


def _constituted(house: Chamber, here: int) -> None:
    house.given(
        hands("presidium", here, persons=house.roll[:31]), hands("secretary-general", here, persons=house.roll[:1])
    )
    house.given(hands("agenda", here), CloseSitting())


def _signed_in(house: Chamber, here: int) -> None:
    house.on(house.opens, 8).given(SignIn(sitting="s1", present=here))


def _put_forward(house: Chamber, here: int) -> None:
    house.given(PresidiumMeets(meeting=2, present=min(31, len(house.session.presidium))))
    budgets = tuple(i.code for i in house.registering.agenda if i.kind == "budget")
    if budgets:
        house.given(CommitteeReports(items=budgets))
    house.given(PresidiumDecides(matter="put-to-vote", items=house.voted_on))


POINTS: dict[str, Callable[[Chamber, int], object]] = {
    "registered": lambda house, here: house.registers(),
    "prepared": _before,
    "prep signed in": _prep_signed_in,
    "prep held": lambda house, here: house.given(OpenSitting(sitting="prep")),
    "constituted": _constituted,
    "signed in": _signed_in,
    "opened": lambda house, here: house.on(house.opens, 9).given(OpenSitting(sitting="s1")),
    "reports heard": lambda house, here: house.given(*(HearReport(item=code) for code in house.voted_on)),
    "deliberated": lambda house, here: house.given(*(Deliberate(items=house.voted_on, group=g) for g in ("east", "west"))),
    "put forward": _put_forward,
    "voted": lambda house, here: house.given(*(hands(code, here) for code in house.voted_on)),
    "announced": lambda house, here: house.given(Announce(items=house.voted_on)),
    "closed": lambda house, here: house.on(house.closes, 11).given(CloseSession()),
}  # fmt: skip
"""The stations of a county's session in their order, each with the acts that lead to it from the one before."""


def county(point: str, deputies: int = 232, *, present: int | None = None, **about: Any) -> Chamber:
    """A county's session brought, lawfully in every step, to one of `POINTS`; its preparatory meeting is the day before."""
    assert point in POINTS
    about = {"profile": "national-county", "opens": WEDNESDAY, "agenda": AGENDA, **about}
    about.setdefault("registered", about["opens"] - timedelta(days=60))
    about.setdefault("sittings", (("prep", "preparatory"), ("s1", "plenary"), ("s2", "plenary")))
    chamber = Chamber(deputies, **about)
    for name, come_to in POINTS.items():
        come_to(chamber, len(chamber.roll) if present is None else present)
        if name == point:
            break
    return chamber
