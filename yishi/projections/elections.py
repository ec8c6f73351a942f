"""The elections of a session as readers are told of them: who is nominated, who stands, each ballot and what it came to.

Of a ballot that is still being counted only is told which sheets are in: two tellers enter theirs without looking at the other's.
"""

from collections.abc import Mapping
from typing import Any

from domain.election.coming import tie_of
from domain.election.declaration import ElectionDeclared
from domain.election.election import Election, Round
from domain.election.method import method_of
from domain.election.primary import PrimaryHeld
from domain.election.tally import Figures
from domain.law import LawBook
from domain.session.state import Session
from domain.text import Text
from yishi.projections.naming import person
from yishi.projections.reckoning import election_says, share_of

Names = Mapping[str, str]

KINDS = {"change_of_term": Text("换届选举", "change of term"), "by_election": Text("补选", "by-election")}
ROUNDS = {
    "first": Text("首次投票", "first ballot"),
    "revote": Text("再次投票", "revote"),
    "separate": Text("另行选举", "separate election"),
}
NOMINATORS = {
    "presidium": Text("主席团提名", "by the presidium"),
    "deputies": Text("代表联合提名", "by deputies jointly"),
    "organisations": Text("政党、人民团体推荐", "by parties and people's organisations"),
    "president": Text("国家主席提名", "by the President"),
    "premier": Text("国务院总理提名", "by the Premier"),
    "cmc_chair": Text("中央军事委员会主席提名", "by the chair of the Central Military Commission"),
}


def elections_of(session: Session, book: LawBook, names: Names) -> list[dict[str, Any]]:
    """All elections in the order of the plan, as JSON values."""
    return [_election(session, election, book, names) for election in session.elections.values()]


def _election(session: Session, election: Election, book: LawBook, names: Names) -> dict[str, Any]:
    planned, method = election.planned, method_of(session)
    return {
        "election": election.code,
        "title": election.title._asdict(),
        "post": {"id": planned.post, **election.post.title._asdict()},
        "kind": {"id": planned.kind, **KINDS[planned.kind]._asdict()},
        "separate": planned.separate,
        "seats": planned.seats,
        "seats_left": election.seats_left,
        "margin": method.margin(election.code) if method else None,
        "stands": stands(election)._asdict(),
        "nominations": [
            {
                "number": each.number,
                "by": {"id": each.nominator, **NOMINATORS.get(each.nominator, Text("", ""))._asdict()},
                "persons": [person(p, names) for p in each.persons],
                "signatures": len(each.signatories),
                "counted": len(each.counted),
                "admitted": each.admitted,
                "lost": each.lost,
                "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            }
            for each in election.nominations.values()
        ],
        "nominees": [person(p, names) for p in election.nominees],
        "declined": [person(p, names) for p in sorted(election.declined)],
        "primaries": [_primary(held, names) for held in election.primaries],
        "candidates": [person(p, names) for p in election.candidates],
        "lost": [person(p, names) for p in sorted(election.lost)],
        "ballots": [_ballot(session, election, ballot, book, names) for ballot in election.rounds],
        "elected": [person(p, names) for p in election.elected],
        "left_to_next_session": election.left_to_next_session,
    }


def _primary(held: PrimaryHeld, names: Names) -> dict[str, Any]:
    """One ballot of the primary (预选)."""
    return {
        "at": held.at.isoformat(),
        "issued": held.issued, "returned": held.returned, "valid": held.valid, "void": held.void,
        "lines": [{**person(line.person, names), "votes": line.votes} for line in held.lines],
        "chosen": [person(p, names) for p in held.chosen],
        "tied": [person(p, names) for p in held.tied],
    }  # fmt: skip


def _ballot(session: Session, election: Election, ballot: Round, book: LawBook, names: Names) -> dict[str, Any]:
    declared = _declared(session, election.code, ballot.number)
    told: dict[str, Any] = {
        "number": ballot.number,
        "round": {"id": ballot.kind, **ROUNDS[ballot.kind]._asdict()},
        "way": ballot.way,
        "sitting": ballot.sitting,
        "opened_at": ballot.opened_at.isoformat(),
        "candidates": [person(p, names) for p in ballot.candidates],
        "seats": ballot.seats,
        "needed": ballot.needed,
        "voters": ballot.voters,
        "sheets": sorted(ballot.sheets),
        "attested": ballot.figures is not None,
        "broken_off": ballot.broken_off,
        "figures": _figures(ballot.figures, names) if ballot.figures else None,
        "result": None,
        "says": None,
    }
    if declared is None:
        return told
    result = declared.outcome
    share = share_of(declared.basis, book, session.own_rules, declared.base, declared.needed)
    says = election_says(declared, lambda each: names.get(each, each), share)
    return told | {
        "declared_at": declared.at.isoformat(),
        "base": declared.base,
        "result": {
            "void": result.void.value if result.void else None,
            "elected": [person(p, names) for p in result.elected],
            "tied": [person(p, names) for p in result.tied],
            "tied_seats": result.tied_seats,
            "open_seats": result.open_seats,
        },
        "says": says._asdict(),
        "basis": [{"rule": c.rule, "zh": c.zh, "en": c.en, "kind": c.kind.value} for c in declared.basis],
    }


def _figures(figures: Figures, names: Names) -> dict[str, Any]:
    return {
        "issued": figures.issued,
        "returned": figures.returned,
        "valid": figures.valid,
        "void": figures.void,
        "lines": [
            {
                **person(line.person, names),
                "in_favour": line.in_favour,
                "against": line.against,
                "abstained": line.abstained,
            }
            for line in figures.lines
        ],
        "write_ins": [{**person(each.person, names), "in_favour": each.in_favour} for each in figures.write_ins],
    }


def _declared(session: Session, election: str, number: int) -> ElectionDeclared | None:
    of_ballot = (
        event
        for event in reversed(session.history)
        if isinstance(event, ElectionDeclared) and (event.election, event.number) == (election, number)
    )
    return next(of_ballot, None)


def stands(election: Election) -> Text:
    """Where an election stands, in a few words."""
    ballot = election.round
    if ballot is not None and ballot.outcome is None:
        return _being_counted(ballot)
    if election.seats_left == 0:
        return Text(f"已选出 {len(election.elected)} 人", f"all {len(election.elected)} elected")
    tie = tie_of(election)
    if tie is not None and tie.over:
        return Text(
            "票数相等的人中有人不再参选,等待宣布结果", "of those tied some stand no longer: to be declared again"
        )
    if ballot is None:
        return _before_the_ballot(election)
    if ballot.void:
        return Text("上一次投票无效,等待重新投票", "the last ballot is void: it is held again")
    if ballot.outcome is not None and ballot.outcome.tied:
        return Text("票数相等,等待再次投票", "tied: a revote comes next")
    left = election.seats_left
    if election.left_to_next_session:
        return Text(f"尚缺 {left} 人,留待下次会议另行选举", f"{left} seats are left to the next session")
    if election.separate_now:
        return Text(f"尚缺 {left} 人,本次会议另行选举", f"{left} seats are filled at this session")
    return Text(
        f"尚缺 {left} 人,等待决定何时另行选举", f"{left} seats are open: when they are filled is still to be decided"
    )


def _before_the_ballot(election: Election) -> Text:
    if election.candidates:
        found = len(election.candidates)
        return Text(f"正式候选人 {found} 人,等待投票", f"{found} candidates, no ballot yet")
    if election.nominees:
        found = len(election.nominees)
        return Text(f"提名 {found} 人,候选人尚未确定", f"{found} nominees, candidates not settled")
    return Text("尚未提名", "nobody nominated yet")


def _being_counted(ballot: Round) -> Text:
    if ballot.figures is not None:
        return Text("监票人已签认,等待宣布", "the count is attested, not declared yet")
    if ballot.sheets:
        which = "、".join(map(str, sorted(ballot.sheets)))
        return Text(f"正在计票,已收到第 {which} 张计票单", f"being counted, sheet {which} is in")
    return Text("正在投票", "the ballot is open")
