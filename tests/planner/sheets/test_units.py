"""A figure stands with its unit: one in the singular, more in the plural."""

import pytest

from planner.sheets.units import figure_text


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1.0, "person-months", ("1 persoonsmaand", "1 person-month")),
        (2.0, "person-months", ("2 persoonsmaanden", "2 person-months")),
        (1.0, "locations", ("1 locatie", "1 location")),
        (1.0, "euro", ("1 euro", "1 euro")),
        (0.01, "share", ("1 %", "1 %")),
    ],
)
def test_one_stands_in_the_singular(value: float, unit: str, told: tuple[str, str]) -> None:
    text = figure_text(value, unit)

    assert told == (text.nl, text.en)
