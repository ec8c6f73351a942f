"""How a vote's figures come to be: typed in, from two tellers' sheets, from the device, from names - or that nobody counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.ballot.results import attested_box, no_box_waits, vote_of
from domain.event import Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Count
from domain.session.state import Moment, Session
from domain.text import Text
from domain.vote.counting import TYPED, CountMissing, adding_up, typed, uncounted
from domain.vote.keypad import count_of_device
from domain.vote.named import NamedVotes, named_votes
from domain.vote.paper import VOID, VoteSheetEntered, more_than_there_were, void_because
from domain.vote.two import agreed

if TYPE_CHECKING:
    from domain.ballot.box import Box
    from domain.vote.votes import PutToVote


class FiguresDiffer(Refused):
    says = Text(
        "填报的票数与计票结果不一致:{where};有计票单或者表决器结果的,票数可以不填",
        "the figures given are not those that were counted: {where}; where there are sheets or the device's figures, leave them out",
    )


class CountedOtherwise(Refused):
    says = Text(
        "这一事项已有{what},应以 method: {method} 提请表决;不用的,先更正(correct)划去",
        "there are {what} for this subject: put it to the vote with method {method}, or strike them first (correct)",
    )


SHEETS, DEVICE = Text("投票的计票单", "tellers' sheets of a ballot"), Text("表决器结果", "figures of the voting device")
BOX = Text("电子票箱的结果", "figures of an electronic ballot box")


@dataclass(frozen=True)
class Taken:
    """The figures of a vote. `count` is None where nobody counted, and where the poll is void: then `voided` says why."""

    count: Count | None
    present: int  # deputies, when the votes were cast
    issued: int | None = None
    returned: int | None = None
    voided: str = ""
    device: str = ""
    named: NamedVotes | None = None
    box: str = ""  # the electronic ballot box that it came out of
    findings: tuple[Finding, ...] = ()


def taken(session: Session, command: PutToVote, sitting: str, present: int, moment: Moment) -> Taken:
    """The figures of the vote that is put now.

    Raises:
        BoxWaits, CountMissing, VotesDoNotAddUp, FiguresDiffer, CountedOtherwise, SheetMissing, SheetsDiffer, NamesMissing and those of names.
    """
    sheets, device = session.vote_sheets.get(command.subject), session.device_counts.get(command.subject)
    no_box_waits(session, "vote", command.subject, cited=moment.cites("vote.options"))
    box = attested_box(session, "vote", command.subject)
    for there, method, what in ((sheets, "ballot", SHEETS), (box, "ballot", BOX), (device, "electronic", DEVICE)):
        if there and command.method != method:
            raise CountedOtherwise(moment.cites("vote.options"), what=what, method=method)
    if uncounted(command):
        code = "NoCountTaken" if command.method == "acclamation" else "HandsNotCounted"
        return Taken(None, present, findings=(warn(code, moment.basis("acclamation", "vote.majority")),))
    if sheets:
        return _on_paper(command, agreed(sheets, moment.cites("vote.ballots")), moment)
    if box:
        return _of_the_box(command, box, present, moment)
    if device:
        own = count_of_device(device, moment)
        votes = {"in_favour": own.in_favour, "against": own.against, "abstained": own.abstained}
        left = max(present - sum(votes.values()), 0) if own.not_voted is None else own.not_voted
        return Taken(_as_given(command, Count(not_voted=left, **votes), present, moment), present, device=own.device)
    if command.method == "by_name":
        named = named_votes(session, command.named, sitting, moment)
        return Taken(_as_given(command, named.count(present), present, moment), present, named=named)
    by_hand = typed(command, present)
    if by_hand is None:
        raise CountMissing(moment.cites("vote.options"), method=command.method)
    counted = adding_up(by_hand, present, moment)
    return Taken(counted, present, findings=_published(command, counted, moment))


def _on_paper(command: PutToVote, sheet: VoteSheetEntered, moment: Moment) -> Taken:
    """Returned more than issued, or than there are deputies: recorded as it was, and the poll is void; nobody can tell what was meant."""
    basis = moment.basis("vote.ballots")
    present = sheet.deputies_present
    remarks = more_than_there_were(sheet.issued, sheet.returned, present, basis)
    if why := void_because(sheet.issued, sheet.returned, present):
        _same(command, sheet.count, moment)
        remarks += (warn("VoteVoid", basis, why=VOID[why], issued=sheet.issued, returned=sheet.returned),)
        return Taken(None, present, sheet.issued, sheet.returned, voided=why, findings=remarks)
    return Taken(
        _as_given(command, sheet.count, present, moment), present, sheet.issued, sheet.returned, findings=remarks
    )


def _of_the_box(command: PutToVote, box: Box, present: int, moment: Moment) -> Taken:
    """What its key holders attested. Who left after casting has voted; ballots that nobody was issued void the poll as on paper."""
    assert box.opened is not None and box.opened.vote is not None
    code, found = box.form.box, box.opened.vote
    at_the_ballot = max(present, found.issued)
    count = found.count(at_the_ballot)
    if why := void_because(found.issued, found.returned, at_the_ballot):
        _same(command, count, moment)
        remark = warn(
            "VoteVoid", moment.basis("vote.ballots"), why=VOID[why], issued=found.issued, returned=found.returned
        )
        return Taken(None, at_the_ballot, found.issued, found.returned, voided=why, box=code, findings=(remark,))
    return Taken(
        _as_given(command, count, at_the_ballot, moment), at_the_ballot, found.issued, found.returned, box=code
    )


def _as_given(command: PutToVote, count: Count, present: int, moment: Moment) -> Count:
    _same(command, count, moment)
    return adding_up(count, present, moment)


def _same(command: PutToVote, count: Count, moment: Moment) -> None:
    """What was typed in as well must be what was counted.

    Raises:
        FiguresDiffer.
    """
    if differing := [name for name in TYPED if getattr(command, name) not in (None, getattr(count, name))]:
        name = differing[0]
        where = f"{name} {getattr(command, name)} / {getattr(count, name)}"
        raise FiguresDiffer(moment.cites("vote.options"), where=where)


def as_counted(session: Session, subject: str) -> dict[str, Any]:
    """How a subject is put to the vote when its figures are on file already: the form alone; nothing when they are not."""
    if session.vote_sheets.get(subject) or vote_of(session, subject) is not None:
        return {"method": "ballot"}
    return {"method": "electronic"} if session.device_counts.get(subject) else {}


def agrees(command: PutToVote, count: Count | None) -> bool:
    """Whether nothing that was typed in speaks against a count on record."""
    if count is None:
        return all(getattr(command, name) is None for name in TYPED) or not uncounted(command)
    return all(getattr(command, name) in (None, getattr(count, name)) for name in TYPED)


def _published(command: PutToVote, count: Count, moment: Moment) -> tuple[Finding, ...]:
    if not command.published:
        return ()
    return (warn("PublishedFigures", moment.basis("vote.options"), found=count.unaccounted),)
