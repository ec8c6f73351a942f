"""The command line as people meet it: a process, what it says, and the code it ends with."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.forking import commanded

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
YISHI = Path(sys.executable).with_name("yishi")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SECONDS = 200


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def yishi(*arguments: object, typed: str = "", **environment: str) -> Done:
    """Run `yishi` as a process of its own, forked, where that can be, from one that has imported the program and done nothing else.

    What it says is read as UTF-8 and holds no traceback. `typed`: what it reads from standard input.
    """
    return _told(_started if os.name == "nt" else _forked, arguments, environment, typed)


def yishi_anew(*arguments: object, typed: str = "", **environment: str) -> Done:
    """The same from the installed program and a bare interpreter, which takes two seconds for its imports."""
    return _told(_started, arguments, environment, typed)


def _told(
    run: Callable[[list[str], dict[str, str], str], Done],
    arguments: tuple[object, ...],
    environment: dict[str, str],
    typed: str,
) -> Done:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")} | environment
    done = run([str(argument) for argument in arguments], clean, typed)
    assert "Traceback" not in done.said, done.said
    return done


def refused(*arguments: object, zh: str, en: str, **environment: str) -> None:
    """The command ends with 2 and says why, in the language asked for."""
    for lang, word in (("zh", zh), ("en", en)):
        told = yishi(*arguments, "--lang", lang, **environment)
        assert told.code == 2, told.said
        assert "".join(word.split()) in "".join(told.err.split()), told.err  # lines are broken at the screen's width


def _started(arguments: list[str], environment: dict[str, str], typed: str) -> Done:
    done = subprocess.run(
        [str(YISHI), *arguments],
        cwd=ROOT,
        env=environment,
        input=typed.encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode("utf-8", "strict"), done.stderr.decode("utf-8", "strict"))


def _forked(arguments: list[str], environment: dict[str, str], typed: str) -> Done:
    with tempfile.TemporaryDirectory() as place:
        out, err, keyed = Path(place) / "out", Path(place) / "err", Path(place) / "typed"
        keyed.write_text(typed, encoding="utf-8")
        process = commanded([str(YISHI), *arguments], ROOT, environment, out, err, keyed)
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(arguments)
        return Done(
            process.exitcode, out.read_bytes().decode("utf-8", "strict"), err.read_bytes().decode("utf-8", "strict")
        )
