"""Any act of an election, in any order, with figures right and wrong: whatever is tried, what is declared stays lawful.

A machine plays by-elections and changes of term of townships and counties with twelve or thirteen deputies. It takes the next
lawful step with votes near the majority, so that ties, shortfalls and void polls are common, or it tries anything at all. What
must hold is worked out here in plain arithmetic, beside the code.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from domain.election.attesting import AttestCount, CountAttested
from domain.election.breaking_off import BallotBrokenOff, BreakOffBallot
from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.coming import tie_of
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.election import Election, Round
from domain.election.lost import CandidateDropped, DropCandidate
from domain.election.method import DraftElectionMethod, Margin
from domain.election.nomination import Nominated
from domain.election.parts import PersonEntry, PlannedElection
from domain.election.primary import HoldPrimary, PrimaryLine
from domain.election.printing import PrintNominees
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection
from domain.election.sheets import BallotSheetEntered, EnterBallotSheet
from domain.election.tally import Figures, Line, Outcome, WriteIn
from domain.election.tied_again import DecideOnTie
from domain.election.validity import DecideValidity, ValidityDecided
from domain.event import Event
from domain.findings import says
from domain.session.correction import Correct
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.submission import Command
from domain.vote.votes import VoteCounted
from tests.domain.any_election import ELECTIONS, IN_ELECTIONS, rules
from tests.domain.chamber import SESSION, Chamber, FixedLaws, hands, ids, statutes
from tests.domain.elections import by_presidium, house, joint, town
from tests.domain.test_nominations import of_organisations

TOWNSHIP = (("township-vice-chair", 2), ("township-deputy-head", 3), ("township-head", 1), ("township-chair", 1))
COUNTY = (("sc-member", 3), ("deputy-government-head", 2), ("higher-deputy", 2), ("court-president", 1))
ANY = st.one_of(*IN_ELECTIONS.values())


class Elections(RuleBasedStateMachine):
    laws: ClassVar[FixedLaws] = FixedLaws(statutes())

    def __init__(self) -> None:
        super().__init__()
        self.house: Chamber | None = None

    @property
    def here(self) -> Chamber:
        assert self.house is not None
        return self.house

    @initialize(
        county=st.booleans(), size=st.sampled_from((12, 13)), posts=st.tuples(st.integers(0, 3), st.integers(0, 3)),
        kind=st.sampled_from(("by_election", "change_of_term")), opens=st.sampled_from((date(2024, 1, 17), date(2026, 1, 14))),
    )  # fmt: skip
    def registered(self, county: bool, size: int, posts: tuple[int, int], kind: Any, opens: date) -> None:
        among, place = (COUNTY, house) if county else (TOWNSHIP, town)
        elections = tuple(
            PlannedElection(code=code, post=among[n][0], title=f"第{n}项", seats=among[n][1], kind=kind)
            for code, n in zip(ELECTIONS, posts, strict=True)
        )
        people = (PersonEntry(id="v1", voter=True),)
        about: dict[str, Any] = {"agenda": (), "opens": opens, "people": people, "laws": self.laws}
        if kind == "change_of_term":
            about["elections_completed"] = opens - timedelta(days=20)
        self.house = place(*elections, deputies=size, **about)
        self.house.given(PresidiumMeets(meeting=1, present=len(self.house.session.presidium)))

    @rule(data=st.data(), code=st.sampled_from(("e", "e", "e", "f")), steps=st.integers(1, 9))
    def goes_on(self, data: st.DataObject, code: str, steps: int) -> None:
        """What an office would do next, several steps of it."""
        for _ in range(steps):
            for command in self.next(self.here.session.elections[code], data.draw):
                self.does(command)

    @rule(command=ANY, office=st.sampled_from((None, None, "deputy", "scrutineer", "presidium")))
    def anybody_tries(self, command: Command, office: str | None) -> None:
        self.does(command, office)

    @rule(code=st.sampled_from(ELECTIONS), data=st.data())
    def a_teller_errs(self, code: str, data: st.DataObject) -> None:
        """A sheet whose figures do not fit the other's, or themselves, or one of a ballot that is over."""
        election = self.here.session.elections[code]
        if (ballot := election.round) is not None:
            sheet = self.sheet(election, ballot, data.draw, sheet=data.draw(st.sampled_from((1, 2))))
            amiss = data.draw(st.sampled_from(("issued", "returned", "valid", "void")))
            self.does(sheet.model_copy(update={amiss: getattr(sheet, amiss) + 1}))

    @rule(code=st.sampled_from(ELECTIONS), data=st.data(), goes_on=st.booleans())
    def a_candidate_is_lost(self, code: str, data: st.DataObject, *, goes_on: bool) -> None:
        """One of those who stand, whatever has been done so far."""
        election = self.here.session.elections[code]
        tie = tie_of(election)
        standing = (
            election.open_round.candidates if election.open_round else tie.persons if tie else election.candidates
        )
        if standing:
            gone = data.draw(st.sampled_from(standing))
            self.does(DropCandidate(election=code, candidate=gone, ground="other", why="出缺", goes_on=goes_on))

    @rule(code=st.sampled_from(ELECTIONS))
    def a_ballot_is_broken_off(self, code: str) -> None:
        self.does(BreakOffBallot(election=code, why="停电", kept="sealed"))

    @rule(
        listed=st.lists(st.sampled_from(ids(13)), min_size=1, max_size=3, unique=True),
        no_relatives=st.sampled_from((True, None, False)),
    )
    def scrutineers_are_voted_on(self, listed: list[str], no_relatives: bool | None) -> None:
        here = len(self.here.roll)
        self.does(hands("scrutineers", here, persons=tuple(listed), chief=listed[0], no_relatives=no_relatives))

    @precondition(lambda self: self.house is not None and self.house.session.recorded > 20)
    @rule(data=st.data(), strike=st.booleans())
    def somebody_corrects(self, data: st.DataObject, *, strike: bool) -> None:
        """An entry of an election is struck, or its figures are changed as somebody likes."""
        history = self.here.session.history
        of_elections = [n for n, e in enumerate(history, 1) if getattr(e, "name", "").startswith("election.")]
        if of_elections:
            version = data.draw(st.sampled_from(of_elections))
            changes = {} if strike else data.draw(self.changes(history[version - 1]))
            if data.draw(st.booleans()):
                self.does(PresidiumDecides(matter="correction"))
            self.does(Correct(version=version, changes=changes, strike=strike, why="更正"))

    @rule(hours=st.sampled_from((1, 24, 48)))
    def time_passes(self, hours: int) -> None:
        self.here.now += timedelta(hours=hours)

    # what an office would do next

    def next(self, election: Election, draw: Any) -> list[Command]:
        session, code = self.here.session, election.code
        if session.election_method is None or not session.has("adopted:election-method"):
            return self.method(draw)
        ballot = election.round
        if ballot is not None and ballot.outcome is None:
            return self.count(election, ballot, draw)
        if (tie := tie_of(election)) is not None:
            half = DecideOnTie(
                election=code,
                follows=draw(st.sampled_from(("vote_again", "leave_open"))),
                in_favour=7,
                against=0,
                abstained=0,
            )
            return (
                [DeclareElection(election=code)]
                if tie.over
                else [*([half] if tie.again else []), OpenBallot(election=code)]
            )
        if ballot is not None and ballot.void and election.candidates:
            return [OpenBallot(election=code)]
        if election.seats_left == 0 or election.left_to_next_session:
            return [DeclareElection(election=code)]
        if ballot is not None and not ballot.void and not election.separate_now:
            when = draw(st.sampled_from(("this_session", "this_session", "this_session", "next_session")))
            separate = DecideSeparateElection(election=code, when=when, in_favour=7, against=0, abstained=0)
            return [separate, separate.model_copy(update={"when": "this_session"})]
        if election.candidates:
            return [self.scrutineers(election), OpenBallot(election=code)]
        return self.candidates(election, draw)

    def method(self, draw: Any) -> list[Command]:
        kept = draw(rules).model_copy(
            update={"ballot_count": draw(st.sampled_from(("returned_over_issued", "returned_over_voters")))}
        )
        extra = {True: 0, False: draw(st.sampled_from((1, 1, 2)))}
        margins = tuple(
            Margin(election=e.code, extra=extra[e.post.kind == "head"], decided=True)
            for e in self.here.session.elections.values()
        )
        return [DraftElectionMethod(margins=margins, rules=kept), hands("election-method", len(self.here.roll))]

    def candidates(self, election: Election, draw: Any) -> list[Command]:
        """Nominated, given out, and settled; by a primary when they are too many; after a shortfall also by votes."""
        code, seats = election.code, election.seats_left
        left = tuple(p for p in ids(9) if p not in election.elected)
        if (
            election.separate_now
            and (last := election.round) is not None
            and last.outcome is not None
            and draw(st.booleans())
        ):
            by_votes = [s.person for s in last.outcome.scores if s.person not in election.elected and s.votes]
            if by_votes:
                stand = tuple(by_votes[: seats + draw(st.sampled_from((0, 1)))])
                return [SettleCandidates(election=code, candidates=stand, from_ballot=True, decided=True)]
        if not election.nominees:
            own = {e.number for e in self.here.session.history if isinstance(e, Nominated)}
            first, second = (f"{code}{len(own) + n}" for n in (1, 2))
            by = of_organisations if election.post.is_deputy else by_presidium
            more = left[seats : seats + draw(st.sampled_from((1, 1, 2)))][: max(seats, 1)]
            theirs = by(first, *left[:seats]).model_copy(update={"election": code})
            return [
                theirs,
                joint(second, more, ids(10), election=code),
                PrintNominees(elections=(code,), basic_data=True),
            ]
        self.here.now += timedelta(days=2)
        among = election.primaries[-1].tied if election.primaries else ()
        lines = tuple(PrimaryLine(person=p, votes=draw(st.integers(0, 12))) for p in among or election.nominees)
        voted = HoldPrimary(
            election=code, issued=12, returned=12, valid=12, lines=lines, sheets_agree=True, tie_decided="all_stand"
        )
        self.does(SettleCandidates(election=code, candidates=election.nominees, order="strokes"))
        if self.here.refusal is None:
            return []
        self.does(voted)
        after = self.here.session.elections[code]
        chosen = tuple(p for primary in after.primaries for p in primary.chosen) or election.nominees[: seats + 1]
        return [SettleCandidates(election=code, candidates=chosen, order="votes")]

    def scrutineers(self, election: Election) -> Command:
        stand = {p for e in self.here.session.elections.values() for p in (*e.candidates, *e.nominees)}
        free = tuple(d for d in self.here.roll if d not in stand)[:2]
        return hands("scrutineers", len(self.here.roll), persons=free, chief=free[0], no_relatives=True)

    def sheet(self, election: Election, ballot: Round, draw: Any, sheet: int = 1) -> EnterBallotSheet:
        """Votes about the majority, among them ties; sometimes more ballots come back than were given out."""
        total = len(self.here.roll)
        issued = draw(st.sampled_from((total, total, total, total - 1, total + 1)))
        returned = issued + draw(st.sampled_from((0, 0, 0, -1, 1)))
        void = draw(st.sampled_from((0, 0, 1)))
        valid = returned - void
        near = st.sampled_from((0, 3, total // 2, total // 2 + 1, total // 2 + 1, total // 2 + 2, valid))
        tie = draw(near)
        votes = [min(draw(st.just(tie) | near), valid) for _ in ballot.candidates]
        if election.elected and draw(st.booleans()):  # nearly everybody writes in
            votes = [0 for _ in votes]
        lines = tuple(
            Line(person=p, in_favour=n, against=valid - n) for p, n in zip(ballot.candidates, votes, strict=True)
        )
        room = min(ballot.seats * valid - sum(votes), valid)
        written: tuple[WriteIn, ...] = ()
        if ballot.kind != "revote" and room > 0 and draw(st.booleans()):
            anybody = st.sampled_from([p for p in (*ids(12), "v1") if p not in ballot.candidates])
            who = draw(st.sampled_from(election.elected) | anybody if election.elected else anybody)
            written = (WriteIn(person=who, in_favour=draw(st.sampled_from((room, 1)))),)
        return EnterBallotSheet(
            election=election.code, sheet=sheet, issued=issued, returned=returned, valid=valid, void=void, lines=lines,
            write_ins=written,
        )  # fmt: skip

    def count(self, election: Election, ballot: Round, draw: Any) -> list[Command]:
        one = self.sheet(election, ballot, draw)
        doubt = DecideValidity(election=election.code, stands=draw(st.booleans()), why="多出一张")
        done = [AttestCount(election=election.code), doubt, DeclareElection(election=election.code)]
        return [one, one.model_copy(update={"sheet": 2}), *done]

    def changes(self, entry: Event) -> st.SearchStrategy[dict[str, Any]]:
        """Any of its fields, with its own value, one more, or somebody else's."""
        fields = entry.model_dump(mode="json")
        own = sorted(fields)
        return st.sampled_from(own).map(lambda name: {name: _otherwise(fields[name])})

    # what must hold after every act

    def does(self, command: Command, office: str | None = None) -> None:
        here = self.here
        before, recorded = here.session, len(here.record.events)
        here.when(command, by=office)
        refused = here.refusal
        if refused is not None:
            assert here.session == before and len(here.record.events) == recorded
            assert "{" not in refused.says().zh + refused.says().en
        for event in here.events:
            assert event.basis
            assert type(event).model_validate_json(event.model_dump_json()) == event
            assert all("{" not in says(f).zh + says(f).en for f in event.findings)
            self.lawful(before, event)
        for election in here.session.elections.values():
            self.sound(election)
        here.again()
        assert not here.events, f"{command} again: {here.events}"
        assert len(here.record.events) <= recorded + 3, f"{command}: {here.record.events[recorded:]}"
        if refused is not None:
            assert here.refusal is not None and here.refusal.reason == refused.reason

    def lawful(self, before: Any, event: Event) -> None:
        if isinstance(event, ElectionDeclared):
            self.counted_by_two(before, event)
            assert event.recomputed() == event
        if isinstance(event, CandidatesSettled):
            named = {
                p
                for e in before.history
                if isinstance(e, Nominated) and e.election == event.election
                for p in e.persons
            }
            scored = {s.person for r in before.elections[event.election].rounds if r.outcome for s in r.outcome.scores}
            assert set(event.candidates) <= (scored if event.from_ballot else named)
        if isinstance(event, BallotBrokenOff):
            ballot = before.elections[event.election].round
            assert ballot.number == event.number and ballot.figures is None and ballot.outcome is None
        if isinstance(event, ValidityDecided):
            ballot = before.elections[event.election].round
            assert ballot.figures.returned > len(before.in_office) and ballot.outcome is None
        if isinstance(event, CandidateDropped):
            assert event.candidate not in before.elections[event.election].elected
        if isinstance(event, VoteCounted) and event.subject == "scrutineers":
            stand = {p for e in before.elections.values() for p in (*e.candidates, *e.nominees)}
            assert not stand & set(event.persons)
        if isinstance(event, BallotOpened):
            assert not set(event.candidates) & before.elections[event.election].lost
            assert event.number == len(before.elections[event.election].rounds) + 1
            assert before.has("adopted:election-method")
            assert event.round == "revote" or 2 * event.needed > event.deputies_total

    def counted_by_two(self, before: Any, event: ElectionDeclared) -> None:
        """Both tellers' newest sheets of this ballot agree, and these are the figures attested."""
        of_this = [
            e
            for e in before.history
            if (getattr(e, "election", ""), getattr(e, "number", 0)) == (event.election, event.number)
        ]
        opened = max(n for n, e in enumerate(of_this) if isinstance(e, BallotOpened))
        sheets = {e.sheet: e.figures.figures() for e in of_this[opened:] if isinstance(e, BallotSheetEntered)}
        attested = [e.figures.figures() for e in of_this[opened:] if isinstance(e, CountAttested)]
        assert sheets[1] == sheets[2] == attested[-1] == event.figures.figures()

    def sound(self, election: Election) -> None:
        """Of all its ballots together, and of each."""
        assert len(election.elected) <= election.planned.seats
        assert len(set(election.elected)) == len(election.elected)
        declared = [r.outcome for r in election.rounds if r.outcome is not None]
        assert election.elected == tuple(p for outcome in declared for p in outcome.elected)
        before: Outcome | None = None
        for ballot in election.rounds:
            if ballot.kind == "revote":
                assert before is not None and set(ballot.candidates) <= set(before.tied or ballot.candidates)
                assert len(ballot.candidates) > ballot.seats
            figures = ballot.figures
            if figures is not None:
                assert figures.returned == figures.valid + figures.void
            assert not (ballot.broken_off and (figures or ballot.outcome))
            if ballot.outcome is not None:
                assert figures is not None
                self.follows(election, ballot, ballot.outcome, figures)
                before = before if ballot.outcome.void else ballot.outcome

    def follows(self, election: Election, ballot: Round, outcome: Outcome, figures: Figures) -> None:
        """The result once more, in other words: who has a majority and of whom no more than the seats have as many votes."""
        if outcome.void:
            assert not outcome.elected and figures.returned > min(figures.issued, ballot.voters)
            return
        assert figures.returned <= figures.issued or figures.returned <= ballot.voters
        assert figures.returned <= outcome.base or ballot.valid
        votes = Counter({line.person: line.in_favour for line in figures.lines})
        votes.update({w.person: w.in_favour for w in figures.write_ins})
        may = {s.person for s in outcome.scores if s.reached}
        enough = 1 if ballot.kind == "revote" else outcome.base // 2 + 1
        assert all(votes[p] >= enough for p in may)
        gone = self.dropped(election.code)
        clear = {p for p in may if sum(votes[q] >= votes[p] for q in may) <= ballot.seats}
        behind = {p for p in clear if any(votes[g] > votes[p] for g in gone - may)}
        assert set(outcome.elected) in (clear, clear - behind)
        between = {p for p in may - clear if sum(votes[q] > votes[p] for q in may) < ballot.seats}
        assert set(outcome.tied) in (between, set())
        assert len(outcome.elected) + outcome.tied_seats + outcome.open_seats == ballot.seats
        assert all(p in may for p in votes if votes[p] >= enough and p in ballot.candidates and p not in gone)

    def dropped(self, code: str) -> set[str]:
        """Candidates of an election who were lost at some time."""
        return {
            e.candidate for e in self.here.session.history if isinstance(e, CandidateDropped) and e.election == code
        }

    def teardown(self) -> None:
        """Folded again from the stored events it is one and the same."""
        if self.house is None:
            return
        decider = self.here.record.decider_of(SESSION)
        stored = [type(e).model_validate_json(e.model_dump_json()) for e in self.here.record.streams[SESSION]]
        assert decider.fold(decider.start(SESSION), stored) == self.here.session


def _otherwise(value: Any) -> Any:
    """Another value of the same shape: one more, the other way round, one left out."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return value[1:]
    if isinstance(value, dict) and value:
        first = sorted(k for k, v in value.items() if isinstance(v, int)) or sorted(value)
        return {**value, first[-1]: _otherwise(value[first[-1]])}
    return "f" if value == "e" else "e"


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
FAST = settings(
    max_examples=150, stateful_step_count=14, deadline=None, derandomize=True, database=None, suppress_health_check=CHECKS
)  # fmt: skip
SOAK = settings(max_examples=3000, stateful_step_count=40, deadline=None, database=None, suppress_health_check=CHECKS)


@pytest.mark.rule("OL22-25-elected", "OL22-29-1-tie", "OL22-29-1-most")
def test_in_whatever_order_an_election_goes_nobody_is_declared_elected_without_the_votes() -> None:
    run_state_machine_as_test(Elections, settings=FAST)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_it_stays_so_for_a_long_time_of_elections() -> None:
    run_state_machine_as_test(Elections, settings=SOAK)
