"""Canonical JSON (RFC 8785): the same value gives the same bytes everywhere, so that its hash means something.

The standard encoder, told to sort its keys and leave out spaces, writes the very same bytes as RFC 8785 unless there are
floats, numbers of 16 digits and more, or characters beyond the basic plane (where keys sort differently). Those go the slow
way, through the `rfc8785` package; the tests hold the two against each other. It is about four times as fast.
"""

import json
import re
from hashlib import sha256
from typing import Any

import rfc8785

from yishi.ledger.errors import NotCanonical

_ENCODE = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode
_NUMBER = rb"-?(?:\d{16}|\d+[.eE])"
_DOUBTS = tuple(re.compile(before + _NUMBER).search for before in (rb'":', rb",", rb"\["))  # literal starts search fast
_BEYOND_BASIC_PLANE = tuple(bytes([lead]) for lead in range(0xF0, 0xF5))


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value: dicts with text keys, lists, text, whole numbers, floats, booleans, None.

    Raises:
        NotCanonical: it has no such form (an integer beyond 2^53 - 1, NaN, a lone surrogate, another type).
    """
    try:
        encoded = _ENCODE(value).encode()
        plain = isinstance(value, dict | list) and not any(doubt(encoded) for doubt in _DOUBTS)
        if not plain or any(lead in encoded for lead in _BEYOND_BASIC_PLANE):
            return rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as error:  # rfc8785's own errors are ValueErrors
        raise NotCanonical(detail=error) from error
    return encoded


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return sha256(canonical(value)).hexdigest()


def parsed(data: bytes) -> Any:
    """The JSON value of some bytes.

    Raises:
        ValueError: not JSON, not UTF-8, or an object names a key twice (of which one would win unseen).
    """
    return json.loads(data.decode("utf-8"), object_pairs_hook=_each_key_once, parse_constant=_no_constant)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
