"""A meeting's lawful procedure as data: its stages and steps, what each requires and precludes, and who acts.

A step speaks of *facts* (`notice-given`, `heard:government-report`), which events make true. The law behind a step is asked by
topic on the day of the act, so that a procedure holds no number, article or date of law.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.text import Text


class Stage(StrEnum):
    BEFORE = "before"  # 会前
    DURING = "during"  # 会中
    AFTER = "after"  # 会后

    @property
    def says(self) -> Text:
        return {
            "before": Text("会前", "Before"),
            "during": Text("会中", "During"),
            "after": Text("会后", "After"),
        }[self.value]


class Need(BaseModel):
    """A fact that must stand before a step. With a topic, the law of the day decides whether it must, should or need not."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    fact: str  # `{item}` stands for the agenda item the act is about
    topic: str | None = None
    """None: the meeting's own logic, without an article (a sitting must be called to be opened)."""
    of_kinds: tuple[str, ...] = ()
    """Only when the agenda has an item of such a kind; empty: always."""
    kinds: tuple[str, ...] = ()
    """Kinds of session that it applies to; empty: all."""


class Step(BaseModel):
    """One step of a procedure.

    Attributes:
        fact: what shows that it was done; with `{item}`, once for each agenda item of `of_kinds`.
        topics: the law it rests on, the first one deciding whether it is required.
        kinds: kinds of session that have it; empty means all.
        document: the paper it leaves, for the conformity report.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    fact: str
    act: str
    stage: Stage
    title: Text
    topics: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    kinds: tuple[str, ...] = ()
    of_kinds: tuple[str, ...] = ()  # agenda item kinds, when the fact has `{item}`
    by: tuple[str, ...] = ()  # the offices that may do it, where they are fewer than the act allows
    document: Text | None = None
    closes_session: bool = False  # the session may not be closed while it is missing
    of_elections: bool = False  # only in a session that has elections
    optional: bool = False  # shown when done, never asked for


class Procedure(BaseModel):
    """One kind of meeting.

    Attributes:
        families: families of texts that must be in force for any act of it (else NoLawOnFile).
        acts: stage in which each act is in order; an act not named here is unknown to this meeting.
        quorum, majority: topics; decides: whether its votes bind (a residents' council only recommends).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    level: str
    title: Text
    kinds: tuple[str, ...]
    families: tuple[str, ...]
    quorum: str
    majority: str | None
    decides: bool
    steps: tuple[Step, ...]
    acts: dict[str, tuple[Stage, ...]]
    rests_on: tuple[str, ...] = ()  # topics cited where the law is silent on the act itself
    by: dict[str, tuple[str, ...]] = {}  # act → the offices that may do it here, where they are fewer than it allows
    chairs: dict[str, tuple[str, ...]] = {}  # kind of sitting → the offices that chair it
    offices: tuple[str, ...]  # those there are in this meeting, in the order in which one is taken when nobody is named

    def steps_for(self, kind: str) -> tuple[Step, ...]:
        return tuple(s for s in self.steps if not s.kinds or kind in s.kinds)

    def office_for(self, allowed: tuple[str, ...], act: str = "") -> str:
        """Who does an act that `allowed` offices may do, when nobody is named and no sitting or step says more."""
        return next(iter(self.may_do(act, allowed)), allowed[0])

    @property
    def facts_before(self) -> frozenset[str]:
        """The facts of steps that belong before the session."""
        return frozenset(step.fact for step in self.steps if step.stage is Stage.BEFORE)

    def may_do(self, act: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Which of the offices that an act allows may do it in this meeting."""
        return self.by.get(act) or tuple(office for office in allowed if office in self.offices)

    def steps_of(self, act: str, kind: str) -> tuple[Step, ...]:
        return tuple(s for s in self.steps_for(kind) if s.act == act)


HALL = ("sign-in", "sign-out", "register-cards")
"""What is done at the doors of every meeting's sittings. Whose a held card was may be said after the closing too (resolve-card)."""

PROCEDURES: dict[str, Procedure] = {}


def procedure(made: Procedure) -> Procedure:
    PROCEDURES[made.id] = made
    return made
