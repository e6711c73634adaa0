"""Counts of people that may leave the house: none below a bound told, none to be worked back.

A table of counts has a total for each row, each column and all. A count below the bound is
withheld, a total as well as a cell; then others with it, in rectangles: along the corners of a
rectangle counts can rise and fall by turns without any total that is told changing, so that who
knows the totals cannot tell a withheld count to within the bound. Zero is told: nobody is in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

CountRow = tuple[str, str]
_TOTAL = None
_At = tuple[CountRow | None, str | None]
Counts = Mapping[tuple[CountRow, str], float]


@dataclass(frozen=True)
class WithheldCount:
    """A count; without a row or a column it is a total over them. `value` is `None`: withheld."""

    row: CountRow | None
    column: str | None
    value: float | None


def withheld(least: int, *tables: Counts) -> tuple[tuple[WithheldCount, ...], ...]:
    """Return for each table every count that is not zero and every total, withheld where need be.

    What a withheld count between 0 and `least` can be, given all that is told of its table, spans
    `least` or more. What is withheld in one table is in all: they may count much the same people,
    and to withhold more leaves a count no narrower.
    """
    known = [_with_totals(each) for each in tables]
    hidden: set[_At] = set()
    for each, counts in zip(known, tables, strict=True):
        hidden |= _hidden(each, counts, least)
    return tuple(_told(each, hidden) for each in known)


def _hidden(known: Mapping[_At, float], counts: Counts, least: int) -> set[_At]:
    """Return what a table withholds so that no small count of it can be worked out."""
    hidden: set[_At] = {at for at, value in known.items() if 0 < value < least}
    rows = [*sorted({row for row, _ in counts}), _TOTAL]
    columns = [*sorted({column for _, column in counts}), _TOTAL]
    for at in sorted(hidden, key=lambda each: (known[each], str(each))):
        hidden |= _around(at, known, hidden, least, rows, columns)
    return hidden


def _told(known: Mapping[_At, float], hidden: set[_At]) -> tuple[WithheldCount, ...]:
    # A corner where nobody is has to be withheld as well; told, it would be a zero.
    nobody = dict.fromkeys(sorted(hidden - known.keys(), key=str), 0.0)
    return tuple(
        WithheldCount(*at, None if at in hidden else value)
        for at, value in {**known, **nobody}.items()
        if value or at in hidden or None in at
    )


def _with_totals(counts: Counts) -> dict[_At, float]:
    known: dict[_At, float] = {}
    for (row, column), value in counts.items():
        for at in ((row, column), (row, _TOTAL), (_TOTAL, column), (_TOTAL, _TOTAL)):
            known[at] = known.get(at, 0.0) + value
    return known


def _around(  # noqa: PLR0913, PLR0917 - a cell, and the table it stands in
    at: _At,
    known: Mapping[_At, float],
    hidden: set[_At],
    least: int,
    rows: list[CountRow | None],
    columns: list[str | None],
) -> set[_At]:
    """Return the corners of the rectangle that protects a cell and withholds least besides."""
    found = min(
        _rectangles(at, known, hidden, least, rows, columns),
        key=lambda each: (each[0], str(sorted(map(str, each[1])))),
    )
    return found[1]


def _rectangles(  # noqa: PLR0913, PLR0917 - as above
    at: _At,
    known: Mapping[_At, float],
    hidden: set[_At],
    least: int,
    rows: list[CountRow | None],
    columns: list[str | None],
) -> Iterator[tuple[float, set[_At]]]:
    row, column = at

    def stands(there: _At) -> bool:
        """Whether a count may rise or fall; those of nobody are too many to go through."""
        return None in there or there in hidden or known.get(there, 0.0) > 0

    across_from = [each for each in columns if each != column and stands((row, each))]
    for other_row in rows:
        if other_row == row or not stands((other_row, column)):
            continue
        for other_column in across_from:
            # Where a total moves along, it moves the same way; two cells move by turns.
            down = 1 if None in (row, other_row) else -1
            across = 1 if None in (column, other_column) else -1
            corners = {
                (row, other_column): across,
                (other_row, column): down,
                (other_row, other_column): across * down,
            }
            values = {each: known.get(each, 0.0) for each in corners}
            rises = min(
                (values[each] for each, way in corners.items() if way < 0), default=math.inf
            )
            falls = min((known[at], *(values[each] for each, way in corners.items() if way > 0)))
            if rises + falls >= least:
                more = math.fsum(value for each, value in values.items() if each not in hidden)
                yield more, set(corners)
