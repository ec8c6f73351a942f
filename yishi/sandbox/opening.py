"""A sandbox set up: its session registered from a plan, and played by the lawful course up to where somebody wants to begin."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from domain.election.people import RegisterPerson
from domain.procedure import PROCEDURES
from domain.refusals import Refusal
from domain.session.cards import RegisterCards
from domain.session.parts import CardOf
from domain.session.registration import RegisterSession
from domain.submission import COMMANDS, Actor, Submission
from domain.text import Text
from yishi import doorway
from yishi.api.server import Served, served
from yishi.engine import Engine
from yishi.law import LawLibrary
from yishi.planning.plan import Plan
from yishi.planning.register import register_fields, with_sealed_name
from yishi.planning.script import ScriptAct
from yishi.rehearsal.lawful import lawful_course
from yishi.sandbox.sandbox import Sandbox
from yishi.settings import Settings
from yishi.trouble import Trouble

PLAN = Path(__file__).parent / "plan.yaml"
FIRST = "sign-in"
"""Where a sandbox begins when nobody says: everything before the meeting is done, and the doors of the hall open."""

OF_REAL_WORK = (
    "temporal_address", "ledger", "ledger_owner", "mirror", "port", "door_port", "probes", "temporal_metrics",
)  # fmt: skip


class NoSuchAct(Trouble):
    says = Text(
        "依法进行这次会议的各项中没有 {act};可以从这些开始:{known}",
        "the lawful course of this meeting has no {act}; begin at one of these: {known}",
    )


class Stuck(Trouble):
    says = Text(
        "沙盒不能布置到这一步:{act} 不予办理({why})", "the sandbox cannot be set up so far: {act} is refused ({why})"
    )


class OpenSandbox(NamedTuple):
    """What a program needs: where the door is, the token to show there, and the session."""

    served: Served
    token: str
    session: str


@contextlib.asynccontextmanager
async def opened(
    settings: Settings, plan: Plan, until: str = FIRST, door_port: int | None = None
) -> AsyncIterator[OpenSandbox]:
    """A sandbox on the settings' folder. Where its session is registered already it goes on as it stands.

    Args:
        door_port: of its door; None: any free one.

    Raises:
        NoSuchAct. Trouble: the folder holds real work, or something else stands against it.
    """
    acts = _before(plan, until)
    own = of_its_own(settings, door_port)
    set_up = partial(_set_up, plan=plan, acts=acts)
    async with served(own, purpose="rehearsal", engine_of=Sandbox, before=set_up) as serving:
        token = serving.fresh_token or doorway.kept_token(serving.engine.folder)
        assert token is not None  # whoever serves a folder keeps its token
        yield OpenSandbox(serving, token, plan.stream.removesuffix("/session/1"))


def of_its_own(settings: Settings, door_port: int | None = None) -> Settings:
    """What a sandbox takes of the settings: a Temporal server, a record and ports of its own, whatever they name for real work."""
    return settings.model_copy(update=dict.fromkeys(OF_REAL_WORK) | {"door_port": door_port})


def _before(plan: Plan, until: str) -> list[ScriptAct]:
    course = lawful_course(plan, LawLibrary(None).newest()).acts
    names = [act.act for act in course]
    if until not in names:
        raise NoSuchAct(act=until, known="、".join(dict.fromkeys(names)))
    return list(course[: names.index(until)])


async def _set_up(engine: Engine, plan: Plan, acts: Sequence[ScriptAct]) -> None:
    """Each act under an id of its own, so that a start cut short goes on where it was; what somebody did since is left as it stands."""
    last = _id(plan, len(acts) + 1)
    if engine.ledger.answer_of(last) is not None:
        return
    at = acts[0].at if acts else plan.sittings[0].at
    registering = register_fields(plan, engine.laws.newest(), engine.vault, rehearsal=True)
    first = [ScriptAct(at=at, act=RegisterSession.act, fields=registering)]
    cards = RegisterCards(cards=tuple(CardOf(card=d.card or f"C{d.id[1:]}", deputy=d.id) for d in plan.entries))
    first.append(ScriptAct(at=at, act=cards.act, fields=cards.model_dump(mode="json")))
    for n, act in enumerate((*first, *acts)):
        await _send(engine, plan, _id(plan, n), act)


async def _send(engine: Engine, plan: Plan, command_id: str, act: ScriptAct) -> None:
    procedure = PROCEDURES[plan.procedure_id]
    office = act.by or procedure.may_do(act.act, COMMANDS[act.act].offices)[0]
    fields = act.fields
    if act.act == RegisterPerson.act:
        fields = with_sealed_name(plan.stream, fields, engine.vault)
    stream = plan.stream if act.of is None else f"{plan.stream.removesuffix('/session/1')}/matter/{act.of}"
    answer = await engine.submit(
        Submission(
            command_id=command_id, stream=stream, actor=Actor(office=office, person=act.person), at=act.at,
            act=act.act, fields=fields, reason=act.reason,
        )
    )  # fmt: skip
    if isinstance(answer, Refusal):
        raise Stuck(act=act.act, why=answer.says())


def _id(plan: Plan, n: int) -> str:
    return f"{plan.stream}#sandbox-{n:04d}"
