"""Editions of the law book: the same law has the same hash for ever, and a kept edition is read back or refused."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from domain.law import LawBook
from yishi.law import STATUTES, EditionAltered, EditionMissing, LawLibrary, edition_of, load


def amended(folder: Path) -> Path:
    """A copy of the statutes in which the quorum is three quarters instead of two thirds."""
    made = Path(shutil.copytree(STATUTES, folder / "amended"))
    path = made / "OL22.toml"
    changed = path.read_text(encoding="utf-8").replace(
        "numerator = 2, denominator = 3", "numerator = 3, denominator = 4"
    )
    path.write_text(changed, encoding="utf-8")
    return made


def test_the_same_files_make_the_same_edition(book: LawBook) -> None:
    assert load().edition == book.edition == edition_of(book)
    assert len(book.edition) == 64


def test_the_order_of_rules_in_a_file_does_not_matter(book: LawBook, tmp_path: Path) -> None:
    made = Path(shutil.copytree(STATUTES, tmp_path / "turned"))
    path = made / "OL22.toml"
    head, *rules = path.read_text(encoding="utf-8").split("[[rule]]")
    path.write_text(head + "".join(f"[[rule]]{r.rstrip()}\n\n" for r in reversed(rules)), encoding="utf-8")
    assert load(made).edition == book.edition


def test_one_changed_number_makes_another_edition(book: LawBook, tmp_path: Path) -> None:
    assert load(amended(tmp_path)).edition != book.edition


def test_an_edition_kept_today_is_read_when_the_statutes_have_moved_on(book: LawBook, tmp_path: Path) -> None:
    LawLibrary(tmp_path).keep(book)
    later = LawLibrary(tmp_path, amended(tmp_path))
    assert later.newest().edition != book.edition
    kept = later.edition(book.edition)
    assert kept == book
    quorum = kept.on(date(2024, 1, 10), "township", "year_start", "national-township").ruling("session.quorum")
    assert quorum is not None and quorum.share.needed(61) == 41


def test_keeping_an_edition_twice_changes_nothing_and_leaves_no_half_file(book: LawBook, tmp_path: Path) -> None:
    library = LawLibrary(tmp_path)
    first = library.keep(book)
    assert first is not None
    stamp = first.stat().st_mtime_ns
    assert library.keep(book) == first and first.stat().st_mtime_ns == stamp
    assert [p.name for p in (tmp_path / "law").iterdir()] == [f"{book.edition}.json"]


def test_an_altered_edition_is_refused_even_when_it_is_the_newest(book: LawBook, tmp_path: Path) -> None:
    path = LawLibrary(tmp_path).keep(book)
    assert path is not None
    data = json.loads(path.read_bytes())
    data["texts"][0]["note"] = "altered"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(EditionAltered, match="was altered after it was kept"):
        LawLibrary(tmp_path).edition(book.edition)


def test_an_edition_that_was_never_kept_is_missing_and_never_replaced(tmp_path: Path) -> None:
    for digest in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(EditionMissing):
            LawLibrary(tmp_path).edition(digest)
    with pytest.raises(EditionMissing):
        LawLibrary(None).edition("0" * 64)


def test_the_newest_edition_answers_before_it_is_kept(book: LawBook, tmp_path: Path) -> None:
    assert LawLibrary(tmp_path).edition(book.edition) == book
    assert LawLibrary(None).edition(book.edition) == book
    assert LawLibrary(None).keep(book) is None


def test_a_book_under_a_false_name_is_not_kept(book: LawBook, tmp_path: Path) -> None:
    with pytest.raises(EditionAltered):
        LawLibrary(tmp_path).keep(book.model_copy(update={"edition": "f" * 64}))
    assert not (tmp_path / "law").exists()
