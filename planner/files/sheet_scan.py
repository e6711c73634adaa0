"""Where the rows and cells of a sheet stand in its XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl.utils.cell import coordinate_to_tuple

from planner.files.xml_spans import parse, tag_end
from planner.input.book import column_letters

At = tuple[int, int]


@dataclass
class CellSpan:
    """A cell, from `start` to `end`; `style` is the number of its cell format."""

    column: int
    start: int
    style: int | None
    end: int = 0


@dataclass
class RowSpan:
    """A row, from `start` to `end`; its end tag begins at `outer`."""

    number: int
    start: int
    attributes: Mapping[str, str]
    outer: int = 0
    end: int = 0
    cells: list[CellSpan] = field(default_factory=list)


@dataclass
class Formula:
    """A formula of more than one cell, from `start` to `end`; `kind` is shared or over a range."""

    at: At
    kind: str
    attributes: Mapping[str, str]
    start: int
    end: int = 0


class Scan:
    """Where in a sheet's XML its rows, the cells of some rows, and formulas of many cells stand."""

    def __init__(self, xml: bytes, wanted: frozenset[int]) -> None:
        """Go through a sheet's XML in UTF-8; only the cells of the wanted rows are kept."""
        self.xml = xml
        self._wanted = wanted
        self.rows: list[RowSpan] = []
        self.formulas: list[Formula] = []
        self.columns: list[tuple[int, int, int]] = []  # first, last, style
        self.unplaced: list[tuple[int, str]] = []  # where a tag is, and its address
        self.dimension: tuple[int, str] | None = None
        self.filtered: tuple[int, str] | None = None
        self.prefix = ""
        self.data = (0, 0, 0)  # start, end of the start tag, end tag
        self._inside = False
        self._column = 0
        self._cell: CellSpan | None = None
        self._formula: Formula | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        parse(self._parser, xml)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, mark, local = name.rpartition(":")
        if not self._inside:
            self._outside(local, prefix + mark, attributes)
        elif local == "c":
            self._start_cell(attributes)
        elif local == "row":
            self._start_row(attributes)
        elif local == "f" and "t" in attributes and attributes["t"] != "normal":
            at = (self.rows[-1].number, self._column)
            start = self._parser.CurrentByteIndex
            self._formula = Formula(at, attributes["t"], attributes, start)

    def _outside(self, local: str, prefix: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        if local == "sheetData":
            self._inside, self.prefix = True, prefix
            self.data = (start, tag_end(self.xml, start), 0)
        elif local == "dimension":
            self.dimension = start, attributes.get("ref", "")
        elif local == "autoFilter" and self.filtered is None and "ref" in attributes:
            self.filtered = start, attributes["ref"]
        elif local == "col" and "style" in attributes:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.columns.append((first, last, int(attributes["style"])))

    def _start_row(self, attributes: dict[str, str]) -> None:
        before = self.rows[-1].number if self.rows else 0
        number = int(attributes.get("r") or before + 1)
        start = self._parser.CurrentByteIndex
        if "r" not in attributes:
            self.unplaced.append((start, str(number)))
        self.rows.append(RowSpan(number, start, attributes))
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row, address = self.rows[-1], attributes.get("r")
        self._column = coordinate_to_tuple(address)[1] if address else self._column + 1
        wanted = row.number in self._wanted
        if address and not wanted:
            return
        start = self._parser.CurrentByteIndex
        if not address:
            self.unplaced.append((start, f"{column_letters(self._column)}{row.number}"))
        if wanted:
            style = attributes.get("s")
            self._cell = CellSpan(self._column, start, None if style is None else int(style))
            row.cells.append(self._cell)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if not self._inside:
            return
        if local == "c" and self._cell is not None:
            self._cell.end = self._ended(self._cell.start)
            self._cell = None
        elif local == "f" and self._formula is not None:
            self._formula.end = self._ended(self._formula.start)
            self.formulas.append(self._formula)
            self._formula = None
        elif local == "row":
            row = self.rows[-1]
            row.end = self._ended(row.start)
            row.outer = self._parser.CurrentByteIndex
        elif local == "sheetData":
            self._inside = False
            self.data = (*self.data[:2], self._parser.CurrentByteIndex)

    def _ended(self, start: int) -> int:
        """Return where the element that began at a place ends."""
        inner = tag_end(self.xml, start)
        if self.xml[inner - 2 : inner] == b"/>":
            return inner
        return self.xml.index(b">", self._parser.CurrentByteIndex) + 1
