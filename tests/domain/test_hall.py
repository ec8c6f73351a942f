"""The hall: by name, by card and by heads together, held against a plain model of who is where (地方组织法 (2022) art. 14(4))."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from domain.session.cards import CardsRegistered, RegisterCards
from domain.session.closing import CloseSession
from domain.session.decider import HallNow, law_on
from domain.session.hall import HeadCounted, SignedIn, SignedOut
from domain.session.held_cards import CardHeld, CardResolved, ResolveCard
from domain.session.light import Light, light
from domain.session.parts import CardOf
from domain.session.record import RecordIrregularity
from domain.session.roll import AbsencesRecorded, DecideLeave, EndSeat, SuspendDeputy
from domain.session.sign_in import SignIn, SignOut
from domain.session.sittings import CloseSitting, OpenSitting
from domain.submission import Command
from tests.domain.chamber import SESSION, WEDNESDAY, Chamber, council, hands, ids, statutes, township


def doors(deputies: int = 61, **about: Any) -> Chamber:
    """A session on its day, its doors open and nobody in the hall yet."""
    town = township("papers sent", deputies, **about)
    return town.on(town.opens, 8)


def lit(town: Chamber, sitting: str = "s1") -> Light:
    law = law_on(statutes(), town.session.plan, town.opens)
    return light(town.session, law, HallNow(town.record, SESSION), sitting)


def comes(*deputies: str, sitting: str = "s1", **more: Any) -> SignIn:
    return SignIn(sitting=sitting, deputies=deputies, **more)


def goes(*deputies: str, sitting: str = "s1", **more: Any) -> SignOut:
    return SignOut(sitting=sitting, deputies=deputies, **more)


# heads are a number


def test_a_number_of_heads_names_nobody() -> None:
    town = doors().when(comes(present=41))
    town.then(HeadCounted, deputies_present=41, named=0, came=41).and_again_nothing()
    assert not any(isinstance(e, (SignedIn, SignedOut)) for e in town.record.events)
    town.on(WEDNESDAY).when(OpenSitting(sitting="s1"))
    assert town.refusal is None


def test_one_head_short_of_two_thirds_is_one_short_on_the_light_and_in_the_refusal() -> None:
    town = doors().given(comes(present=40))
    assert (lit(town).missing, lit(town).enough, lit(town).needed) == (1, False, 41)
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", "OL22-14-4-quorum", found=40, needed=41)
    town.given(comes(present=41))
    assert (lit(town).missing, lit(town).enough) == (0, True)


def test_who_signs_in_by_name_after_a_head_count_was_one_of_those_counted() -> None:
    town = doors().given(comes(present=40)).given(comes(*ids(40)))
    assert town.hall("s1").present == 40
    town.given(comes("d041"))
    assert town.hall("s1").present == 41


def test_a_head_count_counts_those_signed_in_by_name_too() -> None:
    town = doors().given(comes("d001", "d002")).when(comes(present=40))
    town.then(HeadCounted, deputies_present=40, named=2)
    town.when(comes("d003", present=41)).then(SignedIn, deputy="d003").then(HeadCounted, deputies_present=41, named=3)


def test_one_who_went_out_by_name_and_comes_back_is_counted_again() -> None:
    town = doors().given(comes(present=41)).when(goes("d007")).then(SignedOut, deputy="d007").and_again_nothing()
    assert town.hall("s1").present == 40
    town.when(comes("d007")).then(SignedIn, deputy="d007").and_again_nothing()
    assert town.hall("s1").present == 41


def test_even_one_who_went_out_before_cannot_make_more_than_may_attend() -> None:
    town = doors(3).given(comes("d001"), goes("d001"), comes(present=3), comes("d001"))
    assert town.hall("s1").present == 3


def test_so_many_stay_counts_heads_again_also_below_those_signed_in_by_name() -> None:
    town = doors().given(comes(*ids(50))).when(goes(remaining=40))
    town.then(HeadCounted, deputies_present=40, named=50).and_again_nothing()
    town.given(goes("d050"))
    assert town.hall("s1").present == 40  # one of those who had left unseen now has a name
    town.given(comes("d060"))
    assert town.hall("s1").present == 41


def test_fewer_heads_than_are_in_is_refused_for_leaving_is_an_act_of_its_own() -> None:
    town = doors().given(comes(*ids(30)), comes(present=50))
    town.when(comes(present=49)).then_refused("MoreSignedInAlready", here=50, found=49)
    town.when(comes("d060", "d061", present=1)).then_refused("MoreSignedInAlready", found=1)


@pytest.mark.rule("DL25-61")
def test_whoever_is_suspended_after_a_head_count_is_taken_to_have_been_counted_until_heads_are_counted_again() -> None:
    town = doors(opens=date(2026, 1, 14)).given(comes(present=41), SuspendDeputy(deputy="d050", ground="custody"))
    assert (town.hall("s1").present, lit(town).suspended) == (40, 1)
    town.when(comes(present=41)).then(HeadCounted, deputies_present=41).and_again_nothing()
    assert town.hall("s1").present == 41
    town.given(SuspendDeputy(deputy="d050", suspended=False, ground="ended"), comes("d050"))
    assert town.hall("s1").present == 42  # could not act when heads were counted, so was not one of them


@pytest.mark.rule("DL25-61")
def test_one_who_had_already_left_by_name_does_not_leave_once_more_by_being_suspended() -> None:
    town = doors(opens=date(2026, 1, 14)).given(comes(present=41), goes("d050"))
    town.given(SuspendDeputy(deputy="d050", ground="custody"))
    assert town.hall("s1").present == 40


@pytest.mark.rule("DL25-63", "DL15-50")
def test_a_seat_that_ends_takes_its_deputy_out_of_the_heads_and_out_of_the_base() -> None:
    town = township("opened", present=41, opens=date(2026, 1, 14)).given(EndSeat(deputy="d061", ground="died"))
    assert (town.hall("s1").present, lit(town).total, lit(town).needed) == (40, 60, 40)


# absences after a head count


def closed(town: Chamber) -> list[AbsencesRecorded]:
    present = town.hall("s1").present
    town.on(town.opens).given(OpenSitting(sitting="s1"), hands("presidium", present))
    town.given(*(RecordIrregularity(fact=f"dealt:{code}", why="未及审议") for code in ("gov", "pres", "budget")))
    town.when(CloseSession())
    assert town.refusal is None
    return [e for e in town.events if isinstance(e, AbsencesRecorded)]


@pytest.mark.rule("DL15-7", "DL15-49")
def test_after_a_head_count_the_absent_are_a_number_and_nobody_is_alerted_on_by_name() -> None:
    town = doors(absences={"d061": 1}).given(DecideLeave(deputies=("d060",)), comes(present=58))
    (away,) = closed(town)
    assert (away.with_leave, away.without_leave, away.absent) == (("d060",), (), 2)
    town.without_finding("AbsentTwice").with_finding("AbsentWithoutNames", found=2)
    assert town.session.absent_without_leave == {"d061": 1}


def test_when_more_were_on_leave_than_stayed_away_nobody_is_named() -> None:
    town = doors().given(DecideLeave(deputies=("d059", "d060", "d061")), comes(present=59))
    (away,) = closed(town)
    assert (away.with_leave, away.absent) == ((), 2)


def test_all_heads_there_is_nobody_absent_and_all_heads_named_means_the_rest_can_be_named() -> None:
    assert closed(doors().given(comes(present=61))) == []
    (away,) = closed(doors().given(comes(present=60), comes(*ids(60))))
    assert (away.without_leave, away.absent) == (("d061",), 0)


def test_who_was_counted_and_left_early_came_all_the_same() -> None:
    assert closed(doors().given(comes(present=61), goes(remaining=45))) == []


# cards


CARDS = tuple(CardOf(card=f"0{n}", deputy=f"d{n:03}") for n in range(1, 6))


def with_cards(**about: Any) -> Chamber:
    return doors(**about).when(RegisterCards(cards=CARDS)).then(CardsRegistered, cards=CARDS).and_again_nothing()


def shows(*cards: str, **more: Any) -> SignIn:
    return SignIn(sitting="s1", cards=cards, **more)


def test_a_card_signs_its_deputy_in_once_however_often_it_is_shown() -> None:
    town = with_cards().when(shows("01", "01", device="gate-1")).then(SignedIn, deputy="d001", card="01")
    town.and_again_nothing()
    town.when(comes("d001")).then_nothing()
    town.given(SignOut(sitting="s1", cards=("01",)))
    assert lit(town).present == 0 and lit(town).left == 1
    town.when(shows("01")).then(SignedIn, deputy="d001")


def test_an_unknown_card_is_held_and_stops_no_other_and_never_counts_until_somebody_says_whose_it_was() -> None:
    town = (
        with_cards()
        .when(shows("77", "01", "78"))
        .then(SignedIn, deputy="d001")
        .then(CardHeld, card="77", why="unknown")
    )
    town.and_again_nothing()
    assert (lit(town).present, lit(town).held) == (1, 2)
    shown_at = next(e.at for e in town.record.events if isinstance(e, CardHeld))
    town.on(town.opens, 9).when(ResolveCard(sitting="s1", card="77", deputy="d009"))
    town.then(CardResolved, deputy="d009").then(SignedIn, deputy="d009", at=shown_at, card="77").and_again_nothing()
    town.when(ResolveCard(sitting="s1", card="78", rejected=True)).then(CardResolved, deputy=None).and_again_nothing()
    assert (lit(town).present, lit(town).held) == (2, 0)
    town.when(shows("78")).then_nothing()
    assert lit(town).present == 2
    town.when(ResolveCard(sitting="s1", card="78", deputy="d010")).then_refused("CardNotHeld", card="78")


def test_a_held_card_that_went_out_again_is_resolved_as_one_who_came_and_left() -> None:
    town = with_cards().given(shows("77"), SignOut(sitting="s1", cards=("77",)))
    town.when(ResolveCard(sitting="s1", card="77", deputy="d009")).then(SignedIn, deputy="d009").then(
        SignedOut, deputy="d009"
    )
    assert (lit(town).present, lit(town).left, lit(town).held) == (0, 1, 0)


def test_resolving_a_card_puts_nobody_back_into_the_hall_who_left_after_it_was_shown() -> None:
    town = with_cards().given(shows("77")).on(WEDNESDAY, 8, 10).given(comes(*ids(41)), goes("d005"))
    assert lit(town).missing == 1
    town.on(WEDNESDAY, 8, 30).when(ResolveCard(sitting="s1", card="77", deputy="d005")).then(CardResolved, came=False)
    town.with_finding("CardOvertaken", deputy="d005").and_again_nothing()
    assert lit(town).present == 40
    town.on(WEDNESDAY, 9).when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", found=40, needed=41)


def test_a_card_shown_after_its_deputy_had_left_by_name_brings_them_back() -> None:
    town = with_cards().given(comes(*ids(41)), goes("d005")).on(WEDNESDAY, 8, 10).given(shows("77"))
    town.when(ResolveCard(sitting="s1", card="77", deputy="d005")).then(SignedIn, deputy="d005").without_finding(
        "CardOvertaken"
    )
    assert lit(town).present == 41


def test_a_head_count_after_the_card_was_shown_does_not_grow_by_one_when_it_is_resolved() -> None:
    town = with_cards().given(shows("77"), comes(*ids(40))).on(WEDNESDAY, 8, 10).given(goes(remaining=39))
    town.when(ResolveCard(sitting="s1", card="77", deputy="d050")).then(CardResolved, came=True)
    town.with_finding("CardOvertaken", deputy="d050")
    assert (lit(town).present, lit(town).held) == (39, 0)
    assert town.record.came(SESSION, "s1", ("d050",)) == {"d050"}
    named = with_cards().given(shows("77")).on(WEDNESDAY, 8, 10).given(comes(present=40))
    named.when(ResolveCard(sitting="s1", card="77", deputy="d050")).then(SignedIn, deputy="d050", unnamed=39)
    assert lit(named).present == 40


@pytest.mark.rule("DL15-7", "DL15-49")
def test_while_a_card_is_held_nobody_is_named_as_absent_without_leave() -> None:
    town = with_cards(absences={"d061": 1}).given(comes(*ids(60)), shows("77"))
    (away,) = closed(town)
    assert (away.without_leave, away.absent) == ((), 1)
    town.with_finding("CardsWaiting", found=1).with_finding("AbsentWithoutNames", found=1).without_finding(
        "AbsentTwice"
    )
    assert town.session.absent_without_leave == {"d061": 1}
    town.when(ResolveCard(sitting="s1", card="77", deputy="d061")).then(SignedIn, deputy="d061").and_again_nothing()


def test_with_every_card_resolved_the_absent_are_named_again() -> None:
    town = with_cards().given(comes(*ids(60)), shows("77"), ResolveCard(sitting="s1", card="77", rejected=True))
    (away,) = closed(town)
    assert (away.without_leave, away.absent) == (("d061",), 0)
    town.without_finding("CardsWaiting")


def test_a_lost_card_counts_no_more_once_another_took_its_place() -> None:
    town = with_cards().given(RegisterCards(cards=(CardOf(card="99", deputy="d001"),)))
    town.when(shows("01", "99")).then(CardHeld, card="01", why="withdrawn").then(SignedIn, deputy="d001", card="99")
    town.when(RegisterCards(withdrawn=("99",))).then(CardsRegistered, withdrawn=("99",)).and_again_nothing()
    assert "99" not in town.session.cards


def test_a_card_has_one_deputy_and_is_taken_from_nobody_unasked() -> None:
    town = with_cards()
    town.when(RegisterCards(cards=(CardOf(card="01", deputy="d009"),))).then_refused(
        "CardTaken", card="01", deputy="d001"
    )
    swapped = (CardOf(card="02", deputy="d001"), CardOf(card="01", deputy="d002"))
    town.when(RegisterCards(cards=swapped)).then(CardsRegistered).and_again_nothing()
    assert (town.session.cards["01"], town.session.cards["02"]) == ("d002", "d001")
    twice = (CardOf(card="03", deputy="d001"), CardOf(card="03", deputy="d002"))
    town.when(RegisterCards(cards=twice)).then_refused("CardTwice", card="03")
    town.when(RegisterCards(cards=(CardOf(card="98", deputy="x1"),))).then_refused("NotADeputy", deputy="x1")


def test_a_card_registered_after_it_was_held_counts_from_its_next_showing() -> None:
    town = with_cards().given(shows("77"), RegisterCards(cards=(CardOf(card="77", deputy="d009"),)))
    assert (lit(town).present, lit(town).held) == (0, 1)
    town.when(shows("77")).then(SignedIn, deputy="d009").then(CardResolved, deputy="d009").and_again_nothing()
    assert (lit(town).present, lit(town).held) == (1, 0)


@pytest.mark.rule("DL25-61")
def test_the_card_of_a_suspended_deputy_is_held_for_that_reason_and_the_next_one_counts() -> None:
    town = with_cards(opens=date(2026, 1, 14), suspended=("d001",))
    town.when(shows("01", "02")).then(CardHeld, card="01", why="suspended").then(SignedIn, deputy="d002")
    town.when(ResolveCard(sitting="s1", card="01", deputy="d001")).then_refused(
        "DutiesSuspended", "DL25-61", deputy="d001"
    )
    town.given(SuspendDeputy(deputy="d001", suspended=False, ground="ended"))
    town.on(town.opens, 10).when(ResolveCard(sitting="s1", card="01", deputy="d001"))
    town.then(SignedIn, deputy="d001", at=town.now - timedelta(minutes=1))


def test_a_sitting_that_is_over_takes_no_card_but_what_it_held_may_still_be_resolved() -> None:
    town = with_cards().given(comes(*ids(61)[1:]), shows("77")).given(OpenSitting(sitting="s1"), CloseSitting())
    town.when(shows("01")).then_refused("SittingOver", sitting="s1")
    town.when(ResolveCard(sitting="s1", card="77", deputy="d001")).then(SignedIn, deputy="d001")
    town.when(ResolveCard(sitting="s9", card="77", deputy="d001")).then_refused("UnknownSitting", sitting="s9")


def test_two_cards_of_one_number_on_a_roll_are_refused() -> None:
    town = Chamber(3)
    roll = tuple(d.model_copy(update={"card": "07"}) for d in town.registering.roll)
    town.when(town.registering.model_copy(update={"roll": roll})).then_refused("CardTwice", card="07")


def test_cards_may_come_with_the_roll() -> None:
    town = Chamber(3)
    roll = tuple(d.model_copy(update={"card": d.id[1:]}) for d in town.registering.roll)
    town.given(town.registering.model_copy(update={"roll": roll}))
    assert town.session.cards == {"001": "d001", "002": "d002", "003": "d003"}


# by which law


@pytest.mark.rule("OL22-14-4-quorum", "I-quorum-each-sitting")
def test_the_light_says_that_the_text_speaks_of_the_opening_and_a_reading_of_each_further_sitting() -> None:
    town = township("opened", present=41, profile="national-township")
    assert (lit(town).kind, lit(town).binding, [c.rule for c in lit(town).basis]) == (
        "text",
        True,
        ["OL22-14-4-quorum"],
    )
    town.given(comes(sitting="s2", present=40))
    second = lit(town, "s2")
    assert (second.kind, second.missing) == ("reading", 1)
    assert {"OL22-14-4-quorum", "I-quorum-each-sitting"} <= {c.rule for c in second.basis}


@pytest.mark.rule("OL15-noquorum")
def test_where_the_law_is_silent_the_light_says_so_and_is_never_red() -> None:
    town = doors(opens=date(2022, 3, 11), profile="national-township").given(comes(present=1))
    assert (lit(town).kind, lit(town).needed, lit(town).enough) == ("silent", 0, True)


@pytest.mark.rule("I-prep-quorum", "CQT16-10-quorum")
def test_a_preparatory_meetings_number_is_a_reading() -> None:
    assert lit(doors(profile="chongqing-township").given(comes(sitting="prep", present=41)), "prep").kind == "reading"


@pytest.mark.rule("C-ST-quorum")
def test_a_councils_half_is_practice_and_only_warns() -> None:
    street = council("signed in", 60, present=30)
    assert (lit(street).kind, lit(street).binding, lit(street).missing) == ("practice", False, 1)


# whatever comes through the doors, in any order


class Doors(RuleBasedStateMachine):
    """Deputies as a doorkeeper with pencil and paper would follow them: who is in by name, who is out, how many nameless heads."""

    @initialize(size=st.integers(1, 9))
    def opens(self, size: int) -> None:
        self.house = doors(size, opens=date(2026, 1, 14))
        self.named: set[str] = set()
        self.out: set[str] = set()
        self.nameless = 0
        self.holding: set[str] = set()
        self.house.given(RegisterCards(cards=tuple(CardOf(card=f"c{d}", deputy=d) for d in self.house.roll)))

    def one(self, number: int) -> str:
        return self.house.roll[number % len(self.house.roll)]

    @property
    def here(self) -> int:
        return len(self.named) + self.nameless

    @rule(numbers=st.lists(st.integers(0, 8), min_size=1, max_size=9), by_card=st.booleans())
    def come_in(self, numbers: list[int], *, by_card: bool) -> None:
        deputies = tuple(self.one(n) for n in numbers)
        self.does(shows(*(f"c{d}" for d in deputies)) if by_card else comes(*deputies))
        for deputy in deputies:
            if deputy not in self.named:
                back = deputy in self.out and self.here < len(self.house.roll)
                self.nameless -= self.nameless > 0 and not back
                self.named.add(deputy)
                self.out.discard(deputy)

    @rule(number=st.integers(0, 8), by_card=st.booleans())
    def goes_out(self, number: int, *, by_card: bool) -> None:
        deputy = self.one(number)
        self.does(SignOut(sitting="s1", cards=(f"c{deputy}",)) if by_card else goes(deputy))
        if deputy in self.named:
            self.named.discard(deputy)
            self.out.add(deputy)
            self.nameless += self.nameless < 0
        elif deputy not in self.out and self.nameless > 0:
            self.nameless -= 1
            self.out.add(deputy)

    @rule(share=st.floats(0, 1), staying=st.booleans())
    def heads_are_counted(self, share: float, *, staying: bool) -> None:
        here, all_of_them = self.here, len(self.house.roll)
        number = round(share * here) if staying else here + round(share * (all_of_them - here))
        self.does(goes(remaining=number) if staying else comes(present=number))
        self.nameless = number - len(self.named)

    @rule(card=st.sampled_from(("x1", "x2")))
    def a_stranger_shows_a_card(self, card: str) -> None:
        self.does(shows(card))
        self.holding.add(card)

    def does(self, command: Command) -> None:
        self.house.when(command)
        assert self.house.refusal is None, self.house.refusal.says().zh
        self.house.and_again_nothing()

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.agrees()

    def agrees(self) -> None:
        shown = lit(self.house)
        assert (shown.present, shown.held) == (self.here, len(self.holding))
        assert self.house.record.signed_in(SESSION, "s1", self.house.roll) == self.named
        assert shown.enough == (3 * self.here >= 2 * len(self.house.roll))


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.mark.rule("OL22-14-4-quorum")
def test_after_any_coming_and_going_the_light_is_what_a_doorkeeper_would_have_written_down() -> None:
    fast = settings(
        max_examples=60,
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=CHECKS,
    )
    run_state_machine_as_test(Doors, settings=fast)
