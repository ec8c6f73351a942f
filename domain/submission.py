"""What a client sends and what it is answered: the one path of every act (architecture §2.7)."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.event import Clock, Finding
from domain.law import Citation
from domain.refusals import Refusal
from domain.text import Text

Office = Literal[
    "presidium",  # 主席团
    "standing_committee",  # 人大常委会; at a term's first session the previous one
    "council_of_chairpersons",  # 主任会议
    "sc_office",  # 人大常委会办事机构、工作机构
    "executive_chair",  # 执行主席
    "secretariat",  # 大会秘书处 / 人大办
    "credentials_committee",  # 代表资格审查委员会
    "budget_committee",  # 财政预算审查委员会
    "motions_committee",  # 议案审查委员会
    "special_committee",  # 专门委员会
    "government",  # 本级人民政府
    "court",  # 人民法院
    "procuratorate",  # 人民检察院
    "supervisory_commission",  # 监察委员会
    "scrutineer",  # 监票人
    "deputy",  # 代表
    "group",  # 代表团、代表小组
    "street_committee",  # 人大街道工委
    "street_office",  # 街道办事处
    "council",  # 居民议事组织
    "handling_unit",  # 承办单位
    "clock",  # the engine itself, when a deadline passes
]


OFFICE_NAMES: dict[str, Text] = {
    "presidium": Text("主席团", "the presidium"),
    "standing_committee": Text("人大常委会", "the standing committee"),
    "council_of_chairpersons": Text("主任会议", "the council of chairpersons"),
    "sc_office": Text("常委会办事机构", "the standing committee's office"),
    "executive_chair": Text("执行主席", "the executive chair"),
    "secretariat": Text("秘书处(人大办)", "the secretariat"),
    "credentials_committee": Text("代表资格审查委员会", "the credentials committee"),
    "budget_committee": Text("财政预算审查委员会", "the budget committee"),
    "motions_committee": Text("议案审查委员会", "the committee on motions"),
    "special_committee": Text("专门委员会", "a special committee"),
    "government": Text("本级人民政府", "the government"),
    "court": Text("人民法院", "the court"),
    "procuratorate": Text("人民检察院", "the procuratorate"),
    "supervisory_commission": Text("监察委员会", "the supervisory commission"),
    "scrutineer": Text("监票人", "a scrutineer"),
    "deputy": Text("代表", "a deputy"),
    "group": Text("代表团(小组)", "a delegation or group"),
    "street_committee": Text("人大街道工委", "the street committee"),
    "street_office": Text("街道办事处", "the street office"),
    "council": Text("居民议事组织", "the residents' council"),
    "handling_unit": Text("承办单位", "the handling unit"),
    "clock": Text("期限(系统)", "the clock"),
}
"""What people call each office."""


def organ_named(organ: str) -> Text:
    """An organ as people call it, whether it was written as a code or by its name."""
    return OFFICE_NAMES.get(organ, Text(organ, organ))


class Actor(BaseModel):
    """Who acts: an office and, where a person matters, that person's id (never a name)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    office: Office
    person: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$")


class Evidence(BaseModel):
    """A file behind an act (佐证材料), kept by digest beside the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    title: str = Field(max_length=200)
    size: int = Field(ge=0)  # bytes


class Command(BaseModel):
    """What somebody asks to do. Subclasses give `act`, the name people and scripts use, and stand in `COMMANDS`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    act: ClassVar[str]
    stream_kind: ClassVar[str]  # session or matter: whose decide judges it
    offices: ClassVar[tuple[Office, ...]]  # who may do it; the first is taken when a script names nobody
    title: ClassVar[Text]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if act := cls.__dict__.get("act"):
            if act in COMMANDS:
                raise TypeError(f"two commands are called {act}")
            COMMANDS[act] = cls


COMMANDS: dict[str, type[Command]] = {}


class Submission(BaseModel):
    """One command on its way to the ledger. `command_id` makes repeating it safe for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    command_id: str = Field(min_length=1, max_length=400)
    stream: str  # {congress}/{term}-{session}/{kind}/{n}
    actor: Actor
    at: AwareDatetime  # legal time of the act
    act: str
    fields: dict[str, Any]  # the command's own fields, as JSON values
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""  # why it is entered late, or irregular
    recorded_at: AwareDatetime | None = None  # only a rehearsal's legal clock may set it

    @property
    def command(self) -> Command:
        """The command itself, validated.

        Raises:
            KeyError: no such act. pydantic.ValidationError: its fields are wrong.
        """
        return COMMANDS[self.act].model_validate(self.fields)


class RecordedEvent(BaseModel):
    """One stored event as a receipt shows it; the full bytes are in the ledger at `position`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    position: int
    stream: str
    version: int
    name: str
    at: AwareDatetime
    facts: tuple[str, ...]  # gained
    lost: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    stopped: tuple[str, ...] = ()  # ids of clocks that no longer run
    basis: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()
    leaf: str  # hex of the RFC 6962 leaf hash


class Receipt(BaseModel):
    """The answer to an act that was recorded. `head` is the log's root right after it, hex; `size` the events under it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    outcome: Literal["recorded"] = "recorded"
    command_id: str
    act: str
    events: tuple[RecordedEvent, ...]  # empty: everything asked for was already so
    size: int
    head: str


Answer = Annotated[Receipt | Refusal, Field(discriminator="outcome")]


class Foreseen(BaseModel):
    """One event that an act would add to the record, were it sent now. It has no place yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    stream: str
    name: str
    at: AwareDatetime
    facts: tuple[str, ...]
    lost: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    basis: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()


class Asked(BaseModel):
    """What an act would be answered now (问一问): nothing is recorded, no command id is spent.

    Attributes:
        events: what would be recorded, for `may`; refusal: what stands against it, for `refused`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    outcome: Literal["may", "already", "refused"]
    act: str
    events: tuple[Foreseen, ...] = ()
    refusal: Refusal | None = None
