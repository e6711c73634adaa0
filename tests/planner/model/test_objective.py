"""The order of the levels, and how the priorities change it."""

from typing import Any

import pytest

from planner.model.objective import levels_in_order
from tests.rules.cases import case

USUAL = (
    "unplaced",
    "protected",
    "shared",
    "norm",
    "emergency",
    "dublin",
    "reserve",
    "provinces_worst",
    "provinces",
    "moves",
    "cost",
    "change",
)


@pytest.mark.parametrize(
    ("priorities", "expected"),
    [
        ({}, USUAL),
        # However low it is set, nothing goes before who goes without a place.
        (
            {"priority_moves": -1},
            (*USUAL[:3], "moves", *USUAL[3:9], "cost", "change"),
        ),
        # Nor does anything come after cost.
        (
            {"priority_norm": 99},
            (*USUAL[:3], *USUAL[4:10], "norm", "cost", "change"),
        ),
        # Both levels of the provinces go together, the worst first.
        (
            {"priority_provinces": 3.5},
            (*USUAL[:4], "provinces_worst", "provinces", *USUAL[4:7], "moves", "cost", "change"),
        ),
        # Equals keep the order in which they are listed.
        ({"priority_norm": 8, "priority_moves": 8}, (*USUAL[:3], *USUAL[4:9], "norm", *USUAL[9:])),
    ],
)
def test_the_planner_orders_the_levels_between_sharing_and_cost(
    priorities: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert expected == tuple(each.level.value for each in levels_in_order(case(**priorities)))
