"""What is done in a delegation's name (以代表团名义): it needs more than half of all the delegation's deputies."""

from pydantic import Field

from domain.law import Citation
from domain.refusals import Refused
from domain.session.business import UnknownGroup
from domain.session.parts import Code, Part
from domain.session.state import Moment, Session
from domain.text import Text


class DelegationTwice(Refused):
    says = Text("代表团 {group} 重复", "the delegation {group} is named twice")


class DelegationSizeUnknown(Refused):
    says = Text(
        "名册没有写明代表团 {group} 的成员,请填写其全体代表人数(members_total)",
        "the roll does not say who belongs to the delegation {group}: say how many deputies it has (members_total)",
    )


class MoreThanTheDelegation(Refused):
    says = Text(
        "代表团 {group} 有代表 {total} 人,赞成的不能是 {found} 人",
        "the delegation {group} has {total} deputies; {found} cannot be in favour",
    )


class NotTheDelegations(Refused):
    says = Text(
        "代表团 {group} 有代表 {total} 人,赞成 {found} 人,{share}({needed} 人),不能以代表团名义提出",
        "{found} of the {total} deputies of the delegation {group} are in favour, {needed} are needed ({share}): it is not the delegation's",
    )


class DelegationVote(Part):
    """A delegation's own decision to bring something. Units: deputies. `members_total`: all of it, where the roll does not say."""

    group: Code
    in_favour: int = Field(ge=0)
    members_total: int | None = Field(default=None, ge=1)


def in_their_name(session: Session, votes: tuple[DelegationVote, ...], moment: Moment) -> tuple[Citation, ...]:
    """全国人大议事规则 (2021) art. 12(2): by more than half of all the delegation's deputies (代表团全体代表的过半数).

    Raises:
        UnknownGroup, DelegationTwice, DelegationSizeUnknown, MoreThanTheDelegation, NotTheDelegations.
    """
    rule = moment.law.ruling("delegation.majority")
    cited = rule.basis if rule is not None else ()
    members = {group.code: set(group.members) & session.in_office for group in session.plan.groups}
    named = [vote.group for vote in votes]
    for vote in votes:
        if vote.group not in members:
            raise UnknownGroup(group=vote.group)
        if named.count(vote.group) > 1:
            raise DelegationTwice(cited, group=vote.group)
        total = len(members[vote.group]) or vote.members_total
        if total is None:
            raise DelegationSizeUnknown(cited, group=vote.group)
        if vote.in_favour > total:
            raise MoreThanTheDelegation(cited, group=vote.group, total=total, found=vote.in_favour)
        if rule is not None and rule.value is not None and vote.in_favour < rule.share.needed(total):
            figures = {"total": total, "found": vote.in_favour, "needed": rule.share.needed(total)}
            raise NotTheDelegations(cited, group=vote.group, share=rule.share.missed, **figures)
    return cited
