"""Plays a script through the engine as an office would: one act after the other, each at its legal time."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from domain.election.people import RegisterPerson
from domain.event import ESCALATE, REMIND
from domain.matter.reminding import MatterEscalatedLate, MatterReminded
from domain.matter.titles import title_of_act
from domain.procedure import PROCEDURES
from domain.progress import MISSES
from domain.refusals import Refusal
from domain.session.naming import about
from domain.session.offices import who_acts
from domain.session.registration import RegisterSession
from domain.session.state import Session
from domain.submission import COMMANDS, Actor, Answer, Command, Evidence, Receipt, Submission
from domain.text import Text
from yishi.engine import Engine, NotTaken, PlayedDifferently
from yishi.ledger.streams import kind_of
from yishi.planning.plan import Plan
from yishi.planning.register import with_sealed_name
from yishi.planning.script import Expectation, Script, ScriptAct
from yishi.projections.deadlines import Deadlines
from yishi.rehearsal.expecting import surprise
from yishi.rehearsal.outcome import ActRow, EventRow, Outcome
from yishi.rehearsal.rows import event_row, refusal_row
from yishi.rehearsal.summing_up import sum_up

NOTICES = {MatterReminded.name: REMIND, MatterEscalatedLate.name: ESCALATE}
"""What comes of itself on the way to a term, by the name of its event."""
Watching = Callable[[ActRow], None]


class Player:
    """One rehearsal of one plan.

    Args:
        engine: running on a rehearsal's folder. watch: told of each act as it is done.
    """

    def __init__(self, engine: Engine, plan: Plan, script: Script, *, scripted: bool, watch: Watching) -> None:
        self.engine, self.plan, self.script, self.scripted, self.watch = engine, plan, script, scripted, watch
        self.procedure = PROCEDURES[plan.procedure_id]
        self.deadlines = Deadlines()
        self.rows: list[ActRow] = []
        self._read = 0
        self._prefix = plan.stream.rsplit("/", 2)[0] + "/"
        self._session = Session(plan.stream)

    async def play(self, registering: Mapping[str, Any]) -> Outcome:
        """Register the session with the fields given, play all acts, and sum up."""
        first = min(act.at for act in self.script.acts)
        start = ScriptAct(at=first, act=RegisterSession.act, fields=dict(registering))
        for n, act in enumerate((start, *self.script.acts)):
            await self._play(n, act)
            if self.rows[-1].outcome == "not_taken":
                break  # what follows would be judged as if it had been left out; played again, all goes on from here
        return sum_up(self.engine, self.plan, self._session, self.rows, self.deadlines, scripted=self.scripted)

    async def _play(self, n: int, act: ScriptAct) -> None:
        if act.act == RegisterPerson.act:
            fields = with_sealed_name(self.plan.stream, act.fields, self.engine.vault)
            act = act.model_copy(update={"fields": fields})
        submission = self._submission(n, act)
        await self._let_time_pass(act.entered or act.at)
        answer: Answer | NotTaken
        try:
            answer = await self.engine.submit(submission)
        except PlayedDifferently:
            raise
        except NotTaken as fault:
            answer = fault
        events = self._follow()
        if isinstance(answer, Receipt):
            events = [row for row in events if _of_this_act(row, answer.command_id)] or self._again(answer)
        row = self._row(act, submission, answer, tuple(events), self._stage(act))
        self.rows.append(row)
        self.watch(row)

    def _stage(self, act: ScriptAct) -> str:
        """Under which heading an act is shown: signing in belongs to the sitting it is for."""
        if not self._session.registered:
            return "before"
        stage = self._session.stage.value
        return "during" if act.act in ("sign-in", "open-sitting", "close-session") else stage

    def _again(self, answer: Receipt) -> list[EventRow]:
        """The events of an act that was recorded before, when a rehearsal that was broken off goes on."""
        entries = (self.engine.ledger.notifications(after=e.position - 1, limit=1) for e in answer.events)
        return [event_row(entry) for found in entries for entry in found]

    def _submission(self, n: int, act: ScriptAct) -> Submission:
        command = COMMANDS[act.act]
        office: Any = act.by or self._office(command, act)
        return Submission(
            command_id=act.id or f"{self.plan.stream}#{n:04d}",
            stream=self._stream(act),
            actor=Actor(office=office, person=act.person),
            at=act.at,
            act=act.act,
            fields=act.fields,
            evidence=tuple(self._evidence(act)),
            reason=act.reason,
            recorded_at=act.entered or act.at,
        )

    def _office(self, command: type[Command], act: ScriptAct) -> str:
        """Who does an act when the script names nobody: the usual office of this meeting."""
        usual = self.procedure.may_do(act.act, command.offices)
        if self._session.registered and command.stream_kind == "session":
            usual = who_acts(self._session, command.model_validate(act.fields)).offices
        return next(iter(usual), command.offices[0])

    def _stream(self, act: ScriptAct) -> str:
        if act.of is None:
            return self.plan.stream
        return f"{self.plan.stream.rsplit('/', 2)[0]}/matter/{act.of}"

    def _evidence(self, act: ScriptAct) -> Iterator[Evidence]:
        for file in act.evidence:
            yield self.engine.evidence.keep(file.path, file.title)

    async def _let_time_pass(self, to: datetime) -> None:
        """Let each deadline that falls due before the next act fire, the earliest first."""
        for deadline in self.deadlines.due_by(to):
            await self.engine.advance(deadline.stream, deadline.clock.due)
            for event in self._follow():
                act = NOTICES.get(event.name) or deadline.clock.then or MISSES[kind_of(deadline.stream)]
                row = self._of_the_clock(event, act)
                self.rows.append(row)
                self.watch(row)

    def _of_the_clock(self, event: EventRow, act: str) -> ActRow:
        """A deadline that passed, as an act of the engine's own."""
        subject = event.stream.rsplit("/", 1)[1] if "/matter/" in event.stream else str(event.figures.get("clock", ""))
        return ActRow(
            n=len(self.rows),
            line=None,
            command_id=event.command_id,
            stream=event.stream,
            act=act,
            title=Text(f"{COMMANDS[act].title.zh}:{subject}", f"{COMMANDS[act].title.en}: {subject}"),
            by="clock",
            at=event.at,
            recorded_at=event.recorded_at,
            stage=self._session.stage.value,
            outcome="recorded",
            kind=event.basis[0].kind if event.basis else None,
            basis=event.basis,
            events=(event,),
            figures=event.figures,
            findings=event.findings,
            as_expected=True,
        )

    def _follow(self) -> list[EventRow]:
        """Read what is new in the ledger."""
        fresh = []
        while entries := self.engine.ledger.notifications(after=self._read, limit=500):
            for entry in entries:
                self._read = entry.position
                if entry.envelope.stream.startswith(self._prefix):  # a folder may hold the record of other sessions too
                    self.deadlines.follow(entry.envelope.stream, entry.event)
                    fresh.append(event_row(entry))
        self._session = self.engine.ledger.state(self.plan.stream)
        return fresh

    def _row(
        self,
        act: ScriptAct,
        sent: Submission,
        answer: Answer | NotTaken,
        events: tuple[EventRow, ...],
        stage: str,
    ) -> ActRow:
        expected = act.expect or Expectation()
        unexpected = surprise(expected, answer, events)
        findings = tuple({f.model_dump_json(): f for e in events for f in e.findings}.values())
        basis = tuple({c.rule: c for e in events for c in e.basis}.values())
        refusal = refusal_row(answer) if isinstance(answer, Refusal) else None
        outcome: Any = "refused" if refusal else "not_taken"
        if isinstance(answer, Receipt):
            outcome = "recorded" if answer.events else "already"
        return ActRow(
            n=len(self.rows),
            line=act.line or None,
            command_id=sent.command_id,
            stream=sent.stream,
            act=sent.act,
            title=self._title(act),
            by=sent.actor.office,
            at=sent.at.isoformat(),
            recorded_at=sent.recorded_at.isoformat() if sent.recorded_at else "",
            stage=stage,
            outcome=outcome,
            kind=refusal.kind if refusal else basis[0].kind if basis else None,
            basis=refusal.basis if refusal else basis,
            events=() if refusal else events,
            figures=refusal.figures if refusal else events[0].figures if events else {},
            findings=() if refusal else findings,
            refusal=refusal,
            expected=expected.model_dump(mode="json", exclude_defaults=True) or None,
            as_expected=unexpected is None,
            unexpected=unexpected,
        )

    def _title(self, act: ScriptAct) -> Text:
        """What the act is called, with what it is about."""
        title = title_of_act(act.act, act.fields)
        meant = Text(act.of, act.of) if act.of else about(self._session, act.fields)
        return Text(f"{title.zh}:{meant.zh}", f"{title.en}: {meant.en}") if meant else title


def _of_this_act(event: EventRow, command_id: str) -> bool:
    """An act's own events, and the matters that the engine opens because of it."""
    return event.command_id == command_id or "#open-" in event.command_id
