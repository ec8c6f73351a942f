"""Which subjects a meeting may put to the vote, what people call them, and what law a vote on each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import Finding
from domain.findings import info
from domain.refusals import Refused
from domain.session.business import item_of
from domain.session.state import Moment, Session
from domain.text import Text
from domain.vote import scrutineers
from domain.vote.amendments import amendment_of
from domain.vote.subjects import (
    AGENDA,
    CONSTITUTION,
    CREDENTIALS,
    ELECTION_METHOD,
    MOTIONS_COMMITTEE,
    PRESIDIUM,
    PROJECT_METHOD,
    SCRUTINEERS,
    SECRETARY,
    SUBJECTS,
    amends_constitution,
    fact_of_subject,
)

if TYPE_CHECKING:
    from domain.vote.votes import PutToVote

OF_A_COUNCIL = (AGENDA, SCRUTINEERS, PROJECT_METHOD)
"""What a residents' council may settle for itself."""
LEFT_TO_THE_COMMITTEE = ("final_accounts", "budget_adjustment")


class AlreadyDecided(Refused):
    says = Text("{subject} 已经表决", "{subject} was put to the vote already")


class NoSuchSubject(Refused):
    says = Text("{procedure}不表决{subject}", "{subject} is not voted on in a {procedure}")


class ForTheStandingCommittee(Refused):
    says = Text(
        "“{subject}”由人大常委会审查批准,不在人大会议上表决",
        "{subject} is approved by the standing committee, not by the congress in session",
    )


class CouncilResolvesNothing(Refused):
    says = Text(
        "{procedure}听取、提意见、推荐,不作决议、不选举、不批准:“{subject}”不提请表决",
        "a {procedure} hears, gives opinions and recommends; it resolves, elects and approves nothing: {subject} is not put "
        "to the vote",
    )


def subject_title(session: Session, subject: str) -> Text:
    """What people call the subject of a vote; its code when what it named is no longer before the congress."""
    item, amendment = session.agenda.get(subject), amendment_of(session, subject)
    if item is not None:
        return Text(item.title, item.title)
    return amendment.title if amendment else SUBJECTS.get(subject, Text(subject, subject))


def known_subject(session: Session, subject: str, moment: Moment) -> None:
    """An agenda item, an amendment, or a subject this meeting has; not what a statute leaves to the standing committee."""
    if not session.procedure.decides:
        _only_recommended(session, subject, moment)
    if subject in SUBJECTS:
        steps = {step.fact for step in session.procedure.steps}
        if session.procedure.decides and fact_of_subject(subject) not in steps:
            raise NoSuchSubject(subject=SUBJECTS[subject], procedure=session.procedure.title)
    elif amendment_of(session, subject) is None:
        rule = moment.law.ruling("budget.by_standing_committee")
        kind = item_of(session, subject).kind
        if kind == CONSTITUTION and moment.law.ruling("vote.constitution") is None:
            raise NoSuchSubject(subject=subject_title(session, subject), procedure=session.procedure.title)
        if kind in LEFT_TO_THE_COMMITTEE and rule and rule.may_refuse:
            raise ForTheStandingCommittee(rule.basis, subject=subject_title(session, subject))


def _only_recommended(session: Session, subject: str, moment: Moment) -> None:
    """地方组织法 (2022) art. 59(3), 浙江省街道人大工作条例 (2019) art. 17(2): a street has no congress, so what its council hears it gives
    opinions on. It may vote on its own agenda and tellers, on how it recommends, and on a list it recommends, and on nothing else.

    Raises:
        CouncilResolvesNothing: it would be a resolution, an election or an approval.
    """
    item = session.agenda.get(subject)
    of_an_item = item is not None and item.kind not in ("list", "other")
    if of_an_item or (subject in SUBJECTS and subject not in OF_A_COUNCIL):
        raise CouncilResolvesNothing(
            moment.cites("council.recommends", "street.no_congress"), procedure=session.procedure.title,
            subject=subject_title(session, subject),
        )  # fmt: skip


def still_open(session: Session, subject: str, moment: Moment) -> None:
    """Whether a subject may be put to the vote here and was not adopted yet; what was rejected may come back.

    Raises:
        NoSuchSubject, UnknownItem, ForTheStandingCommittee, AlreadyDecided.
    """
    known_subject(session, subject, moment)
    earlier = session.votes.get(subject)
    if earlier is not None and earlier.adopted:
        raise AlreadyDecided(earlier.basis, subject=subject_title(session, subject))


REPORTS = (
    "government_report", "presidium_report", "standing_committee_report", "court_report", "procuratorate_report", "report",
)  # fmt: skip
"""Kinds of items on which, when they are not adopted, no text says what follows: rulebook §16, Shenyang 2001."""


def not_said_what_follows(session: Session, subject: str) -> tuple[Finding, ...]:
    """The presidium decides how to go on, and the item comes back at this session or the next: no deadline is invented."""
    item = session.agenda.get(subject)
    if item is None or item.kind not in REPORTS:
        return ()
    what = Text("报告未获通过之后怎样处理", "what follows when a report is not adopted")
    return (info("LawSilent", (), what=what),)


def majority_on(session: Session, subject: str) -> str:
    """The topic of the majority that the subject needs; empty where a body only recommends."""
    return "vote.constitution" if amends_constitution(session, subject) else session.procedure.majority or ""


def topics_of(session: Session, command: PutToVote) -> tuple[str, ...]:
    """What a vote on a subject rests on: whose majority, the subject's own law, the forms of a vote."""
    first = {
        AGENDA: ("agenda.adopted",),
        PRESIDIUM: ("presidium.elected",),
        PROJECT_METHOD: ("projects.method",),
        ELECTION_METHOD: ("election.method",),
        SCRUTINEERS: scrutineers.topics_of(session),
        CREDENTIALS: ("credentials.committee",),
        SECRETARY: ("secretary_general.elected",),
        MOTIONS_COMMITTEE: ("motions.committee",),
    }
    if command.subject in first:
        own: tuple[str, ...] = first[command.subject]
    elif amendment_of(session, command.subject) is not None:
        own = ("amendment.first",)
    else:
        item = item_of(session, command.subject)
        own = ("budget.approved_by_congress",) if item.kind in ("budget", "final_accounts", "budget_adjustment") else ()
    return (
        majority_on(session, command.subject) or "council.recommends",
        *own,
        "vote.constitution.method" if amends_constitution(session, command.subject) else "vote.methods",
        "vote.options",
        *(("acclamation",) if command.method == "acclamation" else ()),
    )
