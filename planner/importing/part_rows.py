"""The rows of one part of a mapping on one sheet: constants, columns, blocks, totals, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, message
from planner.importing.dates import bare_month, day_within, in_years, month_in, year_within
from planner.importing.grid import Cells, FoundPart, Heading
from planner.importing.mapping import OPEN, ColumnSource, Fill, ImportMapping, naming
from planner.importing.meanings import Meanings, Question, Reader, Unclear
from planner.importing.totals import Totals
from planner.importing.words import is_total
from planner.input.book import RawSheet, RawValue, column_letters
from planner.input.column import Column, ColumnType, Table
from planner.input.non_data_rows import is_note
from planner.input.records import table as table_of
from planner.input.values import is_empty, shown

_FIGURES = frozenset({ColumnType.WHOLE, ColumnType.NUMBER})
_DAYS = frozenset({ColumnType.DATE, ColumnType.MONTH})
_PREFIXES = ("provincie ", "regio ", "region ", "province ", "bezetting ", "locaties ", "groep ")


@dataclass(frozen=True)
class TakenRow:
    """A row for a table: its cells by key, and where it was written; `written` is its key there."""

    cells: Mapping[str, RawValue | None]
    file: str
    sheet: str
    cell: str
    written: Mapping[str, RawValue]


@dataclass(frozen=True)
class File:
    """A file to take rows from: its name and its sheets."""

    name: str
    sheets: Sequence[RawSheet]


@dataclass
class RowReading:
    """What reading by a mapping comes upon: what is wrong, and what is asked for."""

    mapping: ImportMapping
    meanings: Meanings
    findings: list[Finding] = field(default_factory=list)
    asked: dict[tuple[int, str], Question] = field(default_factory=dict)

    def ask(self, question: Question) -> None:
        """Ask for a constant, once."""
        self.asked.setdefault((question.part, question.column), question)


class PartRows:
    """The rows of one part on one sheet.

    They are read also where a constant is still to be asked, so that all is asked at once; then
    they are not `usable`.
    """

    def __init__(self, told: RowReading, file: File, found: FoundPart, *, totals_too: bool) -> None:
        """Read a part where it stands; totals are held once a sheet, however many parts read it."""
        self._told = told
        self._file = file
        self._found = found
        self._part = found.part
        self._grid = found.grid
        self._table = table_of(found.part.table)
        self._keys = self._table.key_columns
        self._counts = self._table.knows("people") and self._table.column("people").required
        self._own = {*found.columns.values(), *(each.column for each in found.block)}
        self._names = {at: found.headings[at].levels[-1] for at in found.columns.values()}
        self._readers = {
            key: told.meanings.reader(self._table, self._table.column(key))
            for key in (*found.part.fields, *found.part.across, *filter(None, [found.part.cells]))
        }
        self._section: str | None = None
        self._down: dict[str, RawValue] = {}
        self._fixed: dict[str, RawValue | None] = {}
        self.usable = True
        language = told.mapping.language
        self._totals = Totals(found, self._figures(), language, checked=told.mapping.check_totals)
        self._totals_too = totals_too
        self._said_once = {
            key for key, each in found.part.fields.items() if each.fill is Fill.CONSTANT
        }
        self._block = tuple(self._block_cells())
        self._key_columns = tuple(
            (key, found.columns[key]) for key in _key_names(self._table) if key in found.columns
        )

    def _figures(self) -> tuple[int, ...]:
        """Return the columns whose totals are held against their rows."""
        own = [
            at
            for key, at in self._found.columns.items()
            if self._table.column(key).holds in _FIGURES
        ]
        beside = [each.column for each in (*self._found.block, *self._found.totals)]
        others = [at for at, each in self._found.headings.items() if each.label]
        return tuple(dict.fromkeys((*own, *beside, *(others if not own and not beside else ()))))

    def rows(self) -> Iterator[TakenRow]:
        """Yield the rows, what is wrong or asked told."""
        self._fixed = dict(self._constants())
        for row, cells in self._grid.below(self._found.row):
            if self._is_data(row, cells):
                if self._totals_too:
                    self._told.findings.extend(self._totals.add(row, cells))
                yield from self._row(row, cells)

    def _is_data(self, row: int, cells: Cells) -> bool:
        """Whether a row holds data; totals, notes, headings again and names of sections do not."""
        first = cells[min(cells)]
        labels = [cells.get(at) for at in self._found.columns.values()]
        if is_total(first) or any(is_total(each) for each in labels):
            if self._totals_too:
                self._told.findings.extend(self._totals.hold(row, cells))
            return False
        if self._is_heading(cells):
            return False
        own = self._own
        alone = isinstance(first, str) and (len(cells) == 1 or self._grid.is_wide(row, min(cells)))
        if alone and len(own) > 1 and not any(at in cells for at in own if at != min(cells)):
            self._take_section(row, str(first))
            return False
        texts = all(isinstance(each, str) for each in cells.values())
        if texts and is_note(cells):
            self._remark("importing.note", row, text=shown(first))
            return False
        return not own.isdisjoint(cells)

    def _is_heading(self, cells: Cells) -> bool:
        names = self._names
        return bool(names) and all(cells.get(at) == each for at, each in names.items())

    def _take_section(self, row: int, name: str) -> None:
        self._section = _bare(name)
        if not any(each.fill is Fill.SECTION for each in self._part.fields.values()):
            self._remark("importing.row_alone", row, text=shown(name))

    def _remark(self, key: str, row: int, **fields: object) -> None:
        if self._totals_too:  # once a sheet, however many parts read it
            cell = f"{column_letters(min(self._grid.rows[row]))}{row}"
            what, todo = message(key, row=str(row), **fields), message(f"{key}.todo")
            finding = Finding(Severity.REMARK, what, todo, self._grid.name, cell)
            self._told.findings.append(finding)

    def _constants(self) -> Iterator[tuple[str, RawValue | None]]:
        """Yield what fills a column in every row, from the mapping or from a name or title."""
        for key, source in self._part.fields.items():
            if source.fill in {Fill.COLUMN, Fill.SECTION}:
                continue
            column = self._table.column(key)
            if source.is_open:
                self._ask(column)
                continue
            raw = self._given(column, source)
            if raw is None and source.fill is not Fill.CONSTANT:
                self._no_value(column, source.fill)
                continue
            try:
                yield key, self._readers[key](raw, self._grid.name, "A1")
            except Unclear:
                self.usable = False

    def _given(self, column: Column, source: ColumnSource) -> RawValue | None:
        """Return what a constant, a title or a name gives for a column."""
        if source.fill is Fill.ABOVE:
            return self._above(column)
        if source.fill is Fill.CONSTANT:
            days = column.holds in _DAYS and isinstance(source.value, str)
            return _iso(str(source.value)) if days else source.value
        name = self._grid.name if source.fill is Fill.SHEET else self._file.name
        return self._in_name(name, column)

    def _ask(self, column: Column) -> None:
        self.usable = False
        about = naming(self._table.key, column)
        known = self._told.meanings.known(about) if about in {"groups", "scenarios"} else {}
        choices = tuple(each.value for each in column.choices or ())
        title = message("importing.column_of", column=column.title, table=self._table.title)
        self._told.ask(
            Question(
                about,
                title.text(self._told.mapping.language or Language.NL),
                tuple(dict.fromkeys(known.values())) or choices,
                None,
                self._grid.name,
                f"A{self._found.row}",
                self._told.mapping.parts.index(self._part),
                column.key,
            )
        )

    def _no_value(self, column: Column, fill: Fill) -> None:
        self.usable = False
        what = message(f"importing.nothing_in.{fill.value}", column=column.title)
        todo = message("importing.nothing_in.todo")
        finding = Finding(Severity.ERROR, what, todo, self._grid.name, "A1", self._table.key)
        self._told.findings.append(finding)

    def _above(self, column: Column) -> RawValue | None:
        """Return the day that stands above the headings."""
        for each in self._grid.above(self._found.row - self._part.header_rows + 1):
            if isinstance(each, dt.date):
                return each
            if isinstance(each, str) and column.holds in _DAYS:
                day = day_within(each, self._told.mapping.language)
                if day is not None:
                    return day
        return None

    def _in_name(self, name: str, column: Column) -> RawValue | None:
        """Return what the name of a sheet or file says: a day in it, or the name itself."""
        if column.holds in _DAYS:
            return day_within(name.replace("_", " "), self._told.mapping.language)
        return _bare(name) or None

    def _block_cells(self) -> Iterator[tuple[Heading, Mapping[str, RawValue | None]]]:
        """Yield the columns of the block with what their headings say."""
        if not self._part.across:
            return
        months = self._bare_months()
        for heading in self._found.block:
            said = self._said_by(heading, months)
            if said is not None and all(each is not None for each in said.values()):
                yield heading, said

    def _said_by(
        self, heading: Heading, months: Mapping[int, dt.date]
    ) -> Mapping[str, RawValue | None] | None:
        """Return what a heading of the block says; nothing where that is a question or unknown."""
        said: dict[str, RawValue | None] = {}
        for at, key in enumerate(self._part.across):
            raw = heading.levels[at]
            if key in {"month", "date"}:
                raw = months.get(heading.column) or month_in(raw, self._told.mapping.language)
                if raw is None:
                    if bare_month(heading.levels[at]) is None:
                        self._headless(heading)
                    return None
            try:
                said[key] = self._readers[key](raw, self._grid.name, heading.cell)
            except Unclear:
                return None
        return said

    def _headless(self, heading: Heading) -> None:
        """Report a column of the block whose heading says no month or name."""
        what = message("importing.heading_unknown", heading=heading.label)
        todo = message("importing.heading_unknown.todo")
        self._told.findings.append(
            Finding(Severity.ERROR, what, todo, self._grid.name, heading.cell, self._table.key)
        )

    def _bare_months(self) -> Mapping[int, dt.date]:
        """Return the months of headings that name no year: from the mapping's year or a title's."""
        level = next(
            (at for at, key in enumerate(self._part.across) if key in {"month", "date"}), 0
        )
        bare = {
            each.column: month
            for each in self._found.block
            if (month := bare_month(each.levels[level])) is not None
        }
        if not bare:
            return {}
        year = self._told.mapping.year
        if year is None:
            titles = [shown(each) for each in self._grid.above(self._found.row)]
            year = year_within([*titles, self._grid.name, self._file.name])
        if not isinstance(year, int):
            at = self._found.block[0].cell
            asked = Question("year", "", (), None, self._grid.name, at, -1, "year")
            self._told.ask(asked)
            self.usable = False
            return {}
        return dict(zip(bare, in_years(tuple(bare.values()), year), strict=True))

    def _row(self, row: int, cells: Cells) -> Iterator[TakenRow]:
        """Yield the row, or one for each filled cell of its block."""
        said: dict[str, RawValue | None] = dict(self._fixed)
        clear = True
        for key, raw, at in self._filled(cells):
            if raw is None or is_empty(raw):
                continue  # not known: what the book has of it stays
            try:
                said[key] = self._read(self._readers[key], raw, row, at)
            except Unclear:
                clear = False
        if self._table.key == "locations":
            self._know(said)
        if not clear:
            return
        if self._part.across:
            yield from self._across(said, cells, row)
        else:
            yield from self._whole(said, cells, row)

    def _filled(self, cells: Cells) -> Iterator[tuple[str, RawValue | None, int]]:
        """Yield what a row fills: the column of ours, what is written, and where."""
        for key, source in self._part.fields.items():
            if source.fill is Fill.SECTION:
                yield key, self._section, min(cells)
            elif source.fill is Fill.COLUMN:
                at = self._found.columns[key]
                yield key, self._cell(key, cells.get(at)), at

    def _know(self, said: Mapping[str, RawValue | None]) -> None:
        """Have other tables know the location of a row, whatever is asked about the rest of it."""
        names = self._told.meanings.locations
        code = said.get("id")
        if code is not None and code not in names.own:
            names.add(str(code), str(said.get("name") or ""))

    def _cell(self, key: str, raw: RawValue | None) -> RawValue | None:
        if key not in self._part.fill_down:
            return raw
        if is_empty(raw) or raw is None:
            return self._down.get(key)
        self._down[key] = raw
        return raw

    def _read(self, reader: Reader, raw: RawValue | None, row: int, at: int) -> RawValue | None:
        return reader(raw, self._grid.name, f"{column_letters(at)}{row}")

    def _across(
        self, said: Mapping[str, RawValue | None], cells: Cells, row: int
    ) -> Iterator[TakenRow]:
        reader = self._readers[self._part.cells]
        for heading, across in self._block:
            raw = cells.get(heading.column)
            if raw is None or is_empty(raw):
                continue  # not known, and so no row: empty is not nought
            try:
                value = self._read(reader, raw, row, heading.column)
            except Unclear:
                continue
            if value is not None:
                levels = zip(self._part.across, heading.levels, strict=True)
                written = {key: each for key, each in levels if each is not None}
                whole = {**said, **across, self._part.cells: value}
                yield from self._keyed(whole, cells, row, heading.column, written)

    def _whole(
        self, said: Mapping[str, RawValue | None], cells: Cells, row: int
    ) -> Iterator[TakenRow]:
        said = self._of_its_own(said)
        figures = ["people"] if self._counts else []
        if figures and said.get("people") is None:
            return  # nobody counted: no row of people
        at = self._found.columns.get(figures[0]) if figures else None
        yield from self._keyed(said, cells, row, at or min(self._found.columns.values()), {})

    def _of_its_own(self, said: Mapping[str, RawValue | None]) -> Mapping[str, RawValue | None]:
        """Return what a row says of a location of the book: not what holds for all rows.

        Constants are said of new locations; nor is a name another for being spelled otherwise.
        """
        names = self._told.meanings.locations
        code = said.get("id")
        if self._table.key != "locations" or code not in names.own:
            return said
        same = names.known(str(said.get("name") or "")) == code
        left_out = self._said_once | ({"name"} if same else set())
        return {key: each for key, each in said.items() if key not in left_out}

    def _keyed(
        self,
        said: Mapping[str, RawValue | None],
        cells: Cells,
        row: int,
        at: int,
        beside: Mapping[str, RawValue],
    ) -> Iterator[TakenRow]:
        """Yield a row that names all its key columns; report one that does not."""
        missing = [each for each in self._keys if said.get(each.key) is None]
        cell = f"{column_letters(at)}{row}"
        if missing and not self.usable:
            return
        if missing:
            what = message("importing.no_key", column=missing[0].title)
            todo = message("importing.no_key.todo")
            finding = Finding(Severity.ERROR, what, todo, self._grid.name, cell, self._table.key)
            self._told.findings.append(finding)
            return
        own = {
            key: raw for key, column in self._key_columns if (raw := cells.get(column)) is not None
        }
        yield TakenRow(said, self._file.name, self._grid.name, cell, {**own, **beside})


def _bare(name: str) -> str:
    """Return a name without the word that says what it is the name of."""
    for prefix in _PREFIXES:
        if name.casefold().startswith(prefix):
            name = name[len(prefix) :]
    return name.strip()


def _key_names(table: Table) -> tuple[str, ...]:
    names = tuple(each.key for each in table.key_columns)
    return (*names, "name") if table.key == "locations" else names


def _iso(text: str) -> RawValue:
    if text == OPEN:
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text
