from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from planner.core.errors import Finding, Severity
from planner.core.texts import Language
from planner.input.checks import CHECKS

Sheets = dict[str, list[list[Any]]]
FindingsOf = Callable[[Sheets], dict[str, list[Finding]]]

ERROR, REMARK = Severity.ERROR, Severity.REMARK
TYPE, STATUS, BEDS, FROM, UNTIL, EXTENDABLE, LEAD, DOL, PREPARED = range(1, 10)


def test_a_valid_book_has_no_finding_of_a_check(sheets: Sheets, findings_of: FindingsOf) -> None:
    assert not [key for key in findings_of(sheets) if key.startswith("check.")]


def location(row: int, column: int, value: object) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        sheets["Locaties"][row][column] = value

    return change


def cell(sheet: str, row: int, column: int, value: object) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        sheets[sheet][row][column] = value

    return change


def added(sheet: str, *rows: list[Any]) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        sheets[sheet].extend(rows)

    return change


def parameter(*row: object) -> Callable[[Sheets], None]:
    return added("Parameters", list(row))


def edit(table: str, key: str, column: str) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        header = ["Scenario", "Tabel", "Sleutel", "Kolom", "Waarde"]
        sheets["Scenarios"] = [header, ["middle", table, key, column, 5]]

    return change


JUL, SEP = dt.date(2026, 7, 1), dt.date(2026, 9, 1)
DAY = dt.date(2026, 6, 30)

CASES = [
    (location(1, UNTIL, dt.date(2019, 1, 1)), "ends_before_start", ERROR, "Locaties", "F2"),
    (location(1, EXTENDABLE, dt.date(2030, 6, 1)), "extends_before_end", ERROR, "Locaties", "G2"),
    (location(2, EXTENDABLE, dt.date(2030, 6, 1)), "extends_endless", REMARK, "Locaties", "F3"),
    (location(1, DOL, 121), "dol_over_beds", ERROR, "Locaties", "I2"),
    (location(2, DOL, 10), "dol_not_regular", ERROR, "Locaties", "I3"),
    (location(1, PREPARED, 21), "dol_prepared_over_dol", ERROR, "Locaties", "J2"),
    (cell("Bezetting", 1, 3, 121), "people_over_beds", REMARK, "Bezetting", "D2"),
    (added("Bezetting", [DAY, "L3", "men", 1]), "candidate_lived_in", ERROR, "Bezetting", "D4"),
    (added("Locaties", ["L4", "azc", "open", 5, *[None] * 6]), "not_counted", REMARK,
     "Locaties", "A5"),
    (location(3, LEAD, 2), "takes_no_part", REMARK, "Locaties", "H4"),
    (location(2, UNTIL, dt.date(2026, 7, 30)), "takes_no_part", REMARK, "Locaties", "F3"),
    (cell("Bezetting", 2, 0, dt.date(2026, 5, 31)), "past_count", REMARK, "Bezetting", "A3"),
    (added("Groepen", ["none", *["barred"] * 10]), "group_barred", ERROR, "Groepen", "A3"),
    (cell("Groepen", 1, 9, "barred"), "will_move", REMARK, "Bezetting", "D3"),
    (added("Prognose", ["middle", dt.date(2026, 6, 1), "men", 1]), "forecast_past", REMARK,
     "Prognose", "B4"),
    (added("Prognose", ["old", dt.date(2026, 6, 1), "men", 1]), "forecast_over", ERROR,
     "Prognose", "B4"),
    (added("Prognose", ["middle", dt.date(2031, 7, 1), "men", 1]), "forecast_far", ERROR,
     "Prognose", "B4"),
    (cell("Prognose", 2, 1, SEP), "forecast_gap", REMARK, "Prognose", "C2"),
    (added("Groepen", ["women", *["preferred"] * 10]), "forecast_groups", REMARK,
     "Prognose", "A2"),
    (cell("Parameters", 1, 1, 91), "parameter_high", ERROR, "Parameters", "B2"),
    (cell("Parameters", 1, 1, 0), "parameter_low", ERROR, "Parameters", "B2"),
    (parameter("reserve_places", -5), "parameter_low", ERROR, "Parameters", "B3"),
    (parameter("registration_stay_days", 0), "parameter_low", ERROR, "Parameters", "B3"),
    (parameter("registration_stay_days", 40), "parameter_high", ERROR, "Parameters", "B3"),
    (parameter("school_holiday_first_month", 13), "parameter_high", ERROR, "Parameters", "B3"),
    (added("Parameters", ["dol_band_low", 2500], ["dol_band_high", 2000]), "dol_band", ERROR,
     "Parameters", "B3"),
    # The upper bound is the planner's; the lower one is then the supplied 1,200.
    (parameter("dol_band_high", 1000), "dol_band", ERROR, "Parameters", "B3"),
    (parameter("border_places", 211, SEP, JUL), "validity", ERROR, "Parameters", "D3"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "key", "severity", "sheet", "at"), CASES)
def test_a_check_tells_what_is_wrong_and_where(  # noqa: PLR0913, PLR0917 - a table of cases
    sheets: Sheets,
    findings_of: FindingsOf,
    change: Callable[[Sheets], None],
    key: str,
    severity: Severity,
    sheet: str,
    at: str,
) -> None:
    change(sheets)

    found = findings_of(sheets)[f"check.{key}"][0]

    assert (severity, sheet, at) == (found.severity, found.sheet, found.cell)
    for language in Language:
        assert "{" not in found.line(language)


@pytest.mark.parametrize("name", ["Locaties", "Bezetting", "Groepen"])
def test_a_needed_table_without_rows_is_an_error(
    sheets: Sheets, findings_of: FindingsOf, name: str
) -> None:
    del sheets[name][1:]

    found = findings_of(sheets)["check.no_rows"][0]

    assert (ERROR, name, "A1") == (found.severity, found.sheet, found.cell)


@pytest.mark.parametrize(
    ("table", "key", "column", "fault", "cell"),
    [
        ("Hotels", "L1", "beds", "scenario.table_unknown", "B2"),
        ("Locaties", "L9", "beds", "scenario.part_unknown", "C2"),
        ("Locaties", "L1", "bads", "scenario.column_unknown", "D2"),
        ("Parameters", "no_such_parameter", "value", "scenario.part_unknown", "C2"),
    ],
)
def test_an_edit_of_a_scenario_must_name_what_is_there_and_its_part_is_told(  # noqa: PLR0913, PLR0917
    sheets: Sheets,
    findings_of: FindingsOf,
    table: str,
    key: str,
    column: str,
    fault: str,
    cell: str,
) -> None:
    edit(table, key, column)(sheets)

    found = findings_of(sheets)[fault][0]

    assert (ERROR, "Scenarios", cell) == (found.severity, found.sheet, found.cell)


def test_what_a_part_of_a_key_could_be_is_told_by_its_names(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    for rows in sheets.values():
        rows[:] = [["single_men" if cell == "men" else cell for cell in row] for row in rows]
    edit("Bezetting", "2026-06-30|L1|hallo", "Personen")(sheets)

    found = findings_of(sheets)["scenario.part_unknown"][0]

    assert "alleenstaande mannen" in found.todo.text(Language.NL)
    assert "single_men" not in found.todo.text(Language.NL)


def test_names_told_in_part_say_how_many_more_there_are(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    own = sheets["Locaties"][1]
    sheets["Locaties"] += [[f"Z{number}", *own[1:]] for number in range(1, 12)]
    edit("Locaties", "hallo", "beds")(sheets)
    count = len(sheets["Locaties"]) - 1

    found = findings_of(sheets)["scenario.part_unknown"][0]

    # Eight of them are named.
    assert found.todo.text(Language.EN).endswith(f", and {count - 8} more")
    assert found.todo.text(Language.EN).count(", ") == 8


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("locations", "L1", "beds"), ("Bezetting", "2026-06-30|L1|men", "Personen")],
)
def test_an_edit_may_name_things_in_either_language(
    sheets: Sheets, findings_of: FindingsOf, table: str, key: str, column: str
) -> None:
    edit(table, key, column)(sheets)

    found = findings_of(sheets)
    assert "finding.edit_unknown" not in found
    assert not [each for each in found if each.startswith("scenario.")]


def test_people_in_a_dol_part_need_not_move(sheets: Sheets, findings_of: FindingsOf) -> None:
    group = ["dublin", *["barred"] * 6, "preferred", *["barred"] * 3]
    sheets["Groepen"].append(group)
    sheets["Bezetting"].append([DAY, "L1", "dublin", 5])

    assert "check.will_move" not in findings_of(sheets)


def test_a_forecast_of_exactly_sixty_months_is_accepted(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    sheets["Prognose"].append(["middle", dt.date(2031, 6, 1), "men", 1])

    assert "check.forecast_far" not in findings_of(sheets)


def test_every_check_is_listed_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS)


@pytest.mark.parametrize("name", ["checks.toml", "findings.toml"])
def test_every_finding_has_its_advice(name: str) -> None:
    text = (files("resources") / "texts" / name).read_text(encoding="utf-8")
    keys = set(tomllib.loads(text))
    without = {
        key for key in keys if not key.endswith((".todo", ".nearest")) and f"{key}.todo" not in keys
    }

    # A group left out of the forecast shares its advice with one that is left out now and then.
    assert without <= {"check.forecast_groups"}


def test_columns_that_nobody_filled_in_are_one_finding(
    sheets: Sheets, findings_of: FindingsOf
) -> None:
    rows = sheets["Groepen"]
    rows.append(["women", *rows[1][1:]])
    for row in rows[1:]:
        row[1:4] = [None, None, None]

    found = findings_of(sheets)

    (one,) = found["finding.columns_empty"]
    assert (ERROR, "Groepen", "B1") == (one.severity, one.sheet, one.cell)
    assert "finding.empty_cell" not in found
