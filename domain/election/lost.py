"""A candidate is lost (候选人出缺) after the list was settled: died, declines, is found not eligible, or cannot stand for another reason.

No text says what follows. So nothing is invented here: the presidium records it with its reason; before a ballot the list is settled
anew by the same law as before (地方组织法 (2022) arts 26, 27; 选举法 (2020) arts 31, 32); while a ballot is open that bears the name the
presidium decides whether it goes on or is broken off; and of those tied, whoever is left is voted on again, if there still is a tie.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.coming import last_counted, tie_of
from domain.election.contest import contest
from domain.election.election import Election, election_of, with_election
from domain.election.method import method_of
from domain.election.parts import PersonId
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

Ground = Literal["died", "declined", "not_eligible", "other"]
GROUNDS: dict[str, Text] = {
    "died": Text("去世", "died"),
    "declined": Text("本人不再参选", "declines to stand"),
    "not_eligible": Text("不具备任职条件", "is not eligible"),
    "other": Text("其他原因", "other"),
}
FallsBack = Literal["", "candidates", "nominations"]
"""How far the list falls back: not at all; its candidates are settled anew; or there are too few, and nominations open again."""


class NotACandidate(Refused):
    says = Text(
        "{person} 不是{election}的正式候选人;候选人:{known}",
        "{person} is no candidate for {election}; those who are: {known}",
    )


class LostOnceElected(Refused):
    says = Text(
        "{person} 已当选{election},不再是候选人:本人不就任的,依法提出辞职(submit-resignation),由大会决定;去世的,职务出缺,另行补选",
        "{person} is elected to {election} and no candidate any more. Who does not take up the post resigns (submit-resignation) and the "
        "congress decides; by a death the post falls vacant for a by-election",
    )


class BallotBearsTheName(Refused):
    says = Text(
        "{election}正在投票,选票上印有 {person};法律没有规定如何处理:由主席团决定,或者中止投票(break-off-ballot),"
        "或者继续投票、对其所投的赞成票不能使其当选(goes_on: true)",
        "a ballot of {election} is open and bears the name of {person}. No law says what follows, the presidium decides: either break the "
        "ballot off (break-off-ballot), or it goes on and votes for that name elect nobody (goes_on: true)",
    )


class DropCandidate(Command):
    """Record that a candidate no longer stands, and why. `in_favour`: how many of the presidium agreed; left out: all who are present.

    `goes_on`: the presidium decided that the ballot that is open goes on, and that votes for the name on it elect nobody.
    """

    act: ClassVar[str] = "drop-candidate"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("登记候选人出缺", "A candidate no longer stands")
    election: Code
    candidate: PersonId
    ground: Ground
    why: str = Field(min_length=1, max_length=500)
    written: bool = False
    goes_on: bool = False
    in_favour: int | None = Field(default=None, ge=0)


class CandidateDropped(Event):
    """`ballot`: the number of the ballot that goes on with the name on it. `last`: nobody is nominated any more."""

    name: ClassVar[str] = "election.candidate-dropped.v1"
    once: ClassVar[bool] = True  # a vote that was lost, sent again, is the same vote
    election: Code
    candidate: PersonId
    ground: Ground
    why: str
    written: bool
    ballot: int | None
    falls_back: FallsBack
    last: bool
    in_favour: int
    members_total: int
    needed: int

    @property
    def stands(self) -> bool:
        """Not where too few of the presidium agreed: then the list stands as it is, and it may be put to the presidium again."""
        return carried(self.in_favour, self.needed)

    def facts(self) -> tuple[str, ...]:
        return (f"candidate-dropped:{self.election}:{self.candidate}",) if self.stands else ()

    def revokes(self) -> tuple[str, ...]:
        if not self.stands:
            return ()
        nominated = (f"nominated:{self.election}",) if self.last else ()
        return (*undone(self.election, self.falls_back), *nominated)


@decides(DropCandidate)
def drop_candidate(session: Session, command: DropCandidate, moment: Moment) -> list[Event]:
    """No text speaks of it: recorded with its reason by those who settled the list (主席团); what follows is the law of the list itself."""
    election, person = election_of(session, command.election), command.candidate
    ballot = election.open_round
    if person in election.lost and (ballot is None or person not in ballot.candidates or command.goes_on):
        return []
    if person in election.elected:
        raise LostOnceElected(moment.cites("resignation.accepted_by"), person=person, election=election.title)
    standing = ballot.candidates if ballot else tie.persons if (tie := tie_of(election)) else election.candidates
    if person not in standing:
        known = "、".join(standing) or "—"
        raise NotACandidate(moment.cites("candidates.listed_by"), person=person, election=election.title, known=known)
    if ballot is not None and not command.goes_on:
        raise BallotBearsTheName(moment.cites("ballot.secret"), person=person, election=election.title)
    agreed = presidium_vote(session, command.in_favour, moment)
    after = _without(election, person)
    topics = ("candidates.listed_by", *(("nomination.declined",) if command.ground == "declined" else ()))
    return [
        CandidateDropped(
            at=moment.at,
            basis=moment.basis(*topics),
            election=election.code,
            candidate=person,
            ground=command.ground,
            why=command.why,
            written=command.written,
            ballot=ballot.number if ballot else None,
            falls_back=falls_back(session, after, moment) if ballot is None else "",
            last=bool(election.nominees) and not after.nominees,
            in_favour=agreed.in_favour,
            members_total=agreed.members_total,
            needed=agreed.needed,
            findings=(*_remarks(session, election, command, moment), *agreed.findings),
        )
    ]


def _remarks(session: Session, election: Election, command: DropCandidate, moment: Moment) -> tuple[Finding, ...]:
    what = Text("正式候选人确定后出缺,如何处理", "what follows when a settled candidate is lost")
    found = [warn("LawSilent", (), what=what)]
    if election.open_round is not None:
        found.append(warn("NameElectsNobody", (), person=command.candidate, election=election.title))
    if command.ground == "declined" and not command.written:
        found.append(warn("DeclinedUnwritten", moment.basis("nomination.declined"), person=command.candidate))
    if command.ground == "died" and command.candidate in session.in_office:
        found.append(warn("StillOnTheRoll", (), person=command.candidate))
    return tuple(found)


def falls_back(session: Session, election: Election, moment: Moment) -> FallsBack:
    """What of the list has to be done anew before the next ballot, now that candidates are lost.

    Whoever is left of a tie is voted on again as the tie stands; and while nobody decided on the seats left there is no list to mend.
    """
    waits = last_counted(election) is not None and not election.separate_now
    if waits or tie_of(election) is not None or not set(election.candidates) & election.lost:
        return ""
    if election.primaries and method_of(session) is not None:
        again = Text("再确定候选人", "settle candidates again")
        if len(election.nominees) < contest(session, election, moment, again).least:
            return "nominations"
    return "candidates"


def undone(code: str, how: FallsBack) -> tuple[str, ...]:
    """The facts that fall with it."""
    facts = {
        "": (),
        "candidates": ("candidates-settled",),
        "nominations": ("candidates-settled", "primary-held", "primary-tied"),
    }
    return tuple(f"{fact}:{code}" for fact in facts[how])


def fallen_back(election: Election, how: FallsBack) -> Election:
    """The election as its list falls back; a primary that left too few is over, and those nominated anew may need another."""
    if not how:
        return election
    changed = replace(election, candidates=(), settled_at=None)
    return replace(changed, primaries=()) if how == "nominations" else changed


def _without(election: Election, person: str) -> Election:
    return replace(election, lost=election.lost | {person}, declined=election.declined | {person})


@evolves(CandidateDropped)
def candidate_dropped(session: Session, event: CandidateDropped) -> Session:
    election: Election = session.elections[event.election]
    if not event.stands:
        return session
    return with_election(session, fallen_back(_without(election, event.candidate), event.falls_back))
