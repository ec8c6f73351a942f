"""The roll during the session: leave, suspension, seats that end, credentials of a new term."""

from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.event import Event, Finding
from domain.findings import alert, info
from domain.refusals import Refused
from domain.session.direct_elections import (
    INVALID_FOR,
    Constituency,
    DeputiesNumber,
    InvalidElection,
    constituencies_hold,
    number_of_deputies,
)
from domain.session.parts import DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.dependent import GROUNDS, offices_ending
from domain.text import Text


class NotADeputy(Refused):
    says = Text("{deputy} 不是在任代表,请核对名册", "{deputy} is not a deputy in office: check the roll")


class DutiesSuspended(Refused):
    says = Text(
        "代表 {deputy} 暂停执行代表职务,不能签到", "the duties of deputy {deputy} are suspended: they cannot sign in"
    )


class NotAbsentTwice(Refused):
    says = Text(
        "代表 {deputy} 未经批准不出席会议记录为 {found} 次,不足 {needed} 次",
        "deputy {deputy} is on record with {found} unapproved absences, {needed} are needed",
    )


class DecideLeave(Command):
    """Grant or refuse a deputy's leave (请假)."""

    act: ClassVar[str] = "decide-leave"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "standing_committee",
        "sc_office",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("审批请假", "Decide on leave")
    deputies: tuple[DeputyId, ...] = Field(min_length=1)
    granted: bool = True
    why: Literal["health", "special"] = "special"


class LeaveDecided(Event):
    name: ClassVar[str] = "session.leave-decided.v1"
    deputies: tuple[DeputyId, ...]
    granted: bool
    why: str

    def facts(self) -> tuple[str, ...]:
        return ("leave-decided",)


@decides(DecideLeave)
def decide_leave(session: Session, command: DecideLeave, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 13: a deputy who cannot attend for health or special reasons asks for leave by rule (请假)."""
    _on_roll(session, command.deputies, moment)
    asked = frozenset(command.deputies)
    if not command.granted and not asked & session.on_leave and not _refused_before(session, asked):
        return [_leave(command, asked, moment)]  # a request refused is on record although nobody is on leave
    if asked <= session.on_leave if command.granted else asked.isdisjoint(session.on_leave):
        return []
    return [_leave(command, asked, moment)]


def _refused_before(session: Session, asked: frozenset[str]) -> bool:
    return any(isinstance(e, LeaveDecided) and not e.granted and asked <= set(e.deputies) for e in session.history)


def _leave(command: DecideLeave, asked: frozenset[str], moment: Moment) -> LeaveDecided:
    return LeaveDecided(
        at=moment.at,
        basis=moment.basis("deputy.leave"),
        deputies=tuple(sorted(asked)),
        granted=command.granted,
        why=command.why,
    )


def _on_roll(session: Session, deputies: tuple[str, ...], moment: Moment) -> None:
    if unknown := sorted(set(deputies) - session.in_office):
        raise NotADeputy(moment.cites("deputy.base"), deputy=unknown[0])


@evolves(LeaveDecided)
def leave_decided(session: Session, event: LeaveDecided) -> Session:
    asked = frozenset(event.deputies)
    return replace(session, on_leave=session.on_leave | asked if event.granted else session.on_leave - asked)


class SuspendDeputy(Command):
    """Record that a deputy's duties are suspended (暂时停止执行代表职务), or resumed."""

    act: ClassVar[str] = "suspend-deputy"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("credentials_committee", "presidium", "standing_committee")
    title: ClassVar[Text] = Text("暂停或者恢复执行代表职务", "Suspend or restore a deputy")
    deputy: DeputyId
    suspended: bool = True
    ground: Literal["custody", "serving_sentence", "ended"]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.suspended == (self.ground == "ended"):
            raise ValueError(
                "暂停须有 custody 或 serving_sentence,恢复须为 ended / suspend for a ground, restore when ended"
            )
        return self


class DeputySuspended(Event):
    name: ClassVar[str] = "session.deputy-suspended.v1"
    deputy: DeputyId
    suspended: bool
    ground: str


@decides(SuspendDeputy)
def suspend_deputy(session: Session, command: SuspendDeputy, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 61: duties are suspended in custody for a criminal case or while serving certain sentences."""
    _on_roll(session, (command.deputy,), moment)
    if (command.deputy in session.suspended) == command.suspended:
        return []
    return [
        DeputySuspended(
            at=moment.at,
            basis=moment.basis("deputy.suspension"),
            deputy=command.deputy,
            suspended=command.suspended,
            ground=command.ground,
        )
    ]


@evolves(DeputySuspended)
def deputy_suspended(session: Session, event: DeputySuspended) -> Session:
    one = frozenset({event.deputy})
    return replace(session, suspended=session.suspended | one if event.suspended else session.suspended - one)


class EndSeat(Command):
    """Announce that a deputy's seat has ended (代表资格终止)."""

    act: ClassVar[str] = "end-seat"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "credentials_committee",
        "executive_chair",
        "standing_committee",
        "street_committee",
    )
    title: ClassVar[Text] = Text("公告代表资格终止", "Announce that a seat has ended")
    deputy: DeputyId
    ground: Literal[
        "moved_away", "resigned", "ordered_to_resign", "absent_twice", "recalled", "lost_nationality", "lost_rights",
        "lost_capacity", "died",
    ]  # fmt: skip


class SeatEnded(Event):
    name: ClassVar[str] = "session.seat-ended.v1"
    deputy: DeputyId
    ground: str

    def facts(self) -> tuple[str, ...]:
        """Given up or taken: then offices that depend on it end too (选举法 (2020) arts 54, 56)."""
        return (f"seat-given-up:{self.deputy}",) if self.ground in GROUNDS else ()


@decides(EndSeat)
def end_seat(session: Session, command: EndSeat, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 62-63: in a township it is reported to and announced by the congress, from county level up by the standing
    committee (由本级人民代表大会常务委员会予以公告).
    """
    if command.deputy in session.roll and command.deputy not in session.in_office:
        return []
    _on_roll(session, (command.deputy,), moment)
    basis = moment.basis("deputy.termination", "deputy.absences") if command.ground == "absent_twice" else ()
    absences, twice = session.absent_without_leave.get(command.deputy, 0), moment.law.ruling("deputy.absences")
    if command.ground == "absent_twice" and twice and absences < twice.number:
        raise NotAbsentTwice(twice.basis, deputy=command.deputy, found=absences, needed=twice.number)
    return [
        SeatEnded(
            at=moment.at,
            basis=basis or moment.basis("deputy.termination"),
            deputy=command.deputy,
            ground=command.ground,
            findings=offices_ending(command.deputy, command.ground, moment),
        )
    ]


@evolves(SeatEnded)
def seat_ended(session: Session, event: SeatEnded) -> Session:
    one = frozenset({event.deputy})
    return replace(
        session,
        in_office=session.in_office - one,
        suspended=session.suspended - one,
        on_leave=session.on_leave - one,
        presidium=session.presidium - one,
        presidium_meeting=_without(session, event.deputy),
    )


def _without(session: Session, deputy: str) -> tuple[int, int] | None:
    """The presidium's meeting when a member's seat ends: one member fewer in all, and never more present than there are."""
    if session.presidium_meeting is None or deputy not in session.presidium:
        return session.presidium_meeting
    total, present = session.presidium_meeting
    return total - 1, min(present, total - 1)


class ConfirmCredentials(Command):
    """Confirm the credentials of a new term's deputies on the committee's report, and publish the list.

    The report may carry figures, which are then held against the law: the number of deputies as it was fixed (`deputies_number`), the
    direct elections by `constituencies`, and elections found `invalid`.
    """

    act: ClassVar[str] = "confirm-credentials"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee")
    title: ClassVar[Text] = Text("确认代表资格并公布名单", "Confirm credentials and publish the list")
    valid: int = Field(ge=0)  # deputies confirmed
    deputies_number: DeputiesNumber | None = None
    constituencies: tuple[Constituency, ...] = ()
    invalid: tuple[InvalidElection, ...] = ()


class CredentialsConfirmed(Event):
    name: ClassVar[str] = "session.credentials-confirmed.v1"
    valid: int
    deputies_number: DeputiesNumber | None = None
    constituencies: tuple[Constituency, ...] = ()
    invalid: tuple[InvalidElection, ...] = ()

    def facts(self) -> tuple[str, ...]:
        return ("credentials-confirmed",)


class CredentialsDoNotMatchRoll(Refused):
    says = Text("确认资格的代表 {found} 人,名册在任 {needed} 人", "{found} confirmed, {needed} in office on the roll")


@decides(ConfirmCredentials)
def confirm_credentials(session: Session, command: ConfirmCredentials, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 47(2): the township presidium, from county level up the standing committee, confirms on the
    committee's report, or finds an election invalid (确定当选无效), and publishes the list before the first session.
    """
    if session.has("credentials-confirmed"):
        return []
    grounds = dict.fromkeys(INVALID_FOR[each.ground] for each in command.invalid)
    basis = moment.basis("credentials.confirmed", "credentials.committee", *grounds)
    if command.valid != session.deputies_total:
        raise CredentialsDoNotMatchRoll(
            moment.cites("credentials.confirmed"), found=command.valid, needed=session.deputies_total
        )
    basis += constituencies_hold(session, command.constituencies, moment)
    findings: tuple[Finding, ...] = ()
    if command.deputies_number is not None:
        basis += moment.basis("deputies.number.fixed_by", "deputies.number.base", "deputies.number.cap")
        findings = number_of_deputies(command.deputies_number, command.valid + len(command.invalid), moment)
    return [
        CredentialsConfirmed(
            at=moment.at, basis=basis, valid=command.valid, deputies_number=command.deputies_number, constituencies=command.constituencies,
            invalid=command.invalid, findings=findings,
        )
    ]  # fmt: skip


class AbsencesRecorded(Event):
    """Who missed the session, with leave and without, counted at its close.

    Where only heads were counted, `absent` says how many more stayed away; nobody is named for it.
    """

    name: ClassVar[str] = "session.absences-recorded.v1"
    with_leave: tuple[DeputyId, ...]
    without_leave: tuple[DeputyId, ...]
    absent: int = Field(default=0, ge=0)

    def facts(self) -> tuple[str, ...]:
        return ("absences-recorded",)


def absences(session: Session, moment: Moment) -> AbsencesRecorded | None:
    """Those who never signed in at any sitting. 代表法 (2025) art. 62: two unapproved absences end the seat (未经批准两次不出席).

    While cards are held nobody is named: whose they are, an officer has yet to say.

    Who came and left early was there. That one absence is one whole session, and that the two need not follow each other, are readings.
    """
    due = session.in_office - session.suspended
    came: frozenset[str] = frozenset()
    most, by_name = 0, True
    for code in session.sittings:
        named = moment.hall.came(code, due)
        heads = min(len(due), moment.hall.number(code, "came"))
        came, most, by_name = came | named, max(most, heads), by_name and heads <= len(named)
    if not by_name or cards_waiting(session, moment):
        return _only_counted(session, due - came, len(due) - max(most, len(came)), moment)
    missed = due - came
    if not missed:
        return None
    without = tuple(sorted(missed - session.on_leave))
    twice = moment.law.ruling("deputy.absences")
    findings = tuple(
        alert("AbsentTwice", (*twice.basis, *moment.basis("deputy.absence_counting")), deputy=deputy)
        for deputy in without
        if twice and session.absent_without_leave.get(deputy, 0) + 1 >= twice.number
    )
    return AbsencesRecorded(
        at=moment.at,
        basis=moment.basis("deputy.leave", "deputy.absences"),
        with_leave=tuple(sorted(missed & session.on_leave)),
        without_leave=without,
        findings=findings,
    )


def cards_waiting(session: Session, moment: Moment) -> int:
    """How many cards are held at the sittings of this session: any of them may be somebody's who seems to be absent."""
    return sum(moment.hall.held(sitting) for sitting in session.sittings)


def _only_counted(session: Session, unseen: frozenset[str], missed: int, moment: Moment) -> AbsencesRecorded | None:
    """Who was not counted is not known: those on leave are named by the decision on it, of the others there is only a number.

    Where more were on leave than stayed away, some of them came after all, and nobody is named.
    """
    if missed == 0:
        return None
    excused = tuple(sorted(unseen & session.on_leave)) if len(unseen & session.on_leave) <= missed else ()
    unnamed = missed - len(excused)
    basis = moment.basis("deputy.leave", "deputy.absences")
    findings = (info("AbsentWithoutNames", basis, found=unnamed),) if unnamed else ()
    return AbsencesRecorded(
        at=moment.at, basis=basis, with_leave=excused, without_leave=(), absent=unnamed, findings=findings
    )


@evolves(AbsencesRecorded)
def absences_recorded(session: Session, event: AbsencesRecorded) -> Session:
    counted = dict(session.absent_without_leave)
    for deputy in event.without_leave:
        counted[deputy] = counted.get(deputy, 0) + 1
    return replace(session, absent_without_leave=counted)
