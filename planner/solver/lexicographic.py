"""Solving a model: its levels settled in turn, whole columns chosen, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from planner.core.outcome import CancelToken, Ending, Stop
from planner.solver.arithmetic import activity, level_value
from planner.solver.highs import Terms, version
from planner.solver.level_prices import prices_of
from planner.solver.mps import write_levels
from planner.solver.on_face import FIRST_STEPS
from planner.solver.outcome import (
    Basis,
    LevelCost,
    LevelResult,
    LinearModel,
    NearPlan,
    Outcome,
    Solution,
    SolveReport,
)
from planner.solver.sections import begun_as_fitted_out
from planner.solver.walk import STOPPED, Run, Settled, Tell, settle
from planner.solver.whole import PROVEN_GAP, solve_whole

# A model of so few columns is walked by steps of simplex alone: 0.10 s of processor time for the
# small demo up to emergency reception, 0.19 s with passes over its months.
FEW_COLUMNS = 20_000
STEPS_OF_FEW = 20_000


def solve_levels(  # noqa: PLR0913 - the terms of a solve, each by name
    model: LinearModel,
    *,
    time_limit_s: float | None = None,
    work_limit_s: float | None = None,
    cancel: CancelToken | None = None,
    progress: Tell | None = None,
    settled: Settled | None = None,
    near: NearPlan | None = None,
    seed: int = 0,
    threads: int = 2,
    model_dir: Path | None = None,
) -> Outcome:
    """Solve the levels in turn; the outcome says what was found and why it stopped.

    Whole columns are chosen first, level by level with a proven gap; the levels are then settled
    with these choices kept. `settled` hears of each level with the values that settle it, of whole
    columns in shares first. The months are begun from a basis that is `near`. `model_dir` receives
    each level's model, the earlier levels frozen, after the solve. `time_limit_s` is by the clock
    on the wall, `work_limit_s` without what the machine does beside.
    """
    deadline = None if time_limit_s is None else time.perf_counter() + time_limit_s
    terms = Terms(seed, threads, cancel, deadline)
    terms = terms if work_limit_s is None else terms.within(work_limit_s)
    run = Run(model, terms, progress, settled, near=near)
    outcome = _outcome(*(solve_whole(run) if model.whole.any() else (run, settle(run))))
    if model_dir is not None and outcome.solution is not None:
        begun = time.perf_counter()
        write_levels(model, outcome.solution, model_dir)
        run.time("model_dir", begun)
        outcome = replace(outcome, report=replace(outcome.report, timings=dict(run.timings)))
    return outcome


def solve_beside(
    model: LinearModel,
    bases: Mapping[str, Basis],
    *,
    cancel: CancelToken | None = None,
    progress: Tell | None = None,
) -> Outcome:
    """Solve the levels of a model without whole columns from the `bases` of one much like it.

    Of each level that has one; with none it begins from nothing. Only what the levels come to is
    the same as `solve_levels` finds: of several plans that are as good, another may come out.
    """
    few = len(model.lower) <= FEW_COLUMNS
    steps = STEPS_OF_FEW if few else FIRST_STEPS
    terms = Terms(cancel=cancel)
    if bases:
        begin = next(iter(bases.values()))
        run = Run(model, terms, progress, begin=begin, bases=bases, first_steps=steps)
        outcome = _outcome(run, settle(run))
        if outcome.ending is Ending.OPTIMAL or run.terms.cancelled:
            return outcome
    run = Run(model, terms, progress, first_steps=steps)
    return _outcome(run, settle(run))


def _outcome(run: Run, stop: Stop) -> Outcome:
    """Return the outcome for why it stopped, by what has been found until then."""
    report = SolveReport(
        version(), run.way, dict(run.timings), run.iterations, run.gap, tuple(run.messages)
    )
    if stop not in STOPPED | {Stop.FINISHED} or run.values is None:
        ending = Ending.INFEASIBLE if stop is Stop.INFEASIBLE else Ending.FAILED
        ending = Ending.NOTHING_FOUND if stop in STOPPED else ending
        return Outcome(ending, stop, None, report)
    proven = run.gap is not None and run.gap <= PROVEN_GAP
    # A plan that stops for time is the best one all the same where that much is proven.
    stop = Stop.FINISHED if stop is Stop.TIME_LIMIT and proven else stop
    unproven = run.gap is not None and not proven
    finished = stop is Stop.FINISHED and not unproven
    ending = Ending.OPTIMAL if finished else Ending.BEST_FOUND
    values = begun_as_fitted_out(run.model, run.values)
    levels = tuple(_result(run, level, values) for level in run.model.levels)
    solution = Solution(values, activity(run.model, values), levels)
    return Outcome(ending, stop, solution, report, run.prices or prices_of(run.results))


def _result(run: Run, level: LevelCost, values: np.ndarray) -> LevelResult:
    """Return a level at the values found; one that costs nothing is settled by itself."""
    value = level_value(level, values)
    settled = run.results.get(level.name)
    if settled is not None:
        return replace(settled, value=value)
    unpriced = (np.zeros(len(run.model.lower)), np.zeros(len(run.model.row_lower)))
    return LevelResult(level.name, value, *unpriced, settled=not level.cost.any())
