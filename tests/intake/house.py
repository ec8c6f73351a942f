"""The year of `examples/shinian` on a real ledger without an engine: as the script has it, or only up to the closing."""

import asyncio
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from domain.calendar import at_clock
from domain.procedure import PROCEDURES
from domain.progress import openings
from domain.session.offices import who_acts
from domain.submission import COMMANDS, Actor, Submission
from tests.cli.shell import EXAMPLES
from yishi.intake.intake import Intake, intake
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.planning.load import load_plan
from yishi.planning.plan import Plan
from yishi.planning.play import read_script
from yishi.planning.register import register_fields
from yishi.planning.script import ScriptAct
from yishi.projections.figures import figures
from yishi.projections.followed import followed
from yishi.projections.suggestion_sheet import COLUMNS, suggestion_rows
from yishi.record import deciders

SHINIAN = EXAMPLES / "shinian"
LATER = at_clock(date(2026, 1, 20), 9)
END = date(2025, 12, 31)
HEADER = [title.zh for title in COLUMNS.values()]
Table = list[list[str]]


class Unsealed:
    def seal(self, person: str, plain: str) -> str:
        return ""

    def open(self, person: str, sealed: str) -> str | None:
        return None


@cache
def laws() -> LawLibrary:
    return LawLibrary(None)


@cache
def the_plan() -> Plan:
    return load_plan(SHINIAN / "plan.yaml", laws().newest())


@cache
def the_script() -> tuple[ScriptAct, ...]:
    script, faults = read_script(SHINIAN / "script.yaml", the_plan(), laws().newest())
    assert script is not None, faults
    return tuple(script.acts)


class House:
    """A county's ledger, its clock a year after its session."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.plan, self.stream = folder, the_plan(), the_plan().stream
        library = LawLibrary(folder)
        folder.mkdir(parents=True, exist_ok=True)
        library.keep(library.newest())
        self.laws = library
        self.ledger = Ledger(folder, deciders(), library, clock=lambda: LATER, rehearsal=False)

    def played(self, wanted: Callable[[ScriptAct], bool]) -> "House":
        fields = register_fields(self.plan, self.laws.newest(), Unsealed(), rehearsal=False)
        acts = [act for act in the_script() if wanted(act)]
        self.record("register", self.stream, "register-session", fields, acts[0].at, "standing_committee")
        for n, act in enumerate(acts):
            of = self.stream if act.of is None else self.stream.replace("session/1", f"matter/{act.of}")
            self.record(f"a{n}", of, act.act, act.fields, act.at, act.by)
        return self

    def record(self, id_: str, stream: str, act: str, fields: dict[str, Any], at: datetime, by: str | None) -> None:
        command, session = COMMANDS[act], self.ledger.state(self.stream)
        if by is None:
            usual = PROCEDURES[self.plan.procedure_id].may_do(act, command.offices)
            if command.stream_kind == "session" and session.registered:
                usual = who_acts(session, command.model_validate(fields)).offices
            by = usual[0]
        office: Any = by
        asked = Submission(command_id=id_, stream=stream, actor=Actor(office=office), at=at, act=act, fields=fields)
        [answer] = self.together([asked])
        assert answer.outcome == "recorded", (act, fields, answer.says().zh)

    def together(self, acts: Sequence[Submission]) -> list[Any]:
        return asyncio.run(self.ledger.record_together(acts, openings))

    def sheet(self, *, rounds: bool = False) -> Table:
        cases = followed(self.ledger, self.stream, END)
        rows = suggestion_rows(cases, None, {}, "zh", rounds=rounds)
        return [HEADER, *([row[column] for column in COLUMNS] for row in rows)]

    def looks_at(self, file: Path, names: Mapping[str, str] | None = None) -> Intake:
        return intake(file, self.ledger, self.stream, deciders(), self.laws, names or {}, LATER)

    def figures(self) -> dict[str, Any]:
        found = figures(followed(self.ledger, self.stream, END), None, END)
        return {figure.id: figure.tally.told() for figure in found.get("suggestion", [])}


@contextmanager
def house(folder: Path, wanted: Callable[[ScriptAct], bool]) -> Iterator[House]:
    made = House(folder)
    try:
        yield made.played(wanted)
    finally:
        made.ledger.close()


def of_suggestions(act: ScriptAct) -> bool:
    """Whether an act of the script is about suggestions."""
    return act.act in ("file-suggestion", "assign-suggestions") or bool(act.of and act.of.startswith("s"))


def up_to_the_closing(act: ScriptAct) -> bool:
    closing = next(each.at for each in the_script() if each.act == "close-session")
    return act.at <= closing and not of_suggestions(act)


def written(file: Path, table: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> Path:
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows(table)
    return file
