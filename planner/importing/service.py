"""Taking over tables from a file, as the window asks for it: one look gives all that is shown."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.core.errors import Finding
from planner.core.texts import Language
from planner.files.marking import write_marked_copy
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.importing.choice_store import recall, remember
from planner.importing.preview import Choices, How, Preview, Takeover, apply_import, preview
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import Edit, apply


@dataclass(frozen=True)
class Seen:
    """What stands in a file and what taking it over would do to the open book.

    `seen` comes without its book, which the window has no use for. `shape` is that of the file as
    recognised without choices; `recalled` says that the choices are those of an earlier file.
    """

    seen: Preview
    takeover: Takeover
    choices: Choices
    shape: str
    recalled: bool


def look_into(
    path: Path, choices: Choices | None, how: How | None, *, store: Path, book: Book
) -> Seen:
    """Read a file as chosen; without choices, as chosen for a file of the same shape before.

    Without a way to take it over, it becomes a book of its own. `UnusableInputError` where the
    file as a whole cannot be read.
    """
    plainly = preview(path)
    kept = recall(store, plainly.shape) if choices is None else None
    used = choices or kept or {}
    seen = preview(path, used) if used else plainly
    takeover = apply_import(book if how else Book(), seen, how or How.ALL)
    bare = replace(seen, book=Book())
    return Seen(bare, takeover, used, plainly.shape, recalled=bool(kept))


def keep_choices(store: Path, shape: str, choices: Choices) -> None:
    """Keep the choices for the next file of this shape; `TargetInUseError` where that fails."""
    store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    remember(store, shape, choices)
    store.chmod(0o600)  # the names of sheets stand in it


def write_taken(path: Path, edits: Sequence[Edit], language: Language) -> None:
    """Write what was taken over as a workbook of its own; `TargetInUseError` as in saving."""
    book, _ = apply(Book(name=path.name), edits)
    write_workbook(path, book, (), language)


def write_findings(path: Path, source: Path, found: Sequence[Finding], language: Language) -> None:
    """Write a copy of a file with these findings in it; `TargetInUseError` as in saving."""
    write_marked_copy(source, path, found, language)


def write_own_findings(
    path: Path, source: Path | None, book: Book, *, scenario: str | None, language: Language
) -> None:
    """Write a copy of the book with what is found in it, from its file where that is the same.

    The file is checked anew, so that every finding stands in the cell that it is about.
    """
    with tempfile.TemporaryDirectory() as folder:
        if source is None:
            source = Path(folder) / path.with_suffix(".xlsx").name
            write_workbook(source, book, (), language)
        found = parse(read_workbook(source), scenario).findings
        write_marked_copy(source, path, found, language)
