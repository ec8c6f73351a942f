"""Who dies, and when, in a session that is played over the door."""

import random
import threading
from collections import Counter

from tests.api.county import Sent
from tests.api.process import House

SERVERS_IN_A_ROW = 3
"""So often may Temporal alone be killed under one engine: the fifth time within a minute it gives up, as it should."""
WITHIN_SECONDS = 0.09
"""About what an act takes: a kill falls before it is recorded, while it is, or while it is answered, or just after."""


class Killer:
    """Kills at random, all over a session; a given seed kills in the same manner again.

    `serve`: the whole process, HTTP service, worker and ledger, at any moment. `temporal`: the server alone, at any moment. `batch`:
    the process, in the middle of a batch of sign-ins. `unanswered`: the process, after an act's commit and before its answer.
    """

    def __init__(self, house: House, requests: list[Sent], kills: int, seed: int) -> None:
        self.house, self.draw = house, random.Random(seed)
        self.done: Counter[str] = Counter()
        self._planned = self._plan(requests, kills)
        self._servers = 0

    def _plan(self, requests: list[Sent], kills: int) -> dict[int, str]:
        batches = [n for n, each in enumerate(requests) if len(each.acts()) > 2]
        planned = dict.fromkeys(self.draw.sample(batches, min(len(batches), kills // 5)), "batch")
        rest = self.draw.sample([n for n in range(len(requests)) if n not in planned], kills - len(planned))
        kinds = ["serve", "temporal", "temporal", "serve", "unanswered"]
        return planned | {n: kinds[k % len(kinds)] for k, n in enumerate(rest)}

    def strike(self, n: int, request: Sent) -> threading.Timer | None:
        """What befalls the nth request: a kill that waits for one of its acts, or one that comes at its own time."""
        kind = self._planned.get(n)
        if kind in ("batch", "unanswered"):
            acts = request.acts()
            inside = range(1, len(acts) - 1) if kind == "batch" else range(len(acts))
            self.house.doom(
                acts[self.draw.choice(inside)],
                self.draw.choice(["before", "within", "after"]) if kind == "batch" else "after",
            )
            self._servers = 0
            self.done[kind] += 1
        if kind not in ("serve", "temporal"):
            return None
        timer = threading.Timer(self.draw.uniform(0.0, WITHIN_SECONDS), self._kill, [kind])
        timer.start()
        return timer

    def _kill(self, kind: str) -> None:
        if kind == "temporal" and self._servers < SERVERS_IN_A_ROW and self.house.kill_server():
            self._servers += 1
        else:
            kind, self._servers = "serve", 0
            self.house.kill()
        self.done[kind] += 1
