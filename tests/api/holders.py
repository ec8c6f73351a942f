"""Holders of tokens at the real door: over its socket, or in this process with the same app around the same engine."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from domain.access.roles import ROLES
from tests.api.served import Visitor
from yishi.access.rates import Buckets, Rate
from yishi.api.app import create_app
from yishi.api.feed import Feed
from yishi.api.tokens import Token, digest_of
from yishi.api.under_way import UnderWay
from yishi.ballots.boxes import Boxes

DEPUTY, CLERK, UNIT = "D001", "C01", "镇城建办"
WITHIN: dict[str, dict[str, Any]] = {
    "deputy": {"person": DEPUTY},
    "handling_unit": {"unit": UNIT},
    "integration": {"acts": ["sign-in", "sign-out", "enter-device-count"]},
}
NO_LIMIT = Rate(1e9, 1e9)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def given(http: httpx.AsyncClient, role: str, **fields: Any) -> dict[str, Any]:
    """A token issued by the office; what its answer told."""
    answer = await http.post("/v1/tokens", json={"role": role, **WITHIN.get(role, {}), **fields})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@contextlib.asynccontextmanager
async def inside(
    visitor: Visitor, buckets: Buckets | None = None, under_way: UnderWay | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """The door's own app in this process, as the office meets it; without limits of rate unless some are handed in."""
    app_buckets = buckets or Buckets(dict.fromkeys(ROLES, NO_LIMIT))
    async with Feed(visitor.engine.ledger) as feed:
        with contextlib.closing(Boxes(visitor.engine.folder, visitor.engine.reading)) as boxes:
            app = create_app(visitor.engine, Token(digest_of(visitor.token)), feed, boxes, app_buckets, under_way)
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1", headers=bearer(visitor.token)
            ) as http:
                yield http


def denials(visitor: Visitor) -> list[Mapping[str, Any]]:
    """What is on record of attempts beyond somebody's rights."""
    return [e.event.model_dump() for e in visitor.engine.ledger.named("refused.access-denied.v1")]
