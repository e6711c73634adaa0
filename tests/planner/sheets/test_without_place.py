"""The first sentence of every summary: who has no place, per group, in the worst month."""

import datetime as dt

import pandas as pd
import pytest

from planner.core.texts import Language
from planner.sheets.without_place import placing_sentence

JUL, AUG = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


def tables(*missing: tuple[str, dt.date, float]) -> dict[str, pd.DataFrame]:
    present = [
        (name, month, 40.0) for name in ("single_men", "dublin_single") for month in (JUL, AUG)
    ]
    short = [("everyone_placed", *row) for row in missing] + [("moves", "single_men", JUL, 99.0)]
    return {
        "demand": pd.DataFrame(present, columns=["group", "month", "people"]),
        "shortfalls": pd.DataFrame(short, columns=["rule", "group", "month", "amount"]),
    }


def test_the_worst_month_is_told_with_every_group_that_lacks_a_place() -> None:
    told = placing_sentence(
        tables(("single_men", JUL, 30.0), ("single_men", AUG, 25.0), ("dublin_single", AUG, 10.0))
    )
    assert (
        "Niet voor iedereen is een plaats: in de slechtste maand, aug 2026, ontbreekt die voor 35 "
        "mensen: alleenstaande mannen 25 van 40; Dublin alleenstaand 10 van 40."
    ) == told.text(Language.NL)
    assert (
        "There is not a place for everyone: in the worst month, Aug 2026, 35 people have none: "
        "single men 25 of 40; Dublin single 10 of 40."
    ) == told.text(Language.EN)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        # Half of each would make 8 + 3 of 10.
        ((7.5, 2.5), "10 people have none: single men 8 of 40; Dublin single 2 of 40"),
        ((0.9, 0.2), "1 person has none: single men 1 of 40"),
    ],
)
def test_whole_persons_add_up_to_the_whole(amounts: tuple[float, float], words: str) -> None:
    short = zip(("single_men", "dublin_single"), amounts, strict=True)
    told = placing_sentence(tables(*((name, JUL, amount) for name, amount in short)))
    assert words in told.text(Language.EN)


def test_where_everyone_has_a_place_the_busiest_month_says_so() -> None:
    told = placing_sentence(tables(("single_men", JUL, 0.2)))
    assert (
        "There is a place for everyone, also in the busiest month, Jul 2026: 80 people."
    ) == told.text(Language.EN)
