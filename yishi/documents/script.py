"""The chair's script (主持词): what the chair says at a sitting, with the figures on record and blanks for those to come.

The words stand in the template, by the kind of each part, so that an office puts its own in their place; here are the parts and figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.election.declaration import ElectionDeclared
from domain.election.rounds import BallotOpened
from domain.election.separate import SeparateElectionDecided
from domain.law import chinese_number
from domain.session.business import ReportHeard
from domain.session.closing import Announced
from domain.session.interruptions import SittingPaused, SittingResumed
from domain.vote.projects import ProjectsChosen
from domain.vote.rating import ProjectsRated
from domain.vote.sheets import projects_of
from domain.vote.subjects import AGENDA, LISTS
from domain.vote.votes import VoteCounted
from yishi.documents import words
from yishi.documents.choice import Choice, sitting_of
from yishi.documents.common import Paper, common
from yishi.documents.election_figures import (
    BallotFigures,
    ElectionFigures,
    ballot_figures,
    election_figures,
    next_ballot,
    no_ballot,
)
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.figures import (
    Attendance,
    Ballots,
    ProjectLine,
    VoteFigures,
    attendance,
    opening,
    vote_figures,
    vote_to_come,
)
from yishi.documents.program import Part, program
from yishi.documents.results import ballots_of
from yishi.documents.source import Source
from yishi.documents.telling_elections import WHEN

REPORTERS = {
    "presidium_report": "{body}主席团",
    "standing_committee_report": "{body}常务委员会",
    **dict.fromkeys(("government_report", "budget", "final_accounts", "budget_adjustment"), "{place}人民政府"),
    "court_report": "{place}{rank}人民法院",
    "procuratorate_report": "{place}人民检察院",
}
"""Who gives a report, where the law names it; who gives another is left blank."""

RANK = {"city": "中级", "province": "高级"}
"""Which court reports to a congress of that level (人民法院组织法 arts 20, 22): the intermediate, the high one."""

CONGRESS = "人民代表大会"
OF_ELECTIONS = ("选举", "宣布当选", "另行选举")
UNNUMBERED = ("开会", "休息", "继续", "散会", "闭幕")


@dataclass(frozen=True)
class Said:
    """One part of the script."""

    number: str = named("序号", "一、二、三……", "number in Chinese figures")
    kind: str = named(
        "种类",
        "开会、表决、听取报告、审议、票决、测评、选举、宣布当选、另行选举、宣布、休息、继续、散会、闭幕之一",
        "what it is: opening, vote, report, deliberation, choice, rating, ballot of an election, its declaration, a separate election, "
        "announcing, pause, resuming, end, closing",
    )
    subject: str = named("事项", "所涉事项", "what it is about")
    agenda: bool = named("议程", "表决的是不是会议议程", "whether it is the agenda that is voted on")
    people_list: bool = named("名单表决", "表决的是不是名单", "whether it is a list that is voted on")
    by: str = named("报告人", "作报告的机关,不知道则留空", "who reports")
    written: bool = named("书面", "是否书面报告", "whether the report is in writing")
    done: bool = named("已进行", "是否已经记录", "whether it is on record already")
    present: Figure = named("实到", "休息或继续时的到会人数", "deputies present at a pause or a resumption")
    vote: VoteFigures = named("票", "表决的数字", "the figures of a vote")
    ballots: Ballots = named("票决", "票决或者测评的数字", "the figures of a choice or rating")
    election: ElectionFigures = named("选举", "哪一项选举", "the election")
    ballot: BallotFigures = named("投票", "选举的投票和票数", "the ballot of an election with its figures")
    when: str = named("另选何时", "另行选举在本次会议还是下次会议", "at which session a separate election is held")
    results: tuple[VoteFigures, ...] = named("结果", "宣布的各项结果", "the results announced")


@dataclass(frozen=True)
class ChairsScript(Paper):
    """主持词."""

    sitting: str = named("会议名称", "哪次会议", "the sitting")
    at: str = named("时间", "会议时间", "when it is planned")
    chair: str = named("主持人", "执行主席,没有记录则留空", "the chair, else a blank")
    attendance: Attendance = named("出席", "出席人数和法定人数", "attendance and quorum")
    parts: tuple[Said, ...] = named("环节", "依次进行的各环节", "the parts in their order")


def chairs_script(source: Source, choice: Choice) -> ChairsScript:
    session = source.session
    sitting = session.sittings[sitting_of(session, choice)]
    opened = opening(session, sitting.code)
    parts = program(session).get(sitting.code, [])
    return ChairsScript(
        **common(source),
        sitting=sitting.title,
        at=words.moment(opened.at if opened else sitting.planned),
        chair=source.person(opened.chair) if opened and opened.chair else BLANK,
        attendance=attendance(source, sitting.code),
        parts=tuple(_said(source, part, n, sitting.code) for n, part in _numbered(parts)),
    )


def _numbered(parts: list[Part]) -> Iterator[tuple[int, Part]]:
    """The parts with their numbers; opening, pauses and closing have none of their own."""
    number = 0
    for part in parts:
        number += part.kind not in UNNUMBERED
        yield number, part


def _reporter(source: Source, kind: str) -> str:
    """Who gives a report: 炉桥镇人民政府, or the presidium its own."""
    congress = source.session.plan.congress
    body, rank = congress.name, RANK.get(congress.level, "")
    if kind not in REPORTERS or not body.endswith(CONGRESS):
        return BLANK
    return REPORTERS[kind].format(body=body, place=body.removesuffix(CONGRESS), rank=rank)


def _said(source: Source, part: Part, number: int, sitting: str) -> Said:
    session, event = source.session, part.event
    subject = part.subjects[0] if part.subjects else ""
    item = session.agenda.get(subject)
    about = "、".join(source.title(each) for each in part.subjects)
    election, ballot = _election(source, part)
    heard = event if isinstance(event, ReportHeard) else None
    at_rest = event.deputies_present if isinstance(event, (SittingPaused, SittingResumed)) else BLANK
    return Said(
        number=chinese_number(number) if part.kind not in UNNUMBERED else "",
        kind=part.kind,
        subject=words.draft_words(session, subject, about) if part.kind == "表决" else about,
        agenda=subject == AGENDA,
        people_list=part.kind == "表决" and _is_a_list(source, subject),
        by=_reporter(source, item.kind) if item else BLANK,
        written=heard is not None and heard.form == "written",
        done=event is not None,
        present=at_rest,
        vote=_vote(source, part, sitting),
        ballots=_ballots(source, part),
        election=election,
        ballot=ballot,
        when=WHEN[event.when] if isinstance(event, SeparateElectionDecided) else BLANK,
        results=tuple(_result(source, code, part, sitting) for code in _announced(source, part)),
    )


def _is_a_list(source: Source, subject: str) -> bool:
    item = source.session.agenda.get(subject)
    return item.kind == "list" if item else subject in LISTS


def _vote(source: Source, part: Part, sitting: str) -> VoteFigures:
    if isinstance(part.event, VoteCounted):
        return vote_figures(source, part.event, part.version)
    return vote_to_come(source, part.subjects[0] if part.kind == "表决" else "", sitting)


def _election(source: Source, part: Part) -> tuple[ElectionFigures, BallotFigures]:
    """The ballot that a part is about: as it was declared, as it is open, or as it comes next."""
    if part.kind not in OF_ELECTIONS:
        return no_ballot()
    election, event = source.session.elections[part.subjects[0]], part.event
    if isinstance(event, (BallotOpened, ElectionDeclared)):
        return election_figures(election), ballot_figures(source, election, election.rounds[event.number - 1])
    open_now = election.round if election.round is not None and election.round.outcome is None else None
    shown = open_now or next_ballot(election)
    return election_figures(election), ballot_figures(source, election, shown) if shown else no_ballot()[1]


def _ballots(source: Source, part: Part) -> Ballots:
    if isinstance(part.event, (ProjectsChosen, ProjectsRated)):
        return ballots_of(source, part.event, part.version)
    session = source.session
    poll = "rating" if part.kind == "测评" else "projects"
    listed = projects_of(session, poll) if part.kind in ("票决", "测评") else ()
    return Ballots(
        title=source.title(part.subjects[0]) if part.subjects else "",
        at="",
        seats=session.plan.projects.choose if session.plan.projects and poll == "projects" else BLANK,
        needed=BLANK,
        total=session.deputies_total,
        issued=BLANK,
        returned=BLANK,
        valid=BLANK,
        void=BLANK,
        lines=tuple(ProjectLine(n, p.title, BLANK, BLANK, BLANK, BLANK, "") for n, p in enumerate(listed, 1)),
        rating=poll == "rating",
        recommendation=not session.procedure.decides,
        position="",
    )


def _announced(source: Source, part: Part) -> tuple[str, ...]:
    """The votes among what is announced; a choice of projects is announced with its own figures."""
    if part.kind != "宣布":
        return ()
    return tuple(code for code in part.subjects if source.session.agenda[code].kind not in ("projects", "rating"))


def _result(source: Source, code: str, part: Part, sitting: str) -> VoteFigures:
    """As it was when it was announced: of two votes on one item, the one before."""
    votes = [
        (n, e)
        for n, e in enumerate(source.session.history, 1)
        if isinstance(e, VoteCounted)
        and e.subject == code
        and (not isinstance(part.event, Announced) or n < part.version)
    ]
    return vote_figures(source, votes[-1][1], votes[-1][0]) if votes else vote_to_come(source, code, sitting)
