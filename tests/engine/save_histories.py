"""Save the histories of workflows that the replay test holds today's workflow code to.

    python -m tests.engine.save_histories            all of the first three sessions
    python -m tests.engine.save_histories followed   those of a matter followed through its loop

Run it after a change that old running workflows are *meant* not to survive, and say so in the change; a change that they are to
survive leaves these files as they are and passes the test.
"""

import asyncio
import json
import logging
import re
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from domain.calendar import at_clock
from tests.engine.house import ROOT, SMALL, play, small_plan, small_script
from yishi.engine import Engine
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.plan import Plan
from yishi.planning.script import Script, ScriptAct
from yishi.rehearsal.lawful import lawful_course

HISTORIES = Path(__file__).parent / "histories"
EXAMPLES = ("luqiao", "songcheng")


async def save(plan: Plan, script: Script, place: Path) -> None:
    """Play a script, and fetch the histories of its session and its matters after the last act."""
    fetched: dict[str, Any] = {}

    async def fetch(engine: Engine) -> None:
        streams = {e.envelope.stream for e in engine.ledger.notifications(limit=100_000)}
        for stream in sorted(s for s in streams if s.split("/")[2] in ("session", "matter")):
            fetched[stream] = await engine.client.get_workflow_handle(stream).fetch_history()

    with tempfile.TemporaryDirectory() as temporary:
        await play(Path(temporary) / "data", script, plan=plan, finally_=fetch)
    for stream, history in fetched.items():
        file = place / (stream.replace("/", "_") + ".json")
        file.write_text(without_this_machine(history.to_json()) + "\n", encoding="utf-8")
        print(file.name, len(history.events), "events")  # noqa: T201


def followed(place: Path) -> tuple[Plan, Script]:
    """The small town under another code, with a resolution published, reported on twice and closed."""
    written = SMALL.read_text(encoding="utf-8").replace("xiaozhen", "huigu")
    (place / "roll.csv").write_bytes((SMALL.parent / "roll.csv").read_bytes())
    (place / "huigu.yaml").write_text(written, encoding="utf-8")
    plan = load_plan(place / "huigu.yaml", LawLibrary(None).newest())
    day = at_clock(plan.session.closes + timedelta(days=130), 9)
    begins = {"number": "j01", "kind": "resolution", "subject": "关于村道的决议", "unit": "镇政府", "due": "2025-12-31"}
    acts = [ScriptAct(at=day, act="begin-matter", fields=begins)]
    for number, fields in enumerate(STEPS, 1):
        by = fields.get("by", "presidium")
        told = {name: value for name, value in fields.items() if name != "by"}
        acts.append(ScriptAct(at=day + timedelta(days=number), act="take-step", of="j01", by=by, fields=told))
    return plan, Script(acts=(*small_script().acts, *acts))


STEPS = (
    {"step": "publish"},
    {"step": "report", "text": "完成两条", "by": "government"},
    {"step": "report-again", "text": "第三条没有说明", "due": "2026-06-30"},
    {"step": "report", "text": "完成三条", "by": "government"},
    {"step": "close"},
)


def without_this_machine(history: str) -> str:
    """A history without the names of the process and the machine it ran on."""
    plain = re.sub(r'"identity": *"[^"]*"', '"identity": "yishi"', history)
    plain = re.sub(r'"name": *"\d+@[^"]*"', '"name": "sticky"', plain)
    return json.dumps(json.loads(plain), ensure_ascii=False, separators=(",", ":"))


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    HISTORIES.mkdir(exist_ok=True)
    if "followed" in sys.argv:
        with tempfile.TemporaryDirectory() as temporary:
            await save(*followed(Path(temporary)), HISTORIES)
        return
    await save(small_plan(), small_script(), HISTORIES)
    book = LawLibrary(None).newest()
    for name in EXAMPLES:
        plan = load_plan(ROOT / "examples" / name / "plan.yaml", book)
        await save(plan, lawful_course(plan, book), HISTORIES)


if __name__ == "__main__":
    asyncio.run(main())
