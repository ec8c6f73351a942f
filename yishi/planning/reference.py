"""The generated parts of docs/write-a-plan.md: topics and readings, steps, acts and their fields, refusals, findings.

`python -m yishi.planning.reference [--check]` writes it, or says that it is stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.findings import SAYS
from domain.procedure import Need, Procedure, Step
from domain.submission import Command
from yishi.law import LawLibrary
from yishi.planning.schema import script_schema
from yishi.planning.script import RESERVED
from yishi.planning.topics import topics as known_topics
from yishi.planning.vocabulary import procedures, script_acts
from yishi.planning.vocabulary import refusals as known_refusals

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "write-a-plan.md"
BEGIN, END = "<!-- generated: {0} -->", "<!-- end of generated: {0} -->"
SCALARS = {"string": "text", "integer": "number", "boolean": "true / false", "object": "{…}"}
PATTERNS = {
    r"^[a-z0-9][a-z0-9-]{0,39}$": "code",
    r"^[a-z0-9][a-z0-9-]{0,19}$": "code",
    r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$": "id",
}


def acts() -> Iterator[str]:
    """Each act: what it is, who may do it, its fields."""
    defs = script_schema()["$defs"]
    for act, kind in script_acts().items():
        yield f"**`{act}`** {kind.title.zh} · {kind.title.en}"
        yield ""
        yield f"- by: {', '.join(f'`{office}`' for office in kind.offices)}"
        fields = list(_fields(defs[f"act-{act}"], kind, defs))
        yield from fields or ["- no fields of its own"]
        if kind.stream_kind == "matter":
            yield "- of a matter: `of: NUMBER` says which one (`suggestion: NUMBER` does too)"
        about = _sentence(kind)
        if about:
            yield f"- {about}"
        yield ""


def _fields(schema: dict[str, Any], kind: type[Command], defs: dict[str, Any]) -> Iterator[str]:
    inline = {n: p for n, p in schema["properties"].items() if n not in RESERVED}
    under = schema["properties"].get("fields", {}).get("properties", {}) if "fields" in schema["properties"] else {}
    for name, part in {**inline, **under}.items():
        needed = kind.model_fields[name].is_required()
        where = " (under `fields:`)" if name in under else ""
        yield f"- `{name}`{where}: {_shape(part, defs)}{'' if needed else f', optional{_default(part)}'}"


def _default(part: dict[str, Any]) -> str:
    default = part.get("default")
    if default in (None, "", [], {}):
        return ""
    return f", by default {str(default).lower() if isinstance(default, bool) else default}"


def _shape(part: dict[str, Any], defs: dict[str, Any]) -> str:
    if "$ref" in part:
        part = defs[part["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in part:
        return " or ".join(_shape(p, defs) for p in part["anyOf"] if p.get("type") != "null")
    if "enum" in part:
        return " · ".join(f"`{value}`" for value in part["enum"])
    if part.get("type") == "array":
        return f"list of {_shape(part.get('items', {}), defs)}"
    if part.get("type") == "object" and part.get("properties"):
        inner = [n + ("" if n in part.get("required", []) else "?") for n in part["properties"]]
        return f"`{{{', '.join(inner)}}}`"
    if part.get("format") == "date":
        return "day"
    pattern = str(part.get("pattern", ""))
    if pattern.startswith(r"^\d{4}"):
        return "time"
    return PATTERNS.get(pattern) or SCALARS.get(str(part.get("type")), "any value")


def _sentence(kind: type[Command]) -> str:
    return " ".join((kind.__doc__ or "").split())


def steps() -> Iterator[str]:
    """Each kind of meeting: its steps in order, what must stand before them, what the law calls them."""
    for procedure in procedures().values():
        yield f"### `{procedure.id}`: {procedure.title.zh} · {procedure.title.en}"
        yield ""
        kinds = ", ".join(f"`{kind}`" for kind in procedure.kinds)
        yield f"Kinds of session: {kinds}. Quorum by `{procedure.quorum}`; majority by `{procedure.majority or '-'}`."
        yield ""
        yield "| stage | step | act | fact | first |"
        yield "|---|---|---|---|---|"
        yield from dict.fromkeys(_row(step, procedure) for step in procedure.steps)
        yield ""


def _row(step: Step, procedure: Procedure) -> str:
    title = f"{step.title.zh} · {step.title.en}" + (" *(optional)*" if step.optional else "")
    if step.kinds:
        title += f" ({', '.join(step.kinds)})"
    if step.of_kinds:
        title += f" [{', '.join(step.of_kinds)}]"
    first = ", ".join(_need(need) for need in step.needs) or "-"
    return f"| {step.stage.value} | {title} | `{step.act}` | `{step.fact}` | {first} |"


def _need(need: Need) -> str:
    kinds = f" [{', '.join(need.kinds)}]" if need.kinds else ""
    return f"`{need.fact}`" + (f" ({need.topic})" if need.topic else "") + kinds


def refusals() -> Iterator[str]:
    """Each reason to refuse, with its sentence."""
    yield "| reason | says |"
    yield "|---|---|"
    for name, kind in known_refusals().items():
        yield f"| `{name}` | {kind.says.zh} · {kind.says.en} |"


def findings() -> Iterator[str]:
    """What may be noticed without stopping an act."""
    yield "| finding | says |"
    yield "|---|---|"
    for name, says in SAYS.items():
        yield f"| `{name}` | {says.zh} · {says.en} |"


def topics() -> Iterator[str]:
    """What an own rule may set: each topic to which some text gives a value, and how an own rule writes it."""
    yield "| topic | | value |"
    yield "|---|---|---|"
    for topic in known_topics(LawLibrary(None).newest()):
        if topic.written:
            yield f"| `{topic.name}` | {topic.title.zh} · {topic.title.en} | `{'` or `'.join(topic.written)}` |"


def readings() -> Iterator[str]:
    """The readings that a plan may adopt, so that they refuse."""
    yield "| id | topic | says |"
    yield "|---|---|---|"
    for topic in known_topics(LawLibrary(None).newest()):
        for rule in topic.readings:
            yield f"| `{rule.id}` | `{topic.name}` | {rule.says.zh} · {rule.says.en} |"


PARTS = {
    "topics": topics,
    "readings": readings,
    "acts": acts,
    "steps": steps,
    "refusals": refusals,
    "findings": findings,
}


def fresh(text: str) -> str:
    """The document with its generated parts made anew.

    Raises:
        ValueError: a part's marks are missing.
    """
    for name, part in PARTS.items():
        begin, end = BEGIN.format(name), END.format(name)
        if begin not in text or end not in text:
            raise ValueError(f"the marks of {name} are missing")
        before, _, rest = text.partition(begin)
        after = rest.partition(end)[2]
        text = before + begin + "\n\n" + "\n".join(part()).strip() + "\n\n" + end + after
    return text


def main(arguments: list[str]) -> int:
    """Write the document, or with --check say whether it is stale (exit 1)."""
    text = DOCUMENT.read_text("utf-8")
    made = fresh(text)
    if "--check" in arguments:
        if made != text:
            sys.stderr.write(f"{DOCUMENT.name} is stale: run python -m yishi.planning.reference\n")
        return int(made != text)
    DOCUMENT.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
