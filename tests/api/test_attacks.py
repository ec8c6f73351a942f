"""The attacks of the threat model (docs/access.md), each with the tests that stand against it; and those that are at home nowhere else."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.holders import DEPUTY, bearer, denials, given, inside
from tests.api.served import Visitor
from tests.api.test_acts import suggestion
from tests.engine.house import everything_stored

TESTS = Path(__file__).resolve().parents[1]

AGAINST: dict[int, tuple[str, ...]] = {
    1: (
        "api/test_rights.py::test_a_role_may_do_exactly_what_the_table_says",
        "api/test_attacks.py::test_1_the_secretary_neither_takes_nor_casts_a_ballot_for_a_deputy",
        "api/test_tokens.py::test_a_deputy_files_in_their_own_name_alone",
    ),
    2: ("api/test_signed.py::test_an_operator_who_writes_in_a_deputys_name_is_found_by_the_signature",),
    11: (
        "api/test_attacks.py::test_11_every_request_sent_a_second_time_changes_nothing",
        "api/test_acts.py::test_a_command_id_used_for_another_request_is_told_so",
        "api/test_signed.py::test_a_signature_is_over_all_of_the_act_and_no_other",
        "api/test_signed.py::test_a_signed_act_sent_again_gets_its_answer_even_late_and_a_late_one_is_not_taken",
        "api/test_tokens.py::test_an_expired_token_is_401_from_its_last_second_on",
    ),
    12: (
        "ballots/test_boxes.py::test_two_hundred_casts_at_once_by_one_deputy_leave_one_ballot",
        "ballots/test_urn.py::test_two_hundred_threads_with_one_token_leave_one_ballot",
        "ballots/test_boxes.py::test_a_process_killed_with_a_ballot_on_its_way_leaves_it_once_when_it_is_sent_again",
        "domain/test_quorum.py::test_deputies_sign_in_once_however_often_they_do",
    ),
    13: (
        "domain/test_projects.py::test_a_sheet_entered_again_is_no_news_and_after_the_result_cannot_be_replaced",
        "domain/test_ballots.py::test_the_same_ballot_is_declared_once",
        "ballots/test_box.py::test_what_was_opened_once_is_not_opened_otherwise",
        "api/test_acts.py::test_acts_sent_at_once_are_each_recorded_once",
    ),
    14: (
        "ballots/test_box.py::test_a_ballot_is_issued_once_to_each_who_is_signed_in_by_name",
        "ballots/test_box.py::test_a_deputy_who_is_suspended_after_signing_in_gets_no_ballot",
        "ballots/test_boxes.py::test_after_the_closing_no_ballot_is_issued_or_cast_and_tokens_are_gone",
        "domain/test_votes.py::test_a_vote_is_taken_at_an_open_sitting_on_what_is_on_the_agenda",
        "domain/test_quorum.py::test_a_quorum_that_is_lost_pauses_the_sitting_and_has_to_be_regained",
    ),
    15: (
        "ballots/test_box.py::test_a_box_is_not_opened_before_it_is_closed",
        "ballots/test_box.py::test_one_key_holder_fewer_than_needed_opens_nothing",
        "ballots/test_boxes.py::test_nothing_opens_before_the_closing_nor_with_one_share_too_few",
    ),
    16: (
        "domain/test_ballots.py::test_240_issued_and_238_returned_is_valid_and_241_voids_the_poll_which_is_held_again",
        "domain/test_vote_counts.py::test_one_ballot_more_than_went_out_is_recorded_as_it_was_and_voids_the_poll",
        "ballots/test_box.py::test_more_ballots_in_the_box_than_issued_are_recorded_as_they_were_and_the_alarm_is_raised",
    ),
    17: (
        "ballots/test_box.py::test_a_box_that_is_sealed_gets_no_other_form",
        "ballots/test_sealed.py::test_a_sealed_ballot_opens_with_its_key_and_for_its_form_alone",
        "ballots/test_form.py::test_two_forms_that_differ_in_anything_have_different_digests",
    ),
    20: (
        "domain/test_candidates.py::test_who_stands_is_no_scrutineer",
        "ballots/test_box.py::test_who_stands_on_the_ballot_and_holds_a_share_is_noticed_as_with_any_scrutineer",
    ),
    21: (
        "domain/test_ballots.py::test_a_result_is_declared_only_once_two_sheets_agree_and_the_scrutineers_attest_them",
        "ballots/test_only_the_box.py::test_what_came_out_of_a_box_no_officer_corrects",
        "domain/test_register.py::test_who_entered_a_sheet_of_an_election_does_not_vouch_for_it_nor_declare_it",
    ),
    22: (
        "api/test_rights.py::test_a_role_may_do_exactly_what_the_table_says",
        "api/test_rights.py::test_a_role_reads_exactly_what_the_table_says",
        "api/test_attacks.py::test_22_an_examiner_writes_nothing_and_a_program_reads_no_ballots",
    ),
    23: (
        "api/test_attacks.py::test_23_what_nobody_sees_or_what_turns_words_round_goes_into_no_record",
        "api/test_attacks.py::test_23_a_name_is_one_line",
    ),
}


@pytest.fixture(scope="module")
async def office(visitor: Visitor) -> AsyncIterator[httpx.AsyncClient]:
    async with inside(visitor) as http:
        yield http


@pytest.mark.parametrize("attack", AGAINST)
def test_against_each_attack_there_are_tests(attack: int) -> None:
    for test in AGAINST[attack]:
        file, name = test.split("::")
        assert re.search(rf"^(async )?def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE), test


async def test_1_the_secretary_neither_takes_nor_casts_a_ballot_for_a_deputy(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    clerk = await given(office, "secretariat", person="C01")
    size = visitor.engine.ledger.head().size
    box = f"/v1/sessions/{visitor.session}/boxes/box-1"
    for actor in ("deputy", "scrutineer"):
        body = {"deputy": "D002", "actor": {"office": actor, "person": "D002"}}
        assert (await office.post(f"{box}/ballot", json=body, headers=bearer(clerk["token"]))).status_code == 403
    for act, fields in (
        ("issue-ballot", {"box": "box-1", "deputies": ["D002"]}),
        ("put-to-vote", {"subject": "agenda"}),
    ):
        for as_office in ("deputy", "scrutineer", "presidium", "executive_chair"):
            sent = {"command_id": f"1-{act}", "session": visitor.session, "actor": {"office": as_office}, "act": act}
            answer = await office.post("/v1/acts", json={**sent, "fields": fields}, headers=bearer(clerk["token"]))
            assert answer.status_code in (403, 422) and "events" not in answer.json()
    new = visitor.engine.ledger.notifications(after=size)
    assert {e.event.name for e in new} == {"refused.access-denied.v1"}, "all that is on record is that it was tried"
    cast = {"token": "AAAA", "sealed": "AAAA"}
    named = await office.post(f"{box}/cast", json=cast, headers=bearer(clerk["token"]))
    assert named.status_code == 403 and named.json()["why"] == "cast", "nobody is to know who casts"
    nameless = await office.post(f"{box}/cast", json=cast, headers={"Authorization": ""})
    assert nameless.status_code == 404, "without a name it goes to the box, of which there is none here"


async def test_11_every_request_sent_a_second_time_changes_nothing(visitor: Visitor, office: httpx.AsyncClient) -> None:
    sent: list[tuple[httpx.Request, int]] = []

    async def record(answer: httpx.Response) -> None:
        sent.append((answer.request, answer.status_code))

    office.event_hooks["response"].append(record)
    deputy = bearer((await given(office, "deputy", command_id="11-deputy"))["token"])
    body = suggestion(visitor, "eleven")
    own = {**body, "actor": {"office": "deputy"}, "fields": {**body["fields"], "deputies": [DEPUTY]}}
    await office.post("/v1/acts", json=own, headers=deputy)
    await office.post("/v1/acts", json={**own, "command_id": "11b", "act": "put-to-vote"}, headers=deputy)
    await office.post("/v1/keys", json={"key": "k11", "person": "D003", "public": "A" * 43 + "="})
    await office.delete("/v1/keys/k11")
    office.event_hooks["response"].remove(record)
    assert [status for _, status in sent] == [200, 200, 403, 200, 200]
    before = everything_stored(visitor.engine.folder)
    for request, status in sent:
        again = await office.request(request.method, request.url, content=request.content, headers=request.headers)
        assert again.status_code == status
        assert not again.json().get("token"), "a secret is told once"
    stored = everything_stored(visitor.engine.folder)
    assert {k: v for k, v in stored.items() if k == "stored_events"} == {
        k: v for k, v in before.items() if k == "stored_events"
    }


async def test_22_an_examiner_writes_nothing_and_a_program_reads_no_ballots(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    auditor = await given(office, "auditor")
    program = await given(office, "integration", acts=["sign-in"], bodies=[visitor.session])
    size = visitor.engine.ledger.head().size
    writes: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/v1/acts", {"json": suggestion(visitor, "22")}),
        ("POST", "/v1/asks", {"json": suggestion(visitor, "22")}),
        ("POST", "/v1/sessions", {"json": {}}),
        ("POST", "/v1/sign-ins", {"json": {"session": visitor.session, "sitting": "plenary-1", "deputies": ["D001"]}}),
        ("PUT", "/v1/evidence?title=x", {"content": b"x"}),
        ("POST", "/v1/tokens", {"json": {"role": "presidium"}}),
        ("DELETE", f"/v1/tokens/{program['id']}", {}),
        ("POST", "/v1/keys", {"json": {"key": "k22", "person": "D001", "public": "A" * 43 + "="}}),
        ("PUT", "/v1/office", {"json": {"one_person": False}}),
    ]
    for method, path, what in writes:
        answer = await office.request(method, path, headers=bearer(auditor["token"]), **what)
        assert answer.status_code == 403, (path, answer.text)
    assert {e.event.name for e in visitor.engine.ledger.notifications(after=size)} == {"refused.access-denied.v1"}
    for path in ("boxes/box-1/ballots", "boxes", "members", "history"):
        answer = await office.get(f"/v1/sessions/{visitor.session}/{path}", headers=bearer(program["token"]))
        assert answer.status_code == 403
    assert {"read:ballots", "read:members"} <= {d["tried"] for d in denials(visitor) if d["token"] == program["id"]}


INVISIBLE = ["\u0000", "\u001b[31m", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff", "\u007f"]


@pytest.mark.parametrize("hidden", INVISIBLE, ids=lambda h: f"U+{ord(h[0]):04X}")
@pytest.mark.parametrize("place", ["subject", "reason", "key"])
async def test_23_what_nobody_sees_or_what_turns_words_round_goes_into_no_record(
    visitor: Visitor, office: httpx.AsyncClient, hidden: str, place: str
) -> None:
    body, size = suggestion(visitor, "23"), visitor.engine.ledger.head().size
    text = f"加装路灯{hidden}否决"
    fields = {**body["fields"], "subject": text} if place == "subject" else body["fields"]
    sent = {**body, "fields": fields} | ({"reason": text} if place == "reason" else {text: 1} if place == "key" else {})
    for content in (json.dumps(sent), json.dumps(sent, ensure_ascii=False)):  # escaped, and as it is
        answer = await office.post("/v1/acts", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422
    assert visitor.engine.ledger.head().size == size


@pytest.mark.parametrize("broken", ["张\n三", "张\t三", "张\r三"])
async def test_23_a_name_is_one_line(visitor: Visitor, office: httpx.AsyncClient, broken: str) -> None:
    person = {"act": "register-person", "fields": {"person_id": "P23", "name": broken}}
    sent = {"command_id": "23n", "session": visitor.session, "actor": {"office": "secretariat"}, **person}
    answer = await office.post("/v1/acts", json=sent)
    assert answer.status_code == 422 and "fields.name" in answer.text
    unit = await office.post("/v1/tokens", json={"role": "handling_unit", "unit": broken})
    assert unit.status_code == 422
    several = {**suggestion(visitor, "lines"), "reason": "第一行\n第二行"}
    assert (await office.post("/v1/asks", json=several)).status_code == 200, "a text may have several lines"
