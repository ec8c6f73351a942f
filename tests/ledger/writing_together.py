"""Writes acts as one of several processes, until they are done or it is killed; notes each command id in a file once it is answered.

Each process brings chairs to a stream of its own, and now and then to one that all of them share.
"""

import os
from itertools import count
from pathlib import Path

from tests.ledger.toy import DECIDERS, HALL, NINE, ToyLaws, bring
from yishi.ledger.ledger import Ledger

SHARED_EVERY = 5


def write_together(folder: Path, name: str, acts: int, answered: Path) -> None:
    """
    Args:
        acts: how many; 0 for ever. answered: the file, in which whole lines are written at once.
    """
    file = os.open(answered, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
        for n in range(acts) if acts else count():
            stream = HALL if n % SHARED_EVERY == 0 else f"yuanhua/17-9/toy/{name}"
            answer = ledger.record_now(bring(f"{name}-{n}", 0, stream))
            os.write(file, f"{answer.outcome} {answer.command_id}\n".encode())
