"""A poll in doubt: more ballots came back than there are deputies, and neither a text nor the election method says what then holds.

选举法 (2020) art. 46: the presidium determines whether an election of deputies is valid (确定是否有效). For leaders some provinces' rules of
procedure say the same; elsewhere no text does. So nothing is declared before the presidium determined it on record.
"""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.election.count_rule import in_doubt
from domain.election.election import Election, Round, election_of, under, with_election
from domain.event import Event
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

SAID = {True: Text("有效", "stands"), False: Text("无效,重新投票", "is void and held again")}


class NothingInDoubt(Refused):
    says = Text(
        "{election}没有须由主席团确定是否有效的投票:计票结果尚未签认,或者收回的选票没有多于全体代表,或者法律、选举办法已有规定",
        "no ballot of {election} is in doubt: its count is not attested, no more came back than there are deputies, or law or method say "
        "what then holds",
    )


class DecideValidity(Command):
    """The presidium determines whether a poll with more ballots than deputies is valid. `in_favour`: left out, all who are present."""

    act: ClassVar[str] = "decide-validity"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("确定选举是否有效", "Determine whether a poll is valid")
    election: Code
    stands: bool
    why: str = Field(min_length=1, max_length=500)
    in_favour: int | None = Field(default=None, ge=0)


class ValidityDecided(Event):
    name: ClassVar[str] = "election.validity-decided.v1"
    once: ClassVar[bool] = True  # a vote that was lost, sent again, is the same vote
    election: Code
    number: int
    stands: bool
    why: str
    in_favour: int
    members_total: int
    needed: int

    @property
    def agreed(self) -> bool:
        """Not where too few of the presidium agreed: then nothing is determined, and it may be put to the presidium again."""
        return carried(self.in_favour, self.needed)

    def facts(self) -> tuple[str, ...]:
        return (f"validity-decided:{self.election}:{self.number}",) if self.agreed else ()


@decides(DecideValidity)
def decide_validity(session: Session, command: DecideValidity, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 46 and the local rules on leaders: by the presidium; where there is neither, it is recorded that the law is silent."""
    election = election_of(session, command.election)
    ballot = election.round
    if ballot is not None and ballot.valid is command.stands:
        return []
    cited = moment.cites(*under(election.post, "election.validity", "ballot.count"), "election.method.ballot_count")
    if ballot is None or ballot.outcome is not None or not _doubtful(session, election, ballot, moment):
        raise NothingInDoubt(cited, election=election.title)
    agreed = presidium_vote(session, command.in_favour, moment)
    basis = moment.basis(*under(election.post, "election.validity"), "election.method.ballot_count")
    assert ballot.figures is not None
    said = warn(
        "ValidityDecided", cited, election=election.title, found=ballot.figures.returned, total=session.deputies_total,
        what=SAID[command.stands],
    )  # fmt: skip
    return [
        ValidityDecided(
            at=moment.at, basis=basis, election=election.code, number=ballot.number, stands=command.stands, why=command.why,
            in_favour=agreed.in_favour, members_total=agreed.members_total, needed=agreed.needed,
            findings=(*((said,) if agreed.carried else ()), *agreed.findings),
        )
    ]  # fmt: skip


def _doubtful(session: Session, election: Election, ballot: Round, moment: Moment) -> bool:
    return ballot.figures is not None and in_doubt(session, election, ballot, ballot.figures, moment)


@evolves(ValidityDecided)
def validity_decided(session: Session, event: ValidityDecided) -> Session:
    election: Election = session.elections[event.election]
    ballot = election.round
    if ballot is None or ballot.number != event.number or not event.agreed:
        return session
    return with_election(session, election.with_round(replace(ballot, valid=event.stands)))
