"""From what the ledger holds to the rows of a report."""

from collections.abc import Iterator
from typing import Any

from domain import findings as noticed
from domain.election.declaration import ElectionDeclared
from domain.event import Finding
from domain.law import Citation, LawBook
from domain.refusals import Refusal
from domain.session.parts import Count
from domain.session.state import Session
from domain.vote.known import subject_title
from yishi.ledger.reader import Entry
from yishi.projections.deadlines import Deadlines
from yishi.projections.reckoning import election_says, share_of
from yishi.rehearsal.outcome import Cited, DeadlineRow, ElectionRow, EventRow, FindingRow, RefusalRow, VoteRow


def event_row(entry: Entry) -> EventRow:
    left_out = {"at", "basis", "findings", "roll", "own_rules"}
    envelope, event = entry.envelope, entry.event
    return EventRow(
        position=entry.position,
        stream=envelope.stream,
        version=envelope.version,
        command_id=envelope.command_id,
        name=event.name,
        at=event.at.isoformat(),
        recorded_at=envelope.recorded_at.isoformat(),
        facts=event.facts(),
        figures={k: v for k, v in event.model_dump(mode="json").items() if k not in left_out},
        basis=cited(event.basis),
        findings=tuple(finding_row(f) for f in event.findings),
    )


def cited(basis: tuple[Citation, ...]) -> tuple[Cited, ...]:
    return tuple(Cited.of(c) for c in basis)


def finding_row(finding: Finding) -> FindingRow:
    said = noticed.says(finding)
    return FindingRow(
        code=finding.code,
        weight=finding.weight,
        zh=said.zh,
        en=said.en,
        basis=cited(finding.basis),
        figures=finding.figures,
    )


def refusal_row(refusal: Refusal) -> RefusalRow:
    said = refusal.says()
    return RefusalRow(
        reason=refusal.reason,
        zh=said.zh,
        en=said.en,
        kind=refusal.kind.value if refusal.kind else None,
        basis=cited(refusal.basis),
        figures=refusal.figures,
        position=refusal.position,
    )


def vote_row(session: Session, vote: Any) -> VoteRow:
    count = vote.count.model_dump() if vote.count else dict.fromkeys(Count.model_fields)
    return VoteRow(
        subject=vote.subject,
        title=subject_title(session, vote.subject),
        method=vote.method,
        deputies_total=vote.deputies_total,
        deputies_present=vote.deputies_present,
        needed=vote.needed,
        adopted=vote.adopted,
        recommendation=vote.recommendation,
        voided=vote.voided,
        device_failed=vote.device_failed,
        **count,
    )


def election_row(session: Session, declared: ElectionDeclared, book: LawBook) -> ElectionRow:
    """By ids: a report of a rehearsal names nobody."""
    outcome = declared.outcome
    share = share_of(declared.basis, book, session.own_rules, declared.base, declared.needed)
    return ElectionRow(
        election=declared.election,
        title=session.elections[declared.election].title,
        number=declared.number,
        round=declared.round,
        void=outcome.void is not None,
        elected=outcome.elected,
        tied=outcome.tied,
        open_seats=outcome.open_seats,
        says=election_says(declared, lambda person: person, share),
    )


def deadline_rows(deadlines: Deadlines) -> Iterator[DeadlineRow]:
    for deadline in deadlines.all():
        clock = deadline.clock
        yield DeadlineRow(
            stream=deadline.stream,
            clock=clock.id,
            subject=clock.subject,
            started=clock.started.isoformat(),
            due=str(clock.last_day),
            state=deadline.state,
            basis=cited(clock.basis),
        )
