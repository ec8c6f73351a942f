"""Papers behind entries go out by digest and by document number (文号): to those who read the record, and to whoever sent them in."""

import asyncio
from collections.abc import Iterator
from pathlib import Path as File
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AwareDatetime, BaseModel
from starlette.responses import StreamingResponse

from domain.text import Text
from yishi.access.principal import Principal
from yishi.api import bodies
from yishi.api.faults import NotHere, declared
from yishi.api.guard import Guarded, asking
from yishi.api.reading_calls import LINK_TOLD, next_page
from yishi.projections.documents import Document, found
from yishi.projections.views import Views

LONGEST_NUMBER = 100  # letters
PAGE, LARGEST_PAGE = 200, 2000
PART = 1 << 18  # bytes read at a time
NO_FILE = Text("没有哪条记录引用摘要为 {sha256} 的材料", "no entry names a file of the digest {sha256}")
LOST = Text(
    "记录引用了这份材料({title}),但文件不在数据目录中;请从第二份副本取回",
    "the record names this file ({title}), but it is not in the data folder: take it from the second copy",
)
ALTERED = Text(
    "材料“{title}”已被改动,与其摘要不符;请核验,并从第二份副本取回",
    "the file “{title}” was altered and has another digest: verify the record, and take it from the second copy",
)
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
"""Nothing that comes out is shown or run by a browser as a page of ours."""
BYTES: dict[str, Any] = {
    "description": "the file, as an attachment",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    "headers": {
        "ETag": {"description": "its digest", "schema": {"type": "string"}},
        "Content-Disposition": {"description": "attachment, with its title", "schema": {"type": "string"}},
    },
}
ONLY_HEADERS: dict[str, Any] = {"description": "as GET answers, without the file", "headers": BYTES["headers"]}
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


class DocumentTold(BaseModel):
    """A paper behind an entry: a file by its digest, a number (文号), or both. `name` is that of the event."""

    number: str | None
    sha256: str | None
    title: str
    size: int | None
    position: int
    session: str
    stream: str
    name: str
    at: AwareDatetime


class Documents(BaseModel):
    """`next` is the `after` of the next page, null on the last one."""

    documents: list[DocumentTold]
    next: int | None


def document_calls(engine: Guarded) -> APIRouter:
    router, views = APIRouter(prefix="/v1", tags=["documents"]), Views(engine.ledger)

    def theirs(who: Principal, number: str | None = None, sha256: str | None = None) -> list[Document]:
        return [row for row in views.read(found(number, sha256)) if sees(who, row)]

    def file_of(who: Principal, sha256: str) -> tuple[File, Document]:
        named = views.read(found(None, sha256))
        rows = [row for row in named if gives(who, row, named[0])]
        if not rows:
            raise NotHere(told=NO_FILE.filled(sha256=sha256))
        if engine.evidence.missing(sha256):
            raise NotHere(told=LOST.filled(title=rows[0].title))
        if engine.evidence.altered(sha256):
            raise NotHere(told=ALTERED.filled(title=rows[0].title))
        return engine.evidence.path(sha256), rows[0]

    @router.get(
        "/evidence/{sha256}", responses={**declared(404, 422, 503), 200: BYTES}, response_class=StreamingResponse,
        summary="A file behind an entry, by its digest",
    )  # fmt: skip
    async def evidence(sha256: Digest) -> Response:
        file, row = await asyncio.to_thread(file_of, asking(), sha256)
        return StreamingResponse(parts_of(file), media_type="application/octet-stream", headers=headed(row, file))

    @router.head(
        "/evidence/{sha256}", responses={**without_body(404, 422, 503), 200: ONLY_HEADERS}, response_class=Response,
        summary="Whether a file behind an entry is here, its title and size",
    )  # fmt: skip
    async def evidence_there(sha256: Digest) -> Response:
        file, row = await asyncio.to_thread(file_of, asking(), sha256)
        return Response(media_type="application/octet-stream", headers=headed(row, file))

    @router.get(
        "/documents", response_model=Documents, responses={**declared(422, 503), 200: LINK_TOLD},
        summary="Which entries rest on which papers, by document number (文号) or digest",
        description="Of all sessions that the token sees. Without the right to the record (`history`), those alone that it entered itself.",
    )  # fmt: skip
    async def documents(
        request: Request,
        response: Response,
        number: Annotated[
            str | None, Query(min_length=1, max_length=LONGEST_NUMBER, examples=["秀人〔2026〕3号"])
        ] = None,
        sha256: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")] = None,
        session: Annotated[str | None, Query(pattern=bodies.SESSION)] = None,
        after: Annotated[int, Query(ge=0, le=2**53)] = 0,
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    ) -> Any:
        rows = await asyncio.to_thread(theirs, asking(), number, sha256)
        found = page([row for row in rows if session in (None, row.session)], after, limit)
        if found["next"] is not None:
            response.headers["Link"] = next_page(request, after=found["next"])
        return found

    return router


def without_body(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The faults of a call that answers headers alone."""
    return {status: {"description": told["description"]} for status, told in declared(*statuses).items()}


def sees(who: Principal, row: Document) -> bool:
    """Whether a paper is for somebody: who reads the record, and who entered it."""
    if not who.sees(row.session):
        return False
    return who.may_read(row.session, "history") is None or row.token == who.id


def gives(who: Principal, row: Document, first: Document) -> bool:
    """Whether an entry that names a file gives it to somebody. `first`: the earliest that names it.

    To name a digest takes no more than to know it. So nobody's own entry gives them a file that another's entry had named before.
    """
    return sees(who, row) and (row.token != who.id or row == first)


def page(rows: list[Document], after: int, limit: int) -> dict[str, Any]:
    """So many of them from a position on, and all of one entry together."""
    rest = [row for row in rows if row.position > after]
    shown = rest[:limit]
    shown += [row for row in rest[limit:] if row.position == shown[-1].position]
    more = len(rest) > len(shown)
    told = [row.told() for row in shown]
    return {"documents": told, "next": shown[-1].position if more else None}


def parts_of(file: File) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while part := opened.read(PART):
            yield part


def headed(row: Document, file: File) -> dict[str, str]:
    return {**attached(row.title or row.sha256), "ETag": f'"{row.sha256}"', "Content-Length": str(file.stat().st_size)}


def attached(title: str) -> dict[str, str]:
    return {**SAFE, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(title, safe='')}"}
