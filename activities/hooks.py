"""The doors out of a webhook's workflow: to the endpoint, and to where it is kept how far it was told."""

from datetime import datetime

from temporalio import activity

from activities.beating import beating
from domain.hooks import Failing, Telling, Tried


class HookDoors:
    """The activities, with who tells handed in."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling

    @activity.defn(name="tell-endpoint")
    async def tell(self, endpoint: str, session: str, at: datetime) -> Tried:
        """Tell an endpoint what is next. Done again after a death it may tell it twice, under the same id."""
        async with beating():
            return await self._telling.tell(endpoint, session, at)

    @activity.defn(name="give-up-event")
    async def give_up(self, endpoint: str, session: str, failing: Failing, why: str, at: datetime) -> None:
        """Put aside what an endpoint does not take in. Done again it changes nothing."""
        await self._telling.give_up(endpoint, session, failing, why, at)
