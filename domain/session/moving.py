"""Another date for the session than the one decided: who may move it, and what has to be done anew (提前或者推迟)."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.calendar import legal_date
from domain.event import Clock, Event, Finding
from domain.findings import warn
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.budget_draft import draft_clock_id, draft_due
from domain.session.dates import in_order
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class OnlyTheEndMoves(Refused):
    says = Text(
        "会议已经开始({opens}),只能变更闭幕日,且不早于今天",
        "the session began on {opens}: only its end may move, and not into the past",
    )


class MandateMissing(Refused):
    says = Text(
        "主任会议变更会议日期,应当经常委会授权:请填写授权决定(mandate)及其日期(mandated_on)",
        "the council of chairpersons moves the date only when the standing committee has authorised it: say which decision"
        " did (mandate) and of what day (mandated_on)",
    )


class MandateLater(Refused):
    says = Text(
        "授权决定的日期 {mandated} 晚于变更日期之日 {moved}",
        "the authorising decision is of {mandated}, after the day on which the date is moved ({moved})",
    )


class MandateNotTheirs(Refused):
    says = Text(
        "只有主任会议凭授权变更日期;{by}自行决定,不填 mandate 和 mandated_on",
        "only the council of chairpersons acts on a mandate; {by} decides itself: leave out mandate and mandated_on",
    )


class MoveDate(Command):
    """Advance or postpone the session in special circumstances (特殊情况). Notice must then be given anew.

    When the council of chairpersons fixes the new date, `mandate` and `mandated_on` say which decision of the standing committee
    authorised it, and of what day.
    """

    act: ClassVar[str] = "move-date"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium", "standing_committee", "council_of_chairpersons", "street_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("提前或者推迟会议", "Move the date")
    opens: date
    closes: date
    why: str = Field(min_length=1, max_length=500)
    mandate: str = Field(default="", max_length=500)
    mandated_on: date | None = None


class DateMoved(Event):
    name: ClassVar[str] = "session.date-moved.v1"
    opens: date
    closes: date
    why: str
    mandate: str = ""  # the standing committee's decision that authorised its council of chairpersons, and its day
    mandated_on: date | None = None

    in_session: bool = False  # only its end was moved, while the congress was meeting
    draft_within: Clock | None = None  # when the draft budget is due for the new date, and the deadline of the old one
    draft_clock_before: str = ""

    def clocks(self) -> tuple[Clock, ...]:
        return (self.draft_within,) if self.draft_within else ()

    def stops(self) -> tuple[str, ...]:
        return (self.draft_clock_before,) if self.draft_clock_before else ()

    def facts(self) -> tuple[str, ...]:
        return ("date-moved",)

    def revokes(self) -> tuple[str, ...]:
        return () if self.in_session else ("date-published", "notice-given", "papers-sent")


@decides(MoveDate)
def move_date(session: Session, command: MoveDate, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 14(2): in special circumstances whoever decided on it may advance or postpone it, and publishes the new date.

    From county level up the new date may be left to the council of chairpersons that the standing committee authorised (其授权的主任会议).
    """
    if (session.opens, session.closes) == (command.opens, command.closes):
        return []
    met = session.has("met")
    if met and (command.opens != session.opens or command.closes < legal_date(moment.at)):
        raise OnlyTheEndMoves(moment.cites("session.move"), opens=str(session.opens))
    if not met:
        in_order(command.opens, command.closes, moment)
    silent = _mandated(command, moment, met=met)
    before = draft_clock_id(session.opens)
    draft, late = (None, ()) if command.opens == session.opens else draft_due(session, command.opens, moment)
    topics = ("session.arranged",) if met else ("session.move", *(("session.move_mandate",) if command.mandate else ()))
    return [
        DateMoved(
            at=moment.at,
            basis=moment.basis(*topics),
            opens=command.opens,
            closes=command.closes,
            why=command.why,
            mandate=command.mandate,
            mandated_on=command.mandated_on,
            in_session=met,
            draft_within=draft,
            draft_clock_before=before if draft and before in session.clocks else "",
            findings=(*silent, *late),
        )
    ]


def _mandated(command: MoveDate, moment: Moment, *, met: bool) -> tuple[Finding, ...]:
    """Whether a council of chairpersons was authorised, as 14(2) asks since 2022-03-12 of a session that has not met.

    The text speaks of convening it (召开会议), not of its end once it meets; before that day no text speaks of it.
    """
    given = bool(command.mandate.strip()) and command.mandated_on is not None
    if moment.actor.office != "council_of_chairpersons":
        if command.mandate or command.mandated_on:
            raise MandateNotTheirs(moment.cites("session.move_mandate"), by=OFFICE_NAMES[moment.actor.office])
        return ()
    if command.mandated_on is not None and command.mandated_on > (today := legal_date(moment.at)):
        raise MandateLater(moment.cites("session.move_mandate"), mandated=str(command.mandated_on), moved=str(today))
    rule = None if met else moment.law.ruling("session.move_mandate")
    if given:
        return ()
    if rule is None:
        return (
            warn("LawSilent", (), what=Text("主任会议变更会议日期", "the council of chairpersons moving the date")),
        )
    if rule.may_refuse:
        raise MandateMissing(rule.basis)
    return (warn("StepMissing", rule.basis, what=Text("常委会授权", "the standing committee's authorisation")),)


@evolves(DateMoved)
def date_moved(session: Session, event: DateMoved) -> Session:
    return replace(session, opens=event.opens, closes=event.closes)
