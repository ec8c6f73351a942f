"""Which steps of a procedure a session has: for which agenda items, whether they are wanted, and whether any law asks for them."""

from domain.law import Consequence, Kind, Law
from domain.procedure import Step
from domain.session.closing import dealt_with
from domain.session.parts import AgendaItem
from domain.session.state import Session

COUNTED = ("projects", "rating")
"""Agenda items that come to a result by ballots and sheets rather than by a resolution."""

ONE_WAY_IS_ENOUGH = ("other", "list", "committee_report")
"""Agenda items that are done once they were heard, voted on or dealt with, whichever it was."""

BUDGETS = ("budget", "final_accounts", "budget_adjustment")
ASSIGNED = "suggestions-assigned"
REPORTED = ("handling-reported", "handling-printed")

WANTED_FOR = (
    (("budget-published", "budget-filed", "voters-heard"), BUDGETS),
    (
        (
            "budget-draft-submitted", "budget-draft-examined", "budget-opinion-answered", "budget-opinion-printed",
            "budget-replied", "budget-sum-filed",
        ),
        ("budget",),
    ),
    (("adopted:project-method", "projects-chosen"), ("projects",)),
    (("projects-rated",), ("rating",)),
)  # fmt: skip
"""Facts that are wanted only when the agenda has an item of such a kind."""


def has_step(item: AgendaItem, step: Step) -> bool:
    """Whether a step with `{item}` is meant for an agenda item: by its kind, and for steps of a result, whether it has one."""
    of_a_result = step.act in ("put-to-vote", "presidium-decides", "announce")
    of_kind = not step.of_kinds or item.kind in step.of_kinds
    return of_kind and (not of_a_result or item.resolution or item.kind in COUNTED)


def done_otherwise(session: Session, item: AgendaItem, fact: str) -> bool:
    """Whether the item came to its end in another way than by a fact that is not there."""
    if fact in session.facts or fact in session.irregular or fact.startswith("announced:"):
        return False
    by_record = session.has(f"dealt:{item.code}") and dealt_with(session, item)
    return by_record or (item.kind in ONE_WAY_IS_ENOUGH and dealt_with(session, item))


def wanted(step: Step, session: Session) -> bool:
    """Some steps are wanted only when there is something to do: no suggestion, nothing to assign; no budget, none to publish."""
    if step.fact in (ASSIGNED, *REPORTED):
        return bool(session.suggestions)
    if step.of_elections:
        return bool(session.elections)
    for facts, kinds in WANTED_FOR:
        if step.fact in facts:
            return any(item.kind in kinds for item in session.agenda.values())
    return True


def asked(step: Step, law: Law) -> bool:
    """Whether a text or a reading asks for the step that day; practice records and never asks."""
    rulings = [ruling for topic in step.topics if (ruling := law.ruling(topic)) is not None]
    return any(r.kind is not Kind.PRACTICE and r.consequence is not Consequence.NONE for r in rulings)
