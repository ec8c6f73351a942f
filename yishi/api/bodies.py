"""What programs send, and what an act, a batch or a plan is answered, as models: they make the OpenAPI document true."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from domain.election.parts import PersonEntry
from domain.law import Kind
from domain.session.parts import DeputyEntry
from domain.session.registration import RegisterSession
from domain.submission import Actor, ActorSignature, Evidence, Foreseen
from yishi.api.faults import Described, Said
from yishi.moment import Moment, all_reckoned
from yishi.own_ids import not_our_own
from yishi.planning.plan import either
from yishi.planning.roll import LONGEST_NAME

SESSION = r"^[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}$"
CommandId = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(not_our_own)]
SessionName = Annotated[str, Field(pattern=SESSION, examples=["xiuzhou/10-4"])]
Signature = Annotated[ActorSignature, AfterValidator(all_reckoned)]
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
    at: Moment | None = Field(default=None, description="legal time of the act; now when left out")
    act: str = Field(max_length=80, examples=["open-sitting"])
    fields: dict[str, Any] = Field(default={}, description="the act's own fields; their schema: GET /v1/acts/{act}")
    evidence: tuple[Evidence, ...] = ()
    reason: str = Field(default="", max_length=LONGEST_REASON, description="why it is entered late, or irregular")
    command_id: CommandId | None = Field(default=None, description="not needed to ask; it is not spent")
    signature: Signature | None = Field(default=None, description="the actor's own, over the canonical command")


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


ReckonedFields = Annotated[SessionFields, AfterValidator(all_reckoned)]


class SessionBody(Sent):
    model_config = ConfigDict(json_schema_extra=id_in_header)
    command_id: CommandId
    actor: Actor | None = Field(
        default=None, description="the office that registers it; the procedure's own when left out"
    )
    at: Moment | None = None
    fields: ReckonedFields | None = Field(default=None, description="the act's own fields; or else a plan")
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


class WhoBody(Sent):
    """An act whose office is asked for."""

    act: str = Field(max_length=80, examples=["open-sitting"])
    fields: dict[str, Any] = Field(default={}, description="the act's own fields; their schema: GET /v1/acts/{act}")


class Offices(BaseModel):
    """Who may do an act in this meeting, the usual office first."""

    offices: list[str]
