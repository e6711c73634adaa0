"""The only module that drives HiGHS: load a model, run it, and say truthfully what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np

from planner.core.outcome import CancelToken
from planner.solver.optimality import Limits, Point
from planner.solver.outcome import LinearModel
from planner.solver.work_clock import worked_s

try:
    import highspy
except ImportError:  # a plan is verified where no solver is installed
    from planner.solver import absent as highspy  # type: ignore[no-redef]

_STATUS = highspy.HighsModelStatus
_AT = highspy.HighsBasisStatus
_FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)


class Ran(Enum):
    """What a single run came to, judged by the solver's own model status."""

    OPTIMAL = "optimal"
    TIME_LIMIT = "time limit"
    ITERATION_LIMIT = "iteration limit"
    CANCELLED = "cancelled"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    UNKNOWN = "unknown"


# What is not here, "unbounded or infeasible" among it, is unknown and is looked into further.
_RAN = {
    _STATUS.kOptimal: Ran.OPTIMAL,
    _STATUS.kModelEmpty: Ran.OPTIMAL,
    _STATUS.kTimeLimit: Ran.TIME_LIMIT,
    _STATUS.kIterationLimit: Ran.ITERATION_LIMIT,
    _STATUS.kInterrupt: Ran.CANCELLED,
    _STATUS.kInfeasible: Ran.INFEASIBLE,
    _STATUS.kUnbounded: Ran.UNBOUNDED,
}

_INTERRUPTS = (
    highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt,
    highspy.cb.HighsCallbackType.kCallbackIpmInterrupt,
    highspy.cb.HighsCallbackType.kCallbackMipInterrupt,
)

# The walk: primal simplex, nothing perturbed. A perturbed warm start is about 90 times slower.
WALKING: dict[str, object] = {
    "solver": "simplex",
    "simplex_strategy": 4,
    "presolve": "off",
    "primal_simplex_bound_perturbation_multiplier": 0.0,
    "dual_simplex_cost_perturbation_multiplier": 0.0,
}
# From nothing, for confirming a verdict: dual simplex on the model as it is.
CONFIRMING: dict[str, object] = {**WALKING, "simplex_strategy": 1}
# From nothing, for one month: in scales that are near enough alike.
MONTHLY: dict[str, object] = {**CONFIRMING, "simplex_scale_strategy": 0}
# From an optimum with some limits moved: a few steps of dual simplex. Its usual weights are
# reckoned anew for every basis that is handed over, which takes longer than the steps.
RESUMING: dict[str, object] = {**CONFIRMING, "simplex_dual_edge_weight_strategy": 1}
# On the dual of a set of optima: steepest edges take half of the steps. Rows of people and of euros
# need no scaling there; it took a fifth more steps with it.
MIRRORED: dict[str, object] = {
    **CONFIRMING,
    "simplex_dual_edge_weight_strategy": 2,
    "simplex_scale_strategy": 0,
}
# The same without weights: more steps, each in two thirds of the time, no reckoning before them.
UNWEIGHTED: dict[str, object] = {**MIRRORED, "simplex_dual_edge_weight_strategy": 0}
# Presolve alone, where a run may take no step.
PRESOLVING: dict[str, object] = {**CONFIRMING, "presolve": "on"}
# "ipm" would choose another interior point method where an extra package is installed.
INTERIOR: dict[str, object] = {
    "solver": "ipx",
    "run_crossover": "on",
    "presolve": "on",
    "ipm_optimality_tolerance": 1e-8,
}
# A first-order method: near the optimum after some thousand cheap steps, and no vertex. Its prices
# are taken as a hint and for bounds, never as an answer. Steps are counted, not seconds, so that
# the way is the same on a slow machine.
FIRST_ORDER: dict[str, object] = {
    "solver": "hipdlp",
    "presolve": "on",
    "kkt_tolerance": 1e-3,
    "pdlp_iteration_limit": 30_000,
}
# Prices for a bound: no vertex is needed, nor more digits than the gap that is to be proven has.
BOUNDING: dict[str, object] = {
    "solver": "ipx",
    "run_crossover": "off",
    "presolve": "on",
    "ipm_optimality_tolerance": 1e-5,
}
# Whole numbers: the gap is proven to the rounding of a level's value, or told.
BRANCHING: dict[str, object] = {
    "solver": "choose",
    "presolve": "on",
    "mip_rel_gap": 1e-7,
    "mip_abs_gap": 1e-7,
}
# With a plan to begin from, to look for another beside it costs half of the time and finds little,
# and so does to begin the tree anew.
FROM_A_PLAN: dict[str, object] = {
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_allow_restart": False,
}


# How often somebody who waits for a run that HiGHS cannot be stopped in looks for a cancel.
_ASKED_EVERY_S = 0.05


class _Threads:
    """The number of threads of this process: HiGHS refuses a second one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number: int | None = None

    def agreed(self, wanted: int) -> int:
        """Return the number asked for first."""
        with self._lock:
            if self._number is None:
                self._number = wanted
            return self._number


_THREADS = _Threads()


def version() -> str:
    """Return the solver's name and version."""
    return f"HiGHS {highspy.Highs().version()}"


@dataclass(frozen=True)
class Terms:
    """On what terms to run: who may cancel, until when, from which seed, on how many threads.

    `deadline` is a time of `time.perf_counter`, as somebody asked for; `work_until` one of
    `worked_s`, which does not count what the machine does beside.
    """

    seed: int = 0
    threads: int = 2
    cancel: CancelToken | None = None
    deadline: float | None = None
    work_until: float | None = None

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self.cancel is not None and self.cancel.cancelled

    @property
    def work_is_up(self) -> bool:
        """Whether as much was worked as may be."""
        return self.work_until is not None and worked_s() >= self.work_until

    def wall_left(self) -> float | None:
        """Return the seconds until the deadline by the clock on the wall; None where none is."""
        return None if self.deadline is None else self.deadline - time.perf_counter()

    def within(self, seconds: float) -> Terms:
        """Return terms that end after so many seconds of work more, or sooner."""
        until = worked_s() + seconds
        return replace(
            self, work_until=until if self.work_until is None else min(until, self.work_until)
        )

    def with_grace(self, seconds: float) -> Terms:
        """Return terms that leave so many seconds at least, however late it is."""
        wall = None if self.deadline is None else max(self.deadline, time.perf_counter() + seconds)
        work = None if self.work_until is None else max(self.work_until, worked_s() + seconds)
        return replace(self, deadline=wall, work_until=work)

    def with_part(self, part: float) -> Terms:
        """Return terms that end after a part of what is left."""
        wall, work = time.perf_counter(), worked_s()
        return replace(
            self,
            deadline=None if self.deadline is None else wall + (self.deadline - wall) * part,
            work_until=None if self.work_until is None else work + (self.work_until - work) * part,
        )


def _interrupting(terms: Terms) -> Callable[..., None]:
    """Return what HiGHS asks now and then, and is stopped by once it should.

    HiGHS keeps it where Python's collector does not look. Held to the solver itself, the two would
    keep each other, and the loaded model, for ever.
    """

    def interrupt(kind: Any, text: str, out: Any, into: Any, data: Any) -> None:  # noqa: ANN401, ARG001 - as HiGHS calls it
        if terms.cancelled or terms.work_is_up:
            into.user_interrupt = True

    return interrupt


def _statuses(found: list[Any]) -> np.ndarray:
    """Return statuses as small numbers, of which a large model has many."""
    return np.array([each.value for each in found], dtype=np.int8)


class Solver:
    """One loaded model in HiGHS, with a cost of zero until one is set.

    `model`, `limits` and `cost` are what HiGHS was given, so that its answers can be judged.
    """

    def __init__(self, model: LinearModel, terms: Terms, *, whole: bool = False) -> None:
        """Load a model; with `whole`, its whole columns are kept whole."""
        # Untyped: HiGHS' own stub lacks some of the methods it has.
        self._highs: Any = highspy.Highs()
        self._terms = terms
        self.model = model
        self.limits = Limits.of(model)
        self.cost = np.zeros(len(model.lower))
        self._size = (len(model.lower), len(model.row_lower))
        self._numbers = tuple(np.arange(size, dtype=np.int32) for size in self._size)
        threads = _THREADS.agreed(terms.threads)
        self.options({"output_flag": False, "threads": threads, "random_seed": terms.seed})
        self._pass(model, whole=whole)
        if terms.cancel is not None or terms.work_until is not None:
            self._highs.setCallback(_interrupting(terms), None)
            for kind in _INTERRUPTS:
                self._highs.startCallback(kind)

    def _pass(self, model: LinearModel, *, whole: bool) -> None:
        # As arrays: set one by one on a model of HiGHS' own, each number becomes a Python object.
        kinds = model.whole if whole else np.zeros(self._size[0])
        passed = self._highs.passModel(
            *self._size,
            len(model.values),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            self.cost,
            model.lower,
            model.upper,
            model.row_lower,
            model.row_upper,
            model.starts.astype(np.int32, copy=False),
            model.indices.astype(np.int32, copy=False),
            model.values,
            kinds.astype(np.int32),
        )
        if passed == highspy.HighsStatus.kError:
            raise ValueError("HiGHS does not accept the model")

    def options(self, settings: Mapping[str, object]) -> None:
        """Set options of HiGHS by name; one that it does not know is an error of ours."""
        for name, value in settings.items():
            if self._highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise ValueError(f"HiGHS does not accept {name} = {value}")

    def costs(self, costs: np.ndarray) -> None:
        """Set what is minimised."""
        self.cost = costs
        self._highs.changeColsCost(self._size[0], self._numbers[0], costs)

    def column_bounds(self, which: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        """Set bounds of some columns, given by ascending number."""
        if len(which):
            self.limits.lower[which], self.limits.upper[which] = lower, upper
            self._highs.changeColsBounds(len(which), which.astype(np.int32), lower, upper)

    def row_bounds(self, which: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
        """Set limits of some rows, given by ascending number."""
        if len(which):
            self.limits.row_lower[which], self.limits.row_upper[which] = lower, upper
            self._highs.changeRowsBounds(len(which), which.astype(np.int32), lower, upper)

    def basic_variables(self) -> np.ndarray | None:
        """Factorise the basis given; return what is basic at each of its places, or `None`.

        A column stands there by its number, a row's own slack as a number below nothing.
        """
        status, basic = self._highs.getBasicVariables()
        return None if status == highspy.HighsStatus.kError else np.asarray(basic)

    def solved(self, rows: np.ndarray) -> np.ndarray:
        """Return what each place of the factorised basis takes to make the rows come to this."""
        return np.asarray(self._highs.getBasisSolve(rows)[1])

    def solved_for_prices(self, costs: np.ndarray) -> np.ndarray:
        """Return the rows' prices at which each place of the factorised basis costs this."""
        return np.asarray(self._highs.getBasisTransposeSolve(costs)[1])

    def forget(self) -> None:
        """Drop the basis and the solution, so that the next run starts from nothing."""
        self._highs.clearSolver()

    def basic(self) -> tuple[np.ndarray, np.ndarray]:
        """Return which columns and which rows are basic."""
        there = self.basic_variables()  # an object for each status takes four times as long
        if there is None:
            at_columns, at_rows = self.basis()
            return at_columns == int(_AT.kBasic), at_rows == int(_AT.kBasic)
        columns, rows = (np.zeros(size, dtype=bool) for size in self._size)
        columns[there[there >= 0]] = True
        rows[-1 - there[there < 0]] = True
        return columns, rows

    def basis(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the basis of the last run, per column and row as `start_from` takes it."""
        basis = self._highs.getBasis()
        return _statuses(basis.col_status), _statuses(basis.row_status)

    @property
    def objective(self) -> float:
        """What the last run came to, in the costs that were set."""
        return float(self._highs.getInfo().objective_function_value)

    def start_from(self, columns: np.ndarray, rows: np.ndarray) -> bool:
        """Start the next run from a basis: per column and row 0 lower, 1 basic, 2 upper, 3 free.

        Rows beyond those given are basic. HiGHS completes a basis that is short or dependent.
        Returns whether it took it.
        """
        statuses = (_AT.kLower, _AT.kBasic, _AT.kUpper, _AT.kZero)
        basis: Any = highspy.HighsBasis()
        basis.col_status = [statuses[each] for each in columns.tolist()]
        beyond = [_AT.kBasic] * (self._size[1] - len(rows))
        basis.row_status = [statuses[each] for each in rows.tolist()] + beyond
        basis.valid = True
        return bool(self._highs.setBasis(basis) != highspy.HighsStatus.kError)

    def offer(self, values: np.ndarray) -> None:
        """Offer a plan to start branching from."""
        solution: Any = highspy.HighsSolution()
        solution.col_value = values
        self._highs.setSolution(solution)

    def run(self, *, iterations: int | None = None, seconds: float | None = None) -> Ran:
        """Run until an optimum, a cancel, the deadline or a limit of this run."""
        if self._terms.cancelled:
            return Ran.CANCELLED
        left = [each for each in (self._terms.wall_left(), seconds) if each is not None]
        if self._terms.work_is_up or (left and min(left) <= 0):
            return Ran.TIME_LIMIT
        # HiGHS counts the time limit from the first run of an object, not from this one; it knows
        # the wall's clock only, and of work it is told by interrupting it.
        limit = self._highs.getRunTime() + min(left) if left else highspy.kHighsInf
        most = highspy.kHighsIInf if iterations is None else iterations
        self.options({"time_limit": limit, "simplex_iteration_limit": most})
        self._highs.run()
        return self._ran()

    def _ran(self) -> Ran:
        ran = _RAN.get(self._highs.getModelStatus(), Ran.UNKNOWN)
        up = ran is Ran.CANCELLED and not self._terms.cancelled
        return Ran.TIME_LIMIT if up else ran

    def run_first_order(self) -> Ran:
        """Run a first-order method, from nothing, until it is near the optimum.

        HiGHS asks nobody on its way there. So it runs beside this thread, and is left to end by
        itself once somebody asked to stop: the solver is then of no further use.
        """
        if self._terms.cancelled:
            return Ran.CANCELLED
        left = self._terms.wall_left()
        if self._terms.work_is_up or (left is not None and left <= 0):
            return Ran.TIME_LIMIT
        self.options({**FIRST_ORDER, "time_limit": highspy.kHighsInf if left is None else left})
        running = threading.Thread(target=self._highs.run, name="first order")
        running.start()
        while running.is_alive():
            running.join(_ASKED_EVERY_S)
            if self._terms.cancelled:
                return Ran.CANCELLED
        return _RAN.get(self._highs.getModelStatus(), Ran.UNKNOWN)

    @property
    def iterations(self) -> int:
        """The simplex and crossover iterations of the last run."""
        info = self._highs.getInfo()
        simplex, crossover = info.simplex_iteration_count, info.crossover_iteration_count
        return int(max(simplex, 0) + max(crossover, 0))

    @property
    def bound(self) -> float:
        """What the last run on whole numbers proved to be the least; minus infinity if nothing."""
        info = self._highs.getInfo()
        bound = float(info.mip_dual_bound) if info.valid else -np.inf
        return bound if np.isfinite(bound) else -np.inf

    def feasible(self) -> bool:
        """Whether HiGHS says that the last run left a point that holds every limit."""
        return bool(self._highs.getInfo().primal_solution_status == _FEASIBLE)

    def point(self) -> Point:
        """Return where the last run stands; minimising, the signs are HiGHS'."""
        found = self._highs.getSolution()
        parts = (found.col_value, found.row_value, found.col_dual, found.row_dual)
        return Point(*(np.array(each, dtype=float) for each in parts))
