"""The sheet of suggestions (建议办理台账): one row each as the record has it on a day, its last reply and what was said of it.

Or one row for each reply, so that nothing of an earlier round is left out.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.matter.loops.suggestion import SUGGESTION
from domain.text import Lang, Text
from yishi.projections.course import Course
from yishi.projections.followed import Followed
from yishi.projections.suggestion_figures import RATINGS, SILENT
from yishi.projections.suggestion_line import FILED, NO_FEEDBACK, Line, line_of, lines_of

COLUMNS = {
    "session": Text("会议", "session"),
    "number": Text("编号", "number"),
    "deputies": Text("代表编号", "deputies"),
    "names": Text("代表姓名", "names"),
    "subject": Text("建议标题", "subject"),
    "unit": Text("承办单位", "unit"),
    "co_units": Text("会办单位", "co-units"),
    "filed_on": Text("提出日期", "filed on"),
    "assigned_on": Text("交办日期", "assigned on"),
    "difficult": Text("难度大", "difficult"),
    "due": Text("办理期限", "due"),
    "first_reply": Text("首次答复日期", "first reply on"),
    "contacted": Text("与代表沟通", "deputy heard"),
    "replied_on": Text("末次答复日期", "last reply on"),
    "class": Text("答复分类", "class"),
    "local_class": Text("当地分类", "local class"),
    "promised": Text("承诺完成日期", "promised by"),
    "reminded_on": Text("催请反馈日期", "reminded on"),
    "rating": Text("评价", "rating"),
    "attitude": Text("对办理态度的评价", "attitude"),
    "rated_on": Text("评价日期", "rated on"),
    "why": Text("不满意的理由", "reasons"),
    "rounds": Text("办理轮次", "rounds"),
    "stands": Text("现状", "now"),
    "closed_on": Text("办结日期", "closed on"),
}
YES, NO = Text("是", "yes"), Text("否", "no")
NOT_ASSIGNED = Text("已登记,尚未交办", "filed, not assigned")
Row = dict[str, str]


def suggestion_rows(
    cases: Sequence[Followed], year: int | None, names: Mapping[str, str], lang: Lang, *, rounds: bool = False
) -> list[Row]:
    """A row of words for each suggestion filed in a year, in the order in which they were filed; or for each of its replies."""
    mine = [c for c in cases if c.kind == SUGGESTION.id and (year is None or c.begun.year == year)]
    lines = [(case, line) for case in mine for line in (lines_of(Course(case)) if rounds else [line_of(Course(case))])]
    return [_row(case.session, line, names, lang) for case, line in lines]


def standing_words(code: str) -> Text:
    """Where a suggestion stands, in words."""
    return NOT_ASSIGNED if code == FILED else SUGGESTION.standing(code).title


def rating_words(code: str) -> Text:
    return SILENT if code == NO_FEEDBACK else RATINGS[code]


def _row(session: str, line: Line, names: Mapping[str, str], lang: Lang) -> Row:
    return {
        "session": session,
        "number": line.number,
        "deputies": "、".join(line.deputies),
        "names": "、".join(names.get(d, "") for d in line.deputies) if any(d in names for d in line.deputies) else "",
        "subject": line.subject,
        "unit": line.unit,
        "co_units": "、".join(line.co_units),
        "filed_on": _day(line.filed_on),
        "assigned_on": _day(line.assigned_on),
        "difficult": _said(line.difficult, lang),
        "due": _day(line.due),
        "first_reply": _day(line.first_reply),
        "contacted": _said(line.contacted, lang),
        "replied_on": _day(line.replied_on),
        "class": line.result,
        "local_class": line.local_class,
        "promised": _day(line.promised),
        "reminded_on": _day(line.reminded_on),
        "rating": rating_words(line.rating).to(lang) if line.rating else "",
        "attitude": RATINGS[line.attitude].to(lang) if line.attitude else "",
        "rated_on": _day(line.rated_on),
        "why": line.why,
        "rounds": str(line.round) if line.round else "",
        "stands": standing_words(line.stands).to(lang),
        "closed_on": _day(line.closed_on),
    }


def _day(day: date | None) -> str:
    return str(day) if day else ""


def _said(found: bool | None, lang: Lang) -> str:
    return "" if found is None else (YES if found else NO).to(lang)
