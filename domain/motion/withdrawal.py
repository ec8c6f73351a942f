"""A motion withdrawn (撤回议案), or a signature under it: before the vote, and once it is listed with the presidium's consent."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import warn
from domain.motion.motion import Motion, motion_of, with_motion
from domain.refusals import Refused
from domain.session.parts import DeputyId, Number
from domain.session.presidium_vote import Agreement, carried, presidium_vote
from domain.session.signatures import still_counted
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text


class VotedOnAlready(Refused):
    says = Text("第 {number} 号议案已经表决,不能撤回", "motion {number} was put to the vote: it cannot be withdrawn")


class PresidiumMustConsent(Refused):
    says = Text(
        "第 {number} 号议案已经列入议程,须经主席团同意才能撤回,由主席团记录",
        "motion {number} is on the agenda: withdrawing it takes the presidium's consent, which the presidium records",
    )


class NotASignatory(Refused):
    says = Text("{deputy} 不是联名人", "{deputy} did not sign it")


class NobodyWouldBeLeft(Refused):
    says = Text(
        "第 {number} 号议案的联名人全部撤回签名,应当撤回议案(withdraw-motion)",
        "nobody would be left under motion {number}: withdraw the motion itself (withdraw-motion)",
    )


class WithdrawMotion(Command):
    """The proposers ask to withdraw their motion, and the presidium consents once it is on the agenda.

    `requested_by` names the signatories who ask; left out, all of them do.
    """

    act: ClassVar[str] = "withdraw-motion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "secretariat")
    title: ClassVar[Text] = Text("撤回议案", "Withdraw a motion")
    number: Number
    requested_by: tuple[DeputyId, ...] = ()
    in_favour: int | None = Field(default=None, ge=0)  # of the presidium, to consent
    why: str = Field(default="", max_length=500)


class MotionWithdrawnByProposers(Event):
    """`in_favour` and `needed` are the presidium's consent; both 0 when the motion was not on the agenda yet."""

    name: ClassVar[str] = "motion.withdrawn.v1"
    once: ClassVar[bool] = True
    number: Number
    requested_by: tuple[DeputyId, ...]
    listed: bool
    in_favour: int
    members_total: int
    needed: int
    why: str

    @property
    def stands(self) -> bool:
        return not self.listed or carried(self.in_favour, self.needed)

    def revokes(self) -> tuple[str, ...]:
        """Deliberation of it ends (审议即行终止), so it is no longer put to the vote either."""
        return (f"motion-listed:{self.number}", f"decided:put-to-vote:motion-{self.number}") if self.stands else ()

    def facts(self) -> tuple[str, ...]:
        return ("motion-withdrawn", f"motion-withdrawn:{self.number}") if self.stands else ()


@decides(WithdrawMotion)
def withdraw_motion(session: Session, command: WithdrawMotion, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 22(3), 代表法 (2025) art. 15(3): a listed motion, before it is put to the vote, with consent (同意)."""
    earlier: Motion | None = session.motions.get(command.number)
    if earlier is not None and earlier.withdrawn:
        return []
    motion = motion_of(session, command.number)
    listed = motion.outcome == "listed"
    if session.has(f"voted:{motion.item}"):
        raise VotedOnAlready(moment.cites("motion.withdrawal"), number=motion.number)
    if listed and moment.actor.office != "presidium":
        raise PresidiumMustConsent(moment.cites("motion.withdrawal"), number=motion.number)
    consent = presidium_vote(session, command.in_favour, moment) if listed else _not_needed()
    return [
        MotionWithdrawnByProposers(
            at=moment.at,
            basis=moment.basis("motion.withdrawal"),
            number=motion.number,
            requested_by=tuple(dict.fromkeys(command.requested_by)) or motion.deputies,
            listed=listed,
            in_favour=consent.in_favour,
            members_total=consent.members_total,
            needed=consent.needed,
            why=command.why,
            findings=(*_by_all(motion, command, moment), *consent.findings),
        )
    ]


def _not_needed() -> Agreement:
    """Before it is on the agenda nobody's consent is asked for by any text; whether it may be withdrawn is not said either."""
    what = Text("列入议程之前撤回议案", "withdrawing a motion before it is on the agenda")
    return Agreement(0, 0, 0, (warn("LawSilent", (), what=what),))


def _by_all(motion: Motion, command: WithdrawMotion, moment: Moment) -> tuple[Finding, ...]:
    """The proposers ask (提案人要求); whether all who signed must is left open by the text: all of them, by our reading."""
    asked = set(command.requested_by)
    if strangers := sorted(asked - set(motion.deputies)):
        raise NotASignatory(moment.cites("motion.withdrawal"), deputy=strangers[0])
    rule = moment.law.ruling("motion.withdrawn_by")
    if not asked or asked == set(motion.deputies) or rule is None:
        return ()
    return (warn("AskedByFewer", rule.basis, number=motion.number, found=len(asked), needed=len(motion.deputies)),)


@evolves(MotionWithdrawnByProposers)
def motion_withdrawn(session: Session, event: MotionWithdrawnByProposers) -> Session:
    """What it had added to the agenda goes again, and the suggestion it had become, unless that is being handled already."""
    motion: Motion | None = session.motions.get(event.number)
    if motion is None or not event.stands:
        return session
    after = with_motion(session, event.number, withdrawn=True)
    agenda = {code: item for code, item in session.agenda.items() if code != motion.item or not event.listed}
    suggestions = {
        number: filed
        for number, filed in session.suggestions.items()
        if filed.of_motion != event.number or session.has(f"assigned:{number}")
    }
    return replace(after, agenda=agenda, suggestions=suggestions)


class WithdrawSignature(Command):
    """Some who signed a motion take their signatures back; the motion stays, and is counted anew when it is listed."""

    act: ClassVar[str] = "withdraw-signature"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "secretariat")
    title: ClassVar[Text] = Text("撤回联名", "Withdraw a signature")
    number: Number
    deputies: tuple[DeputyId, ...] = Field(min_length=1)


class SignatureWithdrawn(Event):
    name: ClassVar[str] = "motion.signature-withdrawn.v1"
    number: Number
    deputies: tuple[DeputyId, ...]

    def facts(self) -> tuple[str, ...]:
        return ("signature-withdrawn",)


@decides(WithdrawSignature)
def withdraw_signature(session: Session, command: WithdrawSignature, moment: Moment) -> list[Event]:
    """No national text: whether a motion falls with too few signatures left is local law; here it is noticed."""
    motion = motion_of(session, command.number)
    leaving = frozenset(command.deputies) - _withdrawn_before(session, motion.number)
    if not leaving:
        return []
    if strangers := sorted(leaving - set(motion.deputies)):
        raise NotASignatory(moment.cites("motion.joint"), deputy=strangers[0])
    if session.has(f"voted:{motion.item}"):
        raise VotedOnAlready(moment.cites("motion.withdrawal"), number=motion.number)
    left = tuple(d for d in motion.deputies if d not in leaving)
    if not left:
        raise NobodyWouldBeLeft(number=motion.number)
    what = Text("撤回联名", "withdrawing a signature")
    findings: tuple[Finding, ...] = (warn("LawSilent", (), what=what),)
    joint, counted = moment.law.ruling("motion.joint"), still_counted(session, left)
    if joint and joint.value is not None and counted < joint.number:
        figures: dict[str, Figure] = {"number": motion.number, "found": counted, "needed": joint.number}
        findings += (warn("FewerSignatoriesNow", joint.basis, **figures),)
    deputies = tuple(d for d in motion.deputies if d in leaving)
    basis = moment.basis("signature.rechecked", "motion.joint")
    return [SignatureWithdrawn(at=moment.at, basis=basis, number=motion.number, deputies=deputies, findings=findings)]


def _withdrawn_before(session: Session, number: str) -> frozenset[str]:
    events = (e for e in session.history if isinstance(e, SignatureWithdrawn) and e.number == number)
    return frozenset(deputy for event in events for deputy in event.deputies)


@evolves(SignatureWithdrawn)
def signature_withdrawn(session: Session, event: SignatureWithdrawn) -> Session:
    motion: Motion | None = session.motions.get(event.number)
    if motion is None:
        return session
    return with_motion(session, event.number, deputies=tuple(d for d in motion.deputies if d not in event.deputies))
