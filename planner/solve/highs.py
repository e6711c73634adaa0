"""The only module that drives HiGHS: load a model, run it, and say truthfully what came of it."""

from __future__ import annotations

import time
from enum import Enum
from typing import Any

import highspy
import numpy as np

from planner.solve.outcome import CancelToken, LinearModel

Setting = bool | int | float | str


class Ran(Enum):
    """What a single run came to, judged by the solver's own model status."""

    OPTIMAL = "optimal"
    TIME_LIMIT = "time limit"
    CANCELLED = "cancelled"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    STEPS = "out of steps"
    UNKNOWN = "unknown"


_STATUS = {
    highspy.HighsModelStatus.kOptimal: Ran.OPTIMAL,
    highspy.HighsModelStatus.kTimeLimit: Ran.TIME_LIMIT,
    highspy.HighsModelStatus.kInterrupt: Ran.CANCELLED,
    highspy.HighsModelStatus.kInfeasible: Ran.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Ran.UNBOUNDED,
    highspy.HighsModelStatus.kIterationLimit: Ran.STEPS,
}

_INTERRUPTS = (
    highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt,
    highspy.cb.HighsCallbackType.kCallbackIpmInterrupt,
    highspy.cb.HighsCallbackType.kCallbackMipInterrupt,
)

# The walk: primal simplex, nothing perturbed. A perturbed warm start is about 90 times slower.
WALKING: dict[str, Setting] = {
    "solver": "simplex",
    "simplex_strategy": 4,
    "presolve": "off",
    "primal_simplex_bound_perturbation_multiplier": 0.0,
    "dual_simplex_cost_perturbation_multiplier": 0.0,
}
# "ipm" would choose another interior point method where an extra package is installed.
INTERIOR: dict[str, Setting] = {"solver": "ipx", "run_crossover": "on", "presolve": "on"}


class Solver:
    """One loaded model in HiGHS."""

    def __init__(
        self,
        model: LinearModel,
        *,
        seed: int,
        threads: int,
        cancel: CancelToken | None = None,
        deadline: float | None = None,
    ) -> None:
        """Load a model; `deadline` is a time of `time.perf_counter` at which runs stop."""
        self._highs = highspy.Highs()
        self._cancel = cancel
        self._deadline = deadline
        self.columns, self.rows = len(model.lower), len(model.row_lower)
        self._column_numbers = np.arange(self.columns, dtype=np.int32)
        self._row_numbers = np.arange(self.rows, dtype=np.int32)
        self.options({"output_flag": False, "threads": threads, "random_seed": seed})
        self._pass(model)
        if cancel is not None:
            self._highs.setCallback(self._interrupt, None)
            for kind in _INTERRUPTS:
                self._highs.startCallback(kind)

    @staticmethod
    def version() -> str:
        """Return the solver's name and version."""
        return f"HiGHS {highspy.Highs().version()}"

    def _pass(self, model: LinearModel) -> None:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, self.rows
        lp.col_cost_ = np.zeros(self.columns)
        lp.col_lower_, lp.col_upper_ = model.lower, model.upper
        lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = model.starts
        lp.a_matrix_.index_ = model.indices
        lp.a_matrix_.value_ = model.values
        if self._highs.passModel(lp) == highspy.HighsStatus.kError:
            raise ValueError("HiGHS does not accept the model")

    def _interrupt(self, kind: Any, text: str, out: Any, into: Any, data: Any) -> None:  # noqa: ANN401, ARG002 - as HiGHS calls it
        if self._cancel is not None and self._cancel.cancelled:
            into.user_interrupt = True

    def options(self, settings: dict[str, Setting]) -> None:
        """Set options of HiGHS by name."""
        for name, value in settings.items():
            self._highs.setOptionValue(name, value)

    def costs(self, costs: np.ndarray) -> None:
        """Set what is minimised."""
        self._highs.changeColsCost(self.columns, self._column_numbers, costs)

    def column_bounds(self, lower: np.ndarray, upper: np.ndarray) -> None:
        """Set the columns' bounds."""
        self._highs.changeColsBounds(self.columns, self._column_numbers, lower, upper)

    def row_bounds(self, lower: np.ndarray, upper: np.ndarray) -> None:
        """Set the rows' limits."""
        # The method is there; the library's type stub leaves it out.
        change: Any = getattr(self._highs, "changeRowsBounds")  # noqa: B009
        change(self.rows, self._row_numbers, lower, upper)

    def forget_basis(self) -> None:
        """Let go of the last basis and solution, so that presolve may reduce the model."""
        self._highs.clearSolver()

    def run(self) -> Ran:
        """Run until an optimum, the deadline or a cancel."""
        if self._cancel is not None and self._cancel.cancelled:
            return Ran.CANCELLED
        if self._deadline is not None:
            left = self._deadline - time.perf_counter()
            if left <= 0:
                return Ran.TIME_LIMIT
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + left)
        self._highs.run()
        return _STATUS.get(self._highs.getModelStatus(), Ran.UNKNOWN)

    @property
    def iterations(self) -> int:
        """The simplex and crossover iterations of the last run."""
        info = self._highs.getInfo()
        return max(int(info.simplex_iteration_count), 0) + max(
            int(info.crossover_iteration_count), 0
        )

    def feasible(self) -> bool:
        """Whether the last run left a point that holds every limit."""
        return bool(self._highs.getInfo().primal_solution_status == 2)  # noqa: PLR2004 - kSolutionStatusFeasible

    def values(self) -> np.ndarray:
        """Return the columns' values."""
        return np.array(self._highs.getSolution().col_value)

    def duals(self) -> tuple[np.ndarray, np.ndarray]:
        """Return reduced costs and duals, signed as HiGHS does when minimising."""
        found = self._highs.getSolution()
        return np.array(found.col_dual), np.array(found.row_dual)
