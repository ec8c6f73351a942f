"""The arithmetic behind a result in a sentence, exact at the threshold and one short (地方组织法 (2022) arts 25, 29)."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Base, Share
from domain.calendar import at_clock
from domain.election.declaration import ElectionDeclared
from domain.election.tally import Figures, Line, Void, WriteIn, outcome
from domain.session.parts import Count
from domain.vote.votes import VoteCounted
from tests.domain.chamber import statutes
from yishi.projections.reckoning import election_says, share_of, vote_says

NINE = at_clock(date(2024, 1, 17), 9)
HALF = Share(numerator=1, denominator=2, inclusive=False, of=Base.ALL_DEPUTIES)
TWO_THIRDS = Share(numerator=2, denominator=3, inclusive=True, of=Base.ALL_DEPUTIES)
NAMES = {"a": "甲", "b": "乙", "c": "丙", "d": "丁", "w": "戊"}


def vote(in_favour: int | None, *, share: Share | None = HALF, total: int = 300, **more: Any) -> VoteCounted:
    needed = share.needed(total) if share else 0
    count = None if in_favour is None else Count(in_favour=in_favour, against=total - in_favour, abstained=0)
    fields: dict[str, Any] = {
        "at": NINE, "basis": (), "subject": "gov", "method": "electronic", "sitting": "p1", "deputies_total": total,
        "deputies_present": total, "count": count, "needed": needed,
        "adopted": in_favour is None or in_favour >= max(needed, 1),
    }  # fmt: skip
    return VoteCounted(**(fields | more))


def ballot(*votes: int, seats: int, total: int = 241, round_: str = "first", **more: Any) -> ElectionDeclared:
    """A declared ballot on a, b, c, d with these votes in favour."""
    ballots = more.pop("ballots", total)
    lines = tuple(Line(person=p, in_favour=n, against=ballots - n) for p, n in zip(NAMES, votes, strict=False))
    figures = Figures(
        issued=more.pop("issued", ballots), returned=ballots, valid=ballots, lines=lines,
        write_ins=more.pop("write_ins", ()),
    )  # fmt: skip
    needed = 0 if round_ == "revote" else HALF.needed(total)
    barred = more.get("barred", ())
    result = outcome(figures, seats, total, needed, not_eligible=barred, voided=more.pop("voided", None))
    if more.get("tie_leaves_open"):
        result = result.model_copy(update={"tied": (), "tied_seats": 0, "open_seats": result.tied_seats})
    return ElectionDeclared(
        at=NINE, basis=(), election="e", number=1, round=round_, figures=figures, base=total, needed=needed, seats=seats,
        voters=more.pop("voters", ballots), rule="returned_over_issued", outcome=result, complete=False, **more,
    )  # fmt: skip


def said(declared: ElectionDeclared) -> str:
    return election_says(declared, lambda person: NAMES.get(person, person), HALF).zh


def test_149_of_300_is_not_more_than_half_nor_is_150_and_151_is() -> None:
    assert vote_says(vote(149), HALF).zh == "赞成 149,全体代表 300,过半数为 151,未获通过"
    assert vote_says(vote(150), HALF).zh == "赞成 150,全体代表 300,过半数为 151,未获通过"
    assert vote_says(vote(151), HALF).zh == "赞成 151,全体代表 300,过半数为 151,通过"
    assert vote_says(vote(150), HALF).en == "150 in favour; all deputies 300, more than 1/2 is 151; not adopted"


def test_two_thirds_of_61_is_41_and_the_sentence_says_two_thirds() -> None:
    assert vote_says(vote(40, share=TWO_THIRDS, total=61), TWO_THIRDS).zh == (
        "赞成 40,全体代表 61,三分之二以上为 41,未获通过"
    )
    assert vote_says(vote(41, share=TWO_THIRDS, total=61), TWO_THIRDS).zh.endswith("三分之二以上为 41,通过")


def test_where_nobody_counted_no_figure_is_made_up() -> None:
    assert vote_says(vote(None, method="acclamation"), HALF).zh == "没有计票,通过"


def test_a_residents_council_is_said_to_recommend_only() -> None:
    assert vote_says(vote(200, recommendation=True), HALF).zh.endswith("同意(只作推荐)")


def test_where_the_law_names_no_majority_none_is_made_up() -> None:
    assert vote_says(vote(20, share=None), None).zh == "赞成 20,现行规定没有写明须多少票,通过"


def test_of_241_deputies_121_votes_elect_and_120_do_not_and_a_seat_is_left() -> None:
    assert said(ballot(121, 120, seats=2)) == (
        "应选 2 人,全体代表 241,过半数为 121;甲 121 票,当选;乙 120 票,未过半数,未当选;尚缺 1 人,不足的名额另行选举"
    )


def test_two_tied_for_the_last_seat_are_named_together_and_voted_on_again() -> None:
    assert said(ballot(200, 150, 130, 130, seats=3)) == (
        "应选 3 人,全体代表 241,过半数为 121;甲 200 票、乙 150 票,当选;丙、丁各 130 票,票数相等,就二人再次投票选 1 人"
    )


def test_a_majority_without_a_seat_left_is_not_called_a_defeat_by_votes() -> None:
    assert said(ballot(200, 150, 121, seats=2)).endswith("丙 121 票,过半数但名额已满,未当选")


def test_in_a_revote_most_votes_decide_and_no_majority_is_named() -> None:
    assert said(ballot(119, 118, seats=1, round_="revote")) == (
        "再次投票选 1 人,得票多的当选;甲 119 票,当选;乙 118 票,得票较少,未当选"
    )
    tied = said(ballot(119, 119, seats=1, round_="revote", tie_leaves_open=True))
    assert "甲、乙各 119 票,票数仍然相等" in tied and tied.endswith("尚缺 1 人,不足的名额另行选举")


def test_a_separate_election_asks_for_the_majority_again() -> None:
    assert said(ballot(121, seats=1, round_="separate")).startswith(
        "另行选举 1 人,全体代表 241,过半数为 121;甲 121 票,当选"
    )


@pytest.mark.parametrize(("barred", "words"), [((), "戊(另选) 121 票,当选"), (("w",), "不能担任该职务,未当选")])
def test_a_write_in_is_named_as_one(barred: tuple[str, ...], words: str) -> None:
    assert words in said(ballot(100, seats=1, write_ins=(WriteIn(person="w", in_favour=121),), barred=barred))


def test_a_void_poll_says_of_what_there_was_too_much() -> None:
    issued = ballot(200, seats=1, ballots=241, issued=240, voided=Void.MORE_RETURNED_THAN_ISSUED)
    assert said(issued) == "收回选票 241 张,多于发出的 240 张,本次选举无效,重新投票"
    voters = ballot(200, seats=1, ballots=241, voters=240, voided=Void.MORE_RETURNED_THAN_VOTERS)
    assert said(voters) == "收回选票 241 张,多于投票人数 240 人,本次选举无效,重新投票"


def test_the_majority_named_is_the_one_the_event_rests_on() -> None:
    book = statutes()
    law = book.on(date(2024, 1, 17), "county", "year_start", "national-county", ("地方组织法", "代表法"))
    rests_on = law.basis("session.quorum", "elected.majority", "election.validity")
    assert share_of(rests_on, book, (), 241, 121) == HALF
    assert share_of(rests_on, book, (), 241, 120) is None
    assert share_of(law.basis("ballot.secret"), book, (), 241, 121) is None


def test_a_vote_with_more_ballots_than_were_issued_or_than_are_present_is_void_by_its_own_figures() -> None:
    issued = vote(None, method="ballot", issued=60, returned=61, voided="returned_over_issued", adopted=False)
    assert vote_says(issued, HALF).zh == "收回 61 张,多于发出的 60 张,本次表决无效,重新表决"
    present = vote(
        None, total=60, method="ballot", issued=61, returned=61, voided="returned_over_voters", adopted=False
    )
    assert vote_says(present, HALF).zh == "收回 61 张,多于到会的 60 人,本次表决无效,重新表决"
