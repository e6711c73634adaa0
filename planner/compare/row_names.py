"""What a row of the input is called when plans are compared: as people say, not as it is found.

A row is found by its key, in which the values of its key columns stand with strokes between. Its
name has months and days in words, supplied groups and streams, parameters and rules by their
titles, and a location's name after its code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from planner.core.display_names import called
from planner.core.texts import Language, Text, message, show_date, show_month
from planner.input.column import Column, ColumnType
from planner.input.parameters import supplied
from planner.input.switches import PREFIX
from planner.model.rules import RULES

BETWEEN = "|"
_DAYS = {ColumnType.MONTH: show_month, ColumnType.DATE: show_date}


def row_name(
    table: str, columns: Sequence[Column], key: str, locations: Mapping[str, str] | None = None
) -> Text:
    """Return the name of the row of a table with this key.

    `columns` are those that the key was joined from; `locations` has the names of locations by
    code. A part that is not what its column declares stands as it is.
    """
    parts = key.split(BETWEEN)
    needed = [each for each in columns if not each.tells_apart]
    if not len(needed) <= len(parts) <= len(columns):
        return Text(key, key)
    named = [
        _parameter(part)
        if table == "parameters" and column.is_key
        else _part(table, column, part, locations or {})
        for column, part in zip(columns, parts, strict=False)
        if part
    ]
    return Text(*(" · ".join(each.in_(language) for each in named) for language in Language))


def _parameter(name: str) -> Text:
    rule = next((each for each in RULES if f"{PREFIX}{each.name}" == name), None)
    if name in supplied():
        return supplied()[name].title
    return Text(name, name) if rule is None else message("compare.row.rule", title=rule.title).both


def _part(table: str, column: Column, part: str, locations: Mapping[str, str]) -> Text:
    if column.choices is not None:
        return next((each.label for each in column.choices if each.value == part), Text(part, part))
    if column.holds in _DAYS:
        return _day(column.holds, part)
    if column.key == "location" or (table, column.key) == ("locations", "id"):
        name = locations.get(part, "")
        told = part if name in {"", part} else f"{part} {name}"
        return Text(told, told)
    return called(part)


def _day(holds: ColumnType, part: str) -> Text:
    try:
        day = dt.date.fromisoformat(part)
    except ValueError:
        return Text(part, part)
    return Text(*(_DAYS[holds](day, language) for language in Language))
