"""The record of deputies' work (代表履职档案): derived, entered, reviewed, corrected, published; points off, and never on a vote."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import CHINA
from domain.law import Citation
from domain.matter.duty_lines import CLAIMED, DERIVED, Line, taken_back, told_by
from domain.matter.duty_published import (
    AdoptScheme,
    PointsStopped,
    PublishRecord,
    RecordPublished,
    SchemeAdopted,
    StopPoints,
    scheme_of,
)
from domain.matter.duty_record import (
    ActivityClaimed,
    ClaimActivity,
    ClaimReviewed,
    CorrectLine,
    LineCorrected,
    ReviewClaim,
    claims_of,
)
from domain.matter.points import Scheme, score, total
from domain.matter.striking import StrikeEntry
from domain.matter.terms import MissTerm, TermMissed
from domain.session.parts import Count
from domain.session.roll import LeaveDecided
from domain.session.suggestions import SuggestionFiled
from domain.vote.named import NamedVotes
from domain.vote.votes import VoteCounted
from tests.domain.county import county
from tests.domain.following import Following, begun, following
from tests.domain.own import own_period

OFFICE, COMMITTEE = "sc_office", "standing_committee"
NOON = datetime(2026, 3, 4, 12, tzinfo=CHINA)


def record(opens: date | None = None, **about: Any) -> Following:
    day: dict[str, Any] = {"opens": opens} if opens else {}
    house = county("closed", profile="zhejiang-county", **day, **about)
    return begun(following(house), "duty-record", subject="2026年度代表履职档案", unit="代表工委").on(date(2026, 4, 1))


def claim(day: date = date(2026, 3, 20), **fields: Any) -> ClaimActivity:
    return ClaimActivity.model_validate(
        {"deputy": "d001", "activity": "station", "day": day, "text": "接待选民九人", **fields}
    )


def scheme(**points: int) -> Scheme:
    items = [{"kind": kind.replace("_", "-"), "points": each, "most": 6} for kind, each in points.items()]
    return Scheme.model_validate({"version": "2026-1", "source": "履职积分办法", "items": items})


# entered and reviewed


@pytest.mark.rule("ZJDL16-47-record", "DL25-58-organised")
def test_what_a_deputy_enters_counts_once_it_was_accepted() -> None:
    house = record()
    house.when(claim(), by="deputy").then(ActivityClaimed).citing("ZJDL16-47-record").and_again_nothing()
    [number] = claims_of(house.it)
    assert claims_of(house.it)[number].stands == "waiting"
    house.when(ReviewClaim(claim=number, accepted=False), by=OFFICE).then_refused("RejectionNeedsReason")
    house.when(ReviewClaim(claim=number, accepted=False, why="没有签到表"), by=OFFICE).then(ClaimReviewed)
    house.when(ReviewClaim(claim=number, accepted=True, why="已补签到表"), by=OFFICE).then(ClaimReviewed)
    house.and_again_nothing()
    assert claims_of(house.it)[number].stands == "accepted"
    house.when(ReviewClaim(claim=99, accepted=True), by=OFFICE).then_refused("NoSuchClaim", claim=99)
    house.when(ReviewClaim(claim=number, accepted=True), by="deputy").then_refused("NotTheirAct")


def test_an_activity_is_a_deputys_of_this_congress_and_on_the_day_itself_at_the_earliest() -> None:
    house = record()
    house.when(claim(date(2026, 4, 1)), by="deputy").then(ActivityClaimed)
    house.when(claim(date(2026, 4, 2)), by="deputy").then_refused("ActivityNotYet", day="2026-04-02")
    house.when(claim(deputy="stranger"), by="deputy").then_refused("NotADeputy")


def test_a_claim_struck_is_gone_and_its_number_is_never_another_claims() -> None:
    house = record().given(claim(), by="deputy")
    [number] = claims_of(house.it)
    house.given(ReviewClaim(claim=number, accepted=True), by=OFFICE)
    house.given(StrikeEntry(version=number, why="不是本人活动"), by=OFFICE)
    assert not claims_of(house.it)
    house.given(claim(text="走访"), by="deputy")
    assert number not in claims_of(house.it)


def test_a_line_is_corrected_once_with_the_reason() -> None:
    wrong = CorrectLine(deputy="d1", record_entry=17, why="同名误记")
    record().when(wrong, by=OFFICE).then(LineCorrected).and_again_nothing()


# published


@pytest.mark.rule("DL25-58-published")
def test_the_record_is_published_again_by_the_day_fixed_and_no_law_sets_how_often() -> None:
    house = record()
    assert house.due == {}
    house.when(PublishRecord(until=date(2026, 4, 2)), by=OFFICE).then_refused("NothingPublishedYet")
    house.when(PublishRecord(until=date(2026, 3, 31), due=date(2026, 7, 10)), by=OFFICE).then(RecordPublished, number=1)
    house.citing("DL25-58-published").and_again_nothing()
    assert house.due == {"record-published-2": date(2026, 7, 10)}
    house.on(date(2026, 7, 11), 0, 0).when(MissTerm(clock="record-published-2"), by="clock").then(TermMissed)
    house.when(PublishRecord(until=date(2026, 6, 30)), by=OFFICE).then(RecordPublished, number=2)
    house.with_finding("DeadlineMissed", due="2026-07-10")
    assert house.due == {}


def test_a_body_that_publishes_each_quarter_writes_so_and_the_term_runs_by_itself() -> None:
    house = record(own_rules=(own_period("duty.published_every", 3),))
    house.given(PublishRecord(until=date(2026, 3, 31)), by=OFFICE)
    assert house.due["record-published-2"] == date(2026, 7, 1)


# points


def test_points_are_off_until_somebody_who_may_adopts_a_scheme_and_off_again_when_it_is_stopped() -> None:
    house = record()
    assert scheme_of(house.it) is None
    house.when(AdoptScheme(scheme=scheme(suggestion=3)), by=OFFICE).then_refused("NotTheirAct")
    house.when(AdoptScheme(scheme=scheme(suggestion=3)), by=COMMITTEE).then(SchemeAdopted).citing("C-duty-points")
    house.without_finding().and_again_nothing()
    house.when(StopPoints(), by=COMMITTEE).then(PointsStopped).and_again_nothing()
    assert scheme_of(house.it) is None


@pytest.mark.rule("DL25-38-immunity")
@pytest.mark.parametrize("kind", ["voted-in-favour", "voted-against", "abstained", "speech-content", "vote-direction"])
def test_a_scheme_that_scores_a_votes_direction_or_a_speech_is_refused_with_the_article(kind: str) -> None:
    bad = AdoptScheme(scheme=scheme(**{"suggestion": 3, kind: 1}))
    record().when(bad, by=COMMITTEE).then_refused("CalledToAccount", "DL25-38-immunity", kinds=kind)


@pytest.mark.rule("DL15-31-immunity")
def test_under_the_law_of_2015_as_well() -> None:
    house = begun(
        following(county("closed", opens=date(2024, 1, 10))), "duty-record", subject="2024年", unit="代表工委"
    )
    bad = AdoptScheme(scheme=scheme(**{"voted-against": -1}))
    house.when(bad, by=COMMITTEE).then_refused("CalledToAccount", "DL15-31-immunity")


def test_a_scheme_scores_only_what_the_record_has_and_one_without_a_cap_is_remarked_on() -> None:
    house = record()
    house.when(AdoptScheme(scheme=scheme(dancing=1)), by=COMMITTEE).then_refused("NothingToScore", kinds="dancing")
    items = [{"kind": "suggestion", "points": 3}, {"kind": "absent", "points": -5}]
    open_ = Scheme.model_validate({"version": "1", "source": "办法", "items": items})
    house.when(AdoptScheme(scheme=open_), by=COMMITTEE).then(SchemeAdopted)
    house.with_finding("PointsUncapped", kinds="suggestion")
    with pytest.raises(ValueError, match="twice"):
        Scheme.model_validate({"version": "1", "source": "办法", "items": [items[0], items[0]]})


def line(kind: str, entry: int, deputy: str = "d1") -> Line:
    return Line(deputy, kind, entry, date(2026, 3, 1), str(entry))


def test_two_suggestions_at_three_points_reach_a_cap_of_six_and_a_third_gets_nothing() -> None:
    scored = score([line("suggestion", n) for n in (1, 2, 3)] + [line("absent", 4)], scheme(suggestion=3, absent=-4))
    assert [(s.points, s.capped) for s in scored] == [(3, False), (3, False), (0, True), (-4, False)]
    assert total(scored) == 2


KINDS = sorted(DERIVED | CLAIMED)
LINES = st.lists(
    st.builds(line, st.sampled_from(KINDS), st.integers(1, 30), st.sampled_from(("d1", "d2"))), max_size=25
)
SCHEMES = st.dictionaries(st.sampled_from(KINDS), st.integers(-5, 5), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(LINES, SCHEMES, st.randoms())
def test_a_score_is_the_sum_of_its_lines_within_the_caps_whatever_order_they_come_in(
    lines: list[Line], points: dict[str, int], random: Any
) -> None:
    one = scheme(**points)
    shuffled = list(lines)
    random.shuffle(shuffled)
    scored = score(lines, one)
    assert scored == score(shuffled, one) and total(scored) == sum(s.points for s in scored)
    for deputy in ("d1", "d2"):
        for kind in points:
            assert abs(sum(s.points for s in scored if (s.line.deputy, s.line.kind) == (deputy, kind))) <= 6


# what an event says


def cited() -> tuple[Citation, ...]:
    return (Citation(rule="X", statute="x", article="1"),)


def vote(named: NamedVotes) -> VoteCounted:
    count = Count(
        in_favour=len(named.in_favour), against=len(named.against), abstained=len(named.abstained), not_voted=0
    )
    return VoteCounted(
        at=NOON, basis=cited(), subject="budget", method="by_name", sitting="s1", deputies_total=9, deputies_present=9,
        count=count, needed=5, adopted=True, named=named,
    )  # fmt: skip


@given(st.lists(st.sampled_from(("in_favour", "against", "abstained")), min_size=5, max_size=5))
def test_two_records_that_differ_only_in_how_deputies_voted_are_the_same(ways: list[str]) -> None:
    chosen = {
        w: tuple(f"d{n}" for n, way in enumerate(ways) if way == w) for w in ("in_favour", "against", "abstained")
    }
    all_in_favour = vote(NamedVotes(in_favour=tuple(f"d{n}" for n in range(5))))
    assert list(told_by(vote(NamedVotes(**chosen)))) == list(told_by(all_in_favour))


def test_leave_refused_after_it_was_granted_is_taken_back_and_signing_twice_is_one_line() -> None:
    given_, refused = (
        LeaveDecided(at=NOON, basis=cited(), deputies=("d1",), granted=granted, why="health")
        for granted in (True, False)
    )
    assert list(told_by(given_)) == list(taken_back(refused)) != [] and not list(told_by(refused))
    filed = SuggestionFiled(at=NOON, basis=cited(), number="1", deputies=("d1", "d1", "d2"), subject="路灯")
    assert [(d.deputy, d.kind, d.about) for d in told_by(filed)] == [
        ("d1", "suggestion", "1"),
        ("d2", "suggestion", "1"),
    ]
