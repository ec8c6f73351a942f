"""The record itself: irregularities owned up to, slips corrected and never erased, late entries, acts dated in the future."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import clock_words
from domain.session.business import HearReport, ReportHeard
from domain.session.closing import Announce, CloseSession
from domain.session.correction import Correct, Corrected
from domain.session.folding import fold, fold_on
from domain.session.notice import InviteObservers
from domain.session.parts import AgendaItem
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets
from domain.session.record import IrregularityRecorded, RecordIrregularity
from domain.session.roll import DecideLeave, DeputySuspended, LeaveDecided, SuspendDeputy
from domain.session.sign_in import SignIn
from domain.session.sittings import CallSitting, CloseSitting, OpenSitting, SittingCalled, SittingOpened
from domain.session.state import evolve
from domain.vote.sheets import SheetEntered
from domain.vote.votes import VoteCounted
from tests.domain.chamber import SESSION, Chamber, council, hands, ids, sheet, township, with_projects

# irregularities


@pytest.mark.rule("I-irregularity", "ZJT23-20-notice")
def test_a_notice_left_out_and_owned_up_to_lets_the_session_open_with_a_warning() -> None:
    town = township("date published").given(SignIn(sitting="s1", present=61)).on(date(2024, 1, 17))
    town.when(OpenSitting(sitting="s1")).then_refused("StepMissing", "ZJT23-20-notice")
    for fact in ("notice-given", "papers-sent"):
        town.when(RecordIrregularity(fact=fact, why="经办人住院,改为电话通知")).then(IrregularityRecorded, fact=fact)
        town.citing("I-irregularity").and_again_nothing()
    town.when(OpenSitting(sitting="s1")).then(SittingOpened)
    town.with_finding("IrregularityCarried", ("I-irregularity", "ZJT23-20-notice"), what="发出会议通知")
    assert not town.session.has("notice-given")


@pytest.mark.rule("OL22-14-4-quorum")
def test_no_irregularity_replaces_a_quorum() -> None:
    town = township("signed in", 61, present=40)
    town.given(RecordIrregularity(fact="opened", why="人数不足"))
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", "OL22-14-4-quorum", found=40, needed=41)
    town.when(hands("gov", 40)).then_refused("WrongStage")


def test_a_meeting_held_as_preparatory_resolves_nothing_for_all_its_irregularities() -> None:
    sittings = (("prep", "preparatory"), ("s1", "plenary"))
    town = township("papers sent", sittings=sittings).on(date(2024, 1, 17), 8)
    town.given(
        SignIn(sitting="prep", present=40), OpenSitting(sitting="prep"), hands("presidium", 40), hands("agenda", 40)
    )
    facts = ("opened", "heard:gov", "deliberated:gov", "decided:put-to-vote:gov")
    town.given(*(RecordIrregularity(fact=fact, why="从简") for fact in facts))
    town.when(hands("gov", 40)).then_refused("StepMissing")
    assert town.refusal is not None and "opened" in town.refusal.says().en


@pytest.mark.rule("OL22-25", "OL22-19-1-town")
def test_no_irregularity_replaces_a_majority_that_was_not_reached() -> None:
    town = township("opened").given(hands("presidium", 30, 31, persons=ids(9)))
    town.given(RecordIrregularity(fact="presidium-elected", why="票数不够,会议继续"))
    town.when(HearReport(item="gov")).then_refused("StepMissing", "OL22-19-1-town")
    town.when(CloseSession()).then_refused("MandatoryItemMissing")
    town = township("opened").given(RecordIrregularity(fact="presidium-elected", why="推举产生,未付表决"))
    town.when(HearReport(item="gov")).then(ReportHeard).with_finding("IrregularityCarried", "OL22-19-1-town")


@pytest.mark.rule("I-irregularity")
def test_an_item_left_undone_and_owned_up_to_lets_the_session_close_with_a_warning() -> None:
    town = township("put forward").given(hands("gov", 61), hands("pres", 61))
    town.when(CloseSession()).then_refused("MandatoryItemMissing")
    town.given(RecordIrregularity(fact="dealt:budget", why="财政所未提交报告")).when(CloseSession())
    town.with_finding("IrregularityCarried", "I-irregularity", what="财政预算执行情况和预算草案的报告")


def test_an_irregularity_is_of_a_step_that_this_session_has() -> None:
    town = township("registered")
    for fact in ("met", "session.quorum", "heard:tax", "notice-givn"):
        town.when(RecordIrregularity(fact=fact, why="x")).then_refused("UnknownFact", fact=fact)
    assert town.refusal is not None and "notice-given" in town.refusal.says().zh
    town.when(RecordIrregularity(fact="选举", why="x")).then_refused("UnknownFact")
    assert town.refusal is not None and len(str(town.refusal.figures["known"]).split("、")) == 3  # not all there are


def test_what_stands_needs_no_irregularity() -> None:
    town = township("papers sent")
    town.when(RecordIrregularity(fact="notice-given", why="x")).then_refused("StandsAlready", fact="notice-given")
    town.when(RecordIrregularity(fact="opened", why="x")).then(IrregularityRecorded, fact="opened")


# corrections


def vote(town: Chamber, subject: str) -> int:
    return next(n for n, e in enumerate(town.session.history, 1) if getattr(e, "subject", "") == subject)


def figures(in_favour: int, against: int) -> dict[str, Any]:
    return {"count": {"in_favour": in_favour, "against": against, "abstained": 0, "not_voted": 0}}


@pytest.mark.rule("I-correction")
def test_one_officer_corrects_a_slip_before_it_is_announced_and_what_follows_is_worked_out_again() -> None:
    town = township("voted")
    slip = Correct(version=vote(town, "budget"), changes=figures(30, 31), why="计票误读")
    town.when(slip, by="secretariat").then(
        Corrected, decided_by_presidium=False, dependents=("-adopted:budget", "-decided:put-to-vote:budget")
    ).citing("I-correction").and_again_nothing()
    assert not town.session.votes["budget"].adopted and town.session.has("voted:budget")
    assert "budget-published-budget" not in town.session.clocks
    stored = town.record.streams[SESSION][slip.version - 1]
    assert isinstance(stored, VoteCounted) and stored.adopted  # the old entry stays as it was written


def test_a_correction_may_name_the_votes_by_themselves() -> None:
    town = township("voted")
    version = vote(town, "gov")
    town.when(Correct(version=version, changes={"in_favour": 30, "against": 31}, why="计票误读")).then(Corrected)
    assert town.session.votes["gov"].count.in_favour == 30 and not town.session.votes["gov"].adopted
    town.when(Correct(version=version, changes={"in_favour": 31}, why="x")).then_refused("FieldNotThere")
    assert fold(SESSION, tuple(town.record.streams[SESSION])) == town.session


def test_how_many_observers_were_invited_can_be_corrected() -> None:
    """Their `count` is a number, not that of a vote: it has nothing to add up to."""
    town = township("papers sent")
    version = town.given(InviteObservers(who=("镇人民政府领导人员",), count=3)).session.recorded
    town.when(Correct(version=version, changes={"count": 4}, why="误记")).then(Corrected, changes={"count": 4})
    town.when(Correct(version=version, changes={"count": -1}, why="误记")).then_refused("FieldNotThere")
    town.when(Correct(version=version, changes={"in_favour": 4}, why="误记")).then_refused("FieldNotThere")


@pytest.mark.rule("I-correction", "OL22-14-4-quorum")
def test_an_opening_corrected_below_two_thirds_says_so_and_the_sitting_stays_held() -> None:
    town = township("opened", 61)
    opening = town.version_of(SittingOpened)
    town.when(Correct(version=opening, changes={"deputies_present": 41}, why="误记")).then(Corrected).without_finding()
    town.when(Correct(version=opening, changes={"deputies_present": 40}, why="误记")).then(Corrected, dependents=())
    town.with_finding("BelowQuorum", "OL22-14-4-quorum", total=61, found=40, needed=41)
    assert town.session.has("opened")
    town.when(Correct(version=opening, changes={"chair": "d001"}, why="补记")).then(Corrected).without_finding()


@pytest.mark.rule("I-correction")
def test_after_the_announcement_only_a_decision_of_the_presidium_will_do() -> None:
    town = township("announced")
    slip = Correct(version=vote(town, "gov"), changes=figures(30, 31), why="计票误读")
    town.given(PresidiumMeets(meeting=3, present=9))
    town.when(slip).then_refused("AnnouncedAlready", "I-correction")
    town.given(PresidiumDecides(matter="correction")).when(slip)
    town.then(Corrected, decided_by_presidium=True, dependents=("-adopted:gov", "-decided:put-to-vote:gov"))


def test_a_decision_of_the_presidium_before_the_announcement_does_not_cover_it() -> None:
    town = township("voted").given(PresidiumDecides(matter="correction"), Announce(items=("gov",)))
    town.when(Correct(version=vote(town, "gov"), changes=figures(30, 31), why="误读")).then_refused("AnnouncedAlready")


def test_once_the_session_is_closed_its_whole_record_takes_a_decision_of_the_presidium() -> None:
    town = township("closed")
    heard = next(n for n, e in enumerate(town.session.history, 1) if isinstance(e, ReportHeard))
    town.when(Correct(version=heard, changes={"form": "written"}, why="系书面报告")).then_refused("AnnouncedAlready")


def test_a_council_has_no_presidium_so_its_street_committee_decides() -> None:
    item = AgendaItem(code="works", kind="list", title="推荐名单")
    street = council("opened", agenda=(item,)).given(hands("works", 40, 20), Announce(items=("works",)))
    slip = Correct(version=vote(street, "works"), changes=figures(41, 19), why="误读")
    street.when(slip, by="secretariat").then_refused("AnnouncedAlready", "I-correction")
    street.when(slip, by="street_committee").then(Corrected)


def test_a_vote_corrected_to_adopted_takes_up_what_follows_from_it() -> None:
    town = township("opened").given(hands("presidium", 30, 31, persons=ids(9)))
    slip = Correct(version=vote(town, "presidium"), changes=figures(31, 30), why="误读")
    town.when(slip).then(Corrected, dependents=("+adopted:presidium", "+presidium-elected"))
    assert town.session.presidium == frozenset(ids(9))


def test_a_decision_that_too_few_members_backed_falls_with_its_correction() -> None:
    town = township("put forward")
    version = town.version_of(PresidiumDecided)
    town.when(Correct(version=version, changes={"in_favour": 4}, why="误记"))
    town.then(Corrected).when(hands("gov", 61)).then_refused("StepMissing", "OL22-22-1-inst-vote")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"adopted": True}, "adopted"),
        ({"needed": 1}, "needed"),
        ({"deputies_total": 10}, "deputies_total"),
        (figures(30, 30), "60"),
        ({"deputies_present": 62, **figures(62, 0)}, "deputies_present"),
        ({"count": {"in_favour": "many"}}, "count"),
        ({"colour": "red"}, "colour"),
        ({}, "nothing is changed"),
    ],
)
def test_a_correction_gives_figures_that_add_up_and_no_results(changes: dict[str, Any], fault: str) -> None:
    town = township("voted")
    town.when(Correct(version=vote(town, "gov"), changes=changes, why="更正")).then_refused("FieldNotThere")
    assert town.refusal is not None and fault in town.refusal.says().en


def test_an_opening_is_not_corrected_into_a_plenary() -> None:
    sittings = (("prep", "preparatory"), ("s1", "plenary"))
    town = township("papers sent", sittings=sittings).on(date(2024, 1, 17), 8)
    town.given(SignIn(sitting="prep", present=30), OpenSitting(sitting="prep"))
    town.when(Correct(version=town.version_of(SittingOpened), changes={"kind": "plenary"}, why="x")).then_refused(
        "FieldNotThere"
    )


def test_an_entry_is_struck_through_and_stands_no_more() -> None:
    town = township("papers sent")
    town.given(DecideLeave(deputies=("d001",)))
    strike = Correct(version=town.version_of(LeaveDecided), strike=True, why="误录")
    town.when(strike).then(Corrected, strike=True, dependents=("-leave-decided",)).and_again_nothing()
    assert not town.session.on_leave and not town.session.has("leave-decided")
    stored = town.record.streams[SESSION]
    assert isinstance(stored[strike.version - 1], LeaveDecided)
    town.when(Correct(version=strike.version, changes={"why": "health"}, why="x")).then_refused("FieldNotThere")
    town.when(Correct(version=town.version_of(Corrected), strike=True, why="x")).then_refused("FieldNotThere")
    town.when(Correct(version=99, strike=True, why="x")).then_refused("NothingAtVersion", version=99)


def test_the_call_of_a_sitting_that_was_held_may_be_struck_all_the_same() -> None:
    town = township("opened").given(CloseSitting())
    town.given(
        CallSitting(sitting="s3", sitting_title="第三次会议", planned=town.now), SignIn(sitting="s3", present=61)
    )
    town.given(OpenSitting(sitting="s3"), CloseSitting())
    town.when(Correct(version=town.version_of(SittingCalled), strike=True, why="误录")).then(Corrected)
    assert "s3" not in town.session.sittings


def test_two_corrections_of_one_entry_leave_the_later_one() -> None:
    town = township("voted")
    version = vote(town, "gov")
    town.given(Correct(version=version, changes=figures(30, 31), why="误读"))
    town.when(Correct(version=version, changes=figures(32, 29), why="再核")).then(
        Corrected, dependents=("+adopted:gov", "+decided:put-to-vote:gov")
    )
    events = tuple(town.record.streams[SESSION])
    assert fold(SESSION, events) == town.session
    assert town.session.votes["gov"].count.in_favour == 32


def test_a_record_corrected_often_comes_to_the_same_read_at_once_or_entry_by_entry() -> None:
    town = township("voted")
    for n in range(1, 4):
        town.given(Correct(version=vote(town, "gov"), changes=figures(30 + n, 31 - n), why="再核"))
        town.given(DecideLeave(deputies=(f"d00{n}",)))
        town.given(Correct(version=town.version_of(LeaveDecided), strike=True, why="误录"))
    events = town.record.streams[SESSION]
    state = fold(SESSION, ())
    for n, event in enumerate(events, 1):
        state = evolve(state, event)
        assert fold(SESSION, events[:n]) == state
        assert fold_on(state, events[n:]) == town.session


def test_a_tellers_sheet_is_corrected_before_the_result_is_declared() -> None:
    votes = {"p1": 60, "p2": 50, "p3": 40, "p4": 35, "p5": 20}
    town = with_projects().given(hands("project-method", 61, choose=3), sheet(1, votes, 61))
    town.when(Correct(version=town.version_of(SheetEntered), changes={"issued": 60, "returned": 60}, why="x")).then(
        Corrected
    )
    assert town.session.polls["projects"][1].issued == 60


# the roll


@pytest.mark.rule("DL25-61", "DL15-48")
@pytest.mark.parametrize(("opens", "rule"), [(date(2024, 1, 17), "DL15-48"), (date(2026, 1, 14), "DL25-61")])
def test_duties_are_suspended_and_restored(opens: date, rule: str) -> None:
    custody = SuspendDeputy(deputy="d001", ground="custody")
    town = (
        township("papers sent", opens=opens)
        .when(custody)
        .then(DeputySuspended, suspended=True)
        .citing(rule)
        .and_again_nothing()
    )
    assert town.session.deputies_total == 61
    back = SuspendDeputy(deputy="d001", suspended=False, ground="ended")
    town.when(back).then(DeputySuspended, suspended=False).and_again_nothing()
    town.when(SuspendDeputy(deputy="x1", ground="custody")).then_refused("NotADeputy", deputy="x1")


# time


@pytest.mark.rule("I-late-entry")
def test_what_is_entered_a_day_late_says_so_and_is_judged_by_its_own_day() -> None:
    town = township("opened", opens=date(2022, 3, 11))
    entered = town.now + timedelta(days=1)
    town.when(hands("presidium", 61, persons=ids(9)), recorded=entered).then(VoteCounted, adopted=True)
    town.with_finding("LateEntry", "I-late-entry", recorded=clock_words(entered)).citing("OL15-20")
    town.when(hands("agenda", 61)).without_finding("LateEntry")


def test_what_is_entered_later_the_same_day_is_not_late() -> None:
    town = township("opened")
    town.when(hands("presidium", 61, persons=ids(9)), recorded=town.now + timedelta(hours=8)).without_finding()


def test_nothing_is_recorded_before_it_happens() -> None:
    town = township("opened")
    town.when(hands("agenda", 61), recorded=town.now - timedelta(seconds=1)).then_refused("ActInFuture")
