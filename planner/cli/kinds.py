"""Writing a book as another kind of workbook than it was read from."""

from __future__ import annotations

from pathlib import Path

from planner.cli.console import Console
from planner.core.texts import message
from planner.files.in_place import without_package
from planner.files.losses import NotInPlaceError
from planner.files.ods_writer import OPEN_DOCUMENT
from planner.input.book import Book


def as_kind_of(path: Path, book: Book, console: Console) -> Book:
    """Return a book as it can be written to a file, and say what an .ods lacks of an Excel file."""
    if path.suffix.casefold() != OPEN_DOCUMENT or not book.package:
        return book
    why = message("file.not_in_place.other_kind")
    console.tell(console.say(NotInPlaceError(why, book.package).told))
    return without_package(book)
