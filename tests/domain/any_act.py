"""Any act that anybody might try, with figures that fit or do not: what `test_any_order` draws from."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.matter.opening import OpenMatter
from domain.matter.replying import ExtendMatter, ReplyToSuggestion
from domain.matter.terms import MissReply
from domain.motion import committee, disposal, filing, listing, withdrawal
from domain.session import (
    budget_draft,
    budget_passed,
    business,
    cards,
    closing,
    correction,
    dates,
    delegations,
    handling,
    held_cards,
    inquiry,
    interpellation,
    interpellation_answer,
    interpellation_decided,
    interruptions,
    moving,
    notice,
    opinions,
    presidium,
    record,
    roll,
    sign_in,
    sittings,
    suggestions,
)
from domain.session.parts import CardOf
from domain.submission import Command
from domain.vote import amendments, keypad, paper, projects, rating, sheets, votes
from tests.domain.any_election import IN_ELECTIONS
from tests.domain.any_tenure import IN_TENURE
from tests.domain.chamber import (
    SESSION,
    statutes,
)

OPENINGS = (
    date(2019, 1, 16),
    date(2022, 3, 11),
    date(2022, 3, 12),
    date(2024, 1, 17),
    date(2025, 3, 11),
    date(2026, 1, 14),
)
ITEMS = ("gov", "pres", "sc", "budget", "projects", "rating", "works", "tax", "motion-1")
FACTS = (
    "opened",
    "met",
    "adopted:secretary-general",
    "delegations-formed",
    "examined:budget",
    "notice-given",
    "prep-held",
    "presidium-elected",
    "adopted:agenda",
    "dealt:gov",
    "decided:put-to-vote:gov",
)
few = st.integers(0, 13)
deputy = st.sampled_from([f"d{n:03}" for n in range(1, 14)])
deputies = st.lists(deputy, min_size=1, max_size=12).map(tuple)
card = st.sampled_from(("c1", "c2", "c3"))
some_cards = st.lists(card, min_size=1, max_size=3).map(tuple)
item = st.sampled_from(ITEMS)
some_items = st.lists(item, min_size=1, max_size=3).map(tuple)
sitting = st.sampled_from(("prep", "s1", "s2", "s3"))
words = st.sampled_from(("甲", "关于修路", "𠮷"))
subject = st.sampled_from(
    (*ITEMS, "agenda", "presidium", "secretary-general", "motions-committee", "project-method", "amendment-1")
)
number = st.sampled_from(("1", "2"))
day = st.integers(-3, 40)


def optional(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


def line(prefix: str) -> st.SearchStrategy[sheets.Line]:
    return st.builds(
        sheets.Line,
        project=st.sampled_from([f"{prefix}{n}" for n in range(1, 5)]), in_favour=few, against=few, abstained=st.just(0),
    )  # fmt: skip


def dated(command: type[Command], **more: Any) -> st.SearchStrategy[Command]:
    """A command with two days, each so many days from the registration."""
    base = st.sampled_from(OPENINGS)
    return st.builds(
        lambda start, first, length, fields: command.model_validate(
            {"opens": start + timedelta(days=first), "closes": start + timedelta(days=first + length), **fields}
        ),
        base, day, st.integers(-1, 3), st.fixed_dictionaries(more),
    )  # fmt: skip


CHANGES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries(
        {"count": st.builds(lambda y, n: {"in_favour": y, "against": n, "abstained": 0, "not_voted": 0}, few, few)},
        optional={"deputies_present": few},
    ),
    st.fixed_dictionaries({"deputies_present": few}),
    st.fixed_dictionaries({"in_favour": few}),
    st.fixed_dictionaries({"deputy": deputy}),
    st.fixed_dictionaries({"sitting": sitting}),
    st.fixed_dictionaries({"subject": subject}),
    st.fixed_dictionaries({"why": words}),
    st.fixed_dictionaries({"item": item}),
    st.just({"kind": "plenary"}),
    st.fixed_dictionaries({"deputies": deputies}),
    st.fixed_dictionaries({"dissatisfied": deputies}),
    st.fixed_dictionaries({"outcome": st.sampled_from(("listed", "not_listed", "after_session"))}),
    st.fixed_dictionaries({"place": st.sampled_from(("plenary", "written"))}),
    st.just({}),
)

IN_ORDER: dict[str, st.SearchStrategy[Command]] = {
    dates.DecideDate.act: dated(dates.DecideDate),
    moving.MoveDate.act: dated(moving.MoveDate, why=words),
    dates.PublishDate.act: st.builds(dates.PublishDate),
    dates.Petition.act: st.builds(dates.Petition, signatories=deputies),
    dates.AnswerPetition.act: st.builds(dates.AnswerPetition, convene=st.booleans(), why=words),
    budget_draft.SubmitBudgetDraft.act: st.builds(budget_draft.SubmitBudgetDraft),
    budget_draft.ExamineBudgetDraft.act: st.builds(budget_draft.ExamineBudgetDraft, opinions=st.just(("同意",))),
    budget_draft.AnswerBudgetOpinion.act: st.builds(budget_draft.AnswerBudgetOpinion),
    budget_draft.PrintBudgetOpinion.act: st.builds(budget_draft.PrintBudgetOpinion),
    budget_passed.ReplyBudget.act: st.builds(budget_passed.ReplyBudget),
    budget_passed.FileBudgetSum.act: st.builds(budget_passed.FileBudgetSum),
    delegations.FormDelegations.act: st.builds(delegations.FormDelegations),
    delegations.ElectDelegationHead.act: st.builds(
        delegations.ElectDelegationHead, group=st.sampled_from(("east", "north")), head=deputy,
    ),
    delegations.DiscussDrafts.act: st.builds(
        delegations.DiscussDrafts, group=st.sampled_from(("east", "west")), items=some_items | st.just(()),
    ),
    delegations.AdjustDrafts.act: st.builds(delegations.AdjustDrafts, changes=st.just(("文字",))),
    opinions.AnswerOpinions.act: st.builds(opinions.AnswerOpinions, item=item, text=words),
    handling.PrintHandling.act: st.builds(handling.PrintHandling),
    notice.Prepare.act: st.builds(notice.Prepare, drafts=st.just(("议程",))),
    notice.HearVoters.act: st.builds(notice.HearVoters, what=words),
    notice.GiveNotice.act: st.builds(notice.GiveNotice),
    notice.SendPapers.act: st.builds(notice.SendPapers, papers=st.just(("报告",))),
    notice.InviteObservers.act: st.builds(notice.InviteObservers, who=st.just(("副镇长",)), count=few),
    notice.RecordPartyStep.act: st.builds(notice.RecordPartyStep, what=words),
    roll.DecideLeave.act: st.builds(roll.DecideLeave, deputies=deputies, granted=st.booleans()),
    roll.SuspendDeputy.act: st.one_of(
        st.builds(roll.SuspendDeputy, deputy=deputy, ground=st.just("custody")),
        st.builds(roll.SuspendDeputy, deputy=deputy, suspended=st.just(False), ground=st.just("ended")),
    ),
    roll.EndSeat.act: st.builds(roll.EndSeat, deputy=deputy, ground=st.sampled_from(("died", "absent_twice"))),
    roll.ConfirmCredentials.act: st.builds(roll.ConfirmCredentials, valid=few),
    sign_in.SignIn.act: st.one_of(
        st.builds(sign_in.SignIn, sitting=sitting, deputies=deputies, present=optional(few)),
        st.builds(sign_in.SignIn, sitting=sitting, present=few),
        st.builds(sign_in.SignIn, sitting=sitting, cards=some_cards, present=optional(few)),
    ),
    sign_in.SignOut.act: st.one_of(
        st.builds(sign_in.SignOut, sitting=sitting, deputies=deputies, remaining=optional(few)),
        st.builds(sign_in.SignOut, sitting=sitting, remaining=few),
        st.builds(sign_in.SignOut, sitting=sitting, cards=some_cards),
    ),
    cards.RegisterCards.act: st.builds(
        cards.RegisterCards, cards=st.lists(st.builds(CardOf, card=card, deputy=deputy), min_size=1, max_size=3).map(tuple),
        withdrawn=st.lists(card, max_size=1).map(tuple),
    ),
    held_cards.ResolveCard.act: st.one_of(
        st.builds(held_cards.ResolveCard, sitting=sitting, card=card, deputy=deputy),
        st.builds(held_cards.ResolveCard, sitting=sitting, card=card, rejected=st.just(True)),
    ),
    sittings.CallSitting.act: st.builds(
        lambda s, k, start: sittings.CallSitting(sitting=s, kind=k, sitting_title="增开", planned=f"{start}T09:00:00+08:00"),
        sitting, st.sampled_from(("preparatory", "plenary")), st.sampled_from(OPENINGS),
    ),
    sittings.OpenSitting.act: st.builds(sittings.OpenSitting, sitting=sitting),
    interruptions.PauseSitting.act: st.builds(interruptions.PauseSitting),
    interruptions.ResumeSitting.act: st.builds(interruptions.ResumeSitting),
    sittings.CloseSitting.act: st.builds(sittings.CloseSitting),
    presidium.PresidiumMeets.act: st.builds(
        presidium.PresidiumMeets, meeting=st.integers(1, 4), present=few, members=optional(st.integers(1, 9)),
    ),
    presidium.PresidiumDecides.act: st.builds(
        presidium.PresidiumDecides,
        matter=st.sampled_from((
            "put-to-vote", "project-candidates", "correction", "tie", "executive-chairs", "draft-resolutions", "deputy-secretaries", "other",
        )),
        items=some_items | st.just(()), in_favour=optional(few),
    ),
    business.HearReport.act: st.builds(business.HearReport, item=item),
    business.Deliberate.act: st.builds(business.Deliberate, items=some_items, group=st.sampled_from(("", "east", "north"))),
    inquiry.RaiseInquiry.act: st.builds(
        inquiry.RaiseInquiry, number=number, item=item, deputies=deputies, organ=words, question=words,
    ),
    inquiry.AnswerInquiry.act: st.builds(
        inquiry.AnswerInquiry, item=item, question=words, answered_by=words, number=optional(number),
    ),
    filing.FileMotion.act: st.one_of(
        st.builds(
            filing.FileMotion, number=number, motion_title=words, deputies=st.lists(deputy, max_size=12).map(tuple),
            subject=words, grounds=words, proposal=words, within_powers=st.sampled_from((True, None, False)),
        ),
        st.builds(
            filing.FileMotion, number=number, motion_title=words, proposer=st.sampled_from(("government", "presidium", "court")),
            subject=words, grounds=words, proposal=words | st.just(""),
        ),
    ),
    committee.ReferMotion.act: st.builds(committee.ReferMotion, number=number, committee=words),
    committee.ReportOnMotion.act: st.builds(
        committee.ReportOnMotion, number=number, opinion=st.sampled_from(("list", "do_not_list")), contacted=st.booleans(),
    ),
    listing.DecideOnMotion.act: st.builds(
        listing.DecideOnMotion, number=number, reasons=words, committee=words | st.just(""), in_favour=optional(few),
        outcome=st.sampled_from(("listed", "listed", "after_session", "next_session", "suggestion", "not_listed")),
    ),
    withdrawal.WithdrawMotion.act: st.builds(
        withdrawal.WithdrawMotion, number=number, requested_by=deputies | st.just(()), in_favour=optional(few),
    ),
    withdrawal.WithdrawSignature.act: st.builds(withdrawal.WithdrawSignature, number=number, deputies=deputies),
    disposal.DisposeOfMotion.act: st.builds(disposal.DisposeOfMotion, number=number, result=words),
    amendments.FileAmendment.act: st.builds(
        amendments.FileAmendment, number=number, item=item, deputies=deputies, text=words,
    ),
    amendments.WithdrawAmendment.act: st.builds(amendments.WithdrawAmendment, number=number),
    interpellation.FileInterpellation.act: st.builds(
        interpellation.FileInterpellation, number=number, deputies=st.lists(deputy, min_size=8, max_size=13).map(tuple),
        object=st.sampled_from(("government", "government", "court")), organ=words, question=words, content=words,
        demand=words | st.just(""),
    ),
    interpellation_decided.DecideOnInterpellation.act: st.builds(
        interpellation_decided.DecideOnInterpellation, number=number, place=st.sampled_from(("plenary", "written", "delegation")),
        complex=st.booleans(), in_favour=optional(few),
    ),
    interpellation_answer.AnswerInterpellation.act: st.builds(
        interpellation_answer.AnswerInterpellation, number=number, place=st.sampled_from(("plenary", "written")), text=words,
        answerer=st.sampled_from(("head", "head", "other")),
    ),
    interpellation_answer.DemandReanswer.act: st.builds(
        interpellation_answer.DemandReanswer, number=number, dissatisfied=deputies,
    ),
    business.CommitteeReports.act: st.builds(business.CommitteeReports, items=some_items),
    business.RecordProceeding.act: st.builds(business.RecordProceeding, what=words, item=optional(item)),
    votes.PutToVote.act: st.builds(
        votes.PutToVote,
        subject=subject, method=st.sampled_from(("show_of_hands", "electronic", "ballot", "acclamation", "by_name")),
        void=st.sampled_from((None, None, 0, 1)), published=st.booleans(),
        in_favour=optional(few), against=optional(few), abstained=optional(st.just(0)), not_voted=optional(few),
        persons=deputies | st.just(()), choose=optional(st.integers(1, 5)),
        on_tie=optional(st.sampled_from(("vote_again", "presidium_decides"))),
    ),
    paper.EnterVoteSheet.act: st.builds(
        lambda subject, sheet, issued, yes, no, void, amiss: paper.EnterVoteSheet(
            subject=subject, sheet=sheet, issued=issued, returned=yes + no + void + amiss, valid=yes + no, void=void, in_favour=yes, against=no,
        ),
        subject, st.sampled_from((1, 2)), few, few, few, st.integers(0, 2), st.sampled_from((0, 0, 0, 1)),
    ),
    keypad.EnterDeviceCount.act: st.builds(
        keypad.EnterDeviceCount, subject=subject, device=st.sampled_from(("k1", "k2")), source=st.sampled_from(("device", "typed")),
        entry=st.sampled_from((1, 2)), in_favour=few, against=few, abstained=st.just(0), not_voted=optional(few),
    ),
    keypad.RecordDeviceFailure.act: st.builds(
        keypad.RecordDeviceFailure, subject=subject, device=st.sampled_from(("k1", "k2")), what=words,
    ),
    sheets.EnterSheet.act: st.builds(
        sheets.EnterSheet,
        poll=st.just("projects"), sheet=st.sampled_from((1, 2)), issued=few, returned=few, valid=few, void=st.just(0),
        lines=st.lists(line("p"), min_size=1, max_size=4).map(tuple),
    ),
    projects.DeclareProjects.act: st.builds(
        projects.DeclareProjects, tie=st.lists(st.sampled_from(("p1", "p2", "p3")), max_size=2).map(tuple),
    ),
    rating.DeclareRating.act: st.builds(rating.DeclareRating),
    closing.Announce.act: st.builds(closing.Announce, items=some_items),
    closing.CloseSession.act: st.builds(closing.CloseSession),
    closing.PublishResults.act: st.builds(closing.PublishResults, items=some_items),
    closing.PublishBudget.act: st.builds(closing.PublishBudget),
    closing.FileBudget.act: st.builds(closing.FileBudget),
    suggestions.FileSuggestion.act: st.builds(suggestions.FileSuggestion, number=st.sampled_from(("1", "2")), deputies=deputies, subject=words),
    suggestions.AssignSuggestions.act: st.builds(
        lambda numbers: suggestions.AssignSuggestions(
            assignments=tuple(suggestions.Assignment(number=n, unit="建设办") for n in numbers)
        ),
        st.lists(st.sampled_from(("1", "2", "3")), min_size=1, max_size=2),
    ),
    handling.ReportHandling.act: st.builds(handling.ReportHandling, addressee=st.sampled_from(("body", "office"))),
    record.RecordIrregularity.act: st.builds(record.RecordIrregularity, fact=st.sampled_from(FACTS), why=words),
    correction.Correct.act: st.builds(correction.Correct, version=st.integers(2, 40), changes=CHANGES, strike=st.booleans(), why=words),
    record.MissDeadline.act: st.builds(record.MissDeadline, clock=st.sampled_from(("first-session", "budget-published-budget"))),
    record.AdoptEdition.act: st.builds(record.AdoptEdition, edition=st.sampled_from(("0" * 64, statutes().edition))),
    OpenMatter.act: st.builds(OpenMatter, session=st.just(SESSION), number=st.just("1")),
    ReplyToSuggestion.act: st.builds(ReplyToSuggestion, result=st.sampled_from("ABCD")),
    ExtendMatter.act: st.builds(ExtendMatter, why=words),
    MissReply.act: st.builds(MissReply, clock=st.sampled_from(("reply", "reply-difficult"))),
    **IN_ELECTIONS,
    **IN_TENURE,
}  # fmt: skip
ACTS = tuple(IN_ORDER.values())
RIGHTS = tuple(
    IN_ORDER[act]
    for act in IN_ORDER
    if {"motion", "signature", "amendment", "inquiry", "interpellation", "reanswer"} & set(act.split("-"))
)
"""Acts on motions, amendments, inquiries and interpellations."""
OF_OFFICES = (*IN_ELECTIONS.values(), *IN_TENURE.values())
"""Acts of elections and on office-holders."""
