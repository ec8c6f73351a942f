"""The check that every event belongs to an answered command, and that every answer points to what is really there."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from domain.submission import Answer
from yishi.ledger.canonical import canonical, parsed
from yishi.ledger.checks import Row
from yishi.ledger.errors import NotCanonical
from yishi.ledger.reader import ANSWER
from yishi.ledger.verification import Report


class Claim(NamedTuple):
    """That an event stands at a position. A refusal claims only where it is kept, so stream, version, name and leaf are None."""

    command_id: str
    stream: str | None = None
    version: int | None = None
    name: str | None = None
    leaf: str | None = None


class AnswerCheck:
    """Reads all answers first, then meets the events one by one. Memory: about 0.5 kB an event."""

    def __init__(self, report: Report, commands: Iterable[tuple[str, bytes, int | None]]) -> None:
        self._report = report
        self.count = 0
        self.heads: dict[int, dict[str, str]] = {}  # size → command id → root in hex
        self._claims: dict[int, Claim] = {}
        for command_id, answer, position in commands:
            self.count += 1
            self._read(command_id, answer, position)

    def see(self, row: Row, fields: Mapping[str, Any]) -> None:
        claim = self._claims.pop(row.position, None)
        command_id = fields.get("command_id")
        if claim is None or claim.command_id != command_id:
            self._report("no_answer", row.position, command_id=command_id)
        elif claim.leaf is not None and claim[1:] != (row.stream, row.version, row.topic, row.leaf.hex()):
            self._report(
                "answer", row.position, command_id=command_id, detail="它所列的是另一条 / it names another event"
            )

    def end(self) -> None:
        for position, claim in sorted(self._claims.items()):
            self._report(
                "answer",
                position,
                command_id=claim.command_id,
                detail=f"第 {position} 条不存在 / nothing is at {position}",
            )

    def _read(self, command_id: str, stored: bytes, position: int | None) -> None:
        try:
            if canonical(parsed(stored)) != stored:
                self._report("answer", position, command_id=command_id, detail="不是规范 JSON / not canonical JSON")
            answer: Answer = ANSWER.validate_json(stored)
        except (ValueError, TypeError, AttributeError, NotCanonical) as error:
            self._report("answer", position, command_id=command_id, detail=error)
            return
        if answer.command_id != command_id:
            self._report("answer", position, command_id=command_id, detail=f"≠ {answer.command_id}")
        claims = _claims(answer)
        if position != min(claims, default=None):
            self._report("answer", position, command_id=command_id, detail=f"position ≠ {min(claims, default=None)}")
        for at in claims.keys() & self._claims.keys():
            self._report("answer", at, command_id=command_id, detail="两个答复提到同一条 / two answers name one event")
        self._claims.update(claims)
        if answer.outcome == "recorded":
            self.heads.setdefault(answer.size, {})[command_id] = answer.head


def _claims(answer: Answer) -> dict[int, Claim]:
    if answer.outcome == "refused":
        return {answer.position: Claim(answer.command_id)} if answer.position is not None else {}
    return {e.position: Claim(answer.command_id, e.stream, e.version, e.name, e.leaf) for e in answer.events}
