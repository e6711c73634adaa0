"""Memory that is freed goes back to the system."""

from __future__ import annotations

import sys
from pathlib import Path

from planner.core.memory import give_back

PARTS, SIZE = 2_000, 50_000


def resident() -> int:
    """Return how many bytes of memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def test_what_is_freed_below_something_that_stays_is_given_back() -> None:
    if sys.platform != "linux":  # nothing is kept elsewhere, and nothing asked for
        give_back()
        return
    parts = [bytearray(SIZE) for _ in range(PARTS)]
    stays = bytearray(SIZE)  # above them, so that they are not given back by themselves
    held = resident()
    parts.clear()
    give_back()
    # A hundred megabytes were freed; others may have been taken meanwhile.
    assert resident() < held - PARTS * SIZE / 2
    assert SIZE == len(stays)
