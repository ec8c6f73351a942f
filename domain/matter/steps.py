"""A plain step (一步) of a loop: who took it, what was said or fixed, with what behind it. Its table is the loop's."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import warn
from domain.matter.items import outstanding
from domain.matter.loop import Move
from domain.matter.matter import Matter, MatterEvent, MatterMoment, fact_of, in_round, judges
from domain.matter.terms import late_for
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Unit
from domain.submission import Command, Office
from domain.text import Text, joined

ASKED = {
    "text": Text("内容(text)", "what was said or decided (text)"),
    "unit": Text("单位(unit)", "the unit (unit)"),
    "due": Text("最迟哪一天(due)", "by which day (due)"),
    "persons": Text("哪些代表(persons)", "which deputies (persons)"),
    "passed": Text("是否通过(passed)", "whether it passed (passed)"),
}
"""What a step may have to say, in the words of the refusal that asks for it."""


class StepNeeds(Refused):
    says = Text("“{step}”须写明:{what}", "“{step}” must say {what}")


class TakeStep(Command):
    """Take one step of a matter's loop: `step` is its name in the loop (`yishi matter` shows which may follow).

    `unit`, `persons`, `due` and `passed` are given where the step asks for them.
    """

    act: ClassVar[str] = "take-step"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = (
        "sc_office", "presidium", "standing_committee", "council_of_chairpersons", "secretariat", "government", "court",
        "procuratorate", "supervisory_commission", "handling_unit", "deputy", "group", "street_committee", "street_office", "council",
    )  # fmt: skip
    title: ClassVar[Text] = Text("督办环节", "Step of a matter")
    step: Code
    text: str = Field(default="", max_length=4000)
    unit: Unit | None = None
    persons: tuple[DeputyId, ...] = ()
    due: date | None = None
    passed: bool | None = None


class StepTaken(MatterEvent):
    name: ClassVar[str] = "matter.step-taken.v1"
    of: ClassVar[str] = TakeStep.act
    step: Code
    text: str = ""
    unit: str | None = None
    persons: tuple[DeputyId, ...] = ()
    due: date | None = None
    passed: bool | None = None

    def own_facts(self) -> tuple[str, ...]:
        return in_round(self.step, self.round)


@judges(TakeStep)
def take_step(matter: Matter, command: TakeStep, moment: MatterMoment) -> list[Event]:
    """The step as the loop's table has it; what the table asks for must be given."""
    move = moment.move
    assert move is not None, "the decider looks the move up before the rule speaks"
    if missing := [ASKED[name] for name in move.asks if getattr(command, name) in (None, "", ())]:
        raise StepNeeds(moment.cites(*move.topics), step=move.title, what=joined(missing))
    return [
        StepTaken(
            at=moment.at,
            basis=moment.basis(*move.topics, *matter.loop.topics),
            step=command.step,
            text=command.text,
            unit=command.unit,
            persons=command.persons,
            due=command.due,
            passed=command.passed,
            findings=(*late_for(matter, fact_of(command.step, matter.round), moment.at), *_left_open(matter, move)),
        )
    ]


def _left_open(matter: Matter, move: Move) -> tuple[Finding, ...]:
    """A matter may end with items that nobody rectified; the record says which (件件有结果)."""
    left = outstanding(matter) if move.to and matter.loop.standing(move.to).over else ()
    return (warn("ItemsOutstanding", (), number=matter.number, items="、".join(left)),) if left else ()
