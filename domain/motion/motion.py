"""A motion (议案) as the session's events left it: who brought it, where it lies, and how it ended."""

from dataclasses import dataclass, replace
from typing import Literal

from domain.refusals import Refused
from domain.session.parts import Number
from domain.session.state import Session
from domain.text import Text

Proposer = Literal[
    "deputies",  # 代表联名
    "delegation",  # 代表团
    "presidium",  # 主席团
    "standing_committee",  # 常务委员会
    "special_committee",  # 专门委员会
    "government",  # 本级人民政府
    "supervisory_commission",  # 监察委员会
    "court",  # 人民法院
    "procuratorate",  # 人民检察院
    "military_commission",  # 中央军事委员会
]
ORGANS: dict[str, Text] = {
    "deputies": Text("代表联名", "deputies jointly"),
    "delegation": Text("代表团", "a delegation"),
    "presidium": Text("主席团", "the presidium"),
    "standing_committee": Text("常务委员会", "the standing committee"),
    "special_committee": Text("专门委员会", "a special committee"),
    "government": Text("本级人民政府", "the government"),
    "supervisory_commission": Text("监察委员会", "the supervisory commission"),
    "court": Text("人民法院", "the court"),
    "procuratorate": Text("人民检察院", "the procuratorate"),
    "military_commission": Text("中央军事委员会", "the Central Military Commission"),
}
OF_DEPUTIES = ("deputies", "delegation")
"""Proposers on whose motions the presidium decides whether to list them; a delegation brings one only where the law says so."""
Outcome = Literal[
    "listed",  # 列入会议议程
    "after_session",  # 会后交有关委员会审议
    "next_session",  # 留待下次会议
    "suggestion",  # 转作建议、批评和意见
    "not_listed",  # 不列入议程,并说明理由
]
OUTCOMES: dict[str, Text] = {
    "listed": Text("列入议程", "placed on the agenda"),
    "after_session": Text("会后审议", "handled after the session"),
    "next_session": Text("留待下次会议", "left to the next session"),
    "suggestion": Text("转作建议", "made a suggestion"),
    "not_listed": Text("不列入议程", "not placed on the agenda"),
}


@dataclass(frozen=True)
class Motion:
    """`outcome` is empty until the presidium has decided; `committee` is where it was sent."""

    number: str
    title: str
    proposer: str
    deputies: tuple[str, ...] = ()
    late: bool = False
    committee: str = ""
    reported: bool = False
    outcome: str = ""
    withdrawn: bool = False

    @property
    def of_deputies(self) -> bool:
        """Whether deputies brought it, jointly or as a delegation: then the presidium decides whether it is listed."""
        return self.proposer in OF_DEPUTIES

    @property
    def item(self) -> str:
        """The code under which it stands on the agenda once it is listed."""
        return f"motion-{self.number}"

    @property
    def open(self) -> bool:
        return not self.outcome and not self.withdrawn


class NoSuchMotion(Refused):
    says = Text(
        "没有第 {number} 号议案,请先登记(file-motion)", "there is no motion {number}: file it first (file-motion)"
    )


class MotionWithdrawn(Refused):
    says = Text("第 {number} 号议案已经撤回", "motion {number} was withdrawn")


def motion_of(session: Session, number: Number) -> Motion:
    """The motion of that number.

    Raises:
        NoSuchMotion: none is on file. MotionWithdrawn: it is no longer before the congress.
    """
    motion: Motion | None = session.motions.get(number)
    if motion is None:
        raise NoSuchMotion(number=number)
    if motion.withdrawn:
        raise MotionWithdrawn(number=number)
    return motion


def with_motion(session: Session, number: str, **changes: object) -> Session:
    """The session with one motion changed; as it was when the motion's filing was struck from the record."""
    motion = session.motions.get(number)
    if motion is None:
        return session
    return replace(session, motions={**session.motions, number: replace(motion, **changes)})
