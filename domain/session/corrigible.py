"""What of an entry may still be corrected (更正), and under which name it was put to the vote.

A correction mends a slip of the pen. What deputies voted on is what they had before them, so its text no longer changes.
"""

from domain.ballot.box import BoxSealed
from domain.ballot.closing import BoxClosed, BoxGivenUp
from domain.ballot.opening import BoxAttested, BoxOpened
from domain.election.candidates import CandidatesSettled
from domain.election.declining import NominationDeclined, NominationWithdrawn
from domain.election.nomination import Nominated
from domain.election.primary import PrimaryHeld
from domain.election.printing import NomineesPrinted
from domain.event import Event
from domain.motion.committee import MotionReferred, MotionReportedOn
from domain.motion.filing import MotionFiled
from domain.motion.listing import MotionDecided
from domain.motion.withdrawal import MotionWithdrawnByProposers, SignatureWithdrawn
from domain.session.handling import HandlingReported
from domain.session.inquiry import InquiryRaised
from domain.session.interpellation import InterpellationFiled
from domain.session.parts import Count
from domain.session.state import Session
from domain.tenure.approval import ApprovalRecorded
from domain.tenure.dismissal import DismissalDecided, DismissalProposed
from domain.tenure.removal import RemovalProposed
from domain.tenure.removal_in_recess import RecessRemovalProposed
from domain.tenure.removal_vote import RemovalVoted
from domain.tenure.resignation import ResignationSubmitted
from domain.tenure.resignation_decided import ResignationDecided, ResignationDecidedInRecess
from domain.vote.amendments import AmendmentFiled, AmendmentWithdrawn
from domain.vote.keypad import DeviceCountEntered, DeviceFailed
from domain.vote.paper import FIGURES, VoteSheetEntered
from domain.vote.rating import ProjectsRated
from domain.vote.subjects import SECRETARY
from domain.vote.votes import VoteCounted

OF_MOTION = (
    MotionFiled, MotionReferred, MotionReportedOn, MotionDecided, MotionWithdrawnByProposers, SignatureWithdrawn,
)  # fmt: skip
OF_AMENDMENT = (AmendmentFiled, AmendmentWithdrawn)

OF_A_BOX = (BoxSealed, BoxClosed, BoxGivenUp, BoxOpened, BoxAttested)
"""A ballot box is no slip of the pen: what was sealed, closed and opened stands as it was. Whoever doubts it votes anew."""

NEVER: dict[type[Event], tuple[str, ...]] = {
    MotionFiled: ("number", "proposer"),
    MotionDecided: ("number", "outcome", "suggestion"),
    AmendmentFiled: ("number",),
    InquiryRaised: ("number",),
    InterpellationFiled: ("number",),
    HandlingReported: ("reporter", "units", "complete"),
    Nominated: ("number", "election", "nominator"),
    NominationWithdrawn: ("number", "election", "last"),
    NominationDeclined: ("election", "nominee", "last"),
    RemovalProposed: ("number", "holder", "post", "proposer"),
    RecessRemovalProposed: ("number", "holder", "proposer"),
    RemovalVoted: ("number", "holder", "post"),
    ResignationSubmitted: ("number", "holder", "post", "to"),
    ResignationDecided: ("number", "confirms"),
    ResignationDecidedInRecess: ("number", "by"),
    DismissalProposed: ("number", "holder", "post", "proposer"),
    DismissalDecided: ("number", "holder", "post"),
    ApprovalRecorded: ("matter", "holder"),
    NomineesPrinted: ("lists",),
    PrimaryHeld: ("election", "places", "room", "tie"),
    CandidatesSettled: ("election", "candidates"),
    VoteCounted: ("subject", "method", "issued", "returned", "voided", "device", "device_failed", "published", "named"),
    VoteSheetEntered: ("subject", "sheet"),
    DeviceCountEntered: ("subject", "device", "source", "entry"),
    DeviceFailed: ("subject",),
    ProjectsRated: ("verdicts", "method"),
}
"""Fields that say which one it is, or what was decided: such an entry is struck and recorded anew."""

ONCE_VOTED_ON: dict[type[Event], tuple[str, ...]] = {
    MotionFiled: ("motion_title", "subject", "grounds", "proposal"),
    AmendmentFiled: ("item", "text"),
    VoteSheetEntered: FIGURES,
    DeviceCountEntered: ("in_favour", "against", "abstained", "not_voted"),
}
"""Fields that are what deputies voted on, or what its count was taken from: that is corrected in the vote itself."""


def put_to_vote_as(entry: Event) -> tuple[str, ...]:
    """The subjects of the votes that an entry is about; an amendment also belongs to the draft that it amends."""
    if isinstance(entry, OF_MOTION):
        return (f"motion-{entry.number}",)
    if isinstance(entry, OF_AMENDMENT):
        drafts = (entry.item,) if isinstance(entry, AmendmentFiled) else ()
        return (f"amendment-{entry.number}", *drafts)
    return (entry.subject,) if isinstance(entry, (VoteCounted, VoteSheetEntered, DeviceCountEntered)) else ()


def _follows_from_others(entry: Event) -> tuple[str, ...]:
    """A recorded vote's figures are those of its names, verdicts those of their sheets; what was not carried led to no suggestion."""
    if isinstance(entry, VoteCounted) and entry.named is not None:
        return ("count", *Count.model_fields)
    if isinstance(entry, MotionDecided) and entry.suggestion and not entry.stands:
        return ("in_favour",)
    if isinstance(entry, ProjectsRated) and entry.verdicts:
        return ("lines", "valid", "returned")
    return ()


def fixed(session: Session, entry: Event) -> frozenset[str]:
    """The fields of an entry that no correction changes any more."""
    never = (*NEVER.get(type(entry), ()), *_follows_from_others(entry))
    voted = any(session.has(f"voted:{subject}") for subject in put_to_vote_as(entry))
    return frozenset((*never, *(ONCE_VOTED_ON.get(type(entry), ()) if voted else ())))


def listed_wrongly(old: Event, new: Event) -> str:
    """What is wrong with a list as corrected, or nothing: nobody is left on it, or it does not name one secretary-general."""
    if getattr(old, "persons", ()) and not getattr(new, "persons", ()):
        return "名单上没有人 / nobody is left on the list"
    if isinstance(new, VoteCounted) and new.subject == SECRETARY and len(set(new.persons)) != 1:
        return "秘书长只有一人 / there is one secretary-general"
    return ""


def known_to(session: Session, entry: Event) -> frozenset[str]:
    """Whom an entry may name: those on the roll; a nomination also voters who are no deputies."""
    return frozenset((*session.roll, *(session.people if isinstance(entry, Nominated) else ())))


def may_be_anybody(entry: Event, name: str) -> bool:
    """Whether a field may name somebody who is no deputy: no text says that a secretary-general is one."""
    return name == "persons" and isinstance(entry, VoteCounted) and entry.subject == SECRETARY
