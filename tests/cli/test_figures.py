"""`yishi figures`: the numbers of a report on the screen, each opened to its entries."""

from tests.cli.conftest import Rehearsed
from tests.cli.desk import found, squeezed
from tests.cli.shell import yishi


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
