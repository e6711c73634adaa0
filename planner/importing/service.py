"""Taking over tables from a file, as the window asks for it: one look gives all that is shown."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.core.errors import Finding, UnusableInputError
from planner.core.texts import Language
from planner.files.marking import write_marked_copy
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.importing.choice_store import recall, remember
from planner.importing.mapping import ImportMapping
from planner.importing.mapping_store import recall_mapping, remember_mapping
from planner.importing.meanings import Question
from planner.importing.preview import Choices, How, Preview, Takeover, apply_import, preview
from planner.importing.public_data import public_rows
from planner.importing.suggestion import asked
from planner.importing.verbs import import_files, proposed, read_files
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import Edit, apply


@dataclass(frozen=True)
class Seen:
    """What stands in a file and what taking it over would do to the open book.

    `seen` comes without its book, which the window has no use for. `shape` is that of the file as
    recognised without choices; `recalled` says that the choices are those of an earlier file. A
    file of another layout is read by a `mapping`, with the questions about it.
    """

    seen: Preview
    takeover: Takeover
    choices: Choices
    shape: str
    recalled: bool
    mapping: ImportMapping | None = None
    questions: tuple[Question, ...] = ()

    @property
    def open_count(self) -> int:
        """How many questions about a mapping nobody has answered."""
        return sum(each.what.key.startswith("importing.ask") for each in self.seen.findings)


def look_into(  # noqa: PLR0913 - what a look depends on
    path: Path,
    choices: Choices | None,
    how: How | None,
    *,
    store: Path,
    book: Book,
    mapping: ImportMapping | None = None,
    language: Language = Language.NL,
) -> Seen:
    """Read a file as chosen; without choices, as chosen for a file of the same shape before.

    A file in which no table of ours is found is read by a mapping: the one given, one used for
    this shape before, or one that is proposed. Without a way to take it over, it becomes a book of
    its own. `UnusableInputError` where the file as a whole cannot be read.
    """
    if mapping is not None:
        return _by_mapping(path, mapping, how, book, language, recalled=False)
    try:
        plainly = preview(path)
    except UnusableInputError:
        if choices is not None:
            raise
        plainly = None
    if choices is None and (plainly is None or _is_of_another_layout(plainly)):
        files = read_files([path])
        kept_mapping = recall_mapping(mappings_beside(store), files.files)
        if kept_mapping is not None:
            return _by_mapping(path, kept_mapping, how, book, language, recalled=True)
        proposal = proposed(files, book if how else Book(), language)
        if proposal.mapping.parts or not any(each.sheets for each in proposal.files):
            first = _by_mapping(path, proposal.mapping, how, book, language, recalled=False)
            return replace(first, questions=proposal.questions)  # those with a proposal too
    if plainly is None:
        plainly = preview(path)  # says what is wrong with it
    kept = recall(store, plainly.shape) if choices is None else None
    used = choices or kept or {}
    seen = preview(path, used) if used else plainly
    takeover = apply_import(book if how else Book(), seen, how or How.ALL)
    bare = replace(seen, book=Book())
    return Seen(bare, takeover, used, plainly.shape, recalled=bool(kept))


def _is_of_another_layout(plainly: Preview) -> bool:
    """Whether no sheet of a file is wholly a table of ours."""
    return not any(each.table and not each.missing for each in plainly.sheets)


def _by_mapping(  # noqa: PLR0913 - what a look depends on
    path: Path,
    mapping: ImportMapping,
    how: How | None,
    book: Book,
    language: Language,
    *,
    recalled: bool,
) -> Seen:
    standing = book if how else Book()
    files = read_files([path])
    told = asked(public_rows(files.files, standing).rest, standing, mapping, language)
    imported = import_files(files, told.mapping, standing, language, how or How.ALL)
    seen = Preview(path.name, "", (), imported.findings, Book())
    return Seen(seen, imported.takeover, {}, "", recalled, told.mapping, told.questions)


def mappings_beside(store: Path) -> Path:
    """Return where mappings are kept: beside the choices about files of our own layout."""
    return store.with_name(f"{store.stem}-mappings.json")


def keep_mapping(store: Path, mapping: ImportMapping) -> None:
    """Keep a mapping for the next file of its shape; `TargetInUseError` where that fails."""
    remember_mapping(mappings_beside(store), mapping)


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
