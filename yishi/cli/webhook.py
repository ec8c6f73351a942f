"""`yishi webhook`: have events sent to other programs, hold that up, have events told again, see what was not taken in."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, REFUSED, DataOption, JsonOption, as_json, opened
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.trouble import Trouble

webhook_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="事件推送:把记录的事件发给其他程序 · send events to other programs"
)
STATES = {
    "open": Text("推送中", "open"),
    "paused": Text("已暂停", "paused"),
    "lost": Text("密钥不在本机", "its secret is not on this machine"),
}
REASONS = {
    "by-hand": Text("人工暂停", "by hand"),
    "token-ended": Text("设立它的令牌已停用或到期", "the token it was made with has ended"),
    "gone": Text("对方称已不存在(410)", "the endpoint says it is gone (410)"),
}
WebhookArgument = Annotated[str, typer.Argument(help="推送编号,见 yishi webhook list · its id")]
BodyOption = Annotated[list[str] | None, typer.Option("--body", help="只推哪个人大或会议,可重复 · congress or session")]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", help="只推哪类事件,可重复,如 matter · a kind of events")
]
KeepOption = Annotated[
    Path | None,
    typer.Option("--keep", help="密钥存到哪个文件,不显示 · keep the secret in a file instead of showing it"),
]
KEPT = Text("密钥存于 {file},只归本人", "its secret is in {file}, which is yours alone")
SECRET_ONCE = Text(
    "密钥(只显示这一次,请交给接收方,用来核对签名)",
    "its secret (shown this once; the receiver checks the signature with it)",
)


class FileThere(Trouble):
    says = Text("文件 {file} 已存在,不覆盖", "{file} exists and is not overwritten")


@webhook_app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="推送到哪里,https://… · where to")],
    body: BodyOption = None,
    kind: KindOption = None,
    after: Annotated[int | None, typer.Option(help="从第几条之后推,默认从现在起 · beyond which position")] = None,
    keep: KeepOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """设立推送,密钥只显示一次 · Have events sent somewhere; the secret is shown once."""
    asked = {"url": url, "bodies": body or [], "kinds": kind or [], "after": after}
    with _keeping(keep, language(lang)) as kept:
        given = kept(_called(data, lang, "POST", "", {k: v for k, v in asked.items() if v is not None}))
    _shown(given, language(lang), as_json_=as_json_)


@webhook_app.command("list")
def list_(data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh") -> None:
    """现有的推送,以及推到第几条 · The webhooks, and how far each was told."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        found = door.get("/webhooks")
    if as_json_:
        as_json(found)
        return
    page = Page()
    if not found:
        page.line(Text("没有设立事件推送", "there are no webhooks").to(chosen))
    for each in found:
        _row(page, each, chosen)


@webhook_app.command("pause")
def pause(webhook: WebhookArgument, data: DataOption = HOME, lang: LangOption = "zh") -> None:
    """暂停推送,事件留待恢复后推 · Hold it up; nothing is lost."""
    _shown(_called(data, lang, "PATCH", f"/{webhook}", {"paused": True}), language(lang))


@webhook_app.command("resume")
def resume(webhook: WebhookArgument, data: DataOption = HOME, lang: LangOption = "zh") -> None:
    """恢复推送,从停下处起按顺序推 · Let it go on, from where it stopped."""
    _shown(_called(data, lang, "PATCH", f"/{webhook}", {"paused": False}), language(lang))


@webhook_app.command("replay")
def replay(
    webhook: WebhookArgument,
    after: Annotated[int, typer.Argument(help="从第几条之后重推 · beyond which position")],
    session: Annotated[str | None, typer.Option(help="只重推哪次会议 · of one session alone")] = None,
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """从某一条之后重推 · Have everything beyond a position told again."""
    asked = {"after": after} | ({"session": session} if session else {})
    _shown(_called(data, lang, "POST", f"/{webhook}/replay", asked), language(lang))


@webhook_app.command("dead")
def dead(
    webhook: WebhookArgument, data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh"
) -> None:
    """三天仍未送达的事件 · Events that were not taken in for three days."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        found = door.get(f"/webhooks/{webhook}/dead")
    if as_json_:
        as_json(found)
        return
    page = Page()
    if not found:
        page.line(Text("没有未送达的事件", "nothing was given up").to(chosen))
    again = Text("正在重发", "being sent again").to(chosen)
    page.rows(
        [
            (str(d["position"]), d["session"], d["why"], f"{d['tries']}×", d["at"][:16], again if d["wanted"] else "")
            for d in found
        ],
        indent=0,
    )


@webhook_app.command("resend")
def resend(
    webhook: WebhookArgument,
    position: Annotated[int, typer.Argument(help="第几条,见 yishi webhook dead · its position")],
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """重发一条未送达的事件 · Send one of these again."""
    chosen = language(lang)
    _called(data, lang, "POST", f"/{webhook}/dead/{position}/resend", {})
    _done(Text(f"第 {position} 条已安排重发", f"{position} is being sent again"), chosen)


@webhook_app.command("ping")
def ping(webhook: WebhookArgument, data: DataOption = HOME, lang: LangOption = "zh") -> None:
    """试推一条,看能否送达 · Send something to see whether it arrives."""
    chosen = language(lang)
    said = _called(data, lang, "POST", f"/{webhook}/ping", {})
    if said["taken"]:
        _done(Text("对方已收下", "it was taken in"), chosen)
        return
    Page().line(Text(f"未送达:{said['why']}", f"not taken in: {said['why']}").to(chosen), lead="[bold red]✗[/] ")
    raise typer.Exit(REFUSED)


@webhook_app.command("rotate")
def rotate(
    webhook: WebhookArgument,
    keep: KeepOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """换发密钥,旧的再用一天 · A new secret; the one of before signs too for a day."""
    with _keeping(keep, language(lang)) as kept:
        given = kept(_called(data, lang, "POST", f"/{webhook}/secret", {}))
    _shown(given, language(lang), as_json_=as_json_)


@webhook_app.command("remove")
def remove(webhook: WebhookArgument, data: DataOption = HOME, lang: LangOption = "zh") -> None:
    """撤销推送 · End a webhook."""
    chosen = language(lang)
    _called(data, lang, "DELETE", f"/{webhook}", None)
    _done(Text(f"事件推送 {webhook} 已撤销", f"the webhook {webhook} is ended"), chosen)


def _called(data: Any, lang: str, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
    """What the door answers; a refusal is told, and ends the command."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        answer: dict[str, Any] = door.call(method, f"/webhooks{path}", body)
    if answer.get("outcome") == "refused":
        Page().line(escape(answer["says"][chosen]), lead="[bold red]✗[/] ")
        raise typer.Exit(REFUSED)
    return answer


@contextmanager
def _keeping(file: Path | None, lang: Lang) -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """Puts what was given into a file of its owner's alone, the secret in it, and gives back the rest. The file is made first."""
    if file is None:
        yield lambda given: given
        return

    def keep(given: dict[str, Any]) -> dict[str, Any]:
        out.write(json.dumps({name: given[name] for name in ("id", "url", "secret")}, indent=2) + "\n")
        return given | {"secret": None}

    with told(lang):
        try:
            out = os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8")
        except FileExistsError as there:
            raise FileThere(file=file) from there
    try:
        with out:
            yield keep
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    _done(KEPT.filled(file=file), lang)


def _done(says: Text, lang: Lang) -> None:
    Page().line(escape(says.to(lang)), lead="[green]✓[/] ")


def _shown(given: dict[str, Any], lang: Lang, *, as_json_: bool = False) -> None:
    if as_json_:
        as_json(given)
        return
    page = Page()
    _row(page, given, lang)
    if given.get("secret"):
        page.line(SECRET_ONCE.to(lang))
        typer.echo(f"  {given['secret']}")


def _row(page: Page, each: dict[str, Any], lang: Lang) -> None:
    state = STATES[each["state"]].to(lang)
    why = f" ({REASONS[each['why']].to(lang)})" if each["why"] in REASONS else ""
    asked = " ".join((*each["bodies"], *each["kinds"])) or Text("令牌可听的全部", "all that its token hears").to(lang)
    mark = "[green]●[/] " if each["state"] == "open" else "[yellow]○[/] "
    page.line(
        escape(f"{each['id']}  {each['url'] or each['machine']}  {state}{why}  {asked}  [{each['token']}]"), lead=mark
    )
    for line in each["lines"]:
        if line["failing"] is not None:
            stuck = Text(
                f"  {line['session']}:第 {line['failing']} 条未送达({line['why']}),自 {line['since'][:16]} 起",
                f"  {line['session']}: {line['failing']} is not taken in ({line['why']}), since {line['since'][:16]}",
            )
            page.line(escape(stuck.to(lang)))
        else:
            page.line(
                escape(
                    Text(
                        f"  {line['session']}:至第 {line['position']} 条",
                        f"  {line['session']}: up to {line['position']}",
                    ).to(lang)
                )
            )
    if each["dead"]:
        page.line(
            Text(f"  未送达 {each['dead']} 条:yishi webhook dead", f"  {each['dead']} given up: yishi webhook dead").to(
                lang
            )
        )
