"""From a text file (.csv) to a sheet: one table a file, known by its name or by its columns.

Character set and separator are found from the content and told; what does not fit is refused.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from planner.core.errors import Finding, Severity
from planner.core.texts import Message, message
from planner.files.encoding import decoded
from planner.files.faults import MOST_CELLS, unusable
from planner.input.book import CellError, RawSheet, RawValue
from planner.input.recognise import table_named, tables_alike

if TYPE_CHECKING:
    from _csv import Reader as _Reader  # what csv.reader gives; it has no name of its own

_DELIMITERS: Mapping[str, str] = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
# A spreadsheet's own errors as it writes them in a text file, in Dutch or in English.
_ERROR = re.compile(
    r"#(?:N/A|N/B|REF!|VERW!|DIV/0!|DEEL/0!|VALUE!|WAARDE!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!"
    r"|SPILL!|OVERLOOP!|CALC!|BEREKENEN!)|Err:\d{3}"
)
_LARGEST = 50_000_000
# An empty row takes half a hundred bytes of memory, and so does an empty cell.
_MOST_ROWS = 1_000_000
# Enough to tell the separator by.
_ROWS_TRIED, _CELLS_TRIED = 1000, 200_000
# A line of a table is far shorter; one of separators or quotes alone takes gigabytes to part.
_LONGEST_LINE = 1_000_000
_TITLE_LENGTH = 31


def read_separated(content: bytes, name: str) -> tuple[RawSheet, Finding]:
    """Return the one sheet of a text file, and how it was read.

    Every cell is the text that stands in the file, an error as such. `UnusableInputError` where the
    letters or the columns cannot be told, or more than one table has these columns.
    """
    if len(content) > _LARGEST:
        raise unusable("too_large", file=name)
    found = decoded(content)
    if found is None:
        raise unusable("csv_encoding", file=name)
    text, encoding = found
    if _is_too_large(text):
        raise unusable("too_large", file=name)
    text, told = _told_delimiter(text, name)
    delimiter, rows = _parted(text, told, name)
    stem = name.rpartition(".")[0] or name
    cells: dict[tuple[int, int], RawValue] = {
        (row, column): CellError(value) if _ERROR.fullmatch(value) else value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value
    }
    if len(cells) > MOST_CELLS:
        raise unusable("too_large", file=name)
    sheet = RawSheet(stem[:_TITLE_LENGTH], cells)
    if table_named(stem) is None:
        alike = tables_alike(sheet)
        if len(alike) > 1:
            raise unusable("csv_ambiguous", file=name, tables=tuple(each.title for each in alike))
        if alike:
            sheet = RawSheet(alike[0].title.nl, cells)
    words: Message = message(f"delimiter.{_DELIMITERS[delimiter]}")
    what = message("file.csv", delimiter=words, encoding=encoding)
    return sheet, Finding(Severity.REMARK, what, message("file.csv.todo"), sheet.name)


def _is_too_large(text: str) -> bool:
    """Whether a text has more or longer lines than a table has."""
    if text.count("\n") + text.count("\r") > 2 * _MOST_ROWS:  # a line may end in both
        return True
    return max(map(len, text.splitlines()), default=0) > _LONGEST_LINE


def _told_delimiter(text: str, name: str) -> tuple[str, str]:
    """Return the text without a first line that names its separator, and that separator.

    A name may tell it too: in a file of tabs, commas stand within its cells.
    """
    first, mark, rest = text.partition("\n")
    line = first.strip().casefold()
    if mark and line.startswith("sep=") and line[4:5] in _DELIMITERS and len(line) <= len("sep=;"):
        return rest, line[4:5]
    return text, "\t" if name.casefold().endswith(".tsv") and "\t" in text else ""


def _parted(text: str, told: str, name: str) -> tuple[str, list[list[str]]]:
    """Return the separator and the rows it gives: the one whose columns are known, or are many."""
    best: tuple[tuple[int, int], str] | None = None
    fault: int | None = None
    given = [told] if told else list(_DELIMITERS)
    tried = [each for each in given if text.count(each) <= 2 * MOST_CELLS]
    if not tried:
        raise unusable("too_large", file=name)
    for delimiter in tried:
        reader = _reader(text, delimiter)
        try:
            score = _score(_first_rows(reader))
        except csv.Error:
            fault = fault or reader.line_num
            continue
        if best is None or score > best[0]:
            best = (score, delimiter)
    if best is not None and best[0] > (0, 1):
        reader = _reader(text, best[1])
        try:
            return best[1], list(reader)
        except csv.Error:
            fault = reader.line_num
    if fault is not None:
        raise unusable("csv_quotes", file=name, row=str(fault))
    raise unusable("csv_ragged", file=name)


def _first_rows(reader: _Reader) -> list[list[str]]:
    """Return enough rows to tell the separator by; `csv.Error` where one cannot be parted."""
    rows: list[list[str]] = []
    cells = 0
    for row in islice(reader, _ROWS_TRIED):
        rows.append(row)
        cells += len(row)
        if cells > _CELLS_TRIED:
            break
    return rows


def _reader(text: str, delimiter: str) -> _Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _score(rows: list[list[str]]) -> tuple[int, int]:
    """Return how well rows look like a table: whether it is known, and its usual width."""
    cells = {
        (row, column): value
        for row, values in enumerate(rows[:20], start=1)
        for column, value in enumerate(values, start=1)
        if value
    }
    widths = Counter(len(values) for values in rows if values)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    return int(bool(tables_alike(RawSheet("", cells)))), usual
