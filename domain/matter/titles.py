"""What people call the moves and the terms of a matter."""

import re

from domain.matter.loop import LOOPS, Move
from domain.matter.matter import MatterEvent
from domain.submission import COMMANDS
from domain.text import Text

ENDING = re.compile(r"(-[0-9]+)+$")
OWN = {
    "reply": Text("答复建议", "Reply to the suggestion"),
    "reply-difficult": Text("答复建议", "Reply to the suggestion"),
    "promised": Text("兑现承诺", "Keep what was promised"),
}
"""Terms that are not called after what meets them."""


def title_of(move: Move) -> Text:
    """What people call a move."""
    return move.title if move.plain else COMMANDS[move.act].title


def title_of_term(number: str, clock: str) -> Text:
    """What a term waits for, by its id, with the matter's number: 答复建议 12. Moves of one name have one title in all loops."""
    title = _title(clock) or _title(ENDING.sub("", clock)) or Text(clock, clock)
    return Text(f"{title.zh} {number}", f"{title.en} {number}")


def _title(fact: str) -> Text | None:
    step = next((m for k in LOOPS.values() if (m := k.known(fact))), None)
    act = next((e.of for e in MatterEvent.__subclasses__() if e.fact == fact and e.of), None)
    return OWN.get(fact) or (title_of(step) if step else COMMANDS[act].title if act else None)
