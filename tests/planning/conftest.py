"""A lawful plan to spoil in one place, and the law on file."""

from pathlib import Path

import pytest

from domain.law import LawBook
from yishi.law import LawLibrary
from yishi.planning.faults import Fault
from yishi.planning.load import read_plan
from yishi.planning.play import read_script

PLAN = """\
format: yishi-plan/1
congress: {code: yuan, name: 某某镇人民代表大会, level: township}
profile: zhejiang-township
adopts: []
session: {term: 17, number: 9, kind: year_start, opens: 2026-01-27, closes: 2026-01-28}
roll: {file: roll.csv}
groups:
  - {code: g1, title: 第一代表团}
  - {code: g2, title: 第二代表团}
presidium: {members: [D001, D002, D003, D004, D005, D006, D007]}
sittings:
  - {code: plenary-1, kind: plenary, title: 第一次全体会议, at: 2026-01-27 9:30}
  - {code: plenary-2, kind: plenary, title: 第二次全体会议, at: 2026-01-28T14:00}
agenda:
  - {code: government-report, kind: government_report, title: 政府工作报告}
  - {code: presidium-report, kind: presidium_report, title: 主席团工作报告}
  - {code: budget, kind: budget, title: 预算}
  - {code: projects, kind: projects, title: 票决, resolution: false}
projects:
  candidates: [{code: p01, title: 一}, {code: p02, title: 二}, {code: p03, title: 三}]
  choose: 2
dates:
  decide-date: 2026-01-06 09:00
  publish-date: 2026-01-07 09:00
  give-notice: 2026-01-20 09:00
  send-papers: 2026-01-26 09:00
"""
ROLL = "编号,姓名,代表团\nD001,张喆,第一代表团\nD002,李䶮,第一代表团\nD003,王一,g2\n" + "".join(
    f"D00{n},王{n},g2\n" for n in range(4, 10)
)
SCRIPT = """\
format: yishi-script/1
acts:
  - {at: 2026-01-06 09:00, act: decide-date, opens: 2026-01-27, closes: 2026-01-28}
  - {at: 2026-01-27 09:00, act: sign-in, sitting: plenary-1, present: 3}
  - {at: 2026-01-27 9:30, act: open-sitting, sitting: plenary-1, expect: {refused: QuorumNotMet, citing: OL22-14-4-quorum}}
"""


@pytest.fixture(scope="session")
def book() -> LawBook:
    return LawLibrary(None).newest()


class Desk:
    """A folder with a plan, its roll and a script; a test spoils one of them and reads on."""

    def __init__(self, folder: Path, book: LawBook) -> None:
        self.folder, self.book = folder, book
        (folder / "roll.csv").write_text(ROLL, encoding="utf-8")

    def plan(self, old: str = "", new: str = "", text: str = PLAN) -> tuple[Fault, ...]:
        """All faults of the plan in which `old` is replaced by `new`."""
        assert old in text
        path = self.folder / "plan.yaml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return read_plan(path, self.book).faults

    def script(self, old: str = "", new: str = "", text: str = SCRIPT) -> tuple[Fault, ...]:
        assert old in text
        path = self.folder / "script.yaml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return read_script(path, None, self.book)[1]

    def roll(self, text: str) -> tuple[Fault, ...]:
        (self.folder / "roll.csv").write_text(text, encoding="utf-8")
        return self.plan()


@pytest.fixture
def desk(tmp_path: Path, book: LawBook) -> Desk:
    return Desk(tmp_path, book)


def only(faults: tuple[Fault, ...], line: int, words: str, weight: str = "error") -> Fault:
    """The one fault there is, at its line, saying those words."""
    assert [(f.line, f.weight) for f in faults] == [(line, weight)], [f.told() for f in faults]
    told = faults[0].told()
    assert words in told, told
    return faults[0]
