"""Acts and questions over the door: one path for both, which ends in the engine."""

import asyncio
import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from domain.ballot.closing import CloseBox
from domain.ballot.issue import IssueBallot
from domain.calendar import CHINA
from domain.election.people import RegisterPerson
from domain.procedure import PROCEDURES
from domain.refusals import Refusal
from domain.session.registration import RegisterSession
from domain.session.state import Session
from domain.submission import COMMANDS, Actor, Answer, Asked, Receipt, Submission
from domain.text import Text
from yishi.again import as_first_sent
from yishi.api.bodies import (
    ActBody,
    Already,
    AskBody,
    BatchBody,
    BatchRefused,
    BatchTold,
    May,
    OnItsWay,
    Refused,
    RefusedProblem,
    SessionBody,
    SessionFields,
)
from yishi.api.faults import NotWell, declared, wrong_places
from yishi.api.guard import Guarded, Taking, permit
from yishi.api.plans import plan_sent, usable
from yishi.api.problems import KINDS, Problem, refusal_problem
from yishi.api.strict import StrictRoute, keyed
from yishi.api.under_way import Preferred, UnderWay
from yishi.api.versions import ETAG_TOLD, Seen, etag, expected_of
from yishi.engine import PlayedDifferently
from yishi.events.telling import finding_told
from yishi.ledger.ledger import NotTogether
from yishi.moment import all_reckoned
from yishi.planning.plan import NamedPerson
from yishi.planning.register import person_key, with_sealed_name
from yishi.planning.starting import names_nobody

WHICH_STREAM = Text("请写 session 或 stream,二者择一", "give session or stream, one of the two")
NO_SUCH_ACT = Text("没有“{act}”这种行为;全部行为见 /v1/acts", "there is no act {act}; see /v1/acts")
CLOCKS_OWN = Text("clock 是系统自己,不能由他人代行", "clock is the engine itself: nobody else acts as it")
REGISTER_ELSEWHERE = Text(
    "登记会议请用 POST /v1/sessions(名册写姓名,由系统密封)",
    "register a session by POST /v1/sessions, which takes names in clear and seals them",
)
SEALED_HERE = Text(
    "请写 name(姓名),不要写 sealed_name", "write name, in clear; sealing is done here, not by the sender"
)
BOXES_ELSEWHERE = Text(
    "发票和关闭票箱请用 POST /v1/sessions/…/boxes/CODE/ballot 和 …/close:由保管票箱的服务记录",
    "issue ballots and close a box by POST /v1/sessions/…/boxes/CODE/ballot and …/close: the service that keeps the box records it",
)
WITHOUT_TIME = Text("第 {n} 项(从 0 数)没有写时间(at)", "act {n}, counted from 0, says no time (at)")
DOOR_SAYS = Text(
    "role、token、one_person 由系统按令牌写入,请不要填写",
    "role, token and one_person are written here, from the token that was shown: leave them out",
)
NO_REHEARSAL = Text("这是正式记录,不能登记演练", "this is the real record: no rehearsal is registered in it")


refused_told: dict[int | str, dict[str, Any]] = {
    409: {"model": RefusedProblem, "description": "A rule stands against it; the id is spent / 依规定不予办理"}
}
LATER: dict[str, Any] = {
    "model": OnItsWay,
    "description": "On its way; ask for its answer at Location / 正在办理,结果见 Location",
    "headers": {
        "Location": {"description": "where its answer will be", "schema": {"type": "string"}},
        "Retry-After": {"description": "seconds until it is worth asking", "schema": {"type": "string"}},
        "Preference-Applied": {"description": "what of Prefer was followed", "schema": {"type": "string"}},
    },
}


def acting(engine: Guarded, under_way: UnderWay) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["acts"], route_class=StrictRoute)

    @router.post(
        "/acts",
        response_model=Receipt,
        responses={**declared(404, 412, 413, 422, 503), **refused_told, 200: ETAG_TOLD, 202: LATER},
        dependencies=[Depends(keyed)],
        summary="Record an act",
    )
    async def act(body: ActBody, if_match: Seen = None, prefer: Preferred = None) -> Response:
        _done_here(body.act)
        asked = await asyncio.to_thread(submission_of, engine, body, body.command_id)
        asked = asked.model_copy(update={"expected": expected_of(if_match)})
        await engine.hold(asked)  # while its sender waits: who is denied is told so, and it is on record

        async def done() -> Response:
            answer = await submitted(engine, asked, at_left_out=body.at is None)
            told_ = answered(answer)
            if isinstance(answer, Receipt) and (own := [e.version for e in answer.events if e.stream == asked.stream]):
                told_.headers["ETag"] = etag(own[-1])
            return told_

        return await under_way.answer(body.command_id, f"{if_match} {body.model_dump_json()}", prefer, done)

    @router.post(
        "/batches",
        response_model=BatchTold,
        responses={
            **declared(404, 413, 422, 503),
            409: {"model": BatchRefused, "description": "Rules stand against some; nothing is recorded / 全部未作记录"},
        },
        summary="Record many acts in one commit, all or none",
    )
    async def together(body: BatchBody) -> Response:
        async with under_way.room():
            return await _together(engine, body)

    @router.post(
        "/sessions",
        response_model=Receipt,
        responses={**declared(413, 422, 503), **refused_told, 202: LATER},
        dependencies=[Depends(keyed)],
        summary="Register a session; names are sealed here",
    )
    async def register(body: SessionBody, prefer: Preferred = None) -> Response:
        asked = await asyncio.to_thread(registration_by_plan if body.plan is not None else registration, engine, body)
        await engine.hold(asked)
        left_out = {"at_left_out": body.at is None, "edition_left_out": body.fields is None or not body.fields.edition}

        async def done() -> Response:
            return answered(await submitted(engine, asked, **left_out))

        return await under_way.answer(body.command_id, body.model_dump_json(), prefer, done)

    @router.post(
        "/asks",
        response_model=Annotated[May | Already | Refused, Body(discriminator="outcome")],
        responses=declared(413, 422, 503),
        dependencies=[Depends(keyed)],
        summary="What would be answered; nothing is recorded",
    )
    async def ask(body: AskBody) -> Response:
        command_id = body.command_id or "asked"
        if body.act == RegisterSession.act:
            permit(body.act, body.actor.office, None)
            fields = checked(SessionFields, body.fields)
            whole = SessionBody(command_id=command_id, actor=body.actor, at=body.at, fields=fields)
            asked = await asyncio.to_thread(registration, engine, whole, seal=False)
        else:
            asked = await asyncio.to_thread(submission_of, engine, body, command_id, seal=False)
        edition_left_out = body.act == RegisterSession.act and not body.fields.get("edition")
        answer = await asked_of(engine, asked, at_left_out=body.at is None, edition_left_out=edition_left_out)
        return Response(json.dumps(told(answer), ensure_ascii=False), media_type="application/json")

    return router


def _done_here(act: str) -> None:
    if act == RegisterSession.act:
        raise NotWell(told=REGISTER_ELSEWHERE)
    if act in (IssueBallot.act, CloseBox.act):
        raise NotWell(told=BOXES_ELSEWHERE)


async def _together(engine: Guarded, body: BatchBody) -> Response:
    asked = await asyncio.to_thread(_submissions, engine, body)
    try:
        answers = await engine.submit_together(asked)
    except NotTogether as some:
        refused = [{"n": n, **refusal_told(refusal)} for n, refusal in some.refused]
        kind, says = KINDS["batch-refused"], some.refused[0][1].says()
        return Problem("batch-refused", kind.title, kind.status, says, {"outcome": "refused", "refused": refused})
    done = sum(isinstance(answer, Receipt) and bool(answer.events) for answer in answers)
    head = engine.ledger.head()
    whole = {
        "outcome": "recorded",
        "recorded": done,
        "already": len(answers) - done,
        "size": head.size,
        "head": head.root,
    }
    return Response(json.dumps(whole), media_type="application/json")


def _submissions(engine: Guarded, body: BatchBody) -> list[Submission]:
    found = []
    for n, each in enumerate(body.acts):
        _done_here(each.act)
        if each.at is None:
            raise NotWell(told=WITHOUT_TIME.filled(n=n))
        found.append(submission_of(engine, each, each.command_id))
    return found


async def submitted(
    engine: Taking, submission: Submission, *, at_left_out: bool = False, edition_left_out: bool = False
) -> Answer:
    """The engine's answer. What the sender left out was filled in by us, so a repetition is filled in as the first time."""
    try:
        return await engine.submit(submission)
    except PlayedDifferently:
        if not (at_left_out or edition_left_out):
            raise
        first = await asyncio.to_thread(
            as_first_sent, engine.ledger, submission, at=at_left_out, edition=edition_left_out
        )
        if not isinstance(first, Submission):
            return first
        if first == submission:
            raise
        return await engine.submit(first)


async def asked_of(
    engine: Guarded, submission: Submission, *, at_left_out: bool, edition_left_out: bool = False
) -> Asked:
    """What it would be answered; of an id that is spent, what it was answered."""
    try:
        return await engine.ask(submission)
    except PlayedDifferently:
        if not (at_left_out or edition_left_out):
            raise
        first = await asyncio.to_thread(
            as_first_sent, engine.ledger, submission, at=at_left_out, edition=edition_left_out
        )
        if not isinstance(first, Submission):
            return Asked(outcome="already", act=first.act)
        if first == submission:
            raise
        return await engine.ask(first)


def submission_of(engine: Guarded, body: AskBody, command_id: str, *, seal: bool = True) -> Submission:
    """What the engine is to judge. A person's name goes in sealed; to ask, no key is made.

    Raises:
        NotWell: naming what is wrong.
    """
    if (body.session is None) == (body.stream is None):
        raise NotWell(told=WHICH_STREAM)
    if body.act not in COMMANDS:
        raise NotWell(told=NO_SUCH_ACT.filled(act=body.act))
    stream = body.stream or f"{body.session}/session/1"
    permit(body.act, body.actor.office, stream)
    from_outside(body.actor)
    return Submission(
        command_id=command_id,
        stream=stream,
        actor=body.actor,
        at=body.at or now(engine),
        act=body.act,
        fields=_fields(engine, body, stream, seal=seal),
        evidence=body.evidence,
        reason=body.reason,
        signature=body.signature,
    )


def _fields(engine: Guarded, body: AskBody, stream: str, *, seal: bool) -> dict[str, Any]:
    """The act's own fields as they are recorded: valid, and with no name in clear."""
    if body.act != RegisterPerson.act:
        checked(COMMANDS[body.act], body.fields)
        return body.fields
    if body.fields.get("sealed_name"):
        raise NotWell(told=SEALED_HERE)
    person = checked(NamedPerson, body.fields)
    session: Session = engine.ledger.state(stream)
    if not session.registered:  # it will be told so: nobody gets a key
        return {name: value for name, value in body.fields.items() if name != "name"}
    key = person_key(session.plan.congress.code, session.plan.term, person.person_id)
    if not seal and key not in engine.names.persons():
        return {name: value for name, value in body.fields.items() if name != "name"}
    return with_sealed_name(stream, body.fields, engine.names)


def from_outside(actor: Actor | None) -> None:
    """Whether an actor is as somebody may send it: what the door writes of who entered an act nobody says himself.

    Raises:
        NotWell.
    """
    if actor is not None and actor.office == "clock":
        raise NotWell(told=CLOCKS_OWN)
    if actor is not None and (actor.role or actor.token or actor.one_person):
        raise NotWell(told=DOOR_SAYS)


def checked(kind: type[Any], fields: dict[str, Any]) -> Any:
    """An act's own fields, validated.

    Raises:
        NotWell: naming each that is wrong.
    """
    try:
        return all_reckoned(kind.model_validate(fields))
    except ValidationError as error:
        text, places = wrong_places(error.errors(include_url=False), ("fields",))
        raise NotWell(told=text, places=places) from error
    except PydanticCustomError as beyond:
        said = beyond.context or {}
        raise NotWell(told=Text(f"fields:{said['zh']}", f"fields: {said['en']}")) from beyond


def registration(engine: Guarded, body: SessionBody, *, seal: bool = True) -> Submission:
    """`register-session` with the names sealed under their persons' keys; to ask, no key is made: who has none goes nameless."""
    fields = body.fields
    assert fields is not None  # else a plan has been made into them
    everybody: tuple[Any, ...] = (*fields.roll, *fields.people)
    if any(entry.sealed_name for entry in everybody):
        raise NotWell(told=SEALED_HERE)
    rehearsal = engine.ledger.rehearsal
    if fields.rehearsal and not rehearsal:
        raise NotWell(told=NO_REHEARSAL)
    from_outside(body.actor)
    procedure = PROCEDURES.get(fields.procedure)
    offices = RegisterSession.offices
    office: Any = procedure.office_for(offices) if procedure else offices[0]
    actor = body.actor or Actor(office=office)
    stream = f"{fields.congress.code}/{fields.term}-{fields.number}/session/1"
    permit(RegisterSession.act, actor.office, stream)  # before any key is made
    keys = {d.id: person_key(fields.congress.code, fields.term, d.id) for d in everybody}
    names = {keys[d.id]: d.name for d in everybody if d.name}
    known = names if seal else {key: names[key] for key in names.keys() & engine.names.persons()}
    sealed = engine.names.seal_all(known)
    sent = fields.model_dump(mode="json", exclude={part: {"__all__": {"name"}} for part in ("roll", "people")})
    for entry in (*sent["roll"], *sent["people"]):
        entry["sealed_name"] = sealed.get(keys[entry["id"]], "")
    sent["rehearsal"] = rehearsal
    sent["edition"] = fields.edition or engine.laws.newest().edition
    return Submission(
        command_id=body.command_id,
        stream=stream,
        actor=actor,
        at=body.at or now(engine),
        act=RegisterSession.act,
        fields=sent,
        evidence=body.evidence,
        reason=body.reason,
    )


def registration_by_plan(engine: Guarded, body: SessionBody) -> Submission:
    """What a plan registers, with its file as evidence, as `yishi session start` does it.

    Raises:
        NotWell: every fault of the plan and of its roll, with its place.
    """
    sent = plan_sent(body.plan or "", body.roll)
    plan, fields = usable(engine, sent)
    whole = body.model_copy(update={"fields": checked(SessionFields, fields), "plan": None, "roll": None})
    asked = registration(engine, whole)
    if not names_nobody(plan):
        return asked
    with engine.evidence.arriving() as arriving:
        arriving.add(sent.content)
        kept = arriving.kept(sent.name)
    return asked.model_copy(update={"evidence": (*asked.evidence, kept)})


def answered(answer: Answer) -> Response:
    if isinstance(answer, Receipt):
        return Response(answer.model_dump_json(), media_type="application/json")
    return refusal_problem(answer)


def refusal_told(refusal: Refusal) -> dict[str, Any]:
    return refusal.model_dump(mode="json") | {"says": refusal.says()._asdict()}


def told(asked: Asked) -> dict[str, Any]:
    """The answer to a question, with its sentences."""
    if asked.refusal is not None:
        return refusal_told(asked.refusal)
    if asked.outcome == "already":
        return {"outcome": asked.outcome, "act": asked.act}
    events = [
        e.model_dump(mode="json", exclude={"findings"}) | {"findings": [finding_told(f) for f in e.findings]}
        for e in asked.events
    ]
    return {"outcome": asked.outcome, "act": asked.act, "events": events}


def now(engine: Taking) -> datetime:
    """The record's own time, as China tells it."""
    return engine.now().astimezone(CHINA)
