"""The page for whoever runs the program: its blocks marked `sh` are run as one script, from the laptop to a database and a Temporal service."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.docs.pages import ROOT
from tests.docs.test_postgresql import as_here, own
from tests.docs.test_postgresql import blocks as of_postgresql
from tests.ledger import postgres
from tests.ports import unused_port
from yishi.settings import Settings

PAGE = ROOT / "docs" / "operations.md"
SECONDS = 560
own = own  # noqa: PLW0127 # a fixture


def blocks() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, own: dict[str, str]) -> Iterator[dict[str, str]]:
    """What stands on the page, and what it is in this test."""
    (sql,) = of_postgresql("sql")
    with psycopg.connect(postgres.server(), autocommit=True) as db:
        for statement in filter(str.strip, as_here(sql, own).split(";")):
            db.execute(statement)
    ports = {port: str(unused_port()) for port in ("9464", "7233", "7300")}
    yield (
        {"/srv/": f"{tmp_path}/srv/"}
        | {f":{old}": f":{new}" for old, new in ports.items()}
        | {
            "--port 7233": f"--port {ports['7233']}",
            "door_port = 7300": f"door_port = {ports['7300']}",
        }
        | own
    )


@pytest.mark.timeout(SECONDS + 20)
@pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("bash") or not shutil.which("curl"),
    reason="for a POSIX shell with curl",
)
def test_every_command_of_the_page_runs_in_its_order(tmp_path: Path, here: dict[str, str]) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "yishi").write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{START}" "$@"\n', encoding="utf-8")
    (programs / "yishi").chmod(0o755)
    (programs / "temporal").symlink_to(Settings.read({}).binary())
    script = "\n".join(blocks())
    for there, ours in here.items():
        script = script.replace(there, ours)
    assert "db.example" not in script and "/srv/yishi" in script
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YISHI_", "XDG_", "TEMPORAL_"))}
    environment = kept | {
        "HOME": str(tmp_path),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    log = tmp_path / "said"
    with log.open("w", encoding="utf-8") as out:
        running = subprocess.Popen(
            ["bash", "-c", f"set -emx\ntrap '{ENDED}' EXIT\n{script}"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired:
            running.terminate()
            running.wait(30)
    assert running.returncode == 0, log.read_text(encoding="utf-8", errors="replace")[-6000:]


ENDED = "kill $(jobs -p) 2>/dev/null || true"
"""Nothing goes on when the script ends, however it ends."""
START = "import sys; sys.argv[0] = 'yishi'; from yishi.cli.main import main; main()"
