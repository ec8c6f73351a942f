"""Who may give the session another date: the deciding body itself, and a council of chairpersons only when it was authorised."""

from datetime import date, timedelta

import pytest

from domain.session.moving import DateMoved, MoveDate
from domain.session.sittings import CloseSitting
from tests.domain.chamber import Chamber, township
from tests.domain.county import county

OLD_LAW, NEW_LAW = date(2022, 3, 11), date(2022, 3, 12)
COUNCIL = "council_of_chairpersons"
DECISION = "第三十二次会议关于推迟召开会议的决定"


def other(house: Chamber, **about: object) -> MoveDate:
    later = house.opens + timedelta(days=7)
    return MoveDate.model_validate({"opens": later, "closes": later, "why": "防汛", **about})


def authorised(house: Chamber, on: date) -> MoveDate:
    return other(house, mandate=DECISION, mandated_on=on)


@pytest.mark.rule("OL22-14-2-move")
def test_the_standing_committee_moves_a_countys_session_by_itself() -> None:
    house = county("prepared")
    house.when(other(house), by="standing_committee").then(DateMoved, mandate="", mandated_on=None)
    house.citing("OL22-14-2-move").and_again_nothing()


@pytest.mark.rule("OL22-14-2-authorised")
def test_the_council_of_chairpersons_moves_it_on_the_committees_authority_and_the_record_says_which() -> None:
    house = county("prepared")
    today = house.now.date()
    house.when(other(house), by=COUNCIL).then_refused("MandateMissing", "OL22-14-2-authorised")
    house.when(authorised(house, today), by=COUNCIL).then(DateMoved, mandate=DECISION, mandated_on=today)
    house.citing("OL22-14-2-move", "OL22-14-2-authorised").without_finding("LawSilent").and_again_nothing()


@pytest.mark.rule("OL22-14-2-authorised")
@pytest.mark.parametrize(
    "half",
    [{"mandate": DECISION}, {"mandate": " ", "mandated_on": date(2025, 12, 1)}, {"mandated_on": date(2025, 12, 1)}],
)
def test_an_authority_without_its_decision_or_without_its_day_is_none(half: dict[str, object]) -> None:
    house = county("prepared")
    house.when(other(house, **half), by=COUNCIL).then_refused("MandateMissing", "OL22-14-2-authorised")


@pytest.mark.rule("OL22-14-2-authorised")
def test_the_council_is_not_authorised_by_a_decision_of_the_day_after() -> None:
    house = county("prepared")
    tomorrow = house.now.date() + timedelta(days=1)
    house.when(authorised(house, tomorrow), by=COUNCIL).then_refused(
        "MandateLater", "OL22-14-2-authorised", mandated=str(tomorrow)
    )


@pytest.mark.rule("OL22-14-2-authorised")
def test_the_committee_itself_needs_nobodys_authority_and_names_none() -> None:
    house = county("prepared")
    house.when(authorised(house, house.now.date()), by="standing_committee").then_refused("MandateNotTheirs")


@pytest.mark.rule("OL22-14-2-authorised")
def test_before_12_march_2022_no_text_asked_for_an_authority_and_the_record_says_so() -> None:
    house = county("prepared", opens=date(2022, 3, 20)).on(OLD_LAW, 12)
    house.when(other(house), by=COUNCIL).then(DateMoved).with_finding("LawSilent")
    house = county("prepared", opens=date(2022, 3, 20)).on(NEW_LAW)
    house.when(other(house), by=COUNCIL).then_refused("MandateMissing", "OL22-14-2-authorised")


def test_of_the_end_of_a_session_that_meets_the_text_says_nothing() -> None:
    house = county("opened").given(CloseSitting())
    assert house.closes is not None
    longer = MoveDate(opens=house.opens, closes=house.closes + timedelta(days=1), why="议程未完")
    house.when(longer, by=COUNCIL).then(DateMoved, in_session=True).with_finding("LawSilent")


@pytest.mark.rule("OL22-14-2-move", "ZJT23-16-move")
def test_a_townships_session_is_moved_by_its_presidium_and_by_no_committee() -> None:
    town = township("date published")
    for office in ("standing_committee", COUNCIL):
        town.when(other(town), by=office).then_refused("NotTheirAct", needed="presidium", found=office)
    town.when(other(town), by="presidium").then(DateMoved).citing("OL22-14-2-move", "ZJT23-16-move")
