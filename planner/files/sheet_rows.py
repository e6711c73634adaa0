"""The cells of a worksheet's XML as the reading library reads them, in time linear in its size.

Of a sheet only the rows are read: the library makes an object of everything beside them.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, iterparse

from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import (
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.constants import SHEET_MAIN_NS

_TEXT_TAG, _RUN_TAG = f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}r"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LONGEST_REPEATED = 5_000_000  # characters of formulas that are repeated


class ReadCell(NamedTuple):
    """A cell as the library reads it; the kind is `n` number, `s` text, `f` formula, `e` error."""

    at: tuple[int, int]
    value: Any
    kind: str
    style: int


class _RowsOnly(WorkSheetParser):
    """Reads the rows of a sheet and nothing else of it, in a time that hangs on its size alone."""

    _repeated = 0

    def parse(self) -> Generator[Any, None, None]:
        """Yield each row's number and cells."""
        element: Any
        for _, element in iterparse(self.source):  # noqa: S314 - definitions are refused
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()

    def parse_cell(self, element: Element) -> dict[str, object]:
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
    with io.BytesIO(part) as source:
        parser = _RowsOnly(
            source,
            vars(sheet)["_shared_strings"],
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=inner["_date_formats"],
            timedelta_formats=inner["_timedelta_formats"],
        )
        before = 0
        for row, cells in parser.parse():
            if not before < row <= _LAST_ROW:
                raise ValueError(f"row {row} comes after row {before}")
            before = row
            yield from _in_order(row, cells)


def _in_order(row: int, cells: Iterable[Mapping[str, Any]]) -> Iterator[ReadCell]:
    before = 0
    for cell in cells:
        column = cell["column"]
        if cell["row"] != row or not before < column <= _LAST_COLUMN:
            raise ValueError(f"a cell of row {row} is out of its place")
        before = column
        if cell["value"] is not None or cell["data_type"] != "n":
            yield ReadCell((row, column), cell["value"], cell["data_type"], cell["style_id"])
