"""What a sheet of an unknown layout seems to hold: its headings, its blocks, its columns.

Only proposed: a mapping made of it says so, and is read by whoever keeps the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.core.texts import Language
from planner.importing.dates import bare_month, day_in, month_in
from planner.importing.grid import FilledCells, Heading
from planner.importing.meanings import Meanings
from planner.importing.words import called_alone, columns_as, is_total, used_for
from planner.input.book import RawValue
from planner.input.names import plain
from planner.input.values import is_empty, shown

_SAMPLE = 60  # rows looked at below the headings
_MOST = 0.6  # so many values of a column must be known for it to be that
_FEWEST_BLOCK = 2

TableColumn = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """Columns side by side: what their headings stand for, top row first."""

    across: tuple[str, ...]
    headings: tuple[Heading, ...]


class SheetShape:
    """A sheet with its headings at one place; `score` says how much of it is known."""

    def __init__(
        self, grid: FilledCells, row: int, levels: int, meanings: Meanings, language: Language
    ) -> None:
        """Look at a sheet as if its headings ended in a row."""
        self.grid = grid
        self.row = row
        self.levels = levels
        self.headings = grid.headings(row, levels)
        self._meanings = meanings
        self._language = language

    @cached_property
    def score(self) -> int:
        """How many columns are known by their headings."""
        named = len({each.label for each in self.headings.values() if self.places(each)})
        block = self.block
        # A heading of a block in two rows says two things.
        beside = 0 if block is None else len(block.headings) * len(block.across)
        return named + beside if self._has_rows() else 0

    def places(self, heading: Heading) -> tuple[TableColumn, ...]:
        """Return the columns of ours that a heading may stand for."""
        found = columns_as(heading.label)
        lowest = heading.levels[-1]
        if not found and isinstance(lowest, str):
            found = columns_as(lowest)
        return found if heading.label else ()

    @cached_property
    def block(self) -> Block | None:
        """The columns whose headings are months, groups or streams, and have figures below."""
        across: list[str] = []
        kept = [
            each
            for each in self.headings.values()
            if all(each.levels)
            and not any(map(is_total, each.levels))
            and self._figures_below(each.column)
        ]
        for level in range(self.levels):
            sorts = {
                key: [each for each in kept if self._is(key, each.levels[level])]
                for key in ("month", "group", "stream")
            }
            best = max(sorts, key=lambda key: len(sorts[key]))
            if self.levels > 1 or best == "month":
                kept = sorts[best]
            elif sorts[best]:
                # Beside known groups, a heading over figures that is no column is one to be asked.
                known = {id(each) for each in sorts[best]}
                kept = [each for each in kept if id(each) in known or not self.places(each)]
            if len(kept) < _FEWEST_BLOCK or not sorts[best]:
                return None
            across.append(best)
        return Block(tuple(across), tuple(kept)) if len(set(across)) == len(across) else None

    def _is(self, key: str, value: RawValue | None) -> bool:
        if key == "month":
            return month_in(value, self._language) is not None or bare_month(value) is not None
        return isinstance(value, str) and self.is_named(f"{key}s", value)

    def is_named(self, about: str, value: RawValue | None) -> bool:
        """Whether a text is a group, stream, scenario or province by any name known."""
        if not isinstance(value, str):
            return False
        name = plain(called_alone(value))
        return bool(name) and (name in self._meanings.known(about) or name in used_for(about))

    def values(self, column: int) -> Iterator[RawValue]:
        """Yield the first values of a column, totals left out."""
        for at, cells in self.grid.below(self.row):
            if at > self.row + _SAMPLE:
                return
            value = cells.get(column)
            alone = len(cells) == 1 and len(self.headings) > 1
            if value is None or is_empty(value) or alone or is_total(cells[min(cells)]):
                continue
            yield value

    def holds(self, column: int) -> str:
        """Return what the values of a column are: month, group, stream, province, location."""
        values = list(self.values(column))
        if not values:
            return ""
        for key in ("month", "group", "stream", "scenario", "province"):
            about = f"{key}s"
            known = sum(
                self._is("month", each) if key == "month" else self.is_named(about, each)
                for each in values
            )
            if known >= _MOST * len(values):
                return key
        known = sum(self._meanings.locations.known(shown(each)) is not None for each in values)
        return "location" if known >= _MOST * len(values) else ""

    def is_text(self, column: int) -> bool:
        """Whether a column holds texts."""
        values = list(self.values(column))
        return bool(values) and all(isinstance(each, str) for each in values)

    def has_gaps(self, column: int) -> bool:
        """Whether a column is filled in the first row and empty in others, as a pivot table has."""
        rows = [cells for at, cells in self.grid.below(self.row) if at <= self.row + _SAMPLE]
        rows = [each for each in rows if not is_total(each[min(each)]) and len(each) > 1]
        empty = sum(column not in each for each in rows)
        return bool(rows) and column in rows[0] and empty > 0

    def sections(self) -> list[str]:
        """Return the texts that stand alone in a row below the headings."""
        found = []
        for _, cells in self.grid.below(self.row):
            first = min(cells)
            if len(cells) == 1 and isinstance(cells[first], str) and not is_total(cells[first]):
                found.append(str(cells[first]))
        return found

    def _figures_below(self, column: int) -> bool:
        values = list(self.values(column))
        figures = sum(isinstance(each, int | float) for each in values)
        texts = sum(isinstance(each, str) and any(c.isdigit() for c in each) for each in values)
        return bool(values) and (figures + texts) * 2 >= len(values) and not self._days(values)

    def _days(self, values: list[RawValue]) -> bool:
        return any(
            bool(day_in(each, self._language))
            if isinstance(each, str)
            else not isinstance(each, int | float)
            for each in values
        )

    def _has_rows(self) -> bool:
        columns = [at for at, each in self.headings.items() if each.label]
        return any(any(True for _ in self.values(at)) for at in columns)


def best_shape(grid: FilledCells, meanings: Meanings, language: Language) -> SheetShape | None:
    """Return a sheet with its headings where most of them are known, nothing where none are."""
    best: SheetShape | None = None
    for row in grid.first_rows():
        for levels in (1, 2):
            if levels > 1 and row - 1 not in grid.rows:
                continue
            seen = SheetShape(grid, row, levels, meanings, language)
            if seen.score >= _FEWEST_BLOCK and (best is None or seen.score > best.score):
                best = seen
    return best


def by_place(shape: SheetShape) -> Mapping[TableColumn, Heading]:
    """Return per column of ours the first heading that may stand for it."""
    found: dict[TableColumn, Heading] = {}
    block = () if shape.block is None else shape.block.headings
    for heading in shape.headings.values():
        if heading not in block:
            for place in shape.places(heading):
                found.setdefault(place, heading)
    return found
