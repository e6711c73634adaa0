"""What the overview of a plan's workbook is called, and the columns of its table by month."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.texts import Language, Text
from planner.input.book import RawSheet, RawValue
from planner.input.column import ColumnType
from planner.input.names import plain
from planner.sheets.result_sheets import NUMBERED, ResultSheet
from planner.sheets.result_table import ResultTable, result_column

TITLE = Text("Overzicht", "Overview")
_NUMBER, _MONTH = ColumnType.NUMBER, ColumnType.MONTH
TABLE = ResultTable(
    "overview",
    TITLE,
    Text("Het plan op één bladzijde", "The plan on one page"),
    (
        result_column("month", "Maand", "Month", _MONTH),
        result_column("portfolio", "Bedden zonder besluiten", "Beds without decisions", _NUMBER),
        result_column("needed", "Benodigde bedden", "Beds needed", _NUMBER),
        result_column("shortage", "Tekort aan bedden", "Beds short", _NUMBER),
        result_column("regular", "Mensen regulier", "People in regular places", _NUMBER),
        result_column("emergency", "Mensen in noodopvang", "People in emergency", _NUMBER),
        result_column("dol_places", "DOL ingericht", "DOL fitted out", _NUMBER),
        result_column("dol_people", "Mensen in DOL", "People in DOL", _NUMBER),
    ),
)

# What columns were called in older plans.
_FORMER = {"portfolio": Text("Bedden in contract", "Beds in contract")}

# Where the status of the plan stands: row and column, from 1.
STATUS_CELL = (3, 1)
# The table by month has its header above this row, counted from 1. It stood in row 5, 14 and 15,
# and comes after the answer and the assumptions now.
_LAST_HEADER_ROW = 120
_NEEDED = (
    "summary", "levels", "runoff", "demand", "placement", "dol", "shortfalls", "decisions",
    "checks",
)  # fmt: skip


def is_overview(sheet: RawSheet) -> bool:
    """Whether a sheet is an overview of ours, by its name and its columns."""
    name = plain(NUMBERED.sub("", sheet.name))
    if name not in {plain(TITLE.nl), plain(TITLE.en)}:
        return False
    rows: dict[int, set[str]] = {}
    for (row, _), value in sheet.cells.items():
        if row <= _LAST_HEADER_ROW:
            rows.setdefault(row, set()).add(str(value))
    return any(
        all(cells & each for each in titles)
        for cells in rows.values()
        for titles in map(_titles, Language)
    )


def _titles(language: Language) -> list[set[str]]:
    """Return what each column is called, and was called in older plans."""
    return [
        {each.in_(language) for each in (column.title, _FORMER.get(column.key, column.title))}
        for column in TABLE.columns
    ]


def called_now(value: RawValue | None) -> RawValue | None:
    """Return a cell of an overview with the title of today where it has that of an older plan."""
    for key, former in _FORMER.items():
        now = next(column.title for column in TABLE.columns if column.key == key)
        for language in Language:
            if value == former.in_(language):
                return now.in_(language)
    return value


def can_overview(results: Sequence[ResultSheet]) -> bool:
    """Whether results hold all that an overview tells."""
    return {each.table.key for each in results}.issuperset(_NEEDED)
