"""The acts on office-holders: the modules whose rules are registered by being imported here."""

from domain.tenure import (
    acting,
    approval,
    departments,
    dismissal,
    dismissal_decided,
    oath,
    removal,
    removal_answered,
    removal_in_recess,
    removal_vote,
    replacement,
    resignation,
    resignation_decided,
    resignation_filed,
    resignation_in_recess,
    termination,
)

__all__ = [
    "acting",
    "approval",
    "departments",
    "dismissal",
    "dismissal_decided",
    "oath",
    "removal",
    "removal_answered",
    "removal_in_recess",
    "removal_vote",
    "replacement",
    "resignation",
    "resignation_decided",
    "resignation_filed",
    "resignation_in_recess",
    "termination",
]
