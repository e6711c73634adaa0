"""The order of records, by what they are called and not by where they stand in the sheet.

Rows moved about in a workbook say nothing else than they did, so they must not give another plan.
Among plans that are equally good the solver takes the one that the order of columns and rows leads
it to; sums of the same terms in another order differ in the last digit.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_DIGITS = re.compile(r"(\d{1,18})")


def in_order(records: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return records in the order of their keys: L2 before L10, months by date."""
    return MappingProxyType(dict(sorted(records.items(), key=lambda item: place(item[0]))))


def place(key: object) -> tuple[tuple[object, ...], ...]:
    """Return where a key stands among others of its form, part by part."""
    parts = key if isinstance(key, tuple) else (key,)
    return tuple(_place(each) for each in parts)


def _place(part: object) -> tuple[object, ...]:
    if isinstance(part, dt.date):
        return (part.toordinal(),)
    text = str(part.value if isinstance(part, Enum) else part)
    # Text and digits take turns, so that like is held against like; the text settles 4 and 04.
    cut = _DIGITS.split(text)
    return (tuple(int(each) if odd % 2 else each for odd, each in enumerate(cut)), text)
