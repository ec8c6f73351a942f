"""A ballot broken off and a candidate lost, in script and papers: what was planned is played, the minutes tell it, and it goes on from there."""

import pytest

from tests.documents.conftest import source_of
from tests.documents.electing import BEFORE, STAGES, rehearsed
from tests.documents.test_elections import printed
from yishi.documents.source import Source

GOES_WRONG = """
  - at: 2025-02-12 09:25
    act: break-off-ballot
    election: deputy-head
    why: 停电,会场照明中断
    kept: sealed
  - {at: 2025-02-12 09:28, act: drop-candidate, election: deputy-head, candidate: D021, ground: declined, why: 本人书面请求, written: true}
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    so_far = ("drafted", "nominated", "settled", "opened")
    script = BEFORE.rstrip() + "".join(STAGES[stage].rstrip() for stage in so_far) + GOES_WRONG
    return source_of(rehearsed(tmp_path_factory.mktemp("broken-off"), script))


def test_the_minutes_tell_why_a_ballot_was_broken_off_and_a_candidate_lost(source: Source) -> None:
    said = "\n".join(row[1] for table in printed(source, "minutes").tables for row in table)

    assert "主席团决定中止选举副镇长第一次投票:停电,会场照明中断;选票封存;重新投票。" in said
    assert "副镇长候选人D021出缺(本人不再参选):本人书面请求。" in said


def test_the_state_sheet_sends_the_office_back_to_the_list_of_candidates(source: Source) -> None:
    line = next(each for each in printed(source, "sheet").lines if each.startswith("副镇长(deputy-head)"))

    assert "下一步:提名、确定正式候选人(settle-candidates)" in line
