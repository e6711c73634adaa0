"""Parameters: norms, limits and weights by name, each with source and validity.

The supplied values stand in `seeds/parameters.csv`; a workbook's own rows go before them.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from planner.core.texts import Text
from planner.input.months import covers
from planner.input.settings import Parameter


@dataclass(frozen=True)
class Parameters:
    """The parameters that hold in a case.

    `by_name` is the value that holds unless a row of `dated` says otherwise: rows of the same
    name for a time, none of which overlap. Such a row goes before the other in the months that
    it covers wholly.
    """

    by_name: Mapping[str, Parameter]
    dated: Mapping[str, tuple[Parameter, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def number(self, name: str, month: dt.date | None = None) -> float:
        """Return a parameter that must be set; `LookupError` when it has no value then."""
        value = self.optional(name, month)
        if value is None:
            raise LookupError(name)
        return value

    def optional(self, name: str, month: dt.date | None = None) -> float | None:
        """Return a number, or `None` where none is set for the month."""
        parameter = self.by_name.get(name)
        if month is not None:
            for each in self.dated.get(name, ()):
                if covers(month, each.valid_from, each.valid_until):
                    return _number(each)
            if parameter and not covers(month, parameter.valid_from, parameter.valid_until):
                return None
        return None if parameter is None else _number(parameter)

    def in_force(self, name: str, month: dt.date) -> float | None:
        """Return the number of a month, outside a parameter's validity the one that it has."""
        value = self.optional(name, month)
        return self.optional(name) if value is None else value

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


def _number(parameter: Parameter) -> float | None:
    return float(parameter.value) if isinstance(parameter.value, int | float) else None


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


def is_period(name: str, begin: dt.date | None, end: dt.date | None) -> bool:
    """Whether a row of Parameters holds for a time beside the value that holds otherwise.

    A row without dates, or that begins when the supplied one does, takes the place of that one.
    """
    known = supplied().get(name)
    if known is None:
        return False
    if begin is None:
        return end is not None and known.parameter.valid_until is None
    return begin != known.parameter.valid_from


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
