"""The box is closed: how many ballots were issued, how many lie in it, and the one hash that holds them all."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.ballot.box import Box, Hex, box_of, with_box
from domain.ballot.issue import issued_list
from domain.event import Event
from domain.findings import alert
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class ClosedOtherwise(Refused):
    says = Text("票箱 {box} 已经关闭,内有 {found} 张票", "the box {box} is closed already, with {found} ballots in it")


class BoxNotClosed(Refused):
    says = Text("票箱 {box} 尚未关闭,不能开箱", "the box {box} is not closed: it cannot be opened")


class EnoughHolders(Refused):
    says = Text(
        "到场的密钥持有人 {found} 人,已够 {needed} 人:应当开箱",
        "{found} key holders are here and {needed} are enough: open it",
    )


class BoxSettled(Refused):
    says = Text("票箱 {box} 已经开箱或者作罢", "the box {box} was opened, or given up, already")


class StrangerToTheKey(Refused):
    says = Text("{person} 不是票箱 {box} 的密钥持有人", "{person} holds no share of the key of the box {box}")


class CloseBox(Command):
    """Close a box: no ballot is issued or cast any more. The service that keeps the box fills in what lies in it.

    Units: ballots. `root` is the RFC 6962 root over the sealed ballots in the order of their bytes, in hex.
    """

    act: ClassVar[str] = "close-box"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "presidium", "street_committee")
    title: ClassVar[Text] = Text("关闭票箱", "Close a ballot box")
    box: Code
    returned: int = Field(ge=0)
    root: str = Hex


class BoxClosed(Event):
    """`issued` is counted in the transaction that records it, `returned` in the box."""

    name: ClassVar[str] = "ballot.box-closed.v1"
    box: Code
    issued: int
    returned: int
    root: str

    def facts(self) -> tuple[str, ...]:
        return ("box-closed", f"box-closed:{self.box}")


class GiveUpBox(Command):
    """Give a closed box up, because fewer key holders appear than it needs. It stays shut; what follows was decided when it was sealed.

    `holders`: those who did appear.
    """

    act: ClassVar[str] = "give-up-box"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "executive_chair", "street_committee")
    title: ClassVar[Text] = Text("持钥人不足,不开箱", "Leave a box unopened for want of key holders")
    box: Code
    holders: tuple[DeputyId, ...] = ()


class BoxGivenUp(Event):
    name: ClassVar[str] = "ballot.box-given-up.v1"
    box: Code
    holders: tuple[DeputyId, ...]
    needed: int
    follows: str  # paper_ballot · vote_again, as the sealing act said

    def facts(self) -> tuple[str, ...]:
        return (f"box-given-up:{self.box}",)


@decides(CloseBox)
def close_box(session: Session, command: CloseBox, moment: Moment) -> list[Event]:
    """选举法 (2020) arts 43-44: voters and ballots are held against each other (核对), and that decides whether the poll counts.

    More returned than issued cannot be by the box's own making; if it is said all the same it is recorded as it was, and the election
    method says what follows.
    """
    box = box_of(session, command.box)
    if box.closed is not None:
        if (box.closed.returned, box.closed.root) == (command.returned, command.root):
            return []
        raise ClosedOtherwise(box=command.box, found=box.closed.returned)
    if box.given_up:
        raise BoxSettled(box=command.box)
    issued = moment.hall.present(issued_list(command.box))
    basis = moment.basis("ballot.count", "ballot.secret")
    more = command.returned > issued
    return [
        BoxClosed(
            at=moment.at, basis=basis, box=command.box, issued=issued, returned=command.returned, root=command.root,
            findings=(alert("MoreReturned", basis, issued=issued, found=command.returned),) if more else (),
        )
    ]  # fmt: skip


@decides(GiveUpBox)
def give_up_box(session: Session, command: GiveUpBox, moment: Moment) -> list[Event]:
    """No law speaks of it: what follows was settled before anybody voted, so that nobody chooses it knowing how the vote may have gone."""
    box = box_of(session, command.box)
    if box.given_up:
        return []
    if box.opened is not None:
        raise BoxSettled(box=command.box)
    if box.closed is None:
        raise BoxNotClosed(box=command.box)
    here = holders_of(box, command.holders)
    needed = box.sealed.keys.needed
    if len(here) >= needed:
        raise EnoughHolders(found=len(here), needed=needed)
    return [
        BoxGivenUp(
            at=moment.at, basis=moment.basis("ballot.secret"), box=command.box, holders=here, needed=needed,
            follows=box.sealed.if_fewer,
        )
    ]  # fmt: skip


def holders_of(box: Box, persons: tuple[str, ...]) -> tuple[str, ...]:
    """These persons, each once, in the order in which they hold shares.

    Raises:
        StrangerToTheKey: one of them holds none.
    """
    for person in persons:
        if person not in box.sealed.holders:
            raise StrangerToTheKey(person=person, box=box.form.box)
    return tuple(h for h in box.sealed.holders if h in persons)


@evolves(BoxClosed)
def box_closed(session: Session, event: BoxClosed) -> Session:
    return with_box(session, replace(box_of(session, event.box), closed=event))


@evolves(BoxGivenUp)
def box_given_up(session: Session, event: BoxGivenUp) -> Session:
    return with_box(session, replace(box_of(session, event.box), given_up=True))
