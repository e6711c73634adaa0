"""Writing a book into the workbook that it was read from: what changed, and nothing else.

Whatever the program does not know of (looks, notes, charts, names, own sheets, macros) stays as it
is; the parts of the file that hold none of the changes stay byte for byte. See the note on saving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from planner.core.errors import UnusableInputError
from planner.core.texts import Language, message
from planner.files.book_cells import At, changed_cells, new_sheet
from planner.files.faults import OWN_MARK
from planner.files.grafting import (
    calculate_on_opening,
    drop_sheets,
    forget_order_of_calculation,
    graft,
    grow_filter_name,
    refers_to,
    show,
    styles_of,
)
from planner.files.losses import NotInPlaceError
from planner.files.made_by import marked
from planner.files.package import Package
from planner.files.reading import sheets_named
from planner.files.sheet_patch import Changes, LongTextError, filter_over, patched
from planner.files.style_patch import StyleSheet
from planner.files.table_parts import tables_of, used_without
from planner.files.xml_spans import elements_of, set_attribute, spliced
from planner.input.book import Book, RawSheet, RawValue, TableSheet
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import ResultSheet, find_result

_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_MACROS, _OLD_MACROS = "vbaProject", "acrosheet"  # Excel 4's sheets of macros, of two kinds
_FORMULA = (b"<f>", b"<f ", b":f>", b":f ")
_TRUE = ("1", "true", "on")

# Writes the sheets given, and the results, to a workbook of our own; the names are those taken.
Make = Callable[[Sequence[RawSheet], Sequence[ResultSheet], frozenset[str]], bytes]


@dataclass(frozen=True)
class _Changed:
    """A sheet with cells to change, and the table that it holds."""

    raw: RawSheet
    table: TableSheet
    cells: Mapping[At, RawValue | None]


def write_in_place(
    draft: Path, book: Book, results: Sequence[ResultSheet], language: Language, make: Make
) -> None:
    """Write a book into a copy of the workbook it was read from, at `draft`.

    Results of an earlier plan make way where new ones are given or a table was edited since.
    `NotInPlaceError` where that cannot be done without harm.
    """
    try:
        package = Package(book.package)
        saving = _Saving(package, book, results, language)
        saving.save(draft.suffix.casefold(), make)
        package.write(draft)
        saving.check(draft)
    except (ValueError, LookupError, StopIteration) as fault:
        raise NotInPlaceError(message("file.not_in_place.form"), book.package) from fault


class _Saving:
    """Puts what changed in a package."""

    def __init__(
        self, package: Package, book: Book, results: Sequence[ResultSheet], language: Language
    ) -> None:
        self._package = package
        self._book = book
        self._results = results
        self._language = language
        self._parts = {each.name: each.part for each in package.sheets()}
        self._epoch = MAC_EPOCH if _counts_from_1904(package) else WINDOWS_EPOCH
        self._has_formulas = any(
            mark in package.part(part) for part in self._parts.values() for mark in _FORMULA
        )
        self._cells: Mapping[str, Mapping[At, RawValue | None]] = {}
        self._gone: frozenset[str] = frozenset()

    def save(self, ending: str, make: Make) -> None:
        """Make every change in the package; `ending` is that of the file's name."""
        changed, new = self._compared()
        gone = self._outdated() if self._results or changed or new else ()
        self._cells = {each.raw.name: each.cells for each in changed}
        self._gone = frozenset(gone)
        tables = {
            name: each for each in gone for name in tables_of(self._package, self._parts[each])
        }
        if gone:
            drop_sheets(self._package, gone)
        if changed or new or self._results:
            self._change(changed, new, make)
        here = {sheet.name for sheet in self._package.sheets()}
        for each in gone:
            if each not in here and refers_to(self._package, each):
                why = message("file.not_in_place.results", sheet=each)
                raise NotInPlaceError(why, self._book.package)
        missed = used_without(self._package, tables)
        if missed:
            why = message("file.not_in_place.results", sheet=tables[missed])
            raise NotInPlaceError(why, self._book.package)
        if not as_kind(self._package, ending):
            why = message("file.not_in_place.old_macros")
            raise NotInPlaceError(why, self._book.package)

    def _compared(self) -> tuple[list[_Changed], list[TableSheet]]:
        """Return the sheets in which cells changed, and the tables that have no sheet yet."""
        raw = {each.name: each for each in self._book.sheets}
        changed: list[_Changed] = []
        new: list[TableSheet] = []
        for table in self._book.tables.values():
            before = raw.get(table.name)
            cells = None if before is None else changed_cells(before, table, self._language)
            if before is None or cells is None:
                new.append(table)
            elif cells:
                changed.append(_Changed(before, table, cells))
        return changed, new

    def check(self, draft: Path) -> None:
        """Read again what was there; `ValueError` where other cells than the changed differ.

        What we wrote beside it hangs on nothing that was there, and is most of a plan's workbook.
        """
        kept = [each for each in self._book.sheets if each.name not in self._gone]
        names = {each.name for each in kept}
        try:
            there = {each.name: each.cells for each in sheets_named(draft, names)}
        except UnusableInputError as fault:
            raise ValueError("what was written cannot be read") from fault
        for each in kept:
            changes, now = self._cells.get(each.name, {}), there[each.name]
            for at in {*each.cells, *now}:
                if at not in changes and each.cells.get(at) != now.get(at):
                    raise ValueError(f"{at} of {each.name} is another")
            for at, value in changes.items():
                if (value in {None, ""}) != (at not in now):
                    raise ValueError(f"{at} of {each.name} is not as it was edited")

    def _outdated(self) -> tuple[str, ...]:
        return tuple(
            each.name
            for each in self._book.sheets
            if find_result(each) is not None or is_overview(each)
        )

    def _change(self, changed: Sequence[_Changed], new: Sequence[TableSheet], make: Make) -> None:
        part, styles = styles_of(self._package)
        for each in changed:
            self._patch(each, styles)
        taken = frozenset(each.name for each in self._package.sheets())
        sheets = [new_sheet(each, self._language, taken) for each in new]
        if sheets or self._results:
            ours = Package(make(sheets, self._results, taken))
            first = [each.name for each in ours.sheets()][:1] if _has_overview(ours) else []
            graft(self._package, ours, styles, first)
            self._mark(ours)
            if first:
                show(self._package, first[0])
        if styles.is_changed:
            self._package.put(part, styles.xml())
        forget_order_of_calculation(self._package)
        if self._has_formulas or self._results:
            calculate_on_opening(self._package)

    def _patch(self, changed: _Changed, styles: StyleSheet) -> None:
        part = self._parts[changed.raw.name]
        rows = [int(row) for row in before_rows(changed)]
        changes = Changes(
            cells=changed.cells,
            formulas=changed.raw.formulas,
            like=max(rows, default=None),
            header=changed.table.header_row,
            epoch=self._epoch,
        )
        try:
            xml = patched(self._package.xml(part), changes, styles.fit)
        except LongTextError as fault:
            where = {"sheet": changed.raw.name, "cell": str(fault)}
            raise UnusableInputError(message("file.text_too_long", **where)) from fault
        self._package.put(part, xml)
        self._grow_tables(part, changes)
        grow_filter_name(
            self._package, changed.raw.name, lambda written: filter_over(written, changes)
        )

    def _grow_tables(self, part: str, changes: Changes) -> None:
        """Have a table of the spreadsheet's own cover the rows added right below it."""
        for each in self._package.relations(part):
            if each.kind != "table":
                continue
            xml = self._package.xml(each.target)
            root = elements_of(xml)
            if int(root.attributes.get("totalsRowCount", "0")):
                continue
            grown = filter_over(root.attributes["ref"], changes)
            if grown is None:
                continue
            splices = [set_attribute(xml, root, "ref", grown)]
            filtered = root.child("autoFilter")
            if filtered is not None:
                splices.append(set_attribute(xml, filtered, "ref", grown))
            self._package.put(each.target, spliced(xml, splices))

    def _mark(self, ours: Package) -> None:
        """Mark the workbook as one that holds a plan of ours, beside the marks it has."""
        name = "docProps/custom.xml"
        if name in self._package.names:
            if _has_overview(ours):
                self._package.put(name, marked(self._package.part(name)))
        elif name in ours.names:
            self._package.put(name, self._package.as_written_here(ours.part(name)))
            self._package.declare(name, ours.type_of(name))
            self._package.relate("", "custom-properties", name)


def as_kind(package: Package, ending: str) -> bool:
    """Have a workbook say that it is what its name says; one without macros holds none.

    `False` where it holds macros of a kind that cannot be taken out.
    """
    is_kind = package.type_of(package.workbook)
    wanted = _WITH_MACROS if ending == ".xlsm" else _PLAIN
    if is_kind == wanted:
        return True
    if wanted == _PLAIN:
        relations = package.relations(package.workbook)
        if any(each.kind.endswith(_OLD_MACROS) for each in relations):
            return False
        macros = {each.id for each in relations if each.kind == _MACROS}
        if macros:
            package.unrelate(package.workbook, macros)
        for each in package.names:
            if _MACROS in each:
                package.drop(each)
    package.declare(package.workbook, wanted)
    return True


def before_rows(changed: _Changed) -> Iterable[int]:
    """Yield the rows of a table that stood in its sheet when it was read."""
    there = {row for row, _ in changed.raw.cells}
    return (row for row in map(int, changed.table.frame.index) if row in there)


def _has_overview(ours: Package) -> bool:
    name = "docProps/custom.xml"
    return name in ours.names and OWN_MARK in ours.part(name)


def _counts_from_1904(package: Package) -> bool:
    found = elements_of(package.xml(package.workbook)).child("workbookPr")
    return found is not None and found.attributes.get("date1904", "0") in _TRUE


def without_package(book: Book) -> Book:
    """Return a book as one of its own, to be written anew."""
    return replace(book, package=b"")
