"""A small county's session as a program sends it: sixteen deputies sign in by list and card, a motion of ten of them is voted on."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from domain.procedure import PROCEDURES
from domain.progress import MISSES, Progress
from domain.session.offices import CHAIRING
from tests.api.served import body_of, session_fields
from yishi.law import LawLibrary
from yishi.ledger.streams import kind_of
from yishi.planning.load import load_plan
from yishi.planning.plan import Plan
from yishi.planning.script import ScriptAct
from yishi.record import reader
from yishi.rehearsal.lawful import lawful_course
from yishi.waking import followed

HERE = Path(__file__).parent
MOTION = {
    "number": "1", "motion_title": "关于改造管网的议案", "subject": "污水", "grounds": "居民反映", "proposal": "改造管网",
    "within_powers": True,
}  # fmt: skip
ASKED = {"number": "1", "item": "budget", "question": "上年结余用在哪里"}


class Sent(NamedTuple):
    """One request."""

    call: str
    body: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.body["command_id"])

    def acts(self) -> list[str]:
        """The ids of the acts it comes to, as the record knows them."""
        if self.call != "sign-ins":
            return [self.id]
        ways = [("in", "deputies"), ("in", "cards"), ("out", "out")]
        return [f"{self.id}#of-batch-{way}-{name}" for way, field in ways for name in self.body.get(field, ())]


def deputies(first: int, last: int) -> list[str]:
    return [f"D{n:03}" for n in range(first, last + 1)]


WITHOUT_REMINDERS = """
own_rules:
  - {id: own-reminders, topic: practice.reminders, switch: false, title: 小县议事规则, article: 第一条, from: 2020-01-01}
"""


def county_to_come(place: Path, code: str = "xiaoxian") -> Plan:
    """The plan, opening 60 days from today: nothing of its session falls due while it is played (`fell_due`), nor is it reminded of.

    It is played in minutes, so no timer fires at its hour; a program that is started again in the middle catches up with what is due.
    """
    opens = date.today() + timedelta(days=60)  # noqa: DTZ011 # any day of the near future will do
    written = (HERE / "county.yaml").read_text(encoding="utf-8").replace("xiaoxian", code)
    for days in (-1, 0, 1):
        written = written.replace(f"2026-01-{21 + days}", str(opens + timedelta(days=days)))
    (place / "county.yaml").write_text(written + WITHOUT_REMINDERS, encoding="utf-8")
    return load_plan(place / "county.yaml", LawLibrary(None).newest())


def fell_due(folder: Path) -> list[str]:
    """The terms and notices of a played record that ran out before they were met, by its own times."""
    found: dict[str, Progress] = {}
    due = list[str]()
    with contextlib.closing(reader(folder)) as ledger:
        for entry in ledger.notifications(limit=100_000):
            stream, now = entry.envelope.stream, entry.envelope.recorded_at
            if kind_of(stream) in MISSES:
                before = found.get(stream, Progress(stream=stream))
                due += [clock.id for clock in before.running if clock.due <= now]
                found[stream] = followed(before, [entry])
    return due + [clock.id for progress in found.values() for clock in progress.running if clock.due <= now]


def requests(plan: Plan) -> list[Sent]:
    """The whole session in order: its lawful course, with what deputies bring of their own; sign-ins come in batches."""
    course = lawful_course(plan, LawLibrary(None).newest()).acts
    found = [
        Sent("sessions", {"command_id": "register", "at": course[0].at.isoformat(), "fields": session_fields(plan)})
    ]
    for act in course:
        found += _signed_in(plan, act) if act.act == "sign-in" else [_act(plan, _with_the_motion(act))]
        found += [_act(plan, more) for more in _then(act)]
    return found


def _act(plan: Plan, act: ScriptAct) -> Sent:
    return Sent("acts", body_of(plan, act.model_copy(update={"by": act.by or _who(plan, act)}), act.id or ""))


def _who(plan: Plan, act: ScriptAct) -> str | None:
    """Who acts, where it is not the first office that may: whoever chairs, or whose step it is."""
    procedure = PROCEDURES[plan.procedure_id]
    if act.act in CHAIRING:
        return procedure.chairs["preparatory" if act.at.date() < plan.session.opens else "plenary"][0]
    return next((step.by[0] for step in procedure.steps_of(act.act, plan.session.kind) if step.by), None)


def _with_the_motion(act: ScriptAct) -> ScriptAct:
    """The motion goes to the vote with the drafts of the agenda, and is announced and published with them."""
    items = act.fields.get("items", ())
    if act.fields.get("matter") == "put-to-vote" or act.act in ("announce", "publish-results"):
        return act.model_copy(update={"fields": act.fields | {"items": [*items, "motion-1"]}})
    return act


def _then(act: ScriptAct) -> Iterator[ScriptAct]:
    """What is done right after an act of the course."""
    fields, minute = act.fields, iter(range(1, 5))

    def next_(name: str, id_: str | None = None, **more: Any) -> ScriptAct:
        return ScriptAct(at=act.at + timedelta(minutes=next(minute)), act=name, fields=more, id=id_)

    match act.act:
        case "send-papers":
            yield next_("register-cards", cards=[{"card": f"C{d}", "deputy": d} for d in deputies(7, 14)])
        case "deliberate" if fields["group"] == "west" and "budget" in fields["items"]:
            yield next_("raise-inquiry", **ASKED, organ="县财政局", deputies=["D011"])
            yield next_("answer-inquiry", **ASKED, answered_by="县财政局", answerer="head")
        case "file-suggestion" if fields["number"] == "s02":
            yield next_("file-motion", "signed-by-nine", **MOTION, deputies=deputies(1, 9))
            yield next_("file-motion", "signed-by-ten", **MOTION, deputies=deputies(1, 10))
        case "presidium-meets" if fields["meeting"] == 2:
            yield next_("decide-on-motion", number="1", outcome="listed")
            yield next_("deliberate", "motion-east", items=["motion-1"], group="east", speakers=4)
            yield next_("deliberate", "motion-west", items=["motion-1"], group="west", speakers=3)
        case "hear-report" if fields["item"] == "budget":
            yield next_("correct", version=VERSION_OF_OBSERVERS, changes={"count": 31}, why="误记")
        case "put-to-vote" if fields["subject"] == "ecology":
            yield next_("put-to-vote", subject="motion-1", in_favour=14, against=0, abstained=1)


VERSION_OF_OBSERVERS = 10
"""Where the session's stream has its observers: the corrected slip is in their number."""


def _signed_in(plan: Plan, act: ScriptAct) -> Iterator[Sent]:
    """Fifteen come, by a list, by cards and one by one; at the first plenary one with a card nobody knows, and one goes again."""
    sitting = act.fields["sitting"]

    def batch(name: str, **brought: list[str]) -> Sent:
        body = {
            "command_id": f"{sitting}-{name}", "session": plan.stream.removesuffix("/session/1"), "sitting": sitting,
            "at": act.at.isoformat(), "device": name, **brought,
        }  # fmt: skip
        return Sent("sign-ins", body)

    yield batch("list", deputies=deputies(1, 6))
    if sitting != "plenary-1":
        yield batch("gate", deputies=deputies(7, 11), cards=[f"C{d}" for d in deputies(12, 14)])
        yield batch("desk", deputies=["D015"])
        return
    yield batch("gate", cards=["found-on-the-floor", *(f"C{d}" for d in deputies(7, 14))], deputies=["D016"])
    yield batch("door", out=["CD014", "D016"], deputies=["D006", "D007"])
    yield batch("back", cards=["CD014"], deputies=["D013"])
    whose = {"sitting": sitting, "card": "found-on-the-floor", "deputy": "D015"}
    yield _act(plan, ScriptAct(at=act.at + timedelta(minutes=5), act="resolve-card", fields=whose))
