"""What acts there are and what each asks for, on the page."""

from collections.abc import Iterator
from typing import Any

from domain.law import Law, NoLawOnFile
from domain.offices import office_word
from domain.procedure import Procedure, Stage, Step
from domain.procedures import KNOWN
from domain.progress import BY_THE_ENGINE
from domain.text import Lang, Text
from yishi.cli.desk import as_json, now, session_line
from yishi.cli.fields import Fields as FieldsOf
from yishi.cli.fields import choices, kind_of, ordered
from yishi.cli.page import Page, escape
from yishi.cli.screen import KINDS
from yishi.cli.words import FIELDS, TYPES, fact, to_text
from yishi.client import Door

EXAMPLES = {
    "number": "12", "day": "2026-01-27", "time": '"2026-01-27 08:30"', "yes/no": "yes", "text": "…", "{…}": "'{…}'", "any": "…",
}  # fmt: skip
OF_IDS = "D001..D120,D130"


def procedure_of(session: dict[str, Any]) -> Procedure | None:
    return next((p for p in KNOWN if p.id == session["procedure"]), None)


def fact_title(code: str, procedure: Procedure | None) -> Text:
    """What people call a fact: the step it shows, and the item it is about."""
    for step in procedure.steps if procedure else ():
        before, item, after = step.fact.partition("{item}")
        if item and code.startswith(before) and code.endswith(after):
            about = code[len(before) : len(code) - len(after)]
            return Text(f"{step.title.zh}({about})", f"{step.title.en} ({about})")
        if step.fact == code:
            return step.title
    return fact(code) or Text(code, code)


def list_acts(door: Door, session: dict[str, Any], lang: Lang, *, json_: bool) -> None:
    """All acts of this session's procedure under the stage in which they come first."""
    there = {each["act"]: each for each in door.acts() if each["act"] not in BY_THE_ENGINE}
    procedure = procedure_of(session)
    stages = procedure.acts if procedure else {}
    shown = [
        {**there[act], "stages": [s.value for s in stages.get(act, ())]}
        for act in there
        if act in stages or there[act]["stream_kind"] != "session"
    ]
    if json_:
        as_json([{k: each[k] for k in ("act", "title", "offices", "stages", "stream_kind")} for each in shown])
        return
    page = Page()
    page.line(f"[bold]{escape(session_line(session).to(lang))}[/]")
    for heading, here in _by_stage(shown):
        if here:
            page.line()
            page.line(f"[bold]{heading.to(lang)}[/]")
            page.rows((f"[cyan]{each['act']}[/]", escape(to_text(each["title"]).to(lang))) for each in here)
    page.line()
    hint = Text(
        "一项要填什么:yishi act ACT --fields;现在能办什么:yishi status",
        "what one asks for: yishi act ACT --fields; what may be done now: yishi status",
    )
    page.line(f"[dim]{escape(hint.to(lang))}[/]")


def _by_stage(shown: list[dict[str, Any]]) -> list[tuple[Text, list[dict[str, Any]]]]:
    whole = len(Stage)
    of_stage = [
        (stage.says, [e for e in shown if e["stages"] and e["stages"][0] == stage.value and len(e["stages"]) < whole])
        for stage in Stage
    ]
    always = [e for e in shown if len(e["stages"]) == whole and e["stream_kind"] == "session"]
    matters = [e for e in shown if e["stream_kind"] != "session"]
    return [
        *of_stage,
        (Text("随时", "At any time"), always),
        (Text("督办事项(加 --of 编号)", "Of a matter (with --of NUMBER)"), matters),
    ]


def tell_fields(door: Door, session: dict[str, Any], kind: dict[str, Any], lang: Lang, *, json_: bool) -> None:
    """What an act asks for: each field, who may do it, which steps it serves, and what the law of today says of them."""
    procedure = procedure_of(session)
    steps = [s for s in (procedure.steps_for(session["kind"]) if procedure else ()) if s.act == kind["act"]]
    status = door.get(f"/sessions/{session['session']}/status")
    against = _against(status, kind["act"])
    if json_:
        as_json(
            {
                **kind,
                "steps": [{"fact": s.fact, "title": s.title._asdict(), "topics": s.topics} for s in steps],
                "against": against,
            }
        )
        return
    today = _law_of_today(door, procedure, session, status["edition"])
    page = Page()
    page.line(f"[bold]{kind['act']}[/]  {escape(to_text(kind['title']).to(lang))}")
    if lang == "en" and kind.get("help"):
        page.line(escape(" ".join(str(kind["help"]).split())), lead="  ")
    allowed = [o for o in kind["offices"] if procedure is None or o in procedure.offices] or kind["offices"]
    who = Text(
        "、".join(f"{office_word(o).zh}({o})" for o in allowed),
        ", ".join(f"{office_word(o).en} ({o})" for o in allowed),
    )
    page.line(escape(who.to(lang)), lead=f"  {Text('由谁作出', 'by').to(lang)}  ")
    read = FieldsOf(kind["schema"], now())
    page.line()
    if not read.parts:
        page.line(Text("不用填写内容", "It has no fields of its own").to(lang), lead="  ")
    else:
        page.rows(_field(name, read, lang) for name in ordered(kind["schema"]))
    if steps:
        page.line()
        page.line(f"[bold]{Text('所办环节', 'Steps it serves').to(lang)}[/]")
        for named, basis in _steps(steps, today, lang):
            page.line(named)
            if basis:
                page.line(f"[dim]{escape(basis)}[/]", lead="      ")
    for each in against:
        page.line(escape(f"{to_text(each['title']).to(lang)} — {to_text(each['says']).to(lang)}"), lead="  △ ")
    page.line()
    lead = f"[dim]{Text('例', 'example').to(lang)}[/]  "
    page.line(f"yishi act {kind['act']}" + escape(_example(read)), lead=lead)


def _field(name: str, read: FieldsOf, lang: Lang) -> tuple[str, str, str]:
    part = read.parts[name]
    kind = kind_of(part)
    item = read.shape(part.get("items", {})) if kind == "list" else {}
    needed = name in read.needed
    mark = "[bold]*[/]" if needed else " "
    said = FIELDS.get(name, Text(str(part.get("description", "")), str(part.get("description", "")))).to(lang)
    notes = [escape(said)] if said else []
    if allowed := choices(part) or choices(item):
        notes.append("[dim]" + escape(" · ".join(map(str, allowed))) + "[/]")
    if kind == "list" and kind_of(item) == "{…}":
        notes.append(f"[dim]{escape(':'.join(ordered(item)))},…[/]")
    if not needed and part.get("default") not in (None, "", [], {}):
        default = part["default"]
        word = (
            Text("是" if default else "否", "yes" if default else "no").to(lang)
            if isinstance(default, bool)
            else default
        )
        notes.append(f"[dim]{Text('不写则为', 'default').to(lang)} {escape(str(word))}[/]")
    return f"{mark} [cyan]{name}[/]", TYPES[kind].to(lang), f"{example(name, part, read)}  {' · '.join(notes)}"


def example(name: str, part: dict[str, Any], read: FieldsOf) -> str:
    kind = kind_of(part)
    if kind == "choice":
        return escape(f"{name}={choices(part)[0]}")
    if kind != "list":
        return escape(f"{name}={EXAMPLES[kind]}")
    item = read.shape(part.get("items", {}))
    if kind_of(item) == "{…}":
        return escape(f"{name}={':'.join('…' for _ in item.get('required', ('…',)))}")
    if choices(item):
        return escape(f"{name}={choices(item)[0]}")
    return escape(f"{name}={OF_IDS if name in IDS else '…,…'}")


IDS = ("deputies", "persons", "signatories", "present_ids")


def _steps(steps: list[Step], law: Law | None, lang: Lang) -> Iterator[tuple[str, str]]:
    """Each step with what the law of today says of it."""
    for step in {(s.title, s.fact): s for s in steps}.values():
        optional = Text("(有则办)", " (if there is any)").to(lang) if step.optional else ""
        yield f"  {escape(step.title.to(lang))}{optional} [dim]{escape(step.fact)}[/]", _by_law(step, law, lang)


def _by_law(step: Step, law: Law | None, lang: Lang) -> str:
    basis = list({c.zh: c for c in law.basis(*step.topics)}.values()) if law else []
    if not basis:
        return Text("现行法律没有专门规定", "the law in force says nothing of its own").to(lang) if law else ""
    kind = KINDS[basis[0].kind.value].to(lang)
    named = Text("、", "; ").to(lang).join(c.to(lang) for c in basis)
    return named if kind in named else f"{named} · {kind}"


def _law_of_today(door: Door, procedure: Procedure | None, session: dict[str, Any], edition: str) -> Law | None:
    """The law that judges this session today; None where its edition cannot be read from here."""
    from yishi.law import LawLibrary  # noqa: PLC0415 # slow to load, and seldom needed

    if procedure is None:
        return None
    try:
        book = LawLibrary(door.folder).edition(edition)
        return book.on(now().date(), procedure.level, session["kind"], session["profile"], procedure.families, (), ())
    except (LookupError, OSError, NoLawOnFile):
        return None


def _example(read: FieldsOf) -> str:
    parts = [example(name, read.parts[name], read) for name in read.needed]
    return "".join(f" {part}" for part in parts)


def _against(status: dict[str, Any], act: str) -> list[dict[str, Any]]:
    """What stands against the act now, as the status tells it."""
    return [
        {"title": step["title"], "says": step["says"], "law": step.get("law")}
        for step in (*status["blocked"], *status["past"])
        if step["act"] == act and step.get("says")
    ]
