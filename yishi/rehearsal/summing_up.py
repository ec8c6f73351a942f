"""What a rehearsal's acts add up to."""

from collections.abc import Sequence
from datetime import datetime

from domain.election.declaration import ElectionDeclared
from domain.session.state import Session
from domain.vote.votes import VoteCounted
from yishi.engine import Engine
from yishi.planning.plan import Plan
from yishi.projections.conformity import conformity
from yishi.projections.deadlines import Deadlines
from yishi.rehearsal.outcome import ActRow, Outcome, StepRow
from yishi.rehearsal.rows import cited, deadline_rows, election_row, vote_row


def sum_up(
    engine: Engine, plan: Plan, session: Session, rows: Sequence[ActRow], deadlines: Deadlines, *, scripted: bool
) -> Outcome:
    """The outcome of a rehearsal that has come to its end: votes, deadlines, what is missing, and whether the record verifies."""
    head = engine.ledger.head()
    unexpected = sum(not row.as_expected for row in rows)
    return Outcome(
        session=plan.stream,
        congress=plan.congress.name,
        procedure=plan.procedure_id,
        profile=plan.profile,
        edition=session.edition if session.registered else engine.laws.newest().edition,
        scripted=scripted,
        acts=tuple(rows),
        votes=tuple(vote_row(session, event) for event in session.history if isinstance(event, VoteCounted)),
        elections=tuple(
            election_row(session, event, engine.laws.edition(session.edition))
            for event in session.history
            if isinstance(event, ElectionDeclared)
        ),
        chosen=session.chosen,
        deadlines=tuple(deadline_rows(deadlines)),
        missing=_missing(engine, session, rows),
        recorded=sum(row.outcome == "recorded" for row in rows),
        refused=sum(row.outcome == "refused" for row in rows),
        unexpected=unexpected,
        size=head.size,
        head=head.root,
        verified=engine.verify().exit_code == 0,
        exit=1 if unexpected else 0,
    )


def _missing(engine: Engine, session: Session, rows: Sequence[ActRow]) -> tuple[StepRow, ...]:
    if not session.registered:
        return ()
    now = datetime.fromisoformat(rows[-1].recorded_at)
    lines = conformity(session, engine.laws.edition(session.edition), now, {})
    return tuple(
        StepRow(
            stage=line.stage.value,
            fact=line.fact,
            title=line.title,
            state=line.state,
            basis=cited(line.basis),
        )
        for line in lines
        if line.state in ("missing", "open", "irregular")
    )
