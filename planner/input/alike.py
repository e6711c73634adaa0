"""Findings that say the same of cells of one column, told once.

A group misspelled in thirty rows is one mistake, with the first cell and the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.core.errors import Finding
from planner.core.texts import Language


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in their order, those that say the same of cells of one column as one."""
    return tuple(map(as_one, alike(findings)))


def alike(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Return findings in their order, those that say the same of cells of one column together."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for at, each in enumerate(findings):
        words = (each.what.text(Language.EN), each.todo.text(Language.EN))
        place = (each.sheet, each.table, each.column) if each.cell and each.column else (at,)
        found.setdefault((*place, each.severity, *words), []).append(each)
    return tuple(map(tuple, found.values()))


def as_one(findings: Sequence[Finding]) -> Finding:
    """Return alike findings as one, with the first cell and the last one."""
    first, *more = findings
    if not more:
        return first
    return replace(first, cell=f"{first.cell}\u2013{more[-1].cell} ({len(findings)}\u00d7)")
