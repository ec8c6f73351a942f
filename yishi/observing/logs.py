"""Logs for operators: one line a step, as JSON or for a console. No line holds a name, an id of a person or a card number.

What may be said is said here and once: numbers, and words under the keys below. Whatever else a call hands in is left out, and of an error its
kind and place are kept and not its words, for those repeat what somebody sent.
"""

import contextlib
import json
import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol

import structlog

Form = Literal["json", "console"]
Logged = MutableMapping[str, Any]

SAID = frozenset({
    "event", "level", "timestamp", "logger",
    "act", "outcome", "session", "stream", "box", "name", "at", "tried", "role", "token", "method", "place", "id",
    "why", "zh", "en", "path", "head", "state", "sqlite", "postgres", "kind", "format", "queue", "missing", "area",
    "webhook", "duty", "work", "deployment", "build",
})  # fmt: skip
"""Keys under which words may stand. `why`, `zh`, `en`: a trouble's own sentence; `path`: of a folder; `token`, `webhook`: the id of one."""
WITH_WORDS = ("OperationalError", "InterfaceError", "OSError", "ConnectionError", "TimeoutError", "RPCError")
"""Errors that speak of a disk or a connection. Others may repeat a row or a request."""
MOST_LETTERS = 300
LEFT_OUT = "…"


class Sink(Protocol):
    """Where lines go."""

    def write(self, said: bytes) -> None: ...
    def close(self) -> None: ...


def only_what_may_be_said(logger: Any, method: str, line: Logged) -> Logged:
    """Leave out of a line whatever could name a person."""
    if error := line.pop("exc_info", None):
        line.update(kind_and_place(error))
    for key, value in tuple(line.items()):
        if key == "error":
            line[key] = kind_of_error(value)
        elif key == "frames" or value is None or isinstance(value, bool | int | float):
            continue
        elif key not in SAID:
            line[key] = LEFT_OUT
        else:
            line[key] = str(value)[:MOST_LETTERS]
    return line


def kind_of_error(error: object) -> str:
    """An error, or what `repr` made of it, as far as it may be said."""
    said = error if isinstance(error, str) else repr(error)
    kind = said.partition("(")[0].strip()
    return (
        " ".join(said.split())[:MOST_LETTERS] if kind in WITH_WORDS else kind[:60] if kind.isidentifier() else LEFT_OUT
    )


def kind_and_place(error: Any) -> dict[str, Any]:
    """An exception's kind, those that led to it, and where it was raised; without its words."""
    if error is True:
        error = sys.exc_info()
    found: BaseException | None = error[1] if isinstance(error, tuple) else error
    if not isinstance(found, BaseException):
        return {}
    kinds: list[str] = []
    frames = list(_frames(found.__traceback__))
    while found is not None and len(kinds) < 5:
        kinds.append(type(found).__name__)
        found = found.__cause__ or found.__context__
    return {"error": kinds[0], "frames": [" < ".join(kinds), *frames]}


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace)[-12:]:
        yield f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"


class _OfOthers(logging.Formatter):
    """Lines of libraries, which log by the standard module: their template without what it is filled with, and where it comes from."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._render = _renderer(form)

    def format(self, record: logging.LogRecord) -> str:
        line: Logged = {
            "event": str(record.msg).splitlines()[0][:MOST_LETTERS]
            if record.args or not record.exc_info
            else record.name,
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info:
            line.update(kind_and_place(record.exc_info))
        return str(self._render(None, record.levelname.lower(), line))


def _renderer(form: Form) -> Any:
    if form == "console":
        return structlog.dev.ConsoleRenderer(colors=False, pad_event_to=24)
    return structlog.processors.JSONRenderer(
        serializer=lambda line, **_: json.dumps(line, ensure_ascii=False, default=str)
    )


class _Lines:
    """A sink as loggers take a file."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, said: str) -> int:
        self._sink.write(said.encode("utf-8", "replace"))
        return len(said)

    def flush(self) -> None:
        """Every line is written as it comes."""


class Stderr:
    """Lines for whoever collects them from the process."""

    def write(self, said: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):  # a log is not a record
            sys.stderr.buffer.write(said)
            sys.stderr.buffer.flush()

    def close(self) -> None:
        """It is not ours to close."""


@contextlib.contextmanager
def logged(sink: Sink, form: Form = "json") -> Iterator[None]:
    """From now on, and as long as this lasts, everything is logged into the sink."""
    file = _Lines(sink)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            only_what_may_be_said,
            _renderer(form),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file),  # type: ignore[arg-type] # it writes and flushes
    )
    others = logging.StreamHandler(file)
    others.setLevel(logging.WARNING)
    others.setFormatter(_OfOthers(form))
    logging.getLogger().addHandler(others)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(others)
        sink.close()
