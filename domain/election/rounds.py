"""Opening one ballot of an election (投票): in a plenary, always secret, a first one, a revote or a separate election.

地方组织法 (2022) art. 28: elections are by secret ballot; there is no other way to open one here. A revote is among those tied (art. 29(1)), a
separate election for the seats left over (art. 29(2)).
"""

from dataclasses import replace
from typing import ClassVar, Literal

from domain.election.coming import Coming, coming, last_counted, tie_of
from domain.election.election import Election, Round, election_of, under, with_election
from domain.election.method import ElectionMethodDrafted, method_of
from domain.election.parts import PersonId, RoundKind
from domain.election.printing import two_days
from domain.event import Event
from domain.findings import info, warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import of_a_plenary, open_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.scrutineers import relatives_of_later, scrutineers_ready

Way = Literal["paper", "electronic"]


class ElectionMethodMissing(Refused):
    says = Text(
        "选举办法尚未通过,不能投票:没有差额数和选票计算规则",
        "the election method is not adopted: no ballot can be taken",
    )


class CandidatesNotSettled(Refused):
    says = Text(
        "{election}的正式候选人名单尚未确定(settle-candidates)",
        "the candidates for {election} are not settled yet (settle-candidates)",
    )


class BallotOpenAlready(Refused):
    says = Text(
        "{election}第 {number} 次投票尚未宣布结果",
        "ballot {number} of {election} was not declared yet: finish it first",
    )


class ElectionComplete(Refused):
    says = Text(
        "{election}应选 {seats} 人已全部选出,或者已决定留待下次会议",
        "all {seats} seats of {election} are filled, or left to the next session",
    )


class SeparateNotDecided(Refused):
    says = Text(
        "{election}尚缺 {seats} 人:另行选举在本次还是下次会议进行,须先由大会决定(decide-separate-election)",
        "{seats} seats of {election} are open: the congress decides first whether they are filled at this session or the next "
        "(decide-separate-election)",
    )


class RevoteTiedAgain(Refused):
    says = Text(
        "{election}再次投票仍然票数相等,选举办法没有写明就他们继续投票:先由大会决定(decide-on-tie)",
        "the revote for {election} was tied again and the method does not say to vote on: the congress decides first (decide-on-tie)",
    )


class TieOver(Refused):
    says = Text(
        "{election}票数相等的人中有人不再参选,剩下的不多于应选的 {seats} 人,不需要再次投票:宣布结果(declare-election)",
        "of those tied for {election} no more are left than the {seats} seats: no revote is needed, declare the result (declare-election)",
    )


class OpenBallot(Command):
    """Open the next ballot of an election: the first, a revote among those tied, or a separate election, as it stands.

    `no_relatives`: no scrutineer is a near relative of a candidate nominated after the scrutineers were adopted; asked only then.
    """

    act: ClassVar[str] = "open-ballot"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("开始投票选举", "Open a ballot")
    election: Code
    way: Way = "paper"
    no_relatives: bool | None = None


class BallotOpened(Event):
    """`needed` is the smallest number of votes in favour that elects; 0 in a revote, where most votes decide."""

    name: ClassVar[str] = "election.ballot-opened.v1"
    election: Code
    number: int
    round: RoundKind
    candidates: tuple[PersonId, ...]
    seats: int
    way: Way
    sitting: Code
    deputies_total: int
    deputies_present: int
    needed: int
    no_relatives: bool | None = None

    def facts(self) -> tuple[str, ...]:
        return ("ballot-opened", f"ballot-opened:{self.election}", f"ballot-opened:{self.election}:{self.number}")

    def revokes(self) -> tuple[str, ...]:
        """What the ballot before it left: this one is counted and declared anew."""
        return tuple(f"{fact}:{self.election}" for fact in ("count-attested", "election-declared"))


@decides(OpenBallot)
def open_ballot(session: Session, command: OpenBallot, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 27-29: under the method adopted, on the candidates settled, in a plenary with its quorum, in secret."""
    election = election_of(session, command.election)
    sitting = open_plenary(session, moment, "ballot.secret")
    findings = of_a_plenary(
        session, sitting, moment, Text(f"选举{election.title.zh}", f"the election of {election.title.en}")
    )
    method = method_of(session)
    if method is None:
        raise ElectionMethodMissing(moment.cites("election.method"))
    if (last := election.open_round) is not None:
        raise BallotOpenAlready(election=election.title, number=last.number)
    kind, candidates, seats = _next(session, election, method, moment)
    findings += two_days(election, moment) if kind == "first" else ()
    findings += scrutineers_ready(session, election, moment)
    findings += relatives_of_later(session, election, candidates, command.no_relatives, moment)
    gone = [p for p in candidates if p in session.roll and p not in session.in_office]
    findings += tuple(warn("CandidateGone", (), person=p, election=election.title) for p in gone)
    present = deputies_present(session, moment, sitting.code)
    findings += quorum(session, moment, present, own_text=False, reading="quorum.at_vote")
    needed = needed_of(session, election, kind, moment)
    if kind == "revote":
        findings += (
            info(
                "MostVotesDecide",
                moment.basis(*under(election.post, "elected.tie"), "elected.tie_majority"),
                election=election.title,
            ),
        )
    return [
        BallotOpened(
            at=moment.at,
            basis=moment.basis(
                *under(election.post, "ballot.secret", "election.conducted", *_topics(kind), "ballot.choices")
            ),
            election=election.code,
            number=len(election.rounds) + 1,
            round=kind,
            candidates=candidates,
            seats=seats,
            way=command.way,
            sitting=sitting.code,
            deputies_total=session.deputies_total,
            deputies_present=present,
            needed=needed,
            no_relatives=command.no_relatives,
            findings=findings,
        )
    ]


def needed_of(session: Session, election: Election, kind: RoundKind, moment: Moment) -> int:
    """Votes in favour that elect: more than half of all deputies; 0 for a revote (地方组织法 (2022) arts 25, 29(1)).

    In a separate election as many again: for deputies that is 选举法 (2020) art. 45(5), for leaders a reading of art. 25.
    """
    if kind == "revote":
        return 0
    again = under(election.post, "elected.separate_majority") if kind == "separate" else ()
    rules = (
        moment.law.ruling(t)
        for t in (*again, *under(election.post, "elected.majority"), session.procedure.majority or "")
    )
    rule = next((rule for rule in rules if rule is not None), None)
    assert rule is not None and rule.value is not None, "elections are by majority in every text on file"
    return rule.share.needed(session.deputies_total)


def _topics(kind: RoundKind) -> tuple[str, ...]:
    return {
        "first": ("elected.majority",),
        "revote": ("elected.tie",),
        "separate": ("elected.shortfall", "elected.separate_majority"),
    }[kind]


def _next(session: Session, election: Election, method: ElectionMethodDrafted, moment: Moment) -> Coming:
    """Which ballot comes next, on whom, for how many seats; one that was void or broken off is held again.

    Raises:
        ElectionComplete, SeparateNotDecided, TieOver, RevoteTiedAgain, CandidatesNotSettled.
    """
    if (tie := tie_of(election)) is not None:
        if tie.over:
            raise TieOver(moment.cites(*under(election.post, "elected.tie")), election=election.title, seats=tie.seats)
        decided = session.has(f"tie-decided:{election.code}:{tie.number}")
        if tie.again and method.rules.revote_tie != "vote_again" and not decided:
            cited = moment.cites(*under(election.post, "elected.tie"), "election.method.contents")
            raise RevoteTiedAgain(cited, election=election.title)
    elif election.seats_left == 0 or election.left_to_next_session:
        raise ElectionComplete(election=election.title, seats=election.planned.seats)
    elif last_counted(election) is not None and not election.separate_now:
        cited = moment.cites(*under(election.post, "elected.shortfall"))
        raise SeparateNotDecided(cited, election=election.title, seats=election.seats_left)
    found = coming(election)
    if found is None:
        raise CandidatesNotSettled(moment.cites("election.method", "primary.required"), election=election.title)
    return found


@evolves(BallotOpened)
def ballot_opened(session: Session, event: BallotOpened) -> Session:
    election: Election = session.elections[event.election]
    opened = Round(
        number=event.number, kind=event.round, candidates=event.candidates, seats=event.seats, way=event.way,
        sitting=event.sitting, opened_at=event.at, needed=event.needed, voters=event.deputies_present,
    )  # fmt: skip
    return with_election(session, replace(election, rounds=(*election.rounds, opened)))
