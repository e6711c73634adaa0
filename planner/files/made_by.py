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

# Changes when something on the sheets of a plan moves, and when a rule or check comes or goes: an
# older version would count it as a fault of the plan. Older layouts stay readable.
LAYOUT = "6"
LAYOUT_PROPERTY = OWN_MARK.decode()
VERSION_PROPERTY = "Opvangplan version"

_PARTS = ("docProps/custom.xml", "meta.xml")
# As Excel writes it, and as an OpenDocument does.
_LAYOUT = re.compile(rb'name="' + re.escape(OWN_MARK) + rb'"[^>]*>\s*(?:<vt:\w+>)?\s*(\d{1,9})\s*<')


_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties with names of their own
_OWN = re.compile(
    rb'<(?:\w+:)?property\b[^>]*\bname="(?:'
    + b"|".join(re.escape(each.encode()) for each in (LAYOUT_PROPERTY, VERSION_PROPERTY))
    + rb')"[^>]*>.*?</(?:\w+:)?property\s*>',
    re.DOTALL,
)
_NUMBER, _END = re.compile(rb'\bpid="(\d{1,9})"'), re.compile(rb"</(?:\w+:)?Properties\s*>")
_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)


def marked(properties: bytes) -> bytes:
    """Return the named properties of a workbook with those of a plan of ours among them.

    Its own stay; where they are written in a way that is not known, all stays as it is.
    """
    others = _OWN.sub(b"", properties)
    end = _END.search(others)
    if end is None:
        return properties
    number = max((int(each) for each in _NUMBER.findall(others)), default=1)
    marks = ((VERSION_PROPERTY, __version__), (LAYOUT_PROPERTY, LAYOUT))
    more = "".join(
        f'<property {_NAMESPACES} fmtid="{_FORMAT}" pid="{number + at}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for at, (name, value) in enumerate(marks, 1)
    )
    return others[: end.start()] + more.encode() + others[end.start() :]


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
