"""Sign-ins as devices and lists bring them: each for itself, so that one that is wrong stops no other."""

import asyncio
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from domain.refusals import Refusal
from domain.session.cards import NO_COUNT, holder
from domain.session.held_cards import CardHeld, HeldCard, stream_of_card
from domain.session.parts import Code
from domain.session.sign_in import SignIn, SignOut
from domain.session.state import Session
from domain.submission import Actor, Answer, Office, Receipt, Submission
from domain.text import Text
from yishi.hall.light import light_of
from yishi.hall.lists import NotAList, names_of, resolved
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger

AHEAD = timedelta(minutes=5)
"""How far a device's clock may run ahead of ours and still be taken at our time."""


class Engine(Protocol):
    """What signing in needs of an engine: `yishi.engine.Engine`."""

    folder: Path
    ledger: Ledger
    laws: LawLibrary

    async def submit(self, submission: Submission) -> Answer: ...


class SignIns(BaseModel):
    """What a device or a list brings: deputies by id and cards by number, coming in or (`out`, either) going out.

    `listed` are ids or names as a list has them (`yishi.hall.lists.read_list`): a name is resolved here and goes no further.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    session: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}/\d{1,4}-\d{1,4}$")
    sitting: Code
    deputies: tuple[str, ...] = Field(default=(), max_length=5000)
    cards: tuple[str, ...] = Field(default=(), max_length=5000)
    out: tuple[str, ...] = Field(default=(), max_length=5000)
    listed: tuple[str, ...] = Field(default=(), max_length=5000)
    device: str = Field(default="", max_length=40)
    at: AwareDatetime | None = None
    office: Office | None = None
    command_id: str = Field(default="", max_length=300)


async def sign_in_batch(engine: Engine, body: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Sign in all that a device or a list brings, together in few commits, each judged for itself.

    Args:
        body: the fields of `SignIns`. With a `command_id` the same batch sent again gets the same answers; without one it is judged
            anew, which finds everybody in already. now: the engine's time, for what says no time itself.

    Returns:
        `counted`: who came in or went out by this; `already`: nothing new; `held`: [{card, why, says}], never counted until resolved;
        `refused`: [{deputy, card or listed, reason, says}], with everybody else counted; `light`: the light after all of it.

    Raises:
        NotAList: not well formed as a whole. NoLight: no such session or sitting. NotTaken: the record could not be reached;
        send it again: what was taken is not taken twice.
    """
    try:
        batch = SignIns.model_validate(body)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NotAList(why=f"{where}: {first['msg']}") from wrong
    stream = f"{batch.session}/session/1"
    await asyncio.to_thread(light_of, engine.ledger, engine.laws, stream, batch.sitting, now)
    session: Session = engine.ledger.state(stream)
    unclear: list[dict[str, Any]] = []
    if batch.listed:
        names = await asyncio.to_thread(names_of, engine.folder, session)
        found, unclear = resolved(batch.listed, session, names)
        batch = batch.model_copy(update={"deputies": (*batch.deputies, *found)})
    asked = list(_each(batch, session))
    told = await asyncio.gather(*(_one(engine, batch, session, item, now) for item in asked))
    shown = await asyncio.to_thread(light_of, engine.ledger, engine.laws, stream, batch.sitting, now)
    return {
        "counted": [item.name for item, (came_to, _) in zip(asked, told, strict=True) if came_to == "counted"],
        "already": [item.name for item, (came_to, _) in zip(asked, told, strict=True) if came_to == "already"],
        "held": [more for came_to, more in told if came_to == "held"],
        "refused": [*unclear, *(more for came_to, more in told if came_to == "refused")],
        "light": shown,
    }


class _Item(BaseModel):
    name: str
    card: bool
    out: bool


def _each(batch: SignIns, session: Session) -> Iterable[_Item]:
    """Every one once, in the order given. Who goes out is told by id or by card: an id on the roll is an id."""
    listed = [(name, False, False) for name in batch.deputies] + [(name, True, False) for name in batch.cards]
    listed += [(name, name.strip() not in session.roll, True) for name in batch.out]
    for name, card, out in dict.fromkeys((_clean(name), card, out) for name, card, out in listed):
        yield _Item(name=name, card=card, out=out)


def _clean(name: str) -> str:
    """As a reader of cards may write it: full-width digits, blanks and colons between bytes are no part of a number."""
    return unicodedata.normalize("NFKC", name).strip().replace(":", "").replace(" ", "")


async def _one(
    engine: Engine, batch: SignIns, session: Session, item: _Item, now: datetime
) -> tuple[str, dict[str, Any]]:
    """What one came to, and what to tell of it."""
    named = {"card" if item.card else "deputy": item.name}
    command, field = SignOut if item.out else SignIn, "cards" if item.card else "deputies"
    fields: dict[str, Any] = {"sitting": batch.sitting, field: [item.name], "device": batch.device}
    try:
        command.model_validate(fields)
    except ValidationError:
        says = Text(f"“{item.name}”不是编号或卡号", f"{item.name!r} is no id and no card number")
        return "refused", {**named, "reason": "NotWellFormed", "says": _both(says)}
    at = batch.at if batch.at is not None and not now < batch.at <= now + AHEAD else now
    submission = Submission(
        command_id=f"{batch.command_id or uuid4().hex}~{'out' if item.out else 'in'}-{item.name}",
        stream=session.stream,
        actor=Actor(office=batch.office or session.procedure.office_for(command.offices)),
        at=at,
        act=command.act,
        fields=fields,
    )
    answer = await engine.submit(submission)
    if isinstance(answer, Refusal):
        return "refused", {**named, "reason": answer.reason, "says": _both(answer.says())}
    return _came_to(engine, batch.sitting, session, item, answer)


def _came_to(
    engine: Engine, sitting: str, session: Session, item: _Item, answer: Receipt
) -> tuple[str, dict[str, Any]]:
    if answer.events and answer.events[0].name != CardHeld.name:
        return "counted", {}
    if not item.card or not holder(session, item.name)[1]:
        return "already", {}
    held: HeldCard = engine.ledger.state(stream_of_card(session.stream, sitting, item.name))
    if held.waits:
        deputy, _ = holder(session, item.name)
        says = NO_COUNT[held.why].filled(deputy=deputy)
        return "held", {"card": item.name, "why": held.why, "says": _both(says)}
    if held.rejected:
        says = Text("此卡已核实为非代表所有,不计入", "this card was found to be no deputy's: not counted")
        return "refused", {"card": item.name, "reason": "CardRejected", "says": _both(says)}
    return "already", {}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
