"""Who may hold a post: from among the deputies, or any deputy or voter; and offices that cannot be held beside it."""

from typing import Literal

from domain.election.election import Election, known_persons
from domain.election.parts import PersonId
from domain.election.posts import AMONG_DEPUTIES, NATIONAL, PostKind
from domain.event import Finding
from domain.findings import info, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.parts import Part
from domain.session.state import Moment, Session
from domain.text import Text

Organ = Literal["administrative", "supervisory", "judicial", "procuratorial"]
ORGANS = {
    "administrative": Text("行政机关", "an administrative organ"),
    "supervisory": Text("监察机关", "a supervisory organ"),
    "judicial": Text("审判机关", "a judicial organ"),
    "procuratorial": Text("检察机关", "a procuratorial organ"),
}


class NotAmongDeputies(Refused):
    says = Text(
        "{person} 不是本级人大代表,{election}只能从代表中选举",
        "{person} is no deputy of this congress; {election} is elected from among its deputies",
    )


class Holding(Part):
    """An office in another organ that somebody holds. `leaves`: it is stated that he or she gives it up when elected."""

    person: PersonId
    organ: Organ
    leaves: bool = False


def eligible(session: Session, election: Election, person: str, moment: Moment) -> tuple[Finding, ...]:
    """地方组织法 (2022) arts 18(1), 47(1)(2): standing committee, township's chair and vice-chairs come from the deputies (从代表中选举).

    For other posts any deputy or voter; whether somebody is a voter is what the secretariat says of them. The same is asked of a
    person nominated and of one written in. 全国人大组织法 (2021) art. 23(2): so is the national standing committee; of the posts that
    there are only at the national level no text asks for more than the age of President and Vice-President.

    Raises:
        UnknownPerson: nobody on the roll or registered. NotAmongDeputies: no deputy, for a post that only a deputy may hold.
    """
    known_persons(session, (person,))
    aged = _of_age(election, person, moment)
    rule = _from_deputies(election, moment)
    if rule is not None and rule.on and person not in session.in_office:
        if rule.may_refuse:
            raise NotAmongDeputies(rule.basis, person=person, election=election.title)
        return (warn("NotFromTheDeputies", rule.basis, person=person, election=election.title),)
    if person in session.in_office or election.post.levels == NATIONAL:
        return aged
    of_deputies = election.post.is_deputy
    basis = moment.basis("eligibility.deputies") if of_deputies else moment.basis("eligibility.any_deputy_or_voter")
    voter = session.people[person].voter
    return () if voter else (warn("VoterNotStated" if voter is None else "NoVoter", basis, person=person),)


def _of_age(election: Election, person: str, moment: Moment) -> tuple[Finding, ...]:
    """宪法 (2018) art. 79(2): President and Vice-President are 45 or older (年满四十五周岁).

    Nobody's age is in the record: the office is told.
    """
    rule = moment.law.ruling("eligibility.president_age") if election.post.organ == "presidency" else None
    if rule is None:
        return ()
    return (info("AgeNotOnRecord", rule.basis, person=person, election=election.title, needed=rule.number),)


def _from_deputies(election: Election, moment: Moment) -> Ruling | None:
    if election.post.code not in AMONG_DEPUTIES:
        return None
    of_committee = election.post.organ == "standing_committee"
    return moment.law.ruling("eligibility.sc") if of_committee else moment.law.ruling("eligibility.presidium_township")


def offices_held(
    election: Election, persons: tuple[str, ...], holding: tuple[Holding, ...], moment: Moment
) -> tuple[Finding, ...]:
    """地方组织法 (2022) art. 47(3): who is in the standing committee holds no office in these organs (不得担任), and gives one of both up.

    The text forbids to hold both and not to stand, so a nominee is told of and nobody is turned away.
    """
    rule = moment.law.ruling("eligibility.sc_incompatible")
    if rule is None or rule.value is None or election.post.organ != "standing_committee":
        return ()
    barred = (h for h in holding if h.person in persons and h.organ in rule.options and not h.leaves)
    return tuple(warn("MustGiveUpOffice", rule.basis, person=h.person, what=ORGANS[h.organ]) for h in barred)


def ethnic_township(session: Session, election: Election, moment: Moment) -> tuple[Finding, ...]:
    """地方组织法 (2022) art. 70(3): the head of an ethnic township (民族乡) is of the nationality it was founded for.

    Of whom that is true is in no record here: where the congress's own name says 民族乡, the office is reminded.
    """
    rule = moment.law.ruling("eligibility.ethnic_township_head")
    head = election.post.kind is PostKind.HEAD and election.post.organ == "government"
    if rule is None or not head or "民族乡" not in session.plan.congress.name:
        return ()
    return (warn("EthnicTownshipHead", rule.basis),)
