"""`yishi sign-in` and `yishi hall`: any order, any repetition, and the light is right."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.desk import Desk, found


@pytest.fixture(scope="module")
def session(desk: Desk) -> str:
    return desk.convened("people")


def light(desk: Desk, session: str) -> dict[str, object]:
    told: dict[str, object] = found(desk("hall", session, "--json"))
    return told


def test_deputies_sign_in_by_range_list_and_again_and_the_light_is_the_answer(
    desk: Desk, session: str, tmp_path: Path
) -> None:
    desk.both("hall", session, zh="还差 5 人", en="5 still missing", code=0)
    first = desk("sign-in", "D001..D003", "--sitting", "plenary-1", "--session", session)
    assert first.code == 0 and "签到 3 人" in first.out and "实到 3" in first.out and "还差 2 人" in first.out, (
        first.said
    )
    again = desk("sign-in", "D001,D002", "--session", session, "--lang", "en")
    assert "2 already so" in again.out and "2 still missing" in again.out
    (tmp_path / "list.txt").write_text("D004 # 晚到\nD005\nD004\n\n", encoding="utf-8")
    listed = desk("sign-in", "--list", tmp_path / "list.txt", "--session", session)
    assert listed.code == 0 and "签到 2 人" in listed.out and "够法定人数" in listed.out
    left = desk("sign-in", "D005", "--out", "--session", session)
    assert left.code == 0 and "退场 1 人" in left.out and "还差 1 人" in left.out
    told = light(desk, session)
    assert (told["total"], told["present"], told["needed"], told["enough"]) == (7, 4, 5, False)


def test_a_workbook_of_names_signs_them_in_and_who_cannot_be_told_is_named(desk: Desk, tmp_path: Path) -> None:
    session = desk.convened("workbook")
    book = Workbook()
    for row in (("序号", "姓名"), (1, "甲 喆"), (2, "乙䶮"), (3, "无此人")):
        book.active.append(row)
    book.save(tmp_path / "到会.xlsx")
    done = desk("sign-in", "--list", tmp_path / "到会.xlsx", "--session", session)
    assert done.code == 1 and "签到 2 人" in done.out and "无此人" in done.out, done.said
    assert light(desk, session)["present"] == 2
    out = desk("sign-in", "--out", "--list", tmp_path / "到会.xlsx", "--session", session)
    assert "退场 2 人" in out.out and light(desk, session)["present"] == 0, out.said


def test_red_and_green_are_said_in_words(desk: Desk, session: str) -> None:
    said = desk("hall", session, NO_COLOR="1").out
    assert "○ 还差" in said or "● 够法定人数" in said
    assert "第十四条第四款" in said and "法律明文" in said


def test_who_is_not_on_the_roll_is_named_and_the_others_count(desk: Desk) -> None:
    session = desk.convened("stranger")
    done = desk("sign-in", "D001", "D999", "--session", session)
    assert done.code == 1 and "D999" in done.out and "签到 1 人" in done.out, done.said
    assert light(desk, session)["present"] == 1


def test_nonsense_at_the_door_is_told_and_counts_nobody(desk: Desk, session: str, tmp_path: Path) -> None:
    before = light(desk, session)["present"]
    of = ("--session", session)
    desk.both("sign-in", *of, zh="请写代表编号", en="name deputies", code=2)
    desk.both("sign-in", "D003..D001", *of, zh="不是范围", en="this is no range", code=2)
    desk.both("sign-in", "--list", tmp_path / "absent.txt", *of, zh="找不到文件", en="there is no file", code=2)
    (tmp_path / "list.txt").write_bytes(b"\xff\xfe\x00\xd8")
    desk.both("sign-in", "--list", tmp_path / "list.txt", *of, zh="读不了", en="cannot be read", code=2)
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 nothing of the kind")
    desk.both("sign-in", "--list", tmp_path / "list.xlsx", *of, zh="不是完整的", en="not a whole .xlsx", code=2)
    desk.both("sign-in", "D001", "--at", "whenever", *of, zh="不是时刻", en="is not a time", code=2)
    assert desk("sign-in", "D006", "--sitting", "plenary-9", *of).code in (1, 2)
    assert light(desk, session)["present"] == before


def test_an_unknown_card_is_held_and_not_counted(desk: Desk, session: str) -> None:
    before = light(desk, session)["present"]
    done = desk("sign-in", "--card", "04A1B2C3", "--session", session)
    assert "证卡待核 1 张" in done.out and light(desk, session)["present"] == before, done.said
