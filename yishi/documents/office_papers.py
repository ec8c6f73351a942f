"""Papers on office-holders: the sheet with the arithmetic (人事表决结果单), each decision (人事决定), and what is announced (人事公告)."""

from dataclasses import dataclass

from domain.tenure.held import HELD
from domain.tenure.termination import OfficeEnded
from domain.text import Text
from yishi.documents import words
from yishi.documents.choice import Choice
from yishi.documents.common import Paper, common
from yishi.documents.decisions import Decision, decisions_of
from yishi.documents.fields import named
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

RESULT = Text("人事表决结果单", "the sheet of votes on office-holders")
DECISION = Text("人事决定", "a decision on an office-holder")
NOTICE = Text("人事公告", "the announcement on office-holders")


@dataclass(frozen=True)
class Decisions(Paper):
    """人事表决结果单、人事决定."""

    decisions: tuple[Decision, ...] = named("各项", "各项决定", "the decisions")


@dataclass(frozen=True)
class Announced:
    """One thing to be announced."""

    what: str = named("内容", "公告的内容,一句话", "what is announced, in a sentence")
    basis: str = named("依据", "须予公告的条款;法律没有规定的为空", "the article that has it announced, else empty")


@dataclass(frozen=True)
class OneNotice:
    """What one organ announces."""

    by: str = named("机关", "发布公告的机关", "who announces it")
    lines: tuple[Announced, ...] = named("各项", "公告的各项内容", "what is announced")
    day: str = named("日期", "最后一项的日期", "the day of the last of them")


@dataclass(frozen=True)
class Notices(Paper):
    """人事公告."""

    notices: tuple[OneNotice, ...] = named("各公告", "每个机关一份", "one of each organ")


def results(source: Source, _: Choice) -> Decisions:
    """All that was voted on, adopted or lost.

    Raises:
        NotYet: nothing was.
    """
    found = decisions_of(source)
    if not found:
        why = Text(
            "还没有表决过罢免、撤职、辞职、代理", "no removal, dismissal, resignation or acting head was voted on yet"
        )
        raise NotYet(paper=RESULT, why=why)
    return Decisions(**common(source), decisions=found)


def decisions(source: Source, _: Choice) -> Decisions:
    """What was adopted; a vote that was lost leads to no decision.

    Raises:
        NotYet: nothing was.
    """
    found = tuple(each for each in decisions_of(source) if each.carried)
    if not found:
        raise NotYet(paper=DECISION, why=Text("还没有通过的人事事项", "nothing on an office-holder was adopted yet"))
    return Decisions(**common(source), decisions=found)


def notices(source: Source, _: Choice) -> Notices:
    """What was adopted and the offices that ended with a seat, by who announces them.

    Raises:
        NotYet: nothing is to be announced.
    """
    by: dict[str, list[tuple[Announced, str]]] = {}
    for each in decisions_of(source):
        if each.carried:
            waits = each.result.removeprefix("通过").removeprefix(",")
            said = f"{each.by}决定{each.what}{f'({waits})' if waits else ''}。"
            by.setdefault(_announcer(source, each.by), []).append((Announced(said, each.announced), each.day))
    for event in source.session.history:
        if isinstance(event, OfficeEnded):
            said = f"{source.person(event.holder)}的代表职务终止,其{HELD[event.post].title.zh}职务相应终止。"
            line = Announced(said, words.cited(event.basis))
            by.setdefault(_presides(source), []).append((line, words.day_of(event.at)))
    if not by:
        raise NotYet(paper=NOTICE, why=Text("没有须公告的人事事项", "nothing on an office-holder is to be announced"))
    found = tuple(OneNotice(organ, tuple(line for line, _ in lines), lines[-1][1]) for organ, lines in by.items())
    return Notices(**common(source), notices=found)


def _announcer(source: Source, by: str) -> str:
    """The congress's decisions are announced by its presidium, others' by themselves."""
    return _presides(source) if by == words.full_name(source.session.plan) else by


def _presides(source: Source) -> str:
    return f"{words.full_name(source.session.plan)}主席团"
