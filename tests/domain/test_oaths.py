"""The oath to the constitution, the approval of a chief procurator from above, and the departments of a new government."""

from datetime import date
from typing import Any

import pytest

from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.session.closing import CloseSession
from domain.session.decide import title_of
from domain.session.naming import about
from domain.tenure.approval import ApprovalRecorded, RecordApproval
from domain.tenure.departments import DepartmentHeadsSubmitted, SubmitDepartmentHeads
from domain.tenure.oath import OathTaken, TakeOath
from tests.domain.chamber import Chamber, hands
from tests.domain.elections import election, house, town
from tests.domain.tenure import OUTSIDER, PEOPLE, counted, elected


def oath(*persons: str, text: str = "oath_2018", **more: object) -> TakeOath:
    return TakeOath.model_validate({"persons": persons, "text": text, "place": "emblem", "anthem": True, **more})


def vice_chair(**about: Any) -> Chamber:
    return elected(town(election(), **about), "d002")


@pytest.mark.rule("CONST18-27-3", "OATH18-1", "OATH18-2")
def test_who_was_elected_takes_the_oath_in_the_words_of_2018_and_nobody_has_to_take_it_twice() -> None:
    vice_chair().when(oath("d002")).then(OathTaken, persons=("d002",)).and_again_nothing()


@pytest.mark.rule("OATH18-2", "OATH15-2", "OATH15-1")
@pytest.mark.parametrize(
    ("day", "text", "fits"),
    [
        (date(2018, 3, 11), "oath_2015", True),
        (date(2018, 3, 11), "oath_2018", False),
        (date(2018, 3, 12), "oath_2018", True),
        (date(2018, 3, 12), "oath_2015", False),
    ],
)
def test_the_oath_changed_on_12_march_2018_and_the_words_of_the_day_are_the_right_ones(
    day: date, text: str, fits: bool
) -> None:
    here = vice_chair(opens=date(2018, 3, 7), profile="national-township").on(day)
    here.when(oath("d002", text=text)).then(OathTaken)
    if fits:
        here.without_finding("OathTextOfAnotherDay")
    else:
        here.with_finding("OathTextOfAnotherDay", "OATH18-2" if text == "oath_2015" else "OATH15-2")


@pytest.mark.rule("OATH18-8-1", "OATH18-8-2-place", "OATH18-8-2-anthem")
def test_the_form_of_the_oath_is_remarked_on_and_stops_nobody() -> None:
    here = elected(town(election(seats=2)), "d002", "d003")
    here.when(oath("d002", "d003", place=None, anthem=None)).then(OathTaken)
    here.with_finding("OathFormNotStated", ["OATH18-8-1", "OATH18-8-2-place", "OATH18-8-2-anthem"])
    again = elected(town(election(seats=2)), "d002", "d003")
    again.when(oath("d002", "d003", led_by="d002")).without_finding("OathFormNotStated")


@pytest.mark.rule("OATH18-1")
def test_who_was_elected_and_took_no_oath_is_named_when_the_session_closes() -> None:
    vice_chair(agenda=()).when(CloseSession()).with_finding("OathNotTaken", "OATH18-1", what="d002")
    vice_chair(agenda=()).given(oath("d002")).when(CloseSession()).without_finding("OathNotTaken")


def test_somebody_who_was_not_elected_here_may_be_sworn_in_and_the_record_says_so() -> None:
    vice_chair().when(oath("d030")).then(OathTaken).with_finding("NotElectedHere", person="d030")
    vice_chair().when(oath("nobody")).then_refused("UnknownPerson")


@pytest.mark.rule("ZJOA15-4-committee", "ZJOA15-2")
def test_in_zhejiang_a_townships_credentials_committee_is_sworn_in_too() -> None:
    members = hands("credentials-committee", 61, persons=("d021", "d022"))
    here = vice_chair(kind="first", agenda=(), profile="zhejiang-township").given(members)
    here.given(oath("d002")).when(CloseSession())
    here.with_finding("OathNotTaken", "ZJOA15-4-committee", what="d021、d022")
    here = vice_chair(kind="first", agenda=(), profile="zhejiang-township").given(members)
    here.when(oath("d002", "d021", "d022", led_by="d002")).then(OathTaken).without_finding("NotElectedHere")
    here.when(CloseSession()).without_finding("OathNotTaken")
    elsewhere = vice_chair(kind="first", agenda=(), profile="national-township").given(members, oath("d002"))
    elsewhere.when(CloseSession()).without_finding("OathNotTaken")


@pytest.mark.rule("CQT16-31-oath", "ZJT23-10-oath", "ZJT16-10-oath")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        ("chongqing-township", date(2024, 1, 17), "CQT16-31-oath"),
        ("zhejiang-township", date(2024, 1, 17), "ZJT23-10-oath"),
        ("zhejiang-township", date(2022, 1, 12), "ZJT16-10-oath"),
    ],
)
def test_in_a_township_of_chongqing_and_zhejiang_the_presidium_organises_the_oath(
    profile: str, opens: date, rule: str
) -> None:
    here = vice_chair(profile=profile, opens=opens).when(oath("d002"))
    here.then(OathTaken, organised_by="presidium").without_finding("OathOrganisedByOther").citing(rule)


# the approval from above ---------------------------------------------------------------------------------------------


def procurator() -> Chamber:
    return house(election("chief-procurator"), people=PEOPLE)


@pytest.mark.rule("OL22-11-approval", "CONST18-101-2-approval", "PR18-38-2")
def test_a_chief_procurator_elected_by_all_still_awaits_the_standing_committee_above() -> None:
    here = counted(procurator(), OUTSIDER, in_favour=241).when(DeclareElection(election="e"))
    here.then(ElectionDeclared, approval=True).with_finding("AwaitsApproval", "OL22-11-approval", person=OUTSIDER)
    assert here.session.has("approval-pending:e")
    president = counted(house(election("court-president"), people=PEOPLE), OUTSIDER, in_favour=241)
    president.when(DeclareElection(election="e")).then(ElectionDeclared, approval=False)
    assert not president.session.has("approval-pending:e")


def test_nobody_awaits_approval_where_nobody_was_elected() -> None:
    here = counted(procurator(), OUTSIDER, in_favour=120).when(DeclareElection(election="e"))
    here.then(ElectionDeclared).without_finding("AwaitsApproval")
    assert not here.session.has("approval-pending:e")


@pytest.mark.rule("OL22-11-approval")
def test_once_approved_nothing_is_pending_any_more() -> None:
    here = elected(procurator(), OUTSIDER)
    here.when(RecordApproval(matter="e", holder=OUTSIDER, approved=True, document="市人常〔2026〕3号"))
    here.then(ApprovalRecorded).and_again_nothing()
    assert here.session.has(f"approved:e:{OUTSIDER}") and not here.session.has("approval-pending:e")


def test_an_approval_is_called_by_the_post_and_not_by_a_code() -> None:
    here = elected(procurator(), OUTSIDER)
    said = about(here.session, {"matter": "e", "holder": OUTSIDER, "approved": True})
    assert said is not None and said.zh == here.session.elections["e"].title.zh
    here.given(RecordApproval(matter="e", holder=OUTSIDER, approved=True))
    titled = title_of(here.session, "approval-recorded:e").zh
    assert titled.startswith("上一级人大常委会批准") and here.session.elections["e"].title.zh in titled


@pytest.mark.rule("I-approval-refused")
def test_what_follows_a_refused_approval_no_law_says_and_it_may_still_be_given_later() -> None:
    here = elected(procurator(), OUTSIDER).when(RecordApproval(matter="e", holder=OUTSIDER, approved=False))
    here.then(ApprovalRecorded).with_finding("NotApproved", "I-approval-refused")
    assert here.session.has(f"not-approved:e:{OUTSIDER}")
    here.when(RecordApproval(matter="e", holder=OUTSIDER, approved=True)).then(ApprovalRecorded, approved=True)
    assert not here.session.has(f"not-approved:e:{OUTSIDER}")


def test_what_awaits_no_approval_cannot_be_approved() -> None:
    here = elected(house(election("court-president"), people=PEOPLE), OUTSIDER)
    here.when(RecordApproval(matter="e", holder=OUTSIDER, approved=True)).then_refused("NothingPending", known="—")


@pytest.mark.rule("I-oath-after-approval")
def test_a_chief_procurator_takes_the_oath_after_the_approval_and_is_not_reminded_of_it_before() -> None:
    here = elected(procurator(), OUTSIDER).when(oath(OUTSIDER)).then(OathTaken)
    here.with_finding("OathBeforeApproval", "I-oath-after-approval")
    here = elected(procurator(), OUTSIDER).given(RecordApproval(matter="e", holder=OUTSIDER, approved=True))
    here.when(oath(OUTSIDER)).without_finding("OathBeforeApproval")


# the new government's departments --------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-71-departments")
def test_a_new_government_submits_the_heads_of_its_departments_within_two_months_of_its_election() -> None:
    here = elected(
        house(election("government-head", kind="change_of_term"), elections_completed=date(2025, 12, 20)), "d005"
    )
    (clock,) = [c for c in here.session.open_clocks if c.id == "department-heads-submitted"]
    assert clock.last_day == date(2026, 3, 16)  # elected on 16 January
    here.when(SubmitDepartmentHeads(count=25)).then(DepartmentHeadsSubmitted).and_again_nothing()
    assert not [c for c in here.session.open_clocks if c.id == "department-heads-submitted"]


def test_a_head_elected_between_terms_starts_no_such_deadline() -> None:
    here = elected(house(election("government-head")), "d005")
    assert not [c for c in here.session.open_clocks if c.id == "department-heads-submitted"]
