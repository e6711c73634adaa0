"""An amount over months is never told in people or places: worked by hand."""

import datetime as dt

import pytest

from planner.core.over_months import OverMonths, amount_words, as_read, unit_over_months
from planner.core.texts import Language, catalogue
from planner.model.rules import RULES

JULY, AUGUST, SEPTEMBER = (dt.date(2026, month, 1) for month in (7, 8, 9))


def in_dutch(amounts: OverMonths) -> str:
    return amounts.words.text(Language.NL)


def test_the_worst_month_and_the_last_stand_before_the_sum() -> None:
    short = OverMonths.of("places", [(JULY, 1200.0), (AUGUST, 13739.0), (SEPTEMBER, 12181.0)])
    assert (AUGUST, 13739.0) == short.worst
    assert (SEPTEMBER, 12181.0) == short.last
    assert 1200.0 + 13739.0 + 12181.0 == short.total
    assert in_dutch(short) == (
        "het meest in aug 2026 (13.739 plaatsen), in sep 2026 12.181 plaatsen; "
        "gemiddeld 9.040 plaatsen in 3 maanden; "
        "samen 27.120 plaatsmaanden"
    )


def test_two_groups_of_one_month_are_added_up_and_two_months_are_not_one_figure() -> None:
    short = OverMonths.of("persons", [(JULY, 3.0), (JULY, 4.0), (AUGUST, 7.0)])
    assert (JULY, 7.0) == short.worst
    assert in_dutch(short) == "7 personen in elke maand; samen 14 persoonsmaanden"


def test_one_month_needs_no_sum() -> None:
    assert in_dutch(OverMonths.of("persons", [(JULY, 1.0)])) == "1 persoon"


def test_the_last_month_to_tell_of_may_have_nothing() -> None:
    short = OverMonths.of("seats", [(JULY, 12.0)], SEPTEMBER)
    assert (SEPTEMBER, 0.0) == short.last
    assert short.after_worst.text(Language.EN) == (
        "0 school seats in Sep 2026; 12 school seats on average in 1 month; 12 seat-months in all"
    )


def test_the_mean_is_of_the_months_in_which_there_is_anything() -> None:
    short = OverMonths.of("persons", [(JULY, 30.0), (AUGUST, 0.0), (SEPTEMBER, 10.0)])
    assert (2, 20.0) == short.mean


def test_no_months_is_no_amount() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        OverMonths.of("persons", [])


def test_nobody_reads_a_decimal_from_ten_on() -> None:
    assert [0.25, 9.87, 10.0, 634118.0] == [as_read(each) for each in (0.25, 9.871, 10.4, 634117.7)]
    assert "81 %" == amount_words(0.8102, "share").text(Language.NL)


def test_nobody_is_told_of_a_part_of_a_person_in_a_month() -> None:
    """4.47 people are 4, of 0.07 there is less than one; a mean of months has no half either."""
    short = OverMonths.of("persons", [(JULY, 4.47), (AUGUST, 0.07)])
    assert in_dutch(short) == (
        "het meest in jul 2026 (4 personen), in aug 2026 minder dan 1 persoon; "
        "gemiddeld 2 personen in 2 maanden; samen 4,54 persoonsmaanden"
    )
    assert "0 personen" == amount_words(0.0, "persons").text(Language.NL)
    assert "4.47 fte" == amount_words(4.47, "fte").text(Language.EN)


def test_every_rule_has_a_unit_over_months_in_both_languages() -> None:
    for rule in RULES:
        text = catalogue()[f"unit.{unit_over_months(rule.unit)}"]
        assert "maand" in text.nl, rule.name
        assert "month" in text.en, rule.name
