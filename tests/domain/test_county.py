"""The county's session: convened by its standing committee, constituted at a preparatory meeting, resolved by all its deputies."""

from datetime import date, timedelta

import pytest

from domain.calendar import at_clock
from domain.session.budget_draft import BudgetDraftSubmitted, SubmitBudgetDraft
from domain.session.budget_passed import BudgetReplied, ReplyBudget
from domain.session.business import CommitteeReports, Deliberate, Deliberated, HearReport, ReportHeard
from domain.session.closing import CloseSession, FileBudget, PublishBudget
from domain.session.dates import DateDecided, DecideDate, PublishDate
from domain.session.delegations import (
    AdjustDrafts,
    DelegationsFormed,
    DiscussDrafts,
    DraftsDiscussed,
    ElectDelegationHead,
    FormDelegations,
)
from domain.session.handling import PrintHandling, ReportHandling
from domain.session.notice import InviteObservers
from domain.session.opinions import AnswerOpinions, OpinionsAnswered
from domain.session.parts import AgendaItem, Group
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets
from domain.session.roll import ConfirmCredentials, EndSeat
from domain.session.sign_in import SignIn
from domain.session.sittings import CallSitting, CloseSitting, OpenSitting, SittingOpened
from domain.session.suggestions import Assignment as To
from domain.session.suggestions import AssignSuggestions, FileSuggestion
from domain.vote.sheets import SheetEntered
from domain.vote.votes import VoteCounted
from tests.domain.chamber import BUDGET, GOVERNMENT, RATING, Chamber, hands, ids, sheet, township
from tests.domain.county import AGENDA, PLAN, WEDNESDAY, county

OLD_LAW, NEW_LAW = date(2022, 3, 11), date(2022, 3, 12)
OLD_DEPUTIES_LAW, NEW_DEPUTIES_LAW = date(2025, 3, 11), date(2025, 3, 12)


# who acts ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-15-convener", "OL15-12-convener")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-15-convener"), (date(2019, 2, 20), "OL15-12-convener")])
def test_the_standing_committee_decides_the_date_and_neither_presidium_nor_office_does(opens: date, rule: str) -> None:
    house = county("registered", opens=opens)
    decide = DecideDate(opens=house.opens, closes=house.closes)
    for office in ("presidium", "sc_office", "council_of_chairpersons", "government"):
        house.when(decide, by=office).then_refused(
            "NotTheirAct", citing=rule, found=office, needed="standing_committee"
        )
    house.when(decide, by="standing_committee").then(DateDecided).citing(rule).and_again_nothing()


@pytest.mark.rule("OL22-17-2-chair", "OL15-13-2-chair")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-17-2-chair"), (date(2019, 2, 20), "OL15-13-2-chair")])
def test_the_standing_committee_chairs_the_preparatory_meeting_and_no_other_office_does(opens: date, rule: str) -> None:
    house = county("prep signed in", opens=opens)
    for office in ("executive_chair", "presidium", "secretariat"):
        house.when(OpenSitting(sitting="prep"), by=office).then_refused("NotTheirAct", citing=rule, found=office)
    house.when(OpenSitting(sitting="prep"), by="standing_committee").then(SittingOpened, kind="preparatory").citing(
        rule
    )
    house.when(hands("presidium", 232, persons=house.roll[:31]), by="presidium").then_refused("NotTheirAct")
    house.when(CloseSitting(), by="executive_chair").then_refused("NotTheirAct", citing=rule)


@pytest.mark.rule("OL22-17-3", "OL15-13-3")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-17-3"), (date(2019, 2, 20), "OL15-13-3")])
def test_the_presidium_presides_over_the_plenary_and_the_standing_committee_does_not(opens: date, rule: str) -> None:
    house = county("signed in", opens=opens).on(opens, 9)
    house.when(OpenSitting(sitting="s1"), by="standing_committee").then_refused("NotTheirAct", citing=rule)
    house.when(OpenSitting(sitting="s1"), by="executive_chair").then(SittingOpened, kind="plenary").citing(rule)
    house.when(hands("gov", 200), by="standing_committee").then_refused("NotTheirAct", citing=rule)


@pytest.mark.rule("OL22-17-2-chair")
def test_at_a_first_session_the_previous_committees_chair_presides_though_no_longer_a_deputy() -> None:
    house = county("registered", kind="first", elections_completed=WEDNESDAY - timedelta(days=50))
    house.on(WEDNESDAY - timedelta(days=40)).given(
        ConfirmCredentials(valid=232), DecideDate(opens=WEDNESDAY, closes=WEDNESDAY)
    )
    house.given(PublishDate()).on(WEDNESDAY, 8).given(SignIn(sitting="prep", present=232))
    house.when(OpenSitting(sitting="prep", chair="oldchair"), by="executive_chair").then_refused("NotTheirAct")
    house.when(OpenSitting(sitting="prep", chair="oldchair"), by="standing_committee").then(
        SittingOpened, chair="oldchair"
    )
    house.citing("OL22-17-2-chair", "OL22-48-until")


@pytest.mark.rule("OL22-17-2-chair")
def test_in_the_middle_of_a_term_whoever_chairs_for_the_committee_is_a_deputy() -> None:
    house = county("prep signed in")
    house.when(OpenSitting(sitting="prep", chair="oldchair")).then_refused("NotADeputy", deputy="oldchair")
    house.when(OpenSitting(sitting="prep", chair="d040")).then(SittingOpened, chair="d040").without_finding()


@pytest.mark.rule("EL20-47-county", "EL15-46-county")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "EL20-47-county"), (date(2019, 2, 20), "EL15-46-county")])
def test_a_new_terms_credentials_are_confirmed_by_the_standing_committee(opens: date, rule: str) -> None:
    house = county("registered", opens=opens, kind="first", elections_completed=opens - timedelta(days=50))
    house.when(ConfirmCredentials(valid=232), by="presidium").then_refused("NotTheirAct", citing=rule)
    house.when(ConfirmCredentials(valid=232), by="standing_committee").citing(rule)


@pytest.mark.rule("DL25-63-county", "DL15-50-county")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "DL25-63-county"), (date(2024, 1, 17), "DL15-50-county")])
def test_a_seat_that_ended_is_announced_by_the_standing_committee_and_counts_no_more(opens: date, rule: str) -> None:
    house = county("prepared", opens=opens)
    house.when(EndSeat(deputy="d232", ground="died"), by="executive_chair").then_refused("NotTheirAct")
    house.when(EndSeat(deputy="d232", ground="died"), by="standing_committee").citing(rule)
    assert house.session.deputies_total == 231


@pytest.mark.rule("OL22-21-others")
def test_who_else_attends_is_decided_by_the_standing_committee() -> None:
    house = county("registered")
    invite = InviteObservers(who=("团体负责人",), count=12)
    house.when(invite, by="sc_office").then_refused("NotTheirAct", citing="OL22-21-county")
    house.when(invite, by="standing_committee").citing("OL22-21-county", "OL22-21-others")


@pytest.mark.parametrize(
    ("item", "organ", "other"),
    [("gov", "government", "standing_committee"), ("sc", "standing_committee", "government"),
     ("court", "court", "government"), ("proc", "procuratorate", "court"), ("budget", "government", "secretariat")],
)  # fmt: skip
@pytest.mark.rule("OL22-11-8", "OL22-11-9", "OL22-11-9-court", "OL22-11-9-procuratorate", "OL22-11-2")
def test_each_organ_gives_its_own_report_and_no_other_gives_it(item: str, organ: str, other: str) -> None:
    house = county("opened")
    house.when(HearReport(item=item), by=other).then_refused("NotTheirAct", found=other, needed=organ)
    house.when(HearReport(item=item), by=organ)
    assert house.refusal is None


# the preparatory meeting ---------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-17-1-prep", "OL15-13-1-prep")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-17-1-prep"), (date(2019, 2, 20), "OL15-13-1-prep")])
def test_no_plenary_of_a_county_without_a_preparatory_meeting(opens: date, rule: str) -> None:
    house = county("prepared", opens=opens).on(opens, 8).given(SignIn(sitting="s1", present=232))
    house.when(OpenSitting(sitting="s1")).then_refused("StepMissing", citing=rule)


@pytest.mark.rule(
    "OL22-17-1-presidium", "OL22-17-1-secretary", "OL22-17-1-agenda",
    "OL15-13-1-presidium", "OL15-13-1-secretary", "OL15-13-1-agenda",
)  # fmt: skip
@pytest.mark.parametrize(("opens", "law"), [(WEDNESDAY, "OL22-17-1"), (date(2019, 2, 20), "OL15-13-1")])
def test_the_plenary_waits_for_presidium_secretary_general_and_agenda(opens: date, law: str) -> None:
    house = county("prep held", opens=opens)
    elected = hands("presidium", 232, persons=house.roll[:31])
    for vote, rule in (
        (elected, "presidium"),
        (hands("secretary-general", 232, persons=("d001",)), "secretary"),
        (hands("agenda", 232), "agenda"),
    ):
        house.given(CloseSitting()).given(SignIn(sitting="s1", present=232))
        house.when(OpenSitting(sitting="s1"), at=at_clock(opens, 9)).then_refused("StepMissing", citing=f"{law}-{rule}")
        house = _again(opens, upto=rule)
        house.when(vote, by="standing_committee").then(VoteCounted, adopted=True).citing(f"{law}-{rule}")
    house.given(CloseSitting()).on(opens, 8).given(SignIn(sitting="s1", present=232))
    house.on(opens, 9).when(OpenSitting(sitting="s1")).then(SittingOpened)


def _again(opens: date, upto: str) -> Chamber:
    """A preparatory meeting at which all that comes before this was voted on."""
    house = county("prep held", opens=opens)
    votes = {
        "presidium": hands("presidium", 232, persons=house.roll[:31]),
        "secretary": hands("secretary-general", 232, persons=("d001",)),
    }
    for name in ("presidium", "secretary"):
        if name == upto:
            return house
        house.given(votes[name])
    return house


@pytest.mark.rule("OL22-17-1-secretary")
def test_a_township_has_no_secretary_general_and_a_county_session_no_credentials_committee() -> None:
    township("opened").when(hands("secretary-general", 61)).then_refused("NoSuchSubject")
    county("prep held").when(hands("credentials-committee", 232)).then_refused("NoSuchSubject")


@pytest.mark.rule("OL22-14-4-quorum", "I-prep-quorum")
@pytest.mark.parametrize(("present", "held"), [(155, True), (154, False)])
def test_of_232_deputies_155_may_hold_the_preparatory_meeting_and_154_may_not(present: int, *, held: bool) -> None:
    house = county("prep signed in", present=present).when(OpenSitting(sitting="prep"))
    if held:
        house.then(SittingOpened, deputies_present=155, deputies_total=232)
    else:
        house.then_refused("QuorumNotMet", citing=("OL22-14-4-quorum", "I-prep-quorum"), found=154, needed=155)


@pytest.mark.rule("OL22-14-4-quorum")
@pytest.mark.parametrize(("present", "held"), [(155, True), (154, False)])
def test_of_232_deputies_155_may_open_the_plenary_and_154_may_not(present: int, *, held: bool) -> None:
    house = county("constituted").on(WEDNESDAY, 8).given(SignIn(sitting="s1", present=present))
    house.on(WEDNESDAY, 9).when(OpenSitting(sitting="s1"))
    if held:
        house.then(SittingOpened, deputies_present=155)
    else:
        house.then_refused("QuorumNotMet", citing="OL22-14-4-quorum", found=154, needed=155)


def test_the_preparatory_meeting_may_be_the_day_before_and_a_plenary_may_not() -> None:
    house = county("constituted").given(SignIn(sitting="s1", present=232))
    house.when(OpenSitting(sitting="s1")).then_refused("NotTheDay", opens=str(WEDNESDAY))


# votes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-25")
@pytest.mark.parametrize(("in_favour", "adopted"), [(117, True), (116, False)])
def test_117_of_232_adopt_and_116_do_not_whoever_is_there(in_favour: int, *, adopted: bool) -> None:
    house = county("put forward", present=220).when(hands("gov", in_favour, 0, 220 - in_favour))
    house.then(VoteCounted, adopted=adopted, needed=117, deputies_total=232, deputies_present=220)


@pytest.mark.rule("BL18-49-2", "BL14-49-2", "BL18-21-1", "BL14-21-1")
@pytest.mark.parametrize(("opens", "law"), [(WEDNESDAY, "BL18"), (date(2018, 1, 17), "BL14")])
def test_the_budget_is_not_voted_on_before_the_committees_report_on_it_to_the_presidium(opens: date, law: str) -> None:
    house = county("deliberated", opens=opens).given(PresidiumMeets(meeting=2, present=31))
    house.given(PresidiumDecides(matter="put-to-vote", items=("budget",)))
    house.when(hands("budget", 232)).then_refused("StepMissing", citing=f"{law}-49-2")
    house.when(CommitteeReports(items=("budget",)), by="budget_committee").then_refused(
        "NotTheirAct", citing=f"{law}-49-2"
    )
    house.given(CommitteeReports(items=("budget",)), by="standing_committee")
    house.when(hands("budget", 232)).then(VoteCounted, adopted=True).citing(f"{law}-21-1")


@pytest.mark.rule("BL18-21-2", "BL14-21-2")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "BL18-21-2"), (date(2018, 1, 17), "BL14-21-2")])
def test_final_accounts_are_the_committees_to_approve_and_not_voted_on_in_session(opens: date, rule: str) -> None:
    accounts = AgendaItem(code="accounts", kind="final_accounts", title="上年度决算", mandatory=False)
    house = county("opened", opens=opens, agenda=(GOVERNMENT, accounts))
    house.when(hands("accounts", 232)).then_refused("ForTheStandingCommittee", citing=rule)


def test_a_draft_resolution_goes_to_the_delegations_and_back() -> None:
    house = county("reports heard").given(PresidiumMeets(meeting=2, present=31))
    house.given(PresidiumDecides(matter="draft-resolutions", items=("gov",)))
    house.when(DiscussDrafts(group="east", items=("gov",), opinions=("同意",))).then(
        DraftsDiscussed
    ).again().then_nothing()
    assert house.session.has("resolution-discussed:gov")


def test_no_delegation_is_kept_from_discussing_a_draft_resolution_by_mere_practice() -> None:
    house = (
        county("reports heard").when(DiscussDrafts(group="east", items=("gov",))).then(DraftsDiscussed, group="east")
    )
    house.given(DiscussDrafts(group="west", items=("gov",)))


def test_what_deputies_said_is_answered_once_it_was_said() -> None:
    answer = AnswerOpinions(item="gov", text="已修改")
    county("reports heard").when(answer).then_refused("StepMissing")
    house = county("deliberated").when(answer, by="court")
    house.then(OpinionsAnswered, item="gov").and_again_nothing()


def test_a_county_session_closes_when_all_was_voted_on_and_not_before() -> None:
    house = county("put forward").on(WEDNESDAY + timedelta(days=1), 10)
    house.given(*(hands(i.code, 232) for i in AGENDA[:-1]))
    house.when(CloseSession()).then_refused("MandatoryItemMissing", citing="OL22-11-9-procuratorate")
    house.given(hands("proc", 232)).when(CloseSession())
    assert house.session.has("closed")


# delegations ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("DL25-14-1", "DL15-8-1-delegations")
@pytest.mark.parametrize(("day", "must"), [(OLD_DEPUTIES_LAW, False), (NEW_DEPUTIES_LAW, True)])
def test_nothing_is_deliberated_without_delegations_since_12_march_2025(day: date, *, must: bool) -> None:
    house = county("registered", opens=day, closes=day + timedelta(days=1), agenda=(GOVERNMENT,))
    house.on(day - timedelta(days=40)).given(DecideDate(opens=day, closes=day + timedelta(days=1)), PublishDate())
    house.on(day, 8).given(SignIn(sitting="prep", present=232), OpenSitting(sitting="prep"))
    house.when(Deliberate(items=("gov",), group="east"))
    if must:
        house.then_refused("StepMissing", citing="DL25-14-1")
        house.given(FormDelegations()).when(Deliberate(items=("gov",), group="east"))
    assert house.refusal is None


@pytest.mark.rule("DL25-14-1")
def test_a_session_across_12_march_2025_is_judged_each_day_by_that_days_law() -> None:
    house = county("registered", opens=OLD_DEPUTIES_LAW, closes=NEW_DEPUTIES_LAW, agenda=(GOVERNMENT,))
    house.on(date(2025, 2, 1)).given(DecideDate(opens=OLD_DEPUTIES_LAW, closes=NEW_DEPUTIES_LAW), PublishDate())
    house.on(OLD_DEPUTIES_LAW, 8).given(SignIn(sitting="prep", present=232), OpenSitting(sitting="prep"))
    house.given(Deliberate(items=("gov",), group="east"))
    house.on(NEW_DEPUTIES_LAW, 8).when(Deliberate(items=("gov",), group="west")).then_refused(
        "StepMissing", "DL25-14-1"
    )
    house.when(Deliberate(items=("gov",), group="west"), at=at_clock(OLD_DEPUTIES_LAW, 20), recorded=house.now)
    assert house.refusal is None, "what happened the evening before is entered late by the law of that evening"


@pytest.mark.rule("DL25-14-1")
def test_a_deputy_who_belongs_to_no_delegation_is_noticed() -> None:
    groups = (Group(code="east", title="东", members=ids(120)), Group(code="west", title="西", members=ids(111, 121)))
    house = county("registered", groups=groups).when(FormDelegations())
    house.then(DelegationsFormed, without=1).with_finding("WithoutDelegation", found=1).and_again_nothing()
    county("registered", groups=()).when(FormDelegations()).then_refused("NoDelegations", citing="DL25-14-1")


def test_a_delegations_head_is_one_of_its_own() -> None:
    groups = (Group(code="east", title="东", members=ids(120)), Group(code="west", title="西", members=ids(112, 121)))
    house = county("registered", groups=groups).given(FormDelegations())
    house.when(ElectDelegationHead(group="east", head="d200")).then_refused("NotADeputy", deputy="d200")
    house.given(ElectDelegationHead(group="east", head="d003")).and_again_nothing()
    house.given(DiscussDrafts(group="west", opinions=("同意",)), AdjustDrafts(changes=("文字",))).again().then_nothing()


# the law of the day --------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-14-4-quorum", "OL15-noquorum")
@pytest.mark.parametrize(("day", "asked"), [(OLD_LAW, False), (NEW_LAW, True)])
def test_154_of_232_held_a_county_session_on_11_march_2022_and_could_not_on_the_12th(day: date, *, asked: bool) -> None:
    house = county("constituted", opens=day).on(day, 8).given(SignIn(sitting="s1", present=154))
    house.on(day, 9).when(OpenSitting(sitting="s1"))
    if asked:
        house.then_refused("QuorumNotMet", citing="OL22-14-4-quorum", found=154, needed=155)
    else:
        house.then(SittingOpened, deputies_present=154).with_finding("LawSilent", citing="OL15-noquorum")


@pytest.mark.rule("OL22-14-4-quorum", "OL22-25", "OL15-20")
def test_a_session_across_12_march_2022_opens_by_the_old_law_and_votes_by_the_new() -> None:
    house = county("put forward", opens=OLD_LAW, closes=NEW_LAW, present=150)
    house.when(hands("gov", 150)).then(VoteCounted).citing("OL15-20").without_finding("BelowQuorum")
    house.given(CloseSitting()).on(NEW_LAW, 8).given(SignIn(sitting="s2", present=150))
    house.when(OpenSitting(sitting="s2")).then_refused("QuorumNotMet", citing="OL22-14-4-quorum", found=150, needed=155)
    house.given(SignIn(sitting="s2", present=155), OpenSitting(sitting="s2"))
    house.when(hands("plan", 155)).then(VoteCounted).citing("OL22-25")


# the presidium -------------------------------------------------------------------------------------------------------


def test_the_first_meeting_of_the_presidium_is_opened_by_the_committees_chair() -> None:
    house = county("constituted").given(PresidiumMeets(meeting=1, present=30), by="standing_committee")
    for matter in ("standing-chairs", "executive-chairs", "deputy-secretaries", "timetable"):
        house.given(PresidiumDecides.model_validate({"matter": matter, "persons": ("d001",)}))
    until = at_clock(WEDNESDAY, 17)
    house.when(PresidiumDecides(matter="motion-deadline", deadline=until)).then(PresidiumDecided, deadline=until)
    assert house.session.motion_deadline == until


@pytest.mark.rule("OL22-17-4")
def test_deputy_secretaries_general_are_the_presidiums_to_decide_on() -> None:
    house = county("constituted").given(PresidiumMeets(meeting=1, present=30))
    decide = PresidiumDecides(matter="deputy-secretaries")
    house.when(decide, by="standing_committee").then_refused("NotTheirAct")
    house.when(decide, by="presidium").citing("OL22-17-4")


@pytest.mark.rule("OL22-17-1-presidium")
def test_there_is_no_presidium_to_meet_before_one_is_elected() -> None:
    house = county("prep held").when(PresidiumMeets(meeting=1, present=30, members=31))
    house.then_refused("StepMissing", citing="OL22-17-1-presidium")


# after the session ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-42-1", "OL15-19-1", "DL25-51-1-county")
@pytest.mark.parametrize(
    ("opens", "rules"), [(WEDNESDAY, ("OL22-42-1", "DL25-51-1-county")), (date(2019, 2, 20), ("OL15-19-1",))]
)
def test_suggestions_are_assigned_by_the_committees_working_body(opens: date, rules: tuple[str, ...]) -> None:
    house = county("announced", opens=opens)
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路")).on(house.closes, 11).given(
        CloseSession()
    )
    assign = AssignSuggestions(assignments=(To(number="1", unit="县交通局"),))
    house.when(assign, by="presidium").then_refused("NotTheirAct", citing=rules)
    house.when(assign, by="sc_office").citing(*rules)
    house.given(ReportHandling(), PrintHandling(), PublishBudget())


@pytest.mark.parametrize("deputies", [40, 3000])
def test_a_county_of_forty_and_one_of_three_thousand_go_the_same_way(deputies: int) -> None:
    house = county("closed", deputies)
    assert house.session.votes["gov"].needed == deputies // 2 + 1
    assert house.session.has("closed")


def test_with_one_deputy_everything_is_decided_by_that_one() -> None:
    groups = (Group(code="east", title="一", members=("d001",)), Group(code="west", title="二"))
    house = county("closed", 1, groups=groups, agenda=(GOVERNMENT, PLAN, BUDGET))
    assert house.session.votes["gov"].needed == 1


@pytest.mark.parametrize("matter", ["standing-chairs", "executive-chairs"])
def test_a_chair_is_a_deputy_and_one_from_outside_the_presidium_is_remarked_on(matter: str) -> None:
    house = county("constituted").given(PresidiumMeets(meeting=1, present=31))
    house.when(PresidiumDecides(matter=matter, persons=("d001", "nobody"))).then_refused("NotADeputy", deputy="nobody")
    house.when(PresidiumDecides(matter=matter, persons=("d001", "d032"))).with_finding(
        "NotOfThePresidium", deputy="d032"
    )
    house = county("constituted").given(PresidiumMeets(meeting=1, present=31))
    house.when(PresidiumDecides(matter=matter, persons=("d001", "d031"))).then(PresidiumDecided).without_finding(
        "NotOfThePresidium"
    )


# a preparatory meeting prepares


@pytest.mark.rule("OL22-17-1-prep", "OL22-17-3")
def test_no_preparatory_meeting_is_called_or_held_once_the_session_is_open() -> None:
    sittings = (("prep", "preparatory"), ("again", "preparatory"), ("s1", "plenary"), ("s2", "plenary"))
    house = county("opened", sittings=sittings)
    more = CallSitting(sitting="p2", kind="preparatory", sitting_title="再次预备会议", planned=house.now)
    house.when(more).then_refused("PreparationsAreOver", citing="OL22-17-1-prep")
    house.given(CloseSitting(), SignIn(sitting="again", present=232))
    house.when(OpenSitting(sitting="again")).then_refused("PreparationsAreOver", citing="OL22-17-1-prep")


@pytest.mark.rule("OL22-17-1-prep")
def test_until_the_session_opens_another_preparatory_meeting_may_be_called() -> None:
    house = county("constituted")
    more = CallSitting(sitting="p2", kind="preparatory", sitting_title="再次预备会议", planned=house.now)
    house.given(more, SignIn(sitting="p2", present=232)).when(OpenSitting(sitting="p2")).then(
        SittingOpened, kind="preparatory"
    )


@pytest.mark.rule("OL22-17-1-prep")
def test_a_work_report_is_not_heard_in_a_preparatory_meeting_a_list_is_voted_on_and_a_committee_asked_back() -> None:
    named = AgendaItem(code="list", kind="list", title="议案审查委员会名单")
    report = AgendaItem(code="cred", kind="committee_report", title="代表资格审查报告")
    house = county("prep held", agenda=(*AGENDA, named, report)).given(hands("presidium", 232, persons=ids(31)))
    house.when(HearReport(item="gov")).then_refused("StepMissing")
    house.when(hands("proc", 232)).then_refused("StepMissing")
    house.when(HearReport(item="cred")).then(ReportHeard).with_finding("LawSilent", "OL22-17-1-prep")
    house.when(hands("cred", 232)).then(VoteCounted, adopted=True).with_finding("LawSilent", "OL22-17-1-prep")
    house.when(hands("list", 232)).then(VoteCounted, adopted=True)
    house.when(hands("motions-committee", 232, persons=ids(5))).then(VoteCounted, adopted=True)


# who answers for what


@pytest.mark.rule("BL18-14", "BL18-50-1-county")
@pytest.mark.parametrize("office", ["secretariat", "presidium"])
def test_a_countys_budget_is_published_and_filed_by_the_government_and_no_other(office: str) -> None:
    house = county("closed")
    house.when(PublishBudget(), by=office).then_refused("NotTheirAct", citing="BL18-14", needed="government")
    house.when(FileBudget(), by=office).then_refused("NotTheirAct", citing="BL18-50-1-county", needed="government")
    house.given(PublishBudget(), FileBudget(), by="government")


@pytest.mark.rule("BL18-52")
def test_the_departments_budgets_are_confirmed_from_the_approval_on_and_not_from_the_closing() -> None:
    house = county("put forward").when(ReplyBudget()).then_refused("BudgetNotApproved", citing="BL18-52")
    house.given(hands("budget", 116, 116)).when(ReplyBudget()).then_refused("NotAdopted", citing="BL18-52")
    house.given(PresidiumDecides(matter="put-to-vote", items=("budget",)), hands("budget", 117, 115))
    house.when(ReplyBudget()).then(BudgetReplied).citing("BL18-52")
    assert not house.session.has("closed")


@pytest.mark.rule("EL20-47-county", "EL15-46-county")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "EL20-47-county"), (date(2019, 2, 20), "EL15-46-county")])
def test_a_new_congress_holds_no_preparatory_meeting_before_its_credentials_are_confirmed(
    opens: date, rule: str
) -> None:
    house = county("registered", opens=opens, kind="first", elections_completed=opens - timedelta(days=50))
    house.on(opens - timedelta(days=30)).given(DecideDate(opens=opens, closes=opens), PublishDate())
    house.given(SignIn(sitting="prep", present=232))
    house.when(OpenSitting(sitting="prep")).then_refused("StepMissing", citing=rule)
    house.given(ConfirmCredentials(valid=232)).when(OpenSitting(sitting="prep")).then(SittingOpened)


@pytest.mark.rule("OL22-17-1-prep")
def test_last_years_projects_are_not_rated_in_a_preparatory_meeting_nor_when_it_is_over() -> None:
    rated = sheet(1, {"y1": 232}, 232, poll="rating")
    house = county("prep held", agenda=(*AGENDA, RATING), last_year=1)
    house.when(rated).then_refused("PlenaryNeeded", citing="OL22-17-1-prep")
    house.given(hands("presidium", 232, persons=ids(31)), hands("secretary-general", 232, persons=ids(1)))
    house.given(hands("agenda", 232), CloseSitting()).when(rated).then_refused("PlenaryNeeded")
    house.on(house.opens, 8).given(SignIn(sitting="s1", present=232), OpenSitting(sitting="s1"), CloseSitting())
    house.when(rated).then(SheetEntered).without_finding()


def test_a_sitting_that_there_is_not_is_not_opened_and_nothing_else_is_asked_for() -> None:
    county("registered").when(OpenSitting(sitting="nowhere")).then_refused("UnknownSitting", sitting="nowhere")


@pytest.mark.rule("BL18-44-4")
@pytest.mark.parametrize("office", ["standing_committee", "sc_office"])
def test_the_draft_budget_is_submitted_by_the_government_and_not_by_those_who_receive_it(office: str) -> None:
    house = county("registered").on(WEDNESDAY - timedelta(days=31))
    house.when(SubmitBudgetDraft(), by=office).then_refused("NotTheirAct", needed="government")
    house.when(SubmitBudgetDraft(), by="government").then(BudgetDraftSubmitted, days_before=31)


@pytest.mark.rule("DL25-14-1")
def test_where_deputies_form_delegations_a_deliberation_that_names_none_is_asked_back() -> None:
    house = county("reports heard").when(Deliberate(items=("gov",)))
    house.then(Deliberated, group="").with_finding("NoDelegationNamed", "DL25-14-1")
    house.when(Deliberate(items=("gov",), group="east")).without_finding()
    before = county("reports heard", opens=date(2025, 1, 14)).when(Deliberate(items=("gov",)))
    before.then(Deliberated).without_finding("NoDelegationNamed")
    township("reports heard").when(Deliberate(items=("gov",))).then(Deliberated).without_finding("NoDelegationNamed")


@pytest.mark.rule("EL20-47-county")
def test_in_the_middle_of_a_term_nobody_asks_for_credentials() -> None:
    house = county("prep signed in").when(OpenSitting(sitting="prep")).then(SittingOpened)
    assert not house.session.has("credentials-confirmed")


def test_the_presidiums_meeting_has_one_member_fewer_when_a_members_seat_ends() -> None:
    house = county("opened").given(PresidiumMeets(meeting=1, present=31), EndSeat(deputy="d031", ground="died"))
    house.when(PresidiumDecides(matter="timetable", in_favour=31)).then_refused("MoreAgreedThanPresent", total=30)
    house.when(PresidiumDecides(matter="timetable")).then(PresidiumDecided, members_total=30, in_favour=30)
    house.given(EndSeat(deputy="d100", ground="died"))
    house.when(PresidiumDecides(matter="observers")).then(PresidiumDecided, members_total=30)
