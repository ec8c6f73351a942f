"""How layers, readings and practice come together (architecture §2.4, §2.5)."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Base, Number, Period, Share, Switch, Value
from domain.law import Consequence, Kind, LawBook, Layer, Profile, Provision, Stricter, TextOnFile
from domain.text import Text
from tests.law.conftest import Asking

DAY = date(2024, 1, 10)


def text(code: str, layer: Layer) -> TextOnFile:
    return TextOnFile(
        code=code,
        family=code,
        title=Text(code, code),
        short=code,
        layer=layer,
        in_force_from=date(2020, 1, 1),
        source="made up",
    )


def rule(of: TextOnFile, topic: str, value: Value | None, stricter: Stricter, **more: Any) -> Provision:
    made = {
        "id": f"{of.code}-{topic}", "topic": topic, "text": of.code, "layer": of.layer, "statute": of.short, "article": "1",
        "kind": Kind.TEXT if of.layer is Layer.STATUTE else Kind.LOCAL, "levels": ("township",), "value": value,
        "in_force_from": of.in_force_from, "says": Text("甲", "a"), "stricter": stricter,
        "consequence": Consequence.BLOCK, "verified": "T",
    }  # fmt: skip
    return Provision.model_validate({**made, **more})


NATION, PROVINCE = text("NATION", Layer.STATUTE), text("PROVINCE", Layer.PROVINCE)


def ruling(*rules: Provision, adopts: tuple[str, ...] = ()) -> Any:
    profile = Profile(id="made-township", title=Text("甲", "a"), families=("NATION", "PROVINCE"), adopts=adopts)
    book = LawBook(edition="", texts=(NATION, PROVINCE), provisions=rules, profiles={profile.id: profile})
    return book.on(DAY, "township", "year_start", profile.id).ruling(rules[0].topic)


def share(numerator: int, denominator: int) -> Share:
    return Share(numerator=numerator, denominator=denominator, inclusive=True, of=Base.ALL_DEPUTIES)


def test_a_province_that_asks_for_half_where_the_statute_asks_for_two_thirds_is_loaded_inert() -> None:
    found = ruling(
        rule(NATION, "session.quorum", share(2, 3), Stricter.MORE),
        rule(PROVINCE, "session.quorum", share(1, 2), Stricter.MORE),
    )
    assert found.value == share(2, 3)
    assert [c.rule for c in found.basis] == ["NATION-session.quorum"]
    assert [c.rule for c in found.inert] == ["PROVINCE-session.quorum"]


@pytest.mark.parametrize("way", [Stricter.FIXED, Stricter.LESS, Stricter.MORE, Stricter.NOT_COMPARED])
@pytest.mark.parametrize("signatures", [9, 11])
def test_what_the_statute_fixes_is_moved_by_nobody_below_whichever_way_he_says_it_tightens(
    way: Stricter, signatures: int
) -> None:
    found = ruling(
        rule(NATION, "motion.joint", Number(at_least=10), Stricter.FIXED),
        rule(PROVINCE, "motion.joint", Number(at_least=signatures), way),
    )
    assert found.number == 10
    assert [c.rule for c in found.basis] == ["NATION-motion.joint"]
    assert [c.rule for c in found.inert] == ["PROVINCE-motion.joint"]


def test_a_local_rule_that_repeats_the_fixed_number_is_cited_beside_it() -> None:
    found = ruling(
        rule(NATION, "motion.joint", Number(at_least=10), Stricter.FIXED),
        rule(PROVINCE, "motion.joint", Number(at_least=10), Stricter.FIXED),
    )
    assert found.number == 10 and not found.inert
    assert [c.rule for c in found.basis] == ["NATION-motion.joint", "PROVINCE-motion.joint"]


def test_a_province_that_asks_for_three_quarters_binds() -> None:
    found = ruling(
        rule(NATION, "session.quorum", share(2, 3), Stricter.MORE),
        rule(PROVINCE, "session.quorum", share(3, 4), Stricter.MORE),
    )
    assert found.value == share(3, 4) and not found.inert
    assert [c.rule for c in found.basis] == [
        "PROVINCE-session.quorum",
        "NATION-session.quorum",
    ]  # what binds comes first


@pytest.mark.parametrize(("months", "binding", "inert"), [(2, 2, False), (4, 3, True)])
def test_a_shorter_local_term_binds_and_a_longer_one_is_inert(months: int, binding: int, inert: bool) -> None:
    found = ruling(
        rule(NATION, "suggestion.reply", Period(amount=3, unit="months"), Stricter.LESS),
        rule(PROVINCE, "suggestion.reply", Period(amount=months, unit="months"), Stricter.LESS),
    )
    assert found.period.amount == binding and bool(found.inert) is inert


@pytest.mark.rule("OL22-32-2", "CQT16-32-10")
def test_chongqings_resignation_in_recess_conflicts_with_the_statute_and_is_not_applied(law: Asking) -> None:
    found = law("2024-01-10", "chongqing-township").ruling("resignation.to_congress")
    assert found is not None and found.on and found.may_refuse
    assert [c.zh for c in found.inert] == ["重庆市乡镇人大工作条例(2016)第三十二条"]


def test_the_statute_of_2022_leaves_nothing_of_the_zhejiang_regulation_inert(book: LawBook, law: Asking) -> None:
    zhejiang = law("2024-01-10", "zhejiang-township")
    assert [t for t in sorted({p.topic for p in book.provisions}) if (r := zhejiang.ruling(t)) and r.inert] == []


@pytest.mark.rule("I-quorum-each-sitting", "I-quorum-at-vote")
def test_a_reading_refuses_only_where_the_profile_adopts_it(law: Asking) -> None:
    town = law("2024-01-10")
    each, again = town.ruling("quorum.each_sitting"), town.ruling("quorum.at_vote")
    assert each is not None and each.kind is Kind.READING and each.adopted and each.may_refuse
    assert again is not None and again.kind is Kind.READING and not again.may_refuse


@pytest.mark.rule("I-prep-quorum")
def test_only_chongqing_holds_its_preparatory_meeting_to_two_thirds(law: Asking) -> None:
    chongqing = law("2024-01-10", "chongqing-township").ruling("prep.quorum")
    zhejiang = law("2024-01-10", "zhejiang-township").ruling("prep.quorum")
    assert chongqing is not None and chongqing.may_refuse
    assert zhejiang is not None and not zhejiang.may_refuse


def test_practice_steps_back_as_soon_as_a_text_speaks() -> None:
    custom = rule(
        NATION,
        "agenda.adopted",
        Switch(on=True),
        Stricter.ON,
        id="CUSTOM",
        kind=Kind.PRACTICE,
        consequence=Consequence.NONE,
    )
    local = rule(PROVINCE, "agenda.adopted", Switch(on=True), Stricter.ON)
    assert [c.rule for c in ruling(custom, local).basis] == ["PROVINCE-agenda.adopted"]
    assert ruling(custom).kind is Kind.PRACTICE and not ruling(custom).may_refuse


def test_no_practice_on_file_refuses_anything(book: LawBook) -> None:
    practice = [p for p in book.provisions if p.kind is Kind.PRACTICE]
    assert practice
    assert {p.consequence for p in practice} <= {Consequence.NONE, Consequence.WARN}


@pytest.mark.rule("C-party-report")
def test_reporting_to_the_party_committee_has_no_legal_effect(law: Asking) -> None:
    report = law("2024-01-10", "zhejiang-township").ruling("practice.party_report")
    assert report is not None and report.kind is Kind.PRACTICE
    assert report.consequence is Consequence.NONE and report.value is None
