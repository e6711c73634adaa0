"""A figure of a plan by what somebody calls it: a level, a measure, a row, or a cell of a sheet.

A row is named by its table and what it is about, with | between (`shortfalls|L09|2026-10`), or by
any cell of it (`Tekorten!B7`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.core.display_names import called
from planner.core.errors import UnusableInputError
from planner.core.texts import Text, catalogue, message, month_words
from planner.input.book import RawSheet, column_letters
from planner.input.column import ColumnType
from planner.input.kinds import PlaceKind
from planner.input.names import plain
from planner.input.recognise import table_named
from planner.input.values import UnreadableValueError, read_value
from planner.result.figure_rows import figure_of
from planner.result.plan_of_book import PlanOfBook
from planner.result.queries import SUM, AskCells, AskDependents, Figure
from planner.result.sentences import level_titles, measure_titles, summary_subject, unit_text
from planner.result.sums import SUMS
from planner.sheets.overview_table import is_overview
from planner.sheets.reader_columns import decided_unit
from planner.sheets.result_sheets import FoundResult, find_result
from planner.sheets.result_table import ResultTable
from planner.sheets.result_tables import RESULT_TABLES, Decision
from planner.sheets.units import unit_key

CELL = re.compile(r"^(?P<sheet>.+)!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})$")
# The columns of a result table that say what a row is about.
ABOUT = (
    "rule",
    "rule_title",
    "name",
    "check",
    "location",
    "group",
    "kind",
    "province",
    "region",
    "decision",
    "month",
)
# The columns that hold the figure of a row, the first of them that a table has.
AMOUNTS = ("amount", "people", "places", "prepared", "value", "shortage", "used")
# Rows that are listed where a name fits several.
LISTED = 12
TableRow = Mapping[str, object]


@dataclass(frozen=True)
class NamedFigure:
    """What is asked about, what it is called, and the figure itself where it is a number."""

    question: AskCells | AskDependents
    title: Text
    value: float | None = None
    unit: Text | None = None


def named_figure(loaded: PlanOfBook, name: str) -> NamedFigure:
    """Return what a name means in a plan; `UnusableInputError` says why it means nothing."""
    at = CELL.match(name.strip())
    if at is not None:
        sheet = at["sheet"].strip().strip("'")
        return _at_cell(loaded, sheet, at["column"].upper(), int(at["row"]))
    if "|" in name:
        return _row_named(loaded, [part.strip() for part in name.split("|")])
    found = next(iter(_single(loaded, plain(name))), None)
    if found is None:
        raise UnusableInputError(message("why.unknown_figure", name=name, known=_known(loaded)))
    return found


def _known(loaded: PlanOfBook) -> tuple[str, ...]:
    return tuple(level.name for level in loaded.plan.levels)


def _single(loaded: PlanOfBook, name: str) -> Iterator[NamedFigure]:
    """Yield the level, the sum over months or the measure that goes by a name."""
    for level in loaded.plan.levels:
        title = level_titles()[level.name]
        if name in _names(level.name, title):
            figure = Figure("levels", level=level.name)
            yield NamedFigure(AskCells(figure), title, level.value, unit_text(level.unit))
    for key, summed in SUMS.items():
        title = message(f"why.sum.{key}").both
        if name in _names(key, title):
            value = summed.total(loaded.plan.tables)
            unit = unit_text(summed.unit_over_months)
            yield NamedFigure(AskCells(Figure(SUM, sort=key)), title, value, unit)
    titles = measure_titles()
    for key, quantity in loaded.plan.measures.items():
        title = titles.get(key, Text(key, key))
        if name in _names(key, title):
            figure = Figure("measures", sort=key)
            yield NamedFigure(AskCells(figure), title, quantity.value, unit_text(quantity.unit))


def _names(key: str, title: Text) -> set[str]:
    return {plain(key), plain(title.nl), plain(title.en)}


def _row_named(loaded: PlanOfBook, parts: list[str]) -> NamedFigure:
    """Return the row of a result table, or the cell of an input table, that parts name."""
    result = _result_table(parts[0])
    if result is None:
        return _input_named(loaded, parts)
    rows = [row for row in _rows(loaded, result.key) if _is_about(row, parts[1:])]
    shown = "|".join(parts)
    if not rows:
        raise UnusableInputError(message("why.no_such_row", name=shown))
    if len(rows) > 1 and result.key == "dol" and len({row["location"] for row in rows}) == 1:
        # Of a location without a month: the part at its largest.
        return _of_row(loaded, result, max(rows, key=lambda row: float(str(row["prepared"]))))
    if len(rows) > 1:
        names = tuple(_name_of(result.key, row) for row in rows[:LISTED])
        more = max(len(rows) - LISTED, 0)
        key = "why.several_rows_more" if more else "why.several_rows"
        raise UnusableInputError(
            message(key, name=shown, count=len(rows), names="; ".join(names), more=more)
        )
    return _of_row(loaded, result, rows[0])


def _result_table(name: str) -> ResultTable | None:
    for each in RESULT_TABLES.values():
        if plain(name) in _names(each.key, each.title):
            return each
    return None


def _rows(loaded: PlanOfBook, table: str) -> list[TableRow]:
    frame = loaded.tables.get(table)
    if frame is None:
        return []
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _is_about(row: TableRow, parts: Iterable[str]) -> bool:
    """Whether a row is about each of some parts, whichever of its columns says so."""
    values = {word for name in ABOUT for word in _words(name, row.get(name))}
    return all(plain(part) in values or _month_in(part, row) for part in parts)


def _words(name: str, value: object) -> set[str]:
    """Return what a cell of a row may be called."""
    if value is None or value != value or isinstance(value, dt.date):  # noqa: PLR0124 - true of NaN
        return set()
    if isinstance(value, Text):
        return {plain(value.nl), plain(value.en)}
    title = _title(name, str(value))
    return {plain(str(value)), plain(title.nl), plain(title.en)}


def _title(name: str, value: str) -> Text:
    """Return what a code of a result table is called."""
    if name == "kind":
        return PlaceKind[value.upper()].label
    if name == "decision":
        return Decision[value.upper()].label
    if name == "rule" and f"rule.{value}.title" in catalogue():
        return message(f"rule.{value}.title").both
    return called(value)


def _month_in(part: str, row: TableRow) -> bool:
    month = row.get("month")
    if not isinstance(month, dt.date):
        return False
    shown = month_words(month)
    known = {month.isoformat(), month.isoformat()[:7], shown.nl, shown.en}
    return plain(part) in {plain(each) for each in known}


def _name_of(table: str, row: TableRow) -> str:
    """Return the name by which a single row can be asked about."""
    parts = [table]
    for name in ABOUT:
        value = row.get(name)
        if name == "rule_title" or value is None or value != value:  # noqa: PLR0124 - true of NaN
            continue
        parts.append(value.isoformat()[:7] if isinstance(value, dt.date) else str(value))
    return "|".join(parts)


def _of_row(
    loaded: PlanOfBook, result: ResultTable, row: TableRow, column: str = ""
) -> NamedFigure:
    """Return the figure that a row of a result table tells; `column` is the one pointed at."""
    figure = figure_of(result.key, row)
    if result.key == "levels":
        return next(_single(loaded, plain(figure.level)))
    told = [column] if _is_number(row.get(column)) else []
    amounts = [*told, *(name for name in AMOUNTS if _is_number(row.get(name)))]
    value = row[amounts[0]] if amounts else None
    unit = _unit_of(result, row, amounts[0]) if amounts else None
    number = float(value) if isinstance(value, int | float) else None
    return NamedFigure(AskCells(figure), _row_title(result, row), number, unit)


def _is_number(value: object) -> bool:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return known and value == value  # noqa: PLR0124 - NaN is none


def _unit_of(result: ResultTable, row: TableRow, name: str) -> Text | None:
    declared = {each.key: each.unit for each in result.columns}.get(name)
    unit = declared or row.get("unit")
    if result.key == "decisions" and name == "value":
        unit = decided_unit(row.get("decision"))
    if isinstance(unit, Text):
        return unit
    return unit_text(str(unit)) if unit else None


def _row_title(result: ResultTable, row: TableRow) -> Text:
    """Return what a row is called: its sheet and what it is about, in both languages."""
    parts = [result.title]
    # A rule is called by its own title, in both languages; one that is not known as its sheet does.
    left_out = "rule_title" if f"rule.{row.get('rule')}.title" in catalogue() else "rule"
    for name in ABOUT:
        value = row.get(name)
        if value is None or value != value or (name == left_out and row.get("rule_title")):  # noqa: PLR0124
            continue
        if isinstance(value, dt.date):
            parts.append(month_words(value))
        elif isinstance(value, Text):
            parts.append(value)
        elif str(value):
            parts.append(_title(name, str(value)))
    return Text(" · ".join(each.nl for each in parts), " · ".join(each.en for each in parts))


def _input_named(loaded: PlanOfBook, parts: list[str]) -> NamedFigure:
    """Return the cell of an input table named `table|key|column`, the key's parts joined by |."""
    declared = table_named(parts[0])
    if declared is None:
        raise UnusableInputError(message("why.unknown_table", name=parts[0]))
    sheet = loaded.book.tables.get(declared.key)
    column = next(
        (each for each in declared.columns if plain(parts[-1]) in _names(each.key, each.title)),
        None,
    )
    keys = [each.key for each in declared.columns if each.is_key]
    wanted = [plain(part) for part in parts[1:-1]]
    if sheet is None or column is None or len(wanted) != len(keys):
        names = (declared.key, *keys, "column")
        raise UnusableInputError(message("why.cell_form", form="|".join(names)))
    for row, cells in zip(sheet.frame.index, sheet.frame.to_dict("records"), strict=True):
        if [plain(str(cells.get(key, ""))) for key in keys] == wanted:
            return _of_input(loaded, declared.key, int(row), column.key)
    raise UnusableInputError(message("why.no_such_row", name="|".join(parts)))


def _at_cell(loaded: PlanOfBook, name: str, letters: str, row: int) -> NamedFigure:
    """Return what stands at a cell of a sheet of the workbook."""
    sheet = next((each for each in loaded.book.sheets if plain(each.name) == plain(name)), None)
    if sheet is None:
        names = tuple(each.name for each in loaded.book.sheets if each.state == "visible")
        raise UnusableInputError(message("why.no_such_sheet", name=name, names=names))
    at = next(number for number in range(1, 18279) if column_letters(number) == letters)
    place = f"{sheet.name}!{letters}{row}"
    found = find_result(sheet)
    if found is not None:
        return _in_result(loaded, sheet, found, (row, at), place)
    value = sheet.cells.get((row, at))
    if value is None:
        raise UnusableInputError(message("why.empty_cell", place=place))
    for table in loaded.book.tables.values():
        if table.name == sheet.name:
            by_position = {number: key for key, number in table.positions.items()}
            if row in table.frame.index and at in by_position:
                return _of_input(loaded, table.table.key, row, by_position[at])
    if isinstance(value, str):
        raise UnusableInputError(message("why.text_cell", place=place))
    key = "why.overview_cell" if is_overview(sheet) else "why.cell_not_read"
    raise UnusableInputError(message(key, place=place))


def _in_result(
    loaded: PlanOfBook, sheet: RawSheet, found: FoundResult, at: tuple[int, int], place: str
) -> NamedFigure:
    """Return the figure of a cell on a result sheet."""
    if at not in sheet.cells:
        raise UnusableInputError(message("why.empty_cell", place=place))
    by_position = {number: key for key, number in found.positions.items()}
    read = {row for row, column in sheet.cells if row > found.header_row and column in by_position}
    if at[0] not in read:
        raise UnusableInputError(message("why.text_cell", place=place))
    row = _as_read(sheet, found, at[0])
    column = by_position.get(at[1], "")
    if found.table.key == "summary":
        return _of_summary(loaded, sheet, found, at, place)
    if found.table.key in {"provenance", "questions", "children", "costs", "rules"} or (
        found.table.key not in loaded.tables
    ):
        raise UnusableInputError(message("why.not_traced", place=place, sheet=found.table.title))
    if found.table.key == "explanation":
        lines = loaded.tables["explanation"].to_dict("records")
        row = {str(name): each for name, each in lines[sorted(read).index(at[0])].items()}
    return _of_row(loaded, found.table, row, column)


def _as_read(sheet: RawSheet, found: FoundResult, number: int) -> TableRow:
    """Return the cells of one row of a result sheet as their columns declare them."""
    declared = {each.key: each for each in found.table.columns}
    row: dict[str, object] = {}
    for key, position in found.positions.items():
        if key not in declared:  # the unrounded figure beside the one that is read
            continue
        raw = sheet.cells.get((number, position))
        try:
            value = None if raw is None else read_value(declared[key], raw)
        except UnreadableValueError:
            value = None
        listed = declared[key].holds is ColumnType.CHOICE and value is not None
        row[key] = unit_key(str(value or "")) if key == "unit" else str(value) if listed else value
    return row


def _of_summary(
    loaded: PlanOfBook, sheet: RawSheet, found: FoundResult, at: tuple[int, int], place: str
) -> NamedFigure:
    subject = str(sheet.cells.get((at[0], found.positions["subject"]), ""))
    value = sheet.cells.get((at[0], found.positions["value"]))
    known = summary_subject(loaded.plan, subject)
    if known is None or not _is_number(value):
        raise UnusableInputError(message("why.text_cell", place=place))
    unit = sheet.cells.get((at[0], found.positions["unit"]))
    number = float(value) if isinstance(value, int | float) else None
    figure = Figure("summary", sort=known.nl)
    return NamedFigure(
        AskCells(figure), known, number, Text(str(unit), str(unit)) if unit else None
    )


def _of_input(loaded: PlanOfBook, table: str, row: int, column: str) -> NamedFigure:
    """Return the question what rests on a cell of the input."""
    sheet = loaded.book.tables[table]
    place = f"{sheet.name}!{sheet.address(row, column)}"
    value = loaded.book.cell(table, row, column)
    if value is None:
        raise UnusableInputError(message("why.empty_cell", place=place))
    declared = sheet.table.column(column)
    if declared.holds is ColumnType.TEXT or declared.is_key:
        raise UnusableInputError(message("why.text_cell", place=place))
    number = float(value) if isinstance(value, int | float) else None
    title = Text(f"{place} · {declared.title.nl}", f"{place} · {declared.title.en}")
    return NamedFigure(AskDependents(table, row, column), title, number)
