"""JSON as it is meant: of two values for one key, one would win unseen; and nothing in it that shows itself otherwise than it is."""

import json
import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from domain.text import Text
from yishi.api.faults import NotWell, said
from yishi.ledger.canonical import parsed

HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What nobody sees, or what turns round or breaks up what others see: controls, line separators, bidirectional marks."""
HALVES = re.compile("[\ud800-\udfff]")
BREAKS = re.compile("[\t\n\r]")
ONE_LINE = frozenset({"name", "unit", "title", "device", "number", "where"})
"""What stands in lists and on papers in one line."""
NOT_SHOWN = Text(
    "{where} 含有看不见的控制字符(U+{code}),不予接收;请改正后重发",
    "{where} holds a character that nobody sees (U+{code}): send it again without",
)
DEEPEST = 60  # levels; the deepest body there is has a dozen, and what keeps the record and what runs sessions go down by one call each
TOO_DEEP = Text("{where} 嵌套超过 {most} 层,不予接收", "{where} is nested more than {most} levels deep")
NO_TEXT = Text(
    "{where} 不成文字:含有半个字符(U+{code});请改正后重发", "{where} is no text: it holds half a character (U+{code})"
)
BOM = b"\xef\xbb\xbf"
"""What editors on Windows put before a file of UTF-8; a reader may pass over it (RFC 8259 §8.1)."""
NOT_UTF_8 = Text("正文不是 UTF-8 编码的文字;请以 UTF-8 发送", "the body is no text in UTF-8: send JSON in UTF-8")
AS_JSON = Text("请以 JSON 发送,并写明 Content-Type: application/json", "send JSON, with Content-Type: application/json")
TWO_IDS = Text(
    "Idempotency-Key 与 command_id 不一致:{key}、{id}。请只写一个,或写成相同",
    "Idempotency-Key and command_id differ ({key}, {id}): give one of the two, or the same in both",
)
LONGEST_KEY = 402  # a command id in quotation marks


async def keyed(
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=LONGEST_KEY,
            pattern=r"^[!-~]+$",
            description="the `command_id`, if the body does not say it; with or without quotation marks",
        ),
    ] = None,
) -> None:
    """Says in the document that the header is taken; `StrictRequest` puts it into the body.

    It awaits nothing, but the framework sends what is no coroutine to a thread, which for an act costs a tenth of the loop's time.
    """


class StrictRequest(Request):
    """Its JSON names each key once and knows no NaN: of two values for one key, one would win unseen.

    Attributes:
        takes_key: whether an Idempotency-Key is the body's command id.
        unfit: what is wrong though it is JSON: two ids, or what nobody sees.
    """

    takes_key = False
    unfit: NotWell | None = None

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            try:
                self._json = parsed((await self.body()).removeprefix(BOM))
            except UnicodeDecodeError as wrong:
                self.unfit = NotWell(told=NOT_UTF_8)
                raise json.JSONDecodeError("", "", 0) from wrong
            except (ValueError, RecursionError) as wrong:
                raise json.JSONDecodeError(str(wrong) or "nested too deeply", "", 0) from wrong
            try:
                seen(self._json)
                if self.takes_key and isinstance(self._json, dict):
                    self._take_key(self._json)
            except NotWell as unfit:
                self.unfit = unfit  # the framework would make another fault of it
                raise json.JSONDecodeError("", "", 0) from unfit
        return self._json

    def _take_key(self, sent: dict[str, Any]) -> None:
        key = self.headers.get("idempotency-key")
        if key is None:
            return
        if len(key) > 1 and key[0] == key[-1] == '"':
            key = key[1:-1]
        if sent.setdefault("command_id", key) != key:
            raise NotWell(told=TWO_IDS.filled(key=key, id=sent["command_id"]))


def seen(value: Any, where: str = "", *, one_line: bool = False, deep: int = 0) -> None:
    """Nothing of a JSON value is hidden from who reads it later, in a list, on paper or in a log; nor lies deeper than can be kept.

    Raises:
        NotWell: naming the place and the character.
    """
    if deep > DEEPEST:
        raise NotWell(told=TOO_DEEP.filled(where=f"{where[:40]}…", most=DEEPEST))
    match value:
        case str():
            if half := HALVES.search(value):
                raise _unfit(NO_TEXT, where, half[0])
            if found := HIDDEN.search(value) or (BREAKS.search(value) if one_line else None):
                raise _unfit(NOT_SHOWN, where, found[0])
        case dict():
            for name, each in value.items():
                seen(name, where)
                seen(each, f"{where}.{name}".lstrip("."), one_line=name in ONE_LINE, deep=deep + 1)
        case list():
            for number, each in enumerate(value):
                seen(each, f"{where}.{number}".lstrip("."), one_line=one_line, deep=deep + 1)


def _unfit(says: Text, where: str, letter: str) -> NotWell:
    told = says.filled(where=where or "—", code=f"{ord(letter):04X}")
    return NotWell(told=told, places=[{"where": where, "says": said(told)}])


def _sends(request: Request) -> bool:
    """Whether a request has a body at all: of some calls it may be left out."""
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _says_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


class StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        takes_key = any(each.call is keyed for each in self.dependant.dependencies)

        async def strict(request: Request) -> Response:
            if self.body_field is not None and _sends(request) and not _says_json(request):
                raise NotWell(told=AS_JSON)
            asked = StrictRequest(request.scope, request.receive)
            asked.takes_key = takes_key
            try:
                return await handle(asked)
            except RequestValidationError:
                if asked.unfit is not None:
                    raise asked.unfit from None
                raise

        return strict
