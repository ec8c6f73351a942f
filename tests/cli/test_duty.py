"""`yishi duty` on a real record: lines from entries, what a deputy entered once accepted, what was corrected; points off by default."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import found, squeezed
from tests.cli.shell import EXAMPLES, yishi

ACTS = """
  - {at: 2025-08-01 09:00, act: begin-matter, number: rec, kind: duty-record, subject: 2025年度代表履职档案, unit: 镇人大办, by: presidium}
  - {at: 2025-08-02 09:00, act: claim-activity, of: rec, deputy: D021, activity: station, day: 2025-07-31, text: 接待选民九人, by: deputy}
  - {at: 2025-08-02 09:10, act: claim-activity, of: rec, deputy: D021, activity: help, day: 2025-07-30, text: 帮助协调, by: deputy}
  - {at: 2025-08-03 09:00, act: review-claim, of: rec, claim: 2, accepted: true, by: presidium}
  - {at: 2025-08-03 09:01, act: review-claim, of: rec, claim: 3, accepted: false, why: 没有证明, by: presidium}
  - {at: 2025-08-04 09:00, act: claim-activity, of: rec, deputy: D022, activity: survey, day: 2025-08-01, text: 调研农村道路, by: deputy}
  - {at: 2025-08-05 09:00, act: publish-record, of: rec, until: 2025-06-30, due: 2025-10-10, by: presidium}
"""
POINTS = """
  - at: 2025-08-06 09:00
    act: adopt-scheme
    of: rec
    by: presidium
    scheme: {version: 2025-1, source: 主席团会议, items: [{kind: suggestion, points: 3, most: 6}, {kind: voted-against, points: -1}]}
    expect: {refused: CalledToAccount}
  - at: 2025-08-06 09:10
    act: adopt-scheme
    of: rec
    by: presidium
    scheme: {version: 2025-1, source: 主席团会议, items: [{kind: suggestion, points: 3, most: 6}, {kind: station, points: 2, most: 4}]}
"""


def played(place: Path, more: str) -> Path:
    """Luqiao by its script, with these acts after it."""
    folder = place / "luqiao"
    folder.mkdir()
    for file in (EXAMPLES / "luqiao").iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    script = (folder / "script.yaml").read_text(encoding="utf-8")
    script = script.replace("sitting: plenary-1, present: 71", "sitting: plenary-1, deputies: [D021, D022]")
    (folder / "script.yaml").write_text(script + more, encoding="utf-8")
    done = yishi("rehearse", folder / "plan.yaml", "--script", folder / "script.yaml", "--data", place / "data")
    assert done.code == 0, done.said
    return place / "data"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield played(tmp_path_factory.mktemp("duty"), ACTS)


def test_each_deputy_has_a_record_from_entries_and_nobody_has_points(data: Path) -> None:
    rows = found(yishi("duty", "--year", "2025", "--json", "--data", data))["deputies"]
    assert all(row["points"] is None for row in rows) and len(rows) > 90
    mine = next(row for row in rows if row["deputy"] == "D021")
    assert {c["kind"]: c["count"] for c in mine["counts"]} == {"attended": 1, "suggestion": 1, "station": 1}
    assert not next(r for r in found(yishi("duty", "--year", "2024", "--json", "--data", data))["deputies"])["counts"]


def test_a_line_names_its_entry_and_a_claim_turned_down_says_why(data: Path) -> None:
    [row] = found(yishi("duty", "--deputy", "D021", "--json", "--data", data))["deputies"]
    history = {e["position"]: e["name"] for e in found(yishi("history", "--json", "--data", data))}
    assert [history[line["entry"]] for line in row["lines"]] == [
        "sign-in.signed-in.v1",
        "session.suggestion-filed.v1",
        "matter.activity-claimed.v1",
    ]
    assert [(c["stands"], c["why"]) for c in row["claims"]] == [("rejected", "没有证明")]
    said = squeezed(yishi("duty", "--deputy", "D021", "--data", data).out)
    assert "提出建议s01" in said and "不予计入:没有证明" in said and "积分" not in said
    assert "待审核(review-claimclaim=6)" in squeezed(yishi("duty", "--deputy", "D022", "--data", data).out)
    done = yishi("duty", "--deputy", "nobody", "--data", data, "--lang", "en")
    assert done.code == 2 and "no deputy nobody" in done.said


def test_a_scheme_that_was_adopted_scores_line_by_line_and_a_line_taken_off_counts_no_more(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    data = played(tmp_path / "first", ACTS + POINTS)
    [row] = found(yishi("duty", "--deputy", "D021", "--json", "--data", data))["deputies"]
    assert row["points"] == {"scheme": "2025-1", "total": 5}
    assert [line["points"] for line in row["lines"]] == [0, 3, 2]
    off = row["lines"][1]["entry"]
    wrong = f"  - {{at: 2025-08-07 09:00, act: correct-line, of: rec, deputy: D021, record_entry: {off}, why: 误记, by: presidium}}\n"
    (tmp_path / "second").mkdir()
    data = played(tmp_path / "second", ACTS + POINTS + wrong)
    [row] = found(yishi("duty", "--deputy", "D021", "--json", "--data", data))["deputies"]
    assert row["points"]["total"] == 2 and [(x["entry"], x["why"]) for x in row["off"]] == [(off, "误记")]
    assert "takenoff:误记" in squeezed(yishi("duty", "--deputy", "D021", "--data", data, "--lang", "en").out)
