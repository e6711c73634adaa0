"""Which version of the program wrote a file, and whether that is one this version can read.

A workbook carries two marks, which spreadsheet programs keep: for people the version that wrote it,
and of a plan the layout of its sheets. A layout that is newer than ours may mean another thing by a
cell than we read in it, so such a file is refused.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from planner import __version__
from planner.files.faults import OWN_MARK, unusable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

# Changes when something on the sheets of a plan moves; older layouts stay readable.
LAYOUT = "4"
LAYOUT_PROPERTY = OWN_MARK.decode()
VERSION_PROPERTY = "Opvangplan version"

_PARTS = ("docProps/custom.xml", "meta.xml")
# As Excel writes it, and as an OpenDocument does.
_LAYOUT = re.compile(rb'name="' + re.escape(OWN_MARK) + rb'"[^>]*>\s*(?:<vt:\w+>)?\s*(\d{1,9})\s*<')


def sign(workbook: Workbook) -> None:
    """Mark a workbook with the version that writes it."""
    workbook.set_custom_property(VERSION_PROPERTY, __version__)


def refuse_newer(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a plan of a layout that came after this version; `UnusableInputError` says so."""
    there = set(archive.namelist())
    for part in _PARTS:
        found = _LAYOUT.search(archive.read(part)) if part in there else None
        if found and int(found[1]) > int(LAYOUT):
            raise unusable("newer", file=name, layout=found[1].decode(), known=LAYOUT)
