"""At every time and place an act rests on the article that spoke there and then: the older texts and Chongqing's, act by act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import at_clock
from domain.session.business import Deliberate, HearReport
from domain.session.dates import DecideDate, Petition, PublishDate
from domain.session.interruptions import PauseSitting
from domain.session.notice import HearVoters, InviteObservers, Prepare, SendPapers
from domain.session.parts import AgendaItem
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.roll import ConfirmCredentials
from domain.session.sign_in import SignIn
from domain.session.sittings import CallSitting, CloseSitting, OpenSitting
from domain.submission import Command
from domain.vote.votes import VoteCounted
from tests.domain.chamber import PROJECTS, WEDNESDAY, Chamber, hands, ids, sheet, township

CHONGQING, ZHEJIANG, NATION = "chongqing-township", "zhejiang-township", "national-township"
IN_2019, IN_2018, IN_2026 = date(2019, 1, 16), date(2018, 1, 17), date(2026, 1, 14)


@dataclass(frozen=True)
class Resting:
    """An act at a point of a session, and the articles it rests on then and there."""

    act: Command
    rules: Sequence[str]
    profile: str = ZHEJIANG
    opens: date = IN_2019
    point: str = "registered"
    kind: str = "year_start"


PAPERS = SendPapers(papers=("政府工作报告",))
PREPARE, OBSERVERS = Prepare(drafts=("主席团名单草案",)), InviteObservers(who=("副镇长",), count=2)
CREDENTIALS, FIFTH = ConfirmCredentials(valid=61), Petition(signatories=ids(13))
CALLED = CallSitting(sitting="s9", sitting_title="增开", planned=at_clock(date(2024, 1, 17), 15))


def dated(opens: date) -> DecideDate:
    return DecideDate(opens=opens, closes=opens)


RESTING = (
    Resting(PREPARE, ("ZJT16-9-powers", "OL15-15-convener")),
    Resting(PREPARE, ("CQT16-31-drafts",), CHONGQING, IN_2026),
    Resting(PAPERS, ("ZJT16-19-prep", "DL15-7-prepare"), point="date published"),
    Resting(PAPERS, ("DL25-13-prepare",), CHONGQING, IN_2026, "date published"),
    Resting(OBSERVERS, ("OL15-17", "ZJT16-21-obs", "ZJT16-21-obs-others")),
    Resting(OBSERVERS, ("OL22-21", "CQT16-13-obs", "CQT16-13-obs-others"), CHONGQING, WEDNESDAY),
    Resting(OBSERVERS, ("OL22-21", "DL25-34-2"), NATION, IN_2026),
    Resting(CREDENTIALS, ("EL15-46", "OL15-32", "ZJT16-13-cred", "ZJT16-10-recess-credentials"), kind="first"),
    Resting(
        CREDENTIALS,
        ("EL20-47", "OL22-37", "CQT16-20-confirmed", "CQT16-20-committee"),
        CHONGQING,
        WEDNESDAY,
        kind="first",
    ),
    Resting(FIFTH, ("OL15-11-extra", "ZJT16-16-extra"), kind="extraordinary"),
    Resting(FIFTH, ("OL22-14-3-extra", "CQT16-8-extra"), CHONGQING, WEDNESDAY, kind="extraordinary"),
    Resting(dated(IN_2019), ("OL15-15-convener", "ZJT16-8-convener")),
    Resting(HearVoters(what="座谈"), ("BL14-45", "ZJT16-19-prep-voters"), opens=IN_2018),
    Resting(Deliberate(items=("gov",)), ("DL15-8-1", "ZJT16-18-rules-record"), point="reports heard"),
    Resting(Deliberate(items=("gov",)), ("DL15-8-1", "C-deliberation-record"), NATION, WEDNESDAY, "reports heard"),
    Resting(PauseSitting(), ("OL15-15-1-town-presides", "ZJT16-15-presides"), point="opened"),
    Resting(PauseSitting(), ("OL22-19-1-town-presides", "CQT16-31-presides"), CHONGQING, WEDNESDAY, "opened"),
    Resting(CALLED, ("C-timetable", "OL22-19-1-town-presides"), opens=WEDNESDAY, point="opened"),
    Resting(SignIn(sitting="s1", present=61), ("C-sign-in",), opens=WEDNESDAY, point="papers sent"),
    Resting(
        hands("presidium", 61, persons=ids(7)), ("OL15-15-1-town", "ZJT16-8-elected", "ZJT16-22-vote"), point="opened"
    ),
    Resting(hands("agenda", 61), ("ZJT16-9-powers-agenda",), point="opened"),
    Resting(hands("agenda", 61), ("C-agenda-adopted",), NATION, WEDNESDAY, "opened"),
    Resting(hands("gov", 61), ("OL22-25", "CQT16-17-majority"), CHONGQING, WEDNESDAY, "put forward"),
)


@pytest.mark.rule(
    "C-agenda-adopted", "C-deliberation-record", "C-sign-in", "C-timetable", "CQT16-13-obs", "CQT16-13-obs-others",
    "CQT16-17-majority", "CQT16-20-committee", "CQT16-20-confirmed", "CQT16-31-drafts", "CQT16-31-presides", "CQT16-8-extra",
    "DL25-13-prepare", "DL25-34-2", "EL15-46", "OL15-11-extra", "OL15-15-1-town-presides", "OL15-15-convener", "OL15-17", "OL15-32",
    "ZJT16-10-recess-credentials", "ZJT16-13-cred", "ZJT16-15-presides", "ZJT16-16-extra", "ZJT16-18-rules-record",
    "ZJT16-19-prep", "ZJT16-19-prep-voters", "ZJT16-21-obs", "ZJT16-21-obs-others", "ZJT16-8-convener", "ZJT16-8-elected",
    "ZJT16-9-powers", "ZJT16-9-powers-agenda",
)  # fmt: skip
@pytest.mark.parametrize("resting", RESTING, ids=lambda r: f"{r.act.act} {r.profile} {r.opens.year}")
def test_an_act_rests_on_the_article_that_speaks_there_and_then(resting: Resting) -> None:
    town = township(resting.point, profile=resting.profile, opens=resting.opens, kind=resting.kind)
    town.when(resting.act)
    assert town.refusal is None and town.events
    town.citing(*resting.rules)


# one short, under the older texts and in Chongqing


@pytest.mark.rule("OL15-11-extra", "ZJT16-16-extra", "CQT16-8-extra")
@pytest.mark.parametrize(
    ("profile", "opens", "rules"),
    [(ZHEJIANG, IN_2019, ("OL15-11-extra", "ZJT16-16-extra")), (CHONGQING, WEDNESDAY, ("CQT16-8-extra",))],
)
def test_twelve_of_61_are_one_short_of_a_fifth(profile: str, opens: date, rules: tuple[str, ...]) -> None:
    town = Chamber(61, profile, "extraordinary", opens=opens).registers().when(Petition(signatories=ids(12)))
    town.then_refused("TooFewSignatories", rules, found=12, needed=13)


@pytest.mark.rule("ZJT16-8-size")
def test_six_members_were_one_short_of_a_zhejiang_presidium_of_2019() -> None:
    town = township("opened", opens=IN_2019).when(hands("presidium", 61, persons=ids(6)))
    town.then_refused("PresidiumSizeWrong", "ZJT16-8-size", found=6, least=7, most=17)


@pytest.mark.rule("CQT16-17-majority")
def test_thirty_of_61_carry_nothing_in_chongqing() -> None:
    town = township("put forward", profile=CHONGQING).when(hands("gov", 30, 31)).then(VoteCounted, adopted=False)
    town.with_finding("NotAdopted", "CQT16-17-majority", needed=31)


@pytest.mark.rule("EL15-46", "ZJT16-10-recess-credentials")
def test_sixty_confirmed_of_61_on_the_roll_is_no_confirmation() -> None:
    town = Chamber(61, ZHEJIANG, "first", opens=IN_2019).registers().when(ConfirmCredentials(valid=60))
    town.then_refused("CredentialsDoNotMatchRoll", ("EL15-46", "ZJT16-10-recess-credentials"))


# what must stand before


@pytest.mark.rule("ZJT16-9-powers-vote", "CQT16-14-inst-vote")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [(ZHEJIANG, IN_2019, "ZJT16-9-powers-vote"), (CHONGQING, WEDNESDAY, "CQT16-14-inst-vote")],
)
def test_only_the_presidium_puts_a_draft_to_the_vote(profile: str, opens: date, rule: str) -> None:
    township("deliberated", profile=profile, opens=opens).when(hands("gov", 61)).then_refused("StepMissing", rule)


@pytest.mark.rule("ZJT16-9-powers-agenda", "CQT16-12-prep-agenda")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [(ZHEJIANG, IN_2019, "ZJT16-9-powers-agenda"), (CHONGQING, WEDNESDAY, "CQT16-12-prep-agenda")],
)
def test_without_an_adopted_agenda_nothing_is_resolved_there(profile: str, opens: date, rule: str) -> None:
    without_agenda(profile, opens).when(hands("gov", 61)).then_refused("StepMissing", rule)


def without_agenda(profile: str, opens: date) -> Chamber:
    town = township("papers sent", profile=profile, opens=opens, sittings=(("prep", "preparatory"), ("s1", "plenary")))
    town.on(opens, 8).given(SignIn(sitting="prep", present=61), OpenSitting(sitting="prep"), hands("presidium", 61))
    town.given(CloseSitting(), SignIn(sitting="s1", present=61), OpenSitting(sitting="s1"), HearReport(item="gov"))
    town.given(Deliberate(items=("gov",)), PresidiumMeets(meeting=1, present=5, members=9))
    return town.given(PresidiumDecides(matter="put-to-vote", items=("gov",)))


@pytest.mark.rule("ZJPJ22-13")
def test_projects_whose_details_were_not_sent_beforehand_are_not_voted_on() -> None:
    """An extraordinary session in Zhejiang waits for no day of its papers; the details of projects go out before it all the same."""
    town = Chamber(61, ZHEJIANG, "extraordinary", agenda=(PROJECTS,), candidates=3, choose=2).registers()
    town.given(dated(WEDNESDAY), PublishDate(), SignIn(sitting="s1", present=61)).on(WEDNESDAY)
    town.given(
        OpenSitting(sitting="s1"),
        hands("presidium", 61),
        hands("agenda", 61),
        PresidiumMeets(meeting=1, present=9, members=9),
    )
    town.given(
        PresidiumDecides(matter="project-candidates", items=("projects",)), hands("project-method", 61, choose=2)
    )
    town.when(sheet(1, {"p1": 60, "p2": 50, "p3": 40}, 61)).then_refused("StepMissing", "ZJPJ22-13")


# deadlines of a new term


@pytest.mark.rule("OL15-16-first", "ZJT16-15-first", "CQT16-9-first")
@pytest.mark.parametrize(
    ("profile", "opens", "rules"),
    [(ZHEJIANG, IN_2019, ("OL15-16-first", "ZJT16-15-first")), (CHONGQING, WEDNESDAY, ("CQT16-9-first",))],
)
def test_two_months_from_the_elections_were_the_same_everywhere(
    profile: str, opens: date, rules: tuple[str, ...]
) -> None:
    done = opens - timedelta(days=50)
    town = Chamber(61, profile, "first", opens=opens, elections_completed=done).registers().given(dated(opens))
    clock = town.session.clocks["first-session"]
    assert set(rules) <= {c.rule for c in clock.basis}


@pytest.mark.rule("C-executive-chairs")
def test_naming_executive_chairs_is_a_practice_that_nothing_waits_for() -> None:
    town = township("presidium elected", profile=NATION).given(PresidiumMeets(meeting=1, present=9))
    town.when(PresidiumDecides(matter="executive-chairs", persons=("d001",))).citing("C-executive-chairs")
    assert not township("closed", profile=NATION).session.has("decided:executive-chairs")


# the final accounts and an adjustment of the budget are heard before they are voted on


def examining(kind: str, **about: Any) -> Chamber:
    item = AgendaItem(code="paper", kind=kind, title="报告")
    return township("presidium elected", agenda=(item,), kind="mid_year", **about)


@pytest.mark.rule("BL14-69", "BL14-77", "BL18-69", "BL18-77", "ZJT16-32-33-bud", "ZJT23-32-33-bud")
@pytest.mark.parametrize(
    ("kind", "opens", "rules"),
    [
        ("final_accounts", IN_2018, ("BL14-77",)),
        ("final_accounts", WEDNESDAY, ("BL18-77",)),
        ("budget_adjustment", IN_2018, ("BL14-69", "ZJT16-32-33-bud")),
        ("budget_adjustment", WEDNESDAY, ("BL18-69", "ZJT23-32-33-bud")),
    ],
)
def test_final_accounts_and_an_adjusted_budget_are_heard_by_articles_of_their_own(
    kind: str, opens: date, rules: Sequence[str]
) -> None:
    town = examining(kind, opens=opens).given(Deliberate(items=("paper",)), PresidiumMeets(meeting=1, present=9))
    town.given(PresidiumDecides(matter="put-to-vote", items=("paper",)))
    town.when(hands("paper", 61)).then_refused("StepMissing", rules)
    town.when(HearReport(item="paper")).citing(*rules)
    assert town.refusal is None
