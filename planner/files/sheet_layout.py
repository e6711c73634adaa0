"""What a sheet looks like: widths, hidden rows and columns, merged cells, filters.

The reading library does not tell these in the mode that reads large files, so they are taken from
the sheet's own XML. Hidden data are read all the same, and said to be hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from openpyxl.utils.cell import range_boundaries

from planner.core.errors import Finding, Severity
from planner.core.texts import Message, message
from planner.files.guide import SUPPLIED, is_guide
from planner.input.book import RawSheet, SheetLook, TableSheet, column_letters

# None looks past the next "<": a text of nothing but beginnings would be read again from each.
_ROWS = re.compile(rb"<(?:[^\s<>/:]+:)?row\b([^<>]*)>")
_HIDDEN_ROW = re.compile(rb"<(?:[^\s<>/:]+:)?row\b[^<>]*\bhidden=")
_COLUMNS = re.compile(rb"<(?:[^\s<>/:]+:)?col\b([^<>]*)>")
_MERGED = re.compile(rb"<(?:[^\s<>/:]+:)?mergeCell\b[^<>]*?\bref=[\"']([^\"'<]*)[\"']")
_FILTER = re.compile(rb"<(?:[^\s<>/:]+:)?filterColumn\b")
_ATTRIBUTE = re.compile(rb"\b(\w+)=[\"']([^\"']*)[\"']")
_TRUE = (b"1", b"true")

_LAST_COLUMN = 16_384
# Programs give a width to the columns up to the last, which nobody uses.
_MOST_COLUMNS = 500
_LAST_ROW = 1_048_576
_MOST_STRUCK = 10


def look_of(part: bytes) -> SheetLook:
    """Return what a sheet looks like from its XML."""
    widths: dict[int, float] = {}
    hidden: set[int] = set()
    head, tail = _around_rows(part)
    for found in _COLUMNS.finditer(head):
        at = dict(_ATTRIBUTE.findall(found[1]))
        with suppress(KeyError, ValueError):
            span = range(int(at[b"min"]), min(int(at[b"max"]), _MOST_COLUMNS) + 1)
            if at.get(b"hidden") in _TRUE:
                hidden.update(span)
            elif b"width" in at:
                widths.update(dict.fromkeys(span, float(at[b"width"])))
    return SheetLook(
        widths,
        frozenset(hidden),
        frozenset(_hidden_rows(part)),
        tuple(_merged(tail)),
        filtered=_FILTER.search(tail) is not None,
        noted=b"legacyDrawing" in tail,
    )


def _around_rows(part: bytes) -> tuple[bytes, bytes]:
    """Return what stands before the rows of a sheet and what after: the format has an order."""
    begin, end = part.find(b"sheetData"), part.rfind(b"sheetData>")
    return (part[:begin], part[end:]) if 0 < begin < end else (part, part)


def _hidden_rows(part: bytes) -> Iterator[int]:
    if _HIDDEN_ROW.search(part) is None:
        return
    row = 0
    for found in _ROWS.finditer(part):
        at = dict(_ATTRIBUTE.findall(found[1]))
        written = at.get(b"r", b"")
        row = int(written) if written.isdigit() else row + 1
        if at.get(b"hidden") in _TRUE:
            yield row


def _merged(part: bytes) -> Iterator[tuple[int, int, int, int]]:
    for found in _MERGED.finditer(part):
        with suppress(ValueError, TypeError):
            left, top, right, bottom = range_boundaries(found[1].decode("ascii", "replace"))
            if left and top and right and bottom:
                yield top, left, min(bottom, _LAST_ROW), min(right, _LAST_COLUMN)


def look_findings(
    sheets: tuple[RawSheet, ...], tables: Mapping[str, TableSheet]
) -> Iterator[Finding]:
    """Yield what of the recognised tables is hidden, for it was read all the same."""
    raw = {each.name: each for each in sheets}
    for table in tables.values():
        sheet = raw.get(table.name)
        if sheet is None:
            continue
        # Of a template the standard groups are hidden by the program itself.
        ours = table.table.key == SUPPLIED and any(map(is_guide, sheets))
        if sheet.state != "visible" and not table.frame.empty and not ours:
            yield _finding(table, "look.hidden_sheet", sheet=sheet.name)
        rows = sorted(sheet.look.hidden_rows.intersection(map(int, table.frame.index)))
        if rows:
            key = "look.filtered_rows" if sheet.look.filtered else "look.hidden_rows"
            yield _finding(table, key, count=len(rows), row=str(rows[0]))
        columns = sorted(sheet.look.hidden_columns.intersection(table.positions.values()))
        if columns:
            letters = tuple(column_letters(at) for at in columns)
            yield _finding(table, "look.hidden_columns", columns=letters)
        yield from _struck(sheet, table)


def _struck(sheet: RawSheet, table: TableSheet) -> Iterator[Finding]:
    """Yield the cells of a table whose text is struck out: what is meant, nobody can tell."""
    rows, columns = set(map(int, table.frame.index)), set(table.positions.values())
    cells = sorted(at for at in sheet.look.struck if at[0] in rows and at[1] in columns)
    for row, column in cells[:_MOST_STRUCK]:
        address = f"{column_letters(column)}{row}"
        what = message("look.struck", count=len(cells))
        todo = message("look.struck.todo")
        yield Finding(Severity.REMARK, what, todo, table.name, address, table.table.key, row)


def _finding(table: TableSheet, key: str, **fields: object) -> Finding:
    what: Message = message(key, **fields)
    todo = message(f"{key}.todo")
    return Finding(Severity.REMARK, what, todo, table.name, "", table.table.key)
