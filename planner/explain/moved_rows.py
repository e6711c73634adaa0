"""How the rows of a rule move when the case is otherwise, found by asking the rule once more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from planner.explain.solved import Solved
from planner.input.case import Case
from planner.model.algebra import Constraint, Key, Sense
from planner.model.build import RuleRow
from planner.model.decisions import Decisions
from planner.model.rules.rule import Rule

# Nothing that a figure of the input moves is less than this.
ROUNDING = 1e-12
# A part of a unit that is tried where a whole unit more would leave no row: exact in a computer.
LITTLE = 2.0**-10

_Named = tuple[Key, Sense, int]
_NAMED: WeakKeyDictionary[Solved, dict[str, dict[_Named, RuleRow]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class MovedRow:
    """A row that moves: by how much its limit less its left side grows, for the plan as it is.

    `bends` says that coefficients move with it, so that this holds for the plan as it is alone.
    """

    row: RuleRow
    by: float
    bends: bool


def moved_rows(solved: Solved, rule: Rule, case: Case, choose: Decisions) -> list[MovedRow] | None:
    """Return the rows of a rule that are otherwise in another case.

    `None` where a row is gone, so that how it would move is not to be seen.
    """
    after, by_name = _by_name(rule.rows(case, choose)), _named(solved, rule)
    if not by_name.keys() <= after.keys():
        return None
    return [moved for name, each in by_name.items() if (moved := _moved(solved, each, after[name]))]


def _named(solved: Solved, rule: Rule) -> dict[_Named, RuleRow]:
    """Return the rows of a rule as they were solved, by what they are about."""
    named = _NAMED.setdefault(solved, {})
    if rule.name not in named:
        rows = solved.by_rule[rule.name]
        named[rule.name] = dict(zip(_by_name(each.row for each in rows), rows, strict=True))
    return named[rule.name]


def _by_name(rows: Iterable[Constraint]) -> dict[_Named, Constraint]:
    """Return rows by what they are about; those about the same one after another."""
    seen: Counter[tuple[Key, Sense]] = Counter()
    found = {}
    for each in rows:
        about = (each.key, each.sense)
        found[*about, seen[about]] = each
        seen[about] += 1
    return found


def _moved(solved: Solved, each: RuleRow, after: Constraint) -> MovedRow | None:
    by = after.limit - each.row.limit
    bent = after.left - each.row.left
    bends = False
    for column, share in bent.items():
        if abs(share) > ROUNDING:
            by -= float(share) * solved.value(column)
            bends = True
    return MovedRow(each, by, bends) if bends or abs(by) > ROUNDING else None


def moved_by_people(solved: Solved) -> Mapping[str, list[tuple[RuleRow, float]]]:
    """Return by group which rows a person more of it in every month moves, and by how much.

    Only rules that are declared to go by the people expected are asked.
    """
    choose, found = solved.problem.choose, defaultdict[str, list[tuple[RuleRow, float]]](list)
    for rows in solved.by_rule.values():
        if not rows[0].rule.by_people:
            continue
        for group, moved in _by_group(solved, rows[0].rule, choose):
            found[group].append((moved.row, moved.by))
    return found


def _by_group(solved: Solved, rule: Rule, choose: Decisions) -> Iterator[tuple[str, MovedRow]]:
    """Yield the rows of a rule with the group a person more of whom moves them.

    A row about a group moves with that alone; for the others each group is tried by itself.
    """
    everybody = {key: people + 1.0 for key, people in choose.demand.items()}
    together = moved_rows(solved, rule, solved.case, replace(choose, demand=everybody)) or []
    yield from ((each.row.row.key.group, each) for each in together if each.row.row.key.group)
    if all(each.row.row.key.group for each in together):
        return
    for group in solved.case.groups:
        more = {key: people + (key[0] == group) for key, people in choose.demand.items()}
        moved = moved_rows(solved, rule, solved.case, replace(choose, demand=more)) or []
        yield from ((group, each) for each in moved if not each.row.row.key.group)
