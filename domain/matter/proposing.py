"""What the year's plan is made of (民情清单): proposals for topics, each with the channel it came by, grouped into topics or left with a reason.

监督法 (2024) art. 12(1), (2006) art. 9(1) names the six channels by which the subjects of special work reports come up; the organs may ask
themselves (art. 12(2)); some subjects a law demands.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.offices import SUPERVISORS
from domain.refusals import Refused
from domain.session.parts import Code
from domain.submission import Command, Office
from domain.text import Text

PROPOSALS = "proposals"
"""Where `Matter.more` keeps what became of each proposal: "" while nothing, else its topic's number, or `left`."""
LEFT = "left"
Words = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"\S")]


class ProposalCodeTaken(Refused):
    says = Text(
        "建议 {proposal} 已经登记,内容不同", "the proposal {proposal} is entered already and says something else"
    )


class NoSuchProposal(Refused):
    says = Text("没有编号为 {proposal} 的议题建议", "there is no proposal {proposal}")


class ProposalSorted(Refused):
    says = Text("建议 {proposal} 已经处理(归入 {into})", "the proposal {proposal} is sorted already ({into})")


class AddProposal(Command):
    """Enter a proposal for a topic: `proposal_code` its code, the `channel` it came by, and `out_of` what (a suggestion, a matter)."""

    act: ClassVar[str] = "add-proposal"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = (
        *SUPERVISORS, "deputy", "group", "government", "court", "procuratorate", "supervisory_commission",
    )  # fmt: skip
    title: ClassVar[Text] = Text("登记议题建议", "Enter a proposal for a topic")
    proposal_code: Code
    text: Words
    channel: Literal["inspection", "suggestions", "members", "survey", "petitions", "society", "organ", "law"]
    out_of: Code | None = None


class ProposalAdded(MatterEvent):
    name: ClassVar[str] = "matter.proposal-added.v1"
    of: ClassVar[str] = AddProposal.act
    fact: ClassVar[str] = "proposal-added"
    proposal_code: Code
    text: str
    channel: str
    out_of: Code | None


@judges(AddProposal)
def add_proposal(matter: Matter, command: AddProposal, moment: MatterMoment) -> list[Event]:
    """Whoever proposes it; the organ supervised may ask to report too (监督法 2024 art. 12(2))."""
    for known in (
        e for e in matter.history if isinstance(e, ProposalAdded) and e.proposal_code == command.proposal_code
    ):
        if all(getattr(known, name) == getattr(command, name) for name in AddProposal.model_fields):
            return []
        raise ProposalCodeTaken(moment.cites("topic.sources"), proposal=command.proposal_code)
    topic = "topic.asked_by_organs" if command.channel == "organ" else "topic.sources"
    return [ProposalAdded(at=moment.at, basis=moment.basis(topic, "topic.call"), **command.model_dump())]


class GroupProposals(Command):
    """Put proposals together as one topic: `topic` is the number of the matter it is to be followed as."""

    act: ClassVar[str] = "group-proposals"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "presidium")
    title: ClassVar[Text] = Text("归并为议题", "Put proposals together as a topic")
    topic: Code
    proposals: tuple[Code, ...] = Field(min_length=1)


class ProposalsGrouped(MatterEvent):
    name: ClassVar[str] = "matter.proposals-grouped.v1"
    of: ClassVar[str] = GroupProposals.act
    fact: ClassVar[str] = "proposals-grouped"
    topic: Code
    proposals: tuple[Code, ...]


@judges(GroupProposals)
def group_proposals(matter: Matter, command: GroupProposals, moment: MatterMoment) -> list[Event]:
    """A proposal goes into one topic, once."""
    _unsorted(matter, command.proposals, moment)
    basis = moment.basis("topic.plan_drafted", "topic.plan", "topic.sources")
    return [ProposalsGrouped(at=moment.at, basis=basis, **command.model_dump())]


class LeaveProposals(Command):
    """Say why proposals are not taken up; those who made them are told (反馈)."""

    act: ClassVar[str] = "leave-proposals"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "presidium")
    title: ClassVar[Text] = Text("不采纳议题建议", "Leave proposals aside")
    proposals: tuple[Code, ...] = Field(min_length=1)
    why: Words


class ProposalsLeft(MatterEvent):
    name: ClassVar[str] = "matter.proposals-left.v1"
    of: ClassVar[str] = LeaveProposals.act
    fact: ClassVar[str] = "proposals-left"
    proposals: tuple[Code, ...]
    why: str


@judges(LeaveProposals)
def leave_proposals(matter: Matter, command: LeaveProposals, moment: MatterMoment) -> list[Event]:
    """None is left without a reason on record."""
    _unsorted(matter, command.proposals, moment)
    return [ProposalsLeft(at=moment.at, basis=moment.basis("topic.told_back"), **command.model_dump())]


def proposals_of(matter: Matter) -> Mapping[str, str]:
    """What became of each proposal."""
    found: Mapping[str, str] = matter.more.get(PROPOSALS, {})
    return found


def _unsorted(matter: Matter, proposals: tuple[str, ...], moment: MatterMoment) -> None:
    known = proposals_of(matter)
    for code in proposals:
        if code not in known:
            raise NoSuchProposal(moment.cites("topic.sources"), proposal=code)
        if known[code]:
            into = Text("不采纳", "left aside") if known[code] == LEFT else Text(known[code], known[code])
            raise ProposalSorted(moment.cites("topic.sources"), proposal=code, into=into)


def _sorted(matter: Matter, proposals: tuple[str, ...], into: str) -> Matter:
    return replace(matter, more={**matter.more, PROPOSALS: {**proposals_of(matter), **dict.fromkeys(proposals, into)}})


@tells(ProposalAdded)
def proposal_added(matter: Matter, event: ProposalAdded) -> Matter:
    return _sorted(matter, (event.proposal_code,), "")


@tells(ProposalsGrouped)
def proposals_grouped(matter: Matter, event: ProposalsGrouped) -> Matter:
    return _sorted(matter, event.proposals, event.topic)


@tells(ProposalsLeft)
def proposals_left(matter: Matter, event: ProposalsLeft) -> Matter:
    return _sorted(matter, event.proposals, LEFT)
