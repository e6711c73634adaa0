"""The figures that answer first, and the sentence made of them: two months, worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from planner.core.texts import Language
from planner.result.main_figures import MainFigures, headline

JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


def tables(*, unplaced: float = 0.0) -> dict[str, pd.DataFrame]:
    """Return two months: in August 40 of the 70 people of Dublin are in DOL, 25 elsewhere."""
    short = [("dublin_outside_dol", "dublin", AUGUST, 25.0)]
    if unplaced:
        short += [("everyone_placed", "dublin", AUGUST, unplaced)]
        short += [("everyone_placed", "men", AUGUST, 10.0)]
    return {
        "runoff": pd.DataFrame({"month": [JULY, AUGUST], "needed_beds": [100.0, 150.0]}),
        "demand": pd.DataFrame(
            [("men", JULY, 90.0), ("men", AUGUST, 60.0), ("dublin", AUGUST, 70.0)],
            columns=["group", "month", "people"],
        ),
        "placement": pd.DataFrame(
            [
                ("A", "men", "regular", JULY, 80.0),
                ("B", "men", "emergency_tent", JULY, 10.0),
                ("A", "dublin", "dol", AUGUST, 40.0),
            ],
            columns=["location", "group", "kind", "month", "people"],
        ),
        "places": pd.DataFrame(
            [
                ("A", "regular", JULY, 120.0),
                ("A", "dol", JULY, 120.0),  # the same beds
                ("B", "emergency_tent", JULY, 20.0),
                ("A", "regular", AUGUST, 120.0),
            ],
            columns=["location", "kind", "month", "beds"],
        ),
        "dol": pd.DataFrame(
            [("A", AUGUST, 50.0, 40.0)], columns=["location", "month", "prepared", "people"]
        ),
        "shortfalls": pd.DataFrame(short, columns=["rule", "group", "month", "amount"]),
    }


def test_the_month_that_matters_is_that_without_a_place_then_of_emergency_then_the_last() -> None:
    # In August 15 people have no place, in July 10 live in emergency reception.
    assert AUGUST == MainFigures.of(tables(unplaced=5.0)).month_that_matters
    calm = MainFigures.of(tables())
    assert JULY == calm.month_that_matters
    assert AUGUST == replace(calm, emergency=(0.0, 0.0)).month_that_matters


def test_each_figure_is_told_by_month() -> None:
    found = MainFigures.of(tables(unplaced=5.0))
    assert (JULY, AUGUST) == found.months
    assert (0.0, 15.0) == found.without_place
    assert (10.0, 0.0) == found.emergency
    assert (0.0, 50.0) == found.dol_places
    # In DOL 40, elsewhere 25, without a place 5 of the group that belongs there.
    assert (0.0, 70.0) == found.dol_needed
    assert (0.0, 20.0) == found.dol_short
    assert (140.0, 120.0) == found.beds
    assert (100.0, 150.0) == found.beds_needed


def test_the_answer_is_one_sentence_in_both_languages() -> None:
    given = tables()
    said = headline(MainFigures.of(given), given)
    assert (
        "Iedereen heeft een plaats; in aug 2026 zijn er 50 DOL-plaatsen waar er 65 nodig zijn; "
        "noodopvang gaat van 10 mensen in jul 2026 naar niemand na jul 2026."
    ) == said.text(Language.NL)
    assert said.text(Language.EN).startswith("Everyone has a place; in Aug 2026 there are 50 DOL")


def test_who_has_no_place_is_named_and_only_counted_before_the_plan_is_whole() -> None:
    given = tables(unplaced=5.0)
    found = MainFigures.of(given)
    said = headline(found, given).text(Language.NL)
    assert "In aug 2026 is er voor 15 mensen geen plaats (men 10 van 60; dublin 5 van 70);" in said
    assert "In aug 2026 is er voor 15 mensen geen plaats;" in headline(found).text(Language.NL)


@pytest.mark.parametrize(
    ("emergency", "said"),
    [
        ((0.0, 0.2), "niemand woont in noodopvang"),
        ((30.0, 20.0), "noodopvang gaat van 30 mensen in jul 2026 naar 20 in aug 2026"),
    ],
)
def test_emergency_reception_is_told_from_the_first_month_to_the_last(
    emergency: tuple[float, float], said: str
) -> None:
    found = replace(MainFigures.of(tables()), emergency=emergency)
    assert said in headline(found).text(Language.NL)


def test_dol_that_is_enough_or_not_needed_is_told_as_such() -> None:
    found = MainFigures.of(tables())
    enough = replace(found, dol_places=(0.0, 70.0))
    assert "genoeg DOL-plaatsen: ten hoogste 70 ingericht, ten hoogste 65 nodig" in headline(
        enough
    ).text(Language.NL)
    none = replace(found, dol_places=(0.0, 0.0), dol_needed=(0.0, 0.0))
    assert "DOL is niet nodig" in headline(none).text(Language.NL)
