"""The tellers' sheets of one ballot (计票单): two, entered apart, whose figures must be possible before anything is stored."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.ballot.results import no_box_waits, on_paper
from domain.election.beside_abstention import beside_abstention
from domain.election.election import Election, Round, election_of, known_persons, under, with_election
from domain.election.method import method_of
from domain.election.tally import Figures, Line, WriteIn
from domain.event import Event, Finding
from domain.findings import warn
from domain.law import Citation, Kind
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text


class NoBallotOpen(Refused):
    says = Text("{election}没有正在进行的投票(open-ballot)", "no ballot of {election} is open (open-ballot)")


class BallotIsElectronic(Refused):
    says = Text(
        "{election}本次用电子票箱投票,不录计票单:关闭并开启票箱、由持钥人确认后签认(close-box、open-box、attest-box、attest-count)",
        "this ballot of {election} is cast into an electronic box and has no sheets: the box is closed, opened and attested, then the "
        "count is (close-box, open-box, attest-box, attest-count)",
    )


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


class NobodyElseDecidedOn(Refused):
    says = Text(
        "{election}是决定任命,只就提名的人选表决,不能另提人选",
        "{election} is decided on, not elected: the vote is on the person nominated, and nobody else can be put in",
    )


class AttestedAlready(Refused):
    says = Text(
        "计票结果已由监票人签认,计票单不能再换;有误的请更正(correct)",
        "the count is attested: a sheet can no longer be replaced, only corrected (correct)",
    )


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
    election, ballot = ballot_counted(session, command.election, moment)
    no_box_waits(session, "election", election.code, ballot.number, cited=moment.cites("ballot.reconciled"))
    if not on_paper(session, election.code, ballot.number, ballot.way):
        raise BallotIsElectronic(moment.cites("ballot.reconciled"), election=election.title)
    if command.number not in (None, ballot.number):
        raise AnotherBallot(election=election.title, number=command.number, found=ballot.number)
    figures = command.figures
    _adds_up(figures, moment)
    findings = _within_the_seats(session, election, figures, moment)
    findings += beside_abstention(session, figures, moment)
    _persons(session, election, figures, moment)
    earlier = ballot.sheets.get(command.sheet)
    if earlier is not None and earlier.figures() == figures.figures():
        return []
    if ballot.figures is not None:
        raise AttestedAlready(moment.cites("ballot.reconciled"))
    topics = (*under(election.post, "ballot.count", "ballot.reconciled"), "election.method.ballot_count")
    if figures.returned > figures.issued:
        findings += (
            warn("MoreReturnedThanIssued", moment.basis(*topics), found=figures.returned, issued=figures.issued),
        )
    if figures.returned > session.deputies_total:
        findings += (
            warn(
                "MoreReturnedThanDeputies", moment.basis(*topics), found=figures.returned, total=session.deputies_total
            ),
        )
    elif figures.issued > ballot.voters:
        findings += (warn("MoreIssuedThanPresent", moment.basis(*topics), found=figures.issued, present=ballot.voters),)
    basis = moment.basis(*under(election.post, "ballot.reconciled"), "election.method.ballot_count")
    return [
        BallotSheetEntered(
            at=moment.at, basis=basis, election=election.code, number=ballot.number, sheet=command.sheet, figures=figures,
            findings=findings,
        )
    ]  # fmt: skip


def ballot_counted(session: Session, code: str, moment: Moment) -> tuple[Election, Round]:
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
    seats = election.round.seats
    chosen = sum(line.in_favour for line in figures.lines) + sum(each.in_favour for each in figures.write_ins)
    most = seats * figures.valid
    if chosen <= most:
        return ()
    said: dict[str, Figure] = {"found": chosen, "valid": figures.valid, "seats": seats, "most": most}
    if cited := voided_when_overmarked(session, election, moment):
        raise MoreChosenThanSeats(cited, **said)
    rule = moment.law.ruling(_overmarked(election))
    return (warn("MoreChosenThanSeats", rule.basis if rule else (), **said),)


def voided_when_overmarked(session: Session, election: Election, moment: Moment) -> tuple[Citation, ...]:
    """By what a ballot that chooses more than the seats is void (作废): a text, else the election method; () where both are silent."""
    rule, method = moment.law.ruling(_overmarked(election)), method_of(session)
    if rule is not None and rule.kind in (Kind.TEXT, Kind.LOCAL):
        return rule.basis
    return moment.cites("election.method") if method is not None and method.rules.overmarked == "void" else ()


def _overmarked(election: Election) -> str:
    return "ballot.overmarked.deputies" if election.post.is_deputy else "ballot.overmarked"


def _persons(session: Session, election: Election, figures: Figures, moment: Moment) -> None:
    ballot = election.round
    assert ballot is not None, "figures are of the ballot that is being counted"
    listed = [line.person for line in figures.lines]
    for person in listed:
        if person not in ballot.candidates or listed.count(person) > 1:
            raise NotOnTheBallot(person=person, known="、".join(ballot.candidates))
    if missing := [person for person in ballot.candidates if person not in listed]:
        raise CandidateLeftOut(person=missing[0])
    written = tuple(each.person for each in figures.write_ins)
    if written and ballot.kind == "revote":
        raise NoWriteInHere(moment.cites("elected.tie"))
    if written and election.post.is_decided_on:
        raise NobodyElseDecidedOn(moment.cites(election.post.nominated_by), election=election.title)
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
