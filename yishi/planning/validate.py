"""A document against its model: everything wrong at once, each fault at the line of the part it is about."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from yishi.planning.document import Document, Place
from yishi.planning.faults import Fault
from yishi.planning.wording import worded

M = TypeVar("M", bound=BaseModel)


def validated(
    model: type[M], value: Any, document: Document, at: Place = (), allowed: tuple[str, ...] = ()
) -> tuple[M | None, list[Fault]]:
    """The model made of a part of the document, or None, and what is wrong with it.

    Strict, as JSON is: text is not a number and true is not 1. Two allowances for people: a plain `001` where text is asked for
    is taken as it is written; and a key that is not known is told but does not hide what else may be wrong.

    Args:
        at: where in the document `value` stands; allowed: keys to suggest at its top besides the model's own.
    """
    faults: list[Fault] = []
    value = json.loads(json.dumps(value))
    for _ in range(2):  # once more after numbers were taken as text and unknown keys dropped
        try:
            return model.model_validate_json(json.dumps(value), strict=True), faults
        except ValidationError as wrong:
            told = wrong.errors(include_url=False)
        mended = [e for e in told if _mend(value, e, document, at)]
        faults += [_fault(model, e, document, at, allowed) for e in told if e["type"] == "extra_forbidden"]
        if not mended:
            break
    faults += [_fault(model, e, document, at, allowed) for e in told if e["type"] != "extra_forbidden"]
    return None, faults


def _mend(value: Any, error: Any, document: Document, at: Place) -> bool:
    *path, last = error["loc"] or ("",)
    try:
        for part in path:
            value = value[part]
        if error["type"] == "extra_forbidden":
            del value[last]
            return True
        written = document.written.get((*at, *error["loc"]))
        if error["type"] == "string_type" and written is not None and value[last] is not None:
            value[last] = written
            return True
    except (KeyError, IndexError, TypeError):
        pass
    return False


def _fault(model: type[BaseModel], error: Any, document: Document, at: Place, allowed: tuple[str, ...]) -> Fault:
    inside = error["loc"]
    known = keys_at(model.model_json_schema(), inside[:-1])
    says, todo = worded(error, (*(allowed if len(inside) == 1 else ()), *known))
    return document.fault((*at, *inside), says, todo, at_key=error["type"] == "extra_forbidden")


def keys_at(schema: dict[str, Any], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand at a place of a JSON schema."""
    here = _resolved(schema, schema)
    for part in path:
        inner = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part)
        here = _resolved(inner if inner is not None else here.get("additionalProperties") or {}, schema)
    return tuple(here.get("properties", {}))


def _resolved(part: Any, schema: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(part, dict):
        return {}
    if "$ref" in part:
        return _resolved(schema["$defs"][part["$ref"].rsplit("/", 1)[-1]], schema)
    for option in part.get("anyOf", ()):
        if (found := _resolved(option, schema)).get("type") in ("object", "array"):
            return found
    return part
