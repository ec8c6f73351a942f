"""Replacing a court president in recess (撤换): the standing committee finds it needed, and the one above has to approve.

法院组织法 (2018) art. 44(2). It is no dismissal (撤职), of which 监督法 (2024) art. 60 does not name the court president, and no removal (罢免),
which is the congress's alone and awaits nobody. How the committee votes the text does not say: by more than half of all its members, as on
everything (地方组织法 (2022) art. 51(4)).
"""

from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.findings import info
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.parts import DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.approval import REPLACEMENT, pending_remark
from domain.tenure.committee_vote import committee_vote
from domain.tenure.held import as_stated, post_here
from domain.tenure.tenure import with_tenure
from domain.text import Text

COURT_PRESIDENT = "court-president"


class ReplacedInRecessOnly(Refused):
    says = Text(
        "撤换法院院长由常委会在大会闭会期间提出;会议期间由大会罢免(propose-removal)",
        "the committee replaces a court president in recess; while the congress sits it is removed there (propose-removal)",
    )


class NoReplacementRoute(Refused):
    says = Text(
        "当日有效的法律没有规定常委会撤换法院院长",
        "no law in force on that day lets a standing committee replace a court president",
    )


class ReplaceCourtPresident(Command):
    """The standing committee finds that the court president must be replaced. Units: members of the standing committee."""

    act: ClassVar[str] = "replace-court-president"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee",)
    title: ClassVar[Text] = Text("决定撤换法院院长", "Replace the court president")
    holder: DeputyId
    in_favour: int = Field(ge=0)
    members_total: int = Field(ge=1)
    reasons: str = Field(default="", max_length=4000)


class CourtPresidentReplaced(Event):
    """It takes effect once the standing committee above approves; adopted by fewer than `needed` it has none."""

    name: ClassVar[str] = "tenure.court-president-replaced.v1"
    holder: DeputyId
    in_favour: int
    members_total: int
    needed: int
    reasons: str
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        return (f"approval-pending:{REPLACEMENT}",) if self.adopted else ()

    def recomputed(self) -> "CourtPresidentReplaced":
        return self.model_copy(update={"adopted": self.in_favour >= self.needed})


@decides(ReplaceCourtPresident)
def replace_court_president(session: Session, command: ReplaceCourtPresident, moment: Moment) -> list[Event]:
    """法院组织法 (2018) art. 44(2): 认为需要撤换的,应当报请上级人民代表大会常务委员会批准."""
    rule = moment.law.ruling("replacement.court_president")
    if rule is None:
        raise NoReplacementRoute()
    if any(_same(event, command) for event in session.history):
        return []
    if session.stage_at(moment.at) is Stage.DURING:
        raise ReplacedInRecessOnly(rule.basis)
    post_here(session, COURT_PRESIDENT, command.holder)
    vote = committee_vote(command.in_favour, command.members_total, "resignation.sc_majority", moment)
    waits = pending_remark("replacement.court_president", (command.holder,), moment) if vote.adopted else ()
    unsaid = () if command.reasons.strip() else (info("ReplacementUnexplained", rule.basis, person=command.holder),)
    return [
        CourtPresidentReplaced(
            at=moment.at,
            basis=(*rule.basis, *moment.basis("resignation.sc_majority")),
            holder=command.holder,
            in_favour=vote.in_favour,
            members_total=vote.members_total,
            needed=vote.needed,
            reasons=command.reasons,
            adopted=vote.adopted,
            findings=(*vote.findings, *waits, *unsaid, *as_stated(session, COURT_PRESIDENT, command.holder)),
        )
    ]


def _same(event: Event, command: ReplaceCourtPresident) -> bool:
    told = ("holder", "in_favour", "members_total", "reasons")
    return isinstance(event, CourtPresidentReplaced) and all(getattr(event, f) == getattr(command, f) for f in told)


@evolves(CourtPresidentReplaced)
def court_president_replaced(session: Session, event: CourtPresidentReplaced) -> Session:
    if not event.adopted:
        return session
    return with_tenure(session, pending=session.tenure.pending | {(REPLACEMENT, event.holder)})
