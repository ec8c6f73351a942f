"""Who may be elected and is no deputy (其他人选): registered from the plan, or during the session when somebody is written in.

地方组织法 (2022) art. 28: who votes against a candidate may choose any deputy or voter instead. Such a person gets an id of their own, and
the name is sealed like a deputy's.
"""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.election.parts import PersonEntry, PersonId
from domain.event import Event
from domain.refusals import Refused
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class OnTheRoll(Refused):
    says = Text(
        "{person} 已在代表名册中,不需要另行登记", "{person} is on the roll of deputies: there is nothing to register"
    )


class IdTaken(Refused):
    says = Text(
        "编号 {person} 已经登记给另一个人,或者登记的内容不同;请换一个编号,或者更正(correct)",
        "the id {person} was registered for somebody else, or with other particulars: take another, or correct it",
    )


class RegisterPerson(Command):
    """Register somebody who may be elected and is no deputy, such as a voter who was written in. `voter`: whether they may vote."""

    act: ClassVar[str] = "register-person"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium")
    title: ClassVar[Text] = Text("登记代表以外的人选", "Register a person who is no deputy")
    person_id: PersonId  # an id for them, like a deputy's
    sealed_name: str = Field(default="", pattern=r"^[A-Za-z0-9+/=_-]*$", max_length=800)
    voter: bool | None = None


class PersonRegistered(Event):
    name: ClassVar[str] = "election.person-registered.v1"
    person: PersonId
    sealed_name: str = ""
    voter: bool | None = None

    def facts(self) -> tuple[str, ...]:
        return (f"person-registered:{self.person}",)

    @property
    def entry(self) -> PersonEntry:
        return PersonEntry(id=self.person, sealed_name=self.sealed_name, voter=self.voter)


@decides(RegisterPerson)
def register_person(session: Session, command: RegisterPerson, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 28: any deputy or voter may be chosen; whether this one holds the post is asked when it matters."""
    if command.person_id in session.roll:
        raise OnTheRoll(person=command.person_id)
    registered = PersonRegistered(
        at=moment.at,
        basis=moment.basis("eligibility.any_deputy_or_voter", "ballot.write_in"),
        person=command.person_id,
        sealed_name=command.sealed_name,
        voter=command.voter,
    )
    known: PersonEntry | None = session.people.get(command.person_id)
    if known is None:
        return [registered]
    if known != registered.entry:
        raise IdTaken(person=command.person_id)
    return []


@evolves(PersonRegistered)
def person_registered(session: Session, event: PersonRegistered) -> Session:
    return replace(session, people={**session.people, event.person: event.entry})
