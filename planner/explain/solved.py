"""`Solved`: a problem with its solution, rows found by their rule, figures by column."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.explain.prices import Prices, prices_of
from planner.input.case import Case
from planner.input.location import Location
from planner.model.algebra import Key, Sense, Variable
from planner.model.build import Problem, RuleRow
from planner.model.decisions import Footing
from planner.model.objective import LevelContent
from planner.model.rules.rule import Level
from planner.solver.outcome import Solution
from planner.solver.warm_resolve import Parts

# Below this a figure is the solver's rounding, not a person.
NOTHING = 1e-6


@dataclass(frozen=True, eq=False)
class Solved:
    """A solved problem: its rows by rule, the values of columns and rows, and the prices."""

    problem: Problem
    solution: Solution
    prices: Prices

    @staticmethod
    def of(problem: Problem, solution: Solution) -> Solved:
        """Return a problem and its solution, ready to be explained."""
        return Solved(problem, solution, prices_of(problem, solution))

    @property
    def case(self) -> Case:
        """The case that was planned."""
        return self.problem.case

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[RuleRow, ...]]:
        """Every row, by the name of its rule."""
        found: dict[str, list[RuleRow]] = defaultdict(list)
        for each in self.problem.rows:
            found[each.rule.name].append(each)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def left(self) -> np.ndarray:
        """What each solved row's left side comes to, its shortfall column left out."""
        return self.problem.left_values(self.solution.values)

    @cached_property
    def stages(self) -> np.ndarray:
        """Every column's month number, -1 for those that span months."""
        return self.problem.columns.stages()

    @cached_property
    def whole(self) -> bool:
        """Whether decisions had to be whole, so that prices hold with them kept."""
        return bool(self.problem.columns.wholes().any())

    @cached_property
    def people(self) -> Mapping[tuple[str, dt.date], tuple[tuple[str, str, float], ...]]:
        """Who is at each location in each month: group, kind of place, persons."""
        found: dict[tuple[str, dt.date], list[tuple[str, str, float]]] = defaultdict(list)
        for (group, location, kind, month), column in self.problem.choose.people.items():
            persons = self.value(column)
            if persons > NOTHING:
                found[location, month].append((group, kind.value, persons))
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def at_start(self) -> Mapping[str, Mapping[str, int]]:
        """Who is at each location on the reference date: persons by group."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for (location, group), persons in self.case.occupancy.items():
            found[location][group] = persons
        return found

    @cached_property
    def dol_missing(self) -> float:
        """How many DOL places are missing in the month that misses most."""
        missing: dict[tuple[str, dt.date | None], float] = defaultdict(float)
        for rule in ("dublin_outside_dol", "dol_band_low"):
            for each in self.by_rule.get(rule, ()):
                missing[rule, each.row.key.month] += max(-self.room(each), 0.0)
        return max(missing.values(), default=0.0)

    def value(self, column: Variable) -> float:
        """Return what a column comes to."""
        return float(self.solution.values[self.problem.columns.index(column)])

    def left_of(self, each: RuleRow) -> float:
        """Return what a row's left side comes to."""
        if each.number is not None:
            return float(self.left[each.number])
        return self.problem.columns.value(each.row.left, self.solution.values)

    def room(self, each: RuleRow) -> float:
        """Return how far a row stays within its limit; negative is its shortfall."""
        left = self.left_of(each)
        return each.row.limit - left if each.row.sense is Sense.AT_MOST else left - each.row.limit

    @cached_property
    def short(self) -> tuple[tuple[RuleRow, float], ...]:
        """Every soft row that falls short, with by how much, moves left out."""
        found = self.problem.falling_short(self.solution.values, NOTHING / 2)
        soft = (each for each, _ in found if each.rule.level is not Level.MOVES)
        rooms = ((each, self.room(each)) for each in soft)
        return tuple((each, -room) for each, room in rooms if room < -NOTHING)

    def share(self, location: Location, month: dt.date) -> float:
        """Return which part of a location's beds can be used in a month, as decided."""
        choose = self.problem.choose
        match choose.footing.get((location.id, month)):
            case Footing.CONTRACT:
                closed = choose.closed.get((location.id, month))
                return 1.0 if closed is None else 1.0 - self.value(closed)
            case Footing.EXTENSION:
                return self.value(choose.extend[location.id])
            case Footing.CANDIDATE:
                return self.value(choose.open[location.id])
            case _:
                return 0.0

    def level(self, place: int) -> LevelContent:
        """Return a level by its place in the order solved."""
        return self.problem.levels[place].content

    def level_place(self, name: str) -> int:
        """Return the place of a level in the order solved."""
        names = [each.content.level.value for each in self.problem.levels]
        return names.index(name)

    def number(self, each: RuleRow) -> int | None:
        """Return a row's place among the prices, `None` where it has none."""
        return each.number if each.number is not None else self.prices.unsolved.get(id(each))

    def part(self, each: RuleRow, share: float = 1.0) -> Parts:
        """Return a row as a part of a limit that moves, none where it has no price."""
        number = self.number(each)
        return () if number is None or not share else ((number, share),)

    def parts(self, rows: Iterable[RuleRow], share: float = 1.0) -> Parts:
        """Return rows as parts of a limit that moves, each by the same share."""
        return tuple(part for each in rows for part in self.part(each, share))

    @cached_property
    def _about(self) -> Mapping[Variable, Key]:
        choose = self.problem.choose
        found = {
            column: Key(group, location, kind, month)
            for (group, location, kind, month), column in choose.people.items()
        }
        for family in (choose.dol_prepared, choose.dol_fitted_out):
            for (location, month), column in family.items():
                found[column] = Key(location=location, month=month)
        return found

    def about(self, column: Variable) -> Key | None:
        """Return whom and which location a column of people or DOL places is about."""
        return self._about.get(column)
