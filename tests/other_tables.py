"""A plan with other figures than it came to, for tests of what is said of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from planner.result import PlanOfBook
from planner.result.plan import LevelValue, Quantity


def with_tables(plan: PlanOfBook, tables: Mapping[str, pd.DataFrame], **changes: Any) -> PlanOfBook:
    """Return a plan with these result tables, `levels` and `measures` among them."""
    rows = dict(tables)
    levels = rows.pop("levels", None)
    measures = rows.pop("measures", None)
    other = replace(plan.plan, tables={**plan.plan.tables, **rows})
    if levels is not None:
        columns = zip(levels["name"], levels["unit"], levels["value"], strict=True)
        other = replace(other, levels=tuple(LevelValue(*row) for row in columns))
    if measures is not None:
        columns = zip(measures["name"], measures["value"], measures["unit"], strict=True)
        other = replace(other, measures={name: Quantity(*row) for name, *row in columns})
    return replace(plan, plan=other, **changes)
