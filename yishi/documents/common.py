"""The parts that every paper has: the meeting it is about, and the state of the record it was made from."""

from dataclasses import dataclass
from typing import Any

from domain.session.state import Session
from yishi.documents import words
from yishi.documents.fields import named
from yishi.documents.source import Source


@dataclass(frozen=True)
class Meeting:
    """会议: who meets, and when."""

    name: str = named("名称", "会议全称", "the session's full name")
    body: str = named("机关", "举行会议的机关", "the body that meets")
    convener: str = named("召集机关", "召集会议并署名的机关", "who convenes the session and signs")
    kind: str = named("类别", "年初例会、临时召集等", "kind of session")
    days: str = named("会期", "起止日期", "its first and last day")
    opens: str = named("开幕日期", "开幕日", "its first day")
    closes: str = named("闭幕日期", "闭幕日", "its last day")
    deputies: int = named("代表总数", "在任代表人数(应到)", "deputies in office")
    member_called: str = named("成员称谓", "代表,议事组织为成员", "what its members are called")
    task: str = named("任务", "审议和表决,议事组织为提出意见和推荐", "what they come for")
    chair_called: str = named("主席团", "主持会议的机构", "who presides")


@dataclass(frozen=True)
class Record:
    """记录: from which state of the ledger the paper was made."""

    events: int = named("事件数", "全程记录的事件数", "events in the log")
    head: str = named("记录头", "记录头,每 8 位一组", "the log's head in groups of eight")
    until: str = named("截至", "最新一条记录的时间", "when the newest entry was recorded")
    law: str = named("法规库版本", "所依法规库版本的前 12 位", "first 12 digits of the edition of the law book")


@dataclass(frozen=True)
class Paper:
    """What every paper may use."""

    meeting: Meeting = named("会议", "本次会议", "this session")
    record: Record = named("记录", "所依全程记录", "the record it was made from")
    rehearsal: str = named("演练", "演练时为“演练”,否则为空", "演练 in a rehearsal, else empty")


def common(source: Source) -> dict[str, Any]:
    """The fields that every paper shares, for its constructor."""
    return {
        "meeting": meeting(source.session),
        "record": record(source),
        "rehearsal": "演练" if source.rehearsal else "",
    }


def meeting(session: Session) -> Meeting:
    plan = session.plan
    return Meeting(
        name=words.full_name(plan),
        body=plan.congress.name,
        convener=words.convener(session),
        kind=words.KINDS.get(plan.kind, ""),
        days=words.days(session.opens, session.closes),
        opens=words.day(session.opens),
        closes=words.day(session.closes),
        deputies=session.deputies_total,
        member_called="代表" if session.procedure.decides else "成员",
        task="审议和表决" if session.procedure.decides else "提出意见和推荐",
        chair_called="主席团" if "presidium-meets" in session.procedure.acts else words.convener(session),
    )


def record(source: Source) -> Record:
    return Record(
        events=source.head.size,
        head=words.grouped(source.head.root),
        until=words.moment(source.until),
        law=source.session.edition[:12],
    )
