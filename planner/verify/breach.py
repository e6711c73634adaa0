"""What the verifier is given and what it answers: a claimed plan, and each breach in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Language, Message, Text, message, show_month
from planner.input.kinds import PlaceKind

# Relative to the size of the figures compared, and never finer than this many units.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Breach:
    """One thing in a plan that does not hold.

    `check` is the name of the check, `amount` by how much it fails, in the figure's own unit
    (a count of cells where the fault is in the form of a table).
    """

    check: str
    what: Message
    amount: float


@dataclass(frozen=True)
class ClaimedPlan:
    """A plan as it says of itself: the value of each level and the result tables.

    `tables` has the result tables by name (placement, places, dol, shortfalls, moves, decisions,
    runoff, demand), with plain numbers and months as dates. `whole` says that openings, extensions
    and DOL parts are all or nothing in it.
    """

    scenario: str
    levels: Mapping[str, float]
    tables: Mapping[str, pd.DataFrame]
    whole: bool = False


class BreachPlace(NamedTuple):
    """Where a figure stands; parts that do not apply are empty."""

    location: str = ""
    kind: PlaceKind | None = None
    province: str = ""
    region: str = ""
    group: str = ""
    month: dt.date | None = None

    def words(self, language: Language) -> str:
        """Return the parts that apply, joined by a dot."""
        group = called(self.group).in_(language)
        parts = [self.location, self.province, self.region, group]
        if self.kind is not None:
            parts.append(self.kind.label.in_(language))
        if self.month is not None:
            parts.append(show_month(self.month, language))
        return " · ".join(part for part in parts if part) or "-"


def breach(
    check: str, amount: float, spot: BreachPlace | None = None, /, **fields: object
) -> Breach:
    """Return a breach worded by the text `verify.<check>`, with its spot in the fields."""
    if spot is not None:
        where = Text(nl=spot.words(Language.NL), en=spot.words(Language.EN))
        parts = {name: part for name, part in spot._asdict().items() if part}
        fields = {"where": where, **parts, **fields}
    return Breach(check, message(f"verify.{check}", **fields), amount)


def slack(*figures: float) -> float:
    """Return the difference that may be rounding, for figures of this size."""
    return TOLERANCE * max(1.0, *map(abs, figures))


def differ(one: float, other: float, *scale: float) -> bool:
    """Whether two figures differ by more than rounding."""
    return abs(one - other) > slack(one, other, *scale)


def above(figure: float, limit: float, *scale: float) -> bool:
    """Whether a figure lies above a limit by more than rounding."""
    return figure - limit > slack(figure, limit, *scale)
