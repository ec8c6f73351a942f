"""A county's papers: its standing committee convenes, its courts report, its seven resolutions are framed."""

from pathlib import Path

from domain.session.sittings import SittingOpened
from tests.documents.conftest import printed, source_of


def test_a_county_session_is_convened_by_its_standing_committee_and_not_by_a_presidium_not_yet_elected(
    xiuzhou: Path,
) -> None:
    said = printed(source_of(xiuzhou), "notice")

    assert "嘉兴市秀洲区人民代表大会常务委员会决定" in said.text
    assert said.lines[-2] == "嘉兴市秀洲区人民代表大会常务委员会"


def test_the_preparatory_meetings_script_has_presidium_secretary_general_and_agenda_in_order(xiuzhou: Path) -> None:
    said = printed(source_of(xiuzhou), "script", sitting="prep").text

    order = [said.index(words) for words in ("表决主席团名单", "表决秘书长人选", "现在表决会议议程")]
    assert order == sorted(order)


def test_each_report_is_asked_of_the_organ_that_gives_it(xiuzhou: Path) -> None:
    source = source_of(xiuzhou)
    said = "".join(printed(source, "script", sitting=code).text for code in source.session.sittings)

    for organ in ("人民政府", "人民代表大会常务委员会", "人民法院", "人民检察院"):
        assert f"请嘉兴市秀洲区{organ}负责人作报告" in said


def test_every_sitting_has_the_figures_it_was_opened_with(xiuzhou: Path) -> None:
    source = source_of(xiuzhou)

    for opened in (e for e in source.session.history if isinstance(e, SittingOpened)):
        said = printed(source, "script", sitting=opened.sitting).text
        assert f"应到代表{opened.deputies_total}人,实到{opened.deputies_present}人" in said


def test_the_seven_resolutions_are_framed_by_their_reports_titles(xiuzhou: Path) -> None:
    source = source_of(xiuzhou)
    adopted = [code for code, vote in source.session.votes.items() if vote.adopted and code in source.session.agenda]
    titles = [printed(source, "resolution", item=code).lines[0] for code in adopted]

    assert len(titles) == 7
    assert "嘉兴市秀洲区第十届人民代表大会第四次会议关于国民经济和社会发展计划的决议" in titles
    assert all(title.endswith("的决议") and "书面" not in title for title in titles)
