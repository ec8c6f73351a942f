"""The count attested (监票人签认): two sheets that agree, or what the holders of a ballot box's key came to."""

from dataclasses import replace
from typing import ClassVar

from domain.ballot.results import figures_of, on_paper
from domain.election.election import Election, Round, under, with_election
from domain.election.sheets import ballot_counted
from domain.election.tally import Figures
from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.two import agreed


class BoxNotAttested(Refused):
    says = Text(
        "{election}的电子票箱尚未关闭、开启并由保管人签认(close-box、open-box、attest-box)",
        "the ballot box of {election} is not closed, opened and attested by its key holders yet (close-box, open-box, attest-box)",
    )


class AttestCount(Command):
    """The scrutineers attest the count: both sheets agree, and these are its figures (监票人签认计票结果)."""

    act: ClassVar[str] = "attest-count"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer",)
    title: ClassVar[Text] = Text("监票人签认计票结果", "Attest the count")
    election: Code


class CountAttested(Event):
    name: ClassVar[str] = "election.count-attested.v1"
    election: Code
    number: int
    figures: Figures

    def facts(self) -> tuple[str, ...]:
        return ("count-attested", f"count-attested:{self.election}")


@decides(AttestCount)
def attest_count(session: Session, command: AttestCount, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 43(1): those who scrutinise reconcile voters and ballots, record it, and sign."""
    election, ballot = ballot_counted(session, command.election, moment)
    if on_paper(session, election.code, ballot.number, ballot.way):
        figures = agreed(ballot.sheets, moment.cites("ballot.reconciled", "election.method.ballot_count"))
    else:
        figures = _of_the_box(session, election, ballot, moment)
    if ballot.figures is not None and ballot.figures.figures() == figures.figures():
        return []
    basis = moment.basis(*under(election.post, "ballot.reconciled"), "election.method.ballot_count")
    return [CountAttested(at=moment.at, basis=basis, election=election.code, number=ballot.number, figures=figures)]


def _of_the_box(session: Session, election: Election, ballot: Round, moment: Moment) -> Figures:
    """What the key holders attested that the ballot box came to.

    Raises:
        BoxNotAttested: it is not closed, opened and attested yet.
    """
    figures = figures_of(session, election.code, ballot.number)
    if figures is None:
        raise BoxNotAttested(moment.cites("ballot.reconciled"), election=election.title)
    return figures


@evolves(CountAttested)
def count_attested(session: Session, event: CountAttested) -> Session:
    election: Election = session.elections[event.election]
    ballot = election.round
    if ballot is None or ballot.number != event.number:
        return session
    return with_election(session, election.with_round(replace(ballot, figures=event.figures)))
