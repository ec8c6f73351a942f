"""Who may be elected and is no deputy (其他人选): in the plan, or registered when somebody is written in."""

from domain.election.parts import PersonEntry
from domain.election.people import PersonRegistered, RegisterPerson
from tests.domain.elections import election, town

WANG = RegisterPerson(person_id="W01", sealed_name="c2VhbGVk", voter=True)


def test_a_voter_who_is_no_deputy_may_be_registered_during_the_session_and_asked_twice_nothing_is_added() -> None:
    here = town(election()).when(WANG).then(PersonRegistered, person="W01").and_again_nothing()
    assert here.session.people["W01"] == PersonEntry(id="W01", sealed_name="c2VhbGVk", voter=True)


def test_a_deputy_needs_no_registration_and_is_refused_one() -> None:
    town(election()).when(RegisterPerson(person_id="d001")).then_refused("OnTheRoll", person="d001")


def test_an_id_stands_for_one_person_only() -> None:
    here = town(election(), people=(PersonEntry(id="W01", sealed_name="c2VhbGVk", voter=True),))
    here.when(WANG).then_nothing()
    here.when(RegisterPerson(person_id="W01", sealed_name="b3RoZXI=", voter=True)).then_refused("IdTaken", person="W01")
    here.when(RegisterPerson(person_id="W02")).then(PersonRegistered)
