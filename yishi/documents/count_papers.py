"""The count on paper: the tellers' sheets (计票单), blank and filled in, and the report that the scrutineers sign (计票结果报告)."""

from dataclasses import dataclass

from domain.election.by_text import text_only
from domain.election.election import Election, Round
from domain.election.method import method_of
from domain.election.tally import void
from domain.session.state import Session
from domain.text import Text
from domain.vote.subjects import SCRUTINEERS
from yishi.documents.choice import Choice
from yishi.documents.common import Paper, common
from yishi.documents.election_choice import one_election, round_of
from yishi.documents.election_figures import (
    BallotFigures,
    ElectionFigures,
    ballot_figures,
    election_figures,
    next_ballot,
    unopened,
)
from yishi.documents.fields import BLANK, named
from yishi.documents.source import Source
from yishi.documents.standers import Stander
from yishi.documents.troubles import NotYet

BLANK_SHEET, SHEET = Text("空白计票单", "a blank teller's sheet"), Text("计票单", "the tellers' sheets")
REPORT = Text("计票结果报告", "the report on the count")
SHEETS = (1, 2)
ROOM = 4
"""Lines for persons written in on a blank sheet, at least."""


@dataclass(frozen=True)
class TellersSheet:
    """One teller's sheet."""

    number: int = named("第几张", "第一张还是第二张", "first or second")
    entered: bool = named("已录入", "是否已录入;空白的没有", "whether it is on record; a blank one is not")
    figures: BallotFigures = named("数字", "这一张的各项数字", "its figures")


@dataclass(frozen=True)
class CountSheets(Paper):
    """计票单."""

    election: ElectionFigures = named("选举", "哪一项选举", "the election")
    sheets: tuple[TellersSheet, ...] = named("各张", "两名计票人各一张", "one of each of two tellers")


@dataclass(frozen=True)
class CountReport(Paper):
    """计票结果报告."""

    election: ElectionFigures = named("选举", "哪一项选举", "the election")
    ballot: BallotFigures = named("投票", "计票结果", "the count")
    scrutineers: str = named(
        "监票人名单", "大会通过的监票人,没有名单则为空", "the scrutineers whom the congress adopted, if known"
    )
    more_than_issued: bool = named("多于发出", "收回的选票是否多于发出的", "whether more were returned than issued")
    poll_valid: bool = named(
        "选举有效", "按选举办法的规则,本次投票是否有效", "whether the poll is valid by the method's rule"
    )
    rule: str = named("票数规则", "选举办法关于票数的规则", "the method's rule on the number of ballots")
    checked: str = named("核对依据", "核对票数、签字的条款", "the article on reconciling and signing")


COUNT_RULES = {
    "returned_over_issued": "收回的选票多于发出的选票的,本次投票无效",
    "returned_over_voters": "收回的选票多于投票人数的,本次投票无效",
}


def blank_sheets(source: Source, choice: Choice) -> CountSheets:
    """Two sheets to count on: of the ballot that is open, comes next, or is asked for.

    Raises:
        NotYet: no ballot is open or to come, and none is asked for.
    """
    election = one_election(source.session, choice, BLANK_SHEET)
    coming, last = next_ballot(election), election.round
    if choice.ballot is not None and not (coming and coming.number == choice.ballot):
        of = unopened(round_of(election, choice, BLANK_SHEET))
    elif last is not None and last.outcome is None:
        of = unopened(last)
    elif coming is not None:
        of = coming
    else:
        why = Text(
            f"{election.title.zh}现在没有要投的票:候选人没有确定,或者已经选举完毕",
            f"no ballot of {election.title.en} is to come: the candidates are not settled, or the election is over",
        )
        raise NotYet(paper=BLANK_SHEET, why=why)
    figures = _with_room(ballot_figures(source, election, of))
    return CountSheets(
        **common(source),
        election=election_figures(election),
        sheets=tuple(TellersSheet(n, entered=False, figures=figures) for n in SHEETS),
    )


def _with_room(figures: BallotFigures) -> BallotFigures:
    """With lines for the persons whom voters write in."""
    room = max(figures.seats, ROOM) if figures.writes_in else 0
    empty = Stander("", "", BLANK, "", "", written_in=True, result="")
    return BallotFigures(**{**vars(figures), "others": (empty,) * room})


def count_sheets(source: Source, choice: Choice) -> CountSheets:
    """The sheets that are on record.

    Raises:
        NotYet: none was entered.
    """
    election = one_election(source.session, choice, SHEET)
    ballot = round_of(election, choice, SHEET)
    if not ballot.sheets:
        why = Text(
            f"{election.title.zh}第 {ballot.number} 次投票还没有录入计票单;要空白的,用 count-blank",
            f"no sheet of ballot {ballot.number} of {election.title.en} is on record; for a blank one use count-blank",
        )
        raise NotYet(paper=SHEET, why=why)
    return CountSheets(
        **common(source),
        election=election_figures(election),
        sheets=tuple(
            TellersSheet(n, entered=True, figures=ballot_figures(source, election, ballot, ballot.sheets[n]))
            for n in SHEETS
            if n in ballot.sheets
        ),
    )


def count_report(source: Source, choice: Choice) -> CountReport:
    """What the scrutineers sign.

    Raises:
        NotYet: the count is not attested; it says whether a sheet is missing or the two differ.
    """
    session = source.session
    election = one_election(session, choice, REPORT)
    ballot = round_of(election, choice, REPORT)
    if ballot.figures is None:
        raise NotYet(paper=REPORT, why=_not_attested(election, ballot))
    method = method_of(session)
    under = ".deputies" if election.post.is_deputy else ""
    by_law = text_only(source.ruling(f"ballot.count{under}", ballot.opened_at))
    rule = by_law.options[0] if by_law else (method.rules.ballot_count if method else None) or ""
    return CountReport(
        **common(source),
        election=election_figures(election),
        ballot=ballot_figures(source, election, ballot, ballot.figures),
        scrutineers=source.people(scrutineers(session)),
        more_than_issued=ballot.figures.returned > ballot.figures.issued,
        poll_valid=ballot.valid is not False and void(ballot.figures, rule, ballot.voters) is None,
        rule=COUNT_RULES.get(rule, ""),
        checked=source.cites(ballot.opened_at, f"ballot.reconciled{under}"),
    )


def _not_attested(election: Election, ballot: Round) -> Text:
    where = Text(f"{election.title.zh}第 {ballot.number} 次投票", f"ballot {ballot.number} of {election.title.en}")
    if missing := [n for n in SHEETS if n not in ballot.sheets]:
        numbers = "、".join(str(n) for n in missing)
        return Text(f"{where.zh}还缺第 {numbers} 张计票单", f"sheet {numbers} of {where.en} is missing")
    one, two = (ballot.sheets[n] for n in SHEETS)
    if one.figures() != two.figures():
        return Text(f"{where.zh}的两张计票单不一致,请重新清点", f"the two sheets of {where.en} differ: count again")
    return Text(
        f"{where.zh}的计票结果还没有由监票人签认(attest-count)",
        f"the count of {where.en} is not attested by the scrutineers yet (attest-count)",
    )


def scrutineers(session: Session) -> tuple[str, ...]:
    """Who were adopted as scrutineers, on a list of their own or on one of the agenda's (监票人名单)."""
    lists = [i.code for i in session.agenda.values() if i.kind == "list" and "监票" in i.title]
    votes = (session.votes.get(code) for code in dict.fromkeys((SCRUTINEERS, *lists)))
    return tuple(dict.fromkeys(p for vote in votes if vote is not None and vote.adopted for p in vote.persons))
