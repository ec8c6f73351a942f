"""Ballots that arrive together go into the box in one transaction, sorted: one COMMIT, then all are answered."""

import threading
from concurrent.futures import Future
from queue import Empty, SimpleQueue

import structlog

from yishi.ballots.urn import Cast, Put, Urn

log = structlog.get_logger(__name__)

GROUP = 500  # ballots in one transaction, at most
_Entry = tuple[Urn, Cast, "Future[Put]"]


class Casting:
    """Takes ballots from any thread; puts them into their boxes on its own."""

    def __init__(self, group: int = GROUP) -> None:
        self._group = group
        self._queue: SimpleQueue[_Entry | None] = SimpleQueue()
        self._closing = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="ballots", daemon=True)
        self._thread.start()

    def put(self, urn: Urn, cast: Cast) -> "Future[Put]":
        """A ballot for a box; its future is done once it is on the disk, or fails as the disk did.

        Raises:
            RuntimeError: this was closed.
        """
        future: Future[Put] = Future()
        with self._gate:
            if self._closing:
                raise RuntimeError("no more ballots are taken: the service ends")
            self._queue.put((urn, cast, future))
        return future

    def close(self) -> None:
        """Finish what waits."""
        with self._gate:
            if not self._closing:
                self._closing = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._waiting()
            for urn in {id(urn): urn for urn, _, _ in group}.values():
                self._write(urn, [(cast, future) for of, cast, future in group if of is urn])

    def _waiting(self) -> tuple[list[_Entry], bool]:
        group: list[_Entry] = []
        entry = self._queue.get()
        while entry is not None:
            if entry[2].set_running_or_notify_cancel():
                group.append(entry)
            if len(group) == self._group:
                break
            try:
                entry = self._queue.get_nowait()
            except Empty:
                break
        return group, entry is not None

    def _write(self, urn: Urn, group: list[tuple[Cast, "Future[Put]"]]) -> None:
        try:
            told = urn.put([cast for cast, _ in group])
        except Exception as error:
            log.error("ballots.group_failed", ballots=len(group), error=type(error).__name__)
            for _, future in group:
                future.set_exception(error)
            return
        for (_, future), put in zip(group, told, strict=True):
            future.set_result(put)
