"""The figures of every other kind of matter: where they stand, whether terms were kept, how often they were handled again."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from domain.calendar import end_of
from domain.matter.loop import Loop
from domain.text import Text
from yishi.projections.deadlines import Deadlines
from yishi.projections.figure import EVERY, Line, Mark
from yishi.projections.followed import Followed


def matter_marks(loop: Loop, case: Followed, until: date) -> Iterator[Mark]:
    """Where one matter stands under each heading on a day."""
    years, first = (case.begun.year,), case.entries[0].position
    moves = [e for e in case.entries if getattr(e.event, "to", "")]
    stands = str(getattr(moves[-1].event, "to", "")) if moves else loop.begins.to
    newest = (moves[-1].position if moves else first,)
    again = max(getattr(e.event, "round", 1) for e in case.entries) > 1
    yield Mark("begun", "yes", (first,), years)
    yield Mark("stands", stands, newest, years)
    yield Mark("again", "yes" if again else "no", newest, years)
    for value, position in _terms(case, until):
        yield Mark("term", value, (position,), years)


def matter_lines(loop: Loop, seen: Mapping[str, Collection[str]]) -> Iterator[Line]:
    """The figures of one kind, in their order, for what marks there are."""
    here = set(seen.get("stands", ()))
    over = tuple(s.code for s in loop.standings if s.over)
    yield Line(f"{loop.id}.begun", Text("建立", "begun"), "begun")
    for standing in (s for s in loop.standings if s.code in here):
        title = Text(f"现为“{standing.title.zh}”", f"now “{standing.title.en}”")
        yield Line(f"{loop.id}.at-{standing.code}", title, "stands", (standing.code,), EVERY)
    yield Line(f"{loop.id}.over", Text("了结", "over"), "stands", over, EVERY)
    yield Line(f"{loop.id}.again", Text("办理两轮以上", "handled more than once"), "again", ("yes",), EVERY)
    kept = Text("按期完成的期限", "terms kept")
    yield Line(f"{loop.id}.terms", kept, "term", ("kept",), ("kept", "missed"), ("not-due",))


def _terms(case: Followed, until: date) -> Iterator[tuple[str, int]]:
    """Terms met by their last day or missed, and those that still run; each with the entry that began it."""
    night = end_of(until) - timedelta(seconds=1)
    follow = Deadlines()
    started: dict[str, int] = {}
    for entry in case.entries:
        follow.follow(case.number, entry.event)
        started |= {clock.id: entry.position for clock in entry.event.clocks()}
    for each in follow.all():
        late = each.missed_by(night)
        yield ("missed" if late else "not-due" if each.state == "running" else "kept"), started[each.clock.id]
