"""The supplied rows of the tables Streams and Stages, and the numbers of supplied groups.

Streams and stages hold for a workbook without rows of Streams; numbers tell what is usual.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from planner.input.kinds import StayFamily, Suitability
from planner.input.records import table
from planner.input.streams import Stage, Stream
from planner.input.values import read_value


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


# The columns with numbers that are the same wherever people are planned for, and those that name
# a row in the supplied file.
_NUMBERS = ("stay_months", "delay_months", "share", "school_share", "staff_per_100", "women_share")
_ROW_KEYS = {
    "groups": ("group",),
    "streams": ("stream", "stage_left", "group", "stage"),
    "stages": ("stage", "group"),
}


@cache
def supplied_numbers() -> Mapping[str, Mapping[tuple[str, ...], Mapping[str, float]]]:
    """Return the supplied numbers above nothing of each table, by what names a row and column."""
    return {
        key: {
            tuple(row[name] for name in names): {
                column: float(row[column])
                for column in _NUMBERS
                if row.get(column) and float(row[column]) > 0
            }
            for row in _rows(key)
        }
        for key, names in _ROW_KEYS.items()
    }


# What tells one group from another.
_NATURE = ("needs_child_suitable", "needs_women_safe", "needs_accessible", "protected", "ground")


@cache
def supplied_natures() -> Mapping[str, Mapping[str, object]]:
    """Return of each supplied group what it needs and on what ground it is there, by column."""
    declared = table("groups")
    return {
        row["group"]: {key: read_value(declared.column(key), row[key]) for key in _NATURE}
        for row in _rows("groups")
    }


@cache
def supplied_groups_of(key: str) -> Mapping[str, frozenset[str]]:
    """Return which groups the supplied rows of each stream, or of each stage, are about."""
    name, groups = _ROW_KEYS[key][0], defaultdict[str, set[str]](set)
    for row in _rows(key):
        groups[row[name]].add(row["group"])
    return {each: frozenset(found) for each, found in groups.items()}


@cache
def supplied_answers() -> Mapping[str, Mapping[str, object]]:
    """Return of each supplied group which kinds of place suit it, and which shares it has."""
    kinds = [each for each in table("groups").columns if each.choices is Suitability]
    shares = [table("groups").column(key) for key in ("families_share", "women_share")]
    return {
        row["group"]: {
            each.key: read_value(each, row[each.key]) for each in (*kinds, *shares) if row[each.key]
        }
        for row in _rows("groups")
    }


def key_of_supplied(key: str, record: object) -> tuple[str, ...]:
    """Return what names a row of groups, streams or stages in the supplied file."""
    return tuple(str(getattr(record, name)) for name in _ROW_KEYS[key])


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
