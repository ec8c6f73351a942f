"""The client side of the door: how a command line, or any program beside it, works through a running `yishi serve`."""

from yishi.client.door import Answered, Door
from yishi.client.pending import Pending, Waiting

__all__ = ["Answered", "Door", "Pending", "Waiting"]
