"""What was changed behind the ledger's back is found, and its place is named."""

import shutil
from pathlib import Path

import pytest

from domain.event import Event
from domain.law import LawBook
from tests.ledger.kinds import Kind, rows, tampered
from tests.ledger.toy import DECIDERS, HALL, NINE, Hall, ToyDecider, ToyLaws, bring, sit
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger
from yishi.ledger.merkle import leaf_hash
from yishi.ledger.verification import Outcome, Verification
from yishi.ledger.verify import NOTHING, verify


@pytest.fixture
def folder(tmp_path: Path, kind: Kind) -> Path:
    """A closed ledger of nine events in eight commits, with a refusal, sign-ins and a file of evidence."""
    folder = kind.made(tmp_path / "会议")
    sheet = tmp_path / "签到表.txt"
    sheet.write_text("一二三")
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
        evidence = EvidenceStore(folder).keep(sheet)
        ledger.record_now(bring("c1", 3, evidence=(evidence,)))
        ledger.record_now(bring("c2", 5, note="喆䶮"))
        ledger.record_now(bring("c3", 999))  # refused, at position 3
        for n in range(4, 8):
            ledger.record_now(sit(f"c{n}", f"d{n}"))
        ledger.record_now(sit("again", "d4"))  # already so: no event
        ledger.record_now(bring("c8", 1, times=2))
    return folder


def examined(folder: Path) -> Verification:
    return verify(folder, DECIDERS, ToyLaws())


def tamper(kind: Kind, folder: Path, *statements: str) -> Verification:
    tampered(kind, folder, *statements)
    return examined(folder)


def found(verification: Verification) -> set[tuple[str, int | None]]:
    return {(f.check, f.position) for f in verification.failures}


def test_an_untouched_copy_is_verified(folder: Path) -> None:
    verification = examined(folder)
    assert verification.failures == ()
    assert (verification.outcome, verification.exit_code) == (Outcome.VERIFIED, 0)
    assert (verification.events, verification.commits, verification.commands) == (9, 8, 9)
    assert verification.unfolded == ("refused",)


def test_a_ledger_is_verified_while_it_is_being_written(tmp_path: Path, kind: Kind) -> None:
    folder = kind.made(tmp_path / "new")
    with Ledger(folder, DECIDERS, ToyLaws()) as ledger:
        ledger.record_now(bring("a"))
        assert examined(folder).outcome is Outcome.VERIFIED


@pytest.mark.only("sqlite", why="a database is not copied as a file")
def test_a_copy_taken_while_the_ledger_is_open_holds_its_newest_commit(tmp_path: Path, kind: Kind) -> None:
    with Ledger(tmp_path / "open", DECIDERS, ToyLaws()) as ledger:
        ledger.record_now(bring("a"))
        shutil.copytree(tmp_path / "open", tmp_path / "copy")
        verification = examined(tmp_path / "copy")
        assert (verification.outcome, verification.head) == (Outcome.VERIFIED, ledger.head().root)


def test_no_events_is_not_green(tmp_path: Path, kind: Kind) -> None:
    folder = kind.made(tmp_path / "new")
    Ledger(folder, DECIDERS, ToyLaws()).close()
    verification = examined(folder)
    assert (verification.exit_code, verification.why) == (2, NOTHING)


@pytest.mark.only("sqlite", why="the file is missing or is none")
def test_a_folder_without_a_ledger_cannot_be_decided_on(tmp_path: Path, kind: Kind) -> None:
    assert examined(tmp_path).exit_code == 2
    (tmp_path / "ledger.db").write_bytes(b"x" * 5000)
    assert examined(tmp_path).exit_code == 2


TAMPERINGS: dict[str, tuple[list[str], set[tuple[str, int | None]]]] = {
    "a byte of the bytes": (
        ["UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), 'd4', 'd9') AS BLOB) WHERE position = 4"],
        {("leaf", 4), ("root", 4)},
    ),
    "a byte that makes it no JSON": (
        ["UPDATE stored_events SET state = x'7A' || substr(state, 2) WHERE position = 4"],
        {("canonical", 4), ("unreadable", 4), ("leaf", 4)},
    ),
    "a space between": (
        ["UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), ':', ': ') AS BLOB) WHERE position = 4"],
        {("canonical", 4), ("leaf", 4)},
    ),
    "the name": (
        ["UPDATE stored_events SET topic = 'toy.attempt-kept.v1' WHERE position = 4"],
        {("column", 4), ("unreadable", 4), ("answer", 4)},
    ),
    "a name nobody knows": (
        ["UPDATE stored_events SET topic = 'toy.unheard-of.v1' WHERE position = 4"],
        {("column", 4), ("unknown", 4)},
    ),
    "the version": (
        ["UPDATE stored_events SET originator_version = 77 WHERE position = 4"],
        {("column", 4), ("version", 4), ("unreadable", 4)},
    ),
    "the stream": (
        ["UPDATE stored_events SET originator_id = 'yuanhua/17-9/toy/2' WHERE position = 4"],
        {("column", 4), ("version", 4)},
    ),
    "a byte of the leaf": (
        ["UPDATE stored_events SET leaf = x'00' || substr(leaf, 2) WHERE position = 4"],
        {("leaf", 4), ("answer", 4)},
    ),
    "a row taken out": (["DELETE FROM stored_events WHERE position = 4"], {("gap", 4), ("answer", 4), ("root", 5)}),
    "the last row cut off": (
        ["DELETE FROM stored_events WHERE position = 9"],
        {("cut_off", 9), ("gap", 9), ("answer", 9)},
    ),
    "the last act cut off with its root and its answer": (
        [
            "DELETE FROM stored_events WHERE position >= 8",
            "DELETE FROM commits WHERE last_position = 9",
            "DELETE FROM commands WHERE command_id = 'c8'",
        ],
        {("cut_off", 8)},
    ),
    "everything taken out": (["DELETE FROM stored_events"], {("cut_off", 1), ("answer", 1)}),
    "two rows exchanged": (
        [
            "UPDATE stored_events SET position = 1000 WHERE position = 4",
            "UPDATE stored_events SET position = 4 WHERE position = 6",
            "UPDATE stored_events SET position = 6 WHERE position = 1000",
        ],
        {("root", 4), ("version", 4), ("version", 6), ("no_answer", 4), ("no_answer", 6)},
    ),
    "a root": (["UPDATE commits SET root = x'00' || substr(root, 2) WHERE last_position = 4"], {("root", 4)}),
    "a root taken out": (["DELETE FROM commits WHERE last_position = 4"], {("commit", 5)}),
    "the last root taken out": (["DELETE FROM commits WHERE last_position = 9"], {("uncommitted", 8)}),
    "an answer taken out": (["DELETE FROM commands WHERE command_id = 'c4'"], {("no_answer", 4)}),
    "an answer's event": (
        [
            "UPDATE commands SET answer = CAST(replace(CAST(answer AS TEXT), '\"position\":4', '\"position\":5') AS BLOB)"
            " WHERE command_id = 'c4'"
        ],
        {("no_answer", 4), ("answer", 4), ("answer", 5)},
    ),
    "an answer's root": (
        [
            "UPDATE commands SET answer = CAST(replace(CAST(answer AS TEXT), '\"size\":4', '\"size\":2') AS BLOB)"
            " WHERE command_id = 'c4'"
        ],
        {("answer_head", 2)},
    ),
    "the attendance index": (["UPDATE attendance SET present = 0 WHERE deputy = 'd4'"], {("attendance", 4)}),
    "somebody added to the attendance index": (
        [f"INSERT INTO attendance VALUES ('{HALL}', 'plenary-1', 'ghost', 1)"],
        {("attendance", None)},
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_tampered_with_is_reported_with_its_position(kind: Kind, folder: Path, what: str) -> None:
    statements, wanted = TAMPERINGS[what]
    verification = tamper(kind, folder, *statements)
    assert verification.exit_code == 1
    assert wanted <= found(verification), [str(f) for f in verification.failures]


def state_at(kind: Kind, folder: Path, position: int) -> bytes:
    return bytes(rows(kind, folder, f"SELECT state FROM stored_events WHERE position = {position}")[0][0])


def test_every_single_byte_of_every_event_is_under_proof(kind: Kind, folder: Path) -> None:
    state = state_at(kind, folder, 2)
    for at in range(0, len(state), 7 if kind.name == "sqlite" else 77):
        changed = state[:at] + bytes([state[at] ^ 1]) + state[at + 1 :]
        statement = "UPDATE stored_events SET state = x'{}' WHERE position = 2"
        assert ("leaf", 2) in found(tamper(kind, folder, statement.format(changed.hex())))
        tampered(kind, folder, statement.format(state.hex()))
    assert examined(folder).outcome is Outcome.VERIFIED


def test_a_forger_who_recomputes_the_leaf_is_found_by_the_root_and_by_the_answer(kind: Kind, folder: Path) -> None:
    forged = state_at(kind, folder, 2).replace(b'"chairs":5', b'"chairs":6')
    verification = tamper(
        kind,
        folder,
        f"UPDATE stored_events SET state = x'{forged.hex()}', leaf = x'{leaf_hash(forged).hex()}' WHERE position = 2",
    )
    assert {("root", 2), ("answer", 2), ("later_roots", 9)} == found(verification)


def test_a_trigger_that_was_removed_is_missed(kind: Kind, folder: Path) -> None:
    with kind.owner(folder) as db:
        db.execute("DROP TRIGGER stored_events_no_update" + (" ON stored_events" if kind.name == "postgres" else ""))
    assert found(examined(folder)) == {("guard", None)}


@pytest.mark.only("postgres", why="guards of its own")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE commits DISABLE TRIGGER commits_no_delete",
        "ALTER TABLE commits ENABLE TRIGGER commits_no_delete",  # but not for a replication role any more
        "CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE OR REPLACE FUNCTION hold() RETURNS void LANGUAGE plpgsql AS 'BEGIN END'",
    ],
)
def test_a_trigger_that_was_put_to_sleep_or_made_to_do_nothing_is_missed(
    kind: Kind, folder: Path, statement: str
) -> None:
    with kind.owner(folder) as db:
        db.execute(statement)
    assert found(examined(folder)) == {("guard", None)}


def test_a_missing_and_an_altered_file_of_evidence_are_told_apart(folder: Path) -> None:
    (file,) = (folder / "evidence").iterdir()
    file.write_text("一二四")
    assert found(examined(folder)) == {("evidence_altered", 1)}
    file.unlink()
    assert found(examined(folder)) == {("evidence_missing", 1)}


def test_a_law_book_that_is_gone_is_named_where_it_was_first_used(folder: Path) -> None:
    class NoLaws(ToyLaws):
        def edition(self, digest: str) -> LawBook:
            raise KeyError(digest)

    assert found(verify(folder, DECIDERS, NoLaws())) == {("edition", 1)}


def test_an_event_that_does_not_fold_is_named(folder: Path) -> None:
    class Forgetful(ToyDecider):
        def evolve(self, state: Hall, event: Event) -> Hall:
            if event.name == "toy.sat-down.v1":
                raise NotImplementedError
            return super().evolve(state, event)

    assert found(verify(folder, {"toy": Forgetful()}, ToyLaws())) == {("fold", 4)}


@pytest.mark.only("sqlite", why="it damages a page of the file")
def test_a_damaged_page_is_a_finding_and_not_a_crash(folder: Path) -> None:
    data = bytearray((folder / "ledger.db").read_bytes())
    data[4096 * 2 : 4096 * 3] = b"\xff" * 4096
    (folder / "ledger.db").write_bytes(data)
    assert examined(folder).exit_code == 1
