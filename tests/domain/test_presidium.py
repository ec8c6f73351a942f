"""The presidium: its own quorum, the majority of all its members, and what only it may decide (浙江省乡镇人大工作条例 (2023) art. 24)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.arithmetic import Base, Share
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets, PresidiumMet
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, hands, township
from tests.domain.county import county
from tests.domain.own import own_rule


def meeting(size: int, present: int, **about: Any) -> Chamber:
    """A presidium of so many has been elected and now meets with so many."""
    town = township("registered", previous_presidium=size, **about)
    return town.when(PresidiumMeets(meeting=1, present=present))


@pytest.mark.rule("ZJT23-24-pres-quorum")
@pytest.mark.parametrize(("size", "enough"), [(8, 5), (9, 5), (13, 7)])
def test_a_zhejiang_presidium_meets_with_more_than_half_of_its_members(size: int, enough: int) -> None:
    meeting(size, enough).then(PresidiumMet, members_total=size, members_present=enough).citing("ZJT23-24-pres-quorum")
    meeting(size, enough - 1).then_refused(
        "PresidiumQuorumNotMet", "ZJT23-24-pres-quorum", total=size, found=enough - 1, needed=enough, share="未过半数"
    )


@pytest.mark.rule("CQT16-34-quorum", "CQT16-34-majority")
def test_so_does_one_in_chongqing() -> None:
    town = meeting(9, 4, profile="chongqing-township").then_refused(
        "PresidiumQuorumNotMet", "CQT16-34-quorum", needed=5
    )
    town.given(PresidiumMeets(meeting=1, present=6)).when(PresidiumDecides(matter="timetable", in_favour=4))
    town.then(PresidiumDecided, agreed=False, needed=5).with_finding(
        "PresidiumDidNotAgree", "CQT16-34-majority", needed=5
    )
    assert not town.session.has("decided:timetable")


@pytest.mark.rule("ZJT16-24-pres-quorum", "ZJT16-24-pres-majority")
def test_so_it_was_under_the_zhejiang_text_of_2016() -> None:
    town = meeting(9, 4, opens=date(2020, 1, 15)).then_refused(
        "PresidiumQuorumNotMet", "ZJT16-24-pres-quorum", needed=5
    )
    town.given(PresidiumMeets(meeting=1, present=5)).when(PresidiumDecides(matter="timetable", in_favour=4))
    town.then(PresidiumDecided, agreed=False).with_finding("PresidiumDidNotAgree", "ZJT16-24-pres-majority")


def test_the_nation_sets_no_quorum_of_a_presidium() -> None:
    town = meeting(9, 1, profile="national-township").then(PresidiumMet, members_present=1).without_finding()
    town.when(PresidiumDecides(matter="timetable", in_favour=1)).then(PresidiumDecided, needed=0)


def test_a_meeting_is_recorded_once_and_holds_no_more_members_than_there_are() -> None:
    town = meeting(9, 9).and_again_nothing()
    town.when(PresidiumMeets(meeting=2, present=10)).then_refused("MoreMembersThanThereAre", total=9, found=10)


@pytest.mark.rule("ZJT23-24-pres-majority")
def test_five_of_nine_members_decide_and_four_do_not_even_if_only_six_came() -> None:
    town = meeting(9, 6)
    decide = PresidiumDecides(matter="timetable", in_favour=5, text="会期一天")
    town.when(decide).then(PresidiumDecided, in_favour=5, needed=5, members_total=9).citing("ZJT23-24-pres-majority")
    town.when(PresidiumDecides(matter="observers", in_favour=4)).then(PresidiumDecided, in_favour=4, agreed=False)
    town.with_finding("PresidiumDidNotAgree", "ZJT23-24-pres-majority", total=9, found=4, needed=5, share="未过半数")
    assert not town.session.has("decided:observers")
    town.when(PresidiumDecides(matter="observers", in_favour=7)).then_refused(
        "MoreAgreedThanPresent", "ZJT23-24-pres-majority", total=6, found=7
    )


@pytest.mark.rule("ZJT23-24-pres-majority")
def test_what_too_few_of_the_presidium_agree_to_is_on_record_opens_no_way_and_may_be_put_again() -> None:
    town = township("deliberated").given(PresidiumMeets(meeting=2, present=9))
    few = PresidiumDecides(matter="put-to-vote", items=("gov",), in_favour=4)
    town.when(few).then(PresidiumDecided, agreed=False).again().then_nothing()
    town.when(hands("gov", 61)).then_refused("StepMissing", "ZJT23-9-powers-vote")
    town.when(few).then(PresidiumDecided, agreed=False)  # put to it a second time, and lost again
    town.when(few.model_copy(update={"in_favour": 5})).then(PresidiumDecided, agreed=True)
    town.when(few).then(PresidiumDecided, agreed=False)
    assert town.session.has("decided:put-to-vote:gov")  # a later one that was not carried takes nothing back
    town.when(hands("gov", 61)).then(VoteCounted, adopted=True)


def test_a_body_whose_own_rule_lets_too_few_decide_nothing_refuses_to_record_it() -> None:
    own = own_rule("presidium.majority", Share(numerator=1, denominator=2, inclusive=False, of=Base.ALL_MEMBERS))
    house = county("constituted", own_rules=(own,)).given(PresidiumMeets(meeting=1, present=31))
    house.when(PresidiumDecides(matter="timetable", in_favour=15)).then_refused("PresidiumDidNotAgree", needed=16)
    house.when(PresidiumDecides(matter="timetable", in_favour=16)).then(PresidiumDecided, agreed=True)


def test_a_deadline_for_motions_is_fixed_by_saying_until_when() -> None:
    with pytest.raises(ValueError, match="deadline"):
        PresidiumDecides(matter="motion-deadline", text="下午二时")
    town = meeting(9, 9)
    until = town.now + timedelta(hours=5)
    town.when(PresidiumDecides(matter="motion-deadline", deadline=until)).then(PresidiumDecided, deadline=until)


@pytest.mark.rule("OL22-17-1-presidium", "OL22-19-2-duties")
def test_a_countys_presidium_decides_nothing_more_after_the_closing_unremarked_and_a_townships_works_on() -> None:
    house = county("closed").given(PresidiumMeets(meeting=9, present=31))
    house.when(PresidiumDecides(matter="other", text="视察")).then(PresidiumDecided)
    house.with_finding("LawSilent", "OL22-17-1-presidium")
    house.when(PresidiumDecides(matter="correction")).then(PresidiumDecided).without_finding("LawSilent")
    evening_before = house.session.facts["closed"].at - timedelta(seconds=1)
    house.when(PresidiumDecides(matter="observers"), at=evening_before, recorded=house.now)
    house.then(PresidiumDecided).without_finding("LawSilent")
    town = township("closed").given(PresidiumMeets(meeting=9, present=9))
    town.when(PresidiumDecides(matter="other", text="视察")).then(PresidiumDecided).without_finding()


@pytest.mark.parametrize("profile", ["national-township", "zhejiang-township", "chongqing-township"])
def test_what_nobody_agreed_to_is_on_record_as_lost_also_where_no_text_asks_for_a_majority(profile: str) -> None:
    town = meeting(9, 9, profile=profile).when(PresidiumDecides(matter="timetable", in_favour=0))
    town.then(PresidiumDecided, in_favour=0, agreed=False)
    town.with_finding("NobodyAgreed" if profile == "national-township" else "PresidiumDidNotAgree", total=9)
    town.again().then_nothing()
    assert not town.session.has("decided:timetable")


def test_a_meeting_of_the_presidium_to_which_nobody_came_does_not_vote() -> None:
    here = meeting(9, 0, profile="national-township").when(PresidiumDecides(matter="timetable"))
    here.then_refused("NobodyOfThePresidiumCame")


@pytest.mark.parametrize(("size", "agreed", "remarked"), [(9, 4, True), (9, 5, False), (8, 4, True), (8, 5, False)])
def test_where_no_law_asks_for_a_majority_half_the_presidium_or_fewer_decide_but_not_unremarked(
    size: int, agreed: int, *, remarked: bool
) -> None:
    town = meeting(size, size, profile="national-township")
    town.when(PresidiumDecides(matter="timetable", in_favour=agreed)).then(PresidiumDecided, in_favour=agreed)
    if remarked:
        town.with_finding("LawSilent", what="主席团表决所需人数")
    else:
        town.without_finding()


@pytest.mark.parametrize(
    ("matter", "rule"),
    [
        ("executive-chairs", "ZJT23-15-presides"),
        ("timetable", "ZJT23-15-presides"),
        ("put-to-vote", "OL22-22-1-inst-vote"),
        ("observers", "ZJT23-21-obs-others"),
        ("project-candidates", "ZJPJ22-12"),
        ("project-method-draft", "ZJPJ22-19"),
        ("correction", "I-correction"),
        ("assign-suggestions", "ZJT23-40-sg"),
    ],
)
@pytest.mark.rule("ZJT23-15-presides", "OL22-22-1-inst-vote", "ZJPJ22-12", "ZJPJ22-19", "I-correction", "ZJT23-40-sg")
def test_each_decision_rests_on_its_own_article(matter: str, rule: str) -> None:
    town = township("presidium elected").given(PresidiumMeets(meeting=1, present=9))
    town.when(PresidiumDecides.model_validate({"matter": matter, "persons": ("d001",)})).then(
        PresidiumDecided, matter=matter
    )
    town.citing(rule)


def test_the_presidium_decides_in_its_meetings_and_about_what_is_on_the_agenda() -> None:
    town = township("presidium elected").when(PresidiumDecides(matter="timetable"))
    town.then_refused("PresidiumNotMeeting", "OL22-19-1-town-presides")
    town.given(PresidiumMeets(meeting=1, present=9)).when(PresidiumDecides(matter="put-to-vote", items=("tax",)))
    town.then_refused("UnknownItem", item="tax")


def test_asked_twice_the_presidium_decides_once() -> None:
    town = meeting(9, 9)
    decide = PresidiumDecides(matter="observers", persons=("d001",))
    town.when(decide).then(PresidiumDecided).and_again_nothing()
    town.when(PresidiumDecides(matter="observers", persons=("d002",))).then(PresidiumDecided, persons=("d002",))


@pytest.mark.rule("OL22-19-1-town-presides")
def test_the_old_presidium_meets_before_the_session_and_the_new_one_once_it_is_elected() -> None:
    town = township("presidium elected", previous_presidium=13)
    town.when(PresidiumMeets(meeting=1, present=9)).then(PresidiumMet, members_total=9).citing(
        "OL22-19-1-town-presides"
    )


def test_nothing_is_put_forward_before_the_presidium_is_elected() -> None:
    town = township("opened", previous_presidium=9).given(PresidiumMeets(meeting=1, present=9))
    town.when(PresidiumDecides(matter="put-to-vote", items=("gov",))).then_refused("StepMissing", "OL22-19-1-town")
