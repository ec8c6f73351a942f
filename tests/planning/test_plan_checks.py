"""What a plan says against itself, against its roll and against the law."""

import pytest

from domain.arithmetic import Share
from domain.law import Layer
from tests.planning.conftest import PLAN, ROLL, Desk, only
from yishi.planning import load_plan

OWN = "own_rules:\n  - {{id: own-quorum, topic: council.quorum, {0}, title: 议事规则, article: 第八条, from: 2023-01-01}}\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("closes: 2026-01-28", "closes: 2026-01-26", 5, "早于开幕日"),
        ("at: 2026-01-28T14:00", "at: 2026-01-29T14:00", 13, "不在会期"),
        ("give-notice: 2026-01-20 09:00", "give-notice: 2026-01-28 09:00", 25, "晚于开幕日"),
        ("decide-date: 2026-01-06 09:00", "decide-date: 2026-01-08 09:00", 24, "早于决定会议日期"),
        ("give-notice:", "giv-notice:", 25, "give-notice"),
        ("code: plenary-2", "code: plenary-1", 13, "先在第 12 行"),
        ("code: g2", "code: g1", 9, "重复"),
        ("code: budget", "code: government-report", 17, "重复"),
        ("code: p02", "code: p01", 20, "重复"),
        ("[D001, D002,", "[D001, D001,", 10, "重复"),
        ("[D001, D002,", "[D001, D099,", 10, "不在名册"),
        ("members: [D001, D002, D003, D004, D005, D006, D007]", "count: 10", 10, "名册只有 9 人"),
        ("choose: 2", "choose: 3", 21, "应少于候选项目"),
        ("choose: 2", "choose: 0", 21, "应少于候选项目"),
        ("profile: zhejiang-township", "profile: zhejian-township", 3, "zhejiang-township"),
        ("profile: zhejiang-township", "profile: zhejiang-residents", 3, "不是 township"),
        ("profile: zhejiang-township", "profile: zhejiang-township\nprocedure: village-congress", 4, "没有程序"),
        ("profile: zhejiang-township", "profile: zhejiang-township\nprocedure: residents-council", 4, "residents"),
        ("adopts: []", "adopts: [I-quorum-at-vot]", 4, "I-quorum-at-vote"),
        ("adopts: []", "adopts: [OL22-14-4-quorum]", 4, "没有可采纳"),
        ("kind: year_start", "kind: yearly", 5, "yearly"),
        ("kind: year_start", "kind: first", 5, "elections_completed"),
        ("closes: 2026-01-28}", "closes: 2026-01-28, elections_completed: 2026-01-01}", 5, "只有换届"),
    ],
)
def test_what_does_not_fit_is_told_at_its_line(desk: Desk, old: str, new: str, line: int, words: str):
    faults = desk.plan(old, new)
    assert any(f.line == line and f.weight == "error" and words in f.told() for f in faults), [f.told() for f in faults]


def test_a_plan_without_a_plenary_is_told(desk: Desk):
    text = PLAN.replace("kind: plenary", "kind: preparatory")
    only(desk.plan(text=text), 11, "没有全体会议")


def test_projects_on_the_agenda_need_a_list_to_choose_from(desk: Desk):
    start, end = PLAN.index("projects:\n"), PLAN.index("\ndates:") + 1
    only(desk.plan(text=PLAN[:start] + PLAN[end:]), 18, "没有 projects")


def test_a_group_of_the_roll_that_nobody_declared_is_told_by_its_row(desk: Desk):
    fault = only(desk.roll(ROLL.replace("D002,李䶮,第一代表团", "D002,李䶮,第二代表")), 3, "第二代表团")
    assert fault.file == "roll.csv"


@pytest.mark.rule("ZJT23-20-notice")
def test_notice_exactly_seven_days_before_is_in_time(desk: Desk):
    assert desk.plan("give-notice: 2026-01-20 09:00", "give-notice: 2026-01-20 23:59") == ()


@pytest.mark.rule("ZJT23-20-notice")
def test_notice_six_days_before_is_too_late_by_article_20(desk: Desk):
    fault = only(desk.plan("give-notice: 2026-01-20 09:00", "give-notice: 2026-01-21 00:00"), 25, "最迟 2026-01-20")
    assert "浙江省乡镇人大工作条例(2023)第二十条" in fault.told()
    assert fault.basis[0].rule == "ZJT23-20-notice"


@pytest.mark.rule("ZJT23-20-notice-papers")
def test_papers_on_the_day_of_the_opening_are_too_late(desk: Desk):
    only(desk.plan("send-papers: 2026-01-26 09:00", "send-papers: 2026-01-27 07:00"), 26, "最迟 2026-01-26")


def test_where_only_national_law_is_on_file_no_notice_period_is_invented(desk: Desk):
    text = PLAN.replace("profile: zhejiang-township", "profile: national-township")
    assert desk.plan("give-notice: 2026-01-20 09:00", "give-notice: 2026-01-26 09:00", text=text) == ()


def test_notice_is_judged_by_the_law_of_its_own_day_and_the_own_rules(desk: Desk):
    own = "own_rules:\n  - {id: own-notice, topic: notice.days, days: 10, title: 议事规则, article: 第三条, from: 2023-01-01}\n"
    text = PLAN.replace("adopts: []\n", own)
    fault = only(desk.plan(text=text), 26, "最迟 2026-01-17")
    assert "own-notice" in {c.rule for c in fault.basis}


@pytest.mark.parametrize(
    ("line", "words", "article"),
    [
        ("  - {code: government-report, kind: government_report, title: 政府工作报告}\n", "政府工作报告", "第十二条"),
        ("  - {code: presidium-report, kind: presidium_report, title: 主席团工作报告}\n", "主席团", "第十七条"),
        ("  - {code: budget, kind: budget, title: 预算}\n", "预算", "预算法(2018)第四十七条"),
    ],
)
def test_a_year_start_agenda_without_a_report_the_law_names_is_warned_of(
    desk: Desk, line: str, words: str, article: str
):
    fault = only(desk.plan(line, ""), 14, words, "warning")
    assert article in fault.told()


def test_a_day_before_the_first_text_on_file_has_no_law_and_nothing_is_guessed(desk: Desk):
    text = PLAN.replace("2026-01", "1990-01")
    assert any("法规库中没有" in f.told() and f.weight == "error" for f in desk.plan(text=text))


@pytest.mark.rule("OL22-20-first", "ZJT23-15-first")
@pytest.mark.parametrize(("elected", "weights"), [("2025-11-27", []), ("2025-11-26", ["warning"])])
def test_a_first_session_more_than_two_months_after_the_elections_is_warned_of(
    desk: Desk, elected: str, weights: list[str]
):
    faults = desk.plan("kind: year_start,", f"kind: first, elections_completed: {elected},")
    assert [f.weight for f in faults] == weights


@pytest.mark.parametrize(
    ("value", "needed"),
    [
        ("share: 超过三分之二", 41),
        ("share: 三分之二以上", 40),
        ("share: 2/3以上", 40),
        ("share: 过半数", 31),
        ("share: 半数以上", 30),
        ("share: 不少于四分之三", 45),
    ],
)
def test_an_own_quorum_counts_as_its_words_say(desk: Desk, value: str, needed: int):
    assert desk.plan("adopts: []\n", OWN.format(value)) == ()
    [rule] = load_plan(desk.folder / "plan.yaml", desk.book).provisions(desk.book)
    assert isinstance(rule.value, Share)
    assert rule.value.needed(60) == needed
    assert (rule.layer, rule.citation.zh) == (Layer.BODY, "议事规则第八条")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("share: 三分之二", "含不含本数"),
        ("share: 大多数", "不是份额"),
        ("share: 三分之四以上", "不是份额"),
        ("share: 过半数, number: 3", "有且只有一个值"),
        ("consequence: block", "有且只有一个值"),
        ("range: [9, 7]", "下限大于上限"),
        ("share: 过半数, until: 2020-01-01", "失效早于生效"),
        ("share: 过半数, of: everybody", "everybody"),
        ("days: 0", "太小"),
        ("year_day: 02-29", "不是每年都有的日期"),
        ("year_day: 八月底", "不是每年都有的日期"),
    ],
)
def test_an_own_rule_that_says_too_little_or_too_much_is_told_at_its_line(desk: Desk, value: str, words: str):
    faults = desk.plan("adopts: []\n", OWN.format(value))
    assert any(f.line == 5 and words in f.told() for f in faults), [f.told() for f in faults]


def test_an_own_rule_on_an_unknown_topic_suggests_the_near_one(desk: Desk):
    only(
        desk.plan("adopts: []\n", OWN.format("share: 过半数").replace("council.quorum", "council.quorom")),
        5,
        "council.quorum",
    )


def test_an_own_rule_may_not_take_the_id_of_a_rule_on_file(desk: Desk):
    only(
        desk.plan("adopts: []\n", OWN.format("share: 过半数").replace("own-quorum", "OL22-14-4-quorum")),
        5,
        "已是法规库",
    )


COUNCIL = """\
format: yishi-plan/1
congress: {code: aishan, name: 爱山街道议事会, level: residents}
profile: zhejiang-residents
session: {term: 1, number: 1, kind: extraordinary, opens: 2026-01-27, closes: 2026-01-27}
roll: {count: 40}
sittings:
  - {code: m, kind: plenary, title: 议事会, at: 2026-01-27 09:00}
agenda:
  - {code: office, kind: report, title: 办事处工作情况}
"""


@pytest.mark.rule("ZJT23-8-size", "ZJT23-8-size-usual")
@pytest.mark.parametrize(
    ("count", "weights"), [(6, ["error"]), (7, []), (13, []), (14, ["warning"]), (17, ["warning"]), (18, ["error"])]
)
def test_a_presidium_outside_seven_to_seventeen_is_refused_and_above_thirteen_is_warned_of(
    desk: Desk, count: int, weights: list[str]
):
    text = PLAN.replace("{file: roll.csv}", "{count: 60}")
    faults = desk.plan(
        "{members: [D001, D002, D003, D004, D005, D006, D007]}",
        f"{{count: {count}, previous: {{count: 9}}}}",
        text=text,
    )
    assert [f.weight for f in faults] == weights, [f.told() for f in faults]
    assert all(f.line == 10 and f.basis for f in faults)


def test_where_only_national_law_is_on_file_a_presidium_of_three_is_nobodys_fault(desk: Desk):
    text = PLAN.replace("profile: zhejiang-township", "profile: national-township")
    assert desk.plan("[D001, D002, D003, D004, D005, D006, D007]", "[D001, D002, D003]", text=text) == ()


def test_chongqing_may_not_plan_a_session_without_a_preparatory_meeting(desk: Desk):
    text = PLAN.replace("profile: zhejiang-township", "profile: chongqing-township").replace(
        "give-notice: 2026-01-20", "give-notice: 2026-01-16"
    )
    fault = only(desk.plan(text=text), 11, "没有预备会议")
    assert "重庆市乡镇人大工作条例" in fault.told()
    prep = "  - {code: prep, kind: preparatory, title: 预备会议, at: 2026-01-27 8:30}\n  - {code: plenary-1"
    assert desk.plan("  - {code: plenary-1", prep, text=text) == ()


@pytest.mark.parametrize(
    ("kind", "weights"),
    [("kind: report", []), ("kind: report, resolution: true", ["warning"]), ("kind: decision", ["warning"]),
     ("kind: report, resolution: false", [])],
)  # fmt: skip
def test_a_residents_council_that_plans_to_resolve_is_warned_that_it_only_recommends(
    desk: Desk, kind: str, weights: list[str]
):
    faults = desk.plan("kind: report", kind, text=COUNCIL)
    assert [f.weight for f in faults] == weights
    assert all(f.line == 9 and "只作推荐" in f.told() and f.basis for f in faults)


def test_before_the_first_text_on_file_nobody_is_told_to_add_what_may_not_exist(desk: Desk):
    fault = only(desk.plan(text=COUNCIL.replace("2026-01-27", "2018-01-10")), 4, "没有录入更早的文本")
    assert "请补充" not in fault.told()
