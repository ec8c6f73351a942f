"""The FastAPI application over a running engine."""

from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer

from yishi.api.acting import acting
from yishi.api.box_calls import box_calls
from yishi.api.calendar_calls import calendars
from yishi.api.faults import tell_faults
from yishi.api.feed import Feed
from yishi.api.gate import Gate, fault_of_ours
from yishi.api.hall_calls import hall_calls
from yishi.api.papers import papers
from yishi.api.reading_calls import reading
from yishi.api.stream_calls import event_stream
from yishi.api.tokens import Token
from yishi.ballots.boxes import Boxes
from yishi.engine import Engine

ABOUT = """
Yishi 议事 on this machine. Every request shows the folder's token. Sentences for people come in Chinese and English.

An act is sent with a `command_id` that its sender keeps until it has an answer: sent again it gets the same answer, for ever.
200 is a receipt, 409 a refusal by a rule (an answer too), 422 a request that is not well formed, 503 one that was not taken.
"""


def create_app(engine: Engine, token: Token, feed: Feed, boxes: Boxes) -> Gate:
    """The whole door: the gate, and behind it the calls."""
    app = FastAPI(
        title="Yishi 议事",
        version="1",
        description=ABOUT,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # their pages need scripts from the net
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Security(HTTPBearer(auto_error=False))],  # says so in the document; the gate sees to it
    )
    tell_faults(app)
    app.add_exception_handler(Exception, fault_of_ours)
    for routes in (
        reading(engine, feed),
        event_stream(engine, feed),
        calendars(engine),
        acting(engine),
        hall_calls(engine),
        box_calls(engine, boxes),
        papers(engine.evidence),
    ):
        app.include_router(routes)
    return Gate(app, token, engine.evidence.limit)
