"""The whole record examined, its ballot boxes with it: what lies beside the ledger must be what the ledger says was closed."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from domain.ballot.box import Box, BoxSealed
from domain.ballot.issue import issued_list
from domain.ports import Decider, LawBooks
from yishi.ballots.boxes import CHECK, KEY, file_of, sealed_up
from yishi.ballots.urn import SqliteUrn, looked_at, wrong_in
from yishi.ledger.merkle import leaf_hash, root_of
from yishi.ledger.reader import LedgerReader
from yishi.ledger.verification import Failure, Outcome, Verification
from yishi.ledger.verify import verify
from yishi.sealed.hpke import OVERHEAD


def examined(folder: Path, deciders: Mapping[str, Decider], laws: LawBooks) -> Verification:
    """`yishi.ledger.verify.verify`, and then the boxes.

    That the sealed ballots of a closed box are gone is a failure until it was opened; afterwards they may have been destroyed in due time.
    An open box without its file is told where ballots are cast or the box is closed, not here: closing it as lost is the office's to decide.
    """
    found = verify(folder, deciders, laws)
    if found.outcome is not Outcome.VERIFIED:
        return found
    ledger = LedgerReader(folder, deciders)
    try:
        wrong = tuple(_wrong_boxes(folder, ledger))
    finally:
        ledger.close()
    return replace(found, outcome=Outcome.BROKEN, failures=wrong) if wrong else found


def _wrong_boxes(folder: Path, ledger: LedgerReader) -> Iterator[Failure]:
    for stream in ledger.streams_with(BoxSealed.name):
        session = stream.removesuffix("/session/1")
        for code, box in ledger.state(stream).boxes.items():
            issued = len(ledger.present(stream, issued_list(code)))
            if (said := _wrong(folder, session, box, issued)) is not None:
                check, detail = said
                yield Failure(check, None, {"box": code, "session": session, "detail": detail})


def _wrong(folder: Path, session: str, box: Box, issued: int) -> tuple[str, str] | None:
    """The check of one box that failed, and how; None when it is as recorded."""
    code, size = box.form.box, box.form.size + OVERHEAD
    open_, closed = (file_of(folder, session, code, end) for end in ("open", "box"))
    if box.closed is None:
        if not open_.exists():
            return None
        if wrong := wrong_in(open_, size):
            return "box_altered", wrong
        there = looked_at(open_)
        if not {CHECK, KEY} <= there.about.keys() or there.ballots > issued:
            return "box_altered", f"{there.ballots} > {issued}"
        return None
    if not box.closed.returned:
        return None
    if closed.exists():
        try:
            return _against(box, list(sealed_up(closed)))
        except ValueError as wrong:
            return "box_altered", str(wrong)
    if open_.exists() and not wrong_in(open_, size):
        with closing(SqliteUrn(open_)) as urn:
            return _against(box, urn.ballots())
    return None if box.opened is not None else ("box_missing", "")


def _against(box: Box, ballots: list[bytes]) -> tuple[str, str] | None:
    assert box.closed is not None
    root = root_of(map(leaf_hash, sorted(ballots))).hex()
    return None if root == box.closed.root else ("box_altered", f"{root[:12]} ≠ {box.closed.root[:12]}")
