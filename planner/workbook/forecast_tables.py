"""The result sheets of the demand calculation: arrivals to people per group, month, scenario."""

from __future__ import annotations

from collections.abc import Mapping

from planner.tables.column import ColumnType
from planner.tables.kinds import Listed
from planner.texts import Text
from planner.workbook.result_tables import ResultTable, result_column

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
NUMBER, MONTH = ColumnType.NUMBER, ColumnType.MONTH


class OriginName(Listed):
    """Where the number of people comes from."""

    FORECAST = "forecast", "blad Prognose", "sheet Forecast"
    COMPUTED = "computed", "berekend", "computed"


class OutcomeName(Listed):
    """What of the calculation is looked at."""

    DOL = "dol", "mensen in DOL", "people in DOL"
    EMERGENCY = "emergency", "mensen boven de reguliere bedden", "people beyond regular beds"
    TOTAL = "total", "alle mensen", "everybody"


_SCENARIO = result_column("scenario", "Scenario", "Scenario", IDENTIFIER)
_MONTH = result_column("month", "Maand", "Month", MONTH)
_GROUP = result_column("group", "Groep", "Group", IDENTIFIER)
_PEOPLE = result_column("people", "Personen", "People", NUMBER, unit="persons")
_OUTCOME = result_column("outcome", "Uitkomst", "Outcome", CHOICE, choices=OutcomeName)
_LOW = result_column("p10", "10 %", "10 %", NUMBER, unit="persons")
_MIDDLE = result_column("p50", "50 %", "50 %", NUMBER, unit="persons")
_HIGH = result_column("p90", "90 %", "90 %", NUMBER, unit="persons")

_DECLARED = (
    ResultTable(
        "forecast_people",
        Text("Vraagberekening", "Demand calculation"),
        Text(
            "Mensen op de eerste dag van de maand; begin + in - uit = eind zoals berekend",
            "People on the first day of the month; start + in - out = end as computed",
        ),
        (
            _SCENARIO,
            _MONTH,
            _GROUP,
            _PEOPLE,
            result_column("origin", "Herkomst", "Origin", CHOICE, choices=OriginName),
            result_column("start", "Berekend begin", "Computed start", NUMBER, unit="persons"),
            result_column("coming", "In", "In", NUMBER, unit="persons"),
            result_column("going", "Uit", "Out", NUMBER, unit="persons"),
            result_column("end", "Eind", "End", NUMBER, unit="persons"),
            _LOW,
            _MIDDLE,
            _HIGH,
        ),
    ),
    ResultTable(
        "forecast_totals",
        Text("Vraag in totaal", "Demand in total"),
        Text(
            "DOL, noodzaak van noodopvang en totaal, zoals berekend en met banden",
            "DOL, need of emergency reception and total, as computed and with bands",
        ),
        (_SCENARIO, _MONTH, _OUTCOME, _PEOPLE, _LOW, _MIDDLE, _HIGH),
    ),
    ResultTable(
        "forecast_flows",
        Text("Stroomoverzicht", "Flows between groups"),
        Text("Wie van waar naar waar gaat, per maand", "Who goes from where to where, by month"),
        (
            _SCENARIO,
            _MONTH,
            result_column("source", "Van", "From", TEXT),
            result_column("target", "Naar", "To", TEXT),
            _PEOPLE,
        ),
    ),
    ResultTable(
        "sensitivity",
        Text("Gevoeligheid", "Sensitivity"),
        Text(
            "Wat het meest verandert, één invoer tegelijk: DOL in de hoogste maand, rest gemiddeld",
            "What changes most, one input at a time: DOL in its highest month, the rest on average",
        ),
        (
            _SCENARIO,
            _OUTCOME,
            result_column("rank", "Volgorde", "Rank", NUMBER),
            result_column("input", "Invoer", "Input", TEXT),
            result_column("low", "Laag", "Low", NUMBER, unit="share"),
            result_column("high", "Hoog", "High", NUMBER, unit="share"),
            result_column("at_low", "Uitkomst bij laag", "Outcome at low", NUMBER, unit="persons"),
            result_column(
                "at_high", "Uitkomst bij hoog", "Outcome at high", NUMBER, unit="persons"
            ),
            result_column("swing", "Verschil", "Difference", NUMBER, unit="persons"),
        ),
    ),
    ResultTable(
        "forecast_inputs",
        Text("Invoer van de vraag", "Inputs of the demand"),
        Text("Elke stroom met aandeel, verblijf en bron", "Each stream with share, stay, source"),
        (
            result_column("stream", "Stroom", "Stream", IDENTIFIER),
            _GROUP,
            result_column("share", "Aandeel", "Share", NUMBER, unit="share"),
            result_column("stay", "Gemiddeld verblijf", "Mean stay", NUMBER, unit="months"),
            result_column("family", "Verdeling verblijf", "Stay family", TEXT),
            result_column("source", "Bron", "Source", TEXT),
        ),
    ),
)

FORECAST_TABLES: Mapping[str, ResultTable] = {each.key: each for each in _DECLARED}
