"""Between domain events and stored rows: one envelope, written as canonical bytes and validated on the way back.

The library's own mapper rebuilds events without looking: it takes missing and unknown fields silently. This one refuses
both, reads old names through `domain.event.UPCASTS`, and checks the envelope against the columns it stands in.
"""

from datetime import datetime
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from eventsourcing.persistence import Mapper, StoredEvent, Transcoder
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from domain.event import EVENTS, UPCASTS, Event
from domain.submission import Actor, ActorSignature, Evidence, Submission
from yishi.ledger.canonical import canonical, parsed
from yishi.ledger.errors import UnknownEvent, UnreadableEvent

E = TypeVar("E", bound=Event)


class Envelope(BaseModel, Generic[E]):
    """One event as it is stored: where it stands, who asked for it, by which edition of the law, what happened (`data`).

    Attributes:
        stream, version: its place; versions of a stream run 1, 2, 3 …
        name: the event's stored name; an old one stays old. recorded_at: when the ledger took it.
        edition: hash of the law book it was judged by, hex; "" when no law was needed.
        signature: the actor's own, with what was signed; not written when there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    stream: str
    version: int
    name: str
    recorded_at: AwareDatetime
    command_id: str
    actor: Actor
    edition: str
    evidence: tuple[Evidence, ...]
    reason: str
    signature: ActorSignature | None = None
    data: E

    @property
    def event(self) -> E:
        return self.data

    @property
    def originator_id(self) -> str:  # the library's word for the stream
        return self.stream

    @property
    def originator_version(self) -> int:
        return self.version


class Act(NamedTuple):
    """What all events of one command share, as JSON values."""

    recorded_at: str  # ISO 8601 with offset
    command_id: str
    actor: dict[str, Any]
    edition: str
    evidence: list[Any]
    reason: str
    signature: dict[str, Any] | None = None

    def written(self) -> dict[str, Any]:
        """As it stands in an envelope: bytes from before there were signatures are written the same again."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    @classmethod
    def of(cls, submission: Submission, edition: str, now: datetime) -> "Act":
        return cls(
            recorded_at=now.isoformat(),
            command_id=submission.command_id,
            actor=submission.actor.model_dump(mode="json"),
            edition=edition,
            evidence=[e.model_dump(mode="json") for e in submission.evidence],
            reason=submission.reason,
            signature=submission.signature.model_dump(mode="json") if submission.signature else None,
        )


class CanonicalTranscoder(Transcoder):
    """The library's transcoder, writing canonical JSON (RFC 8785) and refusing objects that name a key twice."""

    def encode(self, obj: Any) -> bytes:
        return canonical(obj)

    def decode(self, data: bytes) -> Any:
        return parsed(data)


class EnvelopeMapper(Mapper[str]):
    """The library's mapper for our envelopes. Stored names are chosen strings, never Python paths."""

    def __init__(self) -> None:
        super().__init__(CanonicalTranscoder())

    def stored(self, stream: str, version: int, event: Event, act: Act) -> StoredEvent:
        """The row of an event that was just decided.

        Raises:
            NotCanonical: one of its values has no canonical form.
        """
        data = event.__pydantic_serializer__.to_python(event, mode="json")
        envelope = {"stream": stream, "version": version, "name": event.name, **act.written(), "data": data}
        return StoredEvent(stream, version, event.name, canonical(envelope))

    def to_stored_event(self, domain_event: Envelope[Any]) -> StoredEvent:  # type: ignore[override]  # only envelopes are stored
        """The row of an envelope: the same bytes again, unless it was read through an upcast."""
        act = domain_event.model_dump(mode="json", include=set(Act._fields))
        act["recorded_at"] = domain_event.recorded_at.isoformat()
        return self.stored(domain_event.stream, domain_event.version, domain_event.data, Act(**act))

    def to_domain_event(self, stored_event: StoredEvent) -> Envelope[Any]:
        """`read` for the library's rows."""
        s = stored_event
        return self.read(str(s.originator_id), s.originator_version, s.topic, s.state)

    def read(self, stream: str, version: int, name: str, state: bytes) -> Envelope[Any]:
        """The envelope of a row, validated.

        Raises:
            UnknownEvent: no class and no upcast for its name.
            UnreadableEvent: fields missing, unknown or wrong, or unlike the columns.
        """
        try:
            envelope = (
                self._upcast(name, state)
                if name in UPCASTS
                else _shape(name).__pydantic_validator__.validate_json(state)
            )
        except KeyError:
            raise UnknownEvent(name=name, stream=stream, version=version) from None
        except (ValidationError, ValueError, TypeError) as error:
            raise UnreadableEvent(stream=stream, version=version, name=name, detail=_first_fault(error)) from error
        if (envelope.version, envelope.stream, envelope.name) != (version, stream, name):
            said = f"its bytes say {envelope.stream}, version {envelope.version}, {envelope.name}"
            raise UnreadableEvent(stream=stream, version=version, name=name, detail=said)
        return envelope

    def _upcast(self, name: str, state: bytes) -> Envelope[Any]:
        """Old fields led through the chain of upcasts, then validated as the newest event."""
        fields = self.transcoder.decode(state)
        data = fields.get("data") if isinstance(fields, dict) else None
        if not isinstance(data, dict):
            raise ValueError("data: not an object")
        while name in UPCASTS:
            name, change = UPCASTS[name]
            try:
                data = change(data)
            except KeyError as missing:
                raise ValueError(f"data: {missing} is missing, the upcast to {name} needs it") from missing
        return _shape(name).model_validate_json(canonical({**fields, "data": data}))


def _shape(name: str) -> type[Envelope[Any]]:
    return _shape_of(EVENTS[name])


@cache  # one validator per event class: envelope and event in a single pass
def _shape_of(event: type[Event]) -> type[Envelope[Any]]:
    return Envelope[event]  # type: ignore[valid-type]


def _first_fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
    return str(error)
