"""Many events folded at once into a session's state: the same state as one by one, however often the record was corrected."""

from collections.abc import Iterable
from dataclasses import replace

from domain.event import Event
from domain.session.correction import Corrected, corrected_history, refolded
from domain.session.state import Session, evolve, noted, took_in


def fold(stream: str, events: Iterable[Event]) -> Session:
    """A stream's whole state."""
    return fold_on(Session(stream), events)


def fold_on(session: Session, events: Iterable[Event]) -> Session:
    """The state after `events`.

    Each correction folds the whole history again, so only the last one is folded: the entries that all of them led to, then what
    the last one says of itself, then what came after it. Notices follow the events as they were recorded, and are kept beside.
    """
    coming = list(events)
    corrections = [(i, event) for i, event in enumerate(coming) if isinstance(event, Corrected)]
    if len(corrections) > 1:
        at, last = corrections[-1]
        history, notices = list(session.history), session.notices
        for event in coming[:at]:
            if isinstance(event, Corrected):
                corrected_history(history, event)
            history.append(event)
            notices = noted(notices, event)
        corrected_history(history, last)
        session = took_in(replace(refolded(session.stream, history), notices=notices), last)
        coming = coming[at + 1 :]
    for event in coming:
        session = evolve(session, event)
    return session
