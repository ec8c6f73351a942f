"""A vote of the congress on a person: counted, in plenary, by a majority of all deputies, with a second teller's count where there is one."""

from typing import Any, Literal, NamedTuple

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import inert, warn
from domain.law import Citation
from domain.refusals import Refused
from domain.session.parts import Count, Number, Part
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import of_a_plenary, open_plenary
from domain.session.state import Moment, Session
from domain.submission import Command
from domain.text import Text

How = Literal["ballot", "electronic", "show_of_hands"]
SECRET = ("ballot", "electronic")
"""Ways of voting in which nobody sees how another votes (无记名)."""


class SecretBallotNeeded(Refused):
    says = Text("{matter}须以无记名投票方式表决", "{matter} is voted on by secret ballot")


class VotesNotPresent(Refused):
    says = Text(
        "赞成 {in_favour}、反对 {against}、弃权 {abstained}、无效 {void}、未投 {not_voted},合计 {found},应为到会 {total} 人",
        "{in_favour} in favour, {against} against, {abstained} abstained, {void} void, {not_voted} not cast: {found} in all, "
        "but {total} are present",
    )


class SecondCountDiffers(Refused):
    says = Text(
        "两名计票人的结果不一致({where}):{found} / {second};请重新清点",
        "the two tellers' counts differ ({where}): {found} / {second}; count again",
    )


class SecondCount(Part):
    """What the second teller counted, apart from the first. Units: votes."""

    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)
    void: int = Field(default=0, ge=0)


class VoteGiven(Command):
    """The figures of a vote. `void` are ballots returned that do not count; `not_voted` may be left out: who is missing to those present."""

    number: Number
    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    not_voted: int | None = Field(default=None, ge=0)
    second: SecondCount | None = None


class VoteOnPerson(Event):
    """A vote of the congress on a person, as it was counted. `needed` is the smallest number of votes in favour that carries it."""

    number: Number
    deputies_present: int
    count: Count
    void: int
    needed: int

    @property
    def carried(self) -> bool:
        return self.count.in_favour >= self.needed

    def is_of(self, given: VoteGiven) -> bool:
        """Whether it is the vote that a command tells, sent again."""
        counted = (self.count.in_favour, self.count.against, self.count.abstained, self.void)
        if counted != (given.in_favour, given.against, given.abstained, given.void) or self.number != given.number:
            return False
        return bool(getattr(self, "method", None) == getattr(given, "method", None))


class CongressVote(NamedTuple):
    sitting: str
    present: int
    votes: Count
    needed: int
    adopted: bool
    findings: tuple[Finding, ...]
    basis: tuple[Citation, ...]

    def told(self, given: VoteGiven) -> dict[str, Any]:
        """Its figures as `VoteOnPerson` holds them."""
        return {
            "number": given.number, "deputies_present": self.present, "count": self.votes, "void": given.void,
            "needed": self.needed,
        }  # fmt: skip


def congress_vote(session: Session, given: VoteGiven, topics: tuple[str, ...], moment: Moment) -> CongressVote:
    """地方组织法 (2022) art. 25: more than half of all deputies; by the first of these topics on which the law says it.

    Raises:
        NoPlenary and the like, QuorumNotMet, VotesNotPresent, SecondCountDiffers.
    """
    sitting = open_plenary(session, moment, topics[0])
    findings = of_a_plenary(session, sitting, moment, given.title)
    present = deputies_present(session, moment, sitting.code)
    findings += quorum(session, moment, present, own_text=False, reading="quorum.at_vote")
    count = _counted(given, present, moment)
    rules = [rule for topic in topics if (rule := moment.law.ruling(topic)) is not None and rule.value is not None]
    needed = rules[0].share.needed(session.deputies_total) if rules else 1
    adopted = count.in_favour >= needed
    if rules and not adopted:
        share = rules[0].share.missed
        findings += (warn("NotAdopted", rules[0].basis, in_favour=count.in_favour, needed=needed, share=share),)
    findings += inert(rules[0] if rules else None)
    return CongressVote(sitting.code, present, count, needed, adopted, findings, rules[0].basis if rules else ())


def _counted(given: VoteGiven, present: int, moment: Moment) -> Count:
    cast = given.in_favour + given.against + given.abstained + given.void
    rest = max(present - cast, 0) if given.not_voted is None else given.not_voted
    figures = {name: getattr(given, name) for name in SecondCount.model_fields}
    if cast + rest != present:
        raise VotesNotPresent(moment.cites("vote.options"), not_voted=rest, found=cast + rest, total=present, **figures)
    for where, found in figures.items() if given.second is not None else ():
        if getattr(given.second, where) != found:
            raise SecondCountDiffers(where=where, found=found, second=getattr(given.second, where))
    return Count(not_voted=rest, **figures)
