"""Reading a script: each act against its command, every fault at its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.findings import SAYS
from domain.law import LawBook
from domain.refusals import REFUSALS
from domain.submission import Command
from domain.text import Text
from yishi.planning.document import Document, Place, read_document
from yishi.planning.faults import Fault, Faulty, errors, in_order
from yishi.planning.load import beside
from yishi.planning.plan import Plan
from yishi.planning.script import RESERVED, ActHead, Script, ScriptedAct, ScriptFile
from yishi.planning.times import legal_time
from yishi.planning.validate import validated
from yishi.planning.vocabulary import commands
from yishi.planning.wording import near


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
    acts: list[ScriptedAct] = []
    for index, said in enumerate(listed if isinstance(listed, list) else ()):
        act, wrong_here = _act(said, index, document)
        faults += wrong_here
        if act is not None:
            acts.append(act)
            faults += _expected(act, document, plan, book)
            faults += _evidence(act, document, path.parent)
    faults += _order(acts, document)
    if outer is None or errors(faults):
        return None, in_order(faults)
    return Script(path=path, filled_in=outer.filled_in, acts=tuple(acts)), in_order(faults)


def _act(said: Any, index: int, document: Document) -> tuple[ScriptedAct | None, list[Fault]]:
    place: Place = ("acts", index)
    if not isinstance(said, dict):
        says = Text("应为若干个“键: 值”,至少有 at 和 act", "keys with values are needed, at and act among them")
        return None, [document.fault(place, says)]
    head, faults = validated(ActHead, {k: v for k, v in said.items() if k in RESERVED}, document, place)
    kind = commands().get(str(said.get("act")))
    if "act" in said and kind is None:
        says = Text(f"没有“{said['act']}”这个环节", f"there is no act {said['act']}")
        faults.append(document.fault((*place, "act"), says, near(str(said["act"]), commands(), bare=True)))
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
    return ScriptedAct(
        index=index + 1,
        line=document.line(place),
        at=head.at,
        act=head.act,
        by=head.by or kind.offices[0],
        person=head.person,
        entered=head.entered or head.at,
        evidence=head.evidence,
        reason=head.reason,
        suggestion=head.suggestion,
        id=head.id,
        note=head.note,
        fields=command.model_dump(mode="json", exclude_unset=True),
        expect=head.expect,
    ), faults


def _timed(kind: type[Command], fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with times as people write them made whole, in the zone of China."""
    out = dict(fields)
    for name, schema in kind.model_json_schema().get("properties", {}).items():
        if schema.get("format") == "date-time" and isinstance(out.get(name), str):
            try:
                out[name] = legal_time(out[name]).isoformat()
            except ValueError:
                continue  # the model tells
    return out


def _expected(act: ScriptedAct, document: Document, plan: Plan | None, book: LawBook | None) -> Iterator[Fault]:
    """Expectations name refusals, rules and findings that exist."""
    place: Place = ("acts", act.index - 1, "expect")
    rules = {p.id for p in book.provisions} if book else set()
    rules |= {r.id for r in plan.own_rules} if plan else set()
    if (
        (reason := act.expect.refused)
        and reason not in REFUSALS
        and reason not in rules
        and not (book is None and "-" in reason)
    ):
        says = Text(f"没有“{reason}”这一不予办理的理由或规则", f"{reason} is neither a reason to refuse nor a rule")
        yield document.fault((*place, "refused"), says, near(reason, [*REFUSALS, *rules], bare=True))
    if act.expect.citing and book is not None and act.expect.citing not in rules:
        says = Text(f"没有规则 {act.expect.citing}", f"there is no rule {act.expect.citing}")
        yield document.fault((*place, "citing"), says, near(act.expect.citing, sorted(rules), bare=True))
    for index, code in enumerate(act.expect.warnings):
        if code not in SAYS:
            says = Text(f"没有“{code}”这一提示", f"there is no finding {code}")
            yield document.fault((*place, "warnings", index), says, near(code, SAYS))


def _evidence(act: ScriptedAct, document: Document, folder: Path) -> Iterator[Fault]:
    for index, evidence in enumerate(act.evidence):
        place: Place = ("acts", act.index - 1, "evidence", index)
        if not beside(evidence.file):
            says = Text(
                f"佐证材料应放在脚本旁边:{evidence.file}", f"evidence belongs beside the script: {evidence.file}"
            )
            yield document.fault(place, says)
        elif not (folder / evidence.file).is_file():
            yield document.fault(place, Text(f"找不到佐证材料 {evidence.file}", f"there is no file {evidence.file}"))


def _order(acts: list[ScriptedAct], document: Document) -> Iterator[Fault]:
    """Acts stand in the order in which they are entered."""
    before: ScriptedAct | None = None
    for act in acts:
        if before is not None and act.entered < before.entered:
            key = "entered" if act.is_late else "at"
            says = Text(
                f"记录时间 {act.entered:%Y-%m-%d %H:%M} 早于上一项(第 {before.line} 行 {before.entered:%Y-%m-%d %H:%M})",
                f"entered at {act.entered:%Y-%m-%d %H:%M}, before the act above (line {before.line}, {before.entered:%Y-%m-%d %H:%M})",
            )
            todo = Text(
                "按记录的先后排列;补录的写 entered",
                "put acts in the order of their entry; for a late one write entered",
            )
            yield document.fault(("acts", act.index - 1, key), says, todo)
        before = act
