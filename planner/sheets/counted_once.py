"""What falls short, without what a wider rule counts again.

Pupils of protected groups without a seat count at a level of their own, and once more among the
pupils of every group: who reads both takes them for twice as many.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

_SAME = 1e-6
# A rule, and the one that counts the same people and more.
_WIDER: Mapping[str, str] = {"school_seats": "school_seats_together"}


def counted_once(shortfalls: pd.DataFrame) -> pd.DataFrame:
    """Return the shortfalls without rows that a wider rule counts at that location and month."""
    kept = pd.Series(data=True, index=shortfalls.index)
    for rule, wider in _WIDER.items():
        theirs = shortfalls[shortfalls["rule"] == wider]
        most = {(at, month): amount for at, month, amount in _rows(theirs)}
        mine = shortfalls[shortfalls["rule"] == rule]
        for index, (at, month, amount) in zip(mine.index, _rows(mine), strict=True):
            kept[index] = most.get((at, month), 0.0) < amount - _SAME
    return shortfalls[kept]


def _rows(frame: pd.DataFrame) -> list[tuple[object, object, float]]:
    columns = (frame[each].tolist() for each in ("location", "month", "amount"))
    return list(zip(*columns, strict=True))
