"""Terms that were provisional are worked out anew once the holidays are announced (重新计算期限), and the record shows both days.

Working days of a year not announced yet are counted by weekends alone. When the session's edition of the law is moved on to one that has
the announcement, each such term is counted again: from what it began with, by the law of that day, with the holidays now on file.
"""

from datetime import date, datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from domain.event import Clock, Event
from domain.matter.by_record import RecordFollowed
from domain.matter.matter import Matter, MatterEvent, MatterMoment, Struck, evolve_matter, judges
from domain.matter.terms import term
from domain.submission import Command, Office
from domain.text import Text


class RecountTerms(Command):
    """The engine's own act: count the provisional terms of a matter by `edition`, which its session took."""

    act: ClassVar[str] = "recount-terms"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("重新计算期限", "Count the terms anew")
    edition: str


class Recounted(BaseModel):
    """One term: its last day before and after, the rule that sets it, whether a year it counts is still not announced."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    clock: str
    before: date
    after: date
    rule: str
    provisional: bool


class TermsRecounted(MatterEvent):
    name: ClassVar[str] = "matter.terms-recounted.v1"
    repeats: ClassVar[bool] = True
    edition: str
    changed: tuple[Recounted, ...]

    def of_those(self, running: frozenset[str]) -> "TermsRecounted":
        """The same for the terms that still run, when what began another was struck since."""
        begun, notices = (c for c in self.begun if c.id in running), (n for n in self.notices if n.subject in running)
        return self.model_copy(update={"begun": tuple(begun), "notices": tuple(notices)})


@judges(RecountTerms, anytime=True)
def recount(matter: Matter, command: RecountTerms, moment: MatterMoment) -> list[Event]:
    """A term that is met or was missed stays as it is; where day and mark come out the same, nothing is recorded."""
    found = [(c, again) for c in matter.open_clocks if c.provisional and (again := _anew(matter, c, moment)) != c]
    changed = tuple(
        Recounted(
            clock=old.id,
            before=old.last_day,
            after=new.last_day,
            rule=new.basis[0].rule,
            provisional=new.provisional,
        )
        for old, new in found
    )
    if not changed:
        return []
    return [
        TermsRecounted(
            at=moment.at,
            basis=moment.basis("count.days", "record.edition"),
            edition=command.edition,
            changed=changed,
            begun=tuple(new for _, new in found),
            round=matter.round,
        )
    ]


def _anew(matter: Matter, clock: Clock, moment: MatterMoment) -> Clock:
    """The same term with the holidays of today; as it was where the new edition no longer has the rule that set it."""
    starts, began = _began(matter, clock.id)
    law = moment.law_on(began)
    topic = law.topic_of(clock.basis[0].rule)
    counted = topic and term(
        law, topic, starts, id=clock.id, met_by=clock.met_by, waits_for=clock.waits_for, then=clock.then
    )
    return counted.model_copy(update={"subject": clock.subject}) if counted else clock


def _began(matter: Matter, clock: str) -> tuple[dict[str, datetime], datetime]:
    """What terms could run from when a term began, and the instant whose law set it."""
    again = Matter(matter.stream)
    found: tuple[dict[str, datetime], datetime] = ({}, matter.history[0].at)
    for event in matter.history:
        if isinstance(event, RecordFollowed):
            again = evolve_matter(again, event)
            if event.assigned_at is not None and any(c.id == clock for c in event.terms):
                found = (dict(again.starts), event.assigned_at)
            continue
        if isinstance(event, Struck) or (isinstance(event, MatterEvent) and event.repeats):
            continue
        again = evolve_matter(again, event)
        if any(c.id == clock for c in event.clocks()):
            found = (dict(again.starts), event.at)
    return found
