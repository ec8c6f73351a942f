"""From an announced result to its printed sheet, as a ratio to docxtpl filling in a bare template of the same size.

    python benchmarks/papers.py [--rounds 8]

One session is played up to its announcing. Then each decided subject is announced in turn; the clock runs from the ledger's commit of
the announcement to the sheet's .docx on the disk. By turns with it, the library alone fills in the same template with the same values.
Aim: at most 2.

  bare        docxtpl, the template and the values at hand
  sheet       the record read anew, the template checked, filled in within the sandbox, marked, packed, written
  minutes     the longest paper, the same way
  sign-in     a sheet for 3,000 deputies, the same way
"""

import argparse
import asyncio
import io
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog
from docxtpl import DocxTemplate

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from domain.session.parts import DeputyEntry
from domain.submission import Actor, Receipt, Submission
from yishi.documents.catalogue import kind_of, made, template_of
from yishi.documents.choice import Choice
from yishi.documents.fields import values
from yishi.documents.source import Source, read_source
from yishi.engine import Engine, running
from yishi.planning.load import load_plan
from yishi.planning.register import register_fields
from yishi.planning.script import Script
from yishi.record import reader
from yishi.rehearsal.lawful import lawful_course
from yishi.rehearsal.player import Player
from yishi.settings import Settings

DEPUTIES = 3000
Spent = dict[str, list[float]]


async def played(engine: Engine, plan_file: Path) -> Submission:
    """Play a session up to its announcing; what announces."""
    book = engine.laws.newest()
    plan = load_plan(plan_file, book)
    acts = lawful_course(plan, book).acts
    announcing = next(n for n, act in enumerate(acts) if act.act == "announce")
    player = Player(engine, plan, Script(acts=acts[:announcing]), scripted=True, watch=lambda row: None)
    outcome = await player.play(register_fields(plan, book, engine.vault, rehearsal=True))
    assert outcome.exit == 0
    at = acts[announcing].at
    actor = Actor(office="executive_chair")
    return Submission(
        command_id="a", stream=plan.stream, actor=actor, at=at, act="announce", recorded_at=at, fields={"items": []}
    )


def fresh(folder: Path, stream: str) -> Source:
    """The record as another process finds it: opened, read and folded from its bytes."""
    return read_source(reader(folder), stream, folder)


def bare(source: Source, item: str) -> Callable[[], None]:
    kind = kind_of("result")
    fields = values(kind.make(source, Choice(item=item)))
    template = template_of(kind, ()).read_bytes()

    def fill() -> None:
        document = DocxTemplate(io.BytesIO(template))
        document.render(fields, autoescape=True)
        document.save(io.BytesIO())

    return fill


def timed(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return (time.perf_counter() - begun) * 1000


def printed(folder: Path, stream: str, name: str, choice: Choice) -> None:
    kind = kind_of(name)
    (folder / f"{name}.docx").write_bytes(made(kind, fresh(folder, stream), choice, template_of(kind, ())))


async def compare(plan_file: Path, rounds: int, folder: Path) -> Spent:
    spent: Spent = {"bare": [], "sheet": [], "minutes": [], "sign-in": []}
    async with running(Settings(folder=folder), "rehearsal") as engine:
        announcing = await played(engine, plan_file)
        stream = announcing.stream
        for n, item in enumerate(fresh(folder, stream).session.votes):
            act = announcing.model_copy(update={"command_id": f"announce-{item}", "fields": {"items": [item]}})
            receipt = await engine.submit(act)
            assert isinstance(receipt, Receipt), receipt
            choice = Choice(item=item)
            first = timed(partial(printed, folder, stream, "result", choice))
            spent["sheet"] += [first] if n else []  # the first of all pays for the imports
            alone = bare(fresh(folder, stream), item)
            for _ in range(rounds):
                spent["bare"].append(timed(alone))
                spent["sheet"].append(timed(partial(printed, folder, stream, "result", choice)))
        for _ in range(rounds):
            spent["minutes"].append(timed(lambda: printed(folder, stream, "minutes", Choice())))
    source = fresh(folder, stream)
    roll = {f"D{n:04}": DeputyEntry(id=f"D{n:04}") for n in range(1, DEPUTIES + 1)}
    session = replace(source.session, roll=roll, in_office=frozenset(roll))
    kind = kind_of("sign-in")

    def stood(crowd: Source) -> object:
        return made(kind, crowd, Choice(), template_of(kind, ()))

    for _ in range(3):
        crowd = replace(source, session=session)
        spent["sign-in"].append(timed(partial(stood, crowd)))
    return spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=8)
    options.add_argument("--plan", type=Path, default=Path(__file__).parents[1] / "examples" / "luqiao" / "plan.yaml")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        spent = asyncio.run(compare(given.plan, given.rounds, Path(place) / "data"))
    base = statistics.median(spent["bare"])
    print("from the commit of an announcement to the .docx; aim: sheet at most 2 of bare")
    for way, took in spent.items():
        middle, most = statistics.median(took), max(took)
        print(
            f"  {way:8} {middle:8.1f} ms   most {most:8.1f}   ratio to bare {middle / base:.2f}   ({len(took)} times)"
        )


if __name__ == "__main__":
    main()
