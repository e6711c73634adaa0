"""Memory that is no longer used, given back to the system."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give back what this process has freed, where that can be asked for.

    What a solve or an explanation took is otherwise kept for later: 320 and 350 MB of the national
    demo. That is how glibc does it for arrays below 32 MB; others give back by themselves.
    """
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    if sys.platform == "linux":
        from ctypes import CDLL  # noqa: PLC0415 - a window that only shows plans needs none

        found: Callable[[int], object] = getattr(CDLL(None), "malloc_trim", _kept)
        return found
    return _kept


def _kept(_: int) -> None:
    pass
