"""Any officer, any act, any order: whatever is asked of a session, some things are always so.

A machine plays sessions of one to twelve deputies of both kinds of meeting, under every profile and on both sides of each change
of law. It goes on lawfully or tries anything at all, with figures that fit or do not. What must hold is said independently of the
code, in plain arithmetic.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from domain.calendar import legal_date
from domain.election.parts import PersonEntry, PlannedElection
from domain.event import Event
from domain.findings import says
from domain.motion import filing
from domain.session import (
    correction,
    interpellation,
    interpellation_answer,
    presidium,
    roll,
    sign_in,
    sittings,
    suggestions,
)
from domain.session.hall import HeadCounted, OfTheHall
from domain.session.parts import AgendaItem
from domain.submission import Command
from domain.tenure import removal_vote, resignation_decided
from domain.vote import paper, projects, votes
from tests.domain.any_act import ACTS, CHANGES, IN_ORDER, OF_OFFICES, OPENINGS, RIGHTS, deputy, few, subject
from tests.domain.chamber import (
    BUDGET,
    GOVERNMENT,
    HOUSE,
    PROJECTS,
    RATING,
    REPORTS,
    SESSION,
    Chamber,
    FixedLaws,
    statutes,
)
from tests.domain.county import COMMITTEE
from tests.domain.lawful import MATTERS, course

LAW_OF_2022 = date(2022, 3, 12)
PROFILES = (
    "national-county", "zhejiang-county", "national-township", "zhejiang-township", "chongqing-township", "national-residents",
    "zhejiang-residents",
)  # fmt: skip
CONGRESS = ("year_start", "mid_year", "first", "extraordinary")
KINDS = {"county": CONGRESS, "township": CONGRESS, "residents": ("yearly", "extraordinary")}
OFFICES = (
    "standing_committee", "council_of_chairpersons", "sc_office", "court", "presidium", "executive_chair", "secretariat",
    "credentials_committee", "budget_committee", "motions_committee", "government",
    "scrutineer", "deputy", "group", "street_committee", "street_office", "council", "handling_unit", "clock",
)  # fmt: skip
AGENDAS: dict[str, tuple[AgendaItem, ...]] = {
    "county": (GOVERNMENT, COMMITTEE, BUDGET), "township": REPORTS, "residents": (),
}  # fmt: skip
ELECTED = {
    level: (
        PlannedElection(code="e", post=head, title="正职", seats=1, kind="by_election"),
        PlannedElection(code="f", post=vice, title="副职", seats=2, kind="by_election"),
    )
    for level, head, vice in (
        ("county", "chief-procurator", "sc-vice-chair"), ("township", "township-head", "township-vice-chair"),
    )
}  # fmt: skip
AFTERWARDS = {
    "ResultsPublished", "BudgetPublished", "BudgetFiled", "BudgetReplied", "BudgetSumFiled", "HandlingPrinted", "SeatEnded",
    "HandlingReported", "SuggestionFiled", "SuggestionsAssigned",
    "PresidiumMet", "PresidiumDecided", "ProceedingRecorded", "PartyStepRecorded", "DeputySuspended",
    "IrregularityRecorded", "Corrected", "DeadlineMissed", "EditionAdopted", "MatterOpened", "MatterExtended", "MatterReplied",
    "ReplyMissed", "InterpellationAnswered", "ReanswerDemanded", "MotionDisposed",
    "ResignationSubmitted", "ResignationDecidedInRecess", "ResignationFiled", "ActingNamed", "OfficeEnded", "ApprovalRecorded",
    "DepartmentHeadsSubmitted", "OathTaken", "RecessRemovalProposed", "RecessRemovalDecided", "DismissalProposed",
    "DismissalListed", "DismissalDecided",
}  # fmt: skip
"""What may still happen to a session that is closed: nothing that was its own business to do while it sat."""


class AnyOrder(RuleBasedStateMachine):
    laws: ClassVar[FixedLaws] = FixedLaws(statutes())

    def __init__(self) -> None:
        super().__init__()
        self.house: Chamber | None = None
        self.followed: dict[str, set[str]] = {}
        """Facts as a workflow follows them, from what each event gains and loses."""

    @initialize(
        profile=st.sampled_from(PROFILES), opens=st.sampled_from(OPENINGS), size=st.integers(1, 12), data=st.data(),
        at_vote=st.booleans(),
    )  # fmt: skip
    def registered(self, profile: str, opens: date, size: int, data: st.DataObject, *, at_vote: bool) -> None:
        level = profile.rsplit("-", 1)[-1]
        if profile == "zhejiang-residents":
            opens = max(opens, date(2022, 3, 11))
        preparatory = profile == "chongqing-township" or level == "county" or data.draw(st.booleans(), "preparatory")
        works = AgendaItem(code="works", kind="other", title="实事进展", mandatory=False)
        self.house = Chamber(
            size, profile, data.draw(st.sampled_from(KINDS[level]), "kind"), opens=opens, laws=self.laws,
            agenda=(*AGENDAS[level], PROJECTS, RATING, works),
            sittings=((("prep", "preparatory"),) if preparatory else ()) + (("s1", "plenary"), ("s2", "plenary")),
            adopts=("I-quorum-at-vote",) if at_vote else (), candidates=3, choose=2, last_year=1,
            suspended=data.draw(st.sets(st.sampled_from([f"d{n:03}" for n in range(1, size + 1)]), max_size=2), "suspended"),
            elections_completed=opens - timedelta(days=50), elections=ELECTED.get(level, ()), people=(PersonEntry(id="v1", voter=True),),
        )  # fmt: skip
        self.does(self.house.registering)
        may = size - len(self.house.session.suspended)
        least = -(-2 * size // 3)  # two thirds, rounded up
        coming = [n for n in (may, least, least - 1, may // 2) if 0 <= n <= may]
        self.course = course(self.house, data.draw(st.sampled_from(coming), "present"))
        self.house.on(opens - timedelta(days=20))
        whole = len(self.course)
        self.goes_on(data.draw(st.sampled_from((0, 6, 14, whole // 2, whole - 7, whole - 3, whole)), "begun"))

    @precondition(lambda self: self.house is not None and self.course)
    @rule(steps=st.integers(1, 8))
    def goes_on(self, steps: int) -> None:
        """The next steps of a lawful course."""
        assert self.house is not None
        for command in self.course[:steps]:
            if isinstance(command, sign_in.SignIn) and legal_date(self.house.now) < self.house.opens:
                self.house.on(self.house.opens, 8)
            self.does(command)
        self.course = self.course[steps:]

    @precondition(lambda self: self.house is not None)
    @rule(data=st.data(), back=st.sampled_from((0, 0, 0, 0, 1)))
    def does_what_is_in_order_now(self, data: st.DataObject, back: int) -> None:
        """Any act of this stage by the office whose act it is, with any figures."""
        assert self.house is not None
        session = self.house.session
        now = [a for a, stages in session.procedure.acts.items() if session.stage in stages and a in IN_ORDER]
        command = data.draw(st.sampled_from(now).flatmap(IN_ORDER.__getitem__), "command")
        self.does(command, back=timedelta(days=back))

    @precondition(lambda self: self.house is not None and self.house.session.recorded > 1)
    @rule(data=st.data(), changes=CHANGES, strike=st.booleans())
    def corrects(self, data: st.DataObject, changes: dict[str, Any], *, strike: bool) -> None:
        """Some entry that there is, with changes that fit it or do not."""
        assert self.house is not None
        version = data.draw(st.integers(2, self.house.session.recorded), "version")
        fits = {k: v for k, v in changes.items() if hasattr(self.house.session.history[version - 1], k)}
        self.does(correction.Correct(version=version, changes=fits, strike=strike, why="更正"))

    @precondition(lambda self: self.house is not None and self.house.session.sitting_open)
    @rule(subject=subject, yes=few, no=few, amiss=st.sampled_from((-1, 0, 0, 1)))
    def counts_a_vote(self, subject: str, yes: int, no: int, amiss: int) -> None:
        """A count of those present, or of one more or one fewer."""
        assert self.house is not None
        present = self.house.hall(self.house.session.sitting_open or "").present
        yes, no = min(yes, present), min(no, max(present - yes, 0))
        left = max(present - yes - no + amiss, 0)
        self.does(votes.PutToVote(subject=subject, in_favour=yes, against=no, abstained=0, not_voted=left))

    @precondition(lambda self: self.house is not None and self.house.session.sitting_open)
    @rule(
        subject=subject,
        no=few,
        void=st.integers(0, 2),
        issued=st.sampled_from((-1, 0, 0, 1)),
        amiss=st.sampled_from((-1, 0, 0, 1)),
    )
    def votes_on_paper(self, subject: str, no: int, void: int, issued: int, amiss: int) -> None:
        """Two tellers find as many ballots as there are deputies, or one more, or one fewer; as many went out, or not quite."""
        assert self.house is not None
        ballots = max(self.house.hall(self.house.session.sitting_open or "").present + amiss, 0)
        no, void = min(no, ballots), min(void, max(ballots - no, 0))
        fields = {
            "returned": ballots,
            "valid": ballots - void,
            "void": void,
            "in_favour": ballots - void - no,
            "against": no,
        }
        for which in (1, 2):
            self.does(paper.EnterVoteSheet(subject=subject, sheet=which, issued=max(ballots + issued, 0), **fields))
        self.does(votes.PutToVote(subject=subject, method="ballot"))

    @precondition(lambda self: self.house is not None and self.house.session.stage != "after")
    @rule(deputy=deputy, then=st.sampled_from(("s1", "s2")))
    def suspends_one_who_signed_in(self, deputy: str, then: str) -> None:
        """One of those in the hall may not act any more, and then somebody would open the sitting."""
        self.does(roll.SuspendDeputy(deputy=deputy, ground="custody"))
        self.does(sittings.OpenSitting(sitting=then))

    @precondition(lambda self: self.house is not None and self.house.session.stage != "before")
    @rule(commands=st.lists(st.one_of(*RIGHTS), min_size=1, max_size=4))
    def deputies_use_their_rights(self, commands: list[Command]) -> None:
        """Motions, amendments, inquiries and interpellations, in any state that they can be in."""
        for command in commands:
            self.does(command)

    @precondition(lambda self: self.house is not None)
    @rule(commands=st.lists(st.one_of(*OF_OFFICES), min_size=1, max_size=2), back=st.sampled_from((0, 0, 0, 30)))
    def somebody_is_to_hold_an_office_or_to_lose_it(self, commands: list[Command], back: int) -> None:
        """Acts of elections, removals, resignations and the like, now or entered late."""
        for command in commands:
            self.does(command, back=timedelta(days=back))

    @precondition(lambda self: self.house is not None)
    @rule(command=st.one_of(*ACTS), office=st.none() | st.sampled_from(OFFICES), back=st.sampled_from((0, 0, 0, 1, 30)))
    def anybody_tries(self, command: Command, office: str | None, back: int) -> None:
        """Any act, by the office whose act it is or by another, now or entered late."""
        self.does(command, office, timedelta(days=back))

    @precondition(lambda self: self.house is not None and self.house.session.stage == "after")
    @rule(command=st.one_of(*ACTS))
    def comes_too_late(self, command: Command) -> None:
        """The session is closed, and somebody goes on as if it were not."""
        self.does(command)

    @precondition(lambda self: self.house is not None)
    @rule(
        command=st.sampled_from((*MATTERS, suggestions.FileSuggestion(number="1", deputies=("d001",), subject="修路")))
    )
    def follows_up(self, command: Command) -> None:
        """The one matter of a suggestion is opened, extended, answered or missed, in any order."""
        self.does(command)

    @precondition(lambda self: self.house is not None)
    @rule(days=st.sampled_from((0, 0, 1, 2, 10, 100)), hours=st.integers(0, 12))
    def time_passes(self, days: int, hours: int) -> None:
        assert self.house is not None
        self.house.now += timedelta(days=days, hours=hours)

    # what must hold after every act

    def does(self, command: Command, office: str | None = None, back: timedelta = timedelta(0)) -> None:
        house = self.house
        assert house is not None
        before, recorded = house.session, len(house.record.events)
        stream = f"{HOUSE}/matter/1" if command.stream_kind == "matter" else SESSION
        house.when(command, by=office, at=house.now - back, recorded=house.now, stream=stream)
        if house.refusal is not None:
            assert house.session == before and len(house.record.events) == recorded
            assert "{" not in house.refusal.says().zh + house.refusal.says().en
        decided = list(house.events)
        for event in decided:
            self._kept_and_told(event)
        self._lawful(before, decided)
        self._followed(stream, decided)
        self._adds_nothing_the_second_time()

    def _kept_and_told(self, event: Event) -> None:
        assert event.basis
        assert type(event).model_validate(event.model_dump(mode="json")) == event
        assert type(event).model_validate_json(event.model_dump_json()) == event
        for finding in event.findings:
            assert "{" not in says(finding).zh + says(finding).en

    def _lawful(self, before: Any, decided: list[Event]) -> None:
        assert self.house is not None
        town = self.house.registering.procedure != "residents-council"
        if before.registered and any(before.stage_at(e.at) == "after" for e in decided):
            assert {type(e).__name__ for e in decided} <= AFTERWARDS
        for event in decided:
            since_2022 = legal_date(event.at) >= LAW_OF_2022
            if isinstance(event, sittings.SittingOpened):
                may_act = before.in_office - before.suspended
                self._counted_the_hall(event, may_act)
                if town and since_2022 and event.kind == "plenary" and not before.has("opened"):
                    assert 3 * event.deputies_present >= 2 * event.deputies_total
                if event.kind == "plenary" and not before.has("opened"):
                    self._constituted(before)
            if isinstance(event, presidium.PresidiumDecided):
                assert event.agreed == (event.in_favour >= max(event.needed, 1))
            if isinstance(event, (removal_vote.RemovalVoted, resignation_decided.ResignationDecided)):
                assert event.carried == (2 * event.count.in_favour > before.deputies_total)
            self._signed(event, before)
            if isinstance(event, votes.VoteCounted):
                self._counted(event, before, town=town)
            if isinstance(event, projects.ProjectsChosen) and town:
                rounds = [e for e in (*before.history, event) if isinstance(e, projects.ProjectsChosen)]
                votes_for = {r.project: r.in_favour for e in rounds for r in e.lines}
                if not event.lines:  # chosen by the presidium out of those tied
                    assert before.has("decided:tie") and set(event.chosen) - set(before.chosen) <= set(before.runoff)
                assert all(2 * votes_for[p] > event.deputies_total for p in (*event.chosen, *event.tied))
                assert len(event.chosen) <= event.seats

    def _counted_the_hall(self, event: sittings.SittingOpened, may_act: frozenset[str]) -> None:
        """By name: as many as are signed in and may act. After a head count never more than may act; right after it, what it says."""
        assert self.house is not None
        seen = [e for e in self.house.record.events if isinstance(e, OfTheHall) and e.sitting == event.sitting]
        if not any(isinstance(e, HeadCounted) for e in seen):
            assert event.deputies_present == len(self.house.record.signed_in(SESSION, event.sitting, may_act))
        assert event.deputies_present <= len(may_act)

    def _signed(self, event: Event, before: Any) -> None:
        """Five deputies for a motion, ten in a county, ten for an interpellation, half of them for another answer; only who may act."""
        may_act = before.in_office - before.suspended
        county = before.registered and before.procedure.id == "county-congress"
        organs = ("government", "presidium", *(("standing_committee", "special_committee") if county else ()))
        if isinstance(event, filing.MotionFiled):
            assert len(set(event.deputies) & may_act) >= (10 if county else 5) or event.proposer in organs
        if isinstance(event, interpellation.InterpellationFiled):
            assert len(set(event.deputies) & may_act) >= 10 and (county or event.object == "government")
        if isinstance(event, interpellation_answer.ReanswerDemanded):
            assert 2 * len(set(event.dissatisfied) & may_act) >= len(before.interpellations[event.number].deputies)

    def _constituted(self, before: Any) -> None:
        """A county's plenary opens after its preparatory meeting has made it able to, or where it was owned up that it did not."""
        if before.procedure.id == "county-congress":
            for fact in ("prep-held", "presidium-elected", "adopted:secretary-general", "adopted:agenda"):
                assert before.has(fact) or before.excused(fact)

    def _counted(self, event: votes.VoteCounted, before: Any, *, town: bool) -> None:
        assert event.deputies_present <= event.deputies_total
        assert (event.count is None) == (event.method == "acclamation" or bool(event.voided))
        if event.issued is not None and event.returned is not None:
            assert bool(event.voided) == (event.returned > min(event.issued, event.deputies_present))
        if event.count is not None:
            assert event.count.total == event.deputies_present
            assert event.published or not event.count.unaccounted
            if town:
                assert event.adopted == (2 * event.count.in_favour > event.deputies_total)
            else:
                assert event.recommendation
        if before.procedure.id == "county-congress" and event.subject == "budget":
            assert before.has("examined:budget") or before.excused("examined:budget")
        if town and event.subject in ("gov", "pres", "sc", "budget") and legal_date(event.at) >= LAW_OF_2022:
            assert before.has("opened")

    def _followed(self, stream: str, decided: list[Event]) -> None:
        """A workflow that hears only of gains and losses holds the same facts as the fold."""
        assert self.house is not None
        facts = self.followed.setdefault(stream, set())
        for event in decided:
            if not isinstance(event, OfTheHall):
                facts.difference_update(event.loses())
                facts.update(event.gains())
        assert facts == set(self.house.record.state(stream).facts)

    def _adds_nothing_the_second_time(self) -> None:
        house = self.house
        assert house is not None
        recorded = len(house.record.events)
        house.again()
        assert house.events == [] and len(house.record.events) == recorded

    def teardown(self) -> None:
        """Folded whole, or folded in part and then the rest, it is one and the same."""
        if self.house is None:
            return
        for stream, events in self.house.record.streams.items():
            if stream.split("/")[2] not in self.house.record.deciders:
                continue
            decider = self.house.record.decider_of(stream)
            whole = self.house.record.state(stream)
            for cut in {0, len(events) // 2, len(events)}:
                state = decider.start(stream)
                for event in events[:cut]:
                    state = decider.evolve(state, event)
                stored = [type(event).model_validate_json(event.model_dump_json()) for event in events[cut:]]
                assert decider.fold(state, stored) == whole


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
FAST = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=CHECKS,
)
SOAK = settings(max_examples=3000, stateful_step_count=60, deadline=None, database=None, suppress_health_check=CHECKS)


@pytest.mark.rule("OL22-14-4-quorum", "OL22-25", "OL15-20")
def test_whatever_anybody_does_in_whatever_order_the_record_stays_lawful() -> None:
    run_state_machine_as_test(AnyOrder, settings=FAST)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_it_stays_so_for_a_long_time() -> None:
    run_state_machine_as_test(AnyOrder, settings=SOAK)
