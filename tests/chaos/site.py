"""A served folder whose pieces can be killed one by one: the program, its Temporal server, and the PostgreSQL that keeps its record."""

import asyncio
import signal
import time
from pathlib import Path

from tests.api.process import BEGINS_AGAIN, PATIENCE_SECONDS, House
from tests.chaos.database import Database
from tests.ledger import postgres
from yishi import doorway


class Site:
    """What runs, and who starts it again when it has died.

    Args:
        now: what its clock shows. database: where its ledger is; None: in a file of the folder.
    """

    def __init__(self, folder: Path, now: str, database: Database | None) -> None:
        self.folder, self.database = folder, database
        ledger = postgres.new_ledger(database.url) if database else None
        self.house = House(folder, now, ledger=ledger)
        self._changing = asyncio.Lock()

    def set_clock(self, now: str) -> None:
        self.house.set_clock(now)

    async def way(self) -> doorway.Approach:
        """The way in, as soon as there is one. What is found dead is started again."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            door = doorway.found(self.folder)
            if door and (token := doorway.kept_token(self.folder)):
                return doorway.Approach(door.url, token)
            async with self._changing:
                if (code := self.house.process.exitcode) is not None:
                    assert code == -signal.SIGKILL or (self.database and code == BEGINS_AGAIN), f"it ended: {code}"
                    self.house.start()
            await asyncio.sleep(0.02)  # another process opens the door
        raise TimeoutError(f"nobody opens the door of {self.folder}")

    async def kill(self, what: str) -> bool:
        """Kill one piece; False when it does not run just now."""
        async with self._changing:
            match what:
                case "serve":
                    if self.house.process.exitcode is not None:
                        return False
                    await asyncio.to_thread(self.house.kill)
                case "temporal":
                    return self.house.kill_server()
                case "database":
                    assert self.database is not None
                    await asyncio.to_thread(self.database.kill)
            return True

    def stop(self) -> int:
        return self.house.stop()
