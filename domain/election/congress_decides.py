"""What the congress itself decides in the course of an election, where law and method leave it open: its votes, and how many adopt it."""

from typing import NamedTuple, Protocol

from domain.event import Finding
from domain.findings import warn
from domain.law import Citation
from domain.refusals import Refused
from domain.session.parts import Count
from domain.session.state import Moment, Session
from domain.text import Figure, Text


class VotesMissing(Refused):
    says = Text(
        "选举办法没有规定的,由大会表决决定:须填赞成、反对、弃权票数",
        "the method does not say: the congress votes on it; give the votes in favour, against and abstained",
    )


class CountWrong(Refused):
    says = Text(
        "赞成、反对、弃权合计 {found},到会 {total} 人", "{found} votes in all, but {total} deputies are present"
    )


class Votes(Protocol):
    """A command that may carry votes."""

    @property
    def in_favour(self) -> int | None: ...
    @property
    def against(self) -> int | None: ...
    @property
    def abstained(self) -> int | None: ...


class Decided(NamedTuple):
    """What the votes came to; `needed`: votes that adopt."""

    votes: Count
    needed: int
    findings: tuple[Finding, ...]

    @property
    def adopted(self) -> bool:
        return self.votes.in_favour >= self.needed


def congress_vote(session: Session, votes: Votes, present: int, cited: tuple[Citation, ...], moment: Moment) -> Decided:
    """地方组织法 (2022) art. 25: by more than half of all deputies (全体代表的过半数).

    Raises:
        VotesMissing, CountWrong.
    """
    if votes.in_favour is None or votes.against is None or votes.abstained is None:
        raise VotesMissing(cited)
    voted = votes.in_favour + votes.against + votes.abstained
    if voted > present:
        raise CountWrong(moment.cites("vote.options"), found=voted, total=present)
    rule = moment.law.ruling(session.procedure.majority or "")
    asked = rule is not None and rule.value is not None
    needed = rule.share.needed(session.deputies_total) if rule is not None and asked else 1
    count = Count(
        in_favour=votes.in_favour, against=votes.against, abstained=votes.abstained, not_voted=present - voted
    )
    if rule is None or not asked or count.in_favour >= needed:
        return Decided(count, needed, ())
    figures: dict[str, Figure] = {"in_favour": count.in_favour, "needed": needed}
    return Decided(count, needed, (warn("NotAdopted", rule.basis, share=rule.share.missed, **figures),))
