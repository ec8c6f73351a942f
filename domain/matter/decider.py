"""The matter as a kind of stream: judged by the law of the act's day, as the session it came from has it on file.

First comes what holds for every loop: is it an act of this kind of matter, of this office, from where the matter stands? Then the act's
own rule speaks; then the terms that begin with the move are worked out.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import domain.matter.loops
import domain.matter.rules  # noqa: F401  registers the rules, as the line above the loops
from domain.attempts import attempt_of
from domain.calendar import clock_words
from domain.event import Event
from domain.law import Law
from domain.matter.by_record import begun_at
from domain.matter.loop import Move
from domain.matter.matter import ANYTIME, JUDGES, Matter, MatterEvent, MatterMoment, MatterUnknown, evolve_matter
from domain.matter.opening import OpenMatter
from domain.matter.reminding import with_notices
from domain.matter.steps import TakeStep
from domain.matter.striking import StrikeEntry
from domain.matter.terms import begun_by
from domain.matter.titles import title_of
from domain.matter.told import led_by
from domain.ports import Decider, LawBooks, Transaction
from domain.refusals import Refused
from domain.session.decide import NotTheirAct
from domain.session.decider import ActInFuture, LawsKept, late, law_of
from domain.session.state import Session
from domain.submission import Command, Submission
from domain.text import Text, joined


class NotOfThisKind(Refused):
    says = Text(
        "“{kind}”没有“{step}”这一环节;有:{known}", "a matter of the kind “{kind}” has no step “{step}”; it has: {known}"
    )


class NotFromHere(Refused):
    says = Text(
        "{number} 号事项现为“{stands}”,不能“{step}”;现在可以:{may}",
        "matter {number} stands at “{stands}”: “{step}” cannot follow; what may: {may}",
    )


class NotInThisBody(Refused):
    says = Text("{procedure}的“{kind}”没有“{step}”这一环节", "a {kind} of a {procedure} has no step “{step}”")


class MatterDecider(Decider):
    """Implements `domain.ports.Decider` for streams of kind `matter`."""

    def __init__(self) -> None:
        self._laws = LawsKept()

    def start(self, stream: str) -> Matter:
        return Matter(stream)

    def evolve(self, state: Matter, event: Event) -> Matter:
        return evolve_matter(state, event)

    def edition(self, submission: Submission, tx: Transaction, laws: LawBooks) -> str:
        session = self._session(submission, tx)
        return session.edition if session.registered else laws.newest().edition

    def judge(
        self, submission: Submission, tx: Transaction, laws: LawBooks, now: datetime
    ) -> Sequence[tuple[str, Event]]:
        matter: Matter = tx.state(submission.stream)
        session = self._session(submission, tx)
        command, at = submission.command, submission.at
        if not session.registered:
            raise MatterUnknown()
        if at > now:
            raise ActInFuture(at=clock_words(at), now=clock_words(now))
        if submission.actor.office not in command.offices:
            raise NotTheirAct.of((), command.title, command.offices, submission.actor.office)
        if isinstance(command, OpenMatter):
            began = begun_at(session, command.number)
            if began is None:
                raise MatterUnknown()
            at = began
        book = laws.edition(session.edition)
        law = self._laws.of(book, session, command, at)

        def other(number: str) -> Matter:
            found: Matter = tx.state(f"{submission.stream.rsplit('/', 1)[0]}/{number}")
            return found

        def law_on(day: datetime) -> Law:
            return law_of(book, session, command, day)

        moment = MatterMoment(law, at, submission.actor, session, other, law_on)
        led = led_by(session, command)
        return [(submission.stream, late(each, submission, law, now, led)) for each in decide(matter, command, moment)]

    def remember(self, submission: Submission, refused: Refused, now: datetime) -> tuple[str, Event]:
        return attempt_of(submission, refused)

    def _session(self, submission: Submission, tx: Transaction) -> Session:
        found: Session = tx.state(f"{submission.stream.rsplit('/', 2)[0]}/session/1")
        return found


def decide(matter: Matter, command: Command, moment: MatterMoment) -> list[Event]:
    """The events an act on a matter leads to; [] when all it asks for is already so.

    Raises:
        Refused: with the reason, the article and the figures.
    """
    events = _decided(matter, command, moment)
    if isinstance(command, StrikeEntry):  # the rest is folded again as it was, with the notices it had
        return events
    return with_notices(matter, events, moment.law)


def _decided(matter: Matter, command: Command, moment: MatterMoment) -> list[Event]:
    rule = JUDGES[type(command)]
    if isinstance(command, OpenMatter):
        return rule(matter, command, moment)
    if not matter.recorded:
        raise MatterUnknown()
    if command.act in ANYTIME:
        return rule(matter, command, moment)
    if any(_same(e, command) and e.at == moment.at for e in matter.history):
        return []
    move = matter.loop.move(name_of(command), matter.stands)
    if move is None:
        if any(_same(e, command) for e in _of_this_round(matter)):
            return []
        raise _refused(matter, command, moment.session.procedure.id)
    if not move.open_to(moment.session.procedure.id):
        procedure, kind = moment.session.procedure.title, matter.loop.title
        raise NotInThisBody(moment.cites(*move.topics), procedure=procedure, kind=kind, step=title_of(move))
    if move.plain and moment.actor.office not in move.by:
        raise NotTheirAct.of(moment.cites(*move.topics), move.title, move.by, moment.actor.office)
    return _moved(matter, rule(matter, command, replace(moment, move=move)), move, moment)


def name_of(command: Command) -> str:
    """What a loop's table calls an act: a plain step by its own name."""
    return command.step if isinstance(command, TakeStep) else command.act


def _refused(matter: Matter, command: Command, procedure: str) -> Refused:
    known = matter.loop.known(name_of(command))
    if known is None:
        step = Text(name_of(command), name_of(command)) if isinstance(command, TakeStep) else command.title
        return NotOfThisKind(kind=matter.loop.title, step=step, known=_named(matter.loop.moves))
    may = tuple(move for move in matter.loop.moves_from(matter.stands) if move.open_to(procedure))
    nothing = Text("没有,事项已经了结", "nothing, it is over")
    stands = matter.loop.standing(matter.stands).title
    return NotFromHere(number=matter.number, stands=stands, step=title_of(known), may=_named(may) if may else nothing)


def _named(moves: Sequence[Move]) -> Text:
    return joined(Text(f"{title_of(m).zh}({m.act})", f"{title_of(m).en} ({m.act})") for m in moves)


def _moved(matter: Matter, events: list[Event], move: Move, moment: MatterMoment) -> list[Event]:
    """The first event says where the matter then stands, in which round, and which terms begin and end."""
    if not events or not isinstance(events[0], MatterEvent):
        return events
    first = events[0]
    number = matter.round + 1 if move.next_round else matter.round
    to = first.to if "to" in first.model_fields_set else move.to  # a rule may lead elsewhere than its table
    over = bool(to) and matter.loop.standing(to).over
    due: date | None = getattr(first, "due", None)
    clocks = begun_by(replace(matter, round=number), move.dues, moment, move.marks or "", due)
    moved = first.model_copy(
        update={"to": to, "round": number, "over": over, "begun": (*first.begun, *clocks), "marks": move.marks}
    )
    if over:  # nothing is waited for any more
        idle = tuple(c.id for c in matter.open_clocks if c.met_by not in moved.facts())
        moved = moved.model_copy(update={"ended": (*moved.ended, *idle)})
    return [moved, *events[1:]]


def _same(event: Event, command: Command) -> bool:
    """Whether an event is what a command asks for: its own event, with the same said."""
    if not isinstance(event, MatterEvent) or event.of != command.act:
        return False
    return all(getattr(event, name, None) == getattr(command, name) for name in type(command).model_fields)


def _of_this_round(matter: Matter) -> list[Event]:
    return [e for e in matter.history if isinstance(e, MatterEvent) and e.round == matter.round]
