"""The papers that Yishi makes, over the door: which there are for a session, and each as a .docx, the bytes that `yishi paper` writes."""

import asyncio
from hashlib import sha256
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel

from yishi.api.as_it_stood import Then, as_it_stood
from yishi.api.document_calls import attached
from yishi.api.faults import NotHere, NotWell, Said, declared
from yishi.api.guard import Guarded
from yishi.api.reading import Reading
from yishi.api.reading_calls import LONGEST_NAME, OF_SESSION, Congress, Number
from yishi.documents.catalogue import PAPERS, Kind, kind_of, made, template_of
from yishi.documents.choice import Choice, choices
from yishi.documents.source import Source, read_source
from yishi.documents.troubles import NoSuchChoice, NoSuchPaper, NotYet
from yishi.documents.words import file_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AT_A_TIME = 1  # papers made; one that is asked for meanwhile waits its turn
BYTES: dict[str, Any] = {
    "description": "the paper, as an attachment",
    "content": {DOCX: {"schema": {"type": "string", "format": "binary"}}},
    "headers": {
        "ETag": {"description": "SHA-256 of the paper: the same record makes the same bytes", "schema": {"type": "string"}},
        "Content-Disposition": {"description": "attachment, with the name of its file", "schema": {"type": "string"}},
    },
}  # fmt: skip


class Copy(BaseModel):
    """What one copy of a paper is about: to be asked for with these."""

    sitting: str | None
    item: str | None
    election: str | None
    ballot: int | None


class PaperTold(BaseModel):
    """A kind of paper, and the copies of it that the session has something for. One that is too early is told so when asked for."""

    paper: str
    title: Said
    copies: list[Copy]


def paper_calls(engine: Guarded) -> APIRouter:
    router, papers = APIRouter(prefix="/v1", tags=["documents"]), Papers(Reading(engine))
    making = asyncio.Semaphore(AT_A_TIME)

    @router.get(
        OF_SESSION + "/papers", response_model=list[PaperTold], responses=declared(404, 422, 503),
        summary="The papers of a session, and what each may be about",
    )  # fmt: skip
    async def listed(congress: Congress, number: Number) -> Any:
        return await asyncio.to_thread(papers.listed, f"{congress}/{number}")

    @router.get(
        OF_SESSION + "/papers/{paper}", responses={**declared(404, 422, 503), 200: BYTES}, response_class=Response,
        summary="One paper as a .docx, from the record and the office's own template",
        description="In Chinese, as all papers are. What it is about may be left out: then the paper chooses, as `yishi paper` does.",
    )  # fmt: skip
    async def paper(
        congress: Congress, number: Number, paper: Annotated[str, Path(max_length=LONGEST_NAME)], then: Then,
        sitting: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
        item: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
        election: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
        ballot: Annotated[int | None, Query(ge=1, le=99)] = None,
    ) -> Response:  # fmt: skip
        choice = Choice(sitting, item, election, ballot)
        async with making:
            name, whole = await asyncio.to_thread(papers.paper, f"{congress}/{number}", paper, choice, then)
        headers = {**attached(name), "ETag": f'"{sha256(whole).hexdigest()}"', "Content-Language": "zh-CN"}
        return Response(whole, media_type=DOCX, headers=headers)

    return router


class Papers:
    """Makes papers from the record. For any thread."""

    def __init__(self, record: Reading) -> None:
        self._record, self._folder = record, record.engine.folder

    def listed(self, session: str) -> list[dict[str, Any]]:
        state = self._record.session(session)
        rows = ((kind, choices(state, kind.each)) for kind in PAPERS.values())
        return [
            {"paper": kind.name, "title": kind.title._asdict(), "copies": [each._asdict() for each in found]}
            for kind, found in rows
        ]

    def paper(self, session: str, name: str, choice: Choice, then: Then) -> tuple[str, bytes]:
        """A paper and the name of its file.

        Raises:
            NotHere, NotWell. PaperTrouble: the office's template is wrong.
        """
        record = as_it_stood(self._record, then)
        stream = record.session(session).stream
        try:
            kind = kind_of(name)
            source = read_source(record.ledger, stream, self._folder)
            return file_name(source.session, kind.title.zh, choice), self._made(kind, source, choice)
        except (NoSuchPaper, NotYet) as missing:
            raise NotHere(told=missing.text) from missing
        except NoSuchChoice as wrong:
            raise NotWell(told=wrong.text) from wrong

    def _made(self, kind: Kind, source: Source, choice: Choice) -> bytes:
        return made(kind, source, choice, template_of(kind, template_folders(self._folder)))


def template_folders(data: Folder) -> tuple[Folder, ...]:
    """Where edited templates are looked for: in the data folder's place and beside it."""
    return (data / "templates", data.absolute().parent / "templates")


__all__ = ["paper_calls"]
