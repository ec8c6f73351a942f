"""What programs send and are sent, as models: they make the OpenAPI document true."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from domain.election.parts import PersonEntry
from domain.law import Kind
from domain.session.parts import DeputyEntry
from domain.session.registration import RegisterSession
from domain.submission import Actor, ActorSignature, Evidence, Foreseen
from yishi.api.faults import Described, Said
from yishi.planning.plan import either
from yishi.planning.roll import LONGEST_NAME

SESSION = r"^[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}$"
CommandId = Annotated[str, Field(min_length=1, max_length=400)]
SessionName = Annotated[str, Field(pattern=SESSION, examples=["xiuzhou/10-4"])]
LONGEST_REASON = 2000
LONGEST_FILE = 8 * 1024 * 1024


class Sent(BaseModel):
    """What comes from outside: nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AskBody(Sent):
    """An act as a program sends it. Name its `session`, or its `stream` in full when it is about a matter."""

    session: SessionName | None = None
    stream: str | None = Field(default=None, max_length=200, examples=["xiuzhou/10-4/matter/s01"])
    actor: Actor
    at: AwareDatetime | None = Field(default=None, description="legal time of the act; now when left out")
    act: str = Field(max_length=80, examples=["open-sitting"])
    fields: dict[str, Any] = Field(default={}, description="the act's own fields; their schema: GET /v1/acts/{act}")
    evidence: tuple[Evidence, ...] = ()
    reason: str = Field(default="", max_length=LONGEST_REASON, description="why it is entered late, or irregular")
    command_id: CommandId | None = Field(default=None, description="not needed to ask; it is not spent")
    signature: ActorSignature | None = Field(default=None, description="the actor's own, over the canonical command")


def id_in_header(schema: dict[str, Any]) -> None:
    """The document does not ask for a command id in the body: the header Idempotency-Key may say it."""
    schema["required"].remove("command_id")


class ActBody(AskBody):
    model_config = ConfigDict(json_schema_extra=id_in_header)
    command_id: CommandId = Field(
        description="chosen by the sender, once for each act; sent again with it, an act gets the same answer for ever"
    )


class NamedEntry(DeputyEntry):
    """One line of the roll with the name in clear. It is sealed here, before it goes anywhere."""

    name: str = Field(default="", max_length=LONGEST_NAME)


class NamedPersonEntry(PersonEntry):
    """Somebody who may be elected and is no deputy, with the name in clear. It is sealed here, before it goes anywhere."""

    name: str = Field(default="", max_length=LONGEST_NAME)


class SessionFields(RegisterSession):
    """As the act `register-session`, but for the names, and the edition of the law book: the newest when left out."""

    roll: Annotated[tuple[NamedEntry, ...], Field(min_length=1, max_length=5000)]
    people: Annotated[tuple[NamedPersonEntry, ...], Field(max_length=2000)] = ()
    edition: str = ""


class RollSent(Sent):
    """The roll that a plan names (`roll.file`), by the same name: the text of a .csv, or the file itself in Base64."""

    name: str = Field(min_length=1, max_length=200, examples=["roll.csv"])
    text: str | None = Field(default=None, max_length=LONGEST_FILE)
    base64: str | None = Field(default=None, max_length=LONGEST_FILE)

    @model_validator(mode="after")
    def _one(self) -> "RollSent":
        if (self.text is None) == (self.base64 is None):
            raise either("text", "base64")
        return self


PlanText = Annotated[
    Annotated[str, Field(min_length=1, max_length=LONGEST_FILE)] | dict[str, Any],
    Field(description="a plan (docs/write-a-plan.md): its YAML as text, or the same as a JSON object"),
]


class PlanBody(Sent):
    """A plan to be looked at. Nothing of it is kept."""

    plan: PlanText
    roll: RollSent | None = None


class FaultInPlan(BaseModel):
    """One fault: `line` and `column` count from 1 (a roll's column is 0, its line the row); an error leaves the plan unusable."""

    file: str
    line: int
    column: int
    where: str
    weight: Literal["error", "warning"]
    says: Said
    todo: Said
    basis: list[dict[str, Any]]


class PlanChecked(BaseModel):
    """Every fault at once. `registration`: what would be registered, without names; null where the plan is not usable."""

    usable: bool
    edition: str
    faults: list[FaultInPlan]
    session: str | None
    deputies: int
    without_name: int
    dates: dict[str, AwareDatetime]
    filled_in: list[str]
    registration: dict[str, Any] | None


class SessionBody(Sent):
    model_config = ConfigDict(json_schema_extra=id_in_header)
    command_id: CommandId
    actor: Actor | None = Field(
        default=None, description="the office that registers it; the procedure's own when left out"
    )
    at: AwareDatetime | None = None
    fields: SessionFields | None = Field(default=None, description="the act's own fields; or else a plan")
    plan: PlanText | None = None
    roll: RollSent | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str = Field(default="", max_length=LONGEST_REASON)

    @model_validator(mode="after")
    def _one(self) -> "SessionBody":
        if (self.fields is None) == (self.plan is None):
            raise either("fields", "plan")
        return self


class Refused(BaseModel):
    """A refusal, with its sentence. `position` is where the refused attempt is kept."""

    outcome: Literal["refused"]
    command_id: str
    act: str
    reason: str
    basis: list[dict[str, Any]]
    kind: Kind | None
    figures: dict[str, Any]
    position: int | None
    says: Said


class OnItsWay(BaseModel):
    """An act that is on its way to the record. `ask`: where its answer will be."""

    outcome: Literal["pending"]
    command_id: str
    ask: str
    says: Said


class RefusedProblem(Refused, Described):
    """A refusal as a problem: with its citation in words, and its figures parted into what was found and what is needed."""

    citation: Said | None
    found: dict[str, Any]
    needed: dict[str, Any]


MOST_TOGETHER = 50_000


class BatchAct(ActBody):
    model_config = ConfigDict(json_schema_extra=None)


class BatchBody(Sent):
    """Acts to be recorded in one commit, all or none, each judged on what those before it led to. Each says its time."""

    acts: Annotated[tuple[BatchAct, ...], Field(min_length=1, max_length=MOST_TOGETHER)]


class BatchTold(BaseModel):
    """`recorded`: acts that added events to the record; `already`: those that found everything so."""

    outcome: Literal["recorded"]
    recorded: int
    already: int
    size: int
    head: str


class BatchRefusal(Refused):
    n: int = Field(description="its place among the acts that were sent, from 0")


class BatchRefused(Described):
    """Rules stood against some of them: nothing of any was recorded, and no command id is spent."""

    outcome: Literal["refused"]
    refused: list[BatchRefusal]


class ForeseenFinding(BaseModel):
    code: str
    weight: Literal["info", "warn", "alert"]
    basis: list[dict[str, Any]]
    figures: dict[str, Any]
    says: Said


class ForeseenEvent(Foreseen):
    findings: tuple[ForeseenFinding, ...] = ()  # type: ignore[assignment] # with their sentences


class May(BaseModel):
    """It would be recorded now."""

    outcome: Literal["may"]
    act: str
    events: list[ForeseenEvent]


class Already(BaseModel):
    """All it asks for is already so."""

    outcome: Literal["already"]
    act: str


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


class WhoBody(Sent):
    """An act whose office is asked for."""

    act: str = Field(max_length=80, examples=["open-sitting"])
    fields: dict[str, Any] = Field(default={}, description="the act's own fields; their schema: GET /v1/acts/{act}")


class Offices(BaseModel):
    """Who may do an act in this meeting, the usual office first."""

    offices: list[str]


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
    stream: str
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


class LightTold(BaseModel):
    """The quorum light: how many are here, how many are needed, by which article; and how many cards are held, uncounted."""

    model_config = ConfigDict(extra="allow")
    sitting: str
    total: int
    present: int
    needed: int | None
    missing: int | None
    share: Said
    basis: list[dict[str, Any]]
    kind: str
    enough: bool | None
    held: int
    on_leave: int
    out: int
    position: int


class SignInsTold(BaseModel):
    """`counted`: came in or went out by this; `already`: nothing new; `held`: cards not counted until resolved."""

    counted: list[str]
    already: list[str]
    held: list[dict[str, Any]]
    refused: list[dict[str, Any]]
    light: LightTold


class KeyPadTold(BaseModel):
    """Subjects: `recorded` by this; `already`: known, with the same figures; `refused`: not taken, and why."""

    recorded: list[str]
    already: list[str]
    refused: list[dict[str, Any]]


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
