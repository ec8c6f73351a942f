"""By which day of the year the handling of suggestions is reported, where a local text fixes one (每年某月某日前、第四季度).

Two reports: that of the units to the working body (报送), that on the whole to the standing committee (报告). Neither is begun anew
while its term runs, and one that was given or missed is the next session's affair.
"""

from datetime import datetime

from domain.event import Clock, Finding
from domain.findings import alert
from domain.matter.terms import term
from domain.session.state import Moment, Session

UNITS_REPORTED = "units-reported"
REPORTS = (
    ("suggestion.units_report_by", UNITS_REPORTED, "handling_unit"),
    ("suggestion.report_by", "handling-reported", ""),
)
"""Topic, the fact that meets its term, whose turn it is ("" where the step says so)."""


def reports_due(session: Session, moment: Moment) -> tuple[Clock, ...]:
    """The terms that begin with the first suggestion assigned (交办)."""
    found = []
    for topic, fact, turn in REPORTS:
        if session.has(fact) or f"by-{fact}" in session.clocks:
            continue
        clock = term(moment.law, topic, {"assigned": moment.at}, id=f"by-{fact}", met_by=fact, waits_for=turn, then="")
        if clock:
            found.append(clock)
    return tuple(found)


def late_report(session: Session, fact: str, at: datetime) -> tuple[Finding, ...]:
    """The alert on a report that comes after its day."""
    clock = session.clocks.get(f"by-{fact}")
    if clock is None or session.has(fact) or at < clock.due:
        return ()
    return (alert("DeadlineMissed", clock.basis, what=fact, due=str(clock.last_day)),)
