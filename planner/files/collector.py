"""Making many small objects without the collector walking over them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Put off the search for cycles: cells hold none, and it took a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was made goes to the oldest objects unseen: most of it stays.
        gc.freeze()
        gc.unfreeze()
        if was_enabled:
            gc.enable()
