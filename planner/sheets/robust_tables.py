"""The sheets of a plan for several scenarios: what it comes to beside others, and its decisions."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column, tables_by_key
from planner.sheets.result_tables import Decision

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
NUMBER, MONTH = ColumnType.NUMBER, ColumnType.MONTH

_UNIT = result_column("unit", "Eenheid", "Unit", TEXT)
_PLAN = result_column("plan", "Dit plan", "This plan", NUMBER)
_MIDDLE = result_column("middle", "Alleen basis", "Base alone", NUMBER)

ROBUST = ResultTable(
    "robust",
    Text("Robuust", "Robust"),
    Text(
        "Besluiten die in alle scenario's gelijk zijn, en wat ze waard zijn. Alleen basis: gepland "
        "op het basisscenario alleen, en hoeveel meer dat wordt. Met voorkennis: het beste plan "
        "voor dat ene scenario, en hoeveel minder dat is",
        "Decisions that are the same in all scenarios, and what they are worth. Base alone: "
        "planned for the base scenario alone, and how much more that comes to. With foresight: "
        "the best plan for that one scenario, and how much less that is",
    ),
    (
        result_column("scenario", "Scenario", "Scenario", TEXT),
        result_column("weight", "Gewicht", "Weight", NUMBER, unit="share"),
        result_column("title", "Wat", "What", TEXT),
        _UNIT,
        _PLAN,
        _MIDDLE,
        result_column("foresight", "Met voorkennis", "With foresight", NUMBER),
        result_column("lost", "Basis meer", "Base more", NUMBER),
        result_column("saved", "Voorkennis minder", "Foresight less", NUMBER),
    ),
)
ROBUST_DECISIONS = ResultTable(
    "robust_decisions",
    Text("Robuuste besluiten", "Robust decisions"),
    Text(
        "Besluiten van dit plan en van het plan voor het basisscenario alleen",
        "Decisions of this plan and of the plan for the base scenario alone",
    ),
    (
        result_column("location", "Locatie", "Location", IDENTIFIER),
        result_column("decision", "Besluit", "Decision", CHOICE, choices=Decision),
        result_column("month", "Maand", "Month", MONTH),
        _PLAN,
        _MIDDLE,
    ),
    earlier=("Robuust besluiten",),
)
ROBUST_TABLES = tables_by_key(ROBUST, ROBUST_DECISIONS)
