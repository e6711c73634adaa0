"""Tasks of municipalities are held against their province's, with the cell."""

from __future__ import annotations

import pytest

from planner import api
from planner.core.errors import Severity
from planner.input.case import parse
from planner.input.edits import AddRow, apply


@pytest.mark.parametrize(
    ("tasks", "fault", "severity"),
    [
        ((1.0, 0.0), None, None),
        ((0.5, 0.6), "check.tasks_above", Severity.ERROR),
        ((0.5, 0.4), "check.tasks_below", Severity.REMARK),
    ],
)
def test_tasks_that_do_not_add_up_are_told(
    tasks: tuple[float, float], fault: str | None, severity: Severity | None
) -> None:
    demo = api.open_demo("small")
    first = demo.frame("provinces").iloc[0]
    task, province = float(first["task"]), first["province"]
    edits = [
        AddRow(
            "municipalities",
            2 + at,
            {"municipality": f"Town {at}", "province": province, "task": share * task},
        )
        for at, share in enumerate(tasks)
    ]
    found = parse(apply(demo, edits)[0]).findings
    told = [each for each in found if each.what.key.startswith("check.tasks")]
    assert [fault] * bool(fault) == [each.what.key for each in told]
    assert [severity] * bool(fault) == [each.severity for each in told]
    assert [("municipalities", 3, "task")] * bool(fault) == [
        (each.table, each.row, each.column) for each in told
    ]
