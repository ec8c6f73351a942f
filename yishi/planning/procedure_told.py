"""A kind of meeting as programs are told of it: its steps and stages, who may do what, and what the law of a day has each rest on."""

from typing import Any

from domain.law import Law
from domain.offices import office_word
from domain.procedure import Need, Procedure, Step
from domain.submission import COMMANDS
from yishi.planning.topics import TITLES


def procedure_in_short(procedure: Procedure) -> dict[str, Any]:
    return {
        "id": procedure.id,
        "title": procedure.title._asdict(),
        "level": procedure.level,
        "kinds": list(procedure.kinds),
        "families": list(procedure.families),
        "decides": procedure.decides,
        "steps": len(procedure.steps),
        "acts": len(procedure.acts),
    }


def procedure_told(procedure: Procedure, kind: str | None, law: Law | None) -> dict[str, Any]:
    """The whole of it.

    Args:
        kind: only what a session of this kind has. law: of the day that is asked about; None: no text is on file for it.
    """
    steps = procedure.steps_for(kind) if kind else procedure.steps
    return {
        **procedure_in_short(procedure),
        "quorum": _rests_on(procedure.quorum, law),
        "majority": _rests_on(procedure.majority, law) if procedure.majority else None,
        "offices": [{"office": office, "title": office_word(office)._asdict()} for office in procedure.offices],
        "chairs": {sitting: list(offices) for sitting, offices in procedure.chairs.items()},
        "steps": [_step(procedure, step, law) for step in steps],
        "acts": [_act(procedure, act) for act in procedure.acts],
    }


def _step(procedure: Procedure, step: Step, law: Law | None) -> dict[str, Any]:
    return {
        "stage": step.stage.value,
        "fact": step.fact,
        "act": step.act,
        "title": step.title._asdict(),
        "offices": list(step.by or procedure.may_do(step.act, COMMANDS[step.act].offices)),
        "kinds": list(step.kinds),
        "of_kinds": list(step.of_kinds),
        "optional": step.optional,
        "closes_session": step.closes_session,
        "of_elections": step.of_elections,
        "document": step.document._asdict() if step.document else None,
        "rests_on": [_rests_on(topic, law) for topic in step.topics],
        "needs": [_need(need, law) for need in step.needs],
    }


def _need(need: Need, law: Law | None) -> dict[str, Any]:
    return {
        "fact": need.fact,
        "kinds": list(need.kinds),
        "of_kinds": list(need.of_kinds),
        "rests_on": _rests_on(need.topic, law) if need.topic else None,
    }


def _rests_on(topic: str, law: Law | None) -> dict[str, Any]:
    """A topic with the articles that answer it; none where the texts are silent, or where none is on file."""
    ruling = law.ruling(topic) if law else None
    return {
        "topic": topic,
        "title": TITLES[topic]._asdict() if topic in TITLES else None,
        "kind": ruling.kind.value if ruling else None,
        "consequence": ruling.consequence.value if ruling else None,
        "may_refuse": ruling.may_refuse if ruling else False,
        "basis": [c.model_dump(mode="json") | {"zh": c.zh, "en": c.en} for c in ruling.basis] if ruling else [],
    }


def _act(procedure: Procedure, act: str) -> dict[str, Any]:
    kind = COMMANDS[act]
    return {
        "act": act,
        "title": kind.title._asdict(),
        "stream_kind": kind.stream_kind,
        "stages": [stage.value for stage in procedure.acts[act]],
        "offices": list(procedure.may_do(act, kind.offices)),
    }
