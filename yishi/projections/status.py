"""Where a session stands: what may be done next, what stands against the rest, what is missing, which deadlines run."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.calendar import legal_date
from domain.findings import says
from domain.law import Citation, LawBook, NoLawOnFile, chinese_number
from domain.matter.titles import title_of_event
from domain.refusals import refusal_of
from domain.session.decider import HallNow, NoLaw, law_on
from domain.session.outlook import Prospect, next_sitting, other_acts, outlook
from domain.session.quorum import QuorumNotMet
from domain.session.state import Moment, Session, Sitting
from domain.submission import COMMANDS, Actor
from domain.text import Text
from yishi.ledger.reader import Entry, LedgerReader
from yishi.projections.conformity import Line, conformity
from yishi.projections.deadlines import Deadline, Deadlines, deadline_title
from yishi.projections.sessions import own_entries, short

LAST = 5  # entries shown as the newest


def status_of(ledger: LedgerReader, book: LawBook, stream: str, now: datetime) -> dict[str, Any]:
    """The status of one session, as JSON values.

    Args:
        book: the edition the session is judged by. stream: the session's. now: the moment at which it is asked.

    Returns:
        `next`: steps that may be done now; `blocked`: steps that may not, with the refusal they would meet; `waiting`: how many come
        after another; `missing`: what its time has passed without; `past`: what can only be entered late; `also`: other acts in order.
    """
    state: Session = ledger.state(stream)
    entries = own_entries(ledger, stream)
    plan, head = state.plan, ledger.head()
    told: dict[str, Any] = {
        "session": short(stream),
        "stream": stream,
        "name": plan.congress.name,
        "title": _t(session_title(plan.term, plan.number)),
        "kind": plan.kind,
        "procedure": {"id": plan.procedure, **_t(state.procedure.title)},
        "profile": plan.profile,
        "edition": state.edition,
        "rehearsal": ledger.rehearsal,
        "stage": {"id": state.stage.value, **_t(state.stage.says)},
        "now": now.isoformat(),
        "opens": str(state.opens),
        "closes": str(state.closes),
        "deputies_total": state.deputies_total,
        "sitting": _sitting(state, next_sitting(state)),
        "deadlines": [_deadline(d, state, now) for d in _deadlines(entries)],
        "last": [_last(ledger, e) for e in entries[-LAST:]],
        "size": head.size,
        "head": head.root,
    }
    try:
        law = law_on(book, plan, legal_date(now))
    except NoLawOnFile as silent:
        first = str(silent.first) if silent.first else "—"
        fault = NoLaw(on=str(silent.on), family=silent.family, first=first)
        nothing: dict[str, Any] = {"next": [], "blocked": [], "past": [], "missing": [], "also": [], "waiting": 0}
        return told | nothing | {"fault": _t(fault.says.filled(**fault.figures))}
    with ledger.instant() as tx:
        moment = Moment(
            law=law, at=now, actor=Actor(office="secretariat"), hall=HallNow(tx, stream),
            rests_on=state.procedure.rests_on,
        )  # fmt: skip
        prospects = outlook(state, moment)
    lines = conformity(state, book, now, {})
    return told | {
        "next": [*_signing_in(state, prospects), *(_prospect(p) for p in prospects if p.state == "now")],
        "blocked": [_prospect(p) for p in prospects if p.state == "blocked"],
        "past": [_prospect(p) for p in prospects if p.state == "past" and p.required],
        "waiting": sum(p.state in ("after", "later") for p in prospects),
        "missing": [_line(line) for line in lines if line.state == "missing"],
        "irregular": [_line(line) for line in lines if line.state == "irregular"],
        "done": sum(line.state in ("done", "dealt") for line in lines),
        "also": [{"act": act, **_t(COMMANDS[act].title)} for act in other_acts(state, prospects)],
    }


def _signing_in(state: Session, prospects: Iterable[Prospect]) -> list[dict[str, Any]]:
    """To sign in is what comes next where only the quorum stands against a sitting."""
    short_of = [p.fields["sitting"] for p in prospects if isinstance(p.refusal, QuorumNotMet) and "sitting" in p.fields]
    sign_in = COMMANDS["sign-in"]
    offices = [office for office in sign_in.offices if office in state.procedure.offices]
    return [
        {
            "act": sign_in.act, "title": _t(_of_sitting(sign_in.title, state.sittings[code])), "fact": f"held:{code}",
            "item": None, "stage": state.stage.value, "offices": offices, "required": True, "fields": {"sitting": code},
            "warnings": [],
        }
        for code in short_of
    ]  # fmt: skip


def _of_sitting(title: Text, sitting: Sitting) -> Text:
    return Text(f"{title.zh}:{sitting.title}", f"{title.en}: {sitting.title}")


def session_title(term: int, number: int) -> Text:
    """第十届第四次会议 in either language."""
    return Text(f"第{chinese_number(term)}届第{chinese_number(number)}次会议", f"term {term}, session {number}")


def _t(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _cited(basis: Iterable[Citation]) -> list[dict[str, str]]:
    return [{"rule": c.rule, "zh": c.zh, "en": c.en, "kind": c.kind.value} for c in basis]


def _sitting(state: Session, code: str | None) -> dict[str, Any] | None:
    if code is None:
        return None
    sitting = state.sittings[code]
    return {
        "code": code, "title": sitting.title, "kind": sitting.kind, "status": sitting.status,
        "planned": sitting.planned.isoformat(),
    }  # fmt: skip


def _prospect(prospect: Prospect) -> dict[str, Any]:
    told: dict[str, Any] = {
        "act": prospect.step.act,
        "title": _t(prospect.title),
        "fact": prospect.fact,
        "item": prospect.item or None,
        "stage": prospect.step.stage.value,
        "offices": list(prospect.offices),
        "required": prospect.required,
        "fields": {k: v for k, v in prospect.fields.items() if k in ABOUT},
        "warnings": [_t(says(f)) for f in prospect.findings],
    }
    if prospect.refusal is not None:
        refusal = refusal_of(prospect.refusal, "", prospect.step.act)
        told |= {
            "reason": refusal.reason, "says": _t(refusal.says()), "basis": _cited(refusal.basis),
            "law": refusal.kind.value if refusal.kind else None,
        }  # fmt: skip
    return told


ABOUT = ("item", "items", "subject", "matter", "sitting", "poll")
"""Fields that say what an act is about; those that count or describe are the officer's to fill."""


def _line(line: Line) -> dict[str, Any]:
    return {
        "title": _t(line.title), "fact": line.fact, "stage": line.stage.value, "basis": _cited(line.basis),
        "law": line.kind.value if line.kind else None, "why": line.why,
    }  # fmt: skip


def _deadlines(entries: Iterable[Entry]) -> list[Deadline]:
    """Those that still run or were missed and not met since; what was met is history."""
    followed = Deadlines()
    for entry in entries:
        followed.follow(entry.envelope.stream, entry.event)
    return [d for d in followed.all() if d.state in ("running", "missed")]


def _deadline(deadline: Deadline, state: Session, now: datetime) -> dict[str, Any]:
    return {
        "title": _t(deadline_title(state.procedure, deadline.stream, deadline.clock.id)),
        "clock": deadline.clock.id,
        "stream": deadline.stream,
        "state": deadline.state_on(now),
        "last_day": str(deadline.clock.last_day),
        "days_left": (deadline.clock.last_day - legal_date(now)).days,
        "basis": _cited(deadline.clock.basis),
    }


def _last(ledger: LedgerReader, entry: Entry) -> dict[str, Any]:
    answer = ledger.answer_of(entry.envelope.command_id)
    act = COMMANDS[answer.act] if answer else None
    title = title_of_event(entry.event) or (act.title if act else None)
    return {
        "position": entry.position, "at": entry.event.at.isoformat(), "name": entry.event.name,
        "act": act.act if act else None, "title": _t(title) if title else None,
    }  # fmt: skip
