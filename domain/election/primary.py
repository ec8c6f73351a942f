"""The primary (预选): when more are nominated than may stand, those with most votes become the candidates."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.contest import Contest, Cut, contest, cut, going_on
from domain.election.election import Election, election_of, with_election
from domain.election.method import method_of
from domain.election.nomination import still_nominating
from domain.election.parts import PersonId
from domain.election.printing import put_to_deputies
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code, Part
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

Tie = Literal["vote_again", "all_stand"]


class PrimaryNotNeeded(Refused):
    says = Text(
        "{election}的被提名人 {found} 人,不超过 {most} 人,不需要预选",
        "{election}: {found} nominees, and up to {most} may stand: no primary is needed",
    )


class PrimaryHeldAlready(Refused):
    says = Text(
        "{election}的预选已经有了结果;有误的,更正(correct)",
        "the primary for {election} has its result: correct the entry if it is wrong",
    )


class PrimaryNotOfThese(Refused):
    says = Text(
        "预选得票应逐一填报:{wanted};{person} 不对",
        "the primary's votes are given for each of these, once: {wanted}; {person} is wrong",
    )


class PrimaryDoesNotAddUp(Refused):
    says = Text(
        "预选票发出 {issued},收回 {returned},有效 {valid},无效 {void}:有效加无效应等于收回,收回不得多于发出,发出不得多于代表 {total} 人;"
        "核对后再报,票数确实多出的,重新预选",
        "issued {issued}, returned {returned}, valid {valid}, void {void}: valid and void make up the returned, no more are returned than "
        "issued, nor issued than the {total} deputies. Check them; if ballots were too many, hold the primary again",
    )


class MoreVotesThanBallots(Refused):
    says = Text(
        "{person} 得票 {found},多于有效票 {valid}",
        "{person} has {found} votes, more than the {valid} valid ballots",
    )


class PrimarySheetsDiffer(Refused):
    says = Text(
        "预选的两张计票单不一致,重新清点后再报", "the two tellers' sheets of the primary do not agree: count again"
    )


class PrimaryTieOpen(Refused):
    says = Text(
        "预选末位 {tied} 得票相同,选举办法没有规定怎么办;由大会决定后填报(tie_decided:vote_again 再次投票,all_stand 都列为候选人)",
        "{tied} are tied at the cut of the primary and the method is silent: the congress decides, then say which (tie_decided: vote_again, "
        "or all_stand)",
    )


class PrimaryLine(Part):
    """One nominee's votes in a primary. Units: valid ballots."""

    person: PersonId
    votes: int = Field(ge=0)


class HoldPrimary(Command):
    """Record a primary as it was counted; after a tie at the cut, the further ballot among those tied.

    Units: ballots. `sheets_agree`: the tellers' sheets are the same. `tie_decided`: what the congress decided on a tie at the cut, where its
    method is silent.
    """

    act: ClassVar[str] = "hold-primary"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "executive_chair", "secretariat")
    title: ClassVar[Text] = Text("预选", "Hold a primary")
    election: Code
    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    valid: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    lines: tuple[PrimaryLine, ...] = Field(min_length=1)
    sheets_agree: bool
    tie_decided: Tie | None = None


class PrimaryHeld(Event):
    """`places` were to be filled from those on its lines, `room` when all those tied may stand; `tied` are voted on again."""

    name: ClassVar[str] = "election.primary-held.v1"
    election: Code
    issued: int
    returned: int
    valid: int
    void: int
    lines: tuple[PrimaryLine, ...]
    places: int
    room: int
    tie: Tie | None  # what holds at a tie, by the method or as the congress decided
    chosen: tuple[PersonId, ...]
    tied: tuple[PersonId, ...]

    def votes_for(self, person: str) -> tuple[int, ...]:
        """The votes of somebody in this ballot; nothing for who was not in it."""
        return tuple(line.votes for line in self.lines if line.person == person)

    def facts(self) -> tuple[str, ...]:
        if self.tied:
            return (f"primary-tied:{self.election}",)
        return ("primary-held", f"primary-held:{self.election}")

    def revokes(self) -> tuple[str, ...]:
        return (f"primary-held:{self.election}",) if self.tied else (f"primary-tied:{self.election}",)

    def recomputed(self) -> "PrimaryHeld":
        found = cut({line.person: line.votes for line in self.lines}, self.places, self.room)
        return self.model_copy(update={"chosen": found.chosen, "tied": found.tied})


@decides(HoldPrimary)
def hold_primary(session: Session, command: HoldPrimary, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 27(1): more nominees than the method's margin allows: a primary, and the first by votes stand (得票多少的顺序).

    No majority is needed in it. What a tie at the cut leads to the law does not say, so the method should (rulebook I-method-must).
    """
    election = election_of(session, command.election)
    if election.primaries and _same(election.primaries[-1], command):
        return []
    numbers = contest(session, election, moment, command.title)
    before = going_on(election, numbers)
    if election.settled_at is not None:
        still_nominating(election, moment)
    if len(election.nominees) <= numbers.most:
        cited = moment.cites(f"primary.required{election.post.under}")
        raise PrimaryNotNeeded(cited, election=election.title, found=len(election.nominees), most=numbers.most)
    if election.primaries and not before.tied:
        raise PrimaryHeldAlready(moment.cites(f"primary.order{election.post.under}"), election=election.title)
    findings = put_to_deputies(election, moment)
    again = bool(election.primaries)
    _adds_up(session, command, before.tied if again else election.nominees, moment)
    places, clear = (before.places, len(before.chosen)) if again else (numbers.cut, 0)
    found, tie, room, of_tie = _tie(session, election, command, places, numbers, clear, moment)
    return [
        PrimaryHeld(
            at=moment.at,
            basis=moment.basis(f"primary.required{election.post.under}", f"primary.order{election.post.under}"),
            election=election.code,
            issued=command.issued,
            returned=command.returned,
            valid=command.valid,
            void=command.void,
            lines=command.lines,
            places=places,
            room=room,
            tie=tie,
            chosen=found.chosen,
            tied=found.tied,
            findings=(*findings, *of_tie),
        )
    ]


def _same(held: PrimaryHeld, command: HoldPrimary) -> bool:
    told = ("issued", "returned", "valid", "void", "lines")
    return all(getattr(held, name) == getattr(command, name) for name in told)


def _adds_up(session: Session, command: HoldPrimary, among: tuple[str, ...], moment: Moment) -> None:
    """A primary is counted like a ballot, but decides on nobody: figures that do not fit are sent back."""
    if not command.sheets_agree:
        raise PrimarySheetsDiffer()
    listed = [line.person for line in command.lines]
    wrong = [p for p in listed if p not in among or listed.count(p) > 1] + [p for p in among if p not in listed]
    if wrong:
        raise PrimaryNotOfThese(person=wrong[0], wanted="、".join(among))
    total, figures = session.deputies_total, {name: getattr(command, name) for name in ("issued", "returned", "valid")}
    if not command.valid + command.void == command.returned <= command.issued <= total:
        raise PrimaryDoesNotAddUp(void=command.void, total=total, **figures)
    for line in command.lines:
        if line.votes > command.valid:
            raise MoreVotesThanBallots(person=line.person, found=line.votes, valid=command.valid)


def _tie(
    session: Session,
    election: Election,
    command: HoldPrimary,
    places: int,
    numbers: Contest,
    clear: int,
    moment: Moment,
) -> tuple[Cut, Tie | None, int, tuple[Finding, ...]]:
    """Who goes on, by which rule on ties, into how much room; and what is noticed of a tie.

    Raises:
        PrimaryTieOpen: a tie at the cut of which neither the method nor a decision of the congress says anything.
    """
    votes = {line.person: line.votes for line in command.lines}
    method = method_of(session)
    of_method: Tie | None = method.rules.primary_tie if method else None
    found = cut(votes, places, places)
    if not found.tied:
        return found, of_method, places, ()
    basis = moment.basis("election.method.contents", f"primary.order{election.post.under}")
    tie = of_method or command.tie_decided
    tied = "、".join(found.tied)
    if tie is None:
        raise PrimaryTieOpen(basis, tied=tied)
    noticed: tuple[Finding, ...] = () if of_method else (warn("PrimaryTieDecided", basis, tied=tied),)
    room = max(numbers.room - clear, places) if tie == "all_stand" else places
    found = cut(votes, places, room)
    if found.tied:
        noticed += (warn("PrimaryTied", basis, tied=tied, places=found.places),)
    return found, tie, room, noticed


@evolves(PrimaryHeld)
def primary_held(session: Session, event: PrimaryHeld) -> Session:
    election = session.elections[event.election]
    return with_election(session, replace(election, primaries=(*election.primaries, event)))
