"""A plan's figures by location and month, for the map and the page of a location.

Everything stands in the plan's tables; here it is only added up per location.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.texts import Text
from planner.input.kinds import PlaceKind
from ui.results import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from planner.input.location import Location
    from ui.session import Made, Session

Amounts = Mapping[Hashable, float]  # by location and month
# The sections of the explanation on rules that fall short, and on what is decided.
SHORTFALL, CHOICE = "shortfall", "choice"


@dataclass(frozen=True)
class Falling:
    """A rule that falls short: its title, how much, and in what unit."""

    rule: Text
    amount: float
    unit: Text


@dataclass(frozen=True)
class LocationState:
    """A location in a month: beds in contract, who lives there, its DOL part, what falls short."""

    location: Location
    beds: float
    people: float
    dol_prepared: float
    dol_in_use: float
    emergency: float
    short: tuple[Falling, ...]

    @property
    def kind(self) -> PlaceKind:
        """The base kind of its places."""
        return self.location.type.base_kind

    @property
    def occupancy(self) -> float | None:
        """People as a share of the beds in contract; nothing where there are no beds."""
        return self.people / self.beds if self.beds > 0 else None


class ByLocation:
    """The figures of one plan; every table is added up once."""

    def __init__(self, made: Made) -> None:
        """Add up the tables of a plan."""
        self.made = made
        self.locations: Mapping[str, Location] = made.planned.locations
        self.months = figures.months(made.shown)
        tables = made.planned.sheets
        placement = tables.get("placement")
        self._beds = _most(tables.get("places"), "beds")
        self._people = _sums(placement, "people")
        self._emergency = _sums(
            None if placement is None else placement[placement["kind"].isin(figures.EMERGENCY)],
            "people",
        )
        self._prepared = _sums(tables.get("dol"), "prepared")
        self._in_use = _sums(tables.get("dol"), "in_use")
        self._short: dict[tuple[str, dt.date], dict[str, tuple[Falling, ...]]] = {}

    @property
    def most_beds(self) -> float:
        """The most beds of a location in any month."""
        return max(self._beds.values(), default=1.0)

    @property
    def most_prepared(self) -> float:
        """The most DOL places fitted out at a location in any month."""
        return max(self._prepared.values(), default=1.0)

    @property
    def most_emergency(self) -> float:
        """The most people in emergency reception at a location in any month."""
        return max(self._emergency.values(), default=1.0)

    def beds_by_month(self) -> dict[dt.date, float]:
        """Return the beds in contract by month, over all locations."""
        found = dict.fromkeys(self.months, 0.0)
        for at, beds in self._beds.items():
            if isinstance(at, tuple) and at[1] in found:
                found[at[1]] += beds
        return found

    def places_by_kind(self) -> dict[str, dict[dt.date, float]]:
        """Return the places in use by kind and month, over all locations."""
        found: dict[str, dict[dt.date, float]] = {}
        for kind, month, places in figures.rows(
            self.made.shown, "places", ("kind", "month", "places")
        ):
            if isinstance(month, dt.date) and isinstance(places, int | float):
                months = found.setdefault(str(kind), {})
                months[month] = months.get(month, 0.0) + places
        return found

    def spots(self, month: dt.date) -> tuple[LocationState, ...]:
        """Return every location in a month, in the order of the sheet."""
        return tuple(self.spot(code, month) for code in self.locations)

    def spot(self, code: str, month: dt.date) -> LocationState:
        """Return a location in a month; `KeyError` for one that is not planned."""
        at = (code, month)
        return LocationState(
            self.locations[code],
            beds=self._beds.get(at, 0.0),
            people=self._people.get(at, 0.0),
            dol_prepared=self._prepared.get(at, 0.0),
            dol_in_use=self._in_use.get(at, 0.0),
            emergency=self._emergency.get(at, 0.0),
            short=self._short_in("location", month).get(code, ()),
        )

    def provinces_short(self, month: dt.date) -> Mapping[str, tuple[Falling, ...]]:
        """Return the provinces that fall short in a month, and of what.

        What a municipality in one lacks is lacking in the province already.
        """
        return self._short_in("province", month)

    def rows(self, table: str, code: str, columns: Sequence[str]) -> list[figures.FigureRow]:
        """Return the rows of a result sheet that are about a location."""
        frame = self.made.planned.sheets.get(table)
        if frame is None or frame.empty or "location" not in frame.columns:
            return []
        return figures.rows_of(frame[frame["location"] == code], columns)

    def by_month(
        self, table: str, code: str, amount: str, *, of: str = ""
    ) -> dict[str, dict[dt.date, float]]:
        """Return a location's amount by month, for each value of the column `of`.

        Without such a column everything stands under the empty name.
        """
        columns = ("month", amount, *((of,) if of else ()))
        found: dict[str, dict[dt.date, float]] = {}
        for month, value, *name in self.rows(table, code, columns):
            if isinstance(month, dt.date) and isinstance(value, int | float):
                months = found.setdefault(str(name[0]) if name else "", {})
                months[month] = months.get(month, 0.0) + value
        return found

    def reasons_at(self, code: str) -> list[object]:
        """Return the sentences of the explanation about a location, what is decided first.

        A rule that falls short there without a sentence of its own has that of all other places.
        """
        told = self.rows("explanation", code, ("section", "rule", "sentence"))
        told.sort(key=lambda line: line[0] != CHOICE)
        listed = [(rule, sentence) for _, rule, sentence in told]
        named = {rule for rule, _ in listed}
        unnamed = {rule for (rule,) in self.rows("shortfalls", code, ("rule",))} - named
        return [sentence for _, sentence in [*listed, *self._reasons_elsewhere(unnamed)]]

    def reasons_for(self, rules: set[object]) -> list[tuple[str, object]]:
        """Return the sentences on why rules fall short: the location or nothing, the sentence.

        One whose cause was not solved again says so itself.
        """
        frame = self.made.planned.sheets.get("explanation")
        if frame is None or frame.empty or "section" not in frame.columns:
            return []
        columns = ("section", "rule", "location", "sentence")
        return [
            ("" if code is None else str(code), sentence)
            for section, rule, code, sentence in figures.rows_of(frame, columns)
            if section == SHORTFALL and rule in rules
        ]

    def _reasons_elsewhere(self, rules: set[object]) -> list[tuple[object, object]]:
        return [("", sentence) for code, sentence in self.reasons_for(rules) if not code]

    def _short_in(self, of: str, month: dt.date) -> Mapping[str, tuple[Falling, ...]]:
        """Return what falls short in a month per location or province; kept once looked up."""
        if (of, month) not in self._short:
            frame = self.made.planned.sheets.get("shortfalls")
            if frame is None or frame.empty:
                return {}
            about = frame[of].notna() & (frame["location"].isna() | (of == "location"))
            listed = frame[(frame["month"] == month) & about]
            self._short[of, month] = _falling(
                figures.rows_of(listed, (of, "rule_title", "amount", "unit"))
            )
        return self._short[of, month]


class PlanFigures:
    """The figures of the plan that is shown, added up when first asked for."""

    def __init__(self, session: Session) -> None:
        """Follow a session."""
        self._session = session
        self._kept: ByLocation | None = None

    def current(self) -> ByLocation | None:
        """Return the figures of the last plan; nothing where there is none."""
        plans = self._session.plans
        if not plans:
            return None
        if self._kept is None or self._kept.made is not plans[0]:
            self._kept = ByLocation(plans[0])
        return self._kept


def _sums(frame: pd.DataFrame | None, amount: str) -> Amounts:
    if frame is None or frame.empty:
        return {}
    return frame.groupby(["location", "month"], sort=False)[amount].sum().to_dict()


def _most(frame: pd.DataFrame | None, amount: str) -> Amounts:
    """Return the largest per location and month: each kind of place names the same beds."""
    if frame is None or frame.empty:
        return {}
    return frame.groupby(["location", "month"], sort=False)[amount].max().to_dict()


def _falling(rows: Sequence[figures.FigureRow]) -> dict[str, tuple[Falling, ...]]:
    """Return what falls short per location or province, one entry a rule.

    Each row has who, the rule's title, the amount and its unit.
    """
    found: dict[str, dict[Text, Falling]] = {}
    for who, rule, amount, unit in rows:
        if isinstance(rule, Text) and isinstance(unit, Text) and isinstance(amount, int | float):
            rules = found.setdefault(str(who), {})
            before = rules[rule].amount if rule in rules else 0.0
            rules[rule] = Falling(rule, before + amount, unit)
    return {who: tuple(rules.values()) for who, rules in found.items()}
