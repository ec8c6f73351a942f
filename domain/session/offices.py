"""Who acts: the offices that may do an act in this meeting, narrowed to those that chair the sitting or that a step names."""

from typing import NamedTuple

from domain.procedure import Procedure
from domain.session.about import items_of
from domain.session.state import Session
from domain.submission import COMMANDS, Command

CHAIRING = (
    "open-sitting",
    "close-sitting",
    "pause-sitting",
    "resume-sitting",
    "put-to-vote",
    "announce",
    "close-session",
)
"""Acts of whoever chairs the sitting."""

CHAIRED_BY = {"preparatory": "prep.chair", "plenary": "presidium.presides"}
"""The topic on who chairs each kind of sitting."""


class Competence(NamedTuple):
    """Who may do an act, and the topics of law on which that rests."""

    offices: tuple[str, ...]
    topics: tuple[str, ...]


def who_acts(session: Session, command: Command) -> Competence:
    """The offices that may do this act now, the usual one first.

    地方组织法 (2022) art. 17(2)(3): from county level up the standing committee chairs the preparatory meeting (由常务委员会主持),
    the presidium the session.
    """
    procedure = session.procedure
    for step in procedure.steps_of(command.act, session.kind):
        if step.by and items_of(step, command, session):
            return Competence(step.by, step.topics)
    kind = _kind_of_sitting(session, command)
    if command.act in CHAIRING and kind in procedure.chairs:
        return Competence(procedure.chairs[kind], (CHAIRED_BY[kind],))
    return Competence(procedure.may_do(command.act, command.offices), _topics(procedure, command.act))


def turn_of(procedure: Procedure, fact: str) -> str:
    """Whose turn it is at a deadline: the office that takes the step which meets it, the usual one first; "" when no step does."""
    for step in procedure.steps:
        if fact.partition(":")[0] == step.fact.partition(":")[0]:
            return next(iter(step.by or procedure.may_do(step.act, COMMANDS[step.act].offices)), "")
    return ""


def _kind_of_sitting(session: Session, command: Command) -> str:
    """The kind of the sitting that an act opens, or else of the one that is open."""
    code = getattr(command, "sitting", None) or session.sitting_open or ""
    sitting = session.sittings.get(code)
    return sitting.kind if sitting else ""


def _topics(procedure: Procedure, act: str) -> tuple[str, ...]:
    """What a restriction of this meeting rests on: the law of the act's own step."""
    named = [step.topics for step in procedure.steps if step.act == act] if act in procedure.by else []
    return named[0] if named else ("presidium.presides",)
