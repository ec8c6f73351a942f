"""Any act on an office-holder that anybody might try, with figures that fit or do not: what the machines of any order draw from."""

from hypothesis import strategies as st

from domain.submission import Command
from domain.tenure.acting import NameActing
from domain.tenure.approval import RecordApproval
from domain.tenure.departments import SubmitDepartmentHeads
from domain.tenure.dismissal import ProposeDismissal
from domain.tenure.dismissal_decided import DecideDismissal, ListDismissal
from domain.tenure.oath import TakeOath
from domain.tenure.removal import ProposeRemoval
from domain.tenure.removal_answered import BringRemoval, OfferDefence
from domain.tenure.removal_in_recess import DecideRemovalInRecess, ProposeRemovalInRecess
from domain.tenure.removal_vote import InvestigateRemoval, VoteOnRemoval
from domain.tenure.resignation import SubmitResignation
from domain.tenure.resignation_decided import DecideResignation
from domain.tenure.resignation_filed import FileResignation
from domain.tenure.resignation_in_recess import AcceptInRecess
from domain.tenure.termination import AnnounceOfficeEnded

few = st.integers(0, 13)
person = st.sampled_from([*(f"d{n:03}" for n in range(1, 14)), "v1", "x9"])
number = st.sampled_from(("1", "1", "2"))
post = st.sampled_from((
    "township-chair", "township-head", "township-vice-chair", "sc-chair", "sc-vice-chair", "government-head",
    "deputy-government-head", "chief-procurator", "court-president", "department-head", "deputy", "higher-deputy",
))  # fmt: skip
how = st.sampled_from(("ballot", "ballot", "electronic", "show_of_hands"))
reasons = st.sampled_from(("失职", "失职", ""))
votes = {"in_favour": few, "against": few, "abstained": st.sampled_from((0, 0, 1)), "void": st.sampled_from((0, 0, 1))}
members = st.sampled_from((None, 11, 13))
answered = st.lists(st.sampled_from(("presidium_meeting", "plenary", "written")), max_size=2, unique=True).map(tuple)

IN_TENURE: dict[str, st.SearchStrategy[Command]] = {
    ProposeRemoval.act: st.one_of(
        st.builds(ProposeRemoval, number=number, holder=person, post=post, reasons=reasons, proposer=st.just("presidium")),
        st.builds(
            ProposeRemoval, number=number, holder=person, post=post, reasons=reasons,
            deputies=st.lists(person, max_size=13).map(tuple), carried=st.sampled_from(("", "", "调查报告")),
        ),
    ),
    BringRemoval.act: st.builds(BringRemoval, number=number),
    OfferDefence.act: st.builds(OfferDefence, number=number, ways=answered, printed=st.booleans()),
    VoteOnRemoval.act: st.builds(VoteOnRemoval, number=number, method=how, **votes),
    InvestigateRemoval.act: st.builds(InvestigateRemoval, number=number, committee=st.just("调查委员会"), **votes),
    ProposeRemovalInRecess.act: st.builds(
        ProposeRemovalInRecess, number=number, holder=person, reasons=reasons, signed=few, members_total=members,
        proposer=st.sampled_from(("council_of_chairpersons", "sc_members")),
    ),
    DecideRemovalInRecess.act: st.builds(
        DecideRemovalInRecess, number=number, in_favour=few, members_total=st.sampled_from((11, 13)), method=how,
        defence_offered=st.booleans(),
    ),
    ProposeDismissal.act: st.builds(
        ProposeDismissal, number=number, holder=person, post=post, reasons=reasons, materials=st.booleans(), signed=few,
        members_total=members, proposer=st.sampled_from(("government", "council_of_chairpersons", "sc_members", "court")),
    ),
    ListDismissal.act: st.builds(
        ListDismissal, number=number, outcome=st.sampled_from(("listed", "listed", "not_listed", "investigation"))
    ),
    DecideDismissal.act: st.builds(
        DecideDismissal, number=number, in_favour=few, members_total=st.sampled_from((11, 13)), method=how,
        defence_offered=st.booleans(), report=st.sampled_from(("", "报告")),
    ),
    SubmitResignation.act: st.builds(
        SubmitResignation, number=number, holder=person, post=post, written=st.booleans(),
        to=st.sampled_from(("congress", "congress", "standing_committee", "presidium")),
    ),
    DecideResignation.act: st.builds(DecideResignation, number=number, **votes),
    AcceptInRecess.act: st.builds(AcceptInRecess, number=number, in_favour=st.none() | few, members_total=members),
    FileResignation.act: st.builds(FileResignation, number=number),
    NameActing.act: st.builds(
        NameActing, post=post, acting=person, holds=st.none() | post, in_favour=st.none() | few, members_total=members,
        nominated_by=st.sampled_from((None, "council_of_chairpersons")), reported=st.booleans(),
    ),
    AnnounceOfficeEnded.act: st.builds(AnnounceOfficeEnded, holder=person, post=post),
    RecordApproval.act: st.builds(
        RecordApproval, matter=st.sampled_from(("e", "removal-1", "resignation-1")), holder=person, approved=st.booleans()
    ),
    SubmitDepartmentHeads.act: st.builds(SubmitDepartmentHeads, count=st.integers(1, 30)),
    TakeOath.act: st.builds(
        TakeOath, persons=st.lists(person, min_size=1, max_size=2).map(tuple), text=st.sampled_from(("oath_2015", "oath_2018"))
    ),
}  # fmt: skip
