"""Putting the stored results of formulas back in a workbook that openpyxl wrote.

It writes formulas without results. Excel calculates them again on opening; whatever reads the file
before that, this program too, would find formulas that were never calculated.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from planner.files.cell_writer import serial_of
from planner.files.escapes import encoded
from planner.input.book import CellError, RawSheet, RawValue, Uncalculated, column_letters

_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"([^<>]*)>(<f(?:[^<>]*/>|[^<>]*>[^<>]*</f>))<v ?(?:/>|></v>)</c>'
)


def put_results_back(path: Path, names: Sequence[str], sheets: Sequence[RawSheet]) -> None:
    """Put in each formula's cell what stood there; `names` are the file's sheets in their order."""
    stored = {sheet.name: _results(sheet) for sheet in sheets}
    by_part = {
        f"xl/worksheets/sheet{number}.xml": stored[name]
        for number, name in enumerate(names, start=1)
        if stored.get(name)
    }
    if not by_part:
        return
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            results = by_part.get(part.filename, {})
            new.writestr(part.filename, _filled(content, results) if results else content)
    path.write_bytes(out.getvalue())


def _results(sheet: RawSheet) -> Mapping[bytes, RawValue]:
    cells = ((at, sheet.cells.get(at, "")) for at in sheet.formulas)
    return {
        f"{column_letters(column)}{row}".encode(): value
        for (row, column), value in cells
        if not isinstance(value, Uncalculated)
    }


def _filled(content: bytes, results: Mapping[bytes, RawValue]) -> bytes:
    def fill(found: re.Match[bytes]) -> bytes:
        address, attributes, formula = found.groups()
        if address not in results:
            return found[0]
        kind, written = _written(results[address])
        return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (address, attributes, kind, formula, written)

    return _FORMULA.sub(fill, content)


def _written(value: RawValue) -> tuple[bytes, bytes]:
    """Return the attribute that says what a value is, and how it is written."""
    match value:
        case bool():
            return b' t="b"', b"%d" % value
        case CellError(code):
            return b' t="e"', escape(code).encode()
        case int() | float():
            return b"", repr(value).encode()
        case dt.date() | dt.time():
            return b"", repr(serial_of(value)).encode()
        case _:
            return b' t="str"', escape(encoded(str(value))).encode()
