"""A desk in a test: a real `yishi serve` on a folder of its own, the command line beside it, and small sessions to work on."""

import os
import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from domain.calendar import CHINA
from tests.cli.shell import ROOT, YISHI, Done, yishi
from tests.engine.house import SMALL
from tests.forking import commanded
from tests.ledger.postgres import ledger_elsewhere

START_SECONDS = 120
COLUMNS = 80
BEFORE = (
    (30, "09:00", "decide-date, opens: {opens}, closes: {closes}"),
    (29, "09:00", "publish-date, where: 公告栏"),
    (25, "09:00", "prepare, drafts: [议程草案]"),
    (20, "09:00", "hear-voters, what: 听取选民意见"),
    (15, "09:00", "give-notice"),
    (14, "09:00", "invite-observers, who: [镇人民政府], count: 2"),
    (3, "09:00", "send-papers, papers: [报告]"),
)


@cache
def today() -> date:
    """The day on which the tests of a run act, by its first minutes: while these have not all passed it is still the day before,
    and so it is for a run that goes on beyond midnight.
    """
    return (datetime.now(CHINA) - timedelta(minutes=10)).date()


def days_until(day: date) -> int:
    """From the day that it is for the program."""
    return (day - datetime.now(CHINA).date()).days


class Serving:
    """`yishi serve` as a process, on a data folder."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        clean = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
        clean |= ledger_elsewhere(folder)
        log = folder.parent / "serve.log"
        self.process = commanded([str(YISHI), "serve", "--data", str(folder)], ROOT, clean | environment, log)
        until = time.monotonic() + START_SECONDS
        while not self._open():
            assert self.process.exitcode is None and time.monotonic() < until, log.read_text(encoding="utf-8")
            self.process.join(0.05)

    def _open(self) -> bool:
        from yishi import doorway  # noqa: PLC0415

        door = doorway.found(self.folder)
        return door is not None and door.pid == self.process.pid

    def kill(self) -> None:
        self.process.kill()
        self.process.join(60)

    def stop(self) -> None:
        self.process.terminate()
        self.process.join(60)


class Desk:
    """The command line on a served folder. Whatever it says keeps to 80 columns."""

    def __init__(self, place: Path) -> None:
        self.place, self.folder = place, place / "data"
        self._served: list[Serving] = []
        self.environment = {
            "XDG_CONFIG_HOME": str(place / "config"), "XDG_STATE_HOME": str(place / "state"), "HOME": str(place),
            "YISHI_FOLDER": str(self.folder), "COLUMNS": str(COLUMNS),
        }  # fmt: skip

    def serve(self) -> Serving:
        self._served.append(Serving(self.folder, self.environment))
        return self._served[-1]

    def leave(self) -> None:
        """End what a test that failed left running, so that it fails alone."""
        for serving in self._served:
            if serving.process.exitcode is None:
                serving.kill()
        self._served.clear()

    def __call__(self, *arguments: object, typed: str = "", **environment: str) -> Done:
        done = yishi(*arguments, typed=typed, **self.environment | environment)
        if "--json" not in arguments:
            wide = [line for line in done.said.splitlines() if cell_len(line) > COLUMNS]
            assert wide == [], (arguments, wide)
        return done

    def both(self, *arguments: object, zh: str, en: str, code: int) -> None:
        """The command ends with a code and says a word, in each language."""
        for lang, word in (("zh", zh), ("en", en)):
            done = self(*arguments, "--lang", lang)
            says = word in flat(done.said) or word in squeezed(done.said)  # a line may end within a Chinese word
            assert done.code == code and says, (done.code, done.said)

    def plan(self, code: str, *, opens: date | None = None, changed: Mapping[str, str] | None = None) -> Path:
        """A small town's plan, opening today unless said otherwise. `changed`: words of it, and what stands in their place."""
        opens = opens or today()
        written = SMALL.read_text(encoding="utf-8").replace("xiaozhen", code)
        written = written.replace("closes: 2025-01-21", f"closes: {opens + timedelta(1)}").replace(
            "2025-01-21", str(opens)
        )
        for old, new in (changed or {}).items():
            written = written.replace(old, new)
        folder = self.place / code
        folder.mkdir(exist_ok=True)
        (folder / "roll.csv").write_bytes((SMALL.parent / "roll.csv").read_bytes())
        (folder / "plan.yaml").write_text(written, encoding="utf-8")
        return folder / "plan.yaml"

    def registered(self, code: str, *, days_ago: int = 40) -> str:
        """A session registered some time ago; its name."""
        at = f"{today() - timedelta(days_ago)} 09:00"
        done = self("session", "start", self.plan(code), "--at", at, "--reason", "补登记")
        assert done.code == 0, done.said
        return f"{code}/3-2"

    def script(self, code: str, *lines: str) -> Path:
        file = self.place / code / "script.yaml"
        acts = "".join(f"  - {{{line}}}\n" for line in lines)
        file.write_text(f"format: yishi-script/1\nacts:\n{acts}", encoding="utf-8")
        return file

    def before(self) -> list[str]:
        """The lines of a script with all that comes before a session that opens today."""
        days = {"opens": today(), "closes": today() + timedelta(1)}
        return [f"at: {today() - timedelta(n)} {clock}, act: {act.format(**days)}" for n, clock, act in BEFORE]

    def convened(self, code: str) -> str:
        """A session on its opening day with everything before it done, entered from paper."""
        session = self.registered(code)
        done = self(
            "record-later", "--from", self.script(code, *self.before()), "--reason", "纸质", "--session", session
        )
        assert done.code == 0, done.said
        return session

    def size(self) -> int:
        """Events on record."""
        from yishi.record import reader  # noqa: PLC0415

        ledger = reader(self.folder)
        try:
            return int(ledger.head().size)
        finally:
            ledger.close()


def flat(said: str) -> str:
    """What was said without the breaks of its lines: Chinese joined, English with single blanks."""
    return " ".join(said.split())


def squeezed(said: str) -> str:
    """Without any blanks, to find a sentence however it was broken."""
    return "".join(said.split())


def found(done: Done) -> Any:
    import json  # noqa: PLC0415

    return json.loads(done.out)
