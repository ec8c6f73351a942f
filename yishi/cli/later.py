"""`yishi record-later`: paper first, entered after (补录) - one act with its time and reason, or a script's acts in their order."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from domain.text import Lang, Text
from yishi.cli.act import (
    ActArgument,
    ByOption,
    Doing,
    EvidenceOption,
    FromOption,
    OfOption,
    PersonOption,
    WordsArgument,
    about_of,
    said_of,
    the_act,
    typed,
)
from yishi.cli.answers import Telling
from yishi.cli.desk import (
    FAULTY,
    HOME,
    REFUSED,
    AtOption,
    DataOption,
    JsonOption,
    SessionOption,
    as_json,
    evidence_of,
    opened,
    send_what_waits,
    the_session,
)
from yishi.cli.from_file import Said
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import shown, to_text
from yishi.client import Answered, Door
from yishi.trouble import Trouble

ATTEMPTS = 50


class WhenAndWhy(Trouble):
    says = Text(
        "补录须写明发生的时间和迟录的理由:--at … --reason …",
        "a late entry says when it happened and why it comes late: --at … --reason …",
    )


class WhichAct(Trouble):
    says = Text("请写明补录哪一项,或用 --from 给出脚本", "name the act, or a script with --from")


class ScriptAlone(Trouble):
    says = Text("脚本(--from)里已写明各项,不要再写 {said}", "the script (--from) names the acts: leave {said} out")


def record_later(
    act: ActArgument = None,
    words: WordsArgument = None,
    data: DataOption = HOME,
    session: SessionOption = None,
    by: ByOption = None,
    person: PersonOption = None,
    at: AtOption = None,
    reason: str = typer.Option("", "--reason", help="为何迟录 · why it is entered late"),
    evidence: EvidenceOption = [],  # noqa: B006 # typer hands in a new list each time
    of: OfOption = None,
    file: FromOption = None,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """补录:先用纸办、后来记入的事项,须写明时间和理由 · Enter what was done on paper."""
    chosen = language(lang)
    with told(chosen):
        if file is not None:
            if act is not None:
                raise ScriptAlone(said=act)
            refused = _script(data, session, file, reason, chosen, json_=as_json_)
        else:
            said = Said(act, list(words or ()), by, person, at, reason, evidence, of)
            refused = _one(data, session, said, chosen, json_=as_json_)
    if refused:
        raise typer.Exit(REFUSED)


def _one(data: Path, session: str | None, said: Said, lang: Lang, *, json_: bool) -> bool:
    if said.act is None:
        raise WhichAct
    if said.at is None or not said.reason.strip():
        raise WhenAndWhy
    with opened(data) as door:
        doing = Doing(door, the_session(door, session), lang, json_=json_)
        return bool(doing.do(the_act(door, said.act), said)["outcome"] == "refused")


def _script(data: Path, session: str | None, file: Path, reason: str, lang: Lang, *, json_: bool) -> bool:
    """Play a whole script through the door, up to the first trouble. Played again, it goes on from there."""
    from yishi.planning.play import read_script  # noqa: PLC0415 # what reads scripts is slow to load

    script, faults = read_script(file)
    for fault in faults:
        Page(to_stderr=True).line(f"[{'red' if fault.weight == 'error' else 'yellow'}]{escape(fault.told(lang))}[/]")
    if script is None:
        raise typer.Exit(FAULTY)
    with opened(data) as door:
        play = Playing(door, the_session(door, session), lang, reason, json_=json_)
        return play.all(script.acts)


class Playing:
    """Acts of a script through the door, each under an id that its content gives it, so that none is done twice."""

    def __init__(self, door: Door, session: dict[str, Any], lang: Lang, reason: str, *, json_: bool) -> None:
        self.door, self.session, self.lang, self.reason, self.json = door, session, lang, reason, json_
        self.doing = Doing(door, session, lang, json_=json_)
        self.kinds = {each["act"]: each for each in door.acts()}
        self.size = int(door.hello["size"])
        self.page = Page()
        titles = {act: to_text(kind["title"]) for act, kind in self.kinds.items()}
        self.telling = Telling(self.page, lang, titles, self.doing.names)
        self.seen: dict[str, int] = {}

    def all(self, acts: Any) -> bool:
        """Whether it ended before its end: an act came otherwise than the script says."""
        rows = []
        for number, act in enumerate(acts, 1):
            row, about = self._play(number, act)
            rows.append(row)
            if not self.json:
                self._show(row, about)
            if row["unexpected"]:
                self._told_to_stop(row, number, len(acts))
                break
        stopped = bool(rows) and bool(rows[-1]["unexpected"])
        if self.json:
            as_json({"acts": rows, "stopped": stopped})
        elif not stopped:
            done = Text(f"脚本 {len(rows)} 项已全部记入", f"all {len(rows)} acts of the script are on the record")
            self.page.line(f"[bold green]{done.to(self.lang)}[/]")
        return stopped

    def _play(self, number: int, act: Any) -> tuple[dict[str, Any], str]:
        """What came of an act, and what it is about in words."""
        body = self._body(act)
        base = act.id or self._id(body)
        expects_refusal = bool(act.expect and act.expect.refused)
        answer, earlier = self._answered(base, body, expects_refusal=expects_refusal)
        unexpected = None if earlier and not answer.refused else self._surprise(act, answer)
        row = {
            "n": number, "line": act.line, "act": act.act, "about": " ".join(map(typed, about_of(body))), "at": body["at"],
            "outcome": _outcome(answer), "earlier": earlier,
            "answer": answer.value, "unexpected": unexpected._asdict() if unexpected else None,
        }  # fmt: skip
        return row, said_of(body, self.doing.names, self.lang)

    def _body(self, act: Any) -> dict[str, Any]:
        kind = self.kinds[act.act]
        stream = self.session["stream"] if act.of is None else f"{self.session['session']}/matter/{act.of}"
        actor = {"office": self.doing.office(kind, act.by, act.fields)} | ({"person": act.person} if act.person else {})
        kept = evidence_of(self.door, [e.path for e in act.evidence])
        body: dict[str, Any] = {
            "stream": stream,
            "actor": actor,
            "at": act.at.isoformat(),
            "act": act.act,
            "fields": act.fields,
            "evidence": [{**k, "title": e.title} for e, k in zip(act.evidence, kept, strict=True)],
        }
        if why := act.reason or self.reason:
            body["reason"] = why
        return body

    def _id(self, body: Mapping[str, Any]) -> str:
        """An id for what is asked, and for the how-manieth time the script asks it."""
        content = json.dumps(body, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()[:24]
        self.seen[digest] = nth = self.seen.get(digest, 0) + 1
        return f"script-{digest}-{nth}"

    def _answered(self, base: str, body: dict[str, Any], *, expects_refusal: bool) -> tuple[Answered, bool]:
        """The act's answer, and whether an earlier run had it already.

        A refused id is spent. So what was refused in an earlier run is asked anew, as it was refused where things stood then.
        """
        for command_id in _ids(base):
            sent = {"command_id": command_id, **body}
            mine = send_what_waits(self.door, self.lang, "/acts", sent, at_given=True)
            answer = mine or self.door.act("/acts", sent)
            earlier = _recorded_by(answer, self.size)
            if not (answer.refused and earlier) or expects_refusal:
                return answer, earlier
        return answer, True

    def _surprise(self, act: Any, answer: Answered) -> Text | None:
        """What came otherwise than the script says."""
        from domain.refusals import Refusal  # noqa: PLC0415
        from domain.submission import Receipt  # noqa: PLC0415
        from yishi.planning.script import Expectation  # noqa: PLC0415
        from yishi.planning.vocabulary import refusals  # noqa: PLC0415
        from yishi.rehearsal.expecting import surprise  # noqa: PLC0415

        refusals()
        kind = Refusal if answer.refused else Receipt  # the door's answer says more around it, in words
        read = kind.model_validate({n: said for n, said in answer.value.items() if n in kind.model_fields})
        return surprise(act.expect or Expectation(), read, self._rows(answer) if act.expect else ())

    def _rows(self, answer: Answered) -> list[Any]:
        from domain.law import Citation  # noqa: PLC0415
        from yishi.rehearsal.outcome import Cited, EventRow, FindingRow  # noqa: PLC0415

        if answer.refused or not answer.value["events"]:
            return []
        first = min(event["position"] for event in answer.value["events"])
        command_id = answer.value["command_id"]
        history = self.door.history(self.session["session"], first - 1)

        def cited(basis: list[dict[str, Any]]) -> tuple[Cited, ...]:
            fields = Citation.model_fields
            return tuple(Cited.of(Citation.model_validate({k: v for k, v in c.items() if k in fields})) for c in basis)

        return [
            EventRow(
                position=e["position"], stream=e["stream"], version=e["version"], command_id=e["command_id"], name=e["name"],
                at=e["at"], recorded_at=e["recorded_at"], facts=tuple(e["facts"]), figures=e["data"], basis=cited(e["basis"]),
                findings=tuple(
                    FindingRow(code=f["code"], weight=f["weight"], zh=f["says"]["zh"], en=f["says"]["en"], basis=(), figures={})
                    for f in e["findings"]
                ),
            )
            for e in history
            if e["command_id"] == command_id or "#open-" in e["command_id"]
        ]  # fmt: skip

    def _show(self, row: dict[str, Any], about: str) -> None:
        mark = {"recorded": "[green]✓[/]", "already": "[dim]=[/]", "refused": "[red]✗[/]"}[row["outcome"]]
        title = self.telling.title(row["act"], about)
        again = Text("(此前已记入)", " (entered before)").to(self.lang) if row["earlier"] else ""
        self.page.line(f"{title}[dim]{again}[/]", lead=f"{shown(row['at'])} {mark} ")
        if row["outcome"] == "refused":
            expected = "" if row["unexpected"] else Text("(预期)", " (expected)").to(self.lang)
            said = to_text(row["answer"]["says"]).to(self.lang)
            self.page.line(f"[red]{escape(said)}[/]{expected}", lead="      ")

    def _told_to_stop(self, row: dict[str, Any], number: int, of: int) -> None:
        if self.json:
            return
        said = to_text(row["unexpected"])
        if row["outcome"] != "refused":
            self.page.line(f"[bold red]{escape(said.to(self.lang))}[/]", lead="      ")
        stop = Text(
            f"脚本第 {row['line']} 行与预期不符,在此停下(已到第 {number} 项,共 {of} 项)。改正后用同样的命令再运行,从这里继续",
            f"line {row['line']} of the script came otherwise: stopped at act {number} of {of}. Mend it and run the same again: "
            "it goes on from here",
        )
        self.page.line(f"[bold]{escape(stop.to(self.lang))}[/]")


def _ids(base: str) -> Iterator[str]:
    yield base
    for attempt in range(2, ATTEMPTS):
        yield f"{base}~{attempt}"


def _recorded_by(answer: Answered, size: int) -> bool:
    """Whether it was answered when the record had so many events."""
    positions = [e["position"] for e in answer.value.get("events", ())]
    if answer.refused and answer.value.get("position") is not None:
        positions = [answer.value["position"]]
    return bool(positions) and max(positions) <= size


def _outcome(answer: Answered) -> str:
    if answer.refused:
        return "refused"
    return "recorded" if answer.value["events"] else "already"
