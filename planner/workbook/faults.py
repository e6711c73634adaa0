"""What is wrong with a file as a whole, told before a single cell is read."""

from __future__ import annotations

import codecs
import errno
import os
import re
import zipfile
from enum import Enum
from pathlib import Path

from planner.errors import Finding, Severity, UnusableInputError
from planner.texts import message

# The first bytes of an OLE file: an old .xls, or the shell around an encrypted workbook.
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_STREAMS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_ZIP = b"PK"
# The format asks for this text as the first part of the file, not packed.
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_TEXT_FILES = (".csv", ".tsv", ".txt")
_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|head|meta)", re.IGNORECASE)
_SEPARATORS = b";,\t|"
# Letters that no text has; a file without them, with separators, is a text under another name.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# A workbook for planning holds a few dozen megabytes; more is a trap or a mistake. Within these
# bounds reading stays below a gigabyte of memory: an element takes a hundred bytes of it.
LARGEST_CONTENT = 300_000_000
MOST_ELEMENTS = 6_000_000
MOST_CELLS = 1_500_000
_LARGEST_PART = 16_000_000
_LARGEST_STRINGS = 64_000_000
_STRINGS_PART, _STYLES_PART = "xl/sharedStrings.xml", "xl/styles.xml"
# A workbook has at most 65,490 cell formats; each takes a few elements and a kilobyte.
_MOST_ELEMENTS_IN = {_STRINGS_PART: MOST_ELEMENTS, _STYLES_PART: 400_000}
# Sheets are counted as they are read; the others here are not read at all.
_AS_LARGE_AS_ALL = ("xl/worksheets/", "xl/pivotCache/", "xl/drawings/", "xl/charts/", "content.xml")

# Definitions can stand only before the first element.
_HEAD = 4096
_LONGEST_TOLD = 60

# What a workbook written by the program carries: its mark, and the charts of its overview.
OWN_MARK = b"Opvangplan layout"
OWN_CHARTS = 3

_SHEETS = "xl/worksheets/sheet"
_SHAPE = re.compile(rb"<xdr:(?:sp|cxnSp)[ >]")
_PIECE = 1 << 20

_WORKBOOK_PART = "xl/workbook.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")


def unusable(fault: str, **fields: object) -> UnusableInputError:
    """Return the error that a file cannot be used, with its one finding."""
    what = message(f"file.{fault}", **fields)
    todo = message(f"file.{fault}.todo", **fields)
    return UnusableInputError(what, (Finding(Severity.ERROR, what, todo),))


class FileKind(Enum):
    """The kinds of file that tables are read from."""

    EXCEL = "xlsx"
    OLD_EXCEL = "xls"
    OPEN_DOCUMENT = "ods"
    SEPARATED = "csv"


def content_of(path: Path) -> bytes:
    """Return the bytes of a file; `UnusableInputError` where there are none to be had."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, ValueError):
        raise unusable("missing", file=str(path)) from None
    except IsADirectoryError:
        raise unusable("folder", file=str(path)) from None
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            raise unusable("long_path", file=path.name[:_LONGEST_TOLD]) from None
        # os.path does not raise where a path cannot be looked at; Windows reads no folder.
        kind = "folder" if os.path.isdir(path) else "unreadable"  # noqa: PTH112 - said above
        raise unusable(kind, file=str(path)) from None
    if not content:
        raise unusable("empty", file=path.name)
    return content


def kind_of(content: bytes, path: Path) -> FileKind:
    """Return what a file is by what stands in it, whatever its name says."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise unusable("encrypted", file=path.name)
        if not any(stream in content for stream in _OLD_STREAMS):
            raise unusable("old_excel", file=path.name)
        return FileKind.OLD_EXCEL
    if content.startswith(_ZIP):
        return FileKind.OPEN_DOCUMENT if _OPEN_DOCUMENT in content[:200] else FileKind.EXCEL
    if _PAGE.match(content[:_HEAD].lstrip(codecs.BOM_UTF8)):
        raise unusable("web_page", file=path.name)
    if path.suffix.casefold() in _TEXT_FILES or _is_text(content[:_HEAD]):
        return FileKind.SEPARATED
    raise unusable("not_excel", file=path.name)


def _is_text(head: bytes) -> bool:
    """Whether a file begins as a table of text does, under whatever name: two lines or more."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    parted = any(mark in head for mark in _SEPARATORS)
    return parted and len(head.splitlines()) > 1 and _NO_TEXT.search(head) is None


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a zip that is no workbook, and a workbook that does not hold what it lists.

    The reading library passes over a sheet whose part is missing; here it is a damaged file.
    """
    parts = set(archive.namelist())
    if "xl/workbook.bin" in parts:
        raise unusable("binary_excel", file=name)
    if _is_other_format(archive, parts):
        raise unusable("not_excel", file=name)
    check_size(archive, name)
    if _WORKBOOK_PART in parts:
        listed = len(_SHEET.findall(archive.read(_WORKBOOK_PART)))
        held = sum(
            part.startswith(("xl/worksheets/", "xl/chartsheets/")) and part.endswith(".xml")
            for part in parts
        )
        if listed > held:
            raise unusable("damaged", file=name)


def _is_other_format(archive: zipfile.ZipFile, parts: set[str]) -> bool:
    """Whether the zip is something else: OpenDocument, a binary workbook, a text document."""
    if "[Content_Types].xml" not in parts:
        return True
    return b"spreadsheetml" not in archive.read("[Content_Types].xml")


def check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse what is too large to read, and a file that holds two parts of one name.

    Of two parts of one name each program reads another. Pictures and the like are not read.
    """
    names = archive.namelist()
    if len(names) != len(set(names)):
        raise unusable("damaged", file=name)
    read = [each for each in archive.infolist() if each.filename.endswith((".xml", ".rels"))]
    large = any(each.file_size > _largest(each.filename) for each in read)
    if large or sum(each.file_size for each in read) > LARGEST_CONTENT:
        raise unusable("too_large", file=name)
    for part, most in _MOST_ELEMENTS_IN.items():
        if part in names and archive.read(part).count(b"<") > most:
            raise unusable("too_large", file=name)


def _largest(part: str) -> int:
    if part.startswith(_AS_LARGE_AS_ALL):
        return LARGEST_CONTENT
    return _LARGEST_STRINGS if part == _STRINGS_PART else _LARGEST_PART


# What a written workbook does not hold, by the parts of the file that tell of it.
_LEFT_BEHIND = {
    "pictures": ("xl/media/",),
    "pivots": ("xl/pivotTables/",),
    "macros": ("xl/vbaProject",),
    "controls": ("xl/ctrlProps/", "xl/activeX/"),
    "threads": ("xl/threadedComments/",),
}
# Of those, what a copy with findings does not hold either.
LOST_IN_COPY = ("controls", "threads", "shapes", "extensions")


def left_behind(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return the sorts of things in a file that a written workbook would not hold.

    The charts that the program itself put on its overview are made anew.
    """
    parts = archive.namelist()
    found = [
        sort
        for sort, starts in _LEFT_BEHIND.items()
        if any(part.startswith(starts) for part in parts)
    ]
    charts = sum(part.startswith("xl/charts/chart") for part in parts)
    ours = OWN_CHARTS if _is_ours(archive, parts) else 0
    if charts > ours or any(part.startswith("xl/chartsheets/") for part in parts):
        found.insert(0, "charts")
    drawings = [part for part in parts if part.startswith("xl/drawings/drawing")]
    if not ours and any(_SHAPE.search(archive.read(each)) for each in drawings):
        found.append("shapes")
    if any(_has_extensions(archive, part) for part in parts if part.startswith(_SHEETS)):
        found.append("extensions")
    return tuple(found)


def _has_extensions(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether a sheet's XML ends in what later versions of Excel added to it."""
    with archive.open(part) as content:
        last = b""
        while piece := content.read(_PIECE):
            last = last[-_HEAD:] + piece
    return b"<extLst" in last


def _is_ours(archive: zipfile.ZipFile, parts: list[str]) -> bool:
    return "docProps/custom.xml" in parts and OWN_MARK in archive.read("docProps/custom.xml")


def refuse_definitions(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse XML that defines names of its own: spreadsheets need none, and they can be traps."""
    for part in archive.namelist():
        if part.endswith((".xml", ".rels")):
            with archive.open(part) as content:
                head = content.read(_HEAD)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise unusable("damaged", file=name)
