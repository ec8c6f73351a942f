"""What is sent and told of webhooks, as models: they make the OpenAPI document true."""

from typing import Annotated

from fastapi import Path
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from domain.access.of_register import Body
from domain.access.webhooks import EventKind, WebhookId
from yishi.api import bodies
from yishi.api.stream_calls import MOST_KINDS
from yishi.hooks.address import LONGEST

Address = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
Kinds = Annotated[tuple[EventKind, ...], Field(max_length=MOST_KINDS)]
Bodies = Annotated[tuple[Body, ...], Field(max_length=500)]
Position = Annotated[int, Field(ge=0, le=2**53)]
Named = Annotated[WebhookId, Path()]


class WebhookBody(bodies.Sent):
    """Where events are to be sent. `bodies`, `kinds`: which; none: all the token hears. `after`: beyond which position; none: from now on."""

    command_id: bodies.CommandId | None = None
    url: Address
    bodies: Bodies = ()
    kinds: Kinds = ()
    after: Position | None = None


class WebhookChange(bodies.Sent):
    """What is to be otherwise; what is left out stays. `paused`: hold it up, or let it go on."""

    url: Address | None = None
    bodies: Bodies | None = None
    kinds: Kinds | None = None
    paused: bool | None = None


class ReplayBody(bodies.Sent):
    """From which position everything is told again. `session`: of that one alone."""

    after: Position
    session: Annotated[str, Field(pattern=bodies.SESSION)] | None = None


class LineTold(BaseModel):
    """One session: told up to `position`; or `failing`, the event that is not taken in, and why, since when."""

    session: str
    position: int
    told_at: AwareDatetime | None
    failing: int | None
    why: str | None
    since: AwareDatetime | None


class WebhookTold(BaseModel):
    """A webhook. `url` is told to who may change it, `secret` in the answer that made it alone.

    `state`: open, paused or lost; `why` it is paused: `by-hand`, `token-ended`, or `gone`, because the endpoint said so (410).
    """

    id: str
    token: str
    machine: str
    url: str | None
    bodies: tuple[str, ...]
    kinds: tuple[str, ...]
    state: str
    why: str | None
    lines: list[LineTold]
    dead: int
    secret: str | None = None
    old_until: AwareDatetime | None = Field(default=None, description="until when the secret of before signs too")


class DeadTold(BaseModel):
    """An event that was not taken in for three days. `wanted`: it is being sent again."""

    position: int
    session: str
    why: str
    since: AwareDatetime
    at: AwareDatetime
    tries: int
    wanted: bool


class PingTold(BaseModel):
    """`taken`: whether the endpoint took it in; else why not."""

    taken: bool
    why: str
