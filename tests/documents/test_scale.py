"""Three thousand deputies: the sheet is there before the printer is warm."""

import time
from dataclasses import replace
from pathlib import Path

from domain.session.parts import DeputyEntry
from tests.documents.conftest import printed, source_of

SECONDS = 20  # of a busy machine; alone it takes about one


def test_the_sign_in_sheet_of_three_thousand_deputies_takes_seconds_and_lists_each_once(luqiao: Path) -> None:
    source = source_of(luqiao)
    roll = {f"D{n:04}": DeputyEntry(id=f"D{n:04}") for n in range(1, 3001)}
    session = replace(source.session, roll=roll, in_office=frozenset(roll), on_leave=frozenset())
    began = time.monotonic()

    said = printed(replace(source, session=session), "sign-in")

    assert time.monotonic() - began < SECONDS
    listed = {tc.text for row in said.document.tables[0].rows[1:] for tc in row.cells}
    assert listed >= set(roll)
