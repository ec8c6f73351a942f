"""One event as an endpoint gets it: a CloudEvent 1.0 in JSON, signed as Standard Webhooks has it."""

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from standardwebhooks import Webhook

from yishi.events.hearing import session_in

SECRET = "whsec_"  # how Standard Webhooks marks one
SECRET_BYTES = 32
CONTENT = "application/cloudevents+json; charset=utf-8"
PING = "yishi.ping"
MARK = 12
"""Hex digits of a leaf hash."""


class Message(NamedTuple):
    """What is posted. `id`: the same each time the same event is sent to the same endpoint."""

    id: str
    body: str


def new_secret() -> str:
    return SECRET + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def message_of(endpoint: str, told: Mapping[str, Any], leaf: str) -> Message:
    """An event that is told. `leaf`: its leaf hash, hex.

    Its `id` is its place in the record and the beginning of its leaf hash: what is recorded at that place after a backup of before was
    restored is another event. `type` is the name it is stored under; `subject` is its stream.
    """
    stream, number = told["stream"], f"{told['position']}-{leaf[:MARK]}"
    attributes = {
        "id": number,
        "source": f"/{session_in(stream)}",
        "type": told["name"],
        "subject": stream,
        "time": datetime.fromisoformat(told["recorded_at"]),
        "datacontenttype": "application/json",
    }
    return Message(f"{endpoint}.{number}", _written(attributes, dict(told)))


def ping(endpoint: str, at: datetime) -> Message:
    """Something to see whether it arrives. It is in no record."""
    number = f"ping-{secrets.token_hex(6)}"
    attributes = {"id": number, "source": "/", "type": PING, "time": at, "datacontenttype": "application/json"}
    return Message(f"{endpoint}.{number}", _written(attributes, {"webhook": endpoint}))


def _written(attributes: dict[str, Any], data: dict[str, Any]) -> str:
    return JSONFormat().write(CloudEvent(attributes, data)).decode()


def headers_of(message: Message, secrets_: Iterable[str], at: datetime) -> dict[str, str]:
    """With a signature by each secret that holds: while one takes the place of another, there are two."""
    moment = at.astimezone(UTC)
    signatures = (Webhook(secret).sign(message.id, moment, message.body) for secret in secrets_)
    return {
        "content-type": CONTENT,
        "webhook-id": message.id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
        "user-agent": "yishi",
    }
