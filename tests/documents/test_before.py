"""Notice, agenda and timetable say what the plan and the record say."""

from pathlib import Path

from tests.documents.conftest import printed, source_of


def test_the_notice_names_the_session_as_it_is_published_with_day_convener_and_every_item(luqiao: Path) -> None:
    said = printed(source_of(luqiao), "notice")

    assert said.lines[0] == "关于召开定远县炉桥镇第十八届人民代表大会第五次会议的通知"
    assert "全体会议:2025年1月21日上午8:30" in said.lines
    assert "(五)2025年度镇级民生实事项目票决" in said.lines
    assert "出席:全体代表,107人。" in said.lines
    assert said.lines[-2:] == ["定远县炉桥镇人民代表大会主席团", "2025年1月13日"]


def test_leave_is_asked_for_under_the_article_in_force_on_the_day_of_the_notice(luqiao: Path, yuanhua: Path) -> None:
    assert "代表法(2015)第七条" in printed(source_of(luqiao), "notice").text
    assert "代表法(2025)第十三条" in printed(source_of(yuanhua), "notice").text


def test_an_agenda_that_was_adopted_says_when_and_where(luqiao: Path) -> None:
    said = printed(source_of(luqiao), "agenda")

    assert said.lines[1] == "(2025年1月21日定远县炉桥镇第十八届人民代表大会第五次会议全体会议通过)"
    assert "三、审查和批准财政预决算报告" in said.lines


def test_the_timetable_of_two_days_has_a_row_for_each_sitting(yuanhua: Path) -> None:
    source = source_of(yuanhua)

    rows = printed(source, "timetable").tables[0]

    assert rows[0] == ["日期", "时间", "会议", "内容"]
    assert [row[2] for row in rows[1:]] == [
        s.title for s in sorted(source.session.sittings.values(), key=lambda s: s.planned)
    ]


def test_a_street_council_is_no_congress_and_has_no_presidium_to_sign(songcheng: Path) -> None:
    said = printed(source_of(songcheng), "notice")

    assert said.lines[0] == "关于召开商丘市睢阳区宋城街道第一届居民议事会第三次会议的通知"
    assert "主席团" not in said.text.replace("人大联络站", "")
