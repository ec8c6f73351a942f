"""A worker on a data folder: `python worker.py FOLDER`. It runs until it is told to stop."""

import asyncio
import signal
import sys
from pathlib import Path

from yishi.engine import running
from yishi.settings import Settings
from yishi.trouble import Trouble


async def main(folder: str) -> None:
    async with running(Settings.read(folder=Path(folder)), "real"):
        await asyncio.Event().wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))  # both end it in order
    try:
        asyncio.run(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(0)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble.text.zh}\n{trouble.text.en}\n")
        sys.exit(2)
