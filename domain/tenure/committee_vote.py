"""A decision of the standing committee, whose meetings are kept elsewhere: its figures as its office states them.

Where a local text has a township's presidium decide in its stead, the presidium's own vote.
"""

from typing import NamedTuple

from domain.event import Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.presidium_vote import presidium_vote
from domain.session.state import Moment, Session
from domain.text import Text


class MembersMissing(Refused):
    says = Text(
        "须填常委会组成人员总数(members_total)和赞成人数(in_favour)",
        "give the number of the standing committee's members (members_total) and of those in favour (in_favour)",
    )


class MoreInFavourThanMembers(Refused):
    says = Text(
        "常委会组成人员 {total} 人,填报赞成 {found} 人",
        "the standing committee has {total} members, {found} are said to be in favour",
    )


class CommitteeVote(NamedTuple):
    in_favour: int
    members_total: int
    needed: int
    adopted: bool
    findings: tuple[Finding, ...]


def committee_vote(in_favour: int | None, members_total: int | None, topic: str, moment: Moment) -> CommitteeVote:
    """地方组织法 (2022) art. 51(4): by more than half of all its members (以全体组成人员的过半数通过).

    Raises:
        MembersMissing, MoreInFavourThanMembers.
    """
    if in_favour is None or not members_total:
        raise MembersMissing(moment.cites(topic))
    if in_favour > members_total:
        raise MoreInFavourThanMembers(moment.cites(topic), total=members_total, found=in_favour)
    rule = moment.law.ruling(topic)
    needed = rule.share.needed(members_total) if rule and rule.value is not None else 1
    findings: tuple[Finding, ...] = ()
    if rule and in_favour < needed:
        findings = (warn("NotAdopted", rule.basis, in_favour=in_favour, needed=needed, share=rule.share.missed),)
    return CommitteeVote(in_favour, members_total, needed, in_favour >= needed, findings)


def of_presidium(session: Session, in_favour: int | None, moment: Moment) -> CommitteeVote:
    """The vote of a presidium that decides what from county level up the standing committee does."""
    vote = presidium_vote(session, in_favour, moment)
    return CommitteeVote(vote.in_favour, vote.members_total, vote.needed, vote.carried, vote.findings)
