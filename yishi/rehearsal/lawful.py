"""Which course a plan is rehearsed by when no script is given (无脚本演练): that of its kind of meeting."""

from domain.law import LawBook
from yishi.planning.plan import Plan
from yishi.planning.script import Script
from yishi.rehearsal.county_course import CountyCourse
from yishi.rehearsal.course import Course

COURSES: dict[str, type[Course]] = {"county-congress": CountyCourse}


def lawful_course(plan: Plan, book: LawBook) -> Script:
    """The script that a plan is rehearsed by when none is given."""
    return COURSES.get(plan.procedure_id, Course)(plan, book).script()
