"""A card that is nobody's, or may not count, is held: on record with its time, never counted, until an officer says whose it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.event import Event
from domain.findings import warn
from domain.ports import Decider, LawBooks, Transaction
from domain.refusals import Refused
from domain.session.hall import HELD, InTheHall, OfTheHall, Row, UnknownSitting, beside
from domain.session.parts import CardNumber, Code, DeputyId
from domain.session.roll import DutiesSuspended, NotADeputy
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office, Submission
from domain.text import Text

Why = Literal["unknown", "withdrawn", "suspended", "no_seat"]


class CardNotHeld(Refused):
    says = Text(
        "会议 {sitting} 没有待核的卡 {card}",
        "no card {card} is held at the sitting {sitting}: there is nothing to resolve",
    )


def stream_of_card(session: str, sitting: str, card: str) -> str:
    return beside(session, "card", f"{sitting}.{card}")


class OfACard(OfTheHall):
    """In the stream `…/card/{sitting}.{card}`."""

    card: CardNumber

    def stream(self) -> str:
        return stream_of_card(self.session, self.sitting, self.card)

    def _row(self, held: int) -> Iterable[Row]:
        yield self.session, self.sitting + HELD, self.card, held


class CardHeld(OfACard):
    """A card was shown that does not count: on coming in, or on going out (`leaves`)."""

    name: ClassVar[str] = "sign-in.card-held.v1"
    why: Why
    leaves: bool = False
    device: str = ""

    def attendance(self) -> Iterable[Row]:
        return self._row(1)


class CardResolved(OfACard):
    """Whose it was; `deputy` is None when it was no deputy's. `came`: all it tells of them is that they came."""

    name: ClassVar[str] = "sign-in.card-resolved.v1"
    deputy: DeputyId | None
    why: str = ""
    came: bool = False

    def attendance(self) -> Iterable[Row]:
        yield from self._row(0)
        if self.came and self.deputy is not None:
            yield self.session, self.sitting, self.deputy, 0


@dataclass(frozen=True)
class HeldCard:
    """What is held of one card at one sitting: when it was shown, and whether on going out; what was decided about it last."""

    shown: tuple[tuple[datetime, bool], ...] = ()
    why: str = ""
    resolved: bool = False
    deputy: str | None = None  # as resolved

    @property
    def waits(self) -> bool:
        return bool(self.shown)

    @property
    def rejected(self) -> bool:
        return self.resolved and self.deputy is None


class HeldCards(Decider):
    """Implements `domain.ports.Decider` for streams of kind `card`, which are only folded: acts go to the session's stream."""

    def start(self, stream: str) -> HeldCard:
        return HeldCard()

    def evolve(self, state: HeldCard, event: Event) -> HeldCard:
        match event:
            case CardHeld():
                return replace(state, shown=(*state.shown, (event.at, event.leaves)), why=event.why, resolved=False)
            case CardResolved():
                return HeldCard(resolved=True, deputy=event.deputy)
            case _:
                return state

    def edition(self, submission: Submission, tx: Transaction, laws: LawBooks) -> str:
        raise AssertionError("no act goes to a card's own stream")

    def judge(
        self, submission: Submission, tx: Transaction, laws: LawBooks, now: datetime
    ) -> Sequence[tuple[str, Event]]:
        raise AssertionError("no act goes to a card's own stream")

    def remember(self, submission: Submission, refused: Any, now: datetime) -> tuple[str, Event]:
        raise AssertionError("no act goes to a card's own stream")


def hold(
    session: Session, sitting: str, card: str, why: Why, moment: Moment, *, leaves: bool = False, device: str = ""
) -> list[Event]:
    """A card that does not count was shown. Shown again the same way, or rejected before, it is nothing new."""
    held = moment.hall.card(sitting, card)
    if held.rejected or (held.waits and held.shown[-1][1] is leaves):
        return []
    basis = moment.basis("practice.sign_in")
    return [
        CardHeld(
            at=moment.at, basis=basis, session=session.stream, sitting=sitting, card=card, why=why, leaves=leaves, device=device
        )
    ]  # fmt: skip


def resolved(
    session: Session, sitting: str, card: str, deputy: str | None, moment: Moment, why: str = ""
) -> CardResolved:
    basis = moment.basis("practice.sign_in")
    return CardResolved(
        at=moment.at, basis=basis, session=session.stream, sitting=sitting, card=card, deputy=deputy, why=why
    )


class ResolveCard(Command):
    """Say whose a held card was: it counts from the time it was shown. Or `rejected`: it was no deputy's, and never counts."""

    act: ClassVar[str] = "resolve-card"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "street_committee")
    title: ClassVar[Text] = Text("核实待核的卡", "Resolve a held card")
    sitting: Code
    card: CardNumber
    deputy: DeputyId | None = None
    rejected: bool = False
    why: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if self.rejected == (self.deputy is not None):
            raise ValueError("须填 deputy,或者 rejected: true / give a deputy, or rejected: true")
        return self


@decides(ResolveCard)
def resolve_card(session: Session, command: ResolveCard, moment: Moment) -> list[Event]:
    """An officer answers for what no card could tell; also after the sitting, as it says who was there (签到 is practice).

    What was held because its deputy was suspended counts from now on only, when they may act again. What was recorded since the card
    was shown holds: nobody comes back who left by name, and a later head count does not grow by one.
    """
    if command.sitting not in session.sittings:
        raise UnknownSitting(sitting=command.sitting, known="、".join(session.sittings))
    held, deputy = moment.hall.card(command.sitting, command.card), command.deputy
    if not held.waits:
        if held.resolved and held.deputy == deputy:
            return []
        raise CardNotHeld(sitting=command.sitting, card=command.card)
    said = resolved(session, command.sitting, command.card, deputy, moment, command.why)
    if deputy is None:
        return [said]
    if deputy not in session.in_office:
        raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
    if deputy in session.suspended:
        raise DutiesSuspended(moment.cites("deputy.suspension"), deputy=deputy)
    inside = InTheHall(session, moment.hall, command.sitting)
    overtaken = [at for at, _ in held.shown if inside.named_since(deputy, at)]
    came = inside.has_come(deputy)
    moves: list[Event] = []
    for at, leaves in held.shown:
        when = moment.at if held.why in ("suspended", "no_seat") else at
        if at in overtaken:
            continue
        if leaves:
            moved: Event | None = inside.leave(deputy, moment, when)
        else:
            moved = inside.enter(deputy, moment, when, card=command.card, among_heads=inside.counted_since(at))
        moves += [moved] if moved else []
    entered = [at for at, leaves in held.shown if not leaves]
    if moves or not any(at in overtaken or inside.counted_since(at) for at in entered):
        return [said, *moves]
    noticed = warn("CardOvertaken", moment.basis("practice.sign_in"), deputy=deputy, shown=entered[-1].isoformat())
    return [said.model_copy(update={"came": not came, "findings": (noticed,)})]
