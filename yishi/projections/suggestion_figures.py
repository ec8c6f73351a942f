"""The figures of a year's suggestions (建议办理情况): answered, solved and satisfied stand apart and are never added up.

代表法 (2025) art. 51: the handling of suggestions is reported to the standing committee and made public. What is counted of what:

- replied and solved are of those to be replied to: assigned and not withdrawn; solved is class A of the last reply.
- a rating is of those who gave one; no feedback and not yet asked are left out and have counts of their own.
- a promise belongs to the year of its last day, in whatever year its suggestion was made.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.objecting import AssignmentObjected, ObjectionDecided
from domain.text import Text
from yishi.projections.course import SOLVED, Course, Promise, Reply
from yishi.projections.figure import EVERY, WHY, Line, Mark
from yishi.projections.followed import Entered

CLASSES = {
    "A": Text("A 类(已经解决或者基本解决)", "class A (solved or mostly so)"),
    "B": Text("B 类(正在解决或者列入计划)", "class B (in progress or planned)"),
    "C": Text("C 类(因条件限制以后解决)", "class C (later, conditions lacking)"),
    "D": Text("D 类(留作参考)", "class D (for reference)"),
}
RATINGS = {
    "satisfied": Text("满意", "satisfied"),
    "basically": Text("基本满意", "basically satisfied"),
    "dissatisfied": Text("不满意", "dissatisfied"),
}
SILENT, WAITING = WHY["silent"], WHY["waiting"]
NOT_HANDLED = ("withdrawn", "unassigned")
NOT_RATED = ("silent", "waiting")
DUE = ("kept", "late", "missed")


def suggestion_marks(course: Course, until: date) -> Iterator[Mark]:
    """Where one suggestion stands under each heading on a day."""
    yield from _handed_over(course)
    yield from _replied(course, until)
    if course.in_hand and course.last:
        yield from _classed(course, course.last)
        yield from _rated(course, course.last, "")
    for reply in course.replies:
        yield from _rated(course, reply, f"-{reply.event.round}")
    if course.replies:
        yield from _again(course)
    if key := course.case.steps("key-supervise"):
        yield _mark(course, "key", "yes", *key)
    yield from _promised(course, until)
    yield from _contacted(course)


def suggestion_lines(seen: Mapping[str, Collection[str]]) -> Iterator[Line]:
    """The figures, in their order, for what marks there are: by heading the values seen."""
    yield Line("filed", Text("提出(登记)", "filed"), "filed")
    yield Line("assigned", Text("交办", "assigned"), "assigned", ("yes",), EVERY)
    yield Line("withdrawn", Text("撤回", "withdrawn"), "withdrawn")
    yield Line("objected", Text("承办单位提出退办", "objected to by the unit"), "objected")
    yield Line("reassigned", Text("改交其他单位", "reassigned"), "reassigned")
    replied = ("replied", "open")
    yield Line("replied", Text("已答复(答复率)", "replied to"), "replied", ("replied",), replied, NOT_HANDLED)
    yield Line("open", Text("尚未答复", "not replied to yet"), "replied", ("open",))
    in_time = Text("按期答复", "replied to in time")
    yield Line("on-time", in_time, "on-time", ("good",), ("good", "late"), ("not-due", "no-term"))
    for code, title in CLASSES.items():
        yield Line(f"class-{code.lower()}", title, "class", (code,), EVERY)
    for local in sorted(set(seen.get("local", ())) - {""}):
        yield Line(f"local-{local}", Text(f"当地分类“{local}”", f"local class “{local}”"), "local", (local,), EVERY)
    solved = ("solved", "not-solved", "unanswered")
    yield Line("solved", Text("解决率(A 类)", "solved (class A)"), "solved", ("solved",), solved, NOT_HANDLED)
    yield from _rating_lines(seen, "", Text("", ""))
    rounds = sorted(int(heading.removeprefix("rating-")) for heading in seen if heading.startswith("rating-"))
    for number in rounds if len(rounds) > 1 else ():  # a later rating never takes the place of an earlier one
        yield from _rating_lines(seen, f"-{number}", Text(f"第 {number} 轮:", f"round {number}: "))
    yield Line("handled-again", Text("重新办理", "handled again"), "handled-again", ("yes",), EVERY)
    yield Line("escalated", Text("提级处理", "escalated"), "escalated", ("yes",), EVERY)
    yield Line("closed", Text("办结", "closed"), "closed")
    yield Line("reopened", Text("办结后重新启动", "reopened after it was closed"), "reopened", ("yes",), EVERY)
    yield Line("key", Text("重点督办", "supervised as key matters"), "key")
    yield Line("promised", Text("承诺事项(按完成日期归年)", "promises (in the year of their day)"), "promised")
    put_off = Text("其中延期结转的(按延期后的日期归年)", "of them put off to a later day (in the year of that day)")
    yield Line("carried-over", put_off, "carried-over")
    kept = Text("到期承诺按期兑现", "promises kept, of those due")
    yield Line("kept", kept, "promised", ("kept",), DUE, ("not-due", "no-day"))
    late = Text("逾期后兑现", "promises kept too late")
    yield Line("kept-late", late, "promised", ("late",), DUE, ("not-due", "no-day"))
    yield Line("explained", Text("书面说明未兑现", "explained as not kept"), "explained")
    first = Text("交办到首次沟通(中位数)", "days to the first contact (median)")
    yield Line("first-contact", first, "first-contact", ("yes",), None, ("no-contact",), in_days=True)
    confirmed = Text("代表确认的沟通(次)", "contacts confirmed by the deputy")
    yield Line("confirmed", confirmed, "contact", ("confirmed",), EVERY)


def _rating_lines(seen: Mapping[str, Collection[str]], end: str, of: Text) -> Iterator[Line]:
    """What the deputies said of these replies, result and attitude apart; silence is never satisfaction."""
    rating, attitude = f"rating{end}", f"attitude{end}"
    for code, title in RATINGS.items():
        yield Line(f"{code}{end}", _of(title, of), rating, (code,), tuple(RATINGS), NOT_RATED)
    yield Line(f"no-feedback{end}", _of(SILENT, of), rating, ("silent",), EVERY)
    yield Line(f"unrated{end}", _of(WAITING, of), rating, ("waiting",), EVERY)
    for code, title in RATINGS.items() if set(RATINGS) & set(seen.get(attitude, ())) else ():
        called = _of(Text(f"办理态度{title.zh}", f"attitude: {title.en}"), of)
        yield Line(f"attitude-{code}{end}", called, attitude, (code,), tuple(RATINGS), (*NOT_RATED, "no-attitude"))


def _of(title: Text, of: Text) -> Text:
    return Text(f"{of.zh}{title.zh}", f"{of.en}{title.en}")


def _mark(course: Course, heading: str, value: str, *entries: Entered | None) -> Mark:
    """A mark that belongs to the year in which the suggestion was filed."""
    return Mark(heading, value, _places(*entries), (course.case.begun.year,))


def _places(*entries: Entered | None) -> tuple[int, ...]:
    return tuple(e.position for e in entries if e is not None)


def _handed_over(course: Course) -> Iterator[Mark]:
    filed = course.case.entries[0]
    yield _mark(course, "filed", "yes", filed)
    yield _mark(course, "assigned", "yes" if course.assigned else "no", course.assigned or filed)
    if course.withdrawn:
        yield _mark(course, "withdrawn", "yes", course.withdrawn)
    if objected := course.case.all(AssignmentObjected):
        yield _mark(course, "objected", "yes", *objected)
    decided = course.case.all(ObjectionDecided)
    if any(getattr(e.event, "unit", None) for e in decided):
        yield _mark(course, "reassigned", "yes", *decided)


def _replied(course: Course, until: date) -> Iterator[Mark]:
    first = course.replies[0].entry if course.replies else None
    if not course.in_hand:
        why, entry = ("withdrawn", course.withdrawn) if course.withdrawn else ("unassigned", course.case.entries[0])
        yield _mark(course, "replied", why, entry)
        yield _mark(course, "solved", why, entry)
        return
    yield _mark(course, "replied", "replied" if first else "open", first or course.assigned)
    if first is None:
        yield _mark(course, "solved", "unanswered", course.assigned)
    yield _mark(course, "on-time", _on_time(course, first, until), course.assigned, first)


def _on_time(course: Course, first: Entered | None, until: date) -> str:
    """A first reply by the last day of its term, of those replied to and those whose term passed without."""
    term = course.term
    if term is None:
        return "no-term"
    if first is not None:
        return "good" if first.day <= term.last_day else "late"
    return "late" if until > term.last_day else "not-due"


def _classed(course: Course, last: Reply) -> Iterator[Mark]:
    """By the last reply. The solved rate (解决率) is of all that are to be replied to, not of those replied to."""
    result = last.event.result
    yield _mark(course, "class", result, last.entry)
    yield _mark(course, "local", last.event.local_class, last.entry)
    yield _mark(course, "solved", "solved" if result == SOLVED else "not-solved", last.entry)


def _rated(course: Course, reply: Reply, end: str) -> Iterator[Mark]:
    entry, said = reply.rated or reply.silent or reply.entry, reply.rating
    missing = "silent" if reply.silent else "waiting"
    yield _mark(course, f"rating{end}", said.result if said else missing, entry)
    yield _mark(course, f"attitude{end}", (said.attitude or "no-attitude") if said else missing, entry)


def _again(course: Course) -> Iterator[Mark]:
    first = course.replies[0].entry
    for heading, step in (("handled-again", "rehandle"), ("escalated", "escalate")):
        taken = course.case.steps(step)
        yield _mark(course, heading, "yes" if taken else "no", *(taken or [first]))
    moves = [e for e in course.case.entries if getattr(e.event, "to", "")]
    if closings := [e for e in moves if getattr(e.event, "to", "") == "closed"]:
        if SUGGESTION.standing(getattr(moves[-1].event, "to", "")).over:
            yield _mark(course, "closed", "yes", closings[-1])
        taken = course.case.steps("reopen")
        yield _mark(course, "reopened", "yes" if taken else "no", *(taken or [first]))


def _promised(course: Course, until: date) -> Iterator[Mark]:
    """兑现率: of what was promised by a day that has come (or was reported on already), what was solved by that day."""
    for promise in course.promises:
        answered = promise.answered.entry if promise.answered else None
        places = _places(promise.of.entry, *promise.put_off, answered)
        years = ((promise.day or course.case.begun).year,)
        yield Mark("promised", _kept(promise, until), places, years)
        if promise.put_off:
            yield Mark("carried-over", "yes", places, years)
    if explained := course.case.steps("explain-unfulfilled"):
        yield Mark("explained", "yes", _places(*explained), tuple(sorted({e.day.year for e in explained})))


def _kept(promise: Promise, until: date) -> str:
    if promise.day is None:
        return "no-day"
    if promise.day > until and not promise.answered:
        return "not-due"
    if promise.kept:
        return "kept"
    return "late" if promise.answered and promise.answered.event.result == SOLVED else "missed"


def _contacted(course: Course) -> Iterator[Mark]:
    for entry, confirmed in course.contacts.values():
        yield _mark(course, "contact", "confirmed" if confirmed else "unconfirmed", entry, confirmed)
    if not course.in_hand or course.assigned is None:
        return
    if not course.contacts:
        yield _mark(course, "first-contact", "no-contact", course.assigned)
        return
    first = min((entry for entry, _ in course.contacts.values()), key=lambda entry: entry.event.at)
    days = (first.day - course.assigned.day).days
    yield _mark(course, "first-contact", "yes", course.assigned, first)._replace(days=days)
