"""What an examination of the ledger found: every failure with its place, never a bare yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.text import Lang, Text

SAYS: Mapping[str, Text] = {
    "store": Text("数据库文件受损:{detail}", "the database file is damaged: {detail}"),
    "guard": Text("防改触发器 {name} 缺失或被改动", "the trigger {name} that refuses changes is missing or altered"),
    "gap": Text("序号 {first} 至 {last} 缺失", "positions {first} to {last} are missing"),
    "cut_off": Text(
        "序号曾用到 {issued},现只到 {last}", "positions up to {issued} were given out, the log ends at {last}"
    ),
    "canonical": Text("存储内容不是规范 JSON:{detail}", "the stored bytes are not canonical JSON: {detail}"),
    "column": Text(
        "{column} 列为“{found}”,内容为“{stored}”", "column {column} says {found!r}, the bytes say {stored!r}"
    ),
    "leaf": Text("叶哈希与内容不符", "the leaf hash is not that of the bytes"),
    "root": Text(
        "第 {first} 至 {last} 条的提交:根值不符,此处或更早有改动",
        "commit of {first} to {last}: the root differs, something here or earlier was changed",
    ),
    "later_roots": Text("其后还有 {count} 个根值不符", "{count} later roots differ as well"),
    "commit": Text(
        "提交记录不连续:应从 {wanted} 起,实为 {found}", "commits do not follow on: {wanted} was due, found {found}"
    ),
    "uncommitted": Text("第 {first} 条以后没有根值", "no root closes over the events from {first} on"),
    "version": Text(
        "{stream}:应为第 {wanted} 版,实为第 {found} 版", "{stream}: version {wanted} was due, found {found}"
    ),
    "unknown": Text("{detail}", "{detail}"),
    "unreadable": Text("{detail}", "{detail}"),
    "fold": Text("{stream} 第 {version} 版不能归并:{detail}", "{stream}, version {version}, does not fold: {detail}"),
    "no_answer": Text(
        "命令 {command_id} 的答复未提到此条", "the answer to command {command_id} does not name this event"
    ),
    "answer": Text("命令 {command_id} 的答复有误:{detail}", "the answer to command {command_id} is wrong: {detail}"),
    "answer_head": Text(
        "命令 {command_id} 答复的根值({size} 条时)不符",
        "the answer to command {command_id} shows another root at {size}",
    ),
    "actor_signature": Text(
        "签名不成立(E-ACTORSIG):{detail}", "the actor's signature does not hold (E-ACTORSIG): {detail}"
    ),
    "attendance": Text(
        "{session} {sitting} {deputy}:签到索引为 {found},事件为 {wanted}",
        "{session} {sitting} {deputy}: the attendance index says {found}, the events say {wanted}",
    ),
    "edition": Text("法规库版本 {edition} 缺失或被改动:{detail}", "law book {edition} is missing or altered: {detail}"),
    "evidence_missing": Text("佐证材料缺失:{title}({sha256})", "a file of evidence is missing: {title} ({sha256})"),
    "box_missing": Text(
        "票箱 {box}({session})已关闭未开箱,封存的选票缺失",
        "the sealed ballots of the closed box {box} ({session}) are missing",
    ),
    "box_altered": Text(
        "票箱 {box}({session})的选票文件与记录不符或者受损:{detail}",
        "the file with the ballots of the box {box} ({session}) is damaged or not as recorded: {detail}",
    ),
    "evidence_altered": Text("佐证材料被改动:{title}({sha256})", "a file of evidence was altered: {title} ({sha256})"),
}


class Outcome(StrEnum):
    VERIFIED = "verified"  # 核查通过
    BROKEN = "broken"  # 有破损
    UNDECIDED = "undecided"  # 无从核查


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong: `check` is a key of `SAYS`; `position` where in the log, None for the file as a whole."""

    check: str
    position: int | None
    figures: Mapping[str, Any] = field(default_factory=dict)

    def to(self, lang: Lang) -> str:
        return SAYS[self.check].filled(**self.figures).to(lang)

    def __str__(self) -> str:
        return f"{'-' if self.position is None else self.position} {self.check}: {self.to('en')}"


@dataclass(frozen=True)
class Verification:
    """The finding of one examination.

    Attributes:
        events, streams, commits, commands: how many of each were examined. head: root over all events by their bytes, hex.
        unfolded: kinds of streams that were read and hashed but not folded, because no decider was handed in for them.
        why: why nothing could be decided, else None.
    """

    outcome: Outcome
    events: int = 0
    streams: int = 0
    commits: int = 0
    commands: int = 0
    head: str = ""
    rehearsal: bool | None = None
    failures: tuple[Failure, ...] = ()
    unfolded: tuple[str, ...] = ()
    why: Text | None = None

    @property
    def exit_code(self) -> int:
        """0 verified, 1 broken, 2 cannot decide."""
        return {Outcome.VERIFIED: 0, Outcome.BROKEN: 1, Outcome.UNDECIDED: 2}[self.outcome]

    def as_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome.value, "events": self.events, "streams": self.streams, "commits": self.commits,
            "commands": self.commands, "head": self.head, "rehearsal": self.rehearsal,
            "failures": [{"position": f.position, "check": f.check, "zh": f.to("zh"), "en": f.to("en")} for f in self.failures],
        }  # fmt: skip


class Report:
    """Collects failures while an examination goes on."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []

    def __call__(self, check: str, position: int | None = None, **figures: Any) -> None:
        self.failures.append(Failure(check, position, figures))
