"""Interpellations (质询案): ten deputies jointly, in writing, to an organ of their own level, and answered as the presidium decides."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.event import Event, Finding
from domain.findings import inert
from domain.refusals import Refused
from domain.session.delegations_vote import DelegationVote, in_their_name
from domain.session.parts import DeputyId, Number
from domain.session.signatures import SignedTogether, each_once, enough, signatures
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.text import Text, joined

Object = Literal["government", "department", "supervisory_commission", "court", "procuratorate", "other"]
OBJECTS: dict[str, Text] = {
    "government": Text("本级人民政府", "the government"),
    "department": Text("政府所属工作部门", "a department of the government"),
    "supervisory_commission": Text("监察委员会", "the supervisory commission"),
    "court": Text("人民法院", "the court"),
    "procuratorate": Text("人民检察院", "the procuratorate"),
    "other": Text("其他机关、单位", "another organ or unit"),
}
Place = Literal["presidium_meeting", "plenary", "special_committee", "delegation", "written"]
PLACES: dict[str, Text] = {
    "presidium_meeting": Text("主席团会议上口头答复", "orally at a presidium meeting"),
    "plenary": Text("全体会议上口头答复", "orally in plenary"),
    "special_committee": Text("专门委员会会议上口头答复", "orally at a special committee"),
    "delegation": Text("代表团会议上口头答复", "orally at a delegation's meeting"),
    "written": Text("书面答复", "in writing"),
}
PARTS = {
    "object": Text("质询对象", "whom it asks"),
    "question": Text("质询的问题", "its question"),
    "content": Text("质询的内容", "its content"),
    "demand": Text("质询的要求", "what it demands"),
}

Answering = Literal[
    "waiting",  # 尚未答复
    "answered",  # 已经答复
    "demanded",  # 要求再作答复
]


@dataclass(frozen=True)
class Interpellation:
    """`place` is empty until the presidium has decided; `state` is what the newest answer or demand left it in."""

    number: str
    organ: str
    deputies: tuple[str, ...]
    not_counted: tuple[str, ...] = ()
    place: str = ""
    complex: bool = False
    state: Answering = "waiting"
    delegation: str = ""  # its code, where a delegation asks and not deputies jointly

    @property
    def unanswered(self) -> bool:
        return self.state != "answered"

    @property
    def demanded(self) -> bool:
        """Whether another answer is due."""
        return self.state == "demanded"


class NoSuchInterpellation(Refused):
    says = Text(
        "没有第 {number} 号质询案,请先登记(file-interpellation)",
        "there is no interpellation {number}: file it first (file-interpellation)",
    )


class InterpellationExists(Refused):
    says = Text(
        "第 {number} 号质询案已经登记且内容不同", "interpellation {number} is on file already, with other content"
    )


class TooFewForInterpellation(Refused):
    says = Text(
        "联名代表 {signed} 人,其中可计 {found} 人,应有 {needed} 人以上;可以改用询问(raise-inquiry)或者建议(file-suggestion)",
        "{signed} deputies signed, {found} of them count, {needed} are needed; an inquiry (raise-inquiry) or a suggestion "
        "(file-suggestion) needs no number",
    )


class DeputiesOnly(Refused):
    says = Text(
        "这一级的质询案由代表联名提出(deputies),不以代表团名义提出",
        "at this level deputies interpellate jointly (deputies), and a delegation does not",
    )


class NotInWriting(Refused):
    says = Text("质询案应当书面提出", "an interpellation is made in writing")


class InterpellationLacksParts(Refused):
    says = Text("质询案没有写明{missing}", "the interpellation does not state {missing}")


class WrongObject(Refused):
    says = Text("不能向{found}提出质询案,只能向:{allowed}", "{found} cannot be interpellated here, only: {allowed}")


class FileInterpellation(Command):
    """Deputies jointly, or a delegation, interpellate in writing an organ of their own level.

    `object` says what it is, `organ` names it; `question` and `content` are what they ask; `demand` where local rules want it.
    """

    act: ClassVar[str] = "file-interpellation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy", "group")
    title: ClassVar[Text] = Text("提出质询案", "File an interpellation")
    number: Number
    deputies: tuple[DeputyId, ...] = ()
    delegation: DelegationVote | None = None  # a delegation's own: which it is, and how many of it agreed
    object: Object
    organ: str = Field(default="", max_length=80)
    question: str = Field(default="", max_length=1000)
    content: str = Field(default="", max_length=4000)
    demand: str = Field(default="", max_length=1000)
    written: bool = True

    @model_validator(mode="after")
    def _deputies_or_a_delegation(self) -> Self:
        if bool(self.deputies) == (self.delegation is not None):
            raise ValueError(
                "由代表联名(deputies)或者一个代表团(delegation)提出,二者只填其一 / deputies jointly or a delegation, one of both"
            )
        return self


class InterpellationFiled(SignedTogether):
    name: ClassVar[str] = "interpellation.filed.v1"
    number: Number
    object: Object
    organ: str
    question: str
    content: str
    demand: str
    delegation: DelegationVote | None = None

    def facts(self) -> tuple[str, ...]:
        return ("interpellation-filed", f"interpellation-filed:{self.number}") if self.stands else ()


@decides(FileInterpellation)
def file_interpellation(session: Session, command: FileInterpellation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 24(1): ten deputies, at every local level; 代表法 (2025) art. 20(3): in a township only its government.

    全国人大组织法 (2021) art. 21: at the national congress thirty, or one delegation (一个代表团).
    """
    by_delegation = moment.law.ruling("interpellation.delegation") if command.delegation else None
    if command.number in session.interpellations:
        if _same(session, command):
            return []
        raise InterpellationExists(number=command.number)
    not_spent(session, InterpellationFiled, command.number)
    signed = signatures(session, command.deputies, moment, "interpellation.joint")
    if not command.written:
        raise NotInWriting(moment.cites("interpellation.joint"))
    flagged = _object(command, moment)
    _whole(command, moment)
    if command.delegation and by_delegation is None:
        raise DeputiesOnly(moment.cites("interpellation.joint"))
    if command.delegation:
        needed, in_name = 0, in_their_name(session, (command.delegation,), moment)
    else:
        needed, in_name = enough(signed, moment, "interpellation.joint", TooFewForInterpellation), ()
    basis = moment.basis(
        "interpellation.joint", "interpellation.object", "interpellation.content", *_new_object(command)
    )
    return [
        InterpellationFiled(
            at=moment.at,
            basis=(*basis, *(by_delegation.basis if by_delegation else ()), *in_name, *signed.basis),
            number=command.number,
            deputies=signed.deputies,
            not_counted=signed.not_counted,
            needed=needed,
            object=command.object,
            organ=command.organ,
            question=command.question,
            content=command.content,
            demand=command.demand,
            delegation=command.delegation,
            findings=(*signed.findings, *flagged),
        )
    ]


def _same(session: Session, command: FileInterpellation) -> bool:
    def said(what: FileInterpellation | InterpellationFiled) -> tuple[str, ...]:
        return (what.number, what.object, what.organ, what.question, what.content, what.demand)

    filed = (e for e in session.history if isinstance(e, InterpellationFiled))
    who = (each_once(command.deputies), command.delegation)
    return any(said(e) == said(command) and (e.deputies, e.delegation) == who for e in filed)


def _new_object(command: FileInterpellation) -> tuple[str, ...]:
    return ("interpellation.supervisory",) if command.object == "supervisory_commission" else ()


def _object(command: FileInterpellation, moment: Moment) -> tuple[Finding, ...]:
    """Who may be asked. The supervisory commission could be before 地方组织法 named it, by 监察法 (2018) art. 53(3)."""
    rule = moment.law.ruling("interpellation.object")
    if rule is None or rule.value is None:
        return ()
    supervisory = moment.law.ruling("interpellation.supervisory")
    allowed = (*rule.options, *(("supervisory_commission",) if supervisory and supervisory.on else ()))
    if command.object not in allowed:
        of_law = joined(OBJECTS[name] for name in dict.fromkeys(allowed))
        raise WrongObject(rule.basis, found=OBJECTS[command.object], allowed=of_law)
    return inert(rule)


def _whole(command: FileInterpellation, moment: Moment) -> None:
    rule = moment.law.ruling("interpellation.content")
    asked = rule.options if rule and rule.value is not None else ()
    said = {"object": command.organ, "question": command.question, "content": command.content, "demand": command.demand}
    missing = [PARTS[part] for part in asked if part in said and not said[part].strip()]
    if missing:
        raise InterpellationLacksParts(moment.cites("interpellation.content"), missing=joined(missing))


@evolves(InterpellationFiled)
def interpellation_filed(session: Session, event: InterpellationFiled) -> Session:
    if not event.stands:
        return session
    delegation = event.delegation.group if event.delegation else ""
    asked = Interpellation(event.number, event.organ, event.deputies, event.not_counted, delegation=delegation)
    return with_interpellation(session, asked)


def with_interpellation(session: Session, changed: Interpellation) -> Session:
    return replace(session, interpellations={**session.interpellations, changed.number: changed})


def interpellation_of(session: Session, number: str) -> Interpellation:
    """The interpellation of that number.

    Raises:
        NoSuchInterpellation: none is on file.
    """
    found: Interpellation | None = session.interpellations.get(number)
    if found is None:
        raise NoSuchInterpellation(number=number)
    return found
