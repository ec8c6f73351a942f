"""The ballot itself (选票): the candidates in its order, how it is filled in, when it is void - and nothing by which a voter could be known.

地方组织法 (2022) art. 28: elections are secret. So a ballot bears no number, no name, no mark of the record, and all of one poll are alike.
"""

from dataclasses import dataclass

from domain.election.election import Election
from domain.text import Text
from yishi.documents.choice import Choice
from yishi.documents.common import Meeting, meeting
from yishi.documents.election_choice import one_election, round_of
from yishi.documents.election_figures import (
    BallotFigures,
    ElectionFigures,
    ballot_figures,
    election_figures,
    next_ballot,
    unopened,
)
from yishi.documents.fields import named
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

PAPER = Text("选票", "the ballot")


@dataclass(frozen=True)
class BallotPaper:
    """选票. It has no part that tells one copy, or the state of the record, from another."""

    meeting: Meeting = named("会议", "本次会议", "this session")
    rehearsal: str = named("演练", "演练时为“演练”,否则为空", "演练 in a rehearsal, else empty")
    election: ElectionFigures = named("选举", "哪一项选举", "the election")
    ballot: BallotFigures = named("投票", "哪一次投票", "the ballot")
    secret: str = named("无记名依据", "无记名投票的条款", "the article on the secret ballot")
    choices: str = named("填写依据", "赞成、反对、另选、弃权的条款", "the article on what may be chosen")
    overmarked: str = named(
        "多选作废依据", "所选人数多于应选人数即作废的条款", "the article on ballots that choose too many"
    )
    overmarked_by_method: bool = named(
        "选举办法规定多选作废", "选举办法是否写明多选作废", "whether the method itself says so"
    )
    beside_abstention: str = named(
        "弃权又另选",
        "选举办法的规定:“另选有效”“该选票作废”,没有规定则为空",
        "counts, void, or empty where the method is silent",
    )


def ballot_paper(source: Source, choice: Choice) -> BallotPaper:
    """Of the ballot that is open or comes next; of an earlier one if it is asked for.

    Raises:
        NotYet: nobody stands yet, or nobody is left to elect.
    """
    session = source.session
    election = one_election(session, choice, PAPER)
    coming = next_ballot(election)
    if choice.ballot is not None and not (coming and choice.ballot == coming.number):
        shown = ballot_figures(source, election, unopened(round_of(election, choice, PAPER)))
    elif coming is not None:
        shown = ballot_figures(source, election, coming)
    elif election.round is not None and election.round.outcome is None:
        shown = ballot_figures(source, election, unopened(election.round))
    else:
        raise NotYet(paper=PAPER, why=_why(election))
    under = ".deputies" if election.post.is_deputy else ""
    rules = session.election_method.rules if session.election_method is not None else None
    beside = {"counts": "另选有效", "void": "该选票作废"}
    return BallotPaper(
        meeting=meeting(session),
        rehearsal="演练" if source.rehearsal else "",
        election=election_figures(election),
        ballot=shown,
        secret=source.cites(source.until, f"ballot.secret{under}"),
        choices=source.cites(source.until, f"ballot.choices{under}"),
        overmarked=source.cites(source.until, f"ballot.overmarked{under}"),
        overmarked_by_method=rules is not None and rules.overmarked == "void",
        beside_abstention=beside.get(rules.write_in_when_abstaining or "", "") if rules is not None else "",
    )


def _why(election: Election) -> Text:
    title = election.title
    if election.round is None and not election.candidates:
        return Text(f"{title.zh}的正式候选人还没有确定", f"the candidates for {title.en} are not settled yet")
    if election.seats_left and not election.left_to_next_session:
        return Text(
            f"{title.zh}尚缺 {election.seats_left} 人,还没有决定是否在本次会议另行选举,或者候选人还没有确定",
            f"{election.seats_left} seats of {title.en} are open: whether and on whom they are voted on is not settled",
        )
    return Text(f"{title.zh}已经选举完毕", f"the election of {title.en} is over")
