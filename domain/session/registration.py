"""Registering a session: the body, its roll, its agenda and its timetable, as the plan intends them."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.election.parts import PersonEntry, PlannedElection
from domain.election.posts import POSTS
from domain.event import Event
from domain.law import Provision
from domain.refusals import Refused
from domain.session.cards import CardTwice
from domain.session.parts import AgendaItem, Congress, DeputyEntry, Group, PlannedSitting, ProjectList, level_named
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.subjects import RESERVED, SUBJECTS

Kind = Literal["year_start", "mid_year", "first", "extraordinary", "yearly"]


class DeputyTwice(Refused):
    says = Text("代表 {deputy} 在名册中重复", "deputy {deputy} stands twice on the roll")


class CodeTwice(Refused):
    says = Text("代号 {code} 重复", "the code {code} is used twice")


class CodeReserved(Refused):
    says = Text(
        "代号 {code} 专用于{subject},议程事项请另取代号",
        "the code {code} is kept for {subject}: give the agenda item another",
    )


class PostElsewhere(Refused):
    says = Text("{level}一级的人大不选举{post}", "a congress of the level {level} does not elect a {post}")


class PersonTwice(Refused):
    says = Text("人员 {person} 重复,或者已在代表名册中", "the person {person} stands twice, or is on the roll already")


class UnknownOnRoll(Refused):
    says = Text("{deputy} 不在代表名册中", "{deputy} is not on the roll")


class RegisterSession(Command):
    """Register a session from its plan. It fixes the roll (the denominator), the agenda and the law book's edition."""

    act: ClassVar[str] = "register-session"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "street_committee")
    title: ClassVar[Text] = Text("登记会议", "Register the session")

    congress: Congress
    procedure: str
    profile: str
    adopts: tuple[str, ...] = ()
    own_rules: tuple[Provision, ...] = ()
    term: int = Field(ge=1)
    number: int = Field(ge=1)
    kind: Kind
    opens: date  # as planned; the presidium decides it
    closes: date
    roll: Annotated[tuple[DeputyEntry, ...], Field(min_length=1, max_length=5000)]
    groups: tuple[Group, ...] = ()
    previous_presidium: tuple[str, ...] = ()
    agenda: tuple[AgendaItem, ...]
    sittings: tuple[PlannedSitting, ...]
    projects: ProjectList | None = None
    elections: tuple[PlannedElection, ...] = ()
    people: Annotated[tuple[PersonEntry, ...], Field(max_length=2000)] = ()  # who may be elected and is no deputy here
    elections_completed: date | None = None
    edition: str  # hash of the law book's edition
    rehearsal: bool = False


class SessionRegistered(Event):
    name: ClassVar[str] = "session.registered.v1"
    congress: Congress
    procedure: str
    profile: str
    adopts: tuple[str, ...]
    own_rules: tuple[Provision, ...]
    term: int
    number: int
    kind: Kind
    opens: date
    closes: date
    roll: tuple[DeputyEntry, ...]
    groups: tuple[Group, ...]
    previous_presidium: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    sittings: tuple[PlannedSitting, ...]
    projects: ProjectList | None
    elections_completed: date | None
    elections: tuple[PlannedElection, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    edition: str
    rehearsal: bool

    def facts(self) -> tuple[str, ...]:
        return ("registered",)


@decides(RegisterSession)
def register(session: Session, command: RegisterSession, moment: Moment) -> list[Event]:
    """Each deputy once, each code once and none that is another subject's, and nobody in a group or presidium who is not on the roll."""
    if session.registered:
        return []
    ids = [d.id for d in command.roll]
    if len(set(ids)) < len(ids):
        raise DeputyTwice(deputy=next(i for i in ids if ids.count(i) > 1))
    for codes in (
        [i.code for i in command.agenda],
        [s.code for s in command.sittings],
        [g.code for g in command.groups],
        [e.code for e in command.elections],
    ):
        if len(set(codes)) < len(codes):
            raise CodeTwice(code=next(c for c in codes if codes.count(c) > 1))
    for code in (i.code for i in command.agenda if i.code in RESERVED):
        raise CodeReserved(code=code, subject=SUBJECTS[code])
    named = {m for g in command.groups for m in g.members} | set(command.previous_presidium)
    if unknown := sorted(named - set(ids)):
        raise UnknownOnRoll(deputy=unknown[0])
    _elections(command, set(ids))
    cards = [d.card for d in command.roll if d.card]
    if len(set(cards)) < len(cards):
        raise CardTwice(card=next(c for c in cards if cards.count(c) > 1))
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    basis = moment.basis("session.convener", "deputy.base", "council.formed", "count.days")
    return [SessionRegistered(at=moment.at, basis=basis, **fields)]


def _elections(command: RegisterSession, deputies: set[str]) -> None:
    """Posts that a congress of this level elects, and people who are not deputies as well."""
    level = command.congress.level
    for election in command.elections:
        post = POSTS[election.post]
        if level not in post.levels:
            raise PostElsewhere(post=post.title, level=level_named(level))
    known = [p.id for p in command.people]
    for person in known:
        if person in deputies or known.count(person) > 1:
            raise PersonTwice(person=person)


@evolves(SessionRegistered)
def registered(session: Session, event: SessionRegistered) -> Session:
    return Session.opened_by(session.stream, event)
