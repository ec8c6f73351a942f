"""The sheet of suggestions (建议办理台账): one row each as the record has it on a day, its last reply and what was said of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.objecting import ObjectionDecided
from domain.matter.replying import MatterExtended
from domain.session.suggestions import SuggestionsAssigned
from domain.text import Lang, Text
from yishi.projections.course import Course
from yishi.projections.followed import Followed
from yishi.projections.suggestion_figures import RATINGS, SILENT

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
    "replied_on": Text("末次答复日期", "last reply on"),
    "class": Text("答复分类", "class"),
    "local_class": Text("当地分类", "local class"),
    "promised": Text("承诺完成日期", "promised by"),
    "rating": Text("评价", "rating"),
    "attitude": Text("对办理态度的评价", "attitude"),
    "rated_on": Text("评价日期", "rated on"),
    "why": Text("不满意的理由", "reasons"),
    "rounds": Text("办理轮次", "rounds"),
    "stands": Text("现状", "now"),
}
YES, NO = Text("是", "yes"), Text("否", "no")
FILED = Text("已登记,尚未交办", "filed, not assigned")
Row = dict[str, str]


def suggestion_rows(cases: Sequence[Followed], year: int | None, names: Mapping[str, str], lang: Lang) -> list[Row]:
    """A row of words for each suggestion filed in a year, in the order in which they were filed."""
    mine = [c for c in cases if c.kind == SUGGESTION.id and (year is None or c.begun.year == year)]
    return [_row(Course(case), names, lang) for case in mine]


def _row(course: Course, names: Mapping[str, str], lang: Lang) -> Row:
    case, last = course.case, course.last
    said = last.rating if last else None
    silent = bool(last and last.silent)
    spoken = last and (last.rated or last.silent)
    return {
        "session": case.session,
        "number": case.number,
        "deputies": "、".join(case.deputies),
        "names": "、".join(names.get(d, "") for d in case.deputies) if any(d in names for d in case.deputies) else "",
        "subject": case.subject,
        "unit": _unit(course),
        "co_units": "、".join(_assignment(course)[0]),
        "filed_on": str(case.begun),
        "assigned_on": _day(course.assigned.day if course.assigned else None),
        "difficult": (YES if _assignment(course)[1] else NO).to(lang) if course.assigned else "",
        "due": _day(course.term.last_day if course.term else None),
        "first_reply": _day(course.replies[0].entry.day if course.replies else None),
        "replied_on": _day(last.entry.day if last else None),
        "class": last.event.result if last else "",
        "local_class": last.event.local_class if last else "",
        "promised": _day(course.promises[-1].day if course.promises else None),
        "rating": RATINGS[said.result].to(lang) if said else SILENT.to(lang) if silent else "",
        "attitude": RATINGS[said.attitude].to(lang) if said and said.attitude else "",
        "rated_on": _day(spoken.day if spoken else None),
        "why": said.why if said else "",
        "rounds": str(last.event.round) if last else "",
        "stands": _stands(course).to(lang),
    }


def _day(day: date | None) -> str:
    return str(day) if day else ""


def _assignment(course: Course) -> tuple[tuple[str, ...], bool]:
    """With whom it is handled, and whether it has the longer term, from the first or since."""
    event = course.assigned.event if course.assigned else None
    mine = (
        [a for a in event.assignments if a.number == course.case.number]
        if isinstance(event, SuggestionsAssigned)
        else []
    )
    later = bool(course.case.all(MatterExtended))
    return (mine[0].co_units, mine[0].difficult or later) if mine else ((), later)


def _unit(course: Course) -> str:
    """Who handles it now."""
    moved = [
        e.event.unit
        for e in course.case.all(ObjectionDecided)
        if isinstance(e.event, ObjectionDecided) and e.event.unit
    ]
    return moved[-1] if moved else course.case.unit


def _stands(course: Course) -> Text:
    moves = [str(getattr(e.event, "to", "")) for e in course.case.entries if getattr(e.event, "to", "")]
    if moves:
        return SUGGESTION.standing(moves[-1]).title
    return SUGGESTION.standing(SUGGESTION.begins.to).title if course.assigned else FILED
