"""Faults that come in thousands: the first of a kind are told one by one, the others as a count.

A formula dragged down a whole sheet gives as many faults as the sheet has rows. Nobody reads them
all, and making and sending them takes longer than reading the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.core.texts import Message, message

# Of one kind in one column.
MOST_TOLD = 1000


class Crowd:
    """Counts the faults of each kind in each column."""

    def __init__(self) -> None:
        """Begin at none."""
        self._counts: Counter[tuple[str, str]] = Counter()

    def tells(self, column: str, kind: str) -> bool:
        """Count a fault of a kind in a column; return whether it is told by itself."""
        self._counts[column, kind] += 1
        return self._counts[column, kind] <= MOST_TOLD

    def rest(self) -> Iterator[tuple[str, Message, Message]]:
        """Yield each column with faults that were not told, how many of a kind, and what to do."""
        for (column, _), count in self._counts.items():
            if count > MOST_TOLD:
                more = message("finding.more_of_same", count=count - MOST_TOLD, told=MOST_TOLD)
                yield column, more, message("finding.more_of_same.todo")
