"""The acts of an electronic ballot box: the modules whose rules are registered by being imported here."""

from domain.ballot import box, closing, issue, opening

__all__ = ["box", "closing", "issue", "opening"]
