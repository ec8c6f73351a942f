"""Whatever stands in a file, faults are told and nothing else happens."""

import string
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.conftest import PLAN, ROLL, SCRIPT
from yishi.law import LawLibrary
from yishi.planning import read_plan, read_script
from yishi.planning.roll import read_roll

BOOK = LawLibrary(None).newest()
WORDS = st.sampled_from(
    ["", "~", "true", "-1", "9:30", "1e9", "[]", "{}", "{a: b}", "[[1]]", "'", '"', "&a", "*a", "!x", "- ", ": ", "\t", "\n",
     "2026-02-30", "0", "99999999999999999999", ".5", "喆", "𠮷", "\x00", "\u2028", "?", "|", ">", "%", "#", "D001"]
)  # fmt: skip
ANY = st.one_of(WORDS, st.text(alphabet=string.printable + "年月日第条", max_size=12))


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """The text with a few places replaced, cut or doubled."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 3, 8, 30])))
        text = text[:start] + draw(ANY) + text[end:]
    return text


@settings(max_examples=120, deadline=None)
@given(plan=spoilt(PLAN))
def test_a_spoilt_plan_is_read_or_its_faults_are_told(plan: str):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "roll.csv").write_text(ROLL, encoding="utf-8")
        path = Path(folder) / "plan.yaml"
        path.write_bytes(plan.encode("utf-8", "surrogatepass"))
        reading = read_plan(path, BOOK)
    assert (reading.plan is None) == any(f.weight == "error" for f in reading.faults)
    assert all(f.line >= 1 and f.told() and f.told("en") for f in reading.faults)


@settings(max_examples=120, deadline=None)
@given(script=spoilt(SCRIPT))
def test_a_spoilt_script_is_read_or_its_faults_are_told(script: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.yaml"
        path.write_bytes(script.encode("utf-8", "surrogatepass"))
        read, faults = read_script(path, None, BOOK)
    assert (read is None) == any(f.weight == "error" for f in faults)
    assert all(f.line >= 1 and f.told() and f.told("en") for f in faults)


@settings(max_examples=120, deadline=None)
@given(roll=spoilt(ROLL))
def test_a_spoilt_roll_is_read_or_its_rows_are_told(roll: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roll.csv"
        path.write_bytes(roll.encode("utf-8", "surrogatepass"))
        entries, faults = read_roll(path)
    assert entries or faults
    assert all(f.line >= 1 for f in faults)
