"""The voting device (表决器): what it counted, taken from it or typed in by two people; and what is recorded when it fails."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal, NoReturn

from pydantic import Field

from domain.ballot.results import no_box_counted
from domain.event import Event, Finding
from domain.findings import inert, warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.sittings import open_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.known import known_subject, still_open, subject_title
from domain.vote.two import Which, agreed, difference

if TYPE_CHECKING:
    from domain.vote.votes import PutToVote


class DeviceAndTypedDiffer(Refused):
    says = Text(
        "表决器的数与人工录入的数不一致:{where};请核对后再报",
        "the device's figures and those typed in differ: {where}; check them",
    )


class DeviceTotalsDiffer(Refused):
    says = Text(
        "表决器就“{subject}”报来的数与已有记录不一致:{where}。未予采用;请查明,以前报的数有误的,先记录表决器故障(record-device-failure)",
        "the figures that the device tells on {subject} are not those on record: {where}. They are not taken; find out why, and where "
        "those before were wrong record that the device failed (record-device-failure)",
    )


class FallbackNotAllowed(Refused):
    says = Text(
        "表决器发生故障后不能以 {method} 方式表决,可用:{allowed}",
        "when the device has failed a vote may not go on by {method}; allowed are: {allowed}",
    )


class EnterDeviceCount(Command):
    """What the voting device counted on one subject. Units: votes.

    `source` is `device` where its figures come over by themselves; else two people type them in apart, as `entry` 1 and 2.
    """

    act: ClassVar[str] = "enter-device-count"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "secretariat", "street_committee")
    title: ClassVar[Text] = Text("录入表决器结果", "Enter what the voting device counted")
    subject: Code
    device: Code
    source: Literal["device", "typed"] = "typed"
    entry: Which = 1
    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)
    not_voted: int | None = Field(default=None, ge=0)  # 未按表决器; left out: what is missing to those present


class DeviceCountEntered(Event):
    name: ClassVar[str] = "vote.device-count-entered.v1"
    subject: Code
    device: Code
    source: Literal["device", "typed"]
    entry: Which
    in_favour: int
    against: int
    abstained: int
    not_voted: int | None

    def figures(self) -> Mapping[str, object]:
        return {name: getattr(self, name) for name in ("in_favour", "against", "abstained", "not_voted", "device")}

    @property
    def key(self) -> str:
        return self.source if self.source == "device" else f"{self.source}-{self.entry}"


@decides(EnterDeviceCount)
def enter_device_count(session: Session, command: EnterDeviceCount, moment: Moment) -> list[Event]:
    """The forms of a vote are left to the rules of procedure (vote.methods); that two type apart is a safeguard of ours."""
    known_subject(session, command.subject, moment)
    if _of_a_vote_that_stands(session, command, moment):
        return []
    still_open(session, command.subject, moment)
    no_box_counted(session, command.subject, moment.cites("vote.options"))
    open_plenary(session, moment, "vote.majority")
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    new = DeviceCountEntered(at=moment.at, basis=moment.basis("vote.methods", "vote.options"), **fields)
    earlier = session.device_counts.get(command.subject, {}).get(new.key)
    if earlier is None or earlier.figures() == new.figures():
        return [] if earlier else [new]
    if (
        command.source == "device"
    ):  # two people who type correct themselves; a device that tells two things is looked into
        _differs(session, command.subject, difference(earlier, new), moment)
    return [new]


def _of_a_vote_that_stands(session: Session, command: EnterDeviceCount, moment: Moment) -> bool:
    """Whether a device tells, late, what it counted for a vote that is on record; it never counts for the next one.

    Raises:
        DeviceTotalsDiffer: it is not what is on record.
    """
    vote = session.votes.get(command.subject)
    if command.source != "device" or vote is None or (vote.at < moment.at and not vote.adopted):
        return False
    for name in ("in_favour", "against", "abstained"):
        recorded = None if vote.count is None else getattr(vote.count, name)
        if recorded != getattr(command, name):
            _differs(session, command.subject, f"{name} {recorded} / {getattr(command, name)}", moment)
    return True


def _differs(session: Session, subject: str, where: str, moment: Moment) -> NoReturn:
    raise DeviceTotalsDiffer(moment.cites("vote.options"), subject=subject_title(session, subject), where=where)


@evolves(DeviceCountEntered)
def device_count_entered(session: Session, event: DeviceCountEntered) -> Session:
    entries = {**session.device_counts.get(event.subject, {}), event.key: event}
    return replace(session, device_counts={**session.device_counts, event.subject: entries})


def count_of_device(entries: Mapping[str, DeviceCountEntered], moment: Moment) -> DeviceCountEntered:
    """The device's figures: its own, or those two people typed alike; where there are both, they agree.

    Raises:
        SheetMissing, SheetsDiffer, DeviceAndTypedDiffer.
    """
    cited = moment.cites("vote.options")
    typed: dict[int, DeviceCountEntered] = {entry.entry: entry for entry in entries.values() if entry.source == "typed"}
    own = entries.get("device")
    if own is None:
        return agreed(typed, cited)
    for entry in typed.values():
        if entry.figures() != own.figures():
            raise DeviceAndTypedDiffer(cited, where=difference(own, entry))
    return own


class RecordDeviceFailure(Command):
    """The voting device failed before the result on a subject stood: what it counted so far is dropped, and the vote goes on."""

    act: ClassVar[str] = "record-device-failure"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "executive_chair",
        "presidium",
        "scrutineer",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("记录表决器故障", "Record that the voting device failed")
    subject: Code
    device: Code
    what: str = Field(min_length=1, max_length=500)


class DeviceFailed(Event):
    name: ClassVar[str] = "vote.device-failed.v1"
    subject: Code
    device: Code
    what: str

    def facts(self) -> tuple[str, ...]:
        return (f"device-failed:{self.subject}",)


@decides(RecordDeviceFailure)
def record_device_failure(session: Session, command: RecordDeviceFailure, moment: Moment) -> list[Event]:
    """全国人大议事规则 (2021) art. 60: if the device fails, by show of hands. For local congresses it is local law or their own rules."""
    still_open(session, command.subject, moment)
    open_plenary(session, moment, "vote.majority")
    earlier = session.device_failures.get(command.subject)
    if earlier is not None and (earlier.device, earlier.what) == (command.device, command.what):
        return []
    basis = moment.basis("vote.device_failure", "vote.methods")
    return [DeviceFailed(at=moment.at, basis=basis, subject=command.subject, device=command.device, what=command.what)]


@evolves(DeviceFailed)
def device_failed(session: Session, event: DeviceFailed) -> Session:
    counts = {subject: entries for subject, entries in session.device_counts.items() if subject != event.subject}
    failures = {**session.device_failures, event.subject: event}
    return replace(session, device_counts=counts, device_failures=failures)


def fallback(session: Session, command: "PutToVote", moment: Moment) -> tuple[Finding, ...]:
    """What the record says of a vote whose device had failed; nothing where none had.

    Raises:
        FallbackNotAllowed: a rule names how the vote goes on, and not so.
    """
    failed: DeviceFailed | None = session.device_failures.get(command.subject)
    if failed is None:
        return ()
    rule = moment.law.ruling("vote.device_failure")
    basis = rule.basis if rule else moment.basis("vote.methods")
    findings = (warn("DeviceHadFailed", basis, device=failed.device, what=failed.what),)
    if command.method == "electronic":  # it works again, or another took its place
        return findings
    if rule is None or rule.value is None:
        silent = Text("表决器发生故障后怎样表决", "how a vote goes on when the device has failed")
        return (*findings, warn("LawSilent", (), what=silent))
    if command.method in rule.options:
        return (*findings, *inert(rule))
    if rule.may_refuse:
        raise FallbackNotAllowed(rule.basis, method=command.method, allowed="、".join(rule.options))
    what = Text(f"故障后的表决方式 {command.method}", f"the method {command.method} when the device has failed")
    return (*findings, warn("ReadingNotMet", rule.basis, what=what))
