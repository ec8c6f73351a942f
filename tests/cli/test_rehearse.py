"""`yishi rehearse` from the outside: what it ends with, what it writes, what it says of files that are wrong."""

from pathlib import Path

import pytest

from tests.cli.shell import CHINESE, EXAMPLES, yishi, yishi_anew
from tests.engine.house import SMALL
from tests.rehearsals import Rehearsed, rehearsed
from yishi.planning.load import load_plan
from yishi.planning.play import load_script

SCRIPT = """format: yishi-script/1
acts:
  - {at: 2024-12-31 09:00, act: decide-date, opens: 2025-01-21, closes: 2025-01-21}
"""


def script(place: Path, *lines: str) -> Path:
    file = place / "script.yaml"
    file.write_text(SCRIPT + "".join(f"  - {{{line}}}\n" for line in lines), encoding="utf-8")
    return file


@pytest.mark.parametrize("example", ["luqiao", "songcheng", "xiuzhou", "yuanhua"])
def test_each_example_is_rehearsed_by_its_script_or_its_lawful_course(
    example: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = rehearsed(example, tmp_path_factory).done
    assert done.code == 0, done.said
    assert load_plan(EXAMPLES / example / "plan.yaml").congress.name in done.out
    assert done.err == ""


def test_the_report_has_every_act_in_order_with_what_came_of_it(luqiao: Rehearsed) -> None:
    assert luqiao.done.code == 0, luqiao.done.said
    report, plan = luqiao.report, load_plan(EXAMPLES / "luqiao" / "plan.yaml")
    written = load_script(EXAMPLES / "luqiao" / "script.yaml", plan).acts
    played = [act for act in report["acts"] if act["by"] != "clock"]
    assert [act["act"] for act in played] == ["register-session", *(act.act for act in written)]
    assert [act["n"] for act in report["acts"]] == list(range(len(report["acts"])))
    assert [act["line"] for act in played[1:]] == [act.line for act in written]
    for act in report["acts"]:
        assert act["outcome"] in ("recorded", "already", "refused")
        if act["outcome"] == "recorded":
            assert act["events"] and act["basis"] and act["kind"], act["act"]
            assert all(event["figures"] is not None and event["position"] > 0 for event in act["events"])
        if act["outcome"] == "refused":
            assert act["refusal"]["zh"] and act["refusal"]["en"] and act["refusal"]["position"]
    positions = [event["position"] for act in report["acts"] for event in act["events"]]
    assert positions == sorted(positions)
    refused = {act["refusal"]["reason"] for act in report["acts"] if act["refusal"]}
    assert {"QuorumNotMet", "StepMissing"} <= refused
    assert report["exit"] == 0 and report["verified"] and len(report["head"]) == 64


def test_the_refusal_for_want_of_a_quorum_carries_its_article_and_its_figures(luqiao: Rehearsed) -> None:
    short = next(
        a["refusal"] for a in luqiao.report["acts"] if a["refusal"] and a["refusal"]["reason"] == "QuorumNotMet"
    )
    assert short["basis"][0]["rule"] == "OL22-14-4-quorum" and short["kind"]
    assert {71, 72, 107} <= {figure for figure in short["figures"].values() if isinstance(figure, int)}
    assert "72" in short["zh"] and "第十四条第四款" in short["zh"]


def test_in_english_only_names_and_titles_are_chinese(luqiao: Rehearsed) -> None:
    """What is in the plan, and the titles of laws, are what they are; every word of ours is English."""
    own = {
        "演练",
        "会议",
        "签到",
        "依据",
        "记录",
        "缺",
        "主席团决定",
        "提请表决",
        "举行",
        "拒绝",
        "核验",
        "期限",
        "法律明文",
    }
    titles = set(_words(load_plan(EXAMPLES / "luqiao" / "plan.yaml").model_dump(mode="json")))
    said = [line for line in luqiao.done.out.splitlines() if CHINESE.search(line)]
    for line in said:
        rest = line
        for title in sorted(titles, key=len, reverse=True):
            rest = rest.replace(title, "")
        assert not [word for word in own if word in rest], line


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for each in value.values() for word in _words(each)]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    return [value] if isinstance(value, str) and CHINESE.search(value) else []


def test_a_refusal_nobody_expected_ends_with_1_and_says_which(tmp_path: Path) -> None:
    early = script(tmp_path, "at: 2025-01-02 09:00, act: give-notice")
    done = yishi("rehearse", SMALL, "--script", early, "--lang", "en")
    assert done.code == 1
    assert "an unexpected refusal" in done.out and "1 not as the script says" in done.out


def test_an_expected_refusal_that_does_not_come_ends_with_1(tmp_path: Path) -> None:
    fine = script(tmp_path, "at: 2025-01-02 09:00, act: publish-date, expect: {refused: StepMissing}")
    done = yishi("rehearse", SMALL, "--script", fine, "--report", tmp_path / "report.json")
    assert done.code == 1
    assert "本应拒绝" in done.out
    assert (tmp_path / "report.json").exists(), "the report tells of it too"


FAULTS = {
    "an act that there is not": ("at: 2025-01-02 09:00, act: publish-dat", ":4", "publish-dat"),
    "an office that there is not": ("at: 2025-01-02 09:00, act: publish-date, by: mayor", ":4", "mayor"),
    "an act out of order": ("at: 2024-12-01 09:00, act: publish-date", ":4", "2024-12-01"),
    "a field that there is not": ("at: 2025-01-02 09:00, act: publish-date, colour: red", ":4", "colour"),
    "half a line": ("at: 2025-01-02 09:00, act: [", ":4", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_script_with_a_fault_ends_with_2_and_its_line_and_reason(tmp_path: Path, fault: str) -> None:
    line, where, word = FAULTS[fault]
    done = yishi("rehearse", SMALL, "--script", script(tmp_path, line))
    assert done.code == 2
    assert f"script.yaml{where}" in done.err and word in done.err, done.err


def test_half_a_plan_a_plan_of_twenty_megabytes_and_a_plan_that_is_not_there_are_told(tmp_path: Path) -> None:
    whole = SMALL.read_bytes()
    (tmp_path / "half.yaml").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "huge.yaml").write_bytes(b"# " + b"x" * (20 << 20) + b"\n" + whole)
    (tmp_path / "cut.yaml").write_bytes("名册: 议事".encode()[:-1])
    for name in ("half.yaml", "huge.yaml", "cut.yaml", "absent.yaml"):
        done = yishi("rehearse", tmp_path / name, "--lang", "en")
        assert done.code == 2, (name, done.said)
        assert name in done.err, done.err
        assert len(done.err) < 20_000


def test_a_plan_with_faults_tells_all_of_them_with_their_lines(tmp_path: Path) -> None:
    wrong = SMALL.read_text(encoding="utf-8").replace("count: 5", "count: x")
    (tmp_path / "plan.yaml").write_text(wrong, encoding="utf-8")
    done = yishi("rehearse", tmp_path / "plan.yaml")
    assert done.code == 2
    assert "plan.yaml:7:" in done.err and "roll.csv" in done.err
    assert "plan.yaml:8:" in done.err and "presidium.count" in done.err


def test_a_report_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    short = script(tmp_path)
    (tmp_path / "file").touch()
    done = yishi("rehearse", SMALL, "--script", short, "--report", tmp_path / "file" / "report.json")
    assert done.code == 2
    assert "report.json" in done.err


def test_a_language_that_there_is_not_ends_with_2() -> None:
    done = yishi("rehearse", SMALL, "--lang", "fr")
    assert done.code == 2
    assert "应为zh 或 en" in done.err and "lang = 'fr'" in done.err and "has to be zh or en" in done.err


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_where_only_ascii_is_spoken_nothing_breaks(tmp_path: Path, environment: dict[str, str]) -> None:
    done = yishi_anew("rehearse", SMALL, "--script", script(tmp_path), **environment)
    assert done.code == 0, done.said
    assert "小镇人民代表大会" in done.out


def test_a_folder_named_like_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "[red]" / "数据").mkdir(parents=True)
    (tmp_path / "[red]" / "数据" / "x").touch()
    done = yishi("rehearse", SMALL, "--data", tmp_path / "[red]" / "数据", COLUMNS="300")
    assert done.code == 2
    assert "[red]" in done.err


def test_what_is_so_already_is_said_to_be_and_deadlines_are_called_by_their_step(
    tmp_path: Path, luqiao: Rehearsed
) -> None:
    twice = script(tmp_path, "at: 2025-01-02 09:00, act: publish-date", "at: 2025-01-02 09:00, act: publish-date")
    done = yishi("rehearse", SMALL, "--script", twice)
    assert done.code == 0, done.said
    assert "(此前已有记录,没有新的记录)" in done.out and "第三届第二次会议" in done.out
    assert "Reply to the suggestion" in luqiao.done.out and "budget-published-" not in luqiao.done.out


def test_a_plan_or_script_that_is_not_there_is_told_in_both_languages(tmp_path: Path) -> None:
    for lang, word in (("zh", "没有这个文件"), ("en", "there is no such file")):
        absent = tmp_path / "absent.yaml"
        for arguments in ((absent,), (SMALL, "--script", absent)):
            done = yishi("rehearse", *arguments, "--lang", lang)
            assert done.code == 2 and word in done.err and "No such file" not in done.err


def test_an_option_of_plan_new_that_will_not_do_is_named_with_what_there_is(tmp_path: Path) -> None:
    given = ("--name", "甲镇", "--code", "jia", "--profile", "zhejiang-township", "--term", 1, "--number", 2)
    done = yishi("plan", "new", "--out", tmp_path / "plan.yaml", "--kind", "bogus", *given)
    assert done.code == 2
    assert "--kind" in done.err and "year_start" in done.err and "bogus" in done.err
