"""The record of a folder as an engine judges and folds it, and for reading beside one."""

from pathlib import Path

from domain import procedures
from domain.access.decider import RegisterDecider
from domain.matter.decider import MatterDecider
from domain.ports import Decider
from domain.session.decider import SessionDecider
from domain.session.held_cards import HeldCards
from yishi.ledger.reader import LedgerReader

PROCEDURES = procedures.KNOWN
"""They are known once their module is loaded: whoever judges or reads a record has loaded it."""


def deciders() -> dict[str, Decider]:
    """Who judges and folds, by kind of stream."""
    return {"session": SessionDecider(), "matter": MatterDecider(), "card": HeldCards(), "register": RegisterDecider()}


def reader(folder: Path) -> LedgerReader:
    """The ledger of a folder for reading, also while an engine runs on it."""
    return LedgerReader(folder, deciders())
