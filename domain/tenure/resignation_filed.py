"""Filing with the congress a resignation accepted in recess (报大会备案), and what of resignations is left undone at the closing."""

from typing import ClassVar

from domain.event import Event, Finding
from domain.findings import alert
from domain.refusals import Refused
from domain.session.parts import Number
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.tenure.resignation import resignation_of, to_be_filed
from domain.tenure.resignation_decided import topics_of
from domain.text import Text


class NotAcceptedYet(Refused):
    says = Text("第 {number} 号辞职没有在闭会期间被接受", "resignation {number} was not accepted in recess")


class FileResignation(Command):
    """The standing committee files with the congress a resignation that it accepted in recess (报本级人民代表大会备案)."""

    act: ClassVar[str] = "file-resignation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "sc_office")
    title: ClassVar[Text] = Text("接受辞职报大会备案", "File an accepted resignation")
    number: Number


class ResignationFiled(Event):
    name: ClassVar[str] = "tenure.resignation-filed.v1"
    number: Number

    def facts(self) -> tuple[str, ...]:
        return ("resignation-filed", f"resignation-filed:{self.number}")


@decides(FileResignation)
def file_resignation(session: Session, command: FileResignation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 32(1): 报本级人民代表大会备案; the congress takes note and does not decide again."""
    if session.has(f"resignation-filed:{command.number}"):
        return []
    resignation = resignation_of(session, command.number)
    if not (resignation.accepted and resignation.in_recess):
        raise NotAcceptedYet(moment.cites("resignation.filed"), number=command.number)
    return [ResignationFiled(at=moment.at, basis=moment.basis("resignation.filed"), number=command.number)]


def resignations_left(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """Resignations before the congress, or to be confirmed or filed, when the session closes without a word on them."""
    found: tuple[Finding, ...] = ()
    for each in session.tenure.resignations.values():
        undecided = each.accepted is None and each.to == "congress"
        filing = to_be_filed(each.post, moment)
        unfiled = each.accepted and each.in_recess and not each.unconfirmed and filing
        if undecided or each.unconfirmed:
            basis = moment.basis(*topics_of(each))
            found += (alert("ResignationUndecided", basis, number=each.number),)
        elif unfiled and not session.has(f"resignation-filed:{each.number}"):
            found += (alert("FileResignation", filing, person=each.person),)
    return found
