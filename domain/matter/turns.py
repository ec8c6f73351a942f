"""Whose turn it is, in a body that has no such office: the loops name the offices of a county, a township and a street have others.

地方组织法 (2022) art. 42: between a township's sessions its presidium does what a county's standing committee does. Art. 59(3): a street
has no congress; the committee that supervises there is the standing committee's own working organ (人大街道工委).
"""

from collections.abc import Mapping

SUPERVISORS = ("sc_office", "standing_committee", "council_of_chairpersons")
INSTEAD: dict[str, Mapping[str, str]] = {
    "township": dict.fromkeys((*SUPERVISORS, "street_committee"), "presidium"),
    "residents": {
        **dict.fromkeys((*SUPERVISORS, "presidium"), "street_committee"),
        "government": "street_office",
        "group": "council",
    },
}
"""By level: the office that stands in the place of another."""


def office_here(office: str, level: str) -> str:
    """The office whose turn it is in a body of that level; a unit's own name, or what that level has, stays as it is."""
    return INSTEAD.get(level, {}).get(office, office)
