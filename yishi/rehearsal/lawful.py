"""Which course a plan is rehearsed by when no script is given (无脚本演练): that of its kind of meeting."""

from domain.law import LawBook
from domain.procedure import PROCEDURES
from yishi.planning.plan import Plan
from yishi.planning.script import Script
from yishi.rehearsal.course import Course
from yishi.rehearsal.up_course import UpCourse


def lawful_course(plan: Plan, book: LawBook) -> Script:
    """The script that a plan is rehearsed by when none is given."""
    course = UpCourse if "standing_committee" in PROCEDURES[plan.procedure_id].offices else Course
    return course(plan, book).script()
