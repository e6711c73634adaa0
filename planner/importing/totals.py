"""Totals on a sheet held against the rows and columns that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, message
from planner.importing.dates import number_in
from planner.importing.grid import Cells, FoundPart
from planner.input.book import RawValue, column_letters
from planner.input.values import is_empty, shown

# A total is not wrong for the last digit of a sheet's own rounding.
_ROUNDING = 1e-6


@dataclass
class _Running:
    """The sum of a column so far, and what it was at each total; `exact` while all are numbers."""

    all: float = 0.0
    marks: list[float] = field(default_factory=lambda: [0.0])
    exact: bool = True


class Totals:
    """Follows the figures of a sheet row by row and holds each total against them.

    A total may be of all rows, or of those since an earlier total, as subtotals are.
    """

    def __init__(
        self, found: FoundPart, figures: Sequence[int], language: Language | None, *, checked: bool
    ) -> None:
        """Follow these columns of figures; unless `checked`, what does not match is a remark."""
        self._found = found
        self._language = language
        self._severity = Severity.ERROR if checked else Severity.REMARK
        self._running: Mapping[int, _Running] = {at: _Running() for at in figures}

    def add(self, row: int, cells: Cells) -> Iterator[Finding]:
        """Add a row of figures; yield where a total beside them does not match."""
        for at, running in self._running.items():
            raw = cells.get(at)
            if is_empty(raw) or raw is None:
                continue
            number = self._number(raw)
            if number is None:
                running.exact = False
            else:
                running.all += number
        for total in self._found.totals:
            yield from self._beside(row, cells, total.column, total.levels[0])

    def hold(self, row: int, cells: Cells) -> Iterator[Finding]:
        """Yield where a row of totals does not match the rows above it."""
        for at, running in self._running.items():
            number = self._number(cells.get(at))
            if number is not None and running.exact:
                sums = [running.all - mark for mark in running.marks]
                if not any(_alike(number, each) for each in sums):
                    yield self._differs(row, at, number, sums[-1])
            running.marks.append(running.all)

    def _beside(
        self, row: int, cells: Cells, column: int, upper: RawValue | None
    ) -> Iterator[Finding]:
        """Hold a total of a row against all its figures, or those under the same upper heading."""
        total = self._number(cells.get(column))
        if total is None:
            return
        own = [self._sum(cells, each.column) for each in self._found.block]
        under = [
            self._sum(cells, each.column)
            for each in self._found.block
            if len(each.levels) > 1 and each.levels[0] == upper
        ]
        lower = [
            self._sum(cells, each.column)
            for each in self._found.block
            if self._found.headings[column].levels[-1] == each.levels[-1]
        ]
        if None in own:
            return
        sums = [sum(filter(None, part)) for part in (under, lower, own) if part]
        if sums and not any(_alike(total, each) for each in sums):
            yield self._differs(row, column, total, sums[0])

    def _sum(self, cells: Cells, column: int) -> float | None:
        """Return a figure, nought where the cell is empty, nothing where it is no number."""
        raw = cells.get(column)
        return 0.0 if raw is None or is_empty(raw) else self._number(raw)

    def _number(self, raw: RawValue | None) -> float | None:
        if isinstance(raw, str):
            found = number_in(raw, self._language)
            return float(found[0]) if len(found) == 1 else None
        return float(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else None

    def _differs(self, row: int, column: int, total: float, own: float) -> Finding:
        heading = self._found.headings[column].label if column in self._found.headings else ""
        what = message("importing.total_differs", column=shown(heading), total=total, sum=own)
        todo = message("importing.total_differs.todo")
        cell = f"{column_letters(column)}{row}"
        return Finding(self._severity, what, todo, self._found.grid.name, cell)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDING * max(1.0, abs(other))
