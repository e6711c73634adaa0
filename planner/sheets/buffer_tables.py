"""The sheets of a reserve against emergency places: by size, by how often, and by year."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.sheets.result_table import ResultTable, result_column

TEXT, NUMBER, WHOLE = ColumnType.TEXT, ColumnType.NUMBER, ColumnType.WHOLE

_SCENARIO = result_column("scenario", "Scenario", "Scenario", TEXT)
_PLACES = result_column("places", "Reserve", "Reserve", NUMBER, unit="places")
_YEAR = result_column("year", "Jaar", "Year", ColumnType.IDENTIFIER)
_KEPT = result_column("kept", "Reserve aanhouden", "Keeping it", NUMBER, unit="euro")
_AVOIDED = result_column("avoided", "Noodopvang bespaard", "Emergency saved", NUMBER, unit="euro")
_EXTRA = result_column("extra", "Reserve duurder", "Reserve dearer by", NUMBER, unit="euro")

BUFFER = ResultTable(
    "buffer",
    Text("Buffer of nood", "Buffer or emergency"),
    Text(
        "Per grootte en scenario, per jaar: reserve aanhouden tegenover noodplaatsen waar nodig",
        "By size and scenario, a year: keeping a reserve against emergency places when needed",
    ),
    (
        _PLACES,
        _SCENARIO,
        _KEPT,
        _AVOIDED,
        _EXTRA,
        result_column("needed", "Maanden helemaal nodig", "Months all needed", WHOLE),
        result_column("used", "Deel bezet", "Part used", NUMBER, unit="share"),
    ),
)
BREAK_EVEN = ResultTable(
    "buffer_break_even",
    Text("Buffer omslag", "Buffer break-even"),
    Text("Vanaf waar een reserve loont, per scenario", "From where a reserve pays, by scenario"),
    (
        _SCENARIO,
        result_column(
            "part",
            "Omslag, deel van de maanden",
            "Break-even, part of months",
            NUMBER,
            unit="share",
        ),
        result_column("months", "Maanden met nood", "Months with need", WHOLE),
        result_column("most", "Meeste nodig", "Most needed", NUMBER, unit="places"),
        result_column("least", "Altijd nodig", "Always needed", NUMBER, unit="places"),
        result_column("best", "Bespaart het meest", "Saves most", NUMBER, unit="places"),
        result_column("saved", "Bespaart per jaar", "Saves a year", NUMBER, unit="euro"),
        result_column("pays_up_to", "Loont tot", "Pays up to", NUMBER, unit="places"),
    ),
)
HOW_OFTEN = ResultTable(
    "buffer_how_often",
    Text("Buffer hoe vaak", "Buffer how often"),
    Text(
        "Per grootte en hoeveel maanden per jaar hij helemaal nodig is, los van scenario's",
        "By size and in how many months a year it is all needed, whatever the scenario",
    ),
    (
        _PLACES,
        result_column("often", "Maanden per jaar", "Months a year", WHOLE),
        _KEPT,
        _AVOIDED,
        _EXTRA,
    ),
)
BY_YEAR = ResultTable(
    "buffer_years",
    Text("Buffer per jaar", "Buffer by year"),
    Text(
        "Per kalenderjaar, van de maanden in het plan: het plan, de begroting en de reserve",
        "By calendar year, of the months in the plan: the plan, the budget and the reserve",
    ),
    (
        _YEAR,
        _SCENARIO,
        _PLACES,
        result_column("months", "Maanden", "Months", WHOLE),
        result_column("plan", "Kosten plan", "Cost of plan", NUMBER, unit="euro"),
        result_column(
            "without",
            "Noodopvang voor wie zonder plaats is",
            "Emergency reception for who is without a place",
            NUMBER,
            unit="euro",
        ),
        _KEPT,
        _AVOIDED,
        _EXTRA,
        result_column("budget", "Begroting", "Budget", NUMBER, unit="euro", optional=True),
        result_column("left", "Over", "Left", NUMBER, unit="euro", optional=True),
    ),
)
