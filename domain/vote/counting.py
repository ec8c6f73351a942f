"""The count of a vote: four buckets that add up to those present, and the form in which it was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.event import Finding
from domain.findings import inert, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.parts import Count
from domain.session.state import Moment, Session
from domain.text import Text
from domain.vote.subjects import AGENDA, MOTIONS_COMMITTEE, PRESIDIUM, SCRUTINEERS, SECRETARY

if TYPE_CHECKING:
    from domain.vote.votes import PutToVote

Method = Literal["show_of_hands", "electronic", "ballot", "acclamation"]


class VotesDoNotAddUp(Refused):
    says = Text(
        "赞成 {in_favour}、反对 {against}、弃权 {abstained}、未表决 {not_voted},合计 {found},应为到会 {total} 人",
        "in favour {in_favour}, against {against}, abstained {abstained}, not voted {not_voted}: {found} in all, "
        "but {total} are present",
    )


class MethodNotAllowed(Refused):
    says = Text(
        "不能以 {method} 方式表决,可用:{allowed}", "a vote may not be taken by {method}; allowed are: {allowed}"
    )


class CountMissing(Refused):
    says = Text(
        "表决须填赞成、反对、弃权票数({method});只有议程和名单可以鼓掌通过(acclamation)",
        "the votes in favour, against and abstained are needed ({method}); only the agenda and lists may go by acclamation",
    )


def bare(command: PutToVote, present: int) -> Count | None:
    given = (command.in_favour, command.against, command.abstained)
    if command.method == "acclamation" or any(n is None for n in given):
        return None
    yes, no, abstained = (n or 0 for n in given)
    rest = present - yes - no - abstained if command.not_voted is None else command.not_voted
    return Count(in_favour=yes, against=no, abstained=abstained, not_voted=max(rest, 0))


def counted(command: PutToVote, present: int, moment: Moment) -> Count | None:
    """The four buckets, adding up to those present; None for acclamation."""
    if command.method == "acclamation":
        return None
    count = bare(command, present)
    if count is None:
        raise CountMissing(moment.cites("vote.options"), method=command.method)
    if count.total != present:
        figures = {"in_favour": count.in_favour, "against": count.against, "abstained": count.abstained}
        raise VotesDoNotAddUp(
            moment.cites("vote.options"), not_voted=count.not_voted, found=count.total, total=present, **figures
        )
    return count


def form_of(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """The form of the vote, where a rule names the forms.

    Acclamation takes no count, so it cannot show a majority of all deputies: a practice for lists and agendas only.
    """
    if command.method == "acclamation" and not _of_a_list(session, command.subject):
        raise CountMissing(moment.cites("vote.majority", "vote.methods"), method=command.method)
    rule: Ruling | None = moment.law.ruling("vote.methods")
    if rule is None or rule.value is None or command.method in rule.options:
        return inert(rule)
    if command.method == "acclamation":
        return ()
    allowed = "、".join(rule.options)
    if rule.may_refuse:
        raise MethodNotAllowed(rule.basis, method=command.method, allowed=allowed)
    return (warn("ReadingNotMet", rule.basis, what=Text(f"表决方式 {command.method}", f"the method {command.method}")),)


def _of_a_list(session: Session, subject: str) -> bool:
    """The agenda, the presidium and other lists are what acclamation is used for."""
    item = session.agenda.get(subject)
    return subject in (AGENDA, PRESIDIUM, SECRETARY, MOTIONS_COMMITTEE, SCRUTINEERS) or (
        item is not None and item.kind == "list"
    )
