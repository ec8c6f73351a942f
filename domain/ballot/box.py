"""A ballot box (票箱) for an electronic secret ballot, sealed before the first ballot is issued.

What is in this record is who got a ballot, and later how many were in the box and what they come to. What a single ballot says never comes
here: it is encrypted where it is filled in, to a key that only so many scrutineers together can make again, and kept beside the record
until the box is opened (docs/adr/0017).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from domain.ballot.form import Form
from domain.ballot.form_of import by_the_method
from domain.ballot.results import no_box_waits, on_paper
from domain.election.election import Election, election_of, known_persons
from domain.event import Event, Finding
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Part
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import open_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.known import still_open
from domain.vote.scrutineers import who_stand

if TYPE_CHECKING:
    from domain.ballot.closing import BoxClosed
    from domain.ballot.opening import BoxOpened

Base64 = Field(pattern=r"^[A-Za-z0-9+/]+=*$", max_length=8000)
Hex = Field(pattern=r"^[0-9a-f]{64}$")
IfFewer = Literal["paper_ballot", "vote_again"]
"""What follows when too few key holders appear: the vote is taken anew on paper (改用纸质选票), or once more with a new box."""


class UnknownBox(Refused):
    says = Text("没有代号为 {box} 的票箱;已有:{known}", "there is no ballot box {box}; there are: {known}")


class BoxTaken(Refused):
    says = Text(
        "票箱 {box} 已经封好,内容不能再改;另封请换一个代号",
        "the box {box} is sealed and does not change any more: give another box another code",
    )


class HoldersDoNotFit(Refused):
    says = Text(
        "密钥由 {holders} 人分持、{needed} 人可开:至少两人才能开箱,人数不得超过持有人数,持有人不得重复,各有一份",
        "{holders} hold the key and {needed} open: no fewer than two may open, no more than hold it, each holder once and with one share",
    )


class NotTheCandidates(Refused):
    says = Text(
        "选票上的候选人与已确定的正式候选人不符:{person}",
        "the ballot does not fit the settled list of candidates: {person}",
    )


class SeatsDoNotFit(Refused):
    says = Text(
        "选票上的应选名额({found})与本轮投票的({needed})不符",
        "the ballot is for {found} seats, this round of the election for {needed}",
    )


class BallotIsOnPaper(Refused):
    says = Text(
        "{election}本次在纸上投票,不用电子票箱(用票箱的,open-ballot 时写明 way: electronic)",
        "this ballot of {election} is on paper and has no electronic box (for one, say way: electronic when it is opened)",
    )


class CountedElsewhere(Refused):
    says = Text(
        "事项 {subject} 已有计票单或者表决器的票数:先提请表决,或者更正(correct)划去,再封电子票箱",
        "for {subject} there are tellers' sheets or figures of a device: put it to the vote, or strike them (correct), before a box is sealed",
    )


class BoxKeys(Part):
    """What is public of the keys: nothing here opens anything.

    Attributes:
        suite: how ballots are sealed (`yishi.sealed.hpke`). ballots: the public key they are sealed to. restart: the one to which the
            engine seals the key of its tokens, so that after a restart it has to ask for it. Both in Base64.
        needed: how many shares open (k). shares: SHA-256 of each share, in hex: a holder can see that his is one of them.
    """

    suite: str = Field(max_length=80)
    ballots: str = Base64
    restart: str = Base64
    needed: int = Field(ge=1)
    shares: tuple[str, ...] = Field(min_length=1, max_length=100)


class SealBox(Command):
    """Seal an empty ballot box before the ballot: its form, its public keys, who holds a share of the key, and what follows if too few come.

    The keys are made in the scrutineers' own program; only what is public of them comes here. `form` says how every ballot looks and what
    makes it void. `holders`: scrutineers, each with one share, in the order of `keys.shares`. The ballot is held at the open sitting.
    """

    act: ClassVar[str] = "seal-box"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "presidium", "street_committee")
    title: ClassVar[Text] = Text("封箱", "Seal a ballot box")
    form: Form
    keys: BoxKeys
    holders: tuple[DeputyId, ...] = Field(min_length=1, max_length=100)
    if_fewer: IfFewer


class BoxSealed(Event):
    name: ClassVar[str] = "ballot.box-sealed.v1"
    form: Form
    keys: BoxKeys
    holders: tuple[DeputyId, ...]
    if_fewer: IfFewer
    sitting: Code
    form_digest: str

    def facts(self) -> tuple[str, ...]:
        return ("box-sealed", f"box-sealed:{self.form.box}")


@dataclass(frozen=True)
class Box:
    """A box as its events left it.

    Attributes:
        attested: who attested what came out of it. given_up: it stays shut for ever. used: a vote was put on record from it.
    """

    sealed: BoxSealed
    closed: BoxClosed | None = None
    opened: BoxOpened | None = None
    attested: frozenset[str] = frozenset()
    given_up: bool = False
    used: bool = False

    @property
    def form(self) -> Form:
        return self.sealed.form

    @property
    def state(self) -> str:
        """sealed (ballots are cast) · closed · given_up · opened · attested"""
        if self.given_up:
            return "given_up"
        if self.opened is not None:
            return "attested" if len(self.attested) >= self.sealed.keys.needed else "opened"
        return "sealed" if self.closed is None else "closed"


@decides(SealBox)
def seal_box(session: Session, command: SealBox, moment: Moment) -> list[Event]:
    """A secret ballot (无记名投票): the scrutineers see that the box is empty and lock it before ballots are issued.

    Who stands is no scrutineer. Nothing of the law asks for a key that several hold: it is what a lock with several keys is to a box of wood.
    """
    sitting = open_plenary(session, moment, "ballot.secret")
    form, keys = command.form, command.keys
    if (known := session.boxes.get(form.box)) is not None:
        same = known.sealed
        if (same.form, same.keys, same.holders, same.if_fewer) == (form, keys, command.holders, command.if_fewer):
            return []
        raise BoxTaken(box=form.box)
    several = 2 <= keys.needed <= len(command.holders) == len(keys.shares) == len(set(keys.shares))
    if not several or len(set(command.holders)) < len(command.holders):
        raise HoldersDoNotFit(holders=len(command.holders), needed=keys.needed)
    known_persons(session, command.holders)
    no_box_waits(session, form.kind, form.about, form.round, cited=moment.cites("ballot.secret"))
    findings: tuple[Finding, ...] = ()
    if form.kind == "vote":
        _vote(session, form, moment)
    if form.kind == "election":
        on_it = replace(_election(session, form, moment), candidates=form.candidates)
        findings = who_stand(on_it, command.holders, moment)
    present = deputies_present(session, moment, sitting.code)
    return [
        BoxSealed(
            at=moment.at,
            basis=moment.basis("ballot.secret", "ballot.choices", "vote.methods"),
            form=form,
            keys=keys,
            holders=command.holders,
            if_fewer=command.if_fewer,
            sitting=sitting.code,
            form_digest=form.digest.hex(),
            findings=(*findings, *quorum(session, moment, present, own_text=False, reading="quorum.at_vote")),
        )
    ]


def _vote(session: Session, form: Form, moment: Moment) -> None:
    """The subject it is for: one that this meeting votes on, and of which no tellers' sheet or figure of a device is on file.

    Raises:
        NoSuchSubject, UnknownItem, ForTheStandingCommittee, AlreadyDecided, CountedElsewhere.
    """
    still_open(session, form.about, moment)
    if session.vote_sheets.get(form.about) or session.device_counts.get(form.about):
        raise CountedElsewhere(moment.cites("ballot.secret"), subject=form.about)


def _election(session: Session, form: Form, moment: Moment) -> Election:
    """The election it is for. Who stands on the ballot is registered; on the settled list; and of the round, when that is open.

    Raises:
        UnknownElection, UnknownPerson, NotTheCandidates, SeatsDoNotFit, BallotIsOnPaper, FormNotByTheMethod.
    """
    election = election_of(session, form.about)
    known_persons(session, form.candidates)
    here = election.round if election.round is not None and election.round.number == form.round else None
    listed = here.candidates if here is not None else election.candidates
    differ = (
        set(form.candidates) ^ set(listed)
        if here is not None
        else set(form.candidates) - set(listed or form.candidates)
    )
    if differ:
        raise NotTheCandidates(moment.cites("ballot.choices"), person=min(differ))
    if here is not None and here.seats != form.seats:
        raise SeatsDoNotFit(found=form.seats, needed=here.seats)
    if here is not None:
        if on_paper(session, election.code, here.number, here.way):
            raise BallotIsOnPaper(election=election.title)
        by_the_method(session, form, election, here, moment)
    return election


@evolves(BoxSealed)
def box_sealed(session: Session, event: BoxSealed) -> Session:
    return with_box(session, Box(event))


def box_of(session: Session, code: str) -> Box:
    """The box with that code.

    Raises:
        UnknownBox: naming those there are.
    """
    if code not in session.boxes:
        raise UnknownBox(box=code, known="、".join(session.boxes) or "—")
    found: Box = session.boxes[code]
    return found


def with_box(session: Session, box: Box) -> Session:
    return replace(session, boxes={**session.boxes, box.form.box: box})
