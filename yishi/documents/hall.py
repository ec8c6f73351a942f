"""The papers of the hall: the sign-in sheet by delegation (签到表), and the attendance report (出席情况报告)."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.session.roll import AbsencesRecorded
from domain.session.state import Session
from domain.text import Text
from yishi.documents import words
from yishi.documents.choice import Choice, sitting_of
from yishi.documents.common import Paper, common
from yishi.documents.fields import named
from yishi.documents.figures import Attendance, attendance, opening
from yishi.documents.program import ordered
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

BESIDE = 2
"""Deputies beside each other on a line of the sign-in sheet."""


@dataclass(frozen=True)
class Seat:
    """One deputy's place on the sign-in sheet."""

    number: str = named("序号", "在本代表团中的序号", "number within the delegation")
    name: str = named("姓名", "姓名,没有则为编号", "name, or the id where there is none")
    id: str = named("编号", "代表编号", "the deputy's id")
    remark: str = named("备注", "“请假”“暂停执行职务”或者空", "on leave, suspended, or empty")


@dataclass(frozen=True)
class Line:
    """One line of the sheet, with deputies beside each other."""

    left: Seat = named("左", "左边一位代表", "the deputy on the left")
    right: Seat = named("右", "右边一位代表,没有则各项为空", "the deputy on the right; empty if there is none")


@dataclass(frozen=True)
class DelegationSheet:
    """One delegation's part of the sheet."""

    title: str = named("名称", "代表团名称", "the delegation")
    count: int = named("人数", "代表团人数", "how many it has")
    lines: tuple[Line, ...] = named("行", "每行两位代表", "two deputies a line")


@dataclass(frozen=True)
class SignInSheet(Paper):
    """签到表."""

    sitting: str = named("会议名称", "哪次会议", "the sitting")
    at: str = named("时间", "会议时间", "when it is planned")
    total: int = named("应到", "应到人数", "deputies who are to be there")
    on_leave: int = named("请假", "准假人数", "those on leave")
    delegations: tuple[DelegationSheet, ...] = named("代表团", "各代表团", "the delegations")


@dataclass(frozen=True)
class DelegationHere:
    """How many of a delegation were there."""

    title: str = named("名称", "代表团名称", "the delegation")
    total: int = named("应到", "代表团人数", "how many it has")
    came: int = named("签到", "签到过的人数", "how many signed in")
    absent: str = named("缺席人员", "没有签到的代表", "who did not sign in")


@dataclass(frozen=True)
class SittingHeld:
    """One sitting that was held."""

    title: str = named("名称", "会议名称", "its title")
    at: str = named("时间", "举行时间", "when it opened")
    figures: Attendance = named("出席", "出席人数和法定人数", "attendance and quorum")
    by_name: bool = named(
        "记名", "到会代表是否都有姓名;按人数清点的没有", "whether all who were there signed in by name"
    )
    delegations: tuple[DelegationHere, ...] = named("代表团", "各代表团出席情况", "attendance by delegation")
    position: int = named("记录序号", "在全程记录中的序号", "its position in the log")


@dataclass(frozen=True)
class AttendanceReport(Paper):
    """出席情况报告."""

    sittings: tuple[SittingHeld, ...] = named("各次会议", "已举行的各次会议", "the sittings held")
    closed: bool = named("已闭幕", "会议是否已闭幕", "whether the session is closed")
    with_leave: str = named("请假未到", "整个会议期间请假未到的代表", "absent with leave throughout")
    unnamed: int = named("未记名未到", "按人数清点得出的其余未到人数", "more who stayed away, known by number only")
    without_leave: str = named("无故未到", "整个会议期间未经批准未到的代表", "absent without leave throughout")


def delegations(session: Session) -> list[tuple[str, list[str]]]:
    """Deputies in office by delegation, in the roll's order; those of none come last."""
    members = {group.code: set(group.members) for group in session.plan.groups}
    of = {d: code for code, those in members.items() for d in those}
    by: dict[str, list[str]] = {group.code: [] for group in session.plan.groups}
    for entry in session.roll.values():
        if entry.id in session.in_office:
            by.setdefault(of.get(entry.id, entry.group), []).append(entry.id)
    titles = {group.code: group.title for group in session.plan.groups}
    rest = "其他代表" if titles else "全体代表"
    return [(titles.get(code, code or rest), those) for code, those in by.items() if those]


def sign_in_sheet(source: Source, choice: Choice) -> SignInSheet:
    session = source.session
    sitting = session.sittings[sitting_of(session, choice)]
    return SignInSheet(
        **common(source),
        sitting=sitting.title,
        at=words.moment(sitting.planned),
        total=session.deputies_total,
        on_leave=len(session.on_leave),
        delegations=tuple(
            DelegationSheet(title, len(those), tuple(_lines(source, those))) for title, those in delegations(session)
        ),
    )


def _lines(source: Source, deputies: list[str]) -> Iterable[Line]:
    """Down the left column first and then down the right, as a list is read."""
    half = -(-len(deputies) // BESIDE)
    nobody = Seat("", "", "", "")
    for n in range(half):
        right = _seat(source, n + half, deputies[n + half]) if n + half < len(deputies) else nobody
        yield Line(_seat(source, n, deputies[n]), right)


def _seat(source: Source, n: int, deputy: str) -> Seat:
    session = source.session
    remark = "暂停执行职务" if deputy in session.suspended else "请假" if deputy in session.on_leave else ""
    return Seat(str(n + 1), source.person(deputy), deputy, remark)


def attendance_report(source: Source, choice: Choice) -> AttendanceReport:
    """Of the sittings held, or of the one asked for.

    Raises:
        NotYet: none was held.
    """
    session = source.session
    wanted = [session.sittings[sitting_of(session, choice)]] if choice.sitting else ordered(session)
    held = tuple(_held(source, s.code) for s in wanted if opening(session, s.code))
    if not held:
        raise NotYet(
            paper=Text("出席情况报告", "the attendance report"), why=Text("还没有举行会议", "no sitting was held yet")
        )
    missed = next((e for e in reversed(session.history) if isinstance(e, AbsencesRecorded)), None)
    return AttendanceReport(
        **common(source),
        sittings=held,
        closed=session.has("closed"),
        with_leave=source.people(missed.with_leave) if missed else "",
        unnamed=missed.absent if missed else 0,
        without_leave=source.people(missed.without_leave) if missed else "",
    )


def _held(source: Source, code: str) -> SittingHeld:
    session, here = source.session, source.present(code)
    opened = opening(session, code)
    assert opened is not None
    return SittingHeld(
        title=session.sittings[code].title,
        at=words.moment(opened.at),
        figures=attendance(source, code),
        by_name=len(here) >= opened.deputies_present,
        delegations=tuple(
            DelegationHere(title, len(those), len(here & set(those)), source.people(d for d in those if d not in here))
            for title, those in delegations(session)
        ),
        position=source.position(session.history.index(opened) + 1),
    )
