"""The sheets of a bridge: what changed the need in one month, and in every month."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column

TEXT, NUMBER, MONTH = ColumnType.TEXT, ColumnType.NUMBER, ColumnType.MONTH

_CHANGE = result_column("change", "Wijziging", "Change", TEXT)
_PEOPLE = result_column("people", "Mensen", "People", NUMBER, unit="people")
_BEDS = result_column("beds", "Bedden nodig", "Beds needed", NUMBER, unit="beds")

BRIDGE = ResultTable(
    "bridge",
    Text("Brug", "Bridge"),
    Text(
        "Van de eerdere behoefte naar de nieuwe: elke wijziging na die erboven",
        "From the earlier need to the new one: each change after those above it",
    ),
    (
        _CHANGE,
        result_column("was", "Was", "Was", TEXT, optional=True),
        result_column("now", "Is", "Is", TEXT, optional=True),
        result_column("source", "Bron", "Source", TEXT, optional=True),
        result_column("who", "Wie", "Who", TEXT, optional=True),
        result_column("why", "Waarom", "Why", TEXT, optional=True),
        result_column("month", "Maand", "Month", MONTH),
        _PEOPLE,
        _BEDS,
    ),
)
BRIDGE_MONTHS = ResultTable(
    "bridge_months",
    Text("Brug per maand", "Bridge by month"),
    Text(
        "Wat elke wijziging in elke maand van beide plannen doet",
        "What each change does in each month of both plans",
    ),
    (_CHANGE, result_column("month", "Maand", "Month", MONTH), _PEOPLE, _BEDS),
)
