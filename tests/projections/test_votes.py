"""What readers are told of the votes of a session, of removals and resignations too, each with the arithmetic behind its result."""

import json
from typing import Any

import pytest

from domain.tenure.removal import ProposeRemoval
from domain.tenure.removal_answered import BringRemoval, OfferDefence
from domain.tenure.removal_vote import VoteOnRemoval
from domain.tenure.resignation import SubmitResignation
from domain.tenure.resignation_decided import DecideResignation
from tests.domain.chamber import Chamber, hands, statutes
from tests.domain.county import county
from tests.domain.elections import election, method, town
from yishi.projections.votes import votes_of


def told(here: Chamber) -> list[dict[str, Any]]:
    found = votes_of(here.session, statutes(), {"d005": "张三"})
    json.dumps(found)
    return found


@pytest.mark.parametrize(("in_favour", "adopted"), [(30, False), (31, True)])
def test_a_vote_that_was_lost_and_taken_again_is_told_twice_and_the_newest_is_marked(
    in_favour: int, adopted: bool
) -> None:
    here = town(election()).given(method(("e", 1)), hands("election-method", in_favour, 61 - in_favour))
    one = told(here)[-1]
    assert (one["subject"], one["adopted"], one["last"]) == ("election-method", adopted, True)
    result = "通过" if adopted else "未获通过"
    assert one["says"]["zh"] == f"赞成 {in_favour},全体代表 61,过半数为 31,{result}"
    assert one["share"]["zh"] == "过半数" and one["count"]["against"] == 61 - in_favour
    if not adopted:
        again = told(here.given(hands("election-method", 31, 30)))
        assert [v["last"] for v in again if v["subject"] == "election-method"] == [False, True]


@pytest.mark.parametrize(("in_favour", "words"), [(120, "罢免案未获通过"), (121, "罢免案通过")])
def test_a_removal_is_told_among_the_votes_with_the_persons_name(in_favour: int, words: str) -> None:
    moved = ProposeRemoval(
        number="1", holder="d005", post="government-head", proposer="presidium", reasons="严重失职",
    )  # fmt: skip
    here = county("opened", 241).given(moved, BringRemoval(number="1"), OfferDefence(number="1", ways=("plenary",)))
    here.given(VoteOnRemoval(number="1", in_favour=in_favour, against=241 - in_favour, abstained=0))
    one = told(here)[-1]
    assert one["subject"] == "removal-1" and one["title"]["zh"] == "罢免 张三(政府正职)"
    assert one["says"]["zh"] == f"赞成 {in_favour},全体代表 241,过半数为 121,{words}"


@pytest.mark.parametrize(("in_favour", "words"), [(120, "不接受辞职"), (121, "接受辞职,须报上一级批准")])
def test_an_accepted_resignation_of_a_procurator_awaits_approval_and_a_refused_one_does_not(
    in_favour: int, words: str
) -> None:
    resigns = SubmitResignation.model_validate({"number": "1", "holder": "d005", "post": "chief-procurator"})
    here = county("opened", 241).given(resigns)
    here.given(DecideResignation(number="1", in_favour=in_favour, against=241 - in_favour, abstained=0))
    assert told(here)[-1]["says"]["zh"] == f"赞成 {in_favour},全体代表 241,过半数为 121,{words}"
    assert told(here)[-1]["title"]["zh"] == "张三 辞职(人民检察院检察长)"
