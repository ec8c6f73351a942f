"""Seats left over (不足的名额另行选举): the congress decides whether they are filled at this session or at the next.

地方组织法 (2022) art. 29(2)(3): candidates by their votes in the first ballot, or nominated anew; vice posts and members are contested again.
选举法 (2020) art. 45(4), of deputies of the congress above: the seats are filled in a separate election (不足的名额另行选举). The law itself
orders it, so nobody need vote on holding it now; of a next session it says nothing, so leaving them to it is warned of.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.coming import last_counted
from domain.election.congress_decides import Decided, congress_vote
from domain.election.election import Election, election_of, nominating, under, with_election
from domain.election.method import method_of
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code, Count
from domain.session.quorum import deputies_present
from domain.session.sittings import of_a_plenary, open_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

WHEN = {"this_session": Text("本次会议", "this session"), "next_session": Text("下次会议", "the next session")}


class NoSeatsOpen(Refused):
    says = Text("{election}没有因票数不足而空出的名额", "no seats of {election} were left over by a ballot")


class MethodDecidesWhen(Refused):
    says = Text(
        "选举办法已规定在{needed}另行选举", "the election method itself lays down that they are filled at {needed}"
    )


class DecideSeparateElection(Command):
    """When the seats left over are filled. Units: votes.

    They are needed unless the election method lays it down; of deputies of the congress above none are needed to fill them at this session.
    """

    act: ClassVar[str] = "decide-separate-election"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("决定另行选举", "Decide on a separate election")
    election: Code
    when: Literal["this_session", "next_session"]
    in_favour: int | None = Field(default=None, ge=0)
    against: int | None = Field(default=None, ge=0)
    abstained: int | None = Field(default=None, ge=0)


class SeparateElectionDecided(Event):
    """`count` is None where the election method decides, or the law (选举法 (2020) art. 45(4)). `needed`: votes that adopt it."""

    name: ClassVar[str] = "election.separate-decided.v1"
    once: ClassVar[bool] = True  # a decision that was lost, sent again, is the same decision
    election: Code
    when: Literal["this_session", "next_session"]
    seats: int
    number: int  # of the ballot that left the seats open
    count: Count | None
    deputies_present: int
    deputies_total: int
    needed: int
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        if not self.adopted:
            return ()
        told = (f"separate-decided:{self.election}",)
        return (*told, f"election-settled:{self.election}") if self.when == "next_session" else told

    def revokes(self) -> tuple[str, ...]:
        return nominating(self.election) if self.adopted and self.when == "this_session" else ()

    def recomputed(self) -> "SeparateElectionDecided":
        if self.count is None:
            return self
        return self.model_copy(update={"adopted": self.count.in_favour >= self.needed})


@decides(DecideSeparateElection)
def decide_separate_election(session: Session, command: DecideSeparateElection, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 29(2): the congress decides, by more than half of all deputies (art. 25); 选举法 (2020) art. 45(4)."""
    election = election_of(session, command.election)
    (shortfall,) = under(election.post, "elected.shortfall")
    last = last_counted(election)
    if last is None or last.outcome is None or not last.outcome.open_seats or election.open_round is not None:
        raise NoSeatsOpen(moment.cites(shortfall), election=election.title)
    if election.separate_now or election.left_to_next_session:
        same = "this_session" if election.separate_now else "next_session"
        if same == command.when:
            return []
    sitting = open_plenary(session, moment, shortfall)
    findings = of_a_plenary(session, sitting, moment, command.title)
    present = deputies_present(session, moment, sitting.code)
    decided = _count(session, election, command, present, moment)
    findings += decided.findings if decided else ()
    return [
        SeparateElectionDecided(
            at=moment.at, basis=moment.basis(shortfall, *(("vote.majority",) if decided else ())), election=election.code,
            when=command.when, seats=last.outcome.open_seats, number=last.number, count=decided.votes if decided else None,
            deputies_present=present, deputies_total=session.deputies_total, needed=decided.needed if decided else 0,
            adopted=decided is None or decided.adopted,
            findings=(*findings, *_left_to_the_next(election, command, moment), *_contested_again(election, command, moment)),
        )
    ]  # fmt: skip


def _count(
    session: Session, election: Election, command: DecideSeparateElection, present: int, moment: Moment
) -> Decided | None:
    """The votes and what they came to; None where the method itself decides, or the law.

    Raises:
        MethodDecidesWhen, VotesMissing, CountWrong.
    """
    method, cited = method_of(session), moment.cites(*under(election.post, "elected.shortfall"))
    laid_down = method.rules.shortfall if method else None
    if laid_down in WHEN and laid_down is not None:
        if laid_down != command.when:
            raise MethodDecidesWhen(cited, needed=WHEN[laid_down])
        return None
    votes = (command.in_favour, command.against, command.abstained)
    if election.post.is_deputy and command.when == "this_session" and votes == (None, None, None):
        return None
    return congress_vote(session, command, present, cited, moment)


def _left_to_the_next(election: Election, command: DecideSeparateElection, moment: Moment) -> tuple[Finding, ...]:
    """Of deputies' seats the Electoral Law names no next session, as the Organic Law does of leaders': a reading of its silence."""
    rule = moment.law.ruling("elected.deputies.shortfall_when") if election.post.is_deputy else None
    if rule is None or command.when in rule.options:
        return ()
    basis = (*moment.basis("elected.deputies.shortfall"), *rule.basis)
    return (warn("NextSessionNotNamed", basis, election=election.title),)


def _contested_again(election: Election, command: DecideSeparateElection, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("margin.separate")
    if command.when != "this_session" or rule is None or not election.regular or election.post.kind not in rule.options:
        return ()
    return (warn("ContestedAgain", rule.basis, election=election.title),)


@evolves(SeparateElectionDecided)
def separate_election_decided(session: Session, event: SeparateElectionDecided) -> Session:
    """Filled at this session: candidates are settled anew, by votes or of persons nominated anew."""
    election: Election = session.elections[event.election]
    if not event.adopted:
        return session
    now = event.when == "this_session"
    changed = replace(election, separate_now=now, left_to_next_session=not now)
    return with_election(session, changed.reopened() if now else changed)
