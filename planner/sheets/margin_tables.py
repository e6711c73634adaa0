"""The sheet of margins: by setback and bound how much is borne, what breaks first and where."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column, tables_by_key

TEXT, NUMBER, MONTH = ColumnType.TEXT, ColumnType.NUMBER, ColumnType.MONTH

MARGINS = ResultTable(
    "margins",
    Text("Marges", "Margins"),
    Text(
        "Hoeveel tegenslag de besluiten van het plan dragen, en wat het eerst knelt",
        "How much of each setback the plan's decisions bear, and what breaks first",
    ),
    (
        result_column("setback", "Tegenslag", "Setback", TEXT),
        result_column("bound", "Totdat", "Until", TEXT),
        result_column("percent", "Procent meer", "Per cent more", NUMBER, optional=True),
        result_column("amount", "Aantal meer", "Number more", NUMBER, optional=True),
        result_column("unit", "Eenheid", "Unit", TEXT, optional=True),
        result_column("month", "Knelt in", "Breaks in", MONTH, optional=True),
        result_column("limit", "Wat knelt", "What breaks", TEXT, optional=True),
        result_column("where", "Waar", "Where", TEXT, optional=True),
        result_column("outcome", "Uitkomst", "Outcome", TEXT),
    ),
)
MARGIN_TABLES = tables_by_key(MARGINS)
