"""The rows of a worksheet's XML where each is written as nearly all programs write them.

Making an object of each of the 400,000 cells of a plan takes longer than all that is done with
them. Here a row is matched as a whole; where anything is written otherwise, from an entity to an
attribute that is not known, nothing is told of the sheet, and it is to be read as XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError, fromstring

from openpyxl.xml.constants import SHEET_MAIN_NS

# A larger sheet is read row by row: here its text is held three times for a moment.
_LARGEST = 32_000_000
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW = re.compile(
    r'<row r="([1-9]\d{0,6})"'
    r'(?: (?:spans|s|ht|customHeight|customFormat|hidden)="[\d.:a-z]*")*>'
)
# What XML forbids in a text, and what stands in it as something else: an entity, a line's end.
_WORDS = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]+"
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,6})")?'
    rf'(?:/>|(?: t="(s|str|n|b|inlineStr)")?>(?:<v>({_WORDS})</v>|<is><t>({_WORDS})</t></is>)</c>))'
)
# Without a declaration XML is UTF-8.
_UTF_8 = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'] encoding=["']UTF-8["'][^<>]*\?>\s*)?<worksheet""",
    re.IGNORECASE,
)

# Letters of the column, style, kind, and what stands in it; of a text in place its words.
RegularCell = tuple[str, str, str, str]


def regular_rows(part: bytes) -> Iterator[tuple[int, list[RegularCell]]] | None:
    """Return the rows of a sheet by number, with their cells that hold something.

    `None` where the sheet is to be read as XML. `IrregularError` comes later, out of the rows,
    where one of them is written otherwise.
    """
    if len(part) > _LARGEST:
        return None
    begin, end = part.find(_BEGIN), part.rfind(_END)
    if begin < 0 or end < begin or not _UTF_8.match(part):
        return None
    around = part[: begin + len(_BEGIN)] + part[end:]
    try:
        sheet = fromstring(around)  # noqa: S314 - definitions are refused
        rows = part[begin + len(_BEGIN) : end].decode("utf-8")
    except (ParseError, UnicodeDecodeError):
        return None
    if sheet.tag != f"{{{SHEET_MAIN_NS}}}worksheet" or part.count(_BEGIN) > 1:
        return None
    return _rows(rows)


class IrregularError(Exception):
    """A row is not written as nearly all are."""


def _rows(written: str) -> Iterator[tuple[int, list[RegularCell]]]:
    *rows, rest = written.split("</row>")
    if rest:
        raise IrregularError
    for row in rows:
        begun = _ROW.match(row)
        if begun is None:
            raise IrregularError
        number, left = begun[1], len(row) - begun.end()
        cells: list[RegularCell] = []
        for whole, letters, digits, style, kind, value, words in _CELL.findall(row, begun.end()):
            left -= len(whole)
            if digits != number or bool(words) != (kind == "inlineStr"):
                raise IrregularError
            if value or words:
                cells.append((letters, style, kind, value or words))
        if left:
            raise IrregularError
        yield int(number), cells
