from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from planner import workflow
from planner.commands.line import run
from planner.errors import UnusableInputError
from planner.report.letters import width_of
from planner.report.paper import Column, Paper, wrapped
from planner.report.reported import Reported, reported
from planner.report.writing import PAGES, write_report
from planner.texts import Language
from planner.workbook.reading import read_workbook
from tests.planner.workbook.gallery.rows import plain_rows
from tests.planner.workbook.gallery.writers import openpyxl_book


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of two locations: one contract ends, and nobody else has room."""
    folder = tmp_path_factory.mktemp("report")
    rows = plain_rows()
    rows["Locaties"][1][3] = dt.date(2026, 9, 30)
    rows["Prognose"] = [["Scenario", "Maand", "Groep", "Personen"]]
    for month in (7, 8, 9, 10):
        rows["Prognose"].append(["middle", dt.date(2026, month, 1), "men", 1040])
    openpyxl_book(rows).save(folder / "in.xlsx")
    book = read_workbook(folder / "in.xlsx")
    workflow.save_plan(folder / "plan.xlsx", book, workflow.plan(book), Language.NL)
    return folder / "plan.xlsx"


@pytest.fixture(scope="module")
def plan(plan_file: Path) -> Reported:
    return reported(plan_file)


def printed(plan: Reported, language: Language) -> str:
    paper = Paper("", "{page}/{pages}")
    for print_pages in PAGES:
        paper.page()
        print_pages(paper, plan, language)
    return "\n".join(text.get_text() for figure in paper._figures for text in figure.texts)


@pytest.mark.parametrize("language", list(Language))
def test_the_report_says_what_the_plan_says(plan: Reported, language: Language) -> None:
    words = printed(plan, language)

    source = {Language.NL: "Richtlijn (EU) 2024/1346, art. 20(10)"}.get(
        language, "Directive (EU) 2024/1346, Art. 20(10)"
    )
    assert source in words.replace("\n", " ")
    assert plan.case.fingerprint in words
    assert "L2" in words
    assert not re.search(r"\{\w+\}", words)


def test_the_notice_names_people_and_months_of_emergency_reception(plan: Reported) -> None:
    assert [month.month for month in plan.months] == [7, 8, 9, 10]
    assert plan.emergency == pytest.approx([0, 0, 0, 80])
    words = printed(plan, Language.NL)

    assert "Van okt 2026 tot en met okt 2026" in words
    assert "ten hoogste 80 personen, in okt 2026" in words


def test_the_report_recomputes_the_plan(plan_file: Path, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - used here only

    assert () == reported(plan_file).breaches
    workbook = openpyxl.load_workbook(plan_file)
    workbook["Bezetting"]["D2"] = 900
    workbook["Verloop"]["C7"] = 5
    workbook.save(tmp_path / "changed.xlsx")

    changed = reported(tmp_path / "changed.xlsx")

    assert changed.breaches
    assert not changed.same_input
    assert "Let op: de invoer in de werkmap" in printed(changed, Language.NL)


def test_the_command_writes_a_pdf(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.pdf"

    assert 0 == run(["report", str(plan_file), "--out", str(out)])

    pages = re.findall(rb"/Type /Page\b", out.read_bytes())
    assert f"({len(pages)} pagina's)" in capsys.readouterr().out
    assert len(pages) >= len(PAGES)
    assert [out] == list(tmp_path.iterdir())


def test_a_workbook_without_a_plan_is_refused(tmp_path: Path) -> None:
    openpyxl_book(plain_rows()).save(tmp_path / "in.xlsx")

    with pytest.raises(UnusableInputError):
        write_report(tmp_path / "in.xlsx", tmp_path / "r.pdf", Language.NL)

    assert not (tmp_path / "r.pdf").exists()


def test_lines_fit_their_width() -> None:
    text = "Verordening (EU) 2024/1351 en een-woord-dat-veel-te-lang-is-voor-zijn-kolom"

    lines = wrapped(text, 8.0, 60.0)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert max(width_of(line, 8.0) for line in lines) <= 60.0


def test_a_long_table_repeats_its_header() -> None:
    paper = Paper("", "{page}")
    paper.page()

    paper.table([Column("kop", 1), Column("getal", 1, right=True)], [("x", "1")] * 120)

    texts = [[text.get_text() for text in figure.texts] for figure in paper._figures]
    assert len(texts) > 1
    assert all("kop" in page for page in texts)
    assert 120 == sum(page.count("x") for page in texts)
