"""A problem that knows what each part of it was made of, so that a changed case makes few anew.

An edit changes some limits of some rules. A rule whose rows asked nothing of the case that is
answered otherwise now keeps them, and so does a level its costs. Where the edit brings columns or
rows, or takes some away, everything is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TypeVar

from planner.core.collector import without_collecting
from planner.input.case import Case
from planner.model.algebra import Variable
from planner.model.asked import Asked, Changed
from planner.model.build import (
    LevelObjective,
    Problem,
    RulePart,
    RuleRow,
    objective_of,
    part_of,
    problem_of,
    rows_by_level,
)
from planner.model.decisions import Decisions, decide
from planner.model.demand import Demand, demand_of
from planner.model.identity import Identities, column_identities, row_identities
from planner.model.objective import LevelContent, levels_in_order
from planner.model.rules import active_rules
from planner.model.rules.rule import Rule

Part = TypeVar("Part")
Column = Callable[[int], Variable]
Chosen = tuple[Decisions, Asked]


@dataclass(frozen=True)
class KeptProblem:
    """A case's problem in fractions, what its columns and rows stand for, and its parts.

    With each part, with each level and with the choices stands what was asked to make them.
    """

    problem: Problem
    columns: Identities
    rows: Identities
    chosen: Asked
    parts: tuple[tuple[RulePart, Asked], ...]
    levels: tuple[tuple[LevelObjective, Asked], ...]

    @classmethod
    def of(cls, case: Case) -> KeptProblem:
        """Return the problem of a case."""
        with without_collecting(leaves_cycles=False):
            present = demand_of(case)
            return _anew(case, present, _chosen(case, present))

    def changed(self, case: Case, other: KeptProblem | None = None) -> KeptProblem:
        """Return the problem of a changed case, with the parts of this one that it leaves alone.

        Where other columns or rows make it, it may be more like an `other` problem.
        """
        with without_collecting(leaves_cycles=False):
            present = self.problem.present.of(case)
            chosen = cache(lambda: _chosen(case, present))
            again = _again(self, case, present, chosen)
            if again is None and other is not None and other is not self:
                again = _again(other, case, present, chosen)
            return again or _anew(case, present, chosen())


def _chosen(case: Case, present: Demand) -> Chosen:
    """Return what can be chosen in a case, and what was asked of it."""
    asked = Asked()
    return decide(asked.of(case), demand=present), asked


def _anew(case: Case, present: Demand, decided: Chosen) -> KeptProblem:
    choose, chosen = decided

    def column(stage: int) -> Variable:
        return choose.columns.add(stage=stage)

    parts: list[tuple[RulePart, Asked]] = []
    for rule in active_rules(case):
        begin = parts[-1][0].end if parts else 0
        parts.append(_part(case, choose, rule, begin, column))
    rows = rows_by_level(_of(parts))
    contents = levels_in_order(case)
    levels = tuple(_level(case, choose, _of(parts), rows[each.level], each) for each in contents)
    problem = problem_of(case, present, choose, _of(parts), tuple(_of(levels)))
    row_keys = row_identities(problem)
    columns = column_identities(problem, row_keys)
    return KeptProblem(problem, columns, row_keys, chosen, tuple(parts), levels)


def _again(
    kept: KeptProblem, case: Case, present: Demand, decided: Callable[[], Chosen]
) -> KeptProblem | None:
    """Return the problem of a changed case; None where other columns, rows or levels make it."""
    before = kept.problem
    rules, contents = (part.rule for part, _ in kept.parts), (e.content for e in before.levels)
    if tuple(rules) != active_rules(case) or tuple(contents) != levels_in_order(case):
        return None
    others = {
        name
        for name, now in (("demand", present.people), ("pupils", present.pupils))
        if now != getattr(before.choose, name)
    }
    change = Changed(before.case, case, others)
    choose, chosen = before.choose, kept.chosen
    if others or change.touches(chosen):
        choose, chosen = decided()
        if not _same_choices(before.choose, choose):
            return None
        columns = before.columns.bounded_as(choose.columns)
        choose = replace(before.choose, columns=columns, demand=choose.demand, pupils=choose.pupils)
    parts, moved = [], set()
    for part, asked in kept.parts:
        again = part, asked
        if change.touches(asked):
            again = _part(case, choose, part.rule, part.begin, _given(part))
            if not _same_rows(part, again[0]):
                return None
            moved.add(part.rule.level)
        parts.append(again)
    rows = rows_by_level(_of(parts))
    levels = tuple(
        _level(case, choose, _of(parts), rows[level.content.level], level.content)
        if level.content.level in moved or change.touches(asked)
        else (level, asked)
        for level, asked in kept.levels
    )
    problem = problem_of(case, present, choose, _of(parts), tuple(_of(levels)))
    return replace(
        kept,
        problem=problem,
        chosen=chosen,
        parts=tuple(parts),
        levels=levels,
    )


def _part(
    case: Case, choose: Decisions, rule: Rule, begin: int, column: Column
) -> tuple[RulePart, Asked]:
    asked = Asked()
    rows = rule.rows(asked.of(case), _noticed(choose, asked))
    return part_of(case, rule, rows, begin, column), asked


def _noticed(choose: Decisions, asked: Asked) -> Decisions:
    """Return choices that remember whether it was asked who is there, or goes to school."""
    return replace(
        choose,
        demand=asked.field("demand", choose.demand),
        pupils=asked.field("pupils", choose.pupils),
    )


def _level(
    case: Case,
    choose: Decisions,
    parts: Sequence[RulePart],
    rows: Sequence[RuleRow],
    content: LevelContent,
) -> tuple[LevelObjective, Asked]:
    asked = Asked()
    rules = [part.rule for part in parts]
    return objective_of(asked.of(case), _noticed(choose, asked), rules, rows, content), asked


def _of(parts: Iterable[tuple[Part, Asked]]) -> list[Part]:
    return [part for part, _ in parts]


def _given(part: RulePart) -> Column:
    """Return what gives the columns that took up the breaches of a rule's rows, in their order."""
    own = iter(
        next(iter(each.shortfall))
        for each in part.rows
        if each.number is not None and each.shortfall is not None and each.row.shortfall is None
    )
    return lambda _: next(own, _NONE)


# Taken where there are more rows than there were: such a part is not kept.
_NONE = Variable(-1)


def _same_rows(before: RulePart, after: RulePart) -> bool:
    """Whether a rule has the rows that it had, about the same, each with its own column."""
    return len(before.rows) == len(after.rows) and all(
        one.number == two.number
        and one.row.key == two.row.key
        and one.row.sense is two.row.sense
        and (one.shortfall is None or set(one.shortfall) == set(two.shortfall or ()))
        for one, two in zip(before.rows, after.rows, strict=True)
    )


def _same_choices(before: Decisions, after: Decisions) -> bool:
    """Whether the same can be chosen, in the same order; what it is bounded by may differ."""
    for family in fields(Decisions):
        if family.name in {"columns", "demand", "pupils"}:
            continue
        was, now = getattr(before, family.name), getattr(after, family.name)
        if isinstance(was, list):
            was, now = dict(enumerate(was)), dict(enumerate(now))
        if list(was) != list(now) or list(map(_number, was.values())) != list(
            map(_number, now.values())
        ):
            return False
    return True


def _number(chosen: object) -> object:
    return chosen.number if isinstance(chosen, Variable) else chosen
