"""Who may hear which events as they are recorded: as far as they may read, and by name where reading alone would say too much."""

from collections.abc import Mapping

from domain.access.roles import ROLES
from domain.submission import Role

OF_OFFICE = "office/"
"""Streams of the folder itself, such as the register's."""
TAKES_A_BALLOT = frozenset({"ballot.issued.v1"})
"""Who takes a ballot, and when. It is on record; told as it happens, it could be held beside what comes into the box."""
OF_RECORD = TAKES_A_BALLOT | {"refused", "access", "session.leave-decided", "session.party-step-recorded"}
"""For those alone who read the record: attempts, who has which token, why somebody is away, what was asked of the Party."""
OF_BOX = frozenset({"ballot"})
COUNT_ROOM = OF_BOX | {
    "election.sheet-entered",
    "election.count-attested",
    "vote.sheet-entered",
    "vote.paper-sheet-entered",
    "vote.device-count-entered",
    "vote.counted.v1",
}
"""What is known where ballots are counted, until the result is declared (宣布)."""
OF_PERSONS = frozenset(
    {
        "sign-in",
        "session.absences-recorded",
        "session.cards-registered",
        "matter.activity-claimed",
        "matter.claim-reviewed",
        "matter.record-followed",
        "matter.line-corrected",
        "matter.duty-report-filed",
    }
)
"""What one deputy did or did not do, of which others are told when it is published."""

NOT_HEARD: Mapping[Role, frozenset[str]] = {
    "integration": OF_RECORD | OF_BOX,
    "deputy": OF_RECORD | COUNT_ROOM | OF_PERSONS,
    "handling_unit": OF_RECORD | COUNT_ROOM | OF_PERSONS,
}
"""Kinds of events that a role does not hear. Who reads the record hears all of it."""


def is_of(name: str, kind: str) -> bool:
    """Whether a stored name is of a kind: the name itself, or what it begins with up to a dot."""
    return name == kind or name.startswith(f"{kind}.")


def knows_counts(role: Role) -> bool:
    """Whether a role may know what was counted before the result is declared (宣布)."""
    return not any(is_of("vote.counted.v1", kind) for kind in NOT_HEARD.get(role, ()))


def may_hear(role: Role, stream: str, name: str) -> bool:
    """Whether a role may hear an event at all; which sessions and matters are its own is asked apart."""
    reads = ROLES[role].reads
    if "events" not in reads or (stream.startswith(OF_OFFICE) and not {"tokens", "history"} <= reads):
        return False
    return not any(is_of(name, kind) for kind in NOT_HEARD.get(role, ()))
