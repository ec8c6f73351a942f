"""The open boxes of a running service: a ballot is issued by name, cast without one, and never both in one transaction.

While a box is open its tokens' key is in memory alone. On the disk it lies sealed to the scrutineers: after a restart as many of them as
open the box bring it back, or no ballot is issued or cast. At the closing it is gone, and the tokens with it.
"""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import structlog

from domain.ballot.box import Box
from domain.ballot.closing import CloseBox
from domain.ballot.issue import IssueBallot, issued_list
from domain.refusals import Refusal
from domain.session.state import Session
from domain.submission import Actor, ActorSignature, Answer, Submission
from yishi.ballots.casting import Casting
from yishi.ballots.troubles import (
    BoxAsleep,
    BoxLost,
    BoxShut,
    NoBallotsYet,
    NoSuchBox,
    NotAToken,
    NotItsKey,
    NotThatLong,
)
from yishi.ballots.urn import Cast, Put, SqliteUrn, Urn, written_whole
from yishi.ledger.merkle import leaf_hash, root_of
from yishi.ledger.reader import LedgerReader
from yishi.private import FOLDER
from yishi.sealed.hpke import OVERHEAD, Seal, from_text, to_text
from yishi.sealed.tokens import TOKEN_BYTES, check_of, hash_of, new_key, token_of
from yishi.trouble import Trouble

log = structlog.get_logger("yishi")

CHECK, KEY = "check", "key"  # of the tokens' key: what tells the right one; the key itself, sealed to the scrutineers
HEADER = b"yishi box 1\n"
BALLOTS = "ballots"
TOLD_EVERY = 10  # casts


def file_of(folder: Path, session: str, code: str, end: str) -> Path:
    """A box's file in a data folder: `open` while ballots are cast, `box` once it is closed."""
    return folder / BALLOTS / f"{session.replace('/', '.')}.{code}.{end}"


def sealed_up(path: Path) -> Iterator[bytes]:
    """The sealed ballots of a closed box's file.

    Raises:
        ValueError: it is none.
    """
    for line in path.read_bytes().splitlines()[2:]:
        yield from_text(line.decode())


Submit = Callable[[Submission], Awaitable[Answer]]
"""How an act gets to the record: `yishi.engine.Engine.submit`, or a way around it."""


UrnOf = Callable[..., Urn]


class Awake(NamedTuple):
    """An open box whose tokens can be told. `tokens`: the hashes of all that were given out."""

    urn: Urn
    key: bytes
    tokens: set[bytes]
    size: int  # bytes of a sealed ballot
    casts: Iterator[int]  # counts those answered


def _came_out(box: Box) -> dict[str, Any] | None:
    """What its key holders had recorded, and who attested it; None before."""
    if box.opened is None:
        return None
    fields = box.opened.model_dump(mode="json", include={"ballots", "figures", "vote", "void"})
    return {**fields, "attested": [holder for holder in box.sealed.holders if holder in box.attested]}


class Boxes:
    """All electronic boxes of a folder. Made once beside an engine; `close` ends it.

    Args:
        urn_of: makes or opens the store of one box. changed: told, now and then, that there is more to be copied.
    """

    def __init__(
        self,
        folder: Path,
        ledger: LedgerReader,
        urn_of: UrnOf = SqliteUrn,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder, self._ledger, self._urn_of, self._changed = folder, ledger, urn_of, changed
        self._casting = Casting()
        self._awake: dict[tuple[str, str], Awake] = {}
        self._urns: dict[tuple[str, str], Urn] = {}
        self._gate = threading.RLock()

    def close(self) -> None:
        """Finish what waits. Keys are forgotten."""
        self._casting.close()
        with self._gate:
            self._awake.clear()
            for urn in self._urns.values():
                urn.close()
            self._urns.clear()

    # during the ballot ------------------------------------------------------------------------------------------------

    async def issue(
        self,
        submit: Submit,
        session: str,
        code: str,
        deputy: str,
        actor: Actor,
        at: datetime,
        command_id: str = "",
        signature: ActorSignature | None = None,
    ) -> Refusal | dict[str, Any]:
        """Issue a ballot to a deputy and hand out its token: asked again, the same token and no second ballot.

        Returns:
            Refusal, or `token` and what the voter's program needs to seal a ballot: `form`, `seal` (public key), `suite`.

        Raises:
            NoSuchBox, BoxShut, BoxAsleep, BoxLost. NotTaken: nothing was stored, send it again.
        """
        box = self._box(session, code)
        awake = self._awake.get((session, code))
        if awake is None:
            awake = await asyncio.to_thread(self._wakened, session, code)
        answer = await submit(
            Submission(
                command_id=command_id or f"ballot-{uuid4().hex}", stream=f"{session}/session/1", actor=actor, at=at,
                act=IssueBallot.act, fields={"box": code, "deputies": [deputy]}, signature=signature,
            )
        )  # fmt: skip
        if isinstance(answer, Refusal):
            return answer
        token = token_of(awake.key, f"{session}/{code}", deputy)
        awake.tokens.add(hash_of(token))
        keys = box.sealed.keys
        return {
            "token": to_text(token),
            "suite": keys.suite,
            "seal": keys.ballots,
            "form": box.form.model_dump(mode="json"),
        }

    async def cast(self, session: str, code: str, token: bytes, sealed: bytes) -> Put:
        """Put a sealed ballot into the box. Nobody is named; it is on the disk when this returns.

        Returns:
            TAKEN: it lies in the box (also when sent again). OTHER: another ballot of this token does. COPY: it is somebody else's.

        Raises:
            NoSuchBox, BoxShut, BoxAsleep, BoxLost, NotAToken, NotThatLong.
        """
        awake = self._awake.get((session, code))
        if awake is None:
            if await asyncio.to_thread(self._lies_in, session, code, token, sealed):
                return Put.TAKEN
            awake = await asyncio.to_thread(self._wakened, session, code)
        if len(sealed) != awake.size or len(token) != TOKEN_BYTES:
            raise NotThatLong(needed=awake.size, found=len(sealed))
        hashed = hash_of(token)
        if hashed not in awake.tokens:
            raise NotAToken()
        put = await asyncio.wrap_future(self._casting.put(awake.urn, Cast(hashed, sealed)))
        if put is Put.SHUT:
            raise BoxShut(box=code)
        if next(awake.casts) % TOLD_EVERY == 0:
            self._changed()
        return put

    def told(self, session: str, code: str) -> dict[str, Any]:
        """How a box stands: until it is closed, how many ballots were issued and how many lie in it, and nothing else of them."""
        box = self._box(session, code)
        asleep = box.state == "sealed" and (session, code) not in self._awake and self._path(session, code).exists()
        urn = self._urn(session, code) if box.closed is None else None
        issued = len(self._issued_to(session, code)) if box.closed is None else box.closed.issued
        returned = box.closed.returned if box.closed else urn.count() if urn else 0
        return {
            "box": code, "state": box.state, "issued": issued, "returned": returned, "asleep": asleep,
            "restart": to_text(urn.about()[KEY]) if asleep and urn else None,
            "keys": box.sealed.keys.model_dump(mode="json"), "form": box.form.model_dump(mode="json"),
            "holders": list(box.sealed.holders), "root": box.closed.root if box.closed else None,
            "if_fewer": box.sealed.if_fewer, "came_out": _came_out(box),
        }  # fmt: skip

    def all_told(self, session: str) -> list[dict[str, Any]]:
        """How each box of a session stands, in the order in which they were sealed."""
        known: Session = self._ledger.state(f"{session}/session/1")
        return [self.told(session, code) for code in known.boxes]

    def wake(self, session: str, code: str, key: bytes) -> None:
        """After a restart: the tokens' key, as key holders unsealed it in their own program.

        Raises:
            NoSuchBox, BoxShut, BoxLost. NotItsKey: this is another box's.
        """
        with self._gate:
            box = self._box(session, code)
            urn = self._urn(session, code)
            if box.state != "sealed":
                raise BoxShut(box=code)
            if urn is None:
                raise BoxLost(box=code)
            if urn.about()[CHECK] != check_of(key):
                raise NotItsKey(box=code)
            self._keep(session, box, urn, key)

    # the closing ------------------------------------------------------------------------------------------------------

    async def shut(
        self,
        submit: Submit,
        session: str,
        code: str,
        actor: Actor,
        at: datetime,
        command_id: str,
        *,
        lost: bool = False,
        signature: ActorSignature | None = None,
    ) -> Answer:
        """Close a box: no more ballots from here on, what lies in it counted and recorded, the tokens' key and the tokens destroyed.

        What is raised where it is certain that nothing is recorded lets the ballot go on.

        Args:
            lost: somebody looked, and the ballots are gone with their disk: it is recorded that none are in the box.

        Raises:
            NoSuchBox, BoxLost. NotTaken: it may be recorded or not; the box stays shut: send it again. Whatever `submit` raises.
        """
        box = self._box(session, code)
        returned, root, first = await asyncio.to_thread(self._fenced, session, box, lost=lost)
        try:
            answer = await submit(
                Submission(
                    command_id=command_id, stream=f"{session}/session/1", actor=actor, at=at, act=CloseBox.act,
                    fields={"box": code, "returned": returned, "root": root}, signature=signature,
                )
            )  # fmt: skip
        except Exception as fault:
            if first and not (isinstance(fault, Trouble) and fault.uncertain):
                await asyncio.to_thread(self._settle, session, code)
            raise
        await asyncio.to_thread(self._settle, session, code)
        self._changed()
        return answer

    def _fenced(self, session: str, box: Box, *, lost: bool) -> tuple[int, str, bool]:
        """What lies in a box, with nothing coming after; and whether it was open until now, or a closing before it may yet be recorded."""
        with self._gate:
            code = box.form.box
            if box.closed is not None:
                return box.closed.returned, box.closed.root, False
            urn = self._urn(session, code)
            if urn is None:
                if self._issued_to(session, code) and not lost:
                    raise BoxLost(box=code)
                return 0, root_of(()).hex(), False
            first, ballots = urn.shut(), urn.ballots()
            return len(ballots), root_of(map(leaf_hash, ballots)).hex(), first

    def _settle(self, session: str, code: str) -> None:
        """After the record has spoken: a closed box is written out and its open file destroyed; one that was not closed goes on."""
        with self._gate:
            box, urn = self._box(session, code), self._urn(session, code)
            if urn is None:
                return
            if box.closed is None:
                urn.unshut()
                return
            ballots = urn.ballots()
            if box.closed.root != root_of(map(leaf_hash, ballots)).hex():
                log.error("ballots.other_root", session=session, box=code)  # closed past us: nothing is destroyed
                return
            lines = (to_text(each).encode() + b"\n" for each in ballots)
            written_whole(self._path(session, code, "box"), (HEADER, box.sealed.form_digest.encode() + b"\n", *lines))
            self._awake.pop((session, code), None)
            self._urns.pop((session, code), None)
            urn.destroy()

    def settle_all(self) -> None:
        """At the start: boxes that were closed just before the service was killed are written out and destroyed now."""
        for path in sorted((self._folder / BALLOTS).glob("*.open")):
            congress, number, code = path.name.removesuffix(".open").split(".")
            session = f"{congress}/{number}"
            with contextlib.suppress(NoSuchBox):
                if self._box(session, code).closed is not None:
                    self._settle(session, code)

    def ballots(self, session: str, code: str) -> list[bytes]:
        """The sealed ballots of a closed box, sorted by their bytes: for its key holders to open.

        Raises:
            NoSuchBox. NoBallotsYet: it is not closed.
        """
        if self._box(session, code).closed is None:
            raise NoBallotsYet(box=code)
        return list(self._sealed_up(session, code))

    # what it all rests on ---------------------------------------------------------------------------------------------

    def _box(self, session: str, code: str) -> Box:
        known: Session = self._ledger.state(f"{session}/session/1")
        if code not in known.boxes:
            raise NoSuchBox(box=code)
        found: Box = known.boxes[code]
        return found

    def _issued_to(self, session: str, code: str) -> frozenset[str]:
        return self._ledger.present(f"{session}/session/1", issued_list(code))

    def _path(self, session: str, code: str, end: str = "open") -> Path:
        return file_of(self._folder, session, code, end)

    def _urn(self, session: str, code: str) -> Urn | None:
        """The open file of a box, None when it has none (any more)."""
        with self._gate:
            if (session, code) not in self._urns:
                if not self._path(session, code).exists():
                    return None
                urn = self._urn_of(self._path(session, code))
                if CHECK not in urn.about():  # killed while it was made: nothing was issued on it
                    urn.destroy()
                    return None
                self._urns[session, code] = urn
            return self._urns[session, code]

    def _wakened(self, session: str, code: str) -> Awake:
        """The box ready to work; made anew before its first ballot.

        Raises:
            BoxShut, BoxAsleep, BoxLost.
        """
        with self._gate:
            if (session, code) in self._awake:
                return self._awake[session, code]
            box, urn = self._box(session, code), self._urn(session, code)
            if box.state != "sealed":
                raise BoxShut(box=code)
            if urn is not None:
                raise BoxAsleep(box=code, needed=box.sealed.keys.needed)
            if self._issued_to(session, code):
                raise BoxLost(box=code)
            (self._folder / BALLOTS).mkdir(mode=FOLDER, exist_ok=True)
            key = new_key()
            kept = Seal(from_text(box.sealed.keys.restart)).seal(key, box.form.digest)
            urn = self._urns[session, code] = self._urn_of(self._path(session, code), {CHECK: check_of(key), KEY: kept})
            return self._keep(session, box, urn, key)

    def _keep(self, session: str, box: Box, urn: Urn, key: bytes) -> Awake:
        code = box.form.box
        tokens = {hash_of(token_of(key, f"{session}/{code}", deputy)) for deputy in self._issued_to(session, code)}
        awake = self._awake[session, code] = Awake(urn, key, tokens, box.form.size + OVERHEAD, count(1))
        return awake

    def _lies_in(self, session: str, code: str, token: bytes, sealed: bytes) -> bool:
        """Whether this very ballot is in the box already: a cast whose answer was lost, sent again after a restart or the closing."""
        if self._box(session, code).closed is not None:
            return sealed in set(self._sealed_up(session, code))
        urn = self._urn(session, code)
        return urn is not None and urn.holds(hash_of(token), sha256(sealed).digest())

    def _sealed_up(self, session: str, code: str) -> Iterator[bytes]:
        path = self._path(session, code, "box")
        if path.exists():
            yield from sealed_up(path)
