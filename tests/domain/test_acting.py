"""Between sessions: who acts for a head who is gone (代理), and whom the standing committee may dismiss (撤职)."""

from datetime import date
from typing import Any

import pytest

from domain.session.presidium import PresidiumMeets
from domain.session.sittings import OpenSitting
from domain.tenure.acting import ActingNamed, NameActing
from domain.tenure.dismissal import DismissalProposed, ProposeDismissal
from domain.tenure.dismissal_decided import DecideDismissal, DismissalDecided, DismissalListed, ListDismissal
from tests.domain.chamber import Chamber, township
from tests.domain.county import county
from tests.domain.tenure import OUTSIDER, PEOPLE

OLD, NEW = date(2022, 1, 12), date(2026, 1, 14)


def acting(post: str = "government-head", holds: str | None = "deputy-government-head", **more: Any) -> NameActing:
    given: dict[str, Any] = {
        "post": post, "acting": "d005", "holds": holds, "nominated_by": "council_of_chairpersons", "in_favour": 16,
        "members_total": 31,
    }  # fmt: skip
    return NameActing.model_validate({**given, **more})


def house(point: str = "registered", **about: Any) -> Chamber:
    return county(point, 241, people=PEOPLE, **about)


# acting heads ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-50-acting", "OL22-50-acting-nominated", "OL15-44-acting")
@pytest.mark.parametrize(
    ("opens", "rules"), [(OLD, ("OL15-44-acting",)), (NEW, ("OL22-50-acting", "OL22-50-acting-nominated"))]
)
def test_a_deputy_county_head_may_act_as_county_head_by_16_of_31_members_and_not_by_15(
    opens: date, rules: tuple[str, ...]
) -> None:
    here = house(opens=opens).when(acting(in_favour=15)).then(ActingNamed, in_favour=15, needed=16, stands=False)
    here.with_finding("NotAdopted", in_favour=15, needed=16).again().then_nothing()
    assert not here.session.has("acting-named:government-head")
    here.when(acting()).then(ActingNamed, needed=16).citing(*rules).and_again_nothing()
    assert here.session.has("acting-named:government-head")
    here.when(acting(acting="d006", in_favour=15)).then(ActingNamed, stands=False)
    assert here.session.tenure.acting["government-head"].acting == "d005"  # whom it named before still acts


@pytest.mark.rule("OL22-50-acting", "OL15-44-acting", "I-acting-outsider", "OL22-50-vice-recess", "OL15-44-vice-recess")
@pytest.mark.parametrize("holds", [None, "department-head", "sc-vice-chair", "judge", "government-head"])
def test_somebody_from_outside_is_first_appointed_deputy_head_and_then_may_act(holds: str | None) -> None:
    here = house().when(acting(holds=holds)).then_refused("NotAViceLeader", ["OL22-50-acting", "I-acting-outsider"])
    here.when(acting()).then(ActingNamed)
    house(opens=OLD).when(acting(holds=holds)).then_refused("NotAViceLeader", ["OL15-44-acting", "OL15-44-vice-recess"])


@pytest.mark.rule("I-same-organ")
def test_that_a_deputy_county_head_does_not_act_as_court_president_is_a_reading_that_warns_unless_the_body_adopts_it() -> (
    None
):
    here = house().when(acting("court-president")).then(ActingNamed)
    here.with_finding("ActingOfAnotherOrgan", "I-same-organ")
    house().when(acting("court-president", "court-vice-president")).without_finding("ActingOfAnotherOrgan")
    house(adopts=("I-same-organ",)).when(acting("court-president")).then_refused("ActingOutsider", "I-same-organ")


@pytest.mark.rule("OL22-50-acting-nominated")
@pytest.mark.parametrize("nominator", ["standing_committee", None])
def test_an_acting_head_is_nominated_by_the_council_of_chairpersons_since_2022(nominator: str | None) -> None:
    house().when(acting(nominated_by=nominator)).then_refused("NominatedByOther", "OL22-50-acting-nominated")
    house(opens=OLD).when(acting(nominated_by=nominator)).then(ActingNamed)


@pytest.mark.rule("OL22-50-acting-procurator", "OL15-44-acting-procurator")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "OL15-44-acting-procurator"), (NEW, "OL22-50-acting-procurator")])
def test_an_acting_chief_procurator_is_reported_above_and_awaits_nobodys_approval(opens: date, rule: str) -> None:
    here = house(opens=opens).when(acting("chief-procurator", "deputy-procurator"))
    here.then(ActingNamed).with_finding("ReportActingProcurator", rule)
    assert not here.session.tenure.pending
    here.when(acting("chief-procurator", "deputy-procurator", reported=True)).then(ActingNamed)
    here.without_finding("ReportActingProcurator")


@pytest.mark.rule("OL22-55-acting-chair", "OL15-49-acting-chair")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "OL15-49-acting-chair"), (NEW, "OL22-55-acting-chair")])
def test_for_the_chair_of_the_standing_committee_one_of_its_vice_chairs_acts(opens: date, rule: str) -> None:
    here = house(opens=opens)
    here.when(acting("sc-chair", "sc-member", nominated_by=None)).then_refused("NotAViceLeader", rule)
    here.when(acting("sc-chair", "sc-vice-chair", nominated_by=None)).then(ActingNamed).citing(rule)


def test_nobody_acts_for_a_vice_chair_or_a_member() -> None:
    house().when(acting("sc-vice-chair", "sc-member")).then_refused("NobodyActsFor")


@pytest.mark.rule("I-acting-township")
@pytest.mark.parametrize("post", ["township-chair", "township-head"])
def test_who_acts_in_a_township_national_law_does_not_say(post: str) -> None:
    here = township("presidium elected", profile="national-township").given(PresidiumMeets(meeting=9, present=9))
    here.when(acting(post, acting="d002", holds=None)).then_refused("NobodyActsFor")


@pytest.mark.rule("CQT16-30-acting-township")
def test_in_chongqing_the_presidium_names_one_of_its_members_for_the_chair_and_nobody_for_the_township_head() -> None:
    here = township("presidium elected", profile="chongqing-township").given(PresidiumMeets(meeting=9, present=9))
    named = acting("township-chair", None, acting="d002", in_favour=5, nominated_by=None)
    here.when(acting("township-chair", None, acting="d030", in_favour=5)).then_refused(
        "NotOfThatPresidium", "CQT16-30-acting-township"
    )
    here.when(named).then(ActingNamed).citing("CQT16-30-acting-township")
    here.when(acting("township-head", None, acting="d002")).then_refused("NobodyActsFor")


# dismissal ---------------------------------------------------------------------------------------------------------------


def dismissal(proposer: str = "government", post: str = "deputy-government-head", **more: Any) -> ProposeDismissal:
    given: dict[str, Any] = {
        "number": "1", "holder": "d005", "post": post, "proposer": proposer, "reasons": "严重失职", "materials": True,
    }  # fmt: skip
    return ProposeDismissal.model_validate({**given, **more})


def vote(in_favour: int = 16, **more: Any) -> DecideDismissal:
    return DecideDismissal.model_validate(
        {"number": "1", "in_favour": in_favour, "members_total": 31, "defence_offered": True, **more}
    )


@pytest.mark.rule("SL24-61-joint", "SL06-45-joint")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "SL06-45-joint"), (NEW, "SL24-61-joint")])
def test_7_of_31_members_may_move_a_dismissal_and_6_may_not(opens: date, rule: str) -> None:
    joint = dismissal("sc_members", signed=6, members_total=31)
    here = house(opens=opens).when(joint).then_refused("TooFewMembersSigned", rule, found=6, needed=7)
    here.when(dismissal("sc_members", signed=7, members_total=31)).then(DismissalProposed, needed=7).and_again_nothing()
    here.when(dismissal("sc_members", signed=7, number="2")).then_refused("MembersTotalMissing", rule)


@pytest.mark.rule("SL24-61-by", "SL06-45-by")
def test_the_supervisory_commission_moves_a_dismissal_since_2024_only() -> None:
    house(opens=OLD).when(dismissal("supervisory_commission")).then_refused("MayNotProposeDismissal", "SL06-45-by")
    house(opens=NEW).when(dismissal("supervisory_commission")).then(DismissalProposed).citing("SL24-61-by")


@pytest.mark.rule("SL24-60-who", "SL06-44-who", "CT18-44-2")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "SL06-44-who"), (NEW, "SL24-60-who")])
@pytest.mark.parametrize("post", ["government-head", "court-president", "chief-procurator", "sc-member"])
def test_whom_the_congress_elected_as_head_the_standing_committee_does_not_dismiss(
    post: str, opens: date, rule: str
) -> None:
    here = house(opens=opens).when(dismissal(post=post))
    if post == "court-president":
        here.then_refused("ReplacedNotDismissed", [rule, "CT18-44-2"])
    else:
        here.then_refused("NotDismissable", rule)


@pytest.mark.rule("SL24-60-who", "SL06-44-who", "OL22-50-supervisory")
@pytest.mark.parametrize(
    ("opens", "post", "rule"),
    [
        (OLD, "deputy-government-head", "SL06-44-who"),
        (NEW, "deputy-government-head", "SL24-60-who"),
        (NEW, "department-head", "SL24-60-who"),
        (NEW, "judge", "SL24-60-who"),
        (NEW, "supervisory-member", "SL24-60-who"),
        (date(2023, 1, 11), "supervisory-member", "OL22-50-supervisory"),
    ],
)
def test_single_deputy_heads_and_those_it_appointed_it_may_dismiss(opens: date, post: str, rule: str) -> None:
    house(opens=opens).when(dismissal(post=post, holder=OUTSIDER)).then(DismissalProposed).citing(rule)


@pytest.mark.rule("SL06-44-who")
def test_before_2022_no_text_let_it_dismiss_members_of_the_supervisory_commission() -> None:
    house(opens=OLD).when(dismissal(post="supervisory-member")).then_refused("NotDismissable", "SL06-44-who")


@pytest.mark.rule("SL24-60-recess", "SL06-44-recess")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "SL06-44-recess"), (NEW, "SL24-60-recess")])
def test_while_the_congress_sits_nobody_is_dismissed_by_the_committee(opens: date, rule: str) -> None:
    house("opened", opens=opens).when(dismissal()).then_refused("OnlyInRecess", rule)
    before = house("prep signed in", opens=opens).given(dismissal(), OpenSitting(sitting="prep"))
    before.when(vote()).then_refused("OnlyInRecess", rule)


@pytest.mark.rule("SL24-62-content", "SL06-46-content", "SL24-61-written", "SL06-45-written")
@pytest.mark.parametrize("opens", [OLD, NEW])
def test_a_dismissal_names_its_reasons_and_brings_its_materials_and_members_sign_in_writing(opens: date) -> None:
    content, written = (("SL06-46-content", "SL06-45-written"), ("SL24-62-content", "SL24-61-written"))[opens == NEW]
    here = house(opens=opens)
    here.when(dismissal(reasons=" ")).then_refused("DismissalLacks", content, missing="理由(reasons)")
    here.when(dismissal(materials=False)).then_refused("DismissalLacks", content, missing="有关材料(materials)")
    here.when(dismissal("sc_members", written=False, signed=31, members_total=31)).then_refused(
        "DismissalLacks", written
    )


@pytest.mark.rule("SL24-61-listed", "SL06-45-listed")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "SL06-45-listed"), (NEW, "SL24-61-listed")])
def test_what_members_move_jointly_the_council_of_chairpersons_lists_first(opens: date, rule: str) -> None:
    here = house(opens=opens).given(dismissal("sc_members", signed=7, members_total=31))
    here.when(vote()).then_refused("DismissalNotListed", rule)
    here.when(ListDismissal(number="1", outcome="not_listed")).then(DismissalListed).citing(rule).and_again_nothing()
    here.when(vote()).then_refused("DismissalNotListed", rule)
    here.given(ListDismissal(number="1", outcome="investigation"))
    here.when(vote()).then_refused("DismissalNotListed", rule)
    here.when(vote(report="调查报告")).then(DismissalDecided, adopted=True)
    again = house(opens=opens).given(dismissal("council_of_chairpersons"))
    again.when(vote()).then(DismissalDecided)


@pytest.mark.rule("SL24-62-defence", "SL06-46-defence", "SL24-62-secret", "SL06-46-secret")
@pytest.mark.parametrize("opens", [OLD, NEW])
def test_the_person_answers_first_and_the_committee_votes_in_secret(opens: date) -> None:
    answer, secret = (("SL06-46-defence", "SL06-46-secret"), ("SL24-62-defence", "SL24-62-secret"))[opens == NEW]
    here = house(opens=opens).given(dismissal())
    here.when(vote(defence_offered=False)).then_refused("NoAnswerOffered", answer)
    here.when(vote(method="show_of_hands")).then_refused("SecretBallotNeeded", secret)
    here.when(vote(defence_offered=False, ways=("written",))).then(DismissalDecided, ways=("written",))


@pytest.mark.rule("SL24-62-majority", "SL06-46-majority")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "SL06-46-majority"), (NEW, "SL24-62-majority")])
def test_16_of_31_members_dismiss_and_15_do_not(opens: date, rule: str) -> None:
    here = house(opens=opens).given(dismissal()).when(vote(15)).then(DismissalDecided, adopted=False, needed=16)
    here.citing(rule).with_finding("NotAdopted", rule)
    here = house(opens=opens).given(dismissal()).when(vote(16)).then(DismissalDecided, adopted=True).and_again_nothing()
    assert here.session.has("dismissed:1")
    here.when(vote(17)).then_refused("DismissalVotedAlready")


def test_a_township_dismisses_nobody_for_it_has_no_standing_committee() -> None:
    township("registered").when(dismissal()).then_refused("NotAnActHere")


def test_the_number_of_a_dismissal_is_given_once_and_must_be_there() -> None:
    house().given(dismissal()).when(dismissal(post="department-head")).then_refused("DismissalExists")
    house().when(vote()).then_refused("NoSuchDismissal", known="—")
