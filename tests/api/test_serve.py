"""`yishi serve` as people meet it: it says where it serves, gives the token once, and ends in order."""

import contextlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from rich.cells import cell_len

from tests.api.served import body_of, session_fields
from tests.cli.shell import ROOT, YISHI
from tests.engine.live import plan_to_come
from tests.ledger.postgres import ledger_elsewhere
from yishi import doorway
from yishi.api import tokens
from yishi.api.tokens import Token, TokenDamaged, digest_of, known_token
from yishi.folder import DataFolder
from yishi.law import LawLibrary
from yishi.planning.plan import Plan
from yishi.rehearsal.lawful import lawful_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a process is not asked by signals")
SECONDS = 120.0
TOKEN = re.compile(r"^  ([A-Za-z0-9_-]{43})$", re.MULTILINE)


class Serving:
    """`yishi serve` on a folder; what it says goes to a file."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        lang: str = "zh",
        to: int | None = None,
        before: str = ":",
        **environment: str,
    ) -> None:
        self.folder, self._said = folder, folder.parent / f"said-{time.monotonic_ns()}"
        clean = {n: v for n, v in os.environ.items() if not n.startswith("YISHI_")}
        clean |= ledger_elsewhere(folder)
        clean |= {"XDG_CONFIG_HOME": str(folder.parent / "config"), "COLUMNS": "80", **environment}
        command = [
            "sh",
            "-c",
            f'{before}; exec "$@"',
            "sh",
            str(YISHI),
            "serve",
            "--data",
            str(folder),
            "--lang",
            lang,
            *arguments,
        ]
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(command, cwd=ROOT, env=clean, stdout=to or said, stderr=said)

    @property
    def said(self) -> str:
        said = self._said.read_text(encoding="utf-8")
        assert "Traceback" not in said, said
        return said

    def until(self, word: str) -> str:
        until = time.monotonic() + SECONDS
        while word not in self.said and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)  # another process says it
        assert word in self.said, self.said
        return self.said

    def ends(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(SECONDS)

    def token(self) -> str:
        (found,) = TOKEN.findall(self.said)
        return str(found)

    def asks(self, token: str, call: str = "/v1") -> httpx.Response:
        door = doorway.written(self.folder)
        assert door is not None
        return httpx.get(door.url + call, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def posts(self, token: str, call: str, body: object) -> httpx.Response:
        door = doorway.written(self.folder)
        assert door is not None
        return httpx.post(door.url + call, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def ended(folder: Path) -> Iterator[list[Serving]]:
    """What is put here is ended with the test, whatever becomes of it."""
    started: list[Serving] = []
    yield started
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait(SECONDS)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return plan_to_come("xiaozhen", tmp_path / "plan")


def test_a_whole_life_of_a_served_folder(folder: Path, plan: Plan, ended: list[Serving]) -> None:
    """First start, acts, a second serve, the end by Ctrl-C, a start again, a new token, a kill, a start after it."""
    first = Serving(folder)
    ended.append(first)
    said = first.until("Ctrl-C")
    token = first.token()
    assert "令牌" in said and "还没有会议" in said
    assert first.asks(token).json()["purpose"] == "real"
    assert token.encode() not in b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    kept = folder.parent / "config" / "yishi" / "tokens.json"
    assert json.loads(kept.read_text()) == {str(folder.resolve()): token}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    shows_each_act(first, token, plan)
    assert [p for p in (folder, *folder.glob("*.db*"), *folder.glob("*.log")) if p.stat().st_mode & 0o077] == [], (
        "other accounts have no business here"
    )
    said = (folder / "yishi.log").read_text(encoding="utf-8")
    assert "temporal-started" in said and "127.0.0.1:" not in said

    second = Serving(folder, lang="en")
    assert second.process.wait(SECONDS) == 2
    door = doorway.written(folder)
    assert door is not None and f"process {first.process.pid}" in second.said and door.url in second.said

    children = psutil.Process(first.process.pid).children(recursive=True)
    assert children and first.ends() == 0 and "已停止" in first.said
    assert [child for child in children if child.is_running()] == []
    assert doorway.written(folder) is None
    DataFolder.open(folder, "real").close()

    again = Serving(folder, lang="en")
    ended.append(again)
    said = again.until("Ctrl-C")
    assert "Token" not in said and token not in said and "xiaozhen/3-2" in said
    assert again.asks(token, "/v1/sessions").json()[0]["session"] == "xiaozhen/3-2"
    assert again.ends(signal.SIGTERM) == 0

    renewed = Serving(folder, "--new-token")
    ended.append(renewed)
    renewed.until("Ctrl-C")
    assert renewed.token() != token
    assert renewed.asks(token).status_code == 401 and renewed.asks(renewed.token()).status_code == 200
    assert list(json.loads(kept.read_text()).values()) == [renewed.token()]
    renewed.process.kill()
    renewed.process.wait(SECONDS)

    left = doorway.written(folder)
    assert left is not None and doorway.found(folder) is None, "a door that nobody keeps is not knocked at"
    after = Serving(folder)
    ended.append(after)
    after.until("Ctrl-C")
    door = doorway.found(folder)
    assert door is not None and door.pid == after.process.pid != left.pid
    assert after.asks(renewed.token(), "/v1/verify").json()["outcome"] == "verified"
    assert after.ends() == 0


def shows_each_act(first: Serving, token: str, plan: Plan) -> None:
    """A line for each act, whether it was recorded or refused, within 80 columns."""
    acts = lawful_course(plan, LawLibrary(None).newest()).acts
    body = {"command_id": "r", "fields": session_fields(plan)}
    assert first.posts(token, "/v1/sessions", body).status_code == 200
    early = body_of(plan, next(a for a in acts if a.act == "sign-in"), "early") | {"at": None}
    assert first.posts(token, "/v1/acts", {k: v for k, v in early.items() if v}).status_code in (200, 409)
    tomorrow = body_of(plan, acts[-1], "tomorrow")
    assert first.posts(token, "/v1/acts", tomorrow).status_code == 409
    said = first.until("晚于记录时间")
    (line,) = [line for line in said.splitlines() if "登记会议" in line]
    assert re.match(r"\d\d:\d\d:\d\d ✓ 登记会议 +(秘书处.人大办.|主席团) +#1$", line), line
    assert [line for line in said.splitlines() if cell_len(line) > 80 and str(first.folder.parent) not in line] == []


@pytest.fixture
def unread() -> Iterator[int]:
    """The end to write to of a pipe that is full and that nobody reads: a console that stands still."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with contextlib.suppress(BlockingIOError):
        while os.write(writing, b"." * 4096):
            pass
    os.set_blocking(writing, True)
    yield writing
    os.close(reading)
    os.close(writing)


def test_a_console_that_stands_still_holds_up_neither_the_door_nor_the_end(
    folder: Path, unread: int, ended: list[Serving]
) -> None:
    """And one started in the background of a script, which has it ignore Ctrl-C, ends by SIGTERM all the same."""
    serving = Serving(folder, to=unread, before='trap "" INT')
    ended.append(serving)
    until = time.monotonic() + SECONDS
    while doorway.found(folder) is None and serving.process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)  # another process opens it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yishi.doorway.user_config_path", lambda *_, **__: folder.parent / "config" / "yishi")
        token = doorway.kept_token(folder)
    assert token is not None and serving.asks(token).json()["size"] == 0
    assert serving.ends(signal.SIGTERM) == 0 and doorway.written(folder) is None


def test_a_rehearsals_folder_is_refused(folder: Path) -> None:
    DataFolder.open(folder, "rehearsal").close()
    for lang, word in (("zh", "演练目录"), ("en", "folder of a rehearsal")):
        serving = Serving(folder, lang=lang)
        assert serving.process.wait(SECONDS) == 2 and word.replace(" ", "") in "".join(serving.said.split())
    assert not (folder / "ledger.db").exists() and not (folder / "token.json").exists()


def test_somebody_elses_folder_is_left_as_it_was(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("dear sir", encoding="utf-8")
    serving = Serving(folder)
    assert serving.process.wait(SECONDS) == 2 and "letter.txt" in serving.said
    assert [p.name for p in folder.iterdir()] == ["letter.txt"]


def test_a_port_out_of_range_is_told_so(folder: Path) -> None:
    serving = Serving(folder, YISHI_DOOR_PORT="70000")
    assert serving.process.wait(SECONDS) == 2 and "door_port" in serving.said


def test_a_token_fits_only_itself(tmp_path: Path) -> None:
    token = tokens.new_token()
    taken = tokens.take(tmp_path, token)
    assert taken.fits(token) and not taken.fits(token[:-1]) and not taken.fits("") and not taken.fits(taken.sha256)
    known = known_token(tmp_path)
    assert known is not None and known.sha256 == digest_of(token)
    assert tokens.new_token() != token and len(token) == 43
    assert not Token(digest_of("x")).fits("\udcff")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"sha256": 3}', b'{"sha256": "abc"}', b"\xff"])
def test_a_damaged_token_file_is_told_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / tokens.FILE).write_bytes(content)
    with pytest.raises(TokenDamaged, match="--new-token"):
        known_token(tmp_path)
    assert known_token(tmp_path / "nowhere") is None


def test_two_folders_tokens_are_kept_side_by_side_and_a_damaged_file_of_them_is_made_anew(tmp_path: Path) -> None:
    doorway.keep_token(tmp_path / "a", "one")
    doorway.keep_token(tmp_path / "b", "two")
    assert (doorway.kept_token(tmp_path / "a"), doorway.kept_token(tmp_path / "b")) == ("one", "two")
    doorway.tokens_file().write_bytes(b"{")
    assert doorway.kept_token(tmp_path / "a") is None
    doorway.keep_token(tmp_path / "a", "three")
    assert doorway.kept_token(tmp_path / "a") == "three"


def test_what_the_environment_says_goes_before_what_is_found(tmp_path: Path) -> None:
    found = doorway.approach(tmp_path, {"YISHI_DOOR": "http://127.0.0.1:9/", "YISHI_TOKEN": "t"})
    assert found == ("http://127.0.0.1:9", "t")
    with pytest.raises(doorway.NothingServes, match="yishi serve"):
        doorway.approach(tmp_path, {"YISHI_TOKEN": "t"})
    with pytest.raises(doorway.NoTokenKept, match="--new-token"):
        doorway.approach(tmp_path / "unknown", {"YISHI_DOOR": "http://127.0.0.1:9"})


def test_a_door_of_a_process_that_is_not_the_one_that_opened_it_is_not_knocked_at(tmp_path: Path) -> None:
    opened = doorway.open_door(tmp_path, "http://127.0.0.1:9", "0" * 64)
    assert doorway.found(tmp_path) == opened and opened.pid == os.getpid()
    later = opened.model_copy(update={"began": opened.began - 60})
    (tmp_path / doorway.DOOR).write_text(later.model_dump_json())
    assert doorway.found(tmp_path) is None
    (tmp_path / doorway.DOOR).write_text("{")
    assert doorway.found(tmp_path) is None
    doorway.close_door(tmp_path)
    doorway.close_door(tmp_path)
