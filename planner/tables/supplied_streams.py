"""The supplied rows of the table Streams, for a workbook that gives none."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from planner.tables.kinds import StayFamily
from planner.tables.people import Stream


@cache
def supplied_streams() -> tuple[Stream, ...]:
    """Return the rows of `seeds/streams.csv`."""
    text = (files("seeds") / "streams.csv").read_text(encoding="utf-8")
    return tuple(map(_stream, csv.DictReader(text.splitlines())))


@cache
def stream_source(stream: str, group: str) -> str:
    """Return where a supplied row comes from, empty where there is no such row."""
    text = (files("seeds") / "streams.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if (row["stream"], row["group"]) == (stream, group):
            return row["source"]
    return ""


def _stream(row: Mapping[str, str]) -> Stream:
    return Stream(
        stream=row["stream"],
        group=row["group"],
        share=_number(row["share"]),
        share_parameter=row["share_parameter"],
        delay_months=_number(row["delay_months"]),
        stay_months=_number(row["stay_months"]),
        stay_family=StayFamily(row["stay_family"]),  # type: ignore[call-arg] # looked up by value
        stay_spread=_number(row["stay_spread"]),
        leave_parameter=row["leave_parameter"],
        group_before_start=row["group_before_start"],
    )


def _number(written: str) -> float | None:
    return float(written) if written else None
