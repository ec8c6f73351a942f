"""The checks of an examination that look at what events mean: they can be read and folded; what they name is there; the index agrees."""

from collections.abc import Mapping
from typing import Any

from domain.ports import Decider, LawBooks
from domain.submission import Evidence
from yishi.ledger.checks import Row
from yishi.ledger.errors import UnknownEvent, UnreadableEvent
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.mapper import Envelope, EnvelopeMapper
from yishi.ledger.streams import kind_of
from yishi.ledger.transaction import attendance_of
from yishi.ledger.verification import Report


class FoldCheck:
    """Every event can be read by this program, and every stream folds from its bytes."""

    def __init__(self, report: Report, deciders: Mapping[str, Decider]) -> None:
        self._report, self._deciders = report, deciders
        self._mapper = EnvelopeMapper()
        self._states: dict[str, Any] = {}
        self._stopped: set[str] = set()  # streams that failed once; what follows there would only fail again
        self.unfolded: set[str] = set()

    def see(self, row: Row) -> Envelope[Any] | None:
        try:
            envelope = self._mapper.read(row.stream, row.version, row.topic, row.state)
        except (UnknownEvent, UnreadableEvent) as error:
            self._report("unknown" if isinstance(error, UnknownEvent) else "unreadable", row.position, detail=error)
            self._stopped.add(row.stream)
            return None
        self._fold(row, envelope)
        return envelope

    def _fold(self, row: Row, envelope: Envelope[Any]) -> None:
        if row.stream in self._stopped:
            return
        try:
            kind = kind_of(row.stream)
            if kind not in self._deciders:
                self.unfolded.add(kind)
                return
            decider = self._deciders[kind]
            state = self._states[row.stream] if row.stream in self._states else decider.start(row.stream)
            self._states[row.stream] = decider.evolve(state, envelope.data)
        except Exception as error:  # whatever a decider trips over is a finding, not our end
            self._report("fold", row.position, stream=row.stream, version=row.version, detail=repr(error))
            self._stopped.add(row.stream)


class AttendanceCheck:
    """The index by which quorum is counted says what the events say."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told: dict[tuple[str, str, str], tuple[int, int]] = {}

    def see(self, row: Row, envelope: Envelope[Any]) -> None:
        for session, sitting, deputy, present in attendance_of(envelope.data):
            self._told[session, sitting, deputy] = (int(present), row.position)

    def end(self, index: Mapping[tuple[str, str, str], int]) -> None:
        for key in sorted(self._told.keys() | index.keys()):
            wanted, position = self._told.get(key, (None, None))
            if index.get(key) != wanted:
                names = dict(zip(("session", "sitting", "deputy"), key, strict=True))
                self._report("attendance", position, **names, found=index.get(key), wanted=wanted)


class ReferenceCheck:
    """The law books and files that events name exist and hash to their names. Each is looked at once, at its first naming."""

    def __init__(self, report: Report, laws: LawBooks, evidence: EvidenceStore) -> None:
        self._report, self._laws, self._evidence = report, laws, evidence
        self._editions: set[str] = set()
        self._files: set[str] = set()

    def see(self, row: Row, envelope: Envelope[Any]) -> None:
        if envelope.edition and envelope.edition not in self._editions:
            self._editions.add(envelope.edition)
            self._edition(row.position, envelope.edition)
        for file in envelope.evidence:
            if file.sha256 not in self._files:
                self._files.add(file.sha256)
                self._file(row.position, file)

    def _edition(self, position: int, edition: str) -> None:
        try:
            found = self._laws.edition(edition).edition
        except Exception as error:  # however the law book says that it has no such edition
            self._report("edition", position, edition=edition, detail=repr(error))
            return
        if found != edition:
            self._report("edition", position, edition=edition, detail=found)

    def _file(self, position: int, file: Evidence) -> None:
        if self._evidence.missing(file.sha256):
            self._report("evidence_missing", position, title=file.title, sha256=file.sha256)
        elif self._evidence.altered(file.sha256):
            self._report("evidence_altered", position, title=file.title, sha256=file.sha256)
