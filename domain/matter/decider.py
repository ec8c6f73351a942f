"""The matter as a kind of stream: judged by the law of the act's day, as the session it came from has it on file."""

from collections.abc import Sequence
from datetime import datetime

from domain.attempts import attempt_of
from domain.calendar import clock_words
from domain.event import Event
from domain.matter.matter import RULES, Matter, MatterUnknown, OpenMatter, evolve_matter
from domain.ports import LawBooks, Transaction
from domain.refusals import Refused
from domain.session.decide import NotTheirAct
from domain.session.decider import ActInFuture, late, law_of
from domain.session.state import Session
from domain.submission import Submission


class MatterDecider:
    """Implements `domain.ports.Decider` for streams of kind `matter`."""

    def start(self, stream: str) -> Matter:
        return Matter(stream)

    def evolve(self, state: Matter, event: Event) -> Matter:
        return evolve_matter(state, event)

    def edition(self, submission: Submission, tx: Transaction, laws: LawBooks) -> str:
        session = self._session(submission, tx)
        return session.edition if session.registered else laws.newest().edition

    def judge(
        self, submission: Submission, tx: Transaction, laws: LawBooks, now: datetime
    ) -> Sequence[tuple[str, Event]]:
        matter: Matter = tx.state(submission.stream)
        session = self._session(submission, tx)
        command = submission.command
        if not session.registered:
            raise MatterUnknown()
        if submission.at > now:
            raise ActInFuture(at=clock_words(submission.at), now=clock_words(now))
        if submission.actor.office not in command.offices:
            raise NotTheirAct.of((), command.title, command.offices, submission.actor.office)
        if isinstance(command, OpenMatter) and not session.has(f"assigned:{command.number}"):
            raise MatterUnknown()
        at = submission.at
        if isinstance(command, OpenMatter):  # a matter begins when its suggestion was assigned, whenever it is opened
            at = session.facts[f"assigned:{command.number}"].at
        law = law_of(laws.edition(session.edition), session, command, at)
        events = RULES[type(command)](matter, command, law, at, session)
        return [(submission.stream, late(event, submission, law, now)) for event in events]

    def remember(self, submission: Submission, refused: Refused, now: datetime) -> tuple[str, Event]:
        return attempt_of(submission, refused)

    def _session(self, submission: Submission, tx: Transaction) -> Session:
        found: Session = tx.state(f"{submission.stream.rsplit('/', 2)[0]}/session/1")
        return found
