"""No sentence, sheet, report or table tells a sum over months in people or places."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import api
from planner.cli.line import run
from planner.core.texts import Language
from planner.input.book import Book
from planner.report.paper import Paper
from planner.report.writing import PAGES
from planner.result import PlanOfBook
from planner.result.plan import Plan
from planner.sheets.units import unit_key
from tests.over_months import rows_by_month, sums_over_months, told_by_month
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
