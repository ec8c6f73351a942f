"""The machine may fail: the sheet says where the session stands, what may follow by which article, and what to note."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.session.decider import HallNow
from domain.session.outlook import outlook
from domain.session.state import Moment
from domain.submission import Actor
from tests.cli.shell import EXAMPLES, refused, yishi
from tests.documents.conftest import printed, source_of
from tests.documents.reading import read

BROKE_OFF = "presidium-meets, meeting: 2"


@pytest.fixture(scope="module")
def broken_off(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Luqiao's session up to its second presidium meeting, in the middle of the sitting."""
    place = tmp_path_factory.mktemp("broken-off")
    played = (EXAMPLES / "luqiao" / "script.yaml").read_text(encoding="utf-8").splitlines()
    last = next(n for n, line in enumerate(played) if BROKE_OFF in line)
    (place / "script.yaml").write_text("\n".join(played[: last + 1]) + "\n", encoding="utf-8")
    yishi("rehearse", EXAMPLES / "luqiao" / "plan.yaml", "--script", place / "script.yaml", "--data", place / "data")
    yield place / "data"


def test_it_says_which_sitting_is_open_and_that_the_quorum_is_met_by_its_article(broken_off: Path) -> None:
    done = yishi("sheet", "--data", broken_off)

    assert done.code == 0, done.said
    assert "全体会议(plenary-1)正在举行" in done.out
    assert "应到107人,已签到95人;法定人数三分之二以上即72人,已达到(地方组织法(2022)第十四条第四款)" in done.out


def test_every_step_that_the_law_asks_for_and_may_be_done_now_stands_on_it_with_its_article(broken_off: Path) -> None:
    source = source_of(broken_off)
    law = source.law(source.until)
    assert law is not None
    with source.ledger.instant() as tx:
        moment = Moment(law, source.until, Actor(office="secretariat"), HallNow(tx, source.session.stream))
        wanted = [p for p in outlook(source.session, moment) if p.required and p.state in ("now", "after", "blocked")]

    rows = {row[0].split("\n")[0]: row for row in printed(source, "sheet").tables[1][1:]}

    assert wanted
    for prospect in wanted:
        row = rows[prospect.title.zh]
        assert prospect.step.act in row[0]
        assert law.basis(*prospect.step.topics)[0].zh == row[2]


def test_what_may_not_be_done_yet_says_why(broken_off: Path) -> None:
    assert "不能闭幕,尚缺:政府工作报告" in yishi("sheet", "--data", broken_off).out
    assert "the session cannot close; still missing" in yishi("sheet", "--data", broken_off, "--lang", "en").out


def test_a_vote_by_hand_has_a_blank_for_each_figure_that_its_later_entry_needs(broken_off: Path) -> None:
    vote = next(row for row in printed(source_of(broken_off), "sheet").tables[1] if "put-to-vote" in row[0])

    assert all(f"{word}______" in vote[3] for word in ("时间", "经办", "实到", "赞成", "反对", "弃权", "未表决"))


def test_bare_text_is_without_any_colour_and_ends_with_the_head_of_the_log(broken_off: Path) -> None:
    said = yishi("sheet", "--data", broken_off, "--plain").out

    assert "\x1b" not in said
    assert "【演练】" in said
    assert source_of(broken_off).head.root in said.replace(" ", "")


def test_printed_it_has_room_to_write_and_says_that_it_is_a_rehearsal(broken_off: Path, tmp_path: Path) -> None:
    done = yishi("sheet", "--data", broken_off, "--out", tmp_path / "sheet.docx")

    assert done.code == 0, done.said
    paper = read((tmp_path / "sheet.docx").read_bytes())
    assert [row[0] for row in paper.tables[-1][1:]] == [str(n) for n in range(1, 11)]
    assert all("演  练" in header for header in paper.headers())


def test_a_session_that_is_over_has_its_deadlines_left(luqiao: Path) -> None:
    said = yishi("sheet", "--data", luqiao).out

    assert "会后" in said
    assert "没有正在举行的会议" in said


def test_where_there_is_no_record_it_says_so(tmp_path: Path) -> None:
    refused("sheet", "--data", tmp_path, zh="没有会议记录", en="no record")
