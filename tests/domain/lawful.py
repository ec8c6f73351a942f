"""A lawful course of any session, for `test_any_order` to go on by, and what follows of its first suggestion."""

from domain.matter.opening import OpenMatter
from domain.matter.replying import ExtendMatter, ReplyToSuggestion
from domain.matter.terms import MissReply
from domain.motion import committee, filing, listing
from domain.session import (
    budget_draft,
    business,
    closing,
    dates,
    delegations,
    inquiry,
    interpellation,
    interpellation_answer,
    interpellation_decided,
    notice,
    presidium,
    roll,
    sign_in,
    sittings,
    suggestions,
)
from domain.submission import Command
from domain.vote import amendments, projects, rating
from tests.domain.chamber import (
    SESSION,
    Chamber,
    hands,
    sheet,
)

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
    elected = [hands("secretary-general", present, persons=house.roll[:1])] if county else []
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
        rating.DeclareRating(), closing.Announce(items=codes), closing.Announce(items=("projects", "rating")),
        suggestions.FileSuggestion(number="1", deputies=("d001",), subject="修路"), closing.CloseSession(),
        closing.PublishResults(items=codes), closing.PublishBudget(),
        suggestions.AssignSuggestions(assignments=(suggestions.Assignment(number="1", unit="建设办"),)),
    ]  # fmt: skip
    if not any(s.kind == "preparatory" for s in house.registering.sittings):
        acts = acts[:6] + acts[11:]
    return acts
