"""The acts of elections: the modules whose rules are registered by being imported here."""

from domain.election import (
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
)

__all__ = [
    "candidates",
    "declaration",
    "declining",
    "method",
    "nomination",
    "people",
    "primary",
    "printing",
    "rounds",
    "separate",
]
