"""What may be typed below a column's title, and which cells pass it."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.core.texts import Language
from planner.input.records import table
from ui.tables.filtering import passing

NUMBERS = [100, 250, 1200.5, None, "veel"]
DAYS = [dt.date(2026, 3, 1), dt.date(2027, 3, 1), None]


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        (">100", Language.NL, [250, 1200.5]),
        (">=100", Language.NL, [100, 250, 1200.5]),
        ("<1.200,5", Language.NL, [100, 250]),
        ("<=1,200.5", Language.EN, [100, 250, 1200.5]),
        ("=100", Language.NL, [100]),
        ("<>100", Language.NL, [250, 1200.5, None, "veel"]),
        ("=", Language.NL, [None]),
        ("<>", Language.NL, [100, 250, 1200.5, "veel"]),
        ("25", Language.NL, [250]),
        ("VEEL", Language.NL, ["veel"]),
        ("> veel", Language.NL, []),
    ],
)
def test_numbers_are_narrowed(typed: str, language: Language, expected: list[object]) -> None:
    passes = passing(table("locations").column("beds"), typed, language)
    assert expected == [each for each in NUMBERS if passes(each)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (">mrt 2026", [DAYS[1]]),
        ("<=2026-03", [DAYS[0]]),
        ("=1-3-2027", [DAYS[1]]),
        ("2027", [DAYS[1]]),
        ("=", [None]),
    ],
)
def test_months_are_narrowed_as_they_are_typed(typed: str, expected: list[object]) -> None:
    passes = passing(table("forecast").column("month"), typed, Language.NL)
    assert expected == [each for each in DAYS if passes(each)]


def test_a_listed_value_passes_by_its_word() -> None:
    passes = passing(table("locations").column("type"), "=asielzoekerscentrum", Language.NL)
    assert passes("azc")
    assert not passes("col")


def test_a_day_never_passes_a_bound_of_a_number() -> None:
    passes = passing(table("scenarios").column("value"), ">1", Language.NL)
    assert [2] == [each for each in (2, dt.date(2026, 1, 1), "x") if passes(each)]
