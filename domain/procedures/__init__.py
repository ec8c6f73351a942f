"""The kinds of meeting the engine knows; importing this package registers them all."""

from domain.procedures import (
    city_congress,
    county_congress,
    national_congress,
    province_congress,
    residents_council,
    township_congress,
)

KNOWN = (
    city_congress.PROCEDURE,
    county_congress.PROCEDURE,
    national_congress.PROCEDURE,
    province_congress.PROCEDURE,
    residents_council.PROCEDURE,
    township_congress.PROCEDURE,
)
