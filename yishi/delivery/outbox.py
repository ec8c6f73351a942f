"""Letters as files in the data folder: one text for each recipient and day, in `outbox/`; any office can print or send it on."""

import os
import re
from pathlib import Path

from domain.text import Lang
from yishi.delivery.letters import Letter, addressee

FOLDER = "outbox"
LONGEST_NAME = 60
RULE = "-" * 40


def write(folder: Path, letter: Letter, lang: Lang) -> None:
    """Put a letter into the file of each of its recipients; one that is there already is not put in again.

    Raises:
        OSError.
    """
    for to in letter.to:
        named = addressee(to, lang)
        file = folder / FOLDER / f"{letter.day}-{_safe(named)}.txt"
        said = file.read_text(encoding="utf-8") if file.is_file() else f"{named}\n{letter.day}\n"
        mark = f"\n#{letter.position} "
        if mark not in said:
            replace(file, f"{said}{RULE}{mark}{letter.subject}\n{letter.body}\n")


def replace(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = file.with_name(file.name + ".new")
    with new.open("w", encoding="utf-8", newline="\n") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def _safe(name: str) -> str:
    return re.sub(r"[^\w-]+", "_", name)[:LONGEST_NAME]
