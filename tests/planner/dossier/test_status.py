"""A plan is a draft, checked or adopted; one that was changed since is a draft again."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.input.book import column_letters
from planner.jobs.opened_book import opened
from planner.jobs.requests import BookState
from planner.report.answer_pages import question
from planner.report.paper import Paper
from planner.result import load_plan
from planner.result.plan_status import PlanStatus
from planner.sheets.overview_table import STATUS_CELL
from tests.planner.forging import forged
from tests.tables import drawn_pages


def changed(path: Path, sheet: str, cell: str, value: str | float) -> None:
    """Change one cell as a spreadsheet program does."""
    with closing(openpyxl.load_workbook(path)) as workbook:
        workbook[sheet][cell] = value
        workbook.save(path)


def test_a_plan_that_was_just_made_is_a_draft(plan: Path) -> None:
    assert PlanStatus.DRAFT is api.plan_status(plan).status


def test_a_status_is_kept_in_the_workbook_with_who_and_when(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = api.plan_status(plan).mark

    assert 0 == run(["status", str(plan), "--set", "adopted", "--by", "bestuur", "--quiet"])

    given = api.plan_status(plan)
    assert (PlanStatus.ADOPTED, PlanStatus.ADOPTED) == (given.status, given.holds)
    assert ("bestuur", before, before) == (given.by, given.mark, given.given)
    with closing(openpyxl.load_workbook(plan, read_only=True)) as workbook:
        rows = {row[0]: row[1:3] for row in workbook["Verantwoording"].iter_rows(values_only=True)}
    assert ("adopted", "vastgesteld") == rows["Status van het plan"]
    assert "bestuur" == rows["Status gegeven door"][0]
    assert str(given.on) == rows["Status gegeven op"][0]
    capsys.readouterr()
    assert 0 == run(["verify", str(plan)])
    assert "vastgesteld door bestuur" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [("Locaties", "D2", 121), ("Plaatsing", "E4", 1.5), ("Samenvatting", "A3", "forged")],
)
def test_a_plan_that_was_changed_is_a_draft_again_and_verify_says_so(
    plan: Path, sheet: str, cell: str, value: str | float, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == run(["status", str(plan), "--set", "checked", "--by", "planning", "--quiet"])
    changed(plan, sheet, cell, value)

    given = api.plan_status(plan)

    assert (PlanStatus.CHECKED, PlanStatus.DRAFT) == (given.status, given.holds)
    capsys.readouterr()
    run(["verify", str(plan), "--language", "en"])
    assert "was checked by planning" in capsys.readouterr().out


def test_a_status_that_was_written_by_hand_does_not_hold(plan: Path) -> None:
    assert 0 == run(["status", str(plan), "--set", "checked", "--by", "planning", "--quiet"])
    with closing(openpyxl.load_workbook(plan)) as workbook:
        row = next(r for r in workbook["Verantwoording"].iter_rows() if r[1].value == "checked")
        at = row[1].coordinate
    changed(plan, "Verantwoording", at, "perfect")

    assert PlanStatus.DRAFT is api.plan_status(plan).holds


def test_saving_by_another_program_changes_no_status(plan: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office is not None, "LibreOffice is needed"
    assert 0 == run(["status", str(plan), "--set", "adopted", "--by", "bestuur", "--quiet"])
    home = (tmp_path / "home").as_uri()
    kind = "xlsx:Calc MS Excel 2007 XML"
    out = tmp_path / "again"
    asked = [office, "--headless", f"-env:UserInstallation={home}", "--convert-to", kind]
    subprocess.run([*asked, "--outdir", str(out), str(plan)], check=True, capture_output=True)  # noqa: S603 - our own file

    assert PlanStatus.ADOPTED is api.plan_status(out / "plan.xlsx").holds


def test_a_status_can_be_taken_back(plan: Path) -> None:
    assert 0 == run(["status", str(plan), "--set", "adopted", "--by", "bestuur", "--quiet"])
    assert 0 == run(["status", str(plan), "--set", "draft", "--quiet"])

    given = api.plan_status(plan)

    assert (PlanStatus.DRAFT, "", "") == (given.status, given.by, given.given)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--set", "adopted"], "say with --by who has adopted the plan"),
        (["--by", "bestuur"], "--by goes with --set"),
    ],
)
def test_a_status_without_who_or_by_itself_is_refused(
    plan: Path, asked: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == run(["status", str(plan), *asked, "--language", "en"])
    assert told in capsys.readouterr().err


def test_a_plan_that_does_not_hold_gets_no_status(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(plan, "Locaties", "D2", 90)

    assert 2 == run(["status", str(plan), "--set", "adopted", "--by", "x", "--language", "en"])

    assert "does not hold when recomputed gets no status" in capsys.readouterr().err
    assert PlanStatus.DRAFT is api.plan_status(plan).status


def first_page(path: Path) -> str:
    """Return what the first sheet says of the status."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
        return str(workbook["Overzicht"].cell(*STATUS_CELL).value)


def test_the_first_sheet_and_the_report_tell_the_status(plan: Path) -> None:
    assert "Status: concept" == first_page(plan)

    given = api.give_status(plan, PlanStatus.ADOPTED, "bestuur", dt.date(2026, 7, 9))

    told = "Status: vastgesteld door bestuur op 9 jul 2026, zolang geen cel verandert"
    assert f"{told} (kenmerk {given.mark})" == first_page(plan)
    paper = Paper("", "{page}/{pages}")
    paper.page()
    question(paper, load_plan(plan), Language.EN)
    assert "Status: adopted by bestuur" in "\n".join(
        text.get_text() for figure in drawn_pages(paper) for text in figure.texts
    )
    assert () == api.verify(plan).breaches
    api.give_status(plan, PlanStatus.DRAFT, "", dt.date(2026, 7, 10))
    assert "Status: concept" == first_page(plan)
    assert () == api.verify(plan).breaches


def test_a_status_forged_on_the_first_sheet_is_named(plan: Path) -> None:
    row, column = STATUS_CELL
    cell = f"{column_letters(column)}{row}"
    forged(plan, plan, "Overzicht", cell, "Status: vastgesteld door bestuur op 9 jul 2026")

    told = [each.what.text(Language.NL) for each in api.verify(plan).breaches]

    assert [f"Overzicht!{cell}" in each for each in told] == [True]


def test_a_plan_opened_in_a_window_has_its_status_until_its_input_is_another(plan: Path) -> None:
    api.give_status(plan, PlanStatus.CHECKED, "planning", dt.date(2026, 7, 9))
    found = opened(BookState(1, api.open_workbook(plan)))
    assert found.planned is not None
    assert found.planned.status is not None
    assert "checked by planning" in found.planned.status.text(Language.EN)

    changed(plan, "Locaties", "D2", 121)

    found = opened(BookState(1, api.open_workbook(plan)))
    assert found.planned is not None
    assert found.planned.status is not None
    assert "Status: draft" == found.planned.status.text(Language.EN)
