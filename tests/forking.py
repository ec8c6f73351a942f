"""Processes of the tests' own, forked from one that has loaded the program and its law and done nothing else: loading is most of
what a start takes. Each of pytest's workers has one such process for all its tests, so what is forked is named here, and loaded once.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from yishi.cli.main import MODULES

LOADED = (
    "pytest",
    "tests.forking",
    "tests.api.process",
    "tests.engine.sleeping",
    "tests.law_read",
    "yishi.cli.main",
    *MODULES,
)
"""Whatever a forked function stands in is among these, or loaded by them; else each child loads it anew."""


def forked(run: Callable[..., object], *arguments: Any) -> Any:
    """A process that has begun to run a function."""
    context: Any = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")  # Windows cannot fork
    if os.name != "nt":
        context.set_forkserver_preload([*LOADED, "tests.ledger.postgres"] if _in_postgres() else list(LOADED))
    process = context.Process(target=_begun, args=(_in_postgres(), run, *arguments))
    process.start()
    return process


def _in_postgres() -> str | None:
    """The database of a run whose ledgers are all there, those of processes like these too."""
    if os.environ.get("YISHI_TEST_LEDGER") != "postgres":
        return None
    from tests.ledger.postgres import server  # noqa: PLC0415 # only who asks for it waits for its import

    return server()


def _begun(database: str | None, run: Callable[..., object], *arguments: Any) -> None:
    if database:
        from tests.ledger.postgres import everywhere  # noqa: PLC0415 # as above

        everywhere(database)
    run(*arguments)


def commanded(
    words: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    out: Path,
    err: Path | None = None,
    typed: Path | None = None,
) -> Any:
    """A process that has become the `yishi` that `words` call, as if typed in a folder.

    Args:
        out: the file that holds what it says. err: the file for its faults, when they are to be told apart. typed: what it reads.
    """
    return forked(_become, list(words), folder, dict(environment), out, err, typed)


def _become(
    words: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path | None, typed: Path | None
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    say_into(out, err)
    if typed is not None:
        sys.stdin = typed.open(encoding="utf-8")
    sys.argv = words
    from yishi.cli.main import main  # noqa: PLC0415 # loaded in the process this one was made from

    main()


def say_into(out: Path, err: Path | None = None) -> None:
    """Have this very process say into a file all that it says from now on, or into two."""
    for fd, file in ((1, out), (2, err or out)):
        said = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        os.dup2(said, fd)
    for fd, stream in ((1, "stdout"), (2, "stderr")):
        setattr(sys, stream, open(fd, "w", encoding="utf-8", closefd=False))  # noqa: SIM115 # as long as the process lives
