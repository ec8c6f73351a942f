"""The gates of secrecy (notes §2.5, S1-S9): everything that is stored, told or logged is searched for who voted how.

The same poll is held twice, two voters' choices exchanged and the order of casting turned round, the order of issuing the same. What differs may
be ciphertext, and hashes over ciphertext, and nothing else.
"""

import asyncio
import json
import random
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from domain.ballot.form import Ballot, written
from domain.session.state import Session
from tests.ballots.boxes import form
from tests.ballots.house import HERE, HOLDERS, House, house
from tests.ledger.kinds import TABLES, kind_of, rows, stored_bytes
from yishi.api.box_calls import box_calls
from yishi.api.faults import tell_faults
from yishi.ballots.boxes import Boxes
from yishi.ballots.urn import Cast, Put, SqliteUrn
from yishi.client.ballots import Paper, SealedBallot
from yishi.scrutineers.keys import ceremony
from yishi.sealed.hpke import Seal, from_text, to_text

MADE = ceremony(2, 3)
VOTERS = tuple(f"d{n:03}" for n in range(1, 13))
CHOICES = [
    Ballot(("for", "against")),
    Ballot(("against", "for")),
    Ballot(("abstain", "abstain")),
    Ballot(("against",) * 2, ("d040",)),
] * 3
EXCHANGED = [CHOICES[3], *CHOICES[1:3], CHOICES[0], *CHOICES[4:]]


async def poll(here: House, choices: Sequence[Ballot], order: Sequence[int]) -> dict[str, Any]:
    """Ballots issued in the order of the roll, cast in another; what is stored before the closing, and what at the end."""
    tokens = [await here.token(voter) for voter in VOTERS]
    for at in order:
        assert await here.cast(tokens[at], here.sealed(choices[at])) is Put.TAKEN
    during = dump(here.folder)
    told = here.boxes.told(HERE, "b")
    await here.shut()
    return {"during": during, "told": told, "came_out": here.counted(), "end": dump(here.folder)}


def dump(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the record, in the order in which the store gives them; but the id that a database knows it by."""
    found = {table: rows(kind_of(folder), folder, f"SELECT * FROM {table}") for table in TABLES}
    return found | {"meta": [row for row in found["meta"] if row[0] != "id"]}


def without_hashes(stored: dict[str, list[tuple[Any, ...]]]) -> str:
    """A dump without what is declared to differ: hashes over ciphertext, in hex or as bytes."""

    def plain(value: Any) -> Any:
        said = value.decode("utf-8", "replace") if isinstance(value, bytes) and len(value) != 32 else value
        return (
            "HASH"
            if isinstance(said, bytes)
            else re.sub(r"\b[0-9a-f]{64}\b", "HASH", said)
            if isinstance(said, str)
            else said
        )

    return json.dumps({table: [[plain(v) for v in row] for row in rows] for table, rows in stored.items()}, indent=1)


@pytest.fixture
async def twice(tmp_path: Path) -> list[dict[str, Any]]:
    found = []
    orders = list(range(len(VOTERS))), random.Random(7).sample(range(len(VOTERS)), len(VOTERS))
    for turn, choices, order in zip(("one", "two"), (CHOICES, EXCHANGED), orders, strict=True):
        with capture_logs() as logs, house(tmp_path / turn, MADE) as here:
            run = await poll(here, choices, order)
        files = {
            str(p.relative_to(tmp_path / turn)): p.stat().st_size
            for p in sorted((tmp_path / turn).rglob("*"))
            if p.is_file()
        }
        told = [{name: said for name, said in line.items() if name != "postgres"} for line in logs]  # where it lies
        found.append({**run, "logs": told, "files": files, "folder": tmp_path / turn})
    return found


async def test_s1_until_the_closing_the_record_is_the_same_byte_for_byte_whoever_chose_what(
    twice: list[dict[str, Any]],
):
    one, two = twice

    assert one["during"] == two["during"]
    assert one["told"] == two["told"]


async def test_s1_at_the_end_the_record_differs_in_hashes_over_ciphertext_alone(twice: list[dict[str, Any]]):
    one, two = twice

    assert without_hashes(one["end"]) == without_hashes(two["end"])
    assert one["end"] != two["end"]  # the comparison does see ciphertext, where there is any


async def test_s1_figures_and_the_file_of_ballots_in_clear_are_the_same_byte_for_byte(twice: list[dict[str, Any]]):
    one, two = (run["came_out"] for run in twice)

    assert one.file == two.file
    assert {k: v for k, v in one.fields.items() if k != "root"} == {k: v for k, v in two.fields.items() if k != "root"}


async def test_s1_the_logs_and_the_names_and_sizes_of_all_files_are_the_same(twice: list[dict[str, Any]]):
    one, two = twice

    assert one["logs"] == two["logs"]
    assert [line["event"] for line in one["logs"]]
    assert one["files"].keys() == two["files"].keys()
    boxes = [name for name in one["files"] if name.startswith("ballots/")]
    assert boxes == ["ballots/testtown.17-9.b.box"]
    assert all(one["files"][name] == two["files"][name] for name in boxes)


async def test_s1_the_same_run_with_one_vote_changed_is_seen_to_differ(tmp_path: Path):
    """The swap test can fail: totals that differ do show."""
    ends = []
    for turn, choices in (("one", CHOICES), ("two", [CHOICES[1], *CHOICES[1:]])):
        with house(tmp_path / turn, MADE) as here:
            ends.append(without_hashes((await poll(here, choices, range(len(VOTERS))))["end"]))

    assert ends[0] != ends[1]


class Watched(SqliteUrn):
    """Looks into every file of the folder in the middle of each transaction."""

    seen: list[bytes]

    def _lay_in(self, spent: Iterable[bytes], new: Mapping[bytes, bytes]) -> None:
        super()._lay_in(spent, new)
        type(self).seen.append(stored(self._path.parents[1]))


def stored(folder: Path) -> bytes:
    """All bytes of all files, and of the record wherever it is."""
    files = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\n".join([*files, stored_bytes(folder)])


async def test_s2_no_choice_stands_in_any_file_before_the_opening_and_none_beside_a_voter_after(tmp_path: Path):
    markers = [f"zz{n:03}mark" for n in range(len(VOTERS))]
    ballots = [Ballot(("against", "against"), (marker,)) for marker in markers]
    Watched.seen = []
    with house(tmp_path, MADE, urn_of=Watched) as here:
        tokens = [await here.token(voter) for voter in VOTERS]
        for token, ballot in zip(tokens, ballots, strict=True):
            await here.cast(token, here.sealed(ballot))
        await here.shut()
        before = [*Watched.seen, stored(tmp_path)]
        here.counted()
        after = stored(tmp_path)

    assert len(before) == len(VOTERS) + 1
    assert not any(marker.encode() in each for marker in markers for each in before)
    states = rows(kind_of(tmp_path), tmp_path, "SELECT state FROM stored_events")
    named = [state for (state,) in states if b"zz000mark" in state]
    assert len(named) == 1 and b"ballot.box-opened.v1" in named[0]
    voted = {voter for voter in VOTERS if f'"{voter}"'.encode() in named[0]}
    assert voted <= {*here.form.candidates, *HOLDERS}  # who stands, and who opened the box: nobody as a voter
    assert all(marker.encode() in after for marker in markers)  # the scan does see them, once they are there


async def test_s2_neither_a_token_nor_the_key_that_makes_tokens_ever_stands_in_a_file(tmp_path: Path):
    Watched.seen = []
    with house(tmp_path, MADE, urn_of=Watched) as here:
        tokens = [await here.token(voter) for voter in VOTERS]
        key = here.boxes._awake[HERE, "b"].key
        for token, ballot in zip(tokens, CHOICES, strict=True):
            await here.cast(token, here.sealed(ballot))
        await here.shut()
    kept = [*Watched.seen, stored(tmp_path)]
    secrets = [each for raw in (key, *tokens) for each in (raw, raw.hex().encode(), to_text(raw).encode())]

    assert not any(secret in each for secret in secrets for each in kept)


async def test_s3_in_whatever_order_ballots_arrive_what_is_kept_of_them_is_sorted_by_their_own_bytes(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        sealed = [here.sealed(choice) for choice in CHOICES]
        for turn, at in enumerate(random.Random(3).sample(range(len(VOTERS)), len(VOTERS))):
            await here.cast(await here.token(VOTERS[turn]), sealed[at])
        await here.shut()
        assert here.boxes.ballots(HERE, "b") == sorted(sealed)
    lines = (tmp_path / "ballots" / "testtown.17-9.b.box").read_bytes().splitlines()[2:]
    assert lines == [to_text(each).encode() for each in sorted(sealed)]


async def test_s4_a_request_and_its_answer_are_as_long_whatever_the_ballot_says(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        app = FastAPI()
        tell_faults(app)
        app.include_router(box_calls(here, here.boxes))  # type: ignore[arg-type] # what the calls need of an engine
        of_box = f"/v1/sessions/{HERE}/boxes/b"
        seen = set()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
            for voter, choice in zip(VOTERS, CHOICES, strict=True):
                given = await http.post(f"{of_box}/ballot", json={"deputy": voter, "at": here.now.isoformat()})
                body = {"token": given.json()["token"], "sealed": to_text(here.sealed(choice))}
                answer = await http.post(f"{of_box}/cast", json=body)
                assert answer.status_code == 200, answer.text
                asked = answer.request
                seen.add(
                    (len(asked.content), str(asked.headers), answer.content, str(answer.headers), len(given.content))
                )
        assert len(seen) == 1


def test_s4_the_service_takes_the_very_same_steps_for_every_choice(tmp_path: Path):
    """That times of answers tell nothing is shown by what is done, not by a clock, which on a busy machine proves neither: what reaches the
    service of two ballots are as many bytes that it has no key to open, and the functions it then calls are the same, one for one.
    """
    steps: set[tuple[str, ...]] = set()
    sizes: set[int] = set()
    for n, choice in enumerate(CHOICES[:4]):
        of = form()
        sealed = Seal(from_text(MADE.keys.ballots)).seal(written(of, choice), of.digest)
        urn, called = SqliteUrn(tmp_path / f"{n}.open", {}), list[str]()

        def step(frame: FrameType, event: str, what: Any, called: list[str] = called) -> None:
            called.append(f"{event} {getattr(what, '__name__', frame.f_code.co_name)}")

        sys.setprofile(step)
        try:
            assert urn.put([Cast(bytes(32), sealed)]) == [Put.TAKEN]
        finally:
            sys.setprofile(None)
        urn.close()
        steps.add(tuple(called))
        sizes.add(len(sealed))

    assert len(steps) == len(sizes) == 1
    assert len(next(iter(steps))) > 10  # it did look


async def test_s5_what_issues_a_ballot_writes_nothing_in_the_box_and_what_casts_one_nothing_in_the_record(
    tmp_path: Path,
):
    def digest_of(*names: str) -> list[bytes]:
        return [path.read_bytes() for name in names for path in sorted(tmp_path.glob(name))]

    def record_of() -> list[object]:
        return [dump(tmp_path), stored_bytes(tmp_path), *digest_of("keys.db*")]

    with house(tmp_path, MADE) as here:
        token = await here.token("d001")
        record, box = record_of(), digest_of("ballots/*")
        assert await here.cast(token, here.sealed(CHOICES[0])) is Put.TAKEN
        assert record_of() == record
        assert digest_of("ballots/*") != box
        box = digest_of("ballots/*")
        await here.token("d002")
        assert digest_of("ballots/*") == box
        assert record_of() != record


async def test_s8_until_the_closing_a_box_tells_how_many_and_nothing_else(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        empty = here.boxes.told(HERE, "b")
        await here.votes("d001", CHOICES[0])
        told = here.boxes.told(HERE, "b")

        assert {k: v for k, v in told.items() if empty[k] != v} == {"issued": 1, "returned": 1}


async def test_s9_the_record_names_no_ballot_and_no_total_but_the_last(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        await poll(here, CHOICES, range(len(VOTERS)))
        session: Session = here.ledger.state(f"{HERE}/session/1")
        names = [event.name for event in session.history if event.name.startswith("ballot.")]

    assert names == [
        "ballot.box-sealed.v1",
        "ballot.box-closed.v1",
        "ballot.box-opened.v1",
        *["ballot.box-attested.v1"] * 2,
    ]


def test_nothing_shows_a_secret_by_being_printed(tmp_path: Path):
    token = b"secret-token-secret-token-secret"
    paper = Paper(HERE, form(), token, Seal(from_text(MADE.keys.ballots)))

    assert "secret" not in f"{paper!r} {SealedBallot(HERE, 'b', token, token)!r}"
    assert not any(share.value.hex() in repr(MADE) for share in MADE.shares)


def test_a_service_that_ends_forgets_its_keys(tmp_path: Path):
    with house(tmp_path, MADE) as here:
        asyncio.run(here.token("d001"))
        boxes: Boxes = here.boxes
        assert boxes._awake
    assert not boxes._awake
