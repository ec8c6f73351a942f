"""The method of a rating, fixed before its ballots are counted, and last year's projects rated by it (满意度测评)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from domain.arithmetic import Base
from domain.event import Event
from domain.findings import info
from domain.refusals import Refused
from domain.session.parts import Code, Part
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.satisfaction import OPTIONS, RatingMethod, Verdict, verdict
from domain.vote.sheets import Line, SheetEntered, agreed, voided


class CountingHasBegun(Refused):
    says = Text(
        "测评的计票单已经录入:测评办法须在计票之前确定",
        "sheets of the rating are on file: its method is fixed before the count begins",
    )


class OptionsNotOnTheSheet(Refused):
    says = Text(
        "计票单上没有选项 {option};可用:{known}", "the tellers' sheets have no option {option}; they have: {known}"
    )


class FixRatingMethod(Command):
    """Say by which method of the body ratings become verdicts. Without one the figures are given, and no verdict."""

    act: ClassVar[str] = "fix-rating-method"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee", "secretariat", "street_committee")
    title: ClassVar[Text] = Text("确定满意度测评办法", "Fix the method of the rating")
    rating_method: RatingMethod


class RatingMethodFixed(Event):
    name: ClassVar[str] = "vote.rating-method-fixed.v1"
    rating_method: RatingMethod

    def facts(self) -> tuple[str, ...]:
        return ("rating-method-fixed",)


@decides(FixRatingMethod)
def fix_rating_method(session: Session, command: FixRatingMethod, moment: Moment) -> list[Event]:
    """No statute has a threshold: it is the body's own method, and it stands before anybody knows the figures."""
    if session.rating_method == command.rating_method:
        return []
    if unknown := [option for option in command.rating_method.options if option not in OPTIONS]:
        raise OptionsNotOnTheSheet(option=unknown[0], known="、".join(OPTIONS))
    if session.polls.get("rating") or session.has("projects-rated"):
        raise CountingHasBegun(moment.cites("projects.rating", "council.opinions"))
    basis = moment.basis("projects.rating", "council.opinions")
    return [RatingMethodFixed(at=moment.at, basis=basis, rating_method=command.rating_method)]


@evolves(RatingMethodFixed)
def rating_method_fixed(session: Session, event: RatingMethodFixed) -> Session:
    return replace(session, rating_method=event.rating_method)


class DeclareRating(Command):
    """Declare how last year's projects were rated, from the two sheets that agree (满意度测评)."""

    act: ClassVar[str] = "declare-rating"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "street_committee")
    title: ClassVar[Text] = Text("通报满意度测评结果", "Declare the ratings")


class Rated(Part):
    """One project and what it was rated as."""

    project: Code
    verdict: Verdict


class ProjectsRated(Event):
    name: ClassVar[str] = "vote.projects-rated.v1"
    lines: tuple[Line, ...]
    valid: int
    returned: int
    verdicts: tuple[Rated, ...] = ()  # by the body's method; none without one
    method: str = ""  # that method

    def facts(self) -> tuple[str, ...]:
        return ("projects-rated",)


@decides(DeclareRating)
def declare_rating(session: Session, command: DeclareRating, moment: Moment) -> list[Event]:
    """浙江省民生实事项目人大代表票决制规定 art. 23-25: deputies may rate. No text sets a threshold: no verdict without a method."""
    if session.has("projects-rated"):
        return []
    sheet = agreed(session, "rating", moment)
    if void := voided(sheet, moment):
        return void
    basis = moment.basis("projects.rating", "council.opinions")
    method: RatingMethod | None = session.rating_method
    bases = _bases(session, sheet)
    verdicts = (
        tuple(Rated(project=line.project, verdict=verdict(method, votes(line), bases)) for line in sheet.lines)
        if method
        else ()
    )
    silent = Text("满意度测评的等次标准", "from which share on a rating is what")
    return [
        ProjectsRated(
            at=moment.at, basis=basis, lines=sheet.lines, valid=sheet.valid, returned=sheet.returned, verdicts=verdicts,
            method=method.source if method else "", findings=() if method else (info("LawSilent", (), what=silent),),
        )
    ]  # fmt: skip


def votes(line: Line) -> Mapping[str, int]:
    """The votes on a project by option."""
    return dict(zip(OPTIONS, (line.in_favour, line.basically, line.against, line.abstained), strict=True))


def _bases(session: Session, sheet: SheetEntered) -> Mapping[Base, int]:
    return {
        Base.ALL_DEPUTIES: session.deputies_total,
        Base.ALL_MEMBERS: session.deputies_total,
        Base.DEPUTIES_PRESENT: sheet.deputies_present,
        Base.BALLOTS_RETURNED: sheet.returned,
        Base.BALLOTS_VALID: sheet.valid,
    }
