"""How minutes tell a vote, a count and a choice; see `telling`."""

from domain.vote import amendments, keypad, paper, projects, rating, sheets, votes
from domain.vote.paper import VOID
from yishi.documents import words
from yishi.documents.source import Source
from yishi.documents.telling import tell


@tell.register
def _(event: votes.VoteCounted, source: Source) -> str:
    what = words.draft_words(source.session, event.subject, source.title(event.subject))
    result = "仅为意见" if event.recommendation else "通过" if event.adopted else "未获通过"
    if event.voided:
        return f"投票表决{what}:发出{event.issued}张,收回{event.returned}张,{VOID[event.voided].zh},本次表决无效。"
    if event.count is None:
        how = "鼓掌" if event.method == "acclamation" else "举手(未清点赞成人数)"
        return f"表决{what}:{how}{result},未计票。"
    c, needed = event.count, f",须{event.needed}票" if event.needed else ""
    failed = f"表决器{event.device_failed}发生故障," if event.device_failed else ""
    void = f",无效{c.void}票" if c.void else ""
    lost = f",公布的票数未说明去向{c.unaccounted}人" if c.unaccounted else ""
    return (
        f"{failed}表决{what}({words.METHODS[event.method]}):应到{event.deputies_total}人,实到{event.deputies_present}人;"
        f"赞成{c.in_favour}票,反对{c.against}票,弃权{c.abstained}票{void},未表决{c.not_voted}人{lost}{needed}。{result}。"
    )


@tell.register
def _(event: sheets.SheetEntered, source: Source) -> str:
    return (
        f"录入{words.poll_words(source.session, event.poll)}第{event.sheet}张计票单:发出{event.issued}张,收回{event.returned}张,"
        f"有效{event.valid}张,无效{event.void}张。"
    )


@tell.register
def _(event: projects.ProjectsChosen, source: Source) -> str:
    titles = {p.code: p.title for p in sheets.projects_of(source.session, "projects")}
    chosen = "、".join(titles.get(code, code) for code in event.chosen)
    tied = f"得票相同待定:{'、'.join(titles.get(code, code) for code in event.tied)}。" if event.tied else ""
    what = "推荐" if event.recommendation else "票决产生"
    return f"{what}民生实事项目{len(event.chosen)}项:{chosen}。{tied}"


@tell.register
def _(event: sheets.PollVoided, source: Source) -> str:
    poll = words.poll_words(source.session, event.poll)
    return f"{poll}:发出{event.issued}张,收回{event.returned}张,{VOID[event.voided].zh},投票无效,重新投票。"


@tell.register
def _(event: rating.RatingMethodFixed, source: Source) -> str:
    return f"满意度测评按{event.rating_method.source}确定等次。"


@tell.register
def _(event: rating.ProjectsRated, source: Source) -> str:
    titles = {p.code: p.title for p in sheets.projects_of(source.session, "rating")}
    graded = ";".join(f"{titles.get(each.project, each.project)}:{each.verdict.verdict}" for each in event.verdicts)
    by_method = f"按{event.method},{graded}。" if graded else ""
    return f"上年度民生实事项目满意度测评:收回{event.returned}张,有效{event.valid}张。{by_method}"


@tell.register
def _(event: paper.VoteSheetEntered, source: Source) -> str:
    return (
        f"录入表决《{source.title(event.subject)}》的第{event.sheet}张计票单:发出{event.issued}张,收回{event.returned}张,"
        f"有效{event.valid}张,无效{event.void}张。"
    )


@tell.register
def _(event: keypad.DeviceCountEntered, source: Source) -> str:
    return (
        f"表决《{source.title(event.subject)}》,表决器{event.device}显示:赞成{event.in_favour}票,反对{event.against}票,"
        f"弃权{event.abstained}票。"
    )


@tell.register
def _(event: keypad.DeviceFailed, source: Source) -> str:
    return f"表决《{source.title(event.subject)}》时,表决器{event.device}发生故障:{event.what.rstrip('。')}。"


@tell.register
def _(event: amendments.AmendmentFiled, source: Source) -> str:
    who = f"代表{len(event.deputies)}人提出" if event.deputies else "提出"
    return f"{who}对《{source.title(event.item)}》的修正案 {event.number}:{event.text.rstrip('。')}。"


@tell.register
def _(event: amendments.AmendmentWithdrawn, source: Source) -> str:
    return f"修正案 {event.number} 撤回。"
