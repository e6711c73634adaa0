from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.input.book import Book, CellError
from planner.input.case import parse
from planner.input.names import nearest, plain, tidy
from planner.input.recognise import names_of
from planner.input.records import TABLES

Sheets = dict[str, list[list[Any]]]
MakeBook = Callable[[Sheets], Book]


def only(findings: tuple[Finding, ...], key: str) -> Finding:
    (found,) = [each for each in findings if each.what.key == key]
    return found


@pytest.mark.parametrize(
    "name", ["Locaties", "Locations", "locations", " LOCATIES ", "loca ties", "Loca_ties"]
)
def test_a_sheet_is_known_by_any_of_its_names(
    sheets: Sheets, make_book: MakeBook, name: str
) -> None:
    sheets = {name if each == "Locaties" else each: rows for each, rows in sheets.items()}

    book = make_book(sheets)

    assert name == book.tables["locations"].name
    assert book.findings == ()


@pytest.mark.parametrize(
    "header", ["Bedden", "beds", "BEDS", "  Beds ", "bed den", "Bed-den", "b_e_d_s"]
)
def test_a_column_is_known_by_any_of_its_names(
    sheets: Sheets, make_book: MakeBook, header: str
) -> None:
    sheets["Locaties"][0][3] = header

    assert [120, 80, 60] == make_book(sheets).frame("locations")["beds"].tolist()


def test_columns_may_stand_in_any_order(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Locaties"] = [list(reversed(row)) for row in sheets["Locaties"]]

    book = make_book(sheets)

    assert ["L1", "L2", "L3"] == book.frame("locations")["id"].tolist()
    assert "J2" == book.tables["locations"].address(2, "id")


def test_names_of_one_table_do_not_clash() -> None:
    titles = [plain(name) for each in TABLES for name in set(map(plain, names_of(each)))]
    assert len(titles) == len(set(titles))
    for declared in TABLES:
        names = [name for each in declared.columns for name in set(map(plain, names_of(each)))]
        assert sorted(set(names)) == sorted(names), declared.key


def test_the_header_may_stand_below_titles(sheets: Sheets, make_book: MakeBook) -> None:
    top: list[list[Any]] = [["Overzicht locaties"], ["Peildatum", "30 juni"], [], [None, "Type"]]
    sheets["Locaties"] = [*top, *sheets["Locaties"]]

    book = make_book(sheets)

    assert 5 == book.tables["locations"].header_row
    assert [6, 7, 8] == book.frame("locations").index.tolist()
    assert parse(book).case is not None


def test_empty_rows_are_passed_over_and_row_numbers_stay(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Bezetting"].insert(2, [None, " ", None, None])

    book = make_book(sheets)

    assert [2, 4] == book.frame("occupancy").index.tolist()
    assert "D4" == book.tables["occupancy"].address(4, "people")


def test_values_stay_as_they_are(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Locaties"][1][3] = "1.200"
    sheets["Locaties"][2][3] = CellError("#N/A")
    sheets["Locaties"][3][3] = None

    beds = make_book(sheets).frame("locations")["beds"].tolist()

    assert ["1.200", CellError("#N/A"), None] == beds


def test_an_unknown_sheet_is_kept_and_told(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Notities"] = [["let op"]]

    book = make_book(sheets)

    found = only(book.findings, "finding.sheet_unknown")
    assert (Severity.REMARK, "Notities") == (found.severity, found.sheet)
    assert "Notities" in [each.name for each in book.sheets]


@pytest.mark.parametrize(("name", "meant"), [("Bezeting", "Bezetting"), ("Locatie", "Locaties")])
def test_a_misspelt_sheet_is_told_with_the_nearest_name(
    sheets: Sheets, make_book: MakeBook, name: str, meant: str
) -> None:
    sheets[name] = sheets.pop(meant)

    found = only(make_book(sheets).findings, "finding.sheet_unknown")

    assert (
        f"\N{LEFT SINGLE QUOTATION MARK}{meant}\N{RIGHT SINGLE QUOTATION MARK}"
        in found.todo.text(Language.NL)
    )


def test_a_sheet_of_another_name_is_known_by_its_columns(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Blad1"] = sheets.pop("Bezetting")

    found = only(make_book(sheets).findings, "finding.sheet_unknown")

    assert "“Occupancy”" in found.todo.text(Language.EN)


def test_a_missing_sheet_is_an_error(sheets: Sheets, make_book: MakeBook) -> None:
    del sheets["Groepen"]

    found = only(parse(make_book(sheets)).findings, "finding.sheet_missing")

    assert (Severity.ERROR, "groups") == (found.severity, found.table)


def test_an_unknown_column_is_told_with_the_nearest_name(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Locaties"][0][8] = "DOL-beden"

    found = only(make_book(sheets).findings, "finding.column_unknown")

    assert (Severity.REMARK, "I1") == (found.severity, found.cell)
    assert (
        "\N{LEFT SINGLE QUOTATION MARK}DOL-bedden\N{RIGHT SINGLE QUOTATION MARK}"
        in found.todo.text(Language.NL)
    )


def test_a_column_without_a_header_is_told(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Bezetting"][2].append("was 45")

    found = only(make_book(sheets).findings, "finding.column_headless")

    assert ("Bezetting", "E3") == (found.sheet, found.cell)


def test_a_missing_column_is_an_error(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Locaties"] = [row[:3] + row[4:] for row in sheets["Locaties"]]

    found = only(make_book(sheets).findings, "finding.column_missing")

    assert (Severity.ERROR, "Locaties", "beds") == (found.severity, found.sheet, found.column)


def test_a_column_that_stands_twice_is_an_error(sheets: Sheets, make_book: MakeBook) -> None:
    for row, value in zip(sheets["Bezetting"], ["People", 1, 2], strict=True):
        row.append(value)

    book = make_book(sheets)

    found = only(book.findings, "finding.column_twice")
    assert (Severity.ERROR, "E1") == (found.severity, found.cell)
    assert [100, 40] == book.frame("occupancy")["people"].tolist()


def test_two_sheets_for_one_table_are_an_error(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Locations"] = sheets["Locaties"]

    found = only(make_book(sheets).findings, "finding.sheet_twice")

    assert (Severity.ERROR, "Locations") == (found.severity, found.sheet)
    assert "Locaties" in found.what.text(Language.EN)


@pytest.mark.parametrize(
    ("rows", "key"), [([], "finding.sheet_empty"), ([["iets"], ["anders"]], "finding.no_header")]
)
def test_a_table_without_a_header_is_an_error(
    sheets: Sheets, make_book: MakeBook, rows: list[list[str]], key: str
) -> None:
    sheets["Groepen"] = rows

    findings = parse(make_book(sheets)).findings

    assert "Groepen" == only(findings, key).sheet
    assert "finding.sheet_missing" not in {each.what.key for each in findings}


def test_a_table_that_may_be_left_out_may_be_empty(sheets: Sheets, make_book: MakeBook) -> None:
    sheets["Plafonds"] = []
    sheets["Voorkeuren"] = [["Groep"]]

    assert make_book(sheets).findings == ()


@pytest.mark.parametrize(
    "header", ["BSN", "V-nummer", "Geboortedatum", "date of birth", "Achternaam", "First name"]
)
@pytest.mark.parametrize("name", ["Bezetting", "Blad1"])
def test_a_sheet_of_single_persons_is_refused_and_not_kept(
    sheets: Sheets, make_book: MakeBook, header: str, name: str
) -> None:
    sheets[name] = [["Overzicht"], ["Nr", header], [1, "x"]]

    book = make_book(sheets)

    found = only(book.findings, "finding.persons")
    assert (Severity.ERROR, name, "B2") == (found.severity, found.sheet, found.cell)
    assert name not in [each.name for each in book.sheets]
    assert parse(book).case is None


def test_a_column_of_citizen_service_numbers_is_refused(
    sheets: Sheets, make_book: MakeBook
) -> None:
    # Made-up numbers that pass the eleven test; none is told in the finding.
    numbers = ["111222333", 123456782, "100000009", 100000010.0, "100000022", "100000034"]
    sheets["Blad1"] = [["nummer"], *([number] for number in numbers)]

    findings = make_book(sheets).findings

    found = only(findings, "finding.persons")
    assert "A2" == found.cell
    assert "111222333" not in found.line(Language.NL)


def test_other_long_numbers_are_no_citizen_service_numbers(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Blad1"] = [["kosten"], *([100000000 + number] for number in range(40))]

    assert "finding.persons" not in {each.what.key for each in make_book(sheets).findings}


def test_names_are_compared_plainly() -> None:
    assert "doltijdelijk2" == plain(" DOL-tijdelijk_(2) ")
    assert "Ter Apel" == tidy(" Ter\u00a0 Apel\u200b")
    assert "Bezetting" == nearest("bezeting", ["Locaties", "Bezetting"])
    assert nearest("iets anders", ["Locaties", "Bezetting"]) is None


def test_the_small_book_is_valid(sheets: Sheets, make_book: MakeBook) -> None:
    case = parse(make_book(sheets)).case

    assert case is not None
    assert (dt.date(2026, 7, 1), dt.date(2026, 8, 1)) == case.months
