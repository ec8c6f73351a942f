"""A box on a real ledger and real files, voters and key holders with real keys; no workflow, which no ballot passes through anyway."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.ballot.box import Box, BoxKeys
from domain.ballot.form import Ballot, Form, written
from domain.ballot.opening import AttestBox, OpenBox
from domain.refusals import Refusal
from domain.submission import Actor, Answer, Command, Submission
from tests.ballots.boxes import form, hall, sealing
from tests.domain.chamber import SESSION, Chamber
from yishi.ballots.boxes import Boxes, UrnOf
from yishi.ballots.urn import Cast, Put, SqliteUrn
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.record import deciders
from yishi.scrutineers.keys import Ceremony, ceremony, waking_key
from yishi.scrutineers.opening import Opened, opened
from yishi.sealed.hpke import Seal, from_text
from yishi.sealed.shares import Share

HERE = SESSION.removesuffix("/session/1")
HOLDERS = ("d011", "d012", "d013")
SCRUTINEER, CHAIR = Actor(office="scrutineer"), Actor(office="presidium")


@cache
def before(deputies: int, of: Form, keys: str) -> tuple[tuple[Submission, ...], datetime]:
    """All acts up to the sealing of a box, and the hour after them."""
    acts: list[Submission] = []
    judge = Chamber._judge

    def kept(self: Chamber, command: Command, submission: Submission, now: datetime) -> Chamber:
        acts.append(submission)
        return judge(self, command, submission, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Chamber, "_judge", kept)
        here = hall(deputies).given(sealing(of, keys=keys_of(keys), holders=HOLDERS))
    return tuple(acts), here.now + timedelta(minutes=1)


def keys_of(said: str) -> BoxKeys:
    return BoxKeys.model_validate_json(said)


class House:
    """Voters and scrutineers around the boxes of a folder."""

    def __init__(self, folder: Path, made: Ceremony, of: Form, urn_of: UrnOf = SqliteUrn, deputies: int = 30) -> None:
        acts, self.now = before(deputies, of, made.keys.model_dump_json())
        self.folder, self.form, self.made, self.code = folder, of, made, of.box
        self.laws = LawLibrary(folder)
        self.laws.keep(self.laws.newest())
        self.ledger = Ledger(folder, deciders(), self.laws, clock=lambda: self.now)
        if self.ledger.head().size == 0:
            for act in acts:
                assert self.ledger.record_now(act).outcome == "recorded"
        self.boxes = Boxes(folder, self.ledger, urn_of)
        self.boxes.settle_all()

    @property
    def box(self) -> Box:
        found: Box = self.ledger.state(SESSION).boxes[self.code]
        return found

    async def submit(self, submission: Submission) -> Answer:
        return await self.ledger.record(submission)

    def does(self, command: Command) -> Answer:
        """An act, under an id that says what it does."""
        fields = command.model_dump(mode="json")
        return self.ledger.record_now(
            Submission(
                command_id=f"{command.act}-{fields.get('scrutineer', '')}", stream=SESSION, actor=SCRUTINEER, at=self.now,
                act=command.act, fields=fields,
            )
        )  # fmt: skip

    async def token(self, deputy: str) -> bytes:
        given = await self.boxes.issue(self.submit, HERE, self.code, deputy, SCRUTINEER, self.now, f"ballot-{deputy}")
        assert not isinstance(given, Refusal), given.says().zh
        return from_text(given["token"])

    def sealed(self, ballot: Ballot) -> bytes:
        return Seal(from_text(self.made.keys.ballots)).seal(written(self.form, ballot), self.form.digest)

    async def cast(self, token: bytes, sealed: bytes) -> Put:
        return await self.boxes.cast(HERE, self.code, token, sealed)

    async def votes(self, deputy: str, ballot: Ballot) -> Put:
        return await self.cast(await self.token(deputy), self.sealed(ballot))

    def wake(self, shares: Sequence[Share]) -> None:
        told = self.boxes.told(HERE, self.code)
        assert told["asleep"]
        key = waking_key(self.code, self.box.sealed.keys, self.form.digest, told["restart"], shares)
        self.boxes.wake(HERE, self.code, from_text(key))

    async def shut(self, command_id: str = "close", **more: Any) -> Answer:
        return await self.boxes.shut(self.submit, HERE, self.code, CHAIR, self.now, command_id, **more)

    def opened(self, shares: Sequence[Share]) -> Opened:
        closed = self.box.closed
        assert closed is not None
        ballots = self.boxes.ballots(HERE, self.code)
        return opened(self.form, self.box.sealed.keys, closed.issued, closed.returned, closed.root, ballots, shares)

    def counted(self) -> Opened:
        """Opened by the first two holders, recorded, attested by both."""
        came_out = self.opened(self.made.shares[:2])
        opening = OpenBox.model_validate({"box": self.code, "holders": HOLDERS[:2], **came_out.fields})
        assert self.does(opening).outcome == "recorded"
        for holder in HOLDERS[:2]:
            attest = AttestBox(box=self.code, scrutineer=holder, ballots=came_out.fields["ballots"])
            assert self.does(attest).outcome == "recorded"
        return came_out

    def close(self) -> None:
        self.boxes.close()
        self.ledger.close()


@contextmanager
def house(folder: Path, made: Ceremony | None = None, of: Form | None = None, **more: Any) -> Iterator[House]:
    there = House(folder, made or ceremony(2, 3), of or form(), **more)
    try:
        yield there
    finally:
        there.close()


class Dying(SqliteUrn):
    """A store whose process is killed with its next ballot: `before` it is written, `within` its transaction, `after` the commit."""

    point = ""

    def put(self, casts: Sequence[Cast]) -> list[Put]:
        if self.point == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        told = super().put(casts)
        if self.point == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return told

    def _lay_in(self, spent: Iterable[bytes], new: Mapping[bytes, bytes]) -> None:
        super()._lay_in(spent, new)
        if self.point == "within":
            os.kill(os.getpid(), signal.SIGKILL)


def killed(folder: Path, point: str, keys: str, shares: Sequence[str]) -> None:
    """One ballot is cast whole, the token and the bytes of another are told, and with that one the process dies."""

    async def dying() -> None:
        made = Ceremony(keys_of(keys), tuple(map(Share.parse, shares)))
        with house(folder, made, urn_of=Dying) as here:
            against = Ballot(("against", "against"))
            assert await here.votes("d001", against) is Put.TAKEN
            token, sealed = await here.token("d002"), here.sealed(against)
            sys.stdout.write(f"{token.hex()} {sealed.hex()}\n")
            sys.stdout.flush()
            Dying.point = point
            await here.cast(token, sealed)

    asyncio.run(dying())


if __name__ == "__main__":
    killed(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
