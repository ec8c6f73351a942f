"""What the matters of a session are told when its record changes: that it was closed, that one of its entries was struck."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from domain.calendar import legal_date
from domain.matter.told import told as told_by
from domain.progress import Progress, session_of
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
        await self._tell(session, matters_by_session(self._waking.progress()).get(session, {}), recorded_at)

    async def tell_all(self) -> None:
        """At a start: what matters were not told because the machine stopped in between."""
        for session, matters in sorted(matters_by_session(self._waking.progress()).items()):
            try:
                await self._tell(session, matters, None)
            except Trouble as trouble:  # the next start tries again
                log.warning("not-told", session=session, en=trouble.text.en)

    async def _tell(self, session: str, matters: Mapping[str, Progress], recorded_at: datetime | None) -> None:
        telling = await asyncio.to_thread(self._telling, session, matters)
        for i in range(0, len(telling), AT_ONCE):
            batch = telling[i : i + AT_ONCE]
            await asyncio.gather(*(self._submit(a.model_copy(update={"recorded_at": recorded_at})) for a in batch))

    def _telling(self, session: str, matters: Mapping[str, Progress]) -> list[Submission]:
        """What the matters of a session are yet to be told as its record stands."""
        state: Session = self._ledger.state(session)
        if not matters or not state.registered:
            return []
        closed = state.facts.get("closed")
        law = law_on(self._laws.edition(state.edition), state.plan, legal_date(closed.at)) if closed else None
        return [each for each in told_by(state, matters, law) if self._ledger.answer_of(each.command_id) is None]


def matters_by_session(streams: Mapping[str, Progress]) -> dict[str, dict[str, Progress]]:
    """The matters on record, by the session that each belongs to."""
    found: dict[str, dict[str, Progress]] = {}
    for stream, progress in streams.items():
        if progress.facts and (session := session_of(stream)) != stream:
            found.setdefault(session, {})[stream] = progress
    return found
