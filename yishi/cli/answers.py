"""An act's answer on the page: what was recorded, or why it was refused, by which article, and what to do next."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.law import Citation
from domain.procedure import PROCEDURES
from domain.text import Lang, Text
from yishi.cli.page import Page, escape
from yishi.cli.screen import KINDS
from yishi.cli.words import ELSE, FIGURES, NO_NAMES, WHAT_TO_DO, fact, shown, to_text

SHORT_HEAD = 12
MARKS = {"recorded": "[green]✓[/]", "already": "[dim]=[/]", "refused": "[red]✗[/]", "may": "[green]○[/]"}
Said = Mapping[str, Any]


class Telling:
    """Tells answers in one language. `titles`: what acts are called; `names`: what the codes of the session are called."""

    def __init__(
        self, page: Page, lang: Lang, titles: Mapping[str, Text], names: Mapping[str, Text] = NO_NAMES
    ) -> None:
        self.page, self.lang, self.titles, self.names = page, lang, titles, names

    def _to(self, zh: str, en: str) -> str:
        return escape(Text(zh, en).to(self.lang))

    def title(self, act: str, about: str = "") -> str:
        """An act's name, with what it is about."""
        named = escape(self.titles.get(act, Text(act, act)).to(self.lang))
        return f"{named}{self._to('', ' ')}({escape(about)})" if about else named

    def receipt(self, answer: Said, events: Iterable[Said], procedure: str, about: str = "", at: str = "") -> None:
        """What was recorded.

        Args:
            events: the answer's, as the door tells them when asked for events. at: legal time of the act, where it is worth saying.
        """
        named = self.title(answer["act"], about)
        if not answer["events"]:
            self.page.line(
                self._to("此前已有记录,没有新的记录:", "already so, nothing new recorded: ") + named,
                lead=_mark("already"),
            )
            return
        when = f" · {at}" if at else ""
        self.page.line(self._to("已记录:", "Recorded: ") + f"[bold]{named}[/]{when}", lead=_mark("recorded"))
        self._events(events, answer["act"], procedure)
        head = self._to("记录头", "head")
        last = answer["events"][-1]["position"]
        self.page.line(
            f"[dim]{self._to('序号', 'position')} {last} · {head} {answer['size']}:{answer['head'][:SHORT_HEAD]}[/]",
            lead="  ",
        )

    def foreseen(self, answer: Said, procedure: str, about: str = "") -> None:
        """What asking brought: nothing of it is recorded."""
        named = self.title(answer["act"], about)
        if answer["outcome"] == "already":
            self.page.line(self._to("此前已有记录:", "already so: ") + named, lead=_mark("already"))
        else:
            self.page.line(self._to("可以办理:", "This may be done: ") + f"[bold]{named}[/]", lead=_mark("may"))
            self._events(answer["events"], answer["act"], procedure)
        self._nothing_recorded()

    def _nothing_recorded(self) -> None:
        self.page.line(
            f"[dim]{self._to('只是询问,没有记录任何内容', 'only asked: nothing was recorded')}[/]", lead="  "
        )

    def refusal(self, answer: Said, about: str = "", *, asked: bool = False) -> None:
        """Why not, what was found and what is needed, by which article, of what kind of law, and what to do."""
        named = self.title(answer["act"], about)
        self.page.line(self._to("不予办理:", "Refused: ") + f"[bold]{named}[/]", lead=_mark("refused"))
        said = to_text(answer["says"]).to(self.lang)
        self.page.line(f"[red]{escape(said)}[/]", lead="  ")
        figures = [
            f"{FIGURES[name].to(self.lang)} {value}"
            for name, value in answer.get("figures", {}).items()
            if name in FIGURES and isinstance(value, int)
        ]
        kind = answer.get("kind")
        if kind and KINDS[kind].to(self.lang) not in said:
            figures.insert(0, KINDS[kind].to(self.lang))
        if figures:
            self.page.line(escape(" · ".join(figures)), lead="  ")
        todo = WHAT_TO_DO.get(answer["reason"], ELSE)
        self.page.line(escape(todo.to(self.lang)), lead=f"  → {self._to('怎么办', 'next')}  ")
        if asked:
            self._nothing_recorded()
        elif (position := answer.get("position")) is not None:
            kept = self._to(
                f"这次尝试也已记录在案(序号 {position})", f"the attempt is on the record too (position {position})"
            )
            self.page.line(f"[dim]{kept}[/]", lead="  ")

    def _events(self, events: Iterable[Said], act: str, procedure: str) -> None:
        for event in events:
            self._event(event, act)
            for finding in event.get("findings", ()):
                dim = finding["weight"] == "info"
                said = escape(finding_said(finding).to(self.lang))
                self.page.line(
                    f"[{'dim' if dim else 'yellow'}]{said}[/]", lead="  [dim]·[/] " if dim else "  [yellow]△[/] "
                )
            for clock in event.get("clocks", ()):
                self._clock(clock, event["stream"], procedure)

    def _event(self, event: Said, act: str) -> None:
        """One event: what it makes so that its act's name does not say, and the article it rests on."""
        facts = [said.to(self.lang) for said in self._made_so(event) if said is not None]
        own = event.get("act") or act
        about = self._to("、", ", ").join(facts)
        name = "" if own == act else escape(to_text(event.get("says", own)).to(self.lang))
        said = " · ".join(part for part in (name, escape(about), self.basis(event.get("basis", ()))) if part)
        if said:
            self.page.line(said, lead="  ")

    def _made_so(self, event: Said) -> Iterable[Text | None]:
        return (fact(code, self.names) for code in event.get("facts", ()))

    def basis(self, basis: Iterable[Said], most: int = 2) -> str:
        """The articles, the first ones, and what kind of law they are."""
        cited = list({c.zh: c for c in map(_cited, basis)}.values())
        if not cited:
            return ""
        named = self._to("、", "; ").join(c.to(self.lang) for c in cited[:most])
        kind = KINDS[cited[0].kind.value].to(self.lang)
        more = self._to(f"等 {len(cited)} 条", f" and {len(cited) - most} more") if len(cited) > most else ""
        own = "" if kind in named else f" · {kind}"
        return f"[dim]{escape(named)}{more}{escape(own)}[/]"

    def _clock(self, clock: Said, stream: str, procedure: str) -> None:
        from yishi.projections.deadlines import deadline_title  # noqa: PLC0415 # slow to load, and seldom needed

        title = (
            deadline_title(PROCEDURES[procedure], stream, clock["id"])
            if procedure in PROCEDURES
            else to_text(clock["id"])
        )
        said = self._to(f"期限:{title.zh},最迟 {clock['last_day']}", f"deadline: {title.en}, by {clock['last_day']}")
        self.page.line(f"{said}  {self.basis(clock.get('basis', ()))}", lead="  [cyan]◷[/] ")


def finding_said(finding: Said) -> Text:
    """A finding's sentence, as the door says it or as its code does."""
    if "says" in finding:
        return to_text(finding["says"])
    from domain.event import Finding  # noqa: PLC0415 # slow to load, and seldom needed
    from domain.findings import says  # noqa: PLC0415

    return says(Finding.model_validate(dict(finding)))


def _cited(said: Said) -> Citation:
    return Citation.model_validate({name: value for name, value in said.items() if name in Citation.model_fields})


def _mark(outcome: str) -> str:
    return f"{MARKS[outcome]} "


__all__ = ["Telling", "finding_said", "shown"]
