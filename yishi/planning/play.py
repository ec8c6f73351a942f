"""Reading a script: each act against its command, every fault at its line."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from domain.findings import SAYS
from domain.law import LawBook
from domain.progress import BY_THE_ENGINE
from domain.submission import Command
from domain.text import Text
from yishi.planning.document import Document, Place, read_document
from yishi.planning.faults import Fault, Faulty, errors, in_order
from yishi.planning.load import beside
from yishi.planning.plan import Plan
from yishi.planning.script import RESERVED, ActHead, EvidenceBeside, Expectation, Script, ScriptAct, ScriptFile
from yishi.planning.times import legal_time
from yishi.planning.validate import validated
from yishi.planning.vocabulary import commands, refusals, script_acts
from yishi.planning.wording import near, near_act


def load_script(path: Path, plan: Plan | None = None, book: LawBook | None = None) -> Script:
    """The script.

    Args:
        plan: to know its own rules by id; book: to know the rules that an act is expected to be refused by.

    Raises:
        Faulty: with everything that is wrong with it.
    """
    script, faults = read_script(path, plan, book)
    if script is None:
        raise Faulty(faults)
    return script


def read_script(
    path: Path, plan: Plan | None = None, book: LawBook | None = None
) -> tuple[Script | None, tuple[Fault, ...]]:
    """The script, or why there is none; never raises for what is in the file."""
    try:
        document = read_document(path)
    except Faulty as wrong:
        return None, wrong.faults
    listed = document.value.get("acts") if isinstance(document.value, dict) else None
    outer, faults = validated(ScriptFile, document.value, document)
    acts: list[ScriptAct] = []
    known = _known_rules(plan, book)
    for index, said in enumerate(listed if isinstance(listed, list) else ()):
        act, wrong_here = _act(said, index, document, path.parent, known)
        faults += wrong_here
        if act is not None:
            acts.append(act)
    faults += _order(document)
    if outer is None or errors(faults):
        return None, in_order(faults)
    return Script(path=path, filled_in=outer.filled_in, acts=tuple(acts)), in_order(faults)


def _act(
    said: Any, index: int, document: Document, folder: Path, known: frozenset[str] | None
) -> tuple[ScriptAct | None, list[Fault]]:
    place: Place = ("acts", index)
    if not isinstance(said, dict):
        says = Text("应为若干个“键: 值”,至少有 at 和 act", "keys with values are needed, at and act among them")
        return None, [document.fault(place, says)]
    head, faults = validated(ActHead, {k: v for k, v in said.items() if k in RESERVED}, document, place)
    if head is not None:
        faults += [
            *_expected(head.expect, document, (*place, "expect"), known),
            *_evidence(head, document, place, folder),
        ]
    if said.get("act") in BY_THE_ENGINE:
        title = commands()[said["act"]].title
        says = Text(
            f"“{said['act']}”({title.zh})由系统自己完成", f"{said['act']} ({title.en}): the engine does this itself"
        )
        return None, [document.fault((*place, "act"), says, Text("从脚本中删去", "take it out of the script"))]
    kind = script_acts().get(str(said.get("act")))
    if "act" in said and kind is None:
        says = Text(f"没有“{said['act']}”这个环节", f"there is no act {said['act']}")
        faults.append(document.fault((*place, "act"), says, near_act(str(said["act"]), script_acts())))
    if kind is None:
        return None, faults
    own = {k: v for k, v in said.items() if k not in RESERVED}
    command, wrong = validated(kind, _timed(kind, own), document, place, RESERVED)
    clashing = said.get("fields")
    if isinstance(clashing, dict):
        command, wrong = validated(kind, _timed(kind, {**own, **clashing}), document, place, RESERVED)
    faults += wrong
    if head is None or command is None or errors(faults):
        return None, faults
    return ScriptAct(
        at=head.at,
        act=head.act,
        fields=command.model_dump(mode="json", exclude_unset=True),
        by=head.by,
        person=head.person,
        entered=head.entered,
        evidence=tuple(EvidenceBeside(path=folder / e.file, title=e.title or Path(e.file).name) for e in head.evidence),
        reason=head.reason,
        of=head.of or head.suggestion,
        id=head.id,
        note=head.note,
        expect=head.expect,
        line=document.line(place),
    ), faults


def _timed(kind: type[Command], fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with times as people write them made whole, in the zone of China."""
    out = dict(fields)
    for name in _times_of(kind):
        if isinstance(out.get(name), str):
            with suppress(ValueError):  # the model tells
                out[name] = legal_time(out[name]).isoformat()
    return out


@cache
def _times_of(kind: type[Command]) -> tuple[str, ...]:
    fields = kind.model_json_schema().get("properties", {})
    either = {
        name: [schema, *schema.get("anyOf", [])] for name, schema in fields.items()
    }  # a time, or a time or nothing
    return tuple(name for name, ways in either.items() if any(way.get("format") == "date-time" for way in ways))


def _known_rules(plan: Plan | None, book: LawBook | None) -> frozenset[str] | None:
    """Ids of all rules an answer may cite; None when the law book was not given."""
    own = plan.own_rules if plan else ()
    return frozenset({p.id for p in book.provisions} | {r.id for r in own}) if book else None


def _expected(
    said: Expectation | None, document: Document, place: Place, known: frozenset[str] | None
) -> Iterator[Fault]:
    """Expectations name refusals, rules and findings that exist."""
    if said is None:
        return
    reason = said.refused
    if reason and reason not in refusals() and (reason not in known if known is not None else "-" not in reason):
        says = Text(f"没有“{reason}”这一不予办理的理由或规则", f"{reason} is neither a reason to refuse nor a rule")
        yield document.fault((*place, "refused"), says, near(reason, [*refusals(), *(known or ())], bare=True))
    if said.citing and known is not None and said.citing not in known:
        says = Text(f"没有规则 {said.citing}", f"there is no rule {said.citing}")
        yield document.fault((*place, "citing"), says, near(said.citing, sorted(known), bare=True))
    for index, code in enumerate(said.warnings):
        if code not in SAYS:
            says = Text(f"没有“{code}”这一提示", f"there is no finding {code}")
            yield document.fault((*place, "warnings", index), says, near(code, SAYS))


def _evidence(act: ActHead, document: Document, place: Place, folder: Path) -> Iterator[Fault]:
    for index, evidence in enumerate(act.evidence):
        where: Place = (*place, "evidence", index)
        if not beside(evidence.file):
            says = Text(
                f"佐证材料应放在脚本旁边:{evidence.file}", f"evidence belongs beside the script: {evidence.file}"
            )
            yield document.fault(where, says)
        elif not (folder / evidence.file).is_file():
            yield document.fault(where, Text(f"找不到佐证材料 {evidence.file}", f"there is no file {evidence.file}"))


def _order(document: Document) -> Iterator[Fault]:
    """Acts stand in the order in which they are entered; asked of every act whose times can be read, faulty or not."""
    before: tuple[int, datetime] | None = None
    for index, said in enumerate(document.value.get("acts") or () if isinstance(document.value, dict) else ()):
        entered = _entered(said)
        if entered is None:
            continue
        line = document.line(("acts", index))
        if before is not None and entered < before[1]:
            now, then = f"{entered:%Y-%m-%d %H:%M}", f"{before[1]:%Y-%m-%d %H:%M}"
            says = Text(
                f"记录时间 {now} 早于上一项(第 {before[0]} 行 {then})",
                f"entered at {now}, before the act above (line {before[0]}, {then})",
            )
            todo = Text(
                "按记录的先后排列;补录的写 entered", "order acts by their entry; for a late entry write entered"
            )
            yield document.fault(("acts", index, "entered" if "entered" in said else "at"), says, todo)
        before = line, entered


def _entered(said: Any) -> datetime | None:
    written = (said.get("entered") or said.get("at")) if isinstance(said, dict) else None
    try:
        instant = legal_time(written)
    except ValueError:
        return None
    return instant if isinstance(instant, datetime) else None
