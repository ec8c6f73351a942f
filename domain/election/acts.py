"""The acts of elections: the modules whose rules are registered by being imported here."""

from domain.election import (
    attesting,
    candidates,
    declaration,
    declining,
    method,
    nomination,
    people,
    primary,
    printing,
    rounds,
    separate,
    sheets,
    striking,
)  # fmt: skip

__all__ = [
    "attesting", "candidates", "declaration", "declining", "method", "nomination", "people", "primary",
    "printing", "rounds", "separate", "sheets", "striking",
]  # fmt: skip
