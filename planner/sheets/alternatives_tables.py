"""The sheets of plans nearly as good: what each has least of with its proof, and their levels."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column, tables_by_key

TEXT, NUMBER = ColumnType.TEXT, ColumnType.NUMBER

ALTERNATIVES = ResultTable(
    "alternatives",
    Text("Andere plannen", "Other plans"),
    Text(
        "Plannen die bijna even goed zijn en van één ding het minst hebben, elk met zijn bewijs",
        "Plans nearly as good that have the least of one thing, each with its proof",
    ),
    (
        result_column("plan", "Plan", "Plan", TEXT),
        result_column("least", "Heeft", "Has", NUMBER),
        result_column("best", "Beste plan heeft", "Best plan has", NUMBER),
        result_column("bound", "Minder kan niet dan", "Cannot be less than", NUMBER),
        result_column("unit", "Eenheid", "Unit", TEXT),
        result_column("given_up", "Prijsgegeven (%)", "Given up (%)", NUMBER),
        result_column("moved", "Persoonsmaanden elders", "Person-months elsewhere", NUMBER),
        result_column("proof", "Bewijs", "Proof", TEXT),
    ),
)
ALTERNATIVES_TABLES = tables_by_key(ALTERNATIVES)


def alternative_levels(titles: Sequence[Text]) -> ResultTable:
    """Return the sheet with the levels of plans of these titles side by side."""
    plans = (
        result_column(f"plan_{at}", each.nl, each.en, NUMBER) for at, each in enumerate(titles)
    )
    return ResultTable(
        "alternative_levels",
        Text("Niveaus naast elkaar", "Levels side by side"),
        Text(
            "Wat elk niveau in elk plan oplevert; minder is beter",
            "What each level comes to in each plan; less is better",
        ),
        (
            result_column("level", "Niveau", "Level", TEXT),
            *plans,
            result_column("unit", "Eenheid", "Unit", TEXT),
        ),
    )
