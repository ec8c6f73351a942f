"""The second copy: kept beside the work after every act, and made a data folder again on another machine."""

from yishi.mirror.mirror import Mirror, Standing
from yishi.mirror.restoring import Restored, restore

__all__ = ["Mirror", "Restored", "Standing", "restore"]
