"""The record itself: irregularities owned up to, deadlines that passed, a new edition of the law taken."""

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.findings import alert
from domain.refusals import Refused
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class UnknownFact(Refused):
    says = Text(
        "本次会议没有“{fact}”这一环节;相近的:{known}",
        "this session has no step {fact}; near it: {known}",
    )


class StandsAlready(Refused):
    says = Text("“{fact}”已经完成,不必记录情况说明", "{fact} is done: there is no irregularity to record")


class NoSuchClock(Refused):
    says = Text("没有期限 {clock}", "there is no deadline {clock}")


class RecordIrregularity(Command):
    """Own up to a step that was left out or done wrongly (情况说明): it is neither hidden nor does it satisfy a rule silently."""

    act: ClassVar[str] = "record-irregularity"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("记录情况说明", "Record an irregularity")
    fact: str = Field(
        min_length=1, max_length=100
    )  # the fact that is missing, as `yishi rehearse` and `report` name it
    why: str = Field(min_length=1, max_length=1000)


class IrregularityRecorded(Event):
    name: ClassVar[str] = "session.irregularity-recorded.v1"
    fact: str
    why: str

    def facts(self) -> tuple[str, ...]:
        return ("irregularity",)


@decides(RecordIrregularity)
def record_irregularity(session: Session, command: RecordIrregularity, moment: Moment) -> list[Event]:
    """Houses make mistakes, and the record may hold them: whatever rests on this step carries a warning from here on."""
    known = facts_of(session)
    if command.fact not in known:
        near = get_close_matches(command.fact, known, cutoff=0)  # the three nearest, however far
        raise UnknownFact(fact=command.fact, known="、".join(near))
    if session.irregular.get(command.fact) == command.why:
        return []
    if session.has(command.fact):
        raise StandsAlready(fact=command.fact)
    basis = moment.basis("record.irregularity")
    return [IrregularityRecorded(at=moment.at, basis=basis, fact=command.fact, why=command.why)]


def facts_of(session: Session) -> list[str]:
    """The facts that steps of this session's procedure ask for, agenda items filled in."""
    found: list[str] = []
    for step in session.procedure.steps_for(session.kind):
        items = session.agenda.values() if "{item}" in step.fact else ()
        found += [step.fact] if "{item}" not in step.fact else []
        found += [step.fact.format(item=i.code) for i in items if not step.of_kinds or i.kind in step.of_kinds]
    return [*found, *(f"dealt:{code}" for code in session.agenda)]


@evolves(IrregularityRecorded)
def irregularity_recorded(session: Session, event: IrregularityRecorded) -> Session:
    return replace(session, irregular={**session.irregular, event.fact: event.why})


class MissDeadline(Command):
    """The engine's own act: a deadline passed and what it asked for was not there."""

    act: ClassVar[str] = "miss-deadline"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("期限已过", "A deadline passed")
    clock: str


class DeadlineMissed(Event):
    name: ClassVar[str] = "session.deadline-missed.v1"
    clock: str
    last_day: date

    def facts(self) -> tuple[str, ...]:
        return (f"missed:{self.clock}",)


@decides(MissDeadline)
def miss_deadline(session: Session, command: MissDeadline, moment: Moment) -> list[Event]:
    """A missed deadline never blocks: it is an event and an escalation (architecture §2.11)."""
    clock = session.clocks.get(command.clock)
    if clock is None:
        raise NoSuchClock(clock=command.clock)
    if clock.id in session.missed or session.has(clock.met_by) or moment.at < clock.due:
        return []
    finding = alert("DeadlineMissed", clock.basis, what=clock.met_by, due=str(clock.last_day))
    return [
        DeadlineMissed(at=moment.at, basis=clock.basis, clock=clock.id, last_day=clock.last_day, findings=(finding,))
    ]


@evolves(DeadlineMissed)
def deadline_missed(session: Session, event: DeadlineMissed) -> Session:
    return replace(session, missed=session.missed | {event.clock})


class AdoptEdition(Command):
    """Take a new edition of the law book into a running session; until then it goes on under its old one."""

    act: ClassVar[str] = "adopt-edition"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "sc_office", "street_committee")
    title: ClassVar[Text] = Text("采用新版法规库", "Adopt a new edition of the law book")
    edition: str = Field(pattern=r"^[0-9a-f]{64}$")


class EditionAdopted(Event):
    name: ClassVar[str] = "session.edition-adopted.v1"
    edition: str
    replaced: str


@decides(AdoptEdition)
def adopt_edition(session: Session, command: AdoptEdition, moment: Moment) -> list[Event]:
    """Each act is judged by the law of its own day, read from the edition the session holds."""
    if command.edition == session.edition:
        return []
    basis = moment.basis("record.edition", "practice.record")
    return [EditionAdopted(at=moment.at, basis=basis, edition=command.edition, replaced=session.edition)]


@evolves(EditionAdopted)
def edition_adopted(session: Session, event: EditionAdopted) -> Session:
    return replace(session, edition=event.edition)
