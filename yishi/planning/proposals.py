"""What a plan may start from: the agenda items the law names for that kind of session, and dates counted back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.agenda import TITLES, named_by_law
from domain.calendar import at_clock
from domain.law import Citation, Kind, Law, LawBook, Ruling
from domain.procedure import Stage
from domain.session.parts import AgendaItem, ItemKind, PlannedSitting
from domain.session.steps import WANTED_FOR
from yishi.planning.law_checks import IN_ADVANCE, latest_day, law_of
from yishi.planning.plan import PlanFile
from yishi.planning.vocabulary import procedures

USUAL_DAYS: Mapping[str, int] = {
    "submit-budget-draft": 31, "examine-budget-draft": 24, "decide-date": 21, "publish-date": 20, "answer-budget-opinion": 16,
    "confirm-credentials": 15, "prepare": 14, "hear-voters": 12, "give-notice": 8, "invite-observers": 6,
    "print-budget-opinion": 5, "form-delegations": 4, "send-papers": 3,
}  # fmt: skip
"""How many days before the opening an act is usually done where no text says; only proposals, each to be changed at will."""

IN_HAND = 1
"""Days kept in hand before a lawful last day."""

WITHOUT_RESOLUTION: tuple[ItemKind, ...] = ("projects", "rating")
CODES = {
    "budget_execution": "budget-execution",
    "office_plan": "street-office-report",
    "committee_plan": "committee-plan",
}


@dataclass(frozen=True)
class Proposed:
    """An agenda item that the law names, with the articles that name it."""

    item: AgendaItem
    basis: tuple[Citation, ...]


def proposed_items(plan: PlanFile, law: Law) -> Iterator[Proposed]:
    """The agenda items for this kind of session, in the order in which the law names them."""
    decides = procedures()[plan.procedure_id].decides
    for name, kinds, ruling in named_by_law(plan.session.kind, law):
        if kinds[0] == "projects":
            continue  # asked with the projects
        code = CODES.get(name, name.replace("_", "-"))
        kind: ItemKind = kinds[0]  # type: ignore[assignment]  # MEANT holds item kinds
        item = AgendaItem(code=code, kind=kind, title=TITLES[name].zh, resolution=decides)
        yield Proposed(item, ruling.basis)


@dataclass(frozen=True)
class PlannedDate:
    """A planned act before the session: when it is proposed for, the last lawful day if there is one, and the law."""

    act: str
    at: datetime
    latest: date | None
    basis: tuple[Citation, ...]


def counted_back(plan: PlanFile, book: LawBook) -> tuple[PlannedDate, ...]:
    """A date for each act that this kind of session has before it opens, counted back from the opening."""
    law = law_of(plan, book, plan.session.opens)
    named = {kind for item in named_by_law(plan.session.kind, law) for kind in item.kinds}
    listed = []
    for step in procedures()[plan.procedure_id].steps_for(plan.session.kind):
        if step.stage is not Stage.BEFORE or step.optional or step.act not in USUAL_DAYS:
            continue
        if any(step.fact in facts and named.isdisjoint(kinds) for facts, kinds in WANTED_FOR):
            continue
        found = latest_day(plan, book, step.act) if step.act in IN_ADVANCE else None
        ruling = found[1] if found else _first(law, step.topics)
        days = USUAL_DAYS[step.act]
        if found is not None:
            days = (plan.session.opens - found[0]).days + IN_HAND
        listed.append((step.act, days, found[0] if found else None, ruling))
    longest = max((days for act, days, _, _ in listed if act not in ("decide-date", "publish-date")), default=0)
    for first, lead in (
        ("publish-date", 1),
        ("decide-date", 2),
    ):  # whatever is due, the date is decided and published before
        listed = [(a, max(d, longest + lead) if a == first else d, last, r) for a, d, last, r in listed]
    dated = [
        PlannedDate(act, at_clock(plan.session.opens - timedelta(days=days), 9), last, _binding(ruling))
        for act, days, last, ruling in listed
    ]
    return tuple(sorted(dated, key=lambda d: d.at))


def _first(law: Law, topics: tuple[str, ...]) -> Ruling | None:
    return next((r for t in topics if (r := law.ruling(t)) is not None), None)


def _binding(ruling: Ruling | None) -> tuple[Citation, ...]:
    return tuple(c for c in ruling.basis if c.kind in (Kind.TEXT, Kind.LOCAL)) if ruling else ()


def proposed_sittings(plan: PlanFile, law: Law) -> tuple[PlannedSitting, ...]:
    """A preparatory meeting where the law asks for one, a first plenary, and a closing one on the last day."""
    opens, closes = plan.session.opens, plan.session.closes
    sittings = []
    prep = law.ruling("prep.required")
    if prep is not None and prep.on:
        at = at_clock(opens, 8, 0)
        if (
            "standing_committee" in procedures()[plan.procedure_id].offices
        ):  # it chairs; delegations and drafts come first
            at = at_clock(opens - timedelta(days=1), 15)
        sittings.append(PlannedSitting(code="prep", kind="preparatory", title="预备会议", planned=at))
    decides = procedures()[plan.procedure_id].decides
    title = "第一次全体会议" if decides else "全体会议"
    sittings.append(PlannedSitting(code="plenary-1", kind="plenary", title=title, planned=at_clock(opens, 9)))
    if decides:
        at = at_clock(closes, 14)
        sittings.append(PlannedSitting(code="plenary-2", kind="plenary", title="第二次全体会议", planned=at))
    return tuple(sittings)


def presidium_size(law: Law) -> int | None:
    """A presidium of a lawful size, in the middle of the usual range; None where a body has none or the law is silent."""
    for topic in ("presidium.size_usual", "presidium.size"):
        rule = law.ruling(topic)
        if rule is not None and rule.value is not None:
            return (rule.range.least + rule.range.most) // 2
    return None
