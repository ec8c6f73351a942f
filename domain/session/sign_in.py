"""Signing in and out (签到): by name, by card or as a number of heads, in any order, as often as anybody likes.

Of somebody's comings and goings the latest holds, by the time at which each was, not by the time at which it is told.

Each deputy has a tiny stream of their own at each sitting, so that the key itself says "once" (architecture §2.8).
"""

from collections.abc import Iterable
from typing import ClassVar, Self, cast

from pydantic import Field, model_validator

from domain.event import Event
from domain.refusals import Refused
from domain.session.cards import holder
from domain.session.hall import InTheHall, SignedIn, SignedOut, UnknownSitting
from domain.session.held_cards import Why, hold, resolved
from domain.session.parts import CardNumber, Code, DeputyId
from domain.session.roll import DutiesSuspended, NotADeputy
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class SittingOver(Refused):
    says = Text("会议 {sitting} 已经结束,不能再签到", "the sitting {sitting} is over: nobody can sign in any more")


class MorePresentThanDue(Refused):
    says = Text("实到 {found} 人,多于可以出席的 {total} 人", "{found} present, more than the {total} who may attend")


class MoreSignedInAlready(Refused):
    says = Text(
        "已有 {here} 人签到,多于 {found} 人;有人离场请用 sign-out",
        "{here} are signed in already, more than {found}: use sign-out if some left",
    )


class SignIn(Command):
    """Deputies sign in at a sitting, in any order, as often as they like: name them, show their cards, or say how many are there.

    With `present`, heads are counted and nobody is named: so many are in the hall, those signed in by name among them. Who signs in by
    name afterwards is taken to be one of those counted. A card that is nobody's, or whose deputy may not act, is held and never counted.
    """

    act: ClassVar[str] = "sign-in"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy", "street_committee")
    title: ClassVar[Text] = Text("签到", "Sign in")
    sitting: Code
    deputies: tuple[DeputyId, ...] = ()
    cards: tuple[CardNumber, ...] = ()
    present: int | None = Field(default=None, ge=0)
    device: str = Field(default="", max_length=40)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.deputies and not self.cards and self.present is None:
            raise ValueError("deputies、cards 或 present 须填一项 / give deputies, cards, or present")
        return self


class SignOut(Command):
    """Deputies leave a sitting before its end, named or by card; or, with `remaining`, heads are counted again: so many stay."""

    act: ClassVar[str] = "sign-out"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy", "street_committee")
    title: ClassVar[Text] = Text("离场", "Sign out")
    sitting: Code
    deputies: tuple[DeputyId, ...] = ()
    cards: tuple[CardNumber, ...] = ()
    remaining: int | None = Field(default=None, ge=0)
    device: str = Field(default="", max_length=40)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.deputies and not self.cards and self.remaining is None:
            raise ValueError("deputies、cards 或 remaining 须填一项 / give deputies, cards, or remaining")
        return self


@decides(SignIn)
def sign_in(session: Session, command: SignIn, moment: Moment) -> list[Event]:
    """Who is present is counted for the quorum (地方组织法 (2022) art. 14(4)); a suspended deputy does not act as one."""
    _sitting(session, command.sitting)
    for deputy in command.deputies:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
        if deputy in session.suspended:
            raise DutiesSuspended(moment.cites("deputy.suspension"), deputy=deputy)
    inside = InTheHall(session, moment.hall, command.sitting)
    inside.look_up(command.deputies)
    events: list[Event | None] = [
        inside.enter(deputy, moment, moment.at, command.device)
        for deputy in command.deputies
        if not inside.moved_since(deputy, moment.at)
    ]
    events += _shown_coming(session, command, inside, moment)
    if command.present is not None:
        if command.present > len(inside.may_attend):
            total = len(inside.may_attend)
            raise MorePresentThanDue(moment.cites("session.quorum"), found=command.present, total=total)
        if command.present < inside.present:
            raise MoreSignedInAlready(found=command.present, here=inside.present)
        events.append(inside.count(command.present, moment, command.device))
    return [event for event in events if event]


def _shown_coming(session: Session, command: SignIn, inside: InTheHall, moment: Moment) -> Iterable[Event | None]:
    """What the cards come to, one by one: a card that does not count stops no other."""
    for card in dict.fromkeys(command.cards):
        deputy, why = holder(session, card)
        if why:
            yield from hold(session, command.sitting, card, cast(Why, why), moment, device=command.device)
            continue
        if not inside.moved_since(deputy, moment.at):
            yield inside.enter(deputy, moment, moment.at, command.device, card)
        if moment.hall.card(command.sitting, card).waits:  # it was registered since, and now shown again
            yield resolved(session, command.sitting, card, deputy, moment)


@decides(SignOut)
def sign_out(session: Session, command: SignOut, moment: Moment) -> list[Event]:
    """Who leaves no longer counts as present from then on."""
    _sitting(session, command.sitting)
    for deputy in command.deputies:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
    inside = InTheHall(session, moment.hall, command.sitting)
    inside.look_up(command.deputies)
    seen = bool(command.device)
    events: list[Event | None] = [
        inside.leave(deputy, moment, moment.at, seen=seen)
        for deputy in command.deputies
        if not inside.moved_since(deputy, moment.at)
    ]
    for card in dict.fromkeys(command.cards):
        deputy, why = holder(session, card)
        if deputy and inside.moved_since(deputy, moment.at):
            continue
        if deputy:  # one whose duties are suspended may go all the same
            events.append(inside.leave(deputy, moment, moment.at, seen=seen))
        else:
            events += hold(session, command.sitting, card, cast(Why, why), moment, leaves=True, device=command.device)
    if command.remaining is not None and command.remaining < inside.present:
        events.append(inside.count(command.remaining, moment, command.device))
    return [event for event in events if event]


def _sitting(session: Session, code: str) -> None:
    if code not in session.sittings:
        raise UnknownSitting(sitting=code, known="、".join(session.sittings))
    if session.sittings[code].status == "closed":
        raise SittingOver(sitting=code)


__all__ = [
    "DutiesSuspended", "MorePresentThanDue", "MoreSignedInAlready", "SignIn", "SignOut", "SignedIn", "SignedOut", "SittingOver",
    "UnknownSitting",
]  # fmt: skip
