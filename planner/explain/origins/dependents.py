"""What rests on a cell of the input: the rules and the rows in which its value stands."""

from __future__ import annotations

from planner.explain.origins.row_words import shown_cell, shown_rule
from planner.explain.origins.trace import Tracer
from planner.result.queries import Dependents


def dependents(tracer: Tracer, table: str, row: int, column: str) -> Dependents:
    """Return the rules that rest on a cell, each with its rows; `KeyError` without such a cell."""
    found = tracer.depends(table, row, column)
    rules = tuple(shown_rule(tracer.solved, rows) for rows in found.values())
    return Dependents(shown_cell(tracer, tracer.cell(table, row, column)), rules)
