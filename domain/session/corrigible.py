"""What of an entry may still be corrected (更正), and under which name it was put to the vote.

A correction mends a slip of the pen. What deputies voted on is what they had before them, so its text no longer changes.
"""

from domain.ballot.box import BoxSealed
from domain.ballot.closing import BoxClosed, BoxGivenUp
from domain.ballot.opening import BoxAttested, BoxOpened
from domain.ballot.results import on_paper
from domain.election.attesting import CountAttested
from domain.election.breaking_off import BallotBrokenOff
from domain.election.candidates import CandidatesSettled
from domain.election.declaration import ElectionDeclared
from domain.election.declining import NominationDeclined, NominationWithdrawn
from domain.election.lost import CandidateDropped
from domain.election.method import ElectionMethodDrafted
from domain.election.nomination import Nominated
from domain.election.primary import PrimaryHeld
from domain.election.printing import NomineesPrinted
from domain.election.rounds import BallotOpened
from domain.election.separate import SeparateElectionDecided
from domain.election.sheets import BallotSheetEntered
from domain.election.striking import NomineeStruck
from domain.election.tally import Figures
from domain.election.tied_again import TieDecided
from domain.election.validity import ValidityDecided
from domain.event import Event
from domain.motion.committee import MotionReferred, MotionReportedOn
from domain.motion.constitution import ConstitutionProposed
from domain.motion.filing import MotionFiled
from domain.motion.listing import MotionDecided
from domain.motion.withdrawal import MotionWithdrawnByProposers, SignatureWithdrawn
from domain.session.handling import HandlingReported
from domain.session.inquiry import InquiryRaised
from domain.session.interpellation import InterpellationFiled
from domain.session.matters import MatterBegun
from domain.session.parts import Count
from domain.session.roll import CredentialsConfirmed
from domain.session.state import Session
from domain.tenure.approval import ApprovalRecorded
from domain.tenure.dismissal import DismissalProposed
from domain.tenure.dismissal_decided import DismissalDecided
from domain.tenure.removal import RemovalProposed
from domain.tenure.removal_in_recess import RecessRemovalProposed
from domain.tenure.removal_vote import RemovalVoted
from domain.tenure.replacement import CourtPresidentReplaced
from domain.tenure.resignation import ResignationSubmitted
from domain.tenure.resignation_decided import ResignationDecided
from domain.tenure.resignation_in_recess import ResignationDecidedInRecess
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
    ConstitutionProposed: ("item", "proposer"),
    MotionDecided: ("number", "outcome", "suggestion"),
    AmendmentFiled: ("number",),
    InquiryRaised: ("number",),
    InterpellationFiled: ("number",),
    MatterBegun: ("number", "kind", "parent"),
    HandlingReported: ("reporter", "units", "complete", "addressee"),
    Nominated: ("number", "election", "nominator"),
    NominationWithdrawn: ("number", "election", "last"),
    NominationDeclined: ("election", "nominee", "last"),
    NomineeStruck: ("election", "nominee", "last", "alone"),
    RemovalProposed: ("number", "holder", "post", "proposer"),
    RecessRemovalProposed: ("number", "holder", "proposer"),
    RemovalVoted: ("number", "holder", "post"),
    ResignationSubmitted: ("number", "holder", "post", "to"),
    ResignationDecided: ("number", "confirms"),
    ResignationDecidedInRecess: ("number", "by"),
    DismissalProposed: ("number", "holder", "post", "proposer"),
    DismissalDecided: ("number", "holder", "post"),
    ApprovalRecorded: ("matter", "holder"),
    CourtPresidentReplaced: ("holder",),
    CredentialsConfirmed: ("deputies_number", "constituencies", "invalid"),
    NomineesPrinted: ("lists",),
    PrimaryHeld: ("election", "places", "room", "tie"),
    VoteCounted: (
        "subject",
        "method",
        "issued",
        "returned",
        "voided",
        "device",
        "device_failed",
        "published",
        "named",
        "box",
    ),
    VoteSheetEntered: ("subject", "sheet"),
    DeviceCountEntered: ("subject", "device", "source", "entry"),
    DeviceFailed: ("subject",),
    ProjectsRated: ("verdicts", "method"),
    CandidatesSettled: ("election", "candidates", "from_ballot"),
    ElectionMethodDrafted: ("margins", "rules"),
    BallotOpened: ("election", "number", "round", "candidates", "way", "sitting", "deputies_present"),
    BallotSheetEntered: ("election", "number", "sheet", "figures"),
    CountAttested: ("election", "number", "figures"),
    ElectionDeclared: (
        "election",
        "number",
        "round",
        "base",
        "voters",
        "rule",
        "barred",
        "outcome",
        "tie_leaves_open",
        "complete",
        "approval",
        "departments",
        "lost",
        "valid",
        "falls_back",
    ),
    CandidateDropped: ("election", "candidate", "ground", "ballot", "falls_back", "last", "in_favour"),
    BallotBrokenOff: ("election", "number", "boxes", "sheets", "falls_back", "in_favour"),
    ValidityDecided: ("election", "number", "stands", "in_favour"),
    TieDecided: ("election", "number", "follows", "proposed_by", "deputies_present"),
    SeparateElectionDecided: ("election", "when", "number", "deputies_present"),
}
"""Fields that say which one it is, or what was decided: such an entry is struck and recorded anew."""

ONCE_VOTED_ON: dict[type[Event], tuple[str, ...]] = {
    MotionFiled: ("motion_title", "subject", "grounds", "proposal"),
    AmendmentFiled: ("item", "text"),
    VoteSheetEntered: FIGURES,
    DeviceCountEntered: ("in_favour", "against", "abstained", "not_voted"),
}
"""Fields that are what deputies voted on, or what its count was taken from: that is corrected in the vote itself."""


OF_BALLOTS = (
    CandidatesSettled, BallotOpened, BallotSheetEntered, CountAttested, ElectionDeclared, SeparateElectionDecided,
    CandidateDropped, BallotBrokenOff, ValidityDecided, TieDecided,
)  # fmt: skip
"""Entries of an election each of which rests on the one before."""


def rests_on(session: Session, version: int) -> int:
    """The newest entry of an election that rests on this one, or 0: of its ballots the last is corrected first.

    Else a seat filled in a revote could be filled a second time by a correction of the ballot before.
    """
    old = session.history[version - 1]
    if not isinstance(old, OF_BALLOTS):
        return 0
    later = enumerate(session.history[version:], version + 1)
    return max((n for n, e in later if isinstance(e, OF_BALLOTS) and e.election == old.election), default=0)


def counted_wrongly(old: Event, new: Event) -> str:
    """What is wrong with the figures of a declared ballot as corrected: they add up, and are of the same persons."""
    if not (isinstance(old, ElectionDeclared) and isinstance(new, ElectionDeclared)):
        return ""
    figures: Figures = new.figures
    if figures.returned > new.base and new.valid is None and new.outcome.void is None:
        return (
            f"{figures.returned} > {new.base}: 多于全体代表,划去后由主席团确定是否有效再宣布 / "
            "more than all deputies: strike it, and declare it after decide-validity"
        )
    if figures.valid + figures.void != figures.returned:
        return f"{figures.valid} + {figures.void} ≠ {figures.returned}: 有效加无效应等于收回 / valid and void make up the returned"
    if wrong := [line.person for line in figures.lines if line.total != figures.valid]:
        return f"{wrong[0]}: 赞成、反对、弃权合计应等于有效票 / the marks make up the valid ballots"
    if sorted(line.person for line in figures.lines) != sorted(line.person for line in old.figures.lines):
        return "候选人应与原记录相同 / the candidates stay the same"
    written = sorted(each.person for each in figures.write_ins)
    if written != sorted(each.person for each in old.figures.write_ins):
        return "另选他人的名单应与原记录相同,不同的划去后重新清点 / those written in stay the same: else strike and count anew"
    return ""


def counted_by_a_box(session: Session, entry: Event) -> frozenset[str]:
    """The fields of an entry that are the figures of an electronic ballot box: what lay in it no officer's correction changes."""
    if isinstance(entry, VoteCounted) and entry.box:
        return frozenset(("count", "deputies_present", *Count.model_fields))
    if isinstance(entry, (CountAttested, ElectionDeclared)) and entry.election in session.elections:
        rounds = session.elections[entry.election].rounds
        ways = [each.way for each in rounds if each.number == entry.number]
        if any(not on_paper(session, entry.election, entry.number, way) for way in ways):
            return frozenset(("figures",))
    return frozenset()


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
