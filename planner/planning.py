"""The making of a plan: from a case to a problem, a solution, tables, reasons, and the verdict.

`solved_plan` keeps the solved problem beside the plan, so that questions about the plan can be
answered afterwards without planning again.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planner import __version__
from planner.core.beside import begun_beside
from planner.core.collector import without_collecting
from planner.core.errors import CancelledError
from planner.core.memory import give_back
from planner.core.outcome import CancelToken, Ending, Progress, Stop
from planner.core.task_control import TaskControl
from planner.explain.derived import Derived, derived, ending_notes, notes_beside
from planner.explain.explained import explain, explanation_table, trials_affordable
from planner.explain.impossible import impossible
from planner.explain.origins.trace_rows import CellBook
from planner.explain.recorded_prices import named_beside, recorded_prices
from planner.explain.solved_plan import SolvedPlan
from planner.explain.wording.lines import ExplanationLine, margin_line
from planner.input.book import Book
from planner.input.case import Case, Parsed, parse, usable_of
from planner.margin import margins
from planner.margin.bearing import NoMarginError
from planner.margin.words import first_words
from planner.model.build import Problem, build
from planner.result.dol_size_notes import sampled_beside
from planner.result.early_figures import WhenAnswered
from planner.result.main_figures import MainFigures
from planner.result.plan import NOT_RECOMPUTED, VERDICT, LevelValue, Plan
from planner.result.record import record_of_plan
from planner.result.tables import TABLE_COLUMNS, decided_tables
from planner.result.verification import verified
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import Outcome

SEED = 0
THREADS = 2
# Whole decisions may take without end to prove: no more work than this goes into them unless a
# time is asked for. By the wall's clock a busy machine would be stopped without a plan.
WHOLE_WORK_LIMIT_S = 300.0


@dataclass(frozen=True)
class PlanOptions:
    """How to plan: whole locations or shares of them, how long at most, where models go.

    `trials` is how often the explanation may solve again; without it that hangs on the size.
    A plan that is stopped is recomputed all the same, unless `stops_at_once`: it then says that it
    was not.
    """

    whole: bool = False
    time_limit_s: float | None = None
    model_dir: Path | None = None
    trials: int | None = None
    stops_at_once: bool = False

    @property
    def work_limit_s(self) -> float | None:
        """The limit of work where no time is asked for: whole decisions always have one."""
        return WHOLE_WORK_LIMIT_S if self.whole and self.time_limit_s is None else None


@without_collecting(leaves_cycles=False)
def solved_plan(  # noqa: PLR0913 - what may be asked of it
    book: Book,
    scenario: str | None = None,
    *,
    parsed: Parsed | None = None,
    options: PlanOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    early: Callable[[MainFigures], None] | None = None,
    cancel: CancelToken | None = None,
) -> SolvedPlan:
    """Plan a book in a scenario, verify what came out, and keep what it was solved as.

    What checking the book in that scenario gave may be handed over, so that it is not done twice.
    `early` is told the main figures as soon as people, emergency reception and DOL are settled;
    they are provisional, for the months in which they fall may still change. A plan that is
    cancelled when something is settled is the best one until then.

    `UnusableInputError` where the input cannot be planned; `ProgramFaultError` where the plan does
    not hold when it is recomputed without the solver.
    """
    options = options or PlanOptions()
    clock = _Clock(progress)
    case = usable_of(parsed or parse(book, scenario))
    clock.lap("check", "build")
    problem = build(case, whole=options.whole)
    clock.lap("build", None)
    sampled, named = sampled_beside(case), named_beside(problem)
    prepared = begun_beside(problem.prepare)
    outcome = solve_levels(
        linear_model(problem),
        time_limit_s=options.time_limit_s,
        work_limit_s=options.work_limit_s,
        cancel=cancel,
        progress=progress,
        settled=None if early is None else WhenAnswered(problem, early).settled,
        seed=SEED,
        threads=THREADS,
        model_dir=options.model_dir,
    )
    if outcome.solution is not None:  # else nothing is said of them, and who stops need not wait
        sampled()
        prepared()
    clock.lap("solve", "tables")
    made = _plan_of(problem, outcome, options)
    clock.lap("tables", "explain")
    made = _explained(made, book, problem, outcome, options, cancel)
    record = (
        record_of_plan(made, book, outcome.report.gap, recorded_prices(problem, outcome, named))
        if made.found
        else None
    )
    made = replace(made, record=record)
    clock.lap("explain", "verify")
    if made.found:
        made = _recomputed(case, made, cancel if options.stops_at_once else None)
    clock.lap("verify", None)
    if cancel is not None and cancel.cancelled:
        made = replace(made, stop=Stop.CANCELLED)
    made = replace(made, timings={**outcome.report.timings, **clock.timings})
    return SolvedPlan(made, book, problem, outcome.solution)


def _recomputed(case: Case, made: Plan, cancel: CancelToken | None) -> Plan:
    """Return a plan that holds; where that is not waited for, one that says it was not recomputed.

    `ProgramFaultError` where it does not hold.
    """
    try:
        return verified(case, made, TaskControl(cancel))
    except CancelledError:
        return made


def plan_without_reasons(problem: Problem, outcome: Outcome, options: PlanOptions) -> Plan:
    """Return the plan of an outcome, verified, without why it is as it is.

    `ProgramFaultError` where it does not hold when it is recomputed without the solver.
    """
    return verified(problem.case, _plan_of(problem, outcome, options))


class _Clock:
    """Times the steps, gives back what they took, and tells which one begins."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress
        self._start = self._last = time.perf_counter()
        self.timings: dict[str, float] = {}
        self._tell("check")

    def lap(self, ended: str, begins: str | None) -> None:
        give_back()
        now = time.perf_counter()
        self.timings[ended] = now - self._last
        self._last = now
        if begins is not None:
            self._tell(begins)

    def _tell(self, step: str) -> None:
        if self._progress is not None:
            self._progress(Progress(step, None, None, time.perf_counter() - self._start))


def _plan_of(problem: Problem, outcome: Outcome, options: PlanOptions) -> Plan:
    """Return the plan of an outcome, not yet verified; without a solution its tables are empty."""
    case, solution = problem.case, outcome.solution
    levels: tuple[LevelValue, ...] = ()
    if solution is None:
        empty = {name: pd.DataFrame(columns=list(keys)) for name, keys in TABLE_COLUMNS.items()}
        ended = ending_notes(outcome.ending, outcome.report.gap, whole=options.whole)
        told = Derived(empty, {}, (*ended, *notes_beside(case)))
    else:
        found = decided_tables(problem, solution.values)
        told = derived(problem, found, outcome.ending, outcome.report.gap, whole=options.whole)
        levels = tuple(
            LevelValue(each.name, content.content.unit, each.value)
            for each, content in zip(solution.levels, problem.levels, strict=True)
        )
    return Plan(
        scenario=case.scenario,
        fingerprint=case.fingerprint,
        ending=outcome.ending,
        stop=outcome.stop,
        levels=levels,
        measures=told.measures,
        tables=told.tables,
        notes=told.notes,
        provenance=_provenance(case, problem, outcome, options),
        timings={},
        grounds=case.grounds,
    )


def _explained(  # noqa: PLR0913, PLR0917 - a plan, what it was made of, and who waits
    made: Plan,
    book: Book,
    problem: Problem,
    outcome: Outcome,
    options: PlanOptions,
    cancel: CancelToken | None,
) -> Plan:
    """Return the plan with why it is as it is; where none is possible, with what clashes."""
    if outcome.ending is Ending.INFEASIBLE:
        ending, notes = impossible(problem)
        return replace(made, ending=ending, notes=(*made.notes, *notes))
    if outcome.solution is None:
        return made
    control = TaskControl(cancel)
    lines = explain(problem, outcome.solution, options.trials, control)
    if options.trials != 0 and not control.cancelled and trials_affordable(problem):
        lines += _margin_lines(made, problem.case, cancel)
    table = explanation_table(lines, CellBook(book, problem.case).places)
    return replace(made, tables={**made.tables, "explanation": table})


def _margin_lines(made: Plan, case: Case, cancel: CancelToken | None) -> list[ExplanationLine]:
    """Return how many more people the plan bears; nothing where that is not proven, or stopped."""
    try:
        (first,) = margins(case, made, cancel, first_only=True)
    except (CancelledError, NoMarginError):
        return []
    return [margin_line(first_words(first), first.month)]


def _provenance(
    case: Case, problem: Problem, outcome: Outcome, options: PlanOptions
) -> dict[str, str]:
    """Return how the plan came about, in words that need no translation."""
    return {
        "program": f"Opvangplan {program_version()}",
        "solver": outcome.report.solver,
        "way": outcome.report.way,
        "scenario": case.scenario,
        "fingerprint": case.fingerprint,
        "priorities": " > ".join(each.content.level.value for each in problem.levels),
        "tolerance": "1e-6 (relative), levels without slack",
        "seed": f"{SEED} / {THREADS}",
        "whole": str(options.whole).lower(),
        "gap": "-" if outcome.report.gap is None else f"{outcome.report.gap:.4%}",
        "ending": outcome.ending.value,
        VERDICT: NOT_RECOMPUTED,
        "made": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
    }


def program_version() -> str:
    """Return the installed version of the program."""
    return __version__
