"""`ComparedTheme`: one subject of a comparison, a column for each plan and for each difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.core.texts import ROUNDING
from planner.result import PlanOfBook

# Figures are compared within this part of their size, as everywhere.
WITHIN = 1e-6


def plan_column(number: int) -> str:
    """Return the column of a plan, counted from 0, which is the base."""
    return f"plan_{number}"


def difference_column(number: int) -> str:
    """Return the column of a plan's difference from the base, counted from 1."""
    return f"difference_{number}"


@dataclass(frozen=True)
class ComparedTheme:
    """One subject side by side: `keys` say what a row is about.

    `frame` has the keys, `plan_0` (the base) to `plan_5`, and for figures `difference_1` to
    `difference_5`: the plan less the base. An empty figure is not known there: a month outside the
    plan, a location that the plan does not have. A difference of less than `least` is none.
    """

    key: str
    keys: tuple[str, ...]
    frame: pd.DataFrame
    count: int
    least: float = 0.0

    @property
    def differing(self) -> pd.DataFrame:
        """The rows in which any plan differs from the base."""
        differs = np.zeros(len(self.frame), dtype=bool)
        for number in range(1, self.count):
            differs |= self.differs(number)
        return self.frame[differs]

    def differs(self, number: int) -> np.ndarray:
        """Return in which rows a plan differs from the base."""
        base, other = self.frame[plan_column(0)], self.frame[plan_column(number)]
        if self.least:
            less = self.frame[difference_column(number)].to_numpy(dtype=float)
            known = base.isna().to_numpy() == other.isna().to_numpy()
            apart: np.ndarray = np.nan_to_num(np.abs(less)) >= self.least
            apart |= ~known
            return apart
        if base.dtype == other.dtype == np.float64:
            one, two = base.to_numpy(), other.to_numpy()
            return different(one, two)
        pairs = zip(base.tolist(), other.tolist(), strict=True)
        return np.array([not same(one, two) for one, two in pairs], dtype=bool)


def different(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Return which figures differ by more than rounding; one that is not known differs."""
    size = np.maximum(1.0, np.maximum(np.abs(one), np.abs(two)))
    known = np.isnan(one) == np.isnan(two)
    with np.errstate(invalid="ignore"):
        apart = np.abs(one - two) > WITHIN * size
    found: np.ndarray = apart | ~known
    return found


def same(one: object, two: object) -> bool:
    """Whether two values of any sort are the same; yes is not 1, and numbers may be rounded."""
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, int | float) and isinstance(two, int | float):
        return not bool(different(np.array([one], dtype=float), np.array([two], dtype=float))[0])
    return type(one) is type(two) and one == two


def figures(  # noqa: PLR0913 - a theme is made of these parts
    key: str,
    plans: Sequence[PlanOfBook],
    frames: Sequence[pd.DataFrame],
    keys: Sequence[str],
    value: str,
    *,
    known_by_rows: bool = False,
) -> ComparedTheme:
    """Return the sums of a figure by keys, side by side.

    What a plan does not list is zero there, but not known in a month or at a location that the
    plan does not have. `known_by_rows` says that a plan lists everything it knows. What no reader
    is shown is no difference: a shortfall of some millionths is the solver's rounding of none.
    """
    sums = [
        frame.assign(**{each: _filled(frame[each]) for each in keys})
        .groupby(list(keys), sort=False)[value]
        .sum()
        .astype(float)
        for frame in frames
    ]
    names = [plan_column(number) for number in range(len(plans))]
    joined = pd.concat(sums, axis=1, keys=names, sort=False).reset_index(names=list(keys))
    if not known_by_rows:
        joined[names] = joined[names].fillna(0.0)
        _blank_unknown(joined, plans, names)
    joined = _in_order(joined, keys)
    differences = {
        difference_column(number): _less(joined[plan_column(number)], joined[plan_column(0)])
        for number in range(1, len(plans))
    }
    frame = joined.assign(**differences)
    return ComparedTheme(key, tuple(keys), frame, len(plans), least=ROUNDING)


def _less(figure: pd.Series, base: pd.Series) -> pd.Series:
    """Return a difference, exactly zero where it is rounding."""
    one, two = base.to_numpy(), figure.to_numpy()
    with np.errstate(invalid="ignore"):
        none = np.abs(two - one) < ROUNDING
    apart = different(one, two) & ~none
    return pd.Series(np.where(apart, two - one, 0.0 * two), index=figure.index)


def _filled(column: pd.Series) -> pd.Series:
    """Return a key column with empty texts where nothing stands, so that rows can be matched."""
    if column.name == "month":
        return column
    return column.where(column.notna(), "").astype(object)


def _blank_unknown(joined: pd.DataFrame, plans: Sequence[PlanOfBook], names: Sequence[str]) -> None:
    """Empty the figures of months and locations that a plan does not have."""
    for plan, name in zip(plans, names, strict=True):
        if "month" in joined:
            joined.loc[~joined["month"].isin(plan.months), name] = np.nan
        if "location" in joined:
            # A ceiling may hold for several locations, joined by a sign.
            elsewhere = ~joined["location"].isin(plan.locations) & (joined[name] == 0)
            elsewhere &= (joined["location"] != "") & ~joined["location"].str.contains(";")
            joined.loc[elsewhere, name] = np.nan


def _in_order(joined: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the rows by month where they have one; otherwise in the order they came."""
    if "month" not in keys:
        return joined
    order = [*(each for each in keys if each != "month"), "month"]
    # Locations stay in the order of the input: only months are put in theirs.
    ranks = {
        each: joined[each].map({name: at for at, name in enumerate(dict.fromkeys(joined[each]))})
        for each in order[:-1]
    }
    sorting = pd.DataFrame({**ranks, "month": joined["month"]})
    return joined.loc[sorting.sort_values(order, kind="stable").index].reset_index(drop=True)
