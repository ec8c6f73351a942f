"""浙江省实施代表法办法: cited beside the statutes in Zhejiang's counties and townships from 2016-05-27, and nowhere else."""

from datetime import date

import pytest

from domain.law import Kind, LawBook

DAY_BEFORE, DAY, TODAY = date(2016, 5, 26), date(2016, 5, 27), date(2026, 1, 14)
EVERYWHERE = {
    "motion.content": "ZJDL16-10",
    "inquiry.answer": "ZJDL16-12",
    "interpellation.content": "ZJDL16-13-1",
    "interpellation.answer": "ZJDL16-13-2",
    "interpellation.reanswer": "ZJDL16-13-2-reanswer",
    "motion.listed": "ZJDL16-41-1",
    "deputy.leave": "ZJDL16-46-1",
}
COUNTY = EVERYWHERE | {
    "suggestion.assigned_by": "ZJDL16-42-1-county",
    "suggestion.report": "ZJDL16-42-2-report",
    "suggestion.printed": "ZJDL16-42-2-printed",
}
TOWNSHIP = EVERYWHERE | {"suggestion.assigned_by": "ZJDL16-42-1"}
RULES = sorted({*COUNTY.values(), *TOWNSHIP.values()})


def cited(book: LawBook, day: date, level: str, profile: str, topic: str) -> set[str]:
    found = book.on(day, level, "year_start", profile).ruling(topic)
    assert found is None or not [c for c in found.inert if c.rule in RULES]
    return {c.rule for c in found.basis} if found else set()


@pytest.mark.rule(
    "ZJDL16-10", "ZJDL16-12", "ZJDL16-13-1", "ZJDL16-13-2", "ZJDL16-13-2-reanswer", "ZJDL16-41-1", "ZJDL16-42-1",
    "ZJDL16-42-1-county", "ZJDL16-42-2-report", "ZJDL16-42-2-printed", "ZJDL16-46-1",
)  # fmt: skip
@pytest.mark.parametrize(("level", "rules"), [("county", COUNTY), ("township", TOWNSHIP)])
def test_the_measures_speak_in_zhejiang_only(book: LawBook, level: str, rules: dict[str, str]) -> None:
    for topic, rule in rules.items():
        assert rule in cited(book, TODAY, level, f"zhejiang-{level}", topic), topic
        assert rule not in cited(book, TODAY, level, f"national-{level}", topic), topic


def test_they_speak_from_27_may_2016_and_not_the_day_before(book: LawBook) -> None:
    for topic, rule in COUNTY.items():
        assert rule in cited(book, DAY, "county", "zhejiang-county", topic), topic
        assert rule not in cited(book, DAY_BEFORE, "county", "zhejiang-county", topic), topic


@pytest.mark.parametrize("topic", sorted(COUNTY))
def test_they_change_no_statutes_answer_but_stand_beside_it(book: LawBook, topic: str) -> None:
    there = book.on(TODAY, "county", "year_start", "zhejiang-county").ruling(topic)
    nation = book.on(TODAY, "county", "year_start", "national-county").ruling(topic)
    assert there is not None and nation is not None
    assert (there.value, there.consequence, there.kind) == (nation.value, nation.consequence, Kind.TEXT)
