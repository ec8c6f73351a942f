"""`yishi watch`: events as they are recorded, one line each; a restart of the service is waited for."""

import json
import sys
from typing import Annotated, Any

import typer

from domain.findings import LATE
from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, SessionOption, opened, the_session
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import fact, shown, to_text
from yishi.client import Door


def watch(
    after: Annotated[
        int | None, typer.Option("--after", min=0, help="从哪个序号之后 · events after a position")
    ] = None,
    until: Annotated[int | None, typer.Option("--until", min=1, help="到这个序号为止 · end at a position")] = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """实时记录:一条一行,Ctrl-C 结束 · Events as they come, one a line."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        within = the_session(door, session)["session"] if session else None
        start = after if after is not None else int(door.hello["size"])
        if until is not None and until <= start:
            return
        _follow(door, start, until, within, chosen, json_=as_json_)


def _follow(door: Door, start: int, until: int | None, within: str | None, lang: Lang, *, json_: bool) -> None:
    page = Page()
    for event in door.events(start, within):
        if until is not None and event["position"] > until:
            return
        if json_:
            typer.echo(json.dumps(event, ensure_ascii=False))
        else:
            tell(page, event, lang)
        sys.stdout.flush()
        if event["position"] == until:
            return


def tell(page: Page, event: dict[str, Any], lang: Lang) -> None:
    """One event in a line, with what was noticed below it."""
    refused = event["name"].startswith("refused.")
    said = to_text(event["says"]).to(lang)
    facts = [f.to(lang) for f in map(fact, event.get("facts", ())) if f is not None]
    about = " · ".join(facts)
    matter = f" {event['stream'].rsplit('/', 1)[1]}" if "/matter/" in event["stream"] else ""
    signed = f" {event['stream'].rsplit('/', 1)[1]}" if "/sign-in/" in event["stream"] else ""
    late = any(f["code"] == LATE for f in event.get("findings", ()))
    words = (f"[yellow]{Text('补录', 'late').to(lang)}[/] " if late else "") + escape(
        f"{said}{matter}{signed}" + (f" · {about}" if about else "")
    )
    mark = "[red]✗[/]" if refused else "[green]✓[/]"
    page.line(words, lead=f"#{event['position']:<5} {shown(event['at'])} {mark} ")
    for finding in event.get("findings", ()):
        if finding["weight"] != "info" and finding["code"] != LATE and not refused and finding["says"] != event["says"]:
            page.line(f"[yellow]{escape(to_text(finding['says']).to(lang))}[/]", lead=" " * 24 + "△ ")
