"""Personal data sealed under a key per person: to forget a person, destroy the key; every proof over the events stays whole.

AES-SIV is deterministic: the same name of the same person seals to the same text while the key lives, so a repeated command keeps its
hash. The keys stand in their own file, outside the ledger, without a write-ahead log in which a destroyed key would live on.
"""

import base64
import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

KEY_BYTES = 64  # AES-256-SIV
_FORM = b"\x01"  # stands before the plain text, so that another form can follow; AES-SIV also takes no empty text


class Vault:
    """`domain.ports.Sealing` over `<folder>/keys.db`. For any thread; several processes may take turns.

    Raises:
        sqlite3.Error: the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "keys.db"
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # for its owner alone
        self._gate = threading.Lock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID")

    def seal(self, person: str, plain: str) -> str:
        """Ciphertext in Base64; makes the person's key on first use."""
        return self.seal_all({person: plain})[person]

    def seal_all(self, plain: Mapping[str, str]) -> dict[str, str]:
        """Seal one text for each of many persons, their new keys on the disk in one transaction before anything is returned."""
        keys = self._keys(plain)
        return {person: _sealed(keys[person], person, text) for person, text in plain.items()}

    def open(self, person: str, sealed: str) -> str | None:
        """The plain text, or None when the person's key was destroyed (or made anew since).

        Raises:
            ValueError: this was never sealed by a vault.
        """
        with self._gate:
            row = self._db.execute("SELECT key FROM keys WHERE person=?", (person,)).fetchone()
        if row is None:
            return None
        try:
            return _opened(row[0], person, sealed)
        except InvalidTag:
            return None

    def forget(self, person: str) -> bool:
        """Destroy a person's key and rewrite the file without it; False when there was none.

        What the disk itself keeps aside (wear levelling, backups, snapshots) is beyond this: keep keys.db out of backups.
        """
        with self._gate:
            found = self._db.execute("DELETE FROM keys WHERE person=?", (person,)).rowcount > 0
            self._db.execute("VACUUM")
        return found

    def persons(self) -> frozenset[str]:
        """Who has a key."""
        with self._gate:
            return frozenset(row[0] for row in self._db.execute("SELECT person FROM keys"))

    def close(self) -> None:
        self._db.close()

    def _keys(self, persons: Iterable[str]) -> dict[str, bytes]:
        with self._gate:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                found = {person: key for person in persons for key in self._key(person)}
                self._db.executemany(
                    "INSERT INTO keys VALUES (?,?)",
                    ((p, found.setdefault(p, os.urandom(KEY_BYTES))) for p in persons if p not in found),
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise
        return found

    def _key(self, person: str) -> list[bytes]:
        return [row[0] for row in self._db.execute("SELECT key FROM keys WHERE person=?", (person,))]


def _sealed(key: bytes, person: str, plain: str) -> str:
    # the person is authenticated with it: one person's name cannot be passed off as another's
    return base64.b64encode(AESSIV(key).encrypt(_FORM + plain.encode(), [person.encode()])).decode()


def _opened(key: bytes, person: str, sealed: str) -> str:
    plain = AESSIV(key).decrypt(base64.b64decode(sealed, validate=True), [person.encode()])
    return plain.removeprefix(_FORM).decode()


def person_key(congress: str, term: int, deputy: str) -> str:
    """The name of a person's key: a deputy's id means one person within one term of one congress."""
    return f"{congress}/{term}/{deputy}"


def names_in(folder: Path, sealed: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The names that the keys of a folder still open, for reading only: nothing is written, also where there are no keys.

    Args:
        sealed: id → (the person's key, the sealed name). Who was forgotten, or never had a key here, is left out.
    """
    path = folder / "keys.db"
    if not path.is_file() or not sealed:
        return {}
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as db:
        keys = dict(db.execute("SELECT person, key FROM keys"))
    found: dict[str, str] = {}
    for each, (person, text) in sealed.items():
        with contextlib.suppress(InvalidTag, ValueError):
            if person in keys:
                found[each] = _opened(keys[person], person, text)
    return found
