"""Cells of a plan's sheets lead to the row of the input and to their explanation."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planner import api
from planner.core.texts import Language
from planner.result.plan import Plan


@pytest.fixture(name="plan", scope="module")
def small_plan() -> Plan:
    return api.plan(api.open_demo("small"), options=api.PlanOptions(trials=0))


@pytest.fixture(name="file", scope="module", params=["anew", "in place"])
def its_file(
    request: pytest.FixtureRequest, plan: Plan, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the plan in a workbook of its own, and in the one that its input was read from."""
    folder = tmp_path_factory.mktemp("links")
    path, book = folder / "plan.xlsx", api.open_demo("small")
    if request.param == "in place":
        source = folder / "demo.xlsx"
        api.save_book(source, book, Language.NL)
        book = api.open_workbook(source)
    api.save_plan(path, book, plan, Language.NL)
    return path


def links_of(sheet: Worksheet) -> dict[str, str]:
    """Return where cells lead, by their address."""
    return {
        cell.coordinate: str(cell.hyperlink.location).replace("'", "")
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None
    }


def test_a_location_leads_to_its_row_of_the_input(file: Path) -> None:
    workbook = openpyxl.load_workbook(file)
    for title in ("Plaatsen", "Plaatsing", "DOL", "Tekorten"):
        sheet = workbook[title]
        found = links_of(sheet)
        assert found, title
        for at, place in found.items():
            name, cell = place.split("!")
            if name == "Locaties":
                assert workbook[name][cell].value == sheet[at].value


def test_a_shortfall_leads_to_the_explanation_of_its_rule(file: Path) -> None:
    workbook = openpyxl.load_workbook(file)
    sheet, lines = workbook["Tekorten"], workbook["Verklaring"]
    header = next(row for row in range(1, 20) if lines.cell(row, 2).value == "Uitleg")
    rule = next(c for c in range(1, 40) if lines.cell(header, c).value == "Regel in woorden")
    found = {at: place for at, place in links_of(sheet).items() if place.startswith("Verklaring")}
    assert found
    for at, place in found.items():
        row = lines[place.split("!")[1]].row
        assert "tekort" == lines.cell(row, 1).value
        assert sheet[at].value == lines.cell(row, rule).value


def test_a_line_of_the_explanation_leads_to_its_first_cell(plan: Plan, file: Path) -> None:
    workbook = openpyxl.load_workbook(file)
    sheet = workbook["Verklaring"]
    found = links_of(sheet)
    assert found
    for at, place in found.items():
        told = str(sheet[at].value).split(";")[0]
        assert told == place
        assert place.split("!")[0] in workbook.sheetnames
    assert plan.found


def test_every_figure_is_read_back_as_it_was(plan: Plan, file: Path) -> None:
    verdict = api.verify(file)
    assert () == verdict.breaches
    assert plan.scenario == verdict.scenario


def test_figures_of_the_first_sheet_lead_to_their_rows_and_to_why(file: Path) -> None:
    workbook = openpyxl.load_workbook(file, data_only=True)
    page = workbook["Overzicht"]
    header = next(c.row for c in page["A"] if c.value == "Maand")
    found = links_of(page)
    made_of = [*["Plaatsing"] * 2, *["DOL"] * 2]
    # All rows of the run-off stand here: their own sheet is hidden, and a link would lead nowhere.
    assert "hidden" == workbook["Verloop"].sheet_state
    for row in range(header + 1, header + 4):
        assert f"B{row}" not in found
        for column, title in zip("EFGH", made_of, strict=True):
            name, cell = found[f"{column}{row}"].split("!")
            assert title == name
            here = [each.value for each in workbook[name][workbook[name][cell].row]]
            assert page[f"A{row}"].value in here
    # What is short somewhere leads to the row of its worst month, and to its explanation.
    first = next(c.row for c in page["A"] if str(c.value).startswith("Wat tekortschiet"))
    for row in (first + 1, first + 3, first + 5):
        assert found[f"A{row}"].startswith("Verklaring!")
        name, cell = found[f"F{row}"].split("!")
        assert "Tekorten" == name
        told = [each.value for each in workbook[name][workbook[name][cell].row]]
        assert page[f"A{row}"].value in told
