"""The few questions from which a plan is written; what was given on the command line is not asked again."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from domain.election.posts import POSTS, Post
from domain.law import LawBook, NoLawOnFile
from domain.text import Lang, Text
from yishi.planning.answers import Answers
from yishi.planning.draft import outline, said
from yishi.planning.law_checks import law_of
from yishi.planning.plan import PROCEDURE_OF
from yishi.planning.proposals import presidium_size, proposed_items
from yishi.planning.vocabulary import procedures

CODE = r"[a-z0-9][a-z0-9-]{0,39}"
KINDS = {
    "year_start": Text("年初例会", "year start"),
    "mid_year": Text("年中例会", "mid-year"),
    "first": Text("换届后第一次会议", "first of a term"),
    "extraordinary": Text("临时召集", "extraordinary"),
    "yearly": Text("年度议事会议", "yearly"),
}


def posts_of(level: str) -> list[Post]:
    """The posts that a congress of that level elects, in the order in which they are listed."""
    return [post for post in POSTS.values() if level in post.levels]


def elections_said(answer: str, level: str, session: str, lang: Lang) -> list[dict[str, Any]]:
    """`1,2=3` or `township-head`: posts by number or code, with the seats of each where there is more than one.

    Raises:
        BadParameter: naming what will not do.
    """
    posts = posts_of(level)
    kind = "change_of_term" if session == "first" else "by_election"
    said = [] if answer.strip() in ("", "0") else re.split(r"[,,、\s]+", answer.strip())
    chosen: dict[str, int] = {}
    for written in said:
        word, _, seats = written.partition("=")
        code = posts[int(word) - 1].code if word.isdigit() and 0 < int(word) <= len(posts) else word
        if code not in [post.code for post in posts] or not (seats or "1").isdigit() or int(seats or 1) < 1:
            wrong = Text(
                f"{written} 不对;请填序号或代号,一个以上名额写成 2=3:{'、'.join(post.code for post in posts)}",
                f"{written} will not do: a number or a code, with seats as 2=3: {', '.join(post.code for post in posts)}",
            )
            raise typer.BadParameter(wrong.to(lang))
        chosen[code] = int(seats or 1)
    return [
        {"code": code, "post": code, "title": POSTS[code].title.zh, "seats": seats, "kind": kind}
        for code, seats in chosen.items()
    ]


class Questions:
    """Asks at the terminal.

    Args:
        book: the law on file, which proposes the agenda and the presidium's size. lang: of the questions.
        accept: take what is proposed without asking.
    """

    def __init__(self, book: LawBook, lang: Lang, *, accept: bool = False) -> None:
        self.book, self.lang, self.accept = book, lang, accept
        self.answers: dict[str, Any] = {}

    def ask(self, given: dict[str, Any]) -> dict[str, Any]:
        """All answers: those given and those asked for now."""
        self.answers = dict(given)
        self._text("name", Text("名称(如 某某市、某某县、某某镇人民代表大会)", "name of the congress"))
        self._checked("code", Text("代号(小写字母、数字和 -)", "short code (a-z, 0-9, -)"), self._code, None)
        self._choice(
            "profile", Text("适用的地方规则", "local rules"), {p.id: p.title for p in self.book.profiles.values()}
        )
        level = str(self.answers["profile"]).rsplit("-", 1)[-1]
        self._number("term", Text("第几届", "term"))
        self._number("number", Text("第几次会议", "session number"))
        kinds = procedures()[PROCEDURE_OF.get(level, "township-congress")].kinds
        self._choice("kind", Text("会议种类", "kind of session"), {k: KINDS[k] for k in kinds})
        opens = self._day("opens", Text("开幕日(2026-01-27)", "opening day (2026-01-27)"), None)
        self._day("closes", Text("闭幕日", "closing day"), opens)
        if self.answers["kind"] == "first":
            self._day(
                "elections_completed", Text("代表选举完成之日", "day all deputies were elected"), opens - timedelta(30)
            )
        self._checked(
            "roll", Text("名册文件(.csv .xlsx),或者代表人数", "roll (.csv, .xlsx), or how many"), self._roll, None
        )
        self._by_law()
        return self.answers

    def _by_law(self) -> None:
        """What the law of the opening day proposes, each to be taken or left."""
        try:
            plan = outline(Answers.model_validate({**self._plain(), "roll": {"count": 1}, "agenda": ()}))
            law = law_of(plan, self.book, plan.session.opens)
        except (NoLawOnFile, ValidationError):
            return  # both are told when the plan is drafted
        if (
            "form-delegations" in procedures()[plan.procedure_id].acts
            and not self.answers.get("groups")
            and str(self.answers["roll"]).isdigit()
        ):
            self._number("delegations", Text("代表团个数", "how many delegations"), 5)
        if procedures()[plan.procedure_id].decides:
            self._number("presidium", Text("主席团人数", "size of the presidium"), presidium_size(law) or 9)
        if "agenda" not in self.answers:
            chosen = []
            for proposed in proposed_items(plan, law):
                asked = f"{proposed.item.title}({said(proposed.basis)})"
                if self.accept or typer.confirm(
                    Text(f"列入议程:{asked}?", f"on the agenda: {asked}?").to(self.lang), default=True
                ):
                    chosen.append(proposed.item.code)
            self.answers["agenda"] = chosen
        self._number("candidates", Text("民生实事候选项目数(0 为不票决)", "projects to choose from (0: none)"), 0)
        if self.answers["candidates"]:
            self._number("choose", Text("应选几项", "how many are chosen"), max(1, self.answers["candidates"] - 1))
        self._number("last_year", Text("测评上年度项目几项(0 为不测评)", "last year's projects to rate (0: none)"), 0)
        if "nominate" in procedures()[plan.procedure_id].acts:
            self._elections(plan.congress.level)

    def _elections(self, level: str) -> None:
        """Which posts are filled at this session, and how many seats of each."""
        if "elections" not in self.answers and not self.accept:
            listed = enumerate(posts_of(level), 1)
            typer.echo("\n".join(f"  {n}. {post.code} {post.title.to(self.lang)}" for n, post in listed))
        asked = Text("选举哪些职务(序号,用逗号隔开;0 为不选举)", "posts to fill (numbers with commas; 0: none)")
        kind = str(self.answers["kind"])
        self._checked("elections", asked, lambda answer: elections_said(answer, level, kind, self.lang), "0")

    def _plain(self) -> dict[str, Any]:
        """The answers so far, as the model takes them."""
        flat: dict[str, Any] = {
            k: v for k, v in self.answers.items() if k in ("name", "code", "profile", "term", "number", "kind")
        }
        days: dict[str, Any] = {
            k: date.fromisoformat(self.answers[k])
            for k in ("opens", "closes", "elections_completed")
            if k in self.answers
        }
        return {**flat, **days}

    def _text(self, key: str, question: Text) -> None:
        self._checked(key, question, lambda answer: answer.strip(), None)

    def _number(self, key: str, question: Text, default: int | None = None) -> None:
        def whole(answer: str) -> int:
            if not str(answer).strip().isdigit():
                raise typer.BadParameter(Text("请填整数", "a whole number, please").to(self.lang))
            return int(answer)

        self._checked(key, question, whole, default)

    def _day(self, key: str, question: Text, default: date | None) -> date:
        def day(answer: str) -> str:
            try:
                return date.fromisoformat(answer.strip()).isoformat()
            except ValueError:
                raise typer.BadParameter(Text("请写成 2026-01-27", "write it as 2026-01-27").to(self.lang)) from None

        self._checked(key, question, day, default.isoformat() if default else None)
        return date.fromisoformat(day(self.answers[key]))

    def _choice(self, key: str, question: Text, options: dict[str, Text]) -> None:
        listed = "\n".join(
            f"  {n}. {option} {title.to(self.lang)}" for n, (option, title) in enumerate(options.items(), 1)
        )

        def one(answer: str) -> str:
            word = answer.strip()
            if word.isdigit() and 0 < int(word) <= len(options):
                return list(options)[int(word) - 1]
            if word in options:
                return word
            known = Text(
                f"没有 {word};请填序号或代号:{'、'.join(options)}",
                f"there is no {word}: give a number or one of {', '.join(options)}",
            )
            raise typer.BadParameter(known.to(self.lang))

        if key not in self.answers:
            typer.echo(listed)
        self._checked(key, question, one, None)

    def _code(self, answer: str) -> str:
        if not re.fullmatch(CODE, answer.strip()):
            raise typer.BadParameter(Text("只用小写字母、数字和 -", "a-z, 0-9 and - only").to(self.lang))
        return answer.strip()

    def _roll(self, answer: str) -> str:
        if not answer.strip().isdigit() and not Path(answer.strip()).is_file():
            raise typer.BadParameter(Text(f"找不到 {answer}", f"there is no {answer}").to(self.lang))
        return answer.strip()

    def _checked(self, key: str, question: Text, check: Callable[[str], Any], default: Any) -> None:
        """Ask until the answer will do; an answer given on the command line must do at once."""
        if key in self.answers:
            try:
                self.answers[key] = check(str(self.answers[key]))
            except typer.BadParameter as wrong:
                raise typer.BadParameter(wrong.message, param_hint=f"--{key.replace('_', '-')}") from None
            return
        if self.accept and default is not None:
            self.answers[key] = check(str(default))
            return
        self.answers[key] = typer.prompt(question.to(self.lang), default=default, value_proc=lambda a: check(str(a)))
