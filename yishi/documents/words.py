"""How an office writes things: a session's full name, days and hours, who convenes, what is done with an item of the agenda."""

import re
from datetime import date, datetime

from domain.calendar import CHINA, legal_date
from domain.law import Citation, chinese_number
from domain.session.dates import DecideDate
from domain.session.parts import AgendaItem
from domain.session.registration import SessionRegistered
from domain.session.state import Session
from domain.vote.sheets import POLLS

BODIES = ("人民代表大会", "居民议事会", "居民议事组织")
"""What stands at the end of a body's name; the term goes before it: 炉桥镇第十八届人民代表大会第五次会议."""

CONVENERS = {
    "presidium": "{body}主席团",
    "standing_committee": "{body}常务委员会",
    "street_committee": "人大街道工作委员会",
}
"""Who signs a notice: whoever decides the date, by the procedure's level."""

KINDS = {
    "year_start": "年初例会",
    "mid_year": "年中例会",
    "first": "换届后第一次会议",
    "extraordinary": "临时召集",
    "yearly": "年度会议",
}
METHODS = {
    "show_of_hands": "举手表决", "electronic": "按表决器表决", "ballot": "无记名投票", "acclamation": "鼓掌通过", "by_name": "记名表决",
}  # fmt: skip

VERBS = {
    "government_report": "听取和审议",
    "presidium_report": "听取和审议",
    "standing_committee_report": "听取和审议",
    "court_report": "听取和审议",
    "procuratorate_report": "听取和审议",
    "report": "听取和审议",
    "committee_report": "听取",
    "budget": "审查和批准",
    "final_accounts": "审查和批准",
    "budget_adjustment": "审查和批准",
    "plan": "审查和批准",
    "decision": "审议",
}
DONE_ALREADY = ("听取", "审议", "审查", "表决", "票决", "通过", "选举", "决定", "测评", "补选", "批准")
"""Words with which a title says itself what is done with the item."""


def full_name(plan: SessionRegistered) -> str:
    """定远县炉桥镇人民代表大会, term 18, session 5 → 定远县炉桥镇第十八届人民代表大会第五次会议."""
    term, number = f"第{chinese_number(plan.term)}届", f"第{chinese_number(plan.number)}次会议"
    for body in BODIES:
        if plan.congress.name.endswith(body):
            return f"{plan.congress.name.removesuffix(body)}{term}{body}{number}"
    return f"{plan.congress.name}{term}{number}"


def convener(session: Session) -> str:
    """Who convenes the session and signs its notice."""
    steps = session.procedure.steps_of(DecideDate.act, session.kind)
    named = steps[0].by if steps else ()
    office = named[0] if named else session.procedure.office_for(DecideDate.offices, DecideDate.act)
    return CONVENERS.get(office, "{body}").format(body=session.plan.congress.name)


def day(of: date | None) -> str:
    """2025年1月21日, in Arabic figures as papers are dated (GB/T 9704-2012, 7.3.5.4); a frame to fill in when it is not known."""
    return f"{of.year}年{of.month}月{of.day}日" if of else "    年  月  日"


def days(opens: date | None, closes: date | None) -> str:
    """2025年1月21日至22日, without what the two days have in common."""
    if opens is None or closes is None or opens == closes:
        return day(opens)
    if opens.year != closes.year:
        return f"{day(opens)}至{day(closes)}"
    return f"{day(opens)}至" + (f"{closes.month}月" if opens.month != closes.month else "") + f"{closes.day}日"


def day_of(at: datetime | None) -> str:
    return day(legal_date(at) if at else None)


def clock(at: datetime) -> str:
    """上午8:30, by the clock in China."""
    here = at.astimezone(CHINA)
    half = "上午" if here.hour < 12 else "下午" if here.hour < 18 else "晚上"  # parts of the day
    return f"{half}{here.hour if here.hour <= 12 else here.hour - 12}:{here.minute:02d}"


def moment(at: datetime | None) -> str:
    """2025年1月21日上午8:30."""
    return f"{day_of(at)}{clock(at)}" if at else day(None)


def cited(basis: tuple[Citation, ...]) -> str:
    """The first article: who wants them all reads the record."""
    return basis[0].zh if basis else ""


def item_words(item: AgendaItem, *, decides: bool = True) -> str:
    """What is done with an item, as an agenda says it: 听取和审议政府工作报告; by a council that only recommends: 听取."""
    verb = VERBS.get(item.kind, "")
    return ("" if item.title.startswith(DONE_ALREADY) else verb if decides or not verb else "听取") + item.title


def deliberating(session: Session) -> str:
    """A congress deliberates (审议); a council discusses."""
    return "审议" if session.procedure.decides else "讨论"


def poll_words(session: Session, poll: str) -> str:
    """What a choice or rating by ballot is called: 民生实事项目票决; of a council that only recommends as its agenda has it."""
    own = next((item.title for item in session.agenda.values() if item.kind == poll), None)
    return own if own is not None and not session.procedure.decides else POLLS[poll].zh


def draft_words(session: Session, subject: str, title: str) -> str:
    """What is put to the vote, as it is called before the vote: 关于政府工作报告的决议草案; a list or a method by its own name."""
    item = session.agenda.get(subject)
    if item is None or item.kind in ("list", "other", "committee_report") or not session.procedure.decides:
        return title
    return f"{resolution_title(title)}草案"


def resolution_title(title: str) -> str:
    """关于政府工作报告的决议; a title that is one already stays as it is."""
    bare = without_draft(title)
    if bare.endswith(("决议", "决定", "办法")):
        return bare
    return f"关于{bare.removeprefix('关于')}的决议"


def without_draft(title: str) -> str:
    """The name a draft bears once it is adopted: 国土空间总体规划(草案) → 国土空间总体规划; how it was reported falls away too."""
    for mark in ("(书面)", "(书面)", "(草案)", "(草案)", "草案"):
        title = title.removesuffix(mark)
    return title


def grouped(head: str) -> str:
    """The log's head in groups of eight, so that it can be read out and written down."""
    return " ".join(head[i : i + 8] for i in range(0, len(head), 8))


def file_name(session: Session, title: str, about: tuple[str | int | None, ...]) -> str:
    """A file's name in Chinese: the session, the paper, and what it is about where there are several."""
    said = [full_name(session.plan), title, *(_called(session, code) for code in about if code)]
    return "-".join(re.sub(r'[\\/:*?"<>|\s]+', "", each)[:60] for each in said) + ".docx"


def _called(session: Session, code: str | int) -> str:
    if isinstance(code, int):
        return f"第{chinese_number(code)}次投票"
    if code in session.sittings:
        return session.sittings[code].title
    titled = session.agenda.get(code)
    if titled is None and code in session.elections:
        return str(session.elections[code].planned.title)
    return titled.title if titled else code
