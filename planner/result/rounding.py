"""Rounding numbers to whole ones of the same sum: a list, and a table with both its margins."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

Name = TypeVar("Name", bound=Hashable)


def apportioned(
    values: Mapping[Name, float],
    least: Mapping[Name, float] | None = None,
    most: Mapping[Name, float] | None = None,
) -> dict[Name, int]:
    """Return whole numbers that add up to the rounded sum, by the largest remainder.

    None is below its `least` or above its `most`, and none is a whole one or more away from its
    value but by those; where they ask for another sum, the sum gives way. Equal remainders go by
    the names, so that the order of the values does not matter.
    """
    tops = {name: math.floor(top) for name, top in (most or {}).items()}
    counts = {name: math.floor(value) for name, value in values.items()}
    counts = {name: min(count, tops.get(name, count)) for name, count in counts.items()}
    for name, bound in (least or {}).items():
        counts[name] = max(counts[name], math.ceil(bound))
    left = round(math.fsum(values.values())) - sum(counts.values())
    order = sorted(values, key=lambda name: (counts[name] - values[name], str(name)))
    higher = [
        each
        for each in order
        if counts[each] < values[each] and counts[each] < tops.get(each, math.inf)
    ]
    for name in higher[: max(left, 0)]:
        counts[name] += 1
    return counts


# A part of a person below this is the solver's rounding.
_LEAST_PART = 1e-3


class RoundedCell(NamedTuple):
    """A number of a table: its row, its column, the block that its column is part of."""

    row: str
    column: tuple[str, str]
    block: str
    value: float


@dataclass(frozen=True)
class Margins:
    """What the rows of a table add up to, in whole numbers.

    `kinds` are sets of columns that are told together: they add up to their rounded sum, as far as
    that can be. A column is in one of them at most, and passes none of the `most` of columns.
    """

    rows: Mapping[str, int]
    kinds: Sequence[Collection[tuple[str, str]]] = ()
    most: Mapping[tuple[str, str], float] = field(default_factory=dict)


def rounded_table(cells: Sequence[RoundedCell], margins: Margins) -> list[int]:
    """Return each cell's whole number, the one below or above its own.

    Every row adds up to its margin, but where all its columns are full: then it is rounded down and
    another, that was, is rounded up. No column or block of columns passes its own sum rounded up,
    and no block stays below its sum rounded down, as far as that can be. Such numbers always exist
    where a row's margin is its sum rounded down or up.
    """
    table = _Table(cells, margins)
    for block in table.blocks:
        while table.lacks_of_block(block) > 0 and table.fill_block(block, set()):
            pass
    for row in table.rows:
        while table.lacks_of_row(row) > 0:
            if not table.fill_row(row, set()) and not table.leave_to_another(row):
                table.force(row)
    told = {column for kind in margins.kinds for column in kind}
    for kind in margins.kinds:
        table.bring_to_sum(kind, told)
    return table.counts


class _Table:
    """A table while it is rounded: each cell is at its number below, or one above that.

    Going up is like seating: a row has so many seats to give, a column and its block have room for
    so many. Who finds no room asks another to move, as in the matching of pairs.
    """

    def __init__(self, cells: Sequence[RoundedCell], margins: Margins) -> None:
        self._cells = cells
        self._below = [math.floor(cell.value) for cell in cells]
        self._up = [False] * len(cells)
        self._extra: dict[int, int] = defaultdict(int)
        self._of_row: dict[str, list[int]] = defaultdict(list)
        self._of_column: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._of_block: dict[str, list[int]] = defaultdict(list)
        most_first = sorted(range(len(cells)), key=lambda at: self._below[at] - cells[at].value)
        for at in most_first:
            cell = cells[at]
            self._of_row[cell.row].append(at)
            self._of_column[cell.column].append(at)
            self._of_block[cell.block].append(at)
        self._row_room = {
            row: margins.rows.get(row, 0) - sum(self._below[at] for at in ats)
            for row, ats in self._of_row.items()
        }
        self._column_room = {
            key: min(self._room(ats), self._room_below(ats, margins.most.get(key, math.inf)))
            for key, ats in self._of_column.items()
        }
        self._block_room = {key: self._room(ats) for key, ats in self._of_block.items()}
        self._block_least = {
            key: math.floor(self._sum(ats)) - sum(self._below[at] for at in ats)
            for key, ats in self._of_block.items()
        }
        self.rows = sorted(self._of_row)
        self.blocks = sorted(self._of_block)

    @property
    def counts(self) -> list[int]:
        """The whole number of each cell."""
        numbers = zip(self._below, self._up, strict=True)
        return [below + up + self._extra[at] for at, (below, up) in enumerate(numbers)]

    def lacks_of_row(self, row: str) -> int:
        """Return how many cells of a row have still to go up."""
        return self._row_room[row] - self._ups(self._of_row[row])

    def lacks_of_block(self, block: str) -> int:
        """Return how many cells of a block have still to go up."""
        return self._block_least[block] - self._ups(self._of_block[block])

    def fill_row(self, row: str, seen: set[int]) -> bool:
        """Let one more cell of a row go up, others making room; whether that could be done."""
        for at in self._of_row[row]:
            if not self._may_go_up(at) or at in seen:
                continue
            seen.add(at)
            # It claims its place first, so that who moves for it does not take it again.
            self._up[at] = True
            if self._make_room(at, seen):
                return True
            self._up[at] = False
        return False

    def fill_block(self, block: str, seen: set[int]) -> bool:
        """Let one more cell of a block go up, others of its row going down elsewhere."""
        for at in self._of_block[block]:
            cell = self._cells[at]
            free = self._free(self._of_column[cell.column], self._column_room[cell.column])
            if at in seen or not self._may_go_up(at) or not free:
                continue
            seen.add(at)
            if self.lacks_of_row(cell.row) > 0:
                self._up[at] = True
                return True
            for other in self._of_row[cell.row]:
                if self._up[other] and self._cells[other].block != block and other not in seen:
                    seen.add(other)
                    self._up[other], self._up[at] = False, True
                    left = self._cells[other].block
                    if self.lacks_of_block(left) <= 0 or self.fill_block(left, seen):
                        return True
                    self._up[other], self._up[at] = True, False
        return False

    def bring_to_sum(
        self, kind: Collection[tuple[str, str]], told: Collection[tuple[str, str]]
    ) -> None:
        """Let the cells of a kind add up to their rounded sum, by swaps with cells of no kind."""
        inside = [at for at, cell in enumerate(self._cells) if cell.column in kind]
        outside = [at for at, cell in enumerate(self._cells) if cell.column not in told]
        counts = self.counts
        lacking = round(self._sum(inside)) - sum(counts[at] for at in inside)
        while lacking > 0 and self._swap(inside, outside):
            lacking -= 1
        while lacking < 0 and self._swap(outside, inside):
            lacking += 1

    def _swap(self, gaining: Sequence[int], losing: Sequence[int]) -> bool:
        """Let a cell go up for another of its row that goes down; whether there were such two.

        Of the two the one that goes up is nearest to its number above.
        """
        for at in sorted(gaining, key=lambda each: self._below[each] - self._cells[each].value):
            cell = self._cells[at]
            if not self._may_go_up(at):
                continue
            for other in losing:
                left = self._cells[other]
                if not self._up[other] or left.row != cell.row:
                    continue
                same = left.block == cell.block
                if not same and self.lacks_of_block(left.block) >= 0:
                    continue
                column = self._free(self._of_column[cell.column], self._column_room[cell.column])
                block = self._free(self._of_block[cell.block], self._block_room[cell.block])
                if column and (same or block):
                    self._up[other], self._up[at] = False, True
                    return True
        return False

    def leave_to_another(self, row: str) -> bool:
        """Round a row down that cannot be rounded up, and up another that was rounded down.

        Whether that could be done; the whole table adds up to the same.
        """
        if self._rounded_off(row) > -_LEAST_PART:
            return False
        for other in sorted(self._of_row, key=lambda each: -self._rounded_off(each)):
            if other == row or self._rounded_off(other) < _LEAST_PART:
                continue
            self._row_room[other] += 1
            if self.fill_row(other, set()):
                self._row_room[row] -= 1
                return True
            self._row_room[other] -= 1
        return False

    def _rounded_off(self, row: str) -> float:
        """Return by how much a row's margin is below its sum."""
        below = sum(self._below[at] for at in self._of_row[row])
        return self._sum(self._of_row[row]) - below - self._row_room[row]

    def force(self, row: str) -> None:
        """Add one to the largest number of a row, where no column has room for it."""
        at = max(self._of_row[row], key=lambda each: self._cells[each].value)
        self._extra[at] += 1
        self._row_room[row] -= 1

    def _make_room(self, at: int, seen: set[int]) -> bool:
        """Let others leave a cell's column and block, each within its row, where there is no room.

        Whether that could be done; if not, all are where they were, but for moves that left the
        rows as full as they were.
        """
        cell = self._cells[at]
        for ats, room in (
            (self._of_column[cell.column], self._column_room[cell.column]),
            (self._of_block[cell.block], self._block_room[cell.block]),
        ):
            if self._ups(ats) <= room:
                continue
            for other in ats:
                if self._up[other] and other not in seen:
                    seen.add(other)
                    self._up[other] = False
                    if self.fill_row(self._cells[other].row, seen):
                        break
                    self._up[other] = True
            else:
                return False
        return True

    def _may_go_up(self, at: int) -> bool:
        return not self._up[at] and self._cells[at].value > self._below[at]

    def _ups(self, ats: Sequence[int]) -> int:
        return sum(self._up[at] for at in ats)

    def _free(self, ats: Sequence[int], room: float) -> bool:
        return self._ups(ats) < room

    def _sum(self, ats: Sequence[int]) -> float:
        return round(math.fsum(self._cells[at].value for at in ats), 4)

    def _room_below(self, ats: Sequence[int], most: float) -> float:
        return max(most - math.fsum(self._below[at] for at in ats), 0.0)

    def _room(self, ats: Sequence[int]) -> int:
        return math.ceil(self._sum(ats)) - sum(self._below[at] for at in ats)
