"""What opens names and doors: the keys of persons, the folder's tokens, this user's own. Files are looked at, never what is in them."""

import json
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from domain.text import Text
from yishi import doorway
from yishi.access import keyring
from yishi.api import tokens
from yishi.doctor.line import Case, Line
from yishi.mirror.files import KEYS
from yishi.private import OTHERS


def keys(case: Case) -> Iterator[Line]:
    place = case.chosen.settings.folder
    if case.marker is None:
        return
    yield from _vault(place / KEYS)
    token = tokens.known_token(place)  # or what is wrong with it
    if token is None:
        yield Line("keys", "ok", Text("还没有发过令牌", "no token was given out yet"))
    else:
        kept = doorway.kept_token(place)
        if kept is not None and not token.fits(kept):
            yield Line(
                "keys",
                "warns",
                Text(
                    "本用户所存的令牌已不是这个目录的", "the token that this user keeps is not this folder's any more"
                ),
                Text("yishi serve --new-token,或设 YISHI_TOKEN", "yishi serve --new-token, or set YISHI_TOKEN"),
            )
        else:
            mine = (
                Text("本用户存有令牌", "this user keeps the token")
                if kept
                else Text("本用户没有令牌", "this user keeps none")
            )
            yield Line("keys", "ok", Text(f"目录的令牌在用;{mine.zh}", f"the folder has its token; {mine.en}"))
    yield from _register(place / keyring.FILE)
    if os.name == "posix" and (file := doorway.tokens_file()).exists() and stat.S_IMODE(file.stat().st_mode) & OTHERS:
        yield Line(
            "keys",
            "warns",
            Text(f"其他账户可读:{file}", f"other accounts can read {file}"),
            Text(f"chmod 600 {file}", f"chmod 600 {file}"),
        )


def _vault(file: Path) -> Iterator[Line]:
    if not file.is_file():
        yield Line(
            "keys",
            "warns",
            Text(f"没有 {file.name}:姓名打不开", f"there is no {file.name}: names cannot be opened"),
            Text(
                "首次启动时建立;如果记录中已有代表,请从副本或备份中恢复",
                "the first start makes it; if deputies are on record already, restore it from a copy or a backup",
            ),
        )
        return
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
        try:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            count = db.execute("SELECT count(*) FROM keys WHERE length(key) = 64").fetchone()[0]
        except sqlite3.DatabaseError as wrong:
            found, count = wrong, 0
    if found != "ok":
        yield Line(
            "keys",
            "wrong",
            Text(f"{file.name} 已损坏({found})", f"{file.name} is damaged ({found})"),
            Text("从副本或备份中恢复", "restore it from a copy or a backup"),
        )
    else:
        yield Line("keys", "ok", Text(f"{file.name}:{count} 人的密钥", f"{file.name}: the keys of {count} persons"))


def _register(file: Path) -> Iterator[Line]:
    try:
        read = json.loads(file.read_bytes())
    except FileNotFoundError:
        return
    except ValueError:
        read = None
    if not isinstance(read, dict):
        yield Line(
            "keys",
            "wrong",
            Text(f"{file.name} 已损坏:各人的令牌都不能用", f"{file.name} is damaged: nobody's token opens"),
            Text("从备份中恢复,或另发令牌", "restore it from a backup, or issue tokens anew"),
        )
    else:
        yield Line("keys", "ok", Text(f"另有令牌 {len(read)} 个", f"{len(read)} more tokens"))
