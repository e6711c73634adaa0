"""What people really mistype is told with its cell, and what they mean stays silent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.input.book import Book
from planner.input.edits import AddRow, Edit, SetCell, apply
from planner.input.supplied_names import Named, title_of
from planner.input.typed import read_tables
from tests.tables import row_called

FILES = Path(__file__).parents[2] / "files"
SUSPICIOUS = "suspicious."


def suspicions(book: Book, scenario: str | None = None) -> list[Finding]:
    found = api.check(book, scenario).findings
    return [each for each in found if each.what.key.startswith(SUSPICIOUS)]


def row_of(book: Book, table: str, **key: object) -> int:
    return row_called(book, table, **key)


def changed(book: Book, *edits: Edit) -> Book:
    return apply(book, edits)[0]


@pytest.fixture(scope="module")
def small() -> Book:
    return api.open_demo("small")


LOCATION: dict[str, tuple[str, Any, str, str]] = {
    # ten times the neighbours
    "beds": ("L07", 3500, "size_unlike", "beds"),
    "staff": ("L07", 320.0, "size_unlike", "staff_fte"),
    "a digit less": ("L07", 35, "size_unlike", "beds"),
    "dearer": ("L04", 25300, "cost_unlike", "cost_per_bed_month"),
    "thousands of euros": ("L04", 2.53, "cost_unlike", "cost_per_bed_month"),
    "seats": ("L04", 1100, "part_over_beds", "school_seats"),
    "accessible": ("L04", 600, "part_over_beds", "accessible_beds"),
    "intake": ("L01", 3600, "part_over_beds", "intake_per_week"),
    "maximum": ("L04", 52, "most_of_beds", "max_people"),
    "days for months": ("L20", 60, "lead_time_long", "lead_time_months"),
    # last year's, or digits swapped
    "last year's end": ("L06", dt.date(2026, 2, 28), "contract_over", "open_until"),
    "next year's begin": ("L03", dt.date(2027, 1, 1), "opened_later", "open_from"),
    "2062 for 2026": ("L06", dt.date(2062, 2, 28), "day_far", "open_until"),
    # what must stay empty for what may be full
    "norm": ("L04", 0.09, "norm_low", "occupancy_norm"),
}


@pytest.mark.parametrize("slip", LOCATION)
def test_a_slip_on_a_location_is_told_at_its_cell(small: Book, slip: str) -> None:
    location, typed, fault, column = LOCATION[slip]
    row = row_of(small, "locations", id=location)
    book = changed(small, SetCell("locations", row, column, typed))

    found = [each for each in suspicions(book) if each.what.key == SUSPICIOUS + fault]

    sheet = book.tables["locations"]
    assert [(Severity.REMARK, sheet.address(row, column))] == [
        (each.severity, each.cell) for each in found
    ]


@pytest.mark.parametrize("month", [1, 3, 6, 12])
@pytest.mark.parametrize("times", [10, 0.1])
def test_a_month_at_ten_times_its_neighbours_is_told_alone(
    small: Book, month: int, times: float
) -> None:
    typed = read_tables(small)[0]
    rows = [
        each
        for each in typed.rows("inflow")
        if (each.record.scenario, each.record.stream) == ("middle", "first_applications")
    ]
    each = rows[month]
    book = changed(small, SetCell("inflow", each.row, "people", times * each.record.people))

    found = [one for one in suspicions(book) if one.what.key == "suspicious.month_leap"]

    assert [each.row] == [one.row for one in found]


def test_a_share_as_a_percentage_is_refused_with_how_to_write_it(small: Book) -> None:
    row = row_of(small, "groups", group="families")
    book = changed(small, SetCell("groups", row, "school_share", 35))

    (found,) = [one for one in api.check(book).findings if one.what.key == "value.too_high"]

    assert Severity.ERROR is found.severity
    assert "0.35" in found.todo.both.en


def test_a_share_divided_by_a_hundred_again_is_told(small: Book) -> None:
    row = row_of(small, "parameters", parameter="granted_share")
    book = changed(small, SetCell("parameters", row, "value", 0.0033))

    (found,) = suspicions(book)

    assert ("suspicious.parameter_far", row, "value") == (found.what.key, found.row, found.column)
    assert "0.0033" in found.line(Language.EN)
    assert "0.33" in found.line(Language.EN)


def test_the_unit_of_a_parameter_is_told_in_the_language_of_the_reader(small: Book) -> None:
    row = row_of(small, "parameters", parameter="transfer_months")

    (found,) = suspicions(changed(small, SetCell("parameters", row, "value", 180)))

    assert "(maanden)" in found.what.both.nl
    assert "(months)" in found.what.both.en


def test_a_flipped_sign_says_what_was_meant(small: Book) -> None:
    row = row_of(small, "locations", id="L04")
    book = changed(small, SetCell("locations", row, "beds", -520))

    (found,) = [one for one in api.check(book).findings if one.what.key == "value.too_low"]

    assert "schrijf 520 als het minteken een vergissing is" in found.line(Language.NL)


def test_the_one_preference_of_another_sign_is_told(small: Book) -> None:
    amounts = (100, 120, -90, 80, 110)
    book = changed(
        small,
        *(
            AddRow(
                "preferences",
                number,
                {"group": "families", "location": f"L0{number + 1}", "cost_per_person_month": each},
            )
            for number, each in enumerate(amounts, start=2)
        ),
    )

    (found,) = suspicions(book)

    assert ("suspicious.sign_flipped", 4) == (found.what.key, found.row)


def test_beds_without_end_are_told(small: Book) -> None:
    row = row_of(small, "locations", id="L04")
    book = changed(small, SetCell("locations", row, "beds", 10**15))

    cell = small.tables["locations"].address(row, "beds")
    assert any(
        each.cell == cell and each.what.key == "check.amount_large"
        for each in api.check(book).findings
    )


ELSEWHERE: dict[str, tuple[str, dict[str, Any], str, Any, str]] = {
    "days": ("groups", {"group": "single_men"}, "stay_months", 417, "stay_long"),
    "a head": ("groups", {"group": "single_men"}, "staff_per_100", 0.0915, "staff_per_head"),
    "empty part": ("parameters", {"parameter": "occupancy_norm"}, "value", 0.09, "norm_low"),
    "term": ("parameters", {"parameter": "transfer_months"}, "value", 180, "parameter_far"),
    "digits changed places": (
        "parameters", {"parameter": "needs_assessment_capacity"}, "value", 314, "parameter_part",
    ),
    "last year's month": (
        "ceilings", {"name": "Demo Veenkamp"}, "month", dt.date(2025, 9, 1), "month_not_planned",
    ),
    "a digit too many": ("scenarios", {"column": "Verblijfsduur"}, "value", 67, "change_far"),
}  # fmt: skip


@pytest.mark.parametrize("slip", ELSEWHERE)
def test_a_slip_elsewhere_is_told_at_its_cell(small: Book, slip: str) -> None:
    table, key, column, typed, fault = ELSEWHERE[slip]
    row = row_of(small, table, **key)
    book = changed(small, SetCell(table, row, column, typed))

    found = [each for each in suspicions(book) if each.what.key == SUSPICIOUS + fault]

    assert [(table, row, column)] == [(each.table, each.row, each.column) for each in found]


@pytest.mark.parametrize(("written", "told"), [("Gezinnen", 1), ("families ", 0)])
def test_a_group_of_ones_own_with_a_supplied_name_is_told(
    small: Book, written: str, told: int
) -> None:
    """Families need a child-suitable location as supplied; the code itself is meant as such.

    One answer that is otherwise is in doubt itself; where it is two, the name is.
    """
    row = row_of(small, "groups", group="families")
    named = changed(small, SetCell("groups", row, "group", written))
    key = SUSPICIOUS + "name_supplied"
    assert key not in {each.what.key for each in suspicions(named)}

    other = changed(named, SetCell("groups", row, "needs_child_suitable", "nee"))
    found = [each for each in suspicions(other) if each.what.key == key]

    at = ("groups", row, "needs_child_suitable")
    assert [at] * told == [(e.table, e.row, e.column) for e in found]
    two = changed(other, SetCell("groups", row, "needs_women_safe", "nee"))
    assert [("groups", row, "group")] * told == [
        (e.table, e.row, e.column) for e in suspicions(two) if e.what.key == key
    ]
    assert all("Gezinnen" in e.what.text(Language.NL) for e in found)
    assert all("Kindgeschikt nodig" in e.what.text(Language.NL) for e in found)


@pytest.mark.parametrize(
    ("table", "column", "code", "name", "group"),
    [
        ("streams", "stream", "resettled", "Hervestiging", "permit_holders"),
        ("stages", "stage", "permit", "Wacht op huisvesting", "permit_holders"),
    ],
)
@pytest.mark.parametrize("by_code", [False, True])
def test_a_stream_or_stage_of_ones_own_with_a_supplied_name_is_told(  # noqa: PLR0913, PLR0917 - a row and its cells
    small: Book, table: str, column: str, code: str, name: str, group: str, *, by_code: bool
) -> None:
    """As supplied one group is in it; with that group it is the supplied one, with another not."""
    row = row_of(small, table, **{column: code})
    named = changed(small, SetCell(table, row, column, code if by_code else name))
    key = SUSPICIOUS + "flow_supplied"
    assert key not in {each.what.key for each in suspicions(named)}

    other = changed(named, SetCell(table, row, "group", "families"))
    found = [each for each in suspicions(other) if each.what.key == key]

    at = [] if by_code else [(table, row, column)]
    assert at == [(each.table, each.row, each.column) for each in found]
    assert all(title_of(Named.GROUPS, group).nl in e.what.text(Language.NL) for e in found)


def test_a_slip_in_a_scenario_is_told_where_the_scenario_changes_it(small: Book) -> None:
    row = row_of(small, "scenarios", scenario="longer_contracts", column="Open tot en met")
    book = changed(small, SetCell("scenarios", row, "value", dt.date(2026, 4, 30)))

    (found,) = suspicions(book, "longer_contracts")

    assert ("suspicious.contract_over", "scenarios", row) == (
        found.what.key, found.table, found.row,
    )  # fmt: skip


def test_a_term_that_a_scenario_chooses_is_no_slip(small: Book) -> None:
    """Four months for 36 are questioned in the sheet; the six that a scenario takes are not."""
    row = row_of(small, "parameters", parameter="transfer_abscond_months")
    book = changed(small, SetCell("parameters", row, "value", 4))

    assert ["suspicious.parameter_far"] == [each.what.key for each in suspicions(book)]
    assert [] == suspicions(small, "term_after_return")


def test_a_location_pasted_twice_is_told(small: Book) -> None:
    row = row_of(small, "locations", id="L04")
    sheet = small.tables["locations"]
    cells = {key: small.cell("locations", row, key) for key in sheet.positions}
    book = changed(small, AddRow("locations", sheet.next_row, {**cells, "id": "L44"}))

    assert ["suspicious.location_twice"] == [each.what.key for each in suspicions(book)]


def test_a_place_in_another_province_is_told() -> None:
    book = api.open_demo("national")
    row = row_of(book, "locations", id="N003")
    book = changed(book, SetCell("locations", row, "longitude", 3.6))

    (found,) = suspicions(book)

    assert ("suspicious.place_far", row, "longitude") == (found.what.key, found.row, found.column)


def test_a_forecast_that_begins_far_from_the_count_is_told(small: Book) -> None:
    counted = sum(
        each.record.people
        for each in read_tables(small)[0].rows("occupancy")
        if each.record.group == "families"
    )
    months = [dt.date(2026, month, 1) for month in range(7, 13)]
    book = changed(
        small,
        *(
            AddRow(
                "forecast",
                number,
                {"scenario": "middle", "month": month, "group": "families", "people": 10 * counted},
            )
            for number, month in enumerate(months, start=2)
        ),
    )

    assert ["suspicious.forecast_leap"] == [each.what.key for each in suspicions(book)]


def honest() -> list[Book]:
    """Return every file of the tests that can be read, and all demo cases."""
    books = [api.open_demo("small"), api.open_demo("national")]
    books += [read_seed_book(name, Language.NL) for name in ("from_2025", "year_2024")]
    for path in sorted(FILES.rglob("*.*")):
        try:
            books.append(api.open_workbook(path))
        except UnusableInputError:
            continue  # a file with a password
    return books


def test_at_most_one_cell_in_two_thousand_of_honest_files_is_questioned() -> None:
    alarms = cells = 0
    for book in honest():
        cells += sum(int(sheet.frame.notna().sum().sum()) for sheet in book.tables.values())
        for scenario in (None, *api.scenario_names(book)):
            alarms += len(suspicions(book, scenario))

    assert cells > 20_000
    assert alarms <= cells / 2_000
