"""Webhooks on record (事件推送): to which machine events are sent, which, and by whose right. No secret, and of an address the machine alone."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from domain.access.of_register import Body, OfRegister, TokenId
from domain.event import Event
from domain.text import Text

WebhookId = Annotated[str, Field(pattern=r"^w[a-z0-9]{1,39}$")]
Machine = Annotated[str, Field(pattern=r"^https?://[a-z0-9.:\[\]_-]{1,255}$")]
EventKind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]{0,79}$")]


class AddWebhook(OfRegister):
    """Have events sent to a machine (scheme, host, port: what else an address says may be a secret), by the right of a token.

    `bodies`, `kinds`: which events; empty for all that the token may hear, at each event as it may then.
    """

    act: ClassVar[str] = "add-webhook"
    title: ClassVar[Text] = Text("设立事件推送", "Add a webhook")
    webhook: WebhookId
    token: TokenId
    machine: Machine
    bodies: tuple[Body, ...] = ()
    kinds: tuple[EventKind, ...] = ()


class ChangeWebhook(OfRegister):
    """Have other events sent, or elsewhere. By whose right stays."""

    act: ClassVar[str] = "change-webhook"
    title: ClassVar[Text] = Text("变更事件推送", "Change a webhook")
    webhook: WebhookId
    machine: Machine
    bodies: tuple[Body, ...] = ()
    kinds: tuple[EventKind, ...] = ()


class RenewWebhookSecret(OfRegister):
    act: ClassVar[str] = "renew-webhook-secret"
    title: ClassVar[Text] = Text("换发事件推送密钥", "Renew a webhook's secret")
    webhook: WebhookId


class RemoveWebhook(OfRegister):
    act: ClassVar[str] = "remove-webhook"
    title: ClassVar[Text] = Text("撤销事件推送", "Remove a webhook")
    webhook: WebhookId


class WebhookAdded(Event):
    name: ClassVar[str] = "access.webhook-added.v1"
    webhook: str
    token: str
    machine: str
    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class WebhookChanged(Event):
    name: ClassVar[str] = "access.webhook-changed.v1"
    webhook: str
    machine: str
    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def changes(self, known: WebhookAdded) -> bool:
        return (self.machine, self.bodies, self.kinds) != (known.machine, known.bodies, known.kinds)


class WebhookSecretRenewed(Event):
    name: ClassVar[str] = "access.webhook-secret-renewed.v1"
    webhook: str


class WebhookRemoved(Event):
    name: ClassVar[str] = "access.webhook-removed.v1"
    webhook: str


Webhooks = Mapping[str, WebhookAdded]
"""Those that are there, each as it was last changed."""


def followed(webhooks: Webhooks, event: Event) -> Webhooks:
    """What there is after an event."""
    match event:
        case WebhookAdded():
            return {**webhooks, event.webhook: event}
        case WebhookChanged() if event.webhook in webhooks:
            changed: dict[str, Any] = {"machine": event.machine, "bodies": event.bodies, "kinds": event.kinds}
            return {**webhooks, event.webhook: webhooks[event.webhook].model_copy(update=changed)}
        case WebhookRemoved():
            return {name: each for name, each in webhooks.items() if name != event.webhook}
        case _:
            return webhooks
