"""From the plan to the registration of the session: names never in clear, groups filled, own rules made law."""

import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest

from domain.law import LawBook
from domain.session.registration import RegisterSession
from tests.planning.conftest import Desk
from yishi.ledger.vault import Vault
from yishi.planning import load_plan, person_key, register_fields

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


class Backwards:
    """A sealing one can read: the text turned round; it seals one at a time."""

    def __init__(self) -> None:
        self.sealed: list[str] = []

    def seal(self, person: str, plain: str) -> str:
        self.sealed.append(person)
        return b64encode(plain[::-1].encode()).decode()

    def open(self, person: str, sealed: str) -> str | None:
        return sealed[:-1][::-1]


class InOneGo(Backwards):
    def __init__(self) -> None:
        super().__init__()
        self.batches = 0

    def seal_all(self, plain: Mapping[str, str]) -> dict[str, str]:
        self.batches += 1
        return {person: self.seal(person, text) for person, text in plain.items()}


def test_no_name_of_the_roll_stands_in_clear_in_the_fields(desk: Desk):
    desk.plan()
    plan = load_plan(desk.folder / "plan.yaml", desk.book)
    fields = register_fields(plan, desk.book, Backwards(), rehearsal=True)
    stored = json.dumps(fields, ensure_ascii=False)
    assert "张喆" not in stored
    assert b64encode("喆张".encode()).decode() in stored
    assert fields["groups"][0]["members"] == ["D001", "D002"]
    assert fields["previous_presidium"] == [f"D00{n}" for n in range(1, 8)]
    assert fields["rehearsal"] is True
    assert fields["edition"] == desk.book.edition
    RegisterSession.model_validate(fields)


def test_names_are_sealed_in_one_go_where_that_can_be_done_each_under_its_own_persons_key(desk: Desk):
    desk.plan()
    plan, sealing = load_plan(desk.folder / "plan.yaml", desk.book), InOneGo()
    register_fields(plan, desk.book, sealing, rehearsal=True)
    assert sealing.batches == 1
    assert sealing.sealed == [person_key("yuan", 17, d) for d in (f"D00{n}" for n in range(1, 10))]


def test_the_real_vault_seals_and_opens_a_rare_name(desk: Desk, tmp_path: Path):
    desk.plan()
    vault = Vault(tmp_path / "vault")
    fields = register_fields(load_plan(desk.folder / "plan.yaml", desk.book), desk.book, vault, rehearsal=True)
    assert vault.open(person_key("yuan", 17, "D002"), fields["roll"][1]["sealed_name"]) == "李䶮"


@pytest.mark.parametrize(
    ("example", "deputies", "procedure"),
    [
        ("yuanhua", 60, "township-congress"),
        ("luqiao", 107, "township-congress"),
        ("songcheng", 60, "residents-council"),
        ("xiuzhou", 232, "county-congress"),
    ],
)
def test_the_plans_of_the_flagship_sessions_are_lawful_and_can_be_registered(
    example: str, deputies: int, procedure: str, book: LawBook
):
    plan = load_plan(EXAMPLES / example / "plan.yaml", book)
    fields = register_fields(plan, book, Backwards(), rehearsal=True)
    assert (len(fields["roll"]), fields["procedure"]) == (deputies, procedure)
    assert plan.filled_in, "what is filled in is marked as such"


def test_songcheng_takes_more_than_two_thirds_of_sixty_for_its_own_quorum(book: LawBook):
    plan = load_plan(EXAMPLES / "songcheng" / "plan.yaml", book)
    law = book.on(plan.session.opens, "residents", "yearly", plan.profile, (), plan.provisions(book), plan.adopts)
    ruling = law.ruling("council.quorum")
    assert ruling is not None
    assert ruling.share.needed(60) == 41
    assert ruling.may_refuse
    assert ruling.basis[0].zh == "宋城街道居民议事会议事规则第八条"
