"""The acts of elections: the modules whose rules are registered by being imported here."""

from domain.election import declaration, method, rounds, separate

__all__ = ["declaration", "method", "rounds", "separate"]
