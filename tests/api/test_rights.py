"""The role by act matrix: made from the table and from the acts there are, and tried at the door. Exactly the allowed set passes."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from domain.access.rights import grant_of
from domain.access.roles import ATTESTS, BOX, COUNTS, ISSUES, ORDERS, OWN_FIELDS, READS, ROLES
from domain.submission import COMMANDS, Office, Role, Submission
from tests.api.holders import DEPUTY, WITHIN, bearer, denials, given, inside
from tests.api.served import Visitor
from tests.ledger.kinds import stored_bytes
from yishi.access.places import PLACES, SESSION, UNLISTED, Places
from yishi.api.app import calls_of, create_app
from yishi.api.feed import Feed
from yishi.planning.vocabulary import OFFICES, commands

OF_RIGHTS = ("role", "act", "office", "register")
"""Why an act is denied that one's role does not have, whatever it says."""
SOMETHING = {
    "congress": "xiaozhen", "number": "3-2", "act": "open-sitting", "matter": "s01", "box": "box-1", "name": "suggestions",
    "edition": "0" * 64, "rule": "OL22-14-4-quorum", "topic": "session.quorum", "procedure": "township-congress",
    "sha256": "0" * 64, "paper": "agenda", "command_id": "nothing", "webhook": "w0",
}  # fmt: skip
"""What stands in the paths of the calls."""
REGISTER_ACTS = sorted(act for act, kind in COMMANDS.items() if kind.stream_kind == "register")


@pytest.fixture(scope="module")
async def office(visitor: Visitor) -> AsyncIterator[httpx.AsyncClient]:
    async with inside(visitor) as http:
        yield http


@pytest.fixture(scope="module")
async def tokens(office: httpx.AsyncClient) -> dict[str, str]:
    return {role: (await given(office, role))["token"] for role in ROLES}


@pytest.fixture(scope="module")
async def parameters(office: httpx.AsyncClient) -> dict[str, set[str]]:
    """What may be asked in the query, by method and path."""
    document = (await office.get("/v1/openapi.json")).json()
    return {
        f"{method.upper()} {path}": {p["name"] for p in call.get("parameters", ()) if p["in"] == "query"}
        for path, calls in document["paths"].items()
        for method, call in calls.items()
    }


def known(parameters: dict[str, set[str]], call: str, asked: dict[str, str]) -> dict[str, str]:
    """What of it the call knows."""
    names = parameters.get(call.replace(":path", ""), set())
    return {name: value for name, value in asked.items() if name in names}


def pairs() -> list[tuple[str, Office]]:
    """Every act as every office that may do it, and as one that may not."""
    listed: list[tuple[str, Office]] = [
        (act, by) for act, kind in commands().items() for by in kind.offices if by != "clock"
    ]
    strangers = [(a, next(o for o in OFFICES if o not in k.offices and o != "clock")) for a, k in commands().items()]
    return listed + strangers


def allowed(role: Role, act: str, office: Office) -> bool:
    """As the table says it, and the token of this test narrows it."""
    scope: Any = WITHIN.get(role, {})
    if "acts" in scope and act not in scope["acts"]:
        return False
    if role == "handling_unit" and office != "handling_unit":
        return False  # an organ of government only where the token says so
    return grant_of(role, act, office) is not None


async def denied(http: httpx.AsyncClient, visitor: Visitor, token: str, act: str, office: str) -> str:
    """Why the door denies an act; "" when it does not."""
    whose = "matter/s01" if COMMANDS[act].stream_kind == "matter" else "session/1"
    field, _ = OWN_FIELDS.get(act, ("", ""))
    fields = {field: DEPUTY if field == "deputy" else [DEPUTY]} if field else {}
    body = {"stream": f"{visitor.session}/{whose}", "actor": {"office": office}, "act": act, "fields": fields}
    answer = await http.post("/v1/asks", json=body, headers=bearer(token))
    assert answer.status_code in (200, 403, 404, 422), answer.text
    return str(answer.json().get("why") or "") if answer.status_code == 403 else ""


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_may_do_exactly_what_the_table_says(
    role: Role, visitor: Visitor, office: httpx.AsyncClient, tokens: dict[str, str]
) -> None:
    wrong = []
    for act, as_office in pairs():
        why = await denied(office, visitor, tokens[role], act, as_office)
        if (why not in OF_RIGHTS) != allowed(role, act, as_office):
            wrong.append((act, as_office, why))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reads_exactly_what_the_table_says(
    role: Role, visitor: Visitor, office: httpx.AsyncClient, tokens: dict[str, str], parameters: dict[str, set[str]]
) -> None:
    wrong = []
    for call, place in PLACES.items():
        if call.startswith("GET") and place.read is not None and not call.endswith("/stream"):  # that one never ends
            path = call.removeprefix("GET ").replace(":path", "").format(**SOMETHING)
            asked = {"session": visitor.session, "wait": "0", "unit": WITHIN["handling_unit"]["unit"]}
            answer = await office.get(path, params=known(parameters, call, asked), headers=bearer(tokens[role]))
            why = answer.json().get("why") if answer.status_code == 403 else ""
            if (why != "read") != (place.read in ROLES[role].reads):
                wrong.append((call, answer.status_code, why))
    assert wrong == []


async def test_the_office_of_one_person_may_do_and_read_everything(visitor: Visitor, office: httpx.AsyncClient) -> None:
    assert [p for p in pairs() if await denied(office, visitor, visitor.token, *p)] == []
    for path in ("/v1/tokens", "/v1/verify", f"/v1/sessions/{visitor.session}/history"):
        assert (await office.get(path)).status_code == 200


def test_every_call_of_the_door_has_its_place_in_the_table_and_every_place_its_call(visitor: Visitor) -> None:
    gate = create_app(visitor.engine, None, Feed(visitor.engine.ledger), None)  # type: ignore[arg-type] # only its calls are looked at
    calls = calls_of(gate._app)  # type: ignore[arg-type]  # it is the app itself
    assert set(PLACES) <= set(calls) and "POST /v1/acts" in calls
    assert Places(calls).unlisted == [], "name the right that a call asks for in yishi/access/places.py"
    assert UNLISTED.read == "service"
    assert {p.read for p in PLACES.values() if p.read} <= set(READS)


def test_a_path_that_leads_to_no_call_has_no_place_and_a_call_without_a_row_is_for_who_looks_after_the_service() -> (
    None
):
    places = Places(
        [
            "GET /v1/tokens",
            "GET /v1/new",
            "HEAD /v1/tokens",
            f"GET {SESSION}/hall",
            "GET /v1/commands/{command_id:path}",
        ]
    )
    for path in (
        "/v1/nowhere",
        "/v1/tokens/",
        "/v1//tokens",
        "//v1/tokens",
        "/v1/x/../tokens",
        "/v1/tokens\n",
        "/v1/tokens\x00",
    ):
        assert places.find("GET", path) is None and places.methods(path) == []
    assert places.find("GET", "/v1/sessions/a/1-1\n/hall") is None and places.find("DELETE", "/v1/tokens") is None
    assert places.methods("/v1/tokens") == ["GET", "HEAD"]
    rights = [
        found.place.read
        for method, name in (("GET", "new"), ("HEAD", "tokens"), ("GET", "tokens"))
        if (found := places.find(method, f"/v1/{name}"))
    ]
    assert rights == ["service", "tokens", "tokens"] and places.unlisted == ["GET /v1/new"]


@pytest.mark.parametrize("role", ["deputy", "integration"])
async def test_no_way_of_writing_a_path_shows_what_its_call_denies(
    role: str, visitor: Visitor, office: httpx.AsyncClient, parameters: dict[str, set[str]]
) -> None:
    token = bearer((await given(office, role, bodies=["elsewhere"]))["token"])
    wrong: list[tuple[object, ...]] = []
    for call in PLACES:
        if call.startswith("GET") and not call.endswith("/stream"):
            asked = known(parameters, call, {"wait": "0", "session": visitor.session})
            path = call.removeprefix("GET ").replace(":path", "").format(**SOMETHING)
            plain = (await office.get(path, params=asked, headers=token)).status_code
            for written in (f"{path}%0A", f"{path}%0a%0A", f"{path}%0D", f"{path}%00", f"%0A{path}", f"{path}/", f"{path}%2F",
                            path.replace("/v1/", "/v1//"), path.replace("/v1/", "/v1/%2e%2e/v1/"), f"/{path}"):  # fmt: skip
                answer = await office.get(written, params=asked, headers=token)
                if answer.status_code != 404 and written != path:
                    wrong.append((written, plain, answer.status_code))
            for method in ("HEAD", "OPTIONS"):
                status = (await office.request(method, path, params=asked, headers=token)).status_code
                if status not in (plain, 405):
                    wrong.append((method, path, plain, status))
    assert wrong == []


async def test_a_call_that_its_asker_was_not_held_against_does_not_answer(
    visitor: Visitor, office: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the table takes a path for: what answers it asks whether it was meant."""
    real = Places.find
    monkeypatch.setattr(Places, "find", lambda self, method, _: real(self, method, "/v1"))
    assert (await office.get("/v1")).status_code == 200
    assert (await office.get("/v1/tokens")).status_code == 404


def test_nobody_counts_who_declares_and_nobody_attests_who_counts() -> None:
    def may(role: Role, acts: frozenset[str]) -> set[str]:
        return {a for a in acts for o in COMMANDS[a].offices if grant_of(role, a, o) is not None}

    for role in ROLES:
        counts, attests, orders = may(role, COUNTS - {"enter-device-count"}), may(role, ATTESTS), may(role, ORDERS)
        assert sum(map(bool, (counts, attests, orders))) <= 1, role
    assert may("secretariat", ORDERS | COUNTS | ATTESTS | BOX | ISSUES) == set()
    assert [role for role in ROLES if may(role, BOX)] == ["chief_scrutineer"]
    assert [role for role in ROLES if may(role, ORDERS)] == ["presidium"]
    assert [role for role in ROLES if may(role, ISSUES)] == ["chief_scrutineer", "scrutineer", "deputy"]


def test_nobody_but_a_deputy_acts_as_a_deputy_and_nobody_but_scrutineers_reads_ballots() -> None:
    as_deputy = {r for r in ROLES for a, k in commands().items() if "deputy" in k.offices and grant_of(r, a, "deputy")}
    assert as_deputy == {"deputy"}
    assert {r for r, told in ROLES.items() if "ballots" in told.reads} == {"chief_scrutineer", "scrutineer"}


def test_every_act_that_names_deputies_is_held_to_their_own_name() -> None:
    mine = {act for act, kind in commands().items() if "deputy" in kind.offices}
    nobody_named = {"add-clue", "add-proposal", "take-step", "withdraw-amendment"}
    assert mine - nobody_named == set(OWN_FIELDS), "say in OWN_FIELDS where the act names its deputies"
    assert all(field in COMMANDS[act].model_fields for act, (field, _) in OWN_FIELDS.items())


@pytest.mark.parametrize("act", REGISTER_ACTS)
async def test_tokens_are_not_given_out_as_an_act_of_a_session(
    act: str, visitor: Visitor, office: httpx.AsyncClient
) -> None:
    body = {"command_id": f"x-{act}", "stream": "office/access/register/1", "actor": {"office": "secretariat"}}
    answer = await office.post("/v1/acts", json={**body, "act": act, "fields": {"one_person": False}})
    assert answer.status_code == 403 and answer.json()["why"] == "register"
    assert visitor.engine.ledger.answer_of(f"x-{act}") is None


async def test_whoever_lacks_a_right_is_told_which_role_has_it_and_the_attempt_is_kept_without_its_content(
    visitor: Visitor, office: httpx.AsyncClient, tokens: dict[str, str]
) -> None:
    secret = "不该出现的内容"
    body = {
        "command_id": "beyond", "session": visitor.session, "actor": {"office": "secretariat"}, "act": "put-to-vote",
        "fields": {"subject": secret}, "reason": secret,
    }  # fmt: skip
    told = await given(office, "teller", person="T09")
    answer = await office.post("/v1/acts", json=body, headers=bearer(told["token"]))
    said = answer.json()
    assert answer.status_code == 403 and {"zh", "en"} == set(said["fault"]) and said["why"] == "role"
    as_chair = await office.post(
        "/v1/acts", json={**body, "actor": {"office": "presidium"}}, headers=bearer(told["token"])
    )
    assert as_chair.json()["needs"] == ["presidium"] and "主席团" in as_chair.json()["fault"]["zh"]
    kept = [e for e in denials(visitor) if e["token"] == told["id"]]
    assert [(e["tried"], e["role"], e["why"]) for e in kept] == [("put-to-vote", "teller", "role")]
    entry = visitor.engine.ledger.named("refused.access-denied.v1")[-1]
    assert entry.envelope.stream == f"{visitor.session}/refused/1"
    stored = stored_bytes(visitor.engine.folder)
    assert secret.encode() not in stored
    assert visitor.engine.ledger.answer_of("beyond") is None, "no id is spent by one who had no right to it"


async def test_who_tries_again_and_again_fills_the_log_and_not_the_record(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    told = await given(office, "integration", acts=["sign-in"])
    before, tries = len(denials(visitor)), list({a: (a, by) for a, by in pairs() if "sign" not in a}.values())[:40]
    for act, as_office in (*tries, *tries):
        assert await denied(office, visitor, told["token"], act, as_office)
    assert len(denials(visitor)) - before == 20


async def test_a_teller_enters_a_sheet_for_the_scrutineers_and_the_record_says_so(visitor: Visitor) -> None:
    from yishi.access.principal import Principal  # noqa: PLC0415

    asked = Submission.model_validate(
        {
            "command_id": "a",
            "stream": "x/1-1/session/1",
            "actor": {"office": "scrutineer"},
            "at": "2026-01-01T00:00:00Z",
            "act": "enter-ballot-sheet",
            "fields": {},
        }
    )
    teller = Principal(id="t1", role="teller", person="T01").entering(asked.act, asked.actor)
    assert teller.model_dump() == {
        "office": "scrutineer", "person": None, "on_behalf_of": "scrutineer", "role": "teller", "token": "t1",
    }  # fmt: skip
    chair = Principal(id="t2", role="presidium", person="D005").entering(
        "put-to-vote", asked.actor.model_copy(update={"office": "presidium"})
    )
    assert (chair.person, chair.on_behalf_of, chair.role) == ("D005", None, "presidium")
