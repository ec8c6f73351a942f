"""Signing in and out (签到): each deputy in a tiny stream of their own, so that the key itself says "once" (architecture §2.8)."""

from collections.abc import Iterable
from typing import ClassVar, Self

from pydantic import Field, model_validator

from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId
from domain.session.roll import NotADeputy
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class UnknownSitting(Refused):
    says = Text("没有代号为 {sitting} 的会议;已有:{known}", "there is no sitting {sitting}; there are: {known}")


class SittingOver(Refused):
    says = Text("会议 {sitting} 已经结束,不能再签到", "the sitting {sitting} is over: nobody can sign in any more")


class DutiesSuspended(Refused):
    says = Text(
        "代表 {deputy} 暂停执行代表职务,不能签到", "the duties of deputy {deputy} are suspended: they cannot sign in"
    )


class MorePresentThanDue(Refused):
    says = Text("实到 {found} 人,多于可以出席的 {total} 人", "{found} present, more than the {total} who may attend")


class MoreSignedInAlready(Refused):
    says = Text(
        "已有 {here} 人签到,多于 {found} 人;有人离场请用 sign-out",
        "{here} are signed in already, more than {found}: use sign-out if some left",
    )


class SignIn(Command):
    """Deputies sign in at a sitting, in any order, as often as they like. Name them, or give how many came.

    With `present`, those on leave and those suspended are passed over and the first others of the roll are taken to fill the
    number: published figures name nobody.
    """

    act: ClassVar[str] = "sign-in"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy", "street_committee")
    title: ClassVar[Text] = Text("签到", "Sign in")
    sitting: Code
    deputies: tuple[DeputyId, ...] = ()
    present: int | None = Field(default=None, ge=0)
    device: str = Field(default="", max_length=40)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.deputies and self.present is None:
            raise ValueError("deputies 或 present 须填一项 / give deputies, or present")
        return self


class SignOut(Command):
    """Deputies leave a sitting before its end; or, with `remaining`, so many stay."""

    act: ClassVar[str] = "sign-out"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy", "street_committee")
    title: ClassVar[Text] = Text("离场", "Sign out")
    sitting: Code
    deputies: tuple[DeputyId, ...] = ()
    remaining: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.deputies and self.remaining is None:
            raise ValueError("deputies 或 remaining 须填一项 / give deputies, or remaining")
        return self


class SignedIn(Event):
    """In the stream `…/sign-in/{sitting}-{deputy}`."""

    name: ClassVar[str] = "sign-in.signed-in.v1"
    session: str
    sitting: Code
    deputy: DeputyId
    device: str = ""

    def attendance(self) -> Iterable[tuple[str, str, str, bool]]:
        yield self.session, self.sitting, self.deputy, True


class SignedOut(Event):
    name: ClassVar[str] = "sign-in.signed-out.v1"
    session: str
    sitting: Code
    deputy: DeputyId

    def attendance(self) -> Iterable[tuple[str, str, str, bool]]:
        yield self.session, self.sitting, self.deputy, False


@decides(SignIn)
def sign_in(session: Session, command: SignIn, moment: Moment) -> list[Event]:
    """Who is present is counted for the quorum (地方组织法 (2022) art. 14(4)); a suspended deputy does not act as one."""
    _sitting(session, command.sitting)
    may_attend = [d for d in session.roll if d in session.in_office and d not in session.suspended]
    wanted = list(dict.fromkeys(command.deputies))
    for deputy in wanted:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
        if deputy in session.suspended:
            raise DutiesSuspended(moment.cites("deputy.suspension"), deputy=deputy)
    if command.present is not None:
        if command.present > len(may_attend):
            raise MorePresentThanDue(moment.cites("session.quorum"), found=command.present, total=len(may_attend))
        here = moment.hall.signed_in(command.sitting, may_attend)
        if command.present < len(here):
            raise MoreSignedInAlready(found=command.present, here=len(here))
        free = [d for d in may_attend if d not in here and d not in wanted]
        free.sort(key=lambda d: d in session.on_leave)
        wanted += free[: max(0, command.present - len(here) - len(wanted))]
    here = moment.hall.signed_in(command.sitting, wanted)
    basis = moment.basis("practice.sign_in")
    return [
        SignedIn(
            at=moment.at, basis=basis, session=session.stream, sitting=command.sitting, deputy=d, device=command.device
        )
        for d in wanted
        if d not in here
    ]


@decides(SignOut)
def sign_out(session: Session, command: SignOut, moment: Moment) -> list[Event]:
    """Who leaves no longer counts as present from then on."""
    _sitting(session, command.sitting)
    for deputy in command.deputies:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
    inside = moment.hall.signed_in(command.sitting, session.roll)
    here = [d for d in session.roll if d in inside]
    leaving = [d for d in here if d in set(command.deputies)]
    if command.remaining is not None:
        staying = [d for d in here if d not in leaving]
        leaving += staying[command.remaining :]
    basis = moment.basis("practice.sign_in")
    return [
        SignedOut(at=moment.at, basis=basis, session=session.stream, sitting=command.sitting, deputy=d) for d in leaving
    ]


def _sitting(session: Session, code: str) -> None:
    if code not in session.sittings:
        raise UnknownSitting(sitting=code, known="、".join(session.sittings))
    if session.sittings[code].status == "closed":
        raise SittingOver(sitting=code)


def stream_of(session: str, event: SignedIn | SignedOut) -> str:
    """The deputy's own tiny stream at a sitting."""
    return f"{session.rsplit('/', 2)[0]}/sign-in/{event.sitting}-{event.deputy}"
