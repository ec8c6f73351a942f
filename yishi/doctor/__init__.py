"""`yishi doctor`: looks at all that the program stands on, whether it runs or not, and changes nothing."""

from yishi.doctor.examination import examine
from yishi.doctor.line import Case, Line

__all__ = ["Case", "Line", "examine"]
