"""From a meeting of one to a congress of three thousand: the same plan, the same acts, a time of seconds."""

import time
from pathlib import Path

import pytest

from tests.engine.house import SMALL, play
from yishi.engine import Engine
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.plan import Plan
from yishi.planning.script import Script, ScriptAct
from yishi.rehearsal.lawful import lawful_course
from yishi.rehearsal.outcome import ActRow

MEGABYTE = 1 << 20
TEMPORALS_LIMIT = 2 * MEGABYTE  # for one payload; 4 MB for one message


def plan_of(deputies: int, place: Path) -> Plan:
    """The small town with so many deputies, each with a name of twenty characters."""
    rows = [f"D{n:04},{'欧阳' * 9}{n:04}"[:27] for n in range(1, deputies + 1)]
    (place / "roll.csv").write_text("\n".join(["编号,姓名", *rows]) + "\n", encoding="utf-8")
    written = SMALL.read_text(encoding="utf-8").replace("count: 5", f"count: {min(deputies, 5)}")
    (place / "plan.yaml").write_text(written, encoding="utf-8")
    return load_plan(place / "plan.yaml", LawLibrary(None).newest())


def by_name(script: Script, plan: Plan) -> Script:
    """The same with each deputy signed in by id, where the course counts heads."""

    def named(act: ScriptAct) -> ScriptAct:
        if act.act != "sign-in":
            return act
        came = [entry.id for entry in plan.entries[: act.fields["present"]]]
        return act.model_copy(update={"fields": {"sitting": act.fields["sitting"], "deputies": came}})

    return script.model_copy(update={"acts": tuple(map(named, script.acts))})


@pytest.mark.parametrize("deputies", [1, 40, 3000])
async def test_a_congress_of_any_size_is_rehearsed_to_its_end(tmp_path: Path, deputies: int) -> None:
    plan = plan_of(deputies, tmp_path)
    script = by_name(lawful_course(plan, LawLibrary(None).newest()), plan)
    spent: dict[str, float] = {}
    sizes: list[int] = []
    begun = last = time.perf_counter()

    def watch(engine: Engine, row: ActRow) -> None:
        nonlocal last
        now = time.perf_counter()
        spent[row.act], last = now - last, now

    async def history(engine: Engine) -> None:
        fetched = await engine.client.get_workflow_handle(plan.stream).fetch_history()
        sizes.extend(event.ByteSize() for event in fetched.events)

    outcome = await play(tmp_path / "data", script, plan=plan, watch=watch, finally_=history)
    assert outcome.exit == 0 and outcome.verified and outcome.missing == ()
    signed = next(act for act in outcome.acts if act.act == "sign-in")
    assert len(signed.events) == deputies - deputies // 15
    assert max(sizes) < TEMPORALS_LIMIT / 2, "what goes through Temporal keeps far from its limits"
    print(  # noqa: T201 # shown by pytest -s
        f"\n{deputies} deputies: {time.perf_counter() - begun:.1f} s in all, registered in {spent['register-session']:.2f} s, "
        f"signed in in {spent['sign-in']:.2f} s, {outcome.size} events, largest event in Temporal {max(sizes) / 1024:.0f} kB"
    )
