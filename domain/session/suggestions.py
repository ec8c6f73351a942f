"""Deputies' suggestions (建议、批评和意见): filed, and assigned to handling units."""

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Number
from domain.session.roll import DutiesSuspended, NotADeputy
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class NoSuchSuggestion(Refused):
    says = Text("没有第 {number} 号建议", "there is no suggestion {number}")


class SuggestionExists(Refused):
    says = Text("第 {number} 号建议已经登记且内容不同", "suggestion {number} is on file already, with other content")


class NumberOfAMatter(Refused):
    says = Text("编号 {number} 已用于督办事项", "the number {number} is that of a matter")


class AssignedTwice(Refused):
    says = Text("第 {number} 号建议同时交给两个单位", "suggestion {number} is assigned to two units at once")


class FileSuggestion(Command):
    """A deputy files a suggestion, alone or jointly. It must be concrete: `subject` says what it is about."""

    act: ClassVar[str] = "file-suggestion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "secretariat", "sc_office", "council", "street_committee")
    title: ClassVar[Text] = Text("提出建议", "File a suggestion")
    number: Code
    deputies: tuple[DeputyId, ...] = Field(min_length=1)
    subject: str = Field(min_length=1, max_length=200, pattern=r"\S")


class SuggestionFiled(Event):
    name: ClassVar[str] = "session.suggestion-filed.v1"
    number: Code
    deputies: tuple[DeputyId, ...]
    subject: str
    of_motion: Number | None = None  # the motion that the presidium made a suggestion

    def facts(self) -> tuple[str, ...]:
        return ("suggestion-filed", f"suggestion:{self.number}")


@decides(FileSuggestion)
def file_suggestion(session: Session, command: FileSuggestion, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 24, 36: any deputy, alone or with others, may make suggestions; they are to be concrete (明确具体)."""
    filed = session.suggestions.get(command.number)
    if filed is not None:
        if (filed.deputies, filed.subject) == (command.deputies, command.subject):
            return []
        raise SuggestionExists(moment.cites("suggestion.form"), number=command.number)
    if command.number in session.begun:
        raise NumberOfAMatter(number=command.number)
    for deputy in command.deputies:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
        if deputy in session.suspended:
            raise DutiesSuspended(moment.cites("deputy.suspension"), deputy=deputy)
    return [
        SuggestionFiled(
            at=moment.at,
            basis=moment.basis("suggestion.form", "council.opinions"),
            number=command.number,
            deputies=command.deputies,
            subject=command.subject,
        )
    ]


@evolves(SuggestionFiled)
def suggestion_filed(session: Session, event: SuggestionFiled) -> Session:
    """One that was a motion counts while the presidium's decision stands: the decision may have been struck since."""
    motion = session.motions.get(event.of_motion or "")
    if event.of_motion and (motion is None or motion.withdrawn or motion.outcome != "suggestion"):
        return session
    return replace(session, suggestions={**session.suggestions, event.number: event})


class Assignment(BaseModel):
    """One suggestion handed over to one unit (交办)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    number: Code
    unit: str = Field(min_length=1, max_length=80)  # handling unit (承办单位)
    difficult: bool = False  # 涉及面广、处理难度大
    co_units: tuple[str, ...] = ()  # with whom it is handled (会办单位)


class AssignSuggestions(Command):
    """Hand suggestions over to their handling units: a township's presidium, a county's standing committee by its working body.

    From here each is a matter with its own clock.
    """

    act: ClassVar[str] = "assign-suggestions"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "sc_office", "street_committee")
    title: ClassVar[Text] = Text("交办建议", "Assign suggestions")
    assignments: tuple[Assignment, ...] = Field(min_length=1)


class SuggestionsAssigned(Event):
    name: ClassVar[str] = "session.suggestions-assigned.v1"
    assignments: tuple[Assignment, ...]

    def facts(self) -> tuple[str, ...]:
        return ("suggestions-assigned", *(f"assigned:{a.number}" for a in self.assignments))


@evolves(SuggestionsAssigned)
def suggestions_assigned(session: Session, event: SuggestionsAssigned) -> Session:
    return replace(session, assignments={**session.assignments, **{a.number: a for a in event.assignments}})


@decides(AssignSuggestions)
def assign_suggestions(session: Session, command: AssignSuggestions, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 42: in a township the presidium assigns (交办), from county level up the standing
    committee's working body. The reply is due from this day (自交办之日起).
    """
    basis = moment.basis("suggestion.assigned_by", "council.opinions")
    numbers = [a.number for a in command.assignments]
    for assignment in command.assignments:
        if numbers.count(assignment.number) > 1:
            raise AssignedTwice(number=assignment.number)
        if assignment.number not in session.suggestions:
            raise NoSuchSuggestion(moment.cites("suggestion.assigned_by"), number=assignment.number)
    fresh = tuple(a for a in command.assignments if not session.has(f"assigned:{a.number}"))
    return [SuggestionsAssigned(at=moment.at, basis=basis, assignments=fresh)] if fresh else []
