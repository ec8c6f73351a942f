"""Sittings: called, opened with a quorum counted then and there, closed."""

from dataclasses import replace
from typing import ClassVar

from pydantic import AwareDatetime, Field

from domain.calendar import legal_date
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.hall import UnknownSitting
from domain.session.parts import Code, DeputyId, SittingKind
from domain.session.quorum import deputies_present, quorum
from domain.session.roll import NotADeputy
from domain.session.sign_in import SittingOver
from domain.session.state import Moment, Session, Sitting, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class NotTheDay(Refused):
    says = Text(
        "会议定于 {opens} 至 {closes} 举行,今天是 {today}",
        "the session is set for {opens} to {closes}; today is {today}",
    )


class AnotherSittingOpen(Refused):
    says = Text("会议 {sitting} 尚未结束", "the sitting {sitting} is still open")


class NoSittingOpen(Refused):
    says = Text("没有正在举行的会议", "no sitting is open")


class PreparationsAreOver(Refused):
    says = Text(
        "会议已于 {opened} 开幕,不再召集或者举行预备会议,请召开全体会议",
        "the session opened at {opened}: no preparatory meeting is called or held any more, but a plenary",
    )


class PlenaryNeeded(Refused):
    says = Text(
        "{sitting} 是预备会议,只选举主席团和秘书长,通过议程和其他准备事项;“{what}”应在全体会议上进行",
        "{sitting} is a preparatory meeting, for the presidium, the secretary-general, the agenda and other preparations only;"
        " “{what}” needs a plenary",
    )


class CallSitting(Command):
    """Call a further sitting that the plan did not foresee."""

    act: ClassVar[str] = "call-sitting"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee", "secretariat", "street_committee")
    title: ClassVar[Text] = Text("增开会议", "Call a further sitting")
    sitting: Code
    kind: SittingKind = "plenary"
    sitting_title: str = Field(min_length=1, max_length=80)
    planned: AwareDatetime


class SittingCalled(Event):
    name: ClassVar[str] = "session.sitting-called.v1"
    sitting: Code
    kind: SittingKind
    sitting_title: str
    planned: AwareDatetime


@decides(CallSitting)
def call_sitting(session: Session, command: CallSitting, moment: Moment) -> list[Event]:
    """The presidium arranges the timetable (地方组织法 (2022) art. 16, 19)."""
    if command.sitting in session.sittings:
        return []
    if command.kind == "preparatory":
        _before_the_opening(session, moment)
    return [
        SittingCalled(
            at=moment.at,
            basis=moment.basis("presidium.timetable", "presidium.presides"),
            sitting=command.sitting,
            kind=command.kind,
            sitting_title=command.sitting_title,
            planned=command.planned,
        )
    ]


@evolves(SittingCalled)
def sitting_called(session: Session, event: SittingCalled) -> Session:
    sitting = Sitting(event.sitting, event.kind, event.sitting_title, event.planned)
    return replace(session, sittings={**session.sittings, sitting.code: sitting})


class OpenSitting(Command):
    """Open a sitting (举行会议). Those present are counted from the sign-in, in the same transaction."""

    act: ClassVar[str] = "open-sitting"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("举行会议", "Open the sitting")
    sitting: Code
    chair: DeputyId | None = None


class SittingOpened(Event):
    name: ClassVar[str] = "session.sitting-opened.v1"
    sitting: Code
    kind: SittingKind
    deputies_total: int
    deputies_present: int
    on_leave: int
    chair: DeputyId | None

    def facts(self) -> tuple[str, ...]:
        held = "prep-held" if self.kind == "preparatory" else "opened"
        return ("met", held, f"held:{self.sitting}")


@decides(OpenSitting)
def open_sitting(session: Session, command: OpenSitting, moment: Moment) -> list[Event]:
    """Open the sitting once enough deputies have signed in.

    地方组织法 (2022) art. 14(4): a session may be held only with two thirds of the deputies present (三分之二以上的代表出席,始得举行).
    That this holds for each further sitting, and for the preparatory meeting, is a reading.
    """
    sitting = session.sittings.get(command.sitting)
    if sitting is None:
        raise UnknownSitting(sitting=command.sitting, known="、".join(session.sittings))
    if sitting.status == "open":
        return []
    if sitting.status == "closed":
        raise SittingOver(sitting=command.sitting)
    if session.sitting_open:
        raise AnotherSittingOpen(sitting=session.sitting_open)
    if sitting.kind == "preparatory":
        _before_the_opening(session, moment)
    _on_its_day(session, sitting, moment)
    first = sitting.kind == "plenary" and not session.has("opened")
    present = deputies_present(session, moment, command.sitting)
    chairing = _chair(session, sitting, command.chair, moment)
    reading = "prep.quorum" if sitting.kind == "preparatory" else "quorum.each_sitting"
    findings = quorum(session, moment, present, own_text=first, reading=reading)
    topics = (session.procedure.quorum,) if first else (session.procedure.quorum, reading)
    return [
        SittingOpened(
            at=moment.at,
            basis=moment.basis(*topics, *_chaired(session, sitting)),
            sitting=command.sitting,
            kind=sitting.kind,
            deputies_total=session.deputies_total,
            deputies_present=present,
            on_leave=len(session.on_leave),
            chair=command.chair,
            findings=(*findings, *chairing),
        )
    ]


def _chaired(session: Session, sitting: Sitting) -> tuple[str, ...]:
    """The topics on who chairs: at a term's first session the standing committee of the term before goes on until then."""
    if sitting.kind != "preparatory":
        return ("presidium.presides",)
    return ("prep.required", "prep.chair", *(("standing_committee.until_new",) if session.kind == "first" else ()))


def _chair(session: Session, sitting: Sitting, chair: str | None, moment: Moment) -> tuple[Finding, ...]:
    """The chair is a deputy; that executive chairs come from the presidium is a practice, so only remarked on.

    地方组织法 (2022) art. 17(2), 48: at a term's first session the previous standing committee chairs the preparatory meeting, and it
    acts until the new one is elected: whoever chairs for it need not be a deputy of the new term.
    """
    if chair is None or (moment.actor.office == "standing_committee" and session.kind == "first"):
        return ()
    if chair not in session.in_office:
        raise NotADeputy(moment.cites("presidium.presides"), deputy=chair)
    if sitting.kind == "plenary" and session.presidium and chair not in session.presidium:
        return (warn("NotOfThePresidium", moment.basis("presidium.executive_chairs"), deputy=chair),)
    return ()


def _before_the_opening(session: Session, moment: Moment) -> None:
    """地方组织法 (2022) art. 17(1)-(3): the preparatory meeting comes first; then the presidium presides over the session."""
    opened = session.facts.get("opened")
    if opened is not None and moment.at >= opened.at:
        raise PreparationsAreOver(moment.cites("prep.required", "presidium.presides"), opened=opened.at.isoformat())


def _on_its_day(session: Session, sitting: Sitting, moment: Moment) -> None:
    """A sitting is held on the days decided on; a preparatory meeting may come before them, no text names its day."""
    assert session.opens is not None and session.closes is not None
    today = legal_date(moment.at)
    if sitting.kind == "preparatory" and today < session.opens:
        return
    if not session.opens <= today <= session.closes:
        raise NotTheDay(
            moment.cites("session.date"), opens=str(session.opens), closes=str(session.closes), today=str(today)
        )


@evolves(SittingOpened)
def sitting_opened(session: Session, event: SittingOpened) -> Session:
    return replace(with_status(session, event.sitting, "open", event.sitting), last_sitting=event.sitting)


def with_status(session: Session, code: str, status: str, now_open: str | None) -> Session:
    if code not in session.sittings:  # its call was struck from the record afterwards
        return session
    changed = replace(session.sittings[code], status=status)
    return replace(session, sittings={**session.sittings, code: changed}, sitting_open=now_open)


class CloseSitting(Command):
    """End the sitting (散会)."""

    act: ClassVar[str] = "close-sitting"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("结束本次会议", "End the sitting")


class SittingClosed(Event):
    name: ClassVar[str] = "session.sitting-closed.v1"
    sitting: Code


@decides(CloseSitting)
def close_sitting(session: Session, command: CloseSitting, moment: Moment) -> list[Event]:
    """The presidium presides (地方组织法 (2022) art. 19)."""
    if session.sitting_open is None:
        raise NoSittingOpen(moment.cites("presidium.presides"))
    return [SittingClosed(at=moment.at, basis=moment.basis("presidium.presides"), sitting=session.sitting_open)]


@evolves(SittingClosed)
def sitting_closed(session: Session, event: SittingClosed) -> Session:
    return sitting_ended(session, event.sitting)


def sitting_ended(session: Session, code: str) -> Session:
    return with_status(session, code, "closed", None)


def open_plenary(session: Session, moment: Moment, topic: str) -> Sitting:
    """The sitting at which the congress may act now.

    Raises:
        NoSittingOpen: none is open, or it is interrupted.
    """
    sitting = session.sittings.get(session.sitting_open or "")
    if sitting is None or sitting.status != "open":
        raise NoSittingOpen(moment.cites(topic))
    return sitting


def of_the_preparations(
    session: Session, sitting: Sitting, kind: str, what: Text, moment: Moment
) -> tuple[Finding, ...]:
    """What a preparatory meeting hears and votes on besides presidium, secretary-general and agenda: lists and the like, by kind of item.

    The text leaves it other preparations (其他准备事项) and names none. A committee's report may be one, as that on credentials is, or
    business of the session: so it is only asked back.

    Raises:
        PlenaryNeeded: it is business of the session.
    """
    if kind in ("list", "other"):
        return ()
    if kind != "committee_report":
        return of_a_plenary(session, sitting, moment, what)
    if sitting.kind != "preparatory":
        return ()
    silent = Text(
        "委员会的报告是否属于预备会议的准备事项", "whether a committee's report is a preparation of the session"
    )
    return (warn("LawSilent", moment.cites("prep.required"), what=silent),)


def of_a_plenary(session: Session, sitting: Sitting, moment: Moment, what: Text) -> tuple[Finding, ...]:
    """Business is done in a plenary: the text gives a preparatory meeting presidium, secretary-general, agenda and preparations only.

    地方组织法 (2022) art. 17(1)(3): they, and other preparations (其他准备事项), are for the preparatory meeting; the presidium presides
    over the session. Where no law asks for a preparatory meeting, it says nothing of what one may do: that is only noticed.

    Raises:
        PlenaryNeeded.
    """
    if sitting.kind != "preparatory":
        return ()
    rule = moment.law.ruling("prep.required")
    if rule is not None and rule.may_refuse:
        basis = moment.cites("prep.required", "presidium.presides")
        raise PlenaryNeeded(basis, sitting=Text(sitting.title, sitting.title), what=what)
    return (warn("LawSilent", (), what=Text("预备会议的职权", "what a preparatory meeting may do")),)
