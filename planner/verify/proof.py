"""`prove`: per level of a plan how far it can be from the best, from recorded prices alone.

The rows are the second count's own: every rule is counted on open figures, so that no other
statement of the rules is needed and none of the model's is used. Prices are only a hint where to
look; whatever they are, the bound holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.verify.affine import Affine
from planner.verify.breach import BreachPlace
from planner.verify.choices import Choices, open_choices
from planner.verify.cost import paid
from planner.verify.levels import begun_weight, levels_in_order, new_dol_weights, unplaced_at_levels
from planner.verify.owed import Owed
from planner.verify.recount import RULES
from planner.verify.rows import PricedRow, hard_rows, name_of
from planner.verify.switches import counts
from planner.verify.tally import Tally
from planner.verify.terms import number
from planner.verify.weak_duality import BoundedRows, Goal, RowPrices, bounds

# Rules whose amount stands for itself among the choices.
OPEN = ("everyone_placed", "even_sharing", "moves_most")


@dataclass(frozen=True)
class Proven:
    """What a level came to, what no plan can better that is as good before it, and the gap.

    `bound` is rounded down, and `gap` up.
    """

    name: str
    value: float
    bound: float
    gap: float


@dataclass(frozen=True)
class Stated:
    """A case as rows over open choices, with their names, and what each level adds up."""

    names: list[str]
    rows: BoundedRows
    levels: dict[str, tuple[np.ndarray, float]]


def prove(
    case: Case, told: Mapping[str, float], recorded: Mapping[str, Any], *, whole: bool
) -> tuple[Proven, ...]:
    """Return how far each level of a plan can be from the best.

    `told` is what each level came to. `recorded` has the `names` of priced rows and, by level, the
    `prices` of those `at` these numbers, and of earlier `levels` by their names.
    """
    stated = state(case, whole=whole)
    order = [name for name in levels_in_order(case) if name in told]
    at_row = {name: at for at, name in enumerate(stated.names)}
    rows = [at_row.get(str(name), -1) for name in recorded["names"]]
    goals = [Goal(*stated.levels[name], told[name]) for name in order]
    given = [_given(recorded["levels"].get(name, {}), rows, len(at_row), order) for name in order]
    proven = bounds(stated.rows, goals, given)
    return tuple(
        _rounded(name, told[name], bound) for name, bound in zip(order, proven, strict=True)
    )


def _given(prices: Mapping[str, Any], rows: list[int], count: int, order: list[str]) -> RowPrices:
    """Return prices by number; those of rows that are not there count for nothing."""
    of_rows, levels = np.zeros(count), np.zeros(len(order))
    for at, price in zip(prices.get("at", ()), prices.get("prices", ()), strict=True):
        if rows[at] >= 0 and math.isfinite(price):
            of_rows[rows[at]] = price
    for name, price in prices.get("levels", {}).items():
        if name in order and math.isfinite(price):
            levels[order.index(name)] = max(price, 0.0)
    return RowPrices(of_rows, levels)


def _rounded(name: str, value: float, bound: Fraction) -> Proven:
    low = float(bound)
    if Fraction(low) > bound:
        low = math.nextafter(low, -math.inf)
    # A plan may lie below its bound by what the solver leaves off a limit.
    gap = max(0.0, float(Fraction(value) - bound))
    return Proven(name, value, low, math.nextafter(gap, math.inf) if gap else 0.0)


def state(case: Case, *, whole: bool) -> Stated:
    """Return a case as rows: the hard ones, and one for each amount that a rule may be owed."""
    open_, tally = open_choices(case, whole=whole)
    rows = list(hard_rows(open_, tally))
    levels = {name: Affine({}) for name in levels_in_order(case)}
    counted: dict[str, tuple[Owed, ...]] = {}
    for name, rule in RULES.items():
        if not counts(case, name):
            counted[name] = ()
            continue
        owed = _owed(name, open_, tally, counted)
        counted[name] = tuple(_taken_up(name, rule.parts, owed, open_, rows))
        for each in counted[name]:
            levels[rule.level].add(each.amount, each.weight)
    for level, people in unplaced_at_levels(tally).items():
        levels[level].add(people, 1.0)
    if open_.worst_province is not None and counts(case, "province_task"):
        levels["provinces_worst"].add(open_.worst_province, 1.0)
    for part in paid(tally, counted):
        levels["cost"].add(part.amount, 1.0)
    for figure, weight in _new_dol(open_):
        levels["change"].add(figure, weight)
    return _arrays(open_, rows, levels)


def _new_dol(open_: Choices) -> Iterator[tuple[Affine, float]]:
    """Yield what the last level adds up of DOL, with what it counts for."""
    final, counts_for = number(open_.case.months[-1]), new_dol_weights(open_.case)
    for (place, month), newly in open_.newly.items():
        yield newly, (final - number(month) + 1) * counts_for[place]
    for (place, kind, _), places in open_.places.items():
        if kind is PlaceKind.DOL:
            yield places, counts_for[place] - 1.0
    for place, begun in open_.begun.items():
        yield begun, begun_weight(open_.case, place)


def _owed(
    name: str, open_: Choices, tally: Tally, counted: Mapping[str, tuple[Owed, ...]]
) -> Iterator[Owed]:
    """Yield what a rule is owed; of some it is a choice itself, or hangs on what another is."""
    match name:
        case "everyone_placed":
            for (group, month), missing in open_.unplaced.items():
                yield _open(BreachPlace(group=group, month=month), missing)
        case "even_sharing":
            for month, share in open_.worst_share.items():
                yield _open(BreachPlace(month=month), share)
        case "moves_most":
            yield from _moved_most(open_.case, counted.get("moves", ()))
        case _:
            yield from RULES[name](tally)


def _open(spot: BreachPlace, figure: Affine) -> Owed:
    amount: Any = figure
    return Owed(spot, amount, 0.0)


def _moved_most(case: Case, moved: tuple[Owed, ...]) -> Iterator[Owed]:
    sums: dict[Any, Affine] = {}
    for each in moved:
        sums.setdefault(each.spot.month, Affine({})).add(each.amount, 1.0)
    for month, people in sums.items():
        most = case.parameters.optional("moves_most_per_month", month)
        if most is not None:
            yield _open(BreachPlace(month=month), people - most)


def _taken_up(
    name: str, parts: tuple[str, ...], owed: Iterator[Owed], open_: Choices, rows: list[PricedRow]
) -> Iterator[Owed]:
    """Yield what is owed; an amount that may be below zero is a choice of its own, with its row."""
    times: dict[str, int] = {}
    for each in owed:
        figure: Any = each.amount
        if not isinstance(figure, Affine) or not figure.parts:
            known = figure.constant if isinstance(figure, Affine) else figure
            yield each._replace(amount=max(0.0, known))
            continue
        if not figure.constant and min(figure.parts.values()) >= 0:
            yield each
            continue
        amount: Any = open_.new(max(open_.highest(figure), 0.0))
        named = BreachPlace(**{part: getattr(each.spot, part) for part in parts})
        row = name_of(name, "~", named)
        times[row] = times.get(row, 0) + 1
        again = "" if times[row] == 1 else f"#{times[row]}"
        rows.append(PricedRow(row + again, figure - amount))
        yield each._replace(amount=amount)


def _arrays(open_: Choices, rows: list[PricedRow], levels: Mapping[str, Affine]) -> Stated:
    starts = [0]
    numbers: list[int] = []
    shares: list[float] = []
    for row in rows:
        numbers += row.figure.parts.keys()
        shares += row.figure.parts.values()
        starts.append(len(numbers))
    stated = BoundedRows(
        np.array(starts),
        np.array(numbers, dtype=int),
        np.array(shares, dtype=float),
        np.array([-row.figure.constant for row in rows], dtype=float),
        np.array([row.exact for row in rows], dtype=bool),
        np.array(open_.most, dtype=float),
    )
    goals = {}
    for name, figure in levels.items():
        costs = np.zeros(len(open_.most))
        costs[list(figure.parts)] = list(figure.parts.values())
        goals[name] = (costs, float(figure.constant))
    return Stated([row.name for row in rows], stated, goals)
