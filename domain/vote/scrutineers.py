"""The list of scrutineers (监票人): deputies whom the congress adopts, one of them the chief, and no candidates nor their near relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.election.election import Election, under
from domain.election.method import method_of
from domain.election.nomination import Nominated
from domain.event import Finding
from domain.findings import warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.listed import NobodyListed, deputies_listed
from domain.session.state import Moment, Session
from domain.text import Text
from domain.vote.subjects import SCRUTINEERS, SUBJECTS

if TYPE_CHECKING:
    from domain.vote.votes import PutToVote


class ChiefNotListed(Refused):
    says = Text("总监票人 {deputy} 不在监票人名单中", "the chief scrutineer {deputy} is not on the list of scrutineers")


class ScrutineerStands(Refused):
    says = Text(
        "{deputy} 是{election}的人选,不能担任监票人", "{deputy} stands for {election} and cannot be a scrutineer"
    )


class ScrutineerIsRelative(Refused):
    says = Text(
        "监票人中有候选人的近亲属,不能担任;换人后再提请表决",
        "a near relative of a candidate is among the scrutineers, who may not be: put another forward",
    )


class ScrutineersNotAdopted(Refused):
    says = Text(
        "监票人名单尚未通过(put-to-vote, subject scrutineers)",
        "the scrutineers are not adopted yet (put-to-vote, subject scrutineers)",
    )


def topics_of(session: Session) -> tuple[str, ...]:
    """The law of adopting them: of deputies' elections a text, of all others a practice."""
    of_deputies = any(e.post.is_deputy for e in session.elections.values())
    return (*(("scrutineers.adopted.deputies",) if of_deputies else ()), "scrutineers.adopted", "vote.scrutineers")


def scrutineers_list(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """选举法 (2020) art. 43: the deputies choose scrutineers (推选), and no near relative of a candidate may be one (近亲属不得担任).

    That is the law of deputies' elections. For leaders the election method may say so, else it is a reading; that they do not stand
    themselves is a practice.

    Raises:
        NobodyListed, NotADeputy, SuspendedOnList, ChiefNotListed, ScrutineerIsRelative, ScrutineerStands.
    """
    cited = moment.cites("scrutineers.adopted.deputies")
    if not command.persons and SCRUTINEERS not in session.agenda:
        raise NobodyListed(cited, what=SUBJECTS[SCRUTINEERS])
    deputies_listed(session, command.persons, SUBJECTS[SCRUTINEERS], cited, moment)
    if command.chief is not None and command.chief not in command.persons:
        raise ChiefNotListed(deputy=command.chief)
    if not session.elections:
        return ()
    for election in session.elections.values():
        if standing := _standing(election, command.persons):
            cited = moment.cites(
                "scrutineers.not_candidates", *under(election.post, "scrutineers.not_relatives", "ballot.reconciled")
            )
            raise ScrutineerStands(cited, deputy=standing[0], election=election.title)
    findings: tuple[Finding, ...] = ()
    if command.chief is None:
        findings += (warn("ChiefNotNamed", moment.basis("scrutineers.adopted")),)
    return findings + _relatives(session, command, moment)


def who_stand(election: Election, persons: tuple[str, ...], moment: Moment) -> tuple[Finding, ...]:
    """Those of the scrutineers who were nominated after they were adopted: they take no part in this count."""
    rule = moment.law.ruling("scrutineers.not_candidates")
    standing = _standing(election, persons)
    if standing and rule is not None and rule.may_refuse:
        raise ScrutineerStands(rule.basis, deputy=standing[0], election=election.title)
    basis = rule.basis if rule else ()
    return tuple(warn("ScrutineerStands", basis, deputy=p, election=election.title) for p in standing)


def _standing(election: Election, persons: tuple[str, ...]) -> list[str]:
    """Nobody watches over the count of their own votes: our own safeguard, as two tellers are; for deputies' relatives it is law."""
    return [p for p in persons if p in (*election.candidates, *election.nominees)]


def _relatives(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """What was stated of near relatives, held against the law of each kind of election in this session, each once."""
    rules = _on_relatives(session, tuple(session.elections.values()), moment)
    return _stated(rules, command.no_relatives, "RelativesNotStated", moment)


def _on_relatives(session: Session, elections: tuple[Election, ...], moment: Moment) -> list[tuple[Ruling, bool]]:
    """The law on near relatives for these elections, and whether it refuses one: the Electoral Law does, for leaders the method may."""
    method = method_of(session)
    rules: list[tuple[Ruling, bool]] = []
    if any(e.post.is_deputy for e in elections):
        of_deputies = moment.law.ruling("scrutineers.not_relatives.deputies")
        rules += [(of_deputies, of_deputies.may_refuse)] if of_deputies else []
    if any(not e.post.is_deputy for e in elections):
        of_leaders = moment.law.ruling("scrutineers.not_relatives")
        said = method.rules.relatives if method else None
        if of_leaders is not None and said != "allowed":
            rules.append((of_leaders, of_leaders.may_refuse or said == "barred"))
    return rules


def _stated(
    rules: list[tuple[Ruling, bool]], none_is: bool | None, silent: str, moment: Moment, found: str = ""
) -> tuple[Finding, ...]:
    """What follows of the statement that none of them is a near relative: True, False, or None for no statement.

    Raises:
        ScrutineerIsRelative.
    """
    if none_is is True:
        return ()
    for rule, refuses in rules:
        if refuses and none_is is False:
            by_method = () if rule.may_refuse else moment.cites("election.method")
            raise ScrutineerIsRelative((*by_method, *rule.basis))
    if none_is is False:
        return tuple(warn("RelativeAmongScrutineers", rule.basis) for rule, _ in rules)
    return tuple(warn(silent, rule.basis, **({"found": found} if found else {})) for rule, _ in rules)


def relatives_of_later(
    session: Session, election: Election, candidates: tuple[str, ...], none_is: bool | None, moment: Moment
) -> tuple[Finding, ...]:
    """选举法 (2020) art. 43(2), asked again when a ballot opens: of candidates nominated since the scrutineers were adopted.

    The statement then was of those nominated by then. Asked once of each: what was stated at an earlier ballot of the election holds.

    Raises:
        ScrutineerIsRelative.
    """
    lists = [session.votes[code] for code in _adopted(session) if code in session.votes]
    if not lists:
        return ()
    first = min(vote.at for vote in lists)
    spoken_of = {p for e in session.history if isinstance(e, Nominated) and e.at <= first for p in e.persons}
    spoken_of |= {p for r in election.rounds for p in r.candidates}
    later = [p for p in candidates if p not in spoken_of]
    if not later:
        return ()
    rules = _on_relatives(session, (election,), moment)
    return _stated(rules, none_is, "RelativesOfLaterNominees", moment, "、".join(later))


def _adopted(session: Session) -> list[str]:
    """The lists of scrutineers adopted; one may have been an item of the agenda, under a code of its own."""
    lists = [i for i in session.agenda.values() if i.kind == "list" and "监票" in i.title]
    return [code for code in (SCRUTINEERS, *(i.code for i in lists)) if session.has(f"adopted:{code}")]


def scrutineers_ready(session: Session, election: Election, moment: Moment) -> tuple[Finding, ...]:
    """Asked before a ballot opens: scrutineers are adopted, and none of them stands now.

    Raises:
        ScrutineersNotAdopted, ScrutineerStands.
    """
    adopted = _adopted(session)
    rule = moment.law.ruling(f"scrutineers.adopted{election.post.under}")
    if not adopted:
        if rule is not None and rule.may_refuse:
            raise ScrutineersNotAdopted(rule.basis)
        return (warn("ScrutineersNotAdopted", rule.basis),) if rule is not None else ()
    persons = tuple(p for code in adopted if code in session.votes for p in session.votes[code].persons)
    return who_stand(election, tuple(dict.fromkeys(persons)), moment)
