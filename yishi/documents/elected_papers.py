"""What elections came to: the sheet with the arithmetic (选举结果单), those elected (当选人名单), the announcement (公告), the oath (誓词)."""

from dataclasses import dataclass
from datetime import datetime

from domain.election.declaration import ElectionDeclared
from domain.election.election import Election
from domain.text import Text
from yishi.documents import words
from yishi.documents.choice import Choice
from yishi.documents.common import Paper, common
from yishi.documents.election_choice import elections_of
from yishi.documents.election_figures import BallotFigures, ElectionFigures, ballot_figures, election_figures
from yishi.documents.fields import named
from yishi.documents.oath_words import OATHS
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

RESULT = Text("选举结果单", "the election result sheet")
LIST = Text("当选人名单", "the list of those elected")
NOTICE = Text("选举结果公告", "the announcement of the result")
OATH = Text("宪法宣誓誓词", "the oath")


@dataclass(frozen=True)
class Result:
    """One ballot that was declared."""

    election: ElectionFigures = named("选举", "哪一项选举", "the election")
    ballot: BallotFigures = named("投票", "票数和结果", "figures and result")


@dataclass(frozen=True)
class ElectionResults(Paper):
    """选举结果单."""

    results: tuple[Result, ...] = named("各次", "已宣布的各次投票", "the ballots that were declared")


@dataclass(frozen=True)
class PostFilled:
    """Those elected to one post."""

    title: str = named("职务", "职务名称", "the post")
    names: str = named("当选人", "当选人姓名,用顿号隔开", "those elected")
    people: tuple[str, ...] = named("各人", "当选人姓名,逐人", "those elected, one by one")
    seats: int = named("应选", "应选人数", "seats")
    missing: int = named("尚缺", "不足的名额", "seats left over")
    day: str = named("日期", "宣布当选的日期", "the day of the declaration")
    approval: str = named(
        "待批准", "须报批准的条款(检察长),其他职务为空", "the article on approval (chief procurator), else empty"
    )


@dataclass(frozen=True)
class Elected(Paper):
    """当选人名单, 公告."""

    posts: tuple[PostFilled, ...] = named("各职务", "有人当选的各职务", "the posts to which somebody was elected")
    last: str = named("日期", "最后一次宣布当选的日期", "the day of the last declaration")
    announced: str = named("公布依据", "公布选举结果的条款", "the article on announcing the result")


@dataclass(frozen=True)
class Oath(Paper):
    """宪法宣誓誓词."""

    version: str = named("版本", "法律要求的誓词版本,如“2018年修订”", "the version that the law of the day asks for")
    basis: str = named("依据", "誓词的条款", "the article on the words")
    words: str = named("誓词", "誓词全文;没有录入的版本为空", "the words; empty for a version not on file")
    taken: str = named("宣誓依据", "应当宣誓的条款", "the article on taking it")
    posts: tuple[PostFilled, ...] = named("各职务", "应当宣誓的当选人", "those elected who take it")


def election_results(source: Source, choice: Choice) -> ElectionResults:
    """Every ballot that was declared, or those of one election.

    Raises:
        NotYet: none was declared.
    """
    session = source.session
    found = elections_of(session, choice, RESULT)
    results = tuple(
        Result(election_figures(election), ballot_figures(source, election, ballot))
        for election in found
        for ballot in election.rounds
        if ballot.outcome is not None and choice.ballot in (None, ballot.number)
    )
    if not results:
        raise NotYet(paper=RESULT, why=Text("还没有宣布过选举结果", "no result of an election was declared yet"))
    return ElectionResults(**common(source), results=results)


def elected_list(source: Source, choice: Choice) -> Elected:
    """Raises: NotYet: nobody was elected yet."""
    return _elected(source, choice, LIST)


def announcement(source: Source, choice: Choice) -> Elected:
    """Raises: NotYet: nobody was elected yet."""
    return _elected(source, choice, NOTICE)


def _elected(source: Source, choice: Choice, paper: Text) -> Elected:
    found = elections_of(source.session, choice, paper)
    posts = tuple(_filled(source, election) for election in found if election.elected)
    if not posts:
        raise NotYet(paper=paper, why=Text("还没有人当选", "nobody was elected yet"))
    declared = [at for election in found if (at := _declared_at(source, election)) is not None]
    return Elected(
        **common(source),
        posts=posts,
        last=words.day_of(max(declared, default=None)),
        announced=source.cites(
            max(declared, default=source.until), "election.announced.deputies", "election.announced"
        ),
    )


def _filled(source: Source, election: Election) -> PostFilled:
    at = _declared_at(source, election)
    approval = (
        source.cites(at or source.until, "approval.procurator") if election.planned.post == "chief-procurator" else ""
    )
    return PostFilled(
        title=election.planned.title,
        names=source.people(election.elected),
        people=tuple(source.person(each) for each in election.elected),
        seats=election.planned.seats,
        missing=election.seats_left,
        day=words.day_of(at),
        approval=approval,
    )


def _declared_at(source: Source, election: Election) -> datetime | None:
    """When somebody was last declared elected to it."""
    return next(
        (
            e.at
            for e in reversed(source.session.history)
            if isinstance(e, ElectionDeclared) and e.election == election.code and e.outcome.elected
        ),
        None,
    )


def oath(source: Source, choice: Choice) -> Oath:
    """The words that the law of the day asks for. Deputies take none, so those elected as deputies are not listed."""
    found = elections_of(source.session, choice, OATH)
    rule = source.ruling("oath.text", source.until)
    asked = next((OATHS[option] for option in rule.options if option in OATHS), None) if rule else None
    return Oath(
        **common(source),
        version=asked.version if asked else "",
        basis=words.cited(rule.basis) if rule else "",
        words=asked.words if asked else "",
        taken=source.cites(source.until, "oath.taken"),
        posts=tuple(_filled(source, e) for e in found if e.elected and not e.post.is_deputy),
    )
