"""Which figure a row of a result table tells, for whoever asks why it is what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.core.texts import Message, Text
from planner.result.queries import Figure

# The columns of result tables that say what a row is about, and what a figure calls them.
NAMED = ("location", "group", "kind", "province", "region", "decision", "sort", "subject")
# The column that says which figure a row is, where no rule or place does.
SORTED_BY = {"summary": "subject", "measures": "name", "checks": "check"}
RULE_COLUMNS = ("rule", "rule_title")


def figure_of(
    table: str, values: Mapping[str, object], codes: Mapping[str, str] | None = None
) -> Figure:
    """Return what a row of a result table is about; `codes` gives a location's code by its name."""
    month = values.get("month")
    about = {name: as_name(values.get(name)) for name in NAMED}
    if table in SORTED_BY:
        about["sort"] = as_name(values.get(SORTED_BY[table]))
    if table == "checks":
        about["subject"] = as_name(values.get("title"))
    about["location"] = (codes or {}).get(about["location"], about["location"])
    rule = next((as_name(values[each]) for each in RULE_COLUMNS if values.get(each)), "")
    return Figure(
        table,
        rule=rule,
        month=month if isinstance(month, dt.date) else None,
        level=as_name(values.get("name") or values.get("level")),
        **about,
    )


def as_name(value: object) -> str:
    """Return a value as a name; a text by its Dutch words, which name a rule."""
    if isinstance(value, Text):
        return value.nl
    if isinstance(value, Message):
        return value.both.nl
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - true of NaN alone
