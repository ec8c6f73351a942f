"""The FastAPI application over a running engine."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Route

from yishi.access.keyring import Keyring
from yishi.access.places import Places
from yishi.access.rates import Buckets
from yishi.api.acting import acting
from yishi.api.box_calls import Elsewhere, box_calls
from yishi.api.calendar_calls import calendars
from yishi.api.command_calls import command_calls
from yishi.api.document_calls import document_calls
from yishi.api.faults import FAULT_SHAPES, HEADERS_OF, declared, tell_faults
from yishi.api.feed import Feed
from yishi.api.gate import WITHOUT_TOKEN, Gate, fault_of_ours
from yishi.api.guard import AtTheRegister, Forbidden, Guarded, asking
from yishi.api.hall_calls import hall_calls
from yishi.api.keeper import Keeper, as_judged
from yishi.api.law_calls import law_calls
from yishi.api.paper_calls import paper_calls
from yishi.api.papers import papers
from yishi.api.plan_calls import plan_calls
from yishi.api.probe_calls import probes
from yishi.api.problem_calls import problem_calls
from yishi.api.problems import Problem
from yishi.api.reading_calls import OF_SESSION, reading
from yishi.api.sheet_calls import sheet_calls
from yishi.api.stream_calls import event_stream
from yishi.api.token_calls import token_calls
from yishi.api.tokens import Token
from yishi.api.under_way import UnderWay
from yishi.api.webhook_calls import webhook_calls
from yishi.ballots.boxes import Boxes
from yishi.engine import Engine

ABOUT = """
Yishi 议事 on this machine. Every request shows a token, which says what it may do and read (docs/access.md).
Sentences for people come in Chinese and English.

An act is sent with a `command_id` that its sender keeps until it has an answer: sent again it gets the same answer, for ever.
Faults and refusals are problems (RFC 9457) in the language of `Accept-Language`, each kind explained at its `type`.
200 is a receipt, 202 an act still on its way (ask at its Location), 409 a refusal by a rule (an answer too), 403 an act beyond the
token's rights, 422 a request that is not well formed, 503 one that was not taken.
"""

TO_ANY, WITH_BODY = (421, 422), (413, 415)
BEARER = {"HTTPBearer": {"type": "http", "scheme": "bearer"}}


class Door(FastAPI):
    """Its document says of every fault and refusal that it is a problem (RFC 9457), and which calls take a token: the gate asks for it.

    And what any call may be told by the gate, before it is looked at: that this is no name of the door, that a parameter is none of its own,
    that its body is too large, or packed.
    """

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            document = super().openapi()
            document["components"]["schemas"] |= FAULT_SHAPES
            document["components"]["securitySchemes"] = BEARER
            for path, calls in document["paths"].items():
                for call in calls.values():
                    asked_for = path not in WITHOUT_TOKEN
                    call["security"] = [{key: [] for key in BEARER}] if asked_for else []
                    if asked_for:
                        told = declared(*TO_ANY, *(WITH_BODY if "requestBody" in call else ()))
                        call["responses"] = {str(status): each for status, each in told.items()} | call["responses"]
                    for status, answer in call["responses"].items():
                        if status >= "400" and "content" in answer:
                            (shape,) = answer["content"].values()
                            answer["content"] = {Problem.media_type: shape}
                        if headers := HEADERS_OF.get(status):
                            answer["headers"] = {**headers, **answer.get("headers", {})}
        return super().openapi()


def named_by_its_place(route: APIRoute) -> str:
    """The operationId of a call: its method and its path, which stay, whatever the function behind it is called.

    `POST /v1/sessions/{congress}/{number}/boxes/{box}/cast` is `post_session_boxes_by_box_cast`.
    """
    path = route.path_format.removeprefix("/v1").replace(OF_SESSION, "/session", 1) or "/service"
    words = ["by_" + part.strip("{}") if part.startswith("{") else part for part in path.strip("/").split("/")]
    (method,) = route.methods or ("any",)
    return re.sub(r"\W", "_", "_".join([method.lower(), *words]))


def create_app(
    engine: Engine,
    token: Token,
    feed: Feed,
    boxes: Boxes | None,
    buckets: Buckets | None = None,
    under_way: UnderWay | None = None,
    names: Collection[str] | None = None,
) -> Gate:
    """The whole door: the gate, and behind it the calls. `token` is the folder's first; the others are in the register.

    Args:
        boxes: None: another process has them. names: of a door that is one of several, what it may be called; None: it is the only one.
    """
    guarded, register, keyring = (
        Guarded(engine),
        AtTheRegister(engine),
        Keyring(engine.folder, engine.reading, token, shared=names is not None),
    )
    feed.tokens = keyring
    on_their_way = under_way or UnderWay()
    app = Door(
        title="Yishi 议事",
        version="1",
        description=ABOUT,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # their pages need scripts from the net
        redoc_url=None,
        redirect_slashes=False,
    )
    tell_faults(app)
    app.add_exception_handler(Exception, fault_of_ours)
    for routes in (  # gone through in this order for each request: what hundreds call at once is first
        acting(guarded, on_their_way),
        box_calls(guarded, boxes or Elsewhere()),
        hall_calls(guarded, on_their_way),
        reading(guarded, feed),
        event_stream(guarded, feed),
        calendars(guarded),
        command_calls(guarded, on_their_way),
        papers(engine.evidence),
        law_calls(guarded),
        probes(engine.observing),
        token_calls(register, keyring),
        problem_calls(),
        document_calls(guarded),
        paper_calls(guarded),
        plan_calls(guarded),
        webhook_calls(register, engine.hooks),
        sheet_calls(guarded),
    ):
        have(app, routes)
    keeper = Keeper(register, keyring, Places(calls_of(app)), parameters_of(app), buckets or Buckets())

    @app.exception_handler(Forbidden)
    async def _(request: Request, forbidden: Forbidden) -> Response:
        return await keeper.deny(asking(), forbidden.tried, forbidden.denied, forbidden.session)

    return Gate(app, keeper, engine.evidence.limit, names or ())


def have(app: FastAPI, calls: APIRouter) -> None:
    """Have the door take these calls, each as the one that was judged.

    They become its own as they are: to include a router is to build each of its calls a second time, half of what a door takes to
    open, and to look for it twice with every request.
    """
    for call in calls.routes:
        assert isinstance(call, APIRoute), call
        call.app, call.operation_id = as_judged(call.app), named_by_its_place(call)
        app.router.routes.append(call)


def calls_of(app: FastAPI) -> list[str]:
    """Method and path of every call there is."""
    return [f"{method} {c.path}" for c in app.routes if isinstance(c, Route) for method in sorted(c.methods or ())]


def parameters_of(app: FastAPI) -> dict[str, frozenset[str]]:
    """What may be asked in the query of each call; of those that are not ours (the document), nothing."""
    found = dict.fromkeys(calls_of(app), frozenset[str]())
    for call in app.routes:
        if isinstance(call, APIRoute):
            found |= {f"{method} {call.path}": frozenset(_queried(call.dependant)) for method in call.methods or ()}
    return found


def _queried(dependant: Dependant) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for each in dependant.dependencies:
        yield from _queried(each)
