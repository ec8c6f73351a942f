"""`yishi hall` and `yishi sign-in`: who is in the hall, told by the light (应到 · 实到 · 还差), and deputies signed in and out."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from rich.cells import cell_len

from domain.text import Lang, Text, joined
from yishi.cli.desk import (
    HOME,
    REFUSED,
    AtOption,
    DataOption,
    JsonOption,
    NoFile,
    SessionOption,
    as_json,
    moment,
    now,
    opened,
    the_session,
)
from yishi.cli.fields import Wrong, ranged
from yishi.cli.page import Page, escape
from yishi.cli.screen import KINDS, LangOption, language, told
from yishi.cli.words import to_text
from yishi.client import Door
from yishi.client.troubles import DoorTrouble, passing
from yishi.doorway import NothingServes
from yishi.trouble import Trouble

FOLLOW_SECONDS = 0.5
AT_ONCE = 500  # deputies sent in one request

BESIDES = {
    "on_leave": ("请假", "on leave"),
    "out": ("退场", "left"),
    "suspended": ("暂停职务", "suspended"),
    "held": ("证卡待核", "cards held, uncounted"),
}


class NobodyNamed(Trouble):
    says = Text(
        "请写代表编号(如 D001..D120)、名单文件(--list)或证卡号(--card)",
        "name deputies (D001..D120), a list (--list) or cards (--card)",
    )


class NotIds(Trouble):
    says = Text("{said}", "{said}")


SittingOption = Annotated[str | None, typer.Option("--sitting", help="哪一次会议的代号 · code of the sitting")]


class Light:
    """The quorum light: words first, colour second."""

    def __init__(self, light: dict[str, Any], lang: Lang) -> None:
        self.light, self.lang = light, lang

    def line(self) -> str:
        light = self.light
        parts = [
            Text(f"应到 {light['total']}", f"{light['total']} deputies"),
            Text(f"实到 {light['present']}", f"{light['present']} present"),
        ]
        if light.get("needed") is not None:
            parts.append(Text(f"需要 {light['needed']}", f"{light['needed']} needed"))
        for name, (zh, en) in BESIDES.items():
            if light.get(name):
                parts.append(Text(f"{zh} {light[name]}", f"{light[name]} {en}"))
        counted = " ".join(p.zh for p in parts) if self.lang == "zh" else ", ".join(p.en for p in parts)
        mark, colour, verdict = self._verdict()
        return f"[bold {colour}]{mark} {verdict.to(self.lang)}[/] · {counted}"

    def _verdict(self) -> tuple[str, str, Text]:
        enough, missing = self.light.get("enough"), self.light.get("missing") or 0
        if enough is None:
            return "○", "yellow", Text("法律没有规定人数", "the law sets no number")
        if enough:
            return "●", "green", Text("够法定人数", "quorum met")
        return "○", "red", Text(f"还差 {missing} 人", f"{missing} still missing")

    def show(self, page: Page, *, lead: str = "", basis: bool = True) -> None:
        page.line(self.line(), lead=lead, hang=cell_len(lead) + 2)
        cited = self.light.get("basis") or []
        if basis and cited:
            first = cited[0] if isinstance(cited, list) else cited
            said = first.get(self.lang, "") if isinstance(first, dict) else str(first)
            kind = self.light.get("kind")
            own = f" · {KINDS[kind].to(self.lang)}" if kind in KINDS else ""
            share = self.light.get("share")
            what = f"{to_text(share).to(self.lang)} · " if share else ""
            page.line(f"[dim]{escape(what + said + own)}[/]", lead=" " * cell_len(lead))


def hall(
    session: Annotated[str | None, typer.Argument(help="会议 · the session")] = None,
    sitting: SittingOption = None,
    follow: Annotated[bool, typer.Option("--follow", help="随签到更新,Ctrl-C 结束 · go on as people sign in")] = False,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """到会人数:一行,够不够法定人数、还差几人 · The quorum light, in one line."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        where = the_session(door, session)
        light = light_of(door, where, sitting)
        _show(light, chosen, as_json_, follow=False)
        if follow:
            _follow(door, where, light["sitting"], light, chosen, json_=as_json_)


def _follow(door: Door, where: dict[str, Any], code: str, light: dict[str, Any], lang: Lang, *, json_: bool) -> None:
    """A line whenever the light changes, for ever; a restart of the service is waited for."""
    while True:
        time.sleep(FOLLOW_SECONDS)
        try:
            fresh = light_of(door, where, code)
        except (DoorTrouble, NothingServes) as trouble:
            if not passing(trouble):
                raise
            door.again()
            continue
        if {**fresh, "position": 0} != {**light, "position": 0}:
            light = fresh
            _show(light, lang, json_, follow=True)


def _show(light: dict[str, Any], lang: Lang, json_: bool, *, follow: bool) -> None:
    if json_:
        as_json(light)
    else:
        Light(light, lang).show(
            Page(), lead=f"{light['sitting']}  " if not follow else f"{now():%H:%M:%S}  ", basis=not follow
        )
    sys.stdout.flush()


def light_of(door: Door, where: dict[str, Any], sitting: str | None) -> dict[str, Any]:
    """The light of a sitting; of the one that is open, or else comes next, when none is named."""
    light: dict[str, Any] = door.get(f"/sessions/{where['session']}/hall", sitting=sitting)
    return light


def sign_in(
    deputies: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="代表编号,如 D001..D120 · ids")
    ] = None,
    sitting: SittingOption = None,
    list_: Annotated[
        Path | None,
        typer.Option("--list", help="名单(编号或姓名):.txt、.csv、.xlsx,- 为标准输入 · a list of ids or names"),
    ] = None,
    card: Annotated[list[str] | None, typer.Option("--card", help="证卡号,可多次 · a card, repeatable")] = None,
    out: Annotated[bool, typer.Option("--out", help="退场 · sign out instead")] = False,
    device: Annotated[str, typer.Option("--device", help="签到设备 · the device")] = "",
    at: AtOption = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """签到:代表编号、名单或证卡;答复就是到会人数 · Sign deputies in; the light is the answer."""
    chosen = language(lang)
    with told(chosen):
        ids, listed = _ids(deputies or []), _listed(list_)
        cards = [c for said in card or [] for c in said.split(",") if c]
        if not ids and not cards and not listed:
            raise NobodyNamed
        with opened(data) as door:
            where = the_session(door, session)
            when = moment(at, now()).isoformat()
            code = sitting or light_of(door, where, None)["sitting"]
            body = {"session": where["session"], "sitting": code, "device": device, "at": when}
            answers = [
                door.sign_in({**body, **part, "command_id": f"desk-{uuid4().hex}"})
                for part in _parts(ids, cards, listed, out=out)
            ]
    answer = _together(answers)
    if as_json_:
        as_json(answer)
    else:
        _tell(answer, chosen, out=out)
    if answer["refused"]:
        raise typer.Exit(REFUSED)


def _ids(said: list[str]) -> list[str]:
    """The ids typed, each once, ranges as all between.

    Raises:
        NotIds.
    """
    words = [w for each in said for w in each.replace(",", ",").replace("、", ",").split(",")]
    return _each_once(id_ for word in words for id_ in word.split())


def _listed(file: Path | None) -> list[str]:
    """The ids and names on a list, each once; the service says who they are.

    Raises:
        NoFile, NotAList, NotIds.
    """
    from yishi.hall.lists import NotAList, read_list  # noqa: PLC0415 # few sign in by a list, and it is slow to load

    if file is None:
        return []
    if str(file) == "-":
        return _each_once(read_list("-.txt", sys.stdin.buffer.read()))
    if not file.is_file():
        raise NoFile(file=file)
    try:
        return _each_once(read_list(file.name, file.read_bytes()))
    except OSError as wrong:
        raise NotAList(why=Text(f"{file}:{type(wrong).__name__}", f"{file}: {type(wrong).__name__}")) from wrong


def _each_once(words: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for word in words:
        try:
            found.update(dict.fromkeys(ranged(word)))
        except Wrong as wrong:
            raise NotIds(said=wrong.text) from wrong
    return list(found)


def _parts(ids: list[str], cards: list[str], listed: list[str], *, out: bool) -> list[dict[str, Any]]:
    named = {"out": ids + cards, "listed_out": listed} if out else {"deputies": ids, "cards": cards, "listed": listed}
    return [
        {how: those[start : start + AT_ONCE]} for how, those in named.items() for start in range(0, len(those), AT_ONCE)
    ]


def _together(answers: list[dict[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {name: [] for name in ("counted", "already", "held", "refused")}
    for answer in answers:
        for name in whole:
            whole[name] += answer.get(name) or []
    return whole | {"light": answers[-1]["light"]}


def _tell(answer: dict[str, Any], lang: Lang, *, out: bool) -> None:
    page = Page()
    done = Text("退场", "signed out") if out else Text("签到", "signed in")
    parts = [Text(f"{done.zh} {len(answer['counted'])} 人", f"{len(answer['counted'])} {done.en}")]
    if answer["already"]:
        parts.append(Text(f"此前已记 {len(answer['already'])} 人", f"{len(answer['already'])} already so"))
    if answer["held"]:
        parts.append(Text(f"证卡待核 {len(answer['held'])} 张(不计入)", f"{len(answer['held'])} held, not counted"))
    page.line(escape(joined(parts).to(lang)))
    for each in answer["held"]:
        said = to_text(each.get("says")).to(lang)
        page.line(f"[yellow]{escape(said)}[/]", lead=f"  [yellow]△[/] {escape(str(each.get('card')))} ")
    for each in answer["refused"]:
        said = to_text(each.get("says")).to(lang)
        named = str(each.get("deputy") or each.get("card") or each.get("listed") or "")
        page.line(f"[red]{escape(said)}[/]", lead=f"  [red]✗[/] {escape(named)} ")
    Light(answer["light"], lang).show(page)
