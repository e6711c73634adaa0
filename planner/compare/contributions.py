"""From a difference to the edits that explain it: each switched off, each alone, and together.

Edits are no sum of parts: two contracts that are both extended may free no more beds than one. So
each edit is tried alone, and what the alone ones leave unexplained is what they do together only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import fsum

import pandas as pd

from planner.compare.kept_decisions import NoOutcomeError, best_plan
from planner.compare.partial import EXPECTED, Factor, Partial
from planner.compare.progress import PlanningStage, Tell, no_progress
from planner.compare.regret import difference
from planner.compare.row_names import row_name
from planner.core.outcome import CancelToken
from planner.core.texts import Message, message
from planner.input.book import Book
from planner.input.column import Column
from planner.input.records import table
from planner.input.scenarios.by_key import Address
from planner.input.values import UnreadableValueError, read_value
from planner.model.measures import MEASURES
from planner.model.objective import LEVELS
from planner.result.plan import Plan

# More than these are taken together by column or by table, so that the wait stays bounded.
MOST_FACTORS = 12

LEVEL, MEASURE = "level", "measure"
WHOLE, EDIT, TOGETHER = "whole", "edit", "together"

COLUMNS = (
    "kind",
    "name",
    "unit",
    "part",
    "number",
    "base",
    "scenario",
    "alone",
    "switched_off",
)


@dataclass(frozen=True)
class FactorEffect:
    """What one factor does to one figure, in the figure's unit.

    `alone` is what it changes when nothing else is changed, `switched_off` what is lost when it
    alone is left out of the scenario; `None` where that input cannot be planned.
    """

    alone: float | None
    switched_off: float | None


@dataclass(frozen=True)
class ExplainedFigure:
    """A figure in the base and in the scenario, and what each factor has to do with it."""

    kind: str
    name: str
    unit: str
    base: float
    scenario: float
    parts: tuple[FactorEffect, ...]

    @property
    def whole(self) -> float:
        """The whole difference."""
        return self.scenario - self.base

    @property
    def together(self) -> float:
        """What the factors do only together: the whole less what each does alone."""
        return self.whole - fsum(each.alone or 0.0 for each in self.parts)


@dataclass(frozen=True)
class Contributions:
    """What explains the difference between a base and a scenario.

    `factors` are the edits, in the order of the sheet, each with its value in the base and in the
    scenario in `values`; `solves` is how many plans that took. `in_parts` says that they are
    reckoned with shares of locations, beside plans of whole ones.
    """

    base: str
    scenario: str
    factors: tuple[Factor, ...]
    values: tuple[tuple[object, object], ...]
    figures: tuple[ExplainedFigure, ...]
    solves: int
    in_parts: bool = False

    def frame(self) -> pd.DataFrame:
        """Return the figures as rows: the whole, each factor by its number from 1, and the rest."""
        rows = [row for each in self.figures for row in _rows(each)]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def titles(self) -> tuple[Message, ...]:
        """Return each factor in words."""
        return tuple(map(factor_title, self.factors, self.values))


def _rows(each: ExplainedFigure) -> Iterator[tuple[object, ...]]:
    about = (each.kind, each.name, each.unit)
    yield *about, WHOLE, 0, each.base, each.scenario, each.whole, each.whole
    for number, part in enumerate(each.parts, start=1):
        yield *about, EDIT, number, None, None, part.alone, part.switched_off
    if len(each.parts) > 1:
        yield *about, TOGETHER, 0, None, None, each.together, None


def factor_title(factor: Factor, values: tuple[object, object]) -> Message:
    """Return in words what a factor changes."""
    name, key, column = factor.addresses[0]
    if factor.addresses[0] == EXPECTED:
        return message("compare.factor.forecast")
    declared = table(name)
    if column == declared.key_columns[0].key and None in values:
        sort = "added" if values[0] is None else "dropped"
        row = row_name(name, declared.row_columns, key)
        return message(f"compare.factor.{sort}", sheet=declared.title, row=row)
    if len(factor.addresses) > 1:
        return message("compare.factor.many", count=len(factor.addresses), sheet=declared.title)
    declared_column = declared.column(column)
    was, becomes = (_told(declared_column, each) for each in values)
    return message(
        "compare.factor.edit",
        sheet=declared.title,
        row=row_name(name, declared.row_columns, key),
        column=declared_column.title,
        was=was,
        becomes=becomes,
    )


def _told(column: Column, value: object) -> object:
    """Return a value as its column has it, so that a day typed as text reads as a day."""
    if isinstance(value, str):
        try:
            value = read_value(column, value)
        except UnreadableValueError:
            return value
    return message("compare.empty") if value is None else getattr(value, "label", value)


def factors_of(partial: Partial) -> tuple[Factor, ...]:
    """Return what is switched: single edits, or groups of them where there are very many."""
    whole = partial.whole_rows
    single = _grouped(partial, lambda each: each[:2] if each[:2] in whole else each)
    if len(single) <= MOST_FACTORS:
        return single
    by_column = _grouped(partial, lambda each: (each[0], each[2]))
    return by_column if len(by_column) <= MOST_FACTORS else _grouped(partial, lambda each: each[:1])


def _grouped(partial: Partial, sort: Callable[[Address], tuple[str, ...]]) -> tuple[Factor, ...]:
    groups: dict[tuple[str, ...], list[Address]] = {}
    for address in partial.addresses:
        # What is expected is one factor whatever else is on the sheet Forecast.
        groups.setdefault(address if address == EXPECTED else sort(address), []).append(address)
    return tuple(Factor(tuple(each)) for each in groups.values())


def solves(factors: int) -> int:
    """Return how many plans so many factors take."""
    return 2 * factors + 2 if factors > 1 else factors + 1


class _FactorPlans:
    """Plans each set of factors once."""

    def __init__(
        self, partial: Partial, total: int, tell: Tell, cancel: CancelToken | None
    ) -> None:
        self._partial, self._total = partial, total
        self._tell, self._cancel = tell, cancel
        self._made: dict[frozenset[Factor], Plan | None] = {}

    @property
    def solves(self) -> int:
        return sum(each is not None for each in self._made.values())

    def of(self, factors: Iterable[Factor]) -> Plan | None:
        """Return what these factors come to; nothing where that input cannot be planned."""
        on = frozenset(factors)
        if on not in self._made:
            told = message("compare.stage.switched", count=len(on))
            self._tell(PlanningStage(len(self._made), self._total, told))
            case = self._partial.case(on)
            self._made[on] = None if case is None else best_plan(case, self._cancel)
        return self._made[on]


def contributions(
    book: Book,
    base: str,
    scenario: str,
    tell: Tell = no_progress,
    cancel: CancelToken | None = None,
) -> Contributions:
    """Return what each edit of a scenario contributes to every level and measure.

    For n edits this takes 2n + 2 plans, and two for a single edit. `CancelledError` when
    cancelled, `NoOutcomeError` where the base or the whole scenario cannot be planned.
    """
    partial = Partial(book, base, scenario)
    factors = factors_of(partial)
    tried = _FactorPlans(partial, solves(len(factors)), tell, cancel)
    none, every = tried.of(()), tried.of(factors)
    if none is None or every is None:
        name = base if none is None else scenario
        raise NoOutcomeError(message("compare.no_outcome", scenario=name))
    alone = [tried.of((each,)) for each in factors]
    without = [tried.of(other for other in factors if other != each) for each in factors]

    def explained(kind: str, name: str, unit: str) -> ExplainedFigure:
        before, after = _figure(none, kind, name), _figure(every, kind, name)
        parts = tuple(
            FactorEffect(
                _less(_figure(one, kind, name), before), _less(after, _figure(rest, kind, name))
            )
            for one, rest in zip(alone, without, strict=True)
        )
        return ExplainedFigure(kind, name, unit, before or 0.0, after or 0.0, parts)

    figures = tuple(explained(*each) for each in _named(none))
    values = tuple(partial.values(each.addresses[0]) for each in factors)
    return Contributions(base, scenario, factors, values, figures, tried.solves)


def _named(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield the levels in the base's order and the measures, with their units."""
    units = {each.level.value: each.unit for each in LEVELS}
    yield from ((LEVEL, name, units[name]) for name in plan.level_values)
    yield from ((MEASURE, each.name, each.unit) for each in MEASURES)


def _figure(plan: Plan | None, kind: str, name: str) -> float | None:
    if plan is None:
        return None
    return plan.level_values[name] if kind == LEVEL else plan.measures[name].value


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else difference(value, other)
