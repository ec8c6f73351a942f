"""The conformity report (合规对照表): each step the procedure has, its article and kind of law, its event, its document, or 缺."""

from dataclasses import dataclass
from datetime import datetime

from domain.calendar import legal_date
from domain.law import Citation, Kind, Law, LawBook
from domain.procedure import Stage, Step
from domain.session.decide import title_of
from domain.session.state import Session
from domain.text import Text

COUNTED = ("projects", "rating")
"""Agenda items that come to a result by ballots and sheets rather than by a resolution."""


@dataclass(frozen=True)
class Line:
    """One row. `state` is done, missing, irregular, open (its time has not come) or not_asked (no law asks for it that day)."""

    stage: Stage
    title: Text
    fact: str
    state: str
    basis: tuple[Citation, ...]
    kind: Kind | None
    version: int | None
    at: datetime | None
    event: str
    document: Text | None
    evidence: tuple[str, ...] = ()
    why: str = ""


def conformity(session: Session, book: LawBook, now: datetime, evidence: dict[int, tuple[str, ...]]) -> list[Line]:
    """The report, in the procedure's order.

    Args:
        session: as its events left it. book: the edition it is judged by. now: until when.
        evidence: version in the session's stream → titles of the files its act carries.
    """
    procedure = session.procedure
    lines = []
    for step in procedure.steps_for(session.kind):
        for fact in _facts(step, session):
            held = session.facts.get(fact)
            law = _law(session, book, held.at if held else now)
            lines.append(_line(step, fact, session, law, evidence))
    return [line for line in lines if line.state != "not_asked"]


def _facts(step: Step, session: Session) -> list[str]:
    if "{item}" not in step.fact:
        return [step.fact]
    items = session.agenda.values()
    of_a_result = step.act in ("put-to-vote", "presidium-decides", "announce")
    return [
        step.fact.format(item=item.code)
        for item in items
        if (not step.of_kinds or item.kind in step.of_kinds)
        and (not of_a_result or item.resolution or item.kind in COUNTED)
    ]


def _law(session: Session, book: LawBook, at: datetime) -> Law:
    plan, procedure = session.plan, session.procedure
    return book.on(
        legal_date(at), procedure.level, plan.kind, plan.profile, procedure.families, plan.own_rules, plan.adopts
    )


def _line(step: Step, fact: str, session: Session, law: Law, evidence: dict[int, tuple[str, ...]]) -> Line:
    held = session.facts.get(fact)
    event = session.history[held.version - 1] if held else None
    rulings = [r for t in step.topics if (r := law.ruling(t)) is not None and r.consequence != "none"]
    asked = [r for r in rulings if r.kind is not Kind.PRACTICE]
    basis = event.basis if event else law.basis(*step.topics)
    if held:
        state = "done"
    elif fact in session.irregular:
        state = "irregular"
    elif step.optional or not asked or not _wanted(step, fact, session):
        state = "not_asked"
    else:
        state = "open" if _still_ahead(step, session) else "missing"
    return Line(
        stage=step.stage,
        title=title_of(session, fact),
        fact=fact,
        state=state,
        basis=basis,
        kind=basis[0].kind if basis else None,
        version=held.version if held else None,
        at=held.at if held else None,
        event=event.name if event and hasattr(event, "name") else "",
        document=step.document,
        evidence=evidence.get(held.version, ()) if held else (),
        why=session.irregular.get(fact, ""),
    )


def _wanted(step: Step, fact: str, session: Session) -> bool:
    """Some steps are wanted only when there is something to do: no suggestion, nothing to assign; no budget, none to publish."""
    if fact == "suggestions-assigned":
        return bool(session.suggestions)
    if fact in ("budget-published", "budget-filed", "voters-heard"):
        return any(item.kind in ("budget", "final_accounts", "budget_adjustment") for item in session.agenda.values())
    return True


def _still_ahead(step: Step, session: Session) -> bool:
    order = list(Stage)
    return order.index(session.stage) <= order.index(step.stage)
