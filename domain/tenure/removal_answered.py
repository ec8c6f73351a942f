"""A removal on its way to the vote: the presidium brings it before the congress (提请大会审议), and the person answers (申辩)."""

from dataclasses import replace
from typing import ClassVar, Literal

from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.refusals import Refused
from domain.session.parts import Number
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.removal import removal_of, topic_of, with_removal
from domain.text import Text, joined

Way = Literal["presidium_meeting", "plenary", "written"]
WAYS: dict[str, Text] = {
    "presidium_meeting": Text("在主席团会议上", "at a presidium meeting"),
    "plenary": Text("在全体会议上", "in plenary"),
    "written": Text("书面", "in writing"),
}
PRINTED = ("presidium_meeting", "written")
"""Answers that the presidium prints for the session; one given in plenary all have heard (地方组织法 (2022) art. 31(4))."""


class NotAWayToAnswer(Refused):
    says = Text("不能以该方式申辩:{found};可以:{allowed}", "one does not answer {found}; one may: {allowed}")


class BringRemoval(Command):
    """The presidium brings a removal before the congress (提请大会审议); the law leaves it no choice in this."""

    act: ClassVar[str] = "bring-removal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("将罢免案提请大会审议", "Bring a removal before the congress")
    number: Number


class RemovalBrought(Event):
    name: ClassVar[str] = "tenure.removal-brought.v1"
    number: Number

    def facts(self) -> tuple[str, ...]:
        return ("removal-brought", f"removal-brought:{self.number}")


@decides(BringRemoval)
def bring_removal(session: Session, command: BringRemoval, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 31(1)(2): 由主席团提请大会审议, without a *whether*; so nobody's agreement is counted here."""
    if session.has(f"removal-brought:{command.number}"):
        return []
    removal_of(session, command.number, "removal.brought", moment)
    return [RemovalBrought(at=moment.at, basis=moment.basis("removal.brought"), number=command.number)]


@evolves(RemovalBrought)
def removal_brought(session: Session, event: RemovalBrought) -> Session:
    found = session.tenure.removals.get(event.number)
    return with_removal(session, replace(found, brought=True)) if found else session


class OfferDefence(Command):
    """The person is offered to answer (申辩), and answers in these ways; none: the right was offered and not used.

    `printed`: whether the presidium had the answer printed for the session.
    """

    act: ClassVar[str] = "offer-defence"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "secretariat")
    title: ClassVar[Text] = Text("听取申辩意见", "Offer the right to answer")
    number: Number
    ways: tuple[Way, ...] = ()
    printed: bool = False


class DefenceOffered(Event):
    name: ClassVar[str] = "tenure.defence-offered.v1"
    number: Number
    ways: tuple[Way, ...]
    printed: bool

    def facts(self) -> tuple[str, ...]:
        return ("defence-offered", f"defence-offered:{self.number}")


@decides(OfferDefence)
def offer_defence(session: Session, command: OfferDefence, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 31(4): at a presidium meeting or in plenary, or in writing.

    选举法 (2020) art. 51(2): a deputy of the congress above at both, if the deputy wants to, or in writing.
    """
    removal = removal_of(session, command.number, "removal.defence", moment)
    if removal.defence == command.ways and removal.printed == command.printed:
        return []
    topic = topic_of(removal.post, "defence")
    rule = moment.law.ruling(topic)
    barred = [way for way in command.ways if rule and rule.value is not None and way not in rule.options]
    if barred and rule is not None:
        allowed = joined(WAYS[way] for way in rule.options if way in WAYS)
        raise NotAWayToAnswer(rule.basis, found=WAYS[barred[0]], allowed=allowed)
    printing = topic_of(removal.post, "defence_printed")
    findings: tuple[Finding, ...] = ()
    if not command.printed and set(command.ways) & set(PRINTED):
        findings = (warn("DefenceNotPrinted", moment.basis(printing), number=command.number),)
    basis = moment.basis(topic, printing)
    return [
        DefenceOffered(
            at=moment.at,
            basis=basis,
            number=command.number,
            ways=command.ways,
            printed=command.printed,
            findings=findings,
        )
    ]


@evolves(DefenceOffered)
def defence_offered(session: Session, event: DefenceOffered) -> Session:
    found = session.tenure.removals.get(event.number)
    return with_removal(session, replace(found, defence=event.ways, printed=event.printed)) if found else session


def removals_left(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """Removals neither voted on nor left to the next session when this one closes."""
    return tuple(
        alert("RemovalUndecided", moment.basis("removal.voted", "removal.brought"), number=r.number)
        for r in session.tenure.removals.values()
        if r.open
    )
