"""Why a location is opened or extended and another not, and why DOL is where it is.

Prices give what doing the opposite costs at least, at the first level it costs anything. Solving
again with the decision turned round gives what it costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.insight.explain.prices import Worth
from planner.insight.explain.solved import NOTHING, Solved
from planner.insight.explain.trials import SAME, Trials, Tried
from planner.model.algebra import Column
from planner.model.decisions import Footing
from planner.tables.kinds import PlaceKind


@dataclass(frozen=True)
class Choice:
    """A decision about a location, and what the opposite costs.

    `taken` is how far it is taken: a share, or DOL places. `opposite` is the worth of doing the
    opposite at the first level it changes, `None` where it changes nothing; `at_least` says that
    it is a bound from the prices and not yet solved.
    """

    decision: str
    location: str
    taken: float
    opposite: Worth | None
    at_least: bool


def choices(solved: Solved, trials: Trials) -> list[Choice]:
    """Return every opening, extension and DOL part with what the opposite costs."""
    found = [_choice(solved, trials, *each) for each in _decisions(solved)]
    return sorted(found, key=lambda each: (each.taken <= NOTHING, _rank(each), each.location))


def choice_of(solved: Solved, trials: Trials, decision: str, name: str) -> Choice:
    """Return one decision with what the opposite costs; `KeyError` where there is none such."""
    for each in _decisions(solved):
        if each[:2] == (decision, name):
            return _choice(solved, trials, *each)
    raise KeyError((decision, name))


def _rank(choice: Choice) -> tuple[int, float]:
    if choice.opposite is None:
        return (99, 0.0)
    return (choice.opposite.level, -choice.opposite.change)


def _decisions(solved: Solved) -> Iterator[tuple[str, str, list[Column]]]:
    """Yield the decisions about locations with their columns, the last one saying how far."""
    choose = solved.problem.choose
    yield from (("open", name, [column]) for name, column in choose.open.items())
    yield from (("extend", name, [column]) for name, column in choose.extend.items())
    for name in dict.fromkeys(location for location, _ in choose.dol_prepared):
        months = [m for m in solved.case.months if (name, m) in choose.dol_prepared]
        yield "dol", name, [choose.dol_prepared[name, month] for month in months]


def _choice(
    solved: Solved, trials: Trials, decision: str, name: str, columns: list[Column]
) -> Choice:
    taken = solved.value(columns[-1])
    if trials.affordable():
        tried = opposite(solved, trials, decision, name)
        before = tuple(each.value for each in solved.solution.levels)
        worth = None if tried is None else first_change(before, tried.levels)
        return Choice(decision, name, taken, worth, at_least=False)
    if decision != "dol" and taken > NOTHING:
        bound = _term_bound(solved, name, columns, taken)
    else:
        bound = _bound(solved, columns, taken, _kept(solved, decision, name))
    return Choice(decision, name, taken, bound, at_least=True)


def opposite(solved: Solved, trials: Trials, decision: str, name: str) -> Tried | None:
    """Solve with a decision turned round: not taken where it is, taken where it is not.

    A DOL part is turned round as none at all beyond the start, or one place in the last month.
    """
    columns = next(c for d, n, c in _decisions(solved) if (d, n) == (decision, name))
    taken = solved.value(columns[-1])
    if decision == "dol":
        kept = _kept(solved, decision, name)
        if taken > kept + NOTHING:
            return trials.forced([(each, kept) for each in columns], at_least=False)
        more = min(taken + 1.0, float(solved.case.locations[name].dol_beds))
        return trials.forced([(columns[-1], more)], at_least=True)
    if taken > NOTHING:
        return trials.forced([(columns[0], 0.0)], at_least=False)
    return trials.forced([(columns[0], 1.0)], at_least=True)


def first_change(before: tuple[float, ...], after: tuple[float, ...]) -> Worth | None:
    """Return the first level at which two plans differ, and by how much."""
    for level, (old, new) in enumerate(zip(before, after, strict=True)):
        if abs(new - old) > SAME * max(1.0, abs(old)):
            return Worth(level, new - old)
    return None


def _bound(solved: Solved, columns: list[Column], taken: float, kept: float) -> Worth | None:
    """Return what the opposite costs at least, by the prices of the columns' bounds."""
    numbers = [solved.problem.columns.index(each) for each in columns]
    prices = solved.prices
    if taken > kept + NOTHING:
        by_level = -prices.uppers[:, numbers] @ (solved.solution.values[numbers] - kept)
    else:
        by_level = prices.lowers[:, numbers[-1]]
    return _first_worth(by_level)


def _term_bound(solved: Solved, name: str, columns: list[Column], taken: float) -> Worth | None:
    """Return what not opening or extending a location costs at least.

    Its beds limit its places twice, by their own bound and by the share taken; a price on the
    first counts for the second too, unless DOL places share the beds then.
    """
    choose, location = solved.problem.choose, solved.case.locations[name]
    by_level = -solved.prices.uppers[:, choose.columns.index(columns[0])].astype(float)
    for month in solved.case.months:
        if choose.footing.get((name, month)) not in {Footing.EXTENSION, Footing.CANDIDATE}:
            continue
        dol = choose.places.get((name, PlaceKind.DOL, month))
        if dol is None or solved.value(dol) <= NOTHING:
            places = choose.places[name, location.type.base_kind, month]
            by_level -= location.beds * solved.prices.uppers[:, choose.columns.index(places)]
    return _first_worth(by_level * taken)


def _first_worth(by_level: np.ndarray) -> Worth | None:
    """Return the first level at which something is lost."""
    for level, change in enumerate(by_level.tolist()):
        if change > NOTHING:
            return Worth(level, change)
    return None


def _kept(solved: Solved, decision: str, name: str) -> float:
    """Return what is there without deciding anything: the DOL places fitted out at the start."""
    location = solved.case.locations[name]
    if decision != "dol" or location.candidate:
        return 0.0
    return float(min(location.dol_prepared, location.dol_beds))
