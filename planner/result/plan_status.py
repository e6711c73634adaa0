"""The status of a plan: a draft, checked or adopted, by whom and when, of which cells.

It stands below the provenance in the plan's workbook, with a mark of every cell of the input and of
the results. A workbook whose cells have another mark since holds a draft again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.core.texts import Language, Message, message
from planner.files.put_cells import put_cells
from planner.files.reading import read_workbook
from planner.input.book import Book, RawSheet, RawValue
from planner.input.kinds import Listed
from planner.result.plan import Plan
from planner.result.provenance import STATUS_KEYS, language_of, provenance_in
from planner.sheets.overview_table import STATUS_CELL, is_overview
from planner.sheets.result_sheets import FoundResult, find_result, read_results

STATUS, BY, ON, MARK = STATUS_KEYS
_DIGITS = 12  # what every spreadsheet program keeps of a number


class PlanStatus(Listed):
    """How far a plan has come."""

    DRAFT = "draft", "concept", "draft"
    CHECKED = "checked", "gecontroleerd", "checked"
    ADOPTED = "adopted", "vastgesteld", "adopted"


@dataclass(frozen=True)
class StatusGiven:
    """The status that a plan was given: by whom, when, and of which cells.

    `mark` is that of the cells now, `given` that of the cells the status was given to. Where they
    differ the plan was changed since. Without a status `by` and `given` are empty.
    """

    status: PlanStatus
    mark: str
    by: str = ""
    on: dt.date | None = None
    given: str = ""

    @property
    def changed(self) -> bool:
        """Whether a cell is another than when the status was given."""
        return self.status is not PlanStatus.DRAFT and self.given != self.mark

    @property
    def holds(self) -> PlanStatus:
        """The status that holds now: a plan that was changed is a draft again."""
        return PlanStatus.DRAFT if self.changed else self.status

    @property
    def in_short(self) -> Message:
        """The status in words, as it stands beside the plan's name."""
        if self.status is PlanStatus.DRAFT:
            return message("overview.status.draft")
        fields = {"status": self.status.label, "by": self.by, "on": self.on, "mark": self.given}
        key = "changed" if self.changed else "given"
        return message(f"overview.status.{key}", **fields)


DRAFT = StatusGiven(PlanStatus.DRAFT, "")


def status_of(book: Book) -> StatusGiven:
    """Return the status of the plan in a book; a draft where none was given."""
    told = _told_of(book)
    mark = mark_of(book)
    try:
        status = PlanStatus(told.get(STATUS, PlanStatus.DRAFT.value))  # type: ignore[call-arg] # looked up by value
        on = dt.date.fromisoformat(told[ON]) if told.get(ON) else None
    except ValueError:
        return StatusGiven(PlanStatus.DRAFT, mark)  # somebody wrote another word there
    return StatusGiven(status, mark, told.get(BY, ""), on, told.get(MARK, ""))


def status_of_plan(book: Book, plan: Plan, fingerprint: str) -> StatusGiven:
    """Return the status of a plan: what its workbook says, if that is of this plan and its input.

    A plan that was made anew is a draft, and so is one whose input has another `fingerprint` now.
    """
    if fingerprint != plan.fingerprint:
        return DRAFT
    told = _told_of(book)
    same = told.get("made") == plan.provenance.get("made")
    return status_of(book) if same and told.get(STATUS) else DRAFT


def _told_of(book: Book) -> Mapping[str, str]:
    """Return how the plan in a book came about; nothing where no sheet tells.

    That sheet alone is read: a cell of another that cannot be read says nothing of the status.
    """
    there = _provenance(book)
    if there is None:
        return {}
    return provenance_in(read_results(replace(book, sheets=(there[0],)))["provenance"])


def mark_of(book: Book) -> str:
    """Return a mark of every cell of the input and the results, the status itself left out.

    The order of sheets, looks, and whether a program writes 1 or 1.0 change nothing in it.
    """
    digest = hashlib.sha256()
    for line in sorted(_lines(book)):
        digest.update(line.encode())
    return digest.hexdigest()[:16]


def _lines(book: Book) -> Iterator[str]:
    inputs = {each.name for each in book.tables.values()}
    for sheet in book.sheets:
        found = find_result(sheet)
        if found is None and sheet.name not in inputs and not is_overview(sheet):
            continue
        left_out = set() if found is None else _status_rows(sheet, found)
        page = found is None and is_overview(sheet)
        for (row, column), value in sheet.cells.items():
            told = page and (row, column) == STATUS_CELL
            if row not in left_out and not told and value not in {None, ""}:
                yield f"{sheet.name}\t{row}\t{column}\t{_plain(value)}\n"


def _status_rows(sheet: RawSheet, found: FoundResult) -> set[int]:
    """Return the rows of the provenance that tell of the status."""
    if found.table.key != "provenance":
        return set()
    titles = {
        text for key in STATUS_KEYS for text in vars(message(f"provenance.{key}").both).values()
    }
    subject = found.positions["subject"]
    return {row for (row, at), value in sheet.cells.items() if at == subject and value in titles}


def _plain(value: RawValue) -> str:
    match value:
        case bool():
            return str(value)
        case int() | float():
            return f"{value or 0:.{_DIGITS}g}"  # nothing below zero is nothing
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case _:
            return str(value)


def give_status(path: Path, status: PlanStatus, by: str, on: dt.date) -> StatusGiven:
    """Write a status into a plan's workbook and return it; every other cell stays as it is.

    `UnusableInputError` where the file holds no plan, or is of a kind that cannot be written into;
    `TargetInUseError` where it is in use.
    """
    book = read_workbook(path)
    there = _provenance(book)
    if there is None:
        raise UnusableInputError(message("verify.no_plan", file=path.name))
    sheet, found = there
    if not book.package:
        raise UnusableInputError(message("status.not_excel", file=path.name))
    mark = mark_of(book)
    values = {STATUS: status.value, BY: by, ON: on.isoformat(), MARK: mark}
    if status is PlanStatus.DRAFT:
        values = dict.fromkeys(values, "")
    language = language_of(read_results(book)["provenance"])
    told = StatusGiven(status, mark, by, on, mark).in_short.text(language)
    pages = [each for each in book.sheets if is_overview(each) and STATUS_CELL in each.cells]
    cells = [(sheet, dict(_cells(sheet, found, values, language)))]
    put_cells(path, book, [*cells, *((page, {STATUS_CELL: told}) for page in pages)])
    return status_of(read_workbook(path))


def _provenance(book: Book) -> tuple[RawSheet, FoundResult] | None:
    """Return the sheet that tells how the plan in a book came about; `None` where none does."""
    for sheet in book.sheets:
        found = find_result(sheet)
        if found is not None and found.table.key == "provenance":
            return sheet, found
    return None


def _cells(
    sheet: RawSheet, found: FoundResult, values: dict[str, str], language: Language
) -> Iterator[tuple[tuple[int, int], RawValue | None]]:
    """Yield the cells of a status: in the rows it has, else in rows below the last one."""
    subject, value = found.positions["subject"], found.positions["value"]
    words = found.positions.get("words")
    titles = {row: text for (row, at), text in sheet.cells.items() if at == subject}
    last = max(titles)
    for key, text in values.items():
        both = message(f"provenance.{key}").both
        row = next((row for row, title in titles.items() if title in {both.nl, both.en}), None)
        if row is None:
            if not text:
                continue
            last += 1
            row = last
        yield (row, subject), both.in_(language) if text else None
        yield (row, value), text or None
        if words is not None:
            label = PlanStatus(text).label.in_(language) if key == STATUS and text else text  # type: ignore[call-arg] # looked up by value
            yield (row, words), label or None
