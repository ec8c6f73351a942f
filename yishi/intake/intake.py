"""A sheet of suggestions (台账) against the record: every bad row at once, or the acts by which the record comes to say the same."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.calendar import CHINA
from domain.event import Event, Finding
from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.steps import TakeStep
from domain.ports import Decider, LawBooks
from domain.progress import matter_of, opening_of
from domain.refusals import Refused
from domain.session.offices import who_acts
from domain.session.state import Session
from domain.session.suggestions import SuggestionFiled, SuggestionsAssigned
from domain.submission import COMMANDS, Actor, Submission
from domain.text import Text
from yishi.intake.acts import Planned, Suggestion, compare
from yishi.intake.headings import Headings, headings
from yishi.intake.judging import Ahead
from yishi.intake.table import read_table
from yishi.intake.told import Roll, RowFault, Rows, Told
from yishi.ledger.reader import LedgerReader
from yishi.planning.wording import worded
from yishi.projections.course import Course
from yishi.projections.followed import Entered, Followed, followed
from yishi.projections.sessions import own_entries, short

EVER = date.max
REASON = "台账补录"


@dataclass(frozen=True)
class Intake:
    """What a sheet comes to.

    Attributes:
        rows: lines read. new, more, same: suggestions that the record does not have, has less of, has as the sheet says.
        acts: what is to be recorded, in order; none where there is an error. findings: what the rules noticed about them, counted.
        said: errors and remarks. refused: whether rules of law stand behind all errors.
    """

    headings: Headings
    rows: int
    new: int
    more: int
    same: int
    acts: tuple[Submission, ...]
    said: tuple[RowFault, ...]
    findings: Mapping[str, int]
    refused: bool

    @property
    def errors(self) -> tuple[RowFault, ...]:
        return tuple(each for each in self.said if each.weight == "error")

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many acts of each name; a plain step by its own."""
        return Counter(str(each.fields.get("step", each.act)) for each in self.acts)


def intake(
    path: Path,
    ledger: LedgerReader,
    stream: str,
    deciders: Mapping[str, Decider],
    laws: LawBooks,
    names: Mapping[str, str],
    now: datetime,
    reason: str = "",
) -> Intake:
    """Read a sheet and judge all it asks for. Nothing is recorded.

    Args:
        stream: the session's. names: deputies' names by id, as far as they can be opened. reason: why it is entered late.

    Raises:
        Faulty: the file cannot be read, or has no heading.
    """
    table = read_table(path)
    found = headings(table)
    with ledger.instant() as instant:
        session: Session = instant.state(stream)
        rows = Rows(table, found, short(stream), _roll(session, names))
        told = rows.all()
        has = {c.number: c for c in followed(ledger, stream, EVER) if c.kind == SUGGESTION.id}
        planned = _planned(told, rows, has, _versions(ledger, stream), session, now)
        ahead = Ahead(instant, deciders, laws, now)
        judged = _Judged(ahead, rows, session, path.name, reason or REASON)
        acts = judged.all([act for each in planned for act in each.acts])
        anew = _by_number(ahead.events.get(stream, ()))
        for each in planned:
            if each.number not in judged.bad and (course := _after(each.number, stream, has, ahead, anew)):
                compare(each, course, rows)
    new = sum(each.course is None for each in planned)
    more = sum(each.course is not None and bool(each.acts) for each in planned)
    return Intake(
        headings=found, rows=len(told), new=new, more=more, same=len(planned) - new - more,
        acts=() if rows.faults else tuple(acts), said=rows.all_said, findings=judged.findings,
        refused=bool(rows.faults) and judged.refused == len(rows.faults),
    )  # fmt: skip


def _roll(session: Session, names: Mapping[str, str]) -> Roll:
    by_name: dict[str, list[str]] = {}
    for deputy, name in names.items():
        if deputy in session.roll:
            by_name.setdefault("".join(name.split()), []).append(deputy)
    return Roll(frozenset(session.roll), {name: tuple(ids) for name, ids in by_name.items()})


def _versions(ledger: LedgerReader, stream: str) -> dict[int, int]:
    """An entry's number in its own stream, by its position in the log."""
    return {entry.position: entry.envelope.version for entry in own_entries(ledger, stream)}


def _planned(
    told: Sequence[Told],
    rows: Rows,
    has: Mapping[str, Followed],
    versions: Mapping[int, int],
    session: Session,
    now: datetime,
) -> list[Suggestion]:
    """The suggestions of the sheet, each with what is missing of it."""
    grouped: dict[str, list[Told]] = {}
    for each in told:
        if each.line.number:
            grouped.setdefault(each.line.number, []).append(each)
    planned = []
    for number, mine in grouped.items():
        if number in session.begun:
            says = Text(f"编号 {number} 是另一类督办事项", f"{number} is a matter of another kind")
            rows.fault(mine[0].row, "number", says)
        elif not rows.bad.intersection(each.row for each in mine):
            course = Course(has[number]) if number in has else None
            suggestion = Suggestion(mine, course, versions, session, rows, now.astimezone(CHINA))
            if suggestion.plan():
                planned.append(suggestion)
    return planned


class _Judged:
    """Judges planned acts in the order of their days, and makes of each what is sent."""

    def __init__(self, ahead: Ahead, rows: Rows, session: Session, file: str, reason: str) -> None:
        self.ahead, self.rows, self.session, self.file, self.reason = ahead, rows, session, file, reason
        self.bad: set[str] = set()
        self.refused = 0
        self.findings: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()

    def all(self, acts: Sequence[Planned]) -> list[Submission]:
        """Those that lead to something; after one that is refused the rest of its suggestion is left out."""
        made = []
        for act in sorted(acts, key=lambda each: (each.at, each.row)):
            if act.number not in self.bad and (submission := self._judged(act)):
                made.append(submission)
        return made

    def _judged(self, act: Planned) -> Submission | None:
        try:
            submission = self._submission(act)
            events = self.ahead.judge(submission)
            if act.act == "assign-suggestions" and events:
                self.ahead.judge(opening_of(self.session.stream, act.number, act.at))
        except ValidationError as wrong:
            for error in wrong.errors(include_url=False):
                self.rows.fault(act.row, _column(error["loc"], act.column), *worded(error))
            self.bad.add(act.number)
            return None
        except Refused as refused:
            self.refused += 1
            says = refused.says.filled(**refused.figures)
            self.rows.fault(act.row, act.column, says, _way_out(act), basis=refused.basis)
            self.bad.add(act.number)
            return None
        self._count(f for event in events for f in event.findings)
        return submission if events else None

    def _count(self, findings: Any) -> None:
        noticed: set[str] = {finding.code for finding in findings if isinstance(finding, Finding)}
        self.findings.update(noticed)

    def _submission(self, act: Planned) -> Submission:
        command = COMMANDS[act.act].model_validate(act.fields)
        procedure = self.session.procedure
        if command.stream_kind == "session":
            stream, offices = self.session.stream, who_acts(self.session, command).offices
        else:
            stream, offices = matter_of(self.session.stream, act.number), procedure.may_do(act.act, command.offices)
        if isinstance(command, TakeStep):
            by = next(move.by for move in SUGGESTION.moves if move.act == command.step)
            offices = tuple(office for office in by if office in procedure.offices) or by
        whole: dict[str, Any] = {
            "stream": stream,
            "actor": {"office": offices[0]} | ({"person": act.deputy} if act.deputy and offices[0] == "deputy" else {}),
            "at": act.at.isoformat(),
            "act": act.act,
            "fields": dict(act.fields),
            "reason": f"{self.reason}({self.file} 第 {act.row} 行)",
        }
        return Submission(
            command_id=self._id(whole), stream=stream, actor=Actor.model_validate(whole["actor"]), at=act.at, act=act.act,
            fields=whole["fields"], reason=whole["reason"],
        )  # fmt: skip

    def _id(self, whole: Mapping[str, Any]) -> str:
        """By the row and what it asks for, so that the same row of the same file is never recorded twice."""
        content = json.dumps(whole, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()[:32]
        self._seen[digest] += 1
        return f"ledger-{digest}-{self._seen[digest]}"


def _column(loc: Sequence[int | str], otherwise: str) -> str:
    named = [str(each) for each in loc if isinstance(each, str)]
    return next((name for name in reversed(named) if name in _OF_ACTS), otherwise)


_OF_ACTS = frozenset(("number", "deputies", "subject", "unit", "co_units", "result", "local_class", "promised", "why"))
_WAYS = {
    "reply-suggestion": Text(
        "请核对这一行;答复前已同代表沟通的,在“与代表沟通”一列写“是”",
        "look at the row; if the deputy was heard before the reply, write yes in the column “deputy heard”",
    ),
    "close-without-feedback": Text(
        "请在“催请反馈日期”一列写明催请的日期", "write the day of the reminder in the column “reminded on”"
    ),
}


def _way_out(act: Planned) -> Text:
    return _WAYS.get(act.act, Text("请核对这一行和记录", "compare the row with the record"))


def _after(
    number: str, stream: str, has: Mapping[str, Followed], ahead: Ahead, anew: Mapping[str, Sequence[Entered]]
) -> Course | None:
    """A suggestion as the record would have it."""
    before, of = has.get(number), matter_of(stream, number)
    added = (Entered(0, event) for event in ahead.events.get(of, ()))
    entries = (*(before.entries if before else ()), *anew.get(number, ()), *added)
    if not entries:
        return None
    first = entries[0].event
    return Course(
        Followed(
            session=short(stream), number=number, kind=SUGGESTION.id, subject=str(getattr(first, "subject", "")),
            unit=ahead.state(of).unit, deputies=tuple(getattr(first, "deputies", ())), entries=entries,
        )
    )  # fmt: skip


def _by_number(events: Sequence[Event]) -> dict[str, list[Entered]]:
    """What is added to a session's own record, by the suggestion that it is about."""
    found: dict[str, list[Entered]] = {}
    for event in events:
        about = [a.number for a in event.assignments] if isinstance(event, SuggestionsAssigned) else []
        for number in (*about, *([event.number] if isinstance(event, SuggestionFiled) else [])):
            found.setdefault(number, []).append(Entered(0, event))
    return found
