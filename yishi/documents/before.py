"""The papers before a session: notice (会议通知), agenda (会议议程), timetable (会议日程)."""

from dataclasses import dataclass

from domain.law import chinese_number
from domain.session.notice import NoticeGiven, ObserversInvited
from domain.session.state import Session, Sitting
from domain.vote.subjects import AGENDA
from yishi.documents import words
from yishi.documents.common import Paper, common
from yishi.documents.fields import named
from yishi.documents.program import Part, ordered, program
from yishi.documents.source import Source


@dataclass(frozen=True)
class Item:
    """One item of the agenda."""

    number: str = named("序号", "一、二、三……", "number in Chinese figures")
    title: str = named("标题", "议题名称", "its title")
    said: str = named("事项", "议题的完整说法,如“听取和审议政府工作报告”", "what is done with it, in full")


@dataclass(frozen=True)
class Gathering:
    """One sitting, planned or held."""

    title: str = named("名称", "会议名称", "its title")
    day: str = named("日期", "日期", "its day")
    clock: str = named("时间", "时间,如“上午8:30”", "the hour")
    business: tuple[str, ...] = named("内容", "会议内容,逐项", "what is done at it")


@dataclass(frozen=True)
class Notice(Paper):
    """会议通知."""

    items: tuple[Item, ...] = named("议程", "建议议程各项", "the items of the draft agenda")
    sittings: tuple[Gathering, ...] = named("会议安排", "各次会议", "the sittings")
    observers: str = named("列席人员", "已决定的列席人员,没有则为空", "observers, as decided")
    leave: str = named("请假依据", "请假规定的条款", "the article on leave")
    given: str = named("成文日期", "发出通知之日,未发出则留空", "the day notice was given, else a blank")


@dataclass(frozen=True)
class Agenda(Paper):
    """会议议程."""

    items: tuple[Item, ...] = named("议程", "议程各项", "the items of the agenda")
    state: str = named("状态", "“(草案)”,或者通过的日期和会议", "draft, or when it was adopted")


@dataclass(frozen=True)
class Timetable(Paper):
    """会议日程."""

    sittings: tuple[Gathering, ...] = named(
        "会议安排", "各次会议的时间和内容", "the sittings, with what is done at each"
    )


def items(session: Session) -> tuple[Item, ...]:
    return tuple(
        Item(chinese_number(n), item.title, words.item_words(item, decides=session.procedure.decides))
        for n, item in enumerate(session.agenda.values(), 1)
    )


def gatherings(source: Source) -> tuple[Gathering, ...]:
    session, planned = source.session, program(source.session)
    return tuple(
        Gathering(
            title=sitting.title,
            day=words.day_of(sitting.planned),
            clock=words.clock(sitting.planned),
            business=_business(source, sitting, planned.get(sitting.code, [])),
        )
        for sitting in ordered(session)
    )


def _business(source: Source, sitting: Sitting, parts: list[Part]) -> tuple[str, ...]:
    said: list[str] = []
    for part in parts:
        about = "、".join(source.title(each) for each in part.subjects)
        match part.kind:
            case "听取报告":
                said.append(f"听取{about}")
            case "表决":
                said.append(f"表决{words.draft_words(source.session, part.subjects[0], about)}")
            case "票决":
                said.append(words.poll_words(source.session, "projects"))
            case "测评":
                said.append("民生实事项目满意度测评")
            case "审议":
                said.append(f"{words.deliberating(source.session)}{about}")
            case "闭幕":
                said.append("闭幕")
    return tuple(dict.fromkeys(said))


def notice(source: Source, _: object) -> Notice:
    invited = next((e for e in reversed(source.session.history) if isinstance(e, ObserversInvited)), None)
    given = source.last(NoticeGiven) if source.session.has("notice-given") else None
    return Notice(
        **common(source),
        items=items(source.session),
        sittings=gatherings(source),
        observers="、".join(invited.who) if invited else "",
        leave=source.cites(given or source.until, "deputy.leave"),
        given=words.day_of(given),
    )


def agenda(source: Source, _: object) -> Agenda:
    session = source.session
    vote, state = session.votes.get(AGENDA), "(草案)"
    if vote is not None and vote.adopted:
        at = session.sittings.get(vote.sitting)
        state = f"({words.day_of(vote.at)}{words.full_name(session.plan)}{at.title if at else ''}通过)"
    return Agenda(**common(source), items=items(session), state=state)


def timetable(source: Source, _: object) -> Timetable:
    return Timetable(**common(source), sittings=gatherings(source))
