"""Making many small objects without the collector walking over them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_put_off = [False]  # whether something was made since the last whole search


def collect_put_off() -> None:
    """Search for cycles in all there is, if that was put off: where nobody waits for it.

    What a file is read with holds some, and nothing else would ever come by them: the collector
    looks at its oldest objects once enough new ones have grown old, which are passed over here.
    """
    if _put_off[0]:
        _put_off[0] = False
        gc.collect()


@contextmanager
def without_collecting(*, leaves_cycles: bool = True) -> Iterator[None]:
    """Put off the search for cycles: cells and expressions hold none.

    It took a quarter of the time of reading a large workbook, and more than half of building a
    national problem. What leaves no cycles behind needs no search afterwards.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was made goes to the oldest objects unseen: most of it stays.
        gc.freeze()
        gc.unfreeze()
        _put_off[0] = _put_off[0] or leaves_cycles
        if was_enabled:
            gc.enable()
