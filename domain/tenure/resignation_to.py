"""To whom one resigns (向谁提出辞职): the congress, or in recess its standing committee; a deputy's own seat by the Electoral Law."""

from datetime import date
from typing import Literal, Protocol

from domain.election.posts import Post
from domain.event import Finding
from domain.findings import info, warn
from domain.law import Citation, Consequence
from domain.offices import organ_named
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.state import Moment, Session
from domain.tenure.held import APPOINTED, DEPUTY, HIGHER_DEPUTY
from domain.text import Text, joined

To = Literal["congress", "standing_committee", "presidium"]
ACCEPTING = {
    "congress": Text("本级人民代表大会", "the congress"),
    "electing_standing_committee": Text(
        "选举他的人大的常委会", "the standing committee of the congress that elected them"
    ),
}


class NoRecessRoute(Refused):
    says = Text(
        "{post}只能向本级人民代表大会提出辞职,由大会决定;闭会期间没有机构可以接受(to: congress)",
        "a {post} resigns to the congress only, which decides; in recess nobody may accept it (to: congress)",
    )


class ResignationElsewhere(Refused):
    says = Text("{post}的辞职应向{allowed}提出", "a {post} resigns to {allowed}")


class NotInRecess(Refused):
    says = Text(
        "大会会议期间应当向本级人民代表大会提出辞职(to: congress)",
        "while the congress sits one resigns to it (to: congress)",
    )


class ResignationNotWritten(Refused):
    says = Text("辞去代表职务应当书面提出", "a deputy resigns in writing")


class Resigns(Protocol):
    """What is asked of a resignation here: to whom it is handed, on paper or not, and on which day it was accepted, if it was."""

    @property
    def to(self) -> To: ...
    @property
    def written(self) -> bool: ...
    @property
    def accepted_on(self) -> date | None: ...


def to_whom(
    session: Session, post: Post, given: Resigns, moment: Moment
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """The articles by which it may be handed to whom it is, and what is noticed about it; refused where it may not."""
    if post.code in (DEPUTY, HIGHER_DEPUTY):
        return _seat(post, given, moment), ()
    return _office(session, post, given, moment)


def _seat(post: Post, given: Resigns, moment: Moment) -> tuple[Citation, ...]:
    """选举法 (2020) art. 55: in writing; of a county's own deputies and of those above to the standing committee, in a township to the
    congress.

    Raises:
        ResignationNotWritten, ResignationElsewhere.
    """
    topic = "resignation.higher_deputy" if post.code == HIGHER_DEPUTY else "resignation.deputy"
    rule = moment.law.ruling(topic)
    if not given.written:
        raise ResignationNotWritten(moment.cites(topic))
    if rule and rule.value is not None and given.to not in rule.options:
        raise ResignationElsewhere(rule.basis, post=post.title, allowed=joined(organ(each) for each in rule.options))
    return moment.basis(topic)


def _office(
    session: Session, post: Post, given: Resigns, moment: Moment
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """地方组织法 (2022) art. 32: of those it names; whoever else resigns, the law is silent on (rulebook §17).

    Raises:
        NoRecessRoute, ResignationElsewhere, NotInRecess.
    """
    rule = moment.law.ruling("resignation.who")
    findings: tuple[Finding, ...] = ()
    by_presidium = given.to == "presidium"
    named = rule is None or rule.value is None or (post.organ in rule.options and post.code not in APPOINTED)
    if not named and not by_presidium:
        what = Text(f"{post.title.zh}向人大辞职", f"a {post.title.en} resigning to the congress")
        findings = (info("LawSilent", rule.basis if rule else (), what=what),)
    if given.to == "congress":
        return moment.basis("resignation.accepted_by", "resignation.to_congress", "resignation.who"), findings
    route = moment.law.ruling("resignation.in_recess")
    if route is None or route.value is None:
        cited = moment.cites("resignation.to_congress", "resignation.accepted_by")
        raise NoRecessRoute(cited, post=post.title)
    if given.to not in route.options:
        raise ResignationElsewhere(
            route.basis, post=post.title, allowed=joined(organ(o) for o in (*route.options, "congress"))
        )
    if given.accepted_on is None and session.stage_at(moment.at) is Stage.DURING:
        raise NotInRecess(moment.cites("resignation.accepted_by"))
    who = moment.law.ruling("resignation.recess_who")
    if who is not None and who.value is not None and post.organ not in who.options:
        raise NoRecessRoute((*moment.cites("resignation.to_congress"), *who.basis), post=post.title)
    return route.basis, (*findings, *_local_route(moment))


def _local_route(moment: Moment) -> tuple[Finding, ...]:
    """Where a local text opens a way in recess that the statute does not have, both are named."""
    statute = moment.law.ruling("resignation.to_congress")
    if statute is None or not statute.inert:
        return ()
    return (warn("RecessRouteIsLocal", (*statute.inert, *statute.basis)),)


def to_be_confirmed(post: Post, by: str, moment: Moment) -> bool:
    """Whether what is accepted in recess has to be confirmed by the congress (报人大确认).

    全国人大议事规则 (2021) art. 43(2): for the highest posts, which it names; where a local text has a presidium accept, for all.
    """
    named = moment.law.ruling("resignation.confirmed")
    if by == "standing_committee" and named is not None and named.value is not None:
        return post.code in named.options
    rule = moment.law.ruling("resignation.in_recess")
    return by == "presidium" and rule is not None and rule.consequence is Consequence.PENDING


def organ(code: str) -> Text:
    """Who accepts resignations, as people call it."""
    return ACCEPTING.get(code) or organ_named(code)
