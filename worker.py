"""A worker on a data folder: `python worker.py FOLDER`. It runs until it is told to stop."""

import asyncio
import sys
from pathlib import Path

from yishi.engine import running
from yishi.settings import Settings


async def main(folder: str) -> None:
    async with running(Settings.read(folder=Path(folder)), "real"):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
