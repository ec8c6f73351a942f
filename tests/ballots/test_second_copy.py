"""Ballot boxes in the second copy: sealed, going on from it, and telling no more of who cast which ballot than the box itself."""

import random
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from domain.ballot.form import Ballot
from tests.ballots.house import HERE, House, house
from yishi.ballots.boxes import Boxes
from yishi.ballots.troubles import BoxAsleep
from yishi.ballots.urn import Cast, Put, SqliteUrn, copied, looked_at
from yishi.folder import DataFolder
from yishi.law import LawLibrary
from yishi.mirror import Mirror, restore
from yishi.mirror.boxes import APART
from yishi.mirror.restoring import MirrorBroken
from yishi.record import deciders
from yishi.scrutineers.keys import ceremony

MADE = ceremony(2, 3)
AGAINST, FOR = Ballot(("against", "against")), Ballot(("for", "against"))
OPEN, CLOSED = "ballots/testtown.17-9.b.open", "ballots/testtown.17-9.b.box"
SECONDS = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with DataFolder.open(tmp_path / "data", "real") as opened:
        return opened.path


@pytest.fixture
def here(folder: Path) -> Iterator[House]:
    with house(folder, MADE) as there:
        yield there


@pytest.fixture
def mirror(here: House, tmp_path: Path) -> Iterator[Mirror]:
    """Told of every act and of ballots as the engine has it."""
    with Mirror(here.folder, tmp_path / "copy") as kept:
        here.ledger.after_commit(kept.wake)
        here.boxes = Boxes(here.folder, here.ledger, changed=kept.wake)
        yield kept


def settled(mirror: Mirror, copy: Path, name: str, ballots: int = 0) -> bool:
    """Wait until a box's file is in the copy, with so many ballots in it at least."""

    def there(_: object) -> bool:
        return (copy / name).exists() and (not ballots or looked_at(copy / name).ballots >= ballots)

    mirror.wake()
    mirror.wait_until(there, SECONDS)
    return there(None)


async def cast(here: House, first: int, last: int, ballot: Ballot = AGAINST) -> None:
    for n in range(first, last + 1):
        assert await here.votes(f"d{n:03}", ballot) is Put.TAKEN


async def test_a_lost_laptops_box_goes_on_from_the_copy_once_key_holders_wake_it(
    here: House, mirror: Mirror, tmp_path: Path
):
    await cast(here, 1, 12, FOR)
    assert settled(mirror, tmp_path / "copy", OPEN, APART)
    here.close()
    mirror.close()
    kept = looked_at(tmp_path / "copy" / OPEN).ballots
    shutil.copytree(tmp_path / "copy", tmp_path / "stick")  # as it was when the laptop fell into the tea
    restore(tmp_path / "stick", tmp_path / "new", deciders(), LawLibrary)

    with house(tmp_path / "new", MADE) as again:
        told = again.boxes.told(HERE, "b")
        assert (told["asleep"], told["issued"], told["returned"]) == (True, 12, kept)
        with pytest.raises(BoxAsleep):
            await again.votes("d001", AGAINST)
        again.wake(MADE.shares[1:])
        retried = [await again.votes(f"d{n:03}", FOR) for n in range(1, 13)]
        assert (retried.count(Put.OTHER), retried.count(Put.TAKEN)) == (kept, 12 - kept)  # who is in the copy has voted
        assert (await again.shut()).outcome == "recorded"
        figures = again.counted().fields["figures"]
        assert (figures["returned"], figures["lines"][0]["in_favour"]) == (12, 12)


async def test_no_two_states_of_an_open_box_in_the_copy_are_one_ballot_apart(
    here: House, mirror: Mirror, tmp_path: Path
):
    seen = set()
    for n in range(1, 26):
        await cast(here, n, n)
        mirror.wake()
        mirror.wait_until(lambda standing: standing.head is not None, SECONDS)
        assert n not in (12, 25) or settled(mirror, tmp_path / "copy", OPEN, n // 12 * APART), (
            "it falls no further behind"
        )
        if (tmp_path / "copy" / OPEN).exists():
            seen.add(looked_at(tmp_path / "copy" / OPEN).ballots)

    states = sorted(seen)
    assert len(states) > 1
    assert all(later - earlier >= APART for earlier, later in pairwise(states))


async def test_when_a_box_is_closed_its_open_file_is_destroyed_in_the_copy_too_and_the_sealed_ballots_are_there(
    here: House, mirror: Mirror, tmp_path: Path
):
    await cast(here, 1, 11)
    assert settled(mirror, tmp_path / "copy", OPEN)
    await here.shut()
    gone = mirror.wait_until(lambda _: not (tmp_path / "copy" / OPEN).exists(), SECONDS)

    assert gone.state == "current" and not (tmp_path / "copy" / OPEN).exists()
    assert (tmp_path / "copy" / CLOSED).read_bytes() == (here.folder / CLOSED).read_bytes()
    mirror.close()
    restore(tmp_path / "copy", tmp_path / "new", deciders(), LawLibrary)
    with house(tmp_path / "new", MADE) as again:
        assert again.counted().fields["figures"]["returned"] == 11


async def test_a_box_lost_between_its_closing_and_its_writing_out_is_whole_in_the_copy(
    here: House, mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Boxes, "_settle", lambda *_: None)  # the laptop dies right after the act
    await cast(here, 1, 13)
    await here.shut()
    mirror.close()
    monkeypatch.undo()
    restore(tmp_path / "copy", tmp_path / "new", deciders(), LawLibrary)

    with house(tmp_path / "new", MADE) as again:
        assert len(again.boxes.ballots(HERE, "b")) == 13
        assert not (tmp_path / "new" / OPEN).exists()


@pytest.mark.parametrize("name", [OPEN, CLOSED])
async def test_a_box_that_was_changed_on_the_stick_is_not_restored(
    here: House, mirror: Mirror, tmp_path: Path, name: str
):
    await cast(here, 1, 10)
    if name == CLOSED:
        await here.shut()
    assert settled(mirror, tmp_path / "copy", name)
    mirror.close()
    content = bytearray((tmp_path / "copy" / name).read_bytes())
    content[-200] ^= 1
    (tmp_path / "copy" / name).write_bytes(content)

    with pytest.raises(MirrorBroken, match="box b"):
        restore(tmp_path / "copy", tmp_path / "new", deciders(), LawLibrary)
    assert not (tmp_path / "new").exists()


async def test_the_sealed_ballots_of_a_closed_box_are_missed_until_it_was_opened(here: House, tmp_path: Path):
    from yishi.ballots.examined import examined  # noqa: PLC0415

    await cast(here, 1, 3)
    await here.shut()
    kept = (here.folder / CLOSED).read_bytes()
    (here.folder / CLOSED).unlink()
    found = examined(here.folder, deciders(), here.laws)
    assert [failure.check for failure in found.failures] == ["box_missing"] and found.exit_code == 1
    (here.folder / CLOSED).write_bytes(kept)
    assert examined(here.folder, deciders(), here.laws).exit_code == 0
    here.counted()
    (here.folder / CLOSED).unlink()  # destroyed when the time for challenges was over

    assert examined(here.folder, deciders(), here.laws).exit_code == 0


def test_the_copy_of_a_box_is_the_same_byte_for_byte_in_whatever_order_and_groups_its_ballots_came(tmp_path: Path):
    casts = [Cast(random.Random(n).randbytes(32), random.Random(n + 999).randbytes(1200)) for n in range(60)]
    seen = set()
    for turn, group in enumerate((1, 7, 60)):
        random.Random(turn).shuffle(casts)
        urn = SqliteUrn(tmp_path / f"{turn}.open", {"check": b"c"})
        for at in range(0, 60, group):
            assert set(urn.put(casts[at : at + group])) == {Put.TAKEN}
        copied(tmp_path / f"{turn}.open", tmp_path / f"{turn}.copy")
        urn.close()
        content = bytearray((tmp_path / f"{turn}.copy").read_bytes())
        content[24:28] = content[92:96] = bytes(4)  # SQLite's own count of the file's transactions
        seen.add(bytes(content))

    assert len(seen) == 1


def test_a_copy_joins_no_token_to_its_ballot(tmp_path: Path):
    urn = SqliteUrn(tmp_path / "b.open", {"check": b"c"})
    casts = [Cast(random.Random(n).randbytes(32), random.Random(n + 999).randbytes(1200)) for n in range(40)]
    urn.put(casts)
    copied(tmp_path / "b.open", tmp_path / "b.copy")
    urn.close()
    content = (tmp_path / "b.copy").read_bytes()
    tokens = sorted((content.index(each.token_hash), at) for at, each in enumerate(casts))
    ballots = sorted((content.index(each.sealed[:64]), at) for at, each in enumerate(casts))

    assert [at for _, at in tokens] != [at for _, at in ballots]
    assert [casts[at].token_hash for _, at in tokens] in (
        sorted(each.token_hash for each in casts), sorted((each.token_hash for each in casts), reverse=True),
    )  # fmt: skip
