"""The figures that answer first: people without a place, in emergency, DOL and beds, by month.

One definition for the answer on the screen, of a plan and of what is known before it is whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import pandas as pd

from planner.core.texts import Message, message, month_words
from planner.input.kinds import PlaceKind
from planner.sheets.answer import in_emergency, monthly
from planner.sheets.without_place import SOMEBODY, unplaced_rows, without_place

OUTSIDE_DOL = "dublin_outside_dol"
Values = tuple[float, ...]


@dataclass(frozen=True)
class MainFigures:
    """By month: people without a place and in emergency reception, places, and beds.

    `dol_needed` are the people who are in DOL and those who should be: elsewhere, or without a
    place. `beds` are those in contract with what the plan decides, `beds_needed` those that the
    occupancy norm asks for.
    """

    months: tuple[dt.date, ...]
    without_place: Values
    emergency: Values
    dol_places: Values
    dol_needed: Values
    beds: Values
    beds_needed: Values

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame]) -> MainFigures:
        """Return the figures of a plan's result tables."""
        months = tuple(tables["runoff"]["month"].dropna().tolist())
        shortfalls, placement, dol = tables["shortfalls"], tables["placement"], tables["dol"]
        missing = unplaced_rows(shortfalls)
        outside = shortfalls[shortfalls["rule"] == OUTSIDE_DOL]
        theirs = {
            *placement[placement["kind"] == PlaceKind.DOL.value]["group"],
            *outside["group"],
        }
        needed = (
            monthly(dol, "people", months),
            monthly(outside, "amount", months),
            monthly(missing[missing["group"].isin(theirs)], "amount", months),
        )
        # Each kind of place at a location names the same beds.
        beds = tables["places"].groupby(["location", "month"])["beds"].max().reset_index()
        return cls(
            months=months,
            without_place=tuple(monthly(missing, "amount", months)),
            emergency=tuple(monthly(in_emergency(placement), "people", months)),
            dol_places=tuple(monthly(dol, "prepared", months)),
            dol_needed=tuple(fsum(each) for each in zip(*needed, strict=True)),
            beds=tuple(monthly(beds, "beds", months)),
            beds_needed=tuple(monthly(tables["runoff"], "needed_beds", months)),
        )

    @property
    def month_that_matters(self) -> dt.date | None:
        """The month to look at first: most without a place, or in emergency, or else the last."""
        for values in (self.without_place, self.emergency):
            most, month = _most(values, self.months)
            if most >= SOMEBODY:
                return month
        return self.months[-1] if self.months else None

    @property
    def dol_short(self) -> Values:
        """The DOL places that lack, by month; 0 where there are enough."""
        pairs = zip(self.dol_needed, self.dol_places, strict=True)
        return tuple(max(needed - places, 0.0) for needed, places in pairs)


def headline(found: MainFigures, tables: Mapping[str, pd.DataFrame] | None = None) -> Message:
    """Return the answer of a plan in one sentence: who has a place, DOL, emergency reception.

    `tables` are the result tables, of which it tells who has no place; without them only how many.
    """
    return message(
        "headline",
        placed=_placed(found, tables),
        dol=_dol(found),
        emergency=_emergency(found),
    )


def _placed(found: MainFigures, tables: Mapping[str, pd.DataFrame] | None) -> Message:
    missing = None if tables is None else without_place(tables)
    if missing is not None:
        fields = {"month": month_words(missing.month), "people": missing.people}
        return message("headline.not_placed", **fields, groups=missing.groups)
    most, month = _most(found.without_place, found.months)
    if most < SOMEBODY:
        return message("headline.placed")
    return message("headline.not_placed_count", month=month_words(month), people=round(most))


def _dol(found: MainFigures) -> Message:
    most, _ = _most(found.dol_places, found.months)
    short, month = _most(found.dol_short, found.months)
    if short >= SOMEBODY:
        needed = found.dol_needed[found.months.index(month)]
        fields = {"month": month_words(month), "needed": round(needed)}
        return message("headline.dol_short", **fields, places=round(needed - short))
    if most < SOMEBODY:
        return message("headline.no_dol")
    needed, _ = _most(found.dol_needed, found.months)
    return message("headline.dol", most=round(most), needed=round(needed))


def _emergency(found: MainFigures) -> Message:
    people, months = found.emergency, found.months
    if max(people, default=0.0) < SOMEBODY:
        return message("headline.no_emergency")
    first, last = round(people[0]), round(people[-1])
    start = month_words(months[0])
    if people[-1] < SOMEBODY:
        used = [month for month, each in zip(months, people, strict=True) if each >= SOMEBODY]
        return message(
            "headline.emergency_over", first=first, start=start, end=month_words(used[-1])
        )
    return message(
        "headline.emergency", first=first, start=start, last=last, end=month_words(months[-1])
    )


def _most(values: Sequence[float], months: Sequence[dt.date]) -> tuple[float, dt.date]:
    """Return the largest value with its month, the first of equals."""
    at = max(range(len(values)), key=values.__getitem__)
    return values[at], months[at]
