"""The sheets of plans that may leave the house: people by group and by place, and decisions."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.input.kinds import PlaceKind
from planner.sheets.result_table import ResultTable, result_column
from planner.sheets.result_tables import Decision

_PLAN = result_column("name", "Plan", "Plan", ColumnType.TEXT)
_GROUP = result_column("group_title", "Groep", "Group", ColumnType.TEXT)
_MONTH = result_column("month", "Maand", "Month", ColumnType.MONTH)
_PEOPLE = result_column("people", "Personen", "People", ColumnType.NUMBER)
_WITHHELD = result_column("withheld", "Weggelaten", "Withheld", ColumnType.YES_NO)
_LOCATION = result_column("location", "Locatie", "Location", ColumnType.IDENTIFIER)
_LOCATION_NAME = result_column("location_name", "Naam", "Name", ColumnType.TEXT)
_KIND = result_column("kind", "Soort", "Kind", ColumnType.CHOICE, choices=PlaceKind)
_DECISION = result_column("decision", "Besluit", "Decision", ColumnType.CHOICE, choices=Decision)

PUBLISHED_GROUPS = ResultTable(
    "published_groups",
    Text("Personen per groep", "People by group"),
    Text(
        "Personen per groep en maand, zonder kleine aantallen; zonder groep: allen",
        "People by group and month, without small numbers; without a group: all",
    ),
    (_PLAN, _GROUP, _MONTH, _PEOPLE, _WITHHELD),
)
PUBLISHED_PLACES = ResultTable(
    "published_places",
    Text("Personen per locatie", "People by location"),
    Text(
        "Personen per locatie, soort en maand, zonder kleine aantallen",
        "People by location, kind and month, without small numbers",
    ),
    (_PLAN, _LOCATION, _LOCATION_NAME, _KIND, _MONTH, _PEOPLE, _WITHHELD),
)
PUBLISHED_DECISIONS = ResultTable(
    "published_decisions",
    Text("Besluiten", "Decisions"),
    Text("Besluiten van elk plan, zonder kosten", "Decisions of each plan, without costs"),
    (_PLAN, _LOCATION, _LOCATION_NAME, _DECISION, _MONTH),
)
