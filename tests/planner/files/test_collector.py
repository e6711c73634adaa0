"""What a file is read with is let go, though the search for it is put off."""

from __future__ import annotations

import gc
import weakref

from planner.core.collector import collect_put_off, without_collecting


class Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_without_collecting_goes_when_nobody_waits() -> None:
    gc.collect()
    with without_collecting():
        seen = weakref.ref(Ring())
    assert seen() is not None
    gc.collect(1)  # of the young ones, as comes by itself: it is not among them
    assert seen() is not None

    collect_put_off()

    assert seen() is None


def test_what_leaves_no_cycles_asks_for_no_search() -> None:
    collect_put_off()
    with without_collecting(leaves_cycles=False):
        seen = weakref.ref(Ring())

    collect_put_off()

    assert seen() is not None  # a search would have found it
