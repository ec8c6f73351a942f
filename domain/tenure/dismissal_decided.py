"""Deciding on a dismissal (表决撤职案): the chairpersons put members' own motion before the committee, the person answers, and it votes."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import Number
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.before_committee import DecidedInCommittee, DecideInCommittee, answered_and_secret
from domain.tenure.committee_vote import committee_vote
from domain.tenure.dismissal import dismissal_of, in_recess, with_dismissal
from domain.tenure.held import HeldPost
from domain.tenure.tenure import Dismissal
from domain.text import Text

Way = Literal["sc_meeting", "written"]


class DismissalNotListed(Refused):
    says = Text(
        "第 {number} 号撤职案由组成人员联名提出,须先由主任会议决定是否提请审议(list-dismissal)",
        "dismissal {number} was moved by members jointly: the council of chairpersons decides first (list-dismissal)",
    )


class ListDismissal(Command):
    """The council of chairpersons decides on members' joint motion: before the committee, not, or an investigation committee first."""

    act: ClassVar[str] = "list-dismissal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("council_of_chairpersons",)
    title: ClassVar[Text] = Text("决定撤职案是否提请审议", "Decide whether a dismissal is taken up")
    number: Number
    outcome: Literal["listed", "not_listed", "investigation"]


class DismissalListed(Event):
    name: ClassVar[str] = "tenure.dismissal-listed.v1"
    number: Number
    outcome: Literal["listed", "not_listed", "investigation"]

    def facts(self) -> tuple[str, ...]:
        return (f"dismissal-listed:{self.number}",)


@decides(ListDismissal)
def list_dismissal(session: Session, command: ListDismissal, moment: Moment) -> list[Event]:
    """监督法 (2024) art. 61(3): 由主任会议决定是否提请常务委员会会议审议; or it proposes an investigation committee."""
    found: Dismissal | None = session.tenure.dismissals.get(command.number)
    if found is not None and found.listed == command.outcome:
        return []
    dismissal_of(session, command.number)
    basis = moment.basis("dismissal.listed")
    return [DismissalListed(at=moment.at, basis=basis, number=command.number, outcome=command.outcome)]


@evolves(DismissalListed)
def dismissal_listed(session: Session, event: DismissalListed) -> Session:
    found = session.tenure.dismissals.get(event.number)
    return with_dismissal(session, replace(found, listed=event.outcome)) if found else session


class DecideDismissal(DecideInCommittee):
    """The standing committee votes on a dismissal. `ways`: how the person answered, none if he or she did not.

    `report`: the investigation committee's, where one was set up.
    """

    act: ClassVar[str] = "decide-dismissal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee",)
    title: ClassVar[Text] = Text("表决撤职案", "Decide on a dismissal")
    ways: tuple[Way, ...] = ()
    report: str = Field(default="", max_length=200)


class DismissalDecided(DecidedInCommittee):
    name: ClassVar[str] = "tenure.dismissal-decided.v1"
    post: HeldPost
    ways: tuple[Way, ...]
    report: str

    def facts(self) -> tuple[str, ...]:
        told = ("dismissal-decided", f"dismissal-decided:{self.number}")
        return (*told, f"dismissed:{self.number}") if self.adopted else told


@decides(DecideDismissal)
def decide_dismissal(session: Session, command: DecideDismissal, moment: Moment) -> list[Event]:
    """监督法 (2024) art. 62(2)(3): the person answers first; secret ballot (无记名投票), more than half of all members."""
    if any(isinstance(e, DismissalDecided) and e.is_of(command) for e in session.history):
        return []
    dismissal = dismissal_of(session, command.number)
    in_recess(session, moment)
    _taken_up(dismissal, command, moment)
    matter = Text(f"第{command.number}号撤职案", f"dismissal {command.number}")
    answered_and_secret(command, command.ways, ("dismissal.defence", "dismissal.secret"), matter, moment)
    vote = committee_vote(command.in_favour, command.members_total, "dismissal.majority", moment)
    return [
        DismissalDecided(
            at=moment.at,
            basis=moment.basis("dismissal.majority", "dismissal.secret", "dismissal.defence", "dismissal.in_recess"),
            number=command.number,
            holder=dismissal.person,
            post=dismissal.post.code,
            in_favour=vote.in_favour,
            members_total=vote.members_total,
            needed=vote.needed,
            method=command.method,
            ways=command.ways,
            report=command.report,
            adopted=vote.adopted,
            findings=vote.findings,
        )
    ]


def _taken_up(dismissal: Dismissal, command: DecideDismissal, moment: Moment) -> None:
    """监督法 (2024) art. 61(3): what members move jointly is before the committee once the chairpersons put it there.

    Raises:
        DismissalNotListed.
    """
    rule = moment.law.ruling("dismissal.listed")
    listed = dismissal.listed == "listed" or (dismissal.listed == "investigation" and command.report)
    if dismissal.joint and not listed and rule is not None and rule.may_refuse:
        raise DismissalNotListed(rule.basis, number=command.number)


@evolves(DismissalDecided)
def dismissal_decided(session: Session, event: DismissalDecided) -> Session:
    found = session.tenure.dismissals.get(event.number)
    return with_dismissal(session, replace(found, voted=event.adopted)) if found else session
