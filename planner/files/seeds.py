"""From the starter data to a `Book`: a demo case as a workbook would hold it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable

from planner.core.texts import Language
from planner.files.cell_writer import DAY_FORMAT
from planner.files.lists import YES_NO
from planner.files.reading import book_of
from planner.input.book import Book, RawSheet, RawValue
from planner.input.column import Column, ColumnType, Table
from planner.input.kinds import Listed
from planner.input.records import TABLES
from planner.input.scenarios.by_key import address_of
from planner.input.scenarios.scenario_edits import change_of
from planner.input.supplied_names import name_of

# Tables that every case starts from; a demo's own file of the same name goes before them.
_SHARED = ("groups", "streams", "stages", "parameters", "provinces")

_LABEL_ROW, _HEADER_ROW = 1, 2


def read_seed_book(folder: str, language: Language = Language.NL) -> Book:
    """Return a demo case, such as `demo_small`, with sheets in a language.

    Every sheet carries the demo's label above its header. `FileNotFoundError` for no such demo.
    """
    seeds = files("seeds")
    demo = seeds / folder
    if not demo.is_dir():
        raise FileNotFoundError(folder)
    about = {row["key"]: row["value"] for row in _rows(demo / "about.csv")}
    label = about[f"label_{language.value}"]
    found = ((table, _file(seeds, demo, table)) for table in TABLES)
    sheets = tuple(_sheet(table, file, label, language) for table, file in found if file)
    return book_of(sheets, f"{folder}.xlsx")


def _file(seeds: Traversable, demo: Traversable, table: Table) -> Traversable | None:
    """Return the file of a table: the demo's own, else the shared one, else nothing."""
    own, shared = demo / f"{table.key}.csv", seeds / f"{table.key}.csv"
    if own.is_file():
        return own
    return shared if table.key in _SHARED and shared.is_file() else None


def _rows(file: Traversable) -> Iterator[Mapping[str, str]]:
    yield from csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))


def _header(file: Traversable) -> tuple[str, ...]:
    return tuple(next(csv.reader(io.StringIO(file.read_text(encoding="utf-8")))))


def _sheet(table: Table, file: Traversable, label: str, language: Language) -> RawSheet:
    """Return a table's sheet: the label, the header and the rows, declared columns only."""
    rows = list(_rows(file))
    columns = [column for column in table.columns if column.key in _header(file)]
    cells: dict[tuple[int, int], RawValue] = {(_LABEL_ROW, 1): label}
    formats: dict[tuple[int, int], str] = {}
    if table.key == "scenarios":
        rows = [_change(each, language) for each in rows]
    for at, column in enumerate(columns, start=1):
        cells[_HEADER_ROW, at] = column.title.in_(language)
        for row, written in enumerate(rows, start=_HEADER_ROW + 1):
            value = _raw(column, written[column.key], language)
            if value is not None:
                cells[row, at] = value
            if isinstance(value, dt.date):
                formats[row, at] = DAY_FORMAT
    return RawSheet(table.title.in_(language), cells, {}, formats)


def _change(row: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """Return a scenario's change worded as the sheets are in a language."""
    of, key, column = address_of(row["table"], row["key"], row["column"])
    made = change_of(row["scenario"], of, key, column, None, language)
    return {**row, "table": made.table, "key": made.key, "column": made.column}


def _raw(column: Column, written: str, language: Language) -> RawValue | None:
    """Return what stands in a cell for a value as the starter data writes it.

    There, numbers are written with a point, dates as ISO and yes and no in English; the data are
    our own, so a `ValueError` is our own fault.
    """
    if not written:
        return None
    if column.holds is ColumnType.YES_NO:
        return {"yes": YES_NO[0], "no": YES_NO[1]}[written].in_(language)
    read = _READERS.get(column.holds)
    if column.named is not None:
        return name_of(column.named, written, language)
    return _listed(column.choices, written, language) if read is None else read(written)


def _listed(choices: type[Listed] | None, written: str, language: Language) -> str:
    """Return a listed value by its label, and other text as it is."""
    labels = {each.value: each.label.in_(language) for each in choices or ()}
    return labels[written] if choices else written


def _number(written: str) -> int | float:
    return int(written) if written.lstrip("-").isdecimal() else float(written)


def _whatever(written: str) -> RawValue:
    """Return a value of a column that holds anything: a number, a day, or else text."""
    with suppress(ValueError):
        return _number(written)
    with suppress(ValueError):
        return dt.date.fromisoformat(written)
    return written


_READERS: Mapping[ColumnType, Callable[[str], RawValue]] = {
    ColumnType.WHOLE: int,
    ColumnType.NUMBER: _number,
    ColumnType.DATE: dt.date.fromisoformat,
    ColumnType.MONTH: dt.date.fromisoformat,
    ColumnType.ANY: _whatever,
}
