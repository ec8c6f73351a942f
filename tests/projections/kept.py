"""What a chamber decided, put on a real ledger entry by entry, so that readers of the record can be asked."""

from pathlib import Path
from typing import Any

from domain.submission import Actor, Submission
from tests.domain.chamber import Chamber
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.ledger.mapper import Act
from yishi.ledger.transaction import WriteTransaction
from yishi.record import deciders


class Kept:
    """A ledger that is told by a chamber."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        laws = LawLibrary(folder)
        self.ledger = Ledger(folder, deciders(), laws)
        self._edition = laws.newest().edition
        self._told: dict[str, int] = {}
        self._commits = 0

    def take(self, house: Chamber) -> None:
        """Put on record what is new in the chamber's."""
        new = [
            (stream, event)
            for stream, events in house.record.streams.items()
            for event in events[self._told.get(stream, 0) :]
        ]
        if not new:
            return
        self._told = {stream: len(events) for stream, events in house.record.streams.items()}
        self._commits += 1
        sent = Submission(
            command_id=f"kept-{self._commits}", stream=new[0][0], actor=Actor(office="clock"), at=new[-1][1].at,
            act="open-matter", fields={"session": new[0][0], "number": "1"},
        )  # fmt: skip

        def job(cursor: Any) -> None:
            tx = WriteTransaction(
                cursor, self.ledger._writing.recorder, self.ledger._mapper, deciders(), self.ledger._tail
            )
            tx.append(new, Act.of(sent, self._edition, sent.at))

        self.ledger.write(job).result()

    def close(self) -> None:
        self.ledger.close()
