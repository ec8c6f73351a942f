"""The tokens of a folder: which one was shown, and whether it holds. Beside the record lie digests alone; the rights are in the record."""

import hmac
import json
import os
import secrets
import threading
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal, Protocol

from filelock import FileLock

from domain.access.register import REGISTER, Register
from yishi.access.principal import OFFICE, Principal
from yishi.ledger.reader import LedgerReader

FILE = "tokens.json"
LOCK = "token.json.lock"
"""Held by whoever makes a secret: of all processes that serve a folder, one at a time."""
TOKEN_BYTES = 32
LOOKED_AT_EVERY = 1.0  # seconds: so long another process's revocation may take to be felt here
NOBODYS = "0" * 64
Gone = Literal["unknown", "revoked", "expired"]


class OfficeToken(Protocol):
    """The folder's first token: `yishi.api.tokens.Token`."""

    def fits(self, given: str) -> bool: ...


class Keyring:
    """Who shows which token.

    Args:
        office: the folder's first token. shared: other processes issue and revoke too, so that it is looked at again and again.
    """

    def __init__(self, folder: Path, ledger: LedgerReader, office: OfficeToken, *, shared: bool = False) -> None:
        self._file, self._ledger, self._office, self._shared = folder / FILE, ledger, office, shared
        self._digests: dict[str, str] = {}
        self._looking = threading.Lock()
        self.register = Register()
        self.look()

    @property
    def due(self) -> bool:
        """Whether it is time to look again. In one process it never is: whoever issues or revokes looks at once."""
        return self._shared and time.monotonic() - self._looked_at > LOOKED_AT_EVERY

    def look(self) -> None:
        """Take in what was issued and revoked. Reads the ledger: for a thread.

        One after the other: a look begun before something was issued must not end after one begun behind it, and undo it.
        """
        with self._looking:
            self._digests, self.register = _kept(self._file), self._ledger.state(REGISTER)
            self._looked_at = time.monotonic()

    def holder(self, given: str, now: datetime) -> Principal | Gone:
        """Whose token this is, or why it opens nothing. As quick to say for one that is nearly right as for any other."""
        name, dot, _ = given.partition(".")
        if not dot:
            return Principal.office(one_person=self.register.one_person) if self._office.fits(given) else "unknown"
        fits = hmac.compare_digest(digest_of(given), self._digests.get(name, NOBODYS))
        issued = self.register.tokens.get(name)
        if not fits or issued is None:
            return "unknown"
        if name in self.register.revoked:
            return "revoked"
        return Principal.of(issued) if now < issued.expires else "expired"

    def standing(self, who: Principal, now: datetime) -> Principal | None:
        """Somebody who came in a while ago, with the rights that their token has now; None: it opens nothing any more."""
        return standing(self.register, who.id, now)

    def make(self, token: str) -> str:
        """A new secret for a token id, in clear; only its digest is kept. It opens nothing until the register says whose it is."""
        clear = f"{token}.{secrets.token_urlsafe(TOKEN_BYTES)}"
        with FileLock(self._file.with_name(LOCK)):
            _write(self._file, {**_kept(self._file), token: digest_of(clear)})
        return clear


def standing(register: Register, token: str, now: datetime) -> Principal | None:
    """What a token stands for at a moment, by its id; None: revoked, expired, or never issued."""
    if token == OFFICE:
        return Principal.office(one_person=register.one_person)
    return Principal.of(register.tokens[token]) if register.holds(token, now) else None


def digest_of(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def id_for(command_id: str) -> str:
    """The id of the token that a request to issue one makes: sent again it is the same."""
    return "t" + sha256(command_id.encode()).hexdigest()[:11]


def _kept(file: Path) -> dict[str, str]:
    try:
        read = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    return {str(name): str(digest) for name, digest in read.items()}


def _write(file: Path, digests: dict[str, str]) -> None:
    """Write it whole or not at all, for its owner alone."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
        json.dump(digests, out)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
