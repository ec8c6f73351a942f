"""The kinds of meeting the engine knows; importing this package registers them all."""

from domain.procedures import residents_council, township_congress

KNOWN = (residents_council.PROCEDURE, township_congress.PROCEDURE)
