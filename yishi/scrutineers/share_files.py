"""A key holder's share as a file on a stick of their own, locked with a passphrase of their own if they want one.

The passphrase goes through scrypt and locks the share with ChaCha20-Poly1305, both as the library `cryptography` has them. Who finds the stick
of a locked share has to guess the passphrase; who finds an open one has the share.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from domain.text import Text
from yishi.private import opened_new
from yishi.sealed.shares import Share, ShareUnreadable
from yishi.trouble import Trouble

LOCKED = "yishi-locked-1:"
SALT, NONCE = 16, 12  # bytes
_COST = {"n": 2**16, "r": 8, "p": 1}  # 64 MB and a moment for each guess
ABOUT = b"yishi key share"


class NoShareFile(Trouble):
    says = Text("找不到密钥份额文件 {file}", "there is no file of a key share {file}")


class WrongPassphrase(Trouble):
    says = Text(
        "{file} 的口令不对,或者文件被改动过", "this is not the passphrase of {file}, or somebody changed the file"
    )


class FileThere(Trouble):
    says = Text(
        "{file} 已经存在,不覆盖:请换一个文件夹或者文件名",
        "{file} is there already and is not replaced: choose another place",
    )


def lines_of(share: Share, of: int, needed: int, passphrase: str = "") -> str:
    """A share as its file has it: a line for people, and the share."""
    about = Text(
        f"# 票箱密钥第 {share.number} 份,共 {of} 份,{needed} 份可开箱。只由本人保管,不复制、不上网。",
        f"# Share {share.number} of {of} of the key of a ballot box; {needed} open it. For its holder alone: no copies, not on the net.",
    )
    return f"{about.zh}\n{about.en}\n{_locked(share, passphrase) if passphrase else share}\n"


def write_share(file: Path, said: str) -> None:
    """
    Raises:
        FileThere. OSError.
    """
    write_new(file, said.encode())


def write_new(file: Path, content: bytes) -> None:
    """Write a file that was not there, its owner's alone.

    Raises:
        FileThere. OSError.
    """
    if file.exists():
        raise FileThere(file=file)
    with opened_new(file) as out:
        out.write(content)


def read_share(file: Path, ask: Callable[[Path], str]) -> Share:
    """The share in a file; `ask` is called for its passphrase when it is locked.

    Raises:
        NoShareFile, ShareUnreadable, WrongPassphrase. OSError.
    """
    if not file.is_file():
        raise NoShareFile(file=file)
    try:
        said = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError as wrong:
        raise ShareUnreadable() from wrong
    body = "".join(line for line in said if not line.startswith("#"))
    if not body.startswith(LOCKED):
        return Share.parse(body)
    try:
        data = base64.b64decode(body.removeprefix(LOCKED), validate=True)
    except binascii.Error as wrong:
        raise ShareUnreadable() from wrong
    salt, nonce, sealed = data[:SALT], data[SALT : SALT + NONCE], data[SALT + NONCE :]
    try:
        return Share.parse(_key(ask(file), salt).decrypt(nonce, sealed, ABOUT).decode("ascii"))
    except (InvalidTag, ValueError) as wrong:
        raise WrongPassphrase(file=file) from wrong


def _locked(share: Share, passphrase: str) -> str:
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    data = salt + nonce + _key(passphrase, salt).encrypt(nonce, str(share).encode("ascii"), ABOUT)
    return LOCKED + base64.b64encode(data).decode("ascii")


def _key(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(Scrypt(salt=salt, length=32, **_COST).derive(passphrase.encode()))
