"""What is wrong with a file as a whole, told before a single cell is read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from planner.errors import Finding, Severity, UnusableInputError
from planner.texts import message

# The first bytes of an OLE file: an old .xls, or the shell around an encrypted workbook.
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"

# A workbook for planning holds a few dozen megabytes; more is a trap or a mistake.
_LARGEST_CONTENT = 2_000_000_000

_WORKBOOK_PART = "xl/workbook.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")


def unusable(fault: str, **fields: object) -> UnusableInputError:
    """Return the error that a file cannot be used, with its one finding."""
    what = message(f"file.{fault}", **fields)
    todo = message(f"file.{fault}.todo", **fields)
    return UnusableInputError(what, (Finding(Severity.ERROR, what, todo),))


def content_of(path: Path) -> bytes:
    """Return the bytes of an Excel file; `UnusableInputError` where it is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise unusable("missing", file=str(path)) from None
    except IsADirectoryError:
        raise unusable("folder", file=str(path)) from None
    except OSError:
        raise unusable("folder" if path.is_dir() else "unreadable", file=str(path)) from None
    if not content:
        raise unusable("empty", file=path.name)
    if content.startswith(_OLE):
        raise unusable("encrypted" if _ENCRYPTED in content else "old_excel", file=path.name)
    if not content.startswith(_ZIP):
        raise unusable("not_excel", file=path.name)
    return content


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a zip that is no workbook, and a workbook that does not hold what it lists.

    The reading library passes over a sheet whose part is missing; here it is a damaged file.
    """
    parts = set(archive.namelist())
    if _is_other_format(archive, parts):
        raise unusable("not_excel", file=name)
    if sum(part.file_size for part in archive.infolist()) > _LARGEST_CONTENT:
        raise unusable("too_large", file=name)
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
    kinds = archive.read("[Content_Types].xml")
    return b"spreadsheetml" not in kinds or "xl/workbook.bin" in parts


def left_behind(archive: zipfile.ZipFile) -> bool:
    """Whether the file holds charts, pictures or macros, which a written copy would not."""
    kept_out = ("xl/charts/", "xl/media/", "xl/chartsheets/", "xl/pivotTables/", "xl/vbaProject")
    return any(part.startswith(kept_out) for part in archive.namelist())
