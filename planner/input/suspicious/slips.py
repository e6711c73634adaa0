"""What a slip of the pen makes of a number or day: digits that changed places, one lost or added.

What is unlike the others, and of such a shape that one slip tells why, needs less to be questioned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from planner.input.suspicious.remark import far_apart

_MONTHS = 12
_FEWEST_DIGITS = 2
_TENS = (10.0, 100.0)
# What is usual is an estimate: so many times it, a number is about that.
_ABOUT = 1.1


def before_slip(number: float) -> Iterator[float]:
    """Yield what may have been meant by a number: with digits changed back, one more, one less."""
    yield from _turned_round(number)
    for ten in _TENS:
        yield abs(number) * ten
        yield abs(number) / ten
    if number < 0:
        yield -number


def is_slip_of(number: float, meant: float) -> bool:
    """Whether a number is what one slip makes of another."""
    short = meant > number and str(round(number)) in _one_less(str(round(meant)))
    return short or any(abs(each - meant) <= abs(meant) * 1e-9 for each in before_slip(number))


def says_something(number: float) -> bool:
    """Whether a number has two digits or more: 0, 1 and 2 stand in many cells by chance."""
    digits = f"{abs(number):.10f}".rstrip("0").replace(".", "").strip("0")
    return len(digits) >= _FEWEST_DIGITS


def is_turned_round(number: float, meant: float) -> bool:
    """Whether a number is another with two digits beside each other in each other's place."""
    return any(abs(each - meant) <= abs(meant) * 1e-9 for each in _turned_round(number))


def is_turned_about(number: float, usual: float, about: float = _ABOUT) -> bool:
    """Whether a number with two digits changed back is about what is usual."""
    return any(not far_apart(each, usual, about) for each in _turned_round(number) if each)


def _turned_round(number: float) -> Iterator[float]:
    """Yield a number with each two of its digits changed round, also across the point."""
    written = f"{abs(number):.10f}".rstrip("0").rstrip(".")
    places = [at for at, sign in enumerate(written) if sign != "."]
    for one, other in pairwise(places):
        if written[one] != written[other]:
            signs = list(written)
            signs[one], signs[other] = signs[other], signs[one]
            yield float("".join(signs))


def is_slip_of_about(number: float, usual: float, about: float = _ABOUT) -> bool:
    """Whether a number, one slip put right, is about what is usual."""
    return any(not far_apart(each, usual, about) for each in before_slip(number) if each)


def _one_less(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}


def swapped(day: dt.date) -> dt.date | None:
    """Return a day with month and day in each other's place; `None` where that is no other day."""
    if day.day > _MONTHS or day.day == day.month:
        return None
    return dt.date(day.year, day.day, day.month)
