"""How a vote's figures come to be: two tellers, the voting device and its failure, names, and those nobody counted (rulebook §9, §15)."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Base, Choice, Share, Switch
from domain.session.business import HearReport
from domain.session.closing import Announce, CloseSession, SessionClosed
from domain.session.correction import Correct, Corrected
from domain.session.parts import AgendaItem, Count
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.roll import SuspendDeputy
from domain.session.sign_in import SignOut
from domain.vote.keypad import DeviceCountEntered, DeviceFailed, EnterDeviceCount, RecordDeviceFailure
from domain.vote.named import NamedVotes
from domain.vote.paper import EnterVoteSheet, VoteSheetEntered
from domain.vote.votes import PutToVote, VoteCounted
from tests.domain.chamber import Chamber, council, hands, ids, statutes, township
from tests.domain.county import AGENDA, county
from tests.domain.own import own_rule

BALLOT = PutToVote(subject="gov", method="ballot")
KEYS = PutToVote(subject="gov", method="electronic")
FAILURE = RecordDeviceFailure(subject="gov", device="hall-1", what="主机死机")


def paper(sheet: int, yes: int, no: int = 0, abstained: int = 0, void: int = 0, **more: Any) -> EnterVoteSheet:
    """A teller's sheet on which every ballot that went out came back."""
    valid = yes + no + abstained
    ballots = {"issued": valid + void, "returned": valid + void, "valid": valid, "void": void, **more}
    return EnterVoteSheet(subject="gov", sheet=sheet, in_favour=yes, against=no, abstained=abstained, **ballots)


def keys(entry: int, yes: int, no: int = 0, **more: Any) -> EnterDeviceCount:
    fields = {
        "subject": "gov",
        "device": "hall-1",
        "entry": entry,
        "in_favour": yes,
        "against": no,
        "abstained": 0,
        **more,
    }
    return EnterDeviceCount(**fields)


# on paper


def test_a_vote_on_paper_takes_its_figures_from_two_tellers_who_agree() -> None:
    town = township("put forward").when(paper(1, 40, 10, 5, void=2)).then(VoteSheetEntered, deputies_present=61)
    town.when(BALLOT).then_refused("SheetMissing", sheet=2)
    town.given(paper(2, 39, 11, 5, void=2)).when(BALLOT).then_refused("SheetsDiffer", where="in_favour 40 / 39")
    town.when(paper(2, 40, 10, 5, void=2)).then(VoteSheetEntered).and_again_nothing()
    count = Count(in_favour=40, against=10, abstained=5, not_voted=4, void=2)
    town.when(BALLOT).then(VoteCounted, count=count, issued=57, returned=57, adopted=True, voided="")
    assert count.total == 61 and not town.session.vote_sheets
    town.again().then_nothing()
    town.when(paper(1, 40, 10, 5, void=2)).then_refused("AlreadyDecided", "OL22-25")


def test_a_void_ballot_is_a_bucket_of_its_own_and_works_against_the_motion_as_an_absence_does() -> None:
    for void, adopted in ((31, False), (30, True)):
        town = township("put forward").given(*(paper(n, 61 - void, void=void) for n in (1, 2)))
        town.when(BALLOT).then(VoteCounted, adopted=adopted, needed=31)
        assert town.session.votes["gov"].count == Count(in_favour=61 - void, against=0, abstained=0, void=void)


def test_a_typed_in_ballot_has_void_ballots_too_and_no_other_form_has() -> None:
    town = township("put forward").when(hands("gov", 40, 5, 6, void=3, method="ballot"))
    town.then(VoteCounted, count=Count(in_favour=40, against=5, abstained=6, not_voted=7, void=3))
    town.when(hands("pres", 40, void=1)).then_refused("OnlyABallotHasVoid", method="show_of_hands")


@pytest.mark.parametrize("wrong", [{"valid": 54}, {"void": 1}, {"returned": 56}, {"abstained": 4}])
def test_a_sheet_whose_sums_do_not_agree_is_sent_back_and_nothing_is_kept(wrong: dict[str, int]) -> None:
    sheet = paper(1, 40, 10, 5).model_copy(update=wrong)
    town = township("put forward").when(sheet).then_refused("VoteSheetDoesNotAddUp", "I-vote-ballots")
    assert not town.session.vote_sheets


@pytest.mark.rule("I-vote-ballots")
def test_one_ballot_more_than_went_out_is_recorded_as_it_was_and_voids_the_poll() -> None:
    town = (
        township("put forward")
        .when(paper(1, 60, issued=59))
        .with_finding("MoreReturnedThanIssued", found=60, issued=59)
    )
    town.given(paper(2, 60, issued=59)).when(BALLOT)
    town.then(VoteCounted, voided="returned_over_issued", adopted=False, count=None, issued=59, returned=60)
    town.with_finding("VoteVoid", "I-vote-ballots", issued=59, returned=60).without_finding(
        "NotAdopted"
    ).again().then_nothing()
    assert not town.session.has("voted:gov") and "gov" not in town.session.votes
    assert town.session.has("decided:put-to-vote:gov")  # no new decision is needed
    town.when(Announce(items=("gov",))).then_refused("NotYetDecided")
    town.given(paper(1, 60), paper(2, 60)).when(BALLOT).then(VoteCounted, adopted=True).without_finding(
        "RejectedBefore"
    )


@pytest.mark.rule("I-vote-ballots")
@pytest.mark.parametrize(("ballots", "void"), [(61, ""), (62, "returned_over_voters")])
def test_as_many_ballots_as_deputies_are_good_and_one_more_voids_the_poll(ballots: int, void: str) -> None:
    town = township("put forward").given(paper(1, ballots), paper(2, ballots)).when(BALLOT)
    town.then(VoteCounted, voided=void, adopted=not void)


def test_a_rejected_vote_stays_the_last_one_when_the_poll_after_it_is_void() -> None:
    town = township("put forward").given(hands("gov", 30, 31), PresidiumDecides(matter="put-to-vote", items=("gov",)))
    town.given(paper(1, 60, issued=59), paper(2, 60, issued=59), BALLOT)
    assert town.session.has("voted:gov") and not town.session.votes["gov"].adopted
    town.given(paper(1, 60), paper(2, 60)).when(BALLOT).then(VoteCounted, adopted=True).with_finding("RejectedBefore")


def test_fewer_ballots_than_went_out_void_nothing_and_who_kept_theirs_did_not_vote() -> None:
    town = township("put forward").given(*(paper(n, 50, issued=61) for n in (1, 2))).when(BALLOT)
    town.then(VoteCounted, count=Count(in_favour=50, against=0, abstained=0, not_voted=11), issued=61, returned=50)


def test_figures_that_were_typed_in_as_well_must_be_those_that_were_counted() -> None:
    town = township("put forward").given(paper(1, 40, 10), paper(2, 40, 10))
    town.when(hands("gov", 41, 10, method="ballot")).then_refused("FiguresDiffer", where="in_favour 41 / 40")
    town.when(hands("gov", 40, 10, void=1, method="ballot")).then_refused("FiguresDiffer", where="void 1 / 0")
    town.when(hands("gov", 40, 10)).then_refused("CountedOtherwise", method="ballot")
    town.when(hands("gov", 40, 10, not_voted=11, method="ballot")).then(VoteCounted, adopted=True)


def test_who_leaves_after_the_ballot_has_voted_in_it() -> None:
    town = township("put forward", by_name=True).given(
        paper(1, 61), paper(2, 61), SignOut(sitting="s1", deputies=("d061",))
    )
    town.when(BALLOT).then(VoteCounted, deputies_present=61, count=Count(in_favour=61, against=0, abstained=0))


def test_a_vote_counted_from_sheets_is_corrected_in_itself_and_its_sheets_stand() -> None:
    town = township("put forward").given(paper(1, 31, 30), paper(2, 31, 30), BALLOT)
    sheet, vote = town.version_of(VoteSheetEntered), town.version_of(VoteCounted)
    town.when(Correct(version=sheet, changes={"in_favour": 30}, why="更正")).then_refused("FieldNotThere")
    town.when(Correct(version=vote, changes={"method": "show_of_hands"}, why="更正")).then_refused("FieldNotThere")
    town.when(Correct(version=vote, changes={"in_favour": 30, "void": 1}, why="一张无效")).then(Corrected)
    assert not town.session.votes["gov"].adopted and town.session.votes["gov"].returned == 61


# by the device


def test_the_devices_figures_are_typed_in_by_two_people_who_agree() -> None:
    town = township("put forward").when(keys(1, 50, 5)).then(DeviceCountEntered, device="hall-1").and_again_nothing()
    town.when(KEYS).then_refused("SheetMissing", sheet=2)
    town.given(keys(2, 50, 6)).when(KEYS).then_refused("SheetsDiffer", where="against 5 / 6")
    town.given(keys(2, 50, 5)).when(KEYS).then(VoteCounted, device="hall-1", adopted=True, method="electronic")
    assert town.session.votes["gov"].count == Count(in_favour=50, against=5, abstained=0, not_voted=6)
    town.again().then_nothing()


def test_figures_that_come_over_from_the_device_need_nobody_to_type_them_but_may_not_differ_from_who_did() -> None:
    town = township("put forward").given(keys(1, 50, 5, source="device"))
    town.given(keys(1, 50, 6)).when(KEYS).then_refused("DeviceAndTypedDiffer", where="against 5 / 6")
    town.given(keys(1, 50, 5)).when(KEYS).then(VoteCounted, adopted=True).without_finding()


def test_a_device_that_tells_two_totals_is_not_believed_until_somebody_has_looked_into_it() -> None:
    town = township("put forward").given(keys(1, 40, 10, source="device"))
    town.when(keys(1, 40, 10, source="device")).then_nothing()
    town.when(keys(1, 41, 10, source="device")).then_refused("DeviceTotalsDiffer", where="in_favour 40 / 41")
    town.when(keys(1, 40, 10, source="device", device="hall-2")).then_refused("DeviceTotalsDiffer")
    town.given(RecordDeviceFailure(subject="gov", device="hall-1", what="先后报来两个数"))
    town.when(keys(1, 41, 10, source="device")).then(DeviceCountEntered, in_favour=41)
    town.when(KEYS).then(VoteCounted, adopted=True).with_finding("DeviceHadFailed")


def test_a_total_that_comes_after_the_vote_is_the_same_or_it_is_refused_and_never_counts_for_the_next() -> None:
    rejected = township("put forward").given(hands("gov", 30, 31))
    then = rejected.session.votes["gov"].at
    rejected.when(keys(1, 30, 31, source="device"), at=then).then_nothing()
    rejected.when(keys(1, 31, 30, source="device"), at=then)
    rejected.then_refused("DeviceTotalsDiffer", where="in_favour 30 / 31")
    assert not rejected.session.device_counts
    adopted = township("put forward").given(hands("gov", 61))
    adopted.when(keys(1, 61, source="device")).then_nothing()
    adopted.when(keys(1, 60, source="device")).then_refused("DeviceTotalsDiffer")


def test_a_device_that_counted_more_than_are_present_is_sent_back() -> None:
    town = township("put forward").given(keys(1, 62, source="device"))
    town.when(KEYS).then_refused("VotesDoNotAddUp", found=62, total=61)


def test_when_the_device_fails_the_vote_goes_on_by_hand_and_the_record_says_so() -> None:
    town = (
        township("put forward").given(keys(1, 20, source="device")).when(FAILURE).then(DeviceFailed).and_again_nothing()
    )
    assert not town.session.device_counts  # what it counted so far is dropped
    town.when(hands("gov", 61)).then(VoteCounted, adopted=True, device_failed="hall-1")
    town.with_finding("DeviceHadFailed", device="hall-1", what="主机死机")
    town.with_finding("LawSilent", what="表决器发生故障后怎样表决")
    town.when(hands("pres", 61)).then(VoteCounted, device_failed="").without_finding()


def test_a_device_that_works_again_may_count_after_all() -> None:
    town = township("put forward").given(FAILURE, keys(1, 61, source="device", device="hall-2")).when(KEYS)
    town.then(VoteCounted, device="hall-2", device_failed="hall-1").without_finding("LawSilent")


def test_where_the_bodys_rules_name_how_a_vote_goes_on_no_other_way_does() -> None:
    named = {"vote.methods": "electronic", "vote.device_failure": "show_of_hands"}
    since = {
        "in_force_from": date(2026, 1, 14)
    }  # not yet on the day of the preparatory meeting, where hands were shown
    rules = tuple(own_rule(topic, Choice(options=(way,))).model_copy(update=since) for topic, way in named.items())
    house = county("put forward", own_rules=rules)
    house.when(hands("gov", 232)).then_refused("MethodNotAllowed", "OWN-vote.methods", method="show_of_hands")
    house.given(FAILURE).when(hands("gov", 232, method="ballot"))
    house.then_refused("FallbackNotAllowed", "OWN-vote.device_failure", method="ballot", allowed="show_of_hands")
    house.when(hands("gov", 232)).then(VoteCounted, adopted=True, device_failed="hall-1")
    house.with_finding("DeviceHadFailed", "OWN-vote.device_failure").without_finding("LawSilent", "ReadingNotMet")


# the constitution (rulebook §15, edge case 25)


@pytest.mark.rule("NRP21-59-constitution", "NRP21-60-constitution", "NRP21-60-device")
def test_the_constitution_takes_two_thirds_of_all_2980_on_paper_and_a_void_ballot_is_no_abstention() -> None:
    law = statutes().on(date(2026, 3, 11), "national", "year_start", "national-county")
    majority, method = law.ruling("vote.constitution"), law.ruling("vote.constitution.method")
    assert majority is not None and method is not None
    assert not majority.share.met_by(1986, 2980) and majority.share.met_by(1987, 2980)
    of_2018 = Count(
        in_favour=2958, against=2, abstained=3, void=1
    )  # judged by today's text: that of 2018 is not on file
    assert of_2018.total == 2964 and of_2018.valid == 2963 and majority.share.met_by(of_2018.in_favour, 2980)
    failure = law.ruling("vote.device_failure")
    assert failure is not None and failure.options == ("show_of_hands",) and method.options == ("ballot",)


# by name


BY_NAME = own_rule("vote.by_name", Switch(on=True))


def recorded(yes: int, no: int = 0) -> PutToVote:
    return PutToVote(
        subject="gov", method="by_name", named=NamedVotes(in_favour=ids(yes), against=ids(no, start=yes + 1)),
    )  # fmt: skip


@pytest.mark.rule("I-vote-by-name")
def test_how_each_deputy_voted_is_recorded_only_where_a_rule_of_the_body_says_so() -> None:
    township("put forward").when(recorded(40, 21)).then_refused("NamedVoteNotProvided")
    town = township("put forward", own_rules=(BY_NAME,)).when(recorded(31, 29)).then(VoteCounted, adopted=True)
    vote = town.session.votes["gov"]
    assert vote.count == Count(in_favour=31, against=29, abstained=0, not_voted=1) and len(vote.named.in_favour) == 31
    town.again().then_nothing()
    town.when(Correct(version=town.version_of(VoteCounted), changes={"in_favour": 30, "against": 30}, why="更正"))
    town.then_refused("FieldNotThere")


def test_a_recorded_vote_names_deputies_who_may_vote_each_once() -> None:
    with pytest.raises(ValueError, match="d001"):
        NamedVotes(in_favour=("d001",), against=("d001",))
    town = township("put forward", own_rules=(BY_NAME,), by_name=True, present=60)
    town.when(PutToVote(subject="gov", method="by_name")).then_refused("NamesMissing", "I-vote-by-name")
    town.when(recorded(40, 21)).then_refused("NotInTheHallNow", deputy="d061")
    town.when(PutToVote(subject="gov", method="by_name", named=NamedVotes(against=("x1",)))).then_refused("NotADeputy")
    town.given(SuspendDeputy(deputy="d060", ground="custody"))
    town.when(recorded(40, 20)).then_refused("DutiesSuspended", deputy="d060")
    town.when(recorded(30, 29)).then(VoteCounted, adopted=False, needed=31)
    with pytest.raises(ValueError, match="by_name"):
        PutToVote(subject="gov", named=NamedVotes())


# nobody counted


@pytest.mark.rule("C-acclamation", "OL22-25")
def test_hands_that_nobody_counted_carry_a_list_and_the_record_says_so_but_no_resolution() -> None:
    town = township("opened").when(PutToVote(subject="presidium", counted=False, persons=ids(9)))
    town.then(VoteCounted, count=None, method="show_of_hands", adopted=True).again().then_nothing()
    assert town.session.presidium == frozenset(ids(9))
    town.when(PutToVote(subject="agenda", counted=False)).with_finding("HandsNotCounted", ("C-acclamation", "OL22-25"))
    town.given(HearReport(item="gov"), PresidiumMeets(meeting=1, present=9))
    town.given(PresidiumDecides(matter="put-to-vote", items=("gov",)))
    town.when(PutToVote(subject="gov", counted=False)).then_refused("CountMissing", "OL22-25", method="show_of_hands")
    for wrong in ({"method": "ballot"}, {"in_favour": 40}):
        with pytest.raises(ValueError, match="counted: false"):
            PutToVote(subject="agenda", counted=False, **wrong)


# Shenyang, 14 February 2001, judged by the law of January 2026: 218 in favour, 162 against, 82 abstained, 9 did not press


def shenyang(total: int, **figures: Any) -> Chamber:
    house = county("put forward", total, present=474)
    return house.when(PutToVote(subject="court", method="electronic", published=True, **figures))


@pytest.mark.rule("OL22-25")
@pytest.mark.parametrize("total", [474, 500])
def test_the_courts_report_of_shenyang_was_not_adopted_however_many_deputies_there_were(total: int) -> None:
    house = shenyang(total, in_favour=218, against=162, abstained=82, not_voted=9)
    house.then(VoteCounted, adopted=False, needed=total // 2 + 1, published=True)
    assert house.session.votes["court"].count.unaccounted == 3
    house.with_finding("PublishedFigures", found=3).with_finding("NotAdopted", "OL22-25", in_favour=218)
    house.with_finding("LawSilent", what="报告未获通过之后怎样处理")
    assert not house.session.clocks or all("court" not in clock for clock in house.session.clocks)


def test_what_follows_a_rejected_report_is_for_the_presidium_which_may_bring_it_back_or_close_without_it() -> None:
    house = shenyang(474, in_favour=218, against=162, abstained=82, not_voted=9)
    house.given(PresidiumDecides(matter="other", text="法院整改后向下次会议报告"), hands("proc", 270, 204))
    house.when(hands("court", 395, 11, 68)).then_refused("StepMissing")  # the decision to put it forward is used up
    house.given(PresidiumDecides(matter="put-to-vote", items=("court",)))
    house.when(hands("court", 395, 11, 68)).then(VoteCounted, adopted=True).with_finding("RejectedBefore")
    codes = [item.code for item in AGENDA if item.code not in ("court", "proc")]
    gone = shenyang(474, in_favour=218, against=162, abstained=82, not_voted=9).given(hands("proc", 270, 204))
    gone.given(*(hands(code, 474) for code in codes), Announce(items=("court", "proc", *codes)))
    gone.on(gone.closes, 11).when(CloseSession()).then(SessionClosed)


def test_figures_that_were_counted_here_leave_nobody_unaccounted_for() -> None:
    house = county("put forward", 474).when(hands("court", 218, 162, 82, not_voted=9))
    house.then_refused("VotesDoNotAddUp", found=471, total=474)


# a residents' council


def test_a_council_may_vote_on_paper_too_and_only_recommends() -> None:
    street = council("opened", 60, agenda=(AgendaItem(code="works", kind="list", title="推荐名单"),))
    both = [
        EnterVoteSheet(subject="works", sheet=n, issued=50, returned=50, valid=50, in_favour=40, against=10)
        for n in (1, 2)
    ]
    street.given(*both).when(PutToVote(subject="works", method="ballot"))
    street.then(VoteCounted, recommendation=True, count=Count(in_favour=40, against=10, abstained=0, not_voted=10))


def test_half_of_an_odd_number_is_the_same_whether_half_is_enough_or_not() -> None:
    more, half = (Share(numerator=1, denominator=2, inclusive=i, of=Base.ALL_MEMBERS) for i in (False, True))
    assert more.needed(29) == half.needed(29) == 15 and (more.needed(34), half.needed(34)) == (18, 17)


def test_a_vote_that_was_stored_before_there_were_void_ballots_is_read_as_it_was() -> None:
    vote = township("put forward").when(hands("gov", 40, 5, 6)).events[0]
    stored = vote.model_dump(mode="json")
    for since in ("issued", "returned", "voided", "device", "device_failed", "published", "named"):
        del stored[since]
    del stored["count"]["void"], stored["count"]["unaccounted"]
    assert VoteCounted.model_validate(stored) == vote
