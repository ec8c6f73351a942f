"""Ballots sealed to a public key: hybrid public key encryption (HPKE, RFC 9180) as the library `cryptography` has it.

The key is a pair of two: X25519, and ML-KEM-768 against whoever keeps a copy today and has a quantum computer one day; a ballot stays secret
while either of them holds. A sealed ballot is bound to the form it was made for: under any other it does not open. Neither can it be changed
so that it opens to something else. Of the same ballot sealed twice nobody sees that it is the same.
"""

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = "hpke-mlkem768x25519-hkdf-sha256-chacha20poly1305"
"""How boxes are sealed now; stored with each box, so that another can follow."""
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_ML, _X = 1184, 32  # bytes of the two public keys
OVERHEAD = 1120 + 16  # bytes that sealing adds: the encapsulated key and the tag
SEED_BYTES = 32


class NotOpened(Exception):
    """This key does not open it: another key, another form, or bytes that somebody changed."""


class OpeningKey:
    """The private half, made from a seed: the same seed and the same use give the same key.

    Args:
        seed: 32 random bytes. use: what the key is for; keys of one seed for different uses have nothing in common.
    """

    def __init__(self, seed: bytes, use: str) -> None:
        if len(seed) != SEED_BYTES:
            raise ValueError("a seed has 32 bytes")
        made = HKDF(algorithm=SHA256(), length=64 + 32, salt=b"yishi ballot box", info=use.encode()).derive(seed)
        lattice, curve = MLKEM768PrivateKey.from_seed_bytes(made[:64]), X25519PrivateKey.from_private_bytes(made[64:])
        self._key = MLKEM768X25519PrivateKey(lattice, curve)
        self.public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed for `about`.

        Raises:
            NotOpened.
        """
        try:
            return _SUITE.decrypt(sealed, self._key, about)
        except (InvalidTag, ValueError) as wrong:
            raise NotOpened from wrong


class Seal:
    """The public half."""

    def __init__(self, public: bytes) -> None:
        """
        Raises:
            ValueError: this is no public key of ours.
        """
        if len(public) != _ML + _X:
            raise ValueError("not a public key of a ballot box")
        self._key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_ML]), X25519PublicKey.from_public_bytes(public[_ML:])
        )

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """`OVERHEAD` bytes more than `plain`, whatever it says."""
        return _SUITE.encrypt(plain, self._key, about)


def to_text(data: bytes) -> str:
    """As bytes go in JSON: Base64."""
    return base64.b64encode(data).decode("ascii")


def from_text(said: str) -> bytes:
    """
    Raises:
        ValueError: it is not Base64.
    """
    return base64.b64decode(said, validate=True)
