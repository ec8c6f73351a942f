"""How suggestions were handled: reported by whom the law of the day names, made public, printed for the next session."""

from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import warn
from domain.law import Citation
from domain.offices import HANDLERS, OFFICE_NAMES
from domain.refusals import Refused
from domain.session.parts import Unit
from domain.session.report_days import UNITS_REPORTED, late_report
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text, joined

OFFICE = "office"
"""The addressee of the units' own report: the working body (代表工作机构)."""


class HandlersDoNotReport(Refused):
    says = Text(
        "按当日的法律,办理情况由{offices}报告,不由{by}报告",
        "by the law of that day {offices} reports how suggestions were handled, not {by}",
    )


class UnitsReportToTheOffice(Refused):
    says = Text(
        "向代表工作机构报送的是承办单位(by 填承办单位),不是{by}",
        "it is those who handled them that report to the working body (by: the unit), not {by}",
    )


class NoSuchUnit(Refused):
    says = Text("没有建议交给{unit};承办单位有:{known}", "no suggestion was assigned to {unit}; the units are: {known}")


class WhichUnit(Refused):
    says = Text("请填写是哪些承办单位的办理情况(units):{known}", "say whose handling is reported (units): {known}")


class ReportHandling(Command):
    """The handling of suggestions is reported and made public: to a township's congress, to a county's standing committee.

    `units` says whose handling it is, by the names used when assigning; left out, it is that of all of them.
    `addressee`: `office` where the units report to the working body alone (报送代表工作机构), which reports on the whole later.
    """

    act: ClassVar[str] = "report-handling"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "sc_office", "street_committee", *HANDLERS)
    title: ClassVar[Text] = Text("报告建议办理情况并公开", "Report on the handling of suggestions")
    text: str = Field(default="", max_length=2000)
    units: tuple[Unit, ...] = ()
    addressee: Literal["body", "office"] = "body"


class HandlingReported(Event):
    name: ClassVar[str] = "session.handling-reported.v1"
    text: str
    reporter: str = (
        ""  # one of those who handled them; empty: presidium, the standing committee's office, street committee
    )
    units: tuple[str, ...] = ()  # whose handling it is; empty: that of all
    complete: bool = True  # with it the handling of all suggestions is reported
    addressee: str = "body"  # or "office": the units' own report to the working body

    def facts(self) -> tuple[str, ...]:
        fact = UNITS_REPORTED if self.addressee == OFFICE else "handling-reported"
        return (fact,) if self.complete else ()


@decides(ReportHandling)
def report_handling(session: Session, command: ReportHandling, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 42(3), from 2022-03-12: a county's working body, a township's presidium reports, and it is public.

    代表法 (2025) art. 51(3), from 2025-03-12: they, or the organs and organisations that handled them (或者有关机关、组织).
    Before 2022-03-12 代表法 (2015) art. 42(3) said to whom, and not who reports.
    """
    reporter = moment.actor.office if moment.actor.office in HANDLERS else ""
    by_law, findings = (
        _to_the_office(reporter, moment) if command.addressee == OFFICE else _who_reports(reporter, moment)
    )
    units = tuple(dict.fromkeys(command.units))
    assigned = {a.unit for a in session.assignments.values()}
    known = "、".join(sorted(assigned)) or "—"
    if strangers := [unit for unit in units if unit not in assigned]:
        raise NoSuchUnit(moment.cites("suggestion.assigned_by"), unit=strangers[0], known=known)
    if reporter == "handling_unit" and not units and len(assigned) > 1:
        raise WhichUnit(by_law, known=known)
    before = [e for e in session.history if isinstance(e, HandlingReported) and e.addressee == command.addressee]
    if any((e.reporter, set(e.units)) == (reporter, set(units)) for e in before):
        return []
    covered = {unit for e in before for unit in e.units} | set(units)
    complete = not units or assigned <= covered
    fact = UNITS_REPORTED if command.addressee == OFFICE else "handling-reported"
    return [
        HandlingReported(
            at=moment.at,
            basis=moment.basis(*_topics(command, reporter), "council.opinions"),
            text=command.text,
            reporter=reporter,
            units=units,
            complete=complete,
            addressee=command.addressee,
            findings=(*findings, *(late_report(session, fact, moment.at) if complete else ())),
        )
    ]


def _topics(command: ReportHandling, reporter: str) -> tuple[str, ...]:
    if command.addressee == OFFICE:
        return ("suggestion.units_report_by",)
    return ("suggestion.report", *(("suggestion.reported_by_handlers",) if reporter else ()), "suggestion.report_by")


def _to_the_office(reporter: str, moment: Moment) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """The units' own report to the working body, which local texts may ask for by a day of the year.

    Raises:
        UnitsReportToTheOffice: whoever reports handled none.
    """
    own = moment.law.ruling("suggestion.units_report_by")
    basis = own.basis if own else ()
    if not reporter:
        raise UnitsReportToTheOffice(basis, by=OFFICE_NAMES[moment.actor.office])
    silent = Text("承办单位向代表工作机构报送办理情况", "a report of the units to the working body")
    return basis, () if own else (warn("LawSilent", moment.cites("suggestion.report"), what=silent),)


def _who_reports(reporter: str, moment: Moment) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """Whether those who handled suggestions may report on it themselves on that day, and by which law.

    Raises:
        HandlersDoNotReport: the law of the day names another.
    """
    if not reporter:
        return (), ()
    handlers = moment.law.ruling("suggestion.reported_by_handlers")
    if handlers and reporter in handlers.options:
        return handlers.basis, ()
    own = moment.law.ruling("suggestion.reporter")
    if own and own.may_refuse:
        offices = joined(OFFICE_NAMES[office] for office in own.options)
        raise HandlersDoNotReport(own.basis, offices=offices, by=OFFICE_NAMES[reporter])
    silent = Text("由谁报告建议办理情况", "who reports on the handling of suggestions")
    return (), (warn("LawSilent", moment.cites("suggestion.report"), what=silent),)


class PrintHandling(Command):
    """The report on the handling of suggestions is printed for the next session (印发下一次人民代表大会会议)."""

    act: ClassVar[str] = "print-handling"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee")
    title: ClassVar[Text] = Text("办理情况报告印发下一次会议", "Print the report on suggestions for the next session")


class HandlingPrinted(Event):
    name: ClassVar[str] = "session.handling-printed.v1"

    def facts(self) -> tuple[str, ...]:
        return ("handling-printed",)


@decides(PrintHandling)
def print_handling(session: Session, command: PrintHandling, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 51(3): from county level up the report goes to the next session in print."""
    if session.has("handling-printed"):
        return []
    return [HandlingPrinted(at=moment.at, basis=moment.basis("suggestion.printed"))]
