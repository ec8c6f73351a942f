"""Canonical JSON (RFC 8785): the same value gives the same bytes everywhere, so that its hash means something.

The standard encoder, told to sort its keys and leave out spaces, writes the very same bytes as RFC 8785 unless there are
floats, numbers of 16 digits and more, or characters beyond the basic plane (where keys sort differently). Those go the slow
way, through the `rfc8785` package; the tests hold the two against each other. It is about four times as fast.
"""

import json
import re
from typing import Any

import rfc8785


class NoCanonicalForm(ValueError):
    """A value has no canonical JSON form: NaN, a lone surrogate, a whole number beyond 2^53 - 1, another type."""


_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)
_NUMBER = rb"-?(?:\d{16}|\d+[.eE])"
_AFTER_KEY, _AFTER_COMMA, _AFTER_BRACKET = (  # three searches: one pattern that begins with a literal is fast
    re.compile(before + _NUMBER).search for before in (rb'":', rb",", rb"\[")
)


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value: dicts with text keys, lists, text, whole numbers, floats, booleans, None.

    Raises:
        NoCanonicalForm.
    """
    try:
        encoded = _ENCODER.encode(value).encode()
        if _in_doubt(encoded):
            return rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as error:  # rfc8785's own errors are ValueErrors
        raise NoCanonicalForm(str(error)) from error
    return encoded


def _in_doubt(encoded: bytes) -> bool:
    """Whether the two ways could differ. It may be so without need, when a text looks like a number in an array."""
    return bool(
        encoded[0] not in b"{["
        or _AFTER_KEY(encoded)
        or _AFTER_COMMA(encoded)
        or _AFTER_BRACKET(encoded)
        or b"\xf0" in encoded  # the five bytes with which a character beyond the basic plane begins
        or b"\xf1" in encoded
        or b"\xf2" in encoded
        or b"\xf3" in encoded
        or b"\xf4" in encoded
    )


def parsed(data: bytes) -> Any:
    """The JSON value of some bytes.

    Raises:
        ValueError: not JSON, not UTF-8, or an object names a key twice (of which one would win unseen).
    """
    return _DECODER.decode(data.decode("utf-8"))


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_each_key_once, parse_constant=_no_constant)
