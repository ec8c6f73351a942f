"""`yishi box`: electronic ballot boxes, for the chief scrutineer, the key holders and the deputy: keys, sealing, ballots, counting."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.box_opening import attest, count, keys, open_, take, wake
from yishi.cli.box_vote import vote
from yishi.cli.box_words import FOLLOWS, BoxArgument, ByOption, counts, does, path_of, show
from yishi.cli.desk import (
    HOME,
    REFUSED,
    DataOption,
    JsonOption,
    NoFile,
    SessionOption,
    as_json,
    opened,
    send_what_waits,
    the_session,
)
from yishi.cli.fields import FieldsWrong, Wrong, ranged
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import to_text
from yishi.client import Door
from yishi.trouble import Trouble

box_app = typer.Typer(
    add_completion=False, help="电子票箱:做钥匙、封箱、发票、投票、关箱、开箱、确认 · electronic ballot boxes"
)


class OneOfTwo(Trouble):
    says = Text(
        "请写明是哪一项表决(--vote 事项)或者哪一项选举(--election 代号),只写其中一个",
        "say which vote (--vote SUBJECT) or which election (--election CODE) it is for: one of the two",
    )


class NotKeys(Trouble):
    says = Text("{file} 不是 yishi box keys 写出的 keys.json", "{file} is no keys.json as yishi box keys writes it")


class WhichFollows(Trouble):
    says = Text(
        "--if-fewer 应为 paper_ballot(改用纸质选票)或者 vote_again(重新投票)",
        "--if-fewer is paper_ballot or vote_again",
    )


@box_app.callback(invoke_without_command=True)
def box(
    context: typer.Context,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """各票箱一览 · All boxes of the session."""
    if context.invoked_subcommand is None:
        status(None, None, session, data, as_json_, lang)


@box_app.command("status")
def status(
    box: Annotated[str | None, typer.Argument(help="票箱代号 · code of the box")] = None,
    receipt: Annotated[
        str | None,
        typer.Option("--receipt", help="关箱后查回执所指的票在不在箱中 · whether a ballot is in the closed box"),
    ] = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """票箱到了哪一步;关箱前只有发出、收回的张数 · How boxes stand; until the closing only how many."""
    chosen, there = language(lang), None
    with told(chosen), opened(data) as door:
        where = the_session(door, session)
        listed = [door.get(path_of(where, box))] if box else door.get(f"/sessions/{where['session']}/boxes")
        if receipt and box:
            there = _lies_in(door, where, box, receipt)
    if as_json_:
        as_json(({**listed[0], "receipt": there} if receipt else listed[0]) if box else listed)
        return
    page = Page()
    if not listed:
        page.line(Text("还没有票箱", "there is no ballot box yet").to(chosen))
    for each in listed:
        show(page, each, chosen, whole=box is not None)
    if there is not None:
        yes = Text("这张票在箱中", "this ballot lies in the box")
        page.line((yes if there else Text("箱中没有这张票", "no such ballot lies in the box")).to(chosen), lead="  ")


def _lies_in(door: Door, where: dict[str, Any], box: str, receipt: str) -> bool:
    from yishi.sealed.hpke import from_text  # noqa: PLC0415

    ballots = door.get(path_of(where, box, "/ballots"))["ballots"]
    return receipt.strip().lower() in {sha256(from_text(each)).hexdigest() for each in ballots}


@box_app.command("seal")
def seal(
    box: BoxArgument,
    keys: Annotated[Path, typer.Option("--keys", help="keys.json,钥匙的公开部分 · the public part of the keys")],
    holders: Annotated[
        str, typer.Option("--holders", help="持钥人编号,按份额次序 · key holders, in the order of the shares")
    ],
    if_fewer: Annotated[
        str, typer.Option("--if-fewer", help="到场持钥人不足时:paper_ballot | vote_again · if too few holders come")
    ],
    vote_: Annotated[str | None, typer.Option("--vote", help="表决哪一事项 · subject of a vote")] = None,
    election: Annotated[str | None, typer.Option("--election", help="哪一项选举 · code of an election")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="只看选票样式,不封箱 · only show the form")] = False,
    by: ByOption = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """封箱:选票样式取自记录和选举办法,封好不能再改 · Seal an empty box; its form comes from the record."""
    chosen = language(lang)
    with told(chosen):
        if (vote_ is None) == (election is None):
            raise OneOfTwo
        if if_fewer not in FOLLOWS:
            raise WhichFollows
        public, persons = _keys(keys), ids_of([holders])
        with opened(data) as door:
            where = the_session(door, session)
            kind, about = ("vote", vote_) if vote_ is not None else ("election", election)
            form = door.get(path_of(where, box, "/form"), kind=kind, about=about)
            if form["outcome"] == "refused":
                refused(form, chosen, json_=as_json_)
            _form(Page(to_stderr=as_json_), form["form"], chosen)
            if ask:
                return
            fields = {"form": form["form"], "keys": public, "holders": persons, "if_fewer": if_fewer}
            if does(door, where, chosen, "seal-box", fields, by, json_=as_json_):
                raise typer.Exit(REFUSED)


def refused(answer: dict[str, Any], lang: Lang, *, json_: bool) -> None:
    """Tell a refusal that is no act's answer, and end with 1."""
    if json_:
        as_json(answer)
    else:
        Page(to_stderr=True).line(f"[red]{escape(to_text(answer['says']).to(lang))}[/]", lead="[red]✗[/] ")
    raise typer.Exit(REFUSED)


def _keys(file: Path) -> Any:
    import json  # noqa: PLC0415

    if not file.is_file():
        raise NoFile(file=file)
    try:
        return json.loads(file.read_text(encoding="utf-8"))["keys"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotKeys(file=file) from wrong


def _form(page: Page, form: dict[str, Any], lang: Lang) -> None:
    """What every ballot of the box will look like."""
    said = [Text(f"选票:表决 {form['about']}", f"ballot: vote on {form['about']}")]
    if form["kind"] == "election":
        listed = form["candidates"]
        said = [
            Text(
                f"选票:选举 {form['about']},候选人 {'、'.join(listed)},应选 {form['seats']} 人",
                f"ballot: election {form['about']}, candidates {', '.join(listed)}, {form['seats']} to elect",
            ),
            Text(f"可另选 {form['write_ins']} 人", f"{form['write_ins']} may be written in"),
        ]
        if form["overmarked"]:
            said.append(Text("多选作废", "void if more are chosen"))
        if form["beside_abstention"] == "void":
            said.append(Text("弃权又另选作废", "void if a write-in stands beside an abstention"))
    page.line(f"[dim]{escape(Text(';', '; ').to(lang).join(each.to(lang) for each in said))}[/]")


@box_app.command("issue")
def issue(
    box: BoxArgument,
    deputies: Annotated[list[str], typer.Argument(metavar="ID...", help="代表编号,如 D001..D120 · ids")],
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """发票:签到的代表每人一张;再发还是那一张 · Issue ballots; asked again, the same one."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        where, persons = the_session(door, session), ids_of(deputies)
        answers = {}
        for person in persons:
            body = {"deputy": person, "actor": {"office": "scrutineer"}}
            answers[person] = door.post(path_of(where, box, "/ballot"), body)
        stands = door.get(path_of(where, box))
    why = {person: answer["says"] for person, answer in answers.items() if answer.get("outcome") == "refused"}
    if as_json_:
        as_json({"box": box, "issued": stands["issued"], "returned": stands["returned"], "refused": why})
    else:
        page = Page()
        page.line(counts(stands).to(chosen), lead="[green]✓[/] " if len(why) < len(persons) else "")
        for person, says in why.items():
            page.line(f"{escape(person)} {escape(to_text(says).to(chosen))}", lead="[red]✗[/] ")
    if why:
        raise typer.Exit(REFUSED)


def ids_of(said: list[str]) -> list[str]:
    """Ids as they are typed, ranges as all between, each once.

    Raises:
        FieldsWrong.
    """
    try:
        return list(dict.fromkeys(each for part in said for one in part.split(",") if one for each in ranged(one)))
    except Wrong as wrong:
        raise FieldsWrong([wrong.text]) from wrong


@box_app.command("close")
def close(
    box: BoxArgument,
    lost: Annotated[
        bool,
        typer.Option("--lost", help="选票文件确已丢失,按收回 0 张记录 · the ballots are gone for good: none returned"),
    ] = False,
    by: ByOption = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """关箱:此后不再发票、投票;领票与选票的联系销毁 · Close a box: nothing is issued or cast after it."""
    from yishi.cli.act import Doing  # noqa: PLC0415

    chosen = language(lang)
    with told(chosen), opened(data) as door:
        where = the_session(door, session)
        body: dict[str, Any] = {"actor": {"office": by or "scrutineer"}, "lost": lost}
        path = path_of(where, box, "/close")
        sent = send_what_waits(door, chosen, path, body, at_given=False) or door.act(path, body, at_given=False)
        answer = sent.value
        doing = Doing(door, where, chosen, json_=as_json_)
        doing.titles = {"close-box": Text("关闭票箱", "Close a ballot box")}
        doing.tell(answer, {"stream": where["stream"], "act": "close-box", "fields": {}})
        if not sent.refused and not as_json_:
            show(Page(), door.get(path_of(where, box)), chosen, whole=False)
    if sent.refused:
        raise typer.Exit(REFUSED)


@box_app.command("give-up")
def give_up(
    box: BoxArgument,
    holders: Annotated[str, typer.Option("--present", help="到场的持钥人编号 · key holders who did come")] = "",
    by: ByOption = None,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """持钥人不足,不开箱;怎么办,封箱时已定 · Leave a box unopened; what follows was said when it was sealed."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        where, persons = the_session(door, session), ids_of([holders])
        if does(door, where, chosen, "give-up-box", {"box": box, "holders": persons}, by, json_=as_json_):
            raise typer.Exit(REFUSED)
        if not as_json_:
            follows = FOLLOWS[door.get(path_of(where, box))["if_fewer"]]
            said = Text(f"封箱时定的:{follows.zh}", f"as was said when it was sealed: {follows.en}")
            Page().line(said.to(chosen), lead="  → ")


for name, command in (
    ("keys", keys), ("vote", vote), ("take", take), ("count", count), ("open", open_), ("attest", attest), ("wake", wake),
):  # fmt: skip
    box_app.command(name)(command)
