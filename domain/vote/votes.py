"""Put to the vote: agenda, lists and resolutions, by show of hands, typed-in key-pad count or acclamation (表决)."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.calendar import clock_words
from domain.event import Clock, Event, Finding
from domain.findings import inert, info, warn
from domain.refusals import Refused
from domain.session.budget_passed import reply_clock
from domain.session.business import item_of
from domain.session.closing import budget_clock
from domain.session.parts import Code, Count, DeputyId
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import of_the_preparations, open_plenary
from domain.session.state import Moment, Session, Sitting, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text
from domain.vote.amendments import AMENDMENT_VOTED, adopted_amendments, amendment_of, before_the_draft
from domain.vote.counting import Method, bare, counted, form_of
from domain.vote.scrutineers import scrutineers_list, topics_of
from domain.vote.subjects import (
    AGENDA,
    CREDENTIALS,
    ELECTION_METHOD,
    MOTIONS_COMMITTEE,
    PREPARATIONS,
    PRESIDIUM,
    PROJECT_METHOD,
    SCRUTINEERS,
    SECRETARY,
    SUBJECTS,
    fact_of_subject,
    subject_rules,
)  # fmt: skip


class AlreadyDecided(Refused):
    says = Text("{subject} 已经表决", "{subject} was put to the vote already")


class NoSuchSubject(Refused):
    says = Text("{procedure}不表决{subject}", "{subject} is not voted on in a {procedure}")


class ForTheStandingCommittee(Refused):
    says = Text(
        "“{subject}”由人大常委会审查批准,不在人大会议上表决",
        "{subject} is approved by the standing committee, not by the congress in session",
    )


class NotInPlenary(Refused):
    says = Text(
        "{subject}在全体会议上表决,不在预备会议上", "{subject} is voted on in plenary, not at a preparatory meeting"
    )


LEFT_TO_THE_COMMITTEE = ("final_accounts", "budget_adjustment")


class PutToVote(Command):
    """Put one subject to the vote and record the count, as it was announced.

    `subject` is an agenda item's code, `amendment-NUMBER`, or one of `agenda`, `presidium`, `secretary-general`, `motions-committee`,
    `credentials-committee`, `project-method`, `election-method`, `scrutineers`. Units: votes, one a deputy
    present. `not_voted` may be left out: it is what is missing to the deputies present.
    """

    act: ClassVar[str] = "put-to-vote"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "standing_committee", "street_committee")
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
    chief: DeputyId | None = None  # scrutineers: who of them is the chief (总监票人)
    no_relatives: bool | None = (
        None  # scrutineers: whether none is a near relative of a candidate; left out: not stated
    )


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
    amended_by: tuple[Code, ...] = ()  # numbers of the amendments adopted before it
    reply: Clock | None = None  # and confirmed to the departments
    chief: DeputyId | None = None
    no_relatives: bool | None = None

    def clocks(self) -> tuple[Clock, ...]:
        return tuple(clock for clock in (self.publication, self.reply) if clock and self.adopted)

    def facts(self) -> tuple[str, ...]:
        adopted = (f"adopted:{self.subject}",) if self.adopted else ()
        elected = ("presidium-elected",) if self.adopted and self.subject == PRESIDIUM else ()
        number = self.subject.removeprefix("amendment-")
        amendment = (AMENDMENT_VOTED, f"{AMENDMENT_VOTED}:{number}") if number != self.subject else ()
        return (f"voted:{self.subject}", *adopted, *elected, *amendment)

    def revokes(self) -> tuple[str, ...]:
        """What an earlier vote on it led to: its announcement, too, was of that vote."""
        earlier = (f"voted:{self.subject}", f"announced:{self.subject}")
        rejected = (f"adopted:{self.subject}", f"decided:put-to-vote:{self.subject}")
        return earlier if self.adopted else (*earlier, *rejected)

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
    _known_subject(session, command.subject, moment)
    prepared = _of_the_preparations(session, command.subject, sitting, moment)
    if earlier := session.votes.get(command.subject):
        if earlier.count == bare(command, earlier.deputies_present) and earlier.at == moment.at:
            return []
        if earlier.adopted:
            raise AlreadyDecided(earlier.basis, subject=subject_title(session, command.subject))
    present = deputies_present(session, moment, sitting.code)
    majority = moment.law.ruling(session.procedure.majority) if session.procedure.majority else None
    needed = majority.share.needed(session.deputies_total) if majority and majority.value is not None else 0
    if sitting.kind == "preparatory" and amendment_of(session, command.subject) is not None:
        raise NotInPlenary(moment.cites("vote.majority"), subject=subject_title(session, command.subject))
    findings = (*prepared, *before_the_draft(session, command.subject, moment), *form_of(session, command, moment))
    amended_by = adopted_amendments(session, command.subject)
    if amended_by:
        findings += (info("AsAmended", moment.basis("amendment.first"), found="、".join(amended_by)),)
    if earlier:
        findings += (warn("RejectedBefore", earlier.basis, at=clock_words(earlier.at)),)
    count = counted(command, present, moment)
    adopted = count is None or count.in_favour >= max(needed, 1)
    findings += quorum(session, moment, present, own_text=False, reading="quorum.at_vote")
    if not adopted and majority and count:
        figures: dict[str, Figure] = {"in_favour": count.in_favour, "needed": needed, "share": majority.share.missed}
        findings += (warn("NotAdopted", majority.basis, **figures),)
    if count is None:
        findings += (warn("NoCountTaken", moment.basis("acclamation", "vote.majority")),)
    if not session.procedure.decides:
        findings += (info("RecommendationOnly", moment.basis("council.recommends", "street.no_congress")),)
    findings += subject_rules(session, command, moment)
    if command.subject == SCRUTINEERS:
        findings += scrutineers_list(session, command, moment)
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
            amended_by=amended_by,
            reply=reply_clock(session, command.subject, moment),
            chief=command.chief,
            no_relatives=command.no_relatives,
            findings=(*findings, *inert(majority)),
        )
    ]


def subject_title(session: Session, subject: str) -> Text:
    """What people call the subject of a vote; its code when what it named is no longer before the congress."""
    item, amendment = session.agenda.get(subject), amendment_of(session, subject)
    if item is not None:
        return Text(item.title, item.title)
    return amendment.title if amendment else SUBJECTS.get(subject, Text(subject, subject))


def _known_subject(session: Session, subject: str, moment: Moment) -> None:
    """An agenda item, an amendment, or a subject this meeting has; not what a statute leaves to the standing committee."""
    if subject in SUBJECTS:
        steps = {step.fact for step in session.procedure.steps}
        if session.procedure.decides and fact_of_subject(subject) not in steps:
            raise NoSuchSubject(subject=SUBJECTS[subject], procedure=session.procedure.title)
    elif amendment_of(session, subject) is None:
        rule = moment.law.ruling("budget.by_standing_committee")
        if item_of(session, subject).kind in LEFT_TO_THE_COMMITTEE and rule and rule.may_refuse:
            raise ForTheStandingCommittee(rule.basis, subject=subject_title(session, subject))


def _of_the_preparations(session: Session, subject: str, sitting: Sitting, moment: Moment) -> tuple[Finding, ...]:
    """A preparatory meeting votes on presidium, secretary-general, agenda, lists and other preparations, not on the reports."""
    item = session.agenda.get(subject)
    if subject in PREPARATIONS:
        return ()
    if amendment_of(session, subject) is not None:  # refused in its own words
        return ()
    return of_the_preparations(session, sitting, item.kind if item else "", subject_title(session, subject), moment)


def _topics(session: Session, command: PutToVote) -> tuple[str, ...]:
    first = {
        AGENDA: ("agenda.adopted",),
        PRESIDIUM: ("presidium.elected",),
        PROJECT_METHOD: ("projects.method",),
        ELECTION_METHOD: ("election.method",),
        SCRUTINEERS: topics_of(session),
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
