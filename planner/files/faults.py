"""What is wrong with a file as a whole, told before a single cell is read."""

from __future__ import annotations

import codecs
import errno
import io
import os
import posixpath
import re
import stat
import zipfile
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.parsers import expat

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import message

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

# A national plan holds 15 megabytes in 330,000 cells; many times that is a trap or a mistake.
# Within these bounds a file is read within 500 megabytes of memory: an element takes a hundred
# bytes of it, an attribute as many, and a cell two hundred.
LARGEST_FILE = 100_000_000
LARGEST_CONTENT = 150_000_000
LARGEST_SHEET = 80_000_000
MOST_ELEMENTS = 4_000_000  # beginnings and ends
MOST_ATTRIBUTES = 3_000_000
MOST_CELLS = 1_000_000
# Of a workbook: the plan of a case twice the national one has some 150,000.
MOST_ROWS = 300_000
MOST_SHEETS = 1_000
_MOST_PARTS = 20_000
_LARGEST_PART = 16_000_000
_LARGEST_STRINGS = 48_000_000
_STRINGS_PART, _STYLES_PART = "xl/sharedStrings.xml", "xl/styles.xml"
# A workbook has at most 65,490 cell formats; each takes a few elements and a kilobyte. The reading
# library makes an object of each element of a part that is no sheet.
_MOST_ELEMENTS_IN = {_STRINGS_PART: 1_000_000, _STYLES_PART: 250_000}
_MOST_ELEMENTS_ELSEWHERE = 250_000
_FEW = 500_000  # a part of so many bytes holds no more elements than that
# A row has at most 16,384 cells, of a few elements each; a row is held whole while it is read.
_MOST_IN_A_ROW = 300_000
_ROW_END = re.compile(
    rb"</(?:[^\s<>/:]+:)?(?:table-)?row\s*>|<(?:[^\s<>/:]+:)?(?:table-)?row\b[^<>]*/>"
)
# As nearly all files have it; what it does not find, the other does.
_PLAIN_ROW_END = re.compile(rb"</row>")
# A cell of Excel holds 32,767 characters; of each the XML may make six.
_LONG = re.compile(rb"<[^<]{1000000}")
_MARK = b"PK\x01\x02"  # begins a part's entry in a zip's list of parts
# Sheets are counted as they are read; the others here are not read at all.
_SHEETS_ARE_IN = ("xl/worksheets/", "content.xml")
_SEARCHED = ("xl/pivotCache/", "xl/charts/")
_NOT_READ = (
    "xl/media/", "xl/embeddings/", "xl/model/", "media/", "Pictures/", "Thumbnails/",
    "ObjectReplacements/", "Object ",
)  # fmt: skip

# Definitions can stand only before the first element, and that is not far down.
_HEAD, _LONGEST_BEFORE = 4096, 1 << 20
_LONGEST_TOLD = 60

# What a workbook written by the program carries: its mark, and the charts of its overview.
OWN_MARK = b"Opvangplan layout"
OWN_CHARTS = 3

_SHEETS = "xl/worksheets/sheet"
_SHAPE = re.compile(rb"<xdr:(?:sp|cxnSp)[ >]")
_PIECE = 1 << 20
_SHORT = 20  # longer than what is searched for

_WORKBOOK_PART = "xl/workbook.xml"
_SHEET = re.compile(rb"<(?:[^\s<>/:]+:)?sheet\s")


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
    """Return the bytes of a file; `UnusableInputError` where there are none to be had.

    A pipe or a device may give bytes without end, or wait for ever for the first.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            raise unusable("no_file", file=str(path))
        if about.st_size > LARGEST_FILE:
            raise unusable("too_large", file=path.name)
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


def opened_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip; one with more parts than any workbook has is refused before they are listed."""
    if content.count(_MARK) > _MOST_PARTS:
        raise unusable("too_large", file=name)
    return zipfile.ZipFile(io.BytesIO(content))


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a zip that is no workbook, and a workbook that does not hold what it lists.

    The reading library passes over a sheet whose part is missing; here it is a damaged file.
    """
    parts = set(archive.namelist())
    if "xl/workbook.bin" in parts:
        raise unusable("binary_excel", file=name)
    check_size(archive, name)
    if _is_other_format(archive, parts):
        raise unusable("not_excel", file=name)
    if _WORKBOOK_PART in parts:
        listed = len(_SHEET.findall(archive.read(_WORKBOOK_PART)))
        if listed > MOST_SHEETS:
            raise unusable("too_large", file=name)
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

    Of two parts of one name each program reads another. Pictures and the like are not read. What
    is unpacked here is known to be small: a part gives no more than the list of parts says.
    """
    names = archive.namelist()
    if len(names) != len({_one_name(each) for each in names}):
        raise unusable("damaged", file=name)
    read = [each for each in archive.infolist() if not each.filename.startswith(_NOT_READ)]
    large = any(each.file_size > _largest(each.filename) for each in read)
    if large or sum(each.file_size for each in read) > LARGEST_CONTENT:
        raise unusable("too_large", file=name)
    for each in read:
        most = _MOST_ELEMENTS_IN.get(each.filename, _MOST_ELEMENTS_ELSEWHERE)
        if each.file_size > _FEW and not each.filename.startswith((*_SHEETS_ARE_IN, *_SEARCHED)):
            part = archive.read(each)
            if part.count(b"<") > most or _attributes(part) > most or _LONG.search(part):
                raise unusable("too_large", file=name)


def _one_name(part: str) -> str:
    """Return a part's name as programs know it that mind neither capitals nor how it is written."""
    return posixpath.normpath(unquote(part).replace("\\", "/").lstrip("/")).casefold()


def _largest(part: str) -> int:
    if part.startswith(_SHEETS_ARE_IN):
        return LARGEST_SHEET
    if part.startswith(_SEARCHED):
        return LARGEST_CONTENT
    return _LARGEST_STRINGS if part == _STRINGS_PART else _LARGEST_PART


def check_sheet(part: bytes, name: str) -> None:
    """Refuse a sheet's XML that would take more memory than a sheet can be worth.

    What is read of a row is held until the row ends.
    """
    many = part.count(b"<") > MOST_ELEMENTS or _attributes(part) > MOST_ATTRIBUTES
    if many or _LONG.search(part) is not None:
        raise unusable("too_large", file=name)
    if _has_large_row(part, _PLAIN_ROW_END) and _has_large_row(part, _ROW_END):
        raise unusable("too_large", file=name)


def _has_large_row(part: bytes, row_end: re.Pattern[bytes]) -> bool:
    before = 0
    for end in chain((found.end() for found in row_end.finditer(part)), (len(part),)):
        if end - before > _FEW and part.count(b"<", before, end) > _MOST_IN_A_ROW:
            return True
        before = end
    return False


def _attributes(part: bytes) -> int:
    return part.count(b'="') + part.count(b"='")


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
    if not ours and any(_holds(archive, each, _SHAPE) for each in drawings):
        found.append("shapes")
    if any(_has_extensions(archive, part) for part in parts if part.startswith(_SHEETS)):
        found.append("extensions")
    return tuple(found)


def _holds(archive: zipfile.ZipFile, part: str, pattern: re.Pattern[bytes]) -> bool:
    """Whether a short pattern stands in a part, which is searched by pieces."""
    with archive.open(part) as content:
        end = b""
        while piece := content.read(_PIECE):
            if pattern.search(end + piece) is not None:
                return True
            end = piece[-_SHORT:]
    return False


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
                if _defines_names(content):
                    raise unusable("damaged", file=name)


class _SeenError(Exception):
    """What was looked for in a part was seen: whether it defines names."""

    def __init__(self, *, defines: bool) -> None:
        super().__init__()
        self.defines = defines


def _defines_names(content: IO[bytes]) -> bool:
    """Whether XML, in whatever encoding, defines names; nor may its first element stand far off."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: _seen(defines=True)
    parser.StartElementHandler = lambda *_: _seen(defines=False)
    try:
        for size in (_HEAD, _LONGEST_BEFORE):
            parser.Parse(content.read(size), False)  # noqa: FBT003 - the library's own way
    except _SeenError as seen:
        return seen.defines
    except expat.ExpatError:
        return False  # the reader says what is wrong with it
    return bool(content.read(1))


def _seen(*, defines: bool) -> None:
    raise _SeenError(defines=defines)
