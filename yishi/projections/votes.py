"""The votes of a session as readers are told of them: each with its count, its base, and the arithmetic behind its result."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.arithmetic import Share
from domain.law import LawBook
from domain.session.closing import Announce
from domain.session.naming import named
from domain.session.state import Session
from domain.session.steps import has_step
from domain.tenure.held import HELD
from domain.tenure.removal_vote import RemovalVoted
from domain.tenure.resignation_decided import ResignationDecided
from domain.text import Text
from domain.vote.votes import VoteCounted
from yishi.projections.naming import person
from yishi.projections.reckoning import outcome_says, share_of, vote_says

METHODS = {
    "show_of_hands": Text("举手表决", "show of hands"),
    "electronic": Text("按表决器", "key-pads"),
    "ballot": Text("无记名投票", "secret ballot"),
    "acclamation": Text("鼓掌通过", "acclamation"),
    "by_name": Text("记名表决", "recorded vote"),
}
PASSED_ON = ("issued", "returned", "voided", "device", "device_failed", "published")
"""Of a vote by ballot, by a device, or as it was published: told where it is known."""


Vote = VoteCounted | RemovalVoted | ResignationDecided
VOTES = (VoteCounted, RemovalVoted, ResignationDecided)
"""What the congress votes on: subjects put to the vote, and removals and resignations, which have acts of their own."""


def votes_of(session: Session, book: LawBook, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """All votes in the order in which they were taken, as JSON values. `last`: whether it is the newest on its subject."""
    taken = [(n, event) for n, event in enumerate(session.history, 1) if isinstance(event, VOTES)]
    newest = {subject_of(event): n for n, event in taken}
    return [_told(session, event, n, book, names) | {"last": newest[subject_of(event)] == n} for n, event in taken]


def declared(session: Session, subject: str) -> bool:
    """Whether the result of a vote is declared (宣布): announced, where the meeting has a step for that; else with the vote itself."""
    item, fact = session.agenda.get(subject), f"announced:{subject}"
    steps = (step for step in session.procedure.steps_for(session.kind) if step.act == Announce.act)
    waits = item is not None and any(has_step(item, step) for step in steps)
    return not waits or session.has(fact) or session.excused(fact)


def subject_of(vote: Vote) -> str:
    """The code by which a vote is asked for: `agenda`, `removal-1`, `resignation-1`."""
    if isinstance(vote, RemovalVoted):
        return f"removal-{vote.number}"
    return f"resignation-{vote.number}" if isinstance(vote, ResignationDecided) else vote.subject


def _told(session: Session, vote: Vote, version: int, book: LawBook, names: Mapping[str, str]) -> dict[str, Any]:
    share = share_of(vote.basis, book, session.own_rules, vote.deputies_total, vote.needed)
    stored = vote.model_dump(mode="json")
    count = stored["count"] if isinstance(vote, VoteCounted) else stored["count"] | {"void": vote.void}
    return {
        "subject": subject_of(vote),
        "title": _title(session, vote, names)._asdict(),
        "version": version,
        "at": vote.at.isoformat(),
        "sitting": vote.sitting,
        "method": {"id": vote.method, **METHODS[vote.method]._asdict()},
        "deputies_total": vote.deputies_total,
        "deputies_present": vote.deputies_present,
        "count": count,
        "needed": vote.needed,
        "share": share.words._asdict() if share else None,
        "adopted": vote.accepted if isinstance(vote, ResignationDecided) else vote.adopted,
        "recommendation": isinstance(vote, VoteCounted) and vote.recommendation,
        "persons": [person(each, names) for each in stored.get("persons", ())],
        "amended_by": stored.get("amended_by", []),
        "basis": [{"rule": c.rule, "zh": c.zh, "en": c.en, "kind": c.kind.value} for c in vote.basis],
        "says": _says(vote, share)._asdict(),
        **{field: stored[field] for field in PASSED_ON if stored.get(field) not in (None, "", False)},
        **dict(_by_name(stored.get("named"), names)),
    }


def _says(vote: Vote, share: Share | None) -> Text:
    if isinstance(vote, VoteCounted):
        return vote_says(vote, share)
    decided = vote.adopted if isinstance(vote, RemovalVoted) else vote.accepted
    if isinstance(vote, RemovalVoted):
        result = Text("罢免案通过", "removed") if decided else Text("罢免案未获通过", "not removed")
    elif decided:
        result = Text("接受辞职", "the resignation is accepted")
    else:
        result = Text("不接受辞职", "the resignation is not accepted")
    if vote.approval and decided:
        result = Text(f"{result.zh},须报上一级批准", f"{result.en}, awaiting approval from above")
    return outcome_says(vote.count.in_favour, vote.deputies_total, vote.needed, share, result)


def _title(session: Session, vote: Vote, names: Mapping[str, str]) -> Text:
    if isinstance(vote, VoteCounted):
        return named(session, vote.subject)
    if isinstance(vote, RemovalVoted):
        who, post = names.get(vote.holder, vote.holder), HELD[vote.post].title
        return Text(f"罢免 {who}({post.zh})", f"removal of {who} ({post.en})")
    resigned = session.tenure.resignations[vote.number]
    who, post = names.get(resigned.person, resigned.person), resigned.post.title
    return Text(f"{who} 辞职({post.zh})", f"resignation of {who} ({post.en})")


def _by_name(stored: Mapping[str, list[str]] | None, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Who voted how, of a recorded vote."""
    if stored:
        yield "named", {way: [person(each, names) for each in ids] for way, ids in stored.items()}
