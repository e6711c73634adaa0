"""A sheet as people lay it out: where the headings stand, and what stands over each column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.importing.mapping import Part
from planner.importing.words import is_total
from planner.input.book import RawSheet, RawValue, column_letters
from planner.input.names import plain
from planner.input.values import is_empty, shown

Cells = Mapping[int, RawValue]

HEADING_ROWS = 40  # nobody writes more above a table
_LETTERS = re.compile(r"\[([A-Z]{1,3})\]")


@dataclass(frozen=True)
class Heading:
    """What stands over a column: a cell of each row of headings, top row first, and as one text."""

    column: int
    levels: tuple[RawValue | None, ...]
    label: str
    row: int

    @property
    def cell(self) -> str:
        """The address of its lowest row."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def name(self) -> str:
        """How a mapping names the column: by its text, or by its letters where it has none."""
        return self.label or f"[{column_letters(self.column)}]"


class FilledCells:
    """The filled cells of a sheet by row and column; merged cells over rows hold what they show."""

    def __init__(self, sheet: RawSheet) -> None:
        """Order the cells of a sheet."""
        self.sheet = sheet
        self.name = sheet.name
        rows: dict[int, dict[int, RawValue]] = {}
        for row, column in sorted(sheet.cells):
            value = sheet.cells[row, column]
            if not is_empty(value):
                rows.setdefault(row, {})[column] = value
        self.rows: Mapping[int, Cells] = rows
        self._wide: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, right in sheet.look.merged:
            held = rows.get(top, {}).get(left)
            if held is None:
                continue
            for row in range(top, bottom + 1):
                self._wide.setdefault(row, []).append((left, right))
                if row > top and row in rows and left == right:
                    rows[row].setdefault(left, held)

    def first_rows(self) -> Iterator[int]:
        """Yield the rows that headings may stand in."""
        for row in self.rows:
            if row > HEADING_ROWS:
                return
            yield row

    def above(self, row: int) -> Iterator[RawValue]:
        """Yield what stands above a row."""
        for at, cells in self.rows.items():
            if at >= row:
                return
            yield from cells.values()

    def below(self, row: int) -> Iterator[tuple[int, Cells]]:
        """Yield the rows below a row."""
        for at, cells in self.rows.items():
            if at > row:
                yield at, cells

    def is_wide(self, row: int, column: int) -> bool:
        """Whether a merged cell over several columns stands there."""
        return any(
            left <= column <= right and right > left for left, right in self._wide.get(row, ())
        )

    def headings(self, row: int, levels: int) -> Mapping[int, Heading]:
        """Return the headings whose lowest row is `row`, by column number."""
        rows = range(max(row - levels + 1, 1), row + 1)
        columns = sorted(
            {at for each in rows for at in self.rows.get(each, ())} | self._filled(row)
        )
        found: dict[int, Heading] = {}
        for column in columns:
            texts = tuple(self._at(each, column, lowest=each == row) for each in rows)
            label = " / ".join(dict.fromkeys(shown(each) for each in texts if each is not None))
            found[column] = Heading(column, texts, label, row)
        return found

    def _filled(self, row: int) -> set[int]:
        """Return the columns that the rows just below the headings fill."""
        found: set[int] = set()
        for at, cells in self.below(row):
            if at > row + HEADING_ROWS:
                break
            found.update(cells)
        return found

    def _at(self, row: int, column: int, *, lowest: bool) -> RawValue | None:
        """Return what stands over a column in a row; an upper heading holds to its right."""
        cells = self.rows.get(row, {})
        if column in cells:
            return cells[column]
        for left, right in self._wide.get(row, ()):
            if left <= column <= right:
                return cells.get(left)
        if lowest or self._wide.get(row):
            return None
        before = [at for at in cells if at < column]
        return cells[max(before)] if before else None


def column_of(name: str, headings: Mapping[int, Heading]) -> int | None:
    """Return the number of the column that a mapping names, nothing where it is not there."""
    if found := _LETTERS.fullmatch(name):
        return next((at for at in headings if column_letters(at) == found[1]), None)
    wanted = plain(name)
    for at, each in headings.items():
        if plain(each.label) == wanted and each.label:
            return at
    for at, each in headings.items():
        if each.levels[-1] is not None and plain(shown(each.levels[-1])) == wanted:
            return at
    return None


@dataclass(frozen=True)
class FoundPart:
    """Where a part stands on a sheet: headings, columns by key, the columns of its block."""

    part: Part
    grid: FilledCells
    row: int
    headings: Mapping[int, Heading]
    columns: Mapping[str, int]
    block: Sequence[Heading] = ()
    totals: Sequence[Heading] = ()


def find_part(
    grid: FilledCells, part: Part, taken: Collection[str]
) -> tuple[FoundPart | None, tuple[str, ...]]:
    """Return where a part stands on a sheet, and of the nearest row which headings are missing.

    `taken` are the headings that other parts of the sheet use: no columns of a block.
    """
    best: tuple[int, tuple[str, ...]] | None = None
    last: FoundPart | None = None
    wanted = list(part.of_columns())
    for row in grid.first_rows():
        if row < part.header_rows:
            continue
        headings = grid.headings(row, part.header_rows)
        columns = {key: column_of(name, headings) for key, name in wanted}
        missing = tuple(name for key, name in wanted if columns[key] is None)
        if not missing:
            found = _with_block(grid, part, row, headings, columns, taken)
            if found is not None and (last is None or _goes_on(grid, last.row, row)):
                last = found  # a merged heading stands in each of its rows; the lowest is meant
                continue
        if last is not None:
            return last, ()
        if best is None or len(missing) < best[0]:
            best = (len(missing), missing)
    if last is not None:
        return last, ()
    return None, best[1] if best is not None else tuple(name for _, name in wanted)


def _goes_on(grid: FilledCells, row: int, below: int) -> bool:
    """Whether headings of a row are merged with those of the row below it."""
    return below == row + 1 and any(
        top <= row < bottom for top, _, bottom, _ in grid.sheet.look.merged
    )


def _with_block(  # noqa: PLR0913, PLR0917 - what a part's place is made of
    grid: FilledCells,
    part: Part,
    row: int,
    headings: Mapping[int, Heading],
    columns: Mapping[str, int | None],
    taken: Collection[str],
) -> FoundPart | None:
    at = {key: column for key, column in columns.items() if column is not None}
    if not part.across:
        lettered = all(name.startswith("[") for _, name in part.of_columns())
        return None if lettered else FoundPart(part, grid, row, headings, at)
    named = {plain(each) for each in (*taken, *part.left_out)}
    used = {column_of(each, headings) for each in taken} | set(at.values())
    rest = [
        each
        for column, each in headings.items()
        if column not in used and each.label and plain(each.label) not in named
    ]
    totals = [each for each in rest if any(map(is_total, each.levels))]
    # Only what stands over a column in every row of headings can be of the block.
    block = [each for each in rest if each not in totals and all(each.levels)]
    if not block:
        return None
    return FoundPart(part, grid, row, headings, at, block, totals)
