"""Totals as a key-pad system (表决器) brings them: each for itself, in any order and as often as it likes; none is taken that disagrees."""

import asyncio
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import CHINA
from domain.refusals import Refusal
from domain.session.parts import Code
from domain.session.state import Session
from domain.submission import Actor, Answer, Office, Submission
from domain.text import Text
from domain.vote.keypad import EnterDeviceCount
from yishi.again import as_first_sent
from yishi.hall.signing import AHEAD, Engine
from yishi.moment import Moment

CLOCK_AHEAD = Text(
    "表决器的时间 {at} 比系统时间快得多,未予采用;请校准表决器的时钟后重发",
    "the device's time {at} is far ahead of ours: not taken. Set its clock and send the total again",
)


class Total(BaseModel):
    """What was counted on one subject. `at`: when, by the device's clock. Units: votes; `not_voted` left out is what is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    subject: Code
    at: Moment
    in_favour: int = Field(ge=0, le=100_000)
    against: int = Field(ge=0, le=100_000)
    abstained: int = Field(ge=0, le=100_000)
    not_voted: int | None = Field(default=None, ge=0, le=100_000)

    def figures(self) -> dict[str, Any]:
        return self.model_dump(include={"in_favour", "against", "abstained", "not_voted"})


class KeyPadTotals(BaseModel):
    """The totals that a key-pad system has, by its id. No batch needs an id: device, subject, time and figures tell a total again."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    session: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}$")
    device: Code
    totals: tuple[Total, ...] = Field(min_length=1, max_length=500)
    office: Office | None = None


async def key_pad_totals(engine: Engine, batch: KeyPadTotals, now: datetime, by: str) -> dict[str, Any]:
    """Have each total judged, the earliest first. A total puts nothing to the vote: the vote takes it when it is put, or is refused.

    Args:
        by: whose token it is; the same total in another hand is another act, which finds it there already.

    Returns:
        `recorded`, `already`: subjects; `refused`: [{subject, at, reason, basis, says}], nothing of which is counted.

    Raises:
        NotTaken: the record could not be reached; send all of it again: what was taken is not taken twice.
    """
    session: Session = await asyncio.to_thread(engine.ledger.state, f"{batch.session}/session/1")
    told: dict[str, list[Any]] = {"recorded": [], "already": [], "refused": []}
    for total in sorted(set(batch.totals), key=lambda each: (each.at, each.subject)):
        if total.at > now + AHEAD:
            says = CLOCK_AHEAD.filled(at=f"{total.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}")
            told["refused"].append(_refused(total, "ClockAhead", says))
            continue
        answer = await _answered(engine, _submission(batch, session, total, now, by))
        if isinstance(answer, Refusal):
            basis = answer.model_dump(mode="json")["basis"]
            told["refused"].append(_refused(total, answer.reason, answer.says(), basis))
        else:
            told["recorded" if answer.events else "already"].append(total.subject)
    return told


async def _answered(engine: Engine, submission: Submission) -> Answer:
    first = await asyncio.to_thread(as_first_sent, engine.ledger, submission, ahead=AHEAD)
    return await engine.submit(first) if isinstance(first, Submission) else first


def _submission(batch: KeyPadTotals, session: Session, total: Total, now: datetime, by: str) -> Submission:
    said, figures = total.at.astimezone(CHINA), total.figures()
    counted = "-".join("x" if figure is None else str(figure) for figure in figures.values())
    fields = {"subject": total.subject, "device": batch.device, "source": "device", **figures}
    return Submission(
        command_id=f"{session.stream}#key-pad-{by}-{batch.device}-{total.subject}-{said.isoformat()}-{counted}",
        stream=session.stream,
        actor=Actor(office=batch.office or session.procedure.office_for(EnterDeviceCount.offices)),
        at=min(said, now),
        act=EnterDeviceCount.act,
        fields=fields,
    )


def _refused(total: Total, reason: str, says: Text, basis: Any = ()) -> dict[str, Any]:
    return {
        "subject": total.subject, "at": total.at.isoformat(), "reason": reason, "basis": list(basis),
        "says": {"zh": says.zh, "en": says.en},
    }  # fmt: skip
