"""What a voter shows instead of a name: HMAC-SHA256 of the deputy's id under a key that lives only while the box is open.

The same deputy gets the same token when asking again, so a lost answer makes no second ballot. Once the key is destroyed nothing joins token
and deputy any more.
"""

import hmac
import secrets
from hashlib import sha256

TOKEN_BYTES = 32


def new_key() -> bytes:
    return secrets.token_bytes(32)


def token_of(key: bytes, box: str, deputy: str) -> bytes:
    return hmac.digest(key, b"yishi ballot token\n" + f"{box}\n{deputy}".encode(), sha256)


def hash_of(token: bytes) -> bytes:
    """What is kept of a token: who finds it cannot cast with it."""
    return sha256(b"yishi token hash\n" + token).digest()


def check_of(key: bytes) -> bytes:
    """By which the right key is known when it comes back after a restart."""
    return hmac.digest(key, b"yishi ballot key check", sha256)
