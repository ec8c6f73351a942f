"""What stands against a webhook as it was asked for, and what to do."""

from domain.text import Text
from yishi.trouble import Trouble


class WebhookWrong(Trouble):
    """The request cannot be done as it is."""


class AddressWrong(WebhookWrong):
    says = Text("推送地址不行:{why}", "this address is not one to send to: {why}")


class TooManyWebhooks(WebhookWrong):
    says = Text(
        "事件推送已有 {most} 个,请先撤销不用的", "there are {most} webhooks, which is the most: remove one first"
    )


class NoLongerOpens(WebhookWrong):
    says = Text(
        "设立它的令牌 {token} 已停用或到期,不能继续推送。请用有效的令牌另设",
        "the token it was made with, {token}, was revoked or has expired: add another webhook with one that holds",
    )


class Lost(WebhookWrong):
    says = Text(
        "事件推送 {webhook} 的密钥和地址不在这台机器上,或与记录不符(如从第二份副本恢复后)。请撤销后另设",
        "the secret and the address of the webhook {webhook} are not on this machine or not those of the record, as after a restore from "
        "the second copy: remove it and add another",
    )


class BeyondTheEnd(WebhookWrong):
    says = Text("记录到第 {size} 条为止,没有第 {after} 条", "the record ends at {size}: {after} is beyond it")


class NoSuchWebhook(Trouble):
    says = Text("没有事件推送 {webhook}", "there is no webhook {webhook}")


class NoSuchDeadLetter(Trouble):
    says = Text("没有未送达的第 {position} 条", "no event at {position} was given up")
