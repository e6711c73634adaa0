"""A plan for several scenarios of a workbook as verbs: make it, try it, write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from math import fsum
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken, Progress
from planner.core.texts import Language, Message, message
from planner.files.in_place import without_package
from planner.files.writing import write_workbook
from planner.forecast.futures import ForecastPath, futures
from planner.input.book import Book
from planner.input.case import usable
from planner.input.scenarios.scenario import MIDDLE
from planner.model.demand import demand
from planner.planning import SEED, PlanOptions
from planner.result.plan import Plan
from planner.result.plan_sheets import workbook_sheets
from planner.result.record import record_of_plan
from planner.robust.robust import Robust, WeightedScenario, robust, weight_words
from planner.robust.verdict import RobustVerdict, verdict
from planner.robust.words import record, sentences, sheets

__all__ = [
    "Robust",
    "RobustVerdict",
    "plan_for_all",
    "record",
    "save_robust",
    "sentences",
    "sheets",
    "tried",
    "usual_futures",
    "weights_of",
]

MOST_FUTURES = 1000
# So many futures are tried unless asked otherwise, fewer where each takes long.
_FUTURES, _FUTURES_LARGE = 100, 10
_LARGE = 2_000  # locations times months
_PERCENT, _ADDS_UP = 100.0, 1e-6


def weights_of(given: str | None, count: int) -> tuple[float, ...]:
    """Return weights that add up to 1, from a list with commas between; without one, all alike.

    `UnusableInputError` where there are too few or too many, one is no number above 0, or they add
    up to neither 1 nor 100.
    """
    if given is None:
        return (1.0 / count,) * count
    parts = [each.strip().removesuffix("%").strip() for each in given.split(",")]
    try:
        weights = [float(each) for each in parts]
    except ValueError:
        weights = [-1.0]
    if not all(0 < each <= _PERCENT for each in weights):
        raise UnusableInputError(message("robust.weights.number", given=given))
    if len(weights) != count:
        raise UnusableInputError(message("robust.weights.count", given=len(weights), wanted=count))
    total = fsum(weights)
    if min(abs(total - 1.0), abs(total - _PERCENT) / _PERCENT) > _ADDS_UP:
        raise UnusableInputError(message("robust.weights.sum", sum=total))
    return tuple(each / total for each in weights)


def plan_for_all(  # noqa: PLR0913 - what may be asked of it
    book: Book,
    names: Sequence[str],
    weights: Sequence[float],
    *,
    until: dt.date | None = None,
    worst: bool = False,
    options: PlanOptions | None = None,
    tell: Callable[[Message], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Robust:
    """Return the decisions that are best for scenarios of a book together.

    The base is `middle` where that is among them, else the first; errors as of `robust`, and
    `UnusableInputError` with all findings where a scenario cannot be planned or is not there.
    """
    scenarios = [
        WeightedScenario(name, usable(book, name), weight)
        for name, weight in zip(names, weights, strict=True)
    ]
    return robust(
        scenarios,
        MIDDLE if MIDDLE in names else names[0],
        until=until,
        worst=worst,
        options=options,
        tell=tell,
        progress=progress,
        cancel=cancel,
    )


def usual_futures(found: Robust) -> int:
    """Return in how many futures a plan is tried unless asked otherwise."""
    case = found.scenarios[0].case
    return _FUTURES_LARGE if len(case.locations) * len(case.months) > _LARGE else _FUTURES


def tried(
    found: Robust,
    count: int,
    *,
    seed: int = SEED,
    tell: Callable[[Message], None] | None = None,
    cancel: CancelToken | None = None,
) -> RobustVerdict:
    """Return what sampled futures say of a plan beside the one for the base scenario alone.

    `UnusableInputError` where nothing can be sampled; `CancelledError` when cancelled.
    """
    case = next(each.case for each in found.scenarios if each.name == found.base)
    drawn = futures(case, demand(case), _paths(found), count, seed)

    def told(number: int) -> None:
        if tell is not None:
            tell(message("robust.stage.future", number=number + 1, count=count))

    return verdict(case, found.kept, found.kept_middle, drawn, told, cancel)


def _paths(found: Robust) -> list[ForecastPath]:
    """Return the scenarios as forecasts from low to high, each in the middle of its weight."""
    people = [demand(each.case) for each in found.scenarios]
    order = sorted(range(len(people)), key=lambda at: fsum(people[at].values()))
    weights = [found.weights[at] for at in order]
    parts = [end - weight / 2 for end, weight in zip(accumulate(weights), weights, strict=True)]
    return [ForecastPath(people[at], part) for at, part in zip(order, parts, strict=True)]


def save_robust(  # noqa: PLR0913 - what may be asked of it
    path: Path,
    book: Book,
    found: Robust,
    judged: RobustVerdict | None,
    language: Language,
    *,
    anew: bool = False,
) -> None:
    """Write the plan as it is in the base scenario, and what it is worth, beside the input.

    Errors as of saving a plan; `anew` as there.
    """
    made = _recorded(found, book)
    results = (*workbook_sheets(made, book), *sheets(found, judged))
    write_workbook(path, without_package(book) if anew else book, results, language)


def _recorded(found: Robust, book: Book) -> Plan:
    """Return the plan of the base scenario with what its workbook keeps of its making.

    It is not the best for that scenario alone, so nothing is recorded that would prove it to be.
    """
    common = ", ".join(weight_words(each).en for each in found.scenarios)
    made = replace(found.of_base, provenance={**found.of_base.provenance, "common_to": common})
    return replace(made, record=record_of_plan(made, book, None, None))
