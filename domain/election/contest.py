"""How many stand: the fewest and the most who may, how many a primary lets through, and who they are by its votes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from domain.election.coming import last_counted
from domain.election.election import Election
from domain.election.method import bounds_of, method_of
from domain.election.posts import PostKind
from domain.refusals import Refused
from domain.session.state import Moment, Session
from domain.text import Text


class ElectionMethodNotAdopted(Refused):
    says = Text(
        "选举办法尚未通过,不能{act}:先提出(draft-election-method)并表决(put-to-vote)",
        "the election method is not adopted, so one cannot {act} yet: draft it (draft-election-method) and vote on it (put-to-vote)",
    )


class Contest(NamedTuple):
    """Numbers of candidates.

    Attributes:
        least: the fewest who may stand. most: the most without a primary. cut: how many go on from a primary.
        room: the most who may go on when the method lets all those tied at the cut stand.
        by_law: they follow from the law's own margin for the seats left over; the method's was for the first ballot.
        silent: the law's margin holds no whole number for the seats left over, so that the congress decides how many stand.
    """

    least: int
    most: int
    cut: int
    room: int
    silent: bool = False
    by_law: bool = False


def contest(session: Session, election: Election, moment: Moment, act: Text) -> Contest:
    """地方组织法 (2022) arts 27(1), 29(3), 30; 选举法 (2020) arts 31-32: the margin that the method fixes, as the kind of post has it.

    Heads: one may stand alone when only one was nominated (也可以等额选举). Vice posts and members: exactly the method's margin.
    Deputies: as many as the law's own margin allows go straight to the ballot, and a primary brings more down to the method's.
    A by-election: from the seats on (也可以同应选人数相等), and beyond the method's number a primary.

    Raises:
        ElectionMethodNotAdopted: nothing is fixed yet.
    """
    method = method_of(session)
    if method is None:
        raise ElectionMethodNotAdopted(moment.cites("election.method"), act=act)
    seats, cut = election.seats_left, election.seats_left + method.margin(election.code)
    rule = moment.law.ruling(election.post.margin)
    law = bounds_of(rule, seats) if rule is not None and rule.value is not None else None
    room = max(cut, seats + law[1]) if law else cut
    left_over = last_counted(election) is not None
    if not election.regular or (left_over and not _contested_again(election, moment)):
        return Contest(seats, cut, cut, room)
    if left_over:
        return _left_over(election, law, moment)
    if election.post.is_deputy and law:
        return Contest(seats + law[0], seats + law[1], cut, room)
    if election.post.kind is PostKind.HEAD:
        return Contest(seats, cut, cut, room)
    return Contest(cut, cut, cut, room)


def _left_over(election: Election, law: tuple[int, int] | None, moment: Moment) -> Contest:
    """The margin of a separate election, fixed by the law anew for the seats left; for one deputy two stand (选举法 (2020) art. 45(4))."""
    seats = election.seats_left
    one = moment.law.ruling("elected.deputies.shortfall_one") if election.post.is_deputy and seats == 1 else None
    if one is not None:
        return Contest(one.number, one.number, one.number, one.number)
    if law is None:
        stand = max(seats + 1, len(election.nominees))
        return Contest(seats + 1, stand, stand, stand, silent=True)
    return Contest(seats + law[0], seats + law[1], seats + law[1], seats + law[1], by_law=True)


def _contested_again(election: Election, moment: Moment) -> bool:
    """Whether a separate election (另行选举) of such a post needs more candidates than seats again."""
    rule = moment.law.ruling("margin.separate")
    return election.post.is_deputy or (rule is not None and election.post.kind.value in rule.options)


class Cut(NamedTuple):
    """Who goes on, by votes; those tied for the last places; and how many places these are."""

    chosen: tuple[str, ...]
    tied: tuple[str, ...] = ()
    places: int = 0


def cut(votes: Mapping[str, Any], places: int, room: int) -> Cut:
    """The first by votes, for so many places; those tied at the last all go on while they fit into `room`."""
    ranked = sorted(votes, key=lambda p: votes[p], reverse=True)  # stable: else in the order they were nominated
    if len(ranked) <= places:
        return Cut(tuple(ranked))
    last = votes[ranked[places - 1]]
    if votes[ranked[places]] != last:
        return Cut(tuple(ranked[:places]))
    clear = tuple(p for p in ranked if votes[p] > last)
    tied = tuple(p for p in ranked if votes[p] == last)
    if len(clear) + len(tied) <= room:
        return Cut((*clear, *tied))
    return Cut(clear, tied, places - len(clear))


def going_on(election: Election, numbers: Contest) -> Cut:
    """Who stands: all nominees when they are not too many, else those whom the primary's votes let through.

    The votes of a further ballot among the tied count only between them. When somebody declined after the primary the
    next by votes goes on.
    """
    nominees = election.nominees
    if len(nominees) <= numbers.most or not election.primaries:
        return Cut(nominees)
    votes = {p: tuple(v for primary in election.primaries for v in primary.votes_for(p)) for p in nominees}
    all_stand = election.primaries[-1].tie == "all_stand"
    return cut(votes, numbers.cut, numbers.room if all_stand else numbers.cut)
