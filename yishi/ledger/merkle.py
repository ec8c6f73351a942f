"""The Merkle tree of RFC 6962: leaf hash, root, and a frontier that grows by one leaf in about log2(n) hashes.

Hashes are 32 raw bytes of SHA-256. A leaf is hashed with a 0x00 before it, a pair with a 0x01, so that neither can pass
for the other.
"""

from collections.abc import Iterable
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in order; of none, the hash of the empty string."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Frontier:
    """A tree of `size` leaves, kept as the roots of its complete subtrees, the largest first (a *compact range*).

    The binary digits of `size` say how large each subtree is, so nothing but the hashes need be kept.
    """

    __slots__ = ("_peaks", "_root", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)
        self._root: bytes | None = None

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, from the left: with the size all that has to be kept to go on from here."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash at the end."""
        size, node = self.size, leaf
        while size & 1:  # a complete subtree of this height stands to the left: join it
            node = node_hash(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1
        self._root = None

    def root(self) -> bytes:
        """The root of the whole tree, 32 bytes."""
        if self._root is None:
            node = self._peaks[-1] if self._peaks else EMPTY_ROOT
            for peak in reversed(self._peaks[:-1]):
                node = node_hash(peak, node)
            self._root = node
        return self._root

    def copy(self) -> "Frontier":
        """Another frontier at the same place; growing one leaves the other."""
        return Frontier(self.size, self._peaks)
