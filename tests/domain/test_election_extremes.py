"""Elections of very small and very large congresses, across midnight, and on the days the texts change."""

from datetime import date
from typing import Any

import pytest

from domain.election.attesting import AttestCount
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.nomination import Nominated
from domain.election.parts import PersonEntry
from domain.election.posts import POSTS
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Line
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import adopted, by_presidium, deliberated, election, house, joint, meeting, town

OUTSIDER = PersonEntry(id="p1", voter=True)
NATIONAL = {"profile": "national-township"}


def on_the_list(here: Chamber, person: str, scrutineer: str | None) -> Chamber:
    """One nominee of the presidium, printed, the method adopted, and the list settled."""
    deliberated(meeting(here).given(by_presidium("1", person)))
    if scrutineer is not None:
        who: dict[str, Any] = {"persons": (scrutineer,), "chief": scrutineer, "no_relatives": True}
        here.given(hands("scrutineers", len(here.roll), **who))
    return adopted(here, ("e", 0)).given(SettleCandidates(election="e", candidates=(person,)))


def counted(here: Chamber, person: str, in_favour: int) -> Chamber:
    """The open ballot counted by two, attested and declared; everybody voted."""
    n = len(here.roll)
    line = Line(person=person, in_favour=in_favour, against=n - in_favour)
    for number in (1, 2):
        here.given(EnterBallotSheet(election="e", sheet=number, issued=n, returned=n, valid=n, lines=(line,)))
    return here.given(AttestCount(election="e")).when(DeclareElection(election="e")).then(ElectionDeclared)


@pytest.mark.parametrize(
    ("post", "deputies"), [("township-head", 1), ("township-head", 40), ("government-head", 3_000)]
)
def test_one_vote_over_half_elects_in_a_congress_of_one_of_forty_and_of_three_thousand(
    post: str, deputies: int
) -> None:
    small = "township" in POSTS[post].levels
    for short in (0, 1):
        about: dict[str, Any] = {"deputies": deputies, "people": (OUTSIDER,), **(NATIONAL if small else {})}
        here = on_the_list((town if small else house)(election(post), **about), "p1", "d001")
        here.when(OpenBallot(election="e")).then(BallotOpened, needed=deputies // 2 + 1)
        counted(here, "p1", deputies // 2 + 1 - short)
        assert here.session.elections["e"].elected == (("p1",) if not short else ())


def test_where_the_only_deputy_stands_nobody_is_left_to_watch_the_count_and_the_record_says_so() -> None:
    here = meeting(town(election("township-chair"), deputies=1, **NATIONAL)).given(by_presidium("1", "d001"))
    here.when(hands("scrutineers", 1, persons=("d001",), chief="d001"))
    here.then_refused("ScrutineerStands", deputy="d001")
    here = on_the_list(town(election("township-chair"), deputies=1, **NATIONAL), "d001", None)
    here.when(OpenBallot(election="e")).then(BallotOpened, needed=1).with_finding("ScrutineersNotAdopted")
    assert counted(here, "d001", 1).session.elections["e"].elected == ("d001",)


@pytest.mark.rule("OL22-25-elected", "OL22-28-secret")
def test_a_ballot_opened_after_midnight_is_of_the_new_text_and_what_went_before_it_stands_under_the_old() -> None:
    here = town(election("township-head"), deputies=40, people=(OUTSIDER,), opens=date(2022, 3, 11), **NATIONAL)
    meeting(here.on(date(2022, 3, 11), 23, 50)).when(by_presidium("0", "d002")).then(Nominated)
    assert {c.statute for e in here.events for c in e.basis} == {"地方组织法(2015)"}
    here = town(election("township-head"), deputies=40, people=(OUTSIDER,), opens=date(2022, 3, 11), **NATIONAL)
    on_the_list(here.on(date(2022, 3, 11), 23, 50), "p1", "d001")
    here.on(date(2022, 3, 12), 0, 0).when(OpenBallot(election="e")).then(BallotOpened, needed=21)
    here.citing("OL22-28-secret")
    counted(here, "p1", 21).citing("OL22-25-elected")


@pytest.mark.rule("EL15-31-2-days", "EL20-32-2-days", "EL15-29-2-joint")
def test_deputies_nominated_under_the_law_of_2015_are_elected_under_that_of_2020_two_days_later() -> None:
    post = election("higher-deputy", seats=5, kind="change_of_term")
    here = meeting(house(post, opens=date(2020, 10, 17))).on(date(2020, 10, 17), 23, 40)
    here.when(joint("1", ("d001", "d002", "d003"), ids(10))).then(Nominated).citing("EL15-29-2-joint")
    here.given(joint("2", ("d004", "d005", "d006"), ids(10, start=20)))
    here.given(hands("scrutineers", 241, persons=("d050",), chief="d050", no_relatives=True))
    adopted(deliberated(here), ("e", 1)).given(SettleCandidates(election="e", candidates=ids(6)))
    here.on(date(2020, 10, 18), 23, 59).when(OpenBallot(election="e"))
    here.then_refused("TwoDaysNotOver", citing="EL20-32-2-days")
    here.on(date(2020, 10, 19), 0, 0).when(OpenBallot(election="e")).then(BallotOpened, needed=121)
    here.with_finding("TwoDaysNotOver", citing="I-two-days-hours")
