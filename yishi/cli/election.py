"""`yishi election`: the elections of a session - nominees, candidates, each ballot with its figures, the result and its arithmetic."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, SessionOption, as_json
from yishi.cli.page import Page, escape
from yishi.cli.results import called, cited, people, results, say_how_it_was_read
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import shown, to_text
from yishi.trouble import Trouble

election_app = typer.Typer(
    add_completion=False, help="选举:候选人、选票、得票和结果 · elections: candidates, ballots, votes, results"
)
ELECTED, TIED = Text("当选", "elected"), Text("待再次投票", "voted on again")
SOLE = Text(",等额", ", as many candidates as seats")
NO_ELECTIONS = Text(
    "本次会议没有选举(方案中没有 elections)", "this session has no elections (its plan names none under elections)"
)


class NoSuchElection(Trouble):
    says = Text(
        "没有代号为 {election} 的选举;本次会议有:{known}", "there is no election {election}; there are: {known}"
    )


@election_app.callback(invoke_without_command=True)
def election(
    context: typer.Context,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """选举一览;`election show 代号` 看一项 · all elections; `election show CODE` shows one."""
    if context.invoked_subcommand is None:
        list_(session, data, as_json_, lang)


@election_app.command("list")
def list_(
    session: SessionOption = None, data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh"
) -> None:
    """各项选举到了哪一步、谁已当选 · The elections: how far each has come, who is elected."""
    chosen = language(lang)
    with told(chosen):
        found, served = results(data, session, "elections")
    if as_json_:
        as_json(found)
        return
    page = Page()
    say_how_it_was_read(page, chosen, served=served)
    if not found:
        page.line(NO_ELECTIONS.to(chosen))
    for each in found:
        _head(page, each, chosen)
        if each["elected"]:
            page.line(people(each["elected"], chosen), lead=f"  {ELECTED.to(chosen)} ")


@election_app.command("show")
def show(
    code: Annotated[str, typer.Argument(help="选举的代号,如 head · code of the election")],
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """一项选举:提名、候选人、每次投票的票数和得票、结果的算法 · One election from nomination to result."""
    chosen = language(lang)
    with told(chosen):
        found, served = results(data, session, "elections")
        one = next((each for each in found if each["election"] == code), None)
        if one is None:
            raise NoSuchElection(election=code, known="、".join(e["election"] for e in found) or "—")
    if as_json_:
        as_json(one)
        return
    page = Page()
    say_how_it_was_read(page, chosen, served=served)
    Showing(page, chosen, one).all()


def _head(page: Page, election: dict[str, Any], lang: Lang) -> None:
    complete = election["seats_left"] == 0
    mark = "[green]✓[/]" if complete else "[yellow]○[/]"
    title, kind = to_text(election["title"]).to(lang), to_text(election["kind"]).to(lang)
    seats = Text(f"应选 {election['seats']} 人", f"{election['seats']} to elect").to(lang)
    margin = election["margin"]
    contested = Text(f",差额 {margin} 人", f", {margin} more candidates than seats") if margin else SOLE
    extra = "" if margin is None else contested.to(lang)
    page.line(
        f"[bold]{escape(title)}[/]  [dim]{escape(election['election'])}[/] · {kind} · {seats}{extra}", lead=f"{mark} "
    )
    page.line(escape(to_text(election["stands"]).to(lang)), lead="  ")


class Showing:
    """One election on the page."""

    def __init__(self, page: Page, lang: Lang, election: dict[str, Any]) -> None:
        self.page, self.lang, self.election = page, lang, election

    def _to(self, zh: str, en: str) -> str:
        return Text(zh, en).to(self.lang)

    def all(self) -> None:
        _head(self.page, self.election, self.lang)
        self._nominations()
        for held in self.election["primaries"]:
            self._primary(held)
        self._listed("正式候选人", "Candidates", self.election["candidates"])
        for ballot in self.election["ballots"]:
            self._ballot(ballot)
        self._listed("当选", "Elected", self.election["elected"])

    def _heading(self, said: str) -> None:
        self.page.line()
        self.page.line(f"[bold]{escape(said)}[/]")

    def _listed(self, zh: str, en: str, listed: list[dict[str, Any]]) -> None:
        if listed:
            self._heading(f"{self._to(zh, en)} {len(listed)}")
            self.page.line(people(listed, self.lang), lead="  ")

    def _nominations(self) -> None:
        nominations = self.election["nominations"]
        if not nominations:
            return
        self._heading(self._to("提名", "Nominations"))
        for each in nominations:
            signed = each["signatures"]
            count = Text(f",联名 {signed} 人,有效 {each['counted']} 人", f", {signed} signed, {each['counted']} count")
            by = f"{to_text(each['by']).to(self.lang)}{count.to(self.lang) if signed else ''}"
            gone = Text("(已撤回)", " (withdrawn)") if each["withdrawn_at"] else Text("", "")
            if not each["admitted"]:
                gone = Text("(联名人数不足,不列为提名)", " (too few signatures: no nomination)")
            if each["lost"]:
                gone = Text("(主席团未通过,不列为提名)", " (the presidium did not carry it: no nomination)")
            self.page.line(f"{people(each['persons'], self.lang)}  [dim]{by}{gone.to(self.lang)}[/]", lead="  ")
        if self.election["declined"]:
            said = self._to("不接受提名", "declined")
            self.page.line(people(self.election["declined"], self.lang), lead=f"  {said} ")

    def _primary(self, held: dict[str, Any]) -> None:
        self._heading(f"{self._to('预选', 'Primary')} · {shown(held['at'])}")
        self.page.line(self._papers(held), lead="  ")
        chosen, tied = _ids(held["chosen"]), _ids(held["tied"])
        rows = ((each, [f"{each['votes']}"]) for each in held["lines"])
        self._table([self._to("得票", "votes")], rows, chosen, tied, self._to("列为候选人", "stands"))

    def _papers(self, figures: dict[str, Any]) -> str:
        return self._to(
            f"发出 {figures['issued']} 张,收回 {figures['returned']} 张,有效 {figures['valid']} 张,无效 {figures['void']} 张",
            f"{figures['issued']} issued, {figures['returned']} returned, {figures['valid']} valid, {figures['void']} void",
        )

    def _ballot(self, ballot: dict[str, Any]) -> None:
        round_ = to_text(ballot["round"]).to(self.lang)
        numbered = self._to(f"第 {ballot['number']} 次投票 · {round_}", f"Ballot {ballot['number']} · {round_}")
        self._heading(f"{numbered} · {shown(ballot['opened_at'])}")
        figures = ballot["figures"]
        if figures is None:
            sheets = self._to(
                "、".join(map(str, ballot["sheets"])) or "无", ", ".join(map(str, ballot["sheets"])) or "-"
            )
            said = self._to(
                f"投票人 {ballot['voters']} 人;已收到的计票单:{sheets}(签认前不显示票数)",
                f"{ballot['voters']} voters; sheets in: {sheets} (no figures before the count is attested)",
            )
            self.page.line(f"[dim]{said}[/]", lead="  ")
            return
        self.page.line(self._papers(figures), lead="  ")
        result = ballot["result"] or {"elected": [], "tied": []}
        marks = [self._to("赞成", "for"), self._to("反对", "against"), self._to("弃权", "abst.")]
        written = self._to("(另选)", " (written in)")
        rows = [(each, [str(each[way]) for way in ("in_favour", "against", "abstained")]) for each in figures["lines"]]
        rows += [({**each, "mark": written}, [str(each["in_favour"]), "", ""]) for each in figures["write_ins"]]
        self._table(marks, rows, _ids(result["elected"]), _ids(result["tied"]), ELECTED.to(self.lang))
        if ballot["says"]:
            self.page.line(escape(to_text(ballot["says"]).to(self.lang)), lead="  [bold]→[/] ")
            if basis := cited(ballot["basis"], self.lang):
                self.page.line(basis, lead="    ")
        else:
            said = self._to("监票人已签认,尚未宣布", "attested, not declared yet")
            self.page.line(f"[yellow]{said}[/]", lead="  [yellow]△[/] ")

    def _table(
        self,
        columns: list[str],
        rows: Iterable[tuple[dict[str, Any], list[str]]],
        first: set[str],
        tied: set[str],
        word: str,
    ) -> None:
        """People with their votes; who came first is marked with the word, who is tied as such."""
        table = [("", *(f"[dim]{column}[/]" for column in columns), "")]
        for each, votes in rows:
            fate = f"[green]{word}[/]" if each["id"] in first else ""
            fate = f"[yellow]{TIED.to(self.lang)}[/]" if each["id"] in tied else fate
            table.append((escape(called(each) + each.get("mark", "")), *votes, fate))
        self.page.rows(table, indent=4)


def _ids(listed: list[dict[str, Any]]) -> set[str]:
    return {each["id"] for each in listed}
