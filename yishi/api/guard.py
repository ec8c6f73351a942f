"""The engine as it is for whoever asks now: every act passes here, is held against their rights, and goes on with who entered it.

No call of the door can leave that out, because the door has no other engine.
"""

import asyncio
from collections.abc import Sequence

from domain.access.rights import Denied
from domain.matter.matter import Matter
from domain.submission import COMMANDS, Answer, Asked, Submission
from domain.text import Text
from yishi.access.principal import CURRENT, Principal
from yishi.access.signed import checked_signature
from yishi.engine import Engine
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


class Guarded(Engine):
    """A running engine, for whoever asks. What the engine does by itself, it does as itself."""

    __slots__ = ("_bare",)

    def __init__(self, engine: Engine) -> None:
        self.__dict__ = engine.__dict__  # the same engine, met at the door
        self._bare = engine

    async def submit(self, submission: Submission) -> Answer:
        """As `Engine.submit`, for whoever asks.

        Raises:
            Forbidden: their token does not allow it, or a signature does not hold.
        """
        who = asking()
        if _by_itself(who, submission):  # a hall signs in by the hundred: nothing has to be read for it
            return await self._bare.submit(self._entered(who, submission))
        return await self._bare.submit(await asyncio.to_thread(self._entered, who, submission))

    async def submit_together(self, submissions: Sequence[Submission]) -> list[Answer]:
        """As `Engine.submit_together`, for whoever asks: one that is not theirs, and none is recorded.

        Raises:
            Forbidden.
        """
        entered = await asyncio.to_thread(lambda who: [self._entered(who, each) for each in submissions], asking())
        return await self._bare.submit_together(entered)

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
        return await self._bare.ask(entered)

    def _entered(self, who: Principal, submission: Submission) -> Submission:
        """The act with who enters it, if it is theirs to enter, and with what they signed."""
        self._rights(who, submission)
        found = checked_signature(self.ledger, who, submission, self.ledger.now())
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


def _by_itself(who: Principal, submission: Submission) -> bool:
    """Whether the rights to an act can be told without looking at the record: nobody's own, and nobody's signature."""
    return submission.signature is None and submission.actor.person is None and who.person is None and not who.own


def _units(matter: Matter) -> tuple[str, ...]:
    return (matter.unit, *matter.co_units)


__all__ = ["Forbidden", "Guarded", "asking", "permit"]
