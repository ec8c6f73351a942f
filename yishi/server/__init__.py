"""The Temporal service beside an engine: started, watched and stopped with it."""

from yishi.server.leftovers import OrphanStays, put_aside
from yishi.server.service import (
    PortTaken,
    ServerDidNotStart,
    ServerKeepsDying,
    ServiceNotReached,
    ServiceOfOthers,
    Temporal,
    TemporalServer,
    temporal,
)

__all__ = [
    "OrphanStays",
    "PortTaken",
    "ServerDidNotStart",
    "ServerKeepsDying",
    "ServiceNotReached",
    "ServiceOfOthers",
    "Temporal",
    "TemporalServer",
    "put_aside",
    "temporal",
]
