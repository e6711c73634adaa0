"""Findings that say the same of cells of one column, told once.

A group misspelled in thirty rows is one mistake, with the first cell and the last one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.core.errors import Finding
from planner.core.texts import Language


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in their order, those that say the same of cells of one column as one."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for at, each in enumerate(findings):
        words = (each.what.text(Language.EN), each.todo.text(Language.EN))
        place = (each.sheet, each.table, each.column) if each.cell and each.column else (at,)
        alike.setdefault((*place, each.severity, *words), []).append(each)
    return tuple(
        first
        if not more
        else replace(first, cell=f"{first.cell}\u2013{more[-1].cell} ({len(more) + 1}\u00d7)")
        for first, *more in alike.values()
    )
