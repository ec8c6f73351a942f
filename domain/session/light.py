"""The quorum light (出席情况): how many are in the hall, how many are needed, how many are missing, and by which law."""

from dataclasses import dataclass
from typing import Literal

from domain.law import Citation, Law, Ruling
from domain.session.hall import InTheHall
from domain.session.state import Hall, Session
from domain.text import Text


@dataclass(frozen=True)
class Light:
    """The hall of one sitting. `total` is 全体代表, those suspended among them; `needed` is 0 where the law sets no number.

    Attributes:
        kind: what the number rests on: a text, a local rule, practice, a reading of ours that extends the text to this sitting,
            or nothing (`silent`). binding: whether the sitting is refused below it; else there is only a warning.
        left: how many came and went out again. held: cards that wait for somebody to say whose they are; they never count.
    """

    sitting: str
    total: int
    present: int
    needed: int
    share: Text
    basis: tuple[Citation, ...]
    kind: Literal["text", "local", "practice", "reading", "silent"]
    binding: bool
    held: int
    on_leave: int
    left: int
    suspended: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def enough(self) -> bool:
        return self.present >= self.needed


def light(session: Session, law: Law, hall: Hall, sitting: str) -> Light:
    """The light of a sitting, by the law of a day.

    地方组织法 (2022) art. 14(4) speaks of holding the session (始得举行): of its first plenary that is the text's own number, of each
    further sitting and of a preparatory meeting a reading, as when they are opened (`domain.session.quorum`).
    """
    inside = InTheHall(session, hall, sitting)
    rule, extended = law.ruling(session.procedure.quorum), _extended(session, law, sitting)
    measured = rule if rule is not None and rule.value is not None else None
    bound_by = measured and (extended or measured)
    basis = rule.basis if rule else ()
    return Light(
        sitting=sitting,
        total=session.deputies_total,
        present=inside.present,
        needed=measured.share.needed(session.deputies_total) if measured else 0,
        share=measured.share.words if measured else SILENT,
        basis=(*basis, *extended.basis) if extended and measured else basis,
        kind=bound_by.kind.value if bound_by else "silent",
        binding=bound_by.may_refuse if bound_by else False,
        held=hall.held(sitting),
        on_leave=len(session.on_leave),
        left=inside.left,
        suspended=len(session.suspended),
    )


SILENT = Text("法律没有规定人数", "no law in force sets a number")


def _extended(session: Session, law: Law, sitting: str) -> Ruling | None:
    """The reading by which the text is asked of this sitting too; None for the session's first plenary, of which the text speaks."""
    opened, held = session.facts.get("opened"), session.facts.get(f"held:{sitting}")
    if session.sittings[sitting].kind == "preparatory":
        return law.ruling("prep.quorum")
    return None if opened is None or opened == held else law.ruling("quorum.each_sitting")
