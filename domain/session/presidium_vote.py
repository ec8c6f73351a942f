"""How a presidium votes, on whatever is before it: where too few agree, that is a decision lost, and on record as such."""

from typing import NamedTuple

from domain.event import Finding
from domain.findings import inert, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.state import Moment, Session
from domain.text import Figure, Text


class PresidiumNotMeeting(Refused):
    says = Text(
        "主席团没有在开会,请先记录主席团会议(presidium-meets)",
        "the presidium is not meeting: record presidium-meets first",
    )


class NobodyOfThePresidiumCame(Refused):
    says = Text(
        "本次主席团会议无人出席,无从表决", "nobody came to this meeting of the presidium: there is nobody to vote"
    )


class MoreAgreedThanPresent(Refused):
    says = Text(
        "主席团出席 {total} 人,填报赞成 {found} 人", "{total} of the presidium are present, {found} are said to agree"
    )


class PresidiumDidNotAgree(Refused):
    """Only where a rule of the body blocks what too few agree to."""

    says = Text(
        "主席团全体成员 {total} 人,赞成 {found} 人,{share}({needed} 人)",
        "{found} of all {total} members agreed, {needed} are needed ({share})",
    )


def carried(in_favour: int, needed: int) -> bool:
    """Whether as many as needed agreed; where no text names a majority (`needed` is 0), somebody."""
    return in_favour >= max(needed, 1)


class Agreement(NamedTuple):
    """How many of the presidium agreed, out of how many, and how many had to."""

    in_favour: int
    members_total: int
    needed: int
    findings: tuple[Finding, ...]

    @property
    def carried(self) -> bool:
        return carried(self.in_favour, self.needed)


def presidium_vote(session: Session, in_favour: int | None, moment: Moment) -> Agreement:
    """How the presidium voted on whatever is before it, in the meeting that sits now; None means all who are present agreed.

    Whether it was `carried` is for the act to record: by the texts on file too few agreeing is a decision lost (fail), no fault.

    Raises:
        PresidiumNotMeeting, NobodyOfThePresidiumCame, MoreAgreedThanPresent: there was no such vote. PresidiumDidNotAgree: too few
            agreed, and a rule of the body blocks that.
    """
    if session.presidium_meeting is None:
        raise PresidiumNotMeeting(moment.cites("presidium.presides"))
    total, present = session.presidium_meeting
    if present == 0:
        raise NobodyOfThePresidiumCame(moment.cites("presidium.majority"))
    agreed = present if in_favour is None else in_favour
    if agreed > present:
        raise MoreAgreedThanPresent(moment.cites("presidium.majority"), total=present, found=agreed)
    rule = moment.law.ruling("presidium.majority")
    if rule is None or rule.value is None:
        return Agreement(agreed, total, 0, _where_no_majority_is_asked(rule, agreed, total))
    needed = rule.share.needed(total)
    if carried(agreed, needed):
        return Agreement(agreed, total, needed, inert(rule))
    figures: dict[str, Figure] = {"total": total, "found": agreed, "needed": needed, "share": rule.share.missed}
    if rule.may_refuse:
        raise PresidiumDidNotAgree(rule.basis, **figures)
    return Agreement(agreed, total, needed, (warn("PresidiumDidNotAgree", rule.basis, **figures), *inert(rule)))


def _where_no_majority_is_asked(rule: Ruling | None, agreed: int, total: int) -> tuple[Finding, ...]:
    """The law names no majority of a presidium nationally: fewer than half of its members may decide, but not unremarked."""
    if agreed == 0:
        return (warn("NobodyAgreed", (), total=total), *inert(rule))
    if agreed * 2 <= total:
        return (warn("LawSilent", (), what=Text("主席团表决所需人数", "how many of the presidium must agree")),)
    return inert(rule)
