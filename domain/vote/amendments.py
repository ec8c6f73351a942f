"""Amendments (修正案): filed in writing before the vote on a draft, and put to the vote before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import info, warn
from domain.refusals import Refused
from domain.session.business import item_of
from domain.session.parts import Code, DeputyId, Number
from domain.session.signatures import Signatures, each_once, signatures
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.text import Text

AMENDMENT_VOTED = "amendment-voted"


@dataclass(frozen=True)
class Amendment:
    number: str
    item: str
    deputies: tuple[str, ...]
    text: str
    withdrawn: bool = False

    @property
    def subject(self) -> str:
        """What it is called when it is put to the vote."""
        return f"amendment-{self.number}"

    @property
    def title(self) -> Text:
        return Text(f"第 {self.number} 号修正案", f"amendment {self.number}")


class AmendmentExists(Refused):
    says = Text("第 {number} 号修正案已经登记且内容不同", "amendment {number} is on file already, with other content")


class NumberTaken(Refused):
    says = Text(
        "议程中已有代号 {item},请给修正案另编号", "the agenda has an item {item}: give the amendment another number"
    )


class DraftVotedOn(Refused):
    says = Text("{item} 已经表决通过,不能再修正", "{item} was adopted: it cannot be amended any more")


class NoSuchAmendment(Refused):
    says = Text("没有第 {number} 号修正案", "there is no amendment {number}")


class AmendmentVotedOn(Refused):
    says = Text(
        "第 {number} 号修正案已经表决,不能撤回", "amendment {number} was put to the vote: it cannot be withdrawn"
    )


class AmendmentPending(Refused):
    says = Text(
        "{item} 的修正案尚未表决:{found};修正案先于草案表决",
        "amendments to {item} were not voted on yet: {found}; they come before the draft",
    )


class FileAmendment(Command):
    """File an amendment to the draft of an agenda item, in writing. It is voted on as `amendment-NUMBER`, before the draft."""

    act: ClassVar[str] = "file-amendment"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy")
    title: ClassVar[Text] = Text("提出修正案", "File an amendment")
    number: Number
    item: Code
    deputies: tuple[DeputyId, ...] = Field(min_length=1)
    text: str = Field(min_length=1, max_length=4000)


class AmendmentFiled(Event):
    name: ClassVar[str] = "amendment.filed.v1"
    number: Number
    item: Code
    deputies: tuple[DeputyId, ...]
    not_counted: tuple[DeputyId, ...]
    text: str

    def facts(self) -> tuple[str, ...]:
        return ("amendment-filed", f"amendment-filed:{self.number}")


@decides(FileAmendment)
def file_amendment(session: Session, command: FileAmendment, moment: Moment) -> list[Event]:
    """No national text for local congresses: who may amend, and how many sign, is local law or the body's own rules."""
    asked = Amendment(command.number, command.item, each_once(command.deputies), command.text)
    earlier: Amendment | None = session.amendments.get(command.number)
    if earlier is not None and replace(earlier, withdrawn=False) == asked:
        return []
    if earlier is not None:
        raise AmendmentExists(number=command.number)
    not_spent(session, AmendmentFiled, command.number)
    item = item_of(session, command.item)
    signed = signatures(session, command.deputies, moment, "amendment.joint")
    if asked.subject in session.agenda:
        raise NumberTaken(item=asked.subject)
    _still_open(session, item.code, moment)
    return [
        AmendmentFiled(
            at=moment.at,
            basis=(*moment.basis("amendment.joint", "amendment.first"), *signed.basis),
            number=command.number,
            item=item.code,
            deputies=signed.deputies,
            not_counted=signed.not_counted,
            text=command.text,
            findings=(*signed.findings, *_enough(signed, moment)),
        )
    ]


def _still_open(session: Session, item: str, moment: Moment) -> None:
    """A draft that was adopted is not amended any more; one that was voted down may come back, and then as amended.

    Raises:
        DraftVotedOn: it was adopted; with an article only where one may refuse.
    """
    if session.has(f"adopted:{item}"):
        rule = moment.law.ruling("amendment.first")
        basis = rule.basis if rule and rule.may_refuse else ()
        raise DraftVotedOn(basis, item=item_of(session, item).title)


class TooFewForAmendment(Refused):
    says = Text(
        "联名代表 {signed} 人,其中可计 {found} 人,应有 {needed} 人以上",
        "{signed} deputies signed, {found} of them count, {needed} are needed",
    )


def _enough(signed: Signatures, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("amendment.joint")
    if rule is None or rule.value is None:
        return (info("LawSilent", (), what=Text("修正案的联名人数", "how many sign an amendment")),)
    if signed.counted >= rule.number:
        return ()
    if rule.may_refuse:
        raise TooFewForAmendment(rule.basis, signed=len(signed.deputies), found=signed.counted, needed=rule.number)
    what = Text("修正案联名人数", "signatures under the amendment")
    return (warn("FewerThanUsual", rule.basis, what=what, found=signed.counted, needed=rule.number),)


@evolves(AmendmentFiled)
def amendment_filed(session: Session, event: AmendmentFiled) -> Session:
    filed = Amendment(event.number, event.item, event.deputies, event.text)
    return replace(session, amendments={**session.amendments, event.number: filed})


class WithdrawAmendment(Command):
    """Those who filed an amendment take it back before it is put to the vote."""

    act: ClassVar[str] = "withdraw-amendment"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy")
    title: ClassVar[Text] = Text("撤回修正案", "Withdraw an amendment")
    number: Number


class AmendmentWithdrawn(Event):
    name: ClassVar[str] = "amendment.withdrawn.v1"
    number: Number

    def facts(self) -> tuple[str, ...]:
        return ("amendment-withdrawn", f"amendment-withdrawn:{self.number}")


@decides(WithdrawAmendment)
def withdraw_amendment(session: Session, command: WithdrawAmendment, moment: Moment) -> list[Event]:
    """No national text; what was not put to the vote holds nothing up any longer."""
    filed: Amendment | None = session.amendments.get(command.number)
    if filed is None:
        raise NoSuchAmendment(number=command.number)
    if filed.withdrawn:
        return []
    if session.has(f"voted:{filed.subject}"):
        raise AmendmentVotedOn(number=command.number)
    return [AmendmentWithdrawn(at=moment.at, basis=moment.basis("amendment.first"), number=command.number)]


@evolves(AmendmentWithdrawn)
def amendment_withdrawn(session: Session, event: AmendmentWithdrawn) -> Session:
    filed: Amendment | None = session.amendments.get(event.number)
    if filed is None:
        return session
    return replace(session, amendments={**session.amendments, event.number: replace(filed, withdrawn=True)})


def amendment_of(session: Session, subject: str) -> Amendment | None:
    """The amendment that is put to the vote under this name; None when it is no amendment's, or its draft is gone."""
    for filed in session.amendments.values():
        if filed.subject == subject and not filed.withdrawn and filed.item in session.agenda:
            found: Amendment = filed
            return found
    return None


def before_the_draft(session: Session, subject: str, moment: Moment) -> tuple[Finding, ...]:
    """Amendments are voted on first (先表决修正案): a reading warns, a body's own rule refuses. Those adopted are named."""
    if (amended := amendment_of(session, subject)) is not None:
        _still_open(session, amended.item, moment)
        return ()
    pending = [a for a in _of_item(session, subject) if not session.has(f"voted:{a.subject}")]
    rule = moment.law.ruling("amendment.first")
    if not pending or rule is None:
        return ()
    figures = {"item": item_of(session, subject).title, "found": "、".join(a.number for a in pending)}
    if rule.may_refuse:
        raise AmendmentPending(rule.basis, **figures)
    return (warn("AmendmentsFirst", rule.basis, **figures),)


def adopted_amendments(session: Session, subject: str) -> tuple[str, ...]:
    """Numbers of the amendments with which a draft comes to its vote."""
    return tuple(a.number for a in _of_item(session, subject) if session.has(f"adopted:{a.subject}"))


def _of_item(session: Session, item: str) -> list[Amendment]:
    return [a for a in session.amendments.values() if a.item == item and not a.withdrawn]
