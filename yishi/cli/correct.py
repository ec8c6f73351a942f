"""`yishi correct`: strike a slip through and say what it should be; before and after, and what came out otherwise, are shown."""

from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.act import ByOption, Doing, EvidenceOption, the_act
from yishi.cli.act_words import fact_title, procedure_of
from yishi.cli.answers import Telling
from yishi.cli.desk import (
    HOME,
    REFUSED,
    DataOption,
    JsonOption,
    SessionOption,
    as_json,
    evidence_of,
    now,
    opened,
    send_what_waits,
    the_session,
)
from yishi.cli.fields import FieldsWrong, Wrong, guessed, no_field, ranged
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import FIELDS, shown, to_text
from yishi.client import Door
from yishi.trouble import Trouble

LEFT_OUT = ("at", "basis", "findings")
CORRECTED = "session.corrected.v1"


class NoSuchEntry(Trouble):
    says = Text(
        "会议记录中没有第 {version} 条;yishi history 列出各条(session/1: 后面的数字,或 # 序号)",
        "the session's record has no entry {version}; yishi history lists them (the number after session/1:, or the # position)",
    )


class WhyNeeded(Trouble):
    says = Text("更正须写明理由:--why …", "a correction says why: --why …")


class NothingChanged(Trouble):
    says = Text(
        "请写明更正的内容(字段=内容),或用 --strike 整条删去;这一条有:{known}",
        "say what is corrected (field=value), or --strike the whole entry; it has: {known}",
    )


class EitherOr(Trouble):
    says = Text("--strike 是整条删去,不能再写更正内容", "--strike takes the whole entry back: no field goes with it")


def correct(
    version: Annotated[str, typer.Argument(help="第几条(yishi history),或 # 序号 · the entry")],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="更正的内容 · what changes")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="理由 · why")] = "",
    strike: Annotated[bool, typer.Option("--strike", help="整条删去 · take the whole entry back")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="只问,不记录 · only ask, record nothing")] = False,
    by: ByOption = None,
    evidence: EvidenceOption = [],  # noqa: B006 # typer hands in a new list each time
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """更正:划去而不抹掉,显示更正前后和由此改变的结果 · Correct a slip; nothing is erased."""
    chosen = language(lang)
    with told(chosen):
        if not why.strip() and not ask:
            raise WhyNeeded
        if strike and words:
            raise EitherOr
        with opened(data) as door:
            where = the_session(door, session)
            entry = entry_of(door, where, version)
            changes = _changes(entry["data"], list(words or ()))
            if not changes and not strike:
                known = "、".join(n for n in _fields(entry["data"]) if n not in LEFT_OUT)
                raise NothingChanged(known=known or "—")
            doing = Doing(door, where, chosen, json_=as_json_)
            kind = the_act(door, "correct")
            doing.titles = {"correct": to_text(kind["title"])}
            fields = {"version": entry["version"], "changes": changes, "strike": strike, "why": why or "—"}
            actor = {"office": doing.office(kind, by, fields)}
            body = {
                "stream": where["stream"],
                "actor": actor,
                "at": now().isoformat(),
                "act": "correct",
                "fields": fields,
            }
            if evidence and not ask:
                body["evidence"] = evidence_of(door, evidence)
            answer = _done(door, body, chosen, ask=ask)
            if as_json_:
                as_json(answer | {"before": {n: _fields(entry["data"]).get(n) for n in changes}})
            else:
                _tell(doing, entry, changes, answer, strike=strike, ask=ask)
    if answer["outcome"] == "refused":
        raise typer.Exit(REFUSED)


def _done(door: Door, body: dict[str, Any], lang: Lang, *, ask: bool) -> dict[str, Any]:
    if ask:
        return door.ask(body)
    mine = send_what_waits(door, lang, "/acts", body, at_given=False)
    return (mine or door.act("/acts", body, at_given=False)).value


def entry_of(door: Door, where: dict[str, Any], said: str) -> dict[str, Any]:
    """The entry as it counts now: what earlier corrections changed in it is changed.

    Raises:
        NoSuchEntry.
    """
    own = [e for e in door.history(where["session"], own=True) if e["stream"] == where["stream"]]
    name, number = ("position", said[1:]) if said.startswith("#") else ("version", said.rsplit(":", 1)[-1])
    found = [e for e in own if number.isdecimal() and e[name] == int(number)]
    if not found:
        raise NoSuchEntry(version=said)
    entry = {**found[0], "data": dict(found[0]["data"])}
    for later in own:
        if later["name"] == CORRECTED and later["data"]["version"] == entry["version"]:
            entry["data"] = _merged(entry["data"], later["data"]["changes"])
    return entry


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    """The entry's fields, the votes of a count by themselves."""
    count = data.get("count")
    return {**data, **count} if isinstance(count, dict) else data


def _merged(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    count = data.get("count")
    if not isinstance(count, dict):
        return {**data, **changes}
    flat = {n: v for n, v in changes.items() if n in count}
    return {**data, **{n: v for n, v in changes.items() if n not in flat}, "count": {**count, **flat}}


def _changes(data: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """What is changed, each value of the kind that stands there.

    Raises:
        FieldsWrong.
    """
    known, changes, faults = _fields(data), {}, []
    for word in words:
        name, equals, said = word.partition("=")
        name = name.strip()
        try:
            if not equals:
                raise Wrong(f"“{word}” 应写成 字段=内容", f"“{word}” should be field=value")
            if name not in known:
                unknown = no_field(name, (n for n in known if n not in LEFT_OUT))
                raise Wrong(unknown.zh, unknown.en)
            changes[name] = _like(known[name], said)
        except Wrong as wrong:
            faults.append(wrong.text)
    if faults:
        raise FieldsWrong(faults)
    return changes


def _like(old: Any, said: str) -> Any:
    """The value typed, of the kind of the old one; the record itself says whether it will do."""
    if isinstance(old, str) or old is None:
        return guessed(said) if old is None else said
    if isinstance(old, bool):
        word = said.strip().lower()
        return {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}.get(word, said)
    if isinstance(old, list) and not said.strip().startswith("["):
        return [
            one for each in said.replace(",", ",").replace("、", ",").split(",") if each for one in ranged(each.strip())
        ]
    return guessed(said)


def _tell(
    doing: Doing, entry: dict[str, Any], changes: dict[str, Any], answer: dict[str, Any], *, strike: bool, ask: bool
) -> None:
    page, lang = doing.page, doing.lang
    title = to_text(entry["says"]).to(lang)
    heading = Text(f"第 {entry['version']} 条", f"entry {entry['version']}").to(lang)
    page.line(f"[bold]{heading}[/]  {escape(title)} · {shown(entry['at'])}")
    if strike:
        page.line(Text("整条划去", "struck through as a whole").to(lang), lead="  [red]−[/] ")
    before = _fields(entry["data"])
    for name, after in changes.items():
        means = FIELDS.get(name, Text(name, name)).to(lang)
        page.line(
            f"{escape(_shown(before.get(name)))} → [bold]{escape(_shown(after))}[/]",
            lead=f"  {escape(means)}({name})  ",
        )
    telling = Telling(page, lang, doing.titles, doing.names)
    about = f"{entry['version']}"
    if answer["outcome"] == "refused":
        telling.refusal(answer, about, asked=ask)
        return
    if ask:
        telling.foreseen(
            {**answer, "events": []} if answer["outcome"] == "may" else answer, doing.session["procedure"], about
        )
    else:
        telling.receipt(answer, [], doing.session["procedure"], about)
    _otherwise(page, answer, doing)


def _otherwise(page: Page, answer: dict[str, Any], doing: Doing) -> None:
    """What came out otherwise because of it."""
    procedure = procedure_of(doing.session)
    won = [f for e in answer.get("events", ()) for f in e.get("facts", ())]
    lost = [f for e in answer.get("events", ()) for f in e.get("lost", ())]
    if not won and not lost:
        if answer.get("events"):
            page.line(Text("其他结果没有变化", "nothing else came out otherwise").to(doing.lang), lead="  ")
        return
    page.line(f"[bold]{Text('由此改变', 'What came out otherwise').to(doing.lang)}[/]", lead="  ")
    for mark, facts in (("[green]+[/]", won), ("[red]−[/]", lost)):
        for code in facts:
            page.line(escape(fact_title(code, procedure).to(doing.lang)), lead=f"    {mark} ")


def _shown(value: Any) -> str:
    if value is None:
        return "—"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
