"""The figures of a year's report (年度数字), all of them from entries of the record: suggestions, and matters of other kinds by kind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar import end_of
from domain.matter.loop import LOOPS, Loop
from domain.text import Text
from yishi.projections.deadlines import Deadlines
from yishi.projections.figure import Figure, Ref, count, share
from yishi.projections.followed import SUGGESTION, Followed
from yishi.projections.suggestion_figures import suggestion_figures


def figures(cases: Sequence[Followed], year: int | None, until: date) -> dict[str, list[Figure]]:
    """By kind of matter, suggestions first. A figure's name begins with its kind, except for suggestions.

    Args:
        cases: all that is followed up, also of earlier years: what was promised then may be due now.
        year: what was filed or begun in it; None for everything. until: the day as of which they are (截至).
    """
    found = {SUGGESTION: suggestion_figures([c for c in cases if c.kind == SUGGESTION], year, until)}
    mine = [c for c in cases if year is None or c.begun.year == year]
    for kind in sorted({c.kind for c in mine} - {SUGGESTION}):
        found[kind] = _of_kind(LOOPS[kind], [c for c in mine if c.kind == kind], until)
    return found


def figures_told(found: dict[str, list[Figure]]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "kind_title": LOOPS[kind].title._asdict()} | figure.told()
        for kind, listed in found.items()
        for figure in listed
    ]


def _of_kind(loop: Loop, cases: list[Followed], until: date) -> list[Figure]:
    """What holds for every loop: where the matters stand, whether terms were kept, how often they were handled again."""
    every = [(Ref(c, _moves(c)[-1:] or (c.entries[0].position,)), c) for c in cases]
    refs = [ref for ref, _ in every]

    def of_all(name: str, title: Text, counted: list[Ref]) -> Figure:
        return share(f"{loop.id}.{name}", title, counted, refs)

    stands = {ref: _stands(loop, c) for ref, c in every}
    return [
        count(f"{loop.id}.begun", Text("建立", "begun"), [Ref(c, (c.entries[0].position,)) for c in cases]),
        *(
            of_all(
                f"at-{s.code}",
                Text(f"现为“{s.title.zh}”", f"now “{s.title.en}”"),
                [r for r in refs if stands[r] == s.code],
            )
            for s in loop.standings
            if s.code in stands.values()
        ),
        of_all("over", Text("了结", "over"), [r for r in refs if loop.standing(stands[r]).over]),
        of_all("again", Text("办理两轮以上", "handled more than once"), [ref for ref, c in every if _rounds(c) > 1]),
        _terms(loop, cases, until),
    ]


def _moves(case: Followed) -> tuple[int, ...]:
    return tuple(e.position for e in case.entries if getattr(e.event, "to", ""))


def _stands(loop: Loop, case: Followed) -> str:
    """Where it stands; where its loop begins while nothing but its beginning is on record."""
    moves = [str(getattr(e.event, "to", "")) for e in case.entries if getattr(e.event, "to", "")]
    return moves[-1] if moves else loop.begins.to


def _rounds(case: Followed) -> int:
    return max((getattr(e.event, "round", 1) for e in case.entries), default=1)


def _terms(loop: Loop, cases: list[Followed], until: date) -> Figure:
    """Terms met by their last day, of those that were met or passed."""
    night: datetime = end_of(until) - timedelta(seconds=1)
    kept: list[Ref] = []
    missed: list[Ref] = []
    running: list[Ref] = []
    for case in cases:
        follow = Deadlines()
        started: dict[str, int] = {}
        for entry in case.entries:
            follow.follow(case.number, entry.event)
            started |= {clock.id: entry.position for clock in entry.event.clocks()}
        for each in follow.all():
            ref = Ref(case, (started[each.clock.id],))
            late = each.missed_by(night)
            (missed if late else running if each.state == "running" else kept).append(ref)
    left = (Text("未到期", "not due yet"), running)
    return share(f"{loop.id}.terms", Text("按期完成的期限", "terms kept"), kept, kept + missed, left)
