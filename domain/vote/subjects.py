"""What is put to the vote besides agenda items, and what the law asks of each: the presidium's list, the project method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import Finding
from domain.findings import inert, info, warn
from domain.refusals import Refused
from domain.session.listed import NobodyListed, deputies_listed
from domain.session.state import Moment, Session
from domain.text import Text

if TYPE_CHECKING:
    from domain.vote.votes import PutToVote

AGENDA, PRESIDIUM, PROJECT_METHOD = "agenda", "presidium", "project-method"
ELECTION_METHOD, SCRUTINEERS = "election-method", "scrutineers"
CREDENTIALS, SECRETARY, MOTIONS_COMMITTEE = "credentials-committee", "secretary-general", "motions-committee"
SUBJECTS = {
    AGENDA: Text("会议议程", "the agenda"),
    PRESIDIUM: Text("主席团名单", "the presidium's list"),
    SECRETARY: Text("秘书长", "the secretary-general"),
    MOTIONS_COMMITTEE: Text("议案审查委员会名单", "the list of the committee on motions"),
    CREDENTIALS: Text("代表资格审查委员会名单", "the list of the credentials committee"),
    PROJECT_METHOD: Text("民生实事项目票决办法", "the method of choosing projects"),
    ELECTION_METHOD: Text("选举办法", "the election method"),
    SCRUTINEERS: Text("总监票人、监票人名单", "the list of scrutineers"),
}
"""Subjects of a vote that are not agenda items."""

RESERVED = frozenset(SUBJECTS) - {SCRUTINEERS}
"""Subjects that no agenda item may be called; the scrutineers' list may stand on the agenda, under that code or another."""

LISTS = (PRESIDIUM, SECRETARY, MOTIONS_COMMITTEE, CREDENTIALS)
"""Subjects that are lists of persons (名单表决)."""

PREPARATIONS = (AGENDA, *LISTS)
"""Subjects that a preparatory meeting may vote on."""


CONSTITUTION = "constitution"
"""The kind of item that amends the constitution: the national congress alone votes on it, by a majority and in a form of its own."""


def amends_constitution(session: Session, subject: str) -> bool:
    """Whether a vote on the subject amends the constitution."""
    item = session.agenda.get(subject)
    return item is not None and item.kind == CONSTITUTION


def fact_of_subject(subject: str) -> str:
    """The fact that shows that one of these subjects was adopted."""
    return "presidium-elected" if subject == PRESIDIUM else f"adopted:{subject}"


class PresidiumSizeWrong(Refused):
    says = Text(
        "主席团 {found} 人,应为 {least} 至 {most} 人", "a presidium of {found}: it must have {least} to {most} members"
    )


class OneSecretaryGeneral(Refused):
    says = Text(
        "秘书长只有一人,名单上有 {found} 人,请写明一人(persons)",
        "there is one secretary-general; {found} are named: name one (persons)",
    )


class MethodNotDrafted(Refused):
    says = Text(
        "还没有选举办法草案,先提出(draft-election-method)",
        "there is no draft of the election method yet: draft-election-method first",
    )


class SurplusMissing(Refused):
    says = Text(
        "候选项目 {found} 项,应选 {needed} 项,不是差额",
        "{found} candidates for {needed} projects: there must be more candidates",
    )


def subject_rules(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    if command.subject == PRESIDIUM:
        return _presidium_list(session, command, moment)
    if command.subject == PROJECT_METHOD:
        return _project_method(session, command, moment)
    if command.subject == SECRETARY:
        return _secretary_general(session, command, moment)
    if command.subject == ELECTION_METHOD and session.election_method is None:
        raise MethodNotDrafted(moment.cites("election.method"))
    if command.subject in LISTS:
        if not command.persons:
            raise NobodyListed(what=SUBJECTS[command.subject])
        _deputies_who_may(session, command, moment)
    return ()


def _deputies_who_may(session: Session, command: PutToVote, moment: Moment) -> None:
    """Those on a list are deputies in office, and none of them is suspended."""
    deputies_listed(session, command.persons, SUBJECTS[command.subject], moment.cites("presidium.elected"), moment)


def _secretary_general(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """地方组织法 (2022) art. 17(1): a session has one secretary-general (秘书长), besides several deputies of that office (17(4)).

    That he or she is a deputy no text says; so neither one who is none nor one whose duties are suspended is refused.
    """
    persons = set(command.persons)
    if len(persons) != 1:
        raise OneSecretaryGeneral(moment.cites("secretary_general.elected"), found=len(persons))
    if persons & session.suspended:
        what = Text("暂停执行代表职务的代表任秘书长", "a suspended deputy as secretary-general")
    elif not persons & session.in_office:
        what = Text("不是代表的人任秘书长", "somebody who is not a deputy as secretary-general")
    else:
        return ()
    return (warn("LawSilent", (), what=what),)


def _presidium_list(session: Session, command: PutToVote, moment: Moment) -> tuple[Finding, ...]:
    """Members come from the deputies; their number is a local rule, which a city's size may raise: so beyond it is asked back."""
    _deputies_who_may(session, command, moment)
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
    planned = projects.choose if projects else 0
    differs: tuple[Finding, ...] = ()
    if planned not in (0, choose):
        differs = (info("MethodDiffersFromPlan", moment.cites("projects.method"), needed=choose, found=planned),)
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
            *differs,
        )
    return differs
