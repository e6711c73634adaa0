"""What the cells of a template warn of when something is typed: bounds, days, unknown names.

A warning, not a refusal: whoever knows better may type on, and reading says what it thinks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.core.texts import Language, say
from planner.input.column import Column, ColumnType
from planner.input.days import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROWS = 5000
_FIRST, _LAST = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
_LARGEST = 10**9
_KINDS = {ColumnType.WHOLE: "integer", ColumnType.NUMBER: "decimal"}
_DAYS = (ColumnType.DATE, ColumnType.MONTH)
_LONGEST = 255  # of a message, to Excel


def limit(  # noqa: PLR0913 - where, what, and in which words
    page: Worksheet,
    column: Column,
    header_row: int,
    at: int,
    *,
    language: Language,
    names: Mapping[str, str],
) -> None:
    """Give the cells below a header their warning; `names` are formulas of the names of a table.

    Header row and column count from 1.
    """
    rule = _rule(column, names)
    if rule:
        text = say(f"limit.{rule['validate']}", language, **_bounds(column))
        more = {
            "error_type": "warning",
            "error_title": column.title.in_(language)[:32],
            "error_message": text[:_LONGEST],
        }
        page.data_validation(header_row, at - 1, header_row + ROWS, at - 1, {**rule, **more})


def _rule(column: Column, names: Mapping[str, str]) -> dict[str, Any]:
    if column.refers_to and column.holds is ColumnType.IDENTIFIER:
        return {"validate": "list", "source": names[column.refers_to]}
    if column.holds in _DAYS:
        return {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
    if column.holds in _KINDS:
        low, high = _bounds(column).values()
        kind = _KINDS[column.holds]
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return {}


def _bounds(column: Column) -> dict[str, float]:
    low = -_LARGEST if column.minimum is None else column.minimum
    return {"low": low, "high": _LARGEST if column.maximum is None else column.maximum}


def names_formula(sheet: str, letters: str, header_row: int) -> str:
    """Return a formula of the names that stand below a header, as many as there are."""
    first, last = header_row + 1, header_row + ROWS
    place = f"'{sheet}'!${letters}${first}"
    return f"=OFFSET({place},0,0,MAX(1,COUNTA({place}:${letters}${last})),1)"
