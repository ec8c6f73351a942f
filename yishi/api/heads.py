"""HEAD, as RFC 9110 §9.3.2 has it: what GET would be answered, without its body; judged, counted and answered as that GET."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANSWER_THEMSELVES = ("/v1/evidence/", "/v1/events/stream")
"""A file need not be read to tell that it is there; and a stream that never ends has no answer to tell of."""


class Heads:
    """ASGI middleware around all of the door."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(ANSWER_THEMSELVES):
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
