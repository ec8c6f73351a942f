"""Tells an endpoint the events of a session, one after the other, by the rights that its token has at each."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import structlog

from domain.access.hearing import TAKES_A_BALLOT
from domain.access.register import REGISTER, Register
from domain.access.webhooks import WebhookAdded
from domain.hooks import Failing, Tried
from yishi.access.keyring import standing
from yishi.events.hearing import Hearing, units_in
from yishi.events.telling import told, unsaid, without_words
from yishi.hooks.address import checked
from yishi.hooks.message import Message, headers_of, message_of
from yishi.hooks.posting import Posted, Poster
from yishi.hooks.store import Endpoint, HookStore
from yishi.ledger.reader import Entry, LedgerReader

log = structlog.get_logger("yishi.hooks")

AT_ONCE_SECONDS = 5.0  # of telling, then its workflow notes how far it came
PAGE = 200
TOKEN_ENDED = "token-ended"  # a word for the list
GONE = "gone"


class Next(NamedTuple):
    """What is to be told, and by whom it is signed. `wanted`: it was given up before, and is sent again."""

    endpoint: Endpoint
    before: int
    position: int
    message: Message
    wanted: bool


def utc_now() -> datetime:
    return datetime.now(UTC)


class Teller:
    """Implements `domain.hooks.Telling`.

    Args:
        now: the ledger's clock, by which tokens end.
    """

    def __init__(self, ledger: LedgerReader, store: HookStore, poster: Poster, now: Callable[[], datetime]) -> None:
        self._ledger, self._store, self._poster, self._now = ledger, store, poster, now
        self._units_of = units_in(ledger)

    async def tell(self, endpoint: str, session: str, at: datetime) -> Tried:
        """Tell what is next, and on, for a few seconds. `at`: the workflow's time, which may be ahead of the clock of this machine."""
        until, ahead, count = time.monotonic() + AT_ONCE_SECONDS, at - utc_now(), 0
        while time.monotonic() < until:
            found = await asyncio.to_thread(self._next, endpoint, session)
            if isinstance(found, Tried):
                return found
            at = max(at, utc_now() + ahead, utc_now())
            posted = await self._posted(found, at)
            tried = await asyncio.to_thread(self._noted, found, session, posted, at)
            if tried is not None:
                return tried
            count += 1
        return Tried(state="told")

    async def give_up(self, endpoint: str, session: str, failing: Failing, why: str, at: datetime) -> None:
        if await asyncio.to_thread(self._store.give_up, endpoint, session, failing, why, at):
            log.warning("hooks.given_up", webhook=endpoint, session=session, position=failing.position, why=why)

    async def _posted(self, found: Next, at: datetime) -> Posted:
        endpoint, message = found.endpoint, found.message
        return await self._poster.post(endpoint.url, headers_of(message, endpoint.secrets(at), at), message.body)

    def _noted(self, found: Next, session: str, posted: Posted, at: datetime) -> Tried | None:
        """Keep what came of it; None: it was taken in."""
        endpoint, position = found.endpoint.id, found.position
        if found.wanted:
            self._store.sent_again(endpoint, position, posted.why, at)
            return None
        if not posted.why:
            self._store.told(endpoint, session, found.before, position, at)
            log.debug("hooks.told", webhook=endpoint, session=session, position=position)
            return None
        if posted.gone:
            self._pause(endpoint, GONE)
            return Tried(state="closed", why=GONE)
        if not self._store.failed(endpoint, session, found.before, position, posted.why, at):
            return Tried(state="told")  # somebody wants events told again
        log.info("hooks.not_taken_in", webhook=endpoint, session=session, position=position, why=posted.why)
        return Tried(state="failed", position=position, why=posted.why, wait_seconds=posted.wait_seconds)

    def _next(self, endpoint: str, session: str) -> Next | Tried:
        register: Register = self._ledger.state(REGISTER)
        kept, asked = self._store.endpoint(endpoint), register.webhooks.get(endpoint)
        if kept is None or asked is None or kept.paused is not None or not fits(kept, asked):
            return Tried(state="closed")
        hearing = hearing_of(register, asked, self._now())
        if hearing is None:
            self._pause(endpoint, TOKEN_ENDED)
            return Tried(state="closed", why=TOKEN_ENDED)
        wanted = self._store.wanted(endpoint, session)
        if wanted is not None:
            entry = self._ledger.notifications(after=wanted - 1, limit=1)[0]
            if self.takes(hearing, entry):
                return Next(kept, wanted, wanted, self._message(hearing, endpoint, entry), wanted=True)
            self._store.sent_again(endpoint, wanted, "not-heard", utc_now())
        return self._next_in_line(kept, hearing, session)

    def _next_in_line(self, kept: Endpoint, hearing: Hearing, session: str) -> Next | Tried:
        before = self._store.position(kept.id, session) or 0
        while True:
            entries = self._ledger.notifications(before, PAGE, session)
            for entry in entries:
                if self.takes(hearing, entry):
                    return Next(kept, before, entry.position, self._message(hearing, kept.id, entry), wanted=False)
            if not entries:
                return Tried(state="nothing")
            passed = entries[-1].position
            if not self._store.told(kept.id, session, before, passed, None):
                return Tried(state="told")  # somebody wants events told again
            before = passed

    def takes(self, hearing: Hearing, entry: Entry) -> bool:
        """Whether an event is sent. Who takes a ballot, and when, leaves this machine for nobody."""
        name = entry.envelope.name
        return name not in TAKES_A_BALLOT and hearing.takes(entry.envelope.stream, name, self._units_of)

    def _message(self, hearing: Hearing, endpoint: str, entry: Entry) -> Message:
        whole = without_words(told(self._ledger, entry))
        return message_of(endpoint, whole if hearing.whole else unsaid(whole), self._ledger.leaf(entry.position))

    def _pause(self, endpoint: str, why: str) -> None:
        if self._store.pause(endpoint, why, utc_now()):
            log.warning("hooks.paused", webhook=endpoint, why=why)


def fits(kept: Endpoint, asked: WebhookAdded) -> bool:
    """Whether it goes where the record says; not so if this machine stopped while it was changed."""
    return checked(kept.url).machine == asked.machine


def hearing_of(register: Register, asked: WebhookAdded, now: datetime) -> Hearing | None:
    """What a webhook is told of, by the rights that its token has now; None: it has none any more."""
    who = standing(register, asked.token, now)
    return None if who is None else Hearing(who, asked.bodies, asked.kinds)
