"""Sign-ins as devices and lists bring them: each for itself, so that one that is wrong stops no other."""

import asyncio
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from domain.calendar import CHINA
from domain.refusals import Refusal
from domain.session.cards import NO_COUNT, holder
from domain.session.held_cards import CardHeld, HeldCard, stream_of_card
from domain.session.parts import Code
from domain.session.sign_in import SignIn, SignOut
from domain.session.state import Session
from domain.submission import Actor, Answer, Office, Receipt, Submission
from domain.text import Text
from yishi.again import as_first_sent
from yishi.hall.light import light_of
from yishi.hall.lists import names_of, resolved
from yishi.law import LawLibrary
from yishi.ledger.reader import LedgerReader
from yishi.moment import Moment

AHEAD = timedelta(minutes=5)
"""How far a device's clock may run ahead of ours and still be taken at our time."""
AT_ONCE = 100  # of a batch queued together: others' acts have their turn between


class Engine(Protocol):
    """What signing in needs of an engine: `yishi.engine.Engine`."""

    @property
    def folder(self) -> Path: ...

    @property
    def ledger(self) -> LedgerReader: ...

    @property
    def laws(self) -> LawLibrary: ...

    async def submit(self, submission: Submission) -> Answer: ...


class Tap(BaseModel):
    """One coming or going (`out`) that a device noted while it was cut off, by its own clock: of a deputy by id, or of a card."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: Moment
    deputy: str | None = Field(default=None, max_length=40)
    card: str | None = Field(default=None, max_length=40)
    out: bool = False

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.deputy is None) == (self.card is None):
            raise ValueError("deputy 和 card 须填一项 / give deputy or card, one of the two")
        return self


class SignIns(BaseModel):
    """What a device or a list brings: deputies by id and cards by number, coming in or (`out`, either) going out.

    `listed` are ids or names as a list has them (`yishi.hall.lists.read_list`), coming in, and `listed_out` going out: a name is
    resolved here and goes no further. `taps` have a time each; they come in any order, and as often as a device likes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    session: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}$")
    sitting: Code
    deputies: tuple[str, ...] = Field(default=(), max_length=5000)
    cards: tuple[str, ...] = Field(default=(), max_length=5000)
    out: tuple[str, ...] = Field(default=(), max_length=5000)
    taps: tuple[Tap, ...] = Field(default=(), max_length=5000)
    listed: tuple[str, ...] = Field(default=(), max_length=5000)
    listed_out: tuple[str, ...] = Field(default=(), max_length=5000)
    device: str = Field(default="", max_length=40)
    at: Moment | None = None
    office: Office | None = None
    command_id: str = Field(default="", max_length=300)


async def sign_in_batch(engine: Engine, batch: SignIns, now: datetime) -> dict[str, Any]:
    """Sign in all that a device or a list brings, together in few commits, each judged for itself.

    Args:
        batch: what is brought. With a `command_id` the same batch sent again gets the same answers; without one it is judged
            anew, which finds everybody in already. now: the engine's time, for what says no time itself.

    Returns:
        `counted`: who came in or went out by this; `already`: nothing new; `held`: [{card, why, says}], never counted until resolved;
        `refused`: [{deputy, card or listed, reason, says}], with everybody else counted; `light`: the light after all of it.

    Raises:
        NoLight: no such session or sitting. NotTaken: the record could not be reached;
        send it again: what was taken is not taken twice.
    """
    stream = f"{batch.session}/session/1"
    await asyncio.to_thread(light_of, engine.ledger, engine.laws, stream, batch.sitting, now)
    session, asked, unclear = await asyncio.to_thread(_prepared, engine, batch, stream, now)
    told: list[tuple[str, dict[str, Any]]] = []
    failed: BaseException | None = None
    for first in range(0, len(asked), AT_ONCE):
        some = asked[first : first + AT_ONCE]
        came = await asyncio.gather(*(_answered(engine, each) for each in some), return_exceptions=True)
        failed = failed or next((each for each in came if isinstance(each, BaseException)), None)
        if failed is None:
            answers = [each for each in came if not isinstance(each, BaseException)]
            told += await asyncio.to_thread(_all_came_to, engine, batch.sitting, session, some, answers)
    if failed is not None:  # told once all the others are done: none is left half on its way
        raise failed
    shown = await asyncio.to_thread(light_of, engine.ledger, engine.laws, stream, batch.sitting, now)
    return {
        "counted": [each.item.name for each, (came_to, _) in zip(asked, told, strict=True) if came_to == "counted"],
        "already": [each.item.name for each, (came_to, _) in zip(asked, told, strict=True) if came_to == "already"],
        "held": [more for came_to, more in told if came_to == "held"],
        "refused": [*unclear, *(more for came_to, more in told if came_to == "refused")],
        "light": shown,
    }


class _Item(NamedTuple):
    name: str
    card: bool
    out: bool
    at: datetime | None = None  # of a tap, its own

    @property
    def of_batch(self) -> str:
        """What it is called among those of its batch."""
        when = f"@{self.at.astimezone(UTC).isoformat()}" if self.at else ""
        return f"{'out' if self.out else 'in'}-{self.name}{when}"


class _Asked(NamedTuple):
    """One of a batch, and what is submitted for it: nothing when it is no id and no card number. `given`: its answer of old."""

    item: _Item
    submission: Submission | None
    given: Answer | None = None


def _prepared(
    engine: Engine, batch: SignIns, stream: str, now: datetime
) -> tuple[Session, list[_Asked], list[dict[str, Any]]]:
    """Everything of a batch that can be made before it is judged, and who of a list could not be told."""
    session: Session = engine.ledger.state(stream)
    unclear: list[dict[str, Any]] = []
    if batch.listed or batch.listed_out:
        names = names_of(engine.folder, session)
        coming, unclear_in = resolved(batch.listed, session, names)
        going, unclear_out = resolved(batch.listed_out, session, names)
        more = {"deputies": (*batch.deputies, *coming), "out": (*batch.out, *going)}
        batch, unclear = batch.model_copy(update=more), unclear_in + unclear_out
    asked = [_Asked(item, _submission(batch, session, item, now)) for item in _each(batch, session)]
    return session, [_as_first_asked(engine.ledger, batch, each) for each in asked], unclear


def _each(batch: SignIns, session: Session) -> Iterable[_Item]:
    """Every one once, in the order given. Who goes out is told by id or by card: an id on the roll is an id."""
    listed = [(name, False, False) for name in batch.deputies] + [(name, True, False) for name in batch.cards]
    listed += [(name, name.strip() not in session.roll, True) for name in batch.out]
    for name, card, out in dict.fromkeys((_clean(name), card, out) for name, card, out in listed):
        yield _Item(name, card, out)
    taps = {(tap.at, _clean(tap.card or tap.deputy or ""), tap.card is not None, tap.out) for tap in batch.taps}
    for at, name, card, out in sorted(taps):
        yield _Item(name, card, out, at.astimezone(CHINA))


def _clean(name: str) -> str:
    """As a reader of cards may write it: full-width digits, blanks and colons between bytes are no part of a number."""
    return unicodedata.normalize("NFKC", name).strip().replace(":", "").replace(" ", "")


def _submission(batch: SignIns, session: Session, item: _Item, now: datetime) -> Submission | None:
    command, field = SignOut if item.out else SignIn, "cards" if item.card else "deputies"
    fields: dict[str, Any] = {"sitting": batch.sitting, field: [item.name], "device": batch.device}
    try:
        command.model_validate(fields)
    except ValidationError:
        return None
    said = item.at or batch.at
    at = said if said is not None and not now < said <= now + AHEAD else now
    return Submission(
        command_id=f"{batch.command_id or uuid4().hex}#of-batch-{item.of_batch}",
        stream=session.stream,
        actor=Actor(office=batch.office or session.procedure.office_for(command.offices)),
        at=at,
        act=command.act,
        fields=fields,
    )


def _as_first_asked(ledger: LedgerReader, batch: SignIns, asked: _Asked) -> _Asked:
    """Of a batch that comes again under its id, each as it was first, when we may have said its time ourselves."""
    if asked.submission is None or not batch.command_id:
        return asked
    at = asked.item.at or batch.at
    said = asked.submission.model_copy(update={"at": at or asked.submission.at})
    first = as_first_sent(ledger, said, at=at is None, ahead=AHEAD)
    if not isinstance(first, Submission):
        return asked._replace(given=first)
    return asked if first == said else asked._replace(submission=first)


async def _answered(engine: Engine, asked: _Asked) -> Answer | None:
    if asked.submission is None or asked.given is not None:
        return asked.given
    return await engine.submit(asked.submission)


def _all_came_to(
    engine: Engine, sitting: str, session: Session, asked: Sequence[_Asked], answers: Sequence[Answer | None]
) -> list[tuple[str, dict[str, Any]]]:
    """What each one came to, and what to tell of it."""
    told: list[tuple[str, dict[str, Any]]] = []
    for each, answer in zip(asked, answers, strict=True):
        named = {"card" if each.item.card else "deputy": each.item.name}
        if answer is None:
            says = Text(f"“{each.item.name}”不是编号或卡号", f"{each.item.name!r} is no id and no card number")
            told.append(("refused", {**named, "reason": "NotWellFormed", "says": _both(says)}))
        elif isinstance(answer, Refusal):
            told.append(("refused", {**named, "reason": answer.reason, "says": _both(answer.says())}))
        else:
            told.append(_came_to(engine, sitting, session, each.item, answer))
    return told


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
