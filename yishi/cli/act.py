"""`yishi act`: do one act through the door, ask whether one may, or see what there is to do and what each act asks for."""

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.submission import Office
from domain.text import Lang, Text
from yishi.cli.act_words import list_acts, tell_fields
from yishi.cli.answers import Telling
from yishi.cli.desk import (
    HOME,
    REFUSED,
    AtOption,
    DataOption,
    JsonOption,
    SessionOption,
    as_json,
    evidence_of,
    moment,
    now,
    opened,
    send_what_waits,
    the_session,
)
from yishi.cli.fields import Fields, FieldsWrong, kind_of
from yishi.cli.from_file import Said, from_file
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import FIELDS, shown, to_text
from yishi.client import Door
from yishi.client.pending import Pending
from yishi.client.troubles import NotWellFormed
from yishi.trouble import Trouble

OFFICES: tuple[str, ...] = Office.__args__  # type: ignore[attr-defined]
CODE = re.compile(r"[a-z0-9-]{1,80}")
ABOUT = ("item", "subject", "matter", "sitting", "poll", "number", "items")


class NoSuchAct(Trouble):
    says = Text(
        "没有“{act}”这一项。{hint}。全部列表:yishi act", "there is no act {act}; {hint}. All of them: yishi act"
    )


class NoSuchOffice(Trouble):
    says = Text("没有 {office} 这一机构;有:{known}", "there is no office {office}; there are: {known}")


class WhichMatter(Trouble):
    says = Text("请用 --of 写明是哪一号建议或者督办事项", "say which suggestion or other matter with --of")


class NotOfAMatter(Trouble):
    says = Text("{act} 不是针对某一号督办事项的,请去掉 --of", "{act} is not about one matter: leave --of out")


ByOption = Annotated[str | None, typer.Option("--by", help="由谁作出,如 presidium · the office that acts")]
PersonOption = Annotated[str | None, typer.Option("--person", help="办理人的编号 · id of the person who acts")]
ReasonOption = Annotated[str, typer.Option("--reason", help="补录或特殊情况的理由 · why late, or irregular")]
EvidenceOption = Annotated[
    list[Path],
    typer.Option(
        "--evidence", help="佐证材料,可多次;文件=文号 · a file behind it, repeatable; FILE=NUMBER of the document"
    ),
]
OfOption = Annotated[str | None, typer.Option("--of", "--suggestion", help="几号建议或督办事项 · number of the matter")]
FromOption = Annotated[
    Path | None, typer.Option("--from", help="从 YAML 文件取内容 · take the fields from a YAML file")
]
ActArgument = Annotated[str | None, typer.Argument(metavar="[ACT]", help="办理什么,如 open-sitting · what is done")]
WordsArgument = Annotated[list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="内容 · its fields")]


def act(
    act: ActArgument = None,
    words: WordsArgument = None,
    data: DataOption = HOME,
    session: SessionOption = None,
    by: ByOption = None,
    person: PersonOption = None,
    at: AtOption = None,
    reason: ReasonOption = "",
    evidence: EvidenceOption = [],  # noqa: B006 # typer hands in a new list each time
    of: OfOption = None,
    file: FromOption = None,
    ask: Annotated[bool, typer.Option("--ask", help="只问能否办理,不记录 · only ask, record nothing")] = False,
    fields: Annotated[bool, typer.Option("--fields", help="这一项要填什么 · what this act asks for")] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="放弃一直没有答复的一项 · give up what waits for an answer")
    ] = False,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """办理一项;不写办什么,则列出本次会议各环节 · Do one act; without one, list those of this session."""
    chosen = language(lang)
    said = Said(act, list(words or ()), by, person, at, reason, evidence, of)
    with told(chosen):
        if forget:
            give_up(data, chosen)
            return
        said = from_file(file, said) if file is not None else said
        with opened(data) as door:
            where = the_session(door, session)
            if said.act is None:
                list_acts(door, where, chosen, json_=as_json_)
                return
            kind = the_act(door, said.act)
            if fields:
                tell_fields(door, where, kind, chosen, json_=as_json_)
                return
            answer = Doing(door, where, chosen, json_=as_json_).do(kind, said, ask=ask)
    if answer["outcome"] == "refused":
        raise typer.Exit(REFUSED)


def give_up(data: Path, lang: Lang) -> None:
    """Put aside what waits for an answer. One that was recorded after all stays recorded: the history shows it."""
    page = Page()
    waiting = Pending.of(data).waiting()
    for each in waiting:
        each.answered()
        act, number = each.body.get("act", each.path), each.body["command_id"]
        page.line(escape(Text(f"已放弃:{act}(编号 {number})", f"given up: {act} (id {number})").to(lang)))
    if not waiting:
        page.line(Text("没有等待答复的事项", "nothing waits for an answer").to(lang))


def the_act(door: Door, act: str) -> dict[str, Any]:
    """What the door says of an act.

    Raises:
        NoSuchAct.
    """
    if CODE.fullmatch(act):
        with contextlib.suppress(NotWellFormed):
            kind: dict[str, Any] = door.get(f"/acts/{act}")
            return kind
    from yishi.planning.wording import near_act  # noqa: PLC0415

    raise NoSuchAct(act=act, hint=near_act(act, [each["act"] for each in door.acts()]))


class Doing:
    """Does acts of one session through its door and tells what came of them."""

    def __init__(self, door: Door, session: dict[str, Any], lang: Lang, *, json_: bool) -> None:
        self.door, self.session, self.lang, self.json = door, session, lang, json_
        self.page = Page()
        self.now = now()
        self.titles: dict[str, Text] = {}
        self.names = names_of(session)

    def do(self, kind: dict[str, Any], said: Said, *, ask: bool = False) -> dict[str, Any]:
        """One act as it was said, and its answer.

        Raises:
            FieldsWrong, NoSuchOffice, NotATime: nothing was sent.
        """
        body = self.body(kind, said)
        if said.evidence:
            body["evidence"] = [] if ask else evidence_of(self.door, said.evidence)
        self.titles = {kind["act"]: to_text(kind["title"])}
        return self.asked(body) if ask else self.sent(body, at_given=said.at is not None)

    def body(self, kind: dict[str, Any], said: Said) -> dict[str, Any]:
        act = kind["act"]
        at = moment(said.at, self.now)
        read = Fields(kind["schema"], self.now)
        values = {**said.values(read), **read.typed(said.words)}
        stream = self._stream(kind, said.of)
        if missing := read.missing(values):
            values = {**self._plain(act, values, missing), **values}
        if missing := read.missing(values):
            raise FieldsWrong([_missing(name, read) for name in missing] + [_see(act)])
        actor: dict[str, Any] = {"office": self.office(kind, said.by, values)}
        if said.person:
            actor["person"] = said.person
        body = {"stream": stream, "actor": actor, "at": at.isoformat(), "act": act, "fields": values}
        if said.reason:
            body["reason"] = said.reason
        return body

    def office(self, kind: dict[str, Any], by: str | None, fields: dict[str, Any]) -> str:
        """The office that acts: as said, else the one that usually does this in this meeting."""
        if by is not None:
            if by not in OFFICES:
                raise NoSuchOffice(office=by, known="、".join(kind["offices"]))
            return by
        usual = self.door.offices(self.session["session"], kind["act"], fields)
        return next(iter(usual), kind["offices"][0])

    def _stream(self, kind: dict[str, Any], of: str | None) -> str:
        if kind["stream_kind"] == "session":
            if of is not None:
                raise NotOfAMatter(act=kind["act"])
            return str(self.session["stream"])
        if of is None:
            raise WhichMatter
        return f"{self.session['session']}/matter/{of}"

    def _plain(self, act: str, values: dict[str, Any], missing: list[str]) -> dict[str, Any]:
        """What the plan and the state of things leave no doubt about; it is shown."""
        status = self.door.get(f"/sessions/{self.session['session']}/status")
        meant = [
            step["fields"]
            for step in (*status["next"], *status["blocked"])
            if step["act"] == act and all(step["fields"].get(name, value) == value for name, value in values.items())
        ]
        plain = dict(meant[0]) if len(meant) == 1 else {}
        if status.get("sitting"):
            plain.setdefault("sitting", status["sitting"]["code"])
        if act == "decide-date":
            plain |= {"opens": status["opens"], "closes": status["closes"]}
        taken = {
            name: value for name, value in plain.items() if name in missing or (name not in values and len(meant) == 1)
        }
        taken = {name: value for name, value in taken.items() if name in missing or name in ("items", "matter")}
        if taken:
            shown_ = " ".join(f"{name}={typed(value)}" for name, value in taken.items())
            said = Text(f"取自会议方案和进程:{shown_}", f"taken from the plan and where things stand: {shown_}")
            Page(to_stderr=True).line(f"[dim]{escape(said.to(self.lang))}[/]")
        return taken

    def asked(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.door.ask(body)
        if self.json:
            as_json(answer)
            return answer
        telling = Telling(self.page, self.lang, self.titles, self.names)
        about = said_of(body, self.names, self.lang)
        if answer["outcome"] == "refused":
            telling.refusal(answer, about, asked=True)
        else:
            telling.foreseen(answer, self.session["procedure"], about)
        return answer

    def sent(self, body: dict[str, Any], *, at_given: bool) -> dict[str, Any]:
        path = "/acts"
        answered = send_what_waits(self.door, self.lang, path, body, at_given=at_given)
        answer = (answered or self.door.act(path, body, at_given=at_given)).value
        self.tell(answer, body)
        return answer

    def tell(self, answer: dict[str, Any], body: dict[str, Any]) -> None:
        if self.json:
            as_json(answer)
            return
        telling = Telling(self.page, self.lang, self.titles, self.names)
        about = said_of(body, self.names, self.lang)
        if answer["outcome"] == "refused":
            telling.refusal(answer, about)
        else:
            telling.receipt(answer, self.events(answer), self.session["procedure"], about, shown(body.get("at")))

    def events(self, answer: dict[str, Any]) -> list[dict[str, Any]]:
        """The answer's events with their sentences."""
        here = {event["position"] for event in answer["events"]}
        if not here:
            return []
        page = self.door.get("/events", after=min(here) - 1, limit=max(here) - min(here) + 1, wait=0)
        found = [event for event in page["events"] if event["position"] in here]
        return found or list(answer["events"])


def about_of(body: dict[str, Any]) -> list[Any]:
    """What an act is about, as its fields name it: at most two of them."""
    if "/matter/" in body.get("stream", ""):
        return [str(body["stream"].rsplit("/", 1)[1])]
    fields = body["fields"]
    return [fields[name] for name in ABOUT if fields.get(name)][:2]


def said_of(body: dict[str, Any], names: Mapping[str, Text], lang: Lang) -> str:
    """What an act is about, in the words of the session."""

    def called(code: Any) -> str:
        return names[code].to(lang) if code in names else str(code)

    parts = [part if isinstance(part, list | tuple) else [part] for part in about_of(body)]
    return " · ".join(Text("、", ", ").to(lang).join(map(called, part)) for part in parts)


def names_of(session: dict[str, Any]) -> dict[str, Text]:
    """What the codes of a session are called, as its door tells."""
    return {code: to_text(said) for code, said in session["names"].items()}


def typed(value: Any) -> str:
    """A value as it is typed in a command."""
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _missing(name: str, read: Fields) -> Text:
    means = FIELDS.get(name, Text("", ""))
    kind = kind_of(read.parts[name])
    return Text(
        f"缺少 {name}=…" + (f"({means.zh})" if means.zh else f"({kind})"),
        f"{name}=… is missing" + (f" ({means.en})" if means.en else f" ({kind})"),
    )


def _see(act: str) -> Text:
    return Text(f"怎样填写:yishi act {act} --fields", f"how to fill it in: yishi act {act} --fields")


__all__ = ["Doing", "act", "the_act", "to_text"]
