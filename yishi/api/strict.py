"""JSON as it is meant: of two values for one key, one would win unseen."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from domain.text import Text
from yishi.api.faults import NotWell
from yishi.ledger.canonical import parsed

AS_JSON = Text("请以 JSON 发送,并写明 Content-Type: application/json", "send JSON, with Content-Type: application/json")


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
            kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
            if request.method == "POST" and not (kind == "application/json" or kind.endswith("+json")):
                raise NotWell(told=AS_JSON)
            return await handle(StrictRequest(request.scope, request.receive))

        return strict
