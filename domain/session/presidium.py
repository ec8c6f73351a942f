"""The presidium (主席团): it meets with a quorum of its own and decides by a majority of all its members."""

from dataclasses import replace
from typing import ClassVar, Self

from pydantic import AwareDatetime, Field, model_validator

from domain.calendar import clock_words
from domain.event import Event, Finding
from domain.findings import inert, warn
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.listed import NobodyListed, deputies_listed
from domain.session.parts import Code, DeputyId
from domain.session.presidium_matters import MATTERS, TOPICS, Matter
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text


class PresidiumQuorumNotMet(Refused):
    says = Text(
        "主席团成员 {total} 人,出席 {found} 人,{share}({needed} 人)",
        "{found} of {total} members of the presidium are present, {needed} are needed ({share})",
    )


class MoreMembersThanThereAre(Refused):
    says = Text("主席团成员 {total} 人,填报 {found} 人", "the presidium has {total} members, {found} were given")


class DeadlineElsewhere(Refused):
    says = Text(
        "截止时间只随“议案截止时间”(motion-deadline)一项决定填写",
        "a deadline goes with the matter motion-deadline only",
    )


class DeadlinePassed(Refused):
    says = Text("截止时间 {deadline} 早于作出决定之时", "the deadline {deadline} is over when it is decided on")


class UnknownItem(Refused):
    says = Text("议程中没有代号为 {item} 的事项;已有:{known}", "the agenda has no item {item}; there are: {known}")


class PresidiumMeets(Command):
    """The presidium meets; `present` of its members attend. Its decisions follow until it meets again.

    In a county the standing committee's chair opens the first meeting, until standing chairs are chosen: so is the practice.
    """

    act: ClassVar[str] = "presidium-meets"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee")
    title: ClassVar[Text] = Text("举行主席团会议", "The presidium meets")
    meeting: int = Field(ge=1)
    present: int = Field(ge=0)
    members: int | None = Field(default=None, ge=1)  # only when the plan does not know the presidium


class PresidiumMet(Event):
    name: ClassVar[str] = "session.presidium-met.v1"
    meeting: int
    members_total: int
    members_present: int

    def facts(self) -> tuple[str, ...]:
        return ("presidium-met", f"presidium-met:{self.meeting}")


@decides(PresidiumMeets)
def presidium_meets(session: Session, command: PresidiumMeets, moment: Moment) -> list[Event]:
    """浙江省乡镇人大工作条例 (2023) art. 24(2): more than half of its members; there is no national quorum of a presidium.

    That the local rule covers meetings during the session is a reading (currency.md §3, no. 19).
    """
    if session.has(f"presidium-met:{command.meeting}"):
        return []
    known = len(session.presidium) or session.presidium_size
    total = len(session.presidium) or command.members or known
    if session.presidium and command.members not in (None, known):
        raise MoreMembersThanThereAre(moment.cites("presidium.elected"), total=known, found=command.members or 0)
    if command.present > total:
        raise MoreMembersThanThereAre(moment.cites("presidium.elected"), total=total, found=command.present)
    rule = moment.law.ruling("presidium.quorum")
    findings: tuple[Finding, ...] = inert(rule)
    if rule and rule.value is not None and not rule.share.met_by(command.present, total):
        needed = rule.share.needed(total)
        if rule.may_refuse:
            raise PresidiumQuorumNotMet(
                rule.basis, total=total, found=command.present, needed=needed, share=rule.share.missed
            )
        figures: dict[str, Figure] = {"total": total, "found": command.present, "needed": needed}
        findings += (warn("BelowQuorum", rule.basis, share=rule.share.missed, **figures),)
    return [
        PresidiumMet(
            at=moment.at,
            basis=moment.basis("presidium.quorum", "presidium.presides"),
            meeting=command.meeting,
            members_total=total,
            members_present=command.present,
            findings=findings,
        )
    ]


@evolves(PresidiumMet)
def presidium_met(session: Session, event: PresidiumMet) -> Session:
    return replace(session, presidium_meeting=(event.members_total, event.members_present))


class PresidiumDecides(Command):
    """The presidium decides on a matter. Without `in_favour` all members present agreed (一致同意)."""

    act: ClassVar[str] = "presidium-decides"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("主席团决定", "The presidium decides")
    matter: Matter
    items: tuple[Code, ...] = ()  # agenda items it is about
    persons: tuple[DeputyId, ...] = ()
    in_favour: int | None = Field(default=None, ge=0)
    text: str = Field(default="", max_length=1000)
    deadline: AwareDatetime | None = None  # motion-deadline: until when deputies may file motions

    @model_validator(mode="after")
    def _says_until_when(self) -> Self:
        if self.matter == "motion-deadline" and self.deadline is None:
            raise ValueError(
                "决定议案截止时间(motion-deadline)须填写 deadline / fixing the deadline for motions needs a deadline"
            )
        return self


class PresidiumDecided(Event):
    name: ClassVar[str] = "session.presidium-decided.v1"
    matter: Matter
    items: tuple[Code, ...]
    persons: tuple[DeputyId, ...]
    in_favour: int
    members_total: int
    needed: int
    text: str
    deadline: AwareDatetime | None = None

    @property
    def agreed(self) -> bool:
        """Whether it was carried: where no text names a majority, by anybody."""
        return carried(self.in_favour, self.needed)

    def revokes(self) -> tuple[str, ...]:
        """A decision takes the place of an earlier one on the same matter; one that was not carried leaves it as it is."""
        return self.facts()

    def facts(self) -> tuple[str, ...]:
        if not self.agreed:
            return ()
        return (f"decided:{self.matter}", *(f"decided:{self.matter}:{item}" for item in self.items))


@decides(PresidiumDecides)
def presidium_decides(session: Session, command: PresidiumDecides, moment: Moment) -> list[Event]:
    """浙江省乡镇人大工作条例 (2023) art. 24(2): decisions need more than half of *all* members; nationally there is no such rule.

    What fewer agree to is recorded as what it is: put to the presidium, and not carried.
    """
    for item in command.items:
        if item not in session.agenda:
            raise UnknownItem(item=item, known="、".join(session.agenda))
    if command.deadline is not None and command.matter != "motion-deadline":
        raise DeadlineElsewhere()
    if command.deadline is not None and command.deadline < moment.at:
        raise DeadlinePassed(deadline=clock_words(command.deadline))
    chairs = _chairs(session, command, moment)
    agreed = presidium_vote(session, command.in_favour, moment)
    new = PresidiumDecided(
        at=moment.at,
        basis=moment.basis(*TOPICS.get(command.matter, ("presidium.presides",)), "presidium.majority"),
        matter=command.matter,
        items=command.items,
        persons=command.persons,
        in_favour=agreed.in_favour,
        members_total=agreed.members_total,
        needed=agreed.needed,
        text=command.text,
        deadline=command.deadline,
        findings=agreed.findings + chairs + _after_the_session(session, command, moment),
    )
    return [] if _decided_in_this_meeting(session, new) else [new]


def _after_the_session(session: Session, command: PresidiumDecides, moment: Moment) -> tuple[Finding, ...]:
    """A township's presidium has work of its own between sessions; a county's is elected for its session (本次会议的主席团).

    地方组织法 (2022) art. 17(1)(3), 19(2): no text gives a county's presidium anything to decide once the session is closed, and none
    forbids it. Setting the record of its own session right is no such business.
    """
    closed = session.stage_at(moment.at) is Stage.AFTER
    if not closed or command.matter == "correction" or moment.law.ruling("recess.duties") is not None:
        return ()
    what = Text("闭会后本次会议主席团作决定", "a decision of this session's presidium once the session is closed")
    return (warn("LawSilent", moment.cites("presidium.elected", "presidium.presides"), what=what),)


def _chairs(session: Session, command: PresidiumDecides, moment: Moment) -> tuple[Finding, ...]:
    """Standing and executive chairs are deputies; that they come from the presidium is a practice, so only remarked on."""
    if command.matter not in ("standing-chairs", "executive-chairs"):
        return ()
    basis = moment.basis(*TOPICS.get(command.matter, ()))
    if command.matter == "standing-chairs" and not command.persons:
        raise NobodyListed(what=MATTERS[command.matter])
    deputies_listed(session, command.persons, MATTERS[command.matter], moment.cites("presidium.presides"), moment)
    others = [deputy for deputy in command.persons if session.presidium and deputy not in session.presidium]
    return tuple(warn("NotOfThePresidium", basis, deputy=deputy) for deputy in others)


@evolves(PresidiumDecided)
def presidium_decided(session: Session, event: PresidiumDecided) -> Session:
    """The newest deadline for motions holds; a decision that too few agreed to sets none."""
    if event.matter != "motion-deadline" or not event.facts():
        return session
    return replace(session, motion_deadline=event.deadline)


def _decided_in_this_meeting(session: Session, new: PresidiumDecided) -> bool:
    for event in reversed(session.history):
        if isinstance(event, PresidiumMet):
            return False
        if isinstance(event, PresidiumDecided):
            at = new.at if new.agreed else event.at  # what was not carried may be put once more
            same = event.model_copy(update={"at": at, "basis": new.basis, "findings": new.findings})
            if same == new:
                return all(session.has(fact) for fact in new.facts())
    return False
