"""Who stands in a separate election (另行选举) for the seats a ballot left open: the next by its votes, or persons nominated anew."""

from domain.election.election import Election, Round, under
from domain.election.tally import Score
from domain.event import Finding
from domain.findings import alert
from domain.law import Citation, Ruling
from domain.refusals import Refused
from domain.session.state import Moment, Session
from domain.text import Text


class NoBallotToGoBy(Refused):
    says = Text(
        "{election}没有决定在本次会议另行选举,候选人不能按得票顺序确定;先记录 decide-separate-election",
        "no separate election of {election} was decided for this session: nobody stands by earlier votes (decide-separate-election)",
    )


class NotInTheBallot(Refused):
    says = Text(
        "{person} 在{election}的第一次投票中没有得票,或者已经当选",
        "{person} had no votes in the ballot for {election}, or is elected",
    )


class AheadByVotes(Refused):
    says = Text(
        "{election}另行选举按得票顺序确定候选人:{ahead} 得 {found} 票,多于 {person} 的 {votes} 票",
        "candidates stand in the order of their votes for {election}: {ahead} had {found}, more than {person} with {votes}",
    )


class NotNominatedAnew(Refused):
    says = Text(
        "{election}的另行选举,候选人按第一次投票得票顺序确定(settle-candidates, from_ballot),不另行提名",
        "in a separate election of {election} candidates stand by the votes of the first ballot (settle-candidates, from_ballot) and are not "
        "nominated anew",
    )


def _rule(election: Election, moment: Moment) -> Ruling | None:
    """The law on who stands in a separate election."""
    if election.post.is_deputy:
        return moment.law.ruling("elected.deputies.shortfall")
    return moment.law.ruling("elected.shortfall_candidates")


def runners_up(election: Election) -> tuple[Score, ...]:
    """Those of the last ballot that was counted, most votes first, who are not elected; a revote is among the tied only."""
    counted: list[Round] = [r for r in election.rounds if r.outcome is not None and not r.void and r.kind != "revote"]
    found = counted[-1].outcome.scores if counted and counted[-1].outcome else ()
    gone = (*election.elected, *election.lost, *election.struck_off)
    return tuple(score for score in found if score.person not in gone and score.votes)


def by_votes(election: Election, candidates: tuple[str, ...], moment: Moment) -> tuple[Citation, ...]:
    """地方组织法 (2022) art. 29(2), 选举法 (2020) art. 45(4): in the order of votes in the first ballot (得票多少的顺序).

    Raises:
        NoBallotToGoBy, NotInTheBallot, AheadByVotes: somebody left out had more votes than one on the list.
    """
    rule = _rule(election, moment)
    cited = rule.basis if rule else ()
    if not election.separate_now:
        raise NoBallotToGoBy(cited, election=election.title)
    votes = {score.person: score.votes for score in runners_up(election)}
    for person in candidates:
        if person not in votes:
            raise NotInTheBallot(cited, person=person, election=election.title)
    last = min(candidates, key=lambda p: votes[p])
    ahead = next((p for p in votes if p not in candidates and votes[p] > votes[last]), None)
    if ahead is not None:
        figures = {"found": votes[ahead], "votes": votes[last]}
        raise AheadByVotes(cited, election=election.title, ahead=ahead, person=last, **figures)
    return cited


def may_nominate_anew(election: Election, moment: Moment) -> None:
    """Leaders may also be nominated anew (另行提名); of deputies the Electoral Law names the order of votes alone.

    Raises:
        NotNominatedAnew.
    """
    rule = _rule(election, moment)
    named = rule is not None and rule.value is not None and "new_nomination" not in rule.options
    if election.separate_now and rule is not None and named and rule.may_refuse:
        raise NotNominatedAnew(rule.basis, election=election.title)


def elections_left(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """Elections with open seats when the session closes, of which nobody decided that they wait for the next (地方组织法 (2022) art. 29(2)).

    The law does not keep a session from closing; but the record says what was left undone.
    """
    left = (e for e in session.elections.values() if e.seats_left and not e.left_to_next_session)
    return tuple(
        alert(
            "ElectionUnfinished",
            moment.basis(*under(e.post, "elected.shortfall")),
            election=e.title, open=e.seats_left, seats=e.planned.seats, state=_where(e),
        )
        for e in left
    )  # fmt: skip


def _where(election: Election) -> Text:
    last = election.round
    if last is None:
        return Text("没有投票", "no ballot was taken")
    if last.outcome is None:
        return Text("投票还没有宣布结果", "its ballot was not declared")
    if last.void:
        return Text("投票无效,没有重新投票", "its ballot was void and not held again")
    if last.outcome.tied:
        return Text("票数相等,没有再次投票", "a tie was not voted on again")
    return Text("没有决定何时另行选举", "nobody decided when they are filled")
