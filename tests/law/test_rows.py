"""Every row of the rulebook on elections (§8.1-8.4, §18.2; §17 wins) is on file at its levels and asked for by the domain.

The rows from county level up are in `test_levels`; here are the township's, the local ones, and whether the code asks for each.
"""

from datetime import date
from functools import cache

import law_coverage
import pytest
from law_coverage import Coverage
from read_code import literals, rules_tested

from domain.law import Law, LawBook
from tests.law.test_levels import ROWS as ROWS_FROM_COUNTY_UP
from yishi.law import load

TODAY = date(2026, 1, 14)

TOWNSHIP = {
    # 8.1 leaders
    "OL22-26-nom": "nomination.by nomination.joint nomination.written nomination.across_units",
    "OL22-26-3-cap": "nomination.cap nomination.extra_from_deputies nomination.signed_twice",
    "OL22-26-4": "nomination.introduced",
    "OL22-elig": "eligibility.presidium_township eligibility.ethnic_township_head",
    "OL22-27-1-heads": "margin.head",
    "OL22-27-1-vice": "margin.vice",
    "OL22-27-1-fixed": "election.method election.method.contents",
    "OL22-27-1-primary": "primary.required primary.order nominees.discussed",
    "OL22-28": "ballot.secret ballot.choices ballot.write_in ballot.write_in_against",
    "I-writein": "ballot.write_in_eligible",
    "OL22-25+29": "elected.majority elected.most_votes elected.tie elected.tie_majority",
    "OL22-29-2": "elected.shortfall elected.shortfall_candidates",
    "OL22-29-3": "margin.separate margin.separate_head",
    "I-second-majority": "elected.separate_majority",
    "OL22-30": "margin.by_election election.method.by_election",
    "L-ballots": "election.method.ballot_count ballot.count ballot.overmarked ballot.reconciled",
    "L-monitors": "scrutineers.adopted scrutineers.not_candidates scrutineers.not_relatives",
    "L-booth": "ballot.booth",
    "L-announce-votes": "election.announced election.votes_published election.validity election.conducted",
    # 8.2: a township elects no deputies of another congress, its own are elected by voters
    "EL20-35": "election.foreign_funding",
    "EL20-57": "by_election.credentials",
    "EL20-58": "election.bribery",
    # 8.3 removal, resignation
    "OL22-31-2": "removal.proposers removal.joint removal.targets removal.brought",
    "OL22-31-3/4": "removal.reasons removal.defence removal.defence_printed",
    "OL22-25-rem": "removal.majority removal.secret",
    "EL20-50": "recall.voters",
    "OL22-32-2": "resignation.accepted_by resignation.to_congress resignation.in_recess",
    "EL20-55": "resignation.deputy resignation.deputy_majority resignation.deputy_announced",
    "EL20-54-56-2": "termination.offices",
    # 8.4 oath
    "CONST18-27": "oath.taken",
    "OATH18-2,8": "oath.text oath.form oath.place oath.anthem",
    # 18.2 deputies
    "EL20-12-quota": "deputies.number.base deputies.number.per_population deputies.number.cap deputies.number.few_people deputies.number.extra",
    "EL20-13-14": "deputies.number.fixed_by deputies.number.extra_by deputies.number.unchanged",
    "EL20-45-1": "direct.turnout direct.majority",
    "EL20-45-5-direct": "direct.separate direct.shortfall",
}
"""Each row that binds at T or LOC, and its topics."""

COUNTY_ALONE = {
    "EL20-50": "recall.voters",
    "EL20-12-quota": "deputies.number.few_people deputies.number.extra deputies.number.extra_by",
    "EL20-45-1": "direct.turnout direct.majority",
    "EL20-45-5-direct": "direct.separate direct.shortfall",
}
"""Rows that bind a county and not all above it."""

LOCAL = {
    ("L-ballots", "chongqing-township"): "CQT16-24",
    ("OL22-27-1-heads", "chongqing-township"): "CQT16-23",
    ("OL22-32-2", "chongqing-township"): "CQT16-32-recess",
    ("OL22-50-13", "chongqing-township"): "CQT16-30",
    ("L-oath-town", "chongqing-township"): "CQT16-31-oath",
    ("L-oath-town", "zhejiang-township"): "ZJOA15-4-committee",
    ("L-oath-town (10(14))", "zhejiang-township"): "ZJT23-10-oath",
    ("OATH18-1", "zhejiang-county"): "ZJOA15-4-above",
}
"""Rows of class L, the profile that has them, and the beginning of the ids of their rules."""

ON_FILE_NOT_ASKED: dict[str, str] = {
    "ballot.booth": "a place to write unseen is seen in the hall; the record is of ballots",
    "ballot.booth.deputies": "the same (选举法 art. 40(1)); the page for scrutineers says it",
    "by_election.credentials": "a deputy of the congress above is examined there, a township's own by the county",
    "by_election.higher_deputies": "the standing committee's own by-election in recess is no act of a congress",
    "election.list_published.deputies": "the paper `elected` is the list; no text names a day by which",
    "election.votes_published": "figures are in the announcement; publishing them is for local rules",
    "margin.deputies_rounding": "whole numbers within the margin are arithmetic (`Portion.bounds`); none is asked for by MarginNotDecided",
    "margin.members_rounding": "the same",
    "margin.separate_head": "that a head may stand alone is the absence of a rule in `margin.separate`",
    "nomination.across_units": "it allows: deputies of different units may sign together, and nothing keeps them from it",
    "sc.size": "the seats of a plan's elections are as the office plans them; the size is not known to the record",
    "sc.size_fixed": "fixed by the congress or standing committee of the province, once a term: no act of this session",
    "sc.size_usual": "as for sc.size",
    "special_committee.nominated_by": "a list vote of a county's special committees names no nominator yet",
}
"""Topics that no act asks about, and why."""

MADE_UP_AT_RUN_TIME = {
    "removal.higher_deputy.joint": "EL20-51-1-joint",
    "removal.higher_deputy.defence": "EL20-51-2-defence",
    "removal.higher_deputy.recess_joint": "EL20-51-1-recess-joint",
    "election.method.by_election": "OL22-30-method",
}
"""Topics whose name the code puts together, each with a rule of it that a test has cited."""


@cache
def coverage() -> Coverage:
    return Coverage(load(), literals(law_coverage.ROOT, *law_coverage.CODE), rules_tested(law_coverage.ROOT))


def law(book: LawBook, level: str, profile: str | None = None) -> Law:
    return book.on(TODAY, level, "first", profile or f"national-{level}")


@pytest.mark.parametrize("row", TOWNSHIP)
def test_the_row_is_on_file_for_a_township_today(book: LawBook, row: str) -> None:
    today = law(book, "township")
    assert [topic for topic in TOWNSHIP[row].split() if today.ruling(topic) is None] == []


@pytest.mark.parametrize("row", COUNTY_ALONE)
def test_the_row_is_on_file_for_a_county_today(book: LawBook, row: str) -> None:
    today = law(book, "county")
    assert [topic for topic in COUNTY_ALONE[row].split() if today.ruling(topic) is None] == []


@pytest.mark.parametrize(("row", "profile"), LOCAL)
def test_the_local_row_is_on_file_where_its_text_binds(book: LawBook, row: str, profile: str) -> None:
    start = LOCAL[row, profile]
    level = "county" if profile.endswith("county") else "township"
    today = law(book, level, profile)
    topics = {p.topic for p in book.provisions if p.id.startswith(start)}
    assert [c.rule for c in today.basis(*sorted(topics)) if c.rule.startswith(start)], f"no rule {start}… for {row}"


@pytest.mark.parametrize(
    "topic",
    sorted({t for rows in (TOWNSHIP, COUNTY_ALONE, ROWS_FROM_COUNTY_UP) for r in rows.values() for t in r.split()}),
)
def test_the_code_asks_for_it_or_it_is_said_why_nobody_does(topic: str) -> None:
    assert _asked(topic) != (topic in ON_FILE_NOT_ASKED), ON_FILE_NOT_ASKED.get(topic, "nobody asks for it")


def _asked(topic: str) -> bool:
    """By its name, or for deputies by the leaders' (`domain.election.election.under` makes the one of the other)."""
    if topic in MADE_UP_AT_RUN_TIME:
        return bool(coverage().tests.get(MADE_UP_AT_RUN_TIME[topic]))
    leaders = topic.replace("elected.deputies.", "elected.").removesuffix(".deputies")
    return any(p.file.startswith("domain/") for name in (topic, leaders) for p in coverage().asked.get(name, []))
