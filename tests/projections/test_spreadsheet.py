"""The sheet of suggestions as a file: words that deputies and units wrote are shown, and never worked out."""

import csv
import io

import pytest
from openpyxl import load_workbook

from yishi.projections.sheets import as_csv, as_xlsx

FORMULAS = ["=HYPERLINK(1)", "@SUM(A1)", "+1+cmd", "-2+3", "\t=1", "\r=1", "＝1+1"]
PLAIN = ["加装路灯", "-5", "+86", "3.5", "", "—", "'=1", "第1号=甲"]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_either_file_begins_as_a_formula(words: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(as_csv([[words]]).decode("utf-8-sig"), newline=""))
    assert cell == "'" + words
    kept = load_workbook(io.BytesIO(as_xlsx([[words.strip()]]))).worksheets[0].cell(1, 1)
    assert kept.data_type == "s" and kept.value == words.strip()


def test_words_and_numbers_stay_as_they_are() -> None:
    assert list(csv.reader(io.StringIO(as_csv([PLAIN]).decode("utf-8-sig")))) == [PLAIN]
