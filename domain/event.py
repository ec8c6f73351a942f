"""What happened, as it is kept for ever: frozen, named by a chosen string, with the article of law that allowed it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.calendar import end_of
from domain.law import Citation
from domain.text import Figure


class Finding(BaseModel):
    """Something noticed while an act was judged that did not stop it: a warning, an alert, an inert local rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str  # a key of `domain.findings.SAYS`
    weight: Literal["info", "warn", "alert"]
    basis: tuple[Citation, ...]
    figures: dict[str, Figure] = {}


REMIND, ESCALATE = "remind", "escalate-late"
REMIND_DEADLINE, ESCALATE_DEADLINE = "remind-of-deadline", "escalate-deadline"
NOTICES = (REMIND, ESCALATE, REMIND_DEADLINE, ESCALATE_DEADLINE)
"""What the engine does when the day of a notice has come, which is set beside a term: of a matter, of a session."""


DEADLINES = ("miss-deadline", REMIND_DEADLINE, ESCALATE_DEADLINE)
"""The engine's own acts on a session's deadlines: every procedure has them."""


class Clock(BaseModel):
    """A deadline as data (期限): computed once, by rule, from the act that starts it.

    Attributes:
        waits_for: the office or unit whose turn it is; "" where the step that meets it says so.
        then: the act by which the engine records that it passed; "" for the one usual in its kind of stream.
        provisional: a working day of a year was counted whose holidays are not announced yet; it is worked out anew when they are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str  # unique in its stream: "budget-published"
    started: AwareDatetime
    last_day: date  # the last legal day in time, in China
    met_by: str  # the fact that stops it
    basis: tuple[Citation, ...]
    subject: str = ""  # what it is about, e.g. a suggestion's number
    waits_for: str = ""
    then: str = ""
    provisional: bool = False

    @property
    def due(self) -> datetime:
        """The first instant at which it is overdue: the end of its last day."""
        return end_of(self.last_day)

    @property
    def is_notice(self) -> bool:
        """Whether it is no deadline, but the day to remind of one, or to escalate it; `subject` is that one's id."""
        return self.then in NOTICES


def _none(value: Sequence[object]) -> bool:
    """Whether there is nothing to be written down."""
    return not value


class Event(BaseModel):
    """One fact. Subclasses give `name`, the string it is stored under, e.g. `session.sitting-opened.v1`.

    Attributes:
        at: legal time of the act, as its officer stated it (the ledger adds when it was recorded).
        basis: the provisions that allowed or required it; never empty.
        findings: what was noticed without stopping it.
        notices: when to remind of the deadlines it starts, or to escalate them; unnoticed: ids of notices no longer due.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # hundreds of them: each when first used
    name: ClassVar[str]
    once: ClassVar[bool] = False
    """Whether the same again, at the same legal time, is nothing new (its rule has no other way to tell a repetition)."""
    at: AwareDatetime
    basis: tuple[Citation, ...]
    findings: tuple[Finding, ...] = ()
    notices: Annotated[tuple[Clock, ...], Field(exclude_if=_none)] = ()
    unnoticed: Annotated[tuple[str, ...], Field(exclude_if=_none)] = ()

    def facts(self) -> tuple[str, ...]:
        """What this event makes true for the procedure, e.g. `notice-given`; steps and clocks speak of these."""
        return ()

    def revokes(self) -> tuple[str, ...]:
        """Facts that no longer stand because of it: a moved date undoes the notice given for the old one."""
        return ()

    def clocks(self) -> tuple[Clock, ...]:
        """The deadlines it starts."""
        return ()

    def stops(self) -> tuple[str, ...]:
        """Ids of deadlines that no longer run because of it: a longer term takes the place of a shorter."""
        return ()

    def begins(self) -> tuple[Clock, ...]:
        """All that a follower waits for from here: the deadlines, and the days of their notices."""
        return (*self.clocks(), *self.notices)

    def ends(self) -> tuple[str, ...]:
        """What a follower waits for no longer."""
        return (*self.stops(), *self.unnoticed)

    def gains(self) -> tuple[str, ...]:
        """What a follower that holds only facts is told to add; a correction tells what came out otherwise."""
        return self.facts()

    def loses(self) -> tuple[str, ...]:
        """What such a follower is told to drop."""
        return self.revokes()

    def recomputed(self) -> "Event":
        """The same event with everything that follows from its own fields worked out again, after a correction."""
        return self

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if name := cls.__dict__.get("name"):
            if name in EVENTS:
                raise TypeError(f"two events are stored as {name}")
            EVENTS[name] = cls


EVENTS: dict[str, type[Event]] = {}

Upcast = Mapping[str, Any]
UPCASTS: dict[str, tuple[str, Any]] = {}


def upcasts(old: str, new: str) -> Any:
    """Register a pure function from the stored fields of an old event name to those of its successor."""

    def register(change: Any) -> Any:
        UPCASTS[old] = (new, change)
        return change

    return register
