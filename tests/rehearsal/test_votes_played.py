"""Votes on paper, by a device that fails, with a void poll: played from a script, and told in the minutes as they were."""

from pathlib import Path

from domain.vote.votes import VoteCounted
from tests.documents.conftest import source_of
from tests.engine.house import ROOT, play
from yishi.documents.telling import tell
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script

RIGHTS = ROOT / "examples" / "rights"
GOVERNMENT = "act: put-to-vote, subject: government-report, in_favour: 42, against: 0, abstained: 0}"
BUDGET = "act: put-to-vote, subject: budget, in_favour: 41, against: 0, abstained: 1}"
SHEET, PUT = (
    "act: enter-vote-sheet, subject: government-report",
    "act: put-to-vote, subject: government-report, method: ballot",
)
TOO_MANY = "issued: 41, returned: 42, valid: 42, in_favour: 42"
GOOD = "issued: 42, returned: 42, valid: 41, void: 1, in_favour: 41"
ON_PAPER = f"""{SHEET}, sheet: 1, {TOO_MANY}}}
  - {{at: 2026-01-15 09:40, {SHEET}, sheet: 2, {TOO_MANY}}}
  - {{at: 2026-01-15 09:40, {PUT}, expect: {{warnings: [VoteVoid]}}}}
  - {{at: 2026-01-15 09:41, {SHEET}, sheet: 1, {GOOD}}}
  - {{at: 2026-01-15 09:41, {PUT}, expect: {{refused: SheetMissing}}}}
  - {{at: 2026-01-15 09:41, {SHEET}, sheet: 2, {GOOD}}}
  - {{at: 2026-01-15 09:41, {PUT}, expect: {{adopted: true}}}}"""
BY_HAND = """act: enter-device-count, subject: budget, device: hall-1, source: device, in_favour: 12, against: 0, abstained: 0}
  - {at: 2026-01-15 09:42, act: record-device-failure, subject: budget, device: hall-1, what: 主机死机}
  - {at: 2026-01-15 09:42, act: put-to-vote, subject: budget, in_favour: 41, against: 0, abstained: 1, expect: {warnings: [DeviceHadFailed]}}"""


async def test_a_void_poll_and_a_device_that_failed_are_played_and_told_as_they_were(tmp_path: Path) -> None:
    book = LawLibrary(None).newest()
    plan = load_plan(RIGHTS / "plan.yaml", book)
    words = (RIGHTS / "script.yaml").read_text(encoding="utf-8")
    assert GOVERNMENT in words and BUDGET in words
    place = tmp_path / "script.yaml"
    place.write_text(words.replace(GOVERNMENT, ON_PAPER).replace(BUDGET, BY_HAND), encoding="utf-8")
    outcome = await play(tmp_path / "data", load_script(place, plan, book), plan=plan)
    assert outcome.exit == 0 and outcome.verified and outcome.missing == ()
    row = next(vote for vote in reversed(outcome.votes) if vote.subject == "government-report")
    assert (row.in_favour, row.void, row.not_voted, row.adopted) == (41, 1, 0, True)
    source = source_of(tmp_path / "data")
    told = "".join(tell(event, source) or "" for event in source.session.history)
    assert "收回的票多于发出的票,本次表决无效。" in told and "无效1票" in told
    assert "表决器hall-1发生故障:主机死机。" in told and "表决器hall-1发生故障,表决" in told
    votes = [e for e in source.session.history if isinstance(e, VoteCounted) and e.subject == "government-report"]
    assert [vote.voided for vote in votes] == ["returned_over_issued", ""]
