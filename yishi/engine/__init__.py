"""The engine: everything put together, and the one way in for every act."""

from yishi.engine.composition import running
from yishi.engine.engine import AROUND, Engine
from yishi.engine.faults import NoSuchSession, NotTaken, NotWellFormed, PlayedDifferently, SignatureFails, Stale
from yishi.engine.reviving import RUNNING, Revived
from yishi.engine.working import QUEUE

__all__ = [
    "AROUND",
    "QUEUE",
    "RUNNING",
    "Engine",
    "NoSuchSession",
    "NotTaken",
    "NotWellFormed",
    "PlayedDifferently",
    "Revived",
    "SignatureFails",
    "Stale",
    "running",
]
