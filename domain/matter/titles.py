"""What people call the moves, the terms and the events of a matter."""

import re
from collections.abc import Mapping
from typing import Any

from domain.event import Event
from domain.matter.by_record import RecordFollowed
from domain.matter.loop import LOOPS, Move
from domain.matter.matter import MatterEvent
from domain.matter.recounting import TermsRecounted
from domain.matter.reminding import MatterEscalatedLate, MatterReminded, Notice
from domain.matter.steps import StepTaken
from domain.matter.striking import EntryStruck
from domain.matter.terms import ReplyMissed, TermMissed
from domain.submission import COMMANDS
from domain.text import Text

ENDING = re.compile(r"(-[0-9]+)+$")
OWN = {
    "reply": Text("答复建议", "Reply to the suggestion"),
    "reply-difficult": Text("答复建议", "Reply to the suggestion"),
    "item": Text("整改问题", "Rectify an item"),
    "promised": Text("兑现承诺", "Keep what was promised"),
}
"""Terms that are not called after what meets them."""
ACTS: dict[type[Event], str] = {
    ReplyMissed: "miss-reply",
    TermMissed: "miss-term",
    MatterReminded: "remind",
    MatterEscalatedLate: "escalate-late",
    EntryStruck: "strike-entry",
    TermsRecounted: "recount-terms",
    RecordFollowed: "follow-record",
}
"""The acts whose events do not name them."""


def title_of(move: Move) -> Text:
    """What people call a move."""
    return move.title if move.plain else COMMANDS[move.act].title


def title_of_act(act: str, fields: Mapping[str, Any]) -> Text:
    """What people call an act on a matter: a plain step by its own name, 签收 and not 督办环节."""
    step = next((m for k in LOOPS.values() if (m := k.known(str(fields.get("step", ""))))), None)
    return step.title if step is not None and step.plain else COMMANDS[act].title


def title_of_term(number: str, clock: str) -> Text:
    """What a term waits for, by its id, with the matter's number: 答复建议 12. Moves of one name have one title in all loops."""
    title = term_title(clock)
    return Text(f"{title.zh} {number}", f"{title.en} {number}")


def term_title(clock: str) -> Text:
    """What a term waits for, by its id."""
    item = OWN["item"] if clock.startswith("item-") else None
    return item or _title(clock) or _title(ENDING.sub("", clock)) or Text(clock, clock)


def title_of_event(event: Event) -> Text | None:
    """What happened to a matter, in a few words: a step by its title, a term that passed by what it waited for.

    None for an event of anything else.
    """
    if isinstance(event, StepTaken):
        return term_title(event.step)
    act = ACTS.get(type(event)) or (event.of if isinstance(event, MatterEvent) else "")
    if not act:
        return None
    title = COMMANDS[act].title
    if isinstance(event, ReplyMissed | TermMissed | Notice):
        term = term_title(event.term if isinstance(event, Notice) else event.clock)
        return Text(f"{title.zh}:{term.zh}", f"{title.en}: {term.en}")
    return title


def _title(fact: str) -> Text | None:
    step = next((m for k in LOOPS.values() if (m := k.known(fact))), None)
    act = next((e.of for e in MatterEvent.__subclasses__() if e.fact == fact and e.of), None)
    return OWN.get(fact) or (title_of(step) if step else COMMANDS[act].title if act else None)
