"""Events on their way out to a webhook (事件推送): one line for each endpoint and session, on which they go one after the other."""

from typing import Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Failing(BaseModel):
    """The event at the head of a line that is not taken in. `since`: when it was first tried."""

    model_config = ConfigDict(frozen=True)
    position: int
    since: AwareDatetime
    tries: int


class Line(BaseModel):
    """What one endpoint is told of one session. `failing`: what an earlier run of its workflow left."""

    model_config = ConfigDict(frozen=True)
    endpoint: str
    session: str
    failing: Failing | None = None


class Tried(BaseModel):
    """What came of telling an endpoint what is next.

    Attributes:
        state: `told`: something was taken in, and there may be more; `nothing`: there is no more; `closed`: the endpoint is paused
            or gone; `failed`: the event at `position` was not taken in, for this `why`.
        wait_seconds: so long it asked to be left alone.
    """

    model_config = ConfigDict(frozen=True)
    state: Literal["told", "nothing", "closed", "failed"]
    position: int = 0
    why: str = ""
    wait_seconds: int = 0


class Telling(Protocol):
    """Tells endpoints; `yishi.hooks.telling.Teller`."""

    async def tell(self, endpoint: str, session: str, at: AwareDatetime) -> Tried:
        """Tell an endpoint the next events of a session. `at`: the time of the attempt."""

    async def give_up(self, endpoint: str, session: str, failing: Failing, why: str, at: AwareDatetime) -> None:
        """Put an event aside that was not taken in, so that the next has its turn."""
