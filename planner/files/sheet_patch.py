"""Changing cells in a sheet's own XML; whatever else stands there stays, byte for byte."""

from __future__ import annotations

import bisect
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH, to_excel

from planner.files.cell_writer import LONGEST_TEXT
from planner.files.sheet_scan import CellSpan, Formula, RowSpan, Scan
from planner.files.xml_spans import Splice, coded, spliced, tag_end, with_attribute
from planner.input.book import CellError, RawValue, column_letters

At = tuple[int, int]


class LongTextError(ValueError):
    """A text that no cell can hold; the argument is the cell's address."""


@dataclass(frozen=True)
class Changes:
    """What is to change in a sheet.

    `cells` gives each cell's value from now on, `None` for an empty one. A cell that was not
    there takes its look from the row `like`, or in the row `header` from the cell before it.
    `formulas` are the sheet's formulas as they are read, for those that lean on a changed cell.
    Days count from `epoch`.
    """

    cells: Mapping[At, RawValue | None]
    formulas: Mapping[At, str] = field(default_factory=dict)
    like: int | None = None
    header: int | None = None
    epoch: dt.datetime = WINDOWS_EPOCH


def patched(xml: bytes, changes: Changes, fit: Callable[[int, RawValue | None], int]) -> bytes:
    """Return a sheet's XML, in UTF-8, with other values in some cells.

    `fit` gives the cell format in which a value is read as what it is, from the one it has.
    `LongTextError` for a text that no cell can hold; `ValueError` where the sheet is damaged.
    """
    wanted = {row for row, _ in changes.cells} | {changes.like or 0}
    patch = _Patch(Scan(xml, frozenset(wanted)), changes, fit)
    return spliced(xml, patch.splices())


class _Patch:
    """The pieces of a sheet that change."""

    def __init__(
        self, scan: Scan, changes: Changes, fit: Callable[[int, RawValue | None], int]
    ) -> None:
        self._scan = scan
        self._changes = changes
        self._fit = fit
        self._rows = {each.number: each for each in scan.rows}
        self._numbers = [each.number for each in scan.rows]
        self._looks: dict[int, int] = {
            each.column: each.style for each in self._row_cells(changes.like) if each.style
        }
        self._tags: dict[int, list[tuple[str, str | None]]] = defaultdict(list)

    def splices(self) -> Iterator[Splice]:
        """Yield every change; a tag that changes in two ways changes once."""
        yield from self._cells()
        yield from self._formulas(set(self._changes.cells))
        for start, address in self._scan.unplaced:
            if not self._is_replaced(address):
                self._tags[start].append(("r", address))
        self._extend()
        for start, attributes in self._tags.items():
            end = tag_end(self._scan.xml, start)
            tag = self._scan.xml[start:end]
            for name, value in attributes:
                tag = with_attribute(tag, name, value)
            yield start, end, tag

    def _cells(self) -> Iterator[Splice]:
        by_row: dict[int, dict[int, RawValue | None]] = defaultdict(dict)
        for (row, column), value in sorted(self._changes.cells.items(), key=lambda each: each[0]):
            by_row[row][column] = value
        new: dict[int, list[bytes]] = defaultdict(list)
        for number, cells in by_row.items():
            if number in self._rows:
                yield from self._in_row(self._rows[number], cells)
            elif any(value is not None for value in cells.values()):
                place = bisect.bisect(self._numbers, number)
                new[place].append(self._new_row(number, cells))
        yield from self._new_rows(new)

    def _is_replaced(self, address: str) -> bool:
        return not address.isdigit() and coordinate_to_tuple(address) in self._changes.cells

    def _row_cells(self, number: int | None) -> Iterable[CellSpan]:
        return self._rows[number].cells if number in self._rows else ()

    def _in_row(self, row: RowSpan, cells: Mapping[int, RawValue | None]) -> Iterator[Splice]:
        """Yield the changes in a row that is there."""
        there = {each.column: each for each in row.cells}
        columns = sorted(there)
        added: dict[int | None, list[bytes]] = defaultdict(list)
        for column, value in cells.items():
            cell = there.get(column)
            if cell is not None:
                yield cell.start, cell.end, self._written((row.number, column), value, cell.style)
            elif value is not None:
                place = bisect.bisect(columns, column)
                before = there[columns[place]].start if place < len(columns) else None
                look = self._look(row, column, there)
                added[before].append(self._written((row.number, column), value, look))
        if added:
            yield from self._put_in(row, {at: b"".join(each) for at, each in added.items()})

    def _put_in(self, row: RowSpan, added: Mapping[int | None, bytes]) -> Iterator[Splice]:
        """Yield the changes that put cells in a row, each before a place or at the end."""
        xml, inner = self._scan.xml, tag_end(self._scan.xml, row.start)
        if inner == row.end:  # a row without anything in it is one tag, and becomes two
            tag = with_attribute(xml[row.start : inner], "spans", None)
            tag = with_attribute(tag, "r", str(row.number))
            self._scan.unplaced = [each for each in self._scan.unplaced if each[0] != row.start]
            closed = f"</{self._scan.prefix}row>".encode()
            yield row.start, row.end, tag[:-2].rstrip() + b">" + b"".join(added.values()) + closed
            return
        if "spans" in row.attributes:
            self._tags[row.start].append(("spans", None))
        for place, piece in added.items():
            at = row.outer if place is None else place
            yield at, at, piece

    def _new_row(self, number: int, cells: Mapping[int, RawValue | None]) -> bytes:
        prefix = self._scan.prefix
        written = b"".join(
            self._written((number, column), value, self._look(None, column, {}))
            for column, value in cells.items()
            if value is not None
        )
        return f'<{prefix}row r="{number}">'.encode() + written + f"</{prefix}row>".encode()

    def _new_rows(self, new: Mapping[int, list[bytes]]) -> Iterator[Splice]:
        start, inner, outer = self._scan.data
        xml = self._scan.xml
        if new and xml[inner - 2 : inner] == b"/>":
            tag = xml[start : inner - 2].rstrip() + b">"
            closed = f"</{self._scan.prefix}sheetData>".encode()
            yield start, inner, tag + b"".join(new.get(0, [])) + closed
            return
        for place, pieces in new.items():
            at = self._scan.rows[place].start if place < len(self._scan.rows) else outer
            yield at, at, b"".join(pieces)

    def _look(self, row: RowSpan | None, column: int, there: Mapping[int, CellSpan]) -> int | None:
        """Return the cell format of a cell that was not there."""
        if row is not None and row.number == self._changes.header:
            before = [there[each].style for each in there if each < column]
            return before[-1] if before else None
        if row is not None and "s" in row.attributes:
            return int(row.attributes["s"])
        if row is None and column in self._looks:
            return self._looks[column]
        found = (style for first, last, style in self._scan.columns if first <= column <= last)
        return next(found, None)

    def _written(self, at: At, value: RawValue | None, style: int | None) -> bytes:
        """Return a cell's XML; an empty one that looks like nothing is none."""
        fitting = self._fit(style or 0, value)
        look = "" if style is None and not fitting else f' s="{fitting}"'
        if value is None and not look:
            return b""
        prefix = self._scan.prefix
        address = f"{column_letters(at[1])}{at[0]}"
        kind, inside = _inside(value, prefix, address, self._changes.epoch)
        tag = f'<{prefix}c r="{address}"{look}{kind}'
        return f"{tag}>{inside}</{prefix}c>".encode() if inside else f"{tag}/>".encode()

    def _formulas(self, replaced: set[At]) -> Iterator[Splice]:
        """Yield the changes of formulas that lean on a cell that was changed.

        Of cells that share a formula the first holds it; where that goes, the others get their own.
        A formula over a range whose cells are changed would overwrite them: its results stay.
        """
        groups: dict[tuple[str, str], list[Formula]] = defaultdict(list)
        for each in self._scan.formulas:
            key = (each.kind, each.attributes.get("si", "")) if each.kind == "shared" else None
            if key is not None:
                groups[key].append(each)
            elif each.at not in replaced and _touches(each.attributes.get("ref", ""), replaced):
                yield each.start, each.end, b""
        for members in groups.values():
            first = next((each for each in members if "ref" in each.attributes), None)
            if first is None or first.at not in replaced:
                continue
            for each in members:
                if each.at not in replaced:
                    yield each.start, each.end, self._own(each.at)

    def _own(self, at: At) -> bytes:
        text = self._changes.formulas.get(at, "")
        if not text.startswith("=") or len(text) == 1:
            raise ValueError(f"no formula is known of {at}")
        return f"<{self._scan.prefix}f>{escape(text[1:])}</{self._scan.prefix}f>".encode()

    def _extend(self) -> None:
        """Have the sheet's size, and a filter that ended at its last row, cover what was added."""
        filled = [at for at, value in self._changes.cells.items() if value is not None]
        if not filled:
            return
        if self._scan.dimension is not None:
            start, written = self._scan.dimension
            bounds = _bounds(written)
            if bounds is not None:
                left, top, right, bottom = bounds
                rows, columns = {top, bottom}, {left, right}
                rows |= {row for row, _ in filled}
                columns |= {column for _, column in filled}
                grown = _range(min(columns), min(rows), max(columns), max(rows))
                if _bounds(grown) != bounds:
                    self._tags[start].append(("ref", grown))
        filtered = filter_over(xml_filter(self._scan), self._changes)
        if filtered is not None and self._scan.filtered is not None:
            self._tags[self._scan.filtered[0]].append(("ref", filtered))


def xml_filter(scan: Scan) -> str:
    """Return the range of a sheet's filter; empty without one."""
    return "" if scan.filtered is None else scan.filtered[1]


def filter_over(written: str, changes: Changes) -> str | None:
    """Return a range below a table's header with the rows added right below it.

    Nothing where no row was added to it.
    """
    bounds = _bounds(written)
    if bounds is None:
        return None
    left, top, right, bottom = bounds
    if changes.header != top:
        return None
    filled = {row for (row, _), value in changes.cells.items() if value is not None}
    last = bottom
    while last + 1 in filled:
        last += 1
    return _range(left, top, right, last) if last > bottom else None


def _inside(
    value: RawValue | None, prefix: str, address: str, epoch: dt.datetime
) -> tuple[str, str]:
    """Return the attribute that says what a value is, and what stands in its cell."""
    match value:
        case None:
            return "", ""
        case bool():
            return ' t="b"', f"<{prefix}v>{value:d}</{prefix}v>"
        case CellError(code):
            return ' t="e"', f"<{prefix}v>{coded(code)}</{prefix}v>"
    number = _number(value, epoch)
    if number is not None:
        return "", f"<{prefix}v>{number}</{prefix}v>"
    text = str(value)
    if len(text) > LONGEST_TEXT:
        raise LongTextError(address)
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    opened, closed = f"<{prefix}is><{prefix}t{space}>", f"</{prefix}t></{prefix}is>"
    return ' t="inlineStr"', opened + coded(text) + closed


def _number(value: RawValue, epoch: dt.datetime) -> str | None:
    """Return a number with all its digits, a day or time as the number it is; else nothing."""
    if isinstance(value, dt.date | dt.time):
        return repr(to_excel(value, epoch))  # type: ignore[no-untyped-call] # the library's own
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None
    # Numbers of another library, such as numpy's, show their type in their own repr.
    return repr(value) if type(value) in (int, float) else float.__repr__(float(value))


def _bounds(written: str) -> tuple[int, int, int, int] | None:
    """Return a range as left, top, right, bottom; nothing where it is none of cells."""
    try:
        left, top, right, bottom = range_boundaries(written)
    except (ValueError, TypeError):
        return None
    if left and top and right and bottom:
        return left, top, right, bottom
    return None


def _range(left: int, top: int, right: int, bottom: int) -> str:
    first, last = f"{column_letters(left)}{top}", f"{column_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def _touches(written: str, cells: set[At]) -> bool:
    bounds = _bounds(written)
    if bounds is None:
        return False
    left, top, right, bottom = bounds
    return any(top <= row <= bottom and left <= column <= right for row, column in cells)
