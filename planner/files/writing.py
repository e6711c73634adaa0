"""From a book and a plan's tables to an Excel file, whole or not at all."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.core.collector import without_collecting
from planner.core.display_names import called
from planner.core.errors import TargetInUseError
from planner.core.texts import Language, message, say, show, show_month
from planner.files.book_cells import input_sheets, is_edited, label_lines
from planner.files.cell_writer import CellWriter, Styles
from planner.files.column_notes import NOTE, column_note
from planner.files.in_place import Make, as_kind, write_in_place
from planner.files.layout import LINE_HEIGHT, column_widths
from planner.files.lists import LISTS_SHEET, Lists
from planner.files.losses import NotInPlaceError
from planner.files.made_by import LAYOUT, LAYOUT_PROPERTY, sign
from planner.files.named_tables import NamedTables
from planner.files.ods_writer import OPEN_DOCUMENT, write_open_document
from planner.files.overview import OverviewWriter
from planner.files.package import Package
from planner.files.page import fit_page, set_up_page
from planner.files.result_writer import ResultWriter
from planner.files.sheet_xml import ExactWorkbook, ExactWorksheet
from planner.files.whole_file import whole_file
from planner.input.book import Book, RawSheet, TableSheet, column_letters
from planner.input.column import ColumnType
from planner.input.recognise import recognise_table, table_named
from planner.sheets.cell_links import links_of
from planner.sheets.overview_table import TITLE, can_overview, is_overview
from planner.sheets.result_sheets import ResultSheet, find_result
from planner.sheets.result_tables import HIDDEN, TOLD_ELSEWHERE

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

KEPT = (".xlsx", ".xlsm")  # what else their file holds stays
ENDINGS = (*KEPT, OPEN_DOCUMENT)
_OTHER_ENDINGS = (".xls", ".xlsb", ".csv", ".tsv", ".txt", ".pdf", ".json")
_LONGEST_NAME = 31
_OVERVIEW_TAB, _RESULT_TAB = "#1F4E79", "#9DC3E6"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_workbook(
    path: Path, book: Book, results: Sequence[ResultSheet] = (), language: Language = Language.NL
) -> None:
    """Write a book's sheets as they stand, and the result sheets after them.

    A book that was read from an Excel file is written into what that file held: only cells that
    changed are others. `NotInPlaceError` where that cannot be done, or the file is an .ods.

    Results of an earlier plan are written again only where neither new ones are given nor a table
    was edited since; they would be untrue otherwise. `TargetInUseError` where the file cannot be
    put in its place; it is then as it was.
    """
    ending = path.suffix.casefold()
    if ending in _OTHER_ENDINGS:
        told = message("file.other_kind", file=str(path), kinds=" / ".join(ENDINGS))
        raise TargetInUseError(told)
    with without_collecting(), whole_file(path) as draft:
        if book.package and ending == OPEN_DOCUMENT:
            raise NotInPlaceError(message("file.not_in_place.other_kind"), book.package)
        if book.package:
            write_in_place(draft, book, results, language, _maker(book, language))
            return
        with new_workbook(draft) as workbook:
            _Writer(workbook, language).write(book, results)
        if ending == KEPT[1]:
            package = Package(draft.read_bytes())
            as_kind(package, ending)
            package.write(draft)


def written_results(book: Book, results: Sequence[ResultSheet], language: Language) -> bytes:
    """Return a workbook that holds a book's results alone, as they are written beside its input."""
    return _maker(book, language)((), results, frozenset())


def _maker(book: Book, language: Language) -> Make:
    """Return what writes the sheets that a workbook lacks, to be put in it."""

    def make(
        sheets: Sequence[RawSheet], results: Sequence[ResultSheet], taken: AbstractSet[str]
    ) -> bytes:
        out = io.BytesIO()
        workbook = ExactWorkbook(out, {"in_memory": True})
        _Writer(workbook, language, taken).write(book, results, sheets)
        workbook.close()
        return out.getvalue()

    return make


@contextmanager
def new_workbook(draft: Path) -> Iterator[Any]:
    """Give a workbook to write, put whole in the draft at the end: as .ods where it ends so.

    The library would leave an archive half written where the disk is full, and complain of it
    when it is forgotten.
    """
    packed = io.BytesIO()
    workbook = ExactWorkbook(packed)
    sign(workbook)
    yield workbook
    if draft.suffix.casefold() == OPEN_DOCUMENT:
        write_open_document(workbook, draft)
        return
    workbook.close()
    draft.write_bytes(packed.getbuffer())


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(
        self,
        workbook: Workbook,
        language: Language,
        taken: AbstractSet[str] = frozenset(),
    ) -> None:
        """Write to a workbook; its sheets get other names than those that are taken."""
        self._workbook = workbook
        self._language = language
        self._styles = Styles(workbook)
        self._tables = NamedTables()
        self._names = {each.casefold() for each in taken}
        self._about = ""

    def write(
        self,
        book: Book,
        results: Sequence[ResultSheet],
        sheets: Sequence[RawSheet] | None = None,
    ) -> None:
        """Write the results of a book behind its sheets, or behind the sheets given."""
        served = LISTS_SHEET.casefold() not in self._names
        if sheets is None:
            sheets = _all_sheets(book, results, self._language)
        titles = [self._language_title(each) for each in results]
        known = {sheet.name for sheet in sheets} | set(titles)
        self._about = _about(results, self._language)
        overview = (
            self._add(self._overview_name(known | self._names)) if can_overview(results) else None
        )
        tables = [(raw, _as_table(raw)) for raw in sheets]
        pages = [(self._add(raw.name, raw.state), raw, table) for raw, table in tables]
        pages_of_results = [self._add(self._language_title(each), _state(each)) for each in results]
        lists = None
        if served and any(table is not None for _, table in tables):
            lists = Lists(self._workbook, self._language)
        for page, raw, table in pages:
            CellWriter(page, self._styles, raw, known).write_all(_header_row(raw, table))
            self._finish(page, raw, table, lists)
        labels = label_lines(book)
        links = links_of(
            book,
            results,
            {
                result.table.key: str(page.name)
                for page, result in zip(pages_of_results, results, strict=True)
            },
            # Below the title, the labels, the notes and the header.
            {each.table.key: len(labels) + len(each.notes) + 3 for each in results},
        )
        headers = {
            result.table.key: ResultWriter(
                page, self._styles, self._language, links, self._tables
            ).write(result, labels)
            for page, result in zip(pages_of_results, results, strict=True)
        }
        for page in pages_of_results:
            page.set_tab_color(_RESULT_TAB)
        if overview is not None:
            by_key = {each.table.key: each for each in results}
            at = titles.index(self._language_title(by_key["runoff"]))
            runoff = (str(pages_of_results[at].name), headers["runoff"])
            writer = OverviewWriter(self._workbook, overview, self._styles, self._language, links)
            writer.write(by_key, runoff, labels)
            self._tell_about(by_key)
            self._workbook.set_custom_property(LAYOUT_PROPERTY, LAYOUT)
            overview.set_tab_color(_OVERVIEW_TAB)
            pages_of_results.insert(0, overview)
        self._show_first(pages_of_results, pages)

    def _tell_about(self, results: Mapping[str, ResultSheet]) -> None:
        """Give the file its title, as a spreadsheet and a search through files show it."""
        months = results["runoff"].frame["month"].tolist()
        first, last = (show_month(each, self._language) for each in (months[0], months[-1]))
        title = say("overview.title", self._language, first=first, last=last)
        self._workbook.set_properties(
            {
                "title": title,
                "subject": self._about,
                "comments": say("overview.made_by", self._language),
            }
        )

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

    def _add(self, name: str, state: str = "visible") -> Worksheet:
        """Add a sheet under its name, or one like it where the name is taken or not allowed."""
        page = self._workbook.add_worksheet(self._free_name(name), ExactWorksheet)
        set_up_page(page, self._language, self._about)
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
        page: Worksheet,
        raw: RawSheet,
        table: TableSheet | None,
        lists: Lists | None,
    ) -> None:
        """Set widths, and for a table its frozen header, filter and drop-downs."""
        header = _header_row(raw, table)
        widths = _look_alike(page, raw, header)
        if header is None:
            fit_page(page, list(widths.values()), self._language)
            return
        last = max(row for row, _ in raw.cells)
        seen = [widths.get(at, 0.0) for at in range(1, max(widths, default=1) + 1)]
        fit_page(page, seen, self._language, [LINE_HEIGHT] * last)
        page.freeze_panes(header, 0)
        page.repeat_rows(header - 1)
        headed = [column for row, column in raw.cells if row == header]
        first, bottom = min(headed) - 1, max(last, header + 1) - 1
        places = [(header, at) for at in range(min(headed), max(headed) + 1)]
        titles = [None if at in raw.formulas else raw.cells.get(at) for at in places]
        if not self._tables.give(page, header - 1, first, titles, bottom):
            page.autofilter(header - 1, first, bottom, max(headed) - 1)
        if table is not None and lists is not None:
            _serve(page, table, lists, last)
            _note(page, raw, table, self._language)

    def _show_first(self, results: list[Any], pages: list[tuple[Any, RawSheet, Any]]) -> None:
        """Open the file at the summary, else at the first sheet that can be seen."""
        visible = [*results, *(page for page, raw, _ in pages if raw.state == "visible")]
        if visible:
            visible[0].activate()
            min(visible, key=lambda page: page.index).set_first_sheet()


def _all_sheets(
    book: Book, results: Sequence[ResultSheet], language: Language
) -> Sequence[RawSheet]:
    """Return a book's sheets, with the results of an earlier plan where they still hold."""
    sheets = list(input_sheets(book, language))
    if not results and not is_edited(book):
        sheets += [each for each in book.sheets if find_result(each) is not None]
        sheets = [each for each in book.sheets if is_overview(each)] + sheets
    return sheets


def _state(result: ResultSheet) -> str:
    hidden = result.table.key in {*(each.key for each in HIDDEN), *TOLD_ELSEWHERE}
    return "hidden" if hidden else "visible"


def _about(results: Sequence[ResultSheet], language: Language) -> str:
    """Return which plan the sheets are of, for the top of each page; nothing without a plan."""
    found = {each.table.key: each for each in results}.get("provenance")
    if found is None:
        return ""
    subjects = [show(each, language) for each in found.frame["subject"].tolist()]
    told = dict(zip(subjects, found.frame["value"].tolist(), strict=True))
    of = {
        key: told.get(say(f"provenance.{key}", language), "") for key in ("scenario", "fingerprint")
    }
    of["scenario"] = called(str(of["scenario"])).in_(language)
    return say("overview.about", language, **of)


def _look_alike(
    page: Worksheet,
    raw: RawSheet,
    header: int | None,
) -> Mapping[int, float]:
    """Give a sheet the widths it had, and hide what was hidden; return the widths that are seen."""
    widths = {**column_widths(raw, header), **raw.look.widths}
    for at, width in widths.items():
        page.set_column(at - 1, at - 1, width)
    for at in raw.look.hidden_columns:
        page.set_column(at - 1, at - 1, None, None, {"hidden": True})
    for at in raw.look.hidden_rows:
        page.set_row(at - 1, None, None, {"hidden": True})
    used = {column for _, column in raw.cells} - raw.look.hidden_columns
    return {at: width for at, width in widths.items() if at in used}


def _note(page: Worksheet, raw: RawSheet, table: TableSheet, language: Language) -> None:
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


def _serve(page: Worksheet, table: TableSheet, lists: Lists, last: int) -> None:
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
