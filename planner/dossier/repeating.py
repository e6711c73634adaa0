"""Whether planning a dossier's input again gives the figures of its plan."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.core.texts import Message, message
from planner.result.plan import Plan

# Figures are compared within this of their size, as everywhere.
_ALIKE = 1e-6
# What decides, and all that follows from it; words are left out, for they are in a language.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "decisions": ("location", "decision", "month"),
    "placement": ("location", "group", "kind", "month"),
    "places": ("location", "kind", "month"),
    "dol": ("location", "month"),
    "demand": ("group", "month"),
    "runoff": ("month",),
}
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "decisions": ("value",),
    "placement": ("people",),
    "places": ("places", "beds"),
    "dol": ("prepared", "in_use", "people"),
    "demand": ("people",),
    "runoff": ("portfolio_beds", "needed_beds", "shortage"),
}


@dataclass(frozen=True)
class Difference:
    """A figure that came out otherwise: where it stands, what it was and what it is."""

    table: str
    key: tuple[object, ...]
    column: str
    was: float
    now: float

    @property
    def told(self) -> Message:
        """The difference in words."""
        key = " · ".join(map(_shown, self.key))
        fields = {"table": self.table, "key": key, "was": self.was, "now": self.now}
        return message("dossier.differs", column=self.column, **fields)


def differences(before: Plan, again: Plan) -> Iterator[Difference]:
    """Yield every level, measure and cell of the tables of figures that two plans differ in."""
    yield from _pairs(
        "levels",
        {(each.name,): each.value for each in before.levels},
        {(each.name,): each.value for each in again.levels},
        "value",
    )
    yield from _pairs(
        "measures",
        {(name,): each.value for name, each in before.measures.items()},
        {(name,): each.value for name, each in again.measures.items()},
        "value",
    )
    for table, keys in _TABLES.items():
        for column in _NUMBERS[table]:
            was, now = (_column(each.tables[table], keys, column) for each in (before, again))
            yield from _pairs(table, was, now, column)


def _column(
    frame: pd.DataFrame, keys: tuple[str, ...], column: str
) -> Mapping[tuple[object, ...], float]:
    if column not in frame:
        return {}
    rows = zip(*(frame[name].tolist() for name in keys), strict=True)
    numbers = pd.to_numeric(frame[column]).fillna(0.0).tolist()
    return {
        tuple(None if part != part else part for part in key): float(number)  # noqa: PLR0124 - empty
        for key, number in zip(rows, numbers, strict=True)
    }


def _pairs(
    table: str,
    was: Mapping[tuple[object, ...], float],
    now: Mapping[tuple[object, ...], float],
    column: str,
) -> Iterator[Difference]:
    for key in dict.fromkeys((*was, *now)):
        one, other = was.get(key, 0.0), now.get(key, 0.0)
        if not math.isclose(one, other, rel_tol=_ALIKE, abs_tol=_ALIKE):
            yield Difference(table, key, column, one, other)


def _shown(part: object) -> str:
    return f"{part:%Y-%m}" if isinstance(part, dt.date) else str(part)
