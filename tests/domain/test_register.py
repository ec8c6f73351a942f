"""The register of tokens and keys, and whose hand entered what."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.access.register import (
    REGISTER,
    ArrangeOffice,
    IssueToken,
    KeyRegistered,
    NoteDenied,
    OfficeArranged,
    RegisterKey,
    RevokeKey,
    RevokeToken,
    TokenIssued,
    TokenRevoked,
)
from domain.calendar import CHINA
from domain.election.attesting import AttestCount, CountAttested
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.rounds import OpenBallot
from domain.event import Event
from domain.session.correction import Correct, Corrected
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.submission import Command
from domain.vote.projects import DeclareProjects, ProjectsChosen
from domain.vote.rating import DeclareRating, ProjectsRated
from domain.vote.votes import PutToVote, VoteCounted
from tests.domain.chamber import Chamber, sheet, township, with_projects
from tests.domain.test_ballots import ready
from tests.domain.test_ballots import sheet as ballot_sheet
from tests.domain.test_projects import CLEAR, METHOD
from tests.domain.test_record import figures, vote
from tests.domain.test_vote_counts import paper

LATER = datetime(2030, 1, 1, tzinfo=CHINA)
PUBLIC = "A" * 43 + "="


def office() -> Chamber:
    return Chamber()


def asked(chamber: Chamber, command: Command) -> Chamber:
    return chamber.when(command, stream=REGISTER, by="secretariat")


def token(name: str, role: Any, person: str | None = None, **more: Any) -> IssueToken:
    return IssueToken(token=name, role=role, person=person, **{"expires": LATER, **more})


def test_a_token_is_issued_once_and_revoked_for_good():
    house = asked(office(), token("t1", "auditor")).then(TokenIssued, token="t1").citing("C-secretariat-record")
    asked(house, token("t1", "auditor")).then_refused("TokenKnown", token="t1")
    asked(house, RevokeToken(token="t1")).then(TokenRevoked, token="t1")
    asked(house, RevokeToken(token="t1")).then_nothing()
    asked(house, RevokeToken(token="t2")).then_refused("NoSuchToken", token="t2")
    asked(house, token("t1", "auditor")).then_refused("TokenKnown")
    assert not house.record.state(REGISTER).holds("t1", house.now)


def test_a_token_holds_until_its_last_moment_and_not_at_it():
    house = asked(office(), token("t1", "auditor"))
    register = house.record.state(REGISTER)
    assert register.holds("t1", LATER - timedelta(seconds=1)) and not register.holds("t1", LATER)
    past = house.now
    asked(house, token("t2", "auditor", expires=past)).then_refused("TokenExpired")
    asked(house, token("t3", "auditor", expires=house.now + timedelta(seconds=1))).then(TokenIssued)


@pytest.mark.parametrize(
    ("one", "other"),
    [("teller", "scrutineer"), ("chief_scrutineer", "teller"), ("scrutineer", "presidium"), ("auditor", "secretariat")],
)
def test_one_person_does_not_hold_two_roles_that_watch_each_other_unless_the_office_is_one_person(one: str, other: str):
    alone = asked(asked(office(), token("t1", one, "D001")), token("t2", other, "D001")).then(TokenIssued)
    assert [f.code for f in alone.events[0].findings] == ["RolesTogether"]
    several = asked(asked(office(), ArrangeOffice(one_person=False)), token("t1", one, "D001"))
    asked(several, token("t2", other, "D001")).then_refused("RolesApart", person="D001")
    asked(several, token("t3", other, "D002")).then(TokenIssued, findings=())
    asked(several, RevokeToken(token="t1"))
    asked(several, token("t4", other, "D001")).then(TokenIssued, findings=())


def test_the_office_is_one_person_until_somebody_says_otherwise():
    house = office()
    assert house.record.state(REGISTER).one_person
    asked(house, ArrangeOffice(one_person=False)).then(OfficeArranged, one_person=False)
    asked(house, ArrangeOffice(one_person=False)).then_nothing()
    assert not house.record.state(REGISTER).one_person


def test_a_key_is_registered_once_under_its_id():
    key = RegisterKey(key="k1", person="D001", public=PUBLIC, required=True)
    house = asked(office(), key).then(KeyRegistered, person="D001")
    asked(house, key).then_nothing()
    asked(house, RegisterKey(key="k1", person="D002", public=PUBLIC)).then_refused("KeyKnown", key="k1")
    assert house.record.state(REGISTER).must_sign("D001")
    asked(house, RevokeKey(key="k1"))
    asked(house, RevokeKey(key="k2")).then_refused("NoSuchKey", key="k2")
    assert not house.record.state(REGISTER).must_sign("D001")


def test_a_denial_stands_beside_the_sessions_refused_attempts_if_there_is_such_a_session():
    house = office().registers()
    fields: dict[str, Any] = {"token": "t1", "role": "auditor", "tried": "put-to-vote", "why": "role"}
    asked(house, NoteDenied(**fields, session="testtown/17-9"))
    asked(house, NoteDenied(**fields, session="nowhere/1-1"))
    asked(house, NoteDenied(**fields))
    assert [len(house.record.streams[s]) for s in ("testtown/17-9/refused/1", "office/access/refused/1")] == [1, 2]


def announced(**about: Any) -> Chamber:
    """A town whose results are announced, and its presidium met again."""
    return township("announced", **about).given(PresidiumMeets(meeting=3, present=9))


def decided_on(house: Chamber) -> Chamber:
    """The presidium decides on a correction."""
    return house.given(PresidiumDecides(matter="correction"))


def slip(house: Chamber) -> Correct:
    """A correction of the vote on the government's report."""
    return Correct(version=vote(house, "gov"), changes=figures(30, 31), why="计票误读")


def findings(house: Chamber, event: type[Event]) -> list[str]:
    """What was said of whose hand the event comes from."""
    assert house.refusal is None, house.refusal
    found = next(e for e in house.events if isinstance(e, event))
    return [f.code for f in found.findings if f.code in ("SameHand", "OnePersonOffice")]


@pytest.mark.rule("I-separate-hands")
def test_a_correction_after_the_announcement_by_whoever_entered_the_decision_is_remarked_on():
    same = decided_on(announced().entered_with(role="presidium", token="t1"))
    assert findings(same.when(slip(same)), Corrected) == ["SameHand"]
    second = decided_on(announced().entered_with(role="presidium", token="t1")).entered_with(
        role="secretariat", token="t2"
    )
    assert findings(second.when(slip(second)), Corrected) == []


@pytest.mark.rule("I-separate-hands")
def test_an_office_of_one_person_corrects_what_it_entered_and_its_record_says_so():
    alone = decided_on(announced().entered_with(role="secretariat", token="office", one_person=True))
    assert findings(alone.when(slip(alone)), Corrected) == ["OnePersonOffice"]


@pytest.mark.rule("I-separate-hands")
def test_where_the_body_adopted_separate_hands_the_same_hand_is_refused():
    same = decided_on(announced(adopts=("I-separate-hands",)).entered_with(role="presidium", token="t1"))
    same.when(slip(same)).then_refused("SameHand", citing="I-separate-hands", who="t1")


@pytest.mark.rule("I-separate-hands")
def test_two_tokens_of_one_person_are_one_hand():
    house = asked(asked(announced(), token("t1", "presidium", "D005")), token("t2", "secretariat", "D005"))
    decided_on(house.entered_with(role="presidium", token="t1")).entered_with(role="secretariat", token="t2")
    assert findings(house.when(slip(house)), Corrected) == ["SameHand"]


@pytest.mark.rule("I-separate-hands")
@pytest.mark.parametrize(("declares", "said"), [("t1", ["SameHand"]), ("t2", ["SameHand"]), ("t3", [])])
def test_who_entered_a_sheet_does_not_declare_unremarked(declares: str, said: list[str]):
    house = with_projects().given(METHOD)
    house.entered_with(role="teller", token="t1").given(sheet(1, CLEAR, 61))
    house.entered_with(role="teller", token="t2").given(sheet(2, CLEAR, 61))
    house.entered_with(role="presidium", token=declares)
    assert findings(house.when(DeclareProjects()), ProjectsChosen) == said


@pytest.mark.rule("I-separate-hands")
def test_who_entered_the_sheets_of_one_poll_may_declare_the_other():
    house = with_projects(last_year=1).given(METHOD)
    for number in (1, 2):
        house.entered_with(role="teller", token="t1").given(sheet(number, CLEAR, 61))
        house.entered_with(role="teller", token="t2").given(sheet(number, {"y1": 61}, 61, poll="rating"))
    house.entered_with(role="presidium", token="t2")
    assert findings(house.when(DeclareProjects()), ProjectsChosen) == []
    assert findings(house.when(DeclareRating()), ProjectsRated) == ["SameHand"]


@pytest.mark.rule("I-separate-hands")
@pytest.mark.parametrize(("announces", "said"), [("t1", ["SameHand"]), ("t3", [])])
def test_who_entered_the_count_of_a_vote_does_not_announce_it_unremarked(announces: str, said: list[str]):
    house = township("put forward")
    for number, token_ in ((1, "t1"), (2, "t2")):
        house.entered_with(role="teller", token=token_).given(paper(number, 61))
    house.entered_with(role="presidium", token=announces)
    assert findings(house.when(PutToVote(subject="gov", method="ballot")), VoteCounted) == said


@pytest.mark.rule("I-separate-hands")
@pytest.mark.parametrize(
    ("attests", "declares", "said"), [("t1", "t3", ["SameHand"]), ("t2", "t2", ["SameHand"]), ("t2", "t3", [])]
)
def test_who_entered_a_sheet_of_an_election_does_not_vouch_for_it_nor_declare_it(
    attests: str, declares: str, said: list[str]
):
    house = ready(seats=1).given(OpenBallot(election="e"))
    for number in (1, 2):
        house.entered_with(role="teller", token="t1").given(ballot_sheet(number, {"d001": 200, "d002": 41}))
    house.entered_with(role="scrutineer", token=attests).when(AttestCount(election="e"))
    vouched = findings(house, CountAttested)
    house.entered_with(role="presidium", token=declares).when(DeclareElection(election="e"))
    assert vouched + findings(house, ElectionDeclared) == said


def test_where_nobody_showed_a_token_nothing_is_said_of_hands():
    house = decided_on(announced())
    assert findings(house.when(slip(house)), Corrected) == []
