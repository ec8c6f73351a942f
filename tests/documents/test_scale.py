"""Three thousand deputies: the sheet is there before the printer is warm."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from domain.session.parts import DeputyEntry
from tests.documents.conftest import printed, source_of
from yishi.documents.catalogue import kind_of, made, template_of
from yishi.documents.choice import Choice
from yishi.documents.source import Source


def of(source: Source, deputies: int) -> Source:
    roll = {f"D{n:04}": DeputyEntry(id=f"D{n:04}") for n in range(1, deputies + 1)}
    return replace(source, session=replace(source.session, roll=roll, in_office=frozenset(roll), on_leave=frozenset()))


def calls(work: Callable[[], object]) -> int:
    """How many calls, of Python's and of C's functions, a piece of work makes."""
    made = 0

    def counted(frame: object, event: str, about: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made


def test_the_sign_in_sheet_of_ten_times_as_many_deputies_is_ten_times_the_work(luqiao: Path) -> None:
    source, kind = source_of(luqiao), kind_of("sign-in")
    few, many = (
        calls(partial(made, kind, of(source, deputies), Choice(), template_of(kind, ()))) for deputies in (300, 3000)
    )
    assert many <= 10 * few, "each deputy costs the same"


def test_the_sign_in_sheet_of_three_thousand_deputies_lists_each_once(luqiao: Path) -> None:
    source = of(source_of(luqiao), 3000)
    said = printed(source, "sign-in")
    listed = {tc.text for row in said.document.tables[0].rows[1:] for tc in row.cells}
    assert listed >= set(source.session.roll)
