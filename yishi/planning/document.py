"""A YAML 1.2 file as plain values that still know their lines. Nothing in it can run, repeat itself or grow.

Only mappings, lists and scalars are read: anchors, tags and a second document are refused. A plain scalar is a number, true,
false, null or text by the YAML 1.2 core schema alone, so 9:30 is text and `no` is text; dates stay text for the model to read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from domain.text import Text
from yishi.planning.faults import NOTHING, Fault, Faulty

LARGEST = 2 * 1024 * 1024  # bytes; the longest session on file needs a fiftieth
DEEPEST = 20

Place = tuple[str | int, ...]


@dataclass
class Document:
    """The file's value, and where each part of it stands (line, column from 1)."""

    file: str
    value: Any = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    written: dict[Place, str] = field(default_factory=dict)  # plain scalars as they stand in the file

    def fault(self, place: Place, says: Text, todo: Text = NOTHING, *, at_key: bool = False, **more: Any) -> Fault:
        """A fault at a place, or at the nearest part around it that is in the file."""
        line, column = self._mark(place, at_key)
        return Fault(file=self.file, line=line, column=column, where=spoken(place), says=says, todo=todo, **more)

    def line(self, place: Place) -> int:
        return self._mark(place, at_key=False)[0]

    def _mark(self, place: Place, at_key: bool) -> tuple[int, int]:
        if at_key and place in self.keys:
            return self.keys[place]
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, (1, 1))


def spoken(place: Place) -> str:
    """`("agenda", 2, "kind")` as `agenda[2].kind`; entries count from 1, as people do."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def read_document(path: Path) -> Document:
    """Read one file.

    Raises:
        Faulty: it is not there, too large, not UTF-8, or not YAML.
    """
    return document_of(path.name, _bytes(path, Document(path.name)))


def document_of(name: str, raw: bytes) -> Document:
    """The same of bytes that are at hand already.

    Raises:
        Faulty: too large, not UTF-8, or not YAML.
    """
    document = Document(name)
    _not_too_large(len(raw), document)
    text = _text(raw, document)
    try:
        _Builder(document).build(iter(YAML(typ="safe", pure=True).parse(text)))
    except YAMLError as wrong:
        raise Faulty([_broken(document, wrong, text)]) from wrong
    return document


def _not_too_large(size: int, document: Document) -> None:
    if size > LARGEST:
        says = Text("文件有 {size} MB,超过 {most} MB", "the file has {size} MB, more than {most} MB")
        todo = Text(
            "方案和脚本都是短文件,请核对是否选错了文件",
            "plans and scripts are short: check that this is the right file",
        )
        says = says.filled(size=round(size / 2**20, 1), most=LARGEST // 2**20)
        raise Faulty([document.fault((), says, todo)])


def _bytes(path: Path, document: Document) -> bytes:
    try:
        _not_too_large(path.stat().st_size, document)
        return path.read_bytes()
    except FileNotFoundError as wrong:
        says = Text("没有这个文件({path})", "there is no such file ({path})").filled(path=path)
        raise Faulty(
            [document.fault((), says, Text("请核对文件名和所在文件夹", "check its name and folder"))]
        ) from wrong
    except (IsADirectoryError, NotADirectoryError) as wrong:
        says = Text("这不是文件({path})", "this is not a file ({path})").filled(path=path)
        raise Faulty([document.fault((), says)]) from wrong
    except PermissionError as wrong:
        says = Text("没有读取权限({path})", "reading it is not allowed ({path})").filled(path=path)
        raise Faulty([document.fault((), says)]) from wrong
    except OSError as wrong:
        says = Text("文件读不到:{why}", "the file cannot be read: {why}").filled(why=wrong.strerror or str(wrong))
        raise Faulty([document.fault((), says)]) from wrong


def _text(raw: bytes, document: Document) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        document.marks[()] = (raw.count(b"\n", 0, wrong.start) + 1, 1)
        says = Text("文件不是 UTF-8 编码", "the file is not in UTF-8")
        todo = Text("请用编辑器另存为 UTF-8", "save it as UTF-8 in your editor")
        raise Faulty([document.fault((), says, todo)]) from wrong


class _Builder:
    """Builds values from the parser's events, one at a time, so that nothing is expanded before it is looked at."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[Fault] = []

    def build(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        (),
                        event,
                        Text("文件里有不止一份文档(---)", "there is more than one document (---) in the file"),
                    )
            elif isinstance(event, NodeEvent) and documents == 1:
                self.document.value = self._node(event, events, ())
            elif isinstance(event, StreamEndEvent):
                break
        if not self.document.marks or self.document.value is None:
            self.document.marks.setdefault((), (1, 1))
            self.faults.append(self.document.fault((), Text("文件是空的", "the file is empty")))
        if self.faults:
            raise Faulty(self.faults)

    def _node(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        mark = event.start_mark
        self.document.marks[place] = (mark.line + 1, mark.column + 1)
        if len(place) > DEEPEST:
            self._stop(place, Text("层次太深", "it is nested too deeply"))
        if isinstance(event, AliasEvent) or event.anchor:
            todo = Text("请把内容写全", "write the content out in full")
            self._stop(place, Text("不使用 & 和 * 引用", "anchors (&) and references (*) are not used here"), todo)
        if event.tag and event.tag != "tag:yaml.org,2002:str":
            self._stop(place, Text("不使用 ! 标记", "tags (!) are not used here"), Text("请删去", "take it out"))
        if isinstance(event, ScalarEvent):
            return self._scalar(event, place)
        return self._list(events, place) if isinstance(event, SequenceStartEvent) else self._mapping(events, place)

    def _list(self, events: Iterator[Any], place: Place) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            out.append(self._node(event, events, (*place, len(out))))
        return out

    def _mapping(self, events: Iterator[Any], place: Place) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent) or event.anchor:
                self.document.marks[place] = (event.start_mark.line + 1, event.start_mark.column + 1)
                self._stop(place, Text("键只能是一个词", "a key must be a single word"))
            inside = (*place, event.value)
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if event.value in out:
                first = self.document.keys[inside][0]
                says = Text("“{key}”写了两次(先在第 {first} 行)", "{key} stands twice (first on line {first})")
                self.document.marks[inside] = mark
                self.faults.append(self.document.fault(inside, says.filled(key=event.value, first=first)))
            self.document.keys[inside] = mark
            out[event.value] = self._node(next(events), events, inside)
        return out

    def _scalar(self, event: ScalarEvent, place: Place) -> Any:
        if not event.style and event.implicit[0]:
            self.document.written[place] = event.value
            return plain(event.value)
        return event.value

    def _refuse(self, place: Place, event: Any, says: Text) -> None:
        self.document.marks[place] = (event.start_mark.line + 1, 1)
        self._stop(place, says)

    def _stop(self, place: Place, says: Text, todo: Text = NOTHING) -> None:
        raise Faulty([*self.faults, self.document.fault(place, says, todo)])


INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def plain(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema (octal, hexadecimal and .inf are text: no figure here needs them)."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) and not text.lstrip("+-").isdigit() else text


def _broken(document: Document, wrong: YAMLError, text: str) -> Fault:
    problem, mark = str(wrong), None
    if isinstance(wrong, MarkedYAMLError):
        problem, mark = wrong.problem or wrong.context or problem, wrong.problem_mark or wrong.context_mark
    elif isinstance(position := getattr(wrong, "position", None), int):
        document.marks[()] = (text.count("\n", 0, position) + 1, 1)
        problem = f"character U+{ord(text[position]):04X}"
    if mark is not None:
        last = text.rstrip().count("\n")  # an error at the end of a cut-off file belongs to its last line
        document.marks[()] = (min(mark.line, last) + 1, mark.column + 1)
    says = Text("不是完整的 YAML:{problem}", "this is not whole YAML: {problem}").filled(problem=_word(problem).zh)
    english = Text("", f"this is not whole YAML: {problem}")
    todo = Text(
        "请看这一行和上一行的缩进、冒号、引号和括号",
        "look at the indent, colons, quotes and brackets here and one line above",
    )
    if "\\t" in problem or "'\t'" in problem:
        todo = Text("缩进请用空格,不用制表符(Tab)", "indent with spaces, never with tabs")
    return document.fault((), Text(says.zh, english.en), todo)


def _word(problem: str) -> Text:
    known = {
        "cannot start any token": "有不能用在这里的字符",
        "mapping values are not allowed": "这里不能再有冒号,可能缩进不齐",
        "could not find expected": "缺少冒号",
        "expected <block end>": "缩进与上文不齐",
        "expected ',' or": "括号没有合上",
        "while scanning a quoted": "引号没有合上",
        "unexpected end of stream": "文件不完整,引号或括号没有合上",
        "found unexpected end": "文件不完整,引号或括号没有合上",
        "character U+": "有不能出现的控制字符",
    }
    return Text(next((zh for start, zh in known.items() if start in problem), problem), problem)
