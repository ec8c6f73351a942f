"""The handling unit hears the deputy (沟通联系) before it replies, and the deputy says that it was so.

A reply is often called agreed upon that nobody spoke about; so a contact counts as confirmed only when the deputy, or a secretariat
that holds the deputy's word, says so.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.matter.matter import Matter, MatterEvent, MatterMoment, fact_of, judges, tells
from domain.matter.terms import late_for
from domain.offices import UNITS
from domain.refusals import Refused
from domain.session.parts import DeputyId
from domain.submission import Command, Office
from domain.text import Text

CONTACTS = "contacts"
"""Where `Matter.more` keeps them: number → (round, confirmed)."""


class NotOfThisSuggestion(Refused):
    says = Text("代表 {deputy} 没有提出这件建议", "deputy {deputy} did not make this suggestion")


class NoSuchContact(Refused):
    says = Text("没有第 {number} 次沟通的记录", "no contact {number} is on record")


class ContactDeputy(Command):
    """The unit was in touch with the deputies: how, with whom, and what was said."""

    act: ClassVar[str] = "contact-deputy"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = (*UNITS, "secretariat")
    title: ClassVar[Text] = Text("与代表沟通", "Contact the deputy")
    way: Literal["face", "phone", "site", "writing"]
    deputies: tuple[DeputyId, ...] = Field(min_length=1)
    text: str = Field(min_length=1, max_length=2000, pattern=r"\S")


class DeputyContacted(MatterEvent):
    name: ClassVar[str] = "matter.deputy-contacted.v1"
    of: ClassVar[str] = ContactDeputy.act
    fact: ClassVar[str] = "contacted"
    number: int
    way: str
    deputies: tuple[DeputyId, ...]
    text: str


@judges(ContactDeputy)
def contact(matter: Matter, command: ContactDeputy, moment: MatterMoment) -> list[Event]:
    """代表法 (2025) art. 51(2): while handling it the unit is in touch with the deputies and hears them."""
    _theirs(matter, command.deputies, moment)
    return [
        DeputyContacted(
            at=moment.at,
            basis=moment.basis("suggestion.contact", "suggestion.reply"),
            number=len(contacts(matter)) + 1,
            **command.model_dump(),
            findings=late_for(matter, fact_of("contacted", matter.round), moment.at),
        )
    ]


@tells(DeputyContacted)
def deputy_contacted(matter: Matter, event: DeputyContacted) -> Matter:
    held = contacts(matter) | {event.number: (event.round, False)}
    return replace(matter, more={**matter.more, CONTACTS: held})


class ConfirmContact(Command):
    """A deputy confirms that a contact took place as it was entered: `number` is the contact's."""

    act: ClassVar[str] = "confirm-contact"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "secretariat", "sc_office", "presidium", "street_committee")
    title: ClassVar[Text] = Text("代表确认沟通", "Confirm the contact")
    number: int = Field(ge=1)
    deputy: DeputyId


class ContactConfirmed(MatterEvent):
    name: ClassVar[str] = "matter.contact-confirmed.v1"
    of: ClassVar[str] = ConfirmContact.act
    fact: ClassVar[str] = "contact-confirmed"
    number: int
    deputy: DeputyId


@judges(ConfirmContact)
def confirm(matter: Matter, command: ConfirmContact, moment: MatterMoment) -> list[Event]:
    """A contact is what both sides say it was."""
    _theirs(matter, (command.deputy,), moment)
    if command.number not in contacts(matter):
        raise NoSuchContact(number=command.number)
    if contacts(matter)[command.number][1]:
        return []
    return [
        ContactConfirmed(
            at=moment.at, basis=moment.basis("suggestion.contact"), number=command.number, deputy=command.deputy
        )
    ]


@tells(ContactConfirmed)
def contact_confirmed(matter: Matter, event: ContactConfirmed) -> Matter:
    held = contacts(matter) | {event.number: (contacts(matter)[event.number][0], True)}
    return replace(matter, more={**matter.more, CONTACTS: held})


def contacts(matter: Matter) -> dict[int, tuple[int, bool]]:
    """Each contact by its number: in which round it was, and whether it is confirmed."""
    held: dict[int, tuple[int, bool]] = dict(matter.more.get(CONTACTS, {}))
    return held


def confirmed(matter: Matter) -> bool:
    """Whether a contact of this round is confirmed."""
    return any(said and number == matter.round for number, said in contacts(matter).values())


def _theirs(matter: Matter, deputies: tuple[str, ...], moment: MatterMoment) -> None:
    for deputy in deputies:
        if matter.deputies and deputy not in matter.deputies:
            raise NotOfThisSuggestion(moment.cites("suggestion.contact"), deputy=deputy)
