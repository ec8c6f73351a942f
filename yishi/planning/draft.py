"""A plan written out for people: every date counted back from the opening, each with the article it rests on."""

import json
import re
from collections.abc import Iterable

from domain.calendar import CHINA, at_clock
from domain.election.method import bounds_of
from domain.election.parts import PlannedElection
from domain.election.posts import POSTS
from domain.law import Citation, Law, LawBook
from domain.session.parts import AgendaItem, Congress, PlannedSitting, Project, ProjectList
from yishi.planning.answers import Answers
from yishi.planning.law_checks import law_of
from yishi.planning.plan import FORMAT, PlanFile, PlannedAt, PlannedSession
from yishi.planning.proposals import (
    PlannedDate,
    counted_back,
    presidium_size,
    proposed_items,
    proposed_sittings,
)
from yishi.planning.vocabulary import commands, procedures

PLAIN = re.compile(r"[\w一-鿿㐀-䶿(][\w一-鿿㐀-䶿()·《》〇-]*")
AMBIGUOUS = re.compile(r"[-+.\d]*|true|false|null|~", re.IGNORECASE)


def outline(answers: Answers) -> PlanFile:
    """The plan as far as the answers go, to ask the law about it."""
    level = answers.profile.rsplit("-", 1)[-1]
    first = PlannedAt(code="plenary-1", title="全体会议", at=at_clock(answers.opens, 9))
    return PlanFile(
        format="yishi-plan/1",
        congress=Congress.model_validate({"code": answers.code, "name": answers.name, "level": level}),
        profile=answers.profile,
        session=PlannedSession(
            term=answers.term,
            number=answers.number,
            kind=answers.kind,
            opens=answers.opens,
            closes=answers.closes,
            elections_completed=answers.elections_completed,
        ),
        roll=answers.roll,
        groups=answers.declared,
        sittings=(first,),
        agenda=(AgendaItem(code="item", kind="other", title="议题"),),
    )


def drafted(answers: Answers, book: LawBook) -> str:
    """The text of the plan.

    Raises:
        NoLawOnFile: a needed text is not on file for those days.
    """
    plan = outline(answers)
    law = law_of(plan, book, answers.opens)
    session = plan.session
    out = [
        "# 会议方案:只写打算怎样开,不写结果。写法见 docs/write-a-plan.md;改完用 yishi plan check 检查。",
        f"format: {FORMAT}",
        f"congress: {{code: {plan.congress.code}, name: {scalar(plan.congress.name)}, level: {plan.congress.level}}}",
        f"profile: {answers.profile}  # {book.profiles[answers.profile].title.zh}",
        "session:",
        f"  term: {session.term}  # 届",
        f"  number: {session.number}  # 第几次会议",
        f"  kind: {session.kind}",
        f"  opens: {session.opens}",
        f"  closes: {session.closes}",
    ]
    if session.elections_completed is not None:
        cited = said(law.basis("session.first_within"))
        out.append(f"  elections_completed: {session.elections_completed}  # 两个月期限由此起算,{cited}")
    roll = answers.roll
    shown = f"file: {scalar(roll.file)}" if roll.file else f"count: {roll.count}"
    out.append(f"roll: {{{shown}}}" + ("" if roll.file else "  # 编号 D001 起为占位,姓名待补"))
    if plan.groups:
        cited = said(law.basis("delegations"))
        head = f"groups:  # 代表团,{cited}" if cited else "groups:"
        out += [head, *(f"  - {{code: {g.code}, title: {scalar(g.title)}}}" for g in plan.groups)]
    size = answers.presidium or (presidium_size(law) if procedures()[plan.procedure_id].decides else None)
    if size is not None:
        cited = said(law.basis("presidium.size"))
        out.append(
            f"presidium: {{count: {size}}}  # 主席团人数{',' + cited if cited else ''};确定名单后改为 members: [编号, …]"
        )
    out += ["sittings:", *map(_sitting, proposed_sittings(plan, law))]
    out += ["agenda:", *_agenda(answers, plan, book)]
    out += _projects(answers.projects.candidates, answers.projects.choose, answers.projects.last_year)
    out += _elections(answers, law)
    out += ["dates:  # 会前各环节的计划时间,从开幕日倒推", *map(_date, counted_back(plan, book))]
    out += ["filled_in:", *(f"  - {scalar(note)}" for note in _filled_in(answers))]
    return "\n".join(out) + "\n"


def scalar(text: str) -> str:
    """Text as a YAML scalar, in quotes unless it is plainly a word."""
    return text if PLAIN.fullmatch(text) and not AMBIGUOUS.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def said(basis: Iterable[Citation]) -> str:
    return "、".join(c.zh for c in basis)


def _sitting(sitting: PlannedSitting) -> str:
    at = sitting.planned.astimezone(CHINA)
    return (
        f"  - {{code: {sitting.code}, kind: {sitting.kind}, title: {scalar(sitting.title)}, at: {at:%Y-%m-%d %H:%M}}}"
    )


def _agenda(answers: Answers, plan: PlanFile, book: LawBook) -> list[str]:
    law = law_of(plan, book, answers.opens)
    lines = [
        _item(p.item, said(p.basis))
        for p in proposed_items(plan, law)
        if answers.agenda is None or p.item.code in answers.agenda
    ]
    lines += [_item(item, "") for item in answers.items]
    if answers.projects.last_year:
        item = AgendaItem(code="rating", kind="rating", title="上年度民生实事项目满意度测评", resolution=False)
        lines.append(_item(item, said(law.basis("projects.rating"))))
    if answers.projects.candidates:
        item = AgendaItem(code="projects", kind="projects", title="民生实事项目票决", resolution=False)
        lines.append(_item(item, said(law.basis("projects.decided_by_congress", "council.recommends"))))
    if not lines:
        item = AgendaItem(code="decision", kind="decision", title="待定议题")
        lines.append(_item(item, "请改为本次会议的议题"))
    return lines


def _item(item: AgendaItem, comment: str) -> str:
    flags = "" if item.resolution else ", resolution: false"
    flags += "" if item.mandatory else ", mandatory: false"
    line = f"  - {{code: {item.code}, kind: {item.kind}, title: {scalar(item.title)}{flags}}}"
    return f"{line}  # {comment}" if comment else line


def _elections(answers: Answers, law: Law) -> list[str]:
    """Each post with the margin that the election method will have to keep to; names of candidates never stand in a plan."""
    if not answers.elections:
        return []
    return ["elections:  # 选举事项;差额数由选举办法规定", *(_election(each, law) for each in answers.elections)]


def _election(election: PlannedElection, law: Law) -> str:
    separate = ", separate: true" if election.separate else ""
    line = (
        f"  - {{code: {election.code}, post: {election.post}, title: {scalar(election.title)}, seats: {election.seats}, "
        f"kind: {election.kind}{separate}}}"
    )
    if election.kind == "by_election" and not election.separate:
        cited = said(law.basis("margin.by_election"))
        return f"{line}  # 可以差额,也可以等额{',' + cited if cited else ''}"
    rule = law.ruling(POSTS[election.post].margin)
    bounds = bounds_of(rule, election.seats) if rule is not None else None
    if rule is None or bounds is None:
        return line
    least, most = bounds
    return f"{line}  # 差额 {least} 至 {most} 人,{said(rule.basis)}"


def _projects(candidates: int, choose: int, last_year: int) -> list[str]:
    if not candidates and not last_year:
        return []
    listed = ProjectList(
        candidates=tuple(Project(code=f"p{n:02}", title=f"候选项目{n}(待填)") for n in range(1, candidates + 1)),
        choose=choose,
        last_year=tuple(Project(code=f"y{n:02}", title=f"上年度项目{n}(待填)") for n in range(1, last_year + 1)),
    )
    out = ["projects:"]
    if listed.candidates:
        out += ["  candidates:", *(f"    - {{code: {p.code}, title: {scalar(p.title)}}}" for p in listed.candidates)]
        out.append(f"  choose: {listed.choose}")
    if listed.last_year:
        out += ["  last_year:", *(f"    - {{code: {p.code}, title: {scalar(p.title)}}}" for p in listed.last_year)]
    return out


def _date(planned: PlannedDate) -> str:
    title, cited = commands()[planned.act].title.zh, said(planned.basis)
    if planned.latest is not None:
        law = f"最迟 {planned.latest},{cited}"
    else:
        law = f"{cited};时间无规定,按惯常安排" if cited else "现行法律对此没有规定,按惯常安排"
    return f"  {planned.act}: {planned.at:%Y-%m-%d %H:%M}  # {title}:{law}"


def _filled_in(answers: Answers) -> list[str]:
    notes = ["dates 和 sittings 的时间由 yishi plan new 从开幕日推出,请按实际安排修改"]
    if answers.roll.count is not None:
        notes.append("代表姓名未录入,编号为占位")
    if answers.projects.candidates or answers.projects.last_year:
        notes.append("民生实事项目名称待填")
    return notes
