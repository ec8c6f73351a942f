"""`yishi box vote`: a deputy's ballot, filled in and sealed in this process, cast without a name.

Choices are typed, never given as words of the command: those stand in the list of processes and in the shell's history. For, against and
abstain are one key each; what is answered is how many have voted, and a receipt that says nothing of the choice.
"""

import sys
from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.box_words import BoxArgument, path_of
from yishi.cli.desk import HOME, REFUSED, DataOption, JsonOption, SessionOption, as_json, opened, the_session
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.client import Door
from yishi.trouble import Trouble

KEYS = {"1": "for", "2": "against", "3": "abstain"}
HOW = Text("1 赞成 2 反对 3 弃权", "1 for, 2 against, 3 abstain")
OTHER = Text("另选他人的编号,没有则回车", "id of another person, or just Enter")
CLEARED = "\x1b[2J\x1b[3J\x1b[H"  # the screen, and what a terminal lets one scroll back to
SURE = Text("投入票箱按 1,重填按 2", "1 to cast it, 2 to fill it in again")


class NotFilledIn(Trouble):
    says = Text(
        "选票没有填完,没有投出:每一项填 1、2 或者 3,另选他人每处一行",
        "the ballot is not filled in and was not cast: 1, 2 or 3 on each line, then a line for each place of another person",
    )


class NotWritable(Trouble):
    says = Text("{why};没有投出", "{why}; it was not cast")


def vote(
    box: BoxArgument,
    deputy: Annotated[str, typer.Option("--deputy", help="代表编号 · id of the deputy")],
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """投票:领票、填写、当场密封、不具名投入票箱 · Vote: a ballot asked for, filled in, sealed here and cast."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        where = the_session(door, session)
        try:
            receipt = _voted(door, where, box, deputy, chosen, json_=as_json_)
        except _refusals() as refused:
            _tell_refusal(refused, chosen, json_=as_json_)
        stands = door.get(path_of(where, box))
    if as_json_:
        as_json(
            {"outcome": "taken", "box": box, "voted": stands["returned"], "of": stands["issued"], "receipt": receipt}
        )
        return
    page = Page()
    said = Text(
        f"已投入票箱:已投 {stands['returned']} 张,共发 {stands['issued']} 张",
        f"it lies in the box: voted {stands['returned']} of {stands['issued']}",
    )
    page.line(said.to(chosen), lead="[green]✓[/] ")
    kept = Text(
        f"回执 {receipt}(只说明票在箱中,不说明怎样投的;关箱后可查)",
        f"receipt {receipt} (that the ballot is in the box, not what it says; it can be looked up after the closing)",
    )
    page.line(f"[dim]{kept.to(chosen)}[/]", lead="  ")


def _refusals() -> tuple[type[Trouble], ...]:
    from yishi.client.ballots import AlreadyCast, NoBallot  # noqa: PLC0415 # cryptography is slow to load

    return AlreadyCast, NoBallot


def _tell_refusal(refused: Trouble, lang: Lang, *, json_: bool) -> None:
    if json_:
        as_json({"outcome": "refused", "reason": type(refused).__name__, "says": refused.text._asdict()})
    else:
        Page(to_stderr=True).line(f"[red]{escape(refused.text.to(lang))}[/]", lead="[red]✗[/] ")
    raise typer.Exit(REFUSED)


def _voted(door: Door, where: dict[str, Any], box: str, deputy: str, lang: Lang, *, json_: bool) -> str:
    """Asked for, filled in, sealed and cast; the receipt: SHA-256 of the sealed ballot."""
    from domain.refusals import Refused  # noqa: PLC0415
    from yishi.client.ballots import ask_for_ballot, cast, sealed  # noqa: PLC0415

    paper = ask_for_ballot(door, where["session"], box, deputy)
    names = {} if paper.form.kind == "vote" else _names(door, where)
    try:
        ballot = sealed(paper, _Booth(lang, names, quiet=json_).fill(paper.form))
    except Refused as refused:
        raise NotWritable(why=refused.says.filled(**refused.figures)) from refused
    cast(door, ballot)
    return sha256(ballot.sealed).hexdigest()


def _names(door: Door, where: dict[str, Any]) -> dict[str, str]:
    told = door.get(f"/sessions/{where['session']}/members")
    return {each["id"]: each["name"] for each in (*told["members"], *told["people"]) if each["name"]}


class _Booth:
    """Where the ballot is filled in: at a keyboard the screen is cleared afterwards; else lines are read as they come."""

    def __init__(self, lang: Lang, names: dict[str, str], *, quiet: bool) -> None:
        self.lang, self.names = lang, names
        self.keyboard = sys.stdin is not None and sys.stdin.isatty()
        self.page = Page(to_stderr=quiet)

    def fill(self, form: Any) -> Any:
        """
        Raises:
            NotFilledIn: input that is no keyboard's ended, or a line is none of the three.
        """
        from domain.ballot.form import Ballot  # noqa: PLC0415

        while True:
            marks = tuple(self._mark(title) for title in self._lines(form))
            others = tuple(said for _ in range(form.write_ins) if (said := self._line(OTHER.to(self.lang))))
            if not self.keyboard or self._key(SURE.to(self.lang), {"1": True, "2": False}):
                break
        if self.keyboard:
            typer.echo(CLEARED, nl=False)
        return Ballot(marks, others)  # type: ignore[arg-type]

    def _lines(self, form: Any) -> Iterator[str]:
        if form.kind == "vote":
            yield form.about
        for person in form.candidates:
            yield f"{self.names[person]}({person})" if person in self.names else person

    def _mark(self, title: str) -> str:
        return str(self._key(f"{title}  {HOW.to(self.lang)}", KEYS))

    def _key(self, prompt: str, keys: dict[str, Any]) -> Any:
        while True:
            said = self._line(prompt)
            if said in keys:
                return keys[said]
            if not self.keyboard:
                raise NotFilledIn

    def _line(self, prompt: str) -> str:
        if self.keyboard:
            self.page.line(escape(prompt))
        said = sys.stdin.readline() if sys.stdin is not None else ""
        if not said:
            raise NotFilledIn
        return said.strip()
