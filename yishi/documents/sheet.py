"""The state of the session on paper (情况单), so that it goes on by hand when the machine fails and is entered afterwards.

What may be done next, and by which article, is asked of the same judgement as every act (`domain.session.outlook`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from domain.session.decider import HallNow
from domain.session.light import light as quorum_light
from domain.session.outlook import Prospect, next_sitting, outlook
from domain.session.state import Moment
from domain.submission import Actor
from domain.text import Text
from yishi.documents import (  # they tell what their names say
    telling_boxes,  # noqa: F401
    telling_elections,  # noqa: F401
    telling_motions,  # noqa: F401
    telling_tenure,  # noqa: F401
    telling_votes,  # noqa: F401
    words,
)
from yishi.documents.common import Paper, common
from yishi.documents.election_standing import standing_of_elections
from yishi.documents.fields import named
from yishi.documents.forms import form_of
from yishi.documents.source import Source
from yishi.documents.telling import tell
from yishi.projections.status import status_of

LAST = 8
"""Newest entries shown, to see where the record broke off."""

STATES = {
    "now": Text("现在可以", "now"),
    "after": Text("前一环节之后", "after another"),
    "blocked": Text("现在不可以", "not now"),
    "later": Text("以后", "later"),
    "past": Text("只能补录", "late entry only"),
}
NO_SITTING = Text("没有正在举行的会议", "no sitting is open")


class Todo(NamedTuple):
    """One step still to do: its state, the article it rests on, why it may not be done now, and what to note of it."""

    title: Text
    act: str
    state: str
    basis: Text
    why: Text
    form: Text


class Standing(NamedTuple):
    """Where a session stands, in both languages."""

    stage: Text
    sitting: Text
    light: Text
    done: tuple[str, ...]
    todo: tuple[Todo, ...]
    elections: tuple[Text, ...]
    missing: tuple[Text, ...]
    deadlines: tuple[Text, ...]
    fault: Text | None


@dataclass(frozen=True)
class Step:
    """One step still to do."""

    title: str = named("名称", "环节名称", "the step")
    act: str = named("行为", "补录时用的行为代号", "the act by which it is entered afterwards")
    state: str = named("状态", "现在可以、前一环节之后、现在不可以、以后", "now, after another, not now, later")
    basis: str = named("依据", "所依条款", "the article")
    why: str = named("原因", "现在不可以的原因,没有则为空", "why it may not be done now")
    form: str = named("须记", "除时间、经办外须记下的内容", "what to note besides when and by whom")


@dataclass(frozen=True)
class StateSheet(Paper):
    """情况单."""

    at: str = named("制表时间", "制表的时间", "when it was made")
    stage: str = named("阶段", "会前、会中、会后", "before, during, after")
    sitting: str = named("会议状态", "正在举行或将要举行的会议", "the sitting that is open or next")
    light: str = named("到会情况", "应到、到会、法定人数", "attendance and quorum")
    done: tuple[str, ...] = named("最近记录", "最近的几条记录", "the newest entries")
    todo: tuple[Step, ...] = named("待办", "尚待进行的各环节", "the steps still to do")
    elections: tuple[str, ...] = named(
        "选举情况", "各项选举进行到哪里、下一步", "where each election stands, and what comes next"
    )
    missing: tuple[str, ...] = named("缺", "已过时间而没有记录的环节", "what its time has passed without")
    deadlines: tuple[str, ...] = named("期限", "正在计算和已逾期的期限", "deadlines that run or were missed")
    lines: tuple[int, ...] = named("空行", "备用空行的序号", "numbers of the spare lines")


def standing(source: Source, now: datetime) -> Standing:
    """Where the session stands at an instant."""
    session = source.session
    status = status_of(source.ledger, source.book, session.stream, now)
    law = source.law(now)
    prospects: list[Prospect] = []
    light = Text("", "")
    if law is not None:
        with source.ledger.instant() as tx:
            hall = HallNow(tx, session.stream)
            actor = Actor(office="secretariat")
            moment = Moment(law=law, at=now, actor=actor, hall=hall, rests_on=session.procedure.rests_on)
            prospects = outlook(session, moment)
            light = _light(source, moment)
    return Standing(
        stage=session.stage.says,
        sitting=_sitting(source),
        light=light,
        done=tuple(_done(source)),
        todo=tuple(_todo(source, p, now) for p in prospects if _shown(p)),
        elections=standing_of_elections(source),
        missing=tuple(_cited(line) for line in status["missing"]),
        deadlines=tuple(_deadline(line) for line in status["deadlines"]),
        fault=Text(**status["fault"]) if "fault" in status else None,
    )


def _shown(prospect: Prospect) -> bool:
    """What a law asks for, and the ballots that the agenda has whether a law asks for them or not."""
    by_agenda = prospect.step.act == "enter-sheet" or prospect.fact == "adopted:project-method"
    return (prospect.required or by_agenda) and prospect.state != "past"


def state_sheet(source: Source, now: datetime) -> StateSheet:
    found = standing(source, now)
    return StateSheet(
        **common(source),
        at=words.moment(now),
        stage=found.stage.zh,
        sitting=found.sitting.zh,
        light=found.light.zh,
        done=found.done,
        todo=tuple(
            Step(t.title.zh, t.act, STATES[t.state].zh, t.basis.zh, t.why.zh if t.state == "blocked" else "", t.form.zh)
            for t in found.todo
        ),
        elections=tuple(each.zh for each in found.elections),
        missing=tuple(each.zh for each in found.missing),
        deadlines=tuple(each.zh for each in found.deadlines),
        lines=tuple(range(1, 11)),
    )


def sheet_as_recorded(source: Source, _: object) -> StateSheet:
    """As things stood when the newest entry was recorded."""
    return state_sheet(source, source.until)


def _sitting(source: Source) -> Text:
    session, code = source.session, next_sitting(source.session)
    if code is None:
        return NO_SITTING
    sitting = session.sittings[code]
    states = {
        "open": Text("正在举行", "is open"),
        "paused": Text("暂停", "is interrupted"),
        "planned": Text(f"定于{words.moment(sitting.planned)}举行", f"is planned for {sitting.planned:%Y-%m-%d %H:%M}"),
    }
    state = states.get(sitting.status, Text("", ""))
    return Text(f"{sitting.title}({code}){state.zh}", f"{sitting.title} ({code}) {state.en}")


def _light(source: Source, moment: Moment) -> Text:
    """How many are in the hall of the sitting that is open or next, and whether that is enough."""
    code = next_sitting(source.session)
    if code is None:
        return Text("", "")
    hall = quorum_light(source.session, moment.law, moment.hall, code)
    said = Text(f"应到{hall.total}人,已签到{hall.present}人", f"{hall.total} deputies, {hall.present} signed in")
    if not hall.needed:
        return Text(said.zh + ";法律没有规定法定人数", said.en + "; the law names no quorum")
    lacking = Text(f"还差{hall.missing}人", f"{hall.missing} missing") if hall.missing else Text("已达到", "met")
    return Text(
        f"{said.zh};法定人数{hall.share.zh}即{hall.needed}人,{lacking.zh}({hall.basis[0].zh})",
        f"{said.en}; quorum {hall.needed}, {lacking.en} ({hall.basis[0].en})",
    )


def _done(source: Source) -> Iterator[str]:
    newest = list(zip(source.entries, source.session.history, strict=True))[-LAST:]
    for entry, event in newest:
        yield f"#{entry.position} {words.moment(event.at)} {tell(event, source) or entry.event.name}"


def _todo(source: Source, prospect: Prospect, now: datetime) -> Todo:
    law = source.law(now)
    basis = law.basis(*prospect.step.topics) if law else ()
    why = Text("", "")
    if prospect.refusal is not None:
        why = prospect.refusal.says.filled(**prospect.refusal.figures)
    cited = Text(basis[0].zh, basis[0].en) if basis else Text("", "")
    return Todo(prospect.title, prospect.step.act, prospect.state, cited, why, form_of(prospect.step.act))


def _cited(line: dict[str, Any]) -> Text:
    basis = line["basis"][0] if line["basis"] else {"zh": "", "en": ""}
    return Text(
        line["title"]["zh"] + (f"({basis['zh']})" if basis["zh"] else ""),
        line["title"]["en"] + (f" ({basis['en']})" if basis["en"] else ""),
    )


def _deadline(line: dict[str, Any]) -> Text:
    title, day = _cited(line), line["last_day"]
    late = line["days_left"] < 0
    return Text(
        f"{title.zh}:最后一日 {day}{',已过' if late else ''}", f"{title.en}: last day {day}{', passed' if late else ''}"
    )
