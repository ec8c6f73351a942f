"""`yishi report`, `history` and `verify`: reading the record, and finding out that it was tampered with."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.shell import CHINESE, yishi
from tests.engine.house import SMALL
from tests.ledger.kinds import copied, kind_of, newer
from tests.rehearsals import Rehearsed
from yishi.law import LawLibrary
from yishi.ledger.reader import Entry
from yishi.projections.deadlines import Deadline, Deadlines
from yishi.projections.sessions import entries_of, own_entries
from yishi.projections.status import LAST, status_of
from yishi.record import reader


def test_the_conformity_report_lists_each_step_with_its_article_and_event(luqiao: Rehearsed) -> None:
    told = yishi("report", "luqiao/18-5", "--data", luqiao.folder)
    assert told.code == 0
    assert "合规对照表" in told.out and "(演练)" in told.out
    found = json.loads(yishi("report", "--data", luqiao.folder, "--json").out)
    lines = found["steps"]
    assert {line["state"] for line in lines} <= {"done", "dealt", "missing", "irregular", "open"}
    done = [line for line in lines if line["state"] == "done"]
    assert done and all(line["position"] and line["event"] for line in done)
    assert "第十八届第五次会议" in told.out and " 2025-01-" in told.out


def test_the_report_lists_each_deadline_with_its_last_day_and_article_and_counts_what_it_says(
    luqiao: Rehearsed,
) -> None:
    found = json.loads(yishi("report", "--data", luqiao.folder, "--json").out)
    played = luqiao.report["deadlines"]
    assert [(d["stream"], d["clock"], d["last_day"]) for d in found["deadlines"]] == [
        (d["stream"], d["clock"], d["due"]) for d in played
    ]
    assert played and all(d["basis"] and d["deadline"]["zh"] != d["clock"] for d in found["deadlines"])
    counts, steps = found["counts"], [line["state"] for line in found["steps"]]
    assert counts["done"] == steps.count("done") + steps.count("dealt") and counts["missing"] == steps.count("missing")
    assert counts["overdue"] == sum(d["state"] in ("missed", "missed, then met", "overdue") for d in found["deadlines"])
    last = yishi("report", "--data", luqiao.folder).out.splitlines()[-1]
    told = f"有 {counts['done']},缺 {counts['missing']},待办 {counts['open']},瑕疵 {counts['irregular']};"
    assert told in last and last.endswith(f"逾期 {counts['overdue']}")
    assert "答复建议" in yishi("report", "--data", luqiao.folder).out


def test_a_step_left_out_is_missing_in_the_report(tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text(
        "format: yishi-script/1\nacts:\n"
        "  - {at: 2024-12-31 09:00, act: decide-date, opens: 2025-01-21, closes: 2025-01-21}\n"
        "  - {at: 2025-01-02 09:00, act: publish-date}\n"
        "  - {at: 2025-01-21 08:00, act: sign-in, sitting: plenary-1, present: 7}\n"
        "  - {at: 2025-01-21 08:30, act: open-sitting, sitting: plenary-1}\n",
        encoding="utf-8",
    )
    rehearsed = yishi("rehearse", SMALL, "--script", script, "--data", tmp_path / "data")
    assert rehearsed.code == 0, rehearsed.said
    told = yishi("report", "--data", tmp_path / "data")
    assert told.code == 0
    voters = next(line for line in told.out.splitlines() if "组织代表听取选民意见" in line)
    assert voters.split()[1] == "缺" and "预算法(2018)第四十五条" in voters
    assert "MISSING" in yishi("report", "--data", tmp_path / "data", "--lang", "en").out


def deadlines_by(entries: Iterable[Entry]) -> list[Deadline]:
    found = Deadlines()
    for entry in entries:
        found.follow(entry.envelope.stream, entry.event)
    return found.all()


def test_deadlines_and_newest_entries_read_from_its_own_streams_are_those_of_the_whole_record(
    luqiao: Rehearsed,
) -> None:
    ledger, stream = reader(luqiao.folder), "luqiao/18-5/session/1"
    every, own = entries_of(ledger, stream), own_entries(ledger, stream)
    shown = [e for e in every if e.envelope.stream.split("/")[2] in ("session", "matter")]
    assert list(own) == shown and len(every) > len(own)
    assert any("/matter/" in e.envelope.stream for e in own)
    assert deadlines_by(own) == deadlines_by(every) != []
    assert ledger.newest("luqiao/18-5") == every[-1]
    book = LawLibrary(luqiao.folder).edition(ledger.state(stream).edition)
    last = status_of(ledger, book, stream, every[-1].envelope.recorded_at)["last"]
    assert [e["position"] for e in last] == [e.position for e in shown[-LAST:]]
    ledger.close()


def test_history_stops_at_a_position_or_at_a_time(luqiao: Rehearsed) -> None:
    whole = json.loads(yishi("history", "--data", luqiao.folder, "--json").out)
    assert [entry["position"] for entry in whole] == sorted(entry["position"] for entry in whole)
    ten = json.loads(yishi("history", "--data", luqiao.folder, "--at", "10", "--json").out)
    assert ten == [entry for entry in whole if entry["position"] <= 10]
    day = json.loads(yishi("history", "--data", luqiao.folder, "--at", "2025-01-13T12:00", "--json").out)
    assert 0 < len(day) < len(whole) and day == whole[: len(day)]
    assert day[-1]["recorded_at"].startswith("2025-01-13")
    assert len(yishi("history", "--data", luqiao.folder, "--at", "10").out.splitlines()) >= 10


@pytest.mark.parametrize("at", ["yesterday", "2025-13-01", "²"])
def test_a_moment_that_is_none_is_told(luqiao: Rehearsed, at: str) -> None:
    told = yishi("history", "--data", luqiao.folder, "--at", at)
    assert told.code == 2 and at in told.err


def test_a_session_that_is_not_there_is_told_with_those_that_are(luqiao: Rehearsed) -> None:
    for command in ("report", "history"):
        told = yishi(command, "yuanhua/17-9", "--data", luqiao.folder)
        assert told.code == 2 and "yuanhua/17-9" in told.err and "luqiao/18-5" in told.err


def test_a_folder_without_a_record_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    for command in ("report", "history"):
        told = yishi(command, "--data", tmp_path / "absent", "--lang", "en")
        assert told.code == 2 and not CHINESE.search(told.err)
        assert yishi(command, "--data", tmp_path / "absent").code == 2


def test_verify_ends_with_0_on_a_whole_record_and_names_its_head(luqiao: Rehearsed) -> None:
    told = yishi("verify", "--data", luqiao.folder)
    assert told.code == 0 and luqiao.report["head"] in told.out and "核验通过" in told.out
    found = json.loads(yishi("verify", "--data", luqiao.folder, "--json").out)
    assert found["outcome"] == "verified" and found["head"] == luqiao.report["head"] and found["rehearsal"] is True


@pytest.fixture
def folder(tmp_path: Path, luqiao: Rehearsed) -> Path:
    return copied(luqiao.folder, tmp_path / "data")


def test_one_byte_changed_is_found_with_its_position_and_ends_with_1(folder: Path) -> None:
    kind = kind_of(folder)
    with kind.owner(folder) as db, kind.unguarded(db):
        state = bytearray(db.execute("SELECT state FROM stored_events WHERE position = 12").fetchone()[0])
        state[len(state) // 2] ^= 1
        db.execute(kind.asked(f"UPDATE stored_events SET state = x'{state.hex()}' WHERE position = 12"))
    told = yishi("verify", "--data", folder)
    assert told.code == 1 and "核验不通过" in told.out and "#12" in told.out
    told = yishi("verify", "--data", folder, "--lang", "en")
    assert told.code == 1 and "BROKEN" in told.out and "the leaf hash is not that of the bytes" in told.out


def test_a_record_that_cannot_be_judged_ends_with_2(folder: Path) -> None:
    newer(folder)
    assert yishi("verify", "--data", folder).code == 2
    (folder / ("ledger.db" if kind_of(folder).name == "sqlite" else "ledger.url")).unlink()
    told = yishi("verify", "--data", folder)
    assert told.code == 2, told.said


def test_reading_goes_on_beside_a_record_that_nobody_may_write(folder: Path) -> None:
    for file in folder.iterdir():
        if file.is_file():
            file.chmod(0o444)
    assert yishi("report", "--data", folder).code == 0
