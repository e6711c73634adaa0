"""Deterministic arithmetic behind the demo cases: spreading values and dividing whole numbers.

No random numbers are drawn: evenly spread fractions give the same bytes on every machine and
every Python version, and cover their range better than a small random sample would.
"""

import math
from collections.abc import Sequence

GOLDEN = (math.sqrt(5) - 1) / 2
PLASTIC = 0.7548776662466927


def spread(index: int, salt: int = 0) -> float:
    """Return a fraction in [0, 1) that fills the interval evenly as the index runs up."""
    return (0.5 + index * GOLDEN + salt * PLASTIC) % 1.0


def between(low: float, high: float, index: int, salt: int = 0) -> float:
    """Return a value between low and high at the spread position of the index."""
    return low + (high - low) * spread(index, salt)


def divide(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Divide a whole total over weights by largest remainder, no part above its cap.

    Raises ValueError when the caps together leave no room for the total.
    """
    limits = list(caps) if caps is not None else [total] * len(weights)
    if total > sum(limit for limit, weight in zip(limits, weights, strict=True) if weight > 0):
        message = f"{total} does not fit in the room of {sum(limits)}"
        raise ValueError(message)
    parts = [0] * len(weights)
    left = total
    while left > 0:
        left -= _one_round(left, weights, limits, parts)
    return parts


def _one_round(left: int, weights: Sequence[float], limits: Sequence[int], parts: list[int]) -> int:
    """Hand out what is left over the parts that still have room; return what was given."""
    open_parts = [i for i, w in enumerate(weights) if w > 0 and parts[i] < limits[i]]
    whole_weight = sum(weights[i] for i in open_parts)
    wanted = {i: left * weights[i] / whole_weight for i in open_parts}
    given = 0
    for i in open_parts:
        step = min(math.floor(wanted[i]), limits[i] - parts[i])
        parts[i] += step
        given += step
    by_remainder = sorted(open_parts, key=lambda i: (-(wanted[i] % 1.0), i))
    for i in by_remainder:
        if given == left:
            break
        if parts[i] < limits[i]:
            parts[i] += 1
            given += 1
    return given
