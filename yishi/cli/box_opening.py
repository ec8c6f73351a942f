"""The key holders' part of `yishi box`: keys made and shared out, a box woken, opened and counted, its count attested."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.box_words import (
    BoxArgument,
    ByOption,
    SharesOption,
    counts,
    does,
    figures,
    path_of,
    read_shares,
    typed_unseen,
)
from yishi.cli.desk import HOME, REFUSED, DataOption, JsonOption, SessionOption, as_json, opened, the_session
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.client import Door
from yishi.trouble import Trouble

MOST_HOLDERS = 100


class NotThatMany(Trouble):
    says = Text(
        "{needed} 份可开、共 {holders} 份:至少两份才能开箱,且不多于总份数,总数不超过 {most}",
        "{needed} of {holders} open it: two at least, no more than there are, and {most} in all at most",
    )


class PassphrasesDiffer(Trouble):
    says = Text(
        "两次输入的口令不同,或者是空的;没有写出任何文件",
        "the two passphrases differ, or are empty; nothing was written",
    )


class NeitherOrBoth(Trouble):
    says = Text(
        "开箱须写密钥份额(--share,加 --out),或者离线计票的结果(--result),只写其中一种",
        "opening takes the shares (--share, and --out), or the result of a count made elsewhere (--result): one of the two",
    )


class NotAResult(Trouble):
    says = Text("{file} 不是 yishi box count 写出的结果", "{file} is no result as yishi box count writes it")


OutOption = Annotated[Path | None, typer.Option("--out", help="选票清册写到哪个文件 · file for the ballots in clear")]


def keys(
    holders: Annotated[int, typer.Option("--holders", help="分成几份 · how many shares")],
    needed: Annotated[int, typer.Option("--needed", help="几份可开 · how many of them open")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹 · folder")],
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="每份由持钥人各设口令 · each holder sets a passphrase")
    ] = False,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """做钥匙:每份写成一个文件,当场交给持钥人;不需要服务 · Make a box's keys in shares, one file a holder."""
    from yishi.scrutineers.keys import ceremony  # noqa: PLC0415 # cryptography is slow to load
    from yishi.scrutineers.share_files import lines_of, write_new, write_share  # noqa: PLC0415

    chosen = language(lang)
    with told(chosen):
        if not 2 <= needed <= holders <= MOST_HOLDERS:
            raise NotThatMany(needed=needed, holders=holders, most=MOST_HOLDERS)
        made = ceremony(needed, holders)
        said = [_passphrase(number, chosen) if passphrase else "" for number in range(1, holders + 1)]
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        public = out / "keys.json"
        write_new(public, (json.dumps({"keys": made.keys.model_dump(mode="json")}, indent=1) + "\n").encode())
        files = [out / f"share-{share.number}.txt" for share in made.shares]
        for file, share, word in zip(files, made.shares, said, strict=True):
            write_share(file, lines_of(share, holders, needed, word))
    if as_json_:
        as_json({"keys": str(public), "shares": [str(file) for file in files], "needed": needed})
        return
    page = Page()
    page.line(Text(f"公开部分:{public}", f"public part: {public}").to(chosen), lead="[green]✓[/] ")
    for file in files:
        page.line(escape(str(file)), lead="  ")
    todo = Text(
        "每份立即移到持钥人自己的优盘上,由本人收好;原文件删除。任何人不得持有两份,不得复制。",
        "Move each share to its holder's own stick now, and delete it here. Nobody holds two, nobody makes copies.",
    )
    page.line(todo.to(chosen), lead="  → ")


def _passphrase(number: int, lang: Lang) -> str:
    """
    Raises:
        PassphrasesDiffer.
    """
    asked = Text(f"第 {number} 份的口令", f"passphrase of share {number}").to(lang)
    once = typed_unseen(asked)
    if not once or once != typed_unseen(asked + Text("(再输一次)", " (again)").to(lang)):
        raise PassphrasesDiffer
    return once


def wake(
    box: BoxArgument,
    shares: SharesOption,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """服务重新启动后,够数的持钥人唤醒票箱,接着投票 · After a restart key holders wake the box."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        from domain.ballot.box import BoxKeys  # noqa: PLC0415
        from domain.ballot.form import Form  # noqa: PLC0415
        from yishi.scrutineers.keys import waking_key  # noqa: PLC0415

        where = the_session(door, session)
        there = door.get(path_of(where, box))
        if there["restart"] is not None:
            made, form = BoxKeys.model_validate(there["keys"]), Form.model_validate(there["form"])
            key = waking_key(box, made, form.digest, there["restart"], read_shares(shares, chosen))
            there = door.post(path_of(where, box, "/wake"), {"key": key})
    if as_json_:
        as_json(there)
        return
    awake = Text("票箱可以发票、投票", "the box takes ballots") if there["state"] == "sealed" else counts(there)
    Page().line(f"{awake.to(chosen)} · {counts(there).to(chosen)}", lead="[green]✓[/] ")


def take(
    box: BoxArgument,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件 · file")],
    session: SessionOption = None,
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """把已关闭的票箱取到文件里,拿到监票人自己的电脑上开 · Take a closed box along in a file, still sealed."""
    from yishi.scrutineers.share_files import write_new  # noqa: PLC0415

    chosen = language(lang)
    with told(chosen), opened(data) as door:
        taken = _taken(door, the_session(door, session), box)
        write_new(out, taken.model_dump_json(indent=1).encode())
    said = Text(f"{taken.returned} 张密封的选票:{out}", f"{taken.returned} sealed ballots: {out}")
    Page().line(escape(said.to(chosen)), lead="[green]✓[/] ")


def _taken(door: Door, where: dict[str, Any], box: str) -> Any:
    from yishi.scrutineers.taken import Taken  # noqa: PLC0415

    ballots = door.get(path_of(where, box, "/ballots"))["ballots"]
    return Taken.of(where["session"], door.get(path_of(where, box)), ballots)


def count(
    file: Annotated[Path, typer.Argument(help="取出的票箱文件 · the box that was taken along")],
    shares: SharesOption,
    result: Annotated[Path, typer.Option("--result", help="结果写到哪个文件 · file for the result")],
    out: OutOption = None,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """在监票人自己的电脑上开箱计票,不需要服务和网络 · Open and count on the key holders' own computer, offline."""
    from yishi.scrutineers.share_files import FileThere, write_new  # noqa: PLC0415
    from yishi.scrutineers.taken import Taken, opened_by  # noqa: PLC0415

    chosen = language(lang)
    with told(chosen):
        clear = out or result.with_suffix(".ballots.txt")
        if there := [each for each in (result, clear) if each.exists()]:
            raise FileThere(file=there[0])
        found = opened_by(Taken.read(file), read_shares(shares, chosen))
        write_new(clear, found.file)
        write_new(result, (json.dumps(found.fields, ensure_ascii=False, indent=1) + "\n").encode())
    _came_to(found.fields, clear, chosen, json_=as_json_)


def _came_to(fields: dict[str, Any], clear: Path, lang: Lang, *, json_: bool) -> None:
    if json_:
        as_json({**fields, "file": str(clear)})
        return
    page = Page()
    figures(page, fields, lang)
    said = Text(
        f"全部选票的清册:{clear},当场封存,由监票人保管",
        f"all ballots in clear: {clear}, to be sealed up by the scrutineers now",
    )
    page.line(escape(said.to(lang)), lead="  → ")


def open_(
    box: BoxArgument,
    shares: SharesOption = [],  # noqa: B006 # typer hands in a new list each time
    out: OutOption = None,
    result: Annotated[
        Path | None, typer.Option("--result", help="离线计票的结果(count)· result of a count made elsewhere")
    ] = None,
    by: ByOption = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """开箱计票并记录:在本机合钥匙,或者记入离线计票的结果 · Open and count, or record a count made elsewhere."""
    chosen = language(lang)
    with told(chosen):
        if (result is None) != bool(shares) or (result is None and out is None):
            raise NeitherOrBoth
        with opened(data) as door:
            where = the_session(door, session)
            fields = _result(result) if result is not None else _opened(door, where, box, shares, out, chosen, as_json_)
            if does(door, where, chosen, "open-box", {**fields, "box": box}, by, json_=as_json_):
                raise typer.Exit(REFUSED)


def _opened(
    door: Door, where: dict[str, Any], box: str, shares: list[Path], out: Path | None, lang: Lang, json_: bool
) -> dict[str, Any]:
    """Opened in this process; the ballots in clear are on the disk before the count is recorded, for it is done once.

    Raises:
        FileThere: another file stands there.
    """
    from yishi.scrutineers.share_files import write_new  # noqa: PLC0415
    from yishi.scrutineers.taken import opened_by  # noqa: PLC0415

    assert out is not None
    found = opened_by(_taken(door, where, box), read_shares(shares, lang))
    if not (
        out.is_file() and out.read_bytes() == found.file
    ):  # the same again is as well: the same ballots make the same file
        write_new(out, found.file)
    if not json_:
        _came_to(found.fields, out, lang, json_=False)
    return found.fields


def _result(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(file.read_bytes())
    except (OSError, ValueError) as wrong:
        raise NotAResult(file=file) from wrong
    if not isinstance(said, dict) or not {"root", "ballots", "holders"} <= said.keys():
        raise NotAResult(file=file)
    return said


def attest(
    box: BoxArgument,
    scrutineer: Annotated[str, typer.Option("--scrutineer", help="监票人(持钥人)编号 · id of the scrutineer")],
    ballots: Annotated[
        Path, typer.Option("--ballots", help="选票清册,当场重新计票 · the ballots in clear, counted again")
    ],
    by: ByOption = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """监票人确认:按清册重新计票,与记录一致才确认 · Attest: the ballots are counted once more and must come to the same."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        from domain.ballot.form import Form  # noqa: PLC0415
        from yishi.scrutineers.taken import attestable  # noqa: PLC0415

        where = the_session(door, session)
        there = door.get(path_of(where, box))
        digest = ""
        if there["came_out"] is not None:
            digest = attestable(ballots, Form.model_validate(there["form"]), there["issued"], there["came_out"])
        fields = {"box": box, "scrutineer": scrutineer, "ballots": digest or "0" * 64}  # not opened: the rule says so
        if does(door, where, chosen, "attest-box", fields, by, json_=as_json_):
            raise typer.Exit(REFUSED)
