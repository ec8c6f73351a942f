"""The presidium decides on a motion (决定是否列入议程): the agenda, a committee after the session, or a suggestion."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import alert, info, warn
from domain.law import Kind
from domain.motion.motion import OUTCOMES, Motion, Outcome, motion_of, with_motion
from domain.refusals import Refused
from domain.session.parts import AgendaItem, Code, Number
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.signatures import still_counted
from domain.session.state import Moment, Session, decides, evolves
from domain.session.suggestions import SuggestionExists, SuggestionFiled
from domain.submission import Command, Office
from domain.text import Text


class MotionDecidedOtherwise(Refused):
    says = Text(
        "主席团对第 {number} 号议案已经决定:{outcome}", "the presidium decided on motion {number} already: {outcome}"
    )


class AgendaCodeTaken(Refused):
    says = Text(
        "议程中已有代号 {item},请给议案另编号", "the agenda has an item {item} already: give the motion another number"
    )


class NotASuggestion(Refused):
    says = Text(
        "机关提出的议案不能转作代表建议", "the motion of an organ cannot become a suggestion: suggestions are deputies'"
    )


class CommitteeMissing(Refused):
    says = Text(
        "会后审议须写明交付哪个委员会(committee)", "say which committee handles it after the session (committee)"
    )


class DecideOnMotion(Command):
    """The presidium decides what becomes of a motion; without `in_favour` all members present agreed.

    `listed` makes it the agenda item `motion-NUMBER`, to be deliberated and voted on; `suggestion` files it under `as_suggestion`, or
    under its own number, to be assigned like the others. `not_listed` says why in `reasons`, and so does whatever is not done as an organ asked.
    """

    act: ClassVar[str] = "decide-on-motion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("决定议案是否列入议程", "Decide on a motion")
    number: Number
    outcome: Outcome
    reasons: str = Field(default="", max_length=1000)
    committee: str = Field(default="", max_length=80)
    as_suggestion: Code | None = None
    in_favour: int | None = Field(default=None, ge=0)


class MotionDecided(Event):
    name: ClassVar[str] = "motion.decided.v1"
    once: ClassVar[bool] = True
    number: Number
    outcome: Outcome
    reasons: str
    committee: str
    suggestion: Code | None
    in_favour: int
    members_total: int
    needed: int

    @property
    def stands(self) -> bool:
        return carried(self.in_favour, self.needed)

    def revokes(self) -> tuple[str, ...]:
        """A motion not listed may be taken up again: its first decision no longer stands."""
        return (f"motion-not-listed:{self.number}", f"motion-decided:{self.number}") if self.stands else ()

    def facts(self) -> tuple[str, ...]:
        if not self.stands:  # too few of the presidium agreed
            return ()
        outcome = self.outcome.replace("_", "-")
        return ("motion-decided", f"motion-decided:{self.number}", f"motion-{outcome}:{self.number}")


@decides(DecideOnMotion)
def decide_on_motion(session: Session, command: DecideOnMotion, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 22(2): the presidium decides whether a deputies' motion goes on the agenda (是否列入大会议程).

    For an organ's motion para. 1 has no *whether*: refusing one has no text, so it is noticed (rulebook §17).
    """
    motion = motion_of(session, command.number)
    same_committee = command.committee in ("", motion.committee)
    if motion.outcome == command.outcome and same_committee:
        return []
    if motion.outcome not in ("", "not_listed"):
        raise MotionDecidedOtherwise(
            moment.cites("motion.listed"), number=motion.number, outcome=OUTCOMES[motion.outcome]
        )
    _fits(session, motion, command, moment)
    agreed = presidium_vote(session, command.in_favour, moment)
    basis = moment.basis("motion.listed" if motion.of_deputies else "presidium.puts_to_vote", *_local(command))
    suggestion = (command.as_suggestion or command.number) if command.outcome == "suggestion" else None
    decided: list[Event] = [
        MotionDecided(
            at=moment.at,
            basis=(*basis, *(c for c in moment.basis("presidium.majority") if c not in basis)),
            number=motion.number,
            outcome=command.outcome,
            reasons=command.reasons,
            committee=command.committee or motion.committee,
            suggestion=suggestion,
            in_favour=agreed.in_favour,
            members_total=agreed.members_total,
            needed=agreed.needed,
            findings=(*_remarks(session, motion, command, moment), *agreed.findings),
        )
    ]
    if suggestion and agreed.carried:
        filed = moment.basis("motion.converted", "suggestion.form")
        named = {"number": suggestion, "deputies": motion.deputies, "subject": motion.title, "of_motion": motion.number}
        decided.append(SuggestionFiled(at=moment.at, basis=filed, **named))
    return decided


def _local(command: DecideOnMotion) -> tuple[str, ...]:
    return ("motion.converted",) if command.outcome == "suggestion" else ()


def _fits(session: Session, motion: Motion, command: DecideOnMotion, moment: Moment) -> None:
    """Whether the decision can be carried out at all: codes free, a committee named, deputies to whom a suggestion belongs."""
    if command.outcome == "listed" and motion.item in session.agenda:
        raise AgendaCodeTaken(item=motion.item)
    if command.outcome == "after_session" and not (command.committee or motion.committee):
        raise CommitteeMissing()
    if command.outcome == "suggestion" and not motion.deputies:
        raise NotASuggestion(moment.cites("suggestion.form"))
    number = command.as_suggestion or command.number
    if command.outcome == "suggestion" and number in session.suggestions:
        raise SuggestionExists(moment.cites("suggestion.form"), number=number)


def _remarks(session: Session, motion: Motion, command: DecideOnMotion, moment: Moment) -> tuple[Finding, ...]:
    if command.outcome == "listed":
        return _listed(session, motion, moment)
    found: list[Finding] = []
    if not motion.of_deputies:
        what = Text(
            "主席团不将机关提出的议案提交大会", "the presidium not laying an organ's motion before the congress"
        )
        found.append(warn("LawSilent", moment.cites("motion.institutional"), what=what))
    refused = command.outcome == "not_listed" or not motion.of_deputies
    if refused and not command.reasons.strip():
        found.append(warn("ReasonsMissing", moment.cites("motion.listed"), number=motion.number))
    converted = moment.law.ruling("motion.converted")
    if converted and converted.on and motion.deputies and command.outcome != "suggestion":
        found.append(alert("MustBecomeSuggestion", converted.basis, number=motion.number))
    if command.outcome == "after_session" and not _term(moment):
        what = Text("会后审议议案的期限", "a term for handling motions after the session")
        found.append(info("LawSilent", (), what=what))
    return tuple(found)


def _term(moment: Moment) -> bool:
    rule = moment.law.ruling("motion.disposed_within")
    return rule is not None and rule.kind is not Kind.PRACTICE


def _listed(session: Session, motion: Motion, moment: Moment) -> tuple[Finding, ...]:
    """Signatories are counted once more (reading L-sign-validity): some may have left or withdrawn since they signed."""
    found: list[Finding] = []
    joint, again = moment.law.ruling("motion.joint"), moment.law.ruling("signature.rechecked")
    if motion.deputies and joint and again and joint.value is not None:
        counted = still_counted(session, motion.deputies)
        if counted < joint.number:
            basis = (*again.basis, *joint.basis)
            found.append(warn("FewerSignatoriesNow", basis, number=motion.number, found=counted, needed=joint.number))
    if motion.late:
        found.append(warn("ListedThoughLate", moment.basis("motion.deadline"), number=motion.number))
    return tuple(found)


@evolves(MotionDecided)
def motion_decided(session: Session, event: MotionDecided) -> Session:
    """A listed motion is an agenda item of its own, which the session may not close without having decided."""
    motion: Motion | None = session.motions.get(event.number)
    if motion is None or not event.stands:
        return session
    after = with_motion(session, event.number, outcome=event.outcome, committee=event.committee)
    if event.outcome != "listed" or motion.item in session.agenda:
        return after
    item = AgendaItem(code=motion.item, kind="decision", title=motion.title)
    return replace(after, agenda={**session.agenda, motion.item: item})


def undecided_motions(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """At the close: motions on which the presidium has decided nothing yet."""
    left = [m for m in session.motions.values() if m.open]
    return tuple(alert("MotionUndecided", moment.basis("motion.listed"), number=m.number, what=m.title) for m in left)
