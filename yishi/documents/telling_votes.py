"""How minutes tell a vote, a count and a choice; see `telling`."""

from domain.vote import amendments, projects, sheets, votes
from domain.vote.sheets import POLLS
from yishi.documents import words
from yishi.documents.source import Source
from yishi.documents.telling import tell


@tell.register
def _(event: votes.VoteCounted, source: Source) -> str:
    what = words.draft_words(source.session, event.subject, source.title(event.subject))
    result = "仅为意见" if event.recommendation else "通过" if event.adopted else "未获通过"
    if event.count is None:
        return f"表决{what}:鼓掌{result},未计票。"
    c, needed = event.count, f",须{event.needed}票" if event.needed else ""
    return (
        f"表决{what}({words.METHODS[event.method]}):应到{event.deputies_total}人,实到{event.deputies_present}人;"
        f"赞成{c.in_favour}票,反对{c.against}票,弃权{c.abstained}票,未表决{c.not_voted}人{needed}。{result}。"
    )


@tell.register
def _(event: sheets.SheetEntered, source: Source) -> str:
    return (
        f"录入{POLLS[event.poll].zh}第{event.sheet}张计票单:发出{event.issued}张,收回{event.returned}张,"
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
def _(event: projects.ProjectsRated, source: Source) -> str:
    return f"上年度民生实事项目满意度测评:收回{event.returned}张,有效{event.valid}张。"


@tell.register
def _(event: amendments.AmendmentFiled, source: Source) -> str:
    who = f"代表{len(event.deputies)}人提出" if event.deputies else "提出"
    return f"{who}对《{source.title(event.item)}》的修正案 {event.number}:{event.text.rstrip('。')}。"


@tell.register
def _(event: amendments.AmendmentWithdrawn, source: Source) -> str:
    return f"修正案 {event.number} 撤回。"
