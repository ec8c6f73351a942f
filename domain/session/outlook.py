"""What may come next: each step that is still to do, put to the same judgement as the act itself, and what it answers.

Nothing here repeats a rule. Where a step says what its act is about, the act is put to `decide` and its events are thrown away;
where only an officer can say more, its stage and what must stand before it are judged. So what is called lawful here is so.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import ValidationError

from domain.event import Finding
from domain.procedure import Stage, Step
from domain.refusals import Refused
from domain.session.closing import NotYetDecided
from domain.session.decide import StepMissing, WrongStage, decide, in_stage, needs_of, title_of
from domain.session.exercised import STEPS as EXERCISED
from domain.session.exercised import exercised, nothing_to_do
from domain.session.listed import NobodyListed
from domain.session.offices import who_acts
from domain.session.quorum import deputies_present
from domain.session.sign_in import UnknownSitting
from domain.session.state import Moment, Session
from domain.session.steps import asked, done_otherwise, has_step, wanted
from domain.submission import COMMANDS, Actor, Command, Office
from domain.text import Text
from domain.vote.amendments import AMENDMENT_VOTED
from domain.vote.subjects import OneSecretaryGeneral
from domain.vote.taking import as_counted

State = Literal["now", "blocked", "after", "later", "past"]
"""now: it may be done; blocked: it may not, and why; after: another step of the outlook comes first; later: its stage is to come;
past: its stage is over, so that it can only be entered late (补录) or owned up to (情况说明)."""


@dataclass(frozen=True)
class Prospect:
    """One step that is still to do.

    Attributes:
        fact: what will show that it was done; item: the agenda item's code, if it is about one.
        fields: what its command asks for, as far as the step says it. offices: who may act, in this meeting.
        required: whether a text or a reading asks for it today.
        refusal: why not, if it may not; findings: what would be warned of, if it may.
    """

    step: Step
    fact: str
    item: str
    title: Text
    state: State
    required: bool
    fields: dict[str, Any] = field(default_factory=dict)
    offices: tuple[str, ...] = ()
    refusal: Refused | None = None
    findings: tuple[Finding, ...] = ()


def outlook(session: Session, moment: Moment) -> list[Prospect]:
    """All that is still to do, in the procedure's order. `moment.actor` is passed over: each act is asked of its own office."""
    pending = list(_pending(session))
    facts = frozenset(fact for _, fact, _ in pending)
    found = (_prospect(session, step, fact, item, facts, moment) for step, fact, item in pending)
    return [p for p in found if p.required or p.fact != "prep-held"]  # nobody has to plan what no law asks for


def other_acts(session: Session, prospects: list[Prospect]) -> list[str]:
    """Acts in order in the present stage that are no step still to do: signing in, an interruption, a correction."""
    listed = {p.step.act for p in prospects if p.state in ("now", "blocked")}
    acts = session.procedure.acts
    return [
        act
        for act, stages in acts.items()
        if session.stage in stages and act not in listed and COMMANDS[act].offices != ("clock",)
    ]


def _pending(session: Session) -> Iterator[tuple[Step, str, str]]:
    """The steps whose fact does not stand: step, fact, agenda item."""
    for step in session.procedure.steps_for(session.kind):
        if not wanted(step, session) or nothing_to_do(session, step.fact):
            continue
        if step.act == "open-sitting":
            yield from _sittings_to_open(session, step)
            continue
        if due := [one for one in exercised(session, step.fact) if one.due]:
            for one in due:
                if not session.has(f"{step.fact}:{one.number}"):
                    yield step.model_copy(update={"optional": False}), f"{step.fact}:{one.number}", ""
            continue
        if "{item}" not in step.fact:
            if not session.has(step.fact):
                yield step, step.fact, ""
            continue
        for item in session.agenda.values():
            fact = step.fact.format(item=item.code)
            if not session.has(fact) and has_step(item, step) and not done_otherwise(session, item, fact):
                yield step, fact, item.code


def _sittings_to_open(session: Session, step: Step) -> Iterator[tuple[Step, str, str]]:
    """The next sitting of the step's kind; a preparatory one that the plan does not have is asked for by the step itself."""
    first = _planned(session, "preparatory" if step.fact == "prep-held" else "plenary")
    if first is not None and session.sitting_open is None:
        yield step, f"held:{first}", ""
    elif first is None and not session.has(step.fact):
        yield step, step.fact, ""


def _prospect(session: Session, step: Step, fact: str, item: str, pending: frozenset[str], moment: Moment) -> Prospect:
    fields = _fields(session, step, fact, item, moment)
    offices = _offices(session, step, fields)
    asking = replace(moment, actor=Actor(office=_office(session, offices)))
    found = Prospect(
        step=step, fact=fact, item=item, title=title_of(session, fact), state="now", fields=fields, offices=offices,
        required=not step.optional and asked(step, moment.law),
    )  # fmt: skip
    ahead = _stages_ahead(session, step)
    if ahead > 0 and step.act != "open-sitting":  # what stands against an opening is told
        return replace(found, state="later")
    try:
        findings = _judged(session, step, item, fields, asking)
    except StepMissing as refused:
        first = _comes_first(session, step, item, pending)
        return replace(found, state="after" if first else "blocked", refusal=refused)
    except NotYetDecided as refused:
        return replace(found, state="after", refusal=refused)
    except WrongStage as refused:
        return replace(found, state="past" if ahead < 0 else "later", refusal=refused)
    except Refused as refused:
        return replace(found, state="blocked", refusal=refused)
    return replace(found, findings=findings)


def _offices(session: Session, step: Step, fields: dict[str, Any]) -> tuple[str, ...]:
    """Who may act, in this meeting; where the command is not whole yet, as far as the step itself says it."""
    command = COMMANDS[step.act]
    try:
        return who_acts(session, command.model_validate(fields)).offices
    except ValidationError:
        return step.by or session.procedure.may_do(step.act, command.offices)


def _office(session: Session, offices: tuple[str, ...]) -> Office:
    named: Any = offices[0] if offices else session.procedure.offices[0]
    checked: Office = named
    return checked


def _stages_ahead(session: Session, step: Step) -> int:
    """How many stages are still to come before the step's; none where its deadline runs already."""
    if any(clock.met_by == step.fact for clock in session.open_clocks):
        return 0
    order = list(Stage)
    return order.index(step.stage) - order.index(session.stage)


def _comes_first(session: Session, step: Step, item: str, pending: frozenset[str]) -> bool:
    """Whether what is missing is itself a step still to do."""
    needs = (need.fact.format(item=item) for need in step.needs)
    return any(fact in pending for fact in needs if not session.has(fact))


def _judged(session: Session, step: Step, item: str, fields: dict[str, Any], moment: Moment) -> tuple[Finding, ...]:
    """What would be noticed if the step were done now.

    Raises:
        Refused: as the act itself would be.
    """
    command = COMMANDS[step.act]
    if step.act == "open-sitting" and fields["sitting"] not in session.sittings:
        raise UnknownSitting(sitting="—", known="、".join(session.sittings))
    try:
        asking: Command = command.model_validate(fields)
    except ValidationError:  # only an officer can say the rest of it
        return _so_far(session, step, item, moment)
    try:
        events = decide(session, asking, moment)
    except (NobodyListed, OneSecretaryGeneral):  # likewise: who is to stand on the list
        return _so_far(session, step, item, moment)
    return tuple(f for event in events for f in event.findings if f.weight != "info")


def _so_far(session: Session, step: Step, item: str, moment: Moment) -> tuple[Finding, ...]:
    """What would be noticed of the step's stage and of what must stand before it."""
    of_stage = in_stage(session, session.procedure, COMMANDS[step.act], moment)
    return (*of_stage, *needs_of(session, step, item, moment))


def _fields(session: Session, step: Step, fact: str, item: str, moment: Moment) -> dict[str, Any]:
    """What the step says of its command's fields."""
    names = COMMANDS[step.act].model_fields
    fields: dict[str, Any] = {}
    if item:
        fields |= {"item": item} if "item" in names else {"items": [item]} if "items" in names else {}
    if step.fact in EXERCISED and fact != step.fact:
        fields |= _about_one(fact.removeprefix(f"{step.fact}:"), names)
    if fact.startswith("decided:"):
        fields["matter"] = fact.removeprefix("decided:").removesuffix(f":{item}")
    if step.act == "open-sitting":
        fields["sitting"] = fact.removeprefix(
            "held:"
        )  # without a planned one, a name that no sitting has: it is to be called
    if step.act == "decide-date":
        fields |= {"opens": str(session.opens), "closes": str(session.closes)}
    if step.act == "put-to-vote":
        here = deputies_present(session, moment, session.sitting_open) if session.sitting_open else 0
        fields |= as_counted(session, _subject(fact, item)) or {"in_favour": here, "against": 0, "abstained": 0}
        fields["subject"] = _subject(fact, item)
    return fields


def _about_one(one: str, names: Collection[str]) -> dict[str, Any]:
    """Which field says what a step is about: one election, or several in one act, or else a number."""
    if "elections" in names:
        return {"elections": [one]}
    return {"election": one} if "election" in names else {"number": one} if "number" in names else {}


def _subject(fact: str, item: str) -> str:
    if fact.startswith(f"{AMENDMENT_VOTED}:"):
        return fact.replace(f"{AMENDMENT_VOTED}:", "amendment-")
    return item or ("presidium" if fact == "presidium-elected" else fact.removeprefix("adopted:"))


def _planned(session: Session, kind: str) -> str | None:
    """The code of the earliest planned sitting of a kind."""
    planned = (s for s in session.sittings.values() if s.status == "planned" and s.kind in kind.split())
    first = min(planned, key=lambda s: (s.planned, s.code), default=None)
    return first.code if first else None


def next_sitting(session: Session) -> str | None:
    """The code of the sitting that is open, else of the next one planned."""
    return session.sitting_open or _planned(session, "preparatory plenary")
