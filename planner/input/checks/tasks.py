"""Checks on tasks under the Distribution Act: those of municipalities against their province's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.typed import TypedRow, TypedTables

_ROUNDING = 0.5


def tasks_add_up(typed: TypedTables) -> Iterator[Finding]:
    """Yield provinces whose municipalities' tasks do not add up to their own.

    More is an error; less may be as only some municipalities are given, so is a remark.
    """
    tasks = {each.province: each.task for each in typed.records("provinces")}
    by_province: dict[str, list[TypedRow]] = defaultdict(list)
    for each in typed.rows("municipalities"):
        if each.record.task is not None:
            by_province[each.record.province].append(each)
    for province, rows in by_province.items():
        task = tasks.get(province)
        together = sum(each.record.task for each in rows)
        if task is None or abs(together - task) <= _ROUNDING:
            continue
        fault = "tasks_above" if together > task else "tasks_below"
        severity = Severity.ERROR if together > task else Severity.REMARK
        what = message(f"check.{fault}", province=province, together=together, task=task)
        todo = message(f"check.{fault}.todo", province=province)
        yield typed.finding(severity, "municipalities", rows[-1].row, "task", what, todo)
