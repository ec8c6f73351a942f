"""What an operator sees of the door: requests by route and answer, and a span around each."""

from collections.abc import Mapping
from time import perf_counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yishi.api.gate import place_of
from yishi.observing import Observing

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
GOES_ON = ("/v1/events", "/v1/events/stream")
"""Answers that wait or go on: how long they take says nothing."""
CAST = "/cast"
"""When a ballot was cast stands nowhere (docs/secret-ballot.md): a number or a span would say it beside the time it was issued."""


class Seen:
    """ASGI middleware around the gate."""

    def __init__(self, app: ASGIApp, observing: Observing) -> None:
        self._app, self._metrics, self._traces = app, observing.metrics, observing.traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in GOES_ON or scope["path"].endswith(CAST):
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in METHODS else "other"
        began, status = perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._metrics.requests.labels(method, place_of(scope), status).inc()
                self._metrics.request_seconds.labels(method, place_of(scope)).observe(perf_counter() - began)
            await send(message)

        asked: Mapping[str, str] = Headers(scope=scope)
        with self._traces.span(method, asked, **{"http.request.method": method}) as span:
            try:
                await self._app(scope, receive, noted)
            finally:
                span.update_name(f"{method} {place_of(scope)}")
                span.set_attribute("http.route", place_of(scope))
                span.set_attribute("http.response.status_code", status)
