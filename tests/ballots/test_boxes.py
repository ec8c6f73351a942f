"""A ballot from its issue to the count: nobody's is lost, nobody has two, and nothing opens before its time."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from domain.ballot.closing import CloseBox
from domain.ballot.form import Ballot, everybody
from domain.refusals import Refusal
from domain.submission import Answer, Receipt, Submission
from domain.text import Text
from tests.ballots.boxes import form
from tests.ballots.house import CHAIR, HERE, HOLDERS, SCRUTINEER, House, house
from yishi.ballots.troubles import (
    BoxAsleep,
    BoxLost,
    BoxShut,
    NoBallotsYet,
    NoSuchBox,
    NotAToken,
    NotItsKey,
    NotThatLong,
)
from yishi.ballots.urn import Put
from yishi.engine import NotTaken, PlayedDifferently, SignatureFails
from yishi.scrutineers.keys import Ceremony, NotOfThisBox, ceremony
from yishi.scrutineers.opening import NotWhole, opened
from yishi.sealed.shares import SharesDoNotFit

FOR_FIRST = Ballot(("for", "against"))
FOR_OTHER = Ballot(("against", "against"), ("d040",))
MADE = ceremony(2, 3)


async def test_what_is_cast_is_counted_and_attested(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        for deputy in ("d001", "d002", "d003"):
            assert await here.votes(deputy, FOR_FIRST) is Put.TAKEN
        assert await here.votes("d004", FOR_OTHER) is Put.TAKEN
        assert await here.votes("d005", Ballot(("for", "for"))) is Put.TAKEN
        await here.token("d006")
        assert (await here.shut()).outcome == "recorded"
        here.counted()

        closed, opened = here.box.closed, here.box.opened
        assert closed is not None and (closed.issued, closed.returned) == (6, 5)
        assert opened is not None and (figures := opened.figures) is not None
        assert [(line.person, line.in_favour, line.against) for line in figures.lines] == [
            ("d001", 3, 1),
            ("d002", 0, 4),
        ]
        assert [(w.person, w.in_favour) for w in figures.write_ins] == [("d040", 1)]
        assert (figures.valid, figures.void, opened.void) == (4, 1, {"overmarked": 1})
        assert here.box.state == "attested"


async def test_two_hundred_casts_at_once_by_one_deputy_leave_one_ballot(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        tokens = await asyncio.gather(*(here.token("d001") for _ in range(200)))
        assert len(set(tokens)) == 1
        told = await asyncio.gather(*(here.cast(t, here.sealed(FOR_FIRST)) for t in tokens))

        assert (told.count(Put.TAKEN), told.count(Put.OTHER)) == (1, 199)
        assert here.boxes.told(HERE, "b")["issued"] == here.boxes.told(HERE, "b")["returned"] == 1


class Denied(Exception):
    """What a door raises at somebody whose token does not allow it."""


@pytest.mark.parametrize(
    ("fault", "goes_on"),
    [
        (Denied(), True),
        (PlayedDifferently(why="-"), True),
        (SignatureFails(Text("-", "-"), "key"), True),
        (NotTaken(why="-"), False),
    ],
)
async def test_a_closing_that_is_certainly_not_recorded_does_not_interrupt_the_ballot(
    tmp_path: Path, fault: Exception, goes_on: bool
):
    async def failing(submission: Submission) -> Answer:
        raise fault

    with house(tmp_path, MADE) as here:
        token = await here.token("d001")
        with pytest.raises(type(fault)):
            await here.boxes.shut(failing, HERE, "b", CHAIR, here.now, "close")
        if goes_on:
            assert await here.cast(token, here.sealed(FOR_FIRST)) is Put.TAKEN
        else:  # it may be on record yet
            fault = Denied()
            with pytest.raises(Denied):
                await here.boxes.shut(failing, HERE, "b", CHAIR, here.now, "close-2")
            with pytest.raises(BoxShut):
                await here.cast(token, here.sealed(FOR_FIRST))
        assert (await here.shut()).outcome == "recorded"


async def test_the_same_sealed_ballot_sent_again_is_there_once_also_after_a_restart_and_after_the_closing(
    tmp_path: Path,
):
    with house(tmp_path, MADE) as here:
        token, sealed = await here.token("d001"), here.sealed(FOR_FIRST)
        assert [await here.cast(token, sealed) for _ in range(3)] == [Put.TAKEN] * 3
        assert await here.cast(token, here.sealed(FOR_FIRST)) is Put.OTHER
    with house(tmp_path, MADE) as again:
        assert await again.cast(token, sealed) is Put.TAKEN
        await again.shut()
        assert await again.cast(token, sealed) is Put.TAKEN
        with pytest.raises(BoxShut):
            await again.cast(token, again.sealed(FOR_OTHER))
        assert again.box.closed is not None and again.box.closed.returned == 1


async def test_a_copy_of_somebody_elses_sealed_ballot_is_not_taken(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        sealed = here.sealed(FOR_FIRST)
        assert await here.cast(await here.token("d001"), sealed) is Put.TAKEN
        assert await here.cast(await here.token("d002"), sealed) is Put.COPY


async def test_a_token_that_was_never_issued_casts_nothing(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await here.token("d001")
        for token in (bytes(32), b"short"):
            with pytest.raises((NotAToken, NotThatLong)):
                await here.cast(token, here.sealed(FOR_FIRST))
        with pytest.raises(NotThatLong):
            await here.cast(await here.token("d001"), here.sealed(FOR_FIRST)[:-1])
        with pytest.raises(NoSuchBox):
            await here.boxes.cast(HERE, "c", bytes(32), b"")
        assert here.boxes.told(HERE, "b")["returned"] == 0


async def test_a_rule_against_issuing_is_told_and_leaves_no_token(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        told = await here.boxes.issue(here.submit, HERE, "b", "d040", SCRUTINEER, here.now)

        assert isinstance(told, Refusal) and told.reason == "NotSignedInByName"


async def test_after_a_restart_the_box_sleeps_until_enough_key_holders_wake_it(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        token = await here.token("d001")
        assert await here.votes("d002", FOR_FIRST) is Put.TAKEN
    with house(tmp_path, MADE) as again:
        for trying in (again.token("d003"), again.cast(token, again.sealed(FOR_FIRST))):
            with pytest.raises(BoxAsleep):
                await trying
        with pytest.raises(SharesDoNotFit):
            again.wake(MADE.shares[:1])
        with pytest.raises(NotOfThisBox):
            again.wake(ceremony(2, 3).shares[:2])
        with pytest.raises(NotItsKey):
            again.boxes.wake(HERE, "b", bytes(32))
        again.wake(MADE.shares[1:])
        assert await again.token("d001") == token
        assert await again.cast(token, again.sealed(FOR_FIRST)) is Put.TAKEN
        assert again.boxes.told(HERE, "b")["returned"] == 2
        assert not again.boxes.told(HERE, "b")["asleep"]


async def test_a_sleeping_box_can_be_closed_and_counted(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await here.votes("d001", FOR_FIRST)
    with house(tmp_path, MADE) as again:
        assert (await again.shut()).outcome == "recorded"
        assert again.counted().fields["figures"]["valid"] == 1


async def test_nothing_opens_before_the_closing_nor_with_one_share_too_few(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await here.votes("d001", FOR_FIRST)
        with pytest.raises(NoBallotsYet):
            here.boxes.ballots(HERE, "b")
        await here.shut()
        for shares in (MADE.shares[:1], (MADE.shares[0], MADE.shares[0]), ()):
            with pytest.raises(SharesDoNotFit):
                here.opened(shares)
        with pytest.raises(NotOfThisBox):
            here.opened((MADE.shares[0], ceremony(2, 3).shares[1]))
        assert here.opened(MADE.shares[1:]).fields == here.opened(MADE.shares[:2]).fields


async def test_ballots_handed_out_otherwise_than_they_were_closed_are_not_opened(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await here.votes("d001", FOR_FIRST)
        await here.shut()
        closed, ballots = here.box.closed, here.boxes.ballots(HERE, "b")
        assert closed is not None
        for others in ([here.sealed(FOR_OTHER)], [], ballots * 2):
            with pytest.raises(NotWhole):
                opened(form(), MADE.keys, closed.issued, closed.returned, closed.root, others, MADE.shares)


async def test_after_the_closing_no_ballot_is_issued_or_cast_and_tokens_are_gone(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        token = await here.token("d001")
        await here.shut()
        with pytest.raises(BoxShut):
            await here.cast(token, here.sealed(FOR_FIRST))
        with pytest.raises(BoxShut):
            await here.token("d001")
        assert [path.name for path in (tmp_path / "ballots").iterdir()] == ["testtown.17-9.b.box"]
        assert await here.shut() == await here.shut()


async def test_ballots_that_come_while_the_box_is_closed_are_in_it_or_refused_and_never_between(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        tokens = [await here.token(f"d{n:03}") for n in range(1, 31)]

        async def cast(token: bytes) -> bool:
            try:
                return await here.cast(token, here.sealed(FOR_FIRST)) is Put.TAKEN
            except BoxShut:
                return False

        told = await asyncio.gather(*(cast(t) for t in tokens[:15]), here.shut(), *(cast(t) for t in tokens[15:]))
        closed = here.box.closed
        assert closed is not None
        assert closed.returned == len(here.boxes.ballots(HERE, "b")) == [t is True for t in told].count(True)


async def test_a_closing_that_is_refused_leaves_the_box_open(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        token = await here.token("d001")
        nobody = here.boxes.shut(
            here.submit, HERE, "b", SCRUTINEER.model_copy(update={"office": "deputy"}), here.now, "no"
        )
        assert (await nobody).outcome == "refused"
        assert await here.cast(token, here.sealed(FOR_FIRST)) is Put.TAKEN


async def test_killed_between_the_record_of_the_closing_and_its_files_the_next_start_ends_it(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await here.votes("d001", FOR_FIRST)
        returned, root, _ = here.boxes._fenced(HERE, here.box, lost=False)
        here.does(CloseBox(box="b", returned=returned, root=root))
    assert (tmp_path / "ballots" / "testtown.17-9.b.open").exists()
    with house(tmp_path, MADE) as again:
        assert not (tmp_path / "ballots" / "testtown.17-9.b.open").exists()
        assert again.counted().fields["figures"]["valid"] == 1


async def test_a_box_whose_file_is_gone_is_not_begun_anew_and_closes_with_none_only_when_somebody_says_so(
    tmp_path: Path,
):
    with house(tmp_path, MADE) as here:
        await here.votes("d001", FOR_FIRST)
    (tmp_path / "ballots" / "testtown.17-9.b.open").unlink()
    with house(tmp_path, MADE) as again:
        with pytest.raises(BoxLost):
            await again.token("d002")
        with pytest.raises(BoxLost):
            await again.shut()
        told = await again.shut("lost", lost=True)
        assert isinstance(told, Receipt)
        assert again.box.closed is not None and (again.box.closed.issued, again.box.closed.returned) == (1, 0)


async def test_a_box_in_which_nothing_was_cast_closes_and_counts_as_empty(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await here.shut()
        assert here.counted().fields["figures"]["returned"] == 0


@pytest.mark.parametrize(("point", "kept"), [("before", 1), ("within", 1), ("after", 2)])
async def test_a_process_killed_with_a_ballot_on_its_way_leaves_it_once_when_it_is_sent_again(
    tmp_path: Path, point: str, kept: int
):
    made = ceremony(2, 3)
    token, sealed = await asyncio.to_thread(told_before_it_died, tmp_path, point, made)
    with house(tmp_path, made) as again:
        assert again.boxes.told(HERE, "b")["returned"] == kept
        again.wake(made.shares[:2])
        assert await again.cast(token, sealed) is Put.TAKEN
        assert await again.cast(token, sealed) is Put.TAKEN
        await again.shut()
        assert again.counted().fields["figures"]["valid"] == 2


def test_who_holds_the_shares_is_on_record_and_the_service_keeps_none_of_them(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        asyncio.run(_vote(here))
        assert here.box.sealed.holders == HOLDERS
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert all(share.value not in stored and str(share).encode() not in stored for share in MADE.shares)


async def _vote(here: House) -> None:
    await here.votes("d001", everybody(here.form, "abstain"))


def told_before_it_died(folder: Path, point: str, made: Ceremony) -> tuple[bytes, bytes]:
    """The token and the sealed ballot with which another process was killed."""
    shares = map(str, made.shares)
    died = subprocess.run(
        [sys.executable, "-m", "tests.ballots.house", folder, point, made.keys.model_dump_json(), *shares],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert died.returncode == -9, died.stderr
    token, sealed = died.stdout.splitlines()[-1].split()
    return bytes.fromhex(token), bytes.fromhex(sealed)
