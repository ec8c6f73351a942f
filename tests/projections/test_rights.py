"""The report and the outlook name each motion, inquiry and interpellation, and what is due on it."""

from datetime import timedelta

import pytest

from domain.session.closing import CloseSession
from domain.session.decider import HallNow
from domain.session.inquiry import AnswerInquiry, RaiseInquiry
from domain.session.outlook import outlook
from domain.session.presidium import PresidiumMeets
from domain.session.state import Moment
from domain.submission import Actor
from tests.domain.chamber import SESSION, Chamber, statutes, township
from tests.domain.test_interpellations import interpellation
from tests.domain.test_motions import by, decides, motion
from yishi.projections.conformity import conformity


def house() -> Chamber:
    town = township("announced", profile="national-township").given(PresidiumMeets(meeting=3, present=9))
    town.given(motion(), by("government", number="2"), interpellation())
    town.given(
        *(RaiseInquiry(number=n, item="gov", deputies=("d001",), organ="财政所", question="?") for n in ("1", "2"))
    )
    answer = AnswerInquiry(number="1", item="gov", question="?", answered_by="财政所")
    return town.given(decides("after_session", committee="议案审查委员会"), answer)


def states(town: Chamber) -> dict[str, str]:
    return {line.fact: line.state for line in conformity(town.session, statutes(), town.now, {})}


def test_what_was_filed_and_what_came_of_it_stand_in_the_report_one_by_one() -> None:
    town = house()
    found = states(town)
    assert [f for f in found if f.startswith("motion-filed")] == ["motion-filed:1", "motion-filed:2"]
    assert found["motion-decided:1"] == "done" and found["motion-decided:2"] == "open"
    assert found["inquiry-answered:1"] == "done" and found["inquiry-answered:2"] == "open"
    assert found["interpellation-decided:1"] == found["interpellation-answered:1"] == "open"
    assert "reanswer-demanded" not in found and "amendment-filed" not in found


def test_after_the_close_what_nobody_did_is_missing() -> None:
    town = house().given(CloseSession())
    found = states(town)
    assert found["motion-decided:2"] == found["inquiry-answered:2"] == found["interpellation-answered:1"] == "missing"


def test_a_session_in_which_nobody_used_them_is_asked_for_none_of_them() -> None:
    found = states(township("closed", profile="national-township"))
    rights = ("motion", "inquiry", "interpellation", "amendment", "reanswer")
    assert [fact for fact in found if fact.startswith(rights)] == []


@pytest.mark.parametrize("fact", ["motion-decided:2", "inquiry-answered:2", "interpellation-decided:1"])
def test_the_outlook_says_what_is_due_now(fact: str) -> None:
    town = house()
    law = statutes().on(town.opens, "township", "year_start", "national-township")
    at = town.now + timedelta(minutes=1)
    moment = Moment(law=law, at=at, actor=Actor(office="secretariat"), hall=HallNow(town.record, SESSION))
    (found,) = [p for p in outlook(town.session, moment) if p.fact == fact]
    assert found.state == "now" and found.required and found.fields["number"] == fact[-1]
    assert fact[-1] in found.title.zh and ":" in found.title.zh
