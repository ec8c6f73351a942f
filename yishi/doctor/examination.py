"""The whole examination: each part for itself, so that what stops one of them hides nothing of the others."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from domain.text import Text
from yishi import doorway
from yishi.doctor.folder import disk, folder
from yishi.doctor.keys import keys
from yishi.doctor.law import law
from yishi.doctor.line import Area, Case, Check, Line
from yishi.doctor.mirror import mirror
from yishi.doctor.ports import ports
from yishi.doctor.record import clock, record
from yishi.doctor.settings import settings
from yishi.doctor.temporal import temporal
from yishi.folder import FolderTrouble, look
from yishi.ledger.errors import LedgerError
from yishi.ledger.writer import STORE_FAULTS
from yishi.settings import Chosen
from yishi.trouble import Trouble

CHECKS: Mapping[Area, Check] = {
    "settings": settings,
    "folder": folder,
    "disk": disk,
    "record": record,
    "law": law,
    "clock": clock,
    "keys": keys,
    "temporal": temporal,
    "ports": ports,
    "mirror": mirror,
}


def examine(
    chosen: Chosen,
    environment: Mapping[str, str] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Line]:
    """Line by line what was found. Nothing is made, changed or repaired."""
    place = chosen.settings.folder
    try:
        marker = look(place)
    except FolderTrouble:
        marker = None  # `folder` says what is wrong
    case = Case(chosen, marker, doorway.found(place), os.environ if environment is None else environment, now)
    for area, check in CHECKS.items():
        yield from _told(area, check, case)


def _told(area: Area, check: Check, case: Case) -> Iterator[Line]:
    try:
        yield from check(case)
    except Trouble as trouble:
        yield Line(area, "wrong", trouble.text)
    except LedgerError as fault:
        yield Line(area, "wrong", fault.says.filled(**fault.figures))
    except STORE_FAULTS as wrong:
        yield Line(
            area,
            "wrong",
            Text(f"无法读取({wrong})", f"it cannot be read ({wrong})"),
            Text("请检查磁盘和权限", "look at the disk and at the rights"),
        )
