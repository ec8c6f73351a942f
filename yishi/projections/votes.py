"""The votes of a session as readers are told of them: each with its count, its base, and the arithmetic behind its result."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.law import LawBook
from domain.session.naming import named
from domain.session.state import Session
from domain.text import Text
from domain.vote.votes import VoteCounted
from yishi.projections.naming import person
from yishi.projections.reckoning import share_of, vote_says

METHODS = {
    "show_of_hands": Text("举手表决", "show of hands"),
    "electronic": Text("按表决器", "key-pads"),
    "ballot": Text("无记名投票", "secret ballot"),
    "acclamation": Text("鼓掌通过", "acclamation"),
    "by_name": Text("记名表决", "recorded vote"),
}
PASSED_ON = ("issued", "returned", "voided", "device", "device_failed", "published")
"""Of a vote by ballot, by a device, or as it was published: told where it is known."""


def votes_of(session: Session, book: LawBook, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """All votes in the order in which they were taken, as JSON values. `last`: whether it is the newest on its subject."""
    taken = [(n, event) for n, event in enumerate(session.history, 1) if isinstance(event, VoteCounted)]
    newest = {event.subject: n for n, event in taken}
    return [_told(session, event, n, book, names) | {"last": newest[event.subject] == n} for n, event in taken]


def _told(session: Session, vote: VoteCounted, version: int, book: LawBook, names: Mapping[str, str]) -> dict[str, Any]:
    share = share_of(vote.basis, book, session.own_rules)
    stored = vote.model_dump(mode="json")
    return {
        "subject": vote.subject,
        "title": named(session, vote.subject)._asdict(),
        "version": version,
        "at": vote.at.isoformat(),
        "sitting": vote.sitting,
        "method": {"id": vote.method, **METHODS.get(vote.method, Text(vote.method, vote.method))._asdict()},
        "deputies_total": vote.deputies_total,
        "deputies_present": vote.deputies_present,
        "count": stored["count"],
        "needed": vote.needed,
        "share": share.words._asdict() if share else None,
        "adopted": vote.adopted,
        "recommendation": vote.recommendation,
        "persons": [person(each, names) for each in vote.persons],
        "amended_by": list(vote.amended_by),
        "basis": [{"rule": c.rule, "zh": c.zh, "en": c.en, "kind": c.kind.value} for c in vote.basis],
        "says": vote_says(vote, share)._asdict(),
        **{field: stored[field] for field in PASSED_ON if stored.get(field) not in (None, "")},
        **dict(_by_name(stored.get("named"), names)),
    }


def _by_name(stored: Mapping[str, list[str]] | None, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Who voted how, of a recorded vote."""
    if stored:
        yield "named", {way: [person(each, names) for each in ids] for way, ids in stored.items()}
