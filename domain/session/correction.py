"""A slip in the record corrected (更正): struck through and never erased, and what depended on it worked out again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field, ValidationError

from domain.election.after_correction import after_correction
from domain.election.declaration import ElectionDeclared
from domain.event import Clock, Event, Finding
from domain.refusals import Refused
from domain.session.closing import Announced, ResultsPublished
from domain.session.corrigible import (
    OF_A_BOX,
    counted_by_a_box,
    counted_wrongly,
    fixed,
    known_to,
    listed_wrongly,
    may_be_anybody,
    put_to_vote_as,
    rests_on,
)  # fmt: skip
from domain.session.parts import Count
from domain.session.quorum import below_quorum
from domain.session.sittings import SittingOpened
from domain.session.state import Moment, Session, decides, evolve, evolves
from domain.session.struck import Struck, struck
from domain.submission import Command, Office
from domain.text import Text


class NothingAtVersion(Refused):
    says = Text("会议记录中没有第 {version} 条", "the session's record has no entry {version}")


class FieldNotThere(Refused):
    says = Text(
        "第 {version} 条({name})不能这样更正:{fault}", "entry {version} ({name}) cannot be corrected so: {fault}"
    )


class BoxStands(Refused):
    says = Text(
        "第 {version} 条是票箱的封箱、关闭、开箱或者确认,不能更正;有疑问的另行投票",
        "entry {version} seals, closes, opens or attests a ballot box and cannot be corrected: in doubt, vote anew",
    )


class CountOfTheBox(Refused):
    says = Text(
        "第 {version} 条的票数出自电子票箱,经持钥人确认,不能更正;有疑问的,另封票箱重新投票,或者由有权机关宣布投票无效",
        "the figures of entry {version} came out of an electronic ballot box and were attested by its key holders: they are not "
        "corrected. Who doubts them has the vote taken anew with another box, or has it declared void",
    )


class LaterEntryFirst(Refused):
    says = Text(
        "第 {later} 条以第 {version} 条为依据,从最后一条起逐条更正(先划去第 {later} 条)",
        "entry {later} rests on entry {version}: correct the last one first (strike entry {later} before)",
    )


class AnnouncedAlready(Refused):
    says = Text(
        "结果已经宣布,更正须经主席团决定(先记录 presidium-decides, matter: correction)",
        "the result was announced: a correction needs a decision of the presidium (presidium-decides, matter: correction)",
    )


class Correct(Command):
    """Correct a slip in the record. It strikes through and never erases: the old entry stays, the new one counts.

    `version` is the entry's number in the session's stream (`yishi history` shows it); `changes` names the fields to change, or
    `strike` takes the whole entry back.
    """

    act: ClassVar[str] = "correct"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "sc_office", "street_committee")
    title: ClassVar[Text] = Text("更正", "Correct the record")
    version: int = Field(ge=2)
    changes: dict[str, Any] = {}
    strike: bool = False
    why: str = Field(min_length=1, max_length=1000)


class Corrected(Event):
    """`changes` are stored as JSON values; `dependents` lists what came out otherwise because of it, as facts won or lost."""

    name: ClassVar[str] = "session.corrected.v1"
    once: ClassVar[bool] = True
    version: int
    changes: dict[str, Any]
    strike: bool
    why: str
    decided_by_presidium: bool
    dependents: tuple[str, ...]
    clocks_started: tuple[Clock, ...] = ()
    clocks_stopped: tuple[str, ...] = ()

    def clocks(self) -> tuple[Clock, ...]:
        return self.clocks_started

    def stops(self) -> tuple[str, ...]:
        return self.clocks_stopped

    def gains(self) -> tuple[str, ...]:
        return tuple(d[1:] for d in self.dependents if d.startswith("+"))

    def loses(self) -> tuple[str, ...]:
        return tuple(d[1:] for d in self.dependents if d.startswith("-"))


@decides(Correct)
def correct(session: Session, command: Correct, moment: Moment) -> list[Event]:
    """Before an announcement one officer may correct, after it the presidium decides; what depended on it is worked out again."""
    if not 2 <= command.version <= session.recorded:
        raise NothingAtVersion(version=command.version)
    old = session.history[command.version - 1]
    if isinstance(old, Struck) and command.strike:
        return []
    if isinstance(old, (Corrected, Struck)):
        raise FieldNotThere(
            version=command.version, name=type(old).__name__, fault="更正本身不能再更正 / is a correction"
        )
    if isinstance(old, OF_A_BOX):
        raise BoxStands(version=command.version)
    if counted_by_a_box(session, old) & set(command.changes):
        raise CountOfTheBox(moment.cites("ballot.count"), version=command.version)
    if not command.strike:
        _check(session, old, command)
    if later := rests_on(session, command.version):
        raise LaterEntryFirst(version=command.version, later=later)
    new = _applied(old, command.changes, strike=command.strike)
    if new == old:
        return []
    announced = _announced_version(session, old, command.version)
    by_presidium = announced > 0 and not _convener_without_presidium(session, moment)
    if by_presidium and not _presidium_decided(session, announced):
        raise AnnouncedAlready(moment.cites("record.correction"))
    draft = Corrected(
        at=moment.at,
        basis=moment.basis("record.correction"),
        version=command.version,
        changes=command.changes,
        strike=command.strike,
        why=command.why,
        decided_by_presidium=by_presidium,
        dependents=(),
        findings=(
            *_held_with_too_few(session, old, new, moment),
            *after_correction(session, old, new, command.version, moment),
        ),
    )
    after = evolve(session, draft)
    came_out = {
        "dependents": _difference(session, after),
        "clocks_started": tuple(c for i, c in sorted(after.clocks.items()) if session.clocks.get(i) != c),
        "clocks_stopped": tuple(sorted(set(session.clocks) - set(after.clocks))),
    }
    return [draft.model_copy(update=came_out)]


def _presidium_decided(session: Session, announced: int) -> bool:
    """Whether the presidium decided on a correction after the announcement, and the decision was not used for another one yet."""
    decided = session.facts.get("decided:correction")
    used = [n for n, e in enumerate(session.history, 1) if isinstance(e, Corrected) and e.decided_by_presidium]
    return decided is not None and decided.version > max(announced, *used, 0)


def _held_with_too_few(session: Session, old: Event, new: Event, moment: Moment) -> tuple[Finding, ...]:
    """An opening corrected below the quorum (三分之二以上): the sitting was held all the same, so it is noticed and not undone."""
    if not (isinstance(old, SittingOpened) and isinstance(new, SittingOpened)):
        return ()
    if old.deputies_present == new.deputies_present:
        return ()
    return below_quorum(session, moment, new.deputies_present, new.deputies_total)


def _convener_without_presidium(session: Session, moment: Moment) -> bool:
    """In a meeting that has no presidium, its convener (人大街道工委) decides on a correction itself."""
    procedure = session.procedure
    return "presidium-decides" not in procedure.acts and moment.actor.office == procedure.offices[0]


DERIVED = frozenset(
    {
        "basis", "findings", "needed", "adopted", "deputies_total", "session", "kind", "edition", "replaced", "publication", "reply",
        "first_within", "recommendation", "at", "days_before", "chosen", "tied", "seats", "counted", "clock", "last_day",
        "not_counted", "struck", "notices", "unnoticed", "late", "again", "out_of", "listed", "amended_by", "may_demand", "of_motion",
    }
)  # fmt: skip
"""Fields that follow from the rules or from other entries, so that nobody corrects them by hand."""


def _check(session: Session, old: Event, command: Correct) -> None:
    """Whether an entry may be changed so: its fields valid, its figures adding up, its deputies on the roll.

    Raises:
        FieldNotThere: naming the field and what is wrong with it.
    """

    def wrong(fault: str) -> FieldNotThere:
        return FieldNotThere(version=command.version, name=old.name, fault=fault)

    if forbidden := sorted(DERIVED & set(command.changes)):
        raise wrong(f"{forbidden[0]}: 由规则得出 / follows from the rules")
    if settled := sorted(fixed(session, old) & set(command.changes)):
        raise wrong(f"{settled[0]}: 不能更改,应划去后重新登记 / cannot be changed: strike the entry and record it anew")
    if not command.changes:
        raise wrong("没有更改 / nothing is changed")
    try:
        new = type(old).model_validate(_merged(old.model_dump(mode="json"), command.changes))
    except ValidationError as invalid:
        first = invalid.errors()[0]
        raise wrong(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for name, value in new:
        if isinstance(value, int) and value < 0:
            raise wrong(f"{name}: {value} < 0")
        named = {value} if name in PERSON and value else set(value) if name in PERSONS else set()
        strangers = [] if may_be_anybody(new, name) else sorted(named - known_to(session, new))
        if strangers:
            raise wrong(f"{name}: {strangers[0]} 不在名册 / is not on the roll")
    if fault := listed_wrongly(old, new) if "persons" in command.changes else "":
        raise wrong(f"persons: {fault}")
    if fault := counted_wrongly(old, new):
        raise wrong(f"figures: {fault}")
    for present, total in (("deputies_present", "deputies_total"), ("members_present", "members_total")):
        if getattr(new, present, 0) > getattr(new, total, float("inf")):
            raise wrong(f"{present} > {total}")
    count, here = getattr(new, "count", None), getattr(new, "deputies_present", 0)
    if isinstance(count, Count) and count.total != here:  # observers have a count too, which is a number
        raise wrong(
            f"赞成、反对、弃权、未表决(not_voted)合计 {count.total},实到 {here},请一并更正其余的票数 / "
            f"in favour, against, abstained and not_voted make {count.total} of {here} present: correct the others with it"
        )


PERSON = ("deputy", "chair", "head")
PERSONS = ("deputies", "persons", "signatories", "dissatisfied", "requested_by", "deputy_heads")


def _applied(old: Event, changes: dict[str, Any], *, strike: bool) -> Event:
    """The entry as corrected. It never refuses: what no longer fits an event of today leaves the entry as it was."""
    if strike:
        return struck(old)
    try:
        return type(old).model_validate(_merged(old.model_dump(mode="json"), changes)).recomputed()
    except ValidationError:
        return old


def _merged(fields: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The entry's fields with those changed; the votes of a count may be named by themselves (`in_favour: 30`)."""
    count, flat = fields.get("count"), {}
    if isinstance(count, dict):
        flat = {name: number for name, number in changes.items() if name in count}
    merged = {**fields, **{name: value for name, value in changes.items() if name not in flat}}
    return {**merged, "count": {**count, **flat}} if isinstance(count, dict) and flat else merged


def _announced_version(session: Session, old: Event, version: int) -> int:
    """The entry that announced what `old` says, or 0. An announcement has announced itself; what came after the closing none has."""
    if isinstance(old, (Announced, ResultsPublished, ElectionDeclared)):
        return version
    poll = getattr(old, "poll", None)
    kind = {"ProjectsChosen": "projects", "ProjectsRated": "rating", "SheetEntered": poll}.get(type(old).__name__)
    subjects = list(put_to_vote_as(old))
    subjects += [i.code for i in session.agenda.values() if kind and i.kind == kind]
    found = [session.facts[f"announced:{s}"].version for s in subjects if session.has(f"announced:{s}")]
    closed = session.facts["closed"].version if session.has("closed") else 0
    return max(found, default=closed if version <= closed else 0)


def _difference(before: Session, after: Session) -> tuple[str, ...]:
    lost = (f"-{fact}" for fact in before.facts if fact not in after.facts)
    won = (f"+{fact}" for fact in after.facts if fact not in before.facts)
    return tuple(sorted((*lost, *won)))


@evolves(Corrected)
def corrected(session: Session, event: Corrected) -> Session:
    """Strike one entry through and fold all again. Corrections met on the way are already in the history they led to."""
    history = list(session.history)
    corrected_history(history, event)
    again = refolded(session.stream, history)
    return replace(again, notices=session.notices)  # they move with the deadlines, by the correction's own


def corrected_history(history: list[Event], event: Corrected) -> None:
    """Put the entry as corrected in the place of the old one."""
    at = event.version - 1
    history[at] = _applied(history[at], event.changes, strike=event.strike)


def refolded(stream: str, history: Iterable[Event]) -> Session:
    """A history folded from its beginning; corrections in it are already in the entries they led to."""
    session = Session(stream)
    for entry in history:
        if isinstance(entry, (Corrected, Struck)):
            session = replace(session, recorded=session.recorded + 1, history=(*session.history, entry))
        else:
            session = evolve(session, entry)
    return session
