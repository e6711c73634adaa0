"""What leaves the house: no small number is told, and none can be worked back from what is."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import pytest
from scipy.optimize import linprog

from planner.result.small_numbers import CountRow, WithheldCount, withheld

LEAST = 5
Counts = Mapping[tuple[CountRow, str], float]


def table(seed: int) -> Counts:
    chance = random.Random(seed)  # noqa: S311 - tables to try
    counts = {}
    for row in range(chance.randint(1, 5)):
        for column in range(chance.randint(1, 4)):
            value = chance.choice([0, 0, 1, 2, 3, 4, 5, 12, 60, 200])
            if value:
                counts[(f"L{row}", "regular"), f"g{column}"] = float(value)
    return counts


def span(tallies: tuple[WithheldCount, ...], of: WithheldCount) -> float:
    """How far apart the least and the most are that a withheld count can be, by what is told."""
    rows = sorted({each.row for each in tallies if each.row})
    columns = sorted({each.column for each in tallies if each.column})
    told = {(each.row, each.column): each.value for each in tallies}
    places = [(row, column) for row in [*rows, None] for column in [*columns, None]]
    at = {place: number for number, place in enumerate(places)}
    equal = []
    for row in [*rows, None]:
        line = np.zeros(len(places))
        line[[at[row, column] for column in columns]] = 1
        line[at[row, None]] = -1
        equal.append(line)
    for column in [*columns, None]:
        line = np.zeros(len(places))
        line[[at[row, column] for row in rows]] = 1
        line[at[None, column]] = -1
        equal.append(line)
    # What is not told at all is nobody; what is withheld may be any number.
    bounds = [
        (0, None) if told.get(place, 0.0) is None else (told.get(place, 0.0),) * 2
        for place in places
    ]
    aim = np.zeros(len(places))
    aim[at[of.row, of.column]] = 1
    zero = np.zeros(len(equal))
    low, high = (
        linprog(way * aim, A_eq=np.array(equal), b_eq=zero, bounds=bounds) for way in (1, -1)
    )
    if high.status == 3:  # without an end
        return np.inf
    assert (0, 0) == (low.status, high.status)
    return float(-high.fun - low.fun)


@pytest.mark.parametrize("seed", range(25))
def test_no_small_number_can_be_worked_back_to_within_the_bound(seed: int) -> None:
    counts = table(seed)
    tallies = withheld(LEAST, counts)[0]
    assert [] == [each for each in tallies if each.value is not None and 0 < each.value < LEAST]
    small = {at for at, value in _true(counts).items() if 0 < value < LEAST}
    assert small <= {(each.row, each.column) for each in tallies if each.value is None}
    assert [] == [
        each for each in tallies if (each.row, each.column) in small and span(tallies, each) < LEAST
    ]


@pytest.mark.parametrize("seed", range(25))
def test_every_count_and_total_that_is_told_is_right(seed: int) -> None:
    counts = table(seed)
    true = _true(counts)
    tallies = withheld(LEAST, counts)[0]
    assert all(
        each.value == true.get((each.row, each.column), 0.0)
        for each in tallies
        if each.value is not None
    )
    assert set(true) <= {(each.row, each.column) for each in tallies}


def test_a_small_number_alone_could_be_worked_back() -> None:
    # Two groups at two places: 100 + 3 = 103, so who knows the totals knows the 3.
    counts = {
        (("L1", "regular"), "men"): 100.0, (("L1", "regular"), "women"): 3.0,
        (("L2", "regular"), "men"): 50.0, (("L2", "regular"), "women"): 40.0,
    }  # fmt: skip
    only = tuple(
        WithheldCount(*at, None if value < LEAST else value) for at, value in _true(counts).items()
    )
    (three,) = (each for each in only if each.value is None)
    assert 0 == pytest.approx(span(only, three))
    tallies = withheld(LEAST, counts)[0]
    empty = {(each.row, each.column) for each in tallies if each.value is None}
    assert set(counts) == empty  # the four cells; all totals are told
    assert 43 == pytest.approx(span(tallies, three))  # 0 to 43


def test_with_nothing_small_all_is_told() -> None:
    counts = {(("L1", "regular"), "men"): 100.0, (("L2", "regular"), "men"): 5.0}
    assert all(each.value is not None for each in withheld(LEAST, counts)[0])


def _true(counts: Counts) -> dict[tuple[CountRow | None, str | None], float]:
    true: dict[tuple[CountRow | None, str | None], float] = {}
    for (row, column), value in counts.items():
        for at in ((row, column), (row, None), (None, column), (None, None)):
            true[at] = true.get(at, 0.0) + value
    return true
