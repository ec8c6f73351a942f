"""From what the rows of a suggestion say and what the record has of it: the acts that are missing, in their lawful order.

What the record has as the sheet says it needs nothing; what it has otherwise is a fault, for nothing on record is written over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar import at_clock, legal_date
from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.rating import DISSATISFIED, IN_PROGRESS
from domain.session.state import Session
from domain.text import Text
from yishi.intake.told import COLUMN, Rows, Told
from yishi.projections.course import WITHDRAWN, Course
from yishi.projections.suggestion_line import FILED, NO_FEEDBACK, Line, line_of, lines_of
from yishi.projections.suggestion_sheet import COLUMNS, NO, YES, rating_words, standing_words

OF_THE_SUGGESTION = ("deputies", "subject", "unit", "co_units", "filed_on", "difficult")
OF_A_ROUND = (
    "assigned_on", "contacted", "replied_on", "result", "local_class", "promised", "reminded_on", "rating", "attitude",
    "rated_on", "why",
)  # fmt: skip
COMES_OF_ITSELF = ("due", "first_reply", "stands", "closed_on")
"""What follows from the rest: it is compared once all is judged, and a difference is only told."""
NOON = 12
"""The hour written where the sheet says only the day; acts of one day follow a minute after each other."""
AGAIN_TEXT = "据台账第 {row} 行:重新交办"
WITHDRAW_TEXT = "据台账第 {row} 行:代表撤回建议"
TELL_AGAIN = Text(
    "请让每一轮各占一行,写明“办理轮次”(参照 yishi ledger export --rounds)",
    "give each round a row of its own with its number (as yishi ledger export --rounds writes it)",
)


@dataclass(frozen=True)
class Planned:
    """An act that a row asks for. `column` is the one to look at when it is refused."""

    row: int
    number: str
    column: str
    act: str
    fields: Mapping[str, Any]
    at: datetime
    deputy: str = ""


class Suggestion:
    """One suggestion of the sheet: its rows, and what the record has of it. `acts` is what is missing."""

    def __init__(
        self, told: Sequence[Told], course: Course | None, versions: Mapping[int, int], session: Session, rows: Rows,
        now: datetime,
    ) -> None:  # fmt: skip
        self.told, self.course, self.versions, self.session, self.rows, self.now = (
            told,
            course,
            versions,
            session,
            rows,
            now,
        )
        self.number = told[0].line.number
        self.acts: list[Planned] = []
        self.stands = _stands(course)
        self.last_at: datetime | None = course.case.entries[-1].event.at if course else None

    def plan(self) -> bool:
        """Whether it can be made so; else the faults are with the rows."""
        before = len(self.rows.faults)
        if self._rounds_are_clear() and self._days_are_in_order():
            self._file(self.told[0])
            self._assign(self.told[0])
            for told in self.told:
                self._round(told)
            self._withdraw(self.told[-1])
        return len(self.rows.faults) == before

    # what the record has

    def _rounds_are_clear(self) -> bool:
        """One row, or a row for each round from the first."""
        seen: dict[int | None, int] = {}
        clear = True
        for told in self.told:
            if seen and (told.line.round is None or None in seen or told.line.round in seen):
                where = seen.get(told.line.round, self.told[0].row)
                says = Text(
                    f"编号 {self.number} 重复(先在第 {where} 行)", f"{self.number} stands twice (first in row {where})"
                )
                self.rows.fault(told.row, "number", says, TELL_AGAIN)
                clear = False
            seen.setdefault(told.line.round, told.row)
        if not clear:
            return False
        self.told = sorted(self.told, key=lambda each: each.line.round or 0)
        for told in self.told[1:]:
            for name in OF_THE_SUGGESTION:
                said, other = getattr(told.line, name), getattr(self.told[0].line, name)
                if _said(said) and _said(other) and said != other:
                    row = self.told[0].row
                    words = _words(name, other)
                    says = Text(f"与第 {row} 行同一件建议的“{words.zh}”不同", f"row {row} says {words.en} of the same")
                    self.rows.fault(told.row, name, says)
        return True

    def _days_are_in_order(self) -> bool:
        """Nothing before what it follows, nothing in the days to come."""
        good, latest, what = True, None, ""
        for told in self.told:
            in_turn: tuple[str, ...] = ("filed_on", "assigned_on", "replied_on", "reminded_on", "rated_on")
            in_turn += ("closed_on",) if told.line.stands == "withdrawn" else ()
            for name in in_turn if told is self.told[0] else in_turn[1:]:
                day: date | None = getattr(told.line, name)
                if day is None:
                    continue
                if day > legal_date(self.now):
                    self.rows.fault(told.row, name, Text("这一天还没有到", "this day has not come yet"))
                    good = False
                if latest is not None and day < latest:
                    says = Text(f"早于{COLUMNS[what].zh} {latest}", f"earlier than “{COLUMNS[what].en}”, {latest}")
                    self.rows.fault(told.row, name, says, Text("请核对日期", "compare the days"))
                    good = False
                else:
                    latest, what = day, name
        return good

    def _differs(self, told: Told, names: Sequence[str], has: Line, way: Text) -> bool:
        """Whether the record has something otherwise than the row says; then each column is told."""
        found = False
        for name in names:
            said, there = getattr(told.line, name), getattr(has, name)
            if _said(said) and _said(there) and said != there:
                words = _words(name, there)
                self.rows.fault(
                    told.row, name, Text(f"与记录不一致,记录为“{words.zh}”", f"the record says {words.en}"), way
                )
                found = True
        return found

    # what is missing

    def _file(self, told: Told) -> None:
        if self.course is not None:
            position = self.course.case.entries[0].position
            self._differs(told, ("deputies", "subject", "filed_on"), line_of(self.course), _correct(position))
            return
        line = told.line
        if self._lacks(told, ("deputies", "subject", "filed_on"), Text("提出建议", "to file it")):
            return
        assert line.filed_on is not None
        given = {"number": self.number, "deputies": list(line.deputies), "subject": line.subject}
        self._act(told, "filed_on", "file-suggestion", given, line.filed_on, deputy=line.deputies[0])

    def _assign(self, told: Told) -> None:
        line, assigned = told.line, self.course.assigned if self.course else None
        if assigned is not None and self.course is not None:
            has = lines_of(self.course)[0]
            names = (
                ("unit", "co_units", "assigned_on", "difficult")
                if line.round in (None, 1) or len(self.told) > 1
                else ("unit",)
            )
            self._differs(told, names, has, _correct(assigned.position))
            return
        later = any(_said(getattr(line, name)) for name in (*OF_A_ROUND, "difficult", "co_units"))
        if not (line.unit or later) or (self.course is None and not self.acts):
            return
        if self._lacks(told, ("unit", "assigned_on"), Text("交办", "to assign it")):
            return
        assert line.assigned_on is not None
        one = {
            "number": self.number,
            "unit": line.unit,
            "difficult": bool(line.difficult),
            "co_units": list(line.co_units),
        }
        self._act(told, "assigned_on", "assign-suggestions", {"assignments": [one]}, line.assigned_on)
        self.stands = SUGGESTION.begins.to

    def _round(self, told: Told) -> None:
        """The reply of a row and what the deputy said of it."""
        line = told.line
        if not line.replied_on and not line.result:
            if line.rating or line.rated_on:
                self._rated_without_reply(told)
            return
        has = self._as_recorded(told)
        if has is not None:
            way = _strike(self.number, self._version_of(has.round, "reply"))
            if self._differs(told, ("contacted", "replied_on", "result", "local_class", "promised"), has, way):
                return
        elif not self._reply(told):
            return
        self._rate(told, has)

    def _as_recorded(self, told: Told) -> Line | None:
        """The round on record that a row tells of; None when it tells of the next."""
        if self.course is None or not self.course.replies:
            return None
        line, lines = told.line, lines_of(self.course)
        if len(self.told) > 1:
            return next((each for each in lines if each.round == line.round), None)
        last = line_of(self.course)
        if line.round is not None and last.round is not None and line.round < last.round:
            return next((each for each in lines if each.round == line.round), None)
        if line.round is not None and last.round is not None and line.round > last.round:
            return None
        waits = self.stands in ("assigned", "handling", "rehandling", "committed")
        newer = line.replied_on is not None and last.replied_on is not None and line.replied_on > last.replied_on
        return None if line.round is None and waits and newer else last

    def _rated_without_reply(self, told: Told) -> None:
        if self.course is not None and self.course.replies:  # the sheet leaves out what the record has
            self._rate(told, line_of(self.course))
            return
        says = Text("有评价而没有答复", "it is rated, but nobody replied to it")
        self.rows.fault(told.row, "rating", says, Text("请补上答复分类和答复日期", "add the reply's class and day"))

    def _reply(self, told: Told) -> bool:
        line = told.line
        known = len(self.course.replies) if self.course else 0
        done = known + sum(each.act == "reply-suggestion" for each in self.acts)
        if (line.round or done + 1) != done + 1:
            says = Text(
                f"写的是第 {line.round} 轮,而此前只有 {done} 轮答复",
                f"round {line.round}, but only {done} rounds are known before it",
            )
            self.rows.fault(told.row, "rounds", says, TELL_AGAIN)
            return False
        if self._lacks(told, ("result", "replied_on"), Text("答复", "the reply")) or not self._handed_again(told):
            return False
        assert line.replied_on is not None
        given: dict[str, Any] = {
            "result": line.result,
            "contacted": bool(line.contacted),
            "local_class": line.local_class,
        }
        if line.promised and (line.result == IN_PROGRESS or done == 0):  # else it is what an earlier round promised
            given["promised"] = str(line.promised)
        self._act(told, "replied_on", "reply-suggestion", given, line.replied_on)
        self.stands = "replied"
        return True

    def _handed_again(self, told: Told) -> bool:
        """A further round of what was not accepted, or was closed, begins with the order to handle it again."""
        if self.stands not in (DISSATISFIED, "escalated", "closed"):
            return True
        line, last = told.line, legal_date(self.last_at) if self.last_at else None
        if line.assigned_on is None or (last is not None and line.assigned_on < last):
            says = Text(
                f"此前“{standing_words(self.stands).zh}”,没有写哪一天重新交办",
                f"it stood at “{standing_words(self.stands).en}”: the day on which it was handed over again is missing",
            )
            self.rows.fault(told.row, "assigned_on", says, TELL_AGAIN)
            return False
        step = "reopen" if self.stands == "closed" else "rehandle"
        given = {"step": step, "text": AGAIN_TEXT.format(row=told.row)}
        self._act(told, "assigned_on", "take-step", given, line.assigned_on)
        return True

    def _rate(self, told: Told, has: Line | None) -> None:
        line = told.line
        if has is not None and has.rating:
            way = _strike(self.number, self._version_of(has.round, "rating"))
            self._differs(told, ("rating", "attitude", "rated_on", "why", "reminded_on"), has, way)
            return
        if not line.rating:
            if line.rated_on:
                self._lacks(told, ("rating",), Text("评价", "the rating"))
            elif line.reminded_on and not (has and has.reminded_on):
                self._act(told, "reminded_on", "take-step", {"step": "remind-deputy"}, line.reminded_on)
            return
        if self._lacks(told, ("rated_on",), Text("评价", "the rating")):
            return
        assert line.rated_on is not None
        if line.reminded_on and not (has and has.reminded_on):
            self._act(told, "reminded_on", "take-step", {"step": "remind-deputy"}, line.reminded_on)
        last = told.line.result or (has.result if has else "")
        self.stands = DISSATISFIED if line.rating == DISSATISFIED else "committed" if last == IN_PROGRESS else "closed"
        if line.rating == NO_FEEDBACK:
            self._act(told, "rating", "close-without-feedback", {}, line.rated_on)
            return
        deputy = (line.deputies or self.told[0].line.deputies or (self.course.case.deputies if self.course else ()))[:1]
        given = {"deputy": deputy[0] if deputy else "", "result": line.rating, "why": line.why}
        if line.attitude and line.attitude != NO_FEEDBACK:
            given["attitude"] = line.attitude
        self._act(told, "rated_on", "rate-reply", given, line.rated_on, deputy=given["deputy"])

    def _withdraw(self, told: Told) -> None:
        line = told.line
        if line.stands != "withdrawn" or (self.course is not None and self.course.withdrawn):
            return
        if self._lacks(told, ("closed_on",), Text("撤回", "the withdrawal")):
            return
        assert line.closed_on is not None
        given = {"step": WITHDRAWN, "text": WITHDRAW_TEXT.format(row=told.row)}
        self._act(told, "stands", "take-step", given, line.closed_on)

    # how it is said

    def _lacks(self, told: Told, names: Sequence[str], of: Text) -> bool:
        missing = [name for name in names if not _said(getattr(told.line, name))]
        for name in missing:
            title = COLUMNS[COLUMN.get(name, name)]
            says = Text(f"缺少{of.zh}所需的“{title.zh}”", f"“{title.en}” is missing for {of.en}")
            self.rows.fault(told.row, name, says, Text("不作推测,请补上", "nothing is guessed: add it"))
        return bool(missing)

    def _act(self, told: Told, column: str, act: str, given: Mapping[str, Any], day: date, deputy: str = "") -> None:
        self.acts.append(Planned(told.row, self.number, column, act, given, self._hour(day, act), deputy))

    def _hour(self, day: date, act: str) -> datetime:
        """Noon, but after what came before it on the same day; a filing of the closing day before the closing, all else after."""
        at = at_clock(day, NOON)
        closed, met = self.session.facts.get("closed"), self.session.facts.get("met")
        if closed is not None and legal_date(closed.at) == day:
            at = min(at, closed.at - timedelta(minutes=1)) if act == "file-suggestion" else max(at, closed.at)
        if met is not None and legal_date(met.at) == day:
            at = max(at, met.at)
        if self.last_at is not None and legal_date(self.last_at) == day and act != "file-suggestion":
            at = max(at, self.last_at + timedelta(minutes=1))
        at = min(at, self.now) if legal_date(self.now) == day else at
        self.last_at = at
        return at

    def _version_of(self, number: int | None, what: str) -> int:
        """The entry's number in the matter's own record."""
        assert self.course is not None
        for reply in self.course.replies:
            if reply.event.round == number:
                entry = reply.entry if what == "reply" else reply.rated or reply.silent or reply.entry
                return self.versions.get(entry.position, 0)
        return 0


def compare(suggestion: Suggestion, course: Course, rows: Rows) -> None:
    """What the sheet says and what it comes to by the record: where they differ in what follows from the rest, it is told."""
    lines = {line.round: line for line in lines_of(course)}
    for told in suggestion.told:
        has = lines.get(told.line.round) if len(suggestion.told) > 1 else line_of(course)
        for name in COMES_OF_ITSELF if has else ():
            said, comes = getattr(told.line, name), getattr(has, name)
            if _said(said) and said != comes:
                words = _words(name, comes)
                rows.remark(
                    told.row,
                    name,
                    Text(f"据其他各栏和法律应为“{words.zh}”", f"by the rest and the law it is {words.en}"),
                )


def _stands(course: Course | None) -> str:
    return FILED if course is None else line_of(course).stands


def _said(value: object) -> bool:
    """Whether a cell says something; 否 does."""
    return value is not None and value not in ("", ())


def _words(name: str, value: Any) -> Text:
    match value:
        case None | "" | ():
            return Text("—", "—")
        case bool():
            return YES if value else NO
        case tuple():
            return Text("、".join(value), ", ".join(value))
    if name == "stands":
        return standing_words(value)
    return rating_words(value) if name in ("rating", "attitude") else Text(str(value), str(value))


def _correct(position: int) -> Text:
    return Text(
        f"记录有误则更正(yishi correct #{position} …),台账有误则改台账",
        f"correct the record (yishi correct #{position} …), or the sheet",
    )


def _strike(number: str, version: int) -> Text:
    act = f"yishi act strike-entry --of {number} version={version} why=…"
    return Text(f"记录有误则划去({act}),台账有误则改台账", f"strike the entry ({act}), or correct the sheet")


assert {*OF_THE_SUGGESTION, *OF_A_ROUND, *COMES_OF_ITSELF, "number", "round"} == {each.name for each in fields(Line)}
