"""What the selected cells of a table come to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.words import Words


def said_of(values: Sequence[object], words: Words) -> str:
    """Say count, sum and mean of selected cells; only the count where there is no number."""
    numbers = [
        each for each in values if isinstance(each, int | float) and not isinstance(each, bool)
    ]
    if not numbers:
        return words.say("tables.selected", count=len(values))
    total = sum(numbers)
    return words.say(
        "tables.sums",
        count=len(values),
        numbers=len(numbers),
        total=words.number(total, None),
        mean=words.number(total / len(numbers), None),
    )
