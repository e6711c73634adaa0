"""What columns and rows stand for, as keys: the same thing has the same key in another problem.

A column or row is only a number within its problem. Two problems of cases that differ in a few
cells are held beside each other by these keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import fields

from planner.model.algebra import Columns, Variable
from planner.model.build import Problem
from planner.model.decisions import Decisions

Identities = tuple[Hashable, ...]


def row_identities(problem: Problem) -> Identities:
    """Return one key per solved row: its rule, what it is about, and which of several it is."""
    made: Counter[Hashable] = Counter()
    found: list[Hashable] = []
    for each in problem.rows:
        if each.number is None:
            continue
        about = (each.rule.name, each.row.key)
        found.append((*about, made[about]))
        made[about] += 1
    return tuple(found)


def column_identities(problem: Problem, rows: Identities) -> Identities:
    """Return one key per column: a decision's family and what it is about, or whose breach it is.

    `rows` are the keys of the rows.
    """
    found: list[Hashable] = [None] * len(problem.columns)
    for number, key in chosen_identities(problem.choose).items():
        found[number] = key
    for row, joining in zip(rows, problem.joining.tolist(), strict=True):
        if joining >= 0 and found[joining] is None:
            found[joining] = ("breach", row)
    return tuple(found)


def chosen_identities(choose: Decisions) -> Mapping[int, Hashable]:
    """Return by column what a decision is about: its family and its key."""
    found: dict[int, Hashable] = {}
    for family in fields(choose):
        chosen = getattr(choose, family.name)
        if isinstance(chosen, list):
            chosen = dict(enumerate(chosen))
        if not isinstance(chosen, Mapping):
            continue
        for key, column in chosen.items():
            if isinstance(column, Variable):
                found[Columns.index(column)] = (family.name, key)
    return found
