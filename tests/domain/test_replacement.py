"""A court president replaced in recess (撤换) awaits the standing committee above (法院组织法 (2018) art. 44(2))."""

from datetime import date

import pytest

from domain.session.correction import Correct
from domain.tenure.approval import ApprovalRecorded, RecordApproval
from domain.tenure.replacement import CourtPresidentReplaced, ReplaceCourtPresident
from tests.domain.chamber import Chamber
from tests.domain.county import county
from tests.domain.elections import house
from tests.domain.tenure import OUTSIDER, PEOPLE


def recess(opens: date = date(2026, 1, 14)) -> Chamber:
    return county("registered", 241, people=PEOPLE, opens=opens)


def replaces(in_favour: int = 16, **more: object) -> ReplaceCourtPresident:
    given = {"holder": OUTSIDER, "in_favour": in_favour, "members_total": 31, "reasons": "不宜继续担任", **more}
    return ReplaceCourtPresident.model_validate(given)


APPROVED = RecordApproval(matter="replacement", holder=OUTSIDER, approved=True)


@pytest.mark.rule("CT18-44-2", "OL22-51-resignation")
def test_16_of_31_members_find_that_the_court_president_must_be_replaced_and_the_committee_above_has_to_approve() -> (
    None
):
    here = recess().when(replaces()).then(CourtPresidentReplaced, needed=16, adopted=True).citing("CT18-44-2")
    here.with_finding("AwaitsApproval", "CT18-44-2", person=OUTSIDER).and_again_nothing()
    assert here.session.has("approval-pending:replacement")
    here.when(APPROVED).then(ApprovalRecorded, approved=True).citing("CT18-44-2")
    assert here.session.has(f"approved:replacement:{OUTSIDER}") and not here.session.has("approval-pending:replacement")


@pytest.mark.rule("CT18-44-2")
def test_with_15_of_31_nothing_waits_for_approval() -> None:
    here = recess().when(replaces(15)).then(CourtPresidentReplaced, adopted=False).with_finding("NotAdopted")
    here.when(APPROVED).then_refused("NothingPending", citing="CT18-44-2")


@pytest.mark.rule("CT18-44-2")
def test_what_is_not_approved_above_is_recorded_as_that() -> None:
    here = recess().given(replaces())
    here.when(APPROVED.model_copy(update={"approved": False})).then(ApprovalRecorded).with_finding("NotApproved")
    here.when(APPROVED).then(ApprovalRecorded, approved=True)


@pytest.mark.rule("CT18-44-2")
def test_while_the_congress_sits_the_committee_replaces_nobody_and_before_2019_no_text_on_file_lets_it() -> None:
    house(people=PEOPLE).when(replaces()).then_refused("ReplacedInRecessOnly", citing="CT18-44-2")
    recess(date(2018, 1, 10)).when(replaces()).then_refused("NoReplacementRoute")


def test_a_replacement_without_reasons_is_recorded_with_that_remark() -> None:
    recess().when(replaces(reasons="")).then(CourtPresidentReplaced).with_finding("ReplacementUnexplained")


def test_a_vote_corrected_below_the_majority_leaves_nothing_to_approve() -> None:
    here = recess().given(replaces())
    version = here.version_of(CourtPresidentReplaced)
    here.given(Correct(version=version, changes={"in_favour": 15}, why="点错"))
    here.when(APPROVED).then_refused("NothingPending")
