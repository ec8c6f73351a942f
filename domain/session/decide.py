"""Judge one act of a session: is it an act of this meeting, of this office, in this stage, with what must stand before it?

Only then does the act's own rule speak. `decide` may refuse and changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.ballot import acts as ballots
from domain.calendar import clock_words
from domain.election import acts as elections
from domain.event import Event, Finding
from domain.findings import warn
from domain.law import Citation, Consequence
from domain.motion import committee, constitution, disposal, filing, listing, withdrawal
from domain.offices import OFFICE_NAMES
from domain.procedure import Need, Procedure, Step
from domain.refusals import Refused
from domain.session import (
    budget_draft,
    budget_passed,
    business,
    cards,
    closing,
    correction,
    dates,
    delegations,
    handling,
    held_cards,
    inquiry,
    interpellation,
    interpellation_answer,
    interpellation_decided,
    interruptions,
    matters,
    moving,
    notice,
    opinions,
    presidium,
    record,
    registration,
    reminding,
    roll,
    sign_in,
    sittings,
    suggestions,
)  # fmt: skip
from domain.session.about import items_of
from domain.session.exercised import title_of_one
from domain.session.offices import who_acts
from domain.session.registration import RegisterSession
from domain.session.state import DECIDES, Moment, Session
from domain.submission import Command
from domain.tenure import acts as tenure
from domain.text import Figure, Text, joined
from domain.vote import amendments, keypad, paper, projects, rating, sheets, votes

RULES = (
    budget_draft, budget_passed, business, cards, closing, constitution, correction, dates, delegations, handling, held_cards, inquiry,
    interpellation, interpellation_answer, interpellation_decided, interruptions, matters, moving, notice, opinions, presidium,
    record,
    registration, reminding, roll, sign_in, sittings, suggestions, committee, disposal, filing, listing, withdrawal, elections, tenure, ballots,
    amendments, keypad, paper, projects, rating, sheets, votes,
)  # fmt: skip
"""The modules whose rules are registered by being imported here."""


class NotRegistered(Refused):
    says = Text("会议尚未登记", "the session is not registered yet")


class NotAnActHere(Refused):
    says = Text("{procedure}没有“{act}”这一环节", "{procedure} has no act “{act}”")


class NotTheirAct(Refused):
    """`needed` and `found` are the offices' ids, for programs; the sentence names them."""

    says = Text("“{act}”应由{offices}作出,不能由{by}作出", "“{act}” is for {offices} to do, not for {by}")

    @classmethod
    def of(cls, basis: tuple[Citation, ...], act: Text, may_act: Iterable[str], by: str) -> "NotTheirAct":
        may_act = tuple(may_act)
        return cls(
            basis, act=act, needed="、".join(may_act), found=by,
            offices=joined(OFFICE_NAMES[office] for office in may_act), by=OFFICE_NAMES[by],
        )  # fmt: skip


class WrongStage(Refused):
    says = Text(
        "现为{found}阶段,“{act}”属于{needed}", "the session is in the stage {found}; “{act}” belongs to {needed}"
    )


class StepMissing(Refused):
    says = Text("须先完成:{step}", "this must be done first: {step}")


class BeforeItsTime(Refused):
    says = Text("“{step}”在 {earlier},不能早于它({at})", "“{step}” was at {earlier}: this cannot be earlier ({at})")


def decide(session: Session, command: Command, moment: Moment) -> list[Event]:
    """The events an act leads to; [] when all it asks for is already so.

    Raises:
        Refused: with the reason, the article and the figures.
    """
    if isinstance(command, RegisterSession):
        return registration.register(session, command, moment)
    if not session.registered:
        raise NotRegistered()
    procedure = session.procedure
    if command.act not in procedure.acts:
        no_congress = () if procedure.decides else moment.cites("street.no_congress")
        raise NotAnActHere(no_congress, procedure=procedure.title, act=command.title)
    may_act, topics = who_acts(session, command)
    if moment.actor.office not in may_act:
        raise NotTheirAct.of(moment.cites(*topics), command.title, may_act, moment.actor.office)
    findings = (*in_stage(session, procedure, command, moment), *_needs(session, procedure, command, moment))
    events = DECIDES[type(command)](session, command, moment)
    if any(e.once for e in events):
        stand = [bare(e) for e in session.history if e.once and e.at == moment.at]
        events = [e for e in events if bare(e) not in stand]
    if events and findings:
        first = events[0]
        events[0] = first.model_copy(update={"findings": (*findings, *first.findings)})
    return events


def bare(event: Event) -> Event:
    """The event without what was noticed about it or set beside it: a late entry repeated an hour later is still the same fact."""
    return event.model_copy(update={"findings": (), "notices": (), "unnoticed": ()})


def in_stage(
    session: Session, procedure: Procedure, command: Command | type[Command], moment: Moment
) -> tuple[Finding, ...]:
    """An act belongs to the stage it happened in; what is entered when that stage is over is a late entry (补录)."""
    stages = procedure.acts[command.act]
    if session.stage in stages:
        return ()
    happened = session.stage_at(moment.at)
    if happened not in stages:
        needed = joined(stage.says for stage in stages)
        raise WrongStage(found=happened.says, act=command.title, needed=needed)
    figures: dict[str, Figure] = {"stage": happened.says, "at": clock_words(moment.at)}
    return (warn("EnteredAfterItsStage", moment.basis("record.late_entry"), **figures),)


def _needs(session: Session, procedure: Procedure, command: Command, moment: Moment) -> tuple[Finding, ...]:
    """What must stand before the step: refused, warned of or passed over, as the law of the day has it."""
    findings: list[Finding] = []
    for step in procedure.steps_of(command.act, session.kind):
        for item in items_of(step, command, session):
            findings += [f for f in needs_of(session, step, item, moment) if f not in findings]
    return tuple(findings)


def needs_of(session: Session, step: Step, item: str, moment: Moment) -> list[Finding]:
    """What is noticed about the needs of one step, for one agenda item if it is about one.

    Raises:
        StepMissing, BeforeItsTime: what must stand before it does not.
    """
    findings: list[Finding] = []
    for need in step.needs:
        if step.act == "open-sitting" and session.has("opened") and need.fact in session.procedure.facts_before:
            continue  # what was due before the session was judged when it opened, by the law of that day
        if need.kinds and session.kind not in need.kinds:
            continue
        if need.of_kinds and not any(i.kind in need.of_kinds for i in session.agenda.values()):
            continue
        findings += _need(session, need, need.fact.format(item=item), moment)
    return findings


def _need(session: Session, need: Need, fact: str, moment: Moment) -> list[Finding]:
    held = session.facts.get(fact)
    title = title_of(session, fact)
    if held is not None:
        _not_earlier(title, held.at, moment.at)
        return []
    rule = moment.law.ruling(need.topic) if need.topic else None
    if need.topic is not None and (rule is None or rule.consequence is Consequence.NONE):
        return []
    if session.excused(fact):
        return [warn("IrregularityCarried", moment.basis("record.irregularity", need.topic or ""), what=title)]
    if need.topic is None or (rule and rule.may_refuse):
        raise StepMissing(rule.basis if rule else (), step=Text(f"{title.zh}({fact})", f"{title.en} ({fact})"))
    assert rule is not None
    return [warn("StepMissing", rule.basis, what=title)]


def _not_earlier(title: Text, earlier: datetime, at: datetime) -> None:
    if at < earlier:
        raise BeforeItsTime(step=title, earlier=clock_words(earlier), at=clock_words(at))


TITLES = {
    "met": Text("举行会议", "the congress meets"),
    "replied": Text("答复", "reply"),
    "closed": Text("闭幕", "the session closes"),
}


def title_of(session: Session, fact: str) -> Text:
    """What people call a fact: its step's title, with the agenda item's own where it is about one."""
    if fact in TITLES:
        return TITLES[fact]
    if (sitting := session.sittings.get(fact.removeprefix("held:"))) is not None and fact.startswith("held:"):
        return Text(f"举行会议:{sitting.title}", f"open the sitting: {sitting.title}")
    for step in session.procedure.steps:
        if step.fact == fact:
            return step.title
        if fact.startswith(f"{step.fact}:") and (one := title_of_one(session, step.title, fact)) is not None:
            return one
        if "{item}" in step.fact:
            for code, item in session.agenda.items():
                if step.fact.format(item=code) == fact:
                    return Text(f"{step.title.zh}:{item.title}", f"{step.title.en}: {item.title}")
    return Text(fact, fact)
