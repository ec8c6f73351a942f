"""Who may come in: whoever shows the folder's token. Only its SHA-256 is kept beside the record."""

import hmac
import json
import os
import secrets
from hashlib import sha256
from pathlib import Path

from domain.text import Text
from yishi.trouble import Trouble

FILE = "token.json"
TOKEN_BYTES = 32
_HEX_DIGITS = 64


class TokenDamaged(Trouble):
    says = Text(
        "令牌文件 {path} 已损坏。请用 yishi serve --new-token 另发新令牌",
        "the token's file {path} is damaged: make a new token with yishi serve --new-token",
    )


class Token:
    """The one token of a data folder, known by its digest."""

    def __init__(self, digest: str) -> None:
        self.sha256 = digest

    def fits(self, given: str) -> bool:
        """Whether this is it; as quick to say for a wrong one as for the right one."""
        return hmac.compare_digest(digest_of(given), self.sha256)


def digest_of(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def known_token(folder: Path) -> Token | None:
    """The token that was given out for a folder, or None when none was yet.

    Raises:
        TokenDamaged.
    """
    file = folder / FILE
    try:
        digest = json.loads(file.read_bytes())["sha256"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as wrong:
        raise TokenDamaged(path=file) from wrong
    if not isinstance(digest, str) or len(digest) != _HEX_DIGITS:
        raise TokenDamaged(path=file)
    return Token(digest)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def take(folder: Path, token: str) -> Token:
    """From now on this is the folder's token; one given out before no longer opens."""
    taken, file = Token(digest_of(token)), folder / FILE
    new = file.with_name(FILE + ".new")
    with new.open("w", encoding="utf-8") as out:
        json.dump({"sha256": taken.sha256}, out)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
    return taken
