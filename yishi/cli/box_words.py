"""What the commands on electronic ballot boxes share: a box told on the page, an act of its done, files of key shares read."""

import sys
from collections.abc import Mapping, Sequence
from getpass import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.act import Doing, the_act
from yishi.cli.page import Page, escape
from yishi.cli.words import to_text
from yishi.client import Door

BoxArgument = Annotated[str, typer.Argument(help="票箱代号,如 box-1 · code of the box")]
ByOption = Annotated[str | None, typer.Option("--by", help="由谁作出,如 presidium · the office that acts")]
SharesOption = Annotated[
    list[Path], typer.Option("--share", help="密钥份额文件,每人一份,可多次 · file of a key share, repeatable")
]
STATES = {
    "sealed": Text("正在投票", "open for ballots"),
    "closed": Text("已关闭,未开箱", "closed, not opened"),
    "opened": Text("已开箱,待确认", "opened, to be attested"),
    "attested": Text("已确认", "attested"),
    "given_up": Text("已作罢,不开箱", "given up unopened"),
}
FOLLOWS = {
    "paper_ballot": Text("改用纸质选票", "paper ballots"),
    "vote_again": Text("重新投票", "voting again"),
}
REASONS = {
    "unreadable": Text("打不开或不成选票", "cannot be opened or read"),
    "overmarked": Text("所选人数多于应选名额", "more chosen than seats"),
    "beside_abstention": Text("弃权又另选他人", "a write-in beside an abstention"),
}
NEXT = {
    "asleep": Text(
        "持钥人唤醒:yishi box wake {box} --share …", "its key holders wake it: yishi box wake {box} --share …"
    ),
    "sealed": Text("投票完毕后:yishi box close {box}", "when all have voted: yishi box close {box}"),
    "closed": Text(
        "持钥人 {needed} 人以上开箱:yishi box open {box} --share …",
        "{needed} key holders open it: yishi box open {box} --share …",
    ),
    "opened": Text(
        "监票人各自确认:yishi box attest {box} --scrutineer … --ballots …",
        "each scrutineer attests: yishi box attest {box} --scrutineer … --ballots …",
    ),
}


def path_of(where: Mapping[str, Any], box: str, what: str = "") -> str:
    """A box's address at the door."""
    return f"/sessions/{where['session']}/boxes/{box}{what}"


def does(
    door: Door, where: dict[str, Any], lang: Lang, act: str, fields: dict[str, Any], by: str | None, *, json_: bool
) -> bool:
    """Do an act, tell its answer; whether it was refused."""
    doing, kind = Doing(door, where, lang, json_=json_), the_act(door, act)
    doing.titles = {act: to_text(kind["title"])}
    actor = {"office": doing.office(kind, by, fields)}
    body = {"stream": where["stream"], "actor": actor, "at": doing.now.isoformat(), "act": act, "fields": fields}
    return bool(doing.sent(body, at_given=False)["outcome"] == "refused")


def counts(told: Mapping[str, Any]) -> Text:
    """How many; of a box that is open nobody sees more."""
    issued, returned = told["issued"], told["returned"]
    return Text(f"发出 {issued} 张,收回 {returned} 张", f"{issued} issued, {returned} returned")


def about(told: Mapping[str, Any]) -> Text:
    form = told["form"]
    if form["kind"] == "vote":
        return Text(f"表决 {form['about']}", f"vote on {form['about']}")
    return Text(f"选举 {form['about']} 第 {form['round']} 次投票", f"election {form['about']}, ballot {form['round']}")


def show(page: Page, told: Mapping[str, Any], lang: Lang, *, whole: bool) -> None:
    """A box on the page; `whole`: with its holders and its figures."""
    state = "asleep" if told["asleep"] else told["state"]
    word = Text("服务重新启动过,待唤醒", "asleep since a restart") if told["asleep"] else STATES[told["state"]]
    page.line(
        f"[bold]{escape(told['box'])}[/] · {escape(about(told).to(lang))} · {word.to(lang)} · {counts(told).to(lang)}"
    )
    keys, holders = told["keys"], told["holders"]
    if whole:
        said = Text(
            f"持钥人 {'、'.join(holders)},{keys['needed']} 人可开箱;不足时{FOLLOWS[told['if_fewer']].zh}",
            f"key holders {', '.join(holders)}; {keys['needed']} open it; if fewer come: {FOLLOWS[told['if_fewer']].en}",
        )
        page.line(escape(said.to(lang)), lead="  ")
        if told["came_out"]:
            figures(page, told["came_out"], lang)
    if state in NEXT:
        todo = NEXT[state].filled(box=told["box"], needed=keys["needed"])
        page.line(f"[dim]{escape(todo.to(lang))}[/]", lead="  → ")


def figures(page: Page, came_out: Mapping[str, Any], lang: Lang) -> None:
    """What a box came to."""
    sums = came_out["vote"] or came_out["figures"]
    said = Text(f"有效 {sums['valid']} 张,无效 {sums['void']} 张", f"{sums['valid']} valid, {sums['void']} void")
    why = [f"{REASONS[reason].to(lang)} {n}" for reason, n in came_out["void"].items()]
    page.line(said.to(lang) + (f" ({escape('; '.join(why))})" if why else ""), lead="  ")
    marks = [Text("赞成", "for"), Text("反对", "against"), Text("弃权", "abstained")]
    lines = came_out["figures"]["lines"] if came_out["figures"] else [{**came_out["vote"], "person": ""}]
    heads = ["", *(f"[dim]{mark.to(lang)}[/]" for mark in marks)]
    rows = [[escape(line["person"]), *(str(line[n]) for n in ("in_favour", "against", "abstained"))] for line in lines]
    others = came_out["figures"]["write_ins"] if came_out["figures"] else []
    written = Text("(另选)", " (written in)").to(lang)
    page.rows([heads, *rows, *([escape(o["person"] + written), str(o["in_favour"]), "", ""] for o in others)], indent=4)
    if came_out.get("attested"):
        said = Text(f"已确认:{'、'.join(came_out['attested'])}", f"attested by {', '.join(came_out['attested'])}")
        page.line(escape(said.to(lang)), lead="  ")


def typed_unseen(prompt: str) -> str:
    """A line that nobody sees on the screen; from standard input where there is no keyboard."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass(f"{prompt}: ", stream=sys.stderr)
    return (sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n")


def read_shares(files: Sequence[Path], lang: Lang) -> list[Any]:
    """The shares in these files; of each locked one the passphrase is asked."""
    from yishi.scrutineers.share_files import read_share  # noqa: PLC0415 # cryptography is slow to load

    def ask(file: Path) -> str:
        return typed_unseen(Text(f"{file.name} 的口令", f"passphrase of {file.name}").to(lang))

    return [read_share(file.expanduser(), ask) for file in files]
