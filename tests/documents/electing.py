"""A town that elects, to make papers of: a chair after a void poll, two deputy heads after a tie, and a vice-chair whom one vote fails.

Sixty-two deputies, sixty of them present, so that 32 votes elect.
"""

import re
from dataclasses import replace
from pathlib import Path

from domain.session.folding import fold
from tests.cli.shell import yishi
from yishi.documents.source import Source
from yishi.planning.times import legal_time

PLAN = """
format: yishi-plan/1
congress: {code: qingtang, name: 青塘县柳溪镇人民代表大会, level: township}
profile: zhejiang-township
session: {term: 19, number: 7, kind: year_start, opens: 2025-02-11, closes: 2025-02-12}
roll: {count: 62}
presidium: {count: 9}
sittings:
  - {code: plenary-1, kind: plenary, title: 第一次全体会议, at: 2025-02-11 08:30}
  - {code: plenary-2, kind: plenary, title: 第二次全体会议, at: 2025-02-12 09:00}
elections:
  - {code: chair, post: township-chair, title: 镇人大主席, seats: 1, kind: by_election}
  - {code: deputy-head, post: township-deputy-head, title: 副镇长, seats: 2, kind: by_election}
  - {code: vice-chair, post: township-vice-chair, title: 镇人大副主席, seats: 1, kind: by_election}
people:
  - {id: P01, name: 外来人甲, voter: true}
agenda:
  - {code: government-report, kind: government_report, title: 政府工作报告}
  - {code: presidium-report, kind: presidium_report, title: 人大主席团工作报告}
"""

BEFORE = """
format: yishi-script/1
acts:
  - {at: 2025-01-21 09:00, act: decide-date, opens: 2025-02-11, closes: 2025-02-12}
  - {at: 2025-01-22 09:00, act: publish-date, where: 镇政府网站}
  - {at: 2025-01-23 09:00, act: prepare, drafts: [议程草案, 主席团名单草案, 选举办法草案]}
  - {at: 2025-02-02 09:00, act: give-notice}
  - {at: 2025-02-05 09:00, act: invite-observers, who: [镇人民政府领导人员], count: 6}
  - {at: 2025-02-08 09:00, act: send-papers, papers: [政府工作报告, 人大主席团工作报告]}
  - {at: 2025-02-11 08:10, act: sign-in, sitting: plenary-1, present: 60}
  - {at: 2025-02-11 08:30, act: open-sitting, sitting: plenary-1, chair: D001}
  - at: 2025-02-11 08:35
    act: put-to-vote
    subject: presidium
    persons: [D003, D004, D005, D006, D007, D008, D009, D010, D011]
    in_favour: 60
    against: 0
    abstained: 0
  - {at: 2025-02-11 08:40, act: put-to-vote, subject: agenda, in_favour: 60, against: 0, abstained: 0}
  - {at: 2025-02-11 10:00, act: close-sitting}
  - {at: 2025-02-11 13:00, act: presidium-meets, meeting: 1, present: 9}
"""

STAGES = {
    "drafted": """
  - at: 2025-02-11 13:12
    act: draft-election-method
    margins: [{election: chair, extra: 0}, {election: deputy-head, extra: 1}, {election: vice-chair, extra: 0}]
    rules:
      ballot_count: returned_over_issued
      overmarked: void
      write_in_when_abstaining: void
      revote_tie: vote_again
      relatives: barred
      shortfall: congress_decides
""",
    "nominated": """
  - {at: 2025-02-11 13:20, act: nominate, number: "1", election: chair, nominator: presidium, persons: [D001], introduced: true}
  - at: 2025-02-11 13:22
    act: nominate
    number: "2"
    election: deputy-head
    nominator: presidium
    persons: [D020, P01]
    introduced: true
  - at: 2025-02-11 13:24
    act: nominate
    number: "3"
    election: vice-chair
    nominator: presidium
    persons: [D002]
    introduced: true
  - at: 2025-02-11 13:30
    act: nominate
    number: "4"
    election: deputy-head
    nominator: deputies
    persons: [D021]
    signatories: [D040, D041, D042, D043, D044, D045, D046, D047, D048, D049]
    written: true
    introduced: true
  - {at: 2025-02-11 13:40, act: print-nominees, elections: [chair, deputy-head, vice-chair], basic_data: true}
""",
    "settled": """
  - {at: 2025-02-12 08:40, act: sign-in, sitting: plenary-2, present: 60}
  - {at: 2025-02-12 09:00, act: open-sitting, sitting: plenary-2, chair: D002}
  - at: 2025-02-12 09:05
    act: put-to-vote
    subject: election-method
    in_favour: 60
    against: 0
    abstained: 0
    expect: {adopted: true}
  - {at: 2025-02-12 09:10, act: settle-candidates, election: chair, candidates: [D001], order: strokes}
  - {at: 2025-02-12 09:11, act: settle-candidates, election: deputy-head, candidates: [P01, D020, D021], order: strokes}
  - {at: 2025-02-12 09:12, act: settle-candidates, election: vice-chair, candidates: [D002], order: strokes}
  - at: 2025-02-12 09:14
    act: put-to-vote
    subject: scrutineers
    persons: [D030, D031, D032]
    chief: D030
    no_relatives: true
    in_favour: 60
    against: 0
    abstained: 0
    expect: {adopted: true}
""",
    "opened": """
  - {at: 2025-02-12 09:20, act: open-ballot, election: chair}
  - {at: 2025-02-12 09:21, act: open-ballot, election: deputy-head}
""",
    "one sheet": """
  - at: 2025-02-12 09:35
    act: enter-ballot-sheet
    election: deputy-head
    sheet: 1
    issued: 60
    returned: 60
    valid: 58
    void: 2
    lines:
      - {person: P01, in_favour: 35, against: 20, abstained: 3}
      - {person: D020, in_favour: 40, against: 10, abstained: 8}
      - {person: D021, in_favour: 35, against: 22, abstained: 1}
    write_ins: [{person: D025, in_favour: 2}]
""",
    "two that differ": """
  - at: 2025-02-12 09:36
    act: enter-ballot-sheet
    election: deputy-head
    sheet: 2
    issued: 60
    returned: 60
    valid: 58
    void: 2
    lines:
      - {person: P01, in_favour: 34, against: 21, abstained: 3}
      - {person: D020, in_favour: 40, against: 10, abstained: 8}
      - {person: D021, in_favour: 35, against: 22, abstained: 1}
    write_ins: [{person: D025, in_favour: 2}]
""",
    "attested": """
  - at: 2025-02-12 09:40
    act: enter-ballot-sheet
    election: deputy-head
    sheet: 2
    issued: 60
    returned: 60
    valid: 58
    void: 2
    lines:
      - {person: P01, in_favour: 35, against: 20, abstained: 3}
      - {person: D020, in_favour: 40, against: 10, abstained: 8}
      - {person: D021, in_favour: 35, against: 22, abstained: 1}
    write_ins: [{person: D025, in_favour: 2}]
  - {at: 2025-02-12 09:41, act: attest-count, election: deputy-head}
""",
    "tied": """
  - {at: 2025-02-12 09:45, act: declare-election, election: deputy-head}
""",
    "void": """
  - at: 2025-02-12 09:50
    act: enter-ballot-sheet
    election: chair
    sheet: 1
    issued: 60
    returned: 61
    valid: 61
    lines: [{person: D001, in_favour: 60, against: 0, abstained: 1}]
  - at: 2025-02-12 09:51
    act: enter-ballot-sheet
    election: chair
    sheet: 2
    issued: 60
    returned: 61
    valid: 61
    lines: [{person: D001, in_favour: 60, against: 0, abstained: 1}]
  - {at: 2025-02-12 09:52, act: attest-count, election: chair}
  - {at: 2025-02-12 09:53, act: declare-election, election: chair}
""",
    "short": """
  - {at: 2025-02-12 10:00, act: open-ballot, election: vice-chair}
  - at: 2025-02-12 10:05
    act: enter-ballot-sheet
    election: vice-chair
    sheet: 1
    issued: 60
    returned: 60
    valid: 60
    lines: [{person: D002, in_favour: 31, against: 20, abstained: 9}]
  - at: 2025-02-12 10:06
    act: enter-ballot-sheet
    election: vice-chair
    sheet: 2
    issued: 60
    returned: 60
    valid: 60
    lines: [{person: D002, in_favour: 31, against: 20, abstained: 9}]
  - {at: 2025-02-12 10:07, act: attest-count, election: vice-chair}
  - {at: 2025-02-12 10:08, act: declare-election, election: vice-chair}
""",
    "over": """
  - at: 2025-02-12 10:10
    act: decide-separate-election
    election: vice-chair
    when: next_session
    in_favour: 55
    against: 3
    abstained: 2
  - {at: 2025-02-12 10:12, act: open-ballot, election: chair}
  - at: 2025-02-12 10:15
    act: enter-ballot-sheet
    election: chair
    sheet: 1
    issued: 60
    returned: 60
    valid: 60
    lines: [{person: D001, in_favour: 59, against: 0, abstained: 1}]
  - at: 2025-02-12 10:16
    act: enter-ballot-sheet
    election: chair
    sheet: 2
    issued: 60
    returned: 60
    valid: 60
    lines: [{person: D001, in_favour: 59, against: 0, abstained: 1}]
  - {at: 2025-02-12 10:17, act: attest-count, election: chair}
  - {at: 2025-02-12 10:18, act: declare-election, election: chair}
  - {at: 2025-02-12 10:20, act: open-ballot, election: deputy-head}
  - at: 2025-02-12 10:25
    act: enter-ballot-sheet
    election: deputy-head
    sheet: 1
    issued: 60
    returned: 60
    valid: 60
    lines:
      - {person: P01, in_favour: 31, against: 29, abstained: 0}
      - {person: D021, in_favour: 26, against: 30, abstained: 4}
  - at: 2025-02-12 10:26
    act: enter-ballot-sheet
    election: deputy-head
    sheet: 2
    issued: 60
    returned: 60
    valid: 60
    lines:
      - {person: P01, in_favour: 31, against: 29, abstained: 0}
      - {person: D021, in_favour: 26, against: 30, abstained: 4}
  - {at: 2025-02-12 10:27, act: attest-count, election: deputy-head}
  - {at: 2025-02-12 10:28, act: declare-election, election: deputy-head}
  - at: 2025-02-12 10:40
    act: take-oath
    persons: [D001, D020, P01]
    text: oath_2018
    led_by: D001
    place: emblem
    anthem: true
""",
}
"""What happens from one point to the next; a point's name says how things stand after it."""


def elected(place: Path) -> Path:
    """The town's session played to its end by its script; the folder of its ledger."""
    return rehearsed(place, BEFORE.rstrip() + "".join(stage.rstrip() for stage in STAGES.values()))


def rehearsed(place: Path, script: str) -> Path:
    """The town's session played by a script; the folder of its ledger."""
    (place / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (place / "script.yaml").write_text(script + "\n", encoding="utf-8")
    done = yishi("rehearse", place / "plan.yaml", "--script", place / "script.yaml", "--data", place / "data")
    assert "拒绝 0 项,与脚本不符 0 项" in done.out, done.said[-3000:]
    return place / "data"


def at_point(source: Source, point: str) -> Source:
    """The session as its record stood when a stage was over: its events up to that stage's last act."""
    last = max(re.findall(r"at: (\d{4}-\d\d-\d\d \d\d:\d\d)", STAGES.get(point, BEFORE)))
    until = legal_time(last)
    kept = tuple(e for e in source.entries if e.event.at <= until)
    session = fold(source.session.stream, tuple(e.event for e in kept))
    return replace(source, session=session, entries=kept, until=until)
