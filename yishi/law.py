"""The law book: read from `statutes/*.toml`, checked, hashed, and kept by its hash so that a replay reads the same law.

An *edition* is the SHA-256 (hex) of the RFC 8785 canonical JSON of the whole book without its `edition` field. A kept
edition is a file of exactly those bytes, `<data folder>/law/<edition>.json`, so the file's own hash is its name.
"""

import hashlib
import json
import os
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from domain.holidays import SATURDAY, HolidayYear
from domain.law import Kind, LawBook, Layer, Profile, Provision, TextOnFile
from domain.ports import NoSuchEdition
from yishi.canonical import canonical as canonical_json

STATUTES = Path(__file__).resolve().parent.parent / "statutes"
LEVELS = ("township", "county", "city", "province", "national", "residents")
SESSION_KINDS = ("year_start", "mid_year", "first", "extraordinary", "yearly")

M = TypeVar("M", TextOnFile, Provision, Profile, HolidayYear)
TEXT_KEYS = set(TextOnFile.model_fields)
RULE_KEYS = set(Provision.model_fields) - {"text", "layer"}
PROFILE_KEYS = set(Profile.model_fields)


class LawFileError(Exception):
    """Something in `statutes/` is wrong. `problems` names each file, rule and what is wrong with it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the law on file cannot be read:\n" + "\n".join(f"- {p}" for p in self.problems))


class EditionMissing(NoSuchEdition):
    """An edition that events name is not kept in the data folder."""


class EditionAltered(Exception):
    """A kept edition no longer has the hash it is named by."""


class LawLibrary:
    """Editions of the law book: the newest from `statutes/`, older ones from the data folder. Implements `LawBooks`.

    Args:
        folder: the data folder, or None when nothing is kept (then only the newest edition is known).
        statutes: the folder of statute files; by default the one of this checkout.
    """

    def __init__(self, folder: Path | None, statutes: Path = STATUTES) -> None:
        self._kept = folder / "law" if folder else None
        self._statutes = statutes
        self._books: dict[str, LawBook] = {}
        self._newest: LawBook | None = None

    def newest(self) -> LawBook:
        """The book as `statutes/` had it when first asked. Raises `LawFileError`."""
        if self._newest is None:
            self._newest = _loaded(self._statutes, _as_it_is(self._statutes))
        return self._newest

    def edition(self, digest: str) -> LawBook:
        """The book of that edition. Raises `EditionMissing` or `EditionAltered`; never another edition instead."""
        if digest not in self._books:
            self._books[digest] = self._read(digest)
        return self._books[digest]

    def keep(self, book: LawBook) -> Path | None:
        """Keep an edition for good; the file is whole or not there. Keeping it again changes nothing."""
        if self._kept is None:
            return None
        found = edition_of(book)
        if found != book.edition:
            raise EditionAltered(f"a book that calls itself edition {book.edition} has the hash {found}")
        path = self._path(book.edition)
        if path.exists():
            _whole(path, book.edition)
            return path
        _write_whole(path, canonical(book))
        return path

    def kept(self) -> list[str]:
        """The editions that are kept, sorted."""
        return sorted(f.stem for f in self._kept.glob("*.json")) if self._kept is not None else []

    def _path(self, digest: str) -> Path:
        if self._kept is None or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise EditionMissing(f"no edition {digest} of the law book is kept here")
        return self._kept / f"{digest}.json"

    def _read(self, digest: str) -> LawBook:
        if self._kept is not None and self._path(digest).exists():
            stored = _whole(self._path(digest), digest)
            return LawBook.model_validate({**json.loads(stored), "edition": digest})
        if self.newest().edition == digest:
            return self.newest()
        where = f"{self._kept}" if self._kept else "no data folder"
        raise EditionMissing(f"no edition {digest} of the law book is kept ({where}), and the newest is another")


def canonical(book: LawBook) -> bytes:
    """The bytes whose hash is the edition: RFC 8785 canonical JSON, without `edition`."""
    return canonical_json(book.model_dump(mode="json", exclude={"edition"}))


def edition_of(book: LawBook) -> str:
    return hashlib.sha256(canonical(book)).hexdigest()


@lru_cache(maxsize=4)
def _loaded(statutes: Path, as_it_is: tuple[tuple[str, int, int], ...]) -> LawBook:
    """The book of a folder, read once for as long as none of its files changes."""
    return load(statutes)


def _as_it_is(statutes: Path) -> tuple[tuple[str, int, int], ...]:
    files = ((str(path), path.stat()) for path in sorted(statutes.rglob("*.toml")))
    return tuple((name, found.st_mtime_ns, found.st_size) for name, found in files)


def load(statutes: Path = STATUTES) -> LawBook:
    """Read and check every statute and profile; the order of files and rules does not matter. Raises `LawFileError`."""
    if not statutes.is_dir():
        raise LawFileError([f"{statutes}: there is no such folder"])
    problems: list[str] = []
    texts: list[TextOnFile] = []
    provisions: list[Provision] = []
    for path in sorted(statutes.glob("*.toml")):
        text, rules = _statute(path, problems)
        if text is not None:
            texts.append(text)
            provisions += rules
    profiles = [p for path in sorted((statutes / "profiles").glob("*.toml")) if (p := _profile(path, problems))]
    years = [y for path in sorted((statutes / "holidays").glob("*.toml")) if (y := _holidays(path, problems))]
    problems += _across(texts, provisions, profiles)
    if not texts and not problems:
        problems.append(f"{statutes}: no statute files")
    if problems:
        raise LawFileError(problems)
    book = LawBook(
        edition="",
        texts=tuple(sorted(texts, key=lambda t: t.code)),
        provisions=tuple(sorted(provisions, key=lambda p: p.id)),
        profiles={p.id: p for p in sorted(profiles, key=lambda p: p.id)},
        holidays=tuple(years),
    )
    return book.model_copy(update={"edition": edition_of(book)})


def _statute(path: Path, problems: list[str]) -> tuple[TextOnFile | None, list[Provision]]:
    tables = _tables(path, problems)
    if tables is None:
        return None, []
    _unknown(path.name, tables, {"text", "rule"}, problems)
    head = tables.get("text")
    if not isinstance(head, dict):
        problems.append(f"{path.name}: there is no [text] table")
        return None, []
    _unknown(f"{path.name} [text]", head, TEXT_KEYS, problems)
    text = _valid(TextOnFile, _spoken(head, "title"), f"{path.name} [text]", problems)
    if text is None:
        return None, []
    _dates(f"{path.name} [text]", text.in_force_from, text.in_force_until, problems)
    read = [_rule(path.name, text, row, problems) for row in tables.get("rule", [])]
    return text, [rule for rule in read if rule is not None]


def _rule(file: str, text: TextOnFile, row: Mapping[str, Any], problems: list[str]) -> Provision | None:
    """One [[rule]]: dates, statute and kind default to its text's; everything else it says itself."""
    where = f"{file} rule {row.get('id', '(without id)')}"
    before = len(problems)
    _unknown(where, row, RULE_KEYS, problems)
    defaults = {
        "text": text.code,
        "layer": text.layer,
        "kind": Kind.TEXT if text.layer is Layer.STATUTE else Kind.LOCAL,
        "statute": text.short,
        "in_force_from": text.in_force_from,
        "in_force_until": text.in_force_until,
    }
    rule = _valid(Provision, {**defaults, **_spoken(row, "says")}, where, problems)
    if rule is None:
        return None
    _dates(where, rule.in_force_from, rule.in_force_until, problems)
    if not (text.in_force_from <= rule.in_force_from and _end(rule) <= _end(text)):
        problems.append(f"{where}: in force outside the dates of its text {text.code}")
    for word, allowed, used in (("level", LEVELS, rule.levels), ("session kind", SESSION_KINDS, rule.session_kinds)):
        problems += [f"{where}: unknown {word} {w!r}; known are {', '.join(allowed)}" for w in used if w not in allowed]
    if not rule.levels:
        problems.append(f"{where}: no levels")
    if not rule.article and rule.kind in (Kind.TEXT, Kind.LOCAL):
        problems.append(f"{where}: no article; only a reading or a practice may be without one")
    return rule if len(problems) == before else None


def _profile(path: Path, problems: list[str]) -> Profile | None:
    tables = _tables(path, problems)
    if tables is None:
        return None
    where = f"profiles/{path.name}"
    _unknown(where, tables, PROFILE_KEYS, problems)
    profile = _valid(Profile, _spoken(tables, "title"), where, problems)
    if profile is not None:
        if profile.id != path.stem:
            problems.append(f"{where}: its id {profile.id!r} is not the file's name")
        if level_of(profile.id) not in LEVELS:
            problems.append(f"{where}: its id must end in a level, as in zhejiang-township")
    return profile


def _holidays(path: Path, problems: list[str]) -> HolidayYear | None:
    """The holidays of one year; the file is named for it, and its days are of that year alone."""
    tables = _tables(path, problems)
    if tables is None:
        return None
    where = f"holidays/{path.name}"
    _unknown(where, tables, set(HolidayYear.model_fields), problems)
    year = _valid(HolidayYear, tables, where, problems)
    if year is not None:
        if str(year.year) != path.stem:
            problems.append(f"{where}: it is for the year {year.year}")
        problems += [] if year.off else [f"{where}: no day is off; a year that is not announced has no file"]
        problems += [f"{where}: {d} is off and worked" for d in sorted(set(year.off) & set(year.worked))]
        problems += [f"{where}: {d} is not of {year.year}" for d in (*year.off, *year.worked) if d.year != year.year]
        problems += [f"{where}: {d} is no weekend" for d in year.worked if d.weekday() < SATURDAY]
    return year


def level_of(profile: str) -> str:
    """The level a profile is for, by the last part of its id: zhejiang-township → township."""
    return profile.rsplit("-", 1)[-1]


def _across(texts: list[TextOnFile], provisions: list[Provision], profiles: list[Profile]) -> list[str]:
    """What can only be seen over all files: ids and codes used once, versions that overlap, names that exist."""
    problems = [f"text code {code!r} is used twice" for code in _twice(t.code for t in texts)]
    problems += [f"rule id {rule!r} is used twice" for rule in _twice(p.id for p in provisions)]
    for one, other in combinations(texts, 2):
        if one.family == other.family and one.in_force_from <= _end(other) and other.in_force_from <= _end(one):
            problems.append(f"texts {one.code} and {other.code} of {one.family} are in force on the same days")
    problems += _ambiguous(provisions)
    families = {t.family for t in texts}
    readings = {p.id for p in provisions if p.kind is Kind.READING}
    for profile in profiles:
        named = (*profile.families, *profile.fills)
        problems += [f"profile {profile.id}: unknown family {f!r}" for f in named if f not in families]
        problems += [
            f"profile {profile.id}: adopts {a!r}, which is no reading" for a in profile.adopts if a not in readings
        ]
    return problems


def _ambiguous(provisions: list[Provision]) -> list[str]:
    """Two rules of one text that answer one topic for the same level, kind of session and day: which one holds?"""
    groups: dict[tuple[str, str], list[Provision]] = {}
    for p in provisions:
        groups.setdefault((p.text, p.topic), []).append(p)
    return [
        f"rules {a.id} and {b.id} of {a.text} both answer {a.topic} at the same time"
        for group in groups.values()
        for a, b in combinations(group, 2)
        if set(a.levels) & set(b.levels)
        and (not a.session_kinds or not b.session_kinds or set(a.session_kinds) & set(b.session_kinds))
        and a.in_force_from <= _end(b)
        and b.in_force_from <= _end(a)
    ]


def _tables(path: Path, problems: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: not readable as TOML: {error}")
        return None


def _valid(model: type[M], data: Mapping[str, Any], where: str, problems: list[str]) -> M | None:
    """Strictly, as JSON: no text passes for a number, no number for a switch. Unknown keys are named elsewhere."""
    data = {key: value for key, value in data.items() if key in model.model_fields}
    try:
        return model.model_validate_json(json.dumps(data, default=_iso), strict=True)
    except (ValidationError, TypeError) as error:
        faults = error.errors(include_url=False) if isinstance(error, ValidationError) else []
        problems += [f"{where}: {'.'.join(str(part) for part in f['loc']) or 'it'}: {f['msg']}" for f in faults]
        problems += [] if faults else [f"{where}: {error}"]
        return None


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no place here")


def _spoken(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The table with its `zh` / `en` pairs as the domain's Text; a lame pair is left for the check to name."""
    pairs = {
        k: [table[k]["zh"], table[k]["en"]]
        for k in keys
        if isinstance(table.get(k), dict) and set(table[k]) == {"zh", "en"}
    }
    return {**table, **pairs}


def _unknown(where: str, table: Mapping[str, Any], known: set[str], problems: list[str]) -> None:
    for key in sorted(set(table) - known):
        near = get_close_matches(key, known, 1)
        problems.append(f"{where}: unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))


def _dates(where: str, begins: date, ends: date | None, problems: list[str]) -> None:
    if ends is not None and ends < begins:
        problems.append(f"{where}: in force until {ends}, before it begins on {begins}")


def _end(dated: TextOnFile | Provision) -> date:
    return dated.in_force_until or date.max


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _whole(path: Path, digest: str) -> bytes:
    stored = path.read_bytes()
    found = hashlib.sha256(stored).hexdigest()
    if found != digest:
        raise EditionAltered(f"{path.name} was altered after it was kept: its hash is now {found}")
    return stored


def _write_whole(path: Path, data: bytes) -> None:
    """Write beside it, flush to disk, then rename: a reader finds the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    if os.name == "posix":  # on Windows a folder cannot be opened to be flushed
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
