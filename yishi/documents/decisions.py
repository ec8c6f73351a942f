"""A decision on an office-holder as papers and minutes give it: removed, dismissed, resigned or acting, with its arithmetic."""

from dataclasses import dataclass
from functools import singledispatch

from domain.event import Event
from domain.findings import SAYS
from domain.session.state import Session
from domain.tenure.acting import CHAIRS, ActingNamed
from domain.tenure.congress_vote import VoteOnPerson
from domain.tenure.dismissal_decided import DismissalDecided
from domain.tenure.held import DEPUTY, HELD, HIGHER_DEPUTY
from domain.tenure.removal_in_recess import RecessRemovalDecided
from domain.tenure.removal_vote import RemovalInvestigated, RemovalVoted
from domain.tenure.resignation_decided import ResignationDecided
from domain.tenure.resignation_in_recess import ResignationDecidedInRecess
from yishi.documents import words
from yishi.documents.fields import named
from yishi.documents.source import Source


@dataclass(frozen=True)
class Decision:
    """One decision on an office-holder."""

    what: str = named("事项", "如“罢免周某某的镇长职务”", "what was decided on")
    by: str = named("机关", "作出决定的机关", "who decided")
    day: str = named("日期", "决定的日期", "the day")
    figures: str = named("表决情况", "票数和通过所需的票数", "the votes, and how many carry it")
    carried: bool = named("通过", "是否通过", "whether it was adopted")
    result: str = named("结果", "通过、未获通过,或者通过后还须办的事", "adopted or not, and what it still waits for")
    basis: str = named("依据", "作出决定所依的条款", "the article it rests on")
    follows: tuple[str, ...] = named("其后", "通过后须办的事:报批、备案、公告", "what is to be done next")
    announced: str = named(
        "公告依据", "须予公告的条款;法律没有规定的为空", "the article that has it announced, else empty"
    )
    position: int = named("记录序号", "在全程记录中的序号", "where it stands in the log")


@dataclass(frozen=True)
class Told:
    """What a decision says of itself: what it is about, who decided, the figures, whether it was carried, and what it waits for."""

    what: str
    by: str
    figures: str
    carried: bool
    announced: tuple[str, ...] = ()
    waits: str = ""


def decisions_of(source: Source) -> tuple[Decision, ...]:
    """Every decision on an office-holder that stands on record, in its order, adopted or lost."""
    told = ((n, e, told_of(e, source)) for n, e in enumerate(source.session.history, 1))
    return tuple(_decision(source, n, event, said) for n, event, said in told if said is not None)


def _decision(source: Source, version: int, event: Event, said: Told) -> Decision:
    return Decision(
        what=said.what,
        by=said.by,
        day=words.day_of(event.at),
        figures=said.figures,
        carried=said.carried,
        result=("通过" + (f",{said.waits}" if said.waits else "")) if said.carried else "未获通过",
        basis=words.cited(event.basis),
        follows=_follows(event, source) if said.carried else (),
        announced=source.cites(event.at, *said.announced) if said.announced else "",
        position=source.position(version),
    )


def _follows(event: Event, source: Source) -> tuple[str, ...]:
    """What was noticed as still to be done, with names for ids."""
    todo = (f for f in event.findings if f.weight == "alert" or f.code in ("AwaitsApproval", "AcceptancePending"))
    return tuple(
        SAYS[f.code].filled(**{**f.figures, "person": source.person(str(f.figures.get("person", "")))}).zh for f in todo
    )


@singledispatch
def told_of(event: Event, source: Source) -> Told | None:
    """What a decision on an office-holder says; None for every other entry."""
    return None


@told_of.register
def _(event: RemovalVoted, source: Source) -> Told:
    return Told(
        what=f"罢免{_held(source, event.holder, event.post)}",
        by=_congress(source),
        figures=_counted(event, event.deputies_total),
        carried=event.adopted,
        announced=("removal.higher_deputy.filed",) if event.post == HIGHER_DEPUTY else (),
        waits=_approval(source.session, f"removal-{event.number}", event.holder) if event.approval else "",
    )


@told_of.register
def _(event: RemovalInvestigated, source: Source) -> Told:
    removal = source.session.tenure.removals.get(event.number)
    about = f"罢免{_held(source, removal.person, removal.post.code)}" if removal else f"第{event.number}号罢免案"
    return Told(f"就{about}组织调查委员会({event.committee})", _congress(source), _counted(event), event.adopted)


@told_of.register
def _(event: RecessRemovalDecided, source: Source) -> Told:
    what = f"罢免{_held(source, event.holder, HIGHER_DEPUTY)}"
    announced = ("removal.higher_deputy.filed",)
    return Told(what, _committee(source), _of_committee(event), event.adopted, announced)


@told_of.register
def _(event: DismissalDecided, source: Source) -> Told:
    return Told(
        f"撤销{_held(source, event.holder, event.post)}", _committee(source), _of_committee(event), event.adopted
    )


@told_of.register
def _(event: ResignationDecided, source: Source) -> Told:
    what = f"{'确认' if event.confirms else ''}接受{_resigns(source, event.number)}"
    waits = _resigned(source, event.number) if event.approval else ""
    return Told(
        what,
        _congress(source),
        _counted(event, event.deputies_total),
        event.accepted,
        _seat(source, event.number),
        waits,
    )


@told_of.register
def _(event: ResignationDecidedInRecess, source: Source) -> Told:
    presidium = event.by == "presidium"
    approval = _resigned(source, event.number) if event.approval else ""
    return Told(
        what=f"接受{_resigns(source, event.number)}",
        by=_presidium(source) if presidium else _committee(source),
        figures=_of_presidium(event) if presidium else _of_committee(event),
        carried=event.accepted,
        announced=_seat(source, event.number),
        waits="待大会确认" if event.unconfirmed else approval,
    )


@told_of.register
def _(event: ActingNamed, source: Source) -> Told:
    presidium = event.post in CHAIRS
    return Told(
        what=f"由{source.person(event.acting)}代理{HELD[event.post].title.zh}",
        by=_presidium(source) if presidium else _committee(source),
        figures=_of_presidium(event) if presidium else _of_committee(event),
        carried=event.stands,
    )


def _held(source: Source, person: str, post: str) -> str:
    return f"{source.person(person)}的{HELD[post].title.zh}职务"


def _resigns(source: Source, number: str) -> str:
    found = source.session.tenure.resignations.get(number)
    return f"{source.person(found.person)}辞去{found.post.title.zh}职务" if found else f"第{number}号辞职"


def _resigned(source: Source, number: str) -> str:
    found = source.session.tenure.resignations.get(number)
    return _approval(source.session, f"resignation-{number}", found.person) if found else ""


def _seat(source: Source, number: str) -> tuple[str, ...]:
    """The topic by which the resignation of a deputy's seat is announced."""
    found = source.session.tenure.resignations.get(number)
    return ("resignation.deputy_announced",) if found and found.post.code in (DEPUTY, HIGHER_DEPUTY) else ()


def _approval(session: Session, matter: str, person: str) -> str:
    if session.has(f"approved:{matter}:{person}"):
        return "已获上一级人大常委会批准"
    return "上一级人大常委会没有批准" if (matter, person) in session.tenure.refused else "待上一级人大常委会批准"


def _congress(source: Source) -> str:
    return words.full_name(source.session.plan)


def _committee(source: Source) -> str:
    return f"{source.session.plan.congress.name}常务委员会"


def _presidium(source: Source) -> str:
    return f"{source.session.plan.congress.name}主席团"


def _counted(event: VoteOnPerson, total: int | None = None) -> str:
    c, of_all = event.count, f"全体代表{total}人," if total else ""
    void = f",无效{event.void}票" if event.void else ""
    return (
        f"{of_all}到会{event.deputies_present}人;赞成{c.in_favour}票,反对{c.against}票,弃权{c.abstained}票{void},"
        f"未投票{c.not_voted}人;须{event.needed}票"
    )


def _of_committee(event: RecessRemovalDecided | DismissalDecided | ResignationDecidedInRecess | ActingNamed) -> str:
    return f"常委会组成人员{event.members_total}人,赞成{event.in_favour}人,须{event.needed}人"


def _of_presidium(event: ResignationDecidedInRecess | ActingNamed) -> str:
    needed = f",须{event.needed}人" if event.needed else ""
    return f"主席团成员{event.members_total}人,赞成{event.in_favour}人{needed}"
