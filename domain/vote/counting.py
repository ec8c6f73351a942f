"""The count of a vote: buckets that add up to those present, and the form in which it was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.event import Finding
from domain.findings import inert, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.parts import Count
from domain.session.state import Moment, Session
from domain.text import Text
from domain.vote.keypad import fallback
from domain.vote.named import provided_for
from domain.vote.subjects import (
    AGENDA,
    MOTIONS_COMMITTEE,
    PRESIDIUM,
    SCRUTINEERS,
    SECRETARY,
    amends_constitution,
)

if TYPE_CHECKING:
    from domain.vote.votes import PutToVote

Method = Literal["show_of_hands", "electronic", "ballot", "acclamation", "by_name"]
TYPED = ("in_favour", "against", "abstained", "not_voted", "void")
"""The figures that may be typed in with the act."""


class VotesDoNotAddUp(Refused):
    says = Text(
        "赞成 {in_favour}、反对 {against}、弃权 {abstained}、无效 {void}、未表决 {not_voted},合计 {found},应为到会 {total} 人",
        "in favour {in_favour}, against {against}, abstained {abstained}, void {void}, not voted {not_voted}: {found} in all, "
        "but {total} are present",
    )


class MethodNotAllowed(Refused):
    says = Text(
        "不能以 {method} 方式表决,可用:{allowed}", "a vote may not be taken by {method}; allowed are: {allowed}"
    )


class CountMissing(Refused):
    says = Text(
        "表决须填赞成、反对、弃权票数({method});只有议程和名单可以鼓掌通过(acclamation)或者举手而不清点(counted: false)",
        "the votes in favour, against and abstained are needed ({method}); only the agenda and lists may go by acclamation, or by "
        "hands that nobody counted (counted: false)",
    )


class OnlyABallotHasVoid(Refused):
    says = Text("只有投票表决才有无效票({method})", "only a vote by ballot has void ballots, not one by {method}")


def uncounted(command: PutToVote) -> bool:
    """Whether nobody counted those in favour: by acclamation, or by hands that were seen and not counted."""
    return command.method == "acclamation" or not command.counted


def typed(command: PutToVote, present: int) -> Count | None:
    """The figures as they were typed in; what is missing to those present did not vote, or is left out by published figures."""
    given = (command.in_favour, command.against, command.abstained)
    if uncounted(command) or any(n is None for n in given):
        return None
    yes, no, abstained = (n or 0 for n in given)
    void = command.void or 0
    left = max(present - yes - no - abstained - void, 0)
    not_voted = (0 if command.published else left) if command.not_voted is None else command.not_voted
    lost = max(left - not_voted, 0) if command.published else 0
    return Count(in_favour=yes, against=no, abstained=abstained, not_voted=not_voted, void=void, unaccounted=lost)


def adding_up(count: Count, present: int, moment: Moment) -> Count:
    """The count, if its buckets make up those present.

    Raises:
        VotesDoNotAddUp.
    """
    if count.total != present:
        figures = {name: getattr(count, name) for name in TYPED}
        raise VotesDoNotAddUp(moment.cites("vote.options"), found=count.total, total=present, **figures)
    return count


def form_of(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """The form of the vote, where a rule names the forms.

    Where nobody counts, no majority of all deputies can be shown: a practice for lists and agendas only. A recorded vote needs a rule
    of its own; when the device has failed, the vote goes on by what a rule names for that.
    """
    if uncounted(command) and not _of_a_list(session, command.subject):
        raise CountMissing(moment.cites("vote.majority", "vote.methods"), method=command.method)
    if command.void and command.method != "ballot":
        raise OnlyABallotHasVoid(moment.cites("vote.options"), method=command.method)
    if command.method == "by_name":
        provided_for(moment)
    failed = fallback(session, command, moment)
    own = amends_constitution(session, command.subject)
    rule: Ruling | None = moment.law.ruling("vote.constitution.method" if own else "vote.methods")
    if rule is None or rule.value is None or command.method in rule.options:
        return (*failed, *inert(rule))
    if command.method in ("acclamation", "by_name") or (failed and _named_for_failure(command, moment)):
        return failed
    allowed = "、".join(rule.options)
    if rule.may_refuse:
        raise MethodNotAllowed(rule.basis, method=command.method, allowed=allowed)
    what = Text(f"表决方式 {command.method}", f"the method {command.method}")
    return (*failed, warn("ReadingNotMet", rule.basis, what=what))


def _named_for_failure(command: PutToVote, moment: Moment) -> bool:
    rule = moment.law.ruling("vote.device_failure")
    return rule is not None and rule.value is not None and command.method in rule.options


def _of_a_list(session: Session, subject: str) -> bool:
    """The agenda, the presidium and other lists are what acclamation is used for."""
    item = session.agenda.get(subject)
    return subject in (AGENDA, PRESIDIUM, SECRETARY, MOTIONS_COMMITTEE, SCRUTINEERS) or (
        item is not None and item.kind == "list"
    )
