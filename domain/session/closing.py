"""Results announced and published; the session closed, which is refused while something mandatory is missing."""

from typing import ClassVar

from pydantic import Field

from domain.calendar import last_day, legal_date
from domain.election.left_over import elections_left
from domain.event import Clock, Event, Finding
from domain.findings import alert, warn
from domain.motion.disposal import disposal_clocks
from domain.motion.listing import undecided_motions
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.business import REPORT_TOPICS, item_of
from domain.session.inquiry import unanswered_inquiries
from domain.session.interpellation_answer import answer_clocks, unanswered_interpellations
from domain.session.parts import AgendaItem, Code
from domain.session.roll import absences, cards_waiting
from domain.session.sittings import of_a_plenary, open_plenary, sitting_ended
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.oath import unsworn_at_closing
from domain.tenure.removal_answered import removals_left
from domain.tenure.resignation_filed import resignations_left
from domain.text import Text

BUDGETS = ("budget", "final_accounts", "budget_adjustment")


class NotYetDecided(Refused):
    says = Text("{item} 尚未表决,无结果可宣布", "{item} was not put to the vote: there is no result to announce")


class MandatoryItemMissing(Refused):
    says = Text("不能闭幕,尚缺:{missing}", "the session cannot close; still missing: {missing}")


class BudgetNotApproved(Refused):
    says = Text(
        "预算尚未经大会表决批准,不能公开、批复或者报送备案",
        "the congress has not approved a budget by its vote yet: there is none to publish, to confirm or to file",
    )


class NotAdopted(Refused):
    says = Text("{item} 未获通过,不能公布为决议", "{item} was not adopted and cannot be published as a resolution")


class Announce(Command):
    """The chair announces results on the spot (当场宣布)."""

    act: ClassVar[str] = "announce"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("宣布表决结果", "Announce results")
    items: tuple[Code, ...] = Field(min_length=1)


class Announced(Event):
    name: ClassVar[str] = "session.announced.v1"
    items: tuple[Code, ...]

    def facts(self) -> tuple[str, ...]:
        return tuple(f"announced:{item}" for item in self.items)


@decides(Announce)
def announce(session: Session, command: Announce, moment: Moment) -> list[Event]:
    """Announcing on the spot is a local rule or a practice; projects are announced by the presidium (票决制规定 art. 18)."""
    open_plenary(session, moment, "vote.announce")
    for code in command.items:
        if not decided(session, code):
            raise NotYetDecided(moment.cites("vote.announce"), item=code)
    fresh = tuple(code for code in command.items if not session.has(f"announced:{code}"))
    kinds = {session.agenda[c].kind for c in fresh if c in session.agenda}
    basis = moment.basis("vote.announce", *(("projects.announced",) if "projects" in kinds else ()))
    return [Announced(at=moment.at, basis=basis, items=fresh)] if fresh else []


def decided(session: Session, code: str) -> bool:
    """Whether an agenda item, or one of the other subjects of a vote, has come to its result."""
    item = session.agenda.get(code)
    return session.has(f"voted:{code}") or (item is not None and dealt_with(session, item))


def dealt_with(session: Session, item: AgendaItem) -> bool:
    """Whether an agenda item is done: voted on, chosen, rated, heard or dealt with, as its kind asks."""
    if session.has(f"dealt:{item.code}") and _may_be_dealt_with(item):
        return True
    match item.kind:
        case "projects":
            return session.has("projects-chosen")
        case "rating":
            return session.has("projects-rated")
        case "other":
            return session.has(f"heard:{item.code}") or session.has(f"voted:{item.code}")
        case "decision" if not session.procedure.decides:  # a council only gives its opinion
            return session.has(f"deliberated:{item.code}")
        case "list" | "decision":
            return session.has(f"voted:{item.code}")
        case _:
            by_vote = item.resolution and session.procedure.decides
            return session.has(f"voted:{item.code}" if by_vote else f"heard:{item.code}")


def _may_be_dealt_with(item: AgendaItem) -> bool:
    """Whether a note on record is enough: not for what a statute has heard or approved, nor for what the congress is to vote on."""
    by_vote = ("decision", "projects", "report", "plan") if item.resolution else ("projects",)
    return item.kind not in (*REPORT_TOPICS, *by_vote)


class CloseSession(Command):
    """Close the session (闭幕). The open sitting ends with it."""

    act: ClassVar[str] = "close-session"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "street_committee")
    title: ClassVar[Text] = Text("闭幕", "Close the session")


class SessionClosed(Event):
    """`follow_up` are the deadlines that run from the closing (闭会后): interpellations and motions left over."""

    name: ClassVar[str] = "session.closed.v1"
    follow_up: tuple[Clock, ...] = ()

    def clocks(self) -> tuple[Clock, ...]:
        return self.follow_up

    def facts(self) -> tuple[str, ...]:
        return ("closed",)


@decides(CloseSession)
def close_session(session: Session, command: CloseSession, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 11(8)(9), 12(1)(8)(9), 25: the reports are heard and deliberated and what is on the agenda is decided first.

    That the session may not close before is our reading of those duties for what a statute names, and the congress's own
    adopted agenda for the rest; an item that the plan marks as not mandatory holds nothing up.
    """
    missing = [i for i in session.agenda.values() if i.mandatory and not _covered(session, i)]
    if missing:
        topics = [t for i in missing for t in REPORT_TOPICS.get(i.kind, ())[:1]]
        basis = moment.cites(*topics, "agenda.adopted")
        raise MandatoryItemMissing(basis, missing="、".join(f"{i.title}({i.code})" for i in missing))
    if (sitting := session.sittings.get(session.sitting_open or "")) is not None:
        of_a_plenary(session, sitting, moment, command.title)
    carried = [Text(i.title, i.title) for i in session.agenda.values() if i.mandatory and not dealt_with(session, i)]
    for step in session.procedure.steps_for(session.kind):
        left_out = step.closes_session and "{" not in step.fact and not session.has(step.fact)
        if left_out and _demanded(step.topics, moment):
            if not session.excused(step.fact):
                raise MandatoryItemMissing(moment.cites(*step.topics), missing=step.title)
            carried.append(step.title)
    irregularity = moment.basis("record.irregularity")
    closing = SessionClosed(
        at=moment.at,
        basis=moment.basis("presidium.presides", "closing.mandatory"),
        follow_up=(*answer_clocks(session, moment), *disposal_clocks(session, moment)),
        findings=(
            *(warn("IrregularityCarried", irregularity, what=what) for what in carried),
            *undecided_motions(session, moment),
            *unanswered_inquiries(session, moment),
            *unanswered_interpellations(session, moment),
            *elections_left(session, moment),
            *removals_left(session, moment),
            *resignations_left(session, moment),
            *unsworn_at_closing(session, moment),
            *_cards_waiting(session, moment),
        ),
    )
    away = absences(session, moment)
    return [closing, away] if away else [closing]


def _cards_waiting(session: Session, moment: Moment) -> tuple[Finding, ...]:
    waiting = cards_waiting(session, moment)
    return (alert("CardsWaiting", moment.basis("practice.sign_in"), found=waiting),) if waiting else ()


@evolves(SessionClosed)
def session_closed(session: Session, event: SessionClosed) -> Session:
    """The open sitting ends with the session."""
    return sitting_ended(session, session.sitting_open) if session.sitting_open else session


def _demanded(topics: tuple[str, ...], moment: Moment) -> bool:
    rule = moment.law.ruling(topics[0]) if topics else None
    return bool(rule and rule.may_refuse)


def _covered(session: Session, item: AgendaItem) -> bool:
    return dealt_with(session, item) or f"dealt:{item.code}" in session.irregular


class PublishResults(Command):
    """Publish resolutions and results (公布、公告)."""

    act: ClassVar[str] = "publish-results"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "secretariat",
        "standing_committee",
        "sc_office",
        "street_committee",
    )
    title: ClassVar[Text] = Text("公布决议和结果", "Publish the results")
    items: tuple[Code, ...] = Field(min_length=1)
    where: str = Field(default="", max_length=200)


class ResultsPublished(Event):
    name: ClassVar[str] = "session.results-published.v1"
    items: tuple[Code, ...]
    where: str

    def facts(self) -> tuple[str, ...]:
        return ("results-published", *(f"published:{item}" for item in self.items))


@decides(PublishResults)
def publish_results(session: Session, command: PublishResults, moment: Moment) -> list[Event]:
    """Only what was decided is published; what was not adopted is not published as a resolution."""
    for code in command.items:
        item_of(session, code)
        if not decided(session, code):
            raise NotYetDecided(moment.cites("results.published"), item=code)
        vote = session.votes.get(code)
        if vote is not None and not vote.adopted:
            raise NotAdopted(moment.cites("vote.majority"), item=code)
    fresh = tuple(code for code in command.items if not session.has(f"published:{code}"))
    if not fresh:
        return []
    basis = moment.basis("results.published", "projects.announced", "council.opinions")
    return [ResultsPublished(at=moment.at, basis=basis, items=fresh, where=command.where)]


class PublishBudget(Command):
    """The government publishes the approved budget and reports (公开)."""

    act: ClassVar[str] = "publish-budget"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government", "presidium", "secretariat")
    title: ClassVar[Text] = Text("公开预算", "Publish the budget")


class BudgetPublished(Event):
    name: ClassVar[str] = "session.budget-published.v1"

    def facts(self) -> tuple[str, ...]:
        return ("budget-published",)


@decides(PublishBudget)
def publish_budget(session: Session, command: PublishBudget, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 14: published within twenty days of approval (批准后二十日内), which may be while the congress still meets."""
    if session.has("budget-published"):
        return []
    approved(session, moment, "budget.published")
    return [BudgetPublished(at=moment.at, basis=moment.basis("budget.published"))]


def approved(session: Session, moment: Moment, topic: str) -> None:
    """What is published, confirmed or filed is the budget that the congress approved: one that it voted down is not.

    While the congress meets its vote must have been taken; after the session a budget may have been approved without one on record.

    Raises:
        NotAdopted, BudgetNotApproved.
    """
    voted = [v for c, v in session.votes.items() if c in session.agenda and session.agenda[c].kind in BUDGETS]
    adopted = [vote for vote in voted if vote.adopted]
    if voted and not adopted:
        raise NotAdopted(moment.cites(topic), item=voted[0].subject)
    if not any(vote.at <= moment.at for vote in adopted) and (
        adopted or session.stage_at(moment.at) is not Stage.AFTER
    ):
        raise BudgetNotApproved(moment.cites(topic, "budget.approved_by_congress"))


class FileBudget(Command):
    """The approved budget is filed with the next higher government (备案)."""

    act: ClassVar[str] = "file-budget"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government", "presidium", "secretariat")
    title: ClassVar[Text] = Text("报送预算备案", "File the budget")


class BudgetFiled(Event):
    name: ClassVar[str] = "session.budget-filed.v1"

    def facts(self) -> tuple[str, ...]:
        return ("budget-filed",)


@decides(FileBudget)
def file_budget(session: Session, command: FileBudget, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 50: filed in time (及时) with the next higher government; the text gives no number of days."""
    if session.has("budget-filed"):
        return []
    approved(session, moment, "budget.filed")
    return [BudgetFiled(at=moment.at, basis=moment.basis("budget.filed"))]


def budget_clock(session: Session, subject: str, moment: Moment) -> Clock | None:
    """The twenty days that start when a budget paper is approved; None when the item is no budget paper or the law is silent."""
    item = session.agenda.get(subject)
    rule = moment.law.ruling("budget.published")
    if item is None or item.kind not in BUDGETS or rule is None:
        return None
    last = last_day(legal_date(moment.at), rule.period)
    basis = (*rule.basis, *moment.basis("count.days"))
    return Clock(
        id=f"budget-published-{subject}",
        started=moment.at,
        last_day=last,
        met_by="budget-published",
        basis=basis,
        subject=subject,
    )
