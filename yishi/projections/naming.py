"""The names of those whom a session's events know by id: its deputies, and others who may be elected. They are opened, never stored."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.session.state import Session
from yishi.ledger.vault import names_in, person_key


def names_of(folder: Path, session: Session) -> dict[str, str]:
    """Names by id, as far as the folder's keys open them."""
    plan = session.plan
    people = [each for each in (*plan.roll, *session.people.values()) if each.sealed_name]
    return names_in(folder, {p.id: (person_key(plan.congress.code, plan.term, p.id), p.sealed_name) for p in people})


def person(of: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Somebody as readers are told of them; the name is null where there is none to open."""
    return {"id": of, "name": names.get(of)}
