"""Every row of elections that binds from county level up is answered in a city and in a province as well (rulebook §8, §14.1)."""

from datetime import date

import pytest

from domain.law import Law, LawBook
from yishi.planning.topics import topics

LEVELS = ("county", "city", "province")
DAYS = (date(2019, 2, 20), date(2022, 3, 12), date(2024, 11, 8), date(2026, 1, 14))

ROWS = {
    # 8.1 leaders
    "OL22-26-nom": "nomination.by nomination.joint nomination.written nomination.across_units",
    "OL22-26-3-cap": "nomination.cap nomination.extra_from_deputies nomination.signed_twice",
    "OL22-26-4": "nomination.introduced",
    "OL22-elig": "eligibility.sc eligibility.sc_incompatible",
    "OL22-27-1-heads": "margin.head",
    "OL22-27-1-vice": "margin.vice",
    "OL22-27-1-members": "margin.members margin.members_rounding",
    "OL22-27-1-fixed": "election.method election.method.contents",
    "OL22-27-1-primary": "primary.required primary.order nominees.discussed",
    "OL22-27-2-days": "election.two_days election.two_days.hours",
    "OL22-28": "ballot.secret ballot.choices ballot.write_in",
    "I-writein": "ballot.write_in_eligible",
    "OL22-25+29": "elected.majority elected.most_votes elected.tie elected.tie_majority",
    "OL22-29-2": "elected.shortfall elected.shortfall_candidates",
    "OL22-29-3": "margin.separate margin.separate_head",
    "I-second-majority": "elected.separate_majority",
    "OL22-30": "margin.by_election election.method.by_election",
    "OL22-11-6": "approval.procurator approval.procurator_removal approval.refused",
    "L-ballots": "election.method.ballot_count ballot.count ballot.overmarked ballot.reconciled",
    "L-monitors": "scrutineers.adopted scrutineers.not_candidates scrutineers.not_relatives",
    "L-booth": "ballot.booth",
    "L-announce-votes": "election.announced election.votes_published election.validity election.conducted",
    "OL22-71": "leaders.department_heads",
    # 8.2 deputies of the congress above
    "EL20-30": "nomination.by.deputies nomination.joint.deputies nomination.cap.deputies",
    "EL20-31": "margin.deputies margin.deputies_rounding",
    "EL20-32-2": "election.two_days.deputies nominees.printed.deputies primary.required.deputies election.method.deputies",
    "EL20-33": "eligibility.deputies",
    "EL20-35": "election.foreign_funding",
    "EL20-39/40": "election.conducted.deputies ballot.secret.deputies ballot.booth.deputies",
    "EL20-43": "ballot.reconciled.deputies scrutineers.not_relatives.deputies",
    "EL20-44-1": "ballot.count.deputies",
    "EL20-44-2": "ballot.overmarked.deputies",
    "EL20-45-2": "elected.deputies.majority elected.deputies.most_votes elected.deputies.tie",
    "EL20-45-4": "elected.deputies.shortfall elected.deputies.shortfall_one elected.deputies.separate_majority",
    "EL20-46": "election.validity.deputies election.announced.deputies election.list_published.deputies",
    "EL20-57": "by_election.higher_deputies by_election.credentials margin.by_election.deputies",
    "EL20-58": "election.bribery",
    "EL20-12": "deputies.number.base deputies.number.per_population deputies.number.cap deputies.number.rounding",
    "EL20-13-14": "deputies.number.fixed_by deputies.number.unchanged",
    # 8.3 removal, dismissal, resignation, acting heads
    "OL22-31-1": "removal.proposers removal.joint removal.targets removal.brought",
    "OL22-31-3/4": "removal.reasons removal.defence removal.defence_printed",
    "OL22-31-5": "removal.voted removal.investigation",
    "OL22-25-rem": "removal.majority removal.secret",
    "EL20-51": "removal.higher_deputy.proposers removal.higher_deputy.joint removal.higher_deputy.secret "
    "removal.higher_deputy.defence removal.higher_deputy.recess_joint removal.higher_deputy.filed termination.offices",
    "SL24-60..62": "dismissal.who dismissal.proposers dismissal.joint dismissal.secret dismissal.majority dismissal.defence "
    "dismissal.content dismissal.in_recess",
    "CT18-44": "replacement.court_president",
    "OL22-32-1": "resignation.accepted_by resignation.in_recess resignation.filed resignation.who resignation.sc_majority",
    "EL20-55": "resignation.deputy resignation.higher_deputy resignation.higher_deputy_majority",
    "OL22-50-13": "acting.head acting.same_organ acting.nominated_by acting.appointed_first acting.procurator "
    "appointment.vice_in_recess",
    "OL22-55": "acting.sc_chair",
    # 8.4 oath; §18.2
    "CONST18-27": "oath.taken",
    "OATH18-2,8": "oath.text oath.form oath.place oath.anthem",
    "OL22-47-4-size": "sc.size sc.size_usual",
    "OL22-47-5-fix": "sc.size_fixed",
    "OL22-34-nom": "special_committee.nominated_by",
}
"""Each row of rulebook §8 and §18.2 that binds at P, C or X+, and the topics under which it is on file."""

ONLY_THE_COUNTY: dict[str, str] = {
    "recall.voters": "选举法 art. 50: only the deputies of counties and townships are elected by voters",
    "duty.report": "代表法 (2015) art. 45(1): deputies elected by voters; of all levels since 代表法 (2025) art. 58",
    "duty.organised": "代表法 (2015) art. 45: deputies elected by voters report to them; of all levels since 代表法 (2025) art. 58",
    "voters.heard": "预算法 art. 45: only county and township congresses",
    "direct.turnout": "选举法 art. 45(1): direct elections",
    "direct.majority": "选举法 art. 45(1)",
    "direct.shortfall": "选举法 art. 45(4)",
    "direct.separate": "选举法 art. 45(5)",
    "deputies.number.few_people": "选举法 art. 12(1): of counties and townships",
    "deputies.number.extra": "选举法 art. 12(3): not of cities",
    "deputies.number.extra_by": "选举法 art. 12(3): not of cities",
    "resignation.deputy_announced": "选举法 art. 55(2): the resignation of a deputy elected by voters",
    "resignation.deputy_majority": "选举法 art. 55(2); a city's deputy resigns to the committee of the congress that elected",
}
NOT_THE_COUNTY = {
    "recall.electing_congress": "选举法 art. 49: deputies whom congresses below elected",
    "elects.sc_secretary_general": "地方组织法 art. 47(1): a county's standing committee has no secretary-general",
    "deputies.number.per_population.municipality": "选举法 art. 12(1): a municipality is of a province's rank",
    "budget.deputies_invited": "预算法 art. 22(5): from city level up",
}


def law(book: LawBook, day: date, level: str) -> Law:
    return book.on(day, level, "first", f"national-{level}")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("row", ROWS)
def test_the_row_is_answered_at_this_level_today(book: LawBook, level: str, row: str) -> None:
    today = law(book, DAYS[-1], level)
    assert [topic for topic in ROWS[row].split() if today.ruling(topic) is None] == []


@pytest.mark.parametrize("day", DAYS)
def test_what_the_law_says_to_a_county_it_says_to_a_city_and_a_province_but_for_what_it_says_of_one_alone(
    book: LawBook, day: date
) -> None:
    county, *above = (law(book, day, level) for level in LEVELS)
    for topic in topics(book, LEVELS):
        said = county.ruling(topic.name) is not None
        for other in above:
            alike = (other.ruling(topic.name) is not None) is said
            assert alike or (topic.name in (ONLY_THE_COUNTY if said else NOT_THE_COUNTY)), topic.name


@pytest.mark.rule("OL22-26-2-joint-county", "OL22-26-2-joint-city", "OL22-26-2-joint-province")
@pytest.mark.rule("OL22-47-4-size-county", "OL22-47-4-size-city", "OL22-47-4-size-province")
def test_where_the_levels_differ_it_is_in_signatures_and_in_the_size_of_the_standing_committee(book: LawBook) -> None:
    found = {}
    for level in LEVELS:
        today = law(book, DAYS[-1], level)
        signatures, most, usual = (today.ruling(t) for t in ("nomination.joint", "sc.size", "sc.size_usual"))
        assert signatures and most and usual
        found[level] = (signatures.number, most.range.most, usual.range.least, usual.range.most)
    assert found == {"county": (10, 45, 15, 35), "city": (20, 61, 29, 51), "province": (30, 95, 45, 75)}


@pytest.mark.rule("BL18-44-2", "BL18-44-3", "BL18-44-4", "BL18-49-2", "BL18-49-2-special")
def test_thirty_days_at_every_level_and_the_report_is_a_special_committees_above_the_county(book: LawBook) -> None:
    for level in LEVELS:
        today = law(book, DAYS[-1], level)
        days, by = today.ruling("budget.draft_days"), today.ruling("budget.examined")
        assert days is not None and days.number == 30
        assert by is not None and by.options == (
            ("standing_committee",) if level == "county" else ("special_committee",)
        )
