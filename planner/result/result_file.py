"""The result file: a plan as one JSON object, plain numbers, months as `YYYY-MM-01`."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

import pandas as pd

from planner.core.texts import Text
from planner.result.plan import Plan

VERSION = 1

TABLES = (
    "placement",
    "places",
    "dol",
    "shortfalls",
    "moves",
    "decisions",
    "runoff",
    "demand",
    "checks",
    "costs",
    "questions",
    "children",
    "rules",
    "explanation",
)


def result_record(plan: Plan) -> dict[str, object]:
    """Return a plan as the object of the result file."""
    return {
        "version": VERSION,
        "fingerprint": plan.fingerprint,
        "scenario": plan.scenario,
        "ending": plan.ending.value,
        "levels": [
            {"name": each.name, "unit": each.unit, "value": each.value} for each in plan.levels
        ],
        "measures": {
            name: {"value": each.value, "unit": each.unit} for name, each in plan.measures.items()
        },
        "tables": {
            name: _records(plan.tables[name]) if name in plan.tables else [] for name in TABLES
        },
        "timings": dict(plan.timings),
        "notes": [{"nl": each.both.nl, "en": each.both.en} for each in plan.notes],
        "provenance": dict(plan.provenance),
    }


def _records(frame: pd.DataFrame) -> list[Mapping[str, object]]:
    names = [str(name) for name in frame.columns]
    columns = [[_plain(value) for value in frame[name].tolist()] for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _plain(value: object) -> object:
    """Return a value as JSON holds it; what is not there is null, a text has both languages."""
    if isinstance(value, Text):
        return {"nl": value.nl, "en": value.en}
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
