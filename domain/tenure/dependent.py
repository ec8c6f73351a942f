"""Which offices end with a deputy's seat, and on which grounds (选举法 (2020) arts 54, 56)."""

from domain.event import Finding
from domain.findings import alert
from domain.session.state import Moment
from domain.tenure.organs import ORGANS
from domain.text import joined

GROUNDS = ("recalled", "resigned", "ordered_to_resign")
"""Why a seat ended so that these offices end with it: removed by the voters, or resigned (责令辞职 is a resignation too)."""


def offices_ending(person: str, ground: str, moment: Moment) -> tuple[Finding, ...]:
    """That offices end with a seat which ends on such a ground."""
    rule = moment.law.ruling("termination.offices")
    if ground not in GROUNDS or rule is None or rule.value is None:
        return ()
    what = joined(ORGANS[organ] for organ in rule.options)
    return (alert("OfficesEndToo", rule.basis, person=person, what=what),)
