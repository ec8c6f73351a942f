"""The engine as it is for whoever asks now: every act passes here, is held against their rights, and goes on with who entered it.

No call of the door can leave that out, because the door has no other engine.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from domain.access.register import REGISTER
from domain.access.rights import Denied
from domain.matter.matter import Matter
from domain.submission import COMMANDS, Answer, Asked, Submission
from domain.text import Text
from yishi.access.principal import CURRENT, Principal
from yishi.access.signed import checked_signature
from yishi.engine import Engine, SignatureFails
from yishi.ledger.reader import LedgerReader
from yishi.ledger.vault import Vault
from yishi.ledger.verification import Verification
from yishi.trouble import Trouble


class Forbidden(Trouble):
    """Their token does not allow it. `tried`: an act, or `read:` and a kind of reading."""

    says = Text("{told}", "{told}")

    def __init__(self, denied: Denied, tried: str, session: str | None = None) -> None:
        super().__init__(told=denied.says)
        self.denied, self.tried, self.session = denied, tried, session


NOBODY = Denied("nobody", Text("没有人在办理", "nobody is acting"))
OF_THE_REGISTER = Denied(
    "register",
    Text("令牌和公钥由 /v1/tokens、/v1/keys 办理", "tokens and keys have calls of their own: /v1/tokens, /v1/keys"),
)


def asking() -> Principal:
    """Whose request this is.

    Raises:
        Forbidden: nobody's.
    """
    who = CURRENT.get()
    if who is None:
        raise Forbidden(NOBODY, "nothing")
    return who


def permit(act: str, office: str, stream: str | None) -> None:
    """Hold an act against the rights of whoever asks, before anything else of it is looked at; `stream` None: not known yet.

    Raises:
        Forbidden.
    """
    who, session = asking(), session_in(stream) if stream else None
    command = COMMANDS.get(act)
    if command is None:
        return  # they are told that there is no such act
    denied = OF_THE_REGISTER if command.stream_kind == "register" else who.may(act, office, session)
    if denied is not None:
        raise Forbidden(denied, act, session)


def session_in(stream: str) -> str:
    """`{congress}/{term}-{session}` of a stream, or what stands in its place."""
    return "/".join(stream.split("/")[:2])


class Sealing:
    """Names under their persons' keys: sealed and opened over the door. To forget somebody is no call of it."""

    def __init__(self, vault: Vault) -> None:
        self.seal, self.seal_all, self.open, self.persons = vault.seal, vault.seal_all, vault.open, vault.persons


class Taking(Protocol):
    """Who takes an act in, with the record it stands in and the time by which it is taken."""

    @property
    def ledger(self) -> LedgerReader: ...

    async def submit(self, submission: Submission) -> Answer: ...

    def now(self) -> datetime: ...


class Guarded:
    """What the calls of the door have of an engine: acts and questions, held against the rights of whoever asks; and what they read.

    Nothing else of the engine can be reached from here: what it does by itself, it does as itself.

    Attributes:
        ledger: a reader of its own, which cannot write. names: seals and opens them. evidence: files by their digest.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.folder, self.laws, self.ledger = engine.folder, engine.laws, engine.reading
        self.names, self.evidence = Sealing(engine.vault), engine.evidence

    def now(self) -> datetime:
        """The record's own time."""
        return self._engine.now()

    def verify(self) -> Verification:
        """Check the whole record as it stands."""
        return self._engine.verify()

    def second_copy(self) -> dict[str, Any] | None:
        """How the second copy stands; None where there is none."""
        return self._engine.mirror.standing.as_json() if self._engine.mirror else None

    async def submit(self, submission: Submission) -> Answer:
        """As `Engine.submit`, for whoever asks.

        Raises:
            Forbidden: their token does not allow it, or a signature does not hold.
        """
        who = asking()
        if _by_itself(who, submission):  # a hall signs in by the hundred: nothing has to be read for it
            return await self._engine.submit(self._entered(who, submission))
        entered = await asyncio.to_thread(self._entered, who, submission)
        with _signed_still(submission.act, session_in(submission.stream)):
            return await self._engine.submit(entered)

    async def hold(self, submission: Submission) -> None:
        """Hold an act against the rights of whoever asks, before anything is begun for it. `submit` does so once more.

        Raises:
            Forbidden.
        """
        who = asking()
        if _by_itself(who, submission):
            self._entered(who, submission)
        else:
            await asyncio.to_thread(self._entered, who, submission)

    async def submit_together(self, submissions: Sequence[Submission]) -> list[Answer]:
        """As `Engine.submit_together`, for whoever asks: one that is not theirs, and none is recorded.

        Raises:
            Forbidden.
        """
        entered = await asyncio.to_thread(lambda who: [self._entered(who, each) for each in submissions], asking())
        with _signed_still("batches"):
            return await self._engine.submit_together(entered)

    async def ask(self, submission: Submission) -> Asked:
        """As `Engine.ask`, for whoever asks: what one may not do one is not told about.

        Raises:
            Forbidden.
        """
        who = asking()
        await asyncio.to_thread(self._rights, who, submission)
        entered = submission.model_copy(
            update={"actor": who.entering(submission.act, submission.actor), "signature": None}
        )
        return await self._engine.ask(entered)

    def _entered(self, who: Principal, submission: Submission) -> Submission:
        """The act with who enters it, if it is theirs to enter, and with what they signed."""
        self._rights(who, submission)
        found = checked_signature(self.ledger, who, submission, self.now())
        if isinstance(found, Denied):
            raise Forbidden(found, submission.act, session_in(submission.stream))
        changed = {"actor": who.entering(submission.act, submission.actor), "signature": found}
        return submission.model_copy(update=changed)

    def _rights(self, who: Principal, submission: Submission) -> None:
        permit(submission.act, submission.actor.office, submission.stream)
        denied = who.may_speak(submission.act, submission.actor, submission.fields)
        if denied is None and who.own == "unit" and "/matter/" in submission.stream:
            denied = who.may_handle(_units(self.ledger.state(submission.stream)))
        if denied is not None:
            raise Forbidden(denied, submission.act, session_in(submission.stream))


class AtTheRegister:
    """The way of the register's own acts, for the calls that ask for rights of their own: tokens, keys, and what was denied."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.ledger: LedgerReader = engine.reading

    def now(self) -> datetime:
        """The record's own time."""
        return self._engine.now()

    async def submit(self, submission: Submission) -> Answer:
        """As `Engine.submit`, of the register's acts alone.

        Raises:
            Forbidden: it is an act of something else.
        """
        if submission.stream != REGISTER:
            raise Forbidden(OF_THE_REGISTER, submission.act)
        return await self._engine.submit(submission)


@contextmanager
def _signed_still(tried: str, session: str | None = None) -> Iterator[None]:
    """A signature that held when the act came, and not when its turn came, is told like one that never did."""
    try:
        yield
    except SignatureFails as fails:
        raise Forbidden(Denied(fails.word, fails.text), tried, session) from fails


def _by_itself(who: Principal, submission: Submission) -> bool:
    """Whether the rights to an act can be told without looking at the record: nobody's own, and nobody's signature."""
    return submission.signature is None and submission.actor.person is None and who.person is None and not who.own


def _units(matter: Matter) -> tuple[str, ...]:
    return (matter.unit, *matter.co_units)


__all__ = ["AtTheRegister", "Forbidden", "Guarded", "Taking", "asking", "permit"]
