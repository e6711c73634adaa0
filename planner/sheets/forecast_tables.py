"""The result sheets of the demand calculation: arrivals to people per group, month, scenario."""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.texts import Text
from planner.input.column import ColumnType
from planner.input.kinds import Listed
from planner.input.supplied_names import Named
from planner.sheets.result_table import ResultTable, result_column

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
NUMBER, MONTH, YES_NO = ColumnType.NUMBER, ColumnType.MONTH, ColumnType.YES_NO


# The key of what says that bands are widened by the errors of old forecasts.
WIDENED = "forecast.widened"


class OriginName(Listed):
    """Where the number of people comes from."""

    FORECAST = "forecast", "blad Prognose", "sheet Forecast"
    COMPUTED = "computed", "berekend", "computed"


class OutcomeName(Listed):
    """What of the calculation is looked at."""

    DOL = "dol", "mensen in DOL", "people in DOL"
    EMERGENCY = "emergency", "mensen boven de reguliere bedden", "people beyond regular beds"
    TOTAL = "total", "alle mensen", "everybody"


_SCENARIO = result_column("scenario", "Scenario", "Scenario", IDENTIFIER, named=Named.SCENARIOS)
_MONTH = result_column("month", "Maand", "Month", MONTH)
_GROUP = result_column("group", "Groep", "Group", IDENTIFIER, named=Named.GROUPS)
_PEOPLE = result_column("people", "Personen", "People", NUMBER, unit="persons")
_OUTCOME = result_column("outcome", "Uitkomst", "Outcome", CHOICE, choices=OutcomeName)
_LOW = result_column("p10", "10 %", "10 %", NUMBER, unit="persons")
_MIDDLE = result_column("p50", "50 %", "50 %", NUMBER, unit="persons")
_HIGH = result_column("p90", "90 %", "90 %", NUMBER, unit="persons")
_COUNTED = result_column("counted", "Geteld", "Counted", NUMBER, unit="persons")
_FORECAST = result_column("forecast", "Prognose", "Forecast", NUMBER, unit="persons")
_ERROR = result_column("error", "Fout", "Error", NUMBER, unit="persons")
_RELATIVE = result_column("relative", "Relatief", "Relative", NUMBER, unit="share")

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
            result_column("source", "Van", "From", TEXT, named=Named.STREAMS),
            result_column("target", "Naar", "To", TEXT, named=Named.STREAMS),
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
            result_column("stream", "Stroom", "Stream", IDENTIFIER, named=Named.STREAMS),
            _GROUP,
            result_column("share", "Aandeel", "Share", NUMBER, unit="share"),
            result_column("stay", "Gemiddeld verblijf", "Mean stay", NUMBER, unit="months"),
            result_column("family", "Verdeling verblijf", "Stay family", TEXT),
            result_column("source", "Bron", "Source", TEXT),
        ),
    ),
    ResultTable(
        "calibration",
        Text("IJking", "Calibration"),
        Text(
            "Wat de eerdere tellingen van de onzekere invoer zeggen; er is niets overgenomen",
            "What the earlier counts say of the uncertain inputs; nothing was taken over",
        ),
        (
            result_column("input", "Invoer", "Input", TEXT),
            result_column("cell", "Cel", "Cell", TEXT),
            result_column("unit", "Eenheid", "Unit", TEXT),
            result_column("before", "Nu", "Now", NUMBER, unit="figures"),
            result_column("value", "Geijkt", "Calibrated", NUMBER, unit="figures"),
            result_column("standard_error", "Standaardfout", "Std. error", NUMBER, unit="figures"),
            result_column("low", "95 %, laag", "95 %, low", NUMBER, unit="figures"),
            result_column("high", "95 %, hoog", "95 %, high", NUMBER, unit="figures"),
        ),
    ),
    ResultTable(
        "calibration_fit",
        Text("IJking per telling", "Calibration by count"),
        Text(
            "Getelde mensen naast wat de geijkte invoer geeft; verschil = geijkt - geteld",
            "People counted beside what the calibrated inputs give; difference = fitted - counted",
        ),
        (
            _GROUP,
            _MONTH,
            _COUNTED,
            result_column("fitted", "Geijkt", "Fitted", NUMBER, unit="persons"),
            result_column("residual", "Verschil", "Difference", NUMBER, unit="persons"),
        ),
    ),
    ResultTable(
        "calibration_correlation",
        Text("IJking samenhang", "Calibration correlation"),
        Text(
            "Hoe de onzekerheid van geijkte invoer samenhangt: -1 tot 1",
            "How the uncertainty of calibrated inputs goes together: -1 to 1",
        ),
        (
            result_column("input", "Invoer", "Input", TEXT),
            result_column("other", "Andere invoer", "Other input", TEXT),
            result_column("correlation", "Correlatie", "Correlation", NUMBER, unit="figures"),
        ),
    ),
    ResultTable(
        "look_back",
        Text("Terugblik", "Look-back"),
        Text(
            "Prognose naast telling; fout = prognose - telling, relatief = deel van de telling",
            "Forecast beside count; error = forecast - count, relative = part of the count",
        ),
        (
            _SCENARIO,
            _GROUP,
            _MONTH,
            _FORECAST,
            _COUNTED,
            _ERROR,
            _RELATIVE,
            result_column("inside_band", "Tussen 10 en 90 %", "Between 10 and 90 %", YES_NO),
        ),
    ),
    ResultTable(
        "look_back_groups",
        Text("Terugblik per groep", "Look-back by group"),
        Text("Hoe ver de prognose er per groep naast zat", "How far each group's forecast was off"),
        (
            _SCENARIO,
            _GROUP,
            result_column("months", "Maanden", "Months", ColumnType.WHOLE),
            result_column("mean_error", "Gemiddelde fout", "Mean error", NUMBER, unit="persons"),
            result_column(
                "mean_absolute", "Gemiddeld ernaast", "Mean absolute error", NUMBER, unit="persons"
            ),
            _RELATIVE,
            result_column(
                "inside_share",
                "Deel tussen 10 en 90 %",
                "Share between 10 and 90 %",
                NUMBER,
                unit="share",
            ),
        ),
    ),
    ResultTable(
        "look_back_totals",
        Text("Terugblik in totaal", "Look-back in total"),
        Text("Alle vergeleken groepen samen, per maand", "All groups compared together, by month"),
        (_SCENARIO, _MONTH, _FORECAST, _COUNTED, _ERROR, _RELATIVE),
    ),
)

FORECAST_TABLES: Mapping[str, ResultTable] = {each.key: each for each in _DECLARED}
