"""Rows of the input by the names that people give them."""

from __future__ import annotations

import pytest

from planner.compare.row_names import row_name
from planner.core.texts import Text
from planner.input.column import Column
from planner.input.parameters import supplied
from planner.input.records import table
from planner.model.rules import RULES


def _columns(key: str, *apart: str) -> tuple[Column, ...]:
    return tuple(each for each in table(key).key_columns if each.key not in apart)


@pytest.mark.parametrize(
    ("key", "row", "nl", "en"),
    [
        ("forecast", "2026-08-01|families", "aug 2026 · gezinnen", "Aug 2026 · families"),
        ("forecast", "2026-08-01|eigen", "aug 2026 · eigen", "Aug 2026 · eigen"),
        ("forecast", "ooit|families", "ooit · gezinnen", "ooit · families"),
        ("locations", "L15", "L15 Aan de haven", "L15 Aan de haven"),
        ("locations", "L16", "L16", "L16"),
        ("locations", "a|b", "a|b", "a|b"),
        ("provinces", "Drenthe", "Drenthe", "Drenthe"),
        ("parameters", "eigen", "eigen", "eigen"),
    ],
)
def test_a_row_is_called_as_people_say(key: str, row: str, nl: str, en: str) -> None:
    columns = _columns(key, "scenario")
    assert Text(nl, en) == row_name(key, columns, row, {"L15": "Aan de haven", "L16": "L16"})


def test_a_day_keeps_its_day() -> None:
    name = row_name("occupancy", _columns("occupancy"), "2026-08-04|L15|families")
    assert "4 aug 2026" in name.nl.split(" · ")


def test_parameters_and_rules_go_by_their_titles() -> None:
    columns = _columns("parameters")
    assert supplied()["reserve_places"].title == row_name("parameters", columns, "reserve_places")
    title = next(each.title for each in RULES if each.name == "staff")
    switched = row_name("parameters", columns, "rule_staff")
    assert Text(f"Regel: {title.nl}", f"Rule: {title.en}") == switched
