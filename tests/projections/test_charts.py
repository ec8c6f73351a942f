"""The loops as charts, in a program that has opened no folder yet."""

import subprocess
import sys

from domain.matter.loops import KNOWN

DRAWN = "from yishi.projections.matters import charts; print(*(c['kind']['id'] for c in charts()))"


def test_every_loop_is_drawn_before_anything_else_was_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", DRAWN], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == sorted(each.id for each in KNOWN)
