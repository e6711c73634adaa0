"""Why a location is opened or extended and another not, and why DOL is where it is.

Solving again with the decision turned round gives what the opposite costs, at the first level at
which it costs anything. Prices say only which decisions to turn round first, where not all can be:
a price is a bound, and may be one at a level that does not matter once it is solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from planner.explain.prices import Worth
from planner.explain.solved import NOTHING, Solved
from planner.explain.trials import TrialResult, Trials, change_by
from planner.explain.warm_worths import Resumed
from planner.input.kinds import PlaceKind
from planner.model.algebra import Variable
from planner.model.decisions import Footing


@dataclass(frozen=True)
class Choice:
    """A decision about a location, and what the opposite costs.

    `taken` is how far it is taken: a share, or DOL places. `opposite` is the worth of doing the
    opposite at the first level it changes, `None` where it changes nothing; where it was not
    `solved`, nothing is known of it.
    """

    decision: str
    location: str
    taken: float
    opposite: Worth | None
    solved: bool


def choices(solved: Solved, trials: Trials, resumed: Resumed | None = None) -> list[Choice]:
    """Return every opening, extension and DOL part with what the opposite costs.

    Those of which the prices tell most are solved first, from where the plan was left where that
    does, and else from the start as far as trials go.
    """
    promising = []
    for each in _decisions(solved):
        trials.control.check()
        promising.append((_promise(solved, *each), each))
    found = [
        _choice(solved, trials, resumed, *each) for _, each in sorted(promising, key=itemgetter(0))
    ]
    return sorted(found, key=lambda each: (each.taken <= NOTHING, _rank(each), each.location))


def choice_of(solved: Solved, trials: Trials, decision: str, name: str) -> Choice:
    """Return one decision with what the opposite costs; `KeyError` where there is none such."""
    for each in _decisions(solved):
        if each[:2] == (decision, name):
            return _choice(solved, trials, None, *each)
    raise KeyError((decision, name))


def _rank(choice: Choice) -> tuple[int, float]:
    if choice.opposite is None:
        return (99 if choice.solved else 100, 0.0)
    return (choice.opposite.level, -choice.opposite.change)


def _decisions(solved: Solved) -> Iterator[tuple[str, str, list[Variable]]]:
    """Yield the decisions about locations with their columns, the last one saying how far."""
    choose = solved.problem.choose
    yield from (("open", name, [column]) for name, column in choose.open.items())
    yield from (("extend", name, [column]) for name, column in choose.extend.items())
    for name in dict.fromkeys(location for location, _ in choose.dol_prepared):
        months = [m for m in solved.case.months if (name, m) in choose.dol_prepared]
        yield "dol", name, [choose.dol_prepared[name, month] for month in months]


def _promise(
    solved: Solved, decision: str, name: str, columns: list[Variable]
) -> tuple[int, float, str]:
    """Return how early a decision is to be turned round: by what the prices say of it."""
    taken = solved.value(columns[-1])
    if decision != "dol" and taken > NOTHING:
        bound = _term_bound(solved, name, columns, taken)
    else:
        bound = _bound(solved, columns, taken, _kept(solved, decision, name))
    return (99, 0.0, name) if bound is None else (bound.level, -bound.change, name)


def _choice(  # noqa: PLR0913, PLR0917 - what is known of a decision
    solved: Solved,
    trials: Trials,
    resumed: Resumed | None,
    decision: str,
    name: str,
    columns: list[Variable],
) -> Choice:
    trials.control.check()
    taken = solved.value(columns[-1])
    if decision == "dol" and _is_kept_out(solved, name):
        return Choice(decision, name, taken, None, solved=False)
    if resumed is not None and resumed.affordable():
        held, at_least = _turned(solved, decision, name, columns)
        turned = resumed.turned(held, at_least=at_least)
        if turned is not None:
            return Choice(decision, name, taken, turned.worth, solved=True)
    if trials.affordable():
        tried = opposite(solved, trials, decision, name)
        if tried is not None:
            return Choice(decision, name, taken, change_by(solved, tried), solved=True)
    return Choice(decision, name, taken, None, solved=False)


def _is_kept_out(solved: Solved, name: str) -> bool:
    """Whether a location has no DOL part in the end by a whole decision, which trials keep."""
    in_use = solved.problem.choose.dol_in_use.get((name, solved.case.months[-1]))
    return in_use is not None and solved.value(in_use) <= NOTHING


def _turned(
    solved: Solved, decision: str, name: str, columns: list[Variable]
) -> tuple[list[tuple[Variable, float]], bool]:
    """Return the columns that a decision turned round holds, each at which value, and if at least.

    A DOL part is turned round as none at all beyond the start, or one place in the last month.
    """
    taken = solved.value(columns[-1])
    if decision != "dol":
        value = 0.0 if taken > NOTHING else 1.0
        return [(columns[0], value)], value > 0
    kept = _kept(solved, decision, name)
    if taken <= kept + NOTHING:
        most = float(solved.case.locations[name].dol_beds)
        return [(columns[-1], min(taken + 1.0, most))], True
    held = [(column, kept) for column in columns]
    return [*held, *((column, 0.0) for column in _parts_of(solved, name, kept))], False


def opposite(solved: Solved, trials: Trials, decision: str, name: str) -> TrialResult | None:
    """Solve with a decision turned round: not taken where it is, taken where it is not."""
    columns = next(c for d, n, c in _decisions(solved) if (d, n) == (decision, name))
    held, at_least = _turned(solved, decision, name, columns)
    return trials.forced(held, at_least=at_least)


def _parts_of(solved: Solved, name: str, kept: float) -> Iterator[Variable]:
    """Yield what says that a DOL part is in use, or begun, that cannot be with what is kept."""
    choose = solved.problem.choose
    if kept < solved.case.locations[name].dol_min_section:
        yield from (column for (place, _), column in choose.dol_in_use.items() if place == name)
    if name in choose.dol_begun:
        yield choose.dol_begun[name]


def _bound(solved: Solved, columns: list[Variable], taken: float, kept: float) -> Worth | None:
    """Return what the opposite costs at least, by the prices of the columns' bounds."""
    numbers = [solved.problem.columns.index(each) for each in columns]
    prices = solved.prices
    if taken > kept + NOTHING:
        by_level = -prices.uppers[:, numbers] @ (solved.solution.values[numbers] - kept)
    else:
        by_level = prices.lowers[:, numbers[-1]]
    return _first_worth(by_level)


def _term_bound(solved: Solved, name: str, columns: list[Variable], taken: float) -> Worth | None:
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
