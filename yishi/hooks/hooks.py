"""The webhooks of a folder, for whoever looks after them: what there is, and what may be done with one beside what the record keeps of it."""

import asyncio
from datetime import timedelta
from typing import NamedTuple

import structlog

from domain.access.register import REGISTER, Register
from domain.access.webhooks import WebhookAdded
from yishi.hooks.address import Address
from yishi.hooks.message import headers_of, new_secret, ping
from yishi.hooks.posting import Posted, Poster
from yishi.hooks.store import DeadLetter, Endpoint, HookStore, Standing
from yishi.hooks.telling import TOKEN_ENDED, fits, hearing_of, utc_now
from yishi.hooks.troubles import BeyondTheEnd, Lost, NoLongerOpens, NoSuchDeadLetter, NoSuchWebhook, TooManyWebhooks
from yishi.hooks.watching import Watching
from yishi.ledger.ledger import Ledger

log = structlog.get_logger("yishi.hooks")

MOST = 500
BOTH_HOLD = timedelta(days=1)
"""So long the secret of before goes on signing beside a new one."""
BY_HAND = "by-hand"


class Webhook(NamedTuple):
    """One webhook: what the record says of it, and what is kept here. `state`: open, paused or lost; `why`: if it is paused."""

    asked: WebhookAdded
    kept: Endpoint | None
    state: str
    why: str | None


class Hooks:
    """Everything that is done with webhooks but recording them: that is an act, and comes by the engine."""

    def __init__(self, ledger: Ledger, store: HookStore, poster: Poster, watching: Watching) -> None:
        self._ledger, self._store, self._poster, self._watching = ledger, store, poster, watching

    def all(self) -> list[Webhook]:
        register: Register = self._ledger.state(REGISTER)
        kept = {each.id: each for each in self._store.endpoints()}
        return [self._told(register, asked, kept.get(name)) for name, asked in register.webhooks.items()]

    def one(self, webhook: str) -> Webhook:
        """
        Raises:
            NoSuchWebhook.
        """
        register: Register = self._ledger.state(REGISTER)
        if webhook not in register.webhooks:
            raise NoSuchWebhook(webhook=webhook)
        return self._told(register, register.webhooks[webhook], self._store.endpoint(webhook))

    @property
    def needed(self) -> bool:
        """Whether there is anything for a worker to do."""
        return self._watching.needed.is_set()

    def standings(self, webhook: str) -> list[Standing]:
        return self._store.standings(webhook)

    def dead(self, webhook: str) -> list[DeadLetter]:
        return self._store.dead(webhook)

    def counts(self) -> dict[str, float]:
        """What an operator watches; `failing_seconds`: for how long the first of those that fail has failed, 0 if none does."""
        found = self._store.counts()
        seconds = max(0.0, (utc_now() - found.since).total_seconds()) if found.since is not None else 0.0
        return {"paused": found.paused, "failing": found.failing, "failing_seconds": seconds, "dead": found.dead}

    def has_room(self) -> None:
        """
        Raises:
            TooManyWebhooks.
        """
        if len(self._store.endpoints()) >= MOST:
            raise TooManyWebhooks(most=MOST)

    def prepare(self, webhook: str, address: Address, after: int | None) -> str:
        """Keep where it goes before the record says so: it is told nothing until then. Its secret, in clear.

        Raises:
            BeyondTheEnd, TooManyWebhooks.
        """
        size = self._within(after)
        self.has_room()
        return self._store.add(webhook, address.url, new_secret(), size if after is None else after)

    def discard(self, webhook: str) -> None:
        """Forget where it goes, all that it was told, and its secrets."""
        self._store.remove(webhook)

    async def begun(self, webhook: str) -> None:
        """It is on record now: what it is to be told of before is told."""
        await self._look(webhook, "added")

    async def moved(self, webhook: str, address: Address | None) -> None:
        """It goes elsewhere, or hears something else."""
        if address is not None:
            await asyncio.to_thread(self._store.move, webhook, address.url)
        await self._look(webhook, "changed")

    def renew(self, webhook: str) -> tuple[str, str]:
        """A new secret, and until when the one of before signs too (ISO 8601)."""
        secret, until = new_secret(), utc_now() + BOTH_HOLD
        self._store.renew(webhook, secret, until)
        return secret, until.isoformat()

    async def pause(self, webhook: str) -> None:
        if await asyncio.to_thread(self._store.pause, webhook, BY_HAND, utc_now()):
            log.info("hooks.paused", webhook=webhook, why=BY_HAND)
        lines = await asyncio.to_thread(self._store.standings, webhook)
        await self._watching.look(webhook, [each.session for each in lines if each.failing is not None], "pause")

    async def resume(self, webhook: str) -> None:
        """
        Raises:
            NoLongerOpens: its token has ended. Lost.
        """
        found = self.whole(await asyncio.to_thread(self.one, webhook))
        if hearing_of(self._ledger.state(REGISTER), found.asked, self._ledger.now()) is None:
            raise NoLongerOpens(token=found.asked.token)
        await asyncio.to_thread(self._store.resume, webhook)
        log.info("hooks.resumed", webhook=webhook)
        await self._look(webhook, "resume")

    async def replay(self, webhook: str, after: int, session: str | None) -> None:
        """Have what is beyond a position told again, of one session or of all.

        Raises:
            BeyondTheEnd.
        """
        await asyncio.to_thread(self._within, after)
        sessions = [session] if session is not None else await asyncio.to_thread(self._watching.sessions)
        await asyncio.to_thread(self._store.go_back, webhook, after, sessions)
        log.info("hooks.replay", webhook=webhook, after=after, session=session)
        await self._look(webhook, "replay")

    async def resend(self, webhook: str, position: int) -> None:
        """Have an event sent again that was given up, once.

        Raises:
            NoSuchDeadLetter.
        """
        session = await asyncio.to_thread(self._store.want, webhook, position)
        if session is None:
            raise NoSuchDeadLetter(position=position)
        await self._watching.look(webhook, [session], "resend")

    async def ping(self, webhook: str) -> Posted:
        """Send something that is in no record, now and once; what came of it."""
        kept = self.whole(await asyncio.to_thread(self.one, webhook)).kept
        assert kept is not None
        now = utc_now()
        message = ping(webhook, now)
        return await self._poster.post(kept.url, headers_of(message, kept.secrets(now), now), message.body)

    @staticmethod
    def whole(found: Webhook) -> Webhook:
        """
        Raises:
            Lost: the record knows it, and this machine does not.
        """
        if found.kept is None:
            raise Lost(webhook=found.asked.webhook)
        return found

    def _told(self, register: Register, asked: WebhookAdded, kept: Endpoint | None) -> Webhook:
        if kept is None or not fits(kept, asked):
            return Webhook(asked, None, "lost", None)
        if kept.paused is None and hearing_of(register, asked, self._ledger.now()) is None:
            return Webhook(asked, kept, "paused", TOKEN_ENDED)
        return Webhook(asked, kept, "open" if kept.paused is None else "paused", kept.paused)

    def _within(self, after: int | None) -> int:
        size = self._ledger.head().size
        if after is not None and after > size:
            raise BeyondTheEnd(size=size, after=after)
        return size

    async def _look(self, webhook: str, why: str) -> None:
        await self._watching.look(webhook, await asyncio.to_thread(self._behind, webhook), why)

    def _behind(self, webhook: str) -> list[str]:
        register: Register = self._ledger.state(REGISTER)
        asked = register.webhooks.get(webhook)  # somebody may have ended it meanwhile
        hearing = hearing_of(register, asked, self._ledger.now()) if asked is not None else None
        return [] if hearing is None else self._watching.behind(webhook, hearing)
