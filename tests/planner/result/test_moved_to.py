"""Where people move to is told as far as the plan decides it, and no further."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from planner.input.case import Case
from planner.result.moved_to import with_destinations
from planner.verify import ClaimedPlan, verify
from tests.rules.cases import JUL, case, group, location, until
from tests.rules.planned import Planned, planned
from tests.tables import table_rows

Row = tuple[str, float, object]


def three(occupancy: dict[str, int]) -> Case:
    """Return men at three locations, of whom nobody leaves reception."""
    return case(
        *(location(name, beds=50) for name in ("a", "b", "c")),
        groups=[group("men")],
        people={"men": sum(occupancy.values())},
        lives={(name, "men"): count for name, count in occupancy.items()},
        months=1,
    )


def told(of: Case, now: dict[str, float], left: dict[str, float]) -> list[Row]:
    placement = pd.DataFrame(
        [(name, "men", "regular", JUL, count) for name, count in now.items()],
        columns=["location", "group", "kind", "month", "people"],
    )
    moves = pd.DataFrame(
        [(name, "men", JUL, count, None) for name, count in left.items()],
        columns=["location", "group", "month", "people", "to"],
    )
    found = table_rows(with_destinations(of, moves, placement))
    return [(row.location, row.people, row.to) for row in found]


def test_who_leaves_two_locations_goes_to_the_one_that_grew() -> None:
    found = told(three({"a": 10, "b": 10, "c": 0}), {"a": 6, "b": 7, "c": 7}, {"a": 4, "b": 3})
    assert [("a", 4, "c"), ("b", 3, "c")] == found


def test_who_leaves_one_location_is_divided_over_those_that_grew() -> None:
    found = told(three({"a": 20, "b": 0, "c": 0}), {"a": 10, "b": 7, "c": 3}, {"a": 10})
    assert [("a", 7, "b"), ("a", 3, "c")] == found


def test_beside_newcomers_who_leaves_one_location_goes_to_any_that_grew() -> None:
    # Ten left a, and b and c grew by twelve: two of those are new, at b or at c.
    found = told(three({"a": 20, "b": 0, "c": 0}), {"a": 10, "b": 7, "c": 5}, {"a": 10})
    assert [("a", 10, "b;c")] == found


def test_where_no_location_grew_nobody_is_told_a_destination() -> None:
    assert [("a", 10, None)] == told(three({"a": 20}), {"a": 10}, {"a": 10})


def leaving() -> Planned:
    """Return a plan in which twelve men leave a contract that ends for the one location left.

    Three women go the same way.
    """
    return planned(
        case(
            location("a", beds=15, open_until=until(JUL)),
            location("b", beds=20),
            groups=[group("men"), group("women")],
            people={"men": 12, "women": 3},
            lives={("a", "men"): 12, ("a", "women"): 3},
            months=2,
            occupancy_norm=1.0,
        )
    )


def checks(plan: Planned, moves: pd.DataFrame) -> set[str]:
    levels = {each.name: each.value for each in plan.solution.levels}
    tables: dict[str, Any] = {**plan.tables, "moves": moves}
    return {each.check for each in verify(plan.problem.case, ClaimedPlan("middle", levels, tables))}


def test_a_destination_that_is_not_so_is_found() -> None:
    plan = leaving()
    moves = plan.tables["moves"]
    assert [("a", pytest.approx(12.0), "b"), ("a", pytest.approx(3.0), "b")] == [
        (row.location, row.people, row.to) for row in table_rows(moves)
    ]
    assert not checks(plan, moves)
    assert {"moved_to"} == checks(plan, moves.assign(to=pd.Series(["b", None], dtype=object)))
    assert {"moved_to"} == checks(plan, moves.assign(to=["b", "a;b"]))
    assert {"unknown"} == checks(plan, moves.assign(to="elsewhere"))


def test_a_plan_of_before_that_tells_no_destinations_holds() -> None:
    plan = leaving()
    moves = plan.tables["moves"]
    assert not checks(plan, moves.drop(columns="to"))
    # One of today whose column was emptied does not.
    assert {"moved_to"} == checks(plan, moves.assign(to=None))
