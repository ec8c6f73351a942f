"""Figures of attendance and of votes as papers give them: those on record, and blanks for those that are not yet."""

from dataclasses import dataclass

from domain.session.sittings import SittingOpened
from domain.session.state import Session
from domain.vote.sheets import SheetEntered
from domain.vote.votes import VoteCounted
from yishi.documents import words
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.source import Source


@dataclass(frozen=True)
class Attendance:
    """出席: who was there, and whether that was enough."""

    total: int = named("应到", "在任代表人数", "deputies in office")
    present: Figure = named("实到", "开会时签到人数", "those signed in when it opened")
    absent: Figure = named("缺席", "应到减实到", "those absent")
    on_leave: Figure = named("请假", "其中准假的人数", "those of them on leave")
    share: str = named(
        "法定比例", "法定人数的说法,如“三分之二以上”;法律没有规定则为空", "the share required, as the law says it"
    )
    needed: Figure = named("法定人数", "须出席的人数", "how many must be present")
    basis: str = named("依据", "法定人数的条款", "the article on the quorum")
    enough: bool = named("达到", "是否达到法定人数", "whether the quorum is met")


@dataclass(frozen=True)
class VoteFigures:
    """表决: one vote with its arithmetic."""

    subject: str = named("事项", "表决的事项", "what was put to the vote")
    sitting: str = named("会议名称", "在哪次会议上表决", "the sitting")
    at: str = named("时间", "表决时间", "when")
    method: str = named("方式", "举手、按表决器等", "how the vote was taken")
    total: Figure = named("应到", "全体代表人数", "all deputies")
    present: Figure = named("实到", "到会人数", "deputies present")
    in_favour: Figure = named("赞成", "赞成票数", "votes in favour")
    against: Figure = named("反对", "反对票数", "votes against")
    abstained: Figure = named("弃权", "弃权票数", "abstentions")
    not_voted: Figure = named("未表决", "未表决人数", "those who did not vote")
    void: Figure = named("无效", "无效票数,仅投票表决时有", "void ballots, of a vote on paper")
    needed: Figure = named("须得票", "通过所需的赞成票数", "votes in favour that adopt")
    share: str = named("通过比例", "如“过半数”", "the share required, as the law says it")
    basis: str = named("依据", "通过所依条款", "the article on the majority")
    adopted: bool = named("通过", "是否通过", "whether it was adopted")
    result: str = named("结果", "“通过”“未获通过”或者“仅为意见”;未表决则留空", "the result in words, else a blank")
    counted: bool = named("已计票", "票数是否已经记录", "whether figures are on record")
    acclaimed: bool = named("鼓掌", "是否鼓掌通过,未计票", "by acclamation, without a count")
    people: str = named("名单", "名单表决的人员", "who stands on the list")
    position: Figure = named("记录序号", "在全程记录中的序号", "its position in the log")


@dataclass(frozen=True)
class ProjectLine:
    """One project's votes."""

    rank: Figure = named("名次", "按得票排列的序号", "rank by votes")
    title: str = named("项目", "项目名称", "the project")
    in_favour: Figure = named("赞成", "赞成(测评时为满意)", "in favour; of a rating: satisfied")
    basically: Figure = named("基本满意", "仅测评时有", "basically satisfied, of a rating")
    against: Figure = named("反对", "反对(测评时为不满意)", "against; of a rating: dissatisfied")
    abstained: Figure = named("弃权", "弃权(测评时为未评)", "abstained; of a rating: no rating")
    outcome: str = named("结果", "“入选”或者空", "chosen, or empty")


@dataclass(frozen=True)
class Ballots:
    """票决、测评: ballots and lines."""

    title: str = named("事项", "票决或者测评的事项", "what it is about")
    at: str = named("时间", "宣布确定的时间", "when it was declared")
    seats: Figure = named("应选", "应选项数", "how many are chosen")
    needed: Figure = named("须得票", "入选所需的赞成票数", "votes that a project needs")
    total: Figure = named("应到", "全体代表人数", "all deputies")
    issued: Figure = named("发出", "发出票数", "ballots issued")
    returned: Figure = named("收回", "收回票数", "ballots returned")
    valid: Figure = named("有效", "有效票数", "valid ballots")
    void: Figure = named("无效", "无效票数", "void ballots")
    lines: tuple[ProjectLine, ...] = named("各项", "各项目得票", "the projects with their votes")
    rating: bool = named("测评", "是否满意度测评", "whether it is a rating")
    recommendation: bool = named("仅为意见", "是否只是推荐意见", "a recommendation only")
    position: Figure = named("记录序号", "在全程记录中的序号", "its position in the log")


def attendance(source: Source, sitting: str) -> Attendance:
    """Of a sitting: as it was opened; else as it stands, with blanks."""
    session = source.session
    opened = opening(session, sitting)
    at = opened.at if opened else max(session.sittings[sitting].planned, source.until)
    rule = source.ruling(session.procedure.quorum, at)
    share = rule.share if rule and rule.value is not None else None
    total = opened.deputies_total if opened else session.deputies_total
    needed = share.needed(total) if share else 0
    return Attendance(
        total=total,
        present=opened.deputies_present if opened else BLANK,
        absent=total - opened.deputies_present if opened else BLANK,
        on_leave=opened.on_leave if opened else len(session.on_leave),
        share=share.word if share else "",
        needed=needed if share else BLANK,
        basis=words.cited(rule.basis) if rule and share else "",
        enough=bool(opened and share and opened.deputies_present >= needed),
    )


def opening(session: Session, sitting: str) -> SittingOpened | None:
    """How a sitting was opened, as the record has it now."""
    found = [e for e in session.history if isinstance(e, SittingOpened) and e.sitting == sitting]
    return found[-1] if found else None


def vote_figures(source: Source, vote: VoteCounted, version: int) -> VoteFigures:
    """A vote as it was recorded (or corrected)."""
    session, count = source.session, vote.count
    rule = source.ruling(session.procedure.majority, vote.at)
    sitting = session.sittings.get(vote.sitting)
    result = "仅为意见,不是决议" if vote.recommendation else "通过" if vote.adopted else "未获通过"
    result = "表决无效,重新表决" if vote.voided else result
    return VoteFigures(
        subject=words.draft_words(session, vote.subject, source.title(vote.subject)),
        sitting=sitting.title if sitting else "",
        at=words.moment(vote.at),
        method=words.METHODS[vote.method],
        total=vote.deputies_total,
        present=vote.deputies_present,
        in_favour=count.in_favour if count else "未计票",
        against=count.against if count else "未计票",
        abstained=count.abstained if count else "未计票",
        not_voted=count.not_voted if count else "未计票",
        void=count.void if count else "",
        needed=vote.needed or "",
        share=rule.share.word if rule and rule.value is not None else "",
        basis=words.cited(rule.basis) if rule else words.cited(vote.basis),
        adopted=vote.adopted,
        result=result,
        counted=count is not None,
        acclaimed=vote.method == "acclamation",
        people=source.people(vote.persons),
        position=source.position(version),
    )


def vote_to_come(source: Source, subject: str, sitting: str) -> VoteFigures:
    """The same form with blanks, for a vote that is still to be taken."""
    session = source.session
    opened = opening(session, sitting)
    rule = source.ruling(session.procedure.majority, max(session.sittings[sitting].planned, source.until))
    share = rule.share if rule and rule.value is not None else None
    return VoteFigures(
        subject=words.draft_words(session, subject, source.title(subject)),
        sitting=session.sittings[sitting].title,
        at="",
        method="",
        total=session.deputies_total,
        present=opened.deputies_present if opened else BLANK,
        in_favour=BLANK,
        against=BLANK,
        abstained=BLANK,
        not_voted=BLANK,
        void=BLANK,
        needed=share.needed(session.deputies_total) if share else "",
        share=share.word if share else "",
        basis=words.cited(rule.basis) if rule else "",
        adopted=False,
        result=BLANK,
        counted=False,
        acclaimed=False,
        people="",
        position="",
    )


def sheet_of(session: Session, poll: str, before: int) -> SheetEntered | None:
    """The last teller's sheet of a poll that was entered before an entry."""
    found = [e for e in session.history[: before - 1] if isinstance(e, SheetEntered) and e.poll == poll]
    return found[-1] if found else None
