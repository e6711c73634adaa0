"""The sheets of an ensemble: how its figures are spread, its members, what breaking ones share."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column, tables_by_key

TEXT, IDENTIFIER, NUMBER = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.NUMBER
YES_NO = ColumnType.YES_NO

ENSEMBLE = ResultTable(
    "ensemble",
    Text("Ensemble", "Ensemble"),
    Text(
        "Wat de besluiten van het plan in getrokken toekomsten opleveren; bij 10, 50 en 90 % staat "
        "waar zo'n deel van de toekomsten niet boven komt",
        "What the plan's decisions come to in sampled futures; under 10, 50 and 90 % stands what "
        "such a part of the futures does not exceed",
    ),
    (
        result_column("title", "Wat", "What", TEXT),
        result_column("unit", "Eenheid", "Unit", TEXT),
        result_column("planned", "Gepland", "Planned", NUMBER),
        result_column("mean", "Gemiddeld", "Mean", NUMBER),
        result_column("p10", "10 %", "10 %", NUMBER),
        result_column("p50", "50 %", "50 %", NUMBER),
        result_column("p90", "90 %", "90 %", NUMBER),
        result_column("most", "Meeste", "Most", NUMBER),
    ),
)
ENSEMBLE_DOL = ResultTable(
    "ensemble_dol",
    Text("Ensemble DOL", "Ensemble DOL"),
    Text(
        "In welk deel van de toekomsten zoveel DOL-plaatsen in elke maand genoeg zijn",
        "In which part of the futures so many DOL places are enough in every month",
    ),
    (
        result_column("places", "Plaatsen", "Places", NUMBER, unit="places"),
        result_column("part", "Deel", "Part", NUMBER, unit="share"),
    ),
)
ENSEMBLE_SHARED = ResultTable(
    "ensemble_shared",
    Text("Ensemble breuk", "Ensemble breaking"),
    Text(
        "Groepen die groter zijn waar het plan breekt, tegenover wat verwacht was",
        "Groups that are larger where the plan breaks, against what was expected",
    ),
    (
        result_column("group", "Groep", "Group", TEXT),
        result_column("broken", "Waar het breekt", "Where it breaks", NUMBER, unit="share"),
        result_column("elsewhere", "Elders", "Elsewhere", NUMBER, unit="share"),
    ),
)
ENSEMBLE_MEMBERS = ResultTable(
    "ensemble_members",
    Text("Ensemble leden", "Ensemble members"),
    Text("Elke getrokken toekomst", "Each sampled future"),
    (
        result_column("member", "Lid", "Member", NUMBER),
        result_column("more", "Mensen meer", "More people", NUMBER, unit="share"),
        result_column("dol_needed", "DOL nodig", "DOL needed", NUMBER, unit="places"),
        result_column("unplaced", "Zonder plaats", "Without a place", NUMBER, unit="person-months"),
        result_column("emergency", "In noodopvang", "In emergency", NUMBER, unit="person-months"),
        result_column("cost", "Kosten", "Cost", NUMBER, unit="euro"),
        result_column("breaks", "Breekt", "Breaks", YES_NO),
        result_column("fault", "Niet gelukt", "Not worked out", TEXT),
    ),
)
ENSEMBLE_TABLES = tables_by_key(ENSEMBLE, ENSEMBLE_DOL, ENSEMBLE_SHARED, ENSEMBLE_MEMBERS)
