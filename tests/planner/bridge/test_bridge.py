"""From an earlier need to a new one: the parts by hand, that they add up, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.bridge import Bridge, bridge
from planner.bridge.words import sentences
from planner.cli import run
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import Case, parse, usable
from planner.input.parameters import Parameters
from tests.planner.files.gallery.writers import openpyxl_book
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of
from tests.small_plan import small_book
from tests.tables import about

DAY = dt.date(2026, 6, 30)
JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


def tables(men: float, norm: float, source: str = "") -> dict[str, list[list[Any]]]:
    """A centre of 80 beds and a province that must have 120; so many men, at a norm."""
    return {
        "Locaties": [["Locatiecode", "Type", "Bedden"], ["L1", "azc", 80]],
        "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], [DAY, "L1", "men", 60]],
        "Groepen": [
            ["Groep", *KINDS, *EMERGENCY],
            ["men", "barred", "preferred", *["barred"] * 5, *["fallback"] * 3],
        ],
        "Prognose": [
            ["Scenario", "Maand", "Groep", "Personen"],
            ["middle", JULY, "men", men], ["middle", AUGUST, "men", men],
        ],
        "Parameters": [
            ["Parameter", "Waarde", "Eenheid", "Bron"],
            ["occupancy_norm", norm, "people per place", source],
        ],
        "Provincies": [["Provincie", "Taak"], ["Drenthe", 120]],
    }  # fmt: skip


def case(men: float, norm: float, source: str = "") -> Case:
    return usable(book_of(tables(men, norm, source)))


def test_the_parts_by_hand() -> None:
    """90 men at 0.90 ask for 100 beds, 95 at 0.95 for 100 too.

    The norm first: 90 / 0.95 = 94.7368, so 5.2632 fewer; then 5 men more: 5 / 0.95 = 5.2632.
    """
    found = bridge(case(90, 0.90), case(95, 0.95))

    assert ["occupancy_norm", "forecast"] == [each.name for each in found.changes]
    norm, men = found.changes
    assert norm.beds is not None
    assert men.people is not None
    assert about(90 / 0.95 - 100) == norm.beds[AUGUST]
    assert about(5.0) == men.people[AUGUST]
    assert (about(100.0), about(100.0)) == (found.beds[0][AUGUST], found.beds[1][AUGUST])
    assert (80.0, 120.0) == (found.portfolio[AUGUST], found.task)


def test_it_says_what_stood_there_what_stands_there_and_who_says_so() -> None:
    found = bridge(case(90, 0.90), case(95, 0.95, "directie, 3 november"))

    told = [each.text(Language.NL) for each in sentences(found, AUGUST)]

    assert "100 bedden voor 90 mensen" in told[0]
    assert told[1].startswith("\N{MINUS SIGN}5 bedden (0 mensen): Bezettingsnorm (0,9 → 0,95)")
    assert "directie, 3 november" in told[1]
    assert "+5 bedden (+5 mensen): Prognose" in told[2]
    assert "80 bedden; er ontbreken er 20" in told[3]


def test_what_hangs_on_arrivals_adds_up_to_the_whole_difference() -> None:
    earlier = usable(small_book())
    other = dict(earlier.parameters.by_name)
    for name, times in (("permits_housed_month", 0.8), ("family_per_permit", 1.5)):
        row = other[name]
        assert isinstance(row.value, int | float)
        other[name] = type(row)(**{**vars(row), "value": row.value * times})
    inflow = tuple(
        type(each)(**{**vars(each), "people": each.people * 1.1}) for each in earlier.inflow
    )
    new = type(earlier)(
        **{
            **vars(earlier),
            "parameters": Parameters(other, earlier.parameters.dated),
            "inflow": inflow,
        }
    )

    found = bridge(earlier, new)

    assert {"inflow", "permits_housed_month", "family_per_permit"} == {
        each.name for each in found.changes
    }
    for month in found.months:
        parts = sum((each.people or {})[month] for each in found.changes)
        assert parts == pytest.approx(found.people[1][month] - found.people[0][month], abs=1e-9)
    last = {each.name: (each.people or {})[found.months[-1]] for each in found.changes}
    assert last["inflow"] > 1
    assert last["permits_housed_month"] > 1


def test_cells_of_groups_that_differ_are_told_by_group_and_column() -> None:
    earlier = usable(small_book())
    stay, longer = "dublin_single", "dublin_family"
    groups = {
        name: replace(group, stay_months=5.0) if name in {stay, longer} else group
        for name, group in earlier.groups.items()
    }

    found = bridge(earlier, replace(earlier, groups=groups))

    (told,) = (
        each.text(Language.EN)
        for each in sentences(found, found.months[-1])
        if "people): Groups" in each.text(Language.EN)
    )
    assert "(Dublin family, stay 3.35 \N{RIGHTWARDS ARROW} 5; Dublin single, stay 3.35" in told


def test_the_same_input_has_no_changes() -> None:
    found: Bridge = bridge(case(90, 0.90), case(90, 0.90, "another source"))

    assert () == found.changes
    assert any("gewijzigd" in each.text(Language.NL) for each in sentences(found, JULY))


def test_the_command_writes_its_sheets_and_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, men in (("old", 90), ("new", 95)):
        openpyxl_book(tables(men, 0.9)).save(tmp_path / f"{name}.xlsx")
    asked = ["bridge", str(tmp_path / "old.xlsx"), str(tmp_path / "new.xlsx")]
    out, told = tmp_path / "out.xlsx", tmp_path / "out.json"

    assert 0 == run([*asked, "--out", str(out), "--json", str(told)])

    assert "+6 bedden (+5 mensen): Prognose" in capsys.readouterr().out
    months = json.loads(told.read_text("utf-8"))["months"]
    assert [90.0, 95.0] == months[0]["people"]
    assert {"Brug", "Brug per maand"} <= set(openpyxl.load_workbook(out).sheetnames)


def test_a_month_that_is_not_in_both_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openpyxl_book(tables(90, 0.9)).save(tmp_path / "old.xlsx")
    openpyxl_book(tables(95, 0.9)).save(tmp_path / "new.xlsx")
    asked = ["bridge", str(tmp_path / "old.xlsx"), str(tmp_path / "new.xlsx")]

    assert 2 == run([*asked, "--month", "2030-01"])

    assert "van jul 2026 tot en met aug 2026" in capsys.readouterr().err


def test_faults_of_both_workbooks_are_told_with_their_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = tables(90, 0.9)
    faulty["Locaties"][1][2] = "many"
    openpyxl_book(faulty).save(tmp_path / "old.xlsx")
    openpyxl_book(tables(95, 0.9)).save(tmp_path / "good.xlsx")
    bare = {name: rows for name, rows in tables(95, 0.9).items() if name != "Groepen"}
    openpyxl_book(bare).save(tmp_path / "new.xlsx")

    given = ["--language", "en", "bridge", str(tmp_path / "old.xlsx")]
    assert 2 == run([*given, str(tmp_path / "good.xlsx")])
    assert "[old.xlsx]Locaties!C2" in capsys.readouterr().err
    assert 2 == run([*given, str(tmp_path / "new.xlsx")])
    told = capsys.readouterr().err
    assert "[old.xlsx]Locaties!C2" in told
    assert "[new.xlsx]  error  the sheet “Groups” is missing" in told
    assert told.endswith("Neither workbook, old.xlsx nor new.xlsx, can be planned.\n")


def with_published(of: dict[str, list[list[Any]]], norm: float | None = 0.95) -> Book:
    """Add a decision of 90 places at a norm for 15 August, and a year of the forecast."""
    return book_of(
        of
        | {
            "Capaciteitsbesluit": [
                ["Genomen in", "Voor dag", "Plaatsen", "Bezettingsnorm", "Bron"],
                [dt.date(2026, 4, 1), dt.date(2026, 8, 15), 90, norm, "besluit 7"],
            ],
        }
    )


def test_the_way_from_a_decision_to_the_need_is_taken_apart_by_its_norm_and_people() -> None:
    """The decision of 90 places at 0.95 counts on 85.5 people; at 0.90 they ask for 95 beds.

    5 more by the norm; 90 people ask for 100, so 5 more by the people.
    """
    new = usable(with_published(tables(90, 0.90)))
    found = bridge(new, new)

    parts = found.decided(AUGUST)
    assert parts is not None
    assert (about(5.0), about(5.0), about(0.0)) == (parts.norm, parts.people, parts.rest)
    told = [each.text(Language.NL) for each in sentences(found, AUGUST)]
    assert told[0].startswith(
        "Het capaciteitsbesluit van apr 2026 rekende voor 15 aug 2026 op 90 plaatsen; nu zijn in "
        "die maand 100 bedden nodig, +10"
    )
    assert "besluit 7" in told[0]
    assert told[1].startswith("Daarvan +5 bedden door een andere bezettingsnorm")
    assert told[2].startswith("Daarvan +5 bedden doordat op een ander aantal mensen")


def test_a_decision_that_says_not_what_it_rests_on_is_not_taken_apart() -> None:
    new = usable(with_published(tables(90, 0.90), norm=None))
    found = bridge(new, new)

    parts = found.decided(AUGUST)
    assert parts is not None
    assert (None, None, about(10.0)) == (parts.norm, parts.people, parts.rest)
    told = [each.text(Language.NL) for each in sentences(found, AUGUST)]
    assert "de +10 bedden zijn niet verder te verdelen" in told[1]
    assert found.decided(JULY) is None


def test_who_chose_a_parameter_and_why_is_told_with_its_change() -> None:
    later = tables(90, 0.95)
    later["Parameters"] = [
        ["Parameter", "Waarde", "Wie", "Waarom"],
        ["occupancy_norm", 0.95, "directie", "afspraak met het ministerie"],
    ]
    found = bridge(case(90, 0.90), usable(book_of(later)))

    told = [each.text(Language.NL) for each in sentences(found, AUGUST)]
    assert told[1].endswith("Gekozen door: directie. Reden: afspraak met het ministerie")


def test_a_workbook_alone_is_put_beside_its_own_decision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tables(90, 0.9)
    openpyxl_book(rows).save(tmp_path / "bare.xlsx")
    rows["MPP-cijfers"] = [
        ["Uitgave", "Jaar", "Minimum", "Maximum"], [dt.date(2025, 9, 1), 2026, 10, 20],
    ]  # fmt: skip
    rows["Capaciteitsbesluit"] = [
        ["Genomen in", "Voor dag", "Plaatsen"], [dt.date(2025, 9, 1), dt.date(2026, 7, 1), 120],
    ]  # fmt: skip
    openpyxl_book(rows).save(tmp_path / "new.xlsx")
    told = tmp_path / "out.json"

    assert 0 == run(["bridge", str(tmp_path / "new.xlsx"), "--json", str(told)])
    out = capsys.readouterr().out
    assert "op 120 plaatsen; nu zijn in die maand 100 bedden nodig, \N{MINUS SIGN}20" in out
    assert 120 == json.loads(told.read_text("utf-8"))["months"][0]["decided"]["places"]
    assert 2 == run(["bridge", str(tmp_path / "bare.xlsx")])
    assert "vul blad Capaciteitsbesluit" in capsys.readouterr().err


def test_a_scenario_marked_as_beyond_the_forecast_is_told_of() -> None:
    rows = tables(90, 0.9)
    rows["Scenarios"] = [
        ["Scenario", "Tabel", "Sleutel", "Kolom", "Waarde", "Buiten de prognose"],
        ["nieuwe wet", "Parameters", "Bezettingsnorm", "Waarde", 0.95, "ja"],
    ]
    book = book_of(rows)
    marked, plain = usable(book, "nieuwe wet"), usable(book, "middle")

    assert (True, False) == (marked.beyond_forecast, plain.beyond_forecast)
    told = [each.text(Language.NL) for each in sentences(bridge(plain, marked), AUGUST)]
    assert any("rekent met beleid dat de prognose niet bevat" in each for each in told)


def test_figures_of_a_year_out_of_order_are_an_error_at_their_cell() -> None:
    rows = tables(90, 0.9)
    rows["MPP-cijfers"] = [
        ["Uitgave", "Jaar", "Minimum", "Maximum"], [dt.date(2025, 9, 1), 2026, 30, 20],
    ]  # fmt: skip
    [fault] = [
        each for each in parse(book_of(rows)).findings if each.table == "production_forecast"
    ]
    assert (2, "high") == (fault.row, fault.column)
    assert "30 waar een lager getal hoort dan 20" in fault.what.text(Language.NL)
