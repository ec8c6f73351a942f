"""A satisfaction vote (满意度测评) on how a matter was handled: by the body's own method, fixed before anybody knows the figures.

No statute sets a threshold (浙江省监督条例 (2025) art. 51): without a method there are figures and no verdict. A method says of whom half is
half, and whether half is enough (> or ≥).
"""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.arithmetic import Base
from domain.event import Event
from domain.findings import info
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.offices import DECIDERS, SUPERVISORS
from domain.refusals import Refused
from domain.session.parts import Code, Part
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.satisfaction import OPTIONS, RatingMethod, Verdict, verdict

METHOD, EVALUATED, DISSATISFIED = "evaluation-method", "evaluated", "dissatisfied"


class EvaluationHeld(Refused):
    says = Text(
        "本轮满意度测评已经举行,测评办法须在此前确定",
        "the evaluation of this round was held: its method is fixed before it",
    )


class NoSuchOption(Refused):
    says = Text("测评票没有选项 {option};有:{known}", "the ballot has no option {option}; it has: {known}")


class EvaluationDoesNotAddUp(Refused):
    says = Text("测评的数字前后不符:{what}", "the figures of the evaluation do not add up: {what}")


class FixEvaluation(Command):
    """Say by which method votes on the handling become a verdict: options, base, cascade, > or ≥."""

    act: ClassVar[str] = "fix-evaluation"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = DECIDERS
    title: ClassVar[Text] = Text("确定测评办法", "Fix the method of the evaluation")
    rating_method: RatingMethod


class EvaluationFixed(MatterEvent):
    name: ClassVar[str] = "matter.evaluation-fixed.v1"
    of: ClassVar[str] = FixEvaluation.act
    fact: ClassVar[str] = "evaluation-fixed"
    rating_method: RatingMethod


@judges(FixEvaluation)
def fix(matter: Matter, command: FixEvaluation, moment: MatterMoment) -> list[Event]:
    """The method of an earlier round holds until another is fixed, before the votes of this one are known."""
    if matter.more.get(METHOD) == command.rating_method:
        return []
    if matter.has_now(EVALUATED):
        raise EvaluationHeld(moment.cites(*_topics(moment)))
    return [
        EvaluationFixed(
            at=moment.at, basis=moment.basis(*_topics(moment), *matter.loop.topics), rating_method=command.rating_method
        )
    ]


@tells(EvaluationFixed)
def evaluation_fixed(matter: Matter, event: EvaluationFixed) -> Matter:
    return replace(matter, more={**matter.more, METHOD: event.rating_method})


class Votes(Part):
    """How many ballots had one option marked."""

    option: Code
    votes: int = Field(ge=0)


class EvaluateHandling(Command):
    """Record the evaluation: `total` members of the body that votes, `present`, ballots `issued` and `returned`, and votes by option.

    What was returned and is in no option was invalid or left empty; options are those of the method, else 满意 · 基本满意 · 不满意 · 弃权
    (satisfied, basically, dissatisfied, abstained).
    """

    act: ClassVar[str] = "evaluate-handling"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("满意度测评", "Evaluate the handling")
    total: int = Field(ge=1)
    present: int = Field(ge=0)
    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    votes: tuple[Votes, ...] = Field(min_length=1)


class HandlingEvaluated(MatterEvent):
    name: ClassVar[str] = "matter.handling-evaluated.v1"
    of: ClassVar[str] = EvaluateHandling.act
    fact: ClassVar[str] = EVALUATED
    total: int
    present: int
    issued: int
    returned: int
    votes: tuple[Votes, ...]
    verdict: Verdict | None = None
    method: str = ""


@judges(EvaluateHandling)
def evaluate_handling(matter: Matter, command: EvaluateHandling, moment: MatterMoment) -> list[Event]:
    """The first grade that is reached is the verdict. Where none is, the handling did not satisfy, and the table says what may follow."""
    method: RatingMethod | None = matter.more.get(METHOD)
    counted = _counted(command, method)
    said = dict(at=moment.at, basis=moment.basis(*_topics(moment), *matter.loop.topics), **command.model_dump())
    if method is None:
        silent = info("LawSilent", (), what=Text("满意度测评的等次标准", "from which share on a rating is what"))
        return [HandlingEvaluated.model_validate({**said, "findings": (silent,)})]
    bases = {
        Base.ALL_MEMBERS: command.total, Base.ALL_DEPUTIES: command.total, Base.DEPUTIES_PRESENT: command.present,
        Base.BALLOTS_RETURNED: command.returned, Base.BALLOTS_VALID: sum(counted.values()),
    }  # fmt: skip
    found = verdict(method, counted, bases)
    event = HandlingEvaluated.model_validate({**said, "verdict": found, "method": method.source})
    failed = found.of is None and moment.move is not None and moment.move.to == EVALUATED
    return [event.model_copy(update={"to": DISSATISFIED}) if failed else event]


def _topics(moment: MatterMoment) -> tuple[str, ...]:
    return moment.move.topics if moment.move else ()


def _counted(command: EvaluateHandling, method: RatingMethod | None) -> dict[str, int]:
    """The votes by option, once the figures agree with each other.

    Raises:
        NoSuchOption, EvaluationDoesNotAddUp: with what is wrong.
    """
    known = method.options if method else tuple(OPTIONS)
    counted: dict[str, int] = {}
    for line in command.votes:
        if line.option not in known:
            raise NoSuchOption(option=line.option, known="、".join(known))
        if line.option in counted:
            raise EvaluationDoesNotAddUp(
                what=Text(f"选项 {line.option} 出现两次", f"the option {line.option} comes twice")
            )
        counted[line.option] = line.votes
    steps = (
        (command.present, command.total, Text("到会人数多于全体人数", "more present than there are members")),
        (command.issued, command.present, Text("发出的票多于到会人数", "more ballots issued than members present")),
        (command.returned, command.issued, Text("收回的票多于发出的票", "more ballots returned than issued")),
        (
            sum(counted.values()),
            command.returned,
            Text("各选项票数之和多于收回的票", "more votes than ballots returned"),
        ),
    )
    for more, of, what in steps:
        if more > of:
            raise EvaluationDoesNotAddUp(what=Text(f"{what.zh}({more} > {of})", f"{what.en} ({more} > {of})"))
    return counted
