"""From a text file (.csv) to a sheet: one table a file, known by its name or by its columns.

Character set and separator are found from the content and told; what does not fit is refused.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Mapping

from planner.errors import Finding, Severity
from planner.tables.book import RawSheet
from planner.tables.recognise import table_named, tables_alike
from planner.texts import Message, message
from planner.workbook.faults import unusable

_DELIMITERS: Mapping[str, str] = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LARGEST = 200_000_000
_TITLE_LENGTH = 31


def read_separated(content: bytes, name: str) -> tuple[RawSheet, Finding]:
    """Return the one sheet of a text file, and how it was read.

    Every cell is the text that stands in the file. `UnusableInputError` where the letters or the
    columns cannot be told, or more than one table has these columns.
    """
    if len(content) > _LARGEST:
        raise unusable("too_large", file=name)
    text, encoding = _decoded(content, name)
    text, told = _told_delimiter(text)
    delimiter, rows = _parted(text, told, name)
    stem = name.rpartition(".")[0] or name
    cells = {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value
    }
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


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return the text and the character set, as people call it."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    tries = (marked,) if marked else ("utf-8", "cp1252")
    for encoding in tries:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(
                encoding, encoding.upper()
            )
    raise unusable("csv_encoding", file=name)


def _told_delimiter(text: str) -> tuple[str, str]:
    """Return the text without a first line that names its separator, and that separator."""
    first, mark, rest = text.partition("\n")
    line = first.strip().casefold()
    if mark and line.startswith("sep=") and line[4:5] in _DELIMITERS and len(line) <= len("sep=;"):
        return rest, line[4:5]
    return text, ""


def _parted(text: str, told: str, name: str) -> tuple[str, list[list[str]]]:
    """Return the separator and the rows it gives: the one whose columns are known, or are many."""
    best: tuple[tuple[int, int], str, list[list[str]]] | None = None
    fault: tuple[str, int] | None = None
    for delimiter in [told] if told else list(_DELIMITERS):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            rows = list(reader)
        except csv.Error:
            fault = fault or ("csv_quotes", reader.line_num)
            continue
        score = _score(rows)
        if best is None or score > best[0]:
            best = (score, delimiter, rows)
    if best is not None and best[0] > (0, 1):
        return best[1], best[2]
    if fault is not None:
        raise unusable(fault[0], file=name, row=str(fault[1]))
    raise unusable("csv_ragged", file=name)


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
