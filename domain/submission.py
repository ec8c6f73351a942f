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

Role = Literal[
    "secretariat",  # 秘书处工作人员
    "presidium",  # 主席团、执行主席
    "chief_scrutineer",  # 总监票人
    "scrutineer",  # 监票人
    "teller",  # 计票人
    "deputy",  # 代表
    "handling_unit",  # 承办单位
    "auditor",  # 核查人员
    "integration",  # 对接程序
    "operator",  # 运维人员
]


def _unsaid(value: object) -> bool:
    return value is None


class Actor(BaseModel):
    """Who acts: an office and, where a person matters, that person's id (never a name).

    What the door adds says who entered it; before there were tokens for each it was not said, and is not written then.

    Attributes:
        on_behalf_of: for whom it was entered, an office or a person's id, where that is not who entered it.
        role, token: what whoever entered it is here, and the id of the token shown. one_person: the office is one person.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    office: Office
    person: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$")
    on_behalf_of: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$", exclude_if=_unsaid)
    role: Role | None = Field(default=None, exclude_if=_unsaid)
    token: str | None = Field(default=None, pattern=r"^[a-z0-9]{1,40}$", exclude_if=_unsaid)
    one_person: Literal[True] | None = Field(default=None, exclude_if=_unsaid)


class ActorSignature(BaseModel):
    """The actor's own Ed25519 signature over the canonical command (`domain.access.signing`).

    Attributes:
        key: id of the public key in the register. deadline: not after this. edition: of the law the signer saw; "" for any.
        value: the signature in Base64. signed: the command as it was signed, kept so that it can be checked for ever.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")
    deadline: AwareDatetime
    edition: str = Field(default="", max_length=64)
    value: str = Field(pattern=r"^[A-Za-z0-9+/]{86}==$")
    signed: dict[str, Any] | None = Field(default=None, exclude_if=_unsaid)


class Evidence(BaseModel):
    """A file behind an act (佐证材料), kept by digest beside the ledger; `number`: the document's own, where it has one (文号)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    title: str = Field(max_length=200)
    size: int = Field(ge=0)  # bytes
    number: str | None = Field(default=None, min_length=1, max_length=100, exclude_if=_unsaid)


class Command(BaseModel):
    """What somebody asks to do. Subclasses give `act`, the name people and scripts use, and stand in `COMMANDS`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # hundreds of them: each when first used
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
    signature: ActorSignature | None = Field(default=None, exclude_if=_unsaid)
    recorded_at: AwareDatetime | None = None  # only a rehearsal's legal clock may set it
    expected: int | None = None  # the version of the stream that the sender has seen; no part of what is asked

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
