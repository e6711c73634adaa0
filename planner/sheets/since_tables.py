"""The sheet of a plan since an adopted one: each decision as it was, as it is, and why."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column, tables_by_key

TEXT, IDENTIFIER, NUMBER = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.NUMBER
MONTH = ColumnType.MONTH

SINCE = ResultTable(
    "since",
    Text("Sinds het vastgestelde plan", "Since the adopted plan"),
    Text(
        "Elk besluit zoals het vastgesteld is en zoals het nu uitkomt, en waarom het anders is",
        "Each decision as it was adopted and as it comes out now, and why it differs",
    ),
    (
        result_column("location", "Locatie", "Location", IDENTIFIER),
        result_column("decision", "Besluit", "Decision", TEXT),
        result_column("outcome", "Uitkomst", "Outcome", TEXT),
        result_column("was_month", "Toen per", "Then from", MONTH, optional=True),
        result_column("was", "Plaatsen toen", "Places then", NUMBER, unit="places", optional=True),
        result_column("month", "Nu per", "Now from", MONTH, optional=True),
        result_column("places", "Plaatsen nu", "Places now", NUMBER, unit="places", optional=True),
        result_column("why", "Waarom", "Why", TEXT, optional=True),
    ),
)
SINCE_TABLES = tables_by_key(SINCE)
