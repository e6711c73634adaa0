"""The texts that cells share, exactly as they stand in the file, and whether they are struck out.

The reading library takes `x005F_` out of every text, which makes other texts of some.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl import Workbook
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from planner.files.sheet_rows import words_of

_ITEM = f"{{{SHEET_MAIN_NS}}}si"
_STRIKE = f"{{{SHEET_MAIN_NS}}}rPr/{{{SHEET_MAIN_NS}}}strike"
_RUN = f"{{{SHEET_MAIN_NS}}}r"
_FALSE = ("0", "false")


class StruckText(str):
    """A text of which a part is struck out."""

    __slots__ = ()


def opened_workbook(content: bytes, *, data_only: bool) -> Workbook:
    """Open a workbook for reading, cell by cell, with its texts as they stand there."""
    reader = _Reader(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    package: Manifest

    def read_strings(self) -> None:
        """Read the texts that cells share."""
        found: Any = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call] # no types
        if found is not None:
            with self.archive.open(found.PartName[1:]) as content:
                self.shared_strings = list(_texts(content))


def _texts(content: IO[bytes]) -> Iterator[str]:
    for _, element in iterparse(content):  # noqa: S314 - definitions are refused
        if element.tag == _ITEM:
            text = "".join(words_of(element))
            struck = any(map(_is_struck, element.iterfind(_RUN)))
            element.clear()
            yield StruckText(text) if struck else text


def _is_struck(run: Element) -> bool:
    strike = run.find(_STRIKE)
    return strike is not None and strike.get("val", "1") not in _FALSE
