"""Makes one backup, or restores one; killed by whoever started it, whenever they like."""

import sys
from pathlib import Path

from tests.ledger.toy import DECIDERS, ToyLaws
from yishi.mirror import back_up, restore

if __name__ == "__main__":
    what, one, other = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    (back_up if what == "back-up" else restore)(one, other, DECIDERS, lambda _: ToyLaws())
