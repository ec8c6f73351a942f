"""What was said of an act: on the command line, or in a YAML file as in a script."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from domain.text import Text
from yishi.cli.fields import Fields, FieldsWrong, Wrong
from yishi.trouble import Trouble


class NotOneAct(Trouble):
    says = Text(
        "{file} 应是一项的内容(键: 值);整个脚本用 yishi record-later --from {file}",
        "{file} should hold one act (key: value); a whole script is taken by yishi record-later --from {file}",
    )


class OtherAct(Trouble):
    says = Text("{file} 写的是 {found},不是 {act}", "{file} is about {found}, not about {act}")


class FileFaults(Trouble):
    says = Text("{said}", "{said}")


@dataclass(frozen=True)
class Said:
    """An act as a person says it; `given` are fields from a file, `words` those typed, which go before them."""

    act: str | None
    words: list[str]
    by: str | None = None
    person: str | None = None
    at: str | None = None
    reason: str = ""
    evidence: list[Path] = field(default_factory=list)
    of: str | None = None
    given: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Where a file names the act, the first word typed is a field."""
        if self.act is not None and "=" in self.act:
            object.__setattr__(self, "words", [self.act, *self.words])
            object.__setattr__(self, "act", None)

    def values(self, read: Fields) -> dict[str, Any]:
        """The file's fields, read by their types.

        Raises:
            FieldsWrong.
        """
        values, faults = {}, []
        for name, said in self.given.items():
            try:
                values[name] = read.read(name, said)
            except Wrong as wrong:
                faults.append(wrong.text)
        if faults:
            raise FieldsWrong(faults)
        return values


def from_file(file: Path, said: Said) -> Said:
    """What a file adds: the fields alone, or a whole act as it stands in a script. What was typed goes first.

    Raises:
        NotOneAct, OtherAct, FileFaults.
    """
    from yishi.planning.document import read_document  # noqa: PLC0415 # slow to load, and seldom needed
    from yishi.planning.faults import Faulty  # noqa: PLC0415

    try:
        value = read_document(file).value
    except Faulty as faulty:
        raise FileFaults(
            said=Text("\n".join(f.told("zh") for f in faulty.faults), "\n".join(f.told("en") for f in faulty.faults))
        ) from faulty
    if not isinstance(value, dict) or "acts" in value:
        raise NotOneAct(file=file)
    given = {**value, **(value["fields"] if isinstance(value.get("fields"), dict) else {})}
    given.pop("fields", None)
    for name in ("format", "note", "expect", "id", "entered"):
        given.pop(name, None)
    act = given.pop("act", None)
    if act is not None and said.act not in (None, act):
        raise OtherAct(file=file, found=act, act=said.act)
    evidence = given.pop("evidence", None) or []
    files = [file.parent / str(e["file"] if isinstance(e, dict) else e) for e in evidence]
    return replace(
        said,
        act=said.act or act,
        by=said.by or given.pop("by", None),
        person=said.person or given.pop("person", None),
        at=said.at or given.pop("at", None),
        reason=said.reason or given.pop("reason", ""),
        of=said.of or given.pop("of", None) or given.pop("suggestion", None),
        evidence=said.evidence or files,
        given={
            name: each for name, each in given.items() if name not in ("by", "person", "at", "reason", "suggestion")
        },
    )
