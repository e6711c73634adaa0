"""The supplied rows of the tables Streams and Stages, for a workbook without rows of Streams."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from planner.input.kinds import StayFamily
from planner.input.streams import Stage, Stream


@cache
def supplied_streams() -> tuple[Stream, ...]:
    """Return the rows of `seeds/streams.csv`."""
    return tuple(map(_stream, _rows("streams")))


@cache
def supplied_stages() -> tuple[Stage, ...]:
    """Return the rows of `seeds/stages.csv`."""
    return tuple(map(_stage, _rows("stages")))


@cache
def stream_source(of: Stream) -> str:
    """Return where a supplied row comes from, empty where there is no such row."""
    for row in _rows("streams"):
        found = _stream(row)
        if _where(found) == _where(of):
            return row["source"]
    return ""


def _where(of: Stream) -> tuple[str, ...]:
    return of.stream, of.stage_left, of.group, of.stage


def _rows(table: str) -> Iterator[Mapping[str, str]]:
    text = (files("seeds") / f"{table}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


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
        stage_left=row["stage_left"],
        stage=row["stage"],
    )


def _stage(row: Mapping[str, str]) -> Stage:
    return Stage(
        stage=row["stage"],
        group=row["group"],
        stay_months=_number(row["stay_months"]),
        stay_parameter=row["stay_parameter"],
        stay_family=StayFamily(row["stay_family"]),  # type: ignore[call-arg] # looked up by value
        stay_spread=_number(row["stay_spread"]),
        term_parameter=row["term_parameter"],
        share_at_start=_number(row["share_at_start"]),
        run_off_order=int(row["run_off_order"]) if row["run_off_order"] else None,
    )


def _number(written: str) -> float | None:
    return float(written) if written else None
