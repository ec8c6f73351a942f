"""Figures of published reports, typed in and checked: what contradicts itself is named, what is sound passes."""

from pathlib import Path

import pytest

from yishi.planning.contradictions import contradictions
from yishi.planning.faults import Fault, Faulty, errors
from yishi.planning.typed_figures import read_typed

SOUND = {
    "Daye 2021": "total: 92\nsolved: 76\nreplied: 92\nrates: {solved: 82.6, replied: 100, satisfied: 98}",
    "Sichuan 2017": "total: 778\nclosed: 778\nclasses: {A: 232, B: 351, C: 195}\nrates: {satisfied: 90, basically: 10}",
    "Qinyang 2023": "total: 57\nclasses: {A: 43, B: 13, C: 1}",
    "Huai'an": "total: 331\nclasses: {A: 287, B: 21, C: 23}\nratings: {satisfied: 321, basically: 9, dissatisfied: 1}",
    "a city": "total: 93\nclasses: {A: 54, B: 33, C: 2, D: 4}",
    "Wenzhou": "total: 564\nclasses: {A: 517, B: 10, C: 1, D: 36}",
    "Pingtan 2011": "total: 114\nrates: {satisfied_or_basically: 82}",
    "Zhenhai 2022": "votes: {present: 29, counts: [[28, 1, 0], [20, 8, 1], [26, 3, 0], [29, 0, 0], [17, 11, 1]]}",
}


def checked(place: Path, body: str) -> tuple[Fault, ...]:
    file = place / "report.yaml"
    file.write_text(f"format: yishi-figures/1\n{body}\n", encoding="utf-8")
    return contradictions(*read_typed(file))


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND.keys())
def test_a_sound_report_passes(body: str, tmp_path: Path) -> None:
    assert errors(checked(tmp_path, body)) == ()


def test_ruians_460_and_24_ratings_of_482_replies_are_two_too_many(tmp_path: Path) -> None:
    body = "total: 482\nclasses: {A: 192, B: 221, C: 69}\nratings: {satisfied_or_basically: 460, dissatisfied: 24}"
    [wrong] = checked(tmp_path, body)
    assert wrong.says.zh == "评价 460 + 24 = 484,超过答复的 482 件" and (wrong.line, wrong.where) == (4, "ratings")
    assert errors(checked(tmp_path, body.replace("24", "22"))) == ()


def test_huaians_80_point_7_percent_is_not_287_of_331(tmp_path: Path) -> None:
    [wrong] = checked(tmp_path, "total: 331\nsolved: 287\nrates: {solved: 80.7}")
    assert (
        wrong.weight == "error"
        and wrong.says.en == "the rate of those solved is said to be 80.7 %, but 287/331 is 86.7 %"
    )


def test_98_percent_of_92_can_only_be_90_and_98_point_0_can_be_nothing(tmp_path: Path) -> None:
    [remark] = checked(tmp_path, "total: 92\nrates: {satisfied: 98}")
    assert remark.weight == "warning" and "只能是 90/92(97.8 %)" in remark.says.zh
    [wrong] = checked(tmp_path, "total: 92\nrates: {satisfied: 98.0}")
    assert wrong.weight == "error" and "92 件中没有哪个整数" in wrong.says.zh
    [wrong] = checked(tmp_path, "total: 92\nrates: {satisfied: 100.5%}")
    assert wrong.says.zh == "满意率超过 100 %"


def test_dayes_1_point_1_percent_of_2024_is_cut_off_and_no_contradiction(tmp_path: Path) -> None:
    found = checked(tmp_path, "total: 86\nclasses: {A: 52, B: 33, C: 1}\nrates: {A: 60.5, B: 38.4, C: 1.1}")
    assert [(f.weight, f.where) for f in found] == [("warning", "rates.C")]
    assert "1/86 四舍五入为 1.2 %" in found[0].says.zh


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("total: 57\nclasses: {A: 43, B: 13, C: 2}", "各类合计 58 件,应为 57 件"),
        ("total: 57\nclasses: {A: 43, B: 13}", "各类合计 56 件,应为 57 件"),
        ("total: 92\nreplied: 93", "已答复 93 件,超过应办理的 92 件"),
        ("total: 92\nwithdrawn: 1\nreplied: 92", "已答复 92 件,超过应办理的 91 件"),
        ("total: 2\nwithdrawn: 2\nreturned: 1", "撤回 2 件、退回 1 件,超过总数 2 件"),
        ("classes: {A: 76}\nsolved: 75", "解决 75 件,A 类 76 件,不一致"),
        ("ratings: {satisfied: 5, basically: 2, satisfied_or_basically: 8}", "满意 5 + 基本满意 2 = 7,不是 8"),
        (
            "total: 9\nratings: {satisfied: 5, basically: 2, dissatisfied: 0, no_feedback: 1, unrated: 0}",
            "评价合计 8,答复 9 件,差 1 件没有说明",
        ),
        (
            "total: 92\nratings: {satisfied: 90}\nrates: {satisfied: 98}\nrates_of: {satisfied: 90}",
            "满意率 98 %,而 90/90 = 100.0 %",
        ),
        ("votes: {present: 29, counts: [[28, 1, 0], [28, 1, 1]]}", "28 + 1 + 1 = 30 票,超过到会 29 人"),
    ],
)
def test_what_cannot_be_so_is_named(body: str, says: str, tmp_path: Path) -> None:
    assert [f.says.zh for f in errors(checked(tmp_path, body))] == [says]


def test_all_contradictions_are_named_at_once_in_the_files_order(tmp_path: Path) -> None:
    found = errors(checked(tmp_path, "total: 10\nreplied: 11\nclasses: {A: 12}\nratings: {satisfied: 13}"))
    assert [f.where for f in found] == ["replied", "classes", "ratings"]


def test_ratings_that_leave_some_out_are_worth_a_look(tmp_path: Path) -> None:
    [remark] = checked(tmp_path, "total: 9\nratings: {satisfied: 5, basically: 2, dissatisfied: 0}")
    assert remark.weight == "warning" and "差 2 件" in remark.says.zh
    [votes] = checked(tmp_path, "votes: {present: 29, counts: [[27, 1, 0]]}")
    assert votes.weight == "warning" and "1 人没有计入" in votes.says.zh


@pytest.mark.parametrize("body", ["total: -1", "rates: {solved: most}", "happy: 3", "total: many", "[1"])
def test_what_is_not_of_the_format_is_told_with_its_line(body: str, tmp_path: Path) -> None:
    with pytest.raises(Faulty) as caught:
        checked(tmp_path, body)
    assert all(f.line >= 1 and f.says.zh and f.says.en for f in caught.value.faults)
