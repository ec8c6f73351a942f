"""Files behind an act, over the door: they go to the evidence store part by part as they come."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from domain.submission import Evidence
from domain.text import Text
from yishi.api.faults import NotWell, declared
from yishi.api.strict import seen
from yishi.ledger.evidence import EvidenceStore

EMPTY = Text("材料是空的(0 字节)", "the file is empty (0 bytes)")
RAW = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}, "required": True}


def papers(store: EvidenceStore) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["acts"])

    @router.put(
        "/evidence",
        response_model=Evidence,
        responses=declared(413, 422, 503),
        openapi_extra={"requestBody": RAW},
        summary="Keep a file by its digest, to be named in an act",
    )
    async def keep(
        request: Request,
        title: Annotated[str, Query(min_length=1, max_length=200)],
        number: Annotated[
            str | None, Query(min_length=1, max_length=100, description="the document's own (文号)")
        ] = None,
    ) -> Any:
        for name, words in (("title", title), ("number", number or "")):
            seen(words, name, one_line=True)
        with store.arriving() as arriving:
            came = 0
            async for part in request.stream():
                came += len(part)
                await asyncio.to_thread(arriving.add, part)
            if not came:
                raise NotWell(told=EMPTY)
            kept = await asyncio.to_thread(arriving.kept, title)
        return kept.model_copy(update={"number": number})

    return router
