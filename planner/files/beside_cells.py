"""What a workbook says outside its cells: comments, and the properties of the file.

Neither is used for planning; both are looked at for personal data, so that none is kept unseen.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO
from xml.etree import ElementTree as ET

from openpyxl.utils.cell import coordinate_to_tuple

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.personal_data.numbers import datum_in_label

_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml", "meta.xml")
_DRAWINGS = "xl/drawings/drawing"
_LONGEST_REFERENCE = len("XFD1048576")


def comments_of(archive: zipfile.ZipFile, sheet: str) -> Mapping[tuple[int, int], str]:
    """Return the comments of a sheet, whose part is named, by row and column."""
    notes: dict[tuple[int, int], str] = {}
    for part in _hanging_on(archive, sheet, ("/comments", "/threadedComment")):
        for at, text in _comments(archive, part):
            notes[at] = f"{notes[at]} {text}" if at in notes else text
    return notes


def is_table_filtered(archive: zipfile.ZipFile, sheet: str) -> bool:
    """Whether a table of the spreadsheet's own hides rows of a sheet, whose part is named."""
    tables = _hanging_on(archive, sheet, ("/table",))
    return any(b"filterColumn" in archive.read(each) for each in tables)


def _hanging_on(archive: zipfile.ZipFile, sheet: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield the parts of some kinds that a sheet refers to and that are there."""
    folder, name = posixpath.split(sheet)
    links = f"{folder}/_rels/{name}.rels"
    if links not in archive.namelist():
        return
    for link in ET.fromstring(archive.read(links)):  # noqa: S314 - definitions are refused
        if link.get("Type", "").endswith(kinds):
            target = posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
            if target.lstrip("/") in archive.namelist():
                yield target.lstrip("/")


def _comments(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(part) as content:
        for _, element in ET.iterparse(content):  # noqa: S314 - as above
            at = element.get("ref", "")
            if _local(element) in {"comment", "threadedComment"} and at:
                if len(at) <= _LONGEST_REFERENCE:
                    yield coordinate_to_tuple(at), "".join(element.itertext())
                element.clear()


def persons_outside_cells(archive: zipfile.ZipFile) -> Iterator[Finding]:
    """Yield an error where a property of the file, or a text box, holds a personal datum."""
    for part in archive.namelist():
        properties = part in _PROPERTIES
        if not properties and not part.startswith(_DRAWINGS):
            continue
        with archive.open(part) as content:
            texts = _texts(content, paragraphs=not properties)
            found = next(filter(None, map(datum_in_label, texts)), None)
        if found is not None:
            key = "finding.persons_properties" if properties else "finding.persons_drawing"
            what, todo = message(key, sign=found.value), message(f"{key}.todo")
            yield Finding(Severity.ERROR, what, todo)


def _texts(content: IO[bytes], *, paragraphs: bool) -> Iterator[str]:
    """Yield the texts of a part: of each element, or of each paragraph of a text box as a whole."""
    for _, element in ET.iterparse(content):  # noqa: S314 - as above
        if paragraphs and _local(element) == "p":
            yield "".join(element.itertext())
        elif not paragraphs and element.text:
            yield element.text


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
