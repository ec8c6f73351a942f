"""Put to the vote: agenda, lists and resolutions, by show of hands, typed-in key-pad count or acclamation (表决)."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Clock, Event, Finding
from domain.findings import inert, info, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.business import item_of
from domain.session.closing import budget_clock
from domain.session.parts import Code, Count, DeputyId
from domain.session.presidium import UnknownItem
from domain.session.roll import NotADeputy
from domain.session.sittings import deputies_present, open_plenary, quorum
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text

Method = Literal["show_of_hands", "electronic", "ballot", "acclamation"]

AGENDA, PRESIDIUM, PROJECT_METHOD = "agenda", "presidium", "project-method"
SUBJECTS = {
    AGENDA: Text("会议议程", "the agenda"),
    PRESIDIUM: Text("主席团名单", "the presidium's list"),
    PROJECT_METHOD: Text("民生实事项目票决办法", "the method of choosing projects"),
}
"""Subjects of a vote that are not agenda items."""


class VotesDoNotAddUp(Refused):
    says = Text(
        "赞成 {in_favour}、反对 {against}、弃权 {abstained}、未表决 {not_voted},合计 {found},应为到会 {total} 人",
        "in favour {in_favour}, against {against}, abstained {abstained}, not voted {not_voted}: {found} in all, "
        "but {total} are present",
    )


class MethodNotAllowed(Refused):
    says = Text(
        "不能以 {method} 方式表决,可用:{allowed}", "a vote may not be taken by {method}; allowed are: {allowed}"
    )


class CountMissing(Refused):
    says = Text(
        "{method} 表决须填赞成、反对、弃权票数", "a vote by {method} needs the votes in favour, against and abstained"
    )


class AlreadyDecided(Refused):
    says = Text("{subject} 已经表决", "{subject} was put to the vote already")


class PresidiumSizeWrong(Refused):
    says = Text(
        "主席团 {found} 人,应为 {least} 至 {most} 人", "a presidium of {found}: it must have {least} to {most} members"
    )


class SurplusMissing(Refused):
    says = Text(
        "候选项目 {found} 项,应选 {needed} 项,不是差额",
        "{found} candidates for {needed} projects: there must be more candidates",
    )


class PutToVote(Command):
    """Put one subject to the vote and record the count, as it was announced.

    `subject` is an agenda item's code, or `agenda`, `presidium`, `project-method`. Units: votes, one a deputy present. `not_voted`
    may be left out: it is what is missing to the deputies present.
    """

    act: ClassVar[str] = "put-to-vote"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "street_committee")
    title: ClassVar[Text] = Text("提请表决", "Put to the vote")
    subject: Code
    method: Method = "show_of_hands"
    in_favour: int | None = Field(default=None, ge=0)
    against: int | None = Field(default=None, ge=0)
    abstained: int | None = Field(default=None, ge=0)
    not_voted: int | None = Field(default=None, ge=0)
    persons: tuple[DeputyId, ...] = ()  # a list vote: who stands on the list
    choose: int | None = Field(default=None, ge=1)  # project-method: how many projects are chosen
    on_tie: Literal["vote_again", "presidium_decides"] | None = None
    on_shortfall: Literal["fewer", "vote_again"] | None = None


class VoteCounted(Event):
    """A vote and its result. `needed` is the smallest number of votes in favour that adopts (majority of `base`)."""

    name: ClassVar[str] = "vote.counted.v1"
    subject: Code
    method: Method
    sitting: Code
    deputies_total: int
    deputies_present: int
    count: Count | None  # None: acclamation, no count was taken
    needed: int
    adopted: bool
    persons: tuple[DeputyId, ...] = ()
    choose: int | None = None
    on_tie: str | None = None
    on_shortfall: str | None = None
    recommendation: bool = False  # a residents' council only recommends
    publication: Clock | None = None  # an approved budget is published in time

    def clocks(self) -> tuple[Clock, ...]:
        return (self.publication,) if self.publication and self.adopted else ()

    def facts(self) -> tuple[str, ...]:
        adopted = (f"adopted:{self.subject}",) if self.adopted else ()
        elected = ("presidium-elected",) if self.adopted and self.subject == PRESIDIUM else ()
        return (f"voted:{self.subject}", *adopted, *elected)

    def revokes(self) -> tuple[str, ...]:
        """What an earlier vote on it led to: its announcement, too, was of that vote."""
        earlier = f"announced:{self.subject}"
        return (earlier,) if self.adopted else (earlier, f"adopted:{self.subject}")

    def recomputed(self) -> "VoteCounted":
        if self.count is None:
            return self
        return self.model_copy(update={"adopted": self.count.in_favour >= max(self.needed, 1)})


@decides(PutToVote)
def put_to_vote(session: Session, command: PutToVote, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 25: resolutions need more than half of *all* deputies (以全体代表的过半数通过).

    Those absent, abstaining or not voting count against. Art. 22: the presidium decides to put a draft before the congress.
    """
    sitting = open_plenary(session, moment, "vote.majority")
    _known_subject(session, command.subject)
    if earlier := session.votes.get(command.subject):
        if earlier.count == _bare(command, earlier.deputies_present) and earlier.at == moment.at:
            return []
        if earlier.adopted:
            raise AlreadyDecided(earlier.basis, subject=command.subject)
    present = deputies_present(session, moment, sitting.code)
    majority = moment.law.ruling(session.procedure.majority) if session.procedure.majority else None
    needed = majority.share.needed(session.deputies_total) if majority and majority.value is not None else 0
    findings = _method(session, command, moment)
    count = _counted(command, present, moment)
    adopted = count is None or count.in_favour >= max(needed, 1)
    findings += quorum(session, moment, present, own_text=False, reading="quorum.at_vote")
    if not adopted and majority and count:
        figures: dict[str, Figure] = {"in_favour": count.in_favour, "needed": needed, "share": majority.share.missed}
        findings += (warn("NotAdopted", majority.basis, **figures),)
    if count is None:
        findings += (warn("NoCountTaken", moment.basis("acclamation", "vote.majority")),)
    findings += _subject_rules(session, command, moment)
    return [
        VoteCounted(
            at=moment.at,
            basis=moment.basis(*_topics(session, command)),
            subject=command.subject,
            method=command.method,
            sitting=sitting.code,
            deputies_total=session.deputies_total,
            deputies_present=present,
            count=count,
            needed=needed,
            adopted=adopted,
            persons=command.persons,
            choose=command.choose,
            on_tie=command.on_tie,
            on_shortfall=command.on_shortfall,
            recommendation=not session.procedure.decides,
            publication=budget_clock(session, command.subject, moment),
            findings=(*findings, *inert(majority)),
        )
    ]


def _known_subject(session: Session, subject: str) -> None:
    if subject not in SUBJECTS:
        item_of(session, subject)


def _bare(command: PutToVote, present: int) -> Count | None:
    given = (command.in_favour, command.against, command.abstained)
    if command.method == "acclamation" or any(n is None for n in given):
        return None
    yes, no, abstained = (n or 0 for n in given)
    rest = present - yes - no - abstained if command.not_voted is None else command.not_voted
    return Count(in_favour=yes, against=no, abstained=abstained, not_voted=max(rest, 0))


def _counted(command: PutToVote, present: int, moment: Moment) -> Count | None:
    """The four buckets, adding up to those present; None for acclamation."""
    if command.method == "acclamation":
        return None
    count = _bare(command, present)
    if count is None:
        raise CountMissing(moment.cites("vote.options"), method=command.method)
    if count.total != present:
        figures = {"in_favour": count.in_favour, "against": count.against, "abstained": count.abstained}
        raise VotesDoNotAddUp(
            moment.cites("vote.options"), not_voted=count.not_voted, found=count.total, total=present, **figures
        )
    return count


def _method(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """The form of the vote, where a rule names the forms. Acclamation is a practice for lists and agendas only."""
    rule: Ruling | None = moment.law.ruling("vote.methods")
    if rule is None or rule.value is None or command.method in rule.options:
        return inert(rule)
    if command.method == "acclamation" and command.subject in (AGENDA, PRESIDIUM):
        return ()
    allowed = "、".join(rule.options)
    if rule.may_refuse or command.method == "acclamation":
        raise MethodNotAllowed(rule.basis, method=command.method, allowed=allowed)
    return (warn("ReadingNotMet", rule.basis, what=Text(f"表决方式 {command.method}", f"the method {command.method}")),)


def _subject_rules(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    if command.subject == PRESIDIUM:
        return _presidium_list(session, command, moment)
    if command.subject == PROJECT_METHOD:
        return _project_method(session, command, moment)
    return ()


def _presidium_list(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """Members come from the deputies; their number is a local rule, which a city's size may raise: so beyond it is asked back."""
    if strangers := sorted(set(command.persons) - session.in_office):
        raise NotADeputy(moment.cites("presidium.elected"), deputy=strangers[0])
    rule, size = moment.law.ruling("presidium.size"), len(set(command.persons))
    if rule is None or rule.value is None or size == 0 or rule.range.holds(size):
        return inert(rule)
    least, most = rule.range.least, rule.range.most
    if rule.may_refuse:
        raise PresidiumSizeWrong(rule.basis, found=size, least=least, most=most)
    return (
        warn(
            "FewerThanUsual",
            rule.basis,
            what=Text("主席团人数", "members of the presidium"),
            found=size,
            needed=f"{least}-{most}",
        ),
    )


def _project_method(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """浙江省民生实事项目人大代表票决制规定 art. 19: the method fixes the number and the surplus; ties and shortfall are left to it."""
    projects = session.plan.projects
    candidates = len(projects.candidates) if projects else 0
    choose = command.choose or (projects.choose if projects else 0)
    rule = moment.law.ruling("projects.surplus")
    if choose == candidates and rule is None:
        return (info("LawSilent", (), what=Text("差额", "a surplus of candidates")),)
    if choose >= candidates:
        if rule is None or rule.may_refuse:
            raise SurplusMissing(rule.basis if rule else (), found=candidates, needed=choose)
        return (
            warn(
                "FewerThanUsual",
                rule.basis,
                what=Text("候选项目", "candidate projects"),
                found=candidates,
                needed=choose + 1,
            ),
        )
    return ()


def _topics(session: Session, command: PutToVote) -> tuple[str, ...]:
    first = {AGENDA: ("agenda.adopted",), PRESIDIUM: ("presidium.elected",), PROJECT_METHOD: ("projects.method",)}
    if command.subject in first:
        own: tuple[str, ...] = first[command.subject]
    else:
        item = item_of(session, command.subject)
        own = ("budget.approved_by_congress",) if item.kind in ("budget", "final_accounts", "budget_adjustment") else ()
    majority = (session.procedure.majority,) if session.procedure.majority else ("council.recommends",)
    return (
        *majority,
        *own,
        "vote.methods",
        "vote.options",
        *(("acclamation",) if command.method == "acclamation" else ()),
    )


@evolves(VoteCounted)
def vote_counted(session: Session, event: VoteCounted) -> Session:
    after = replace(session, votes={**session.votes, event.subject: event})
    if event.subject == PRESIDIUM and event.adopted:
        members = frozenset(event.persons)
        size = len(members) or session.presidium_size
        after = replace(after, presidium=members, presidium_size=size, presidium_meeting=None)
    if event.subject == PROJECT_METHOD and event.adopted:
        after = replace(after, method=event)
    return after


__all__ = ["AGENDA", "PRESIDIUM", "PROJECT_METHOD", "PutToVote", "UnknownItem", "VoteCounted"]
