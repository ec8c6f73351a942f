"""Motions and interpellations in a county: ten deputies, four organs that may bring a motion, and whom deputies may call to account."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.motion.filing import FileMotion, MotionFiled
from domain.session.interpellation import FileInterpellation, InterpellationFiled
from tests.domain.chamber import ids
from tests.domain.county import WEDNESDAY, county

PARTS = {"subject": "污水", "grounds": "居民反映", "proposal": "改造管网", "within_powers": True}
DAYS = [(WEDNESDAY, "OL22", "22"), (date(2019, 2, 20), "OL15", "18")]


def motion(**more: Any) -> FileMotion:
    return FileMotion.model_validate({"number": "1", "motion_title": "关于改造管网的议案", **PARTS, **more})


@pytest.mark.rule("OL22-22-2-dep-county", "OL15-18-2-dep-county")
@pytest.mark.parametrize(("opens", "law", "article"), DAYS)
def test_ten_county_deputies_bring_a_motion_and_nine_do_not(opens: date, law: str, article: str) -> None:
    house = county("opened", opens=opens)
    rule = f"{law}-{article}-2-dep-county"
    house.when(motion(deputies=ids(9))).then_refused("TooFewForMotion", citing=rule, found=9, needed=10)
    house.when(motion(deputies=ids(10))).then(MotionFiled, needed=10).citing(rule)


@pytest.mark.rule("OL22-22-1-inst-county", "OL15-18-1-inst-county")
@pytest.mark.parametrize(("opens", "law", "article"), DAYS)
def test_a_countys_standing_committee_may_bring_a_motion_and_its_court_may_not(
    opens: date, law: str, article: str
) -> None:
    house, rule = county("opened", opens=opens), f"{law}-{article}-1-inst-county"
    house.when(motion(proposer="court")).then_refused("NotAProposer", citing=rule)
    house.when(motion(proposer="standing_committee"), by="standing_committee").then(MotionFiled).citing(rule)


@pytest.mark.rule("OL22-24-1-object", "OL15-28-1-object")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-24-1-object"), (date(2019, 2, 20), "OL15-28-1-object")])
def test_county_deputies_may_call_the_court_to_account_and_not_the_standing_committee(opens: date, rule: str) -> None:
    house = county("opened", opens=opens, closes=opens + timedelta(days=2))
    asked = {"number": "1", "deputies": ids(10), "question": "执行难", "content": "积案为何未结", "organ": "县人民法院"}
    house.when(FileInterpellation.model_validate({**asked, "object": "other"})).then_refused("WrongObject", citing=rule)
    house.when(FileInterpellation.model_validate({**asked, "object": "court"})).then(InterpellationFiled).citing(rule)
