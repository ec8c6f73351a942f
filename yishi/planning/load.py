"""Reading a plan: its file, its roll, and every fault of both and of one against the other, at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from domain.law import LawBook
from domain.text import Text
from yishi.planning.checks import own_faults
from yishi.planning.document import Document, document_of, read_document
from yishi.planning.faults import Fault, Faulty, errors, in_order
from yishi.planning.law_checks import law_faults
from yishi.planning.named import book_faults, roll_faults
from yishi.planning.plan import Plan, PlanFile
from yishi.planning.roll import RollEntry, read_roll, roll_of, stand_ins
from yishi.planning.validate import validated

Rows = tuple[tuple[RollEntry, ...], list[Fault]]


class RollFile(NamedTuple):
    """A roll that comes with a plan, under the name by which the plan knows it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reading:
    """A plan as far as it could be read: `plan` is None when there are errors; `faults` holds warnings too."""

    plan: Plan | None
    faults: tuple[Fault, ...]


def load_plan(path: Path, book: LawBook | None = None) -> Plan:
    """The plan.

    Args:
        path: its file; book: the law to check it by (without one, what needs the law is not checked).

    Raises:
        Faulty: with everything that is wrong with it.
    """
    reading = read_plan(path, book)
    if reading.plan is None:
        raise Faulty(reading.faults)
    return reading.plan


def read_plan(path: Path, book: LawBook | None = None) -> Reading:
    """The plan, or why there is none; never raises for what is in the files."""
    return _read(path, lambda: read_document(path), lambda file: _beside_it(path.parent / file), book)


def plan_of(name: str, raw: bytes, roll: RollFile | None, book: LawBook) -> Reading:
    """The plan of bytes that are at hand, with the roll that was sent along; never raises for what is in them."""

    def sent_along(file: str) -> Rows | None:
        return roll_of(roll.name, roll.content) if roll is not None and file == roll.name else None

    return _read(Path(name), lambda: document_of(name, raw), sent_along, book)


def _read(
    path: Path, read: Callable[[], Document], roll_named: Callable[[str], Rows | None], book: LawBook | None
) -> Reading:
    try:
        document = read()
    except Faulty as wrong:
        return Reading(None, wrong.faults)
    written, faults = validated(PlanFile, document.value, document)
    roll, wrong_rows = _roll(document, roll_named)
    faults += wrong_rows
    if written is not None:
        faults += [*own_faults(written, document), *roll_faults(written, document, roll)]
        if book is not None:
            of_book = list(book_faults(written, document, book))
            faults += of_book
            if not errors(of_book):
                faults += law_faults(written, document, book)
    if written is None or errors(faults):
        return Reading(None, in_order(faults))
    fields = {name: getattr(written, name) for name in PlanFile.model_fields}
    codes = {g.title: g.code for g in written.groups}
    entries = tuple(e.model_copy(update={"group": codes.get(e.group, e.group)}) for e in roll)
    return Reading(Plan(**fields, path=path, entries=entries), in_order(faults))


def _beside_it(file: Path) -> Rows | None:
    return read_roll(file) if file.is_file() else None


def _roll(document: Document, roll_named: Callable[[str], Rows | None]) -> Rows:
    """The roll that the plan names, read even when the rest of the plan is faulty."""
    said = document.value.get("roll") if isinstance(document.value, dict) else None
    if not isinstance(said, dict):
        return (), []
    if isinstance(count := said.get("count"), int) and 0 < count <= 5000:
        return stand_ins(count), []
    if not isinstance(file := said.get("file"), str) or not file:
        return (), []
    if not beside(file):
        says = Text(f"名册应放在方案旁边:{file}", f"the roll belongs beside the plan: {file}")
        return (), [document.fault(("roll", "file"), says, Text("只写文件名", "write its name only"))]
    found = roll_named(file)
    if found is None:
        says = Text(f"找不到名册 {file}", f"there is no roll {file}")
        return (), [document.fault(("roll", "file"), says, Text("名册应放在方案旁边", "it belongs beside the plan"))]
    entries, faults = found
    return entries, [fault.model_copy(update={"file": file}) for fault in faults]


def beside(file: str) -> bool:
    """Whether a file named in a plan or script lies beside or below it, on any system."""
    parts = PureWindowsPath(file).parts
    return not (
        PurePosixPath(file).is_absolute() or PureWindowsPath(file).drive or PureWindowsPath(file).root or ".." in parts
    )
