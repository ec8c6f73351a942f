"""Canonical JSON as the ledger stores it: a value that has no such form is told in a sentence."""

from hashlib import sha256
from typing import Any

from yishi import canonical as form
from yishi.canonical import parsed
from yishi.ledger.errors import NotCanonical

__all__ = ["canonical", "digest_of", "parsed"]


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value.

    Raises:
        NotCanonical.
    """
    try:
        return form.canonical(value)
    except form.NoCanonicalForm as error:
        raise NotCanonical(detail=error) from error


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return sha256(canonical(value)).hexdigest()
