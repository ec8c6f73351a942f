"""The minutes (会议记录): what happened in its order, each with its article and its position, and the head of the log to read out."""

from dataclasses import dataclass

from domain.findings import says
from domain.procedure import Stage
from yishi.documents import (  # they tell what their names say
    telling_boxes,  # noqa: F401
    telling_elections,  # noqa: F401
    telling_motions,  # noqa: F401
    telling_tenure,  # noqa: F401
    telling_votes,  # noqa: F401
    words,
)
from yishi.documents.common import Paper, common
from yishi.documents.fields import named
from yishi.documents.source import Source
from yishi.documents.telling import tell


@dataclass(frozen=True)
class Entered:
    """One entry of the record."""

    at: str = named("时间", "发生的时间,如“1月21日上午8:45”", "when it happened")
    said: str = named("内容", "发生了什么", "what happened")
    basis: str = named("依据", "所依条款", "the article it rests on")
    remarks: str = named("说明", "程序上的提示,没有则为空", "what was noticed about it, else empty")
    position: int = named("记录序号", "在全程记录中的序号", "its position in the log")


@dataclass(frozen=True)
class StageTold:
    """Before, during or after."""

    title: str = named("名称", "会前、会中、会后", "before, during, after")
    entries: tuple[Entered, ...] = named("各条", "这一阶段的各条记录", "its entries")


@dataclass(frozen=True)
class Minutes(Paper):
    """会议记录."""

    stages: tuple[StageTold, ...] = named("阶段", "会前、会中、会后", "the stages")
    dates: str = named("日期", "起止日期", "first and last day")


def minutes(source: Source, _: object) -> Minutes:
    session = source.session
    told: dict[Stage, list[Entered]] = {stage: [] for stage in Stage}
    for entry, event in zip(source.entries, session.history, strict=True):
        told[session.stage_at(event.at)].append(
            Entered(
                at=f"{words.day_of(event.at).split('年')[1]}{words.clock(event.at)}",
                said=tell(event, source) or entry.event.name,
                basis=words.cited(event.basis),
                remarks=";".join(says(f).zh for f in event.findings if f.weight != "info"),
                position=entry.position,
            )
        )
    return Minutes(
        **common(source),
        stages=tuple(StageTold(stage.says.zh, tuple(entries)) for stage, entries in told.items() if entries),
        dates=words.days(session.opens, session.closes),
    )
