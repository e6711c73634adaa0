"""From an OpenDocument spreadsheet (.ods) to sheets, cell by cell.

Read from its XML by ourselves: the libraries that were tried turn an error, or a formula without a
result, into an empty cell; see planner/notes/0011.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import IO
from xml.etree import ElementTree as ET

from planner.core.errors import UnusableInputError
from planner.files.faults import (
    MOST_CELLS,
    MOST_SHEETS,
    check_sheet,
    check_size,
    opened_zip,
    refuse_definitions,
    unusable,
)
from planner.input.book import CellError, RawSheet, RawValue, SheetLook, Uncalculated

_SPACES = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_ERROR = re.compile(r"#[A-Z0-9/!?]+[!?]?|Err:\d+")
_DURATION = re.compile(r"-?PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")

_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_HOURS_A_DAY = 24
_LONGEST_WHOLE = 15
_MOST_SPACES = 10_000_000


def _name(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{{_SPACES[space]}}}{local}"


_TABLE, _ROW, _COLUMN = _name("table:table"), _name("table:table-row"), _name("table:table-column")
_CELL, _COVERED = _name("table:table-cell"), _name("table:covered-table-cell")
_PARAGRAPH, _NOTE = _name("text:p"), _name("office:annotation")
_SPACES_IN_TEXT = _name("text:s")
_STYLE, _TABLE_LOOK = _name("style:style"), _name("style:table-properties")
_CHANGES = _name("table:tracked-changes")
_HIDDEN = ("collapse", "filter")


def read_open_document(content: bytes, name: str) -> tuple[tuple[RawSheet, ...], bool]:
    """Return the sheets of a spreadsheet, and whether a formula stands in them.

    `UnusableInputError` where the file is protected or too large; the readers below it raise what
    they raise on a damaged file.
    """
    with opened_zip(content, name) as archive:
        check_size(archive, name)
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise unusable("encrypted", file=name)
        refuse_definitions(archive, name)
        check_sheet(archive.read("content.xml"), name)
        with archive.open("content.xml") as part:
            reader = _Reader(name)
            reader.read(part)
    return tuple(reader.sheets), reader.has_formulas


class _Reader:
    """Reads the sheets one after another, and lets go of each row once it is read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._hidden_styles: set[str] = set()
        self._cells = 0  # of the sheets that are whole
        self._letters = 0  # spaces that are written as a number of them
        self.sheets: list[RawSheet] = []
        self.has_formulas = False

    def read(self, part: IO[bytes]) -> None:
        sheet: _Sheet | None = None
        depth = 0
        events = ET.iterparse(part, events=("start", "end"))  # noqa: S314 - definitions are refused
        for event, element in events:
            if element.tag == _TABLE:
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    if len(self.sheets) >= MOST_SHEETS:
                        raise unusable("too_large", file=self._file)
                    sheet = _Sheet(element, self._hidden_styles)
                elif depth == 0 and sheet is not None:
                    self.sheets.append(sheet.whole())
                    self._cells += len(sheet.cells)
                    sheet = None
                    element.clear()
            elif event == "end" and depth <= 1:
                self._ended(element, sheet)

    def _ended(self, element: ET.Element, sheet: _Sheet | None) -> None:
        if element.tag == _STYLE:
            look = element.find(_TABLE_LOOK)
            if look is not None and look.get(_name("table:display")) == "false":
                self._hidden_styles.add(element.get(_name("style:name"), ""))
        elif element.tag == _CHANGES:
            element.clear()
        elif sheet is not None and element.tag == _COLUMN:
            sheet.column(element)
        elif sheet is not None and element.tag == _ROW:
            self._letters += sum(_count(each, "text:c") for each in element.iter(_SPACES_IN_TEXT))
            if self._letters > _MOST_SPACES:
                raise unusable("too_large", file=self._file)
            sheet.row(element)
            self.has_formulas = self.has_formulas or sheet.has_formulas
            if len(sheet.cells) + self._cells > MOST_CELLS:
                raise unusable("too_large", file=self._file)
            element.clear()


class _Sheet:
    """One sheet while its rows come in."""

    def __init__(self, element: ET.Element, hidden_styles: set[str]) -> None:
        self._name = element.get(_name("table:name"), "")
        hidden = element.get(_name("table:style-name")) in hidden_styles
        self._state = "hidden" if hidden else "visible"
        self._row = 1
        self._column = 1
        # First and last; a few bytes may hide a million rows.
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._filtered = False
        self.has_formulas = False
        self.cells: dict[tuple[int, int], RawValue] = {}
        self._notes: dict[tuple[int, int], str] = {}

    def whole(self) -> RawSheet:
        """Return the sheet as read; of what is hidden, only where something stands."""
        look = SheetLook(
            {},
            _within({column for _, column in self.cells}, self._hidden_columns),
            _within({row for row, _ in self.cells}, self._hidden_rows),
            tuple(self._merged),
            self._filtered,
        )
        return RawSheet(self._name, self.cells, {}, {}, self._state, look, self._notes)

    def column(self, element: ET.Element) -> None:
        """Take a column, or several alike."""
        count = _count(element, "table:number-columns-repeated")
        if element.get(_name("table:visibility")) in _HIDDEN:
            self._hidden_columns.append((self._column, self._column + count - 1))
        self._column += count

    def row(self, element: ET.Element) -> None:
        """Take a row, or several alike."""
        count = _count(element, "table:number-rows-repeated")
        values = dict(self._values(element))
        shown = element.get(_name("table:visibility"))
        last = min(self._row + count, _LAST_ROW + 1)
        if values and count * len(values) > MOST_CELLS:
            raise _too_many(self._name)
        if values:
            for row in range(self._row, last):
                self.cells.update({(row, at): value for at, value in values.items()})
        if shown in _HIDDEN:
            self._filtered = self._filtered or shown == "filter"
            self._hidden_rows.append((self._row, self._row + count - 1))
        self._row += count

    def _values(self, element: ET.Element) -> Iterator[tuple[int, RawValue]]:
        at = 1
        for cell in element:
            if cell.tag not in {_CELL, _COVERED}:
                continue
            count = _count(cell, "table:number-columns-repeated")
            value = _value(cell) if cell.tag == _CELL else None
            if cell.get(_name("table:formula")) is not None:
                self.has_formulas = True
            if value is not None:
                for each in range(at, min(at + count, _LAST_COLUMN + 1)):
                    yield each, value
            note = cell.find(_NOTE)
            if note is not None:
                self._notes[self._row, at] = _text(note)
            self._span(cell, at)
            at += count

    def _span(self, cell: ET.Element, at: int) -> None:
        wide = _count(cell, "table:number-columns-spanned")
        high = _count(cell, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            self._merged.append((self._row, at, self._row + high - 1, at + wide - 1))


def _within(held: set[int], spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return which numbers stand in a span; the spans are in order and do not overlap."""
    found: set[int] = set()
    after = sorted(held, reverse=True)
    for first, last in spans:
        while after and after[-1] < first:
            after.pop()
        while after and after[-1] <= last:
            found.add(after.pop())
    return frozenset(found)


def _too_many(sheet: str) -> UnusableInputError:
    return unusable("too_large", file=sheet)


def _count(element: ET.Element, attribute: str) -> int:
    return max(1, int(element.get(_name(attribute), "1")))


def _value(cell: ET.Element) -> RawValue | None:
    """Return what stands in a cell; an error and a formula without a result as such."""
    kind = cell.get(_name("office:value-type"))
    formula = cell.get(_name("table:formula"))
    if cell.get(_name("calcext:value-type")) == "error":
        return CellError(_text(cell) or "#N/A")
    if kind is None:
        # A formula that gave an empty text has a paragraph, though an empty one.
        if formula is None or cell.find(_PARAGRAPH) is not None:
            return _text(cell) or None
        return Uncalculated(formula.partition(":")[2] or formula)
    if kind == "string":
        text = cell.get(_name("office:string-value"))
        text = _text(cell) if text is None else text
        if formula is not None and _ERROR.fullmatch(text):
            return CellError(text)
        return text or None
    return _typed(cell, kind)


def _typed(cell: ET.Element, kind: str) -> RawValue:
    """Return a value that is no text; `ValueError` where it is not what it says it is."""
    if kind == "date":
        return _day(cell.get(_name("office:date-value"), ""))
    if kind == "time":
        return _time(cell.get(_name("office:time-value"), ""))
    if kind == "boolean":
        return cell.get(_name("office:boolean-value")) == "true"
    written = cell.get(_name("office:value"), "")
    short = len(written) <= _LONGEST_WHOLE
    return int(written) if short and written.lstrip("-").isdecimal() else float(written)


def _day(written: str) -> dt.date:
    moment = dt.datetime.fromisoformat(written[:26])
    return moment.date() if moment.time() == dt.time() else moment


def _time(written: str) -> RawValue:
    """Return a time of day; what is longer than a day, or before it, as a number of days."""
    found = _DURATION.fullmatch(written)
    if found is None:
        raise ValueError(written)
    hours, minutes, seconds = int(found[1] or 0), int(found[2] or 0), float(found[3] or 0)
    since = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if written.startswith("-"):
        return -since / dt.timedelta(days=1)
    if hours >= _HOURS_A_DAY:
        return since / dt.timedelta(days=1)
    return (dt.datetime(1900, 1, 1) + since).time()  # noqa: DTZ001 - a sheet knows no time zones


def _text(cell: ET.Element) -> str:
    """Return the text of a cell, its paragraphs as lines; a note beside it is not part of it."""
    return "\n".join("".join(_words(each)) for each in cell if each.tag == _PARAGRAPH)


def _words(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag == _SPACES_IN_TEXT:
            yield " " * min(_count(each, "text:c"), 1000)
        elif each.tag == _name("text:tab"):
            yield "\t"
        elif each.tag == _name("text:line-break"):
            yield "\n"
        elif each.tag != _NOTE:
            yield from _words(each)
        yield each.tail or ""
