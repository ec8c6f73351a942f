"""What came out: the sheet of each vote (表决结果单), and the frame of a resolution (决议)."""

from dataclasses import dataclass

from domain.session.state import Session
from domain.text import Text
from domain.vote.projects import ProjectsChosen
from domain.vote.rating import ProjectsRated
from domain.vote.sheets import Line, projects_of
from domain.vote.votes import VoteCounted
from yishi.documents import words
from yishi.documents.choice import Choice, item_of
from yishi.documents.common import Paper, common
from yishi.documents.fields import BLANK, named
from yishi.documents.figures import Ballots, ProjectLine, VoteFigures, sheet_of, vote_figures
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

RESULTS = Text("表决结果单", "the vote result sheet")
RESOLUTION = Text("决议", "the resolution")


@dataclass(frozen=True)
class ResultSheet(Paper):
    """表决结果单."""

    votes: tuple[VoteFigures, ...] = named("表决", "各次表决", "the votes")
    ballots: tuple[Ballots, ...] = named("票决", "民生实事项目票决、满意度测评", "choices and ratings by ballot")


@dataclass(frozen=True)
class Resolution(Paper):
    """决议."""

    title: str = named("标题", "决议标题,如“关于政府工作报告的决议”", "the resolution's title")
    adopted: str = named("通过说明", "(日期 会议 通过)", "when and where it was adopted")
    subject: str = named("事项", "议题名称", "the agenda item")
    heard: bool = named("听取报告", "是否听取过报告", "whether a report on it was heard")
    figures: VoteFigures = named("票数", "表决情况", "the vote")


def result_sheet(source: Source, choice: Choice) -> ResultSheet:
    """Every vote, or those on one subject.

    Raises:
        NotYet: none was taken.
    """
    session = source.session
    wanted = item_of(session, choice)
    numbered = list(enumerate(session.history, 1))
    votes = tuple(
        vote_figures(source, e, n) for n, e in numbered if isinstance(e, VoteCounted) and wanted in (None, e.subject)
    )
    kind = session.agenda[wanted].kind if wanted and wanted in session.agenda else None
    ballots = tuple(
        ballots_of(source, e, n)
        for n, e in numbered
        if (isinstance(e, ProjectsChosen) and (wanted is None or kind == "projects"))
        or (isinstance(e, ProjectsRated) and (wanted is None or kind == "rating"))
    )
    if not votes and not ballots:
        why = Text("还没有表决结果", "nothing was voted on yet")
        if wanted is not None:
            why = Text(f"{source.title(wanted)}还没有表决", f"{source.title(wanted)} was not put to the vote yet")
        raise NotYet(paper=RESULTS, why=why)
    return ResultSheet(**common(source), votes=votes, ballots=ballots)


def ballots_of(source: Source, event: ProjectsChosen | ProjectsRated, version: int) -> Ballots:
    """A choice of projects or a rating, as it was declared from the tellers' sheets."""
    session, chosen = source.session, event if isinstance(event, ProjectsChosen) else None
    poll = "projects" if chosen else "rating"
    sheet = sheet_of(session, poll, version)
    kind = [i.title for i in session.agenda.values() if i.kind == poll]
    return Ballots(
        title=kind[0] if kind else ("民生实事项目票决" if chosen else "民生实事项目满意度测评"),
        at=words.moment(event.at),
        seats=chosen.seats if chosen else "",
        needed=(chosen.needed or "") if chosen else "",
        total=chosen.deputies_total if chosen else session.deputies_total,
        issued=sheet.issued if sheet else BLANK,
        returned=sheet.returned if sheet else BLANK,
        valid=sheet.valid if sheet else BLANK,
        void=sheet.void if sheet else BLANK,
        lines=_lines(session, event, poll),
        rating=chosen is None,
        recommendation=bool(chosen and chosen.recommendation),
        position=source.position(version),
    )


def _lines(session: Session, event: ProjectsChosen | ProjectsRated, poll: str) -> tuple[ProjectLine, ...]:
    titles = {p.code: p.title for p in projects_of(session, poll)}
    picked = event.chosen if isinstance(event, ProjectsChosen) else ()
    tied = event.tied if isinstance(event, ProjectsChosen) else ()
    rated = {each.project: each.verdict.verdict for each in event.verdicts} if isinstance(event, ProjectsRated) else {}

    def line(rank: int, each: Line) -> ProjectLine:
        outcome = (
            "入选"
            if each.project in picked
            else "得票相同,待定"
            if each.project in tied
            else rated.get(each.project, "")
        )
        return ProjectLine(
            rank, titles.get(each.project, each.project), each.in_favour, each.basically, each.against, each.abstained, outcome
        )  # fmt: skip

    by_votes = sorted(event.lines, key=lambda each: (-each.in_favour, each.project))
    return tuple(line(rank, each) for rank, each in enumerate(by_votes, 1))


def resolution(source: Source, choice: Choice) -> Resolution:
    """The frame of the resolution on an item that was adopted; its body is for the office to write.

    Raises:
        NotYet: the item was not voted on, not adopted, or this body passes no resolutions; or several were adopted and none is named.
    """
    session = source.session
    if not session.procedure.decides:
        raise NotYet(
            paper=RESOLUTION, why=Text("本会只提出意见,不作决议", "this body gives opinions and passes no resolutions")
        )
    code = item_of(session, choice) or _only_one(session)
    vote = session.votes.get(code)
    title = source.title(code)
    if vote is None:
        raise NotYet(paper=RESOLUTION, why=Text(f"{title}还没有表决", f"{title} was not put to the vote yet"))
    if not vote.adopted:
        raise NotYet(
            paper=RESOLUTION,
            why=Text(
                f"{title}未获通过(赞成 {vote.count.in_favour if vote.count else 0} 票,须 {vote.needed} 票)",
                f"{title} was not adopted ({vote.count.in_favour if vote.count else 0} in favour, {vote.needed} needed)",
            ),
        )
    version = max(n for n, e in enumerate(session.history, 1) if e == vote)
    return Resolution(
        **common(source),
        title=words.resolution_title(title),
        adopted=f"({words.day_of(vote.at)}{words.full_name(session.plan)}通过)",
        subject=words.without_draft(title),
        heard=session.has(f"heard:{code}"),
        figures=vote_figures(source, vote, version),
    )


def _only_one(session: Session) -> str:
    adopted = [code for code, vote in session.votes.items() if vote.adopted and code in session.agenda]
    if len(adopted) == 1:
        return adopted[0]
    if not adopted:
        raise NotYet(paper=RESOLUTION, why=Text("还没有通过的事项", "nothing was adopted yet"))
    listed = "、".join(adopted)
    raise NotYet(
        paper=RESOLUTION,
        why=Text(
            f"通过的事项不止一项,请用 --item 指明:{listed}", f"several were adopted; name one by --item: {listed}"
        ),
    )
