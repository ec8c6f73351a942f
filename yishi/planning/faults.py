"""A fault in a file: where it stands, what is wrong, what to do. All of a file's faults are told at once."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.law import Citation
from domain.text import Lang, Text

NOTHING = Text("", "")


class Fault(BaseModel):
    """One fault. Lines and columns count from 1; a roll's column is 0, its line the row of the sheet.

    Attributes:
        where: the place in the file's own words, e.g. `agenda[2].kind`.
        weight: a warning leaves the file usable, an error does not.
        basis: the articles behind it, where the law is what was not met.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    file: str
    line: int
    column: int
    where: str
    says: Text
    todo: Text = NOTHING
    weight: Literal["error", "warning"] = "error"
    basis: tuple[Citation, ...] = ()

    def told(self, lang: Lang = "zh") -> str:
        """One line for people: file, line, place, what is wrong, by which article, what to do."""
        place = f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")
        word = {"zh": {"error": "错误", "warning": "提醒"}, "en": {"error": "error", "warning": "warning"}}[lang][
            self.weight
        ]
        where = f" {self.where}:" if self.where else ""
        return f"{place} {word}{where} {self.sentence(lang)}"

    def sentence(self, lang: Lang = "zh") -> str:
        """What is wrong, by which article, what to do; without the place."""
        said = self.says.to(lang)
        if self.basis:
            said += " - " + ("、" if lang == "zh" else "; ").join(c.to(lang) for c in self.basis)
        if todo := self.todo.to(lang):
            said += f"。{todo}" if lang == "zh" else f". {todo}"
        return said


class Faulty(Exception):
    """A file that cannot be used. `faults` holds everything that is wrong with it, warnings among them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.told("en") for fault in self.faults))


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults if fault.weight == "error")


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """By file and line, each once."""
    once = {(f.file, f.line, f.column, f.where, f.says): f for f in faults}
    return tuple(sorted(once.values(), key=lambda f: (f.file, f.line, f.column)))
