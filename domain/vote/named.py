"""A recorded vote (记名表决): who voted how, by the deputies' ids - only where a rule of the body asks for it.

What a deputy chose is written for ever. No national text provides for it in a local congress, so without a rule it is not recorded.
"""

from pydantic import model_validator

from domain.refusals import Refused
from domain.session.hall import InTheHall
from domain.session.parts import Count, DeputyId, Part
from domain.session.roll import DutiesSuspended, NotADeputy
from domain.session.state import Moment, Session
from domain.text import Text


class NamedVoteNotProvided(Refused):
    says = Text(
        "没有规定可以记名表决:本级议事规则规定的,写入 own_rules(vote.by_name);代表怎样表决,没有依据不予记录",
        "nothing on file provides for a recorded vote: where the body's rules of procedure do, put it into own_rules (vote.by_name). "
        "How a deputy voted is not recorded without a rule",
    )


class NamesMissing(Refused):
    says = Text("记名表决须逐人列明(named)", "a recorded vote needs the names (named)")


class NotInTheHallNow(Refused):
    says = Text("代表 {deputy} 没有签到,不能表决", "deputy {deputy} is not signed in and has no vote")


class NamedVotes(Part):
    """The ids of those who voted in favour, against, and of those who abstained; whoever is not named did not vote."""

    in_favour: tuple[DeputyId, ...] = ()
    against: tuple[DeputyId, ...] = ()
    abstained: tuple[DeputyId, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.in_favour, *self.against, *self.abstained)

    @model_validator(mode="after")
    def _each_once(self) -> "NamedVotes":
        named = self.all
        if twice := sorted({deputy for deputy in named if named.count(deputy) > 1}):
            raise ValueError(f"代表 {twice[0]} 列了两次 / deputy {twice[0]} is named twice")
        return self

    def count(self, present: int) -> Count:
        return Count(
            in_favour=len(self.in_favour),
            against=len(self.against),
            abstained=len(self.abstained),
            not_voted=max(present - len(self.all), 0),
        )


def provided_for(moment: Moment) -> None:
    """Whether a recorded vote may be taken at all.

    Raises:
        NamedVoteNotProvided: no rule of the body says so.
    """
    rule = moment.law.ruling("vote.by_name")
    if rule is None or not rule.on:
        raise NamedVoteNotProvided()


def named_votes(session: Session, named: NamedVotes | None, sitting: str, moment: Moment) -> NamedVotes:
    """The names, each of a deputy who may vote here and now.

    Raises:
        NamesMissing, NotADeputy, DutiesSuspended, NotInTheHallNow.
    """
    if named is None:
        raise NamesMissing(moment.cites("vote.by_name"))
    here = moment.hall.signed_in(sitting, named.all)
    all_by_name = InTheHall(session, moment.hall, sitting).heads <= 0
    for deputy in sorted(named.all):
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("vote.majority"), deputy=deputy)
        if deputy in session.suspended:
            raise DutiesSuspended(moment.cites("deputy.suspension"), deputy=deputy)
        if all_by_name and deputy not in here:
            raise NotInTheHallNow(moment.cites("vote.majority"), deputy=deputy)
    return named
