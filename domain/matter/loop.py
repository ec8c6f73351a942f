"""A loop (闭环): what may become of one kind of matter, as states and the moves between them.

One mechanism serves all kinds: a matter stands somewhere, waits for somebody, and goes on by a *move*. A move is an act with a rule of
its own (a reply, a rating) or a plain step (`take-step`) that the loop describes as data: who may take it, from where, what it must say,
which terms begin with it. Each kind's own file in `domain/matter/loops/` is its table.
"""

from dataclasses import dataclass, field

from domain.arithmetic import From
from domain.submission import Office
from domain.text import Text

UNIT, CO_HANDLER = "unit", "co_handler"
"""Whom a term waits for when it is whoever the matter was assigned to, or whoever handles it with them (会办单位)."""


@dataclass(frozen=True)
class Standing:
    """Where a matter may stand. `waits_for`: an office, `unit`, or "" when it is over or time alone goes on."""

    code: str
    title: Text
    waits_for: str = ""
    over: bool = False


TAKEN_BACK = "taken-back"
"""Where a matter of any kind stands once the session's record no longer has it, and the fact that it does."""
STRUCK = Standing(TAKEN_BACK, Text("会议记录已划去", "taken back by the session's record"), over=True)


@dataclass(frozen=True)
class Due:
    """A term that begins with a move: its topic of law, the move that meets it, and whose turn it is.

    `asked`: its last day is what the officer gave with the move (the resolution says so itself, 决议规定的期限), if any.
    """

    topic: str
    met_by: str
    waits_for: str = UNIT
    asked: bool = False


@dataclass(frozen=True)
class Move:
    """One way on.

    Attributes:
        act: the act, or a plain step's own name.
        sources: where the matter may stand before; to: where it stands after, "" for where it stood.
        title: of a plain step; an act has its own.
        by: who may take a plain step. topics: what its basis cites.
        asks: fields that a plain step must not leave out. marks: what else a term may run from, that begins with it.
        next_round: whether the matter is handled once more from here.
        procedures: ids of the procedures whose matters may go this way; empty for all.
    """

    act: str
    sources: tuple[str, ...]
    to: str = ""
    title: Text = field(default=Text("", ""))
    by: tuple[Office, ...] = ()
    topics: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    document: Text | None = None
    dues: tuple[Due, ...] = ()
    marks: From | None = None
    next_round: bool = False
    procedures: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        return bool(self.by)

    def open_to(self, procedure: str) -> bool:
        """Whether a matter of that procedure's session may go this way."""
        return not self.procedures or procedure in self.procedures


@dataclass(frozen=True)
class Loop:
    """One kind of matter.

    Attributes:
        begins: the move by which it is opened: where it then stands, and the terms that run from there.
        procedures: ids of the procedures whose sessions may have it; empty for all.
    """

    id: str
    title: Text
    standings: tuple[Standing, ...]
    begins: Move
    moves: tuple[Move, ...]
    topics: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()

    def standing(self, code: str) -> Standing:
        return next(s for s in (*self.standings, STRUCK) if s.code == code)

    def known(self, name: str) -> Move | None:
        """A move of that name, wherever it starts."""
        return next((m for m in self.moves if m.act == name), None)

    def move(self, name: str, stands: str) -> Move | None:
        """The move of that name from where a matter stands."""
        return next((m for m in self.moves_from(stands) if m.act == name), None)

    def moves_from(self, code: str) -> tuple[Move, ...]:
        """What may follow where a matter stands, in the table's order."""
        return tuple(m for m in self.moves if code in m.sources)


LOOPS: dict[str, Loop] = {}


def loop(known: Loop) -> Loop:
    """Register a kind of matter; its table is checked: moves start and end where a matter may stand, one name has one title.

    Raises:
        ValueError: the table contradicts itself.
    """
    codes = {s.code for s in known.standings}
    for move in (known.begins, *known.moves):
        if strange := {*move.sources, *((move.to,) if move.to else ())} - codes:
            raise ValueError(f"{known.id}: {move.act} speaks of {', '.join(sorted(strange))}, where no matter stands")
        if move.plain and not move.title.zh:
            raise ValueError(f"{known.id}: the step {move.act} has no title")
    ways = [(m.act, source) for m in known.moves for source in m.sources]
    if len(ways) != len(set(ways)):
        raise ValueError(f"{known.id}: a move starts twice at one place")
    for other in LOOPS.values():
        for move in known.moves:
            same = other.known(move.act)
            if move.plain and same is not None and same.title != move.title:
                raise ValueError(f"{known.id}: the step {move.act} is called otherwise in {other.id}")
    LOOPS[known.id] = known
    return known
