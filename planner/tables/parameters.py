"""Parameters: norms, limits and weights by name, each with source and validity.

The supplied values stand in `seeds/parameters.csv`; a workbook's own rows go before them.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from planner.tables.months import covers
from planner.tables.settings import Parameter
from planner.texts import Text


@dataclass(frozen=True)
class Parameters:
    """The parameters that hold in a case."""

    by_name: Mapping[str, Parameter]

    def number(self, name: str, month: dt.date | None = None) -> float:
        """Return a parameter that must be set; `LookupError` when it has no value then."""
        value = self.optional(name, month)
        if value is None:
            raise LookupError(name)
        return value

    def optional(self, name: str, month: dt.date | None = None) -> float | None:
        """Return a number, or `None` where none is set for the month."""
        parameter = self.by_name.get(name)
        if parameter is None or not isinstance(parameter.value, int | float):
            return None
        if month is not None and not covers(month, parameter.valid_from, parameter.valid_until):
            return None
        return float(parameter.value)

    def date(self, name: str) -> dt.date | None:
        """Return a date, or `None` where none is set."""
        parameter = self.by_name.get(name)
        value = None if parameter is None else parameter.value
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else None

    def text(self, name: str) -> str:
        """Return a name, empty where none is set."""
        parameter = self.by_name.get(name)
        value = None if parameter is None else parameter.value
        return value if isinstance(value, str) else ""

    def source(self, name: str) -> str:
        """Return where a parameter's value comes from, empty when it is not given."""
        parameter = self.by_name.get(name)
        return "" if parameter is None else parameter.source


@dataclass(frozen=True)
class SuppliedParameter:
    """A parameter as supplied with the program: its value and what it means."""

    parameter: Parameter
    title: Text
    meaning: Text


@cache
def supplied() -> Mapping[str, SuppliedParameter]:
    """Return the supplied parameters by name, in the order of the file."""
    text = (files("seeds") / "parameters.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {row["parameter"]: _supplied(row) for row in csv.DictReader(text.splitlines())}
    )


def _supplied(row: Mapping[str, str]) -> SuppliedParameter:
    return SuppliedParameter(
        Parameter(
            parameter=row["parameter"],
            value=parameter_value(row["value"]),
            unit=row["unit"],
            source=row["source"],
            valid_from=_date(row["valid_from"]),
            valid_until=_date(row["valid_until"]),
        ),
        Text(row["title_nl"], row["title_en"]),
        Text(row["meaning_nl"], row["meaning_en"]),
    )


def parameter_value(written: str) -> float | dt.date | None:
    """Read a supplied value: a number, an ISO date, or nothing."""
    if not written:
        return None
    try:
        return float(written)
    except ValueError:
        return dt.date.fromisoformat(written)


def _date(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
