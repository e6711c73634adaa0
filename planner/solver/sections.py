"""Sections rounded together: which parts are in use in which months, few of them and full.

With shares a part may hold any number of places. Each rounded up by itself to its smallest size,
the parts together take more places than anybody needs, and a part that is not fitted out so far
yet cannot be had at all. So the parts are chosen at once, by a small problem of its own: as many
places in use, and as many fitted out, month by month, as with shares, in parts that are in use at
their smallest size or not at all, stay in use once they are, and are as few as that allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import fsum

import numpy as np

from planner.solver.branching import branch
from planner.solver.highs import Terms
from planner.solver.outcome import LinearModel, Section

# What a place too few or too many in a month costs here, against a place elsewhere than with
# shares, a part begun, and one that is taken out of use.
_MISSING, _ELSEWHERE, _BEGUN, _DROPPED = 100.0, 0.01, 50.0, 30.0
# Below this a place is the rounding of none.
_NO_PLACE = 1e-6
# A choice this near to the best one, relative to it, will do.
_NEAR = 1e-3
_SECONDS = 10.0


def with_sections(model: LinearModel, shares: np.ndarray, terms: Terms) -> np.ndarray | None:
    """Return values in which the sections are whole, all else as with shares; `None` for none."""
    sections = [each for each in model.sections if _taken(each, shares)]
    if not sections:
        return None
    chosen = _Choice(sections, shares).made(terms)
    if chosen is None:
        return None
    values = shares.copy()
    for each in model.sections:
        values[each.used[each.used >= 0]] = 0.0
        if each.begun >= 0:
            values[each.begun] = 0.0
    for each, used in zip(sections, chosen, strict=True):
        values[each.used[each.used >= 0]] = used[each.used >= 0]
        if each.begun >= 0:
            values[each.begun] = 1.0
    return values


def begun_as_fitted_out(model: LinearModel, values: np.ndarray) -> np.ndarray:
    """Return values in which no section is begun where nothing is fitted out.

    Sections that are chosen first may turn out not to be needed once the levels are settled.
    """
    idle = [each.begun for each in model.sections if each.begun >= 0 and not _taken(each, values)]
    changed = values.copy()
    changed[idle] = 0.0
    return changed


def _taken(section: Section, values: np.ndarray) -> bool:
    """Whether anything is in use or fitted out in a section."""
    columns = np.concatenate([section.places, section.prepared])
    return bool((values[columns[columns >= 0]] > _NO_PLACE).any())


@dataclass
class _Rows:
    """Rows in the making: their entries and limits, and the columns' costs and upper bounds."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    lower_limits: list[float] = field(default_factory=list)
    upper_limits: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, upper: float = np.inf, *, whole: bool = False) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, parts: list[tuple[int, float]], least: float, most: float) -> None:
        for column, value in parts:
            self.indices.append(column)
            self.values.append(value)
        self.starts.append(len(self.indices))
        self.lower_limits.append(least)
        self.upper_limits.append(most)

    def model(self) -> LinearModel:
        return LinearModel(
            lower=np.zeros(len(self.cost)),
            upper=np.array(self.upper),
            row_lower=np.array(self.lower_limits),
            row_upper=np.array(self.upper_limits),
            starts=np.array(self.starts),
            indices=np.array(self.indices),
            values=np.array(self.values),
            whole=np.array(self.whole),
            levels=(),
            column_stage=np.full(len(self.cost), -1),
            row_stage=np.full(len(self.lower_limits), -1),
        )


class _Choice:
    """The problem of which sections are in use in which months, as (section, month)."""

    def __init__(self, sections: list[Section], shares: np.ndarray) -> None:
        self._sections = sections
        self._months = len(sections[0].used)
        self._in_use = np.array([_shared(each.places, shares) for each in sections])
        self._prepared = np.array([_shared(each.prepared, shares) for each in sections])
        self._rows = _Rows()
        self._used: dict[tuple[int, int], int] = {}
        self._places: dict[tuple[int, int], int] = {}
        self._fitted: dict[tuple[int, int], int] = {}
        for number, section in enumerate(sections):
            self._section(number, section)
        for month in range(self._months):
            self._month(month)

    def made(self, terms: Terms) -> np.ndarray | None:
        """Return per section and month 1 where it is in use; `None` where that is not found."""
        # A choice that is not the best one will do.
        soon = terms.within(_SECONDS)
        found = branch(self._rows.model(), np.array(self._rows.cost), soon, None, _NEAR)
        if found.values is None:
            return None
        used = np.zeros((len(self._sections), self._months))
        for at, column in self._used.items():
            used[at] = round(found.values[column])
        return used

    def _section(self, number: int, section: Section) -> None:
        rows, most = self._rows, section.largest
        begun = rows.column(_BEGUN, 1.0, whole=True) if section.begun >= 0 else None
        for month in np.flatnonzero(section.used >= 0).tolist():
            at, before = (number, month), (number, month - 1)
            used = self._used[at] = rows.column(upper=1.0, whole=True)
            places = self._places[at] = rows.column(upper=most)
            fitted = self._fitted[at] = rows.column(upper=most)
            rows.row([(places, 1.0), (fitted, -1.0)], -np.inf, 0.0)
            rows.row([(places, 1.0), (used, -most)], -np.inf, 0.0)
            rows.row([(places, 1.0), (used, -section.smallest)], 0.0, np.inf)
            if begun is not None:
                rows.row([(fitted, 1.0), (begun, -most)], -np.inf, 0.0)
            for column, shared in ((places, self._in_use[at]), (fitted, self._prepared[at])):
                more = rows.column(_ELSEWHERE)
                rows.row([(column, 1.0), (more, -1.0)], -np.inf, shared)
            if before in self._used:
                dropped = rows.column(_DROPPED)
                rows.row([(self._used[before], 1.0), (used, -1.0), (dropped, -1.0)], -np.inf, 0.0)
                shrunk = self._prepared[at] < self._prepared[before] - _NO_PLACE
                if not shrunk:
                    rows.row([(fitted, 1.0), (self._fitted[before], -1.0)], 0.0, np.inf)

    def _month(self, month: int) -> None:
        """Ask for the places in use and fitted out in a month, and no faster than with shares."""
        rows, here = self._rows, [at for at in self._used if at[1] == month]
        if not here:
            return
        missing, beyond = rows.column(_MISSING), rows.column(_MISSING)
        parts = [(self._places[at], 1.0) for at in here]
        needed = fsum(self._in_use[at] for at in here)
        rows.row([*parts, (missing, 1.0), (beyond, -1.0)], needed, needed)
        fitted = [(self._fitted[at], 1.0) for at in here]
        total = fsum(self._prepared[at] for at in here)
        rows.row(fitted, total, total)
        stayed = [at for at in here if (at[0], month - 1) in self._used]
        if month and len(stayed) < len([at for at in self._used if at[1] == month - 1]):
            before = [((at[0], month - 1), -1.0) for at in stayed]
            grown = total - fsum(self._prepared[at] for at, _ in before)
            fitted += [(self._fitted[at], sign) for at, sign in before]
            rows.row(fitted, -np.inf, grown)


def _shared(columns: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return what columns are with shares, nothing where there is no column."""
    return np.where(columns >= 0, shares[np.maximum(columns, 0)], 0.0)
