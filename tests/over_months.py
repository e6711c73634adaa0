"""Finds sums over months that are told in the unit of one month."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

import pandas as pd

# Smaller sums are too easily the same number as something else.
LEAST = 30
# What a figure of one month may be told by, one of them or two.
_TOLD_BY = ("rule", "level", "location", "group", "kind", "province", "region", "decision")
# What a number of a month is held against, `503 of 458 persons`, is a limit of that month.
_NUMBER = re.compile(
    r"(?<![\d.,])(?<!\d van )(?<!\d of )(\d{1,3}(?:[.,]\d{3})+|\d+)([.,]\d{1,2})?\)?\s+"
    r"(personen|mensen|plaatsen|bedden|schoolplaatsen|fte|persons|people|places|beds|school seats)"
    r"(?![\w-]| per jaar| per year| a year)"
)
OF_A_MONTH = frozenset({"personen", "plaatsen", "bedden", "schoolplaatsen", "fte"}) | frozenset(
    {"persons", "people", "places", "beds", "school seats", "seats"}
)
_MEASURED = (
    ("shortfalls", "amount", ("rule",)),
    ("shortfalls", "amount", ("rule", "location")),
    ("shortfalls", "amount", ("rule", "province")),
    ("shortfalls", "amount", ("rule", "group")),
    ("placement", "people", ()),
    ("placement", "people", ("kind",)),
    ("places", "places", ()),
    ("dol", "prepared", ()),
    ("dol", "people", ()),
    ("demand", "people", ()),
    ("runoff", "shortage", ()),
)


def sums_over_months(tables: Mapping[str, pd.DataFrame]) -> frozenset[int]:
    """Return the sums over several months that a plan may tell, whole.

    Those that are the number of some month, or of anything else in the plan, say nothing and are
    left out.
    """
    sums: set[int] = set()
    months = set(_other_numbers(tables))
    for table, column, keys in _MEASURED:
        frame = tables[table]
        if frame.empty:
            continue
        by_month = frame.groupby([*keys, "month"])[column].sum()
        months |= {round(each) for each in by_month} | {round(each) for each in frame[column]}
        groups = by_month.groupby(list(keys)) if keys else ((None, by_month),)
        sums |= {round(each.sum()) for _, each in groups if len(each) > 1}
    return frozenset(each for each in sums - months if each >= LEAST)


def _other_numbers(tables: Mapping[str, pd.DataFrame]) -> Iterator[int]:
    """Yield every number of a month that a plan may tell, whole, and every other that it has."""
    for frame in tables.values():
        numbers = [name for name in frame.columns if frame[name].dtype == float]
        named = [name for name in _TOLD_BY if name in frame.columns]
        for column in numbers:
            yield from (round(each) for each in frame[column] if math.isfinite(each))
            if "month" not in frame.columns:
                continue
            for count in range(3):
                for keys in combinations(named, count):
                    of_month = frame.groupby([*keys, "month"])[column].sum()
                    yield from (round(each) for each in of_month)
                    # The worst month and the mean are told of every grouping.
                    if keys:
                        means = of_month.groupby(list(keys)).mean()
                        yield from (round(each) for each in means)
                    else:
                        yield round(float(of_month.mean())) if len(of_month) else 0


def told_by_month(text: str, sums: Iterable[int]) -> list[str]:
    """Return where a text tells one of the sums in people or places."""
    known = frozenset(sums)
    return [
        found.group()
        for found in _NUMBER.finditer(text)
        if round(_value(found[1], found[2] or "")) in known
    ]


def _value(whole: str, decimals: str) -> float:
    """Return a number as it is written, in either language."""
    return float(re.sub(r"[.,]", "", whole) + decimals.replace(",", "."))


def rows_by_month(
    rows: Iterable[Iterable[object]], sums: Iterable[int]
) -> list[tuple[object, ...]]:
    """Return the rows in which a sum stands before a cell with the unit of one month."""
    known = frozenset(sums)
    wrong = []
    for each in rows:
        row = tuple(each)
        for number, unit in pairwise(row):
            told = str(unit).split(" in ")[0].strip()
            if isinstance(number, int | float) and round(number) in known and told in OF_A_MONTH:
                wrong.append(row)
    return wrong
