# ruff: noqa: DTZ001 - a sheet knows no time zones
from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.core.texts import Language
from planner.input.book import CellError, RawValue, Uncalculated
from planner.input.column import Column, ColumnType, table_of
from planner.input.kinds import LocationType, PlaceKind, Status, Suitability
from planner.input.people import Group
from planner.input.records import table
from planner.input.values import UnreadableValueError, is_empty, read_value

BEDS = table("locations").column("beds")
COST = table("locations").column("cost_per_bed_month")
LATITUDE = table("locations").column("latitude")
NORM = table("locations").column("occupancy_norm")
TYPE = table("locations").column("type")
YES = table("locations").column("child_suitable")
DATE = table("locations").column("open_until")
MONTH = table("forecast").column("month")
ID = table("locations").column("id")
NAME = table("locations").column("name")
LIST = table("ceilings").column("locations")
ANY = table("scenarios").column("value")
KIND = table("previous_plan").column("kind")
SIGNED = table("preferences").column("cost_per_person_month")

READ = [
    # Numbers as numbers.
    (BEDS, 120, 120),
    (BEDS, 120.0, 120),
    (BEDS, 119.99999999999999, 120),
    (COST, 2530.5, 2530.5),
    (NORM, 1, 1.0),
    # Numbers as text, in both notations.
    (BEDS, "120", 120),
    (BEDS, " 1 200 ", 1200),
    (BEDS, "1\u00a0200", 1200),
    (BEDS, "1\u202f200", 1200),
    (BEDS, "1.200", 1200),
    (BEDS, "1,200", 1200),
    (BEDS, "1.234.567", 1234567),
    (COST, "1.234,5", 1234.5),
    (COST, "1,234.5", 1234.5),
    (COST, "3,5", 3.5),
    (COST, "3.5", 3.5),
    (COST, "1234.567", 1234.567),
    (COST, "0,125", 0.125),
    (COST, "€ 2.530,50", 2530.5),
    (COST, "12,50 €", 12.5),
    (SIGNED, "\u22123,5", -3.5),
    (SIGNED, "-3.5", -3.5),
    # The bounds leave one reading.
    (LATITUDE, "52.877", 52.877),
    (LATITUDE, "52,877", 52.877),
    (NORM, "0.910", 0.91),
    (NORM, "91%", 0.91),
    (NORM, "91 %", 0.91),
    # Days and months.
    (DATE, dt.date(2026, 12, 31), dt.date(2026, 12, 31)),
    (DATE, dt.datetime(2026, 12, 31), dt.date(2026, 12, 31)),
    (DATE, dt.datetime(2026, 6, 30, 14, 5), dt.date(2026, 6, 30)),
    (DATE, "2026-12-31", dt.date(2026, 12, 31)),
    (DATE, "2026-12-31 00:00:00", dt.date(2026, 12, 31)),
    (DATE, "2026/12/31", dt.date(2026, 12, 31)),
    (DATE, "31-12-2026", dt.date(2026, 12, 31)),
    (DATE, "12/31/2026", dt.date(2026, 12, 31)),
    (DATE, "03-03-2026", dt.date(2026, 3, 3)),
    (DATE, "03.04.2026", dt.date(2026, 4, 3)),
    (DATE, "1 januari 2026", dt.date(2026, 1, 1)),
    (DATE, "1 mrt. 2026", dt.date(2026, 3, 1)),
    (DATE, "1st March 2026", dt.date(2026, 3, 1)),
    (DATE, "March 1, 2026", dt.date(2026, 3, 1)),
    (DATE, "1-okt-2026", dt.date(2026, 10, 1)),
    (DATE, "1 december 2026", dt.date(2026, 12, 1)),
    (MONTH, dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
    (MONTH, dt.datetime(2026, 7, 1), dt.date(2026, 7, 1)),
    (MONTH, "2026-07", dt.date(2026, 7, 1)),
    (MONTH, "7-2026", dt.date(2026, 7, 1)),
    (MONTH, "jul 2026", dt.date(2026, 7, 1)),
    (MONTH, "mei 2026", dt.date(2026, 5, 1)),
    (MONTH, "1 juli 2026", dt.date(2026, 7, 1)),
    (MONTH, "01-04-2026", dt.date(2026, 4, 1)),
    # Yes and no.
    (YES, True, True),
    (YES, False, False),
    (YES, "Ja", True),
    (YES, "nee", False),
    (YES, "YES", True),
    (YES, "no", False),
    (YES, "x", True),
    (YES, 1, True),
    (YES, 0, False),
    (YES, 1.0, True),
    (YES, "ONWAAR", False),
    (YES, " Ja\u00a0", True),
    (YES, "X\u200b", True),
    # Listed values, by key and label.
    (TYPE, "azc", LocationType.AZC),
    (TYPE, " AZC ", LocationType.AZC),
    (TYPE, "asielzoekerscentrum", LocationType.AZC),
    (TYPE, "Asylum Seekers' Centre", LocationType.AZC),
    (TYPE, "azc accelerated", LocationType.AZC_ACCELERATED),
    (TYPE, "Noodopvanglocatie  gebouw", LocationType.EMERGENCY_FIXED),
    (KIND, "DOL", PlaceKind.DOL),
    (KIND, "Bijzondere zorg", PlaceKind.SPECIAL),
    # Codes and text.
    (ID, 101, "101"),
    (ID, 101.0, "101"),
    (ID, "  L01\u00a0", "L01"),
    (ID, "\ufeffL01", "L01"),
    (ID, "1.5", "1.5"),
    (NAME, 12.0, "12"),
    (NAME, "Ter  Apel", "Ter Apel"),
    (LIST, "N001; N088;", ("N001", "N088")),
    (LIST, 101, ("101",)),
    (LIST, "L1;L1", ("L1",)),
    (ANY, 3.5, 3.5),
    (ANY, True, True),
    (ANY, " azc ", "azc"),
    (ANY, dt.date(2026, 1, 1), dt.date(2026, 1, 1)),
]


@pytest.mark.parametrize(("column", "raw", "expected"), READ)
def test_reads(column: Column, raw: RawValue | None, expected: object) -> None:
    value = read_value(column, raw)

    assert (expected, type(expected)) == (value, type(value))


@pytest.mark.parametrize("raw", [None, "", "   ", "\u00a0", "\u200b"])
@pytest.mark.parametrize("column", [BEDS, COST, DATE, MONTH, TYPE, YES, ID, NAME, LIST, ANY])
def test_empty_is_nothing_and_never_zero(column: Column, raw: RawValue | None) -> None:
    assert read_value(column, raw) is None
    assert is_empty(raw)


REFUSED = [
    (BEDS, CellError("#N/A"), "value.cell_error", "#N/A"),
    (ANY, CellError("#REF!"), "value.cell_error", "#REF!"),
    (COST, Uncalculated("=A1*2"), "value.uncalculated", "=A1*2"),
    (COST, float("nan"), "value.not_finite", "nan"),
    (ANY, float("inf"), "value.not_finite", "inf"),
    (BEDS, 3.5, "value.not_whole", "3.5"),
    (BEDS, "3,5", "value.not_whole", "3,5"),
    (BEDS, -1e308, "value.not_finite", "-1e+308"),
    (BEDS, -1, "value.too_low", "0"),
    (BEDS, "-20", "value.too_low", "0"),
    (NORM, 91, "value.too_high", "1"),
    (LATITUDE, 5.1, "value.too_low", "50,5"),
    (BEDS, "veel", "value.not_number", "veel"),
    (BEDS, "12 34", "value.not_number", "12 34"),
    (COST, "1.2.3", "value.not_number", "1.2.3"),
    (COST, "1,23,4", "value.not_number", "1,23,4"),
    (COST, "1e3", "value.not_number", "1e3"),
    (COST, "inf", "value.not_number", "inf"),
    (BEDS, "12%", "value.not_number", "12%"),
    (BEDS, True, "value.yes_no_for_number", "getal"),
    (COST, dt.date(2026, 1, 1), "value.date_for_number", "2026-01-01"),
    (DATE, "31-12-26", "value.not_date", "vier cijfers"),
    (DATE, "2026-02-30", "value.not_date", "2026-02-30"),
    (DATE, "jan 2026", "value.not_date", "jan 2026"),
    (DATE, "soon", "value.not_date", "soon"),
    (DATE, True, "value.not_date", "True"),
    (DATE, dt.time(12), "value.not_date", "12:00:00"),
    (DATE, 46387, "value.number_for_date", "31 dec 2026"),
    (DATE, 1e12, "value.not_date", "1000000000000"),
    (DATE, "3026-01-01", "value.odd_year", "2199"),
    (DATE, dt.date(1026, 1, 1), "value.odd_year", "1900"),
    (MONTH, dt.date(2026, 7, 15), "value.not_first_of_month", "2026-07-01"),
    (MONTH, "03-04-2026", "value.not_first_of_month", "2026-04-01"),
    (MONTH, "04-01-2026", "value.two_dates", "1 apr 2026"),
    (MONTH, 202607, "value.not_date", "202607"),
    (MONTH, 46204, "value.number_for_date", "1 jul 2026"),
    (TYPE, "kantoor", "value.not_listed", "asielzoekerscentrum"),
    (YES, "misschien", "value.not_yes_no", "misschien"),
    (YES, 2, "value.not_yes_no", "2"),
    *(
        (YES, odd, "value.not_yes_no", str(odd))
        for odd in ("ja?", "$x", "-1", "=1", "0%", "(nee)", "x/", "j.a", "ja!", "#1", "+0", -1)
    ),
    (ID, True, "value.not_identifier", "True"),
    (ID, dt.date(2026, 2, 1), "value.not_identifier", "2026-02-01"),
    (BEDS, "1.200.000,5", "value.not_whole", "1.200.000,5"),
]


@pytest.mark.parametrize(("column", "raw", "fault", "told"), REFUSED)
def test_refuses_with_the_reason(column: Column, raw: RawValue, fault: str, told: str) -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_value(column, raw)

    words = caught.value.what.text(Language.NL) + caught.value.todo.text(Language.NL)
    assert fault == caught.value.what.key
    assert told in words
    assert caught.value.todo.text(Language.EN)


@pytest.mark.parametrize(
    ("column", "raw", "first", "second"),
    [
        (COST, "1.200", "1200", "1,2"),
        (COST, "1,200", "1200", "1,2"),
        (SIGNED, "-1.200", "-1200", "-1,2"),
        (BEDS, "1.000", "1000", "1 "),
        (DATE, "03-04-2026", "3 apr 2026", "4 mrt 2026"),
        (DATE, "3/4/2026", "3 apr 2026", "4 mrt 2026"),
    ],
)
def test_shows_both_readings_of_what_is_ambiguous(
    column: Column, raw: str, first: str, second: str
) -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_value(column, raw)

    words = caught.value.what.text(Language.NL)
    assert "two" in caught.value.what.key
    assert first in words
    assert second in words


def test_suggests_the_nearest_listed_value() -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_value(TYPE, "asielzoekercentrum")

    assert (
        "\N{LEFT SINGLE QUOTATION MARK}asielzoekerscentrum\N{RIGHT SINGLE QUOTATION MARK}"
        in caught.value.todo.text(Language.NL)
    )
    assert "“asylum seekers' centre”" in caught.value.todo.text(Language.EN)


def test_long_texts_are_cut_in_findings() -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_value(BEDS, "veel " * 100)

    assert len(caught.value.what.text(Language.NL)) < 100


@pytest.mark.parametrize("listed", [LocationType, PlaceKind, Status, Suitability])
def test_every_key_and_label_reads_as_its_own_value(listed: type[LocationType]) -> None:
    column = replace(TYPE, choices=listed)
    for member in listed:
        for name in (member.value, member.label.nl, member.label.en):
            assert member is read_value(column, name)


@pytest.mark.parametrize("written", ["fallback", "uitwijk", "Terugval"])
def test_a_label_that_a_value_had_before_is_still_read(written: str) -> None:
    column = table_of(Group).column("regular")
    assert Suitability.FALLBACK is read_value(column, written)


def test_every_type_of_column_can_be_read() -> None:
    for holds in ColumnType:
        choices = Status if holds is ColumnType.CHOICE else None
        assert read_value(replace(NAME, holds=holds, choices=choices), None) is None
