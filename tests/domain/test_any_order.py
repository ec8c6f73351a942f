"""Any officer, any act, any order: whatever is asked of a session, some things are always so.

A machine plays sessions of one to twelve deputies of both kinds of meeting, under every profile and on both sides of each change
of law. It goes on lawfully or tries anything at all, with figures that fit or do not. What must hold is said independently of the
code, in plain arithmetic.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from domain.calendar import legal_date
from domain.event import Event
from domain.findings import says
from domain.matter.matter import ExtendMatter, MissReply, OpenMatter, ReplyToSuggestion
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
from domain.session.hall import HeadCounted, OfTheHall
from domain.session.parts import AgendaItem, CardOf
from domain.submission import Command
from domain.vote import amendments, projects, sheets, votes
from tests.domain.chamber import (
    BUDGET,
    GOVERNMENT,
    HOUSE,
    PROJECTS,
    RATING,
    REPORTS,
    SESSION,
    Chamber,
    FixedLaws,
    hands,
    sheet,
    statutes,
)
from tests.domain.county import COMMITTEE

LAW_OF_2022 = date(2022, 3, 12)
PROFILES = (
    "national-county", "zhejiang-county", "national-township", "zhejiang-township", "chongqing-township", "national-residents",
    "zhejiang-residents",
)  # fmt: skip
OPENINGS = (
    date(2019, 1, 16),
    date(2022, 3, 11),
    date(2022, 3, 12),
    date(2024, 1, 17),
    date(2025, 3, 11),
    date(2026, 1, 14),
)
CONGRESS = ("year_start", "mid_year", "first", "extraordinary")
KINDS = {"county": CONGRESS, "township": CONGRESS, "residents": ("yearly", "extraordinary")}
OFFICES = (
    "standing_committee", "council_of_chairpersons", "sc_office", "court", "presidium", "executive_chair", "secretariat",
    "credentials_committee", "budget_committee", "motions_committee", "government",
    "scrutineer", "deputy", "group", "street_committee", "street_office", "council", "handling_unit", "clock",
)  # fmt: skip
ITEMS = ("gov", "pres", "sc", "budget", "projects", "rating", "works", "tax", "motion-1")
AGENDAS: dict[str, tuple[AgendaItem, ...]] = {
    "county": (GOVERNMENT, COMMITTEE, BUDGET), "township": REPORTS, "residents": (),
}  # fmt: skip
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
AFTERWARDS = {
    "ResultsPublished", "BudgetPublished", "BudgetFiled", "BudgetReplied", "BudgetSumFiled", "HandlingPrinted", "SeatEnded",
    "HandlingReported", "SuggestionFiled", "SuggestionsAssigned",
    "PresidiumMet", "PresidiumDecided", "ProceedingRecorded", "PartyStepRecorded", "DeputySuspended",
    "IrregularityRecorded", "Corrected", "DeadlineMissed", "EditionAdopted", "MatterOpened", "MatterExtended", "MatterReplied",
    "ReplyMissed", "InterpellationAnswered", "ReanswerDemanded", "MotionDisposed",
}  # fmt: skip
"""What may still happen to a session that is closed: nothing that was its own business to do while it sat."""

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
    suggestions.PrintHandling.act: st.builds(suggestions.PrintHandling),
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
        subject=subject, method=st.sampled_from(("show_of_hands", "electronic", "ballot", "acclamation")),
        in_favour=optional(few), against=optional(few), abstained=optional(st.just(0)), not_voted=optional(few),
        persons=deputies | st.just(()), choose=optional(st.integers(1, 5)),
        on_tie=optional(st.sampled_from(("vote_again", "presidium_decides"))),
    ),
    sheets.EnterSheet.act: st.builds(
        sheets.EnterSheet,
        poll=st.just("projects"), sheet=st.sampled_from((1, 2)), issued=few, returned=few, valid=few, void=st.just(0),
        lines=st.lists(line("p"), min_size=1, max_size=4).map(tuple),
    ),
    projects.DeclareProjects.act: st.builds(
        projects.DeclareProjects, tie=st.lists(st.sampled_from(("p1", "p2", "p3")), max_size=2).map(tuple),
    ),
    projects.DeclareRating.act: st.builds(projects.DeclareRating),
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
    suggestions.ReportHandling.act: st.builds(suggestions.ReportHandling),
    record.RecordIrregularity.act: st.builds(record.RecordIrregularity, fact=st.sampled_from(FACTS), why=words),
    correction.Correct.act: st.builds(correction.Correct, version=st.integers(2, 40), changes=CHANGES, strike=st.booleans(), why=words),
    record.MissDeadline.act: st.builds(record.MissDeadline, clock=st.sampled_from(("first-session", "budget-published-budget"))),
    record.AdoptEdition.act: st.builds(record.AdoptEdition, edition=st.sampled_from(("0" * 64, statutes().edition))),
    OpenMatter.act: st.builds(OpenMatter, session=st.just(SESSION), number=st.just("1")),
    ReplyToSuggestion.act: st.builds(ReplyToSuggestion, result=st.sampled_from("ABCD")),
    ExtendMatter.act: st.builds(ExtendMatter, why=words),
    MissReply.act: st.builds(MissReply, clock=st.sampled_from(("reply", "reply-difficult"))),
}  # fmt: skip
ACTS = tuple(IN_ORDER.values())
RIGHTS = tuple(
    IN_ORDER[act]
    for act in IN_ORDER
    if {"motion", "signature", "amendment", "inquiry", "interpellation", "reanswer"} & set(act.split("-"))
)
"""Acts on motions, amendments, inquiries and interpellations."""


MATTERS: tuple[Command, ...] = (
    suggestions.AssignSuggestions(assignments=(suggestions.Assignment(number="1", unit="建设办"),)),
    OpenMatter(session=SESSION, number="1"), ExtendMatter(why="涉及面广"), ReplyToSuggestion(result="A"),
    MissReply(clock="reply"), MissReply(clock="reply-difficult"),
)  # fmt: skip
"""What happens to the first suggestion after the session."""


def course(house: Chamber, present: int) -> list[Command]:
    """A lawful course, as far as the profile and the figures allow: what is refused is simply not done."""
    town = house.registering.procedure != "residents-council"
    county = house.registering.procedure == "county-congress"
    codes = (
        tuple(i.code for i in house.registering.agenda if i.code in ("gov", "pres", "sc", "budget"))
        if town
        else ("works",)
    )
    before = [budget_draft.SubmitBudgetDraft(), delegations.FormDelegations()] if county else []
    examined = [business.CommitteeReports(items=("budget",))] if county else []
    elected = [hands("secretary-general", present)] if county else []
    may_sign = tuple(sorted(house.session.in_office - house.session.suspended)) or ("d001",)
    paper = {f"p{n}": max(present - n, 0) for n in range(1, 4)}
    acts: list[Command] = [
        roll.ConfirmCredentials(valid=len(house.roll)),
        dates.DecideDate(opens=house.opens, closes=house.closes), dates.PublishDate(),
        notice.HearVoters(what="座谈"), *before, notice.GiveNotice(), notice.SendPapers(papers=("报告",)),
        sign_in.SignIn(sitting="prep", present=present), sittings.OpenSitting(sitting="prep"),
        hands("presidium", present), *elected, hands("agenda", present), sittings.CloseSitting(),
        sign_in.SignIn(sitting="s1", present=present), sittings.OpenSitting(sitting="s1"),
        hands("presidium", present), hands("agenda", present),
        *(business.HearReport(item=code) for code in codes), business.Deliberate(items=codes),
        filing.FileMotion(
            number="1", motion_title="修路", deputies=may_sign, subject="路", grounds="坏", proposal="修", within_powers=True,
        ),
        interpellation.FileInterpellation(
            number="1", deputies=may_sign, object="government", organ="镇政府", question="路", content="坏", demand="修",
        ),
        inquiry.RaiseInquiry(number="1", item="gov", deputies=may_sign[:1], organ="财政所", question="路"),
        inquiry.AnswerInquiry(number="1", item="gov", question="路", answered_by="财政所"),
        presidium.PresidiumMeets(meeting=1, present=5, members=5), committee.ReferMotion(number="1", committee="议案委"),
        committee.ReportOnMotion(number="1", opinion="list"), listing.DecideOnMotion(number="1", outcome="listed"),
        interpellation_decided.DecideOnInterpellation(number="1", place="plenary"),
        interpellation_answer.AnswerInterpellation(number="1", place="plenary", text="修"),
        interpellation_answer.DemandReanswer(number="1", dissatisfied=may_sign),
        amendments.FileAmendment(number="1", item="motion-1", deputies=("d001",), text="缓修"),
        business.Deliberate(items=("motion-1",)), hands("amendment-1", present),
        presidium.PresidiumDecides(matter="put-to-vote", items=("motion-1",)), hands("motion-1", present),
        presidium.PresidiumMeets(meeting=2, present=5, members=5), *examined,
        presidium.PresidiumDecides(matter="put-to-vote", items=codes),
        presidium.PresidiumDecides(matter="project-candidates", items=("projects",)),
        *(hands(code, present) for code in codes), hands("project-method", present, choose=2),
        sheet(1, paper, present), sheet(2, paper, present), projects.DeclareProjects(),
        sheet(1, {"y1": present}, present, poll="rating"), sheet(2, {"y1": present}, present, poll="rating"),
        projects.DeclareRating(), closing.Announce(items=codes), closing.Announce(items=("projects", "rating")),
        suggestions.FileSuggestion(number="1", deputies=("d001",), subject="修路"), closing.CloseSession(),
        closing.PublishResults(items=codes), closing.PublishBudget(),
        suggestions.AssignSuggestions(assignments=(suggestions.Assignment(number="1", unit="建设办"),)),
    ]  # fmt: skip
    if not any(s.kind == "preparatory" for s in house.registering.sittings):
        acts = acts[:6] + acts[11:]
    return acts


class AnyOrder(RuleBasedStateMachine):
    laws: ClassVar[FixedLaws] = FixedLaws(statutes())

    def __init__(self) -> None:
        super().__init__()
        self.house: Chamber | None = None
        self.followed: dict[str, set[str]] = {}
        """Facts as a workflow follows them, from what each event gains and loses."""

    @initialize(
        profile=st.sampled_from(PROFILES), opens=st.sampled_from(OPENINGS), size=st.integers(1, 12), data=st.data(),
        at_vote=st.booleans(),
    )  # fmt: skip
    def registered(self, profile: str, opens: date, size: int, data: st.DataObject, *, at_vote: bool) -> None:
        level = profile.rsplit("-", 1)[-1]
        if profile == "zhejiang-residents":
            opens = max(opens, date(2022, 3, 11))
        preparatory = profile == "chongqing-township" or level == "county" or data.draw(st.booleans(), "preparatory")
        works = AgendaItem(code="works", kind="other", title="实事进展", mandatory=False)
        self.house = Chamber(
            size, profile, data.draw(st.sampled_from(KINDS[level]), "kind"), opens=opens, laws=self.laws,
            agenda=(*AGENDAS[level], PROJECTS, RATING, works),
            sittings=((("prep", "preparatory"),) if preparatory else ()) + (("s1", "plenary"), ("s2", "plenary")),
            adopts=("I-quorum-at-vote",) if at_vote else (), candidates=3, choose=2, last_year=1,
            suspended=data.draw(st.sets(st.sampled_from([f"d{n:03}" for n in range(1, size + 1)]), max_size=2), "suspended"),
            elections_completed=opens - timedelta(days=50),
        )  # fmt: skip
        self.does(self.house.registering)
        may = size - len(self.house.session.suspended)
        least = -(-2 * size // 3)  # two thirds, rounded up
        coming = [n for n in (may, least, least - 1, may // 2) if 0 <= n <= may]
        self.course = course(self.house, data.draw(st.sampled_from(coming), "present"))
        self.house.on(opens - timedelta(days=20))
        whole = len(self.course)
        self.goes_on(data.draw(st.sampled_from((0, 6, 14, whole // 2, whole - 7, whole - 3, whole)), "begun"))

    @precondition(lambda self: self.house is not None and self.course)
    @rule(steps=st.integers(1, 8))
    def goes_on(self, steps: int) -> None:
        """The next steps of a lawful course."""
        assert self.house is not None
        for command in self.course[:steps]:
            if isinstance(command, sign_in.SignIn) and legal_date(self.house.now) < self.house.opens:
                self.house.on(self.house.opens, 8)
            self.does(command)
        self.course = self.course[steps:]

    @precondition(lambda self: self.house is not None)
    @rule(data=st.data(), back=st.sampled_from((0, 0, 0, 0, 1)))
    def does_what_is_in_order_now(self, data: st.DataObject, back: int) -> None:
        """Any act of this stage by the office whose act it is, with any figures."""
        assert self.house is not None
        session = self.house.session
        now = [a for a, stages in session.procedure.acts.items() if session.stage in stages and a in IN_ORDER]
        command = data.draw(st.sampled_from(now).flatmap(IN_ORDER.__getitem__), "command")
        self.does(command, back=timedelta(days=back))

    @precondition(lambda self: self.house is not None and self.house.session.recorded > 1)
    @rule(data=st.data(), changes=CHANGES, strike=st.booleans())
    def corrects(self, data: st.DataObject, changes: dict[str, Any], *, strike: bool) -> None:
        """Some entry that there is, with changes that fit it or do not."""
        assert self.house is not None
        version = data.draw(st.integers(2, self.house.session.recorded), "version")
        fits = {k: v for k, v in changes.items() if hasattr(self.house.session.history[version - 1], k)}
        self.does(correction.Correct(version=version, changes=fits, strike=strike, why="更正"))

    @precondition(lambda self: self.house is not None and self.house.session.sitting_open)
    @rule(subject=subject, yes=few, no=few, amiss=st.sampled_from((-1, 0, 0, 1)))
    def counts_a_vote(self, subject: str, yes: int, no: int, amiss: int) -> None:
        """A count of those present, or of one more or one fewer."""
        assert self.house is not None
        present = self.house.hall(self.house.session.sitting_open or "").present
        yes, no = min(yes, present), min(no, max(present - yes, 0))
        left = max(present - yes - no + amiss, 0)
        self.does(votes.PutToVote(subject=subject, in_favour=yes, against=no, abstained=0, not_voted=left))

    @precondition(lambda self: self.house is not None and self.house.session.stage != "after")
    @rule(deputy=deputy, then=st.sampled_from(("s1", "s2")))
    def suspends_one_who_signed_in(self, deputy: str, then: str) -> None:
        """One of those in the hall may not act any more, and then somebody would open the sitting."""
        self.does(roll.SuspendDeputy(deputy=deputy, ground="custody"))
        self.does(sittings.OpenSitting(sitting=then))

    @precondition(lambda self: self.house is not None and self.house.session.stage != "before")
    @rule(commands=st.lists(st.one_of(*RIGHTS), min_size=1, max_size=4))
    def deputies_use_their_rights(self, commands: list[Command]) -> None:
        """Motions, amendments, inquiries and interpellations, in any state that they can be in."""
        for command in commands:
            self.does(command)

    @precondition(lambda self: self.house is not None)
    @rule(command=st.one_of(*ACTS), office=st.none() | st.sampled_from(OFFICES), back=st.sampled_from((0, 0, 0, 1, 30)))
    def anybody_tries(self, command: Command, office: str | None, back: int) -> None:
        """Any act, by the office whose act it is or by another, now or entered late."""
        self.does(command, office, timedelta(days=back))

    @precondition(lambda self: self.house is not None and self.house.session.stage == "after")
    @rule(command=st.one_of(*ACTS))
    def comes_too_late(self, command: Command) -> None:
        """The session is closed, and somebody goes on as if it were not."""
        self.does(command)

    @precondition(lambda self: self.house is not None)
    @rule(
        command=st.sampled_from((*MATTERS, suggestions.FileSuggestion(number="1", deputies=("d001",), subject="修路")))
    )
    def follows_up(self, command: Command) -> None:
        """The one matter of a suggestion is opened, extended, answered or missed, in any order."""
        self.does(command)

    @precondition(lambda self: self.house is not None)
    @rule(days=st.sampled_from((0, 0, 1, 2, 10, 100)), hours=st.integers(0, 12))
    def time_passes(self, days: int, hours: int) -> None:
        assert self.house is not None
        self.house.now += timedelta(days=days, hours=hours)

    # what must hold after every act

    def does(self, command: Command, office: str | None = None, back: timedelta = timedelta(0)) -> None:
        house = self.house
        assert house is not None
        before, recorded = house.session, len(house.record.events)
        stream = f"{HOUSE}/matter/1" if command.stream_kind == "matter" else SESSION
        house.when(command, by=office, at=house.now - back, recorded=house.now, stream=stream)
        if house.refusal is not None:
            assert house.session == before and len(house.record.events) == recorded
            assert "{" not in house.refusal.says().zh + house.refusal.says().en
        decided = list(house.events)
        for event in decided:
            self._kept_and_told(event)
        self._lawful(before, decided)
        self._followed(stream, decided)
        self._adds_nothing_the_second_time()

    def _kept_and_told(self, event: Event) -> None:
        assert event.basis
        assert type(event).model_validate(event.model_dump(mode="json")) == event
        assert type(event).model_validate_json(event.model_dump_json()) == event
        for finding in event.findings:
            assert "{" not in says(finding).zh + says(finding).en

    def _lawful(self, before: Any, decided: list[Event]) -> None:
        assert self.house is not None
        town = self.house.registering.procedure != "residents-council"
        if before.registered and any(before.stage_at(e.at) == "after" for e in decided):
            assert {type(e).__name__ for e in decided} <= AFTERWARDS
        for event in decided:
            since_2022 = legal_date(event.at) >= LAW_OF_2022
            if isinstance(event, sittings.SittingOpened):
                may_act = before.in_office - before.suspended
                self._counted_the_hall(event, may_act)
                if town and since_2022 and event.kind == "plenary" and not before.has("opened"):
                    assert 3 * event.deputies_present >= 2 * event.deputies_total
                if event.kind == "plenary" and not before.has("opened"):
                    self._constituted(before)
            if isinstance(event, presidium.PresidiumDecided):
                assert event.in_favour > 0
            self._signed(event, before)
            if isinstance(event, votes.VoteCounted):
                self._counted(event, before, town=town)
            if isinstance(event, projects.ProjectsChosen) and town:
                rounds = [e for e in (*before.history, event) if isinstance(e, projects.ProjectsChosen)]
                votes_for = {r.project: r.in_favour for e in rounds for r in e.lines}
                if not event.lines:  # chosen by the presidium out of those tied
                    assert before.has("decided:tie") and set(event.chosen) - set(before.chosen) <= set(before.runoff)
                assert all(2 * votes_for[p] > event.deputies_total for p in (*event.chosen, *event.tied))
                assert len(event.chosen) <= event.seats

    def _counted_the_hall(self, event: sittings.SittingOpened, may_act: frozenset[str]) -> None:
        """By name: as many as are signed in and may act. After a head count never more than may act; right after it, what it says."""
        assert self.house is not None
        seen = [e for e in self.house.record.events if isinstance(e, OfTheHall) and e.sitting == event.sitting]
        if not any(isinstance(e, HeadCounted) for e in seen):
            assert event.deputies_present == len(self.house.record.signed_in(SESSION, event.sitting, may_act))
        assert event.deputies_present <= len(may_act)

    def _signed(self, event: Event, before: Any) -> None:
        """Five deputies for a motion, ten in a county, ten for an interpellation, half of them for another answer; only who may act."""
        may_act = before.in_office - before.suspended
        county = before.registered and before.procedure.id == "county-congress"
        organs = ("government", "presidium", *(("standing_committee", "special_committee") if county else ()))
        if isinstance(event, filing.MotionFiled):
            assert len(set(event.deputies) & may_act) >= (10 if county else 5) or event.proposer in organs
        if isinstance(event, interpellation.InterpellationFiled):
            assert len(set(event.deputies) & may_act) >= 10 and (county or event.object == "government")
        if isinstance(event, interpellation_answer.ReanswerDemanded):
            assert 2 * len(set(event.dissatisfied) & may_act) >= len(before.interpellations[event.number].deputies)

    def _constituted(self, before: Any) -> None:
        """A county's plenary opens after its preparatory meeting has made it able to, or where it was owned up that it did not."""
        if before.procedure.id == "county-congress":
            for fact in ("prep-held", "presidium-elected", "adopted:secretary-general", "adopted:agenda"):
                assert before.has(fact) or before.excused(fact)

    def _counted(self, event: votes.VoteCounted, before: Any, *, town: bool) -> None:
        assert event.deputies_present <= event.deputies_total
        assert (event.count is None) == (event.method == "acclamation")
        if event.count is not None:
            assert event.count.total == event.deputies_present
            if town:
                assert event.adopted == (2 * event.count.in_favour > event.deputies_total)
            else:
                assert event.recommendation
        if before.procedure.id == "county-congress" and event.subject == "budget":
            assert before.has("examined:budget") or before.excused("examined:budget")
        if town and event.subject in ("gov", "pres", "sc", "budget") and legal_date(event.at) >= LAW_OF_2022:
            assert before.has("opened")

    def _followed(self, stream: str, decided: list[Event]) -> None:
        """A workflow that hears only of gains and losses holds the same facts as the fold."""
        assert self.house is not None
        facts = self.followed.setdefault(stream, set())
        for event in decided:
            if not isinstance(event, OfTheHall):
                facts.difference_update(event.loses())
                facts.update(event.gains())
        assert facts == set(self.house.record.state(stream).facts)

    def _adds_nothing_the_second_time(self) -> None:
        house = self.house
        assert house is not None
        recorded = len(house.record.events)
        house.again()
        assert house.events == [] and len(house.record.events) == recorded

    def teardown(self) -> None:
        """Folded whole, or folded in part and then the rest, it is one and the same."""
        if self.house is None:
            return
        for stream, events in self.house.record.streams.items():
            if stream.split("/")[2] not in self.house.record.deciders:
                continue
            decider = self.house.record.decider_of(stream)
            whole = self.house.record.state(stream)
            for cut in {0, len(events) // 2, len(events)}:
                state = decider.start(stream)
                for event in events[:cut]:
                    state = decider.evolve(state, event)
                for stored in events[cut:]:
                    state = decider.evolve(state, type(stored).model_validate_json(stored.model_dump_json()))
                assert state == whole


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
FAST = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=CHECKS,
)
SOAK = settings(max_examples=3000, stateful_step_count=60, deadline=None, database=None, suppress_health_check=CHECKS)


@pytest.mark.rule("OL22-14-4-quorum", "OL22-25", "OL15-20")
def test_whatever_anybody_does_in_whatever_order_the_record_stays_lawful() -> None:
    run_state_machine_as_test(AnyOrder, settings=FAST)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_it_stays_so_for_a_long_time() -> None:
    run_state_machine_as_test(AnyOrder, settings=SOAK)
