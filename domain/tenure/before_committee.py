"""What the standing committee decides on somebody: members who move it together, the person's answer, and the secret ballot.

The committee's meetings are kept elsewhere: the figures are as its office states them.
"""

from typing import Literal

from pydantic import Field

from domain.event import Event
from domain.law import Citation
from domain.refusals import Refused
from domain.session.parts import DeputyId, Number
from domain.session.state import Moment
from domain.submission import Command
from domain.tenure.congress_vote import SECRET, How, SecretBallotNeeded
from domain.text import Text

JOINTLY = "sc_members"
"""Members of the standing committee who move something together (组成人员联名)."""

OfCommittee = Literal["council_of_chairpersons", "sc_members"]


class TooFewMembersSigned(Refused):
    says = Text(
        "常委会组成人员 {total} 人,联名 {found} 人,{share}({needed} 人)",
        "{found} of the {total} members of the standing committee signed, {needed} are needed ({share})",
    )


class MembersTotalMissing(Refused):
    says = Text(
        "组成人员联名提出的,须填常委会组成人员总数(members_total)",
        "moved by members jointly: give the number of the standing committee's members (members_total)",
    )


class NoAnswerOffered(Refused):
    says = Text(
        "{matter}:本人尚未得到申辩的机会(defence_offered)",
        "{matter}: the person had no chance to answer yet (defence_offered)",
    )


class MoveBeforeCommittee(Command):
    """What all that is moved before the committee says. `signed` and `members_total` count its members, when some move it jointly."""

    number: Number
    holder: DeputyId
    reasons: str = Field(default="", max_length=4000)
    signed: int = Field(default=0, ge=0)
    members_total: int | None = Field(default=None, ge=1)


class MovedBeforeCommittee(Event):
    """`needed`: members who must sign; 0 when an organ moves it."""

    number: Number
    holder: DeputyId
    reasons: str
    signed: int
    members_total: int | None
    needed: int

    @property
    def stands(self) -> bool:
        """False only after a correction: too few had signed."""
        return self.signed >= self.needed


class DecideInCommittee(Command):
    """The committee votes. `defence_offered`: the person could answer."""

    number: Number
    in_favour: int = Field(ge=0)
    members_total: int = Field(ge=1)
    method: How = "ballot"
    defence_offered: bool = False


class DecidedInCommittee(Event):
    """What the committee decided on the holder of a post. Units: members of the committee."""

    number: Number
    holder: DeputyId
    in_favour: int
    members_total: int
    needed: int
    method: How
    adopted: bool

    def recomputed(self) -> Event:
        return self.model_copy(update={"adopted": self.in_favour >= self.needed})

    def is_of(self, given: DecideInCommittee) -> bool:
        """Whether it is the vote that a command tells, sent again."""
        told = ("number", "in_favour", "members_total", "method")
        return all(getattr(self, name) == getattr(given, name) for name in told)


def members_who_sign(
    moved: MoveBeforeCommittee, proposer: str, topic: str, moment: Moment
) -> tuple[int, tuple[Citation, ...]]:
    """How many members have to sign, and by which article; nobody has to where an organ moves it.

    Raises:
        MembersTotalMissing, TooFewMembersSigned.
    """
    rule = moment.law.ruling(topic)
    if proposer != JOINTLY or rule is None or rule.value is None:
        return 0, ()
    if moved.members_total is None:
        raise MembersTotalMissing(rule.basis)
    needed = rule.share.needed(moved.members_total)
    if moved.signed < needed:
        figures = {"total": moved.members_total, "found": moved.signed, "needed": needed}
        raise TooFewMembersSigned(rule.basis, share=rule.share.missed, **figures)
    return needed, rule.basis


def answered_and_secret(
    given: DecideInCommittee, ways: tuple[str, ...], topics: tuple[str, str], matter: Text, moment: Moment
) -> None:
    """The person could answer (申辩) before the vote, and the ballot is secret (无记名投票): by the first and the second of these topics.

    Raises:
        NoAnswerOffered, SecretBallotNeeded.
    """
    answer, secret = (moment.law.ruling(topic) for topic in topics)
    if answer is not None and answer.may_refuse and not (given.defence_offered or ways):
        raise NoAnswerOffered(answer.basis, matter=matter)
    if secret is not None and secret.may_refuse and given.method not in SECRET:
        raise SecretBallotNeeded(secret.basis, matter=matter)
