"""Nominations that fall away: withdrawn by those who made them, or not accepted by the nominee."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from pydantic import Field

from domain.election.election import Election, Nomination, election_of, with_election
from domain.election.nomination import still_nominating
from domain.election.parts import PersonId
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Number
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text


class NoSuchNomination(Refused):
    says = Text("没有第 {number} 号提名", "there is no nomination {number}")


class NotTheirSignature(Refused):
    says = Text(
        "{deputy} 没有联名第 {number} 号提名,不能要求撤回",
        "{deputy} did not sign nomination {number} and cannot ask for its withdrawal",
    )


class NobodyAsks(Refused):
    says = Text(
        "撤回第 {number} 号提名,应写明由哪些联名代表要求(requested_by)",
        "nomination {number}: say which of those who signed ask for its withdrawal (requested_by)",
    )


class NotNominated(Refused):
    says = Text("{person} 不是{election}的被提名人", "{person} is no nominee for {election}")


class WithdrawNomination(Command):
    """Withdraw a nomination, by those who made it: the presidium, or the deputies who signed (`requested_by`)."""

    act: ClassVar[str] = "withdraw-nomination"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "deputy")
    title: ClassVar[Text] = Text("撤回提名", "Withdraw a nomination")
    number: Number
    requested_by: tuple[DeputyId, ...] = ()
    in_favour: int | None = Field(default=None, ge=0)


class NominationWithdrawn(Event):
    """`last`: nobody is nominated for the election any more.

    `in_favour` of the presidium's `members_total` agreed to withdraw its own; `needed` had to, 0 where no text says how many.
    """

    name: ClassVar[str] = "election.nomination-withdrawn.v1"
    once: ClassVar[bool] = True
    number: Number
    election: Code
    requested_by: tuple[DeputyId, ...]
    last: bool
    in_favour: int | None = None  # until a vote that was lost was put on record, it was not told
    members_total: int = 0
    needed: int = 0

    @property
    def stands(self) -> bool:
        return not self.members_total or carried(self.in_favour or 0, self.needed)

    def facts(self) -> tuple[str, ...]:
        return (f"nomination-withdrawn:{self.number}",) if self.stands else ()

    def revokes(self) -> tuple[str, ...]:
        return (f"nominated:{self.election}",) if self.last and self.stands else ()


@decides(WithdrawNomination)
def withdraw_nomination(session: Session, command: WithdrawNomination, moment: Moment) -> list[Event]:
    """No text speaks of it, so it is recorded: the presidium decides on its own, of those who signed all should ask."""
    election, nomination = _found(session, command.number)
    if nomination.withdrawn_at is not None:
        return []
    still_nominating(election, moment)
    findings = _asked_by(nomination, command, moment)
    own = nomination.nominator == "presidium"
    agreed = presidium_vote(session, command.in_favour, moment) if own else None
    after = _without(election, nomination.number, moment.at)
    return [
        NominationWithdrawn(
            at=moment.at,
            basis=moment.basis(election.post.nominated_by),
            number=nomination.number,
            election=election.code,
            requested_by=command.requested_by,
            last=not after.nominees,
            in_favour=agreed.in_favour if agreed else None,
            members_total=agreed.members_total if agreed else 0,
            needed=agreed.needed if agreed else 0,
            findings=(*findings, *(agreed.findings if agreed else ())),
        )
    ]


def _found(session: Session, number: str) -> tuple[Election, Nomination]:
    for election in session.elections.values():
        if number in election.nominations:
            return election, election.nominations[number]
    raise NoSuchNomination(number=number)


def _without(election: Election, number: str, at: datetime) -> Election:
    nomination = replace(election.nominations[number], withdrawn_at=at)
    return replace(election, nominations={**election.nominations, number: nomination})


def _asked_by(nomination: Nomination, command: WithdrawNomination, moment: Moment) -> tuple[Finding, ...]:
    if nomination.nominator != "deputies":
        return ()
    asking = set(command.requested_by)
    if strangers := sorted(asking - set(nomination.signatories)):
        raise NotTheirSignature(deputy=strangers[0], number=nomination.number)
    if not asking:
        raise NobodyAsks(number=nomination.number)
    if missing := set(nomination.counted) - asking:
        figures: dict[str, Figure] = {
            "found": len(asking),
            "needed": len(asking | missing),
            "number": nomination.number,
        }
        return (warn("WithdrawnByFewer", (), **figures),)
    return ()


@evolves(NominationWithdrawn)
def nomination_withdrawn(session: Session, event: NominationWithdrawn) -> Session:
    election = session.elections[event.election]
    if event.number not in election.nominations or not event.stands:  # struck since by a correction, or not carried
        return session
    return with_election(session, _without(election, event.number, event.at))


class DeclineNomination(Command):
    """A nominee does not accept (不接受提名). `written`: he or she said so in writing."""

    act: ClassVar[str] = "decline-nomination"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium")
    title: ClassVar[Text] = Text("被提名人不接受提名", "A nominee declines")
    election: Code
    nominee: PersonId
    written: bool = False
    why: str = Field(default="", max_length=500)


class NominationDeclined(Event):
    """`last`: nobody is nominated for the election any more."""

    name: ClassVar[str] = "election.nomination-declined.v1"
    election: Code
    nominee: PersonId
    written: bool
    why: str
    last: bool

    def facts(self) -> tuple[str, ...]:
        return (f"nomination-declined:{self.election}:{self.nominee}",)

    def revokes(self) -> tuple[str, ...]:
        return (f"nominated:{self.election}",) if self.last else ()


@decides(DeclineNomination)
def decline_nomination(session: Session, command: DeclineNomination, moment: Moment) -> list[Event]:
    """No text says whether a nominee may decline: it is recorded as it is, in writing if it was (reading I-nominee-declines).

    After a primary, too: the next by its votes then goes on. Once the candidates are settled their list is the presidium's.
    """
    election = election_of(session, command.election)
    if command.nominee in election.declined:
        return []
    if command.nominee not in election.nominees:
        raise NotNominated(person=command.nominee, election=election.title)
    if election.settled_at is not None:
        still_nominating(election, moment)
    basis = moment.basis("nomination.declined")
    return [
        NominationDeclined(
            at=moment.at,
            basis=basis,
            election=election.code,
            nominee=command.nominee,
            written=command.written,
            why=command.why,
            last=election.nominees == (command.nominee,),
            findings=() if command.written else (warn("DeclinedUnwritten", basis, person=command.nominee),),
        )
    ]


@evolves(NominationDeclined)
def nomination_declined(session: Session, event: NominationDeclined) -> Session:
    election = session.elections[event.election]
    return with_election(session, replace(election, declined=election.declined | {event.nominee}))
