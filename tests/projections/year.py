"""A county's year of suggestions to count: filed, assigned on one day, replied to and rated one by one, each through the real rules."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from domain.calendar import at_clock
from domain.matter.contact import ConfirmContact, ContactDeputy
from domain.matter.opening import OpenMatter
from domain.matter.rating import CloseWithoutFeedback, RateReply
from domain.matter.replying import ReplyToSuggestion
from domain.matter.steps import TakeStep
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from tests.domain.chamber import HOUSE, SESSION
from tests.domain.county import county
from tests.domain.following import Following, following, stream_of
from yishi.projections.figure import Figure
from yishi.projections.figures import figures
from yishi.projections.followed import Entered, Followed, followed_in

OPENS = date(2026, 1, 14)
ASSIGNED = date(2026, 2, 2)
REPLIED = date(2026, 4, 15)
RATED = date(2026, 4, 25)
END = date(2026, 12, 31)
DEPUTY = "d001"


class Year:
    """So many suggestions, assigned; numbers are 1 to `suggestions`."""

    def __init__(self, suggestions: int = 1) -> None:
        self.house: Following = following(county("closed", opens=OPENS))
        self.numbers = [str(n) for n in range(1, suggestions + 1)]
        for number in self.numbers:
            self.house.given(
                FileSuggestion(number=number, deputies=(DEPUTY,), subject=f"建议 {number}"), by="secretariat"
            )
        assignments = tuple(Assignment(number=number, unit="某局") for number in self.numbers)
        self.house.on(ASSIGNED).given(AssignSuggestions(assignments=assignments))
        for number in self.numbers:
            self.house.follows(number).given(OpenMatter(session=SESSION, number=number))

    def on(self, number: str, day: date, *acts: Any, by: str | None = None) -> "Year":
        """Acts on one suggestion, on a day."""
        self.house.follows(number)
        for nth, act in enumerate(acts):
            self.house.when(act, at=at_clock(day, 9) + timedelta(minutes=nth), by=by)
            assert self.house.refusal is None, self.house.refusal.says().zh
        return self

    def replied(self, number: str, result: str = "A", day: date = REPLIED, **more: Any) -> "Year":
        return self.on(number, day, ReplyToSuggestion.model_validate({"result": result, "contacted": True, **more}))

    def rated(self, number: str, result: str = "satisfied", day: date = RATED, **more: Any) -> "Year":
        return self.on(
            number, day, RateReply.model_validate({"deputy": DEPUTY, "result": result, "why": "说明", **more})
        )

    def silent(self, number: str, day: date = RATED) -> "Year":
        return self.on(number, day, step("remind-deputy"), CloseWithoutFeedback())

    def heard(self, number: str, day: date, *, confirmed: bool) -> "Year":
        contact = ContactDeputy(way="phone", deputies=(DEPUTY,), text="通话")
        return self.on(number, day, contact, *([ConfirmContact(number=1, deputy=DEPUTY)] if confirmed else []))

    def all_replied(self, classes: Iterable[str]) -> "Year":
        for number, result in zip(self.numbers, classes, strict=True):
            self.replied(number, result)
        return self

    def all_rated(self, ratings: Iterable[str]) -> "Year":
        for number, rating in zip(self.numbers, ratings, strict=True):
            self.rated(number, rating)
        return self

    def cases(self, until: date = END) -> list[Followed]:
        """As a reader of the log finds them, with its positions: the session's entries first, then each matter's."""
        place, streams = 0, self.house.record.streams
        entered: dict[str, list[Entered]] = {}
        for stream, events in streams.items():
            for event in events:
                place += 1
                entered.setdefault(stream, []).append(Entered(place, event))
        matters = {s.rsplit("/", 1)[1]: e for s, e in entered.items() if s.startswith(stream_of(""))}
        return followed_in(HOUSE, list(entered[SESSION]), matters, until)

    def figures(self, year: int | None = OPENS.year, until: date = END) -> dict[str, Figure]:
        return {f.id: f for listed in figures(self.cases(until), year, until).values() for f in listed}


def step(name: str, **fields: Any) -> TakeStep:
    return TakeStep.model_validate({"step": name, **fields})


def times(**of: int) -> list[str]:
    """A=2, B=1: A, A, B."""
    return [name for name, number in of.items() for _ in range(number)]
