"""The acts of elections: the modules whose rules are registered by being imported here."""

from domain.election import (
    attesting,
    breaking_off,
    candidates,
    declaration,
    declining,
    lost,
    method,
    nomination,
    people,
    primary,
    printing,
    rounds,
    separate,
    sheets,
    striking,
    tied_again,
    validity,
)  # fmt: skip

__all__ = [
    "attesting", "breaking_off", "candidates", "declaration", "declining", "lost", "method", "nomination", "people", "primary",
    "printing", "rounds", "separate", "sheets", "striking", "tied_again", "validity",
]  # fmt: skip
