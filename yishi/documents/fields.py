"""What a template may use: each field with the Chinese name that stands in the template, and what it means.

A paper's data are frozen dataclasses whose fields are declared by `named`. From them come the values handed to the template
(`values`) and the list that a clerk and the checker of templates read (`shape`), so that the two cannot part.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from domain.text import Text

BLANK = "________"
"""What stands where something is to be written by hand."""

Figure = int | str
"""A number on record, or a blank for one that is not yet."""


def named(name: str, zh: str, en: str) -> Any:
    """A field of a paper: its name in templates and what it means, in Chinese and English."""
    return field(metadata={"name": name, "says": Text(zh, en)})


@dataclass(frozen=True)
class Shape:
    """What a field holds: `one` of these fields (a part), or a list of `each`, or neither: something to print."""

    one: "dict[str, Described] | None" = None
    each: "Shape | None" = None


class Described(NamedTuple):
    says: Text
    shape: Shape


def shape(of: Any) -> Shape:
    """The shape of a type: of a paper's data, of one of its parts, of a list of them, or of a plain value."""
    if get_origin(of) in (Union, UnionType):
        parts = [each for each in get_args(of) if is_dataclass(each)]
        return shape(parts[0]) if parts else Shape()
    if get_origin(of) is tuple:
        return Shape(each=shape(get_args(of)[0]))
    if not is_dataclass(of):
        return Shape()
    hints = get_type_hints(of)
    return Shape(one={f.metadata["name"]: Described(f.metadata["says"], shape(hints[f.name])) for f in fields(of)})


def values(of: Any) -> Any:
    """The same as plain values under their Chinese names, for a template."""
    if isinstance(of, tuple):
        return [values(each) for each in of]
    if is_dataclass(of):
        return {f.metadata["name"]: values(getattr(of, f.name)) for f in fields(of)}
    return printable(of) if isinstance(of, str) else of


def printable(text: str) -> str:
    """The text without the control characters that a .docx may not hold, or that would be read as layout."""
    return "".join(
        c for c in text if c == "\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


class Row(NamedTuple):
    """One line of the list of fields: `会议.名称`, what it means, and what it is now."""

    path: str
    says: Text
    now: str


def rows(of: Shape, now: Any, path: str = "") -> Iterator[Row]:
    """Every field of a paper with its value at present; of a list, the fields of its first entry."""
    for name, (says, inner) in (of.one or {}).items():
        here, value = f"{path}{name}", now.get(name) if isinstance(now, dict) else None
        if inner.one is not None:
            yield Row(here, says, "")
            yield from rows(inner, value, f"{here}.")
        elif inner.each is not None:
            count = len(value) if isinstance(value, list) else 0
            yield Row(f"{here}[]", says, Text(f"{count} 项", f"{count}").zh)
            first = value[0] if isinstance(value, list) and value else None
            yield from rows(inner.each, first, f"{here}[].") if inner.each.one is not None else ()
        else:
            yield Row(here, says, "" if value is None else str(value))
