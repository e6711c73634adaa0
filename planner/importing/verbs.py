"""Importing files: what a mapping makes of them and what that would change; nothing is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.files.reading import read_sheets
from planner.importing.combining import Combined, new_locations_lack
from planner.importing.mapping import ImportMapping
from planner.importing.meanings import Question, question_finding
from planner.importing.part_rows import File
from planner.importing.preview import How, Preview, Takeover, apply_import, is_input
from planner.importing.public_data import is_public, public_rows
from planner.importing.suggestion import Proposal, propose
from planner.importing.taking import Taking
from planner.input.book import Book
from planner.input.recognise import persons_in


@dataclass(frozen=True)
class Files:
    """Files that were read: their sheets, those that list single persons left out."""

    files: tuple[File, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Imported:
    """What importing files into a book would do, and what is found and asked about them."""

    takeover: Takeover
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    incoming: Book

    @property
    def errors(self) -> int:
        """How many findings are errors: with one, nothing is to be changed."""
        return sum(each.severity is Severity.ERROR for each in self.findings)


def read_files(paths: Iterable[Path]) -> Files:
    """Read files as they stand; `UnusableInputError` where one cannot be read."""
    files: list[File] = []
    findings: list[Finding] = []
    for path in paths:
        sheets, _ = read_sheets(path)
        kept = []
        for sheet in filter(is_input, sheets):
            told, refused = ((), False) if is_public(sheet) else persons_in(sheet, None)
            findings.extend(told)
            if not refused:
                kept.append(sheet)
        files.append(File(path.name, tuple(kept)))
    return Files(tuple(files), tuple(findings))


def import_files(
    read: Files,
    mapping: ImportMapping,
    book: Book,
    language: Language,
    how: How = How.MERGE,
) -> Imported:
    """Return what files would do to a book, read by a mapping; the book stays as it is.

    Public data are known by their shape and need no part of the mapping.
    """
    public = public_rows(read.files, book)
    taking = Taking(mapping, book, language)
    if public.rest or mapping.parts:
        taking.take(public.rest)
    rows = {key: list(each) for key, each in public.rows.items()}
    for key, taken in taking.rows.items():
        rows.setdefault(key, []).extend(taken)
    combined = Combined(rows)
    own = taking.meanings.locations.own
    findings = (
        *read.findings,
        *public.findings,
        *taking.findings,
        *taking.meanings.findings,
        *map(question_finding, taking.questions),
        *combined.findings,
        *new_locations_lack(combined.rows("locations"), own),
    )
    incoming = combined.book(", ".join(each.name for each in read.files), book, language)
    seen = Preview(incoming.name, "", (), findings, incoming)
    takeover = apply_import(book, seen, how)
    return Imported(takeover, tuple(dict.fromkeys(findings)), taking.questions, incoming)


def proposed(
    read: Files, book: Book, language: Language, known: ImportMapping | None = None
) -> Proposal:
    """Return a mapping proposed for files; public data among them need none."""
    return propose(public_rows(read.files, book).rest, book, language, known)


def counts(takeover: Takeover) -> Mapping[str, tuple[int, int, int]]:
    """Return per table how many rows are added, cells changed and rows dropped."""
    found: dict[str, list[int]] = {}
    order: Sequence[str] = ("added", "changed", "dropped")
    for each in takeover.changes:
        found.setdefault(each.table, [0, 0, 0])[order.index(each.sort.value)] += 1
    return {table: (each[0], each[1], each[2]) for table, each in found.items()}


def question_record(question: Question) -> Mapping[str, object]:
    """Return a question as it stands in a mapping's file, for who answers it there."""
    where = f"values.{question.about}.{question.written}"
    if question.part >= 0:
        where = f"parts[{question.part}].fields.{question.column}"
    return {
        "where": where,
        "written": question.written,
        "can_be": list(question.options),
        "proposed": question.suggestion,
        "cell": f"{question.sheet}!{question.cell}",
    }
