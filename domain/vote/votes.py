"""Put to the vote: agenda, lists and resolutions, by hands, key-pads, ballots, acclamation or by name (表决)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.calendar import clock_words
from domain.event import Clock, Event, Finding
from domain.findings import inert, info, warn
from domain.refusals import Refused
from domain.session.budget_passed import reply_clock
from domain.session.closing import budget_clock
from domain.session.parts import Code, Count, DeputyId
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import of_the_preparations, open_plenary
from domain.session.state import Moment, Session, Sitting, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text
from domain.vote.amendments import AMENDMENT_VOTED, adopted_amendments, amendment_of, before_the_draft
from domain.vote.counting import Method, form_of, uncounted
from domain.vote.known import (
    AlreadyDecided,
    known_subject,
    majority_on,
    not_said_what_follows,
    subject_title,
    topics_of,
)
from domain.vote.named import NamedVotes
from domain.vote.scrutineers import scrutineers_list
from domain.vote.subjects import (
    PREPARATIONS,
    PRESIDIUM,
    PROJECT_METHOD,
    SCRUTINEERS,
    subject_rules,
)  # fmt: skip
from domain.vote.taking import agrees, taken


class NotInPlenary(Refused):
    says = Text(
        "{subject}在全体会议上表决,不在预备会议上", "{subject} is voted on in plenary, not at a preparatory meeting"
    )


class PutToVote(Command):
    """Put one subject to the vote and record the count, as it was announced.

    `subject` is an agenda item's code, `amendment-NUMBER`, or one of `agenda`, `presidium`, `secretary-general`, `motions-committee`,
    `credentials-committee`, `project-method`, `election-method`, `scrutineers`. Units: votes, one a deputy present. `not_voted` may be
    left out: it is what is missing to the deputies present. With two tellers' sheets (ballot) or the device's figures (electronic) on
    file, all figures may be left out.
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
    void: int | None = Field(default=None, ge=0)  # spoiled ballots: no abstentions
    counted: bool = True  # false: hands were shown and nobody counted them
    published: bool = False  # figures as they were published; what they leave out is kept as unaccounted
    named: NamedVotes | None = None  # by_name: who voted how
    persons: tuple[DeputyId, ...] = ()  # a list vote: who stands on the list
    choose: int | None = Field(default=None, ge=1)  # project-method: how many projects are chosen
    on_tie: Literal["vote_again", "presidium_decides"] | None = None
    on_shortfall: Literal["fewer", "vote_again"] | None = None
    chief: DeputyId | None = None  # scrutineers: who of them is the chief (总监票人)
    no_relatives: bool | None = (
        None  # scrutineers: whether none is a near relative of a candidate; left out: not stated
    )

    @model_validator(mode="after")
    def _counted_or_not(self) -> Self:
        if not self.counted and (self.method != "show_of_hands" or self.in_favour is not None):
            raise ValueError(
                "counted: false 只用于举手而没有清点赞成人数的表决,且不填票数 / "
                "counted: false is for hands that nobody counted, without figures"
            )
        if self.named is not None and self.method != "by_name":
            raise ValueError("named 只用于记名表决(by_name) / named goes with the method by_name only")
        return self


class VoteCounted(Event):
    """A vote and its result. `needed` is the smallest number of votes in favour that adopts (majority of `base`).

    A poll that is void (`voided`) decided nothing: its subject is put to the vote again, and its figures stand on the sheets.
    """

    name: ClassVar[str] = "vote.counted.v1"
    subject: Code
    method: Method
    sitting: Code
    deputies_total: int
    deputies_present: int
    count: Count | None  # None: nobody counted, or the poll is void
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
    issued: int | None = None  # ballots, where two tellers' sheets were made out
    returned: int | None = None
    voided: str = ""  # why the poll is void: `domain.vote.paper.VOID`
    device: str = ""  # the voting device that counted
    device_failed: str = ""  # the voting device that had failed before
    published: bool = False
    named: NamedVotes | None = None
    box: str = ""  # the electronic ballot box that it came out of

    def clocks(self) -> tuple[Clock, ...]:
        return tuple(clock for clock in (self.publication, self.reply) if clock and self.adopted)

    def facts(self) -> tuple[str, ...]:
        if self.voided:
            return (f"vote-void:{self.subject}",)
        adopted = (f"adopted:{self.subject}",) if self.adopted else ()
        elected = ("presidium-elected",) if self.adopted and self.subject == PRESIDIUM else ()
        number = self.subject.removeprefix("amendment-")
        amendment = (AMENDMENT_VOTED, f"{AMENDMENT_VOTED}:{number}") if number != self.subject else ()
        return (f"voted:{self.subject}", *adopted, *elected, *amendment)

    def revokes(self) -> tuple[str, ...]:
        """What an earlier vote on it led to: its announcement, too, was of that vote. A void one decided nothing."""
        if self.voided:
            return ()
        earlier = (f"voted:{self.subject}", f"announced:{self.subject}")
        rejected = (f"adopted:{self.subject}", f"decided:put-to-vote:{self.subject}")
        return earlier if self.adopted else (*earlier, *rejected)

    def recomputed(self) -> "VoteCounted":
        if self.count is None:
            return self
        ballots = {} if self.returned is None else {"returned": self.count.valid + self.count.void}
        return self.model_copy(update={"adopted": self.count.in_favour >= max(self.needed, 1), **ballots})


@decides(PutToVote)
def put_to_vote(session: Session, command: PutToVote, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 25: resolutions need more than half of *all* deputies (以全体代表的过半数通过).

    Those absent, abstaining or not voting count against. Art. 22: the presidium decides to put a draft before the congress.
    宪法 (2018) art. 64(1): the constitution is amended by two thirds of all deputies or more (三分之二以上的多数).
    """
    sitting = open_plenary(session, moment, "vote.majority")
    known_subject(session, command.subject, moment)
    prepared = _of_the_preparations(session, command.subject, sitting, moment)
    if _put_already(session, command, moment):
        return []
    earlier = session.votes.get(command.subject)
    other_list = command.subject == SCRUTINEERS and earlier is not None and set(command.persons) != set(earlier.persons)
    if earlier and earlier.adopted and not other_list:  # scrutineers may be replaced: one may stand since, or fall ill
        raise AlreadyDecided(earlier.basis, subject=subject_title(session, command.subject))
    present = deputies_present(session, moment, sitting.code)
    majority = moment.law.ruling(majority_on(session, command.subject))
    needed = majority.share.needed(session.deputies_total) if majority and majority.value is not None else 0
    if sitting.kind == "preparatory" and amendment_of(session, command.subject) is not None:
        raise NotInPlenary(moment.cites("vote.majority"), subject=subject_title(session, command.subject))
    findings = (*prepared, *before_the_draft(session, command.subject, moment), *form_of(session, command, moment))
    amended_by = adopted_amendments(session, command.subject)
    if amended_by:
        findings += (info("AsAmended", moment.basis("amendment.first"), found="、".join(amended_by)),)
    if earlier and not earlier.adopted:
        findings += (warn("RejectedBefore", earlier.basis, at=clock_words(earlier.at)),)
    figures = taken(session, command, sitting.code, present, moment)
    count = figures.count
    adopted = not figures.voided and (count is None or count.in_favour >= max(needed, 1))
    findings += quorum(session, moment, present, own_text=False, reading="quorum.at_vote")
    if not adopted and majority and count:
        missed: dict[str, Figure] = {"in_favour": count.in_favour, "needed": needed, "share": majority.share.missed}
        findings += (warn("NotAdopted", majority.basis, **missed), *not_said_what_follows(session, command.subject))
    findings += figures.findings
    if not session.procedure.decides:
        findings += (info("RecommendationOnly", moment.basis("council.recommends", "street.no_congress")),)
    findings += subject_rules(session, command, moment)
    if command.subject == SCRUTINEERS:
        findings += scrutineers_list(session, command, moment)
    return [
        VoteCounted(
            at=moment.at,
            basis=moment.basis(*topics_of(session, command)),
            subject=command.subject,
            method=command.method,
            sitting=sitting.code,
            deputies_total=session.deputies_total,
            deputies_present=figures.present,
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
            issued=figures.issued,
            returned=figures.returned,
            voided=figures.voided,
            device=figures.device,
            device_failed=_failed(session, command.subject),
            published=command.published,
            named=figures.named,
            box=figures.box,
            findings=(*findings, *inert(majority)),
        )
    ]


def _put_already(session: Session, command: PutToVote, moment: Moment) -> bool:
    """Whether this very vote is on record: at the same legal time, in the same form, with nothing given that speaks against it."""
    of_subject = [e for e in session.history if isinstance(e, VoteCounted) and e.subject == command.subject]
    last = of_subject[-1] if of_subject else None
    if last is None or last.at != moment.at or last.method != command.method:
        return False
    return bool(last.voided) or ((last.count is None) == uncounted(command) and agrees(command, last.count))


def _failed(session: Session, subject: str) -> str:
    failure = session.device_failures.get(subject)
    return failure.device if failure else ""


def _of_the_preparations(session: Session, subject: str, sitting: Sitting, moment: Moment) -> tuple[Finding, ...]:
    """A preparatory meeting votes on presidium, secretary-general, agenda, lists and other preparations, not on the reports."""
    item = session.agenda.get(subject)
    if subject in PREPARATIONS:
        return ()
    if amendment_of(session, subject) is not None:  # refused in its own words
        return ()
    return of_the_preparations(session, sitting, item.kind if item else "", subject_title(session, subject), moment)


@evolves(VoteCounted)
def vote_counted(session: Session, event: VoteCounted) -> Session:
    """What was entered for this vote is used up; a void poll leaves the subject as it was before."""
    after = replace(
        session,
        vote_sheets=_without(session.vote_sheets, event.subject),
        device_counts=_without(session.device_counts, event.subject),
        device_failures=_without(session.device_failures, event.subject),
        boxes=_used(session.boxes, event.box),
    )
    if event.voided:
        return after
    after = replace(after, votes={**session.votes, event.subject: event})
    if event.subject == PRESIDIUM and event.adopted:
        members = frozenset(event.persons)
        size = len(members) or session.presidium_size
        after = replace(after, presidium=members, presidium_size=size, presidium_meeting=None)
    if event.subject == PROJECT_METHOD and event.adopted:
        after = replace(after, method=event)
    return after


def _used(boxes: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    return {**boxes, code: replace(boxes[code], used=True)} if code in boxes else boxes


def _without(entered: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
    return {of: what for of, what in entered.items() if of != subject}
