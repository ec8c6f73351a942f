"""The acts on office-holders: the modules whose rules are registered by being imported here."""

from domain.tenure import (
    acting,
    approval,
    departments,
    dismissal,
    oath,
    removal,
    removal_in_recess,
    removal_vote,
    resignation,
    resignation_decided,
    termination,
)

__all__ = [
    "acting",
    "approval",
    "departments",
    "dismissal",
    "oath",
    "removal",
    "removal_in_recess",
    "removal_vote",
    "resignation",
    "resignation_decided",
    "termination",
]
