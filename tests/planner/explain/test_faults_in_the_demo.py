"""A wrong cell in the small demo is the first cause of what falls short more by it.

The demo falls short by itself too, and other figures explain as much: unlike in the tiny cases.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache

import pytest

from planner.api import open_demo
from planner.explain.causes.likeliest import Causes
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.book import Book, RawValue
from planner.input.edits import SetCell, apply
from planner.planning import PlanOptions, solved_plan
from tests.small_plan import small_book

# As many as a plan of this size is given.
TRIALS = 40
KEYS = {"locations": "id", "groups": "group", "parameters": "parameter", "ceilings": "name"}
# What the demo calls these rows, in its language.
CALLED = {
    "dol_band_low": "DOL-band, ondergrens",
    "occupancy_norm": "Bezettingsnorm",
    "unaccompanied_minors": "alleenstaande minderjarigen",
}
FAULTS: tuple[tuple[str, str, str, RawValue], ...] = (
    ("locations", "L05", "open_until", dt.date(2026, 11, 30)),
    ("locations", "L04", "open_until", dt.date(2026, 9, 30)),
    ("locations", "L06", "open_until", dt.date(2026, 8, 31)),
    ("locations", "L09", "beds", 6),
    ("locations", "L01", "beds", 16),
    ("ceilings", "Demo Veenkamp", "people", 15),
    ("locations", "L03", "max_people", 53),
    ("locations", "L09", "school_seats", 4),
    ("locations", "L05", "staff_fte", 5.5),
    ("parameters", "dol_band_low", "value", 720),
    ("parameters", "occupancy_norm", "value", 0.5),
    ("locations", "L05", "occupancy_norm", 0.3),
    ("groups", "unaccompanied_minors", "minors", "uitgesloten"),
    ("locations", "L20", "open_from", dt.date(2027, 10, 1)),
    ("locations", "L20", "lead_time_months", 12),
)

pytestmark = pytest.mark.slow


def solved(book: Book) -> Solved:
    made = solved_plan(book, options=PlanOptions(whole=True, trials=0))
    assert made.solution is not None
    return Solved.of(made.problem, made.solution)


@cache
def as_supplied() -> Solved:
    return solved(open_demo("small"))


def by_rule(of: Solved) -> Counter[str]:
    amounts: Counter[str] = Counter()
    for each in shortfalls(of):
        amounts[each.rule.name] += each.weighted  # type: ignore[assignment] # in the rule's unit
    return amounts


def most_worse(faulty: Solved) -> Shortfall:
    """Return what falls short more, of the rule that does most at the first level that is worse."""
    levels = zip(as_supplied().solution.levels, faulty.solution.levels, strict=True)
    worse = next(at for at, (was, now) in enumerate(levels) if now.value > was.value + 1e-3)
    before, after = by_rule(as_supplied()), by_rule(faulty)
    here = [each for each in shortfalls(faulty) if each.level == worse]
    rule = max({each.rule.name for each in here}, key=lambda name: after[name] - before[name])
    known = {(each.rule.name, each.key): each.weighted for each in shortfalls(as_supplied())}
    mine = [each for each in here if each.rule.name == rule]
    return max(mine, key=lambda e: (not e.others, e.weighted - known.get((rule, e.key), 0.0)))


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{key} {column}" for _, key, column, _ in FAULTS])
def test_a_wrong_cell_of_the_demo_is_the_first_cause(
    fault: tuple[str, str, str, RawValue],
) -> None:
    table, key, column, value = fault
    frame = small_book().tables[table].frame
    (row,) = frame.index[frame[KEYS[table]] == CALLED.get(key, key)]
    faulty = solved(apply(small_book(), (SetCell(table, int(row), column, value),))[0])

    first = Causes(faulty, Trials(faulty, TRIALS)).of(most_worse(faulty)).causes[0]

    assert (table, key, column) in first.cells
