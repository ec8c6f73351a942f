"""A slip in the record corrected (更正): struck through and never erased, and what depended on it worked out again."""

from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field, ValidationError

from domain.event import Event, Finding
from domain.refusals import Refused
from domain.session.quorum import below_quorum
from domain.session.sittings import SittingOpened
from domain.session.state import Moment, Session, decides, evolve, evolves
from domain.submission import Command, Office
from domain.text import Text


class NothingAtVersion(Refused):
    says = Text("会议记录中没有第 {version} 条", "the session's record has no entry {version}")


class FieldNotThere(Refused):
    says = Text(
        "第 {version} 条({name})不能这样更正:{fault}", "entry {version} ({name}) cannot be corrected so: {fault}"
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
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "street_committee")
    title: ClassVar[Text] = Text("更正", "Correct the record")
    version: int = Field(ge=2)
    changes: dict[str, Any] = {}
    strike: bool = False
    why: str = Field(min_length=1, max_length=1000)


class Corrected(Event):
    """`changes` are stored as JSON values; `dependents` lists what came out otherwise because of it, as facts won or lost."""

    name: ClassVar[str] = "session.corrected.v1"
    version: int
    changes: dict[str, Any]
    strike: bool
    why: str
    decided_by_presidium: bool
    dependents: tuple[str, ...]

    def gains(self) -> tuple[str, ...]:
        return tuple(d[1:] for d in self.dependents if d.startswith("+"))

    def loses(self) -> tuple[str, ...]:
        return tuple(d[1:] for d in self.dependents if d.startswith("-"))


class Struck(Event):
    """What stands in the fold where an entry was struck. Never stored."""

    what: str


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
    new = _replacement(old, command.changes, strike=command.strike, version=command.version)
    if new == old:
        return []
    by_presidium = False
    if _announced(session, old) and not _convener_without_presidium(session, moment):
        decided = session.facts.get("decided:correction")
        if decided is None or decided.version < _announced_version(session, old):
            raise AnnouncedAlready(moment.cites("record.correction"))
        by_presidium = True
    draft = Corrected(
        at=moment.at,
        basis=moment.basis("record.correction"),
        version=command.version,
        changes=command.changes,
        strike=command.strike,
        why=command.why,
        decided_by_presidium=by_presidium,
        dependents=(),
        findings=_held_with_too_few(session, old, new, moment),
    )
    after = evolve(session, draft)
    return [draft.model_copy(update={"dependents": _difference(session, after)})]


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
        "basis", "findings", "needed", "adopted", "deputies_total", "session", "kind", "edition", "replaced", "publication",
        "first_within", "recommendation", "chosen", "tied", "seats", "counted", "clock", "last_day",
    }
)  # fmt: skip
"""Fields that follow from the rules or from other entries, so that nobody corrects them by hand."""


def _replacement(old: Event, changes: dict[str, Any], *, strike: bool, version: int) -> Event:
    """The entry as corrected, validated like a new one."""
    if strike:
        return Struck(at=old.at, basis=old.basis, what=old.name)
    if forbidden := sorted(DERIVED & set(changes)):
        raise FieldNotThere(
            version=version, name=old.name, fault=f"{forbidden[0]}: 由规则得出 / follows from the rules"
        )
    if not changes:
        raise FieldNotThere(version=version, name=old.name, fault="没有更改 / nothing is changed")
    try:
        merged = _merged(old.model_dump(mode="json"), changes)
        new = type(old).model_validate(merged)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise FieldNotThere(
            version=version, name=old.name, fault=f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        ) from None
    for present, total in (("deputies_present", "deputies_total"), ("members_present", "members_total")):
        if getattr(new, present, 0) > getattr(new, total, float("inf")):
            raise FieldNotThere(version=version, name=old.name, fault=f"{present} > {total}")
    count = getattr(new, "count", None)
    if count is not None and count.total != new.deputies_present:  # type: ignore[attr-defined]
        fault = f"{count.total} ≠ {new.deputies_present}"  # type: ignore[attr-defined]
        raise FieldNotThere(version=version, name=old.name, fault=fault)
    return new.recomputed()


def _merged(fields: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The entry's fields with those changed; the votes of a count may be named by themselves (`in_favour: 30`)."""
    count, flat = fields.get("count"), {}
    if isinstance(count, dict):
        flat = {name: number for name, number in changes.items() if name in count}
    merged = {**fields, **{name: value for name, value in changes.items() if name not in flat}}
    return {**merged, "count": {**count, **flat}} if isinstance(count, dict) and flat else merged


def _announced(session: Session, old: Event) -> bool:
    return _announced_version(session, old) > 0


def _announced_version(session: Session, old: Event) -> int:
    """The entry that announced what `old` says, or 0."""
    subjects = [
        getattr(old, "subject", None),
        {"projects": "projects", "rating": "rating"}.get(getattr(old, "poll", "")),
    ]
    kinds = {"ProjectsChosen": "projects", "ProjectsRated": "rating", "SheetEntered": getattr(old, "poll", None)}
    kind = kinds.get(type(old).__name__)
    subjects += [i.code for i in session.agenda.values() if kind and i.kind == kind]
    found = [session.facts[f"announced:{s}"].version for s in subjects if s and session.has(f"announced:{s}")]
    return max(found, default=session.facts["closed"].version if session.has("closed") else 0)


def _difference(before: Session, after: Session) -> tuple[str, ...]:
    lost = (f"-{fact}" for fact in before.facts if fact not in after.facts)
    won = (f"+{fact}" for fact in after.facts if fact not in before.facts)
    return tuple(sorted((*lost, *won)))


@evolves(Corrected)
def corrected(session: Session, event: Corrected) -> Session:
    """Strike one entry through and fold all again. Corrections met on the way are already in the history they led to."""
    at = event.version - 1
    new = _replacement(session.history[at], event.changes, strike=event.strike, version=event.version)
    history = (*session.history[:at], new, *session.history[at + 1 :])
    again = Session(session.stream)
    for entry in history:
        again = _refold(again, entry)
    return again


def _refold(session: Session, entry: Event) -> Session:
    if isinstance(entry, (Corrected, Struck)):
        return replace(session, recorded=session.recorded + 1, history=(*session.history, entry))
    return evolve(session, entry)
