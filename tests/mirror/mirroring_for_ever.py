"""Writes acts with a second copy beside them, and is killed inside a transaction on the copy: before its nth COMMIT there."""

import os
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path
from uuid import uuid4

from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring
from yishi.ledger.ledger import Ledger
from yishi.mirror import Mirror
from yishi.mirror.rows import Batch, Rows


class Dying(Rows):
    """Its process is killed when the nth batch is half written, with pages of it in the file already."""

    left = 0

    def _add(self, copy: sqlite3.Connection, batch: Batch) -> None:
        if batch.events and self.left == 0:
            copy.execute("PRAGMA cache_size = 1")  # spills into the file before the COMMIT
            copy.execute("BEGIN IMMEDIATE")
            copy.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?,?)", batch.events)
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= bool(batch.events)
        super()._add(copy, batch)


def main(folder: Path, copy: Path, batches: int) -> None:
    Dying.left = batches
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger, Mirror(folder, copy, rows=Dying) as mirror:
        ledger.after_commit(mirror.wake)
        run = uuid4().hex
        for n in count():
            ledger.record_now(bring(f"{run}-{n}", stream=f"yuanhua/17-9/toy/{run}-{n}", note="条" * 3000, times=3))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
