"""What is intended and what happened, as two files a clerk can read: the plan (会议方案) and the script (演练脚本)."""

from yishi.planning.faults import Fault, Faulty
from yishi.planning.load import Reading, load_plan, read_plan
from yishi.planning.plan import Plan
from yishi.planning.play import load_script, read_script
from yishi.planning.register import person_key, register_fields
from yishi.planning.script import Expectation, Script, ScriptAct

__all__ = [
    "Expectation",
    "Fault",
    "Faulty",
    "Plan",
    "Reading",
    "Script",
    "ScriptAct",
    "load_plan",
    "load_script",
    "person_key",
    "read_plan",
    "read_script",
    "register_fields",
]
