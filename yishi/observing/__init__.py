"""What an operator sees of a running service: logs, metrics, traces, whether it is ready. Never a person's name, id or card."""

from yishi.observing.observing import Observing, observed

__all__ = ["Observing", "observed"]
