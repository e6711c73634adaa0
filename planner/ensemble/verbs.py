"""An ensemble of a workbook as verbs: what its plan decided, its futures, and the file written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language, message
from planner.core.whole_numbers import whole_numbers
from planner.ensemble.cluster import Cluster
from planner.ensemble.ensemble import Ensemble, ensemble
from planner.ensemble.executors import MemberExecutor, ProcessExecutor, SerialExecutor
from planner.ensemble.prepared import Kept
from planner.ensemble.words import record, sentences, sheets
from planner.files.compare_writer import write_comparison
from planner.forecast.cohorts.arrivals import HIGH, LOW
from planner.forecast.futures import ForecastPath
from planner.forecast.past_errors import PastErrors
from planner.input.book import Book
from planner.input.case import Case, usable
from planner.input.scenarios.scenario import MIDDLE, scenario_names
from planner.input.typed import read_tables
from planner.model.decisions import decide
from planner.model.demand import demand
from planner.model.fixed_decisions import FixedDecisions
from planner.model.identity import chosen_identities
from planner.result import load_plan
from planner.result.plan import Plan

__all__ = [
    "Ensemble",
    "executor_of",
    "members_file",
    "places_of",
    "plan_in",
    "record",
    "save_ensemble",
    "sentences",
    "sheets",
    "tried",
    "usual_places",
]

MOST_MEMBERS = 10_000
# Sizes of DOL that are told of where no less is planned than half of the least.
_DOL_PLACES, _NATIONAL = (1200.0, 1600.0, 2000.0), 600.0
_PARTS_OF = (0.75, 1.0, 1.25, 1.5)
# The supplied forecasts are taken for what 10, 50 and 90 % of the futures stay below.
_PARTS = {LOW: 0.1, MIDDLE: 0.5, HIGH: 0.9}


def plan_in(path: Path) -> Plan | None:
    """Return the plan that a workbook holds; None where it holds none, or one of another input."""
    try:
        loaded = load_plan(path)
    except UnusableInputError:
        return None
    return loaded.plan if loaded.same_input else None


def executor_of(workers: int | None, scheduler: str | None) -> MemberExecutor:
    """Return who works members out; `UnusableInputError` where a cluster cannot be used."""
    if scheduler is not None:
        return Cluster(scheduler)
    count = workers or os.cpu_count() or 1
    return ProcessExecutor(count) if count > 1 else SerialExecutor()


def members_file(out: Path) -> Path:
    """Return where the members that are done are kept until all are: beside the output."""
    return out.with_name(f"{out.name}.members")


def places_of(given: str) -> tuple[float, ...]:
    """Return numbers of places from a list with commas between; `UnusableInputError`."""
    places = whole_numbers(given)
    if places is None:
        raise UnusableInputError(message("ensemble.places", given=given))
    return places


def usual_places(found: Ensemble) -> tuple[float, ...]:
    """Return numbers of DOL places to tell of: those of the country, or about what is planned.

    In tens, where far fewer are planned than the country is to have.
    """
    planned = found.dol_needed(found.expected)
    if planned >= _NATIONAL:
        return _DOL_PLACES
    return tuple(sorted({max(10.0, 10.0 * round(planned * part / 10.0)) for part in _PARTS_OF}))


def tried(  # noqa: PLR0913 - what may be asked of it
    book: Book,
    plan: Plan,
    count: int,
    *,
    seed: int,
    executor: MemberExecutor,
    past: PastErrors | None = None,
    file: Path | None = None,
    tell: Callable[[int], None] | None = None,
    cancel: CancelToken | None = None,
) -> Ensemble:
    """Return what the decisions of a book's plan come to in so many futures; errors as of it."""
    case = usable(book, plan.scenario or None)
    kept = kept_in(case, plan)
    return ensemble(
        case,
        kept,
        _paths(book, case),
        count,
        seed=seed,
        executor=executor,
        past=past,
        file=file,
        tell=tell,
        cancel=cancel,
    )


def kept_in(case: Case, plan: Plan) -> Kept:
    """Return what a plan decided about each decision of a case."""
    choose = decide(case)
    names = chosen_identities(choose)
    decided = FixedDecisions.of_table(plan.tables["decisions"])
    return {names[each.column.number]: each.value for each in decided.targets(case, choose)}


def _paths(book: Book, case: Case) -> Sequence[ForecastPath]:
    """Return the low, middle and high forecast of a book, where it has them all."""
    names = scenario_names(read_tables(book)[0])
    if not set(_PARTS) <= set(names):
        return ()
    return [
        ForecastPath(demand(case if name == case.scenario else usable(book, name)), part)
        for name, part in _PARTS.items()
    ]


def save_ensemble(path: Path, found: Ensemble, places: Sequence[float], language: Language) -> None:
    """Write an ensemble to a workbook; `TargetInUseError` where the file is in use."""
    write_comparison(path, sheets(found, places), (), (), (), language)
