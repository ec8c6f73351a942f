"""What the law of a day asks, at the threshold and one short of it (rulebook §15, edge cases 2, 4, 6, 8, 24 and more)."""

from datetime import date

import pytest

from domain.calendar import last_day, latest_day_before
from domain.law import Consequence, Kind, LawBook, NoLawOnFile
from tests.law.conftest import Asking
from yishi.planning.own_rules import OwnRule


@pytest.mark.rule("OL22-14-4-quorum")
def test_of_61_deputies_41_may_open_the_session_and_40_may_not(law: Asking) -> None:
    quorum = law("2022-03-12").ruling("session.quorum")
    assert quorum is not None and quorum.may_refuse
    assert quorum.share.needed(61) == 41
    assert quorum.share.met_by(41, 61) and not quorum.share.met_by(40, 61)
    assert [c.zh for c in quorum.basis] == ["地方组织法(2022)第十四条第四款"]


@pytest.mark.rule("OL15-noquorum")
def test_a_day_earlier_the_statute_is_on_file_but_silent_on_a_quorum(law: Asking) -> None:
    for profile in ("national-township", "zhejiang-township"):
        quorum = law("2022-03-11", profile).ruling("session.quorum")
        assert quorum is not None
        assert (quorum.value, quorum.consequence, quorum.may_refuse) == (None, Consequence.NONE, False)
        assert [c.rule for c in quorum.basis] == ["OL15-noquorum"]


@pytest.mark.rule("CQT16-10-quorum", "OL15-noquorum")
def test_where_the_statute_is_silent_a_province_may_ask_for_a_quorum(law: Asking) -> None:
    quorum = law("2022-03-11", "chongqing-township").ruling("session.quorum")
    assert quorum is not None and quorum.may_refuse and quorum.kind is Kind.LOCAL
    assert quorum.share.needed(61) == 41


@pytest.mark.rule("ZJT23-16-quorum", "OL22-14-4-quorum")
def test_zhejiang_has_a_quorum_of_its_own_since_august_2023_and_leaned_on_the_statute_before(law: Asking) -> None:
    before = law("2023-07-31", "zhejiang-township").ruling("session.quorum")
    after = law("2023-08-01", "zhejiang-township").ruling("session.quorum")
    assert before is not None and [c.rule for c in before.basis] == ["OL22-14-4-quorum"]
    assert after is not None and [c.rule for c in after.basis] == ["OL22-14-4-quorum", "ZJT23-16-quorum"]
    assert after.kind is Kind.TEXT and before.value == after.value


@pytest.mark.rule("CQT16-12-prep", "OL22-17-1-prep")
def test_chongqing_townships_need_a_preparatory_meeting_and_zhejiang_ones_do_not(law: Asking) -> None:
    chongqing = law("2024-01-10", "chongqing-township").ruling("prep.required")
    assert chongqing is not None and chongqing.on and chongqing.may_refuse
    assert law("2024-01-10", "zhejiang-township").ruling("prep.required") is None
    assert law("2024-01-10", "national-township").ruling("prep.required") is None


@pytest.mark.rule("CQT16-12-prep-chair", "CQT16-12-prep-chair-first")
def test_the_previous_presidium_chairs_the_preparatory_meeting_of_a_terms_first_session(law: Asking) -> None:
    first = law("2024-01-10", "chongqing-township", "first").ruling("prep.chair")
    later = law("2024-01-10", "chongqing-township", "mid_year").ruling("prep.chair")
    assert first is not None and first.options == ("previous_presidium",)
    assert later is not None and later.options == ("presidium",)


@pytest.mark.rule("DL25-51-2", "CQT16-16-reply", "CNT-days")
@pytest.mark.parametrize(
    ("profile", "due"),
    [
        ("national-township", date(2026, 5, 5)),
        ("zhejiang-township", date(2026, 5, 5)),
        ("chongqing-township", date(2026, 4, 5)),
    ],
)
def test_a_suggestion_assigned_on_5_february_is_answered_in_three_months_and_in_chongqing_in_two(
    law: Asking, profile: str, due: date
) -> None:
    reply = law("2026-02-05", profile).ruling("suggestion.reply")
    assert reply is not None and reply.consequence is Consequence.ALERT and not reply.may_refuse
    assert last_day(date(2026, 2, 5), reply.period) == due


@pytest.mark.rule("DL25-51-2-difficult", "CQT16-16-reply-difficult")
def test_a_difficult_suggestion_has_six_months_and_in_chongqing_four(law: Asking) -> None:
    national = law("2026-02-05").ruling("suggestion.reply_difficult")
    chongqing = law("2026-02-05", "chongqing-township").ruling("suggestion.reply_difficult")
    assert national is not None and last_day(date(2026, 2, 5), national.period) == date(2026, 8, 5)
    assert chongqing is not None and last_day(date(2026, 2, 5), chongqing.period) == date(2026, 6, 5)


@pytest.mark.rule("DL15-42-1", "DL25-51-2")
def test_a_suggestion_assigned_on_11_march_2025_is_answered_under_the_deputies_law_of_2015(law: Asking) -> None:
    assert [c.zh for c in law("2025-03-11").basis("suggestion.reply")] == ["代表法(2015)第四十二条第一款"]
    assert [c.zh for c in law("2025-03-12").basis("suggestion.reply")] == ["代表法(2025)第五十一条第二款"]


@pytest.mark.rule("OL22-14-3-extra")
def test_of_60_deputies_12_may_propose_a_session_and_11_may_not(law: Asking) -> None:
    petition = law("2024-01-10").ruling("session.petition")
    assert petition is not None and petition.may_refuse
    assert petition.share.met_by(12, 60) and not petition.share.met_by(11, 60)


@pytest.mark.rule("OL22-20-first", "CNT-days")
def test_deputies_elected_on_31_december_hold_their_first_session_by_the_end_of_february(law: Asking) -> None:
    within = law("2026-12-31", kind="first").ruling("session.first_within")
    assert within is not None and last_day(date(2026, 12, 31), within.period) == date(2027, 2, 28)


@pytest.mark.rule("OL22-25", "OL15-20", "ZJT23-22-vote")
def test_of_61_deputies_31_in_favour_adopt_and_30_do_not_whoever_was_present(law: Asking) -> None:
    for day, profile in (
        ("2016-11-01", "zhejiang-township"),
        ("2024-01-10", "zhejiang-township"),
        ("2024-01-10", "national-township"),
    ):
        majority = law(day, profile).ruling("vote.majority")
        assert majority is not None and majority.consequence is Consequence.FAIL
        assert majority.share.of == "all_deputies" and majority.share.needed(61) == 31


@pytest.mark.rule("ZJT23-20-notice", "ZJT16-20-notice", "CQT16-11-notice")
def test_notice_is_seven_days_in_zhejiang_ten_in_chongqing_and_none_in_national_law(law: Asking) -> None:
    for day in ("2017-01-10", "2024-01-10"):
        zhejiang = law(day, "zhejiang-township").ruling("notice.days")
        assert zhejiang is not None and zhejiang.may_refuse
        assert latest_day_before(date(2024, 1, 20), zhejiang.number) == date(2024, 1, 13)
    chongqing = law("2024-01-10", "chongqing-township").ruling("notice.days")
    assert chongqing is not None and chongqing.number == 10
    assert law("2024-01-10").ruling("notice.days") is None


@pytest.mark.rule("ZJT23-20-notice", "ZJT23-20-notice-papers", "CQT16-11-notice")
def test_zhejiang_waives_notice_for_an_extraordinary_session_and_chongqings_text_does_not(law: Asking) -> None:
    zhejiang = law("2024-01-10", "zhejiang-township", "extraordinary")
    assert zhejiang.ruling("notice.days") is None and zhejiang.ruling("papers.days") is None
    assert law("2024-01-10", "chongqing-township", "extraordinary").ruling("notice.days") is not None


@pytest.mark.rule("ZJT23-24-pres-quorum", "ZJT23-24-pres-majority")
def test_of_nine_presidium_members_five_may_meet_and_four_may_not(law: Asking) -> None:
    zhejiang = law("2024-01-10", "zhejiang-township")
    for topic in ("presidium.quorum", "presidium.majority"):
        rule = zhejiang.ruling(topic)
        assert rule is not None and rule.share.of == "all_members"
        assert rule.share.met_by(5, 9) and not rule.share.met_by(4, 9)


@pytest.mark.rule("ZJT23-8-size", "CQT16-30-size")
def test_six_members_are_never_a_presidium_and_seventeen_only_in_zhejiang(law: Asking) -> None:
    zhejiang = law("2024-01-10", "zhejiang-township").ruling("presidium.size")
    chongqing = law("2024-01-10", "chongqing-township").ruling("presidium.size")
    assert zhejiang is not None and chongqing is not None
    assert [zhejiang.range.holds(n) for n in (6, 7, 17, 18)] == [False, True, True, False]
    assert [chongqing.range.holds(n) for n in (6, 7, 13, 14)] == [False, True, True, False]


@pytest.mark.rule("OL22-22-2-dep", "OL22-22-2-dep-county", "OL22-24-1")
def test_five_township_deputies_may_bring_a_motion_and_ten_may_interpellate(law: Asking) -> None:
    town = law("2024-01-10")
    motion, interpellation = town.ruling("motion.joint"), town.ruling("interpellation.joint")
    assert motion is not None and motion.number == 5
    assert interpellation is not None and interpellation.number == 10


@pytest.mark.rule("OL22-22-2-dep-county", "OL15-18-2-dep-county", "OL22-24-1", "OL15-28-1")
@pytest.mark.parametrize("topic", ["motion.joint", "interpellation.joint"])
@pytest.mark.parametrize(("own", "inert"), [(5, True), (9, True), (10, False), (11, True)])
@pytest.mark.parametrize("day", [date(2022, 3, 11), date(2024, 1, 10)])
def test_a_county_neither_lowers_nor_raises_the_ten_who_may_bring_a_motion_or_interpellate(
    book: LawBook, topic: str, own: int, inert: bool, day: date
) -> None:
    rule = OwnRule.model_validate({
        "id": "OWN-joint", "topic": topic, "number": own, "title": "本县人大议事规则", "article": "9",
        "from": date(2015, 8, 29), "consequence": "block",
    })  # fmt: skip
    law = book.on(day, "county", "year_start", "national-county", own_rules=(rule.provision("county", book),))
    found = law.ruling(topic)
    assert found is not None and found.number == 10
    assert ("OWN-joint" in [c.rule for c in found.inert]) is inert


@pytest.mark.rule("BL18-14", "BL14-14", "ZJT23-32-pub")
def test_an_approved_budget_is_published_within_twenty_days(law: Asking) -> None:
    for day in ("2017-01-10", "2024-01-10"):
        published = law(day, "zhejiang-township").ruling("budget.published")
        assert published is not None and published.consequence is Consequence.ALERT
        assert last_day(date(2024, 1, 20), published.period) == date(2024, 2, 9)


@pytest.mark.rule("DL25-62", "DL15-49")
def test_two_unapproved_absences_raise_an_alert_and_refuse_nothing(law: Asking) -> None:
    for day in ("2024-01-10", "2026-01-10"):
        absences = law(day).ruling("deputy.absences")
        assert absences is not None and absences.number == 2
        assert absences.consequence is Consequence.ALERT and not absences.may_refuse


@pytest.mark.rule("ZJPJ22-16-17", "ZJPJ22-16-17-surplus", "ZJPJ22-19")
def test_project_votes_follow_the_zhejiang_regulation_only_from_the_day_it_took_force(law: Asking) -> None:
    before, after = law("2022-09-30", "zhejiang-township"), law("2022-10-01", "zhejiang-township")
    for topic in ("projects.surplus", "projects.method", "projects.majority"):
        assert before.ruling(topic) is None
        assert after.ruling(topic) is not None
    majority = after.ruling("projects.majority")
    assert majority is not None and majority.share.needed(60) == 31


@pytest.mark.rule("ZJ-ST19-17-recommends", "ZJPJ22-26", "OL22-59-3")
def test_a_residents_council_recommends_and_has_no_congress_to_resolve(law: Asking) -> None:
    street = law("2024-01-10", "zhejiang-residents", "yearly")
    recommends, none = street.ruling("council.recommends"), street.ruling("street.no_congress")
    assert recommends is not None and {c.rule for c in recommends.basis} == {"ZJ-ST19-17-recommends", "ZJPJ22-26"}
    assert none is not None and none.may_refuse
    assert street.ruling("vote.majority") is None and street.ruling("session.quorum") is None


@pytest.mark.rule("C-ST-quorum")
def test_a_street_councils_quorum_is_practice_unverified_and_refuses_nothing(law: Asking) -> None:
    quorum = law("2024-01-10", "zhejiang-residents", "yearly").ruling("council.quorum")
    assert quorum is not None and quorum.kind is Kind.PRACTICE and quorum.unverified and not quorum.may_refuse


def test_before_the_first_text_on_file_the_answer_names_the_missing_text(law: Asking) -> None:
    with pytest.raises(NoLawOnFile) as none:
        law("2015-08-28")
    assert (none.value.family, none.value.first) == ("地方组织法", date(2015, 8, 29))
    assert "地方组织法" in str(none.value)
    law("2015-08-29")


def test_a_province_without_its_township_regulation_has_no_answer_but_a_missing_project_rule_takes_nothing_away(
    law: Asking,
) -> None:
    with pytest.raises(NoLawOnFile) as none:
        law("2016-09-30", "zhejiang-township")
    assert none.value.family == "浙江省乡镇人大工作条例"
    assert law("2021-01-10", "zhejiang-township").ruling("notice.days") is not None
