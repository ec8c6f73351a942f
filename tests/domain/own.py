"""Rules of a congress's own (议事规则) for tests: one topic, one value, whatever follows."""

from datetime import date
from typing import Any

from domain.arithmetic import Number, Period, Switch
from domain.law import Consequence, Kind, Layer, Provision
from domain.text import Text


def own_rule(topic: str, value: Any, consequence: Consequence = Consequence.BLOCK) -> Provision:
    fields = {
        "id": f"OWN-{topic}", "topic": topic, "text": "OWN", "layer": Layer.BODY, "kind": Kind.LOCAL,
        "levels": ("township", "county"), "article": "9", "in_force_from": date(2015, 8, 29), "says": Text("本会规则", "our rule"),
        "value": value, "consequence": consequence, "verified": "T", "statute": "本会议事规则",
    }  # fmt: skip
    return Provision.model_validate(fields)


def own_period(topic: str, months: int) -> Provision:
    return own_rule(topic, Period(amount=months, unit="months"), Consequence.ALERT)


def own_number(topic: str, at_least: int) -> Provision:
    return own_rule(topic, Number(at_least=at_least))


def own_switch(topic: str) -> Provision:
    return own_rule(topic, Switch(on=True))
