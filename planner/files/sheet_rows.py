"""The cells of a worksheet's XML as the reading library reads them, in time linear in its size.

Of a sheet only the rows are read: the library makes an object of everything beside them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement, iterparse

from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import (
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.constants import SHEET_MAIN_NS

from planner.files.regular_rows import IrregularError, regular_rows

_TEXT_TAG, _RUN_TAG = f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}r"
_CELL_TAG = f"{{{SHEET_MAIN_NS}}}c"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LONGEST_REPEATED = 5_000_000  # characters of formulas that are repeated
_DIGITS = "0123456789"
_BROKEN = frozenset(".eE")  # signs of a number that is not whole
# So many different days are kept as they are read; a sheet of a plan has one a month.
_MOST_DAYS = 10_000


# Row and column, value, kind and style of a cell as the library reads it; the kind is `n` number,
# `s` text, `f` formula, `e` error.
ReadCell = tuple[tuple[int, int], Any, str, int]


class _RowsOnly(WorkSheetParser):
    """Reads the rows of a sheet and nothing else of it, in a time that hangs on its size alone."""

    _repeated = 0
    _days: dict[tuple[int, str], tuple[Any, str]]

    def regular(self, part: bytes) -> list[ReadCell] | None:
        """Return the same cells where every row is written in the usual way, else nothing."""
        rows = regular_rows(part)
        if rows is None:
            return None
        self._days, before = {}, 0
        found: list[ReadCell] = []
        try:
            for number, cells in rows:
                if not before < number <= _LAST_ROW:
                    return None
                before, last = number, 0
                for letters, styled, kind, written in cells:
                    column = _column(letters)
                    if not last < column <= _LAST_COLUMN:
                        return None
                    last, style = column, int(styled) if styled else 0
                    value, sort = self._regular_value(kind or "n", written, style)
                    if not value and value != 0:
                        return None
                    found.append(((number, column), value, sort, style))
        except (IrregularError, ValueError, IndexError):
            return None  # as XML it is read, or refused, with the reason
        return found

    def _regular_value(self, kind: str, written: str, style: int) -> tuple[Any, str]:
        """Return the value of a cell and its kind; a day that was not met is read as XML."""
        if kind == "n":
            if style not in self.date_formats:
                return float(written) if _BROKEN.intersection(written) else int(written), kind
            if (style, written) not in self._days:
                cell = Element(_CELL_TAG, {"r": "A1", "s": str(style)})
                SubElement(cell, VALUE_TAG).text = written
                self.row_counter, self.col_counter = 1, 0
                _, value, sort, _ = self._slowly(cell, 1)
                self._days[style, written] = value, sort
            return self._days[style, written]
        if kind == "b":
            return bool(int(written)), kind
        return (self.shared_strings[int(written)] if kind == "s" else written), "s"

    def filled(self) -> Iterator[ReadCell]:
        """Yield the cells that hold something or have a type; `ValueError` where one is astray."""
        self._days, before = {}, 0
        element: Any
        for _, element in iterparse(self.source):  # noqa: S314 - definitions are refused
            if element.tag == ROW_TAG:
                self._begin(element)
                if not before < self.row_counter <= _LAST_ROW:
                    raise ValueError(f"row {self.row_counter} comes after row {before}")
                before = self.row_counter
                yield from self._in_order(element)
                element.clear()

    def _begin(self, row: Element) -> None:
        """Count a row, by its own number where it has one."""
        written = row.get("r")
        if written is None:
            self.row_counter += 1
        elif written.isdigit():
            self.row_counter = int(written)
        else:
            number = float(written)
            if not number.is_integer():
                raise ValueError(f"{written} is no number of a row")
            self.row_counter = int(number)
        self.col_counter = 0

    def _in_order(self, row: Element) -> Iterator[ReadCell]:
        number, written, before = self.row_counter, str(self.row_counter), 0
        for element in row:
            read = self._quickly(element, number, written) or self._slowly(element, number)
            (_, column), value, kind, _ = read
            if not before < column <= _LAST_COLUMN:
                raise ValueError(f"a cell of row {number} is out of its place")
            before = column
            if value is not None or kind != "n":
                yield read

    def _slowly(self, element: Element, row: int) -> ReadCell:
        """Return a cell as the library reads it; a day is kept, for it stands in many rows."""
        cell = self.parse_cell(element)
        if cell["row"] != row:
            raise ValueError(f"a cell of row {row} is out of its place")
        value, kind, style = cell["value"], cell["data_type"], cell["style_id"]
        is_day = kind == "d" and element.get("t", "n") == "n" and len(element) == 1
        if is_day and len(self._days) < _MOST_DAYS:
            self._days[style, element[0].text or ""] = value, kind
        return (row, cell["column"]), value, kind, style

    def _quickly(self, element: Element, row: int, written: str) -> ReadCell | None:
        """Return a cell as nearly all are: a number, a text, or nothing; `None` for any other.

        The library takes twice as long for each, and a plan of the country has 400,000.
        """
        address = element.get("r", "")
        letters = address.rstrip(_DIGITS)
        if address[len(letters) :] != written:
            return None
        kind, styled, value = element.get("t", "n"), element.get("s"), None
        style = int(styled) if styled else 0
        if len(element) == 1:
            value, kind = self._plain_value(element[0], kind, style)
            if not value and value != 0:
                return None
        elif len(element) or kind != "n":
            return None
        self.col_counter = _column(letters)
        return (row, self.col_counter), value, kind, style

    def _plain_value(self, inner: Element, kind: str, style: int) -> tuple[Any, str]:
        """Return the value in a cell and its kind; nothing where the library is to read it."""
        text = inner.text
        if inner.tag == INLINE_STRING and kind == "inlineStr":
            return inner[0].text if len(inner) == 1 and inner[0].tag == _TEXT_TAG else None, "s"
        if inner.tag != VALUE_TAG or not text:
            return None, kind
        if kind == "n":
            if style in self.date_formats:
                return self._days.get((style, text), (None, kind))
            return float(text) if _BROKEN.intersection(text) else int(text), kind
        if kind == "s":
            return self.shared_strings[int(text)], kind
        return (text, "s") if kind == "str" else (None, kind)

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """Return a cell; of a text in place its words, for the library makes an object of each."""
        if element.get("t") == "inlineStr" and (texts := element.find(INLINE_STRING)) is not None:
            value = element.makeelement(VALUE_TAG, {})
            plain = len(texts) == 1 and texts[0].tag == _TEXT_TAG  # as nearly all are
            value.text = texts[0].text or "" if plain else "".join(words_of(texts))
            element.insert(0, value)
            element.set("t", "str")
        return super().parse_cell(element)

    def parse_formula(self, element: Element) -> object:
        """Return a formula's text; one that is repeated elsewhere is written out in each cell.

        Writing it out takes as long as the formula is.
        """
        formula = element.find(FORMULA_TAG)
        if formula is not None and formula.get("t") == "shared":
            shared = self.shared_formulae.get(formula.get("si"))
            text = formula.text or "" if shared is None else shared.tokenizer.formula
            self._repeated += len(text)
            if self._repeated > _LONGEST_REPEATED:
                raise TooLongError
        return super().parse_formula(element)  # type: ignore[no-untyped-call] # no types


def words_of(texts: Element) -> Iterator[str]:
    """Yield the words of a text: one, or several that look otherwise.

    Of two texts where one may stand, the last is taken, as the library does.
    """
    yield _last_text(texts)
    for run in texts.iterfind(_RUN_TAG):
        yield _last_text(run)


def _last_text(element: Element) -> str:
    texts = element.findall(_TEXT_TAG)
    return str(texts[-1].text or "") if texts else ""


class TooLongError(Exception):
    """The formulas of a sheet, written out, are longer than any sheet's."""


def filled_cells(sheet: ReadOnlyWorksheet, part: bytes) -> Iterator[ReadCell]:
    """Yield the cells of a sheet that hold something or have a type.

    The library's own walk over rows leaves out, without a word, cells and rows that are not in
    order or stand there twice; here they make a damaged file, as they do in Excel. The size that a
    sheet states about itself is wrong in some programs' files; it is not looked at.
    """
    book, inner = sheet.parent, vars(sheet.parent)
    rows = _RowsOnly(
        io.BytesIO(part),
        vars(sheet)["_shared_strings"],
        data_only=book.data_only,
        epoch=book.epoch,
        date_formats=inner["_date_formats"],
        timedelta_formats=inner["_timedelta_formats"],
    )
    found = rows.regular(part)
    return rows.filled() if found is None else iter(found)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """Return a column's number by its letters; `ValueError` where there is none."""
    return int(column_index_from_string(letters))
