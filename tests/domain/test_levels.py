"""Cities and provinces (设区的市、自治州,省级): the county's session, with special committees, more signatures, and a secretary-general."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import at_clock
from domain.election.candidates import SettleCandidates
from domain.election.method import ElectionMethodDrafted
from domain.election.nomination import Nominated
from domain.election.parts import PersonEntry
from domain.election.rounds import BallotOpened, OpenBallot
from domain.motion.committee import MotionReportedOn, ReferMotion, ReportOnMotion
from domain.motion.filing import MotionFiled
from domain.session.budget_draft import BudgetDraftExamined, BudgetDraftSubmitted, ExamineBudgetDraft, SubmitBudgetDraft
from domain.session.business import CommitteeReports
from domain.session.interpellation import FileInterpellation
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.roll import EndSeat
from domain.session.sittings import OpenSitting, SittingOpened
from domain.tenure.acting import ActingNamed
from domain.tenure.removal import RemovalProposed
from domain.tenure.resignation_in_recess import ResignationDecidedInRecess
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.county import WEDNESDAY, county
from tests.domain.elections import adopted, by_presidium, deliberated, election, house, joint, meeting, method
from tests.domain.tenure import elected
from tests.domain.test_acting import acting
from tests.domain.test_county_motions import motion
from tests.domain.test_removals import by_presidium as moved_by_presidium
from tests.domain.test_removals import removal
from tests.domain.test_resignations import committee, resigns

CITY, PROVINCE, COUNTY = "national-city", "national-province", "national-county"
UP = (COUNTY, CITY, PROVINCE)
BEFORE_2018 = date(2018, 1, 17)
NEW_LAW = date(2022, 3, 12)
PEOPLE = (PersonEntry(id="v1", voter=True),)


def at(profile: str, point: str = "opened", deputies: int = 232, **about: Any) -> Chamber:
    return county(point, deputies, profile=profile, **about)


# the budget: who examines it, and when ---------------------------------------------------------------------------------------


@pytest.mark.rule("BL18-44-2", "BL18-44-3", "BL14-44-2", "BL14-44-3")
@pytest.mark.parametrize(("opens", "law"), [(WEDNESDAY, "BL18"), (BEFORE_2018, "BL14")])
@pytest.mark.parametrize(("profile", "paragraph"), [(PROVINCE, 2), (CITY, 3)])
def test_a_city_or_province_has_its_draft_budget_thirty_days_before_and_a_day_later_is_late(
    opens: date, law: str, profile: str, paragraph: int
) -> None:
    here = at(profile, "registered", opens=opens).on(opens - timedelta(days=30))
    here.when(SubmitBudgetDraft()).then(BudgetDraftSubmitted, days_before=30).citing(f"{law}-44-{paragraph}")
    here.without_finding()
    here = at(profile, "registered", opens=opens).on(opens - timedelta(days=29))
    here.when(SubmitBudgetDraft()).with_finding("FewerThanUsual", citing=f"{law}-44-{paragraph}", found=29, needed=30)


@pytest.mark.rule("BL18-22-2", "BL18-22-3", "BL18-22-4", "BL14-22-2", "BL14-22-3", "BL14-22-4")
@pytest.mark.parametrize(("opens", "law"), [(WEDNESDAY, "BL18"), (BEFORE_2018, "BL14")])
@pytest.mark.parametrize(
    ("profile", "paragraph", "may", "may_not"),
    [
        (PROVINCE, 2, ("special_committee",), ("standing_committee", "sc_office", "budget_committee")),
        (CITY, 3, ("special_committee", "sc_office"), ("standing_committee", "budget_committee")),
        (COUNTY, 4, ("standing_committee",), ("special_committee", "sc_office", "budget_committee")),
    ],
)
def test_a_special_committee_examines_a_provinces_draft_and_a_citys_working_body_may_where_there_is_none(
    opens: date, law: str, profile: str, paragraph: int, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    examine = ExamineBudgetDraft(opinions=("同意",), deputies_invited=6)
    for office in may:
        here = at(profile, "registered", opens=opens).on(opens - timedelta(days=30)).given(SubmitBudgetDraft())
        for other in may_not:
            here.when(examine, by=other).then_refused("NotTheirAct", citing=f"{law}-22-{paragraph}", found=other)
        here.when(examine, by=office).then(BudgetDraftExamined, deputies_invited=6).without_finding()
        here.and_again_nothing()


@pytest.mark.rule("BL18-22-5", "BL14-22-5")
@pytest.mark.parametrize(("opens", "law"), [(WEDNESDAY, "BL18"), (BEFORE_2018, "BL14")])
def test_a_city_that_invited_no_deputy_to_the_examination_is_told_so_and_a_county_need_not(
    opens: date, law: str
) -> None:
    for profile in UP:
        here = at(profile, "registered", opens=opens).on(opens - timedelta(days=30)).given(SubmitBudgetDraft())
        here.when(ExamineBudgetDraft(opinions=("同意",)))
        if profile == COUNTY:
            here.without_finding()
        else:
            here.with_finding("NoDeputiesInvited", citing=f"{law}-22-5")


@pytest.mark.rule("BL18-49-2-special", "BL14-49-2-special", "BL18-21-1", "BL14-21-1")
@pytest.mark.parametrize(("opens", "law"), [(WEDNESDAY, "BL18"), (BEFORE_2018, "BL14")])
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_a_city_votes_on_its_budget_only_after_the_special_committees_report_to_the_presidium(
    opens: date, law: str, profile: str
) -> None:
    here = at(profile, "deliberated", opens=opens).given(PresidiumMeets(meeting=2, present=31))
    here.given(PresidiumDecides(matter="put-to-vote", items=("budget",)))
    here.when(hands("budget", 232)).then_refused("StepMissing", citing=f"{law}-49-2-special")
    for other in ("standing_committee", "budget_committee"):
        here.when(CommitteeReports(items=("budget",)), by=other).then_refused(
            "NotTheirAct", citing=f"{law}-49-2-special"
        )
    here.given(CommitteeReports(items=("budget",)), by="special_committee")
    here.when(hands("budget", 232)).then(VoteCounted, adopted=True).citing(f"{law}-21-1")


# who sits, and who decides -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-14-4-quorum", "OL15-noquorum")
@pytest.mark.parametrize("profile", UP)
def test_the_same_hall_that_may_meet_on_11_march_2022_may_not_the_day_after_at_any_level(profile: str) -> None:
    def opening(day: date) -> Chamber:
        here = at(profile, "signed in", opens=day, present=155)
        return here.on(day, 9)

    opening(NEW_LAW).when(OpenSitting(sitting="s1")).then(SittingOpened, deputies_present=155)
    few = at(profile, "prep signed in", opens=NEW_LAW, present=154)
    few.when(OpenSitting(sitting="prep"), at=few.now).then(
        SittingOpened
    )  # held on the 11th: no text asks for two thirds
    few = at(profile, "prep signed in", opens=NEW_LAW + timedelta(days=1), present=154)
    few.when(OpenSitting(sitting="prep")).then_refused("QuorumNotMet", citing="OL22-14-4-quorum", found=154, needed=155)


@pytest.mark.rule("OL22-25")
@pytest.mark.parametrize("profile", UP)
@pytest.mark.parametrize(("in_favour", "passed"), [(117, True), (116, False)])
def test_117_of_232_adopt_and_116_do_not_at_every_level(profile: str, in_favour: int, *, passed: bool) -> None:
    here = at(profile, "put forward", present=220).when(hands("gov", in_favour, 0, 220 - in_favour))
    here.then(VoteCounted, adopted=passed, needed=117, deputies_total=232)


# elections -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-26-2-joint-county", "OL22-26-2-joint-city", "OL22-26-2-joint-province")
@pytest.mark.parametrize(
    ("profile", "level", "needed"), [(COUNTY, "county", 10), (CITY, "city", 20), (PROVINCE, "province", 30)]
)
def test_a_mayor_is_named_by_twenty_deputies_a_governor_by_thirty_and_one_fewer_is_refused(
    profile: str, level: str, needed: int
) -> None:
    here = house(election("government-head", kind="change_of_term"), profile=profile)
    here.when(joint("1", ("d100",), ids(needed - 1))).then_refused(
        "TooFewNominators", citing=f"OL22-26-2-joint-{level}", found=needed - 1, needed=needed
    )
    here.when(joint("1", ("d100",), ids(needed))).then(Nominated, needed=needed).citing(f"OL22-26-2-joint-{level}")


@pytest.mark.rule("EL20-30-2-joint")
@pytest.mark.parametrize("profile", UP)
def test_for_the_congress_above_ten_deputies_are_enough_at_every_level(profile: str) -> None:
    here = house(election("higher-deputy", seats=5, kind="change_of_term"), profile=profile, people=PEOPLE)
    here.when(joint("1", ("v1",), ids(9))).then_refused("TooFewNominators", citing="EL20-30-2-joint", needed=10)
    here.when(joint("1", ("v1",), ids(10))).then(Nominated)


@pytest.mark.rule("OL22-47-deputies", "OL15-41-deputies")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-47-deputies"), (date(2019, 2, 20), "OL15-41-deputies")])
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_a_citys_secretary_general_comes_from_its_deputies_and_its_mayor_need_not(
    opens: date, rule: str, profile: str
) -> None:
    posts = (
        election("sc-secretary-general", kind="change_of_term"),
        election("government-head", kind="change_of_term", code="mayor"),
    )
    done = opens - timedelta(days=50)
    here = house(*posts, profile=profile, people=PEOPLE, opens=opens, elections_completed=done)
    here.when(joint("1", ("v1",), ids(30))).then_refused("NotAmongDeputies", citing=rule, person="v1")
    here.when(joint("1", ("d100",), ids(30))).then(Nominated)
    here.when(joint("2", ("v1",), ids(30), election="mayor")).then(Nominated)


@pytest.mark.rule("OL22-47-1-secretary", "OL15-41-1-secretary")
def test_a_county_elects_no_secretary_general_of_its_standing_committee() -> None:
    post = election("sc-secretary-general", kind="change_of_term")
    house(post, point="registered", profile=CITY)
    done = WEDNESDAY - timedelta(days=50)
    here = Chamber(
        232, COUNTY, "first", opens=WEDNESDAY, registered=WEDNESDAY - timedelta(days=60), elections=(post,),
        elections_completed=done,
    )  # fmt: skip
    here.when(here.registering).then_refused("PostElsewhere")
    assert here.refusal is not None and "县(市辖区、不设区的市)一级的人大不选举" in here.refusal.says().zh


@pytest.mark.rule("OL22-27-1-head", "OL22-27-1-vice", "OL22-27-1-members")
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
@pytest.mark.parametrize(
    ("post", "seats", "extra", "lawful"),
    [("sc-secretary-general", 1, 0, True), ("sc-secretary-general", 1, 2, False),
     ("deputy-government-head", 6, 0, False), ("deputy-government-head", 6, 3, True), ("deputy-government-head", 6, 4, False),
     ("sc-member", 40, 3, False), ("sc-member", 40, 4, True), ("sc-member", 40, 8, True), ("sc-member", 40, 9, False)],
)  # fmt: skip
def test_a_citys_margins_are_the_countys_its_secretary_general_a_head_post(
    profile: str, post: str, seats: int, extra: int, *, lawful: bool
) -> None:
    here = meeting(house(election(post, seats=seats, kind="change_of_term"), profile=profile))
    here.when(method(("e", extra)))
    if lawful:
        here.then(ElectionMethodDrafted)
    else:
        here.then_refused("MarginOutOfBounds")


@pytest.mark.rule("OL22-27-2-days")
@pytest.mark.parametrize("profile", UP)
@pytest.mark.parametrize(("days", "hour", "opened"), [(1, 23, False), (2, 15, True)])
def test_two_days_pass_between_the_list_and_a_mayors_ballot(
    profile: str, days: int, hour: int, *, opened: bool
) -> None:
    here = meeting(house(election("government-head", kind="change_of_term"), profile=profile))
    here = deliberated(here.given(by_presidium("1", "d100")).on(here.opens, 15))
    here = adopted(here, ("e", 0)).given(SettleCandidates(election="e", candidates=("d100",)))
    here.given(hands("scrutineers", 241, persons=ids(3, start=30), chief="d030", no_relatives=True))
    here.when(OpenBallot(election="e"), at=at_clock(here.opens + timedelta(days=days), hour))
    if opened:
        here.then(BallotOpened).without_finding()
    else:
        here.then_refused("TwoDaysNotOver", citing="OL22-27-2-days")


# seats ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("EL20-55-1-resign", "EL15-54-1-resign")
@pytest.mark.parametrize(("opens", "law"), [(date(2020, 1, 8), "EL15-54-1"), (WEDNESDAY, "EL20-55-1")])
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
@pytest.mark.parametrize("to", ["congress", "standing_committee"])
def test_a_city_deputy_resigns_to_the_committee_of_the_congress_that_elected_and_not_to_the_citys(
    opens: date, law: str, profile: str, to: str
) -> None:
    here = house(profile=profile, opens=opens).when(resigns("deputy", to=to))
    here.then_refused("ResignationElsewhere", citing=f"{law}-resign")
    assert here.refusal is not None and "选举他的人大的常委会" in here.refusal.says().zh


@pytest.mark.rule("EL20-49-recall-electing", "EL15-48-recall-electing")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2020, 1, 8), "EL15-48-recall-electing"), (WEDNESDAY, "EL20-49-recall-electing")]
)
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_a_city_deputy_is_removed_by_the_congress_that_elected_and_not_by_the_citys(
    opens: date, rule: str, profile: str
) -> None:
    house(profile=profile, opens=opens).when(moved_by_presidium("deputy")).then_refused(
        "RemovedByThoseWhoElected", citing=rule
    )


@pytest.mark.rule("EL20-54-56-offices-county")
@pytest.mark.parametrize("ground", ["recalled", "resigned"])
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_with_the_seat_ends_the_membership_of_a_citys_standing_committee(profile: str, ground: str) -> None:
    here = house(profile=profile).when(EndSeat.model_validate({"deputy": "d041", "ground": ground}))
    here.with_finding("OfficesEndToo", "EL20-54-56-offices-county", person="d041")


# the thresholds of rulebook §15, edges 19 and 22, at each level ------------------------------------------------------------------


@pytest.mark.rule("OL22-22-2-dep-county", "OL22-24-1", "OL22-31-1-removal-joint")
@pytest.mark.parametrize("profile", UP)
def test_ten_deputies_bring_a_motion_and_an_interpellation_and_a_tenth_a_removal_at_every_level(profile: str) -> None:
    asked = {
        "number": "1",
        "question": "积案",
        "content": "为何未结",
        "organ": "市监察委员会",
        "object": "supervisory_commission",
    }
    for signed, enough in ((9, False), (10, True)):
        here = house(profile=profile)
        here.when(motion(deputies=ids(signed)))
        assert (here.refusal is None) is enough
        here.when(FileInterpellation.model_validate({**asked, "deputies": ids(signed)}))
        assert (here.refusal is None) is enough
    house(profile=profile).when(removal(holder="d100", signed=24)).then_refused(
        "TooFewForRemoval", citing="OL22-31-1-removal-joint", found=24, needed=25
    )
    house(profile=profile).when(removal(holder="d100", signed=25)).then(RemovalProposed, needed=25)


@pytest.mark.rule("OL22-22-1-inst-county")
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_a_special_committee_brings_a_motion_in_a_city_and_reports_on_one_given_to_it(profile: str) -> None:
    here = house(profile=profile).when(motion(proposer="special_committee"), by="special_committee").then(MotionFiled)
    here.citing("OL22-22-1-inst-county")
    here = meeting(house(profile=profile).given(motion(deputies=ids(10))))
    here.given(ReferMotion(number="1", committee="城乡建设环境资源委员会"))
    report = ReportOnMotion(number="1", opinion="list", contacted=True)
    here.when(report, by="special_committee").then(MotionReportedOn)
    county("opened").when(motion(proposer="special_committee"), by="special_committee").then_refused("NotTheirAct")


@pytest.mark.rule("OL22-11-approval", "CONST18-101-2-approval", "OL22-71-departments")
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_a_citys_chief_procurator_awaits_the_committee_above_and_its_court_president_nobody(profile: str) -> None:
    here = elected(house(election("chief-procurator", seats=1, kind="by_election"), profile=profile), "d100")
    assert here.session.has("approval-pending:e") or here.session.tenure.pending
    here = elected(house(election("court-president", seats=1, kind="by_election"), profile=profile), "d100")
    assert not here.session.tenure.pending


@pytest.mark.rule("OL22-32-1-recess", "OL22-50-acting", "OL22-51-resignation")
@pytest.mark.parametrize("profile", [CITY, PROVINCE])
def test_in_recess_a_mayor_resigns_to_the_standing_committee_which_names_a_deputy_mayor_to_act(profile: str) -> None:
    here = house(point="registered", profile=profile).given(resigns(to="standing_committee"))
    here.when(committee(15)).then(ResignationDecidedInRecess, accepted=False, needed=16)
    here = house(point="registered", profile=profile).given(resigns(to="standing_committee"))
    here.when(committee(16)).then(ResignationDecidedInRecess, accepted=True).citing("OL22-32-1-recess")
    here.when(acting(holds="department-head")).then_refused("NotAViceLeader", citing="OL22-50-acting")
    here.when(acting()).then(ActingNamed, needed=16).citing("OL22-50-acting")
