"""The organ reports how it handled an opinion (研究处理情况报告), after the committee concerned was heard on its draft.

监督法 (2024) art. 17(1), 29(1), 37(1): the draft goes to the special committee or the working body for its comments, then the written
report to the standing committee.
"""

from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.findings import warn
from domain.matter.items import outstanding
from domain.matter.matter import Matter, MatterEvent, MatterMoment, fact_of, judges
from domain.matter.terms import late_for
from domain.offices import HANDLERS_HERE
from domain.submission import Command, Office
from domain.text import Text

COMMENT = "comment-draft"


class ReportResult(Command):
    """Report in writing how the opinion was handled."""

    act: ClassVar[str] = "report-result"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = HANDLERS_HERE
    title: ClassVar[Text] = Text("报告研究处理情况", "Report on the handling")
    text: str = Field(min_length=1, max_length=4000, pattern=r"\S")


class ResultReported(MatterEvent):
    name: ClassVar[str] = "matter.result-reported.v1"
    of: ClassVar[str] = ReportResult.act
    fact: ClassVar[str] = "result-reported"
    text: str


@judges(ReportResult)
def report_result(matter: Matter, command: ReportResult, moment: MatterMoment) -> list[Event]:
    """A report without the committee's comments, or with items it is silent on, is a report; the record says what it lacks."""
    findings = late_for(matter, fact_of("result-reported", matter.round), moment.at)
    comment = matter.loop.known(COMMENT)
    asked = moment.cites(*comment.topics) if comment else ()
    if asked and not matter.has_now(COMMENT):
        findings = (*findings, warn("ReportWithoutComments", asked, number=matter.number))
    if left := outstanding(matter):
        findings = (*findings, warn("ItemsOutstanding", (), number=matter.number, items="、".join(left)))
    basis = moment.basis(*(moment.move.topics if moment.move else ()), *matter.loop.topics)
    return [ResultReported(at=moment.at, basis=basis, text=command.text, findings=findings)]
