"""What tests of the second copy look at: all that two folders hold, and how the copy stands."""

from pathlib import Path

from tests.engine.house import everything_stored
from tests.ledger.toy import DECIDERS, ToyLaws
from yishi.ledger.ledger import Ledger
from yishi.ledger.verification import Verification
from yishi.ledger.verify import verify
from yishi.mirror import Mirror, Standing

SECONDS = 60.0


def until_it_has(mirror: Mirror, size: int) -> Standing:
    """Wait until the copy holds so many events."""
    found = mirror.wait_until(lambda s: s.state == "current" and s.head is not None and s.head.size == size, SECONDS)
    assert found.state == "current" and found.head is not None and found.head.size == size, found
    return found


def until(mirror: Mirror, state: str) -> Standing:
    found = mirror.wait_until(lambda s: s.state == state, SECONDS)
    assert found.state == state, found
    return found


def alike(one: Path, other: Path) -> bool:
    """Whether two folders hold the same record, byte for byte, indexes and answers included."""
    return everything_stored(one) == everything_stored(other)


def examined(folder: Path) -> Verification:
    return verify(folder, DECIDERS, ToyLaws())


def listening(ledger: Ledger, mirror: Mirror) -> Mirror:
    """A mirror told of every act, as the engine has it."""
    ledger.after_commit(mirror.wake)
    return mirror


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
