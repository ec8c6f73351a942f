"""How one suggestion went (办理过程), read from its entries once for all the figures: contacts, replies, ratings, promises, its term."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from domain.event import Clock
from domain.matter.contact import ContactConfirmed, DeputyContacted
from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.matter import MatterEvent
from domain.matter.promises import CarriedOver
from domain.matter.rating import DISSATISFIED, IN_PROGRESS, ClosedWithoutFeedback, ReplyRated
from domain.matter.replying import MatterReplied
from domain.session.suggestions import SuggestionsAssigned
from yishi.projections.followed import Entered, Followed

SOLVED = "A"
REPLIED = MatterReplied.fact
WITHDRAWN = next(m for m in SUGGESTION.moves if m.to == "withdrawn").act


class Reply(NamedTuple):
    """One reply, and what the deputy said of it: a rating, or `silent` when it was closed without one."""

    entry: Entered
    event: MatterReplied
    rated: Entered | None
    silent: Entered | None

    @property
    def rating(self) -> ReplyRated | None:
        return self.rated.event if self.rated and isinstance(self.rated.event, ReplyRated) else None


class Promise(NamedTuple):
    """What a reply promised: by the last day it was put off to, what came of it."""

    of: Reply
    day: date | None
    put_off: tuple[Entered, ...]
    answered: Reply | None  # the reply by which it was reported as done, or put off by another promise

    @property
    def kept(self) -> bool:
        """Solved, and by its day."""
        done, day = self.answered, self.day
        return done is not None and day is not None and done.event.result == SOLVED and done.entry.day <= day


@dataclass(frozen=True, eq=False)
class Course:
    case: Followed

    @cached_property
    def assigned(self) -> Entered | None:
        return next(iter(self.case.all(SuggestionsAssigned)), None)

    @cached_property
    def withdrawn(self) -> Entered | None:
        return next(iter(self.case.steps(WITHDRAWN)), None)

    @property
    def in_hand(self) -> bool:
        """Whether it was to be replied to: assigned, and not withdrawn."""
        return self.assigned is not None and self.withdrawn is None

    @cached_property
    def replies(self) -> list[Reply]:
        """In their order; each of a round of its own."""
        rated = {_round(e): e for e in self.case.all(ReplyRated)}
        silent = {_round(e): e for e in self.case.all(ClosedWithoutFeedback)}
        return [
            Reply(e, e.event, rated.get(e.event.round), silent.get(e.event.round))
            for e in self.case.entries
            if isinstance(e.event, MatterReplied)
        ]

    @property
    def last(self) -> Reply | None:
        return self.replies[-1] if self.replies else None

    @cached_property
    def contacts(self) -> dict[int, tuple[Entered, Entered | None]]:
        """Each contact by its number, and where the deputy confirmed it."""
        confirmed = {
            e.event.number: e for e in self.case.all(ContactConfirmed) if isinstance(e.event, ContactConfirmed)
        }
        return {
            e.event.number: (e, confirmed.get(e.event.number))
            for e in self.case.entries
            if isinstance(e.event, DeputyContacted)
        }

    @cached_property
    def term(self) -> Clock | None:
        """The term of the first reply as it stood when that came, or as it stands; of several the one that ends first."""
        running: dict[str, Clock] = {}
        for entry in self.case.entries:
            if isinstance(entry.event, MatterReplied):
                break
            running |= {c.id: c for c in entry.event.clocks() if c.met_by == REPLIED and not c.is_notice}
            for stopped in entry.event.stops():
                running.pop(stopped, None)
        return min(running.values(), key=lambda clock: clock.last_day, default=None)

    @property
    def promises(self) -> list[Promise]:
        """What was promised in replies of class B, unless the deputy did not accept the reply: then it is handled anew."""
        put_off: dict[int, tuple[Entered, ...]] = {}
        for entry in self.case.all(CarriedOver):
            put_off[_round(entry)] = (*put_off.get(_round(entry), ()), entry)
        found = []
        for number, reply in enumerate(self.replies):
            refused = reply.rating is not None and reply.rating.result == DISSATISFIED
            if reply.event.result == IN_PROGRESS and not refused:
                moved = put_off.get(reply.event.round, ())
                last = moved[-1].event if moved else reply.event
                day: date | None = getattr(last, "promised", None)
                found.append(Promise(reply, day, moved, next(iter(self.replies[number + 1 :]), None)))
        return found


def _round(entry: Entered) -> int:
    return entry.event.round if isinstance(entry.event, MatterEvent) else 1
