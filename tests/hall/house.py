"""A session on a real ledger, its doors open: what many people at once come in by. No workflow is asked, as none is in real life."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.calendar import at_clock
from domain.session.parts import CardOf
from domain.session.state import Session
from domain.submission import Actor, Answer, Command, Submission
from tests.domain.chamber import SESSION, Chamber
from yishi.hall.light import light_of
from yishi.hall.signing import SignIns, sign_in_batch
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.record import deciders

DAY = date(2026, 1, 14)
MORNING = at_clock(DAY, 8)
BODY: dict[str, Any] = {"session": SESSION.removesuffix("/session/1"), "sitting": "s1"}


def bringing(**more: Any) -> SignIns:
    return SignIns.model_validate({**BODY, **more})


class Doors:
    """The way of an act that goes round the workflow, as `yishi.engine.Engine` has it."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = lambda: MORNING + timedelta(minutes=30)) -> None:
        self.folder = folder
        self.laws = LawLibrary(folder)
        self.laws.keep(self.laws.newest())
        self.ledger = Ledger(folder, deciders(), self.laws, clock=clock)
        self._acts = 0

    async def submit(self, submission: Submission) -> Answer:
        return await self.ledger.record(submission)

    def does(self, command: Command, at: datetime = MORNING) -> Answer:
        self._acts += 1
        submission = Submission(
            command_id=f"{os.getpid()}-{id(self)}-{self._acts}",
            stream=SESSION,
            actor=Actor(office=command.offices[0]),
            at=at,
            act=command.act,
            fields=command.model_dump(mode="json"),
        )
        return self.ledger.record_now(submission)

    @property
    def session(self) -> Session:
        found: Session = self.ledger.state(SESSION)
        return found

    @property
    def light(self) -> dict[str, Any]:
        return light_of(self.ledger, self.laws, SESSION, "s1", MORNING)

    def batch(self, **more: Any) -> dict[str, Any]:
        return asyncio.run(sign_in_batch(self, bringing(**more), MORNING))


@contextmanager
def doors(folder: Path, deputies: int = 61, *, cards: bool = False, **about: Any) -> Iterator[Doors]:
    """Doors of a session on that folder; it is registered when nothing is there yet."""
    opened = Doors(folder)
    try:
        if not opened.session.registered:
            plan = Chamber(deputies, opens=DAY, profile="national-township", **about).registering
            if cards:
                plan = plan.model_copy(
                    update={"roll": tuple(d.model_copy(update={"card": f"c{d.id}"}) for d in plan.roll)}
                )
            assert opened.does(plan).outcome == "recorded"
        yield opened
    finally:
        opened.ledger.close()


def card_of(deputy: str) -> CardOf:
    return CardOf(card=f"c{deputy}", deputy=deputy)


def killed_in_the_middle(folder: Path, deputies: int) -> None:
    """Everybody signs in at once; each one that is acknowledged is written to the output; then the process is killed."""

    async def all_at_once() -> None:
        with doors(folder, deputies) as opened:
            done = 0

            async def one(deputy: str) -> None:
                nonlocal done
                told = await sign_in_batch(opened, bringing(deputies=[deputy]), MORNING)
                sys.stdout.write("".join(f"in {d}\n" for d in told["counted"]))
                sys.stdout.flush()
                done += 1
                if done == deputies // 3:
                    os.kill(os.getpid(), signal.SIGKILL)

            await asyncio.gather(*(one(d) for d in opened.session.roll))

    asyncio.run(all_at_once())


if __name__ == "__main__":
    killed_in_the_middle(Path(sys.argv[1]), int(sys.argv[2]))
