"""The second copy: kept beside the work after every act, and made a data folder again on another machine."""

from yishi.mirror.backing_up import BackedUp, back_up
from yishi.mirror.mirror import Mirror, Standing
from yishi.mirror.restoring import Restored, restore

__all__ = ["BackedUp", "Mirror", "Restored", "Standing", "back_up", "restore"]
