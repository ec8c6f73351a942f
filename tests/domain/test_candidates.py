"""The candidates (正式候选人): how many, who, after what; the two days before the ballot; and scrutineers (rulebook §15, edges 9-13)."""

from datetime import timedelta

import pytest

from domain.calendar import at_clock
from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declining import DeclineNomination
from domain.election.parts import PersonEntry, PlannedElection
from domain.election.printing import PrintNominees
from domain.election.rounds import BallotOpened, OpenBallot
from domain.session.correction import Correct, Corrected
from domain.session.parts import AgendaItem
from domain.session.roll import SuspendDeputy
from domain.vote.votes import VoteCounted
from tests.domain.chamber import REPORTS, Chamber, hands, ids
from tests.domain.elections import (
    RULES,
    adopted,
    by_presidium,
    deliberated,
    election,
    house,
    joint,
    meeting,
    method,
    primary,
    town,
)

SEATS = {
    "head": election("government-head", kind="change_of_term"),
    "vice": election("deputy-government-head", seats=4, kind="change_of_term"),
    "members": election("sc-member", seats=25, kind="change_of_term"),
}


def nominated(here: Chamber, count: int, extra: int) -> Chamber:
    """So many nominees, put to the deputies; the method adopted; the presidium meeting."""
    return adopted(meeting(deliberated(by_deputies(here, count))), ("e", extra))


def by_deputies(here: Chamber, count: int) -> Chamber:
    """So many nominees, by as many joint nominations as it takes, each by ten deputies of its own."""
    seats = here.session.elections["e"].planned.seats
    for n, start in enumerate(range(1, count + 1, seats)):
        persons = ids(min(seats, count + 1 - start), start=start)
        here.given(joint(f"n{n}", persons, ids(10, start=35 + n * 10)))
    return here


def settle(count: int, **more: str) -> SettleCandidates:
    return SettleCandidates.model_validate({"election": "e", "candidates": ids(count), **more})


def test_candidates_are_settled_only_once_the_method_is_adopted() -> None:
    here = deliberated(meeting(house(SEATS["head"])).given(joint("1", ("d001",), ids(10))))
    here.when(settle(1)).then_refused("StepMissing", citing="OL22-27-1-method")
    here.given(method(("e", 0))).when(settle(1)).then_refused("StepMissing")
    here.given(hands("election-method", 241)).when(settle(1)).then(CandidatesSettled).citing("OL22-27-1-method")
    here.and_again_nothing()


@pytest.mark.rule("OL22-27-1-discussed")
def test_nominees_the_deputies_were_not_given_are_no_candidates_yet() -> None:
    here = adopted(meeting(house(SEATS["head"])).given(joint("1", ("d001",), ids(10))), ("e", 0))
    here.when(settle(1)).then_refused("NomineesNotPrinted", citing="OL22-27-1-discussed", found="d001")


# how many ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-27-1-head")
def test_a_head_may_stand_alone_when_only_one_was_nominated() -> None:
    nominated(house(SEATS["head"]), 1, 1).when(settle(1)).then(CandidatesSettled).with_finding(
        "FewerThanTheMethod", found=1, needed=2
    )
    nominated(house(SEATS["head"]), 1, 0).when(settle(1)).then(CandidatesSettled).without_finding()
    two = nominated(house(SEATS["head"]), 2, 1)
    two.when(settle(1)).then_refused("NomineeLeftOut", person="d002")
    two.when(settle(2)).then(CandidatesSettled, candidates=ids(2))


@pytest.mark.rule("CQT16-23-head-usual", "CQT16-23-order")
def test_where_a_province_says_usually_one_more_a_head_alone_is_warned_of_and_not_refused() -> None:
    chongqing = town(election("township-head", kind="change_of_term"), profile="chongqing-township")
    here = chongqing.given(joint("1", ("d001",), ids(10)), PrintNominees(elections=("e",)))
    adopted(meeting(here), ("e", 1)).when(settle(1)).then(CandidatesSettled)
    here.with_finding("StandsAlone", citing="CQT16-23-head-usual", needed=2).with_finding(
        "OrderOfCandidates", citing="CQT16-23-order"
    )


@pytest.mark.rule("OL22-27-1-vice", "I-extra-from-deputies", "OL22-26-3-cap")
def test_a_vice_post_must_be_contested_and_the_extra_nominee_comes_from_the_deputies() -> None:
    here = adopted(deliberated(meeting(house(SEATS["vice"])).given(by_presidium("p", *ids(4)))), ("e", 1))
    here.when(settle(4)).then_refused(
        "TooFewCandidates", citing=("OL22-27-1-vice", "I-extra-from-deputies", "OL22-26-3-cap"), seats=4, found=4,
        needed=5, missing=1,
    )  # fmt: skip
    deliberated(here.given(joint("1", ("d005",), ids(10, start=50)))).when(settle(5)).then(CandidatesSettled, seats=4)
    here.citing("OL22-27-1-vice").without_finding()


@pytest.mark.rule("OL22-27-1-vice")
def test_one_nominee_for_one_vice_post_is_too_few_at_a_change_of_term_and_enough_in_a_by_election() -> None:
    regular = election("deputy-government-head", kind="change_of_term")
    nominated(house(regular), 1, 1).when(settle(1)).then_refused("TooFewCandidates", found=1, needed=2)
    here = nominated(house(election("deputy-government-head")), 1, 1).when(settle(1)).then(CandidatesSettled)
    here.with_finding("FewerThanTheMethod").citing("OL22-30-method")
    nominated(house(election("deputy-government-head")), 1, 0).when(settle(1)).then(CandidatesSettled).without_finding()


@pytest.mark.rule("OL22-30-method")
def test_in_a_by_election_more_than_the_methods_number_need_a_primary_and_fewer_than_the_seats_are_too_few() -> None:
    vacancy = election("deputy-government-head", seats=2)
    nominated(house(vacancy), 1, 0).when(settle(1)).then_refused("TooFewCandidates", found=1, needed=2)
    nominated(house(vacancy), 3, 0).when(settle(3)).then_refused("PrimaryFirst", citing="OL22-30-method", most=2)


@pytest.mark.rule("OL22-27-1-members")
def test_of_25_members_with_a_margin_of_4_29_stand_and_neither_28_nor_30() -> None:
    nominated(house(SEATS["members"]), 28, 4).when(settle(28)).then_refused("TooFewCandidates", needed=29, missing=1)
    nominated(house(SEATS["members"]), 29, 4).when(settle(29)).then(CandidatesSettled, seats=25)
    nominated(house(SEATS["members"]), 30, 4).when(settle(30)).then_refused("PrimaryFirst", found=30, most=29)


@pytest.mark.rule("OL22-27-1-members")
@pytest.mark.parametrize(("extra", "lawful"), [(2, False), (3, True), (5, True), (6, False)])
def test_a_tenth_to_a_fifth_more_than_25_are_3_to_5_more(extra: int, lawful: bool) -> None:
    here = house(SEATS["members"]).when(method(("e", extra)))
    if not lawful:
        here.then_refused("MarginOutOfBounds", citing="OL22-27-1-members", found=extra, least=3, most=5)
    else:
        assert here.refusal is None


@pytest.mark.rule("OL22-27-1-members")
def test_of_4_members_the_margin_is_decided_expressly_for_the_law_has_no_whole_number() -> None:
    four = election("sc-member", seats=4, kind="change_of_term")
    here = house(four).when(method(("e", 1))).then_refused("MarginNotDecided", citing="OL22-27-1-members")
    here.given(method(("e", 1), decided=True)).given(hands("election-method", 241))
    for n in range(1, 6):
        here.given(joint(str(n), (f"d{n:03}",), ids(10, start=40 + n * 10)))
    meeting(deliberated(here)).when(settle(4)).then_refused("NomineeLeftOut")
    here.when(settle(5)).then(CandidatesSettled)


@pytest.mark.rule("EL20-31-2-margin")
def test_of_10_deputies_above_12_to_15_stand_and_11_are_too_few() -> None:
    above = election("higher-deputy", seats=10, kind="change_of_term")
    nominated(house(above), 11, 3).when(settle(11)).then_refused(
        "TooFewCandidates", citing="EL20-31-2-margin", needed=12, missing=1
    )
    nominated(house(above), 12, 3).when(settle(12)).then(CandidatesSettled).without_finding()


# who --------------------------------------------------------------------------------------------------------------------


def test_nobody_is_a_candidate_who_was_not_nominated_or_declined_or_stands_twice() -> None:
    here = nominated(house(SEATS["head"]), 2, 1)
    here.when(SettleCandidates(election="e", candidates=("d001", "d003"))).then_refused(
        "CandidateNotNominated", person="d003"
    )
    here.when(SettleCandidates(election="e", candidates=("d001", "d001", "d002"))).then_refused("CandidateTwice")
    here.given(DeclineNomination(election="e", nominee="d002", written=True))
    here.when(settle(2)).then_refused("CandidateNotNominated", person="d002")
    here.when(settle(1)).then(CandidatesSettled)


def test_once_settled_nobody_is_nominated_nor_declines_and_the_list_changes_by_correction_only() -> None:
    here = nominated(house(SEATS["head"]), 2, 1).given(settle(2))
    here.when(joint("9", ("d009",), ids(10, start=100))).then_refused("NominationsClosed")
    here.when(DeclineNomination(election="e", nominee="d002")).then_refused("NominationsClosed")
    here.when(SettleCandidates(election="e", candidates=("d002", "d001"))).then_refused("SettledOtherwise")
    version = here.version_of(CandidatesSettled)
    here.when(Correct(version=version, changes={"candidates": ["d001"]}, why="误")).then_refused("FieldNotThere")
    here.when(Correct(version=version, strike=True, why="次序有误")).then(Corrected)
    here.when(SettleCandidates(election="e", candidates=("d002", "d001"))).then(CandidatesSettled)


def test_the_presidium_settles_the_candidates_and_nobody_else() -> None:
    here = nominated(house(SEATS["head"]), 1, 0)
    here.when(settle(1), by="secretariat").then_refused("NotTheirAct")
    here.when(settle(1), by="presidium").then(CandidatesSettled, members_total=31)


# two days ---------------------------------------------------------------------------------------------------------------


def _ballot(here: Chamber, days: int, hour: int, minute: int = 0) -> Chamber:
    """A ballot opened so many days after the session did; the list was given out at 15:00 of its first day."""
    return here.when(OpenBallot(election="e"), at=at_clock(here.opens + timedelta(days=days), hour, minute))


def _listed(here: Chamber, count: int = 1, extra: int = 0, *, adopt: bool = True) -> Chamber:
    meeting(by_deputies(here, count)).on(here.opens, 15)
    deliberated(here)
    here = adopted(here, ("e", extra)).given(settle(count))
    return (
        here.given(hands("scrutineers", len(here.roll), persons=ids(3, start=30), chief="d030", no_relatives=True))
        if adopt
        else here
    )


@pytest.mark.rule("OL22-27-2-days", "I-two-days-hours")
def test_a_list_of_the_10th_at_15_allows_a_ballot_on_the_12th_with_a_warning_until_15_and_none_on_the_11th() -> None:
    _ballot(_listed(house(SEATS["head"])), 1, 23, 59).then_refused("TwoDaysNotOver", citing="OL22-27-2-days")
    _ballot(_listed(house(SEATS["head"])), 2, 9).then(BallotOpened).with_finding(
        "TwoDaysNotOver", citing="I-two-days-hours"
    )
    _ballot(_listed(house(SEATS["head"])), 2, 14, 59).then(BallotOpened).with_finding("TwoDaysNotOver")
    _ballot(_listed(house(SEATS["head"])), 2, 15).then(BallotOpened).without_finding()


@pytest.mark.rule("I-two-days-hours")
def test_a_house_that_adopts_the_reading_of_48_hours_is_refused_one_minute_short_of_them() -> None:
    here = _listed(house(SEATS["head"], adopts=("I-two-days-hours",)))
    _ballot(here, 2, 14, 59).then_refused("TwoDaysNotOver", citing="I-two-days-hours")
    _ballot(here, 2, 15).then(BallotOpened).without_finding()


def test_a_township_and_a_by_election_have_no_two_days() -> None:
    _ballot(_listed(house(election("government-head"))), 0, 17).then(BallotOpened).without_finding()
    town_of = _listed(town(election("township-head", kind="change_of_term")))
    _ballot(town_of, 0, 17).then(BallotOpened).without_finding()


@pytest.mark.rule("EL20-32-2-days")
def test_a_regular_election_of_deputies_above_takes_two_days() -> None:
    regular = _listed(house(election("higher-deputy", seats=5, kind="change_of_term")), 6, 1)
    _ballot(regular, 1, 9).then_refused("TwoDaysNotOver", citing="EL20-32-2-days")


@pytest.mark.rule("I-by-election-days", "EL20-57-4-by-election-method")
def test_a_by_election_of_a_deputy_above_within_two_days_is_held_and_remarked_on_for_no_text_excepts_it() -> None:
    for days, hour in ((0, 17), (1, 23)):
        early = _ballot(_listed(house(election("higher-deputy"))), days, hour).then(BallotOpened)
        early.with_finding("TwoDaysOfAByElection", citing="I-by-election-days")
        assert "EL20-57-4-by-election-method" in [c.rule for f in early.findings for c in f.basis]
    _ballot(_listed(house(election("higher-deputy"))), 2, 9).then(BallotOpened).without_finding()


def test_no_ballot_before_the_candidates_are_settled() -> None:
    _ballot(nominated(house(SEATS["head"]), 1, 0), 3, 9).then_refused("CandidatesNotSettled")


# scrutineers ------------------------------------------------------------------------------------------------------------


def test_scrutineers_are_deputies_who_may_act_one_of_them_the_chief() -> None:
    here = house(SEATS["head"], people=(PersonEntry(id="v1", voter=True),))
    here.when(hands("scrutineers", 241)).then_refused("NobodyListed")
    here.when(hands("scrutineers", 241, persons=("d030", "v1"))).then_refused("NotADeputy", deputy="v1")
    here.when(hands("scrutineers", 241, persons=("d030",), chief="d031")).then_refused("ChiefNotListed", deputy="d031")
    here.when(hands("scrutineers", 241, persons=("d030",))).with_finding("ChiefNotNamed").with_finding(
        "RelativesNotStated"
    )
    here = house(SEATS["head"]).given(SuspendDeputy(deputy="d030", ground="custody"))
    here.when(hands("scrutineers", 240, persons=("d030",))).then_refused("SuspendedOnList", deputy="d030")


def test_who_stands_is_no_scrutineer() -> None:
    here = house(election("government-head")).given(joint("1", ("d001",), ids(10)))
    here.when(hands("scrutineers", 241, persons=("d001", "d030"), chief="d030", no_relatives=True)).then_refused(
        "ScrutineerStands", deputy="d001"
    )
    here.when(hands("scrutineers", 241, persons=("d030",), chief="d030", no_relatives=True)).then(
        VoteCounted, chief="d030"
    )


@pytest.mark.rule("C-scrutineers-not-candidates", "C-scrutineers-adopted")
def test_a_scrutineer_nominated_after_being_adopted_is_noticed_at_the_ballot() -> None:
    here = house(election("government-head"))
    here.given(hands("scrutineers", 241, persons=("d001", "d030"), chief="d030", no_relatives=True))
    here.given(joint("1", ("d001",), ids(10)))
    adopted(meeting(deliberated(here)), ("e", 0)).given(settle(1))
    _ballot(here, 0, 17).then(BallotOpened).with_finding(
        "ScrutineerStands", citing="C-scrutineers-not-candidates", deputy="d001"
    )


@pytest.mark.rule("EL20-43-2-relatives", "I-scrutineers-relatives")
def test_a_near_relative_is_refused_by_the_electoral_law_or_the_method_and_else_warned_of() -> None:
    related = hands("scrutineers", 241, persons=("d030",), chief="d030", no_relatives=False)
    of_deputies = house(election("higher-deputy", seats=5, kind="change_of_term"))
    of_deputies.when(related).then_refused("ScrutineerIsRelative", citing="EL20-43-2-relatives")
    adopted(house(SEATS["head"]), ("e", 0)).when(related).then_refused(
        "ScrutineerIsRelative", citing="OL22-27-1-method"
    )
    for said, noticed in ((None, ["RelativeAmongScrutineers"]), ("allowed", [])):
        silent = adopted(house(SEATS["head"]), ("e", 0), rules=RULES.model_copy(update={"relatives": said}))
        silent.when(related)
        assert [f.code for f in silent.findings] == noticed


@pytest.mark.rule("EL20-43-2-relatives")
def test_of_who_is_nominated_after_the_scrutineers_were_adopted_it_is_asked_again_whether_a_relative_is_among_them() -> (
    None
):
    here = _nominated_since(election("higher-deputy"))
    here.when(OpenBallot(election="e", no_relatives=False)).then_refused(
        "ScrutineerIsRelative", citing="EL20-43-2-relatives"
    )
    here.when(OpenBallot(election="e")).then(BallotOpened, no_relatives=None).with_finding(
        "RelativesOfLaterNominees", citing="EL20-43-2-relatives", found="d002"
    )
    here = _nominated_since(election("higher-deputy"))
    here.when(OpenBallot(election="e", no_relatives=True)).then(BallotOpened, no_relatives=True).without_finding(
        "RelativesOfLaterNominees"
    )


@pytest.mark.rule("I-scrutineers-relatives")
def test_of_leaders_nominated_since_the_method_says_whether_a_relative_may_count() -> None:
    here = _nominated_since(election("government-head"))
    here.when(OpenBallot(election="e", no_relatives=False)).then_refused("ScrutineerIsRelative")
    freely = _nominated_since(election("government-head"), relatives="allowed")
    freely.when(OpenBallot(election="e")).then(BallotOpened).without_finding("RelativesOfLaterNominees")


def _nominated_since(planned: PlannedElection, relatives: str = "barred") -> Chamber:
    """d001 was nominated when the scrutineers were adopted, d002 an hour later."""
    here = house(planned).given(joint("1", ("d001",), ids(10)))
    here.given(hands("scrutineers", 241, persons=("d030",), chief="d030", no_relatives=True))
    here.on(here.opens, 15).given(joint("2", ("d002",), ids(10, start=20)))
    adopted(meeting(deliberated(here)), ("e", 1), rules=RULES.model_copy(update={"relatives": relatives}))
    return here.given(SettleCandidates(election="e", candidates=("d001", "d002")))


@pytest.mark.rule("EL20-43-1-scrutineers")
def test_without_scrutineers_no_ballot_on_deputies_above_and_one_on_leaders_with_a_warning() -> None:
    of_leaders = _listed(house(election("government-head")), adopt=False)
    _ballot(of_leaders, 0, 17).then(BallotOpened).with_finding("ScrutineersNotAdopted")
    of_deputies = _listed(house(election("higher-deputy")), adopt=False)
    _ballot(of_deputies, 0, 17).then_refused("ScrutineersNotAdopted", citing="EL20-43-1-scrutineers")


@pytest.mark.parametrize("code", ["scrutineers", "tellers"])
def test_the_scrutineers_list_may_stand_on_the_agenda_under_any_code(code: str) -> None:
    listed = AgendaItem(code=code, kind="list", title="总监票人、监票人名单")
    here = _listed(town(election("township-head"), agenda=(*REPORTS, listed)), adopt=False)
    here.given(hands(code, 61, persons=ids(3, start=30)))
    _ballot(here, 0, 17).then(BallotOpened).without_finding()


def test_a_session_without_elections_may_have_scrutineers_too_and_is_asked_nothing_more() -> None:
    town().when(hands("scrutineers", 61, persons=ids(3))).then(VoteCounted, adopted=True).without_finding()


def test_primary_and_candidates_of_a_separate_kind_of_post_do_not_touch_each_other() -> None:
    here = meeting(house(SEATS["head"], election("sc-chair", kind="change_of_term", code="c")))
    here.given(by_presidium("1", "d001"), by_presidium("2", "d002", election="c"))
    deliberated(here, "e", "c")
    adopted(here, ("e", 0), ("c", 0)).when(settle(1)).then(CandidatesSettled)
    assert here.session.has("candidates-settled:e") and not here.session.has("candidates-settled:c")
    here.when(primary({"d002": 1}, 1, election="c")).then_refused("PrimaryNotNeeded")
