"""From a book and a plan's tables to an Excel file, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from planner.errors import TargetInUseError
from planner.tables.book import Book, RawSheet, TableSheet, column_letters
from planner.tables.column import ColumnType
from planner.tables.recognise import recognise_table, table_named
from planner.texts import Language, message, say
from planner.workbook.book_cells import input_sheets, is_edited, label_lines
from planner.workbook.cell_writer import CellWriter, Styles
from planner.workbook.collecting import without_collecting
from planner.workbook.column_notes import NOTE, column_note
from planner.workbook.layout import column_widths
from planner.workbook.lists import Lists
from planner.workbook.overview import OverviewWriter
from planner.workbook.overview_table import (
    LAYOUT,
    LAYOUT_PROPERTY,
    TITLE,
    can_overview,
    is_overview,
)
from planner.workbook.result_writer import ResultWriter
from planner.workbook.results import ResultSheet, find_result
from planner.workbook.sheet_xml import ExactWorksheet
from planner.workbook.whole_file import whole_file

_LONGEST_NAME = 31
_A4 = 9
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_workbook(
    path: Path, book: Book, results: Sequence[ResultSheet] = (), language: Language = Language.NL
) -> None:
    """Write a book's sheets as they stand, and the result sheets after them.

    Results of an earlier plan are written again only where neither new ones are given nor a table
    was edited since; they would be untrue otherwise. `TargetInUseError` where the file cannot be
    put in its place; it is then as it was.
    """
    with without_collecting(), whole_file(path) as draft, opened(draft, path) as workbook:
        _Writer(workbook, language).write(book, results)


@contextmanager
def opened(draft: Path, path: Path) -> Iterator[Any]:
    """Give a workbook to write, closed at the end; the target's name is for the advice."""
    workbook = xlsxwriter.Workbook(str(draft))
    yield workbook
    try:
        workbook.close()
    except FileCreateError as fault:
        raise TargetInUseError(message("file.not_writable", file=str(path))) from fault


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: Any, language: Language) -> None:  # noqa: ANN401 - no types
        self._workbook = workbook
        self._language = language
        self._styles = Styles(workbook)
        self._names: set[str] = set()

    def write(self, book: Book, results: Sequence[ResultSheet]) -> None:
        sheets = list(input_sheets(book, self._language))
        if not results and not is_edited(book):
            sheets += [each for each in book.sheets if find_result(each) is not None]
            sheets = [each for each in book.sheets if is_overview(each)] + sheets
        titles = [self._language_title(each) for each in results]
        known = {sheet.name for sheet in sheets} | set(titles)
        overview = self._add(self._overview_name(known)) if can_overview(results) else None
        tables = [(raw, _as_table(raw)) for raw in sheets]
        pages = [(self._add(raw.name, raw.state), raw, table) for raw, table in tables]
        pages_of_results = [self._add(title) for title in titles]
        lists = Lists(self._workbook, self._language) if book.tables else None
        for page, raw, table in pages:
            CellWriter(page, self._styles, raw, known).write_all(_header_row(raw, table))
            self._finish(page, raw, table, lists)
        labels = label_lines(book)
        headers = {
            result.table.key: ResultWriter(page, self._styles, self._language).write(result, labels)
            for page, result in zip(pages_of_results, results, strict=True)
        }
        if overview is not None:
            by_key = {each.table.key: each for each in results}
            at = titles.index(self._language_title(by_key["runoff"]))
            runoff = (pages_of_results[at].get_name(), headers["runoff"])
            writer = OverviewWriter(self._workbook, overview, self._styles, self._language)
            writer.write(by_key, runoff, labels)
            self._workbook.set_custom_property(LAYOUT_PROPERTY, LAYOUT)
            pages_of_results.insert(0, overview)
        self._show_first(pages_of_results, pages)

    def _overview_name(self, taken: AbstractSet[str]) -> str:
        """Return a name for the overview that no sheet has: it comes first, theirs stay."""
        title = free = TITLE.in_(self._language)
        number = 1
        while free.casefold() in {each.casefold() for each in taken}:
            number += 1
            free = f"{title} ({number})"
        return free

    def _language_title(self, result: ResultSheet) -> str:
        return result.table.title.in_(self._language)

    def _add(self, name: str, state: str = "visible") -> Any:  # noqa: ANN401 - no types
        """Add a sheet under its name, or one like it where the name is taken or not allowed."""
        page = self._workbook.add_worksheet(self._free_name(name), ExactWorksheet)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_header("&L&A&R&D")
        page.set_footer(f"&L&F&R{say('overview.page', self._language)} &P / &N")
        if state == "hidden":
            page.hide()
        elif state == "veryHidden":
            page.very_hidden()
        return page

    def _free_name(self, name: str) -> str:
        clean = _NOT_IN_NAMES.sub("-", name).strip("'")[:_LONGEST_NAME] or "-"
        free, number = clean, 1
        while free.casefold() in self._names:
            number += 1
            tail = f" ({number})"
            free = clean[: _LONGEST_NAME - len(tail)] + tail
        self._names.add(free.casefold())
        return free

    def _finish(
        self,
        page: Any,  # noqa: ANN401 - the library has no types
        raw: RawSheet,
        table: TableSheet | None,
        lists: Lists | None,
    ) -> None:
        """Set widths, and for a table its frozen header, filter and drop-downs."""
        header = _header_row(raw, table)
        _look_alike(page, raw, header)
        if header is None:
            return
        page.freeze_panes(header, 0)
        page.repeat_rows(header - 1)
        headed = [column for row, column in raw.cells if row == header]
        last = max(row for row, _ in raw.cells)
        page.autofilter(header - 1, min(headed) - 1, max(last, header + 1) - 1, max(headed) - 1)
        if table is not None and lists is not None:
            _serve(page, table, lists, last)
            _note(page, raw, table, self._language)

    def _show_first(self, results: list[Any], pages: list[tuple[Any, RawSheet, Any]]) -> None:
        """Open the file at the summary, else at the first sheet that can be seen."""
        visible = [*results, *(page for page, raw, _ in pages if raw.state == "visible")]
        if visible:
            visible[0].activate()
            min(visible, key=lambda page: page.index).set_first_sheet()


def _look_alike(page: Any, raw: RawSheet, header: int | None) -> None:  # noqa: ANN401 - no types
    """Give a sheet the widths it had, and hide what was hidden."""
    for at, width in {**column_widths(raw, header), **raw.look.widths}.items():
        page.set_column(at - 1, at - 1, width)
    for at in raw.look.hidden_columns:
        page.set_column(at - 1, at - 1, None, None, {"hidden": True})
    for at in raw.look.hidden_rows:
        page.set_row(at - 1, None, None, {"hidden": True})


def _note(page: Any, raw: RawSheet, table: TableSheet, language: Language) -> None:  # noqa: ANN401
    """Put our notes on the columns of a sheet that had notes."""
    if raw.look.noted:
        for column in table.table.columns:
            at = table.positions.get(column.key)
            if at is not None:
                note = column_note(column, language)
                page.write_comment(table.header_row - 1, at - 1, note, NOTE)


def _as_table(raw: RawSheet) -> TableSheet | None:
    declared = table_named(raw.name)
    return recognise_table(raw, declared)[0] if declared else None


def _header_row(raw: RawSheet, table: TableSheet | None) -> int | None:
    """Return the row of headers of a table or of an earlier result."""
    found = table or find_result(raw)
    return None if found is None else found.header_row


def _serve(page: Any, table: TableSheet, lists: Lists, last: int) -> None:  # noqa: ANN401
    """Give a table's columns their drop-downs; digits in a column of codes are no mistake."""
    codes = []
    for column in table.table.columns:
        at = table.positions.get(column.key)
        if at is None:
            continue
        lists.offer(page, column, table.header_row, at)
        if column.holds is ColumnType.IDENTIFIER:
            letters = column_letters(at)
            codes.append(f"{letters}{table.header_row + 1}:{letters}{last + 1}")
    if codes:
        page.ignore_errors({"number_stored_as_text": " ".join(codes)})
