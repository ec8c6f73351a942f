"""The checks of an examination that look at the log itself: positions, bytes, hashes, roots, versions. Each says where it fails."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from yishi.ledger.canonical import canonical, parsed
from yishi.ledger.errors import NotCanonical
from yishi.ledger.merkle import Frontier, leaf_hash
from yishi.ledger.verification import Report


class Row(NamedTuple):
    """One row of `stored_events` as it stands, whatever somebody may have made of it."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes
    leaf: bytes


class Commit(NamedTuple):
    last: int
    first: int
    root: bytes


class LogCheck:
    """Positions without a gap, each leaf the hash of its bytes, each root that of all bytes before it.

    `heads` are the roots that answers show, by the size they show them at: {size: {command id: root in hex}}.
    """

    def __init__(self, report: Report, commits: list[Commit], heads: Mapping[int, Mapping[str, str]]) -> None:
        self._report, self._heads = report, heads
        self._due = {c.last: c for c in commits}
        self.frontier = Frontier()  # over the bytes, not over the stored leaves
        self.last = 0
        self._wrong_roots = 0
        self._commits(commits)
        self._answers_at(0)

    def see(self, row: Row) -> None:
        if row.position != self.last + 1:
            self._report("gap", self.last + 1, first=self.last + 1, last=row.position - 1)
        self.last = row.position
        leaf = leaf_hash(row.state)
        if leaf != row.leaf:
            self._report("leaf", row.position)
        self.frontier.append(leaf)
        due = self._due.pop(row.position, None)
        if due is not None and due.root != self.frontier.root():
            self._wrong_roots += 1
            if self._wrong_roots == 1:
                self._report("root", due.first, first=due.first, last=due.last)
        self._answers_at(row.position)

    def end(self, issued: int) -> None:
        """`issued` is the highest position the store ever gave out."""
        if self._wrong_roots > 1:
            self._report("later_roots", self.last, count=self._wrong_roots - 1)
        if issued > self.last:
            self._report("cut_off", self.last + 1, issued=issued, last=self.last)
        for last in self._due:
            self._report("gap", last, first=last, last=last)
        if self.last > self._committed:
            self._report("uncommitted", self._committed + 1, first=self._committed + 1)

    def _commits(self, commits: list[Commit]) -> None:
        self._committed = 0
        for commit in commits:
            if commit.first != self._committed + 1 or commit.last < commit.first:
                self._report("commit", commit.first, wanted=self._committed + 1, found=commit.first)
            self._committed = commit.last

    def _answers_at(self, size: int) -> None:
        if self._wrong_roots:
            return  # said once; every later answer would say it again
        for command_id, head in self._heads.get(size, {}).items():
            if head != self.frontier.root().hex():
                self._report("answer_head", size or None, command_id=command_id, size=size)


class BytesCheck:
    """The bytes are their own canonical form, and say what their columns say."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def see(self, row: Row) -> Mapping[str, Any] | None:
        """The envelope's fields as plain JSON, or None when there is no reading them."""
        try:
            fields = parsed(row.state)
            if canonical(fields) != row.state:
                self._report("canonical", row.position, detail="其规范形式不同 / its canonical form differs")
        except (ValueError, RecursionError, NotCanonical) as error:
            self._report("canonical", row.position, detail=error)
            return None
        if not isinstance(fields, dict):
            self._report("canonical", row.position, detail="不是对象 / not an object")
            return None
        columns = {"stream": row.stream, "version": row.version, "name": row.topic}
        for column, found in columns.items():
            if fields.get(column) != found:
                self._report("column", row.position, column=column, found=found, stored=fields.get(column))
        return fields


class VersionCheck:
    """In each stream the versions run 1, 2, 3 …"""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.newest: dict[str, int] = {}

    def see(self, row: Row) -> None:
        wanted = self.newest.get(row.stream, 0) + 1
        if row.version != wanted:
            self._report("version", row.position, stream=row.stream, wanted=wanted, found=row.version)
        self.newest[row.stream] = row.version
