"""The sheet of suggestions (建议办理台账) and the record of deputies' work (履职记录) over the door, as the command line writes them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel

from domain.calendar import legal_date
from domain.text import Lang, Text
from yishi.api.acting import now
from yishi.api.document_calls import attached
from yishi.api.faults import NotHere, NotWell, Said, declared
from yishi.api.guard import Guarded
from yishi.api.languages import preferred
from yishi.api.reading import NO_SUCH_SESSION, known
from yishi.api.reading_calls import LONGEST_NAME, Session, Year
from yishi.moment import Day
from yishi.projections.report import SeveralBodies
from yishi.projections.sessions import NoSuchRecord
from yishi.projections.sheets import as_csv, as_xlsx, duty_rows, meant, sheet_rows, table_of
from yishi.projections.suggestion_sheet import COLUMNS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_DEPUTY = Text("这里没有代表 {deputy}", "there is no deputy {deputy} here")
OF_ANY_KIND: dict[str, Any] = {
    "description": "the rows; or the sheet as a file, an attachment",
    "content": {
        "text/csv": {"schema": {"type": "string"}},
        XLSX: {"schema": {"type": "string", "format": "binary"}},
    },
}


class Column(BaseModel):
    column: str
    title: Said


class Suggestions(BaseModel):
    """The sheet as of the end of a day: one row for each suggestion, or for each reply; a cell that is not on record is empty."""

    year: int | None
    as_of: str
    columns: list[Column]
    rows: list[dict[str, str]]


class DutyCount(Said):
    kind: str
    count: int


class DutyTold(BaseModel):
    """What one deputy did in one session and since. `lines`, `off`, `claims`: of one deputy who was asked for, else null."""

    deputy: str
    session: str
    counts: list[DutyCount]
    waiting: int
    points: dict[str, Any] | None
    credentials: Said | None
    lines: list[dict[str, Any]] | None = None
    off: list[dict[str, Any]] | None = None
    claims: list[dict[str, Any]] | None = None


class Duty(BaseModel):
    year: int | None
    deputies: list[DutyTold]


def sheet_calls(engine: Guarded) -> APIRouter:
    router, one_reads = APIRouter(prefix="/v1", tags=["record"]), asyncio.Lock()

    @router.get(
        "/suggestions", response_model=Suggestions, responses={**declared(404, 422, 503), 200: OF_ANY_KIND},
        summary="The sheet of suggestions: one row each, as rows or as a file for a spreadsheet",
        description="`rounds`: a row for each reply. `as_of`: as of the end of which day, today by default. Words and headings of a file are in "
        "the language of `Accept-Language`.",
    )  # fmt: skip
    async def suggestions(
        session: Session = None, year: Year = None, as_of: Day | None = None, rounds: bool = False,
        format_: Annotated[Literal["json", "csv", "xlsx"], Query(alias="format")] = "json",
        accept_language: Annotated[str, Header()] = "",
    ) -> Any:  # fmt: skip
        lang, until = preferred(accept_language), as_of or legal_date(now(engine))
        async with one_reads:
            rows = await asyncio.to_thread(_rows, engine, session, year, until, lang, rounds=rounds)
        if format_ == "json":
            columns = [{"column": name, "title": title._asdict()} for name, title in COLUMNS.items()]
            return {"year": year, "as_of": until.isoformat(), "columns": columns, "rows": rows}
        table, kind = table_of(rows, lang), "text/csv; charset=utf-8" if format_ == "csv" else XLSX
        whole = await asyncio.to_thread(as_csv if format_ == "csv" else as_xlsx, table)
        return Response(whole, headers=attached(f"台账-{until}.{format_}") | {"Content-Type": kind})

    @router.get(
        "/duty", response_model=Duty, responses=declared(404, 422, 503),
        summary="What deputies did, from the record; of one deputy line by line, each with its entry",
    )  # fmt: skip
    async def duty(
        session: Session = None, year: Year = None, deputy: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None
    ) -> Any:
        async with one_reads:
            rows = await asyncio.to_thread(_duty, engine, session, year, deputy)
        return {"year": year, "deputies": rows}

    return router


@contextmanager
def _told(engine: Guarded, session: str | None) -> Iterator[None]:
    try:
        yield
    except NoSuchRecord as missing:
        told = NO_SUCH_SESSION.filled(session=session or "—", known=known(engine.ledger))
        raise NotHere(told=told) from missing
    except SeveralBodies as several:
        raise NotWell(told=SeveralBodies(known=known(engine.ledger)).text) from several


def _rows(
    engine: Guarded, session: str | None, year: int | None, until: date, lang: Lang, *, rounds: bool
) -> list[dict[str, str]]:
    with _told(engine, session):
        streams = _streams(engine, session)
        return sheet_rows(engine.ledger, engine.folder, streams, year, until, lang, rounds=rounds)


def _duty(engine: Guarded, session: str | None, year: int | None, deputy: str | None) -> list[dict[str, Any]]:
    with _told(engine, session):
        rows = duty_rows(engine.ledger, _streams(engine, session), year, deputy)
    if deputy is not None and not rows:
        raise NotHere(told=NO_DEPUTY.filled(deputy=deputy))
    return rows


def _streams(engine: Guarded, session: str | None) -> list[str]:
    """None where nothing is registered yet and none was named."""
    try:
        return meant(engine.ledger, session)
    except NoSuchRecord:
        if session is not None:
            raise
        return []
