"""The record of deputies' work (代表履职档案), derived from what sessions and matters recorded; a deputy's own entries once they were accepted.

Lines are never stored: they are what the entries say. Points are worked out from the lines where a scheme was adopted, and only there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from domain.calendar import legal_date
from domain.findings import says
from domain.matter.duty_lines import Did, Line, taken_back, told_by
from domain.matter.duty_published import scheme_of
from domain.matter.duty_record import WAITING, Claim, LineCorrected, claims_of
from domain.matter.matter import Matter
from domain.matter.points import Scheme, kind_title, score, total
from domain.session.correction import Corrected
from domain.session.roll import AbsencesRecorded
from domain.session.state import Session
from domain.text import Text
from yishi.ledger.reader import Entry, LedgerReader
from yishi.projections.followed import Entered, standing
from yishi.projections.sessions import own_entries, short

RECORD, TWICE = "duty-record", "AbsentTwice"


class Claimed(NamedTuple):
    """A claim with the entry it stands on, and its number, by which it is reviewed."""

    entry: int
    number: int
    claim: Claim


@dataclass(frozen=True)
class Duty:
    """One session's record of its deputies' work.

    Attributes:
        lines: what counts. off: lines taken off, with the reason. claims: what was entered and is waiting, or was turned down.
        twice: deputies whose second unapproved absence is on record, with the sentence of the alert. scheme: None while points are off.
    """

    session: str
    deputies: tuple[str, ...]
    lines: tuple[Line, ...]
    off: dict[Line, str]
    claims: tuple[Claimed, ...]
    twice: dict[str, Text]
    scheme: Scheme | None


def duty_of(ledger: LedgerReader, stream: str, year: int | None = None) -> Duty:
    """The record of one session and of the matters begun in it; `year`: only what was done in it."""
    of = stream.rsplit("/", 2)[0]
    state: Session = ledger.state(stream)
    own = own_entries(ledger, stream)
    told = [e for e in own if e.envelope.stream == stream]
    if any(isinstance(e.event, Corrected) for e in told):  # corrections applied
        session = [Entered(e.position, event) for e, event in zip(told, state.history, strict=True)]
    else:
        session = [Entered(e.position, e.event) for e in told]
    found = _Found()
    for entered in (*session, *(Entered(e.position, e.event) for e in ledger.below(f"{of}/sign-in"))):
        found.add(entered)
    scheme: Scheme | None = None
    claims: list[Claimed] = []
    off: dict[tuple[str, int], str] = {}
    for name, entries in _by_stream(own, stream).items():
        matter: Matter = ledger.state(name)
        counted = standing(entries)
        for entered in counted:
            found.add(entered, matter)
        if matter.kind == RECORD:
            scheme = scheme_of(matter) or scheme
            off |= {
                (e.event.deputy, e.event.record_entry): e.event.why
                for e in counted
                if isinstance(e.event, LineCorrected)
            }
            claims += [
                Claimed(entries[number - 1].position, number, claim) for number, claim in claims_of(matter).items()
            ]
    lines = (*found.lines(), *(_line(each) for each in claims if each.claim.stands == "accepted"))
    mine = [line for line in lines if year is None or line.day.year == year]
    return Duty(
        session=short(stream),
        deputies=tuple(state.roll),
        lines=tuple(sorted((x for x in mine if (x.deputy, x.entry) not in off), key=_order)),
        off={x: off[x.deputy, x.entry] for x in mine if (x.deputy, x.entry) in off},
        claims=tuple(c for c in claims if c.claim.stands != "accepted" and (year is None or c.claim.day.year == year)),
        twice=_twice(session),
        scheme=scheme,
    )


def duty_told(records: Iterable[Duty], deputy: str | None = None) -> list[dict[str, Any]]:
    """Each deputy of each session as JSON values; of one of them with all lines. Points stand only where a scheme was adopted."""
    return [
        _one(record, each, opened=deputy is not None)
        for record in records
        for each in record.deputies
        if deputy in (None, each)
    ]


class _Found:
    """Lines by what they say, so that the same told twice is one line, and what was taken back is none."""

    def __init__(self) -> None:
        self._lines: dict[Did, Line] = {}

    def add(self, entered: Entered, matter: Matter | None = None) -> None:
        for did in told_by(entered.event, matter):
            line = Line(did.deputy, did.kind, entered.position, legal_date(entered.event.at), did.about)
            self._lines.setdefault(did, line)
        for did in taken_back(entered.event):
            self._lines.pop(did, None)

    def lines(self) -> list[Line]:
        return list(self._lines.values())


def _by_stream(own: Iterable[Entry], session: str) -> dict[str, list[Entered]]:
    found: dict[str, list[Entered]] = {}
    for entry in own:
        if entry.envelope.stream != session:
            found.setdefault(entry.envelope.stream, []).append(Entered(entry.position, entry.event))
    return found


def _line(each: Claimed) -> Line:
    claim = each.claim
    return Line(claim.deputy, claim.activity, each.entry, claim.day, claim.text)


def _order(line: Line) -> tuple[Any, ...]:
    return (line.deputy, line.day, line.entry, line.kind, line.about)


def _twice(session: Iterable[Entered]) -> dict[str, Text]:
    """代表法 (2025) art. 62, 63: a ground that ends the seat, which the credentials committee reports."""
    told = (e.event for e in session if isinstance(e.event, AbsencesRecorded))
    return {str(f.figures["deputy"]): says(f) for event in told for f in event.findings if f.code == TWICE}


def _one(record: Duty, deputy: str, *, opened: bool) -> dict[str, Any]:
    lines = [line for line in record.lines if line.deputy == deputy]
    kinds = list(dict.fromkeys(line.kind for line in lines))
    points = score(lines, record.scheme) if record.scheme else ()
    told: dict[str, Any] = {
        "deputy": deputy, "session": record.session,
        "counts": [{"kind": k, **kind_title(k)._asdict(), "count": sum(x.kind == k for x in lines)} for k in kinds],
        "waiting": sum(c.claim.deputy == deputy and c.claim.stands == WAITING for c in record.claims),
        "points": None if record.scheme is None else {"scheme": record.scheme.version, "total": total(points)},
        "credentials": record.twice[deputy]._asdict() if deputy in record.twice else None,
    }  # fmt: skip
    if opened:
        scored = {each.line: each for each in points}
        told["lines"] = [_told(x) | _points(scored.get(x), record.scheme) for x in lines]
        told["off"] = [_told(x) | {"why": why} for x, why in record.off.items() if x.deputy == deputy]
        told["claims"] = [
            _told(_line(c)) | {"claim": c.number, "stands": c.claim.stands, "why": c.claim.why}
            for c in record.claims
            if c.claim.deputy == deputy
        ]
    return told


def _told(line: Line) -> dict[str, Any]:
    return {
        "entry": line.entry,
        "day": str(line.day),
        "kind": line.kind,
        "title": kind_title(line.kind)._asdict(),
        "about": line.about,
    }


def _points(scored: Any, scheme: Scheme | None) -> dict[str, Any]:
    if scheme is None:
        return {}
    return {"points": scored.points if scored else 0, "capped": bool(scored and scored.capped)}
