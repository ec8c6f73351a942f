"""Separate hands (分人办理): who enters the figures does not vouch for them, who counts does not declare, and a correction after the
announcement takes a second person. No text asks for it of those who enter things, so a body that adopts the reading is held to it, and
others are told. An office of one person does it all, and its record says so.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from domain.access.register import REGISTER, Register
from domain.election.attesting import CountAttested
from domain.election.declaration import ElectionDeclared
from domain.election.sheets import BallotSheetEntered
from domain.event import Event, Finding
from domain.findings import info, warn
from domain.law import Citation, Law
from domain.refusals import Refused
from domain.session.correction import Corrected
from domain.session.presidium import PresidiumDecided
from domain.submission import COMMANDS, Actor
from domain.text import Figure, Text
from domain.vote.keypad import DeviceCountEntered
from domain.vote.paper import VoteSheetEntered
from domain.vote.projects import ProjectsChosen
from domain.vote.rating import ProjectsRated
from domain.vote.sheets import SheetEntered
from domain.vote.votes import VoteCounted


class SameHand(Refused):
    says = Text(
        "“{act}”不能由录入“{earlier}”的同一人({who})办理,请换人(本会已采用计票、签认、宣布、更正分人办理)",
        "“{act}” is not for {who}, who entered “{earlier}”: another person does it (this body has adopted separate hands)",
    )


class Entered(Protocol):
    """What the deciding transaction knows of who entered what."""

    def state(self, stream: str) -> Any: ...

    def entered(self, stream: str, names: Container[str]) -> Sequence[tuple[Event, Actor]]: ...


class Apart(NamedTuple):
    """An earlier entry that is for another hand.

    Attributes:
        same: fields by which it is about the same thing. only: what it has to say. newest: of several, the last alone counts.
    """

    earlier: type[Event]
    called: Text
    same: tuple[str, ...] = ()
    only: Mapping[str, Any] = {}
    newest: bool = False


SHEET, ATTESTED = Text("计票单", "the tellers' sheet"), Text("监票签认", "the count attested")
DECISION = Text("主席团的决定", "the presidium's decision")
DEVICE = Text("表决器结果", "the device's count")
OF_BALLOT = ("election", "number")
APART: Mapping[type[Event], tuple[Apart, ...]] = {
    CountAttested: (Apart(BallotSheetEntered, SHEET, OF_BALLOT),),
    ElectionDeclared: (Apart(BallotSheetEntered, SHEET, OF_BALLOT), Apart(CountAttested, ATTESTED, OF_BALLOT)),
    VoteCounted: (Apart(VoteSheetEntered, SHEET, ("subject",)), Apart(DeviceCountEntered, DEVICE, ("subject",))),
    ProjectsChosen: (Apart(SheetEntered, SHEET, only={"poll": "projects"}),),
    ProjectsRated: (Apart(SheetEntered, SHEET, only={"poll": "rating"}),),
    Corrected: (Apart(PresidiumDecided, DECISION, only={"matter": "correction"}, newest=True),),
}
"""By the event that a second hand enters."""


def separated(stream: str, act: str, events: Sequence[Event], actor: Actor, law: Law, tx: Entered) -> Sequence[Event]:
    """The events, with what is to be said of whose hands they come from. Where nobody showed a token nothing is known of that.

    Raises:
        SameHand: the body adopted that they be separate.
    """
    if actor.token is None or not any(_concerned(event) for event in events):
        return events
    return [_told(stream, act, event, actor, law, tx) for event in events]


def _concerned(event: Event) -> bool:
    return type(event) in APART and not (isinstance(event, Corrected) and not event.decided_by_presidium)


def _told(stream: str, act: str, event: Event, actor: Actor, law: Law, tx: Entered) -> Event:
    rule = law.ruling("record.separate_hands")
    if rule is None or not _concerned(event):
        return event
    register: Register = tx.state(REGISTER)
    us, findings = _hand(actor, register), list(event.findings)
    for apart in APART[type(event)]:
        if us in _hands(stream, event, apart, register, tx):
            told: dict[str, Figure] = {
                "act": COMMANDS[act].title,
                "earlier": apart.called,
                "who": actor.person or actor.token or "",
            }
            if rule.may_refuse:
                raise SameHand(rule.basis, **told)
            findings.append(_finding(actor, rule.basis, told))
    return event.model_copy(update={"findings": tuple(findings)})


def _finding(actor: Actor, basis: tuple[Citation, ...], told: dict[str, Figure]) -> Finding:
    return info("OnePersonOffice", basis, **told) if actor.one_person else warn("SameHand", basis, **told)


def _hands(stream: str, event: Event, apart: Apart, register: Register, tx: Entered) -> set[str]:
    """Who entered what should come from another hand."""
    found = [
        actor
        for earlier, actor in tx.entered(stream, {apart.earlier.name})
        if all(getattr(earlier, name) == getattr(event, name) for name in apart.same)
        and all(getattr(earlier, name) == value for name, value in apart.only.items())
    ]
    counted = found[-1:] if apart.newest else found
    return {_hand(actor, register) for actor in counted if actor.token is not None}


def _hand(actor: Actor, register: Register) -> str:
    """One person with two tokens is one hand; of a token of nobody in particular, the token is."""
    issued = register.tokens.get(actor.token or "")
    return (issued.person if issued is not None else None) or actor.token or ""
