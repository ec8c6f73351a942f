"""The form of a ballot, and how one that is filled in lies in its bytes: as many for every choice.

One byte a candidate, twenty a place for another person's id. Nothing is left to guess: whatever is not written exactly so is no ballot, and
counts as void. Other persons stand in the order of their ids, so that the order in which somebody names them tells nothing.
"""

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from domain.election.parts import PersonId
from domain.refusals import Refused
from domain.session.parts import IDENTITY_NUMBER, Code, Part
from domain.text import Text

LAYOUT = 1
PERSON_BYTES = 20
_ID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
Mark = Literal["for", "against", "abstain"]


ORDER: tuple[Mark, ...] = ("for", "against", "abstain")
BYTES: dict[Mark, int] = {mark: byte for byte, mark in enumerate(ORDER, 1)}  # never 0: an empty line is no mark
MARKS = {byte: mark for mark, byte in BYTES.items()}


class MarksMissing(Refused):
    says = Text(
        "选票须对每一项都作出选择(赞成、反对或者弃权):应为 {needed} 项,现为 {found} 项",
        "each line of the ballot needs a mark (for, against or abstain): {needed} lines, {found} marked",
    )


class TooManyWriteIns(Refused):
    says = Text(
        "另选他人最多 {needed} 人,现为 {found} 人", "at most {needed} other persons can be named, here are {found}"
    )


class NamedTwice(Refused):
    says = Text("{person} 已在选票上,或者另选了两次", "{person} stands on the ballot already, or is named twice")


class NotAnId(Refused):
    says = Text("“{person}”不是人员编号", "{person} is no person's id")


class Form(Part):
    """What every ballot of one box looks like, and how it will be counted: fixed, and sealed with the box, before the first is issued.

    Attributes:
        about: the election's code, or the subject of the vote. round: which ballot of the election, the first being 1.
        candidates: in the order of the ballot; none for a vote, which has one line of its own.
        seats: how many may be chosen. write_ins: places for other persons (另选他人), none for a vote.
        overmarked: what becomes of a ballot that chooses more than the seats; None: counted as it is marked.
        beside_abstention: of one that names more others than it rejects candidates, so beside an abstention; None: counted.
    """

    box: Code
    kind: Literal["election", "vote"]
    about: Code
    round: int = Field(default=1, ge=1)
    candidates: tuple[PersonId, ...] = Field(default=(), max_length=400)
    seats: int = Field(default=0, ge=0)
    write_ins: int = Field(default=0, ge=0)
    overmarked: Literal["void"] | None = None
    beside_abstention: Literal["counts", "void"] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if self.kind == "vote" and (self.candidates or self.seats or self.write_ins):
            raise ValueError("表决票没有候选人和名额 / a vote has no candidates and no seats")
        if self.kind == "election" and not (self.candidates and self.seats):
            raise ValueError("选票须有候选人和应选名额 / an election needs candidates and seats")
        if len(set(self.candidates)) < len(self.candidates):
            raise ValueError("候选人重复 / a candidate stands twice")
        return self

    @property
    def lines(self) -> int:
        return len(self.candidates) or 1

    @property
    def size(self) -> int:
        """Bytes of every ballot, whatever it says."""
        return 1 + self.lines + self.write_ins * PERSON_BYTES

    @property
    def digest(self) -> bytes:
        """SHA-256 over the form: a ballot that is sealed to one form opens under no other."""
        fields = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return sha256(b"yishi ballot form\n" + fields.encode()).digest()


class Ballot(NamedTuple):
    """One ballot in clear. It exists in the voter's client while it is sealed, and in the scrutineers' after the opening."""

    marks: tuple[Mark, ...]
    others: tuple[str, ...] = ()


def written(form: Form, ballot: Ballot) -> bytes:
    """The ballot's bytes, always `form.size`. One that chooses too many is written too: to spoil one's ballot is a voter's right.

    Raises:
        MarksMissing, TooManyWriteIns, NotAnId, NamedTwice: what cannot be written at all.
    """
    marked = [BYTES[mark] for mark in ballot.marks if mark in BYTES]
    if len(marked) != form.lines or len(ballot.marks) != form.lines:
        raise MarksMissing(needed=form.lines, found=len(marked))
    if len(ballot.others) > form.write_ins:
        raise TooManyWriteIns(needed=form.write_ins, found=len(ballot.others))
    for person in ballot.others:
        if not _ID.fullmatch(person.encode()) or IDENTITY_NUMBER.fullmatch(person):
            raise NotAnId(person=person)
        if ballot.others.count(person) > 1 or person in form.candidates:
            raise NamedTwice(person=person)
    others = b"".join(person.encode().ljust(PERSON_BYTES, b"\0") for person in sorted(ballot.others))
    return bytes((LAYOUT, *marked)) + others.ljust(form.write_ins * PERSON_BYTES, b"\0")


def read(form: Form, plain: bytes) -> Ballot | None:
    """The ballot in these bytes; None when they are not written exactly as `written` writes."""
    if len(plain) != form.size or plain[0] != LAYOUT:
        return None
    marks, places = plain[1 : 1 + form.lines], plain[1 + form.lines :]
    if any(byte not in MARKS for byte in marks):
        return None
    fields = [places[at : at + PERSON_BYTES] for at in range(0, len(places), PERSON_BYTES)]
    named = [field.rstrip(b"\0") for field in fields if field.strip(b"\0")]
    if not all(_ID.fullmatch(name) for name in named):
        return None
    ballot = Ballot(tuple(MARKS[byte] for byte in marks), tuple(name.decode() for name in named))
    try:
        return ballot if written(form, ballot) == plain else None
    except Refused:
        return None


def everybody(form: Form, mark: Mark, others: Sequence[str] = ()) -> Ballot:
    """A ballot with the same mark on every line."""
    return Ballot((mark,) * form.lines, tuple(others))
