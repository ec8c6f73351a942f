"""`yishi status`: where the session stands, what may be done next, what is missing or blocked and by which law, what is due."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.calendar import CHINA
from domain.offices import office_word
from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, as_json, moment, now, opened, the_session
from yishi.cli.hall import Light
from yishi.cli.page import Page, escape
from yishi.cli.screen import KINDS, LangOption, language, told
from yishi.cli.words import shown, to_text
from yishi.client import Door
from yishi.doorway import NothingServes

if TYPE_CHECKING:
    from yishi.ledger.reader import LedgerReader

SHORT_HEAD = 12
MISSING_SHOWN = 8
COUNTED = {"put-to-vote": ("in_favour", "against", "abstained")}
"""What an act may do without and hardly ever does: votes that are counted."""
SESSION_KINDS = {
    "year_start": Text("年初例会", "year-start session"),
    "mid_year": Text("年中例会", "mid-year session"),
    "first": Text("换届后第一次会议", "first session of the term"),
    "extraordinary": Text("临时召集的会议", "extraordinary session"),
    "yearly": Text("年度议事会议", "yearly meeting"),
}
SITTING_STATES = {
    "planned": Text("尚未举行", "still to be held"),
    "open": Text("正在举行", "open"),
    "paused": Text("暂停", "interrupted"),
    "closed": Text("已结束", "over"),
}


def status(
    session: Annotated[str | None, typer.Argument(help="会议,如 xiuzhou/10-4 · the session")] = None,
    data: DataOption = HOME,
    at: Annotated[
        str | None,
        typer.Option("--at", help="到某序号(120)或某时刻为止的情况 · as the record stood at a position or a time"),
    ] = None,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """现在到哪一步、接下来能办什么、缺什么、哪一条不许 · Where we are and what may be done next."""
    chosen = language(lang)
    with told(chosen):
        found = status_of(data, session, when(at))
    if as_json_:
        as_json(found)
        return
    Showing(Page(), chosen, found).all()


When = dict[str, str]
"""Which state is meant: of a `position` or of a moment, `at`; of now where nothing is said."""


def when(said: str | None) -> When:
    """
    Raises:
        NotATime.
    """
    if said is None:
        return {}
    return {"position": said} if said.isdecimal() and said.isascii() else {"at": moment(said, now()).isoformat()}


def status_of(data: Path, session: str | None, then: When) -> dict[str, Any]:
    """The status through the door; straight from the folder when nothing serves it. `hall` is the light, `needs` what acts ask for."""
    try:
        with opened(data) as door:
            return _asked(door, session, then)
    except NothingServes:
        return _read(data, session, then)


def _asked(door: Door, session: str | None, then: When) -> dict[str, Any]:
    where = the_session(door, session)
    found: dict[str, Any] = door.get(f"/sessions/{where['session']}/status", **then)
    needs = {act["act"]: act["schema"].get("required", []) for act in door.acts()}
    sitting = found.get("sitting")
    hall = door.get(f"/sessions/{where['session']}/hall", sitting=sitting["code"], **then) if sitting else None
    waiting = [w.body.get("act", w.path) for w in door.pending.waiting()]
    return found | {"hall": hall, "needs": needs, "waiting_for_answer": waiting, "served": True}


def _read(data: Path, session: str | None, then: When) -> dict[str, Any]:
    from yishi.cli.record import opened as record_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.law import LawLibrary  # noqa: PLC0415
    from yishi.planning.vocabulary import commands  # noqa: PLC0415
    from yishi.projections.sessions import the_session as session_of  # noqa: PLC0415
    from yishi.projections.status import status_of as read_status  # noqa: PLC0415

    folder = data.expanduser()
    whole = record_of(folder)
    try:
        ledger, asked_at = _as_it_stood(whole, then) if then else (whole, now())
        stream = session_of(ledger, session)
        book = LawLibrary(folder).edition(ledger.state(stream).edition)
        found = read_status(ledger, book, stream, asked_at)
    finally:
        whole.close()
    needs = {act: list(k.model_json_schema().get("required", [])) for act, k in commands().items()}
    return found | {"hall": None, "needs": needs, "waiting_for_answer": [], "served": False}


def _as_it_stood(ledger: "LedgerReader", then: When) -> "tuple[LedgerReader, datetime]":
    """The record of then, and the time that it was."""
    from yishi.ledger.past import Past, position_at  # noqa: PLC0415

    if "position" in then:
        past = Past(ledger, min(int(then["position"]), ledger.head().size))
        return past, (past.last_recorded_at() or now()).astimezone(CHINA)
    asked_at = datetime.fromisoformat(then["at"])
    return Past(ledger, position_at(ledger, asked_at)), asked_at


class Showing:
    """A status on the page."""

    def __init__(self, page: Page, lang: Lang, found: dict[str, Any]) -> None:
        self.page, self.lang, self.found = page, lang, found

    def _to(self, zh: str, en: str) -> str:
        return escape(Text(zh, en).to(self.lang))

    def _t(self, said: Any) -> str:
        return escape(to_text(said).to(self.lang))

    def all(self) -> None:
        self._head()
        self._next()
        self._blocked()
        self._missing()
        self._past()
        self._deadlines()
        self._last()

    def _head(self) -> None:
        found = self.found
        kind = SESSION_KINDS.get(found["kind"], Text(found["kind"], found["kind"])).to(self.lang)
        mark = self._to("(演练)", " (rehearsal)") if found.get("rehearsal") else ""
        self.page.line(f"[bold]{escape(found['name'])} {self._t(found['title'])}[/]{mark} · {kind}")
        days = f"{found['opens']} — {found['closes']}"
        total = self._to(f"应到 {found['deputies_total']} 人", f"{found['deputies_total']} deputies")
        self.page.line(
            f"[bold]{self._t(found['stage'])}[/] · {shown(found['now'])} · {self._to('会期', 'held')} {days} · {total}"
        )
        if not found["served"]:
            self.page.line(
                f"[dim]{self._to('服务没有运行,以下直接读自数据文件夹', 'nothing serves here: read straight from the folder')}[/]"
            )
        for act in found["waiting_for_answer"]:
            said = self._to(
                f"有一项尚未得到答复:{act};下一次办理时先再送一次",
                f"without an answer yet: {act}; it is sent again before the next act",
            )
            self.page.line(f"[yellow]{said}[/]", lead="[yellow]△[/] ")
        self._sitting()
        if found.get("fault"):
            self.page.line(f"[red]{self._t(found['fault'])}[/]", lead="[red]✗[/] ")

    def _sitting(self) -> None:
        sitting = self.found.get("sitting")
        if not sitting:
            return
        state = SITTING_STATES.get(sitting["status"], Text(sitting["status"], sitting["status"])).to(self.lang)
        planned = f" · {shown(sitting['planned'])}" if sitting["status"] == "planned" else ""
        self.page.line(f"{escape(sitting['title'])} · {escape(sitting['code'])} · {state}{planned}", lead="● ")
        if self.found.get("hall"):
            Light(self.found["hall"], self.lang).show(self.page, lead="  ")

    def _heading(self, zh: str, en: str, count: int | None = None) -> None:
        self.page.line()
        number = f" · {count}" if count else ""
        self.page.line(f"[bold]{self._to(zh, en)}[/]{number}")

    def _next(self) -> None:
        steps = self.found["next"]
        asked = [step for step in steps if step["required"]]
        self._heading("现在可以办理", "May be done now", len(asked))
        if not asked:
            self.page.line(f"[dim]{self._to('没有必须办的', 'nothing that must be')}[/]", lead="  ")
        for step in asked:
            self._step(step)
        if more := self.found.get("waiting"):
            said = self._to(f"此后还有 {more} 项,办完前面的才轮到", f"{more} more steps come after these")
            self.page.line(f"[dim]{said}[/]", lead="  ")
        if free := [step for step in steps if not step["required"]]:
            self._heading("有则办理", "If there is any", len(free))
            for step in free:
                self._step(step)

    def _step(self, step: dict[str, Any]) -> None:
        """A step, by whom, what to type, and what would be warned of."""
        by = office_word(step["offices"][0]).to(self.lang) if step["offices"] else ""
        self.page.line(f"{self._t(step['title'])}  [dim]{escape(by)}[/]", lead="  [green]○[/] ")
        self.page.line(f"[cyan]{escape(command_of(step, self.found['needs']))}[/]", lead="      ")
        for warning in step["warnings"]:
            self.page.line(f"[yellow]{self._t(warning)}[/]", lead="      △ ")

    def _blocked(self) -> None:
        steps = self.found["blocked"]
        if not steps:
            return
        self._heading("现在不能办理", "Blocked now", len(steps))
        for step in steps:
            self.page.line(self._t(step["title"]), lead="  [red]✗[/] ")
            kind = f" · {KINDS[step['law']].to(self.lang)}" if step.get("law") else ""
            self.page.line(f"{self._t(step['says'])}[dim]{kind}[/]", lead="      ")

    def _missing(self) -> None:
        above = {step["fact"] for part in ("next", "blocked", "past") for step in self.found[part]}
        lines = [line for line in self.found["missing"] if line["fact"] not in above]
        if not lines:
            return
        self._heading("另外尚缺", "Missing besides", len(lines))
        for line in lines[:MISSING_SHOWN]:
            self.page.line(f"{self._t(line['title'])}  {self._cited(line)}", lead="  [red]✗[/] ")
        if (more := len(lines) - MISSING_SHOWN) > 0:
            self.page.line(
                f"[dim]{self._to(f'还有 {more} 项,见 yishi report', f'{more} more: yishi report')}[/]", lead="  "
            )

    def _past(self) -> None:
        steps = self.found["past"]
        if not steps:
            return
        self._heading("已过阶段,办过的只能补录", "Its stage is over: enter it late if it was done", len(steps))
        for step in steps:
            self.page.line(self._t(step["title"]), lead="  [yellow]△[/] ")
            command = command_of(step, self.found["needs"]).replace("yishi act", "yishi record-later")
            self.page.line(f"[cyan]{escape(command)} --at … --reason …[/]", lead="      ")

    def _deadlines(self) -> None:
        clocks = self.found["deadlines"]
        if not clocks:
            return
        self._heading("期限", "Deadlines", len(clocks))
        self.page.rows(
            (clock["last_day"], days_left(clock, self.lang), f"{self._t(clock['title'])}  {self._cited(clock)}")
            for clock in clocks
        )

    def _last(self) -> None:
        found = self.found
        self._heading("最近的记录", "Last recorded")
        rows = [(f"#{e['position']}", shown(e["at"]), self._t(e["title"]) or escape(e["name"])) for e in found["last"]]
        self.page.rows(rows)
        self.page.line(f"[dim]{self._to('记录头', 'head')} {found['size']}:{found['head'][:SHORT_HEAD]}[/]", lead="  ")

    def _cited(self, line: dict[str, Any], most: int = 2) -> str:
        basis = line.get("basis") or []
        if not basis:
            return ""
        cited = list(dict.fromkeys(each[self.lang] for each in basis))[:most]
        named = escape(Text("、", "; ").to(self.lang).join(cited))
        kind = KINDS[basis[0]["kind"]].to(self.lang)
        return f"[dim]{named}{'' if kind in named else ' · ' + kind}[/]"


def command_of(step: dict[str, Any], needs: dict[str, list[str]]) -> str:
    """What to type for a step: what is known of it, and … for what only an officer can say."""
    known = {name: value for name, value in step["fields"].items() if value not in (None, "", [])}
    typed = [f"{name}={_typed(value)}" for name, value in known.items()]
    asked = dict.fromkeys((*needs.get(step["act"], ()), *COUNTED.get(step["act"], ())))
    typed += [f"{name}=…" for name in asked if name not in known]
    if step["act"] == "sign-in":
        return f"yishi sign-in --sitting {step['fields']['sitting']} D001..D120"
    return " ".join(["yishi act", step["act"], *typed])


def days_left(clock: dict[str, Any], lang: Lang) -> str:
    left = clock["days_left"]
    if clock["state"] in ("overdue", "missed") or left < 0:
        return f"[red]{Text(f'逾期 {abs(left)} 天', f'{abs(left)} days over').to(lang)}[/]"
    return Text(f"还有 {left} 天" if left else "今天到期", f"{left} days left" if left else "due today").to(lang)


def _typed(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else str(value)
