"""The box is opened once, after it was closed, by as many key holders as it needs; they attest what came out of it."""

from dataclasses import replace
from typing import ClassVar

from domain.ballot.box import Box, Hex, box_of, with_box
from domain.ballot.closing import BoxNotClosed, BoxSettled, holders_of
from domain.ballot.counting import VoteFigures
from domain.election.tally import Figures
from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class TooFewKeyHolders(Refused):
    says = Text(
        "到场的密钥持有人 {found} 人,须有 {needed} 人才能开箱", "{found} key holders are here; {needed} open the box"
    )


class FiguresDoNotFitTheBox(Refused):
    says = Text(
        "计票结果与票箱不符({where}):票箱应为 {needed},结果为 {found}",
        "the count does not fit the box ({where}): the box has {needed}, the count {found}",
    )


class NotOpened(Refused):
    says = Text("票箱 {box} 尚未开箱", "the box {box} was not opened")


class AttestedOtherwise(Refused):
    says = Text(
        "所确认的计票摘要与记录的不一致,不能确认;请核对后查明原因",
        "the digest attested is not that of the recorded count: find out why before anybody attests",
    )


class OpenBox(Command):
    """Record what came out of a box that key holders opened in their own program: figures, and the digest of the ballots in clear.

    `figures` for an election, `vote` for a vote. `ballots`: SHA-256, in hex, of the file of all ballots in clear, sorted, which the
    scrutineers keep under seal (封存). `void`: how many ballots were void for which reason.
    """

    act: ClassVar[str] = "open-box"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "street_committee")
    title: ClassVar[Text] = Text("开箱计票", "Open a ballot box")
    box: Code
    holders: tuple[DeputyId, ...]
    root: str = Hex
    ballots: str = Hex
    figures: Figures | None = None
    vote: VoteFigures | None = None
    void: dict[str, int] = {}


class BoxOpened(Event):
    name: ClassVar[str] = "ballot.box-opened.v1"
    box: Code
    holders: tuple[DeputyId, ...]
    ballots: str
    figures: Figures | None
    vote: VoteFigures | None
    void: dict[str, int]

    def facts(self) -> tuple[str, ...]:
        return ("box-opened", f"box-opened:{self.box}")


class AttestBox(Command):
    """A scrutineer attests, with the digest of the ballots that he saw opened, that the recorded figures are what was in the box."""

    act: ClassVar[str] = "attest-box"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "street_committee")
    title: ClassVar[Text] = Text("监票人确认计票", "Attest what was in a box")
    box: Code
    scrutineer: DeputyId
    ballots: str = Hex


class BoxAttested(Event):
    """`enough`: whether as many have attested now as the box needs key holders."""

    name: ClassVar[str] = "ballot.box-attested.v1"
    box: Code
    scrutineer: DeputyId
    ballots: str
    enough: bool

    def facts(self) -> tuple[str, ...]:
        return ("box-attested", f"box-attested:{self.box}") if self.enough else ()


@decides(OpenBox)
def open_box(session: Session, command: OpenBox, moment: Moment) -> list[Event]:
    """计票: in public, by scrutineers and tellers (选举法 (2020) art. 43). Never before the box is closed, and once only."""
    box = box_of(session, command.box)
    if (done := box.opened) is not None:
        same = (done.ballots, done.figures, done.vote) == (command.ballots, command.figures, command.vote)
        if same:
            return []
        raise BoxSettled(box=command.box)
    if box.given_up:
        raise BoxSettled(box=command.box)
    if box.closed is None:
        raise BoxNotClosed(box=command.box)
    here = holders_of(box, command.holders)
    if len(here) < box.sealed.keys.needed:
        raise TooFewKeyHolders(found=len(here), needed=box.sealed.keys.needed)
    _fits(box, command)
    return [
        BoxOpened(
            at=moment.at, basis=moment.basis("ballot.count", "ballot.secret"), box=command.box, holders=here,
            ballots=command.ballots, figures=command.figures, vote=command.vote, void=dict(command.void),
        )
    ]  # fmt: skip


def _fits(box: Box, command: OpenBox) -> None:
    """Whether the figures are of this box at all, and add up.

    Raises:
        FiguresDoNotFitTheBox: naming the first place where they are not.
    """
    closed, form = box.closed, box.form
    assert closed is not None
    sums = command.figures if form.kind == "election" else command.vote
    if sums is None or (command.figures is not None and command.vote is not None):
        raise FiguresDoNotFitTheBox(where="kind", needed=form.kind, found="—")
    wanted: list[tuple[str, object, object]] = [
        ("root", closed.root, command.root),
        ("issued", closed.issued, sums.issued),
        ("returned", closed.returned, sums.returned),
        ("valid + void", sums.returned, sums.valid + sums.void),
        ("void", sums.void, sum(command.void.values())),
    ]
    if isinstance(sums, VoteFigures):
        wanted.append(("for + against + abstained", sums.valid, sums.in_favour + sums.against + sums.abstained))
    else:
        wanted.append(("candidates", " ".join(form.candidates), " ".join(line.person for line in sums.lines)))
        wanted += [(line.person, sums.valid, line.total) for line in sums.lines]
        written_in = sum(line.in_favour for line in sums.write_ins)
        wanted.append(("write_ins", written_in, min(written_in, sums.valid * form.write_ins)))
    for where, needed, found in wanted:
        if needed != found:
            raise FiguresDoNotFitTheBox(where=where, needed=str(needed), found=str(found))


@decides(AttestBox)
def attest_box(session: Session, command: AttestBox, moment: Moment) -> list[Event]:
    """由监票人签字 (选举法 (2020) art. 43): each for himself, over the very ballots that were opened."""
    box = box_of(session, command.box)
    if box.opened is None:
        raise NotOpened(box=command.box)
    holders_of(box, (command.scrutineer,))
    if command.ballots != box.opened.ballots:
        raise AttestedOtherwise()
    if command.scrutineer in box.attested:
        return []
    enough = len(box.attested) + 1 >= box.sealed.keys.needed
    return [
        BoxAttested(
            at=moment.at, basis=moment.basis("ballot.count", "ballot.secret"), box=command.box,
            scrutineer=command.scrutineer, ballots=command.ballots, enough=enough,
        )
    ]  # fmt: skip


@evolves(BoxOpened)
def box_opened(session: Session, event: BoxOpened) -> Session:
    return with_box(session, replace(box_of(session, event.box), opened=event))


@evolves(BoxAttested)
def box_attested(session: Session, event: BoxAttested) -> Session:
    box = box_of(session, event.box)
    return with_box(session, replace(box, attested=box.attested | {event.scrutineer}))
