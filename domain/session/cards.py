"""Cards (代表证): which one is whose. A number of the card alone, never of the person; a lost one is replaced and counts no more."""

from dataclasses import replace
from typing import ClassVar, Self

from pydantic import model_validator

from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import CardNumber, CardOf
from domain.session.roll import NotADeputy
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class CardTwice(Refused):
    says = Text("卡号 {card} 重复", "the card {card} is given twice")


class CardTaken(Refused):
    says = Text(
        "卡 {card} 是代表 {deputy} 的;请先为该代表换卡,或者将此卡列入 withdrawn",
        "the card {card} is that of deputy {deputy}: give them another first, or list this one as withdrawn",
    )


class RegisterCards(Command):
    """Say whose card is which. A deputy has one card: a new one takes the place of the old, which counts no more from then on.

    `withdrawn` are cards that were lost or given back.
    """

    act: ClassVar[str] = "register-cards"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "street_committee")
    title: ClassVar[Text] = Text("登记签到卡", "Register cards")
    cards: tuple[CardOf, ...] = ()
    withdrawn: tuple[CardNumber, ...] = ()

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.cards and not self.withdrawn:
            raise ValueError("cards 或 withdrawn 须填一项 / give cards, or withdrawn")
        return self


class CardsRegistered(Event):
    name: ClassVar[str] = "session.cards-registered.v1"
    cards: tuple[CardOf, ...]
    withdrawn: tuple[CardNumber, ...] = ()


@decides(RegisterCards)
def register_cards(session: Session, command: RegisterCards, moment: Moment) -> list[Event]:
    """How deputies are told apart at the door is the office's own to arrange (签到 is practice); no text speaks of cards."""
    cards, given_to = [c.card for c in command.cards], {c.deputy for c in command.cards}
    if twice := next(
        (c for n, c in enumerate((*cards, *command.withdrawn)) if c in (*cards, *command.withdrawn)[:n]), ""
    ):
        raise CardTwice(card=twice)
    if unknown := sorted(given_to - session.in_office):
        raise NotADeputy(moment.cites("deputy.base"), deputy=unknown[0])
    for each in command.cards:
        owner = session.cards.get(each.card, each.deputy)
        if owner != each.deputy and owner not in given_to:
            raise CardTaken(card=each.card, deputy=owner)
    fresh = tuple(c for c in command.cards if session.cards.get(c.card) != c.deputy)
    withdrawn = tuple(c for c in command.withdrawn if c not in session.cards_withdrawn)
    if not fresh and not withdrawn:
        return []
    return [CardsRegistered(at=moment.at, basis=moment.basis("practice.sign_in"), cards=fresh, withdrawn=withdrawn)]


@evolves(CardsRegistered)
def cards_registered(session: Session, event: CardsRegistered) -> Session:
    fresh = {c.card: c.deputy for c in event.cards}
    replaced = {c for c, d in session.cards.items() if d in fresh.values()} | set(event.withdrawn)
    kept = {c: d for c, d in session.cards.items() if c not in replaced}
    return replace(
        session, cards={**kept, **fresh}, cards_withdrawn=(session.cards_withdrawn | replaced) - fresh.keys()
    )


NO_COUNT = {
    "unknown": Text("未登记的卡,暂存待核", "an unknown card: held until somebody says whose it is"),
    "withdrawn": Text("已停用的卡,暂存待核", "a card that was withdrawn: held until somebody says who showed it"),
    "suspended": Text("代表 {deputy} 暂停执行代表职务,不计入", "deputy {deputy} is suspended: held, and not counted"),
    "no_seat": Text("{deputy} 的代表资格已经终止,不计入", "the seat of {deputy} has ended: held, and not counted"),
}
"""Why a card is held instead of counted."""


def holder(session: Session, card: str) -> tuple[str, str]:
    """Whose a card is ("" when nobody's), and why it does not count ("" when it does)."""
    deputy = session.cards.get(card, "")
    if not deputy:
        return "", "withdrawn" if card in session.cards_withdrawn else "unknown"
    if deputy not in session.in_office:
        return deputy, "no_seat"
    return deputy, "suspended" if deputy in session.suspended else ""
