"""An election and one ballot of it as papers give them: on record, or the one that comes next, with blanks for what is not counted yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from domain.election.coming import coming
from domain.election.declaration import ElectionDeclared
from domain.election.election import Election, Round
from domain.election.parts import RoundKind
from domain.election.posts import AMONG_DEPUTIES
from domain.election.rounds import BallotOpened
from domain.election.tally import Figures
from domain.law import Ruling, chinese_number
from domain.session.state import Session
from yishi.documents import words
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.source import Source
from yishi.documents.standers import Stander, candidates, written_in

E = TypeVar("E", BallotOpened, ElectionDeclared)

KINDS = {"change_of_term": "换届选举", "by_election": "补选"}
ROUNDS: dict[RoundKind, str] = {"first": "投票选举", "revote": "再次投票", "separate": "另行选举"}


@dataclass(frozen=True)
class ElectionFigures:
    """选举: one post and its seats."""

    code: str = named("代号", "方案中的代号", "its code in the plan")
    title: str = named("职务", "职务名称,如“镇长”", "the post")
    kind: str = named("类别", "换届选举、补选", "change of term, by-election")
    seats: int = named("应选", "应选人数", "seats")
    filled: int = named("已选", "已选出的人数", "seats filled")
    complete: bool = named("选满", "是否已全部选出", "whether all are filled")


@dataclass(frozen=True)
class BallotFigures:
    """投票: one ballot of an election."""

    number: str = named("次数", "第一次、第二次……", "first, second …")
    kind: str = named("种类", "投票选举、再次投票、另行选举", "ballot, revote, separate election")
    electronic: bool = named("电子", "是否用电子票箱;否则为纸质选票", "whether by the electronic box, else on paper")
    sitting: str = named("会议名称", "在哪次会议上投票", "the sitting")
    at: str = named("时间", "开始投票的时间,还没有投票则为空", "when it was opened, else empty")
    seats: int = named("应选", "本次投票应选人数", "seats of this ballot")
    standing: int = named("候选人数", "候选人数", "how many stand")
    surplus: int = named("差额", "候选人比应选多几人,等额为0", "by how many they exceed the seats")
    people: tuple[Stander, ...] = named(
        "候选人", "按选票顺序;有结果的按得票", "in the ballot's order; with a result by votes"
    )
    others: tuple[Stander, ...] = named("另选他人", "另选的人和票数", "those written in")
    lines: tuple[int, ...] = named(
        "另选行", "选票上另选他人的各行,每个应选名额一行", "the lines for other persons, one a seat"
    )
    writes_in: bool = named("可另选", "能否另选他人;再次投票不能", "whether others may be written in; not in a revote")
    among_deputies: bool = named(
        "限于代表", "当选人是否须为本级代表", "whether only deputies of this congress may be elected"
    )
    total: Figure = named("全体代表", "全体代表人数", "all deputies")
    present: Figure = named("实到", "投票时到会人数", "deputies present")
    needed: Figure = named("须得票", "当选所需的赞成票数;再次投票为空", "votes that elect; empty in a revote")
    basis: str = named("依据", "当选所依条款", "the article on who is elected")
    issued: Figure = named("发出", "发出选票数", "ballots issued")
    returned: Figure = named("收回", "收回选票数", "ballots returned")
    valid: Figure = named("有效", "有效选票数", "valid ballots")
    void: Figure = named("无效", "无效选票数", "void ballots")
    counted: bool = named("已签认", "监票人是否已签认计票结果", "whether the count is attested")
    declared: bool = named("已宣布", "结果是否已宣布", "whether the result is declared")
    poll_void: bool = named("选举无效", "宣布本次投票无效的为真", "whether the poll was declared void")
    elected: str = named("当选人", "本次投票当选的人", "those elected by it")
    tied: str = named("得票相等", "得票相等、须再次投票的人", "those tied, for a revote")
    tied_seats: int = named("再选名额", "再次投票应选人数", "seats of the revote")
    open_seats: int = named("尚缺", "不足的名额", "seats left over")
    position: Figure = named("记录序号", "宣布结果在全程记录中的序号", "where its declaration stands in the log")


class Next(NamedTuple):
    """The ballot that comes next, as the election stands: it has not been opened."""

    number: int
    kind: RoundKind
    candidates: tuple[str, ...]
    seats: int


def election_figures(election: Election) -> ElectionFigures:
    planned = election.planned
    return ElectionFigures(
        code=planned.code,
        title=planned.title,
        kind=KINDS[planned.kind],
        seats=planned.seats,
        filled=len(election.elected),
        complete=election.seats_left == 0,
    )


def next_ballot(election: Election) -> Next | None:
    """The ballot to be printed next; None when one is being taken, all are elected, or nobody stands yet."""
    found = coming(election)
    return Next(len(election.rounds) + 1, *found) if found else None


def unopened(ballot: Round) -> Next:
    """The form of a ballot that was opened, without anything of its sitting, hour or count."""
    return Next(ballot.number, ballot.kind, ballot.candidates, ballot.seats)


def majority(source: Source, election: Election, at: datetime) -> Ruling | None:
    """The rule on how many votes elect."""
    own = "elected.deputies.majority" if election.post.is_deputy else "elected.majority"
    return source.ruling(own, at) or source.ruling(source.session.procedure.majority, at)


def ballot_figures(
    source: Source, election: Election, ballot: Round | Next, figures: Figures | None = None
) -> BallotFigures:
    """One ballot: with the figures given (a teller's sheet), else with those the scrutineers attested, else with blanks."""
    session = source.session
    round_ = ballot if isinstance(ballot, Round) else None
    opened = _event(session, election, BallotOpened, round_.number) if round_ else None
    declared = _event(session, election, ElectionDeclared, round_.number) if round_ else None
    counted = figures or (round_.figures if round_ else None)
    outcome = round_.outcome if round_ and figures is None else None
    at = round_.opened_at if round_ else source.until
    rule, total = majority(source, election, at), opened.deputies_total if opened else session.deputies_total
    needed = rule.share.needed(total) if rule and rule.value is not None else BLANK
    revote = ballot.kind == "revote"
    sitting = session.sittings.get(round_.sitting) if round_ else None
    return BallotFigures(
        number=ordinal(ballot.number),
        kind=ROUNDS[ballot.kind],
        electronic=round_ is not None and round_.way == "electronic",
        sitting=sitting.title if sitting else "",
        at=words.moment(round_.opened_at) if round_ else "",
        seats=ballot.seats,
        standing=len(ballot.candidates),
        surplus=max(len(ballot.candidates) - ballot.seats, 0),
        people=candidates(source, ballot.candidates, counted, outcome, declared),
        others=written_in(source, counted, outcome, declared),
        lines=() if revote else tuple(range(1, ballot.seats + 1)),
        writes_in=not revote,
        among_deputies=election.planned.post in AMONG_DEPUTIES,
        total=total,
        present=round_.voters if round_ else BLANK,
        needed="" if revote else (round_.needed if round_ else needed),
        basis=source.cites(at, _tie(election)) if revote else words.cited(rule.basis) if rule else "",
        issued=counted.issued if counted else BLANK,
        returned=counted.returned if counted else BLANK,
        valid=counted.valid if counted else BLANK,
        void=counted.void if counted else BLANK,
        counted=round_ is not None and round_.figures is not None,
        declared=outcome is not None,
        poll_void=round_ is not None and round_.void,
        elected=source.people(outcome.elected) if outcome else "",
        tied=source.people(outcome.tied) if outcome else "",
        tied_seats=outcome.tied_seats if outcome else 0,
        open_seats=outcome.open_seats if outcome else 0,
        position=source.position(session.history.index(declared) + 1) if declared else "",
    )


def no_ballot() -> tuple[ElectionFigures, BallotFigures]:
    """Where there is none to speak of: the fields are there and say nothing."""
    said = (
        "",
        "",
        False,
        "",
        "",
        0,
        0,
        0,
        (),
        (),
        (),
        False,
        False,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        False,
        False,
        False,
    )
    return ElectionFigures("", "", "", 0, 0, False), BallotFigures(*said, "", "", 0, 0, "")


def ordinal(number: int) -> str:
    return f"第{chinese_number(number)}次"


def _tie(election: Election) -> str:
    return "elected.deputies.tie" if election.post.is_deputy else "elected.tie"


def _event(session: Session, election: Election, kind: type[E], number: int) -> E | None:
    """The newest event of a kind about one ballot."""
    found = [e for e in session.history if isinstance(e, kind) and (e.election, e.number) == (election.code, number)]
    return found[-1] if found else None
