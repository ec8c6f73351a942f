"""From a plan to the fields of `register-session`: names sealed, groups filled from the roll, own rules made law."""

from collections.abc import Mapping
from typing import Any

from domain.election.parts import PersonEntry
from domain.law import LawBook
from domain.ports import Sealing
from domain.session.parts import DeputyEntry, Group, PlannedSitting
from domain.session.registration import RegisterSession
from yishi.ledger.vault import person_key
from yishi.planning.plan import Plan

__all__ = ["person_key", "register_fields", "with_sealed_name"]


def register_fields(plan: Plan, book: LawBook, sealing: Sealing, *, rehearsal: bool) -> dict[str, Any]:
    """The JSON fields of `RegisterSession`.

    Args:
        book: the law book of the session; its edition goes into the record, and own rules tighten as its topics say.
        sealing: seals each name under the key of its person (`person_key`), in one go if it can.
    """
    groups = tuple(
        Group(code=g.code, title=g.title, members=tuple(d.id for d in plan.entries if d.group == g.code))
        for g in plan.groups
    )
    names = {d.id: d.name for d in plan.entries} | {p.id: p.name for p in plan.people}
    sealed = _sealed({_key(plan, person): name for person, name in names.items() if name}, sealing)
    command = RegisterSession(
        congress=plan.congress,
        procedure=plan.procedure_id,
        profile=plan.profile,
        adopts=plan.adopts,
        own_rules=plan.provisions(book),
        term=plan.session.term,
        number=plan.session.number,
        kind=plan.session.kind,
        opens=plan.session.opens,
        closes=plan.session.closes,
        roll=_roll(plan, sealed),
        groups=groups,
        previous_presidium=plan.previous_presidium(),
        agenda=plan.agenda,
        sittings=tuple(PlannedSitting(code=s.code, kind=s.kind, title=s.title, planned=s.at) for s in plan.sittings),
        projects=plan.projects,
        elections=plan.elections,
        people=_people(plan, sealed),
        elections_completed=plan.session.elections_completed,
        edition=book.edition,
        rehearsal=rehearsal,
    )
    return command.model_dump(mode="json")


def with_sealed_name(stream: str, fields: Mapping[str, Any], sealing: Sealing) -> dict[str, Any]:
    """Fields of `register-person` with the name sealed under the person's key, instead of in clear.

    Args:
        stream: the session's, which says the congress and the term: `{congress}/{term}-{session}/session/1`.
    """
    congress, session = stream.split("/")[:2]
    sealed = {name: value for name, value in fields.items() if name != "name"}
    if fields.get("name"):
        person = person_key(congress, int(session.split("-")[0]), fields["person_id"])
        sealed["sealed_name"] = sealing.seal(person, fields["name"])
    return sealed


def _roll(plan: Plan, sealed: Mapping[str, str]) -> tuple[DeputyEntry, ...]:
    return tuple(
        DeputyEntry(
            id=d.id,
            sealed_name=sealed.get(_key(plan, d.id), ""),
            group=d.group,
            suspended=d.suspended,
            unapproved_absences=d.unapproved_absences,
            card=d.card,
        )
        for d in plan.entries
    )


def _people(plan: Plan, sealed: Mapping[str, str]) -> tuple[PersonEntry, ...]:
    return tuple(PersonEntry(id=p.id, sealed_name=sealed.get(_key(plan, p.id), ""), voter=p.voter) for p in plan.people)


def _key(plan: Plan, person: str) -> str:
    return person_key(plan.congress.code, plan.session.term, person)


def _sealed(names: Mapping[str, str], sealing: Sealing) -> Mapping[str, str]:
    in_one_go = getattr(sealing, "seal_all", None)
    if in_one_go is not None:
        done: Mapping[str, str] = in_one_go(names)
        return done
    return {person: sealing.seal(person, name) for person, name in names.items()}
