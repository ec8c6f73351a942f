"""What the matters of a session are told when its record changes: that it was closed, that one of its entries was struck."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from domain.calendar import legal_date
from domain.matter.told import told as told_by
from domain.progress import session_of
from domain.session.decider import law_on
from domain.session.state import Session
from domain.submission import Answer, Submission
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.trouble import Trouble
from yishi.waking import Waking

log = structlog.get_logger("yishi")

AT_ONCE = 16


class Telling:
    """Tells matters, by acts of the engine's own that `submit` takes."""

    def __init__(
        self, ledger: Ledger, laws: LawLibrary, waking: Waking, submit: Callable[[Submission], Awaitable[Answer]]
    ) -> None:
        self._ledger, self._laws, self._waking, self._submit = ledger, laws, waking, submit

    async def tell(self, session: str, recorded_at: datetime | None = None) -> None:
        """Tell the matters of one session. Those that were told already, or have nothing to be told, are left alone."""
        telling = [a for a in self._telling(session) if self._ledger.answer_of(a.command_id) is None]
        for i in range(0, len(telling), AT_ONCE):
            batch = telling[i : i + AT_ONCE]
            await asyncio.gather(*(self._submit(a.model_copy(update={"recorded_at": recorded_at})) for a in batch))

    async def tell_all(self) -> None:
        """At a start: what matters were not told because the machine stopped in between."""
        streams = self._waking.progress()
        for session in sorted({session_of(s) for s, p in streams.items() if s != session_of(s) and p.facts}):
            try:
                await self.tell(session)
            except Trouble as trouble:  # the next start tries again
                log.warning("not-told", session=session, en=trouble.text.en)

    def _telling(self, session: str) -> list[Submission]:
        """What the matters of a session are to be told as its record stands, whether or not they were."""
        house = session.removesuffix("session/1")
        matters = {s: p for s, p in self._waking.progress().items() if s.startswith(f"{house}matter/") and p.facts}
        state: Session = self._ledger.state(session)
        if not matters or not state.registered:
            return []
        closed = state.facts.get("closed")
        law = law_on(self._laws.edition(state.edition), state.plan, legal_date(closed.at)) if closed else None
        return list(told_by(state, matters, law))
