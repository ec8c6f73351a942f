"""One ballot of an election (投票): opened in a plenary, always secret, counted on two tellers' sheets that must agree, attested by scrutineers.

地方组织法 (2022) art. 28: elections are by secret ballot; there is no other way to open one here. A first ballot, a revote among those
tied (art. 29(1)), or a separate election for the seats left over (art. 29(2)).
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.ballot.results import figures_of
from domain.election.election import Election, Round, election_of, known_persons, under, with_election
from domain.election.method import ElectionMethodDrafted, method_of
from domain.election.parts import PersonId, RoundKind
from domain.election.printing import two_days
from domain.election.tally import Figures, Line, WriteIn
from domain.event import Event, Finding
from domain.findings import info, warn
from domain.law import Kind
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import of_a_plenary, open_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text
from domain.vote.scrutineers import scrutineers_ready

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
        "{election}再次投票仍然票数相等,选举办法没有规定如何处理:由大会决定后写明 decided: true",
        "the revote for {election} was tied again and the method is silent: when the congress has decided, say decided: true",
    )


class NoBallotOpen(Refused):
    says = Text("{election}没有正在进行的投票(open-ballot)", "no ballot of {election} is open (open-ballot)")


class AnotherBallot(Refused):
    says = Text(
        "{election}正在清点的是第 {found} 次投票,这张计票单是第 {number} 次的",
        "ballot {found} of {election} is being counted, and this sheet is of ballot {number}",
    )


class NotOnTheBallot(Refused):
    says = Text("{person} 不是这次投票的候选人;应为:{known}", "{person} is not on this ballot; those who are: {known}")


class CandidateLeftOut(Refused):
    says = Text("计票单缺少候选人 {person}", "the sheet lacks the candidate {person}")


class SheetDoesNotAddUp(Refused):
    says = Text(
        "收回 {returned},有效 {valid},无效 {void}:有效加无效应等于收回",
        "{returned} returned, {valid} valid, {void} void: valid and void must make up the returned",
    )


class MarksDoNotAddUp(Refused):
    says = Text(
        "{person} 的赞成、反对、弃权合计 {found},应等于有效票 {valid}",
        "{person}: {found} marks in all, but {valid} ballots are valid",
    )


class MoreChosenThanSeats(Refused):
    says = Text(
        "赞成和另选他人合计 {found},有效票 {valid} 张、应选 {seats} 人,最多 {most}:多选的选票应计入无效票",
        "{found} choices on {valid} valid ballots for {seats} seats: {most} at most. Ballots that choose more are void",
    )


class WrittenInOnTheBallot(Refused):
    says = Text("{person} 是候选人,不能填作另选他人", "{person} stands on this ballot and cannot be written in")


class NoWriteInHere(Refused):
    says = Text(
        "再次投票只就票数相等的人进行,不能另选他人", "a revote is among those tied only: nobody can be written in"
    )


class CountersDiffer(Refused):
    says = Text(
        "两名计票人的计票单不一致:{where};请重新清点后再报", "the two tellers' sheets differ: {where}; count again"
    )


class CounterMissing(Refused):
    says = Text("还缺第 {sheet} 张计票单", "sheet {sheet} is still missing")


class BoxNotAttested(Refused):
    says = Text(
        "{election}的电子票箱尚未关闭、开启并由保管人签认(close-box、open-box、attest-box)",
        "the ballot box of {election} is not closed, opened and attested by its key holders yet (close-box, open-box, attest-box)",
    )


class AttestedAlready(Refused):
    says = Text(
        "计票结果已由监票人签认,计票单不能再换;有误的请更正(correct)",
        "the count is attested: a sheet can no longer be replaced, only corrected (correct)",
    )


class OpenBallot(Command):
    """Open the next ballot of an election: the first, a revote among those tied, or a separate election, as it stands."""

    act: ClassVar[str] = "open-ballot"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("开始投票选举", "Open a ballot")
    election: Code
    way: Way = "paper"
    decided: bool = False  # the congress decided on a further ballot where the method is silent on a second tie


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
    last = election.round
    if last is not None and last.outcome is None:
        raise BallotOpenAlready(election=election.title, number=last.number)
    kind, candidates, seats = _next(election, method, command, moment)
    findings += two_days(election, moment) if kind == "first" else ()
    findings += scrutineers_ready(session, election, moment)
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
            findings=findings,
        )
    ]


def needed_of(session: Session, election: Election, kind: RoundKind, moment: Moment) -> int:
    """Votes in favour that elect: more than half of all deputies; 0 for a revote (地方组织法 (2022) arts 25, 29(1))."""
    if kind == "revote":
        return 0
    own = "elected.deputies.majority" if election.post.is_deputy else "elected.majority"
    rule = moment.law.ruling(own) or moment.law.ruling(session.procedure.majority or "")
    assert rule is not None and rule.value is not None, "elections are by majority in every text on file"
    return rule.share.needed(session.deputies_total)


def _topics(kind: RoundKind) -> tuple[str, ...]:
    return {"first": ("elected.majority",), "revote": ("elected.tie",), "separate": ("elected.shortfall",)}[kind]


def _next(
    election: Election, method: ElectionMethodDrafted, command: OpenBallot, moment: Moment
) -> tuple[RoundKind, tuple[str, ...], int]:
    """Which ballot comes next, on whom, for how many seats.

    Raises:
        ElectionComplete, SeparateNotDecided, RevoteTiedAgain, CandidatesNotSettled.
    """
    last = election.round
    if last is not None and last.void:
        return last.kind, last.candidates, last.seats
    if last is not None and last.outcome is not None and last.outcome.tied:
        if last.kind == "revote" and method.rules.revote_tie != "vote_again" and not command.decided:
            raise RevoteTiedAgain(moment.cites("elected.tie", "election.method.contents"), election=election.title)
        return "revote", last.outcome.tied, last.outcome.tied_seats
    if election.seats_left == 0 or election.left_to_next_session:
        raise ElectionComplete(election=election.title, seats=election.planned.seats)
    separate = last is not None or election.planned.separate
    if last is not None and not election.separate_now:
        raise SeparateNotDecided(moment.cites("elected.shortfall"), election=election.title, seats=election.seats_left)
    if not election.candidates:
        raise CandidatesNotSettled(moment.cites("election.method", "primary.required"), election=election.title)
    return "separate" if separate else "first", election.candidates, election.seats_left


@evolves(BallotOpened)
def ballot_opened(session: Session, event: BallotOpened) -> Session:
    election: Election = session.elections[event.election]
    opened = Round(
        number=event.number, kind=event.round, candidates=event.candidates, seats=event.seats, way=event.way,
        sitting=event.sitting, opened_at=event.at, needed=event.needed, voters=event.deputies_present,
    )  # fmt: skip
    return with_election(session, replace(election, rounds=(*election.rounds, opened)))


class EnterBallotSheet(Command):
    """A teller's sheet of one ballot. Units: ballots. `sheet` is 1 or 2; two tellers enter theirs apart, without looking."""

    act: ClassVar[str] = "enter-ballot-sheet"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer",)
    title: ClassVar[Text] = Text("录入选举计票单", "Enter a teller's sheet of an election")
    election: Code
    sheet: Literal[1, 2]
    number: int | None = Field(default=None, ge=1)  # of the ballot; left out: the one that is being counted
    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    valid: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    lines: tuple[Line, ...] = Field(min_length=1)
    write_ins: tuple[WriteIn, ...] = ()

    @property
    def figures(self) -> Figures:
        return Figures(**{name: getattr(self, name) for name in Figures.model_fields})


class BallotSheetEntered(Event):
    name: ClassVar[str] = "election.sheet-entered.v1"
    election: Code
    number: int
    sheet: int
    figures: Figures

    def facts(self) -> tuple[str, ...]:
        return (f"ballot-sheet:{self.election}:{self.number}:{self.sheet}",)


@decides(EnterBallotSheet)
def enter_ballot_sheet(session: Session, command: EnterBallotSheet, moment: Moment) -> list[Event]:
    """Figures that cannot be are sent back before anything is stored; more returned than issued is a fact, and voids the poll.

    选举法 (2020) arts 43(1), 44 for deputies; for leaders the election method.
    """
    election, ballot = _counting(session, command.election, moment)
    if ballot.way != "paper":
        raise NoBallotOpen(election=election.title)
    if command.number not in (None, ballot.number):
        raise AnotherBallot(election=election.title, number=command.number, found=ballot.number)
    figures = command.figures
    _adds_up(figures, moment)
    findings = _within_the_seats(session, election, figures, moment)
    _persons(session, figures, ballot, moment)
    earlier = ballot.sheets.get(command.sheet)
    if earlier is not None and earlier.same() == figures.same():
        return []
    if ballot.figures is not None:
        raise AttestedAlready(moment.cites("ballot.reconciled"))
    topics = (*under(election.post, "ballot.count", "ballot.reconciled"), "election.method.ballot_count")
    if figures.returned > figures.issued:
        findings += (
            warn("MoreReturnedThanIssued", moment.basis(*topics), found=figures.returned, issued=figures.issued),
        )
    if figures.issued > ballot.voters:
        findings += (warn("MoreIssuedThanPresent", moment.basis(*topics), found=figures.issued, present=ballot.voters),)
    basis = moment.basis(*under(election.post, "ballot.reconciled"), "election.method.ballot_count")
    return [
        BallotSheetEntered(
            at=moment.at, basis=basis, election=election.code, number=ballot.number, sheet=command.sheet, figures=figures,
            findings=findings,
        )
    ]  # fmt: skip


def _counting(session: Session, code: str, moment: Moment) -> tuple[Election, Round]:
    """The ballot that is being counted.

    Raises:
        NoBallotOpen.
    """
    election = election_of(session, code)
    if election.round is None or election.round.outcome is not None:
        raise NoBallotOpen(moment.cites("ballot.secret"), election=election.title)
    return election, election.round


def _adds_up(figures: Figures, moment: Moment) -> None:
    cited = moment.cites("ballot.reconciled", "election.method.ballot_count")
    if figures.valid + figures.void != figures.returned:
        raise SheetDoesNotAddUp(cited, returned=figures.returned, valid=figures.valid, void=figures.void)
    for line in figures.lines:
        if line.total != figures.valid:
            raise MarksDoNotAddUp(cited, person=line.person, found=line.total, valid=figures.valid)


def _within_the_seats(session: Session, election: Election, figures: Figures, moment: Moment) -> tuple[Finding, ...]:
    """Valid ballots choose no more than the seats where law or method has such ballots void (作废); where both are silent it is noticed."""
    assert election.round is not None
    seats, method = election.round.seats, method_of(session)
    chosen = sum(line.in_favour for line in figures.lines) + sum(each.in_favour for each in figures.write_ins)
    most = seats * figures.valid
    if chosen <= most:
        return ()
    said: dict[str, Figure] = {"found": chosen, "valid": figures.valid, "seats": seats, "most": most}
    rule = moment.law.ruling("ballot.overmarked.deputies" if election.post.is_deputy else "ballot.overmarked")
    by_text = rule is not None and rule.kind in (Kind.TEXT, Kind.LOCAL)
    if by_text or (method is not None and method.rules.overmarked == "void"):
        raise MoreChosenThanSeats(rule.basis if rule and by_text else moment.cites("election.method"), **said)
    return (warn("MoreChosenThanSeats", rule.basis if rule else (), **said),)


def _persons(session: Session, figures: Figures, ballot: Round, moment: Moment) -> None:
    listed = [line.person for line in figures.lines]
    for person in listed:
        if person not in ballot.candidates or listed.count(person) > 1:
            raise NotOnTheBallot(person=person, known="、".join(ballot.candidates))
    if missing := [person for person in ballot.candidates if person not in listed]:
        raise CandidateLeftOut(person=missing[0])
    written = tuple(each.person for each in figures.write_ins)
    if written and ballot.kind == "revote":
        raise NoWriteInHere(moment.cites("elected.tie"))
    for person in written:
        if person in ballot.candidates:
            raise WrittenInOnTheBallot(person=person)
    known_persons(session, written)


@evolves(BallotSheetEntered)
def ballot_sheet_entered(session: Session, event: BallotSheetEntered) -> Session:
    election: Election = session.elections[event.election]
    ballot = election.round
    if ballot is None or ballot.number != event.number:
        return session
    changed = replace(ballot, sheets={**ballot.sheets, event.sheet: event.figures})
    return with_election(session, election.with_round(changed))


class AttestCount(Command):
    """The scrutineers attest the count: both sheets agree, and these are its figures (监票人签认计票结果)."""

    act: ClassVar[str] = "attest-count"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer",)
    title: ClassVar[Text] = Text("监票人签认计票结果", "Attest the count")
    election: Code


class CountAttested(Event):
    name: ClassVar[str] = "election.count-attested.v1"
    election: Code
    number: int
    figures: Figures

    def facts(self) -> tuple[str, ...]:
        return ("count-attested", f"count-attested:{self.election}")


@decides(AttestCount)
def attest_count(session: Session, command: AttestCount, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 43(1): those who scrutinise reconcile voters and ballots, record it, and sign."""
    election, ballot = _counting(session, command.election, moment)
    figures = _agreed(ballot, moment) if ballot.way == "paper" else _of_the_box(session, election, ballot, moment)
    if ballot.figures is not None and ballot.figures.same() == figures.same():
        return []
    basis = moment.basis(*under(election.post, "ballot.reconciled"), "election.method.ballot_count")
    return [CountAttested(at=moment.at, basis=basis, election=election.code, number=ballot.number, figures=figures)]


def _of_the_box(session: Session, election: Election, ballot: Round, moment: Moment) -> Figures:
    """What the key holders attested that the ballot box came to.

    Raises:
        BoxNotAttested: it is not closed, opened and attested yet.
    """
    figures = figures_of(session, election.code, ballot.number)
    if figures is None:
        raise BoxNotAttested(moment.cites("ballot.reconciled"), election=election.title)
    return figures


def _agreed(ballot: Round, moment: Moment) -> Figures:
    """The figures on which both tellers agree.

    Raises:
        CounterMissing, CountersDiffer: it names where.
    """
    cited = moment.cites("ballot.reconciled", "election.method.ballot_count")
    for number in (1, 2):
        if number not in ballot.sheets:
            raise CounterMissing(cited, sheet=number)
    one, two = ballot.sheets[1], ballot.sheets[2]
    if one.same() != two.same():
        raise CountersDiffer(cited, where=_where(one, two))
    figures: Figures = one
    return figures


def _where(one: Figures, two: Figures) -> str:
    for name in ("issued", "returned", "valid", "void"):
        if getattr(one, name) != getattr(two, name):
            return f"{name} {getattr(one, name)} / {getattr(two, name)}"
    first, second = _by_person(one), _by_person(two)
    return next(person for person in {**first, **second} if first.get(person) != second.get(person))


def _by_person(figures: Figures) -> dict[str, tuple[int, ...]]:
    lines = {line.person: (line.in_favour, line.against, line.abstained) for line in figures.lines}
    return {**lines, **{each.person: (each.in_favour,) for each in figures.write_ins}}


@evolves(CountAttested)
def count_attested(session: Session, event: CountAttested) -> Session:
    election: Election = session.elections[event.election]
    ballot = election.round
    if ballot is None or ballot.number != event.number:
        return session
    return with_election(session, election.with_round(replace(ballot, figures=event.figures)))
