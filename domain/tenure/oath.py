"""The oath to the constitution (宪法宣誓): taken in public by everyone elected, in the words of the day's text, after any approval."""

from typing import ClassVar, Literal

from pydantic import Field

from domain.election.election import known_persons
from domain.event import Event, Finding
from domain.findings import alert, info, warn
from domain.session.parts import DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.held import HIGHER_DEPUTY, elected_here
from domain.tenure.tenure import with_tenure
from domain.text import Text, joined
from domain.vote.subjects import CREDENTIALS

OathText = Literal["oath_2015", "oath_2018"]
TEXTS: dict[str, Text] = {
    "oath_2015": Text("2015年的誓词(七十字)", "the oath of 2015 (seventy characters)"),
    "oath_2018": Text("2018年的誓词(七十五字)", "the oath of 2018 (seventy-five characters)"),
}
"""The two texts that have been in force, as people call them; which one it is on a day, the law says."""


class TakeOath(Command):
    """Those who take the oath together, or one alone.

    Attributes:
        text: which of the two. led_by: who leads, when several take it together.
        place: flag (国旗) or emblem (国徽); anthem: played and sung. None: not stated.
    """

    act: ClassVar[str] = "take-oath"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee")
    title: ClassVar[Text] = Text("宪法宣誓", "Take the oath")
    persons: tuple[DeputyId, ...] = Field(min_length=1)
    text: OathText
    led_by: DeputyId | None = None
    place: Literal["flag", "emblem"] | None = None
    anthem: bool | None = None


class OathTaken(Event):
    name: ClassVar[str] = "tenure.oath-taken.v1"
    persons: tuple[DeputyId, ...]
    text: OathText
    led_by: DeputyId | None
    place: str | None
    anthem: bool | None
    organised_by: str

    def facts(self) -> tuple[str, ...]:
        return ("oath-taken", *(f"oath-taken:{person}" for person in self.persons))


@decides(TakeOath)
def take_oath(session: Session, command: TakeOath, moment: Moment) -> list[Event]:
    """宪法 (2018) art. 27(3) and the decision on the oath: by all whom the congress elects; its form is remarked on, never refused."""
    known_persons(session, tuple(p for p in (*command.persons, command.led_by) if p))
    fresh = tuple(p for p in dict.fromkeys(command.persons) if p not in session.tenure.sworn)
    if not fresh:
        return []
    findings = (*_words(command, moment), *_form(command, fresh, moment), *_organiser(moment))
    return [
        OathTaken(
            at=moment.at,
            basis=moment.basis("oath.taken", "oath.text", "oath.organised_by", "oath.local_method"),
            persons=fresh,
            text=command.text,
            led_by=command.led_by,
            place=command.place,
            anthem=command.anthem,
            organised_by=moment.actor.office,
            findings=(*findings, *_whose(session, fresh, moment)),
        )
    ]


def _words(command: TakeOath, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("oath.text")
    if rule is None or rule.value is None or command.text in rule.options:
        return ()
    right = joined(TEXTS.get(option, Text(option, option)) for option in rule.options)
    return (warn("OathTextOfAnotherDay", rule.basis, found=TEXTS[command.text], needed=right),)


def _form(command: TakeOath, persons: tuple[str, ...], moment: Moment) -> tuple[Finding, ...]:
    """Alone or led by one; before flag or emblem; with the anthem."""
    said = (
        ("oath.form", len(persons) > 1 and command.led_by is None, Text("领誓人", "who leads")),
        ("oath.place", command.place is None, Text("国旗或者国徽", "flag or emblem")),
        ("oath.anthem", not command.anthem, Text("奏唱国歌", "the anthem")),
    )
    lacking = [(topic, what) for topic, lacks, what in said if lacks and moment.law.ruling(topic) is not None]
    basis = moment.basis(*(topic for topic, _ in lacking))
    return (warn("OathFormNotStated", basis, what=joined(what for _, what in lacking)),) if lacking else ()


def _organiser(moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("oath.organised_by")
    if rule is None or rule.value is None or moment.actor.office in rule.options:
        return ()
    return (warn("OathOrganisedByOther", rule.basis),)


def _whose(session: Session, persons: tuple[str, ...], moment: Moment) -> tuple[Finding, ...]:
    """Whether each was elected here, and whether a chief procurator was approved before the oath (a reading)."""
    elected = (*elected_here(session), *_committee(session, moment))
    waiting = {person for _, person in session.tenure.pending | session.tenure.refused}
    early = tuple(
        warn("OathBeforeApproval", moment.basis("oath.after_approval", "approval.procurator"), person=person)
        for person in persons
        if person in waiting
    )
    return (*early, *(info("NotElectedHere", (), person=person) for person in persons if person not in elected))


@evolves(OathTaken)
def oath_taken(session: Session, event: OathTaken) -> Session:
    return with_tenure(session, sworn=session.tenure.sworn | frozenset(event.persons))


def _committee(session: Session, moment: Moment) -> tuple[str, ...]:
    """Members of a credentials committee adopted here, where the law has them take the oath: 浙江省宪法宣誓办法 (2015) art. 4(3)."""
    rule = moment.law.ruling("oath.credentials_committee")
    adopted = session.votes.get(CREDENTIALS) if session.has(f"adopted:{CREDENTIALS}") else None
    return tuple(adopted.persons) if rule is not None and rule.on and adopted is not None else ()


def unsworn(session: Session) -> dict[str, str]:
    """Those elected here who took no oath yet, each with the post's name; deputies of the congress above hold no office by it.

    A chief procurator who awaits approval is not among them: nobody takes office before.
    """
    waiting = {person for _, person in session.tenure.pending | session.tenure.refused}
    return {
        person: post.title.zh
        for person, post in elected_here(session).items()
        if post.code != HIGHER_DEPUTY and person not in session.tenure.sworn and person not in waiting
    }


def unsworn_at_closing(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """An alert for them at the end of the session, each kind by its own law; no law names a number of days."""
    members = [person for person in _committee(session, moment) if person not in session.tenure.sworn]
    told = (("oath.taken", list(unsworn(session))), ("oath.credentials_committee", members))
    return tuple(alert("OathNotTaken", moment.basis(topic), what="、".join(who)) for topic, who in told if who)
