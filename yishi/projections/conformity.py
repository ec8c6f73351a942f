"""The conformity report (合规对照表): each step the procedure has, its article and kind of law, its event, its document, or 缺."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.agenda import TITLES, named_by_law
from domain.calendar import legal_date
from domain.law import Citation, Kind, Law, LawBook
from domain.procedure import Stage, Step
from domain.session.closing import dealt_with
from domain.session.decide import title_of
from domain.session.decider import law_on
from domain.session.exercised import exercised
from domain.session.state import Fact, Session
from domain.session.steps import ASSIGNED, asked, done_otherwise, has_step, wanted
from domain.text import Text

HELD_AND_CLOSED = ("opened", "closed")
"""A session was held and was closed, or was not: these rows stand even where only practice asks for them, or nothing does."""


@dataclass(frozen=True)
class Line:
    """One row.

    `state` is done, dealt (on record without a vote), missing, irregular, open (its time has not come) or not_asked (no law asks for
    it that day). `why` is the reason of a step that is irregular.
    """

    stage: Stage
    title: Text
    fact: str
    state: str
    basis: tuple[Citation, ...]
    kind: Kind | None
    version: int | None
    at: datetime | None
    event: str
    document: Text | None
    evidence: tuple[str, ...] = ()
    why: str = ""


def conformity(session: Session, book: LawBook, now: datetime, evidence: dict[int, tuple[str, ...]]) -> list[Line]:
    """The report, in the procedure's order.

    Args:
        session: as its events left it. book: the edition it is judged by. now: until when.
        evidence: version in the session's stream → titles of the files its act carries.
    """
    return [line for line in _Report(session, book, now, evidence).lines() if line.state != "not_asked"]


class _Report:
    """One session laid beside the law of each day."""

    def __init__(self, session: Session, book: LawBook, now: datetime, evidence: dict[int, tuple[str, ...]]) -> None:
        self.session, self.book, self.now, self.evidence = session, book, now, evidence
        self._laws: dict[date, Law] = {}

    def lines(self) -> Iterator[Line]:
        named = False
        for step in self.session.procedure.steps_for(self.session.kind):
            if step.stage is not Stage.BEFORE and "{item}" in step.fact and not named:
                named = True  # what the agenda lacks stands before what it has
                yield from self._not_on_the_agenda()
            if step.fact == "closed":
                yield from self._dealt_with()
            yield from self._of_step(step)

    def _of_step(self, step: Step) -> Iterator[Line]:
        if step.fact == ASSIGNED and self.session.suggestions:
            for number, filed in self.session.suggestions.items():
                about = Text(f"{step.title.zh} {number}:{filed.subject}", f"{step.title.en} {number}: {filed.subject}")
                yield self._line(step, f"assigned:{number}", about)
        elif rights := exercised(self.session, step.fact):
            for one in rights:
                fact = f"{step.fact}:{one.number}"
                asked_for = step.model_copy(update={"optional": not one.due})
                yield self._line(asked_for, fact, title_of(self.session, fact))
        elif "{item}" not in step.fact:
            yield self._line(step, step.fact, title_of(self.session, step.fact))
        else:
            for item in self.session.agenda.values():
                fact = step.fact.format(item=item.code)
                if has_step(item, step) and not done_otherwise(self.session, item, fact):
                    yield self._line(step, fact, title_of(self.session, fact))

    def _dealt_with(self) -> Iterator[Line]:
        for item in self.session.agenda.values():
            held = self.session.facts.get(f"dealt:{item.code}")
            if held is not None and dealt_with(self.session, item):
                title = Text(f"已作处理:{item.title}", f"Dealt with: {item.title}")
                yield self._held(Stage.DURING, title, f"dealt:{item.code}", held, "dealt", None)

    def _not_on_the_agenda(self) -> Iterator[Line]:
        """What the law names for this kind of session, where the agenda has nothing of it."""
        have = {item.kind for item in self.session.agenda.values()}
        begun = self.session.has("met") or (self.session.closes and legal_date(self.now) > self.session.closes)
        state = "missing" if begun else "open"
        law = self._law(self._met or self.now)
        for name, kinds, ruling in named_by_law(self.session.kind, law):
            fact = f"agenda:{name}"
            if not have.isdisjoint(kinds) or ruling.kind is Kind.PRACTICE:
                continue
            title = Text(f"列入议程:{TITLES[name].zh}", f"On the agenda: {TITLES[name].en}")
            why = self.session.irregular.get(fact, "")
            yield Line(
                stage=Stage.DURING, title=title, fact=fact, state="irregular" if why else state, basis=ruling.basis,
                kind=ruling.kind, version=None, at=None, event="", document=None, why=why,
            )  # fmt: skip

    def _line(self, step: Step, fact: str, title: Text) -> Line:
        held = self.session.facts.get(fact) or self._used_up(fact)
        if held is not None:
            return self._held(step.stage, title, fact, held, "done", step.document)
        law = self._law(self._judged(step.stage))
        state = self._left_out(step, fact, law)
        basis = law.basis(*step.topics)
        why = self.session.irregular.get(fact) or self.session.irregular.get(step.fact, "")
        return Line(
            stage=step.stage, title=title, fact=fact, state=state, basis=basis, kind=basis[0].kind if basis else None,
            version=None, at=None, event="", document=step.document, why=why if state == "irregular" else "",
        )  # fmt: skip

    def _used_up(self, fact: str) -> Fact | None:
        """The presidium's decision behind a vote that was lost: it was made, though it serves for no second vote."""
        kind, _, item = fact.rpartition(":")
        if kind != "decided:put-to-vote" or not self.session.has(f"voted:{item}"):
            return None
        made = [Fact(n, e.at) for n, e in enumerate(self.session.history, 1) if fact in e.facts()]
        return made[-1] if made else None

    def _held(self, stage: Stage, title: Text, fact: str, held: Fact, state: str, document: Text | None) -> Line:
        event = self.session.history[held.version - 1]
        return Line(
            stage=stage,
            title=title,
            fact=fact,
            state=state,
            basis=event.basis,
            kind=event.basis[0].kind if event.basis else None,
            version=held.version,
            at=held.at,
            event=event.name if hasattr(event, "name") else "",
            document=document,
            evidence=self.evidence.get(held.version, ()),
        )

    def _left_out(self, step: Step, fact: str, law: Law) -> str:
        session = self.session
        if fact in session.irregular or step.fact in session.irregular:
            return "irregular"
        demanded = not step.optional and asked(step, law) and wanted(step, session)
        if step.fact not in HELD_AND_CLOSED and not demanded:
            return "not_asked"
        return "open" if self._still_ahead(step, fact) else "missing"

    def _still_ahead(self, step: Step, fact: str) -> bool:
        """Whether there is time yet: its stage, or the session's last day, is not over, nor its deadline; to assign: not closed."""
        session, order = self.session, list(Stage)
        if step.fact == ASSIGNED:
            return session.stage is not Stage.AFTER
        if step.stage is not Stage.AFTER and session.closes and legal_date(self.now) > session.closes:
            return False
        late = [c for c in session.clocks.values() if c.met_by == fact]
        if any(c.id in session.missed or c.due <= self.now for c in late):
            return False
        return order.index(session.stage) <= order.index(step.stage)

    @property
    def _met(self) -> datetime | None:
        held = self.session.facts.get("met")
        return held.at if held else None

    def _judged(self, stage: Stage) -> datetime:
        """The day by whose law a missing step is judged: what belongs before the session, by that of the day the congress met."""
        closed = self.session.facts.get("closed")
        if stage is Stage.BEFORE:
            return self._met or self.now
        return closed.at if stage is Stage.DURING and closed else self.now

    def _law(self, at: datetime) -> Law:
        day = legal_date(at)
        if day not in self._laws:
            self._laws[day] = law_on(self.book, self.session.plan, day)
        return self._laws[day]
