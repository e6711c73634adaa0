"""What a saved workbook would lack of what stood in the file that was opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from planner.core.errors import OpvangplanError
from planner.core.texts import Message, Text, catalogue, message
from planner.files.faults import FileKind, left_behind
from planner.input.book import Book

_OTHER_KINDS = (FileKind.OLD_EXCEL.value, FileKind.OPEN_DOCUMENT.value)
# What no list of parts tells, and any workbook may have.
_LOOKS = ("looks", "notes", "names", "links", "protection")
_OTHER_KIND = ("looks", "notes", "formulas", "charts", "macros", "refused")
_MACROS = "macros"


class WouldLoseError(OpvangplanError):
    """Saving as this kind of file would lose something; the message names what."""


class NotInPlaceError(OpvangplanError):
    """The changes cannot be written into the workbook; a new one would lack what it holds."""

    def __init__(self, why: Message, package: bytes) -> None:
        """Keep why not, and what a new workbook would lack, in words."""
        super().__init__(message("file.not_in_place", why=why, sorts=_sorts(_lost_anew(package))))


def refuse_loss(book: Book, path: Path) -> None:
    """Refuse to save a book as a kind of file that cannot hold what its own file holds.

    `WouldLoseError` names what. A book of the program's own, such as a demo, loses nothing.
    """
    if book.package:
        lost = _kept_elsewhere(book.package) if path.suffix.casefold() == ".xlsx" else ()
    else:
        lost = _OTHER_KIND if book.source in _OTHER_KINDS else ()
    if lost:
        told = message("file.would_lose", file=path.name, source=book.name, sorts=_sorts(lost))
        raise WouldLoseError(told)


def _kept_elsewhere(package: bytes) -> tuple[str, ...]:
    return tuple(each for each in _found(package) if each == _MACROS)


def _lost_anew(package: bytes) -> tuple[str, ...]:
    return (*_LOOKS, *_found(package), "refused")


def _found(package: bytes) -> tuple[str, ...]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return left_behind(archive)


def _sorts(keys: tuple[str, ...]) -> tuple[Text, ...]:
    named = catalogue()
    return tuple(named[f"left.{each}"] for each in keys)
