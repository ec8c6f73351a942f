"""Declaring what a ballot came to (宣布选举结果): void, elected, tied, or seats left over; the chair declares, nobody computes by hand."""

from dataclasses import replace
from typing import ClassVar

from domain.election.election import Election, Round, election_of, under, with_election
from domain.election.method import method_of
from domain.election.parts import PersonId, RoundKind
from domain.election.posts import AMONG_DEPUTIES
from domain.election.tally import Figures, Outcome, outcome, void
from domain.event import Clock, Event, Finding
from domain.findings import info, warn
from domain.law import Kind
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
        seats, base, needed, voters: of the ballot. rule: the method's on ballots beyond those issued.
        barred: persons written in who may not hold the post.
        complete: whether with this ballot all seats of the election are filled.
        approval: whether those elected await the approval of the standing committee above (检察长).
        departments: until when a new government submits the heads of its departments.
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
    outcome: Outcome
    tie_leaves_open: bool = False  # the method lets seats stay open that a revote left tied
    complete: bool
    approval: bool = False
    departments: Clock | None = None

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
        return () if self.complete else (f"election-settled:{self.election}",)

    def recomputed(self) -> "ElectionDeclared":
        again = _outcome(
            self.figures, self.seats, self.base, self.needed, self.barred, self.rule, self.voters, self.tie_leaves_open
        )
        return self.model_copy(
            update={"outcome": again, "complete": not again.void and not again.open_seats and not again.tied}
        )


@decides(DeclareElection)
def declare_election(session: Session, command: DeclareElection, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 25, 29: more than half of all deputies; most votes where more reached it than there are seats."""
    election = election_of(session, command.election)
    ballot = election.round
    if ballot is None:
        raise NothingToDeclare(moment.cites("ballot.secret"), election=election.title)
    if ballot.outcome is not None:
        return []
    if ballot.figures is None:
        raise CountNotAttested(moment.cites("ballot.reconciled"), election=election.title)
    method = method_of(session)
    rule = _count_rule(election, moment) or (method.rules.ballot_count if method else None) or ""
    leaves_open = ballot.kind == "revote" and method is not None and method.rules.revote_tie == "shortfall"
    barred, barred_findings = _barred(session, election, ballot.figures, moment)
    approval = awaits_approval(election.planned.post, "approval.procurator", moment)
    new_government = election.planned.post == "government-head" and election.planned.kind == "change_of_term"
    total = session.deputies_total
    result = _outcome(ballot.figures, ballot.seats, total, ballot.needed, barred, rule, ballot.voters, leaves_open)
    return [
        ElectionDeclared(
            at=moment.at,
            basis=moment.basis(*_topics(election, ballot, result)),
            election=election.code,
            number=ballot.number,
            round=ballot.kind,
            figures=ballot.figures,
            base=total,
            needed=ballot.needed,
            seats=ballot.seats,
            voters=ballot.voters,
            rule=rule,
            barred=barred,
            outcome=result,
            tie_leaves_open=leaves_open,
            complete=not result.void and not result.open_seats and not result.tied,
            approval=approval,
            departments=departments_clock(moment) if new_government else None,
            findings=(
                *barred_findings,
                *_remarks(election, ballot, result, moment),
                *(pending_remark("approval.procurator", result.elected, moment) if approval else ()),
            ),
        )
    ]


def _count_rule(election: Election, moment: Moment) -> str | None:
    """When the poll is void by a text: of deputies 选举法 (2020) art. 44(1), in a township its own rules; no method says otherwise."""
    (topic,) = under(election.post, "ballot.count")
    rule = moment.law.ruling(topic)
    by_text = rule is not None and rule.value is not None and rule.kind in (Kind.TEXT, Kind.LOCAL)
    return rule.options[0] if rule is not None and by_text else None


def _outcome(
    figures: Figures, seats: int, base: int, needed: int, barred: tuple[str, ...], rule: str, voters: int, leaves_open: bool
) -> Outcome:  # fmt: skip
    result = outcome(figures, seats, base, needed, not_eligible=barred, voided=void(figures, rule, voters))
    if leaves_open and result.tied:
        return result.model_copy(update={"tied": (), "tied_seats": 0, "open_seats": result.tied_seats})
    return result


def _barred(
    session: Session, election: Election, figures: Figures, moment: Moment
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Persons written in who may not hold the post, filled from the deputies (地方组织法 (2022) arts 18, 47), or hold it already."""
    again = tuple(w.person for w in figures.write_ins if w.person in election.elected)
    basis = moment.basis(*under(election.post, "ballot.write_in"))
    elected = tuple(warn("WriteInElectedAlready", basis, person=p, election=election.title) for p in again)
    strangers, findings = _strangers(session, election, figures, moment)
    return (*again, *strangers), (*elected, *findings)


def _strangers(
    session: Session, election: Election, figures: Figures, moment: Moment
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    if election.planned.post not in AMONG_DEPUTIES:
        return (), ()
    topic = "eligibility.sc" if election.post.organ == "standing_committee" else "eligibility.presidium_township"
    rule = moment.law.ruling(topic)
    strangers = tuple(w.person for w in figures.write_ins if w.person not in session.in_office)
    if not strangers or rule is None or not rule.may_refuse:
        return (), ()
    basis = (*rule.basis, *moment.basis("ballot.write_in_eligible"))
    return strangers, tuple(warn("WriteInNotEligible", basis, person=person) for person in strangers)


def _topics(election: Election, ballot: Round, result: Outcome) -> tuple[str, ...]:
    """The law that the result follows from: of a void poll what makes it void, else the majority or the revote, and what is left over."""
    if result.void:
        return (*under(election.post, "ballot.count", "election.validity"), "election.method.ballot_count")
    majority = "elected.tie" if ballot.kind == "revote" else "elected.majority"
    full = "elected.most_votes" if len(result.elected) == ballot.seats else "elected.shortfall"
    rest = "elected.tie" if result.tied else full
    return under(election.post, majority, rest, "election.validity", "election.announced")


def _remarks(election: Election, ballot: Round, result: Outcome, moment: Moment) -> tuple[Finding, ...]:
    remarks: list[Finding] = []
    if result.void and ballot.figures is not None:
        remarks.append(
            warn(
                "PollVoid",
                moment.basis(*under(election.post, "ballot.count"), "election.method.ballot_count"),
                election=election.title, returned=ballot.figures.returned, issued=ballot.figures.issued,
            )
        )  # fmt: skip
    elif ballot.figures is not None and ballot.figures.issued > ballot.voters:
        basis = moment.basis(*under(election.post, "ballot.count"), "election.method.ballot_count")
        remarks.append(warn("MoreIssuedThanPresent", basis, found=ballot.figures.issued, present=ballot.voters))
    if result.tied:
        basis = moment.basis(*under(election.post, "elected.tie"))
        remarks.append(
            warn("TiedAtTheCut", basis, election=election.title, what="、".join(result.tied), seats=result.tied_seats)
        )
    if result.open_seats and not result.void:
        remarks.append(
            warn(
                "SeatsLeftOpen",
                moment.basis(*under(election.post, "elected.shortfall")),
                election=election.title,
                seats=ballot.seats,
                open=result.open_seats,
            )
        )
    if ballot.kind != "revote" and not result.void and len(ballot.candidates) == ballot.seats:
        remarks.append(info("SingleCandidate", moment.basis(election.post.margin), election=election.title))
    return tuple(remarks)


@evolves(ElectionDeclared)
def election_declared(session: Session, event: ElectionDeclared) -> Session:
    election: Election = session.elections[event.election]
    ballot = election.round
    if ballot is None or ballot.number != event.number:
        return session
    changed = election.with_round(replace(ballot, outcome=event.outcome))
    elected = (*changed.elected, *event.outcome.elected)
    still = changed.separate_now and (ballot.kind == "first" or event.outcome.void is not None)
    after = with_election(session, replace(changed, elected=elected, separate_now=still))
    if not event.approval:
        return after
    waiting = frozenset((event.election, person) for person in event.outcome.elected)
    return replace(after, tenure=replace(after.tenure, pending=after.tenure.pending | waiting))
