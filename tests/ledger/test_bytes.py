"""Canonical JSON, the Merkle tree, and the envelope between events and rows."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from domain.submission import Actor, Submission
from tests.ledger.kinds import Kind
from tests.ledger.toy import ARTICLE, DECIDERS, EDITION, HALL, NINE, ChairsBrought, ToyLaws, bring, stored
from yishi.ledger.canonical import canonical, parsed
from yishi.ledger.errors import NotCanonical, UnknownEvent, UnreadableEvent
from yishi.ledger.ledger import Ledger, request_of
from yishi.ledger.mapper import Act, EnvelopeMapper
from yishi.ledger.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of
from yishi.ledger.streams import kind_of
from yishi.ledger.verification import Outcome
from yishi.ledger.verify import verify

numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["喆", "䶮", "𠮷", "\ue000", '":12.5', ",1e9"]
)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts, lambda v: st.lists(v) | st.dictionaries(texts, v), max_leaves=20
)


@given(json_values)
def test_the_fast_way_writes_the_very_bytes_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), float("inf"), "\ud800", {"a": object()}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical, match=r"2\^53-1"):
        canonical({"value": value})


@pytest.mark.parametrize("data", [b'{"a":1,"a":2}', b"NaN", b'"\xff"', b"{"])
def test_what_is_ambiguous_or_no_json_is_not_read(data: bytes) -> None:
    with pytest.raises(ValueError):
        parsed(data)


# The eight leaves and roots of Certificate Transparency's own reference tests.
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_roots_are_those_of_certificate_transparency() -> None:
    leaves = [leaf_hash(bytes.fromhex(data)) for data in CT_LEAVES]
    assert [root_of(leaves[: n + 1]).hex() for n in range(8)] == CT_ROOTS
    assert root_of([]) == EMPTY_ROOT


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(by_the_book(leaves[:k]), by_the_book(leaves[k:]))


@given(st.integers(1, 200))
def test_a_frontier_comes_to_the_root_by_the_book_at_every_size(size: int) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    kept = frontier.copy()
    kept.append(b"x" * 32)
    assert (frontier.size, frontier.root()) == (size, by_the_book(leaves))


@pytest.mark.parametrize(
    ("stream", "its_kind"),
    [
        ("yuanhua/17-9/session/1", "session"),
        ("yuanhua/17-9/session/1/refused", "refused"),
        ("yuanhua/17-9/session/1/vote/3", "vote"),
    ],
)
def test_the_kind_of_a_stream_is_the_last_word_before_a_number(stream: str, its_kind: str) -> None:
    assert kind_of(stream) == its_kind


def row(data: dict[str, object], name: str = ChairsBrought.name, **envelope: object) -> StoredEvent:
    fields = {
        "stream": HALL, "version": 1, "name": name, "recorded_at": "2027-01-05T01:00:00+00:00", "command_id": "old",
        "actor": {"office": "secretariat", "person": None}, "edition": EDITION, "evidence": [], "reason": "", "data": data,
    }  # fmt: skip
    return StoredEvent(HALL, 1, name, canonical({**fields, **envelope}))


BROUGHT = ChairsBrought(at=NINE, basis=(ARTICLE,), chairs=2, note="喆䶮").model_dump(mode="json")
V1 = {**{k: v for k, v in BROUGHT.items() if k != "chairs"}, "stools": 2}
V0 = {**{k: v for k, v in BROUGHT.items() if k != "chairs"}, "one_chair": True}


def test_an_event_comes_back_as_it_was_and_is_written_to_the_same_bytes() -> None:
    mapper, event = EnvelopeMapper(), ChairsBrought(at=NINE, basis=(ARTICLE,), chairs=2, note="喆䶮")
    stored = mapper.stored(HALL, 7, event, Act.of(bring("a", reason="补录"), EDITION, NINE + timedelta(microseconds=5)))
    envelope = mapper.to_domain_event(stored)
    assert envelope.event == event and (envelope.originator_id, envelope.originator_version) == (HALL, 7)
    assert mapper.to_stored_event(envelope) == stored
    assert json.loads(stored.state)["data"]["note"] == "喆䶮"


@pytest.mark.parametrize(
    "stored",
    [
        row({k: v for k, v in BROUGHT.items() if k != "chairs"}),
        row({**BROUGHT, "colour": "red"}),
        row({**BROUGHT, "chairs": "many"}),
        row(BROUGHT, colour="red"),
        row(BROUGHT, actor={"office": "nobody", "person": None}),
        row(BROUGHT, version=2),
        row(BROUGHT, stream="yuanhua/17-9/toy/2"),
        row({k: v for k, v in V1.items() if k != "stools"}, "toy.chairs-brought.v1"),
        StoredEvent(HALL, 1, ChairsBrought.name, b"[]"),
        StoredEvent(HALL, 1, "toy.chairs-brought.v1", b"[]"),
        StoredEvent(HALL, 1, ChairsBrought.name, b"\xff"),
    ],
    ids=["missing", "unknown", "type", "envelope", "actor", "version", "stream", "upcast", "list", "old list", "utf-8"],
)
def test_a_row_with_a_missing_unknown_or_wrong_field_is_not_read(stored: StoredEvent) -> None:
    with pytest.raises(UnreadableEvent, match=HALL):
        EnvelopeMapper().to_domain_event(stored)


def test_a_name_nobody_knows_is_named() -> None:
    with pytest.raises(UnknownEvent, match=r"toy\.unheard-of"):
        EnvelopeMapper().to_domain_event(row(BROUGHT, "toy.unheard-of.v1"))


@pytest.mark.parametrize(("data", "name", "chairs"), [(V1, "v1", 2), (V0, "v0", 1)])
def test_an_old_event_is_read_through_the_whole_chain_of_upcasts(
    data: dict[str, object], name: str, chairs: int
) -> None:
    envelope = EnvelopeMapper().to_domain_event(row(data, f"toy.chairs-brought.{name}"))
    assert isinstance(envelope.event, ChairsBrought) and envelope.event.chairs == chairs
    assert envelope.name == f"toy.chairs-brought.{name}"  # the envelope says what is stored


def test_a_ledger_with_old_events_goes_on_and_the_old_bytes_stay_under_proof(folder: Path, kind: Kind) -> None:
    old = row(V1, "toy.chairs-brought.v1")
    leaf = leaf_hash(old.state)
    answer = {"outcome": "recorded", "command_id": "old", "act": "toy.bring-chairs", "size": 1, "head": leaf.hex()}
    recorded = {"position": 1, "stream": HALL, "version": 1, "name": old.topic, "at": "2027-01-05T01:00:00Z"}
    events = [{**recorded, "facts": [], "clocks": [], "basis": [], "findings": [], "leaf": leaf.hex()}]
    Ledger(folder, DECIDERS, ToyLaws()).close()
    mark = "?" if kind.name == "sqlite" else "%s"
    with kind.owner(folder) as db:  # as an old program wrote it
        db.execute(
            f"INSERT INTO stored_events VALUES (1, {', '.join([mark] * 5)})", (HALL, 1, old.topic, old.state, leaf)
        )
        db.execute(f"INSERT INTO commits VALUES (1, 1, {mark})", (leaf,))
        given = ("old", "0" * 64, canonical({**answer, "events": events}), 1)
        db.execute(f"INSERT INTO commands VALUES ({', '.join([mark] * 4)})", given)
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
        receipt = stored(ledger.record_now(bring("a", 3)))
        assert receipt.events[0].version == 2 and ledger.state(HALL).chairs == 5
    verification = verify(folder, DECIDERS, ToyLaws())
    assert verification.outcome is Outcome.VERIFIED, [str(f) for f in verification.failures]


OF_2026 = (
    '{"actor":{"office":"presidium","person":null},"command_id":"c1","data":{"at":"2026-01-28T10:00:00+08:00","basis":[],'
    '"fact":"notice-given","findings":[],"why":"迟发"},"edition":"","evidence":[],"name":"session.irregularity-recorded.v1",'
    '"reason":"补","recorded_at":"2026-01-28T10:00:00+08:00","stream":"xiuzhou/10-4/session/1","version":1}'
)
"""An envelope as it was written before entries said whose token was shown; and the digest of the request that led to it."""
ASKED_IN_2026 = "c5167b5c11d46dda43b9094e1d18ff71d636976df37f9a07fc36aaf47a6447f4"


def test_an_entry_from_before_there_were_tokens_is_read_and_written_the_same_to_the_byte() -> None:
    import domain.session.record  # noqa: F401, PLC0415 # it registers the event

    row = StoredEvent("xiuzhou/10-4/session/1", 1, "session.irregularity-recorded.v1", OF_2026.encode())
    envelope = EnvelopeMapper().to_domain_event(row)
    assert (envelope.actor.role, envelope.actor.token, envelope.signature) == (None, None, None)
    assert EnvelopeMapper().to_stored_event(envelope).state.decode() == OF_2026
    said = json.loads(OF_2026)
    said["actor"] |= {"role": "teller", "token": "t1", "on_behalf_of": "scrutineer"}
    newer = StoredEvent(row.originator_id, row.originator_version, row.topic, canonical(said))
    read = EnvelopeMapper().to_domain_event(newer)
    assert read.actor.role == "teller" and EnvelopeMapper().to_stored_event(read).state == newer.state


def test_who_carried_an_act_is_no_part_of_what_was_asked() -> None:
    said = json.loads(OF_2026)
    asked = Submission(
        command_id="c1", stream=said["stream"], actor=Actor(office="presidium"), at=said["data"]["at"],
        act="record-irregularity", fields={"fact": "notice-given", "why": "迟发"}, reason="补",
    )  # fmt: skip
    assert request_of(asked) == ASKED_IN_2026
    carried = Actor(office="presidium", role="secretariat", token="t1", one_person=True)
    assert request_of(asked.model_copy(update={"actor": carried})) == ASKED_IN_2026
    for_whom = Actor(office="presidium", on_behalf_of="D001")
    assert request_of(asked.model_copy(update={"actor": for_whom})) != ASKED_IN_2026
