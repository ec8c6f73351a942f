"""The heads of the new government's departments (政府其他组成人员), submitted to the standing committee within the time the law gives."""

from typing import ClassVar

from pydantic import Field

from domain.calendar import last_day, legal_date
from domain.event import Clock, Event
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text

SUBMITTED = "department-heads-submitted"


class SubmitDepartmentHeads(Command):
    """The new government submits the heads of its departments for appointment; `count` persons."""

    act: ClassVar[str] = "submit-department-heads"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government",)
    title: ClassVar[Text] = Text("提请任命政府部门负责人", "Submit the heads of departments")
    count: int = Field(ge=1)


class DepartmentHeadsSubmitted(Event):
    name: ClassVar[str] = "tenure.department-heads-submitted.v1"
    count: int

    def facts(self) -> tuple[str, ...]:
        return (SUBMITTED,)


@decides(SubmitDepartmentHeads)
def submit_department_heads(session: Session, command: SubmitDepartmentHeads, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 71: within two months of the election of the new government's leaders (两个月内)."""
    if session.has(SUBMITTED):
        return []
    return [DepartmentHeadsSubmitted(at=moment.at, basis=moment.basis("leaders.department_heads"), count=command.count)]


def departments_clock(moment: Moment) -> Clock | None:
    """The deadline that runs from the election of a new government's head; None where no law gives one."""
    rule = moment.law.ruling("leaders.department_heads")
    if rule is None or rule.value is None:
        return None
    return Clock(
        id=SUBMITTED,
        started=moment.at,
        last_day=last_day(legal_date(moment.at), rule.period),
        met_by=SUBMITTED,
        basis=(*rule.basis, *moment.basis("count.days")),
    )
