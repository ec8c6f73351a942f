"""Who hears which events: as far as they may read, and never what would be told too early or of whom."""

from collections.abc import Iterable
from typing import Any

import pytest

from domain.access.hearing import COUNT_ROOM, NOT_HEARD, OF_PERSONS, OF_RECORD, is_of, may_hear
from domain.access.roles import ROLES
from domain.event import EVENTS
from domain.submission import Role
from yishi.access.principal import Principal
from yishi.events.hearing import Hearing
from yishi.record import deciders

SESSION, MATTER, REGISTER = "xiuzhou/10-4/session/1", "xiuzhou/10-4/matter/s01", "office/access/register/1"
HANDLED = {MATTER: ("区教育局", "区财政局")}


def units_of(stream: str) -> Iterable[str]:
    return HANDLED.get(stream, ())


def hears(role: Role, stream: str, name: str, **more: Any) -> bool:
    asked = {"bodies": more.pop("asked", ()), "kinds": more.pop("kinds", ())}
    return Hearing(Principal(id="t1", role=role, **more), **asked).takes(stream, name, units_of)


def heard_by(role: Role, stream: str = SESSION) -> set[str]:
    return {name for name in EVENTS if may_hear(role, stream, name)}


def test_a_name_that_only_begins_like_a_kind_is_not_of_it() -> None:
    assert is_of("session.opened.v1", "session") and is_of("session.opened.v1", "session.opened.v1")
    assert not is_of("session.opened.v1", "sess") and not is_of("session.opened.v1", "session.open")


def test_each_kind_that_is_kept_from_somebody_is_a_kind_there_is() -> None:
    assert deciders()
    kinds = OF_RECORD | COUNT_ROOM | OF_PERSONS
    assert [kind for kind in sorted(kinds) if not any(is_of(name, kind) for name in EVENTS)] == []


def test_who_reads_the_record_hears_all_of_a_session_and_nobody_else_does() -> None:
    whole = {role for role in ROLES if heard_by(role) == set(EVENTS)}
    assert whole == {role for role, told in ROLES.items() if "history" in told.reads}
    assert {role for role in ROLES if not heard_by(role)} == {
        role for role, told in ROLES.items() if "events" not in told.reads
    }
    assert set(NOT_HEARD) == {role for role in ROLES if heard_by(role)} - whole


@pytest.mark.parametrize("role", NOT_HEARD)
def test_who_takes_a_ballot_and_what_is_in_the_box_is_told_to_nobody_who_does_not_read_the_record(role: Role) -> None:
    assert not any(name.startswith(("ballot.", "refused.", "access.")) for name in heard_by(role))


def test_a_deputy_hears_a_result_when_it_is_declared_and_not_what_the_count_room_knows() -> None:
    heard = heard_by("deputy")
    assert {"election.declared.v1", "session.announced.v1", "session.sitting-opened.v1", "matter.replied.v1"} <= heard
    early = {"vote.counted.v1", "vote.sheet-entered.v1", "election.sheet-entered.v1", "ballot.box-opened.v1"}
    assert not early & heard
    assert not {"sign-in.signed-in.v1", "session.leave-decided.v1", "matter.activity-claimed.v1"} & heard


def test_a_unit_hears_the_matters_it_handles_and_nothing_of_a_session() -> None:
    for unit in HANDLED[MATTER]:
        assert hears("handling_unit", MATTER, "matter.opened.v1", unit=unit)
    assert not hears("handling_unit", MATTER, "matter.opened.v1", unit="区公安局")
    assert not hears("handling_unit", SESSION, "session.suggestions-assigned.v1", unit="区教育局")
    assert not hears("handling_unit", REGISTER, "access.token-issued.v1", unit="区教育局")


def test_a_token_for_one_congress_hears_that_one_alone_and_nothing_of_the_folder() -> None:
    for bodies in (("xiuzhou",), ("xiuzhou/10-4",)):
        assert hears("secretariat", SESSION, "session.closed.v1", bodies=bodies)
    assert not hears("secretariat", SESSION, "session.closed.v1", bodies=("xiuzhou/10-3",))
    assert not hears("secretariat", REGISTER, "access.token-issued.v1", bodies=("xiuzhou",))


def test_the_register_is_heard_by_who_reads_tokens_and_the_record() -> None:
    hearing = {role for role in ROLES if hears(role, REGISTER, "access.token-issued.v1")}
    assert hearing == {"secretariat", "auditor"}
    office = Principal.office(one_person=True)
    assert Hearing(office).takes(REGISTER, "access.token-issued.v1", units_of)


def test_what_is_asked_for_narrows_what_is_heard_and_never_widens_it() -> None:
    assert hears("auditor", SESSION, "session.closed.v1", kinds=("session",), asked=("xiuzhou",))
    assert not hears("auditor", SESSION, "session.closed.v1", kinds=("matter",))
    assert not hears("auditor", SESSION, "session.closed.v1", asked=("dazhen/1-1",))
    assert not hears("deputy", SESSION, "vote.counted.v1", kinds=("vote",))
