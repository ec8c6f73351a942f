"""The figures that a credentials report may carry: the number of deputies, the direct elections, and elections found invalid.

选举法 (2020) arts 12-14, 45(1)(4)(5), 47. None has to be given; what is given is held against the law of the day. Those who were elected by
another congress (cities, provinces) come with no constituencies.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.event import Finding
from domain.findings import info, warn
from domain.law import Citation, Ruling
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Part
from domain.session.state import Moment, Session
from domain.text import Text, joined

FixedBy = Literal["county_standing_committee", "provincial_standing_committee", "npc_standing_committee"]
FIXED_BY: dict[str, Text] = {
    "county_standing_committee": Text("县级人大常委会", "the county standing committee"),
    "provincial_standing_committee": Text("省级人大常委会", "the provincial standing committee"),
    "npc_standing_committee": Text("全国人大常委会", "the National People's Congress Standing Committee"),
}
Ground = Literal["bribery", "foreign_funding", "qualification", "procedure"]
INVALID_FOR: dict[str, str] = {
    "bribery": "election.bribery",
    "foreign_funding": "election.foreign_funding",
    "qualification": "credentials.confirmed",
    "procedure": "credentials.confirmed",
}
"""What an election may be found invalid for (当选无效), each with its topic."""


class TooManyDeputies(Refused):
    says = Text(
        "代表名额 {found} 名,按人口 {people} 人计算最多 {needed} 名",
        "a number of {found} deputies: for {people} people there may be {needed}",
    )


class AboveTheCap(Refused):
    says = Text("代表名额 {found} 名,最多 {most} 名", "a number of {found} deputies: there may be {most}")


class FixedByAnother(Refused):
    says = Text(
        "代表名额(或者另加的名额)由{allowed}确定",
        "the number of deputies, or what is added to it, is fixed by {allowed}",
    )


class MoreThanFixed(Refused):
    says = Text(
        "确定的代表名额为 {needed} 名,当选的 {found} 人:总名额确定后不再变动",
        "the number fixed is {needed}, {found} were elected: once fixed it does not change",
    )


class NotElectedDirectly(Refused):
    says = Text(
        "本级代表由下一级人大选举,没有选区(constituencies)",
        "deputies of this level are elected by the congresses below, not in constituencies",
    )


class ConstituencyWrong(Refused):
    says = Text(
        "{constituency}:数字不合({what});请核对",
        "{constituency}: the figures cannot be ({what}); check them",
    )


class TurnoutTooLow(Refused):
    says = Text(
        "{constituency}选民 {total} 人,参加投票 {found} 人,{share}({needed} 人),选举无效,其代表资格不能确认",
        "{constituency}: {found} of {total} voters took part, {share} ({needed}): the election is invalid and its deputies are not confirmed",
    )


class TooFewVotes(Refused):
    says = Text(
        "{constituency}:{deputy} 得 {found} 票,应有 {needed} 票({share}),不能当选",
        "{constituency}: {deputy} had {found} votes, {needed} are needed ({share}): not elected",
    )


class DeputiesNumber(Part):
    """The number of deputies as it was fixed (代表名额). Units: deputies, people.

    `extra`: up to five in a hundred were added by decision of `extra_by`. `municipality`: a city directly under the central government.
    """

    fixed: int = Field(ge=1)
    people: int | None = Field(default=None, ge=1)
    fixed_by: FixedBy | None = None
    extra: bool = False
    extra_by: FixedBy | None = None
    municipality: bool = False


class Returned(Part):
    """One deputy whom a constituency elected. `ballots`: of the separate election (另行选举) in which it was, else None."""

    deputy: DeputyId
    votes: int = Field(ge=0)
    ballots: int | None = Field(default=None, ge=1)


class Constituency(Part):
    """One constituency (选区) and its election. Units: seats, voters (选民), voters who took part (参加投票)."""

    code: Code
    seats: int = Field(ge=1)
    voters: int = Field(ge=1)
    took_part: int = Field(ge=0)
    elected: tuple[Returned, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({e.deputy for e in self.elected}) < len(self.elected):
            raise ValueError("同一选区的当选代表重复 / a deputy stands twice among those a constituency elected")
        return self


class InvalidElection(Part):
    """Somebody elected whose election was found invalid (确定当选无效), and so is not on the roll."""

    ground: Ground
    why: str = Field(default="", max_length=500)


def number_of_deputies(fixed: DeputiesNumber, elected: int, moment: Moment) -> tuple[Finding, ...]:
    """选举法 (2020) arts 12-14: base and population, never above the cap; fixed by whom; and no more elected than were fixed.

    Raises:
        FixedByAnother, AboveTheCap, TooManyDeputies, MoreThanFixed.
    """
    _by_whom(fixed.fixed_by, moment.law.ruling("deputies.number.fixed_by"))
    _by_whom(fixed.extra_by if fixed.extra else None, moment.law.ruling("deputies.number.extra_by"))
    findings = _by_population(fixed, moment)
    unchanged = moment.law.ruling("deputies.number.unchanged")
    if unchanged is not None and elected > fixed.fixed:
        raise MoreThanFixed(unchanged.basis, needed=fixed.fixed, found=elected)
    if elected < fixed.fixed:
        findings += (info("SeatsVacant", moment.basis("deputies.number.unchanged"), open=fixed.fixed - elected),)
    return findings


def _by_whom(said: str | None, rule: Ruling | None) -> None:
    if said is not None and rule is not None and rule.may_refuse and said not in rule.options:
        raise FixedByAnother(rule.basis, allowed=joined(FIXED_BY[each] for each in rule.options))


def _by_population(fixed: DeputiesNumber, moment: Moment) -> tuple[Finding, ...]:
    """The base with one for so many people, a remainder not counted (a reading); five in a hundred more by decision, beyond the cap too.

    That the addition may go beyond the cap is how article 12(3) reads: 代表名额可以另加.
    """
    base, cap = moment.law.ruling("deputies.number.base"), moment.law.ruling("deputies.number.cap")
    per = moment.law.ruling("deputies.number.per_population")
    if fixed.municipality:
        per = moment.law.ruling("deputies.number.per_population.municipality")
    if base is None or cap is None or per is None:
        return ()
    most = cap.range.most + _extra(fixed, cap.range.most, moment)
    if fixed.fixed > most:
        raise AboveTheCap(cap.basis, found=fixed.fixed, most=most)
    if fixed.people is None:
        return ()
    whole, rest = divmod(fixed.people, per.number)
    lawful = min(base.number + whole, cap.range.most)
    lawful += _extra(fixed, lawful, moment)
    basis = (*base.basis, *per.basis)
    if fixed.fixed > lawful and not (rest and fixed.fixed == lawful + 1):
        raise TooManyDeputies(basis, found=fixed.fixed, people=fixed.people, needed=lawful)
    if fixed.fixed > lawful:
        return (warn("NumberRoundedUp", moment.basis("deputies.number.rounding"), found=fixed.fixed, needed=lawful),)
    few = moment.law.ruling("deputies.number.few_people")
    small = few is not None and fixed.people < few.number
    if fixed.fixed < base.number and not small:
        return (
            warn("FewerThanTheBase", (*base.basis, *(few.basis if few else ())), found=fixed.fixed, needed=base.number),
        )
    return ()


def _extra(fixed: DeputiesNumber, number: int, moment: Moment) -> int:
    rule = moment.law.ruling("deputies.number.extra") if fixed.extra else None
    bounds = rule.portion.bounds(number) if rule is not None and rule.value is not None else None
    return bounds[1] if bounds else 0


def constituencies_hold(session: Session, given: tuple[Constituency, ...], moment: Moment) -> tuple[Citation, ...]:
    """选举法 (2020) art. 45(1)(5): more than half of the voters took part, and each elected has the votes that elect; with the law of it.

    Raises:
        NotElectedDirectly, ConstituencyWrong, TurnoutTooLow, TooFewVotes.
    """
    turnout = moment.law.ruling("direct.turnout")
    if given and turnout is None:
        raise NotElectedDirectly()
    for each in given:
        _possible(session, each)
        assert turnout is not None
        if not turnout.share.met_by(each.took_part, each.voters):
            figures = {"total": each.voters, "found": each.took_part, "needed": turnout.share.needed(each.voters)}
            raise TurnoutTooLow(turnout.basis, constituency=each.code, share=turnout.share.missed, **figures)
        for one in each.elected:
            _elected(each, one, moment)
    separate = any(one.ballots is not None for each in given for one in each.elected)
    topics = ("direct.turnout", "direct.majority", *(("direct.separate", "direct.shortfall") if separate else ()))
    return moment.basis(*topics) if given else ()


def _possible(session: Session, each: Constituency) -> None:
    wrong: Text | None = None
    if each.took_part > each.voters:
        wrong = Text("参加投票的多于选民", "more took part than there are voters")
    elif len(each.elected) > each.seats:
        wrong = Text("当选的多于名额", "more elected than seats")
    elif stranger := [e.deputy for e in each.elected if e.deputy not in session.roll]:
        wrong = Text(f"{stranger[0]} 不在代表名册中", f"{stranger[0]} is not on the roll")
    elif any(e.votes > (e.ballots or each.took_part) for e in each.elected):
        wrong = Text("得票多于投票人数", "more votes than ballots")
    if wrong is not None:
        raise ConstituencyWrong(constituency=each.code, what=wrong)


def _elected(each: Constituency, one: Returned, moment: Moment) -> None:
    """More than half of those who took part; in a separate election a third of its ballots is enough (不得少于选票的三分之一)."""
    rule = moment.law.ruling("direct.majority" if one.ballots is None else "direct.separate")
    base = each.took_part if one.ballots is None else one.ballots
    if rule is not None and not rule.share.met_by(one.votes, base):
        figures = {"found": one.votes, "needed": rule.share.needed(base)}
        raise TooFewVotes(rule.basis, constituency=each.code, deputy=one.deputy, share=rule.share.missed, **figures)
