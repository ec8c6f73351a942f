"""The session as a kind of stream: how it folds, under which law it is judged, and where refused attempts go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pydantic import AwareDatetime

from domain.attempts import attempt_of
from domain.calendar import clock_words, legal_date
from domain.event import Event
from domain.findings import LATE, info, warn
from domain.law import Citation, Kind, Law, LawBook, Layer, NoLawOnFile
from domain.ports import Decider, LawBooks, NoSuchEdition, Transaction
from domain.procedure import PROCEDURES
from domain.progress import OF_THE_CLOCK
from domain.refusals import Refused
from domain.session.decide import decide
from domain.session.folding import fold_on
from domain.session.hall import HEADS, HELD, SINCE, OfTheHall
from domain.session.held_cards import HeldCard, stream_of_card
from domain.session.parts import level_named
from domain.session.record import AdoptEdition
from domain.session.registration import RegisterSession, SessionRegistered
from domain.session.reminding import with_session_notices
from domain.session.separation import separated
from domain.session.state import Moment, Session, evolve
from domain.submission import Command, Submission
from domain.text import Text


class NoLaw(Refused):
    says = Text(
        "法规库中没有 {on} 有效的《{family}》文本(最早自 {first});请补充该文本,系统不作推测",
        "the law book has no text of {family} in force on {on} (the first is of {first}): add that text; nothing is guessed",
    )


class UnknownProfile(Refused):
    says = Text("没有地方规则 {profile};已有:{known}", "there is no profile {profile}; there are: {known}")


class UnknownProcedure(Refused):
    says = Text("没有程序 {procedure};已有:{known}", "there is no procedure {procedure}; there are: {known}")


class UnknownKind(Refused):
    says = Text(
        "{procedure}没有“{kind}”会议;可为:{known}", "{procedure} has no session of kind {kind}; there are: {known}"
    )


class WrongLevel(Refused):
    says = Text(
        "{procedure}属于{needed}一级,方案写的是{found}",
        "{procedure} is of the level {needed}; the plan says {found}",
    )


class UnknownReading(Refused):
    says = Text("没有稳妥理解 {reading};已有:{known}", "there is no reading {reading}; there are: {known}")


class NotAnOwnRule(Refused):
    says = Text(
        "{rule} 不是本会自己的规则:只能是 body 或 session 层的地方规定",
        "{rule} is no rule of the body's own: its layer must be body or session, its kind local",
    )


class EditionNotOnFile(Refused):
    says = Text(
        "没有法规库版本 {edition};现行版本是 {newest}",
        "there is no edition {edition} of the law book; the newest is {newest}",
    )


class UnknownEdition(Refused):
    says = Text(
        "不能按法规库版本 {edition} 登记:没有这个版本;现行版本是 {newest}",
        "the session cannot be registered under the edition {edition}: it is not on file; the newest is {newest}",
    )


class ActInFuture(Refused):
    says = Text("行为时间 {at} 晚于记录时间 {now}", "the act is dated {at}, later than its recording at {now}")


@dataclass(frozen=True)
class HallNow:
    """The hall as the deciding transaction sees it."""

    tx: Transaction
    session: str

    def present(self, sitting: str) -> int:
        return self.tx.present(self.session, sitting)

    def signed_in(self, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        return self.tx.signed_in(self.session, sitting, deputies)

    def came(self, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        return self.tx.came(self.session, sitting, deputies)

    def number(self, sitting: str, what: str) -> int:
        return self.tx.number(self.session, sitting + HEADS, what)

    def since(self, sitting: str, deputy: str) -> int:
        return self.tx.number(self.session, sitting + SINCE, deputy)

    def held(self, sitting: str) -> int:
        return self.tx.present(self.session, sitting + HELD)

    def card(self, sitting: str, card: str) -> HeldCard:
        held: HeldCard = self.tx.state(stream_of_card(self.session, sitting, card))
        return held


class LawKept(NamedTuple):
    """The law of one day, and for whom and from which book it was worked out."""

    book: LawBook
    register: SessionRegistered
    law: Law


class LawsKept:
    """`law_of`, kept for the newest day of each session: hundreds of acts of one day are judged by one and the same."""

    def __init__(self) -> None:
        self._kept: dict[str, LawKept] = {}

    def of(self, book: LawBook, session: Session, command: Command, at: AwareDatetime) -> Law:
        if session.register is None or isinstance(command, RegisterSession):
            return law_of(book, session, command, at)
        day = legal_date(at)
        known = self._kept.get(session.stream)
        if known is None or known.book is not book or known.register is not session.register or known.law.on != day:
            known = LawKept(book, session.register, law_of(book, session, command, at))
            self._kept[session.stream] = known
        return known.law


class SessionDecider(Decider):
    """Implements `domain.ports.Decider` for streams of kind `session`."""

    def __init__(self) -> None:
        self._laws = LawsKept()

    def start(self, stream: str) -> Session:
        return Session(stream)

    def evolve(self, state: Session, event: Event) -> Session:
        return evolve(state, event)

    def fold(self, state: Session, events: Iterable[Event]) -> Session:
        return fold_on(state, events)

    def edition(self, submission: Submission, tx: Transaction, laws: LawBooks) -> str:
        """The edition of the law book the act is judged by: the session's own, or the one it is registered with."""
        return self._book(submission, tx.state(submission.stream), laws).edition

    def judge(
        self, submission: Submission, tx: Transaction, laws: LawBooks, now: datetime
    ) -> Sequence[tuple[str, Event]]:
        session: Session = tx.state(submission.stream)
        command = submission.command
        book = self._book(submission, session, laws)
        if submission.at > now:
            raise ActInFuture(at=clock_words(submission.at), now=clock_words(now))
        if isinstance(command, RegisterSession):
            _plan_fits(book, command)
        if isinstance(command, AdoptEdition) and command.edition not in (session.edition, laws.newest().edition):
            raise EditionNotOnFile(edition=command.edition, newest=laws.newest().edition)
        law = self._laws.of(book, session, command, submission.at)
        hall = HallNow(tx, submission.stream)
        rests_on = session.procedure.rests_on if session.registered else ()
        moment = Moment(law=law, at=submission.at, actor=submission.actor, hall=hall, rests_on=rests_on)
        decided = separated(
            submission.stream, submission.act, decide(session, command, moment), submission.actor, law, tx
        )
        decided = [with_session_notices(session, event, law) for event in decided]
        events = [late(event, submission, law, now) for event in decided]
        assert all(event.basis for event in events), f"{command.act} left an event without a basis"
        return [(e.stream() if isinstance(e, OfTheHall) else submission.stream, e) for e in events]

    def remember(self, submission: Submission, refused: Refused, now: datetime) -> tuple[str, Event]:
        return attempt_of(submission, refused)

    def _book(self, submission: Submission, session: Session, laws: LawBooks) -> LawBook:
        if session.registered:
            return laws.edition(session.edition)
        if submission.act != RegisterSession.act:
            return laws.newest()
        edition = submission.fields["edition"]
        try:
            return laws.edition(edition)
        except NoSuchEdition:
            raise UnknownEdition(edition=edition, newest=laws.newest().edition) from None


def _plan_fits(book: LawBook, plan: RegisterSession) -> None:
    """Profile, readings and own rules are such as this body can have: nobody is judged by another level's law by mistake."""
    readings = [p.id for p in book.provisions if p.kind is Kind.READING]
    for reading in plan.adopts:
        if reading not in readings:
            raise UnknownReading(reading=reading, known="、".join(readings))
    for rule in plan.own_rules:
        if rule.layer not in (Layer.BODY, Layer.SESSION) or rule.kind is not Kind.LOCAL:
            raise NotAnOwnRule(rule=rule.id)
    procedure = PROCEDURES.get(plan.procedure)
    if procedure is None:
        return  # `law_of` says so
    if plan.congress.level != procedure.level:
        raise WrongLevel(
            procedure=procedure.title, needed=level_named(procedure.level), found=level_named(plan.congress.level)
        )
    of_level = [p for p in book.profiles if p.endswith(f"-{procedure.level}")]
    if plan.profile not in of_level:
        raise UnknownProfile(profile=plan.profile, known="、".join(sorted(of_level)))


def law_of(book: LawBook, session: Session, command: Command, at: AwareDatetime) -> Law:
    """The law of the act's own day, for this body, its profile and its own rules."""
    plan = command if isinstance(command, RegisterSession) else session.register
    if plan is None:
        return Law(legal_date(at), book.edition, [p for p in book.provisions if p.topic == "practice.record"], ())
    if plan.profile not in book.profiles:
        raise UnknownProfile(profile=plan.profile, known="、".join(sorted(book.profiles)))
    procedure = PROCEDURES.get(plan.procedure)
    if procedure is None:
        raise UnknownProcedure(procedure=plan.procedure, known="、".join(sorted(PROCEDURES)))
    if plan.kind not in procedure.kinds:
        known = "、".join(procedure.kinds)
        raise UnknownKind(procedure=procedure.title, kind=plan.kind, known=known)
    try:
        return law_on(book, plan, legal_date(at))
    except NoLawOnFile as silent:
        first = str(silent.first) if silent.first else "—"
        raise NoLaw(on=str(silent.on), family=silent.family, first=first) from None


def law_on(book: LawBook, plan: RegisterSession | SessionRegistered, day: date) -> Law:
    """The law of a day for the body, the profile and the own rules of a plan.

    Raises:
        NoLawOnFile. KeyError: an unknown profile or procedure.
    """
    procedure = PROCEDURES[plan.procedure]
    return book.on(day, procedure.level, plan.kind, plan.profile, procedure.families, plan.own_rules, plan.adopts)


def late(event: Event, submission: Submission, law: Law, now: datetime, led_by: Event | None = None) -> Event:
    """A late entry (补录) is one recorded on a later legal day than it happened on; it says so for ever.

    A deadline that passed while the machine was off is none: nobody entered it late, and the record reads as if it had been on.

    Args:
        led_by: the entry that an act of the engine's own follows: it is as late as that one.
    """
    flagged = event
    if led_by is not None:
        flagged = event.model_copy(
            update={"findings": (*event.findings, *(f for f in led_by.findings if f.code == LATE))}
        )
    elif submission.act not in OF_THE_CLOCK and legal_date(now) > legal_date(submission.at):
        basis: tuple[Citation, ...] = law.basis("record.late_entry")
        figures = {"at": clock_words(submission.at), "recorded": clock_words(now)}
        flagged = event.model_copy(update={"findings": (*event.findings, warn(LATE, basis, **figures))})
    relied = {c.rule for c in event.basis}
    if any(p in relied for p in law.unverified):
        flagged = flagged.model_copy(update={"findings": (*flagged.findings, info("Unverified", event.basis))})
    return flagged
