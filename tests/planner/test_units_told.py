"""No sentence, sheet, report or table tells a sum over months in people or places."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from planner import api
from planner.cli.line import run
from planner.core.texts import Language, Text, message
from planner.input.book import Book
from planner.report.build import reported
from planner.report.one_page import letter, one_page
from planner.report.paper import Paper
from planner.report.province_page import province_page
from planner.report.slides import write_slides
from planner.report.writing import PAGES, write_report
from planner.result import PlanOfBook
from planner.result.plan import Plan
from planner.sheets.units import unit_key
from tests.over_months import LEAST, rows_by_month, sums_over_months, told_by_month
from tests.small_plan import small_book, small_plan
from tests.tables import drawn_pages
from ui.results.figures import by_rule


@pytest.fixture(name="book", scope="module")
def small_demo() -> Book:
    return small_book()


@pytest.fixture(name="plan", scope="module")
def its_plan() -> Plan:
    return small_plan()


@pytest.fixture(name="sums", scope="module")
def its_sums(plan: Plan) -> frozenset[int]:
    return sums_over_months(plan.tables)


def test_there_are_sums_to_find(sums: frozenset[int], plan: Plan) -> None:
    short = plan.tables["shortfalls"]
    most = short.groupby("rule")["amount"].sum()
    assert len(sums) > 8
    assert {round(each) for each in most if each > 1000} & sums
    assert {each for each in sums if each < 1000}


def test_the_wording_of_before_is_seen() -> None:
    sums = {305185, 634118}
    assert ["305.185 plaatsen"] == told_by_month("samen 305.185 plaatsen, het meest", sums)
    assert ["634.118 personen"] == told_by_month("tekort\n634.118 personen", sums)
    assert [] == told_by_month("eerste aanvragen: 305.185 personen per jaar", sums)
    assert ["305,185 places"] == told_by_month("305,185 places in all", sums)
    assert [] == told_by_month("samen 305.185 plaatsmaanden; 13.739 plaatsen", sums)
    assert [("a", 305185.2, "plaatsen")] == rows_by_month([("a", 305185.2, "plaatsen")], sums)
    assert [] == rows_by_month([("a", 305185.2, "plaatsmaanden")], sums)


def test_a_sum_under_a_thousand_is_seen(plan: Plan, sums: frozenset[int]) -> None:
    short = plan.tables["shortfalls"]
    by_place = short.groupby(["rule", "location"])["amount"].sum()
    little = {round(each) for each in by_place if 30 <= each < 1000} & sums
    assert little
    told = next(iter(little))
    assert [f"{told} personen"] == told_by_month(f"samen {told} personen", sums)


@pytest.mark.parametrize("language", list(Language))
def test_no_sheet_tells_a_sum_in_people_or_places(
    book: Book, plan: Plan, sums: frozenset[int], language: Language, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    api.save_plan(path, book, plan, language)
    with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
        for sheet in workbook.worksheets:
            rows = list(sheet.iter_rows(values_only=True))
            assert [] == rows_by_month(rows, sums), sheet.title
            for row in rows:
                for cell in row:
                    assert not isinstance(cell, str) or [] == told_by_month(cell, sums), sheet.title


@pytest.mark.parametrize("language", list(Language))
def test_no_page_tells_a_sum_in_people_or_places(
    book: Book, plan: Plan, sums: frozenset[int], language: Language
) -> None:
    paper = Paper("", "{page}/{pages}")
    for print_pages in PAGES:
        paper.page()
        print_pages(paper, PlanOfBook("plan", book, plan), language)
    words = [text.get_text() for figure in drawn_pages(paper) for text in figure.texts]
    assert [] == told_by_month(" ".join(words), sums)


def planted(plan: Plan, sums: frozenset[int]) -> tuple[Plan, dict[Language, str]]:
    """Return the plan with a remark that tells a sum of its own in places, and how it is told."""
    largest = f"{max(each for each in sums if each < 100_000):,}"
    told = {Language.NL: f"{largest.replace(',', '.')} plaatsen", Language.EN: f"{largest} places"}
    words = message("standing.note", text=Text(told[Language.NL], told[Language.EN]))
    return replace(plan, notes=(*plan.notes, words)), told


@pytest.mark.parametrize(
    "language", [Language.NL, pytest.param(Language.EN, marks=pytest.mark.slow)]
)
def test_no_pdf_and_no_slide_tells_a_sum_in_people_or_places_but_the_one_planted(
    book: Book, plan: Plan, sums: frozenset[int], language: Language, tmp_path: Path
) -> None:
    """The page, the letter, a province and the whole report, as they are read from the file."""
    wrong, told = planted(plan, sums)
    printed = reported(book, wrong, "klein")
    pages: list[Any] = [one_page, *PAGES, letter, partial(province_page, province="groningen")]
    write_report(printed, tmp_path / "plan.pdf", language, None, pages)
    write_slides(printed, tmp_path / "plan.pptx", language)

    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "plan.pdf").pages)
    assert [told[language]] == told_by_month(" ".join(words.split()), sums)
    slides = Presentation(str(tmp_path / "plan.pptx")).slides
    shapes: list[Any] = [each for slide in slides for each in slide.shapes]
    texts = [each.text_frame.text for each in shapes if each.has_text_frame]
    rows = [row for each in shapes if each.has_table for row in each.table.rows]
    texts += [" ".join(cell.text for cell in row.cells) for row in rows]
    assert len(texts) > 10
    assert [] == told_by_month(" ".join(texts), sums)


def test_a_sum_planted_on_a_sheet_is_found(
    book: Book, plan: Plan, sums: frozenset[int], tmp_path: Path
) -> None:
    wrong, told = planted(plan, sums)
    path = tmp_path / "plan.xlsx"
    api.save_plan(path, book, wrong, Language.NL)
    with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
        found = [
            each
            for sheet in workbook.worksheets
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, str)
            for each in told_by_month(cell, sums)
        ]
    # A hidden sheet has the sentence in both languages.
    assert {*told.values()} == {*found}


@pytest.mark.slow
def test_no_answer_to_why_tells_a_sum_in_people_or_places(
    plan: Plan, sums: frozenset[int], demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = "niemand in noodopvang vanaf mei 2027"
    assert 0 == run(["why", str(demo / "plan.xlsx"), "--wish", wish, "--priorities", ""])
    told = capsys.readouterr().out
    assert "persoonsmaanden minder" in told
    # What there is without the wish, and what is gone of it with it.
    by_rule = plan.tables["shortfalls"].groupby("rule")["amount"].sum()
    known = sums | {round(each) for each in by_rule if each >= LEAST}
    assert [] == told_by_month(told, known)


def test_the_terminal_tells_no_sum_in_people_or_places(
    sums: frozenset[int], demo_said: str
) -> None:
    assert len(demo_said.splitlines()) > 10
    assert [] == told_by_month(demo_said, sums)


def test_nor_does_it_in_english(
    plan: Plan,
    sums: frozenset[int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api, "plan", lambda *_given, **_named: plan)  # made before, of this demo
    assert 0 == run(["--language", "en", "demo", "--out", str(tmp_path)])
    said = capsys.readouterr().out
    assert len(said.splitlines()) > 10
    assert [] == told_by_month(said, sums)


def test_the_shortfalls_in_the_window_have_a_unit_for_the_sum(plan: Plan) -> None:
    listed: Any = by_rule(plan.tables["shortfalls"].assign(rule_title="", standing=""), ())
    assert listed
    for *_, worst, unit, _, last, total, of_total in listed:
        assert worst >= last
        assert total >= worst
        assert of_total != unit_key(str(unit))
        assert str(of_total).endswith("-months")
