"""The sheets of a track record: how far old forecasts were off, by horizon, group, file, figure."""

from __future__ import annotations

from planner.core.texts import Text
from planner.input.column import Column, ColumnType
from planner.input.supplied_names import Named
from planner.sheets.result_table import ResultTable, result_column, tables_by_key

TEXT, IDENTIFIER, NUMBER = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.NUMBER
MONTH, YES_NO, WHOLE = ColumnType.MONTH, ColumnType.YES_NO, ColumnType.WHOLE

_HORIZON = result_column("horizon", "Maanden vooruit", "Months ahead", WHOLE)
_GROUP = result_column("group", "Groep", "Group", IDENTIFIER, named=Named.GROUPS)
_OLD = result_column("old", "Prognose van", "Forecast of", TEXT)
_SCORES = (
    result_column("score", "Score", "Score", NUMBER, unit="persons"),
    result_column("width", "Door breedte", "By width", NUMBER, unit="persons"),
    result_column("over", "Door te hoog", "By too high", NUMBER, unit="persons"),
    result_column("under", "Door te laag", "By too low", NUMBER, unit="persons"),
)
_JUDGED = (
    result_column("olds", "Prognoses", "Forecasts", WHOLE),
    result_column("figures", "Aantallen", "Figures", WHOLE),
    result_column("mean_error", "Gemiddelde fout", "Mean error", NUMBER, unit="persons"),
    result_column("mean_absolute", "Gemiddeld ernaast", "Mean absolute", NUMBER, unit="persons"),
    result_column("relative", "Relatief", "Relative", NUMBER, unit="share"),
    *_SCORES,
    result_column(
        "inside_share", "Deel tussen 10 en 90 %", "Share within 10-90 %", NUMBER, unit="share"
    ),
    result_column(
        "last_month", "Score als vorige maand", "Score as last month", NUMBER, unit="persons"
    ),
    result_column(
        "to_last_month", "Deel van die score", "Part of that score", NUMBER, unit="share"
    ),
    result_column(
        "last_year", "Score als vorig jaar", "Score as last year", NUMBER, unit="persons"
    ),
    result_column(
        "to_last_year", "Deel van score vorig jaar", "Part of last year's", NUMBER, unit="share"
    ),
)


def _summed(key: str, title: Text, about: Text, by: Column) -> ResultTable:
    return ResultTable(key, title, about, (by, *_JUDGED))


TRACK_RECORD = ResultTable(
    "track_record",
    Text("Trefzekerheid", "Track record"),
    Text(
        "Elk voorspeld aantal naast de telling; fout = prognose - telling",
        "Each figure forecast beside the count; error = forecast - count",
    ),
    (
        _OLD,
        result_column("scenario", "Scenario", "Scenario", IDENTIFIER, named=Named.SCENARIOS),
        _GROUP,
        result_column("month", "Maand", "Month", MONTH),
        _HORIZON,
        result_column("forecast", "Prognose", "Forecast", NUMBER, unit="persons"),
        result_column("p10", "10 %", "10 %", NUMBER, unit="persons"),
        result_column("p90", "90 %", "90 %", NUMBER, unit="persons"),
        result_column("counted", "Geteld", "Counted", NUMBER, unit="persons"),
        result_column("error", "Fout", "Error", NUMBER, unit="persons"),
        result_column("relative", "Relatief", "Relative", NUMBER, unit="share"),
        *_SCORES,
        result_column("inside_band", "Tussen 10 en 90 %", "Between 10 and 90 %", YES_NO),
        result_column("last_month", "Als vorige maand", "As last month", NUMBER, unit="persons"),
        result_column("last_year", "Als vorig jaar", "As last year", NUMBER, unit="persons"),
    ),
)
HORIZONS = _summed(
    "track_record_horizons",
    Text("Trefzekerheid per afstand", "Track record by horizon"),
    Text(
        "Per aantal maanden vooruit; een lagere score is beter, een deel onder 100 % is beter dan "
        "zonder prognose",
        "By months ahead; a lower score is better, a part below 100 % is better than without a "
        "forecast",
    ),
    _HORIZON,
)
GROUPS = _summed(
    "track_record_groups",
    Text("Trefzekerheid per groep", "Track record by group"),
    Text("Alle afstanden samen, per groep", "All horizons together, by group"),
    _GROUP,
)
OLDS = _summed(
    "track_record_olds",
    Text("Trefzekerheid per prognose", "Track record by forecast"),
    Text("Alle afstanden samen, per oude prognose", "All horizons together, by old forecast"),
    _OLD,
)
TRACK_RECORD_TABLES = tables_by_key(HORIZONS, GROUPS, OLDS, TRACK_RECORD)
