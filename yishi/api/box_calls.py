"""Electronic ballot boxes over the door: a ballot issued by name, cast without one; closed; and handed to those who hold the key.

Nothing here is logged, and every answer to a cast is as long as any other of its kind: the body of a request and of its answer has the same
number of bytes whatever the ballot says.
"""

import asyncio
import json
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field

from domain.ballot.box import BoxKeys
from domain.ballot.closing import CloseBox
from domain.ballot.counting import VoteFigures
from domain.ballot.form import Form
from domain.election.tally import Figures
from domain.refusals import Refusal
from domain.session.parts import Code, DeputyId
from domain.submission import Actor, ActorSignature, Receipt, Submission
from domain.text import Text
from yishi.api import bodies
from yishi.api.acting import answered, checked, from_outside, now, submitted
from yishi.api.faults import WORDS, Described, Fault, declared
from yishi.api.guard import Guarded
from yishi.api.problems import KINDS, Problem
from yishi.api.reading_calls import OF_SESSION, Congress, Number
from yishi.api.strict import StrictRoute, keyed
from yishi.ballots.boxes import Boxes
from yishi.ballots.forms import proposed
from yishi.ballots.urn import Put
from yishi.engine import NoSuchSession, NotTaken
from yishi.moment import Moment
from yishi.sealed.hpke import from_text, to_text

BoxCode = Annotated[Code, Path()]
Bytes = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=40_000)]
OF_BOX = OF_SESSION + "/boxes/{box}"

CAST_OTHER = Text(
    "凭这个令牌已经投过票,票箱中的票不能更换", "a ballot of this token is in the box already: it cannot be replaced"
)
CAST_COPY = Text(
    "这张密封的选票与箱中的一张完全相同,不予接收;请重新密封",
    "this sealed ballot is a copy of one in the box: seal it anew",
)


OTHER, COPY = ("AlreadyCast", CAST_OTHER, "already-cast"), ("CopyOfAnother", CAST_COPY, "copy-of-another")


SIGNATURE = "the actor's own, over the canonical command; it takes `at` and `command_id`"


class IssueBody(bodies.Sent):
    """Who gets a ballot. The door's token vouches for whoever asks."""

    deputy: DeputyId
    actor: Actor = Actor(office="scrutineer")
    at: Moment | None = None
    command_id: bodies.CommandId | None = None
    signature: ActorSignature | None = Field(default=None, description=SIGNATURE)


class CastBody(bodies.Sent):
    """A sealed ballot and the token it was issued with, both in Base64; nobody's name."""

    token: Bytes
    sealed: Bytes


class BoxPlace(bodies.Sent):
    congress: Congress
    number: Number
    box: Code


CAST_DECLARED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in BoxPlace.model_json_schema()["properties"].items()
    ],
    "requestBody": {"required": True, "content": {"application/json": {"schema": CastBody.model_json_schema()}}},
}
"""What a cast takes, for the OpenAPI document. It is read from the request by hand: the framework's own way takes half as long again, and all
deputies cast at once."""


class CloseBody(bodies.Sent):
    command_id: bodies.CommandId
    actor: Actor
    at: Moment | None = None
    lost: bool = Field(default=False, description="the ballots are gone with their disk; none are recorded as returned")
    signature: ActorSignature | None = Field(default=None, description=SIGNATURE)


class WakeBody(bodies.Sent):
    key: Bytes = Field(description="what key holders unsealed from `restart`, in Base64")


class Issued(BaseModel):
    """What the voter's program needs. `seal` is the public key, `token` is shown when the ballot is cast."""

    token: str
    suite: str
    seal: str
    form: Form


class CastTold(BaseModel):
    outcome: Literal["taken"]


class NotCast(Described):
    """`AlreadyCast`: another ballot of this token is in the box. `CopyOfAnother`: the very same is there under another token."""

    outcome: Literal["refused"]
    reason: Literal["AlreadyCast", "CopyOfAnother"]


class CameOut(BaseModel):
    """What key holders had recorded of a box. `ballots`: digest of the file of ballots in clear. `attested`: by whom."""

    ballots: str
    figures: Figures | None
    vote: VoteFigures | None
    void: dict[str, int]
    attested: list[str]


class BoxTold(BaseModel):
    """How a box stands. `asleep`: the service was restarted; `restart` is what key holders unseal to wake the box."""

    box: str
    state: str
    issued: int
    returned: int
    asleep: bool
    restart: str | None
    keys: BoxKeys
    form: Form
    holders: list[str]
    root: str | None
    if_fewer: str
    came_out: CameOut | None


class FormTold(BaseModel):
    outcome: Literal["form"]
    form: Form


class BallotsTold(BaseModel):
    """The sealed ballots of a closed box in the order of their bytes, in Base64."""

    ballots: list[str]


class BoxesNotHere(NotTaken):
    says = Text(
        "电子票箱由另一个接口进程掌管(YISHI_DOOR_BOXES=1)。请把 /v1/sessions/*/boxes 的请求转到那里",
        "another door has the electronic ballot boxes (YISHI_DOOR_BOXES=1): send what goes to /v1/sessions/*/boxes there",
    )

    def __init__(self) -> None:
        super().__init__(why="")


class Elsewhere:
    """Stands where the boxes would, in a process that has none: whatever is asked of it, it says who has them."""

    def __getattr__(self, name: str) -> Any:
        raise BoxesNotHere


def box_calls(engine: Guarded, boxes: Boxes | Elsewhere) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["boxes"], route_class=StrictRoute)
    refused: dict[int | str, dict[str, Any]] = {
        409: {"model": bodies.RefusedProblem, "description": "A rule stands against it / 依规定不予办理"}
    }

    def registered(session: str) -> str:
        if not engine.ledger.state(f"{session}/session/1").registered:
            raise NoSuchSession(stream=session)
        return session

    @router.post(
        OF_BOX + "/ballot", response_model=Issued, responses={**declared(404, 422, 503), **refused},
        dependencies=[Depends(keyed)],
        summary="Issue a deputy's ballot; asked again, the same token and no second ballot",
    )  # fmt: skip
    async def issue(congress: Congress, number: Number, box: BoxCode, body: IssueBody) -> Response:
        at, submit = body.at or now(engine), partial(submitted, engine, at_left_out=body.at is None)
        session, command_id = f"{congress}/{number}", body.command_id or ""
        from_outside(body.actor)
        given = await boxes.issue(submit, session, box, body.deputy, body.actor, at, command_id, body.signature)
        return as_json(given) if isinstance(given, dict) else answered(given)

    @router.post(
        OF_BOX + "/cast", response_model=CastTold,
        responses={**declared(404, 413, 422, 503), 409: {"model": NotCast | Fault, "description": WORDS[409]}},
        openapi_extra=CAST_DECLARED,
        summary="Put a sealed ballot into the box, without a name; sent again it is there once",
    )  # fmt: skip
    async def cast(request: Request) -> Response:
        where, body = checked(BoxPlace, request.path_params), checked(CastBody, await json_of(request))
        put = await boxes.cast(
            f"{where.congress}/{where.number}", where.box, bytes_of(body.token), bytes_of(body.sealed)
        )
        if put is Put.TAKEN:
            return as_json({"outcome": put.value})
        reason, says, name = OTHER if put is Put.OTHER else COPY
        return Problem(name, KINDS[name].title, 409, says, {"outcome": "refused", "reason": reason})

    @router.post(
        OF_BOX + "/close", response_model=Receipt, responses={**declared(404, 422, 503), **refused},
        dependencies=[Depends(keyed)],
        summary="Close a box: what lies in it is counted and recorded, and its tokens are destroyed",
    )  # fmt: skip
    async def close(congress: Congress, number: Number, box: BoxCode, body: CloseBody) -> Response:
        at, submit = body.at or now(engine), partial(submitted, engine, at_left_out=body.at is None)
        session, actor, signature = f"{congress}/{number}", body.actor, body.signature
        from_outside(actor)
        asked = Submission(
            command_id=body.command_id, stream=f"{session}/session/1", actor=actor, at=at, act=CloseBox.act,
            fields={"box": box}, signature=signature,
        )  # fmt: skip
        await engine.hold(asked)  # before anything is shut: whoever may not close it does not interrupt the ballot
        closed = await boxes.shut(submit, session, box, actor, at, body.command_id, lost=body.lost, signature=signature)
        return answered(closed)

    @router.post(
        OF_BOX + "/wake", response_model=BoxTold, responses=declared(404, 409, 422, 503),
        summary="Wake a box after a restart, with the key that its key holders unsealed",
    )  # fmt: skip
    async def wake(congress: Congress, number: Number, box: BoxCode, body: WakeBody) -> Any:
        await asyncio.to_thread(boxes.wake, f"{congress}/{number}", box, bytes_of(body.key))
        return await asyncio.to_thread(boxes.told, f"{congress}/{number}", box)

    @router.get(OF_BOX, response_model=BoxTold, responses=declared(404, 422, 503), summary="How a box stands")
    async def told(congress: Congress, number: Number, box: BoxCode) -> Any:
        return await asyncio.to_thread(boxes.told, f"{congress}/{number}", box)

    @router.get(
        OF_SESSION + "/boxes", response_model=list[BoxTold], responses=declared(404, 422, 503),
        summary="How the boxes of a session stand, in the order in which they were sealed",
    )  # fmt: skip
    async def all_told(congress: Congress, number: Number) -> Any:
        return await asyncio.to_thread(boxes.all_told, registered(f"{congress}/{number}"))

    @router.get(
        OF_BOX + "/form", response_model=FormTold, responses={**declared(404, 422, 503), **refused},
        summary="The form with which a box would be sealed now, as record, law and election method have it",
    )  # fmt: skip
    async def form(
        congress: Congress, number: Number, box: BoxCode, kind: Literal["election", "vote"], about: Code
    ) -> Response:
        of, at = registered(f"{congress}/{number}"), now(engine)
        found = await asyncio.to_thread(proposed, engine.ledger, engine.laws, of, box, kind, about, at)
        if isinstance(found, Refusal):
            return answered(found)
        return as_json({"outcome": "form", "form": found.model_dump(mode="json")})

    @router.get(
        OF_BOX + "/ballots", response_model=BallotsTold, responses=declared(404, 409, 422, 503),
        summary="The sealed ballots of a closed box",
    )  # fmt: skip
    async def ballots(congress: Congress, number: Number, box: BoxCode) -> Response:
        found = await asyncio.to_thread(boxes.ballots, f"{congress}/{number}", box)
        return as_json({"ballots": [to_text(each) for each in found]})

    return router


async def json_of(request: Request) -> Any:
    """A request's JSON, by the rules of `StrictRoute`.

    Raises:
        RequestValidationError: it is none; answered as on every other call.
    """
    try:
        return await request.json()
    except json.JSONDecodeError as wrong:
        error = {
            "type": "json_invalid",
            "loc": ("body", wrong.pos),
            "msg": "",
            "input": {},
            "ctx": {"error": wrong.msg},
        }
        raise RequestValidationError([error]) from wrong


def bytes_of(text: str) -> bytes:
    """Base64 as `Bytes` lets it pass, or nothing at all, which no length fits."""
    try:
        return from_text(text)
    except ValueError:
        return b""


def as_json(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status, media_type="application/json")
