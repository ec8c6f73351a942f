"""What a rehearsal came to: one record an act, in order, and what they add up to. This is the JSON report."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from domain.law import Citation
from domain.text import Figure, Lang, Text


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Row):
    """An article, as data and as people print it."""

    rule: str
    statute: str
    article: str
    paragraph: int | None
    kind: str
    zh: str
    en: str

    @classmethod
    def of(cls, citation: Citation) -> "Cited":
        fields = citation.model_dump(mode="json")
        return cls(**fields, zh=citation.zh, en=citation.en)

    def to(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class FindingRow(Row):
    code: str
    weight: str
    zh: str
    en: str
    basis: tuple[Cited, ...]
    figures: dict[str, Figure]


class EventRow(Row):
    """One stored event: where it is, what it makes so, and its own figures."""

    position: int
    stream: str
    version: int
    command_id: str
    name: str
    at: str
    recorded_at: str
    facts: tuple[str, ...]
    figures: dict[str, Any]
    basis: tuple[Cited, ...]
    findings: tuple[FindingRow, ...]


class RefusalRow(Row):
    reason: str
    zh: str
    en: str
    kind: str | None
    basis: tuple[Cited, ...]
    figures: dict[str, Figure]
    position: int | None


class ActRow(Row):
    """One act: what was asked, what came of it, on what basis, and whether the script expected that."""

    n: int
    line: int | None
    command_id: str
    stream: str
    act: str
    title: Text
    by: str
    at: str
    recorded_at: str
    stage: str
    outcome: Literal["recorded", "already", "refused", "not_taken"]
    kind: str | None
    basis: tuple[Cited, ...]
    events: tuple[EventRow, ...]
    figures: dict[str, Any]
    """What was found and is needed if it was refused, else the figures of its first event."""
    findings: tuple[FindingRow, ...]
    refusal: RefusalRow | None = None
    expected: dict[str, Any] | None = None
    as_expected: bool
    unexpected: Text | None = None


class VoteRow(Row):
    """A vote with its arithmetic: in favour against needed, needed out of all deputies."""

    subject: str
    title: Text
    method: str
    deputies_total: int
    deputies_present: int
    in_favour: int | None
    against: int | None
    abstained: int | None
    not_voted: int | None
    void: int | None
    unaccounted: int | None
    needed: int
    adopted: bool
    recommendation: bool = False  # of a residents' council: an opinion, never a resolution
    voided: str = ""  # why the poll is void
    device_failed: str = ""  # the voting device that had failed before


class ElectionRow(Row):
    """One ballot of an election that was declared. `says`: seats, votes, the majority, who is elected, in a sentence."""

    election: str
    title: Text
    number: int
    round: str
    void: bool
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    open_seats: int
    says: Text


class DeadlineRow(Row):
    stream: str
    clock: str
    subject: str
    started: str
    due: str
    state: str
    basis: tuple[Cited, ...]


class StepRow(Row):
    stage: str
    fact: str
    title: Text
    state: str
    basis: tuple[Cited, ...]


class Outcome(Row):
    """The whole rehearsal. `exit` is the command's: 0 as the script says, 1 otherwise."""

    format: Literal["yishi-rehearsal/1"] = "yishi-rehearsal/1"
    rehearsal: Literal[True] = True
    session: str
    congress: str
    procedure: str
    profile: str
    edition: str
    scripted: bool
    acts: tuple[ActRow, ...]
    votes: tuple[VoteRow, ...]
    elections: tuple[ElectionRow, ...] = ()
    chosen: tuple[str, ...]
    deadlines: tuple[DeadlineRow, ...]
    missing: tuple[StepRow, ...]
    recorded: int
    refused: int
    unexpected: int
    size: int
    head: str
    verified: bool
    exit: Literal[0, 1]
