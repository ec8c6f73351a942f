"""What deputies said while they deliberated, answered by the organ it was said to (审议意见的答复)."""

from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.session.business import item_of
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class AnswerOpinions(Command):
    """An organ answers the opinions collected on an item, or says how it revised its report."""

    act: ClassVar[str] = "answer-opinions"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government", "standing_committee", "court", "procuratorate")
    title: ClassVar[Text] = Text("答复审议意见", "Answer opinions")
    item: Code
    text: str = Field(min_length=1, max_length=2000)


class OpinionsAnswered(Event):
    name: ClassVar[str] = "session.opinions-answered.v1"
    once: ClassVar[bool] = True
    item: Code
    text: str

    def facts(self) -> tuple[str, ...]:
        return (f"opinions-answered:{self.item}",)


@decides(AnswerOpinions)
def answer_opinions(session: Session, command: AnswerOpinions, moment: Moment) -> list[Event]:
    """A practice: what was said in the delegations is collected, passed on and answered in the session."""
    item_of(session, command.item)
    new = OpinionsAnswered(at=moment.at, basis=moment.basis("opinions.answered"), item=command.item, text=command.text)
    answered = [e for e in session.history if isinstance(e, OpinionsAnswered) and e.item == command.item]
    return [] if answered and answered[-1].text == command.text else [new]
