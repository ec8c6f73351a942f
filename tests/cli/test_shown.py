"""A screen that stands still, or is gone, is waited for by nobody."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError
from rich.console import Console

from domain.text import Lang
from tests.hall.house import doors
from yishi.beside import beside
from yishi.cli.act_lines import follow
from yishi.cli.shown import Shown
from yishi.ledger.reader import Entry


class Pipe:
    """A console whose other end is read only when the test says so."""

    def __init__(self) -> None:
        self.reading, writing = os.pipe()
        self.file = os.fdopen(writing, "w", encoding="utf-8")
        self.console = Console(file=self.file, width=10_000, soft_wrap=True)

    def read_to_its_end(self) -> list[str]:
        self.file.close()
        with os.fdopen(self.reading, encoding="utf-8") as said:
            return said.read().splitlines()


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    yield Pipe()


def test_lines_are_shown_in_the_order_they_came_and_none_is_left_out_at_the_end(pipe: Pipe) -> None:
    shown = Shown(pipe.console, "zh")
    for n in range(300):
        shown.print(f"第 {n} 行")
    shown.close(60)
    assert pipe.read_to_its_end() == [f"第 {n} 行" for n in range(300)]


@pytest.mark.parametrize(("lang", "word"), [("zh", "行未显示"), ("en", "lines were not shown")])
def test_what_a_screen_that_stood_still_missed_is_counted_and_told(pipe: Pipe, lang: Lang, word: str) -> None:
    shown = Shown(pipe.console, lang, waiting=10)
    for n in range(200):
        shown.print(f"{n} " + "-" * 4000)  # a pipe holds a few dozen of these
    lines: list[str] = []

    def read() -> None:
        with os.fdopen(pipe.reading, encoding="utf-8") as said:
            for line in said:
                lines.append(line.rstrip())
                arrived.set()

    arrived = threading.Event()
    reader = threading.Thread(target=read)
    reader.start()
    sent = 200
    while not lines or not lines[-1].endswith("goes on"):
        arrived.clear()
        shown.print("goes on")
        sent += 1
        assert arrived.wait(60)
    shown.close(60)
    pipe.file.close()
    reader.join(60)
    numbers = [int(line.split()[0]) for line in lines if line.endswith("----")]
    missed = sum(int("".join(c for c in line if c.isdigit())) for line in lines if word in line)
    assert numbers == list(range(len(numbers))) and len(numbers) < 200
    assert len(numbers) + missed + lines.count("goes on") == sent


def test_what_was_missed_is_told_at_the_end_too(pipe: Pipe) -> None:
    shown = Shown(pipe.console, "en", waiting=10)
    for n in range(200):
        shown.print(f"{n} " + "-" * 4000)
    lines: list[str] = []

    def read() -> None:
        with os.fdopen(pipe.reading, encoding="utf-8") as said:
            lines.extend(line.rstrip() for line in said)

    reader = threading.Thread(target=read)
    reader.start()
    shown.close(60)
    pipe.file.close()
    reader.join(60)
    told = [line for line in lines if line.endswith("----")]
    missed = int("".join(c for c in lines[-1] if c.isdigit()))
    assert len(told) + missed == 200


def test_a_screen_that_is_gone_is_no_screen_and_no_fault(pipe: Pipe) -> None:
    shown = Shown(pipe.console, "en")
    os.close(pipe.reading)
    for n in range(3000):
        shown.print(f"{n}")
    shown.close(60)
    pipe.file.close()


def test_the_end_waits_for_a_screen_that_stands_still_only_so_long(pipe: Pipe, tmp_path: Path) -> None:
    shown = Shown(pipe.console, "en")
    for _ in range(100):
        shown.print("-" * 4000)
    shown.close(0.05)
    assert os.read(pipe.reading, 10), "what it took is there; the rest is on the record"
    os.close(pipe.reading)


async def test_acts_are_shown_on_when_the_store_comes_back_that_was_away_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipe: Pipe
) -> None:
    monkeypatch.setattr("yishi.cli.act_lines.AGAIN_SECONDS", 0.01)
    told = asyncio.Event()

    class Screen(Shown):
        def print(self, line: str = "") -> None:
            told.set()

    with doors(tmp_path) as house:
        reads, away = house.ledger.notifications, iter([True])

        def read(*about: Any) -> list[Entry]:
            if next(away, False):
                raise OperationalError("the database system is shutting down")
            return reads(*about)

        monkeypatch.setattr(house.ledger, "notifications", read)
        async with asyncio.timeout(60), beside(follow(house.ledger, 0, Screen(pipe.console, "zh"), "zh")):
            await told.wait()
