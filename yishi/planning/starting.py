"""From a plan to what registers its session over the door: names in clear, to be sealed there; the same for command line and door."""

from typing import Any

from domain.law import LawBook
from yishi.planning.plan import Plan
from yishi.planning.register import register_fields


def named_fields(plan: Plan, book: LawBook) -> dict[str, Any]:
    """The fields of `register-session` with each name beside its id, and without an edition: the door takes the newest."""
    fields = register_fields(plan, book, _InClear(), rehearsal=False)
    names = {d.id: d.name for d in plan.entries} | {p.id: p.name for p in plan.people}
    for part in ("roll", "people"):
        fields[part] = [
            {**{k: v for k, v in e.items() if k != "sealed_name"}, "name": names[e["id"]]} for e in fields[part]
        ]
    del fields["edition"]
    return fields


def names_nobody(plan: Plan) -> bool:
    """Whether the plan's own file may be kept as it is: nobody stands in it by name, whom a record would have to be able to forget."""
    return not any(person.name for person in plan.people)


class _InClear:
    """Seals nothing: over the door names go in clear, and are sealed there before anything is recorded."""

    def seal(self, person: str, plain: str) -> str:
        return ""

    def open(self, person: str, sealed: str) -> str | None:
        return None
