"""What the door says when it can neither record nor refuse: one sentence in both languages, and the status that fits."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from domain.text import Text
from yishi.api.problems import KINDS, OF_STATUS, Problem
from yishi.ballots.troubles import (
    BoxAsleep,
    BoxLost,
    BoxShut,
    NoBallotsYet,
    NoSuchBox,
    NotAToken,
    NotItsKey,
    NotThatLong,
)
from yishi.engine import NoSuchSession, NotWellFormed, PlayedDifferently, Stale
from yishi.hall.light import NoLight
from yishi.hooks.troubles import NoSuchDeadLetter, NoSuchWebhook, WebhookWrong
from yishi.ledger.errors import EvidenceTooLarge, LedgerError
from yishi.ledger.writer import RECORD_FAULTS, STORE_FAULTS, explained
from yishi.planning.faults import NOTHING
from yishi.planning.wording import worded
from yishi.trouble import Trouble

log = structlog.get_logger("yishi.door")

TOLD_AT_MOST = 20  # wrong places named in one answer


class Said(BaseModel):
    """The same sentence in Chinese and in English."""

    model_config = ConfigDict(frozen=True)
    zh: str
    en: str


class Place(BaseModel):
    """One place of a request, and what is wrong there."""

    where: str
    says: Said


class Described(BaseModel):
    """RFC 9457. `type`: where this kind is explained; `title` and `detail` in the language asked for; `instance`: this very case."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    says: Said


class Fault(Described):
    """Why there is no answer. `fault` is `says` again.

    Attributes:
        wrong: the places of a request that is not well formed.
        why: what stood against it that the rights denied.
        needs: the roles that may do it.
    """

    fault: Said
    wrong: list[Place] = []
    why: str | None = None
    needs: list[str] = []


class NotWell(Trouble):
    """The request is not well formed."""

    says = Text("{told}", "{told}")

    def __init__(self, told: Text, places: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(told=told)
        self.places = places


class NotHere(Trouble):
    """There is nothing of that name."""

    says = Text("{told}", "{told}")


class NotRecorded(NotHere):
    """Nothing is known of a command id. Sent again under it, an act is judged as if for the first time."""


class Full(Trouble):
    """As many acts are on their way as there may be. Nothing of this one is stored."""

    says = Text(
        "正在办理的已有 {most} 项,未收下这一项,未保存任何内容;请稍后以同一编号重发",
        "{most} acts are on their way: this one was not taken and nothing of it is stored; send it again later with the same command_id",
    )


def said(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def faulty(
    status: int,
    text: Text,
    wrong: Sequence[dict[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
    kind: str | None = None,
) -> Problem:
    """A problem of a kind in `KINDS`; of the usual one of its status when none is named. `more`: members of its own."""
    name = kind or OF_STATUS.get(status, "not-well-formed" if status < 500 else "fault-of-ours")
    members: dict[str, Any] = {"fault": said(text), **(more or {})} | ({"wrong": list(wrong)} if wrong else {})
    return Problem(name, KINDS[name].title, status, text, members, headers)


def wrong_places(errors: Sequence[Any], under: tuple[str | int, ...] = ()) -> tuple[Text, list[dict[str, Any]]]:
    """Pydantic's errors as one sentence, and place by place."""
    listed: list[dict[str, Any]] = []
    for error in errors[:TOLD_AT_MOST]:
        says, todo = _worded(error)
        told = Text(f"{says.zh}。{todo.zh}" if todo.zh else says.zh, f"{says.en}: {todo.en}" if todo.en else says.en)
        listed.append({"where": ".".join(map(str, (*under, *error["loc"]))), "says": said(told)})
    first = listed[0]
    place = f"{first['where']}:" if first["where"] else ""
    more = len(errors) - 1
    zh = f"请求有误:{place}{first['says']['zh']}" + (f"(另有 {more} 处)" if more else "")
    place = f"{first['where']}: " if first["where"] else ""
    en = f"the request is not well formed: {place}{first['says']['en']}" + (f" (and {more} more)" if more else "")
    return Text(zh, en), listed


def _worded(error: Any) -> tuple[Text, Text]:
    kind = error["type"]
    if kind == "json_invalid":
        return Text("不是 JSON", f"this is not JSON ({(error.get('ctx') or {}).get('error', '')})"), NOTHING
    if kind == "missing" and not error["loc"]:
        return NO_BODY, NOTHING
    says, todo = worded(error)
    return says, WITH_ITS_ZONE if kind.startswith(("datetime", "timezone")) else todo


def tell_faults(app: FastAPI) -> None:
    """Have every kind of trouble answered in its own way."""

    @app.exception_handler(RequestValidationError)
    async def _(request: Request, error: RequestValidationError) -> JSONResponse:
        places = [{**e, "loc": () if e["type"] == "json_invalid" else e["loc"][1:]} for e in error.errors()]
        text, listed = wrong_places(places)
        return faulty(422, text, listed)

    @app.exception_handler(HTTPException)
    async def _(request: Request, error: HTTPException) -> JSONResponse:
        known = {404: NO_SUCH_PLACE, 405: NOT_DONE_HERE}.get(error.status_code, Text("请求有误", str(error.detail)))
        return faulty(error.status_code, known, headers=error.headers)

    @app.exception_handler(Trouble)
    async def _(request: Request, trouble: Trouble) -> JSONResponse:
        return told(trouble)

    async def kept_nothing(request: Request, error: Exception) -> JSONResponse:
        answer = of_the_record(error, request.method)
        assert answer is not None
        return answer

    for kind in RECORD_FAULTS:
        app.add_exception_handler(kind, kept_nothing)


def of_the_record(error: Exception, method: str) -> JSONResponse | None:
    """What is told when the record, or the store it is in, did not do its part: nothing of it is stored, and it may be sent again.

    None: it is an error of neither.
    """
    if isinstance(error, LedgerError):
        status = 413 if isinstance(error, EvidenceTooLarge) else 503
        headers = {"Retry-After": "1"} if status == 503 else None
        return faulty(status, error.says.filled(**error.figures), headers=headers)
    if isinstance(error, STORE_FAULTS):  # the disk is full, or does not answer
        trouble = explained(error)
        log.error("door.store_failed", method=method, error=repr(error))
        return faulty(503, trouble.says.filled(**trouble.figures), headers={"Retry-After": "1"})
    return None


def told(trouble: Trouble) -> JSONResponse:
    match trouble:
        case NotWell():
            return faulty(422, trouble.text, trouble.places)
        case PlayedDifferently(found={"why": why}):
            return faulty(422, ID_SPENT.filled(why=why), kind="command-id-used")
        case Stale():
            return faulty(412, trouble.text)
        case Full():
            return faulty(503, trouble.text, headers={"Retry-After": "1"}, kind="full")
        case NotRecorded():
            return faulty(404, trouble.text, kind="not-recorded")
        case NotWellFormed():
            return faulty(422, trouble.text)
        case NotThatLong() | NotItsKey() | WebhookWrong():
            return faulty(422, trouble.text)
        case (
            BoxShut() | BoxAsleep() | BoxLost() | NotAToken() | NoBallotsYet()
        ):  # sent again at once it comes to the same
            return faulty(409, trouble.text)
        case NoSuchSession() | NotHere() | NoLight() | NoSuchBox() | NoSuchWebhook() | NoSuchDeadLetter():
            return faulty(404, trouble.text)
        case _:
            return faulty(503, trouble.text, headers={"Retry-After": "1"})


NO_BODY = Text("没有正文", "it has no body")
WITH_ITS_ZONE = Text("写成 2026-01-27T08:30:00+08:00(带时区)", "write it with its zone, 2026-01-27T08:30:00+08:00")
ID_SPENT = Text(
    "{why}。如果这是另一件事,请换用新的编号(command_id)",
    "{why}: if this is something else, choose a new command_id",
)
NO_SUCH_PLACE = Text("没有这个地址;接口说明见 /v1/openapi.json", "there is no such address; see /v1/openapi.json")
NOT_DONE_HERE = Text("此处不能这样请求;接口说明见 /v1/openapi.json", "this is not done here; see /v1/openapi.json")

WORDS = {
    401: "No token, a wrong one, or one that ended / 没有令牌,令牌不对,或者已到期、停用",
    403: "Not within the rights of this token; the attempt is kept / 超出令牌的权限,已记录",
    404: "There is no such thing here / 没有",
    409: "Not at this stage of the ballot / 现阶段不能办理",
    412: "The record has gone on since what If-Match names; nothing was stored / 记录已有变动,未作记录",
    413: "Too large / 过大",
    415: "Packed by Content-Encoding, which is not unpacked here / 正文被压缩",
    421: "Called by another name than this door's / 不是以本机的名称访问",
    429: "Too often; Retry-After says when / 过于频繁",
    422: "Not well formed; nothing was stored / 请求有误,未作记录",
    500: "A fault of ours; the log has an entry of this number / 系统故障,详见日志",
    503: "Not taken, nothing of it is stored: safe to send again with the same command_id / 未能记录,可用同一编号重发",
}

AFTER: dict[str, Any] = {
    "Retry-After": {
        "description": "seconds after which to send it again / 几秒后再发",
        "required": True,
        "schema": {"type": "string", "examples": ["1"]},
    }
}
HEADERS_OF: Mapping[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"description": "`Bearer`", "required": True, "schema": {"type": "string"}}},
    "415": {"Accept-Encoding": {"description": "`identity`", "required": True, "schema": {"type": "string"}}},
    "429": AFTER,
    "503": AFTER,
}
"""What a fault of a status is answered with beside its body."""


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The faults a call may be answered with, for the OpenAPI document, which has the shape of them all in one place (`FAULT_SHAPES`).

    As `model` of each answer FastAPI would build it anew some 700 times, at every start.
    """
    shape = {Problem.media_type: {"schema": {"$ref": SHAPE_AT.format(model=Fault.__name__)}}}
    return {
        status: {"content": shape, "description": WORDS[status]} for status in sorted({401, 403, 429, 500, *statuses})
    }


SHAPE_AT = "#/components/schemas/{model}"
FAULT_SHAPES = models_json_schema([(Fault, "serialization")], ref_template=SHAPE_AT)[1]["$defs"]
