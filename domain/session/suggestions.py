"""Deputies' suggestions (建议、批评和意见): filed, and assigned to handling units."""

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from domain.event import EVENTS, Clock, Event, Finding
from domain.findings import alert
from domain.matter.terms import RECEIVED, term
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Number
from domain.session.report_days import reports_due
from domain.session.roll import DutiesSuspended, NotADeputy
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
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
    assign: Clock | None = None  # by when it is to be assigned, if it came in recess and a rule says

    def facts(self) -> tuple[str, ...]:
        return ("suggestion-filed", f"suggestion:{self.number}")

    def clocks(self) -> tuple[Clock, ...]:
        return (self.assign,) if self.assign else ()


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
    not_spent(session, EVENTS["session.matter-begun.v1"], command.number)
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
            assign=_to_assign(session, command.number, moment),
        )
    ]


def _to_assign(session: Session, number: str, moment: Moment) -> Clock | None:
    """In recess (闭会期间) local rules have it assigned within so many days of its receipt (自收到之日起)."""
    if not session.has("closed"):
        return None
    who = moment.law.ruling("suggestion.assigned_by")
    clock = term(
        moment.law, "suggestion.assign_within", {RECEIVED: moment.at}, id=f"assign-{number}", met_by=f"assigned:{number}",
        waits_for=who.options[0] if who and who.value is not None else "", then="",
    )  # fmt: skip
    return clock.model_copy(update={"subject": number}) if clock else None


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
    reports: tuple[Clock, ...] = ()  # with the first of them: by which day of the year their handling is reported

    def clocks(self) -> tuple[Clock, ...]:
        return self.reports

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
    if not fresh:
        return []
    reports = reports_due(session, moment)
    late = _late(session, fresh, moment)
    return [SuggestionsAssigned(at=moment.at, basis=basis, assignments=fresh, reports=reports, findings=late)]


def _late(session: Session, fresh: tuple[Assignment, ...], moment: Moment) -> tuple[Finding, ...]:
    """The alerts on what is assigned after its last day."""
    terms = {c.met_by: c for a in fresh for c in session.clocks.values() if c.met_by == f"assigned:{a.number}"}
    return tuple(
        alert("DeadlineMissed", c.basis, what=c.met_by, due=str(c.last_day))
        for c in terms.values()
        if moment.at >= c.due
    )
