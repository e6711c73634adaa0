"""What stands in each cell of a book's sheets once the edits of its tables are taken over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from planner.core.texts import Language
from planner.input.book import Book, RawSheet, RawValue, TableSheet
from planner.input.recognise import names_of, recognise_table, table_named
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import find_result

At = tuple[int, int]

_RANGE = (Token.OPERAND, Token.RANGE)
_CELL, _COLUMN, _ROW = r"\$?[A-Z]{1,3}\$?\d+", r"\$?[A-Z]{1,3}", r"\$?\d+"
_ADDRESS = re.compile(f"{_CELL}(?::{_CELL})?|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW}")

_ABSENT = object()


def input_sheets(book: Book, language: Language) -> tuple[RawSheet, ...]:
    """Return a book's sheets without earlier results, with the tables' edits in their cells.

    A table that has no sheet yet gets one, with its titles in the language.
    """
    by_name = {each.name: each for each in book.tables.values()}
    sheets = [
        _edited(sheet, by_name[sheet.name]) if sheet.name in by_name else sheet
        for sheet in book.sheets
        if find_result(sheet) is None and not is_overview(sheet)
    ]
    there = {sheet.name for sheet in sheets}
    sheets += [new_sheet(each, language) for each in book.tables.values() if each.name not in there]
    return tuple(sheets)


def is_edited(book: Book) -> bool:
    """Whether a table of the book differs from what its sheet held when it was read."""
    raw = {sheet.name: sheet for sheet in book.sheets}
    return any(
        sheet.name not in raw or any(True for _ in _changes(raw[sheet.name], sheet))
        for sheet in book.tables.values()
    )


# The sheets that the program adds to a book that lacks them.
_ADDED = frozenset({"pins", "scenarios"})


def label_lines(book: Book) -> tuple[str, ...]:
    """Return the lines that stand above the header of every table, such as a demo's label.

    A sheet that the program added to the book has nothing above its header, and does not count.
    """
    raw = {sheet.name: sheet for sheet in book.sheets}
    above = [
        dict.fromkeys(
            value
            for (row, _), value in sorted(raw[sheet.name].cells.items(), key=lambda each: each[0])
            if row < sheet.header_row and isinstance(value, str)
        )
        for key, sheet in book.tables.items()
        if sheet.name in raw and not (key in _ADDED and sheet.header_row == 1)
    ]
    if not above:
        return ()
    return tuple(line for line in above[0] if all(line in lines for lines in above))


def portable(formula: str, sheets: AbstractSet[str]) -> bool:
    """Whether a formula means the same in a file that has the given sheets and nothing else.

    Defined names, tables and links to other files are not copied, so a formula that uses one is
    to be written as its stored result.
    """
    body = formula.strip("{}")
    try:
        tokens = Tokenizer(body).items
    except (TokenizerError, IndexError):
        return False
    ranges = [each.value for each in tokens if (each.type, each.subtype) == _RANGE]
    return len(body) > len("=") and all(_is_address(each, sheets) for each in ranges)


def _is_address(written: str, sheets: AbstractSet[str]) -> bool:
    sheet, mark, cells = written.rpartition("!")
    known = not mark or sheet.strip("'").replace("''", "'") in sheets
    return known and _ADDRESS.fullmatch(cells) is not None


def _edited(raw: RawSheet, sheet: TableSheet) -> RawSheet:
    """Return a sheet with the cells that edits changed."""
    changes = dict(_changes(raw, sheet))
    if not changes:
        return raw
    cells, formulas, formats = dict(raw.cells), dict(raw.formulas), dict(raw.formats)
    for at, value in changes.items():
        if _is_day(cells.get(at)) != _is_day(value):
            formats.pop(at, None)
        formulas.pop(at, None)
        if value is None:
            cells.pop(at, None)
        else:
            cells[at] = value
    return replace(raw, cells=cells, formulas=formulas, formats=formats)


def changed_cells(
    raw: RawSheet, sheet: TableSheet, language: Language
) -> dict[At, RawValue | None] | None:
    """Return each cell of a sheet whose value differs from the one that was read.

    Nothing where the sheet was not read as this table: it is somebody's own under the same name.
    """
    declared = table_named(raw.name)
    if declared is None or recognise_table(raw, declared)[0] is None:
        return None
    return dict(_changes(raw, sheet, language))


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date)


def _changes(
    raw: RawSheet, sheet: TableSheet, language: Language = Language.NL
) -> Iterator[tuple[At, RawValue | None]]:
    """Yield each cell whose value differs from the one that was read, and its value now."""
    declared = table_named(raw.name)
    before = recognise_table(raw, declared)[0] if declared else None
    if before is None:
        yield from _all_cells(sheet, language)
        return
    yield from _dropped(raw, before, sheet)
    was = _by_cell(before)
    for at, value in _by_cell(sheet).items():
        if not _same(was.get(at, _ABSENT), value):
            yield at, value
    for key, column in sheet.positions.items():
        if key not in before.positions:
            yield (sheet.header_row, column), sheet.table.column(key).title.in_(language)


def _dropped(
    raw: RawSheet, before: TableSheet, now: TableSheet
) -> Iterator[tuple[At, RawValue | None]]:
    """Yield every cell of the rows that were taken away, unknown columns included."""
    gone = set(before.frame.index) - set(now.frame.index)
    for row, column in {*raw.cells, *raw.formulas}:
        if row in gone:
            yield (row, column), None


def _by_cell(sheet: TableSheet) -> Mapping[At, RawValue | None]:
    cells: dict[At, RawValue | None] = {}
    rows = [int(row) for row in sheet.frame.index]
    for key, at in sheet.positions.items():
        if key in sheet.frame.columns:
            values = sheet.frame[key].tolist()
            cells |= {(row, at): value for row, value in zip(rows, values, strict=True)}
    return cells


def _same(was: object, now: object) -> bool:
    """Whether two raw values are the same in a cell: yes is not 1, and 1 is not 1.0 nor empty."""
    if was is _ABSENT:
        return now is None
    return was is now or (type(was) is type(now) and was == now)


def new_sheet(
    sheet: TableSheet, language: Language, taken: AbstractSet[str] = frozenset()
) -> RawSheet:
    """Return a sheet for a table that had none, under one of the names that it is known by."""
    names = (sheet.table.title.in_(language), sheet.table.title.nl, *names_of(sheet.table))
    folded = {each.casefold() for each in taken}
    name = next((each for each in names if each.casefold() not in folded), names[0])
    return RawSheet(name, {at: v for at, v in _all_cells(sheet, language) if v is not None})


def _all_cells(sheet: TableSheet, language: Language) -> Iterator[tuple[At, RawValue | None]]:
    for key, at in sheet.positions.items():
        yield (sheet.header_row, at), sheet.table.column(key).title.in_(language)
    yield from _by_cell(sheet).items()
