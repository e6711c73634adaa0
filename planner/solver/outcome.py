"""What goes to the solver and what comes back: whether it worked, why it stopped, and the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from planner.core.errors import CancelledError
from planner.core.outcome import Ending, Stop

# Fewer people than this are the solver's rounding of none.
_NOBODY = 1e-6


@dataclass(frozen=True)
class LevelCost:
    """What a level minimises: `cost` per column and a constant, in the level's unit.

    One that is not `proven` only picks among plans: how far from its best a plan is counts not
    against what is proven of it.
    """

    name: str
    unit: str
    cost: np.ndarray
    constant: float = 0.0
    proven: bool = True


@dataclass(frozen=True)
class Section:
    """A part of a location that is in use at a smallest size or not at all, month by month.

    Column numbers per month, -1 in a month without that column: `used` (whole), the `places` in
    use, the places `prepared`; `begun` (whole) is -1 where something is there at the start. In
    use it holds `smallest` to `largest` places.
    """

    used: np.ndarray
    places: np.ndarray
    prepared: np.ndarray
    begun: int
    smallest: float
    largest: float


@dataclass(frozen=True)
class Gathering:
    """Places in which few people are to be brought together with others.

    `columns` are the people of one place after the other, each from its number in `starts` on, and
    `fewest` how many make it worth to be in use. What that costs falls on `level` and later ones.
    """

    columns: np.ndarray
    starts: np.ndarray
    fewest: np.ndarray
    level: str

    def few(self, values: np.ndarray) -> np.ndarray:
        """Return the columns of places in which somebody is, and too few are."""
        people = np.add.reduceat(values[self.columns], self.starts)
        which = (people > _NOBODY) & (people < self.fewest * (1.0 - _NOBODY))
        of = np.repeat(which, np.diff(self.starts, append=len(self.columns)))
        return self.columns[of]


@dataclass(frozen=True)
class LinearModel:
    """A problem as plain arrays: n columns, m rows stored one after another.

    `starts` (m+1), `indices` and `values` are the compressed rows; `whole` says which columns take
    whole numbers only. Stages are month numbers, -1 for what spans months. Everything is
    minimised, and no array is ever changed by a solve. `sections` are what some of the whole
    columns stand for together; nothing holds by them that the rows do not say. `together` is wished
    for in a plan of whole choices.
    """

    lower: np.ndarray
    upper: np.ndarray
    row_lower: np.ndarray
    row_upper: np.ndarray
    starts: np.ndarray
    indices: np.ndarray
    values: np.ndarray
    whole: np.ndarray
    levels: tuple[LevelCost, ...]
    column_stage: np.ndarray
    row_stage: np.ndarray
    sections: tuple[Section, ...] = ()
    together: Gathering | None = None


AT_LOWER, BASIC, AT_UPPER, FREE = 0, 1, 2, 3
Basis = tuple[np.ndarray, np.ndarray]
"""Per column and per row 0 at lower, 1 basic, 2 at upper, 3 free."""


@dataclass(frozen=True)
class LevelResult:
    """What a level came to, with its reduced costs (n) and duals (m) at that optimum.

    A dual says how much the level's value rises with one unit more of the row's limit, while the
    levels before it keep theirs. A level that is not settled was stopped at: its value is the
    plan's, perhaps not the least, and its reduced costs and duals are zero. `basis` is where
    columns and rows sit at that optimum.
    """

    name: str
    value: float
    reduced_costs: np.ndarray
    duals: np.ndarray
    settled: bool = True
    basis: Basis | None = None


@dataclass(frozen=True)
class NearPlan:
    """What is known of a plan much like the one that is made, in the places of its model.

    `basis` is that of the optimum of a `level`. Of later levels `duals` are those of the rows, and
    `last` is the basis that the plan was left at.
    """

    level: str
    basis: Basis
    last: Basis | None = None
    duals: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class LevelPrices:
    """What proves, by weak duality, how good a level can be: prices in the level's unit.

    `duals` are those of the rows (m) at the optimum of the model with shares, `levels` what one
    unit more at an earlier level is worth, where that was kept by a row.
    """

    duals: np.ndarray
    levels: Mapping[str, float]


@dataclass(frozen=True)
class Solution:
    """The values of all columns and rows, and the levels in the order solved."""

    values: np.ndarray
    row_values: np.ndarray
    levels: tuple[LevelResult, ...]


@dataclass(frozen=True)
class SolveReport:
    """How the solve went: the solver, the way, seconds per step, iterations.

    `gap` is the largest relative gap of a level between the plan and the proven bound; None where
    nothing had to be whole. `messages` are for the log, in English.
    """

    solver: str
    way: str
    timings: Mapping[str, float] = field(default_factory=dict)
    iterations: int = 0
    gap: float | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The ending, why it stopped, the solution where there is one, the report, and the proof.

    `prices` are by level, as far as they were found; they are of the model with shares.
    """

    ending: Ending
    stop: Stop
    solution: Solution | None
    report: SolveReport
    prices: Mapping[str, LevelPrices] = field(default_factory=dict)

    def proven(self) -> Solution | None:
        """Return the solution where it is proven the best; `CancelledError` where cancelled."""
        if self.stop is Stop.CANCELLED:
            raise CancelledError
        return self.solution if self.ending is Ending.OPTIMAL else None
