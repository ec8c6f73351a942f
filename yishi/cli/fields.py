"""An act's fields as they are typed: `name=value`, read by the type that the act gives the field."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from domain.text import Text, joined
from yishi.cli.moments import day, instant
from yishi.trouble import Trouble

Part = Mapping[str, Any]
YES = ("true", "yes", "y", "1", "on", "是", "有", "对")
NO = ("false", "no", "n", "0", "off", "否", "无", "不")
BETWEEN = re.compile(r"[,,、;;\s]+")
OF_TEXTS = re.compile(r"\s*[,,、;;]\s*")
RANGE = re.compile(r"([A-Za-z-]*?)(\d{1,6})\s*(?:\.\.|…|~|至)\s*([A-Za-z-]*?)(\d{1,6})")
LARGEST_RANGE = 5000
CODES = {
    r"^[a-z0-9][a-z0-9-]{0,39}$": Text("小写字母、数字和 -,至多 40 个", "lower-case letters, digits and -, 40 at most"),
    r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$": Text("字母、数字和 -,至多 20 个", "letters, digits and -, 20 at most"),
}


class FieldsWrong(Trouble):
    """What was typed does not make the act. All of it is told at once."""

    says = Text("{said}", "{said}")

    def __init__(self, faults: Iterable[Text]) -> None:
        listed = list(faults)
        super().__init__(said=Text("\n".join(f.zh for f in listed), "\n".join(f.en for f in listed)))


class Wrong(Exception):
    """One value that cannot be read."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(zh)


class Fields:
    """The fields of one act.

    Args:
        schema: JSON Schema of its command. now: what `today` and a bare `08:30` are counted from.
    """

    def __init__(self, schema: Part, now: datetime) -> None:
        self.schema, self.now = schema, now
        self.parts = {name: self.shape(part) for name, part in schema.get("properties", {}).items()}
        self.needed = tuple(schema.get("required", ()))

    def shape(self, part: Part) -> dict[str, Any]:
        """A part of the schema without its detours: references followed, `or nothing` left out."""
        while True:
            if "$ref" in part:
                found = self.schema.get("$defs", {})[part["$ref"].rsplit("/", 1)[-1]]
                part = {**found, **{k: v for k, v in part.items() if k != "$ref"}}
                continue
            options = part.get("anyOf") or part.get("oneOf") or part.get("allOf")
            kept = [o for o in options or () if o.get("type") != "null"]
            if len(kept) == 1:
                part = {**{k: v for k, v in part.items() if k not in ("anyOf", "oneOf", "allOf")}, **kept[0]}
                continue
            return dict(part)

    def typed(self, words: Iterable[str]) -> dict[str, Any]:
        """The values typed. A field said twice is a list that goes on.

        Raises:
            FieldsWrong: naming each word that is none of them, or cannot be read.
        """
        values: dict[str, Any] = {}
        faults: list[Text] = []
        for word in words:
            name, equals, said = word.partition("=")
            name = name.strip()
            if not equals:
                faults.append(_no_equals(word))
                continue
            try:
                value = self.read(name, said)
            except Wrong as wrong:
                faults.append(wrong.text)
                continue
            if name in values and isinstance(value, list):
                value = [*values[name], *value]
            elif name in values and values[name] != value:
                faults.append(Text(f"{name} 写了两次", f"{name} is said twice"))
            values[name] = value
        if faults:
            raise FieldsWrong(faults)
        return values

    def read(self, name: str, said: Any) -> Any:
        """One field's value, typed or from a file.

        Raises:
            Wrong.
        """
        if name not in self.parts:
            raise Wrong(*no_field(name, self.parts))
        try:
            return self._value(self.parts[name], said)
        except Wrong as wrong:
            raise Wrong(f"{name}:{wrong.text.zh}", f"{name}: {wrong.text.en}") from None

    def missing(self, values: Mapping[str, Any]) -> list[str]:
        return [name for name in self.needed if name not in values]

    def _value(self, part: Part, said: Any) -> Any:
        part = self.shape(part)
        if not isinstance(said, str):
            return [self._value(part.get("items", {}), each) for each in said] if isinstance(said, list) else said
        match kind_of(part):
            case "choice":
                return _choice(said, choices(part))
            case "yes/no":
                return _yes_or_no(said)
            case "number":
                return _number(said, part)
            case "day":
                return _day(said, self.now)
            case "time":
                return _instant(said, self.now)
            case "list":
                return self._list(said, self.shape(part.get("items", {})))
            case "{…}":
                return _written(said, "{")
            case "text":
                return _text(said, part)
            case _:
                return guessed(said)

    def _list(self, said: str, item: Part) -> list[Any]:
        said = said.strip()
        if said.startswith("["):
            return list(_written(said, "["))
        if kind_of(item) == "{…}":
            return [self._record(each, item) for each in OF_TEXTS.split(said) if each]
        free = kind_of(item) == "text" and "pattern" not in item
        found: list[Any] = []
        for each in (OF_TEXTS if free else BETWEEN).split(said):
            if each:
                found += [self._value(item, one) for one in ([each] if free else ranged(each))]
        return found

    def _record(self, said: str, item: Part) -> dict[str, Any]:
        """`xm1:60:2` as the first properties of an entry, in the order in which `--fields` shows them."""
        names = ordered(item)
        values = said.split(":")
        if len(values) > len(names):
            order = ":".join(names)
            raise Wrong(f"“{said}” 项数太多,写法:{order}", f"“{said}” has too many parts: write {order}")
        return {name: self._value(item["properties"][name], v) for name, v in zip(names, values, strict=False) if v}


def kind_of(part: Part) -> str:
    """What people call a field's type."""
    if choices(part):
        return "choice"
    match part.get("type"):
        case "boolean":
            return "yes/no"
        case "integer":
            return "number"
        case "array":
            return "list"
        case "object":
            return "{…}"
        case "string":
            return {"date": "day", "date-time": "time"}.get(str(part.get("format")), "text")
        case _:
            return "any"


def choices(part: Part) -> tuple[Any, ...]:
    return tuple(part["enum"]) if "enum" in part else (part["const"],) if "const" in part else ()


def ordered(item: Part) -> tuple[str, ...]:
    """An entry's properties, the needed ones first."""
    needed = tuple(item.get("required", ()))
    return (*needed, *(name for name in item.get("properties", {}) if name not in needed))


def ranged(said: str) -> Iterator[str]:
    """`D001..D120` as every id between them; anything else as it is.

    Raises:
        Wrong: a range that runs backwards, or over two kinds of ids.
    """
    found = RANGE.fullmatch(said)
    if found is None:
        yield said
        return
    letters, first, again, last = found.groups()
    if (again and again != letters) or int(last) < int(first) or int(last) - int(first) >= LARGEST_RANGE:
        raise Wrong(f"不是范围:{said}(写成 D001..D120)", f"this is no range: {said} (write D001..D120)")
    for number in range(int(first), int(last) + 1):
        yield f"{letters}{number:0{len(first)}d}"


def guessed(said: str) -> Any:
    """A value whose type nobody names: a number, true or false, a list or an object in brackets, else text."""
    if re.fullmatch(r"-?\d{1,15}", said):
        return int(said)
    if said.lower() in ("true", "false"):
        return said.lower() == "true"
    return _written(said, said.strip()[:1]) if said.strip()[:1] in ("[", "{") else said


def _written(said: str, opens: str) -> Any:
    """A list or an object in brackets, as JSON or as people write YAML."""
    wanted = Text("列表 [ … ]", "a list [ … ]") if opens == "[" else Text("{键: 值}", "{key: value}")
    try:
        value = json.loads(said)
    except ValueError:
        from ruamel.yaml import YAML  # noqa: PLC0415 # slow to load, and seldom needed
        from ruamel.yaml.error import YAMLError  # noqa: PLC0415

        try:
            value = json.loads(json.dumps(YAML(typ="safe", pure=True).load(said), default=str))
        except (YAMLError, ValueError, RecursionError):
            value = None
    if not isinstance(value, list if opens == "[" else dict):
        raise Wrong(f"读不懂 {_short(said)},应为{wanted.zh}", f"{_short(said)} cannot be read as {wanted.en}")
    return value


def _choice(said: str, allowed: tuple[Any, ...]) -> Any:
    for value in allowed:
        if str(value).lower() == said.strip().lower().replace("-", "_") or str(value) == said.strip():
            return value
    listed = "、".join(map(str, allowed)), ", ".join(map(str, allowed))
    raise Wrong(f"不能是 {_short(said)},只能是 {listed[0]}", f"it cannot be {_short(said)}, only {listed[1]}")


def _yes_or_no(said: str) -> bool:
    word = said.strip().lower()
    if word in YES or word in NO:
        return word in YES
    raise Wrong(f"应为 是 或 否,写的是 {_short(said)}", f"yes or no is needed, not {_short(said)}")


def _number(said: str, part: Part) -> int:
    try:
        number = int(said.strip().replace(",", ""))
    except ValueError:
        raise Wrong(f"应为整数,写的是 {_short(said)}", f"a whole number is needed, not {_short(said)}") from None
    least, most = part.get("minimum"), part.get("maximum")
    if least is not None and number < least:
        raise Wrong(f"{number} 太小,至少 {least}", f"{number} is too small: at least {least}")
    if most is not None and number > most:
        raise Wrong(f"{number} 太大,至多 {most}", f"{number} is too large: at most {most}")
    return number


def _day(said: str, now: datetime) -> str:
    try:
        return day(said, now).isoformat()
    except ValueError:
        raise Wrong(
            f"不是日期:{_short(said)}。写成 2026-01-27", f"this is not a date: {_short(said)}. Write 2026-01-27"
        ) from None


def _instant(said: str, now: datetime) -> str:
    try:
        return instant(said, now).isoformat()
    except ValueError:
        raise Wrong(
            f'不是时刻:{_short(said)}。写成 "2026-01-27 08:30"(北京时间)',
            f'this is not a time: {_short(said)}. Write "2026-01-27 08:30" (time in China)',
        ) from None


def _text(said: str, part: Part) -> str:
    said = said.strip()
    if (pattern := part.get("pattern")) and not re.search(pattern, said):
        wanted = CODES.get(pattern, Text(pattern, pattern))
        raise Wrong(f"写法不对:{_short(said)};用{wanted.zh}", f"not well formed: {_short(said)}; use {wanted.en}")
    if len(said) < part.get("minLength", 0):
        raise Wrong("不能为空", "it cannot be empty")
    if len(said) > (most := part.get("maxLength", len(said))):
        raise Wrong(f"太长,至多 {most} 个字", f"too long: at most {most} characters")
    return said


def _no_equals(word: str) -> Text:
    return Text(
        f"“{word}” 应写成 字段=内容(内容有空格时加引号)",
        f"“{word}” should be field=value (in quotes where the value has blanks)",
    )


def no_field(name: str, parts: Iterable[str]) -> Text:
    from difflib import get_close_matches  # noqa: PLC0415

    known = list(parts)
    if meant := get_close_matches(name, known, n=1, cutoff=0.6):
        return Text(f"没有字段 {name},是否为 {meant[0]}?", f"there is no field {name}: did you mean {meant[0]}?")
    if not known:
        return Text(f"没有字段 {name}:这一项不用填写", f"there is no field {name}: this act has none")
    listed = joined(Text(k, k) for k in known)
    return Text(f"没有字段 {name};有:{listed.zh}", f"there is no field {name}; there are: {listed.en}")


def _short(said: str) -> str:
    return f"“{said}”" if len(said) <= 40 else f"“{said[:39]}…”"
