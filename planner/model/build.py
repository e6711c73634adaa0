"""From a case to a problem: columns, rows with what they are about, and the levels' costs.

Hard rules become rows as they stand. A soft rule's row gets a column that takes up its breach, in
the rule's own unit, and the rule's level adds those up: no legal rule can make a plan impossible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import fsum
from typing import NamedTuple

import numpy as np

from planner.core.collector import without_collecting
from planner.input.case import Case
from planner.model.algebra import Columns, Constraint, Expression, Key, LinearSum, Sense, Variable
from planner.model.decisions import Decisions, decide
from planner.model.demand import Demand, demand_of
from planner.model.measures import COST_PARTS, MEASURES, Measure
from planner.model.objective import LevelContent, levels_in_order
from planner.model.rules import active_rules
from planner.model.rules.rule import Level, Rule

# Fewer people than this are the solver's rounding.
NOBODY = 1e-4


class RuleRow(NamedTuple):
    """A row of a rule and, for a soft one, the expression of its shortfall.

    `number` is the row's place in the problem; `None` where the shortfall is the left side itself
    and nothing has to be solved for it.
    """

    rule: Rule
    row: Constraint
    shortfall: Expression | None
    number: int | None


@dataclass(frozen=True)
class LevelObjective:
    """What a level minimises: coefficients over all columns and a constant."""

    content: LevelContent
    costs: np.ndarray
    constant: float


class LevelTerm(NamedTuple):
    """A part of what a level adds up: of a rule's row, of unplaced people under a rule, a measure.

    It comes to the expression times the weight, in the level's unit.
    """

    source: RuleRow | Rule | Measure
    key: Key
    expression: Expression
    weight: float


@dataclass(frozen=True)
class Problem:
    """A case as a linear problem: arrays for the solver, rows for everyone else.

    `present` is the demand that it was built for.
    `starts`, `numbers` and `coefficients` are the compressed rows; `lower` and `upper` their
    limits. `row_stages` gives each row's latest month number, -1 where it has none. `joining` is
    the number of the column that takes up each solved row's breach, -1 for hard rules' rows.
    """

    case: Case
    present: Demand
    choose: Decisions
    rows: tuple[RuleRow, ...]
    starts: np.ndarray
    numbers: np.ndarray
    coefficients: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    row_stages: np.ndarray
    joining: np.ndarray
    levels: tuple[LevelObjective, ...]

    @property
    def columns(self) -> Columns:
        """The problem's columns."""
        return self.choose.columns

    @cached_property
    def _group_of(self) -> Mapping[Variable, str]:
        return {column: group for (group, *_), column in self.choose.people.items()}

    @cached_property
    def _measured(self) -> Mapping[str, LinearSum]:
        measures = {each.name: each for each in (*COST_PARTS, *MEASURES)}.values()
        return {each.name: LinearSum.of(each.of(self.case, self.choose)) for each in measures}

    @cached_property
    def _unsolved(self) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Which rows are not solved, and these compressed."""
        unsolved = np.array([each.number is None for each in self.rows], dtype=bool)
        lefts = [(each.row.left, None, 0.0) for each in self.rows if each.number is None]
        return unsolved, self.columns.sparse(lefts)

    def prepare(self) -> None:
        """Work out what figures and shortfalls are read by, before there are values to read."""
        _ = self._measured, self._unsolved

    def measured(self, measure: Measure) -> LinearSum:
        """Return what a measure adds up, over the problem's columns."""
        known = self._measured.get(measure.name)
        return LinearSum.of(measure.of(self.case, self.choose)) if known is None else known

    def breaches(self, values: np.ndarray) -> np.ndarray:
        """Return how far each solved row's left side is on the wrong side of its limit."""
        left = self.left_values(values)
        below: np.ndarray = self.lower - left
        above = np.isneginf(self.lower)
        below[above] = (left - self.upper)[above]
        return below

    def falling_short(self, values: np.ndarray, least: float) -> Iterator[tuple[RuleRow, float]]:
        """Yield the rows of soft rules that fall short by more than `least`, and by how much.

        `values` holds each column's value; what is below zero by rounding is taken as nothing.
        """
        shown = np.maximum(values, 0.0) + 0.0
        unsolved, compressed = self._unsolved
        amounts = np.empty(len(self.rows))
        amounts[unsolved] = _added_up(*compressed, shown)
        amounts[~unsolved] = self.breaches(values)
        near = np.flatnonzero(amounts > least / 2)  # sums are exact below, and a little else here
        for at, amount in zip(near.tolist(), amounts[near].tolist(), strict=True):
            each = self.rows[at]
            if each.number is None and len(each.row.left) > 1:
                parts = (share * shown[column.number] for column, share in each.row.left.items())
                amount = fsum(parts)  # noqa: PLW2901 - the same amount to its last digit
            if amount > least and not each.rule.hard:
                yield each, amount

    def groups_in(self, each: RuleRow, values: np.ndarray) -> frozenset[str]:
        """Return whom a row is about: its group, or the groups of whom people count in it."""
        if each.row.key.group:
            return frozenset({each.row.key.group})
        there = (
            self._group_of.get(column, "")
            for column in each.row.left
            if values[self.columns.index(column)] > NOBODY
        )
        return frozenset(filter(None, there))

    def left_values(self, values: np.ndarray) -> np.ndarray:
        """Return what each solved row's left side comes to, its shortfall column left out."""
        activity = _added_up(self.starts, self.numbers, self.coefficients, values)
        upward = np.isinf(self.lower)
        taken = np.where(self.joining >= 0, values[self.joining], 0.0)
        return activity + np.where(upward, taken, -taken)


def _added_up(
    starts: np.ndarray, numbers: np.ndarray, coefficients: np.ndarray, values: np.ndarray
) -> np.ndarray:
    """Return what each of some compressed rows comes to."""
    products = np.append(coefficients * values[numbers], 0.0)
    added: np.ndarray = np.add.reduceat(products, starts[:-1])
    added[starts[:-1] == starts[1:]] = 0.0
    return added


def build(
    case: Case,
    *,
    whole: bool = False,
    rules: tuple[Rule, ...] | None = None,
    demand: Demand | None = None,
) -> Problem:
    """Return the problem of a case under rules: those that the case leaves on, unless given.

    The `demand` of the case may be given where it is known.
    """
    rules = active_rules(case) if rules is None else rules
    present = demand or demand_of(case)
    with without_collecting(leaves_cycles=False):
        return _build(case, present, rules, levels_in_order(case), whole=whole)


def build_again(case: Case, before: Problem, *, whole: bool, levels: int) -> Problem:
    """Return the problem of a changed case as far as its first levels go, so many of them.

    Rules of later levels have no rows, unless one of an earlier level reckons with theirs. The
    people are those of the problem `before` where the change is not about them.
    """
    first = levels_in_order(case)[:levels]
    active, among = active_rules(case), {each.level for each in first}
    matter = {rule.name for rule in active if rule.hard or rule.level in among}
    matter |= {rule.follows for rule in active if rule.name in matter}
    rules = tuple(rule for rule in active if rule.name in matter)
    with without_collecting(leaves_cycles=False):
        return _build(case, before.present.of(case), rules, first, whole=whole)


def _build(
    case: Case,
    present: Demand,
    rules: tuple[Rule, ...],
    levels: tuple[LevelContent, ...],
    *,
    whole: bool,
) -> Problem:
    choose = decide(case, whole=whole, demand=present)

    def column(stage: int) -> Variable:
        return choose.columns.add(stage=stage)

    parts: list[RulePart] = []
    for rule in rules:
        solved = parts[-1].end if parts else 0
        parts.append(part_of(case, rule, rule.rows(case, choose), solved, column))
    rows = rows_by_level(parts)
    objectives = tuple(
        objective_of(case, choose, rules, rows[content.level], content) for content in levels
    )
    return problem_of(case, present, choose, parts, objectives)


@dataclass(frozen=True)
class RulePart:
    """A rule's rows, and as arrays those that are solved: the problem's from `begin` to `end`.

    `lengths` is how many coefficients each has, the others are as in `Problem`.
    """

    rule: Rule
    rows: tuple[RuleRow, ...]
    begin: int
    lengths: np.ndarray
    numbers: np.ndarray
    coefficients: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    stages: np.ndarray
    joining: np.ndarray

    @property
    def end(self) -> int:
        """The number of the row behind the last that is solved."""
        return self.begin + len(self.lengths)


def part_of(
    case: Case,
    rule: Rule,
    made: Iterable[Constraint],
    begin: int,
    column: Callable[[int], Variable],
) -> RulePart:
    """Return the rows that a rule made, numbered from one on.

    `column` gives, for a month's number, the column that takes up the breach of a row that has none
    of its own.
    """
    month_numbers = {month: number for number, month in enumerate(case.months)}
    rows: list[RuleRow] = []
    solved: list[Constraint] = []
    stages: list[int] = []
    lefts: list[tuple[Expression, Variable | None, float]] = []
    for row in made:
        if not rule.hard and _is_its_own_shortfall(row):
            rows.append(RuleRow(rule, row, row.left, None))
            continue
        stage = -1 if row.key.month is None else month_numbers[row.key.month]
        number = begin + len(solved)
        if rule.hard:
            rows.append(RuleRow(rule, row, None, number))
            lefts.append((row.left, None, 0.0))
        else:
            takes = row.shortfall or column(stage)
            rows.append(RuleRow(rule, row, Expression({takes: 1.0}), number))
            lefts.append((row.left, takes, -1.0 if row.sense is Sense.AT_MOST else 1.0))
        solved.append(row)
        stages.append(stage)
    starts, numbers, coefficients = Columns.sparse(lefts)
    return RulePart(
        rule,
        tuple(rows),
        begin,
        np.diff(starts),
        numbers,
        coefficients,
        np.array([-np.inf if r.sense is Sense.AT_MOST else r.limit for r in solved], dtype=float),
        np.array([np.inf if r.sense is Sense.AT_LEAST else r.limit for r in solved], dtype=float),
        np.array(stages, dtype=int),
        np.array([-1 if takes is None else takes.number for _, takes, _ in lefts], dtype=int),
    )


def problem_of(
    case: Case,
    present: Demand,
    choose: Decisions,
    parts: Sequence[RulePart],
    levels: tuple[LevelObjective, ...],
) -> Problem:
    """Return the problem that parts make, one behind the other."""
    lengths = _joined([part.lengths for part in parts], np.int32)
    return Problem(
        case=case,
        present=present,
        choose=choose,
        rows=tuple(chain.from_iterable(part.rows for part in parts)),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        numbers=_joined([part.numbers for part in parts], np.int32),
        coefficients=_joined([part.coefficients for part in parts], float),
        lower=_joined([part.lower for part in parts], float),
        upper=_joined([part.upper for part in parts], float),
        row_stages=_joined([part.stages for part in parts], int),
        joining=_joined([part.joining for part in parts], int),
        levels=levels,
    )


def _joined(arrays: Sequence[np.ndarray], kind: type) -> np.ndarray:
    """Return arrays of one kind behind each other; one of nothing where there are none."""
    return np.concatenate([np.zeros(0, dtype=kind), *arrays])


def _is_its_own_shortfall(row: Constraint) -> bool:
    """Whether the left side can only be the shortfall: nothing negative, and a limit of zero."""
    return (
        row.shortfall is None
        and row.sense is Sense.AT_MOST
        and row.limit == 0
        and all(coefficient >= 0 for coefficient in row.left.values())
    )


def rows_by_level(parts: Iterable[RulePart]) -> Mapping[Level | None, Sequence[RuleRow]]:
    """Return the rows of rules by the level at which their shortfalls count; any may have none."""
    found: dict[Level | None, list[RuleRow]] = defaultdict(list)
    for part in parts:
        found[part.rule.level] += part.rows
    return found


def objective_of(
    case: Case,
    choose: Decisions,
    rules: Iterable[Rule],
    rows: Iterable[RuleRow],
    content: LevelContent,
) -> LevelObjective:
    """Return what a level adds up, as costs of columns."""
    costs = np.zeros(len(choose.columns))
    constant = 0.0
    for term in level_terms(case, choose, rules, rows, content):
        for column, coefficient in term.expression.items():
            costs[choose.columns.index(column)] += term.weight * coefficient
        constant += term.weight * float(term.expression.constant)
    return LevelObjective(content, costs, constant)


def level_terms(
    case: Case,
    choose: Decisions,
    rules: Iterable[Rule],
    rows: Iterable[RuleRow],
    content: LevelContent,
) -> Iterator[LevelTerm]:
    """Yield what a level adds up: its rules' shortfalls, unplaced people, and its measures."""
    for each in rows:
        if each.rule.level is content.level and each.shortfall is not None:
            yield LevelTerm(each, each.row.key, each.shortfall, each.row.weight)
    for rule in rules:
        if rule.level is content.level:
            yield from _unplaced(case, choose, rule)
    for measure in content.measures:
        yield LevelTerm(measure, Key(), measure.of(case, choose), 1.0)


def _unplaced(case: Case, choose: Decisions, rule: Rule) -> Iterator[LevelTerm]:
    """Count every unplaced person as a breach of a rule that covers the person's group."""
    for (group, month), column in choose.unplaced.items():
        weight = rule.counts_unplaced(case, group, month)
        if weight:
            key = Key(group=group, month=month)
            yield LevelTerm(rule, key, Expression([(column, 1.0)]), weight)
