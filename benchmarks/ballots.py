"""A secret ballot over the loopback door: how many ballots a second, against what SQLite alone takes for the rows, and against one shared row.

    python benchmarks/ballots.py [--ballots 3000] [--clients 60] [--rounds 3]

Each round is a new box: ballots are issued, sealed, and cast by that many programs at once, in a process of their own, each of which sends
its next when the last is on the disk. In the same round the same rows are written by `sqlite3` in groups as large as the number of programs,
with the same durability; by the box's own store without a door; by the same door with nothing behind it but grouped inserts; and by as many
threads in the manner of the leading peer, where each ballot rewrites the one row that lists who has voted, and tries again when another was
first.

  issue      ballots issued over the door
  cast       sealed ballots cast over the door
  bare door  as many bytes to the same door, which inserts them in groups and does nothing else
  store      the box's store, no door: sorted, each looked up, without a write-ahead log
  raw        grouped inserts, no door
  one row    the contended row, no door. Aim: cast is at least ten times as fast
  close      from the request that closes the box to its receipt: counted, hashed, recorded, written out, destroyed. Aim: half a second
"""

import argparse
import asyncio
import logging
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import structlog
import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.datastructures import Headers
from starlette.types import Scope

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.hall import PLAN, act
from benchmarks.sending import sent
from domain.ballot.form import Form, everybody, written
from domain.session.offices import who_acts
from domain.submission import COMMANDS, Actor, Office, Submission
from yishi.api.connection import Connection
from yishi.api.gate import Gate
from yishi.api.server import _Server, bound, door
from yishi.api.tokens import Token, digest_of, new_token
from yishi.ballots.casting import Casting
from yishi.ballots.urn import Cast, Put, SqliteUrn
from yishi.engine import Engine, running
from yishi.planning.load import load_plan
from yishi.planning.register import register_fields
from yishi.rehearsal.lawful import lawful_course
from yishi.scrutineers.keys import ceremony
from yishi.sealed.hpke import Seal, from_text, to_text
from yishi.settings import Settings

ONE_ROW_SECONDS = 20.0


class Round(NamedTuple):
    """Ballots a second, but `close` in seconds; `lags` are the casts' seconds, one each."""

    issue: float
    cast: float
    bare: float
    store: float
    raw: float
    one_row: float
    close: float
    lags: list[float]


async def sitting_open(engine: Engine, deputies: int) -> str:
    """A town's session with so many deputies, all signed in by name at its open sitting; its name."""
    book = engine.laws.newest()
    plan = load_plan(PLAN, book)
    fields = register_fields(plan, book, engine.vault, rehearsal=True)
    names = [f"D{n:04}" for n in range(1, deputies + 1)]
    groups = [{**group, "members": []} for group in fields["groups"]]
    fields |= {"roll": [{"id": d} for d in names], "groups": groups, "previous_presidium": names[:9], "number": 99}
    stream = f"{plan.stream.split('/')[0]}/{fields['term']}-99/session/1"
    sitting = fields["sittings"][0]["code"]
    course = lawful_course(plan, book).acts
    opening = next(a for a in course if a.act == "open-sitting")
    acts: list[tuple[str, dict[str, Any], Any]] = [("register-session", fields, course[0].at)]
    acts += [(a.act, a.fields, a.at) for a in course[: [a.act for a in course].index("sign-in")]]
    acts += [
        ("sign-in", {"sitting": sitting, "deputies": names[at : at + 500]}, opening.at)
        for at in range(0, deputies, 500)
    ]
    acts += [("open-sitting", {"sitting": sitting}, opening.at)]
    for n, (name, said, at) in enumerate(acts):
        sent = act(stream, name, said, f"bench-{n}")
        if n:
            office = who_acts(engine.ledger.state(stream), COMMANDS[name].model_validate(said)).offices[0]
            sent = sent.model_copy(update={"actor": Actor.model_validate({"office": office})})
        answer = await engine.submit(sent.model_copy(update={"at": at, "recorded_at": at}))
        assert answer.outcome == "recorded", answer.says().zh
    return stream.removesuffix("/session/1")


async def box_sealed(engine: Engine, session: str, number: int) -> tuple[Form, str]:
    """A new box in that session, those before it given up: its form, and the public key of its ballots."""
    form = Form(box=f"box-{number}", kind="vote", about="budget")
    made = ceremony(2, 3)
    fields = {
        "form": form.model_dump(mode="json"), "keys": made.keys.model_dump(mode="json"), "holders": ["D0001", "D0002", "D0003"],
        "if_fewer": "vote_again",
    }  # fmt: skip
    if number > 1:
        given_up = {"box": f"box-{number - 1}", "holders": []}
        await done(engine, act(f"{session}/session/1", "give-up-box", given_up, f"give-up-{number}"), "presidium")
    await done(engine, act(f"{session}/session/1", "seal-box", fields, f"seal-{number}"), "scrutineer")
    return form, made.keys.ballots


async def done(engine: Engine, sent: Submission, office: Office) -> None:
    """An act of now, by that office."""
    at = engine.ledger.now()
    now = {"actor": Actor(office=office), "at": at, "recorded_at": at}
    answer = await engine.submit(sent.model_copy(update=now))
    assert answer.outcome == "recorded", answer.says().zh


class Raw:
    """A plain table that grows by groups: an urn that keeps nothing secret and asks nothing."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("CREATE TABLE ballots (id INTEGER PRIMARY KEY, token BLOB, sealed BLOB)")

    def put(self, casts: Sequence[Cast]) -> list[Put]:
        self.db.execute("BEGIN IMMEDIATE")
        self.db.executemany("INSERT INTO ballots (token, sealed) VALUES (?,?)", casts)
        self.db.execute("COMMIT")
        return [Put.TAKEN] * len(casts)


def raw(place: Path, casts: Sequence[Cast], group: int) -> float:
    urn = Raw(place / "raw.db")
    begun = time.perf_counter()
    for at in range(0, len(casts), group):
        urn.put(casts[at : at + group])
    spent = time.perf_counter() - begun
    urn.db.close()
    return len(casts) / spent


def store(place: Path, casts: Sequence[Cast], group: int) -> float:
    (place / "ballots").mkdir()
    urn = SqliteUrn(place / "ballots" / "b.open", {})
    begun = time.perf_counter()
    for at in range(0, len(casts), group):
        assert set(urn.put(casts[at : at + group])) == {Put.TAKEN}
    spent = time.perf_counter() - begun
    urn.close()
    return len(casts) / spent


class OnlyToken:
    """Lets in whoever shows one token: what the door did before there were rights."""

    def __init__(self, token: Token) -> None:
        self._token = token

    async def admit(self, scope: Scope) -> Response | None:
        given = Headers(scope=scope).get("authorization", "")
        return None if self._token.fits(given.removeprefix("Bearer ")) else Response(status_code=401)


async def bare_door(place: Path, bodies: Sequence[Any], clients: int) -> float:
    """The door with nothing behind it: the same gate and framework, and a handler that has the body's bytes inserted in groups."""
    urn, casting, token, app = Raw(place / "bare.db"), Casting(), new_token(), FastAPI()

    @app.post("/v1/cast")
    async def cast(request: Request) -> Response:
        body = await request.body()
        await asyncio.wrap_future(casting.put(urn, Cast(b"", body)))  # type: ignore[arg-type] # all that casting asks of it
        return Response(b'{"outcome":"taken"}', media_type="application/json")

    listening = bound(None, "127.0.0.1")
    server = _Server(
        uvicorn.Config(
            Gate(app, OnlyToken(Token(digest_of(token))), 0),
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await server.open.wait()
    found = await sent(f"http://127.0.0.1:{listening.getsockname()[1]}", token, "/v1/cast", bodies, clients)
    server.should_exit = True
    await serving
    casting.close()
    urn.db.close()
    return len(bodies) / found.spent


def one_row(place: Path, casts: Sequence[Cast], clients: int) -> float:
    """The contended row: each ballot reads the list of who has voted, puts one more into it in order, and inserts itself."""
    path = place / "row.db"
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE poll (id INTEGER PRIMARY KEY, voted BLOB)")
        db.execute("CREATE TABLE ballots (id INTEGER PRIMARY KEY, sealed BLOB)")
        db.execute("INSERT INTO poll VALUES (1, x'')")
    until, local = time.perf_counter() + ONE_ROW_SECONDS, threading.local()

    def vote(user: int) -> bool:
        if not hasattr(local, "db"):
            local.db = sqlite3.connect(path, isolation_level=None, timeout=0)
            local.db.execute("PRAGMA synchronous = FULL")
        while time.perf_counter() < until:
            try:
                local.db.execute("BEGIN")
                voted = local.db.execute("SELECT voted FROM poll WHERE id=1").fetchone()[0]
                numbers = sorted({user, *(int.from_bytes(voted[at : at + 4]) for at in range(0, len(voted), 4))})
                local.db.execute("UPDATE poll SET voted=? WHERE id=1", (b"".join(n.to_bytes(4) for n in numbers),))
                local.db.execute("INSERT INTO ballots (sealed) VALUES (?)", (casts[user].sealed,))
                local.db.execute("COMMIT")
                return True
            except sqlite3.OperationalError:  # another was first
                if local.db.in_transaction:
                    local.db.execute("ROLLBACK")
        return False

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = sum(pool.map(vote, range(len(casts))))
    return done / (time.perf_counter() - begun)


async def one_round(
    engine: Engine, url: str, token: str, session: str, number: int, given: argparse.Namespace
) -> Round:
    form, public = await box_sealed(engine, session, number)
    path = f"/v1/sessions/{session}/boxes/{form.box}"
    asked = [{"deputy": f"D{n:04}"} for n in range(1, given.ballots + 1)]
    issued = await sent(url, token, f"{path}/ballot", asked, given.clients)
    seal, plain = Seal(from_text(public)), written(form, everybody(form, "for"))
    sealed = [seal.seal(plain, form.digest) for _ in issued.answers]
    bodies = [{"token": told["token"], "sealed": to_text(s)} for told, s in zip(issued.answers, sealed, strict=True)]
    cast = await sent(url, token, f"{path}/cast", bodies, given.clients)
    assert {told["outcome"] for told in cast.answers} == {"taken"}
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
        begun = time.perf_counter()
        closed = await http.post(
            f"{path}/close", json={"command_id": f"close-{number}", "actor": {"office": "scrutineer"}}
        )
        close = time.perf_counter() - begun
        assert closed.status_code == 200, closed.text
        assert (await http.get(path)).json()["returned"] == given.ballots
    casts = [Cast(sha256(told["token"].encode()).digest(), s) for told, s in zip(issued.answers, sealed, strict=True)]
    group = given.clients
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        return Round(
            issue=given.ballots / issued.spent,
            cast=given.ballots / cast.spent,
            bare=await bare_door(place, bodies, group),
            store=store(place, casts, group),
            raw=raw(place, casts, group),
            one_row=one_row(place, casts, group),
            close=close,
            lags=cast.lags,
        )


async def measured(given: argparse.Namespace, folder: Path) -> list[Round]:
    token = new_token()
    async with running(Settings(folder=folder), "rehearsal") as engine, door(engine, Token(digest_of(token))) as there:
        session = await sitting_open(engine, given.ballots)
        return [await one_round(engine, there.url, token, session, n, given) for n in range(1, given.rounds + 1)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ballots", type=int, default=3000)
    options.add_argument("--clients", type=int, default=60)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        rounds = asyncio.run(measured(given, Path(place) / "data"))
    print(
        f"{given.ballots} ballots, {given.clients} programs at once, {given.rounds} rounds, sqlite {sqlite3.sqlite_version}"
    )
    for way in ("issue", "cast", "bare", "store", "raw", "one_row"):
        rates = [getattr(r, way) for r in rounds]
        share = statistics.median(r.cast / getattr(r, way) for r in rounds)
        print(f"  {way.replace('_', ' '):8} {statistics.median(rates):9.0f} a second   cast is {share:7.2f} × this")
    lags = sorted(lag for r in rounds for lag in r.lags)
    p50, p99 = lags[len(lags) // 2], lags[int(len(lags) * 0.99)]
    print(f"  a cast   p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, longest {lags[-1] * 1000:.0f} ms")
    of_raw = statistics.median(r.store / r.raw for r in rounds)
    print(f"  the store alone is {of_raw:.2f} × raw (aim 0.5); cast against one row: aim 10")
    print(f"  closing  {statistics.median(r.close for r in rounds) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
