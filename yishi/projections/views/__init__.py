"""Views of the record (读模型) kept beside it, for lists and figures over thousands of matters. They are never evidence.

The record alone says what is so; a view is worked out from it by `Deadlines`, `MatterDecider` and `marks_of`, and may be deleted at any time.
"""

from yishi.projections.views.views import Views

__all__ = ["Views"]
