"""Delegations (代表团): formed before the session, each with its head, discussing the drafts, which are adjusted as they suggest."""

from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.business import UnknownGroup, item_of
from domain.session.parts import Code, DeputyId
from domain.session.roll import NotADeputy
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class NoDelegations(Refused):
    says = Text(
        "方案没有代表团:请在方案 groups 中写明各代表团后再组成",
        "the plan has no delegations: name them under groups in the plan first",
    )


class FormDelegations(Command):
    """Form the delegations of this session, those of the plan; their members are as the roll has them."""

    act: ClassVar[str] = "form-delegations"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "sc_office", "secretariat")
    title: ClassVar[Text] = Text("组成代表团", "Form the delegations")


class DelegationsFormed(Event):
    name: ClassVar[str] = "session.delegations-formed.v1"
    delegations: tuple[Code, ...]
    without: int  # deputies in office who belong to none; counted only where the roll tells members

    def facts(self) -> tuple[str, ...]:
        return ("delegations-formed",)


@decides(FormDelegations)
def form_delegations(session: Session, command: FormDelegations, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 14(1): from county level up deputies form delegations by electing unit or area (组成代表团)."""
    if session.has("delegations-formed"):
        return []
    groups = session.plan.groups
    if not groups:
        raise NoDelegations(moment.cites("delegations"))
    members = {m for group in groups for m in group.members}
    without = len(session.in_office - members) if members else 0
    findings: tuple[Finding, ...] = ()
    if without:
        findings = (warn("WithoutDelegation", moment.basis("delegations"), found=without),)
    return [
        DelegationsFormed(
            at=moment.at,
            basis=moment.basis("delegations"),
            delegations=tuple(g.code for g in groups),
            without=without,
            findings=findings,
        )
    ]


class ElectDelegationHead(Command):
    """A delegation chooses its head (团长) and deputy heads."""

    act: ClassVar[str] = "elect-delegation-head"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("group",)
    title: ClassVar[Text] = Text("推选代表团团长", "Choose the head of a delegation")
    group: Code
    head: DeputyId
    deputy_heads: tuple[DeputyId, ...] = ()


class DelegationHeadElected(Event):
    name: ClassVar[str] = "session.delegation-head-elected.v1"
    once: ClassVar[bool] = True
    group: Code
    head: DeputyId
    deputy_heads: tuple[DeputyId, ...]

    def facts(self) -> tuple[str, ...]:
        return ("delegation-headed", f"delegation-headed:{self.group}")


@decides(ElectDelegationHead)
def elect_delegation_head(session: Session, command: ElectDelegationHead, moment: Moment) -> list[Event]:
    """A practice of local congresses: no statute speaks of a delegation's head. The head belongs to the delegation."""
    _delegation(session, command.group)
    members = next((g.members for g in session.plan.groups if g.code == command.group), ())
    for deputy in (command.head, *command.deputy_heads):
        if deputy not in session.in_office or (members and deputy not in members):
            raise NotADeputy(deputy=deputy)
    new = DelegationHeadElected(
        at=moment.at,
        basis=moment.basis("delegation.heads"),
        group=command.group,
        head=command.head,
        deputy_heads=command.deputy_heads,
    )
    chosen = [e for e in session.history if isinstance(e, DelegationHeadElected) and e.group == command.group]
    return [] if chosen and (chosen[-1].head, chosen[-1].deputy_heads) == (new.head, new.deputy_heads) else [new]


class DiscussDrafts(Command):
    """A delegation discusses drafts: without items those for the preparatory meeting, else the draft resolutions on these items."""

    act: ClassVar[str] = "discuss-drafts"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("group",)
    title: ClassVar[Text] = Text("代表团讨论草案", "A delegation discusses drafts")
    group: Code
    items: tuple[Code, ...] = ()
    opinions: tuple[str, ...] = ()


class DraftsDiscussed(Event):
    name: ClassVar[str] = "session.drafts-discussed.v1"
    once: ClassVar[bool] = True
    group: Code
    items: tuple[Code, ...]
    opinions: tuple[str, ...]

    def facts(self) -> tuple[str, ...]:
        return tuple(f"resolution-discussed:{item}" for item in self.items) or ("drafts-discussed",)


@decides(DiscussDrafts)
def discuss_drafts(session: Session, command: DiscussDrafts, moment: Moment) -> list[Event]:
    """A practice: drafts go to the delegations and come back with their opinions before the congress votes on them."""
    _delegation(session, command.group)
    for code in command.items:
        item_of(session, code)
    new = DraftsDiscussed(
        at=moment.at,
        basis=moment.basis("resolutions.discussed" if command.items else "drafts.discussed"),
        group=command.group,
        items=command.items,
        opinions=command.opinions,
    )
    return [] if new in session.history else [new]


class AdjustDrafts(Command):
    """The council of chairpersons adjusts the drafts as the delegations suggested (调整草案)."""

    act: ClassVar[str] = "adjust-drafts"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("council_of_chairpersons",)
    title: ClassVar[Text] = Text("主任会议调整草案", "Adjust the drafts")
    changes: tuple[str, ...] = Field(min_length=1)


class DraftsAdjusted(Event):
    name: ClassVar[str] = "session.drafts-adjusted.v1"
    once: ClassVar[bool] = True
    changes: tuple[str, ...]

    def facts(self) -> tuple[str, ...]:
        return ("drafts-adjusted",)


@decides(AdjustDrafts)
def adjust_drafts(session: Session, command: AdjustDrafts, moment: Moment) -> list[Event]:
    """A practice: what the preparatory meeting is given has been adjusted after the delegations' discussion."""
    return [DraftsAdjusted(at=moment.at, basis=moment.basis("drafts.adjusted"), changes=command.changes)]


def _delegation(session: Session, code: str) -> None:
    if code not in {g.code for g in session.plan.groups}:
        raise UnknownGroup(group=code)
