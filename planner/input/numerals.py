"""Numbers written as text: every number that a Dutch or an English writer can mean by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACES = re.compile(r"[\s\u2007\u2009\u202f]+")
_SHAPE = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")

Number = int | float

# Nobody writes longer numbers; larger ones than a float can be are not to be calculated with.
_LONGEST = 40


def number_readings(written: str) -> tuple[Number, ...]:
    """Return the numbers that a text can mean: none, one, or two where it is ambiguous.

    `1.200` is 1200 to a Dutch writer and 1.2 to an English one; `1.234,5` is the same to both,
    for a mark that stands behind another kind of mark can only be the decimal one.
    Spaces, also narrow ones, may part the thousands.
    """
    text = _SPACES.sub(" ", written.strip()).replace("\N{MINUS SIGN}", "-")
    text = re.sub(r"^([+-]) ", r"\1", text)
    if _SPACED.fullmatch(text):
        text = text.replace(" ", "")
    if len(text) > _LONGEST or not _SHAPE.fullmatch(text):
        return ()
    negative = text.startswith("-")
    found = tuple(dict.fromkeys(_readings(text.lstrip("+-"))))
    return tuple(-number for number in found) if negative else found


def _readings(digits: str) -> Iterator[Number]:
    """Yield the readings of a text of digits, points and commas."""
    for decimal, grouping in (".,", ",."):
        whole, mark, fraction = digits.partition(decimal)
        if mark and not fraction.isdigit():
            continue
        plain_whole = _ungrouped(whole, grouping)
        if plain_whole is None:
            continue
        yield float(f"{plain_whole}.{fraction}") if mark else int(plain_whole)


def _ungrouped(whole: str, grouping: str) -> str | None:
    """Return the digits before the decimal mark, or nothing where they are not well grouped."""
    first, *others = whole.split(grouping)
    if not others:
        return first or "0"
    grouped = 1 <= len(first) <= len("999") and not first.startswith("0")
    if grouped and all(len(each) == len("000") for each in others):
        return first + "".join(others)
    return None
