"""Writes acts of two events each from four threads until it is killed, and prints each command id once it is answered."""

import sys
import threading
from itertools import count
from pathlib import Path

from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring
from yishi.ledger.ledger import Ledger


def main(folder: Path) -> None:
    ledger = Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE)

    def write(thread: int) -> None:
        for n in count():
            command_id = f"{thread}-{n}"
            ledger.record_now(bring(command_id, stream=f"yuanhua/17-9/toy/{command_id}", times=2))
            sys.stdout.write(f"answered {command_id}\n")
            sys.stdout.flush()

    threads = [threading.Thread(target=write, args=(t,)) for t in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
