"""The kinds of meeting the engine knows; importing this package registers them all."""

from domain.procedures import county_congress, residents_council, township_congress

KNOWN = (county_congress.PROCEDURE, residents_council.PROCEDURE, township_congress.PROCEDURE)
