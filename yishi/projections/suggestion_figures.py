"""The figures of a year's suggestions (建议办理情况): answered, solved and satisfied stand apart and are never added up.

代表法 (2025) art. 51: the handling of suggestions is reported to the standing committee and made public. What is counted of what:

- replied and solved are of those to be replied to: assigned and not withdrawn; solved is class A of the last reply.
- a rating is of those who gave one; no feedback and not yet asked are left out and have counts of their own.
- a promise belongs to the year of its last day, in whatever year its suggestion was made.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.objecting import AssignmentObjected, ObjectionDecided
from domain.text import Text
from yishi.projections.course import SOLVED, Course, Promise, Reply
from yishi.projections.figure import Figure, LeftOut, Ref, count, median, share
from yishi.projections.followed import Entered, Followed

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
SILENT, WAITING = Text("代表未反馈", "no feedback"), Text("尚未评价", "not rated yet")
WITHDRAWN, UNASSIGNED = Text("已撤回", "withdrawn"), Text("尚未交办", "not assigned yet")


def suggestion_figures(cases: Sequence[Followed], year: int | None, until: date) -> list[Figure]:
    """All figures of the suggestions filed in a year; of every year when it is None."""
    every = [Course(case) for case in cases]
    mine = [c for c in every if year is None or c.case.begun.year == year]
    return [
        *_handed_over(mine),
        *_replied(mine, until),
        *_classes(mine),
        *_ratings([(c, c.last) for c in mine if c.in_hand and c.last], "", Text("", "")),
        *_rounds(mine),
        *_again(mine),
        *_promises(every, year, until),
        *_contacts(mine),
    ]


def _handed_over(mine: list[Course]) -> list[Figure]:
    filed = [c.ref(c.case.entries[0]) for c in mine]
    given = [c.ref(c.assigned) for c in mine if c.assigned]
    waiting = [c.ref(c.case.entries[0]) for c in mine if not c.assigned]
    objected = [(c, c.case.all(AssignmentObjected), c.case.all(ObjectionDecided)) for c in mine]
    return [
        count("filed", Text("提出(登记)", "filed"), filed),
        share("assigned", Text("交办", "assigned"), given, given + waiting),
        count("withdrawn", Text("撤回", "withdrawn"), [c.ref(c.withdrawn) for c in mine if c.withdrawn]),
        count(
            "objected", Text("承办单位提出退办", "objected to by the unit"), [c.ref(*o) for c, o, _ in objected if o]
        ),
        count(
            "reassigned",
            Text("改交其他单位", "reassigned"),
            [c.ref(*d) for c, _, d in objected if any(getattr(e.event, "unit", None) for e in d)],
        ),
    ]


def _replied(mine: list[Course], until: date) -> list[Figure]:
    done = [c.ref(c.replies[0].entry) for c in mine if c.in_hand and c.replies]
    open_ = [c.ref(c.assigned) for c in mine if c.in_hand and not c.replies]
    left = (WITHDRAWN, [c.ref(c.withdrawn) for c in mine if c.withdrawn]), (UNASSIGNED, _unassigned(mine))
    return [
        share("replied", Text("已答复(答复率)", "replied to"), done, done + open_, *left),
        count("open", Text("尚未答复", "not replied to yet"), open_),
        _on_time(mine, until),
    ]


def _on_time(mine: list[Course], until: date) -> Figure:
    """A first reply by the last day of its term, of those replied to and those whose term passed without."""
    good: list[Ref] = []
    late: list[Ref] = []
    not_due: list[Ref] = []
    without: list[Ref] = []
    for course in (c for c in mine if c.in_hand):
        first, term = course.replies[0].entry if course.replies else None, course.term
        ref = course.ref(course.assigned, first)
        if term is None:
            without.append(ref)
        elif first is not None:
            (good if first.day <= term.last_day else late).append(ref)
        else:
            (late if until > term.last_day else not_due).append(ref)
    left = (Text("未到期", "not due yet"), not_due), (Text("法律没有规定期限", "no term set by law"), without)
    return share("on-time", Text("按期答复", "replied to in time"), good, good + late, *left)


def _classes(mine: list[Course]) -> list[Figure]:
    """By the last reply. The solved rate (解决率) is of all that are to be replied to, not of those replied to."""
    last = [(c, c.last) for c in mine if c.in_hand and c.last]
    base = [(c.ref(r.entry), r) for c, r in last]
    refs = [ref for ref, _ in base]
    unanswered = [c.ref(c.assigned) for c in mine if c.in_hand and not c.replies]
    found = [
        share(f"class-{k.lower()}", t, [ref for ref, r in base if r.event.result == k], refs)
        for k, t in CLASSES.items()
    ]
    for local in sorted({r.event.local_class for _, r in base if r.event.local_class}):
        title = Text(f"当地分类“{local}”", f"local class “{local}”")
        found.append(share(f"local-{local}", title, [ref for ref, r in base if r.event.local_class == local], refs))
    solved = [ref for ref, r in base if r.event.result == SOLVED]
    left = (WITHDRAWN, [c.ref(c.withdrawn) for c in mine if c.withdrawn]), (UNASSIGNED, _unassigned(mine))
    found.append(share("solved", Text("解决率(A 类)", "solved (class A)"), solved, refs + unanswered, *left))
    return found


def _ratings(replies: Sequence[tuple[Course, Reply]], end: str, of: Text) -> list[Figure]:
    """What the deputies said of these replies, result and attitude apart; silence is never satisfaction."""
    base = [(c.ref(r.rated or r.silent or r.entry), r) for c, r in replies]
    silent = [ref for ref, r in base if r.silent and not r.rated]
    waiting = [ref for ref, r in base if not r.silent and not r.rated]
    rated = [(ref, r.rating) for ref, r in base if r.rating]
    left = (SILENT, silent), (WAITING, waiting)
    found = []
    for code, title in RATINGS.items():
        hit = [ref for ref, said in rated if said.result == code]
        found.append(share(f"{code}{end}", _of(title, of), hit, [ref for ref, _ in rated], *left))
    refs = [ref for ref, _ in base]
    found.append(share(f"no-feedback{end}", _of(SILENT, of), silent, refs))
    found.append(share(f"unrated{end}", _of(WAITING, of), waiting, refs))
    on_attitude = [(ref, said) for ref, said in rated if said.attitude]
    without = (Text("没有评价办理态度", "attitude not rated"), [ref for ref, said in rated if not said.attitude])
    for code, title in RATINGS.items() if on_attitude else ():
        hit = [ref for ref, said in on_attitude if said.attitude == code]
        called = Text(f"办理态度{title.zh}", f"attitude: {title.en}")
        found.append(
            share(f"attitude-{code}{end}", _of(called, of), hit, [ref for ref, _ in on_attitude], *left, without)
        )
    return found


def _of(title: Text, of: Text) -> Text:
    return Text(f"{of.zh}{title.zh}", f"{of.en}{title.en}")


def _rounds(mine: list[Course]) -> list[Figure]:
    """Each round by itself, as soon as any was handled a second time: a later rating never takes the place of an earlier one."""
    rounds = sorted({r.event.round for c in mine for r in c.replies})
    found = []
    for number in rounds if len(rounds) > 1 else ():
        replies = [(c, r) for c in mine for r in c.replies if r.event.round == number]
        found += _ratings(replies, f"-{number}", Text(f"第 {number} 轮:", f"round {number}: "))
    return found


def _again(mine: list[Course]) -> list[Figure]:
    replied = [c for c in mine if c.replies]

    def stepped(id_: str, title: Text, step: str, of: Callable[[Course], bool]) -> Figure:
        base = [
            (c.ref(*c.case.steps(step)) if c.case.steps(step) else c.ref(c.replies[0].entry), c)
            for c in replied
            if of(c)
        ]
        return share(id_, title, [ref for ref, c in base if c.case.steps(step)], [ref for ref, _ in base])

    closed = [c for c in replied if _closings(c)]
    key = [c.ref(*c.case.steps("key-supervise")) for c in mine if c.case.steps("key-supervise")]
    return [
        stepped("handled-again", Text("重新办理", "handled again"), "rehandle", lambda c: True),
        stepped("escalated", Text("提级处理", "escalated"), "escalate", lambda c: True),
        count("closed", Text("办结", "closed"), [c.ref(*_closings(c)[-1:]) for c in closed if _over(c)]),
        stepped("reopened", Text("办结后重新启动", "reopened after it was closed"), "reopen", lambda c: c in closed),
        count("key", Text("重点督办", "supervised as key matters"), key),
    ]


def _closings(course: Course) -> list[Entered]:
    return [e for e in course.case.entries if getattr(e.event, "to", "") == "closed"]


def _over(course: Course) -> bool:
    moves = [e for e in course.case.entries if getattr(e.event, "to", "")]
    return bool(moves) and SUGGESTION.standing(getattr(moves[-1].event, "to", "")).over


def _promises(every: list[Course], year: int | None, until: date) -> list[Figure]:
    """兑现率: of what was promised by a day of this year that has come (or was reported on already), what was solved by that day."""
    made = [(c, p) for c in every for p in c.promises]
    mine = [(_ref(c, p), p) for c, p in made if year is None or (p.day or c.case.begun).year == year]
    without = [ref for ref, p in mine if p.day is None]
    due = [(ref, p) for ref, p in mine if p.day is not None and (p.day <= until or p.answered)]
    not_due = [ref for ref, p in mine if p.day is not None and not (p.day <= until or p.answered)]
    refs = [ref for ref, _ in due]
    left = (Text("未到期", "not due yet"), not_due), (Text("没有写明日期", "no day given"), without)
    late = [ref for ref, p in due if not p.kept and p.answered and p.answered.event.result == SOLVED]
    explained = [
        c.ref(*c.case.steps("explain-unfulfilled"))
        for c in every
        if any(year is None or e.day.year == year for e in c.case.steps("explain-unfulfilled"))
    ]
    return [
        count("promised", Text("承诺事项", "promises"), [ref for ref, _ in mine]),
        share(
            "kept", Text("到期承诺按期兑现", "promises kept, of those due"), [r for r, p in due if p.kept], refs, *left
        ),
        share("kept-late", Text("逾期后兑现", "promises kept too late"), late, refs, *left),
        count("carried-over", Text("承诺事项结转", "promises carried over"), [ref for ref, p in mine if p.put_off]),
        count("explained", Text("书面说明未兑现", "explained as not kept"), explained),
    ]


def _ref(course: Course, promise: Promise) -> Ref:
    return course.ref(promise.of.entry, *promise.put_off, promise.answered.entry if promise.answered else None)


def _contacts(mine: list[Course]) -> list[Figure]:
    met = [
        (c, min((e for e, _ in c.contacts.values()), key=lambda e: e.event.at))
        for c in mine
        if c.in_hand and c.contacts
    ]
    days = [(entry.day - c.assigned.day).days for c, entry in met if c.assigned]
    none = tuple(c.ref(c.assigned) for c in mine if c.in_hand and not c.contacts)
    first = Figure(
        id="first-contact",
        title=Text("交办到首次沟通(中位数)", "days to the first contact (median)"),
        counted=tuple(c.ref(c.assigned, entry) for c, entry in met),
        left_out=(LeftOut(Text("没有沟通记录", "no contact on record"), none),) if none else (),
        median=median(days),
        in_days=True,
    )
    held = [(c.ref(entry, said), said) for c in mine for entry, said in c.contacts.values()]
    confirmed = [ref for ref, said in held if said]
    return [
        first,
        share(
            "confirmed",
            Text("代表确认的沟通(次)", "contacts confirmed by the deputy"),
            confirmed,
            [ref for ref, _ in held],
        ),
    ]


def _unassigned(mine: Iterable[Course]) -> list[Ref]:
    return [c.ref(c.case.entries[0]) for c in mine if not c.assigned and not c.withdrawn]
