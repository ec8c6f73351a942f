"""Ten thousand open matters: what the list of Monday and the figures cost, each as a multiple of the raw query, and what a start costs.

  python benchmarks/matters.py [--matters 10000] [--sessions 100] [--rounds 5] [--serve]

Half are suggestions (assigned; with a contact; answered with a promise), half resolutions to be reported on. What is read is `views.db`. The
raw query is `fetchall` of the very SELECT that returns the rows and columns the answer shows, with its join, its order and its conditions, on
the same file in the same round; nothing is done with the rows. The ratio is the median over the rounds; each asks anew, nothing is remembered.

list      `Office.monday` and `narrowed`: every row told with its title, light, days, citations, whom it waits for
          raw: the open terms with their matters, and the matters that wait without a term
figures   `Report.told`: all figures, with what they leave out
          raw: of each case the day's row, by which it is counted (way it stands, days), and the ways with their marks
opened    `Report.opened("replied")`: one figure with its thousands of cases and their entries
          raw: each case's row of the day with what names it, and the ways with their marks
ledger    for comparison: `fetchall` of all rows of the ledger
anew      all views worked out from the ledger; `act`: the list once more after one new entry, brought on by it

These are seconds of this process's own work (CPU), so that what else runs on the machine does not disturb the ratio; all files are in memory.

--serve: `yishi serve` on the same folder, as a process. `first`: Temporal has no data, every workflow is started from the record;
`again`: it has them. Seconds (by the clock, and of processor time of our process) until the door answers, and until all workflows run (asked
of Temporal); `rss`: the memory of the process and of its Temporal server.
"""

import argparse
import asyncio
import json
import logging
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil
import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from domain.calendar import CHINA
from domain.event import Event
from domain.matter.contact import ContactDeputy
from domain.matter.opening import OpenMatter
from domain.matter.rating import RateReply
from domain.matter.replying import ReplyToSuggestion
from domain.session.matters import BeginMatter
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion, SuggestionsAssigned
from domain.submission import Actor, Submission
from tests.domain.chamber import SESSION
from tests.domain.county import county
from tests.domain.following import following, stream_of
from yishi.folder import DataFolder
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.ledger.mapper import Act
from yishi.ledger.reader import LedgerReader
from yishi.ledger.transaction import WriteTransaction
from yishi.projections import monday, report
from yishi.projections.monday import Office
from yishi.projections.office import narrowed
from yishi.projections.report import Report
from yishi.projections.views import Views
from yishi.record import deciders

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime.now(CHINA).replace(microsecond=0)
TODAY = NOW.date()
AT_ONCE = 500  # events a commit


def house() -> tuple[list[Event], list[tuple[list[Event], list[Event]]]]:
    """A county's closed session of last month, and four matters of it: what the session says of each, and its own entries."""
    town = following(county("closed", opens=TODAY - timedelta(days=40)))
    before = len(town.record.streams[SESSION])
    for number in "123":
        town.given(FileSuggestion(number=number, deputies=("d001",), subject="关于修路的建议"), by="secretariat")
    town.on(TODAY - timedelta(days=20))
    for number in "123":
        town.given(AssignSuggestions(assignments=(Assignment(number=number, unit=f"某局{number}"),)))
        town.follows(number).given(OpenMatter(session=SESSION, number=number))
    due = TODAY + timedelta(days=400)
    town.given(BeginMatter(number="r", kind="resolution", subject="关于诉源治理的决议", unit="区法院", due=due))
    town.follows("r").given(OpenMatter(session=SESSION, number="r"))
    town.on(TODAY - timedelta(days=9)).follows("2").given(ContactDeputy(way="phone", deputies=("d001",), text="通话"))
    promised = ReplyToSuggestion.model_validate({"result": "B", "contacted": True, "promised": due})
    town.follows("3").given(promised, RateReply(deputy="d001", result="satisfied"))
    session = town.record.streams[SESSION]

    def of(number: str) -> tuple[list[Event], list[Event]]:
        said = [e for e in session[before:] if getattr(e, "number", "") == number]
        said += [e for e in session if isinstance(e, SuggestionsAssigned) and e.assignments[0].number == number]
        return said, list(town.record.streams[stream_of(number)])

    return list(session[:before]), [of(number) for number in ("1", "r", "2", "r", "3", "r")]


def renumbered(event: Event, number: str, session: str) -> Event:
    if isinstance(event, SuggestionsAssigned):
        [one] = event.assignments
        return event.model_copy(update={"assignments": (one.model_copy(update={"number": number}),)})
    fields = {"number": number, "session": session}
    return event.model_copy(update={k: v for k, v in fields.items() if k in type(event).model_fields})


def fill(ledger: Ledger, edition: str, sessions: int, matters: int) -> None:
    """The same session under other names, each with its share of the matters, written by the ledger's own hand."""
    before, kinds = house()
    decided: list[tuple[str, Event]] = []
    for s in range(sessions):
        stream = f"county/{s + 1}-1/session/1"
        decided += [(stream, event) for event in before]
        for n in range(matters // sessions):
            said, own = kinds[n % len(kinds)]
            number, of = f"m{n}", stream.removesuffix("session/1")
            decided += [(stream, renumbered(event, number, stream)) for event in said]
            decided += [(f"{of}matter/{number}", renumbered(own[0], number, stream))]
            decided += [(f"{of}matter/{number}", event) for event in own[1:]]
    for i in range(0, len(decided), AT_ONCE):
        written(ledger, edition, decided[i : i + AT_ONCE], f"bench-{i}")


def written(ledger: Ledger, edition: str, part: list[tuple[str, Event]], command_id: str) -> None:
    sent = Submission(
        command_id=command_id, stream=part[0][0], actor=Actor(office="clock"), at=NOW, act=OpenMatter.act,
        fields={"session": part[0][0], "number": "r"},
    )  # fmt: skip

    def job(cursor: Any) -> None:
        tx = WriteTransaction(cursor, ledger._writing.recorder, ledger._mapper, deciders(), ledger._tail)
        tx.append(part, Act.of(sent, edition, NOW))

    ledger.write(job).result()


def spent(way: Callable[[], Any]) -> float:
    begun = time.process_time()
    way()
    return time.process_time() - begun


def compare(folder: Path, rounds: int) -> None:
    views = Views(LedgerReader(folder, deciders()))
    anew = spent(views.follow)
    db = sqlite3.connect(folder / "views.db")
    ledger = sqlite3.connect(f"{(folder / 'ledger.db').as_uri()}?mode=ro", uri=True)
    office, figures, day = Office(views), Report(views), TODAY.toordinal()
    open_ = f"{monday.TERMS} AND state IN ('running', 'missed') ORDER BY last_day, terms.stream, clock"
    ways: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "list": (
            lambda: (db.execute(open_, ("", "~")).fetchall(), db.execute(monday.WAITING, ("", "~")).fetchall()),
            lambda: narrowed(office.monday(NOW, all_=False)),
        ),
        "figures": (
            lambda: (
                db.execute(
                    "SELECT marks, days FROM cases WHERE first_day <= ? AND until_day > ?", (day, day)
                ).fetchall(),
                db.execute("SELECT * FROM marks").fetchall(),
            ),
            lambda: figures.told(None, None, TODAY),
        ),
        "opened": (
            lambda: (
                db.execute(report.NAMED.format(among=""), (day, day)).fetchall(),
                db.execute("SELECT * FROM marks").fetchall(),
            ),
            lambda: figures.opened("replied", None, None, TODAY),
        ),
    }
    times: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for name, (raw, ours) in ways.items():
            times.setdefault(name, []).append((spent(raw), spent(ours)))
    events = [spent(lambda: ledger.execute("SELECT * FROM stored_events").fetchall()) for _ in range(rounds)]
    found = narrowed(office.monday(NOW, all_=False))
    print(f"{len(found['deadlines'])} open terms, {len(found['waiting'])} waiting without, {rounds} rounds")
    for name, pairs in times.items():
        raw, ours = (statistics.median(each) * 1e3 for each in zip(*pairs, strict=True))
        ratio = statistics.median(own / base for base, own in pairs)
        print(f"  {name:8} {ours:7.1f} ms  raw {raw:7.1f} ms  {ratio:5.2f} times the raw query")
    print(f"  ledger   {statistics.median(events) * 1e3:7.1f} ms  all rows of the ledger, raw")
    print(f"  anew     {anew:7.1f} s   views.db {(folder / 'views.db').stat().st_size / 1e6:.0f} MB")
    views.close()


def after_an_act(folder: Path, laws: LawLibrary) -> None:
    """What the next reader waits for when one matter has gone on."""
    with Ledger(folder, deciders(), laws) as ledger:
        office = Office(views := Views(ledger))
        office.monday(NOW, all_=False)
        times = []
        for n in range(5):
            stream = f"county/1-1/matter/m{6 * n}"
            entry = ledger.events("county/1-1/matter/m2")[1].event
            written(ledger, laws.newest().edition, [(stream, entry)], f"act-{n}")
            times.append(spent(lambda: office.monday(NOW, all_=False)))
        print(
            f"  act      {statistics.median(times) * 1e3:7.1f} ms  the list after one new entry (the first {times[0] * 1e3:.0f})"
        )
        views.close()


def serve(folder: Path, place: Path, matters: int) -> None:
    """Start it, once without Temporal's data and once with it."""
    import os  # noqa: PLC0415

    environment = {**os.environ, "XDG_CONFIG_HOME": str(place), "HOME": str(place), "PYTHONPATH": str(ROOT)}
    for name in ("first", "again"):
        begun = time.perf_counter()
        log = (place / f"{name}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-c", "from yishi.cli.main import main; main()", "serve", "--data", folder],
            env=environment, stdout=log, stderr=log, cwd=ROOT,
        )  # fmt: skip
        try:
            answers = _until(lambda: _answers(folder, place), process) - begun
            worked = sum(psutil.Process(process.pid).cpu_times()[:2])
            runs = asyncio.run(_all_run(matters, process, folder)) - begun
            tree = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            rss = " + ".join(f"{each.name()} {each.memory_info().rss / 1e6:.0f} MB" for each in tree)
            print(
                f"  {name:8} answers after {answers:6.1f} s (CPU {worked:5.1f}), all workflows run after {runs:6.1f} s, rss {rss}"
            )
        except SystemExit:
            print((place / f"{name}.log").read_text(encoding="utf-8"))
            raise
        finally:
            process.terminate()
            process.wait(120)


def _until(holds: Callable[[], bool], process: "subprocess.Popen[bytes]") -> float:
    while not holds():
        if process.poll() is not None:
            raise SystemExit(f"serve ended with {process.returncode}")
        time.sleep(0.05)
    return time.perf_counter()


def _answers(folder: Path, place: Path) -> bool:
    try:
        door = json.loads((folder / "door.json").read_bytes())
        tokens = json.loads((place / "yishi" / "tokens.json").read_bytes())
        token = next(iter(tokens.values()))
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.get(f"{door['url']}/v1", headers=headers, timeout=60).status_code == 200
    except (OSError, ValueError, httpx.HTTPError):
        return False


async def _all_run(matters: int, process: "subprocess.Popen[bytes]", folder: Path) -> float:
    from temporalio.client import Client  # noqa: PLC0415
    from temporalio.service import RPCError  # noqa: PLC0415

    ports = [
        c.laddr.port
        for child in psutil.Process(process.pid).children(recursive=True)
        for c in child.net_connections(kind="tcp")
        if c.status == psutil.CONN_LISTEN
    ]
    for port in sorted(set(ports)):
        try:
            client = await asyncio.wait_for(Client.connect(f"127.0.0.1:{port}"), 5)
            while (
                await client.count_workflows("ExecutionStatus = 'Running' AND WorkflowType = 'matter'")
            ).count < matters:
                if process.poll() is not None:
                    raise SystemExit(f"serve ended with {process.returncode}")
                await asyncio.sleep(0.2)
            return time.perf_counter()
        except (TimeoutError, RuntimeError, RPCError):
            continue
    raise SystemExit("no Temporal server of this process was found")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--matters", type=int, default=10_000)
    options.add_argument("--sessions", type=int, default=100)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--serve", action="store_true")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        DataFolder.open(folder, "real").close()
        laws = LawLibrary(folder)
        laws.keep(laws.newest())
        with Ledger(folder, deciders(), laws) as ledger:
            fill(ledger, laws.newest().edition, given.sessions, given.matters)
        compare(folder, given.rounds)
        if given.serve:
            serve(folder, Path(place), given.matters // given.sessions * given.sessions)
        else:
            after_an_act(folder, laws)


if __name__ == "__main__":
    main()
