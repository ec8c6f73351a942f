"""Tokens and keys over the door: issued once and shown once, listed by id, revoked for good."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Path, Response
from pydantic import AwareDatetime, BaseModel, Field

from domain.access.register import (
    REGISTER,
    ActName,
    ArrangeOffice,
    Body,
    IssueToken,
    KeyId,
    Person,
    PublicKey,
    Register,
    RegisterKey,
    RevokeKey,
    RevokeToken,
    TokenId,
    TokenIssued,
    Unit,
)
from domain.access.rights import Denied
from domain.access.roles import ROLES
from domain.refusals import Refusal
from domain.submission import COMMANDS, Actor, Answer, Office, Receipt, Role, Submission
from domain.text import Text
from yishi.access.keyring import Keyring, id_for
from yishi.access.principal import OFFICE, Principal
from yishi.api import bodies
from yishi.api.acting import answered, now, submitted
from yishi.api.faults import NotWell, declared
from yishi.api.guard import Forbidden, Taking, asking
from yishi.api.strict import StrictRoute, keyed
from yishi.moment import Moment

LASTS = timedelta(days=366)
"""How long a token holds when nobody says."""
NO_SUCH_ACT = Text("没有“{act}”这种行为;全部行为见 /v1/acts", "there is no act {act}; see /v1/acts")
OFFICE_ONLY = Text(
    "只有本机的首个令牌(office)可以发放令牌、登记公钥、设定分工",
    "only the folder's first token (office) issues tokens, registers keys and arranges the office",
)
OFFICE_STAYS = Text(
    "首个令牌(office)不在此停用:用 yishi serve --new-token 换发",
    "the first token (office) is not revoked: serve --new-token gives another",
)


class TokenBody(bodies.Sent):
    """A token to be given out. `bodies`: congresses (`xiuzhou`) or sessions (`xiuzhou/10-4`); none: all."""

    command_id: bodies.CommandId | None = None
    role: Role
    person: Person | None = None
    unit: Unit | None = None
    bodies: Annotated[tuple[Body, ...], Field(max_length=500)] = ()
    acts: Annotated[tuple[ActName, ...], Field(max_length=500)] | None = None
    as_offices: tuple[Office, ...] | None = None
    expires: Moment | None = Field(default=None, description="a year from now when left out")


class TokenTold(BaseModel):
    """A token by its id. `state`: holds, revoked or expired. `token` is in clear, and there only in the answer to its issuing."""

    id: str
    role: Role
    person: str | None
    unit: str | None
    bodies: tuple[str, ...]
    acts: tuple[str, ...] | None
    as_offices: tuple[str, ...] | None
    expires: AwareDatetime | None
    state: str
    token: str | None = None


class KeyBody(bodies.Sent):
    """A person's public key: Ed25519, 32 bytes in Base64. `required`: from now on their own acts have to be signed."""

    key: KeyId
    person: Person
    public: PublicKey
    required: bool = False


class KeyTold(KeyBody):
    state: str


class OfficeBody(bodies.Sent):
    one_person: bool


def token_calls(engine: Taking, keyring: Keyring) -> APIRouter:
    """`engine`: the way of the register's own acts, whose rights are asked for here."""
    router = APIRouter(prefix="/v1", tags=["access"], route_class=StrictRoute)
    refused: dict[int | str, dict[str, Any]] = {409: {"model": bodies.Refused, "description": "Refused / 不予办理"}}

    async def recorded(act: str, fields: dict[str, Any], command_id: str, at: datetime) -> Answer:
        who = asking()
        actor = Actor(office="secretariat", role=who.role, token=who.id, one_person=True if who.one_person else None)
        asked = Submission(command_id=command_id, stream=REGISTER, actor=actor, at=at, act=act, fields=fields)
        answer = await submitted(engine, asked, at_left_out=True)
        await asyncio.to_thread(keyring.look)
        return answer

    @router.get("/me", response_model=TokenTold, responses=declared(), summary="What the token shown may do")
    async def me() -> Any:
        who = asking()
        told = who.model_dump(include={"id", "role", "person", "unit", "bodies", "acts", "expires"})
        return told | {"as_offices": who.offices, "state": "holds"}

    @router.get("/tokens", response_model=list[TokenTold], responses=declared(503), summary="The tokens given out")
    async def tokens() -> Any:
        await asyncio.to_thread(keyring.look)
        register, moment = keyring.register, now(engine)
        return [_told(issued, register, moment) for issued in register.tokens.values()]

    @router.post(
        "/tokens", response_model=TokenTold, responses={**declared(413, 422, 503), **refused}, dependencies=[Depends(keyed)],
        summary="Give out a token; it is shown in this answer alone",
    )  # fmt: skip
    async def issue(body: TokenBody) -> Any:
        _office_only(asking(), IssueToken.act)
        for act in body.acts or ():
            if act not in COMMANDS or COMMANDS[act].stream_kind == "register":
                raise NotWell(told=NO_SUCH_ACT.filled(act=act))
        command_id, at = body.command_id or f"token-{uuid4().hex}", now(engine)
        token = id_for(command_id)
        known = await asyncio.to_thread(engine.ledger.answer_of, command_id)
        clear = None if known is not None else await asyncio.to_thread(keyring.make, token)
        fields = body.model_dump(mode="json", exclude={"command_id"}) | {"token": token}
        fields["expires"] = (body.expires or _kept(keyring, token) or at + LASTS).isoformat()
        answer = await recorded(IssueToken.act, fields, command_id, at)
        if isinstance(answer, Refusal):
            return answered(answer)
        return _told(keyring.register.tokens[token], keyring.register, at).model_copy(update={"token": clear})

    @router.delete(
        "/tokens/{token}",
        response_model=Receipt,
        responses={**declared(404, 422, 503), **refused},
        summary="Revoke a token",
    )
    async def revoke(token: Annotated[TokenId, Path()]) -> Response:
        who = asking()
        if not (_is_office(who) or ROLES[who.role].tokens == "revoke"):
            raise Forbidden(Denied("office", OFFICE_ONLY), RevokeToken.act)
        if token == OFFICE:
            raise NotWell(told=OFFICE_STAYS)
        return answered(await recorded(RevokeToken.act, {"token": token}, f"revoke-{token}-{uuid4().hex}", now(engine)))

    @router.get("/keys", response_model=list[KeyTold], responses=declared(503), summary="The public keys on record")
    async def keys() -> Any:
        await asyncio.to_thread(keyring.look)
        register = keyring.register
        return [
            k.model_dump(include={"key", "person", "public", "required"})
            | {"state": "revoked" if k.key in register.keys_revoked else "holds"}
            for k in register.keys.values()
        ]

    @router.post(
        "/keys",
        response_model=Receipt,
        responses={**declared(413, 422, 503), **refused},
        summary="Register a public key",
    )
    async def register_key(body: KeyBody) -> Response:
        _office_only(asking(), RegisterKey.act)
        return answered(
            await recorded(RegisterKey.act, body.model_dump(mode="json"), f"key-{uuid4().hex}", now(engine))
        )

    @router.delete(
        "/keys/{key}",
        response_model=Receipt,
        responses={**declared(404, 422, 503), **refused},
        summary="Revoke a public key",
    )
    async def revoke_key(key: Annotated[KeyId, Path()]) -> Response:
        _office_only(asking(), RevokeKey.act)
        return answered(await recorded(RevokeKey.act, {"key": key}, f"revoke-key-{key}-{uuid4().hex}", now(engine)))

    @router.put(
        "/office", response_model=Receipt, responses={**declared(413, 422, 503), **refused},
        summary="Say whether one person does everything in this office, or several share the work",
    )  # fmt: skip
    async def arrange(body: OfficeBody) -> Response:
        _office_only(asking(), ArrangeOffice.act)
        return answered(await recorded(ArrangeOffice.act, body.model_dump(), f"office-{uuid4().hex}", now(engine)))

    return router


def _told(issued: TokenIssued, register: Register, moment: datetime) -> TokenTold:
    fields = issued.model_dump(include={"role", "person", "unit", "bodies", "acts", "as_offices", "expires"})
    state = "revoked" if issued.token in register.revoked else "expired" if moment >= issued.expires else "holds"
    return TokenTold(id=issued.token, state=state, **fields)


def _kept(keyring: Keyring, token: str) -> datetime | None:
    """Until when a token holds that was issued by this very request before."""
    issued = keyring.register.tokens.get(token)
    return issued.expires if issued is not None else None


def _is_office(who: Principal) -> bool:
    return who.id == OFFICE


def _office_only(who: Principal, act: str) -> None:
    if not _is_office(who):
        raise Forbidden(Denied("office", OFFICE_ONLY), act)
