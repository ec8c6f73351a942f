"""The approval of the standing committee above (报上一级人大常委会批准): what a congress decides on a chief procurator awaits it.

地方组织法 (2022) arts 11(6), 13, 32(1): the chief procurator alone, elected, removed or resigned; court presidents and supervisory
directors await nobody, but for a court president whom the standing committee replaces in recess (法院组织法 (2018) art. 44(2)). What follows
when it is refused no law says, and how long it may take neither: so there is no deadline.
"""

from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import info, warn
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.held import PROCURATOR
from domain.tenure.tenure import with_tenure
from domain.text import Text

REPLACEMENT = "replacement"
"""The matter of a court president replaced in recess."""


class NothingPending(Refused):
    says = Text(
        "{person} 的“{matter}”没有待上一级批准的事项;待批准的有:{known}",
        "nothing of {person} under {matter} awaits approval from above; what does: {known}",
    )


class RecordApproval(Command):
    """Record what the standing committee above decided.

    `matter` is the election's code, `removal-NUMBER`, `resignation-NUMBER`, or `replacement` of a court president; `document` the number of
    its paper (文号).
    """

    act: ClassVar[str] = "record-approval"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "sc_office", "secretariat", "presidium")
    title: ClassVar[Text] = Text("登记上一级人大常委会批准", "Record the approval from above")
    matter: Code
    holder: DeputyId
    approved: bool
    document: str = Field(default="", max_length=100)


class ApprovalRecorded(Event):
    name: ClassVar[str] = "tenure.approval-recorded.v1"
    matter: Code
    holder: DeputyId
    approved: bool
    document: str

    def facts(self) -> tuple[str, ...]:
        said = "approved" if self.approved else "not-approved"
        return ("approval-recorded", f"approval-recorded:{self.matter}", f"{said}:{self.matter}:{self.holder}")

    def revokes(self) -> tuple[str, ...]:
        """Approved after all, when it was refused before."""
        return (f"approval-pending:{self.matter}", f"not-approved:{self.matter}:{self.holder}")


@decides(RecordApproval)
def record_approval(session: Session, command: RecordApproval, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 11(6): by the chief procurator above, submitted to that standing committee for its approval (批准)."""
    one = (command.matter, command.holder)
    said = "approved" if command.approved else "not-approved"
    if session.has(f"{said}:{command.matter}:{command.holder}"):
        return []
    topic = _topic(command.matter)
    tenure = session.tenure
    if one not in tenure.pending and one not in tenure.refused:
        known = "、".join(f"{matter} {person}" for matter, person in sorted(tenure.pending)) or "—"
        raise NothingPending(moment.cites(topic), matter=command.matter, person=command.holder, known=known)
    findings: tuple[Finding, ...] = ()
    if not command.approved:
        findings = (warn("NotApproved", moment.basis("approval.refused"), person=command.holder),)
    return [
        ApprovalRecorded(
            at=moment.at, basis=moment.basis(topic), matter=command.matter, holder=command.holder, approved=command.approved,
            document=command.document, findings=findings,
        )
    ]  # fmt: skip


def _topic(matter: str) -> str:
    if matter == REPLACEMENT:
        return "replacement.court_president"
    if matter.startswith("removal-"):
        return "approval.procurator_removal"
    return "approval.procurator_resignation" if matter.startswith("resignation-") else "approval.procurator"


@evolves(ApprovalRecorded)
def approval_recorded(session: Session, event: ApprovalRecorded) -> Session:
    one, tenure = frozenset({(event.matter, event.holder)}), session.tenure
    decided = {"approved": tenure.approved | one, "refused": tenure.refused - one}
    if not event.approved:
        decided = {"approved": tenure.approved - one, "refused": tenure.refused | one}
    return with_tenure(session, pending=tenure.pending - one, **decided)


def awaits_approval(post: str, topic: str, moment: Moment) -> bool:
    """Whether what the congress decided on a holder of that post takes effect only with the approval from above."""
    return post == PROCURATOR and moment.law.ruling(topic) is not None


def pending_remark(topic: str, persons: tuple[str, ...], moment: Moment) -> tuple[Finding, ...]:
    """That it is not final yet."""
    return tuple(info("AwaitsApproval", moment.basis(topic), person=person) for person in persons)
