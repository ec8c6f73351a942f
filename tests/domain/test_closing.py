"""Announced, closed, published: closing is refused while something mandatory is missing (地方组织法 (2022) art. 12, 25; rulebook §9)."""

from datetime import date, timedelta

import pytest

from domain.calendar import at_clock
from domain.session.business import RecordProceeding
from domain.session.closing import (
    Announce,
    Announced,
    BudgetFiled,
    BudgetPublished,
    CloseSession,
    FileBudget,
    PublishBudget,
    PublishResults,
    ResultsPublished,
    SessionClosed,
)
from domain.session.parts import AgendaItem
from domain.session.record import DeadlineMissed, MissDeadline, RecordIrregularity
from domain.session.roll import AbsencesRecorded, DecideLeave, EndSeat, LeaveDecided, SeatEnded
from domain.session.sign_in import SignIn, SignOut
from domain.session.sittings import OpenSitting
from tests.domain.chamber import GOVERNMENT, PROJECTS, REPORTS, Chamber, council, hands, ids, township, with_projects


@pytest.mark.rule("C-announce")
def test_a_result_is_announced_on_the_spot_and_not_before_there_is_one() -> None:
    town = township("put forward").when(Announce(items=("gov",))).then_refused("NotYetDecided", item="gov")
    town.given(hands("gov", 61)).when(Announce(items=("gov",))).then(Announced, items=("gov",)).citing("C-announce")
    town.and_again_nothing().when(Announce(items=("presidium",))).then(Announced)


@pytest.mark.rule("I-closing-mandatory", "OL22-19-1-town-presides")
def test_a_session_with_everything_done_is_closed_and_its_open_sitting_with_it() -> None:
    town = (
        township("announced").when(CloseSession()).then(SessionClosed).citing("I-closing-mandatory").without_finding()
    )
    assert town.session.stage == "after" and town.session.sitting_open is None
    assert town.session.sittings["s1"].status == "closed"
    town.and_again_refused("WrongStage")


@pytest.mark.rule("OL22-12-8-9", "OL22-12-8-9-presidium", "BL18-47")
@pytest.mark.parametrize(
    ("left_out", "rule"), [("gov", "OL22-12-8-9"), ("pres", "OL22-12-8-9-presidium"), ("budget", "BL18-47")]
)
def test_closing_is_refused_for_each_report_not_voted_on(left_out: str, rule: str) -> None:
    town = township("put forward").given(*(hands(c, 61) for c in ("gov", "pres", "budget") if c != left_out))
    town.when(CloseSession()).then_refused("MandatoryItemMissing", rule)
    assert town.refusal is not None and left_out in town.refusal.says().zh
    town.given(hands(left_out, 10, 51)).when(CloseSession()).then(SessionClosed)  # voted down is decided as well


def test_closing_is_refused_while_projects_on_the_agenda_are_not_chosen() -> None:
    with_projects().when(CloseSession()).then_refused("MandatoryItemMissing", missing="民生实事项目票决(projects)")


@pytest.mark.parametrize("mandatory", [True, False])
def test_an_item_that_need_not_be_dealt_with_holds_nothing_up(*, mandatory: bool) -> None:
    talk = AgendaItem(code="talk", kind="other", title="专题审议", mandatory=mandatory)
    town = township("announced", agenda=(GOVERNMENT, talk)).when(CloseSession())
    if mandatory:
        town.then_refused("MandatoryItemMissing", missing="专题审议(talk)")
        town.given(RecordProceeding(what="专题审议会", item="talk")).when(CloseSession())
    town.then(SessionClosed).without_finding()


def test_a_note_on_record_deals_with_a_speech_and_not_with_the_budget_or_a_decision() -> None:
    oath = AgendaItem(code="oath", kind="other", title="宪法宣誓")
    land = AgendaItem(code="land", kind="decision", title="关于用地的决定")
    town = township("reports heard", agenda=(*REPORTS, PROJECTS, oath, land))
    note = [RecordProceeding(what="已办", item=code) for code in ("gov", "pres", "budget", "projects", "oath", "land")]
    town.given(*note).when(CloseSession()).then_refused("MandatoryItemMissing", "OL22-12-8-9")
    assert town.refusal is not None
    told = town.refusal.says().zh
    assert "oath" not in told and all(code in told for code in ("gov", "pres", "budget", "projects", "land"))


@pytest.mark.rule("OL22-19-1-town", "OL22-14-4-quorum")
def test_a_session_that_never_elected_its_presidium_is_not_closed() -> None:
    town = township("opened", agenda=()).when(CloseSession()).then_refused("MandatoryItemMissing", "OL22-19-1-town")
    town.given(RecordIrregularity(fact="presidium-elected", why="以举手方式推选,未计票"))
    town.when(CloseSession()).then(SessionClosed).with_finding(
        "IrregularityCarried", "I-irregularity", what="选举主席团"
    )


def test_no_irregularity_closes_a_session_that_never_opened_with_a_quorum() -> None:
    sittings = (("prep", "preparatory"), ("s1", "plenary"))
    town = township("papers sent", agenda=(), sittings=sittings).on(date(2024, 1, 17), 8)
    town.given(SignIn(sitting="prep", present=61), OpenSitting(sitting="prep"), hands("presidium", 61))
    town.given(RecordIrregularity(fact="opened", why="代表未到齐"))
    town.when(CloseSession()).then_refused("MandatoryItemMissing", "OL22-14-4-quorum")


# who was away


def absent(town: Chamber) -> AbsencesRecorded:
    return next(e for e in town.events if isinstance(e, AbsencesRecorded))


@pytest.mark.rule("DL15-7", "DL15-49")
def test_whoever_signed_in_at_no_sitting_was_absent_with_leave_or_without() -> None:
    town = township("registered")
    leave = DecideLeave(deputies=("d060",), why="health")
    town.when(leave).then(LeaveDecided, granted=True, deputies=("d060",)).citing("DL15-7").and_again_nothing()
    town = township("papers sent").given(leave, SignIn(sitting="s1", deputies=tuple(f"d{n:03}" for n in range(1, 60))))
    town = finished(town)
    assert (absent(town).with_leave, absent(town).without_leave) == (("d060",), ("d061",))
    town.without_finding("AbsentTwice")


def finished(town: Chamber) -> Chamber:
    """A session of nothing but its opening and presidium, closed by recorded irregularities."""
    present = town.hall("s1").present
    town.on(date(2024, 1, 17)).given(OpenSitting(sitting="s1"), hands("presidium", present))
    town.given(*(RecordIrregularity(fact=f"dealt:{code}", why="未及审议") for code in ("gov", "pres", "budget")))
    return town.when(CloseSession())


@pytest.mark.rule("DL15-49", "I-absence-counting")
def test_a_second_absence_without_leave_raises_an_alarm_and_ends_nothing_by_itself() -> None:
    town = township("papers sent", absences={"d061": 1}).given(SignIn(sitting="s1", deputies=ids(59)))
    town = finished(town).with_finding("AbsentTwice", ("DL15-49", "I-absence-counting"), deputy="d061")
    assert absent(town).without_leave == ("d060", "d061")
    assert "d061" in town.session.in_office and [f.code for f in town.findings].count("AbsentTwice") == 1


@pytest.mark.rule("DL25-62", "DL25-13")
def test_the_deputies_law_of_2025_counts_two_as_well_and_leave_spares_the_deputy() -> None:
    town = township("papers sent", absences={"d061": 1, "d060": 1}, opens=date(2026, 1, 14))
    town.when(DecideLeave(deputies=("d060",))).then(LeaveDecided).citing("DL25-13")
    town.on(date(2026, 1, 14), 8).given(
        SignIn(sitting="s1", deputies=ids(59)), OpenSitting(sitting="s1"), hands("presidium", 59)
    )
    town.given(*(RecordIrregularity(fact=f"dealt:{code}", why="未及审议") for code in ("gov", "pres", "budget")))
    town.when(CloseSession()).with_finding("AbsentTwice", "DL25-62", deputy="d061")
    assert [f.figures["deputy"] for f in town.findings if f.code == "AbsentTwice"] == ["d061"]


@pytest.mark.rule("CQT16-48-absences", "CQT16-48-leave")
def test_chongqing_has_articles_of_its_own_on_leave_and_absence() -> None:
    town = township("registered", profile="chongqing-township").when(DecideLeave(deputies=("d001",)))
    town.then(LeaveDecided).citing("CQT16-48-leave")
    town = township("announced", 61, present=60, by_name=True, profile="chongqing-township", absences={"d061": 1}).when(
        CloseSession()
    )
    town.with_finding("AbsentTwice", "CQT16-48-absences", deputy="d061")


def test_a_leave_refused_is_on_record_and_the_absence_is_without_leave() -> None:
    refuse = DecideLeave(deputies=("d061",), granted=False)
    town = township("papers sent").when(refuse).then(LeaveDecided, granted=False).and_again_nothing()
    town.given(SignIn(sitting="s1", deputies=ids(60)))
    assert absent(finished(town)).without_leave == ("d061",)
    town = township("papers sent").given(DecideLeave(deputies=("d061",)))
    town.when(refuse).then(LeaveDecided, granted=False).and_again_nothing()
    assert not town.session.on_leave
    town.when(DecideLeave(deputies=("x1",))).then_refused("NotADeputy", deputy="x1")


def test_a_suspended_deputy_was_not_absent() -> None:
    town = township("papers sent", suspended=("d061",)).given(SignIn(sitting="s1", present=60))
    finished(town)
    assert not [e for e in town.events if isinstance(e, AbsencesRecorded)]


def test_who_came_and_left_early_was_not_absent_from_the_session() -> None:
    town = township("announced").given(SignOut(sitting="s1", deputies=("d061",))).when(CloseSession())
    assert not [e for e in town.events if isinstance(e, AbsencesRecorded)]
    town = township("announced", present=60, by_name=True)
    town.given(SignOut(sitting="s1", deputies=("d060",))).when(CloseSession())
    assert absent(town).without_leave == ("d061",)


@pytest.mark.rule("DL25-63", "DL25-62", "DL15-50")
def test_the_end_of_a_seat_is_announced_and_shrinks_the_base() -> None:
    town = township("opened", opens=date(2026, 1, 14), absences={"d061": 2})
    town.when(EndSeat(deputy="d061", ground="absent_twice"))
    town.then(SeatEnded, ground="absent_twice").citing("DL25-63", "DL25-62").and_again_nothing()
    assert town.session.deputies_total == 60
    town.when(EndSeat(deputy="x1", ground="died")).then_refused("NotADeputy")
    township("opened").when(EndSeat(deputy="d001", ground="died")).then(SeatEnded).citing("DL15-50")
    council("opened").when(EndSeat(deputy="d001", ground="moved_away")).then(SeatEnded)


@pytest.mark.rule("DL15-49", "DL25-62")
@pytest.mark.parametrize(("opens", "rule"), [(date(2024, 1, 17), "DL15-49"), (date(2026, 1, 14), "DL25-62")])
def test_one_unapproved_absence_on_record_does_not_end_a_seat_for_two(opens: date, rule: str) -> None:
    end = EndSeat(deputy="d061", ground="absent_twice")
    township("opened", opens=opens, absences={"d061": 1}).when(end).then_refused(
        "NotAbsentTwice", rule, deputy="d061", found=1, needed=2
    )
    township("opened", opens=opens).when(end).then_refused("NotAbsentTwice", rule, found=0)
    township("opened", opens=opens, absences={"d061": 2}).when(end).then(SeatEnded).citing(rule)


def test_a_seat_ends_before_the_congress_and_at_no_other_time_nor_by_any_other_officer() -> None:
    end = EndSeat(deputy="d061", ground="resigned")
    township("papers sent").when(end).then_refused("WrongStage")
    township("closed").when(end).then_refused("WrongStage")
    for office in ("credentials_committee", "executive_chair"):
        township("opened").when(end, by=office).then(SeatEnded)
    for office in ("presidium", "secretariat"):
        township("opened").when(end, by=office).then_refused("NotTheirAct", found=office)


# afterwards


@pytest.mark.rule("C-publish", "OL22-25")
def test_what_was_adopted_is_published_and_what_was_not_is_no_resolution() -> None:
    town = township("put forward")
    town.given(hands("gov", 61), hands("pres", 30, 31), hands("budget", 61), CloseSession())
    town.when(PublishResults(items=("gov", "budget"), where="政府网")).then(ResultsPublished).citing(
        "C-publish"
    ).and_again_nothing()
    town.when(PublishResults(items=("pres",))).then_refused("NotAdopted", "OL22-25", item="pres")
    town.when(PublishResults(items=("tax",))).then_refused("UnknownItem")


def test_results_are_published_after_the_session_and_only_of_what_was_decided() -> None:
    township("announced").when(PublishResults(items=("gov",))).then_refused("WrongStage")
    talk = AgendaItem(code="talk", kind="other", title="专题审议", mandatory=False)
    town = township("closed", agenda=(GOVERNMENT, talk)).when(PublishResults(items=("talk",)))
    town.then_refused("NotYetDecided", item="talk")


@pytest.mark.rule("BL18-14", "ZJT23-32-pub")
def test_the_budget_is_published_in_time_or_the_record_says_that_it_was_not() -> None:
    town = (
        township("closed")
        .when(PublishBudget())
        .then(BudgetPublished)
        .citing("BL18-14", "ZJT23-32-pub")
        .and_again_nothing()
    )
    assert not town.session.open_clocks
    town = township("closed")
    due = town.session.clocks["budget-published-budget"].due
    miss = MissDeadline(clock="budget-published-budget")
    town.when(miss, at=due - timedelta(seconds=1)).then_nothing()
    town.when(miss, at=due).then(DeadlineMissed).citing("BL18-14").with_finding(
        "DeadlineMissed", "BL18-14"
    ).and_again_nothing()
    town.when(PublishBudget()).then(BudgetPublished)
    town.when(MissDeadline(clock="x")).then_refused("NoSuchClock", clock="x")


@pytest.mark.rule("BL18-50", "BL14-50")
@pytest.mark.parametrize(("opens", "rule"), [(date(2024, 1, 17), "BL18-50"), (date(2018, 1, 17), "BL14-50")])
def test_the_approved_budget_is_filed_above(opens: date, rule: str) -> None:
    township("closed", opens=opens).when(FileBudget()).then(BudgetFiled).citing(rule).and_again_nothing()


@pytest.mark.rule("BL18-14")
def test_a_budget_that_was_voted_down_is_neither_published_nor_filed_as_approved() -> None:
    town = township("put forward").given(hands("gov", 61), hands("pres", 61), hands("budget", 30, 31), CloseSession())
    town.when(PublishBudget()).then_refused("NotAdopted", "BL18-14", item="budget")
    town.when(FileBudget()).then_refused("NotAdopted", item="budget")


@pytest.mark.rule("BL18-14")
def test_an_approved_budget_is_published_while_the_congress_still_meets_and_one_not_voted_on_is_not() -> None:
    town = township("put forward").when(PublishBudget()).then_refused("BudgetNotApproved", ("BL18-14", "BL18-21-3"))
    town.when(FileBudget()).then_refused("BudgetNotApproved")
    town.given(hands("gov", 61)).when(PublishBudget()).then_refused("BudgetNotApproved")
    town.given(hands("budget", 31, 30))
    approved = town.session.votes["budget"].at
    town.when(PublishBudget(), at=approved - timedelta(minutes=1)).then_refused("BudgetNotApproved")
    town.when(PublishBudget(), at=approved).then(BudgetPublished).citing("BL18-14").and_again_nothing()
    town.when(FileBudget()).then(BudgetFiled)
    assert not town.session.has("closed") and "budget-published-budget" in town.session.clocks


@pytest.mark.rule("BL18-14")
def test_a_budget_one_vote_short_of_the_majority_is_not_published_while_the_congress_meets() -> None:
    town = township("put forward").given(hands("budget", 30, 31))
    town.when(PublishBudget()).then_refused("NotAdopted", "BL18-14", item="budget")


@pytest.mark.rule("BL18-14")
def test_what_was_published_before_the_vote_is_not_entered_afterwards_as_if_it_had_been_approved() -> None:
    town = township("closed")
    earlier = town.session.votes["budget"].at - timedelta(seconds=1)
    town.when(PublishBudget(), at=earlier, recorded=town.now).then_refused("BudgetNotApproved", "BL18-14")
    town.when(PublishBudget(), at=town.session.votes["budget"].at, recorded=town.now).then(BudgetPublished)


def test_the_clock_office_alone_says_that_a_deadline_passed() -> None:
    town = township("closed").when(
        MissDeadline(clock="budget-published-budget"), by="presidium", at=at_clock(date(2024, 3, 1), 0)
    )
    town.then_refused("NotTheirAct", found="presidium", needed="clock")
