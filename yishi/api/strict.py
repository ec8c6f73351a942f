"""JSON as it is meant: of two values for one key, one would win unseen."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from yishi.ledger.canonical import parsed


class StrictRequest(Request):
    """Its JSON names each key once and knows no NaN: of two values for one key, one would win unseen."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            try:
                self._json = parsed(await self.body())
            except (ValueError, RecursionError) as wrong:
                raise json.JSONDecodeError(str(wrong) or "nested too deeply", "", 0) from wrong
        return self._json


class StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict
