"""The acts of elections: the modules whose rules are registered by being imported here."""

from domain.election import method

__all__ = ["method"]
