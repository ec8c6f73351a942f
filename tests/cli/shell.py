"""The command line as people meet it: a process, what it says, and the code it ends with."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
YISHI = Path(sys.executable).with_name("yishi")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def yishi(*arguments: object, **environment: str) -> Done:
    """Run `yishi` with its output in pipes; what it says is read as UTF-8."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
    done = subprocess.run(
        [str(YISHI), *map(str, arguments)],
        cwd=ROOT,
        env=clean | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=200,
        check=False,
    )
    told = Done(done.returncode, done.stdout.decode("utf-8", "strict"), done.stderr.decode("utf-8", "strict"))
    assert "Traceback" not in told.said, told.said
    return told


def refused(*arguments: object, zh: str, en: str, **environment: str) -> None:
    """The command ends with 2 and says why, in the language asked for."""
    for lang, word in (("zh", zh), ("en", en)):
        told = yishi(*arguments, "--lang", lang, **environment)
        assert told.code == 2, told.said
        assert word in told.err, told.err
