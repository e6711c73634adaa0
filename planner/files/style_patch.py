"""The cell formats of a workbook that is kept: more of them, and none changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from planner.files.cell_writer import own_format
from planner.files.xml_spans import (
    Element,
    Splice,
    elements_of,
    prefixed,
    quoted,
    set_attribute,
    spliced,
    with_attribute,
)
from planner.input.book import RawValue

EMPTY_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet '
    b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b"</styleSheet>"
)
_GENERAL = 0
_FIRST_OWN = 164  # lower numbers stand for formats that every spreadsheet knows
# The lists of a style sheet that come before each other, as the format wants them.
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip


@dataclass(frozen=True)
class Offsets:
    """Where the formats of another style sheet came to stand: added to a number of theirs."""

    cells: int
    conditional: int


class StyleSheet:
    """A style sheet, with the formats that are put behind its own."""

    def __init__(self, xml: bytes) -> None:
        """Read a style sheet in UTF-8; `ValueError` where it has no cell formats."""
        self._xml = xml
        self._root = elements_of(xml)
        cells = self._root.child("cellXfs")
        if cells is None or not cells.inside:
            raise ValueError("no cell formats")
        self._cells = cells.inside
        formats = self._list("numFmts")
        self._codes = {
            int(each.attributes["numFmtId"]): each.attributes["formatCode"] for each in formats
        }
        self._next_code = max([_FIRST_OWN - 1, *self._codes]) + 1
        self._more: dict[str, list[bytes]] = {}
        self._known: dict[tuple[int, str], int] = {}

    @property
    def is_changed(self) -> bool:
        """Whether anything was added."""
        return bool(self._more)

    def code_of(self, style: int) -> str:
        """Return the number format of a cell format."""
        if style >= len(self._cells):
            return "General"
        number = int(self._cells[style].attributes.get("numFmtId", "0"))
        return self._codes.get(number) or BUILTIN_FORMATS.get(number, "General")

    def fit(self, style: int, value: RawValue | None) -> int:
        """Return the cell format in which a value is read as what it is: its own, or one like it.

        A number in a cell of dates would be read as a date, and a date elsewhere as a number.
        """
        code = self.code_of(style)
        shows_dates = is_date_format(code)
        shows_spans = shows_dates and is_timedelta_format(code)
        if isinstance(value, dt.date | dt.time):
            wanted = code if shows_dates and not shows_spans else own_format(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            wanted = "General" if shows_dates and not shows_spans else code
        else:
            wanted = code
        return style if wanted == code else self._like(style, wanted)

    def _like(self, style: int, code: str) -> int:
        """Return a cell format as another, with a number format of its own."""
        if (style, code) not in self._known:
            xf = self._cells[min(style, len(self._cells) - 1)]
            whole = self._xml[xf.start : xf.end]
            tag = whole[: xf.inner - xf.start]
            changed = with_attribute(tag, "numFmtId", str(self._number(code)))
            changed = with_attribute(changed, "applyNumberFormat", "1")
            self._known[style, code] = self._add_cell(changed + whole[len(tag) :])
        return self._known[style, code]

    def _number(self, code: str) -> int:
        """Return the number of a number format, a new one where the book has none."""
        if code == "General":
            return _GENERAL
        for number, known in self._codes.items():
            if known == code:
                return number
        number, self._next_code = self._next_code, self._next_code + 1
        self._codes[number] = code
        prefix = self._prefix("numFmts")
        piece = f'<{prefix}numFmt numFmtId="{number}" formatCode="{quoted(code)}"/>'
        self._more.setdefault("numFmts", []).append(piece.encode())
        return number

    def _add_cell(self, xf: bytes) -> int:
        more = self._more.setdefault("cellXfs", [])
        more.append(xf)
        return len(self._cells) + len(more) - 1

    def take_over(self, other: bytes) -> Offsets:
        """Put the formats of a style sheet of our own behind these; return where they stand."""
        theirs = StyleSheet(other)
        parts = {
            name: len(self._list(name)) + len(self._more.get(name, []))
            for name in ("fonts", "fills", "borders", "cellXfs", "dxfs")
        }
        for name in ("fonts", "fills", "borders", "dxfs"):
            found = theirs._list(name)
            if found:
                more = self._more.setdefault(name, [])
                prefix = self._prefix(name)
                more += [prefixed(other[each.start : each.end], prefix) for each in found]
        prefix = self._prefix("cellXfs")
        for xf in theirs._cells:
            self._add_cell(prefixed(self._moved(xf, other, theirs, parts), prefix))
        return Offsets(parts["cellXfs"], parts["dxfs"])

    def _moved(
        self, xf: Element, other: bytes, theirs: StyleSheet, parts: Mapping[str, int]
    ) -> bytes:
        tag = other[xf.start : xf.inner]
        number = int(xf.attributes.get("numFmtId", "0"))
        if number in theirs._codes:
            number = self._number(theirs._codes[number])
        tag = with_attribute(tag, "numFmtId", str(number))
        for key, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            at = int(xf.attributes.get(key, "0"))
            # Theirs first of each is the plain one, as it is here.
            tag = with_attribute(tag, key, str(at + parts[name]) if at else "0")
        return with_attribute(tag, "xfId", "0") + other[xf.inner : xf.end]

    def xml(self) -> bytes:
        """Return the style sheet with what was added."""
        changed = (name for name in _ORDER if name in self._more)
        return spliced(self._xml, [self._added(name, self._more[name]) for name in changed])

    def _added(self, name: str, more: list[bytes]) -> Splice:
        piece, prefix = b"".join(more), self._prefix(name)
        found = self._root.child(name)
        count = len(self._list(name)) + len(more)
        if found is None:
            after = _ORDER[_ORDER.index(name) + 1 :]
            later = (each for each in self._root.inside if each.name in after)
            at = next((each.start for each in later), self._root.outer)
            opened = f'<{prefix}{name} count="{count}">'.encode()
            return at, at, opened + piece + f"</{prefix}{name}>".encode()
        start, end, tag = set_attribute(self._xml, found, "count", str(count))
        if found.is_empty:
            closed = f"</{prefix}{name}>".encode()
            return start, end, tag[:-2].rstrip() + b">" + piece + closed
        return start, found.outer, tag + self._xml[found.inner : found.outer] + piece

    def _prefix(self, name: str) -> str:
        """Return the prefix of what stands in a list; a list that is not there has the root's."""
        found = self._root.child(name)
        return (self._root if found is None else found).prefix

    def _list(self, name: str) -> list[Element]:
        found = self._root.child(name)
        return [] if found is None else found.inside
