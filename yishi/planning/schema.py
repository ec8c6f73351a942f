"""The JSON Schemas of plan and script, made from the models: `python -m yishi.planning.schema [--check]`.

They are for editors and for other programs. The loader asks a little more (cross checks) and forgives a little (001 as text).
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from yishi.planning.plan import PlanFile
from yishi.planning.script import RESERVED, ActHead, ScriptFile
from yishi.planning.times import WRITTEN
from yishi.planning.vocabulary import script_acts

FOLDER = Path(__file__).parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, Any]:
    """What `PlanFile` accepts."""
    made = PlanFile.model_json_schema(by_alias=True)
    return {"$schema": DRAFT, **made, "title": "Yishi plan"}


def script_schema() -> dict[str, Any]:
    """The script with its acts as one of all acts, each with the fields of its own command."""
    kinds = script_acts()
    models: list[type[BaseModel]] = [ActHead, *kinds.values()]
    by_model, shared = models_json_schema([(m, "validation") for m in models], by_alias=True)
    defs = dict(shared["$defs"])
    head = _own(by_model[ActHead, "validation"], defs)
    defs.update({f"key-{name}": part for name, part in head["properties"].items()})
    acts = []
    for act, kind in kinds.items():
        own = _own(by_model[kind, "validation"], defs)
        defs[f"act-{act}"] = _act(act, kind.title.zh, head, own)
        acts.append({"$ref": f"#/$defs/act-{act}"})
    for model in models:
        defs.pop(by_model[model, "validation"]["$ref"].rsplit("/", 1)[-1], None)
    for unused in ("key-act", "key-fields"):
        defs.pop(unused)
    outer = ScriptFile.model_json_schema()
    outer["properties"]["acts"] = {"type": "array", "minItems": 1, "items": {"oneOf": acts}}
    return {"$schema": DRAFT, **outer, "title": "Yishi script", "$defs": defs}


def _own(reference: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = defs[reference["$ref"].rsplit("/", 1)[-1]]
    return found


def _act(act: str, title: str, head: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """One act: its command's fields beside the reserved keys; fields named like a reserved key stand under `fields`."""
    fields = {name: _time(part) for name, part in own.get("properties", {}).items()}
    clashing = {name: part for name, part in fields.items() if name in RESERVED}
    inline = {name: part for name, part in fields.items() if name not in RESERVED}
    reserved = {name: {"$ref": f"#/$defs/key-{name}"} for name in head["properties"] if name not in ("act", "fields")}
    needed = own.get("required", [])
    under = [name for name in needed if name in clashing]
    properties = {"at": reserved.pop("at"), "act": {"const": act}, **inline, **reserved}
    if clashing:
        properties["fields"] = {
            "type": "object", "properties": clashing, "required": under, "additionalProperties": False,
        }  # fmt: skip
    return {
        "title": title,
        "description": own.get("description", "").split("\n")[0],
        "type": "object",
        "properties": properties,
        "required": ["at", "act", *(name for name in needed if name in inline), *(["fields"] if under else [])],
        "additionalProperties": False,
    }


def _time(part: Any) -> Any:
    """A command's time may be written as people write it."""
    if isinstance(part, dict) and part.get("format") == "date-time":
        return {key: value for key, value in part.items() if key != "format"} | {"pattern": WRITTEN}
    return part


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def files() -> dict[Path, str]:
    """Each schema's file and what it should hold."""
    return {FOLDER / "plan.json": written(plan_schema()), FOLDER / "script.json": written(script_schema())}


def main(arguments: list[str]) -> int:
    """Write the schemas, or with --check say which are stale (exit 1)."""
    stale = [path for path, text in files().items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.name} is stale: run python -m yishi.planning.schema\n")
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
