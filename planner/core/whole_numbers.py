"""Whole numbers as somebody types them, on a command line or in the window."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]{1,15}")


def whole_number(given: str) -> float | None:
    """Return a number of at most fifteen digits, or `None`.

    With a point or a space in it it is none: a point stands for decimals to one reader and for
    thousands to another.
    """
    given = given.strip()
    return float(given) if _DIGITS.fullmatch(given) else None


def whole_numbers(given: str) -> tuple[float, ...] | None:
    """Return the numbers of a list with commas between, or `None` where one is none."""
    found = tuple(map(whole_number, given.split(",")))
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) else None
