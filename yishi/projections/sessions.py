"""Which sessions a record holds, and what belongs to one of them."""

from domain.text import Text
from yishi.ledger.reader import Entry, LedgerReader
from yishi.trouble import Trouble

PAGE = 500
OWN = ("session", "matter")
"""Kinds of streams that say how far a session has come."""


class NoSuchRecord(Trouble):
    says = Text("记录中没有会议 {session};现有:{known}", "the record has no session {session}; there are: {known}")


def sessions(ledger: LedgerReader) -> list[str]:
    """The session streams there are, in the order in which they were registered."""
    return list(dict.fromkeys(e.envelope.stream for e in ledger.named("session.registered.v1")))


def short(stream: str) -> str:
    """A session as people name it: `{congress}/{term}-{session}`."""
    return stream.removesuffix("/session/1")


def the_session(ledger: LedgerReader, named: str | None) -> str:
    """The stream of a session named in full or as `{congress}/{term}-{session}`; the only one when nothing is named.

    Raises:
        NoSuchRecord.
    """
    known = sessions(ledger)
    if named is None and len(known) == 1:
        return known[0]
    for stream in known:
        if named in (stream, short(stream)):
            return stream
    raise NoSuchRecord(session=named or "—", known="、".join(map(short, known)) or "—")


def own_entries(ledger: LedgerReader, stream: str) -> tuple[Entry, ...]:
    """What was recorded of a session and its matters themselves, in the log's order: all its facts and deadlines.

    Sign-ins, cards and refused attempts, of which a large congress makes thousands, are not among them.
    """
    of = stream.rsplit("/", 2)[0]
    return ledger.below(*(f"{of}/{kind}" for kind in OWN))


def entries_of(ledger: LedgerReader, stream: str) -> list[Entry]:
    """Everything recorded for a session, its matters, sign-ins and refused attempts included, in the log's order."""
    found: list[Entry] = []
    after = 0
    while entries := ledger.notifications(after=after, limit=PAGE, within=stream.rsplit("/", 2)[0]):
        after = entries[-1].position
        found += entries
    return found
