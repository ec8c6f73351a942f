"""Which of a meeting's steps an act is about: by the agenda items, the subject, the matter or the sitting it names."""

from domain.procedure import Step
from domain.session.presidium import PresidiumDecides
from domain.session.sittings import OpenSitting
from domain.session.state import Session
from domain.submission import Command
from domain.vote.amendments import AMENDMENT_VOTED, amendment_of
from domain.vote.sheets import EnterSheet
from domain.vote.subjects import SUBJECTS, fact_of_subject
from domain.vote.votes import PutToVote


def items_of(step: Step, command: Command, session: Session) -> tuple[str, ...]:
    """The agenda items for which a step with `{item}` is asked; one empty string for a step without, none when it is not meant."""
    if "{item}" not in step.fact:
        established = fact_of(command, session)
        return ("",) if established is None or established == step.fact else ()
    asked = [getattr(command, name, None) for name in ("item", "subject")]
    codes = [code for code in asked if code] + list(getattr(command, "items", ()))
    if step.fact.startswith("decided:") and getattr(command, "matter", None) not in step.fact.split(":"):
        return ()
    meant = [c for c in codes if not step.of_kinds or (c in session.agenda and session.agenda[c].kind in step.of_kinds)]
    return tuple(c for c in meant if c in session.agenda)


def fact_of(command: Command, session: Session) -> str | None:
    """The step's fact an act is about, where one act serves several steps; None where it serves only one."""
    if isinstance(command, PutToVote):
        if amendment_of(session, command.subject) is not None:
            return AMENDMENT_VOTED
        return fact_of_subject(command.subject) if command.subject in SUBJECTS else f"voted:{command.subject}"
    if isinstance(command, PresidiumDecides):
        return f"decided:{command.matter}"
    if isinstance(command, OpenSitting):
        sitting = session.sittings.get(command.sitting)
        if sitting is None:  # nothing has to stand before a sitting that there is not: its rule says so
            return f"held:{command.sitting}"
        return "prep-held" if sitting.kind == "preparatory" else "opened"
    if isinstance(command, EnterSheet):
        return "projects-chosen" if command.poll == "projects" else "projects-rated"
    return None
