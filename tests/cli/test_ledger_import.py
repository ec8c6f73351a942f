"""`yishi ledger import`: a sheet looked at as a whole, then recorded all or not at all, also by a service that dies meanwhile."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.desk import Desk, Serving, found, squeezed, today
from tests.intake.house import written
from tests.ledger import kinds as stored
from yishi.projections.followed import followed
from yishi.record import reader

MOMENTS = ("at once", "writing", "written")
TURN_TAKEN = "SELECT count(*) FROM pg_locks WHERE relation = 'turn'::regclass"
"""When the service is killed: before it is asked, with the first byte of the commit on its way to the disk, and just after."""
HEADER = [
    "编号",
    "代表编号",
    "建议标题",
    "提出日期",
    "交办日期",
    "主办单位",
    "答复日期",
    "办理结果",
    "与代表沟通",
    "满意度",
    "评价日期",
]


def day(ago: int) -> str:
    return str(today() - timedelta(ago))


def rows(*numbers: str) -> list[list[str]]:
    """Each filed, assigned, replied to and rated in the last weeks."""
    return [
        [n, "D001", f"关于修路的建议 {n}", day(30), day(28), "镇建设办", day(12), "A", "是", "满意", day(5)]
        for n in numbers
    ]


@pytest.fixture
def session(desk: Desk, request: pytest.FixtureRequest) -> str:
    return desk.registered(f"imp{abs(hash(request.node.name)) % 10**6}", days_ago=60)


def test_without_record_it_only_looks_and_with_it_all_is_one_commit(desk: Desk, session: str, tmp_path: Path) -> None:
    file, size = written(tmp_path / "台账.csv", [HEADER, *rows("1", "2", "3")], "gb18030"), desk.size()
    looked = desk("ledger", "import", file, "--session", session)
    assert looked.code == 0 and "可以记入12项" in squeezed(looked.out) and desk.size() == size, looked.said
    done = desk("ledger", "import", file, "--session", session, "--record")
    assert done.code == 0 and "已一次记入12项" in squeezed(done.out), done.said
    again = desk("ledger", "import", file, "--session", session, "--record", "--lang", "en")
    assert again.code == 0 and "there is nothing to record" in again.out and desk.size() == size + 3 * 5
    told = found(desk("figures", session, "--json"))
    figures = {figure["figure"]: figure["numerator"] for figure in told["figures"]}
    assert (figures["filed"], figures["solved"], figures["satisfied"], figures["closed"]) == (3, 3, 3, 3)
    assert desk("verify", "--data", desk.folder).code == 0


def test_every_bad_row_is_told_at_once_in_both_languages_and_nothing_is_recorded(
    desk: Desk, session: str, tmp_path: Path
) -> None:
    table = [HEADER, *rows("1", "2", "3", "4", "1")]
    table[2][9:] = ["还行", "2026-13-01"]
    table[3][6:] = ["", "", "", "满意", day(5)]
    table[4][1] = "D999"
    file, size = written(tmp_path / "台账.csv", table), desk.size()
    for lang, words in (
        (
            "zh",
            (
                "台账.csv:3",
                "没有这一天",
                "有评价而没有答复",
                "名册上没有代表",
                "编号1重复(先在第2行)",
                "行有误,全部未记录",
            ),
        ),
        ("en", ("台账.csv:3", "there is no such day", "nobody replied to it", "no deputy D999", "stands twice")),
    ):
        told = desk("ledger", "import", file, "--session", session, "--record", "--lang", lang)
        assert told.code == 2 and desk.size() == size
        for word in words:
            assert "".join(word.split()) in squeezed(told.said), told.said
    told = found(desk("ledger", "import", file, "--session", session, "--json"))
    assert {each["line"] for each in told["errors"]} == {3, 4, 5, 6} and "K3" in {
        each["cell"] for each in told["errors"]
    }


def test_a_row_that_a_rule_refuses_is_told_with_its_article_and_ends_with_1(
    desk: Desk, session: str, tmp_path: Path
) -> None:
    table = [[*HEADER, "承诺完成日期"], [*rows("1")[0], str(today() + timedelta(90))]]
    told = desk("ledger", "import", written(tmp_path / "a.csv", table), "--session", session, "--record")
    assert told.code == 1 and "不是B类" in squeezed(told.said), told.said


def test_what_cannot_be_read_is_told_in_a_sentence(desk: Desk, session: str, tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"PK"), ("b.csv", b""), ("c.csv", "甲,乙\n1,2\n".encode()), ("d.ods", b"x")):
        (tmp_path / name).write_bytes(content)
        for lang in ("zh", "en"):
            told = desk("ledger", "import", tmp_path / name, "--session", session, "--lang", lang)
            assert told.code == 2 and name in told.said, told.said
    assert desk("ledger", "import", tmp_path / "none.csv", "--session", session).code == 2
    empty = desk("ledger", "import", written(tmp_path / "e.csv", [HEADER]), "--session", session, "--record")
    assert empty.code == 0 and "没有建议" in empty.out


def _written_on(folder: Path) -> Callable[[], bool]:
    """Whether something was written since, committed or not."""
    if stored.kind_of(folder).name == "postgres":
        return lambda: stored.rows(stored.kind_of(folder), folder, TURN_TAKEN) != [(0,)]
    log = folder / "ledger.db-wal"
    before = log.stat()
    return lambda: (log.stat().st_size, log.stat().st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def _strike(desk: Desk, serving: Serving, moment: str) -> None:
    size, until = desk.size(), time.monotonic() + 60
    written_on = _written_on(desk.folder)

    def come() -> bool:
        return moment == "at once" or (moment == "writing" and written_on()) or desk.size() > size

    while not come() and time.monotonic() < until:
        time.sleep(0.0005)
    serving.kill()


def test_a_service_killed_in_the_middle_has_all_of_it_or_nothing_and_repeated_it_is_whole(tmp_path: Path) -> None:
    """The kill comes later each time, until it is too late: before the commit nothing is there, after it everything."""
    desk = Desk(tmp_path)
    numbers = [str(n) for n in range(1, 41)]
    file = written(tmp_path / "台账.csv", [HEADER, *rows(*numbers)])
    seen = set()
    try:
        serving = desk.serve()
        for nth in range(len(MOMENTS)):
            session = desk.registered(f"kill{nth}", days_ago=60)
            size = desk.size()

            command = ("ledger", "import", file, "--session", session, "--record")
            killer = threading.Thread(target=_strike, args=(desk, serving, MOMENTS[nth]))
            killer.start()
            desk(*command, YISHI_PATIENCE="1")
            killer.join()
            after = desk.size()
            assert after in (size, size + 5 * len(numbers)), "all or nothing"
            seen.add(after == size)
            serving = desk.serve()
            done = desk(*command)
            assert done.code == 0 and desk.size() == size + 5 * len(numbers), done.said
        ledger = reader(desk.folder)
        cases = followed(ledger, f"{session}/session/1", date.max)
        ledger.close()
        assert len(cases) == 40 and all(len(case.entries) == 5 for case in cases) and seen == {True, False}
        serving.stop()
    finally:
        desk.leave()
