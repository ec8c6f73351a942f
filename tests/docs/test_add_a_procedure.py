"""docs/add-a-procedure.md is done as it says, in a copy of the checkout: its files put there, its lines changed, then tried."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "add-a-procedure.md"
COPIED = ("domain", "workflows", "activities", "yishi", "statutes", "tests")


def blocks() -> list[tuple[str, str, str]]:
    """The page's blocks that name a file: language, file, content."""
    return re.findall(
        r"^```(python|yaml|diff) (\S+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def changed(before: str, diff: str) -> str:
    """The file with each `-` line, which stands there once, replaced by the `+` lines that follow it."""
    after = before
    for old, new in re.findall(r"^-(.*)\n((?:\+.*\n)+)", diff, re.MULTILINE):
        assert after.count(f"{old}\n") == 1, f"stands there {after.count(old)} times: {old}"
        after = after.replace(f"{old}\n", "".join(line[1:] for line in new.splitlines(keepends=True)))
    return after


def test_a_newcomer_who_does_what_the_page_says_has_a_new_kind_of_meeting(tmp_path: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for language, file, content in blocks():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed(path.read_text("utf-8"), content) if language == "diff" else content, encoding="utf-8")

    the_tests = run(
        tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/domain/test_presidium_in_recess.py"
    )
    assert the_tests.returncode == 0, the_tests.stdout + the_tests.stderr

    meeting = ("examples/recess/plan.yaml", "--script", "examples/recess/script.yaml")
    command = "import sys; from yishi.cli.main import main; sys.argv[0] = 'yishi'; main()"
    played = run(tmp_path, "-c", command, "rehearse", *meeting)
    assert played.returncode == 0, played.stdout + played.stderr
    assert "NobodyNamed" not in played.stdout and "没有写明参加人员" in played.stdout


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("YISHI_", "PYTEST_"))}
    environment |= {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, timeout=200, check=False,
    )  # fmt: skip
