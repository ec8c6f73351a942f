"""The law book and the procedures over the door: what is on file, what a rule says, what the law of a day comes to, what a meeting is."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from domain.calendar import legal_date
from domain.law import Law, LawBook, NoLawOnFile
from domain.ports import NoSuchEdition
from domain.procedure import PROCEDURES
from domain.text import Text
from yishi.api import law_bodies as bodies
from yishi.api.acting import now
from yishi.api.faults import NotHere, NotWell, declared, said
from yishi.api.guard import Guarded
from yishi.api.reading_calls import LINK_TOLD, next_page
from yishi.law import LEVELS, SESSION_KINDS, EditionAltered, canonical, level_of
from yishi.planning import law_told as told
from yishi.planning.law_words import no_law
from yishi.planning.procedure_told import procedure_in_short, procedure_told

LONGEST = 80
PAGE, LARGEST_PAGE = 200, 2000
NO_EDITION = Text("没有保存法规库版本 {edition}", "no edition {edition} of the law book is kept here")
ALTERED = Text(
    "法规库版本 {edition} 的文件已被改动,与其摘要不符;请核验",
    "the file of edition {edition} was altered and has another digest: verify the record",
)
NO_PROCEDURE = Text("没有程序 {id};现有:{known}", "there is no procedure {id}; there are: {known}")

Word = Annotated[str | None, Query(max_length=LONGEST)]
Edition = Annotated[
    str | None, Query(pattern="^[0-9a-f]{64}$", description="an edition that is kept; the newest when left out")
]
On = Annotated[date | None, Query(description="on which day; today when left out")]


def law_calls(engine: Guarded) -> APIRouter:
    router, library = APIRouter(prefix="/v1", tags=["law"]), Library(engine)
    _on_file(router, library)
    _rules(router, library)
    _meetings(router, library)
    return router


class Library:
    """The answers about the law on file. For any thread."""

    def __init__(self, engine: Guarded) -> None:
        self._engine, self._laws = engine, engine.laws

    def book(self, edition: str | None) -> LawBook:
        """
        Raises:
            NotHere.
        """
        if edition is None:
            return self._laws.newest()
        try:
            return self._laws.edition(edition)
        except NoSuchEdition as missing:
            raise NotHere(told=NO_EDITION.filled(edition=edition)) from missing
        except EditionAltered as altered:
            raise NotHere(told=ALTERED.filled(edition=edition)) from altered

    def bytes_of(self, edition: str) -> bytes:
        """The canonical bytes whose SHA-256 is the edition's name."""
        return canonical(self.book(edition))

    def day(self, on: date | None) -> date:
        return on or legal_date(now(self._engine))

    def on_file(self, edition: str | None, profile: str | None, on: date | None) -> dict[str, Any]:
        book = self.book(edition)
        with words():
            texts = told.texts_of(book, profile, on)
        return {
            "edition": book.edition,
            "kept": self._laws.kept(),
            "families": list(dict.fromkeys(t.family for t in texts)),
            "texts": [told.text_told(t, told.rules_of(book, t)) for t in texts],
            "profiles": [told.profile_told(p) for p in book.profiles.values()],
            "levels": list(LEVELS),
            "session_kinds": list(SESSION_KINDS),
        }

    def rules(
        self, edition: str | None, topic: str | None, text: str | None, level: str | None, on: date | None,
        after: str, limit: int,
    ) -> dict[str, Any]:  # fmt: skip
        book = self.book(edition)
        with words():
            if topic is not None:
                told.known(told.TOPIC, topic, (p.topic for p in book.provisions))
            if text is not None:
                told.known(told.TEXT, text, (t.code for t in book.texts))
            if level is not None:
                told.known(told.LEVEL, level, LEVELS)
        found = [
            p
            for p in book.provisions
            if p.id > after
            and topic in (None, p.topic)
            and text in (None, p.text)
            and (level is None or level in p.levels)
            and (on is None or told.in_force(p, on))
        ]
        page = found[:limit]
        following = page[-1].id if len(found) > limit else None
        return {"edition": book.edition, "rules": [told.rule_told(p) for p in page], "next": following}

    def rule(self, edition: str | None, rule: str, on: date | None) -> dict[str, Any]:
        book = self.book(edition)
        with names():
            found = told.rule_by(book, rule)
        return told.rule_explained(book, found, self.day(on))

    def topics(self, edition: str | None, profile: str | None, level: str | None, on: date | None) -> dict[str, Any]:
        book, day = self.book(edition), self.day(on)
        with words():
            asked = told.asked_of(book, day, profile, level)
        head = {"edition": book.edition, "profile": asked.profile, "level": asked.level, "on": str(day)}
        try:
            rows = told.topic_rows(book, day, asked.profile, asked.level)
        except NoLawOnFile as none:
            return {**head, "topics": [], "fault": said(no_law(none))}
        return {**head, "topics": [told.topic_told(*row) for row in rows], "fault": None}

    def ruling(
        self, edition: str | None, topic: str, profile: str | None, level: str | None, kind: str | None, on: date | None
    ) -> dict[str, Any]:
        book = self.book(edition)
        with names():
            told.known(told.TOPIC, topic, (p.topic for p in book.provisions))
        with words():
            asked = told.asked_of(book, self.day(on), profile, level, kind)
        try:
            ruling = told.ruling_told(asked.law(book).ruling(topic))
        except NoLawOnFile as none:
            ruling = told.missing_told(none) | {"says": said(no_law(none))}
        return {**asked.told(), **ruling, "topic": topic, "edition": book.edition}

    def procedure(
        self, id_: str, edition: str | None, profile: str | None, kind: str | None, on: date | None
    ) -> dict[str, Any]:
        procedure = PROCEDURES.get(id_)
        if procedure is None:
            raise NotHere(told=NO_PROCEDURE.filled(id=id_, known="、".join(PROCEDURES)))
        book, day = self.book(edition), self.day(on)
        with words():
            if kind is not None:
                told.known(told.SESSION_KIND, kind, procedure.kinds)
            usual = next(
                (p for p in book.profiles if p.startswith("national-") and level_of(p) == procedure.level), None
            )
            asked = told.asked_of(book, day, profile or usual, procedure.level, kind or procedure.kinds[0])
        law: Law | None
        try:
            law, fault = asked.law(book), None
        except NoLawOnFile as none:
            law, fault = None, said(no_law(none))
        return {"profile": asked.profile, "on": str(day), "fault": fault, **procedure_told(procedure, kind, law)}


@contextmanager
def words() -> Iterator[None]:
    """A word of the question that is not in the book is not well formed; what is near it is told."""
    try:
        yield
    except told.NoSuchWord as unknown:
        raise NotWell(told=unknown.text) from unknown


@contextmanager
def names() -> Iterator[None]:
    """What the address itself names is not there."""
    try:
        yield
    except told.NoSuchWord as unknown:
        raise NotHere(told=unknown.text) from unknown


def _on_file(router: APIRouter, library: Library) -> None:
    @router.get(
        "/law", response_model=bodies.LawTold, responses=declared(404, 422, 503),
        summary="The law on file: texts by family with their dates, profiles, editions",
        description="`profile`: only the texts that bind there. `on`: only those in force on that day.",
    )  # fmt: skip
    async def on_file(edition: Edition = None, profile: Word = None, on: Annotated[date | None, Query()] = None) -> Any:
        return await asyncio.to_thread(library.on_file, edition, profile, on)

    @router.get(
        "/law/editions/{edition}", responses={**declared(404, 422, 503), 200: WHOLE_BOOK}, response_class=Response,
        summary="A whole edition: the canonical bytes whose SHA-256 is its name",
    )  # fmt: skip
    async def edition(edition: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> Response:
        whole = await asyncio.to_thread(library.bytes_of, edition)
        return Response(whole, media_type="application/json", headers={"ETag": f'"{edition}"'})


def _rules(router: APIRouter, library: Library) -> None:
    @router.get(
        "/law/rules", response_model=bodies.Rules, responses={**declared(404, 422, 503), 200: LINK_TOLD},
        summary="The rules on file, by id: of a topic, a text, a level, in force on a day",
        description="`after`: the id after which to go on, as `next` of the page before says it.",
    )  # fmt: skip
    async def rules(
        request: Request,
        response: Response,
        edition: Edition = None,
        topic: Word = None,
        text: Word = None,
        level: Word = None,
        on: Annotated[date | None, Query()] = None,
        after: Annotated[str, Query(max_length=LONGEST)] = "",
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    ) -> Any:
        page = await asyncio.to_thread(library.rules, edition, topic, text, level, on, after, limit)
        if page["next"] is not None:  # of the same edition, should a newer one come in between
            response.headers["Link"] = next_page(request, after=page["next"], edition=page["edition"])
        return page

    @router.get(
        "/law/rules/{rule}", response_model=bodies.RuleExplained, responses=declared(404, 422, 503),
        summary="One rule: article, dates, what it says and demands, and whether somebody read it in the text",
    )  # fmt: skip
    async def rule(rule: Annotated[str, Path(max_length=LONGEST)], edition: Edition = None, on: On = None) -> Any:
        return await asyncio.to_thread(library.rule, edition, rule, on)

    @router.get(
        "/law/topics", response_model=bodies.TopicsTold, responses=declared(404, 422, 503),
        summary="Every topic, and which rules answer it on a day in a kind of place",
    )  # fmt: skip
    async def topics(edition: Edition = None, profile: Word = None, level: Word = None, on: On = None) -> Any:
        return await asyncio.to_thread(library.topics, edition, profile, level, on)

    @router.get(
        "/law/topics/{topic}", response_model=bodies.RulingTold, responses=declared(404, 422, 503),
        summary="What the law of a day comes to on a topic: the layers laid over each other",
    )  # fmt: skip
    async def ruling(
        topic: Annotated[str, Path(max_length=LONGEST)], edition: Edition = None, profile: Word = None, level: Word = None,
        kind: Word = None, on: On = None,
    ) -> Any:  # fmt: skip
        return await asyncio.to_thread(library.ruling, edition, topic, profile, level, kind, on)


def _meetings(router: APIRouter, library: Library) -> None:
    @router.get(
        "/procedures", response_model=list[bodies.ProcedureListed], responses=declared(), summary="The kinds of meeting",
    )  # fmt: skip
    async def procedures() -> Any:
        return [procedure_in_short(each) for each in PROCEDURES.values()]

    @router.get(
        "/procedures/{procedure}", response_model=bodies.ProcedureTold, responses=declared(404, 422, 503),
        summary="One kind of meeting: steps in order, offices, and the articles each rests on that day",
        description="`kind`: only what a session of that kind has. `profile`: of which kind of place; the national rules by default.",
    )  # fmt: skip
    async def procedure(
        procedure: Annotated[str, Path(max_length=LONGEST)], edition: Edition = None, profile: Word = None, kind: Word = None,
        on: On = None,
    ) -> Any:  # fmt: skip
        return await asyncio.to_thread(library.procedure, procedure, edition, profile, kind, on)


WHOLE_BOOK: dict[str, Any] = {
    "description": "RFC 8785 canonical JSON: texts, provisions, profiles, holidays",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
