"""Lists as offices keep them: ids or names, from three kinds of file; a name is resolved at the door and is never in the record."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.election.parts import PersonEntry
from domain.session.parts import DeputyEntry
from tests.domain.chamber import SESSION, Chamber
from tests.hall.house import DAY, Doors, doors
from tests.ledger.kinds import stored_bytes
from yishi.hall.lists import NotAList, read_list
from yishi.ledger.vault import Vault, person_key

NAMES = {"d001": "李燕", "d002": "王芳", "d003": "王芳", "d004": "欧阳明月", "d005": "Ana Li"}


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, packed = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("file", "content", "found"),
    [
        ("到会.txt", "李 燕\n\n d004 \n".encode(), ["李燕", "d004"]),
        ("到会.txt", "Ana Li\n".encode("utf-16"), ["Ana Li"]),
        ("到会.txt", "D001, d002、李燕\nd004 # 晚到\n# 谁也不是\n".encode(), ["D001", "d002", "李燕", "d004"]),
        ("到会.txt", "姓名\t单位\n李 燕\t甲村\n".encode(), ["李燕"]),
        ("到会.csv", "签到表\n序,姓名,编号\n1,李燕,d001\n2,王芳,d002\n".encode("gb18030"), ["d001", "d002"]),
        ("到会.csv", "姓名;单位\n李 燕;甲村\n".encode(), ["李燕"]),
        ("到会.csv", "d001\nd002\n".encode("utf-8-sig"), ["d001", "d002"]),
        ("到会.xlsx", workbook(("姓名",), ("欧阳明月",), (None,), ("李燕",)), ["欧阳明月", "李燕"]),
        ("到会.xlsx", workbook((7,), (12.0,)), ["7", "12"]),
    ],
)
def test_a_list_is_read_by_its_heading_or_its_first_column(file: str, content: bytes, found: list[str]) -> None:
    assert read_list(file, content) == found


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("到会.pdf", b"x", ".xlsx"),
        ("到会.txt", b"\n \n", "名单是空的"),
        ("到会.csv", b"\x00\x01\x02", "UTF-8"),
        ("到会.xlsx", b"PK nothing of the kind", "不是完整的"),
        ("到会.txt", b"d" * (11 * 1024 * 1024), "太大"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(file: str, content: bytes, why: str) -> None:
    with pytest.raises(NotAList, match=why):
        read_list(file, content)


def damaged() -> Iterator[tuple[str, bytes]]:
    """One good workbook, spoilt part by part and byte by byte."""
    good = workbook(("编号",), *((f"d{n:03}",) for n in range(60)))

    def rewritten(part: str, spoil: Callable[[bytes], bytes]) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, spoil(old.read(name)) if part in name else old.read(name))
        return packed.getvalue()

    yield "half a sheet", rewritten("sheet1.xml", lambda xml: xml[: len(xml) // 2])
    yield "half a book", rewritten("xl/workbook.xml", lambda xml: xml[:50])
    yield "no sheets", rewritten("xl/workbook.xml", lambda xml: re.sub(b"<sheets>.*</sheets>", b"<sheets/>", xml))
    yield "no styles", rewritten("styles", lambda xml: b"")
    chance = random.Random(1)
    for n in range(150):
        spoilt = bytearray(good)
        for _ in range(20):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        yield f"chance {n}", bytes(spoilt)


def test_a_damaged_workbook_is_read_or_said_to_be_no_list_and_never_fails_otherwise() -> None:
    refused = 0
    for what, content in damaged():
        try:
            assert read_list("到会.xlsx", content), what
        except NotAList:
            refused += 1
    assert refused > 75


def test_a_list_of_names_lets_out_whom_it_let_in(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:
        house.batch(listed=["d001", "d002"])
        told = house.batch(listed_out=["d002", "nobody"])
        assert told["counted"] == ["d002"] and [r["listed"] for r in told["refused"]] == ["nobody"]
        assert house.ledger.present(SESSION, "s1") == {"d001"}


def test_names_sign_their_deputies_in_and_stand_nowhere_in_the_record(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    plan = Chamber(6, opens=DAY, profile="national-township").registering
    roll = tuple(
        DeputyEntry(id=d, sealed_name=vault.seal(person_key(plan.congress.code, plan.term, d), name))
        for d, name in NAMES.items()
    )
    guest = vault.seal(person_key(plan.congress.code, plan.term, "w01"), "司马相如")
    vault.close()
    house = Doors(tmp_path)
    try:
        people = (PersonEntry(id="w01", sealed_name=guest, voter=True),)
        house.does(plan.model_copy(update={"roll": roll, "people": people}))
        told = house.batch(listed=["欧阳明月", "李 燕", "d005", "王芳", "赵某", "d002", "司马相如"], device="名单")
        assert told["counted"] == ["d004", "d001", "d005", "d002"]
        assert [(r["listed"], r["reason"]) for r in told["refused"]] == [
            ("王芳", "SeveralOfThatName"), ("赵某", "NobodyOfThatName"), ("司马相如", "NoDeputy"),
        ]  # fmt: skip
        assert "d002、d003" in told["refused"][0]["says"]["zh"]
        assert "w01" in told["refused"][2]["says"]["zh"]
        assert house.ledger.present(SESSION, "s1") == {"d001", "d002", "d004", "d005"}
    finally:
        house.ledger.close()
    stored = stored_bytes(tmp_path)
    assert not [name for name in (*NAMES.values(), "赵某") if name.encode() in stored]
