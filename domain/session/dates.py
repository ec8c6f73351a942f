"""The date of the session: decided and published by whoever convenes it, asked for by deputies."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.calendar import last_day, legal_date
from domain.event import Clock, Event, Finding
from domain.findings import inert, warn
from domain.law import Citation
from domain.refusals import Refused
from domain.session.budget_draft import draft_due
from domain.session.parts import DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class DatesOutOfOrder(Refused):
    says = Text("闭幕日 {closes} 早于开幕日 {opens}", "the session would close on {closes}, before it opens on {opens}")


class DateInThePast(Refused):
    says = Text(
        "开幕日 {opens} 早于作出决定之日 {decided}", "the opening on {opens} lies before the decision on {decided}"
    )


class DateAlreadyDecided(Refused):
    says = Text(
        "会议日期已决定为 {opens} 至 {closes},改期应当提前或者推迟(move-date)",
        "the session is set for {opens} to {closes} already: another date means moving it (move-date)",
    )


class TooFewSignatories(Refused):
    says = Text(
        "联名代表 {signed} 人,其中可计 {found} 人,{share}({needed} 人)",
        "{signed} deputies signed, {found} of them count, {needed} are needed ({share})",
    )


class SignatoryMayNotAct(Refused):
    says = Text("{deputy} 不是在任代表", "{deputy} is not a deputy in office")


class PetitionAnsweredAlready(Refused):
    says = Text("对该联名已有不同的决定", "the petition was decided on already, otherwise")


class NoPetition(Refused):
    says = Text("没有提请临时召集的联名", "no petition for a session was made")


class DecideDate(Command):
    """Decide when the session is held (决定召开会议的日期). Dates are calendar days in China."""

    act: ClassVar[str] = "decide-date"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("决定会议日期", "Decide the date")
    opens: date
    closes: date


class DateDecided(Event):
    name: ClassVar[str] = "session.date-decided.v1"
    opens: date
    closes: date
    first_within: Clock | None = None
    draft_within: Clock | None = None  # when the draft budget is due, where this meeting follows that duty

    def facts(self) -> tuple[str, ...]:
        return ("date-decided",)

    def clocks(self) -> tuple[Clock, ...]:
        return tuple(clock for clock in (self.first_within, self.draft_within) if clock)


@decides(DecideDate)
def decide_date(session: Session, command: DecideDate, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 14(1): the presidium decides the date of a township session, the standing committee that of a county's,
    and publishes it (决定,并予以公布).

    Art. 20: the first session of a term is held within two months of the deputies' election (两个月内); 16(4) of the Zhejiang
    regulation: a session lasts a day at least.
    """
    in_order(command.opens, command.closes, moment)
    if session.has("date-decided"):
        if (session.opens, session.closes) == (command.opens, command.closes):
            return []
        raise DateAlreadyDecided(moment.cites("session.move"), opens=str(session.opens), closes=str(session.closes))
    findings = []
    length = moment.law.ruling("session.length")
    days = (command.closes - command.opens).days + 1
    if length and length.value is not None and days < length.number:
        findings.append(
            warn(
                "FewerThanUsual",
                length.basis,
                what=Text("会期(日)", "days of the session"),
                found=days,
                needed=length.number,
            )
        )
    clock, overdue = _first_session_clock(session, command.opens, moment)
    draft, late_draft = draft_due(session, command.opens, moment)
    return [
        DateDecided(
            at=moment.at,
            basis=moment.basis("session.date", "session.convener"),
            opens=command.opens,
            closes=command.closes,
            first_within=clock,
            draft_within=draft,
            findings=(*findings, *overdue, *late_draft, *inert(length), *_called(session, moment)),
        )
    ]


def _called(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """Whether an extraordinary session has somebody who may call for it, and whether a petition for it was declined."""
    if session.kind != "extraordinary":
        return ()
    if session.petition_declined:
        return (warn("PetitionDeclined", moment.basis("session.petition")),)
    ways = moment.law.ruling("session.extraordinary")
    if session.has("petitioned") or ways is None or set(ways.options) != {"petition"}:
        return ()
    return (
        warn("LawSilent", ways.basis, what=Text("召集机关自行决定临时召集", "a session on the convener's own motion")),
    )


def in_order(opens: date, closes: date, moment: Moment) -> None:
    """Whether these may be a session's days.

    Raises:
        DatesOutOfOrder, DateInThePast: they may not.
    """
    if closes < opens:
        raise DatesOutOfOrder(opens=str(opens), closes=str(closes))
    if opens < legal_date(moment.at):
        raise DateInThePast(opens=str(opens), decided=str(legal_date(moment.at)))


def _first_session_clock(session: Session, opens: date, moment: Moment) -> tuple[Clock | None, tuple[Finding, ...]]:
    """The two months for a term's first session: a deadline never blocks, a date beyond it is flagged."""
    within, done = moment.law.ruling("session.first_within"), session.plan.elections_completed
    if session.kind != "first" or within is None or done is None:
        return None, ()
    last = last_day(done, within.period)
    basis = (*within.basis, *moment.basis("count.days"))
    clock = Clock(id="first-session", started=moment.at, last_day=last, met_by="met", basis=basis)
    late = (
        (warn("DeadlineMissed", basis, what=Text("换届后第一次会议", "the first session of the term"), due=str(last)),)
        if opens > last
        else ()
    )
    return clock, late


@evolves(DateDecided)
def date_decided(session: Session, event: DateDecided) -> Session:
    return replace(session, opens=event.opens, closes=event.closes)


class PublishDate(Command):
    """Publish the date that was decided (予以公布)."""

    act: ClassVar[str] = "publish-date"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "standing_committee",
        "sc_office",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("公布会议日期", "Publish the date")
    where: str = Field(default="", max_length=200)


class DatePublished(Event):
    name: ClassVar[str] = "session.date-published.v1"
    where: str

    def facts(self) -> tuple[str, ...]:
        return ("date-published",)


@decides(PublishDate)
def publish_date(session: Session, command: PublishDate, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 14(1): the date decided is published (予以公布)."""
    if session.has("date-published"):
        return []
    return [DatePublished(at=moment.at, basis=moment.basis("session.date"), where=command.where)]


class Petition(Command):
    """Ask for an extraordinary session (提议临时召集)."""

    act: ClassVar[str] = "petition"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "secretariat", "sc_office")
    title: ClassVar[Text] = Text("代表联名提议临时召集会议", "Petition for an extraordinary session")
    signatories: tuple[DeputyId, ...] = Field(min_length=1)


class Petitioned(Event):
    name: ClassVar[str] = "session.petitioned.v1"
    signatories: tuple[DeputyId, ...]
    counted: int
    needed: int

    def facts(self) -> tuple[str, ...]:
        return ("petitioned",)


@decides(Petition)
def petition(session: Session, command: Petition, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 14(3): one fifth of the deputies may propose a session (五分之一以上); art. 14 says *may* convene.

    A suspended signatory is not counted (代表法 (2025) art. 61; that it touches signatures is a reading).
    """
    if session.has("petitioned"):
        return []
    signed = set(command.signatories)
    if strangers := sorted(signed - session.in_office):
        raise SignatoryMayNotAct(moment.cites("session.petition"), deputy=strangers[0])
    fifth = moment.law.ruling("session.petition")
    counted = len(signed - session.suspended)
    needed = fifth.share.needed(session.deputies_total) if fifth else 0
    not_counted = ("deputy.suspension", "signature.suspended") if signed & session.suspended else ()
    basis: tuple[Citation, ...] = moment.basis("session.petition", *not_counted)
    if fifth and counted < needed:
        raise TooFewSignatories(basis, signed=len(signed), found=counted, needed=needed, share=fifth.share.missed)
    return [Petitioned(at=moment.at, basis=basis, signatories=tuple(sorted(signed)), counted=counted, needed=needed)]


class AnswerPetition(Command):
    """Decide on a petition: to convene or not, with reasons."""

    act: ClassVar[str] = "answer-petition"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee")
    title: ClassVar[Text] = Text("决定是否临时召集", "Decide on the petition")
    convene: bool
    why: str = Field(min_length=1, max_length=500)


class PetitionAnswered(Event):
    name: ClassVar[str] = "session.petition-answered.v1"
    convene: bool
    why: str

    def facts(self) -> tuple[str, ...]:
        return ("petition-answered",)


@decides(AnswerPetition)
def answer_petition(session: Session, command: AnswerPetition, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 14(3): it *may* be convened (可以临时召集): the petition opens a decision, it does not decide."""
    if not session.has("petitioned"):
        raise NoPetition(moment.cites("session.petition"))
    if session.has("petition-answered"):
        if session.petition_declined == (not command.convene):
            return []
        raise PetitionAnsweredAlready(moment.cites("session.petition"))
    basis = moment.basis("session.petition", "session.petition_effect")
    return [PetitionAnswered(at=moment.at, basis=basis, convene=command.convene, why=command.why)]


@evolves(PetitionAnswered)
def petition_answered(session: Session, event: PetitionAnswered) -> Session:
    return replace(session, petition_declined=not event.convene)
