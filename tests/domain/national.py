"""A session of the National People's Congress to test in: four delegations, key-pads, the presidium that alone nominates."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from domain.election.method import DraftElectionMethod, Margin, Rules
from domain.election.nomination import Nominate
from domain.election.parts import PlannedElection
from domain.election.printing import PrintNominees
from domain.session.dates import DecideDate, PublishDate
from domain.session.delegations import FormDelegations
from domain.session.notice import GiveNotice, InviteObservers, Prepare, SendPapers
from domain.session.parts import AgendaItem, Group
from domain.session.presidium import PresidiumMeets
from domain.session.roll import ConfirmCredentials
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting
from domain.vote.votes import PutToVote
from tests.domain.chamber import Chamber, ids

MARCH = date(2026, 3, 5)
"""When it opens here unless a test says otherwise: under the rules of 2021 and the Deputies Law of 2025."""

REORGANISE = AgendaItem(code="reform", kind="decision", title="关于国务院机构改革方案的决定")
AMENDMENT = AgendaItem(code="amendment", kind="constitution", title="宪法修正案(草案)")
RULES = Rules(
    ballot_count="returned_over_issued", overmarked="void", write_in_when_abstaining="void", revote_tie="vote_again", relatives="barred",
    shortfall="next_session",
)  # fmt: skip


def keypad(subject: str, in_favour: int, against: int = 0, abstained: int = 0, **more: Any) -> PutToVote:
    """A vote by key-pad; whoever is left over did not press one."""
    figures = {"in_favour": in_favour, "against": against, "abstained": abstained}
    return PutToVote(subject=subject, method="electronic", **figures, **more)


def delegations(deputies: int, size: int | None = None) -> tuple[Group, ...]:
    """Four delegations of the same size, as the roll has them; the last takes the rest."""
    roll, part = ids(deputies), size or deputies // 4
    cuts = (0, part, 2 * part, 3 * part, deputies)
    names = ("north", "east", "south", "west")
    return tuple(
        Group(code=name, title=name, members=roll[start:end])
        for name, start, end in zip(names, cuts, cuts[1:], strict=False)
    )


def _before(house: Chamber, here: int) -> None:
    if house.registering.kind == "first":
        house.on(house.opens - timedelta(days=41)).given(ConfirmCredentials(valid=len(house.roll)))
    house.on(house.opens - timedelta(days=40)).given(DecideDate(opens=house.opens, closes=house.closes), PublishDate())
    house.given(Prepare(drafts=("议程草案",)), GiveNotice(), SendPapers(papers=("报告",)))
    house.given(InviteObservers(who=("国务院组成人员",), count=200), FormDelegations())


def _prep_signed_in(house: Chamber, here: int) -> None:
    house.on(house.opens - timedelta(days=1), 14).given(SignIn(sitting="prep", present=here))


def _constituted(house: Chamber, here: int) -> None:
    house.given(keypad("presidium", here, persons=house.roll[:19]))
    house.given(keypad("secretary-general", here, persons=house.roll[:1]))
    house.given(keypad("agenda", here), CloseSitting())


def _signed_in(house: Chamber, here: int) -> None:
    house.on(house.opens, 8).given(SignIn(sitting="s1", present=here))


POINTS: dict[str, Callable[[Chamber, int], object]] = {
    "registered": lambda house, here: house.registers(),
    "prepared": _before,
    "prep signed in": _prep_signed_in,
    "prep held": lambda house, here: house.given(OpenSitting(sitting="prep")),
    "constituted": _constituted,
    "signed in": _signed_in,
    "opened": lambda house, here: house.on(house.opens, 9).given(OpenSitting(sitting="s1")),
}
"""The stations of a session in their order, each with the acts that lead to it from the one before."""


def national(point: str = "opened", deputies: int = 120, *, present: int | None = None, **about: Any) -> Chamber:
    """A session brought, lawfully in every step, to one of `POINTS`; its preparatory meeting is the day before."""
    assert point in POINTS
    about = {"profile": "npc-national", "opens": MARCH, "agenda": (REORGANISE,), **about}
    if any(e.kind == "change_of_term" for e in about.get("elections", ())):
        about = {"kind": "first", "elections_completed": about["opens"] - timedelta(days=30), **about}
    about.setdefault("registered", about["opens"] - timedelta(days=60))
    about.setdefault("sittings", (("prep", "preparatory"), ("s1", "plenary"), ("s2", "plenary")))
    about.setdefault("groups", delegations(deputies))
    house = Chamber(deputies, **about)
    for name, come_to in POINTS.items():
        come_to(house, len(house.roll) if present is None else present)
        if name == point:
            break
    return house


def post(code: str, seats: int = 1, kind: str = "change_of_term", **more: Any) -> PlannedElection:
    """An election of that post, under the post's own code."""
    return PlannedElection(code=code, post=code, title=code, seats=seats, kind=kind, **more)


def named_by(nominator: str, election: str, *persons: str, number: str = "1", **more: Any) -> Nominate:
    """A nomination, introduced."""
    fields: dict[str, Any] = {"introduced": True, **more}
    return Nominate(number=number, election=election, nominator=nominator, persons=persons, **fields)


def with_method(house: Chamber, *margins: tuple[str, int], present: int | None = None) -> Chamber:
    """With the presidium at its meeting and the method of electing and deciding adopted by all who are there."""
    here = len(house.roll) if present is None else present
    house.given(PresidiumMeets(meeting=2, present=len(house.session.presidium)))
    drafted = DraftElectionMethod(margins=tuple(Margin(election=e, extra=n) for e, n in margins), rules=RULES)
    return house.given(drafted, keypad("election-method", here))


def conferred(house: Chamber, *elections: str) -> Chamber:
    """With the nominees conferred on in the delegations (酝酿协商)."""
    return house.given(PrintNominees(elections=elections))


def scrutineers(house: Chamber, present: int | None = None) -> Chamber:
    """With scrutineers who are no candidates."""
    here = len(house.roll) if present is None else present
    who = house.roll[-3:]
    return house.given(keypad("scrutineers", here, persons=who, chief=who[0], no_relatives=True))
