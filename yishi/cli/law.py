"""`yishi law`: what is on file, what a rule says, and what the law of a day comes to on a topic."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from domain.calendar import CHINA, legal_date
from domain.law import Citation, Kind, LawBook, NoLawOnFile, Provision, TextOnFile
from domain.text import Lang
from yishi.law import LEVELS, SESSION_KINDS, STATUTES, LawFileError, LawLibrary, level_of
from yishi.planning.law_told import (
    LEVEL,
    PROFILE,
    RULE_OR_TOPIC,
    UNVERIFIED,
    USUAL_PROFILE,
    NoSuchWord,
    asked_of,
    in_force,
    in_its_place,
    known,
    missing_told,
    rule_on,
    rules_of,
    ruling_told,
    text_told,
    texts_of,
    topic_rows,
    topic_told,
)
from yishi.planning.law_words import KINDS, LAYER_NAMES, VERIFIED, follows, if_not_met, in_words, no_law, silent

law_app = typer.Typer(no_args_is_help=True, help="法规库:录入了哪些规定,某一天怎么说 (the law on file)")

LangOption = Annotated[Lang, typer.Option("--lang", help="zh 或 en (the language of the answer)")]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出 (as JSON)")]
OnOption = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="哪一天的法律 (the day)")]
ProfileOption = Annotated[str | None, typer.Option("--profile", help="地方规则,如 zhejiang-township")]
LevelOption = Annotated[str | None, typer.Option("--level", help="township · residents · county …")]
StatutesOption = Annotated[Path, typer.Option("--statutes", help="法规文件夹 (the folder of statute files)")]


@law_app.command("list")
def list_texts(
    level: LevelOption = None,
    profile: ProfileOption = None,
    on: OnOption = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    statutes: StatutesOption = STATUTES,
) -> None:
    """列出录入的文本:版本、施行日期、规则数、未核对数。 The texts on file."""
    book = _book(statutes)
    with _known_words(lang):
        if level is not None:
            known(LEVEL, level, LEVELS)
        texts = texts_of(book, profile, on.date() if on else None)
    rows = [(text, rules) for text in texts if (rules := rules_of(book, text, level)) or level is None]
    if as_json:
        _print_json({"edition": book.edition, "texts": [text_told(text, rules) for text, rules in rows]})
        return
    zh = lang == "zh"
    table = Table(
        *(
            ["文本", "代码", "层级", "施行", "至", "规则", "未核对"]
            if zh
            else ["text", "code", "layer", "from", "until", "rules", "unverified"]
        )
    )
    for text, rules in rows:
        doubtful = sum(rule.verified in UNVERIFIED for rule in rules)
        until = str(text.in_force_until or ("现行" if zh else "in force"))
        name = text.short if zh else f"{text.short} {text.title.en}"
        table.add_row(
            name,
            text.code,
            _standing_of(text, rules, lang),
            str(text.in_force_from),
            until,
            str(len(rules)),
            str(doubtful or ""),
        )
    console = Console()
    console.print(table)
    console.print(("版本 " if zh else "edition ") + book.edition, highlight=False)


@law_app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="规则编号或者题目,如 OL22-14-4-quorum、session.quorum")],
    on: OnOption = None,
    profile: ProfileOption = None,
    level: LevelOption = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="会议类别 (kind of session): " + " · ".join(SESSION_KINDS))
    ] = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    statutes: StatutesOption = STATUTES,
) -> None:
    """说明一条规则,或者某一天某地在一个题目上的规定。 One rule, or what the law of a day says on a topic."""
    book = _book(statutes)
    day = on.date() if on else legal_date(datetime.now(CHINA))
    rule = next((p for p in book.provisions if p.id == name), None)
    if rule is not None:
        _show_rule(book, rule, day, lang, as_json)
    elif any(p.topic == name for p in book.provisions):
        _show_topic(book, name, day, profile or USUAL_PROFILE, level, kind, lang, as_json)
    else:
        names = {p.id for p in book.provisions} | {p.topic for p in book.provisions}
        with _known_words(lang):
            known(RULE_OR_TOPIC, name, names)


@law_app.command("topics")
def list_topics(
    on: OnOption = None,
    profile: ProfileOption = None,
    level: LevelOption = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    statutes: StatutesOption = STATUTES,
) -> None:
    """列出每个题目:名称、当日由哪些规则回答、数值,以及方案可以采纳的理解。 Every topic, what answers it that day, its value."""
    book = _book(statutes)
    day = on.date() if on else legal_date(datetime.now(CHINA))
    named = profile or USUAL_PROFILE
    try:
        with _known_words(lang):
            known(PROFILE, named, book.profiles)
            level = level or level_of(named)
            rows = topic_rows(book, day, named, level)
    except NoLawOnFile as none:
        Console().print(no_law(none).to(lang), highlight=False, soft_wrap=True)
        return
    if as_json:
        _print_json({"on": str(day), "profile": named, "level": level, "topics": [topic_told(*row) for row in rows]})
        return
    table = Table(box=None, pad_edge=False)
    heads = (
        ("题目", "名称", "规则", "数值", "可采纳")
        if lang == "zh"
        else ("topic", "title", "rules", "value", "may adopt")
    )
    for head in heads:
        table.add_column(head, overflow="fold")
    for topic, rulings in rows:
        rules = dict.fromkeys(c.rule for r in rulings for c in r.basis)
        values = dict.fromkeys(in_words(r.value, lang, topic.name) for r in rulings if r.value is not None)
        readings = [r.id for r in topic.readings if in_force(r, day)]
        table.add_row(topic.name, topic.title.to(lang), " ".join(rules), ";".join(values), " ".join(readings))
    screen = Console(width=None if sys.stdout.isatty() else 200)
    screen.print(f"{book.profiles[named].title.to(lang)} · {day}", highlight=False, soft_wrap=True)
    screen.print(table, highlight=False)


def _show_rule(book: LawBook, rule: Provision, day: date, lang: Lang, as_json: bool) -> None:
    others = in_its_place(book, rule, day)
    if as_json:
        _print_json(rule_on(book, rule, day))
        return
    zh = lang == "zh"
    text = next(t for t in book.texts if t.code == rule.text)
    rows = [
        ("编号" if zh else "rule", rule.id),
        ("条款" if zh else "article", rule.citation.to(lang)),
        ("性质" if zh else "kind of law", KINDS[rule.kind].to(lang)),
        ("题目" if zh else "topic", rule.topic),
        (
            "适用" if zh else "applies to",
            "、".join(rule.levels) + (f" ({'、'.join(rule.session_kinds)})" if rule.session_kinds else ""),
        ),
        ("说明" if zh else "says", rule.says.to(lang)),
        ("另一种语言" if zh else "in Chinese", rule.says.to("en" if zh else "zh")),
        ("关键词" if zh else "key term", rule.key_term),
        ("数值" if zh else "value", in_words(rule.value, lang, rule.topic)),
        ("后果" if zh else "if not met", if_not_met(rule).to(lang)),
        ("原文写明的后果" if zh else "stated in the text", rule.stated),
        ("核对" if zh else "verified", VERIFIED[rule.verified].to(lang)),
        ("施行" if zh else "in force", _dates(rule, lang)),
        (str(day), _standing(rule, day, others, lang)),
        ("来源" if zh else "source", text.source),
    ]
    _print_rows(rows)


def _show_topic(
    book: LawBook, topic: str, day: date, profile: str, level: str | None, kind: str | None, lang: Lang, as_json: bool
) -> None:
    with _known_words(lang):
        asked = asked_of(book, day, profile, level, kind)
    try:
        ruling = asked.law(book).ruling(topic)
    except NoLawOnFile as none:
        if as_json:
            _print_json({"topic": topic, **asked.told(), **missing_told(none)})
        else:
            Console().print(no_law(none).to(lang), highlight=False, soft_wrap=True)
        return
    if as_json:
        _print_json({"topic": topic, **asked.told(), **ruling_told(ruling)})
        return
    zh = lang == "zh"
    head = f"{topic} · {book.profiles[profile].title.to(lang)} · {asked.session_kind} · {day}"
    Console().print(head, highlight=False, soft_wrap=True)
    if ruling is None:
        Console().print("当日各层规定都没有说到这个题目" if zh else "every text of that day is silent on this topic")
        return
    _print_rows(
        [
            ("说明" if zh else "says", ruling.says.to(lang)),
            (
                "数值" if zh else "value",
                in_words(ruling.value, lang, topic)
                or (("已录入,但没有作出要求" if zh else "on file, but silent") if silent(ruling) else ""),
            ),
            (
                "性质" if zh else "kind of law",
                KINDS[ruling.kind].to(lang) + (("(本地采纳)" if zh else " (adopted here)") if ruling.adopted else ""),
            ),
            ("后果" if zh else "if not met", follows(ruling).to(lang)),
            *[(_layer_of(book, c, lang), f"{c.to(lang)}  {c.rule}") for c in ruling.basis],
            *[
                ("与上位法不一致,待核" if zh else "inert: conflicts with higher law", f"{c.to(lang)}  {c.rule}")
                for c in ruling.inert
            ],
            (
                "核对" if zh else "verified",
                ("有未核对的规定" if zh else "rests on an unverified rule") if ruling.unverified else "",
            ),
        ]
    )


def _standing(rule: Provision, day: date, others: list[Provision], lang: Lang) -> str:
    zh = lang == "zh"
    if in_force(rule, day):
        return "有效" if zh else "in force"
    if day < rule.in_force_from:
        state = "尚未施行" if zh else "not yet in force"
        place = "当时为 " if zh else "then: "
    else:
        state = "已经失效" if zh else "no longer in force"
        place = "由下列规则接续:" if zh else "succeeded by: "
    if not others:
        return state + (";当日没有同题目的规则" if zh else "; no rule on this topic that day")
    return state + (";" if zh else "; ") + place + "、".join(f"{p.id} {p.citation.to(lang)}" for p in others)


def _dates(rule: Provision, lang: Lang) -> str:
    until = rule.in_force_until or ("现行" if lang == "zh" else "in force")
    return f"{rule.in_force_from} → {until}"


def _layer_of(book: LawBook, citation: Citation, lang: Lang) -> str:
    rule = next((p for p in book.provisions if p.id == citation.rule), None)
    if rule is None or rule.kind in (Kind.READING, Kind.PRACTICE):
        return KINDS[citation.kind].to(lang)
    return LAYER_NAMES[rule.layer].to(lang)


def _standing_of(text: TextOnFile, rules: list[Provision], lang: Lang) -> str:
    """Its layer; for our readings and practice, which are no text of any layer, their kind."""
    own = {rule.kind for rule in rules} & {Kind.READING, Kind.PRACTICE} if text.short == text.family else set()
    return KINDS[own.pop()].to(lang) if own else LAYER_NAMES[text.layer].to(lang)


def _book(statutes: Path) -> LawBook:
    try:
        return LawLibrary(None, statutes).newest()
    except LawFileError as error:
        console = Console(stderr=True)
        console.print("法规文件有误 (the law on file cannot be read):", highlight=False)
        for problem in error.problems:
            console.print(f"- {problem}", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


@contextmanager
def _known_words(lang: Lang) -> Iterator[None]:
    """Whoever names what is not in the book is told what is near it."""
    try:
        yield
    except NoSuchWord as unknown:
        Console(stderr=True).print(unknown.text.to(lang), highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(2) from None


def _print_rows(rows: list[tuple[str, str]]) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(name, value)
    Console(highlight=False, markup=False).print(table)


def _print_json(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
