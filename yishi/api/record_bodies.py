"""What the record tells - sessions, deadlines, matters, figures, votes, entries - as models: they make the OpenAPI document true."""

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.law import Kind
from domain.submission import Actor, Evidence
from yishi.api.bodies import ForeseenFinding
from yishi.api.faults import Said


class About(BaseModel):
    service: Literal["yishi"]
    version: str
    format: int
    purpose: Literal["real", "rehearsal"]
    now: AwareDatetime
    size: int
    head: str
    watchers: int = Field(description="how many wait at /v1/events")
    mirror: dict[str, Any] | None = Field(description="how the second copy stands; null when none is kept")


class ActTold(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    act: str
    title: Said
    stream_kind: str
    offices: list[str]
    help: str
    schema_: dict[str, Any] = Field(alias="schema")


class SessionTold(BaseModel):
    session: str
    stream: str
    name: str
    term: int
    number: int
    kind: str
    procedure: str
    profile: str
    stage: str
    opens: str
    closes: str
    names: dict[str, Said] = Field(description="what the codes of its agenda, sittings and decisions are called")


class Status(BaseModel):
    """`next`: steps that may be done now; `blocked`: those that may not, with the refusal each would meet."""

    model_config = ConfigDict(extra="allow")
    session: str
    stream: str
    next: list[dict[str, Any]]
    blocked: list[dict[str, Any]]


class DeadlineTold(BaseModel):
    deadline: Said
    clock: str
    stream: str
    subject: str
    state: Literal["running", "met", "overdue", "missed", "missed, then met", "met, entered late"]
    started: AwareDatetime
    last_day: str
    basis: list[dict[str, Any]]


class MatterNamed(BaseModel):
    """Which matter a row of the office's list is about, and where it stands; nulls where it is a session's own."""

    model_config = ConfigDict(extra="allow")
    session: str
    number: str | None
    title: str | None
    unit: str | None
    deputies: list[str]
    waits_for: str
    waits: Said


class OwedTold(DeadlineTold, MatterNamed):
    light: Literal["red", "yellow", "green", ""]
    days_left: int
    this_week: bool
    provisional: bool


class WaitingTold(MatterNamed):
    stream: str
    since: str
    days: int


class MatterListed(MatterNamed):
    """`co_units`: who handles it with its unit."""

    stream: str
    co_units: list[str]
    over: bool


class MatterTold(MatterListed):
    """`moves`: what may follow, who may take it, what it asks for. `chart`: the loop, with where the matter stands."""

    moves: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    history: list[dict[str, Any]]
    chart: dict[str, Any]


class ListsTold(MatterListed):
    """The four lists (问题 · 整改 · 测评 · 回访) of one matter; `ended` says of a problem that it has its end."""

    problems: list[dict[str, Any]]
    rectified: list[dict[str, Any]]
    evaluated: list[dict[str, Any]]
    revisited: list[dict[str, Any]]


class Monday(BaseModel):
    """What an office looks at on Monday: what is owed, the earliest first, and what waits without a term."""

    today: str
    week_ends: str
    sessions: list[str]
    deadlines: list[OwedTold]
    waiting: list[WaitingTold]
    counts: dict[str, int]


class LeftOutTold(BaseModel):
    why: Said
    count: int


class FigureTold(BaseModel):
    """One figure: `numerator` of `denominator` (null for a plain count); `percent` has one decimal, rounded half up."""

    figure: str
    title: Said
    value: Said
    numerator: int
    denominator: int | None
    percent: str | None
    median_days: str | None
    left_out: list[LeftOutTold]


class FigureOfKind(FigureTold):
    kind: str
    kind_title: Said


class Reported(BaseModel):
    year: int | None
    as_of: str
    sessions: list[str]


class Figures(Reported):
    figures: list[FigureOfKind]


class CaseTold(BaseModel):
    """A case behind a figure; `positions` are the numbers of its entries in the record."""

    session: str
    number: str
    subject: str
    unit: str
    deputies: list[str]
    positions: list[int]


class LeftOutOpened(LeftOutTold):
    cases: list[CaseTold]


class FigureOpened(Reported, FigureTold):
    counted: list[CaseTold]
    others: list[CaseTold]
    left_out: list[LeftOutOpened]  # type: ignore[assignment]  # each with its cases


class MemberTold(BaseModel):
    id: str
    name: str | None
    group: str
    in_office: bool
    suspended: bool
    on_leave: bool


class GroupTold(BaseModel):
    code: str
    title: str
    members: list[str]


class PersonTold(BaseModel):
    id: str
    name: str | None
    voter: bool | None


class Members(BaseModel):
    """Who is on the roll, and who else may be elected. A name is null when none was given or its key was destroyed."""

    members: list[MemberTold]
    people: list[PersonTold]
    groups: list[GroupTold]


class Named(BaseModel):
    """Somebody by id; the name is null where there is none to open."""

    id: str
    name: str | None


class StepReported(BaseModel):
    """One step of the procedure: `state` is done, dealt, missing, irregular or open; `position` that of its entry."""

    stage: str
    step: Said
    fact: str
    state: Literal["done", "dealt", "missing", "irregular", "open"]
    basis: list[dict[str, Any]]
    kind: Kind | None
    position: int | None
    at: AwareDatetime | None
    event: str
    document: Said | None
    evidence: list[str]
    irregularity: str


class ReportTold(BaseModel):
    """The conformity report, as of the newest entry: each step that the procedure or the law has, and every deadline."""

    steps: list[StepReported]
    deadlines: list[DeadlineTold]
    counts: dict[str, int]


class VoteTold(BaseModel):
    """`says`: the result with its arithmetic. `last`: the newest vote on its subject. `count` is null where nobody counted."""

    model_config = ConfigDict(extra="allow")
    subject: str
    title: Said
    version: int
    at: AwareDatetime
    sitting: str
    method: dict[str, str]
    deputies_total: int
    deputies_present: int
    count: dict[str, int] | None
    needed: int
    adopted: bool
    recommendation: bool
    persons: list[Named]
    says: Said
    last: bool


class ElectionTold(BaseModel):
    """`stands`: how far it has come. Each of `ballots` has its figures once they are attested, its result once it is declared."""

    model_config = ConfigDict(extra="allow")
    election: str
    title: Said
    post: dict[str, str]
    kind: dict[str, str]
    seats: int
    seats_left: int
    stands: Said
    nominations: list[dict[str, Any]]
    nominees: list[Named]
    candidates: list[Named]
    ballots: list[dict[str, Any]]
    elected: list[Named]


class EventTold(BaseModel):
    position: int
    recorded_at: AwareDatetime
    stream: str
    version: int
    name: str
    at: AwareDatetime
    act: str
    command_id: str
    actor: Actor
    facts: list[str]
    lost: list[str]
    clocks: list[dict[str, Any]]
    basis: list[dict[str, Any]]
    findings: list[ForeseenFinding]
    evidence: list[Evidence]
    reason: str
    says: Said


class HistoryTold(EventTold):
    """An event with all its fields and the edition of the law book it was judged by."""

    data: dict[str, Any]
    edition: str


class History(BaseModel):
    """`next` is the `after` of the next page, null on the last one."""

    entries: list[HistoryTold]
    next: int | None


class Events(BaseModel):
    """`next` is the `after` to go on with."""

    events: list[EventTold]
    next: int


class FailureTold(BaseModel):
    position: int | None
    check: str
    zh: str
    en: str


class Verified(BaseModel):
    outcome: Literal["verified", "broken", "undecided"]
    events: int
    streams: int
    commits: int
    commands: int
    head: str
    rehearsal: bool
    failures: list[FailureTold]
