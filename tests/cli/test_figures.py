"""`yishi figures`: the numbers of a report on the screen, each opened to its entries."""

import sqlite3
from pathlib import Path

from tests.cli.desk import Desk, found, squeezed
from tests.cli.shell import yishi
from tests.ledger.kinds import copied
from tests.rehearsals import Rehearsed


def test_a_share_is_never_told_without_its_counts_and_three_numbers_stay_three(luqiao: Rehearsed) -> None:
    said = squeezed(yishi("figures", "--year", "2025", "--data", luqiao.folder).out)
    assert "已答复(答复率)100.0%(2/2)" in said and "解决率(A类)50.0%(1/2)" in said
    assert "满意—(0/0)不计:尚未评价2" in said and "按期答复50.0%(1/2)" in said


def test_a_figure_opens_to_suggestions_and_to_entries_that_the_history_shows(luqiao: Rehearsed) -> None:
    opened = found(yishi("figures", "--open", "solved", "--as-of", "2025-12-31", "--json", "--data", luqiao.folder))
    assert opened["as_of"] == "2025-12-31" and [c["number"] for c in opened["counted"]] == ["s01"]
    [position] = opened["counted"][0]["positions"]
    history = found(yishi("history", "--json", "--data", luqiao.folder))
    assert {e["position"]: e["name"] for e in history}[position] == "matter.replied.v1"
    shown = yishi("figures", "--open", "solved", "--lang", "en", "--data", luqiao.folder)
    assert (
        "50.0 % (1/2)" in shown.out and f"entries {position}" in shown.out and "in the base, not counted" in shown.out
    )


def test_as_of_a_day_before_the_replies_nothing_is_replied_to(luqiao: Rehearsed) -> None:
    told = found(yishi("figures", "--as-of", "2025-05-05", "--json", "--data", luqiao.folder))
    by_name = {f["figure"]: f for f in told["figures"]}
    assert (by_name["replied"]["numerator"], by_name["replied"]["denominator"]) == (0, 2)
    assert by_name["on-time"]["left_out"] == [{"why": {"zh": "未到期", "en": "not due yet"}, "count": 2}]


def test_what_cannot_be_shown_is_told_in_a_sentence(luqiao: Rehearsed) -> None:
    for words, said in (
        (("--open", "happy"), "there is no figure happy"),
        (("--as-of", "soon"), "--as-of is not a day: soon"),
        (("nowhere/1-1",), "no session nowhere/1-1"),
    ):
        done = yishi("figures", *words, "--data", luqiao.folder, "--lang", "en")
        assert done.code == 2 and said in done.said, done.said


def test_figures_from_elsewhere_are_checked_without_any_record(tmp_path: Path) -> None:
    good, bad, broken = (tmp_path / f"{name}.yaml" for name in ("good", "bad", "broken"))
    good.write_text("format: yishi-figures/1\ntotal: 57\nclasses: {A: 43, B: 13, C: 1}\n", encoding="utf-8")
    bad.write_text(
        "format: yishi-figures/1\ntotal: 482\nratings: {satisfied: 460, dissatisfied: 24}\n", encoding="utf-8"
    )
    broken.write_text("format: yishi-figures/1\ntotal: many\n", encoding="utf-8")
    done = yishi("figures", "--check", good, "--lang", "en")
    assert done.code == 0 and "do not contradict" in done.out
    done = yishi("figures", "--check", bad, "--json")
    assert done.code == 1 and found(done)["contradictions"] == 1
    done = yishi("figures", "--check", bad)
    assert done.code == 1 and "bad.yaml:3" in done.out and "超过答复的482件" in squeezed(done.out)
    for file in (broken, tmp_path / "none.yaml"):
        done = yishi("figures", "--check", file)
        assert done.code == 2 and "Traceback" not in done.said and file.name in done.said


def test_served_and_read_from_the_folder_they_are_the_same(desk: Desk, tmp_path: Path) -> None:
    session = desk.registered("figures")
    copied(desk.folder, tmp_path / "data", "door.json", "*.lock", "*.pid", "temporal*", "views.db")
    for asked in (("figures", session), ("figures", session, "--open", "filed"), ("figures", session, "--json")):
        read = yishi(*asked, "--data", tmp_path / "data", COLUMNS="80")
        served = desk(*asked)
        assert served.code == read.code == 0, served.said + read.said
        assert read.out.splitlines()["--json" not in asked :] == served.out.splitlines()
    assert "服务没有运行" in yishi("figures", session, "--data", tmp_path / "data").out
    desk.both("figures", session, "--open", "happy", zh="没有“happy”这一数字", en="there is no figure happy", code=2)


def test_lists_kept_by_another_version_are_made_anew_and_one_line_says_so(luqiao: Rehearsed, tmp_path: Path) -> None:
    copied(luqiao.folder, tmp_path / "data")
    before = yishi("figures", "--data", tmp_path / "data")
    with sqlite3.connect(tmp_path / "data" / "views.db") as db:
        db.execute("UPDATE meta SET value = 'older' WHERE key = 'code'")
    anew = yishi("figures", "--data", tmp_path / "data")
    assert anew.out == before.out and "清单已根据记录重新整理(程序版本有变化)" in anew.said
    assert "重新整理" not in yishi("figures", "--data", tmp_path / "data").said


def test_the_record_is_verified_whatever_stands_in_the_views(luqiao: Rehearsed, tmp_path: Path) -> None:
    copied(luqiao.folder, tmp_path / "data")
    (tmp_path / "data" / "views.db").write_bytes(b"nonsense")
    assert yishi("verify", "--data", tmp_path / "data").code == 0
    done = yishi("figures", "--data", tmp_path / "data", "--lang", "en")
    assert done.code == 0 and "the file was damaged" in done.said
