"""Proposing to amend the constitution (提议修改宪法): the Standing Committee, or a fifth of the deputies, and nobody else."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.event import Event
from domain.findings import inert
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.business import item_of
from domain.session.parts import Code, DeputyId
from domain.session.signatures import SignedTogether, each_once, signatures
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.subjects import amends_constitution

Proposer = Literal["standing_committee", "deputies"]


class NotTheConstitution(Refused):
    says = Text(
        "“{item}”不是宪法修正案(kind: constitution),不适用修改宪法的提议",
        "{item} does not amend the constitution (kind: constitution)",
    )


class ProposedOtherwise(Refused):
    says = Text(
        "“{item}”的提议已经登记且内容不同;有误的,更正(correct)",
        "who proposes {item} is on record already, with other content: correct the entry if it is wrong",
    )


class NotTheirProposal(Refused):
    says = Text(
        "修改宪法的提议,由提议者自己或者秘书处登记,不能由{by}登记",
        "a proposal to amend the constitution is filed by those who make it or by the secretariat, not by {by}",
    )


class TooFewToAmend(Refused):
    says = Text(
        "提议修改宪法的代表 {signed} 人,其中可计 {found} 人,{share}({needed} 人)",
        "{signed} deputies propose to amend the constitution, {found} of them count, {needed} are needed ({share})",
    )


class ProposeConstitution(Command):
    """Propose to amend the constitution by an item of the agenda. Deputies in the order in which they signed."""

    act: ClassVar[str] = "propose-constitution"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "deputy", "secretariat")
    title: ClassVar[Text] = Text("提议修改宪法", "Propose to amend the constitution")
    item: Code
    proposer: Proposer = "standing_committee"
    deputies: tuple[DeputyId, ...] = Field(default=())

    @model_validator(mode="after")
    def _signed_by_deputies_only(self) -> Self:
        if (self.proposer == "deputies") != bool(self.deputies):
            raise ValueError("代表提议的才有联名代表 / signatories go with a proposal of deputies, and only with it")
        return self


class ConstitutionProposed(SignedTogether):
    """`needed`: signatures; 0 where the Standing Committee proposes it."""

    name: ClassVar[str] = "motion.constitution-proposed.v1"
    item: Code
    proposer: Proposer

    def facts(self) -> tuple[str, ...]:
        return (f"constitution-proposed:{self.item}",) if self.stands else ()


@decides(ProposeConstitution)
def propose_constitution(session: Session, command: ProposeConstitution, moment: Moment) -> list[Event]:
    """宪法 (2018) art. 64(1): by the Standing Committee, or by a fifth of the deputies or more (五分之一以上).

    Raises:
        UnknownItem, NotTheConstitution, ProposedOtherwise, NotTheirProposal, TooFewToAmend.
    """
    item = item_of(session, command.item)
    if not amends_constitution(session, item.code):
        raise NotTheConstitution(moment.cites("constitution.proposers"), item=item.title)
    made = [e for e in session.history if isinstance(e, ConstitutionProposed) and e.item == item.code and e.stands]
    if made:
        if (made[-1].proposer, made[-1].deputies) == (command.proposer, each_once(command.deputies)):
            return []
        raise ProposedOtherwise(moment.cites("constitution.proposers"), item=item.title)
    by_deputies = command.proposer == "deputies"
    if moment.actor.office not in ("deputy" if by_deputies else "standing_committee", "secretariat"):
        raise NotTheirProposal(moment.cites("constitution.proposers"), by=OFFICE_NAMES[moment.actor.office])
    signed = signatures(session, command.deputies, moment, "constitution.joint")
    rule = moment.law.ruling("constitution.joint") if by_deputies else None
    needed = rule.share.needed(session.deputies_total) if rule is not None and rule.value is not None else 0
    if rule is not None and signed.counted < needed:
        figures = {"signed": len(signed.deputies), "found": signed.counted, "needed": needed}
        raise TooFewToAmend((*rule.basis, *signed.basis), share=rule.share.missed, **figures)
    topics = ("constitution.proposers", *(("constitution.joint",) if by_deputies else ()))
    return [
        ConstitutionProposed(
            at=moment.at,
            basis=(*moment.basis(*topics), *signed.basis),
            item=item.code,
            proposer=command.proposer,
            deputies=signed.deputies,
            not_counted=signed.not_counted,
            needed=needed,
            findings=(*signed.findings, *inert(rule)),
        )
    ]
