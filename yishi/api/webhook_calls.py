"""Webhooks over the door: made and ended on record, looked after here, and what was given up seen and sent again."""

import asyncio
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Path, Query, Response

from domain.access.hearing import is_of
from domain.access.register import REGISTER
from domain.access.rights import Denied
from domain.access.roles import ROLES
from domain.access.webhooks import AddWebhook, ChangeWebhook, RemoveWebhook, RenewWebhookSecret
from domain.event import EVENTS, UPCASTS
from domain.refusals import Refusal
from domain.submission import Actor, Answer, Receipt, Submission
from domain.text import Text
from yishi.access.principal import OFFICE, Principal
from yishi.api import bodies
from yishi.api.acting import answered, now, submitted
from yishi.api.faults import NotWell, declared
from yishi.api.guard import Forbidden, Taking, asking
from yishi.api.stream_calls import NO_SUCH_KIND, first_words
from yishi.api.strict import StrictRoute, keyed
from yishi.api.webhook_bodies import (
    DeadTold,
    LineTold,
    Named,
    PingTold,
    ReplayBody,
    WebhookBody,
    WebhookChange,
    WebhookTold,
)
from yishi.hooks.address import checked
from yishi.hooks.hooks import Hooks, Webhook
from yishi.hooks.troubles import NoSuchWebhook

NOT_YOURS = Text(
    "这个事件推送由令牌 {token} 设立,只有它和首个令牌(office)可以这样做",
    "this webhook is of the token {token}: that one and the folder's first (office) alone may do this",
)
LOOKS_ONLY = Text("“{role}”只能查看事件推送", "the role {role} may look at webhooks and no more")

REFUSED: dict[int | str, dict[str, Any]] = {409: {"model": bodies.Refused, "description": "Refused / 不予办理"}}


class Desk:
    """Where webhooks are asked for: whose they are, and who may do what with them.

    Args:
        engine: the way of the register's own acts, whose rights are asked for here.
    """

    def __init__(self, engine: Taking, hooks: Hooks | None) -> None:
        self.engine, self._hooks = engine, hooks

    @property
    def hooks(self) -> Hooks:
        """
        Raises:
            NoSuchWebhook: in a rehearsal there are none.
        """
        if self._hooks is None:
            raise NoSuchWebhook(webhook="-")
        return self._hooks

    async def recorded(self, act: str, fields: dict[str, Any], command_id: str, at: datetime) -> Answer:
        who = asking()
        actor = Actor(office="secretariat", role=who.role, token=who.id, one_person=True if who.one_person else None)
        asked = Submission(command_id=command_id, stream=REGISTER, actor=actor, at=at, act=act, fields=fields)
        return await submitted(self.engine, asked, at_left_out=True)

    async def seen(self, webhook: str) -> Webhook:
        """One that this token may look at; another is not there for it."""
        found = await asyncio.to_thread(self.hooks.one, webhook)
        if not _sees(asking(), found):
            raise NoSuchWebhook(webhook=webhook)
        return found

    async def tended(self, webhook: str, tried: str, *, own: bool = False) -> Webhook:
        """One that this token may do something with. `own`: as its owner."""
        found, who = await self.seen(webhook), asking()
        mine = who.id in (found.asked.token, OFFICE)
        if own and not mine:
            raise Forbidden(Denied("office", NOT_YOURS.filled(token=found.asked.token)), tried)
        if not mine and not (who.role == "operator" or who.may_write() is None):
            raise Forbidden(Denied("role", LOOKS_ONLY.filled(role=who.title)), tried)
        return found

    def told(self, found: Webhook, **more: Any) -> WebhookTold:
        here, asked, kept = self.hooks, found.asked, found.kept
        mine = asking().id in (asked.token, OFFICE)
        return WebhookTold(
            id=asked.webhook, token=asked.token, machine=asked.machine, url=kept.url if kept and mine else None,
            bodies=asked.bodies, kinds=asked.kinds, state=found.state, why=found.why,
            lines=[LineTold(**each._asdict()) for each in here.standings(asked.webhook)],
            dead=len(here.dead(asked.webhook)), **more,
        )  # fmt: skip


def webhook_calls(engine: Taking, hooks: Hooks | None) -> APIRouter:
    router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], route_class=StrictRoute)
    desk = Desk(engine, hooks)
    _looking(router, desk)
    _making(router, desk)
    _changing(router, desk)
    _tending(router, desk)
    return router


def _looking(router: APIRouter, desk: Desk) -> None:
    @router.get(
        "",
        response_model=list[WebhookTold],
        responses=declared(503),
        summary="Webhooks: your own, or all for who looks after them",
    )
    async def webhooks() -> Any:
        who = asking()
        return await asyncio.to_thread(lambda: [desk.told(each) for each in desk.hooks.all() if _sees(who, each)])

    @router.get(
        "/{webhook}", response_model=WebhookTold, responses=declared(404, 422, 503), summary="How a webhook stands"
    )
    async def webhook(webhook: Named) -> Any:
        found = await desk.seen(webhook)
        return await asyncio.to_thread(desk.told, found)


def _making(router: APIRouter, desk: Desk) -> None:
    @router.post(
        "", response_model=WebhookTold, responses={**declared(404, 413, 422, 503), **REFUSED}, dependencies=[Depends(keyed)],
        summary="Have events sent somewhere; its secret is shown in this answer alone",
    )  # fmt: skip
    async def add(body: WebhookBody) -> Any:
        who, here = asking(), desk.hooks
        if (denied := who.may_write()) is not None:
            raise Forbidden(denied, AddWebhook.act)
        known_kinds(body.kinds)
        address, command_id, at = checked(body.url), body.command_id or f"webhook-{uuid4().hex}", now(desk.engine)
        webhook = id_for(command_id)
        again = await asyncio.to_thread(desk.engine.ledger.answer_of, command_id) is not None
        secret = None if again else await asyncio.to_thread(here.prepare, webhook, address, body.after)
        fields = {
            "webhook": webhook,
            "token": who.id,
            "machine": address.machine,
            "bodies": body.bodies,
            "kinds": body.kinds,
        }
        answer = await desk.recorded(AddWebhook.act, _as_json(fields), command_id, at)
        if isinstance(answer, Refusal):
            return answered(answer)
        if not again:
            await here.begun(webhook)
        return await asyncio.to_thread(lambda: desk.told(here.one(webhook), secret=secret))


def _changing(router: APIRouter, desk: Desk) -> None:
    @router.patch(
        "/{webhook}", response_model=WebhookTold, responses={**declared(404, 413, 422, 503), **REFUSED},
        summary="Change a webhook, hold it up or let it go on",
    )  # fmt: skip
    async def change(webhook: Named, body: WebhookChange) -> Any:
        other = body.url is not None or body.bodies is not None or body.kinds is not None
        found = desk.hooks.whole(await desk.tended(webhook, ChangeWebhook.act, own=other))
        if other:
            known_kinds(body.kinds or ())
            address = checked(body.url) if body.url is not None else None
            asked = found.asked
            fields = {
                "webhook": webhook,
                "machine": address.machine if address else asked.machine,
                "bodies": asked.bodies if body.bodies is None else body.bodies,
                "kinds": asked.kinds if body.kinds is None else body.kinds,
            }
            answer = await desk.recorded(
                ChangeWebhook.act, _as_json(fields), f"change-{webhook}-{uuid4().hex}", now(desk.engine)
            )
            if isinstance(answer, Refusal):
                return answered(answer)
            await desk.hooks.moved(webhook, address)
        if body.paused is not None:
            await (desk.hooks.pause(webhook) if body.paused else desk.hooks.resume(webhook))
        return await asyncio.to_thread(lambda: desk.told(desk.hooks.one(webhook)))

    @router.delete(
        "/{webhook}", response_model=Receipt, responses={**declared(404, 422, 503), **REFUSED}, summary="End a webhook"
    )
    async def remove(webhook: Named) -> Response:
        await desk.tended(webhook, RemoveWebhook.act)
        command_id = f"remove-{webhook}-{uuid4().hex}"
        answer = await desk.recorded(RemoveWebhook.act, {"webhook": webhook}, command_id, now(desk.engine))
        if isinstance(answer, Receipt):
            await asyncio.to_thread(desk.hooks.discard, webhook)
        return answered(answer)

    @router.post(
        "/{webhook}/secret", response_model=WebhookTold, responses={**declared(404, 413, 422, 503), **REFUSED},
        summary="A new secret, shown in this answer alone; the one of before signs too for a day",
    )  # fmt: skip
    async def renew(webhook: Named, body: bodies.Sent | None = None) -> Any:
        desk.hooks.whole(await desk.tended(webhook, RenewWebhookSecret.act, own=True))
        answer = await desk.recorded(
            RenewWebhookSecret.act, {"webhook": webhook}, f"renew-{webhook}-{uuid4().hex}", now(desk.engine)
        )
        if isinstance(answer, Refusal):
            return answered(answer)
        secret, until = await asyncio.to_thread(desk.hooks.renew, webhook)
        return await asyncio.to_thread(lambda: desk.told(desk.hooks.one(webhook), secret=secret, old_until=until))


def _tending(router: APIRouter, desk: Desk) -> None:
    @router.post(
        "/{webhook}/ping", response_model=PingTold, responses=declared(404, 413, 422, 503),
        summary="Send something that is in no record, to see whether it arrives",
    )  # fmt: skip
    async def ping(webhook: Named, body: bodies.Sent | None = None) -> Any:
        await desk.tended(webhook, "webhooks")
        posted = await desk.hooks.ping(webhook)
        return PingTold(taken=not posted.why, why=posted.why)

    @router.post(
        "/{webhook}/replay", response_model=WebhookTold, responses=declared(404, 413, 422, 503),
        summary="Have everything beyond a position told again",
    )  # fmt: skip
    async def replay(webhook: Named, body: ReplayBody) -> Any:
        desk.hooks.whole(await desk.tended(webhook, "webhooks"))
        await desk.hooks.replay(webhook, body.after, body.session)
        return await asyncio.to_thread(lambda: desk.told(desk.hooks.one(webhook)))

    @router.get(
        "/{webhook}/dead", response_model=list[DeadTold], responses=declared(404, 422, 503),
        summary="Events that were given up",
    )  # fmt: skip
    async def dead(
        webhook: Named,
        after: Annotated[int, Query(ge=0, le=2**53)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> Any:
        await desk.seen(webhook)
        found = [each for each in await asyncio.to_thread(desk.hooks.dead, webhook) if each.position > after]
        return [DeadTold(**each._asdict()) for each in found[:limit]]

    @router.post(
        "/{webhook}/dead/{position}/resend", response_model=DeadTold, responses=declared(404, 413, 422, 503),
        summary="Have an event sent again that was given up, once",
    )  # fmt: skip
    async def resend(
        webhook: Named, position: Annotated[int, Path(ge=1, le=2**53)], body: bodies.Sent | None = None
    ) -> Any:
        await desk.tended(webhook, "webhooks")
        letter = next((d for d in await asyncio.to_thread(desk.hooks.dead, webhook) if d.position == position), None)
        await desk.hooks.resend(webhook, position)
        assert letter is not None
        return DeadTold(**letter._asdict() | {"wanted": True})


def id_for(command_id: str) -> str:
    """The id of the webhook that a request makes: sent again it is the same."""
    return "w" + sha256(command_id.encode()).hexdigest()[:11]


def known_kinds(kinds: tuple[str, ...]) -> None:
    for each in kinds:
        if not any(is_of(name, each) for name in (*EVENTS, *UPCASTS)):
            raise NotWell(told=NO_SUCH_KIND.filled(kind=each, known="、".join(first_words())))


def _sees(who: Principal, found: Webhook) -> bool:
    return who.id in (found.asked.token, OFFICE) or "service" in ROLES[who.role].reads


def _as_json(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
