"""What an office looks at on Monday: over all its sessions and matters, what is due, what is overdue, what waits, and for whom.

A deadline says for whom it waits by the unit's name or by an office; whoever has the next move and no day for it, waits
where the matter stands, since it came there. Red: its last day is past. Yellow: seven days are left, or fewer. Green: more.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from domain.matter.matter import Matter
from domain.offices import office_word
from domain.text import Text, joined

SOON_DAYS = 7
OVERDUE = ("overdue", "missed")
OPEN = ("running", *OVERDUE)
AND = "、"
"""Between units that handle a matter together."""


def light_of(state: str, days_left: int) -> str:
    """Red, yellow or green; nothing for what is done."""
    if state in OVERDUE:
        return "red"
    if state != "running":
        return ""
    return "yellow" if days_left <= SOON_DAYS else "green"


def sunday_of(day: date) -> date:
    """The last day of the week that a day is in."""
    return day + timedelta(days=6 - day.weekday())


def said_of(waits_for: str) -> Text:
    """For whom, in words: units by their names, offices by theirs."""
    return joined(office_word(each) for each in waits_for.split(AND) if each)


def matter_told(matter: Matter | None, stream: str) -> dict[str, Any]:
    """Which matter something is about, and where it stands; of a session's own deadline only which session."""
    of = {"session": stream.rsplit("/", 2)[0]}
    if matter is None or not matter.stands:
        return of | {
            "number": None,
            "kind": None,
            "title": None,
            "unit": None,
            "deputies": [],
            "stands": None,
            "round": None,
        }
    return of | {
        "number": matter.number,
        "kind": {"id": matter.kind, **matter.loop.title._asdict()},
        "title": matter.title,
        "unit": matter.unit,
        "deputies": list(matter.deputies),
        "stands": {"id": matter.stands, **matter.loop.standing(matter.stands).title._asdict()},
        "round": matter.round,
    }


def narrowed(
    monday: dict[str, Any], *, session: str | None = None, unit: str | None = None, deputy: str | None = None,
    week: bool = False, all_: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The list for a session, for whom it waits, for a deputy's own matters, for this week; with `all_` also what was met."""

    def fits(row: dict[str, Any]) -> bool:
        names = (*row["waits_for"].split(AND), row["waits"]["zh"], row["waits"]["en"])
        return (
            (session is None or row["session"] == session.removesuffix("/session/1"))
            and (unit is None or unit in names)
            and (deputy is None or deputy in row["deputies"])
        )

    due, waiting = monday["deadlines"], [] if week else monday["waiting"]
    if (session, unit, deputy) != (None, None, None):
        due, waiting = list(filter(fits, due)), list(filter(fits, waiting))
    if not all_:
        due = [row for row in due if row["state"] in OPEN]
    if week:
        due = [row for row in due if row["this_week"]]
    return monday | {"deadlines": due, "waiting": waiting, "counts": _counted(due) | {"waiting": len(waiting)}}


def _counted(rows: list[dict[str, Any]]) -> dict[str, int]:
    found = Counter((row["light"], row["this_week"]) for row in rows)
    lights = {light: found[light, True] + found[light, False] for light in ("red", "yellow", "green")}
    return lights | {"this_week": sum(count for (light, week), count in found.items() if week and light != "red")}
