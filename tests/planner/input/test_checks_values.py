from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import SetCell, apply
from planner.input.names import shape_of

Sheets = dict[str, list[list[Any]]]
FindingsOf = Callable[[Sheets], dict[str, list[Finding]]]

CYRILLIC_OOST = "\u041e\u043est"  # begins with two letters that only look like ours


def regions(sheets: Sheets, first: str, second: str) -> None:
    for row, value in zip(sheets["Locaties"], ["Regio", first, second, None], strict=True):
        row.append(value)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Oost", "OOST"), ("Oost", CYRILLIC_OOST), ("Oost", "O\u00adost"), ("Oost", "O-ost")],
)
def test_regions_that_look_alike_are_told_with_both_cells(
    sheets: Sheets, findings_of: FindingsOf, first: str, second: str
) -> None:
    regions(sheets, first, second)

    (found,) = findings_of(sheets)["check.look_alike"]

    assert (Severity.REMARK, "Locaties", "K3") == (found.severity, found.sheet, found.cell)
    assert "Locaties!K2" in found.line(Language.NL)


def test_provinces_groups_scenarios_and_ids_that_look_alike_are_told(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    sheets["Locaties"][2][0] = "l1"
    sheets["Bezetting"][2][1] = "l1"
    sheets["Groepen"].append(["Men", *sheets["Groepen"][1][1:]])
    sheets["Provincies"] = [["Provincie", "Taak"], ["Drenthe", 10], ["drenthe", 20]]
    for name in ("winter", "WINTER"):
        sheets["Prognose"].append([name, dt.date(2026, 7, 1), "men", 150])

    found = findings_of(sheets)["check.look_alike"]

    assert {"Locaties!A3", "Groepen!A3", "Provincies!A3", "Prognose!A5"} == {
        f"{each.sheet}!{each.cell}" for each in found
    }


def test_a_name_that_would_be_several_in_a_cell_of_names_is_refused(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    sheets["Locaties"][2][0] = "L2;L3"
    sheets["Bezetting"][2][1] = "L2;L3"

    (found,) = findings_of(sheets)["check.joiner_in_name"]

    assert (Severity.ERROR, "Locaties", "A3") == (found.severity, found.sheet, found.cell)


def test_names_that_differ_are_not_told(sheets: Sheets, findings_of: FindingsOf) -> None:
    regions(sheets, "Noord", "Noordoost")
    sheets["Locaties"][2][0] = "L1-1"
    sheets["Locaties"][3][0] = "L11"
    sheets["Bezetting"][2][1] = "L1-1"

    assert "check.look_alike" not in findings_of(sheets)


def test_a_sign_between_digits_tells_names_apart() -> None:
    assert shape_of("1-1") != shape_of("11")
    assert shape_of("A 1") == shape_of("a-1")


def test_a_small_number_that_shows_as_a_day_is_questioned(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    sheets["Locaties"][1][4] = dt.date(1900, 1, 12)  # the number 12 in a cell that shows days

    (found,) = findings_of(sheets)["check.day_long_ago"]

    assert (Severity.REMARK, "E2") == (found.severity, found.cell)
    assert "het getal 12 " in found.line(Language.NL)


def test_people_by_the_million_are_questioned_in_every_forecast(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    sheets["Prognose"][1][3] = 10**15
    sheets["Prognose"].append(["high", dt.date(2026, 7, 1), "men", 10**15])
    sheets["Bezetting"][1][3] = 1_000_001

    found = findings_of(sheets)["check.amount_large"]

    assert {"Prognose!D2", "Prognose!D4", "Bezetting!D2"} == {
        f"{each.sheet}!{each.cell}" for each in found
    }


def test_people_by_the_million_are_questioned_in_every_scenario(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    sheets["Scenario's"] = [
        ["Scenario", "Tabel", "Sleutel", "Kolom", "Waarde"],
        ["other", "Locaties", "L1", "Bedden", 10**15],
        ["other", "Locaties", "L1", "Kosten per bed per maand", 10**7],
    ]

    found = findings_of(sheets)["check.amount_large"]

    assert ["E2"] == [each.cell for each in found]


def test_usual_values_are_not_questioned(sheets: Sheets, findings_of: FindingsOf) -> None:
    found = findings_of(sheets)

    assert not {"check.day_long_ago", "check.amount_large", "check.look_alike"} & set(found)


@pytest.mark.parametrize(
    "typed", ["Jan Jansen 1990-01-01 BSN 123456782", "123456782", "v-nr 271 234 5678"]
)
def test_a_person_typed_into_a_table_is_refused(
    sheets: Sheets, make_book: Callable[[Sheets], Book], typed: str
) -> None:
    sheets["Locaties"][0].append("Naam")
    book = make_book(sheets)
    edited, _ = apply(book, (SetCell("locations", 2, "name", typed),))

    parsed = parse(edited)

    (found,) = [each for each in parsed.findings if each.what.key == "check.person"]
    assert (Severity.ERROR, "K2") == (found.severity, found.cell)
    assert "123456782" not in found.line(Language.NL)
    assert parsed.case is None
