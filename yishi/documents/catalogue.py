"""Which papers there are, and making one: its data from the record, its form from a template."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.text import Text
from yishi.documents.ballot import BallotPaper, ballot_paper
from yishi.documents.before import Agenda, Notice, Timetable, agenda, notice, timetable
from yishi.documents.box_papers import Boxes, box_records
from yishi.documents.choice import Choice
from yishi.documents.count_papers import CountReport, CountSheets, blank_sheets, count_report, count_sheets
from yishi.documents.elected_papers import (
    Elected,
    ElectionResults,
    Oath,
    announcement,
    elected_list,
    election_results,
    oath,
)
from yishi.documents.election_papers import Method, Nominees, method_paper, nominees_paper
from yishi.documents.fields import Shape, shape, values
from yishi.documents.hall import AttendanceReport, SignInSheet, attendance_report, sign_in_sheet
from yishi.documents.minutes import Minutes, minutes
from yishi.documents.office_papers import Decisions, Notices, decisions, notices, results
from yishi.documents.primary_papers import PrimarySheets, primary_sheets
from yishi.documents.rendering import rendered
from yishi.documents.results import Resolution, ResultSheet, resolution, result_sheet
from yishi.documents.script import ChairsScript, chairs_script
from yishi.documents.sheet import StateSheet, sheet_as_recorded
from yishi.documents.source import Source
from yishi.documents.troubles import NoSuchPaper

SHIPPED = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    Attributes:
        name: as the command line calls it, and its template's file. data: the class of what a template may use.
        make: from the record and what was chosen to that data; raises NotYet where the record does not hold it.
        each: what `paper all` makes one of each for: sittings, items with a resolution, elections, their primaries or ballots,
            boxes, office-holders, or nothing (one paper).
        alike: whether all copies are the same file, whenever they are made: a ballot tells nothing of the hour.
    """

    name: str
    title: Text
    data: type
    make: Callable[[Source, Choice], Any]
    each: str = ""
    alike: bool = False

    @property
    def shape(self) -> Shape:
        return shape(self.data)


PAPERS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("notice", Text("会议通知", "notice of the session"), Notice, notice),
        Kind("agenda", Text("会议议程", "agenda"), Agenda, agenda),
        Kind("timetable", Text("会议日程", "timetable"), Timetable, timetable),
        Kind("sign-in", Text("签到表", "sign-in sheet"), SignInSheet, sign_in_sheet, each="sitting"),
        Kind("script", Text("主持词", "the chair's script"), ChairsScript, chairs_script, each="sitting"),
        Kind("result", Text("表决结果单", "vote result sheet"), ResultSheet, result_sheet),
        Kind("resolution", Text("决议", "resolution"), Resolution, resolution, each="item"),
        Kind("attendance", Text("出席情况报告", "attendance report"), AttendanceReport, attendance_report),
        Kind("minutes", Text("会议记录", "minutes"), Minutes, minutes),
        Kind("election-method", Text("选举办法", "the election method"), Method, method_paper, each="elections"),
        Kind("nominees", Text("提名人选名单", "list of nominees"), Nominees, nominees_paper, each="elections"),
        Kind("ballot", Text("选票", "ballot"), BallotPaper, ballot_paper, each="election", alike=True),
        Kind("count-blank", Text("空白计票单", "blank tellers' sheets"), CountSheets, blank_sheets, each="election"),
        Kind("count", Text("计票单", "tellers' sheets"), CountSheets, count_sheets, each="ballot"),
        Kind("count-report", Text("计票结果报告", "report on the count"), CountReport, count_report, each="ballot"),
        Kind(
            "election-result",
            Text("选举结果单", "election result sheet"),
            ElectionResults,
            election_results,
            each="elections",
        ),
        Kind("elected", Text("当选人名单", "list of those elected"), Elected, elected_list, each="elections"),
        Kind(
            "announcement", Text("选举结果公告", "announcement of the result"), Elected, announcement, each="elections"
        ),
        Kind(
            "primary-count",
            Text("预选计票单", "a primary's tellers' sheets"),
            PrimarySheets,
            primary_sheets,
            each="primary",
        ),
        Kind("box", Text("电子票箱记录", "record of an electronic ballot box"), Boxes, box_records, each="boxes"),
        Kind("oath", Text("宪法宣誓誓词", "the oath"), Oath, oath, each="elections"),
        Kind("office-result", Text("人事表决结果单", "votes on office-holders"), Decisions, results, each="offices"),
        Kind("office-decision", Text("人事决定", "decisions on office-holders"), Decisions, decisions, each="offices"),
        Kind("office-notice", Text("人事公告", "announcement on office-holders"), Notices, notices, each="offices"),
        Kind("sheet", Text("会议情况单", "state of the session"), StateSheet, sheet_as_recorded),
    )
}


def kind_of(name: str) -> Kind:
    """The kind of paper called so, by its name or by its Chinese title.

    Raises:
        NoSuchPaper.
    """
    found = PAPERS.get(name) or next((k for k in PAPERS.values() if k.title.zh == name), None)
    if found is None:
        raise NoSuchPaper(name=name, known="、".join(PAPERS))
    return found


def template_of(kind: Kind, folders: tuple[Path, ...], named: Path | None = None) -> Path:
    """The template that holds: the one named, else the first found in `folders`, else the one shipped."""
    if named is not None:
        return named
    return next(
        (f for folder in folders if (f := folder / f"{kind.name}.docx").is_file()), SHIPPED / f"{kind.name}.docx"
    )


def made(kind: Kind, source: Source, choice: Choice, template: Path) -> bytes:
    """The paper as a .docx.

    Raises:
        PaperTrouble: the record does not hold it yet, or the template is wrong.
    """
    fields = values(kind.make(source, choice))
    dated = source.entries[0].envelope.recorded_at if kind.alike else source.until
    return rendered(template, kind.name, kind.shape, fields, dated)
