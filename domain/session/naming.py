"""What people call the thing an act is about: an agenda item, a sitting, a matter of the presidium, a poll."""

from collections.abc import Mapping
from typing import Any

from domain.session.presidium_matters import MATTERS
from domain.session.state import Session
from domain.text import Text, joined
from domain.vote.amendments import amendment_of
from domain.vote.sheets import POLLS
from domain.vote.subjects import SUBJECTS

OF_OFFICES = {"removal": Text("罢免案", "removal"), "resignation": Text("辞职", "resignation")}
"""What awaits the approval from above beside elections, by how its code begins: `removal-1`."""

ABOUT = ("item", "motion_title", "subject", "matter", "sitting", "poll", "number")


def named(session: Session, code: str) -> Text:
    """The title behind a code; the code itself where nothing is known by it."""
    if words := SUBJECTS.get(code) or (None if code in session.agenda else POLLS.get(code)):
        return words
    if (amendment := amendment_of(session, code)) is not None:
        return amendment.title
    if (election := session.elections.get(code)) is not None:
        return Text(election.title.zh, election.title.en)
    kind, _, number = code.partition("-")
    if number and kind in OF_OFFICES and number in getattr(session.tenure, f"{kind}s"):
        return Text(f"第{number}号{OF_OFFICES[kind].zh}", f"{OF_OFFICES[kind].en} {number}")
    found = session.agenda.get(code) or session.sittings.get(code)
    return Text(found.title, found.title) if found else MATTERS.get(code, Text(code, code))


def names(session: Session) -> dict[str, Text]:
    """What every code that an act of this session may name is called."""
    titled = {**session.agenda, **session.sittings}
    amended = [amendment.subject for amendment in session.amendments.values()]
    return {code: named(session, code) for code in (*titled, *amended, *SUBJECTS, *MATTERS, *POLLS)}


def about(session: Session, fields: Mapping[str, Any]) -> Text | None:
    """What a command's or an event's fields are about; None when they name nothing."""
    if elections := [fields["election"]] if fields.get("election") else list(fields.get("elections") or ()):
        known = (session.elections.get(code) if isinstance(code, str) else None for code in elections)
        return joined(e.title if e else Text(str(code), str(code)) for e, code in zip(known, elections, strict=True))
    if (matter := MATTERS.get(str(fields.get("matter", "")))) is not None and not fields.get("item"):
        return matter
    one = next((fields[name] for name in ABOUT if isinstance(fields.get(name), str) and fields[name]), None)
    codes = [one] if one else list(fields.get("items") or ())
    return joined(named(session, code) for code in codes) if codes else None
