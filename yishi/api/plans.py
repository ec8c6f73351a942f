"""A plan as a program sends it, with its roll: read in memory, told all that is wrong with it, written nowhere."""

import binascii
import json
from base64 import b64decode
from collections.abc import Sequence
from typing import Any, NamedTuple

from domain.text import Text
from yishi.api.bodies import RollSent
from yishi.api.faults import TOLD_AT_MOST, NotWell, said
from yishi.api.guard import Guarded
from yishi.planning.faults import Fault, errors
from yishi.planning.load import Reading, RollFile, plan_of
from yishi.planning.plan import Plan
from yishi.planning.starting import named_fields

NOT_BASE64 = Text("roll.base64 不是 Base64", "roll.base64 is not Base64")
NOT_USABLE = Text("方案有 {count} 处错误:{first}", "the plan has {count} error(s): {first}")


class PlanSent(NamedTuple):
    """A plan's own bytes, under the name by which its faults are told, and its roll."""

    name: str
    content: bytes
    roll: RollFile | None


def plan_sent(plan: str | dict[str, Any], roll: RollSent | None) -> PlanSent:
    """
    Raises:
        NotWell: the roll is not in Base64.
    """
    if isinstance(plan, str):
        return PlanSent("plan.yaml", plan.encode(), _roll(roll))
    # a YAML 1.2 reader reads JSON too: a fault's line is that of the object written out like this
    return PlanSent("plan.json", (json.dumps(plan, ensure_ascii=False, indent=1) + "\n").encode(), _roll(roll))


def _roll(roll: RollSent | None) -> RollFile | None:
    if roll is None:
        return None
    if roll.text is not None:
        return RollFile(roll.name, roll.text.encode())
    try:
        return RollFile(roll.name, b64decode("".join((roll.base64 or "").split()), validate=True))
    except (binascii.Error, ValueError) as wrong:
        raise NotWell(told=NOT_BASE64) from wrong


def read(engine: Guarded, sent: PlanSent) -> Reading:
    return plan_of(sent.name, sent.content, sent.roll, engine.laws.newest())


def usable(engine: Guarded, sent: PlanSent) -> tuple[Plan, dict[str, Any]]:
    """A plan without errors, and the fields that register it.

    Raises:
        NotWell: with every error and its place.
    """
    found = read(engine, sent)
    if found.plan is None:
        wrong = errors(found.faults)
        first = Text(wrong[0].told("zh"), wrong[0].told("en"))
        raise NotWell(told=NOT_USABLE.filled(count=len(wrong), first=first), places=_places(wrong))
    return found.plan, named_fields(found.plan, engine.laws.newest())


def checked(engine: Guarded, sent: PlanSent) -> dict[str, Any]:
    """All that `yishi plan check` tells, and what would be registered, without anybody's name."""
    found, plan = (reading := read(engine, sent)).faults, reading.plan
    fields = named_fields(plan, engine.laws.newest()) if plan else None
    return {
        "usable": plan is not None,
        "edition": engine.laws.newest().edition,
        "faults": [_told(fault) for fault in found],
        "session": plan.stream.removesuffix("/session/1") if plan else None,
        "deputies": len(plan.entries) if plan else 0,
        "without_name": sum(not d.name for d in plan.entries) if plan else 0,
        "dates": dict(plan.dates) if plan else {},
        "filled_in": list(plan.filled_in) if plan else [],
        "registration": {k: v for k, v in fields.items() if k not in ("roll", "people")} if fields else None,
    }


def _places(wrong: Sequence[Fault]) -> list[dict[str, Any]]:
    """Each error where it stands: `plan.yaml:12:3 agenda[2].kind`."""
    places = []
    for fault in wrong[:TOLD_AT_MOST]:
        at = f"{fault.file}:{fault.line}" + (f":{fault.column}" if fault.column else "")
        places.append(
            {"where": f"{at} {fault.where}".strip(), "says": said(Text(fault.sentence("zh"), fault.sentence("en")))}
        )
    return places


def _told(fault: Fault) -> dict[str, Any]:
    shown = fault.model_dump(mode="json", include={"file", "line", "column", "where", "weight"})
    basis = [c.model_dump(mode="json") | {"zh": c.zh, "en": c.en} for c in fault.basis]
    return shown | {"says": said(fault.says), "todo": said(fault.todo), "basis": basis}
