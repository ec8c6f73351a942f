"""Declaring what a ballot came to (宣布选举结果): void, elected, tied, or seats left over; the chair declares, nobody computes by hand."""

from dataclasses import replace
from typing import ClassVar

from domain.election.barred import barred
from domain.election.came_out import remarks, topics
from domain.election.coming import Tie, tie_of
from domain.election.count_rule import count_rule, in_doubt
from domain.election.election import Election, Round, election_of, under, with_election
from domain.election.lost import FallsBack, fallen_back, falls_back, undone
from domain.election.method import method_of
from domain.election.parts import PersonId, RoundKind
from domain.election.tally import Figures, Outcome, Void, outcome, void, without
from domain.event import Clock, Event
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.approval import awaits_approval, pending_remark
from domain.tenure.departments import departments_clock
from domain.text import Text


class CountNotAttested(Refused):
    says = Text(
        "{election}的计票结果尚未由监票人签认(attest-count),不能宣布",
        "the count of {election} is not attested by the scrutineers yet (attest-count): it cannot be declared",
    )


class NothingToDeclare(Refused):
    says = Text("{election}没有进行过投票,没有结果可宣布", "no ballot of {election} was taken: there is no result")


class PollInDoubt(Refused):
    says = Text(
        "{election}收回选票 {found} 张,多于全体代表 {total} 人,法律和选举办法没有规定这次投票是否有效:"
        "先由主席团确定(decide-validity)",
        "{election}: {found} ballots came back, more than the {total} deputies in all, and neither law nor method says whether the poll "
        "counts: the presidium determines it first (decide-validity)",
    )


class DeclareElection(Command):
    """Declare the result of the ballot just counted. The result follows from its figures; nobody gives it."""

    act: ClassVar[str] = "declare-election"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("宣布选举结果", "Declare an election")
    election: Code


class ElectionDeclared(Event):
    """The result of one ballot, with all that it follows from, so that a correction of the figures works it out again.

    Attributes:
        seats, base, needed, voters: of the ballot. rule: the law's or the method's on ballots beyond those issued.
        barred: persons for whom votes elect nobody. lost: of those tied, who stood no longer when it was declared once more.
        valid: what the presidium determined where there were more ballots than deputies, and no rule on them.
        complete: whether with this ballot all seats of the election are filled.
        approval: whether those elected await the approval of the standing committee above (检察长).
        departments: until when a new government submits the heads of its departments.
        falls_back: what of the list is done anew when the poll is void and a candidate was lost.
    """

    name: ClassVar[str] = "election.declared.v1"
    election: Code
    number: int
    round: RoundKind
    figures: Figures
    base: int
    needed: int
    seats: int
    voters: int
    rule: str
    barred: tuple[PersonId, ...] = ()
    lost: tuple[PersonId, ...] = ()
    valid: bool | None = None
    outcome: Outcome
    tie_leaves_open: bool = False  # the method lets seats stay open that a revote left tied
    complete: bool
    approval: bool = False
    departments: Clock | None = None
    falls_back: FallsBack = ""

    def clocks(self) -> tuple[Clock, ...]:
        return (self.departments,) if self.departments and self.outcome.elected else ()

    def facts(self) -> tuple[str, ...]:
        told = [f"election-declared:{self.election}", f"election-declared:{self.election}:{self.number}"]
        if self.complete:
            told.append(f"election-settled:{self.election}")
        if self.approval and self.outcome.elected:
            told.append(f"approval-pending:{self.election}")
        return ("election-declared", *told)

    def revokes(self) -> tuple[str, ...]:
        settled = () if self.complete else (f"election-settled:{self.election}",)
        return (*settled, *(undone(self.election, self.falls_back) if self.outcome.void else ()))

    def recomputed(self) -> "ElectionDeclared":
        again = self._came_to()
        return self.model_copy(
            update={"outcome": again, "complete": not again.void and not again.open_seats and not again.tied}
        )

    def _came_to(self) -> Outcome:
        voided = void(self.figures, self.rule, self.voters)
        if voided is None and self.valid is False and self.figures.returned > self.base:
            voided = Void.BY_PRESIDIUM
        result = outcome(self.figures, self.seats, self.base, self.needed, not_eligible=self.barred, voided=voided)
        result = without(result, self.lost) if self.lost else result
        if self.tie_leaves_open and result.tied:
            return result.model_copy(update={"tied": (), "tied_seats": 0, "open_seats": result.tied_seats})
        return result


@decides(DeclareElection)
def declare_election(session: Session, command: DeclareElection, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 25, 29: more than half of all deputies; most votes where more reached it than there are seats."""
    election = election_of(session, command.election)
    tie = tie_of(election)
    if tie is not None and tie.over and election.open_round is None:
        return [_once_more(session, election, tie, moment)]
    ballot = election.round
    if ballot is None:
        raise NothingToDeclare(moment.cites("ballot.secret"), election=election.title)
    if ballot.outcome is not None:
        return []
    if ballot.figures is None:
        raise CountNotAttested(moment.cites("ballot.reconciled"), election=election.title)
    if ballot.valid is None and in_doubt(session, election, ballot, ballot.figures, moment):
        cited = moment.cites(*under(election.post, "election.validity", "ballot.count"), "election.method.ballot_count")
        figures = {"found": ballot.figures.returned, "total": session.deputies_total}
        raise PollInDoubt(cited, election=election.title, **figures)
    declared = _declared(session, election, ballot, ballot.figures, moment)
    after = _with_result(election, ballot, declared.outcome)
    still = tie_of(after)
    return [declared, _once_more(session, after, still, moment)] if still is not None and still.over else [declared]


def _declared(
    session: Session, election: Election, ballot: Round, figures: Figures, moment: Moment
) -> ElectionDeclared:
    method = method_of(session)
    nobody, findings = barred(session, election, ballot, figures, moment)
    approval = awaits_approval(election.planned.post, "approval.procurator", moment)
    new_government = election.planned.post == "government-head" and election.planned.kind == "change_of_term"
    total = session.deputies_total
    none_yet = Outcome(base=total, needed=ballot.needed, seats=ballot.seats)
    worked_out = ElectionDeclared(
        at=moment.at,
        basis=(),
        election=election.code,
        number=ballot.number,
        round=ballot.kind,
        figures=figures,
        base=total,
        needed=ballot.needed,
        seats=ballot.seats,
        voters=ballot.voters,
        rule=count_rule(election, method, moment),
        barred=nobody,
        valid=ballot.valid,
        outcome=none_yet,
        tie_leaves_open=ballot.kind == "revote" and method is not None and method.rules.revote_tie == "shortfall",
        complete=False,
        approval=approval,
        departments=departments_clock(moment) if new_government else None,
    ).recomputed()
    result = worked_out.outcome
    pending = pending_remark("approval.procurator", result.elected, moment) if approval else ()
    after = election.with_round(replace(ballot, outcome=result))
    return worked_out.model_copy(
        update={
            "basis": moment.basis(*topics(election, ballot, result)),
            "falls_back": falls_back(session, after, moment) if result.void else "",
            "findings": (*findings, *remarks(election, ballot, result, moment), *pending),
        }
    )


def _once_more(session: Session, election: Election, tie: Tie, moment: Moment) -> ElectionDeclared:
    """地方组织法 (2022) art. 29(1): those tied are voted on again where the tie leaves it open who is elected. Here it does no longer."""
    before = next(
        e for e in reversed(session.history)
        if isinstance(e, ElectionDeclared) and (e.election, e.number) == (election.code, tie.number)
    )  # fmt: skip
    lost = tuple(p for p in before.outcome.tied if p in election.lost | election.struck_off)
    after = before.model_copy(update={"at": moment.at, "lost": (*before.lost, *lost)}).recomputed()
    told = before.outcome.elected
    fresh = tuple(p for p in after.outcome.elected if p not in told)
    ballot = election.numbered(tie.number)
    assert ballot is not None, "a tie is that of a ballot"
    pending = pending_remark("approval.procurator", fresh, moment) if before.approval else ()
    over = warn("TieIsOver", moment.basis(*under(election.post, "elected.tie")), election=election.title)
    return after.model_copy(
        update={
            "basis": moment.basis(*topics(election, ballot, after.outcome)),
            "findings": (over, *remarks(election, ballot, after.outcome, moment), *pending),
        }
    )


def _with_result(election: Election, ballot: Round, result: Outcome) -> Election:
    """The election with the outcome of one ballot. Who stood no longer and was written in all the same stands again by these votes."""
    written = {s.person for s in result.scores if s.written_in and s.person in (*result.elected, *result.tied)}
    changed = replace(election, lost=election.lost - written).with_round(replace(ballot, outcome=result))
    elected = tuple(p for r in changed.rounds if r.outcome is not None for p in r.outcome.elected)
    return replace(changed, elected=elected)


@evolves(ElectionDeclared)
def election_declared(session: Session, event: ElectionDeclared) -> Session:
    election: Election = session.elections[event.election]
    ballot = election.numbered(event.number)
    if ballot is None:
        return session
    before = ballot.outcome.elected if ballot.outcome else ()
    changed = _with_result(election, ballot, event.outcome)
    still = changed.separate_now and (ballot.kind == "first" or event.outcome.void is not None)
    changed = replace(changed, separate_now=still)
    after = with_election(session, fallen_back(changed, event.falls_back if event.outcome.void else ""))
    if not event.approval:
        return after
    waiting = frozenset((event.election, person) for person in event.outcome.elected if person not in before)
    return replace(after, tenure=replace(after.tenure, pending=after.tenure.pending | waiting))
