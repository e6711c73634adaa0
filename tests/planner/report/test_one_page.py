"""The page for who decides, on the small plan, whose people were rounded for reading."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from planner.core.texts import Language, say
from planner.report.build import reported
from planner.report.certificate import certificate
from planner.report.one_page import letter, one_page, write_one_page
from planner.report.province_page import province_page
from planner.report.writing import write_report
from tests.small_plan import small_book, small_plan


def words_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def printed(out: Path, *pages: Any) -> str:
    plan = reported(small_book(), small_plan(), "klein")
    write_report(plan, out, Language.NL, None, pages)
    return words_of(out)


def test_it_is_one_page_that_says_where_from_when_and_for_how_much(tmp_path: Path) -> None:
    plan = reported(small_book(), small_plan(), "klein")
    assert 1 == write_one_page(tmp_path / "page.pdf", plan, Language.NL)
    words = words_of(tmp_path / "page.pdf")
    assert 1 == len(PdfReader(tmp_path / "page.pdf").pages)
    decided = small_plan().tables["decisions"]
    names = {each.id: each.name for each in reported(small_book(), small_plan(), "").sites.values()}
    for location in decided["location"].unique():
        assert location in words
        assert names[location].split()[-1] in words
    assert "Kosten, miljoen euro" in words


def test_what_was_rounded_for_reading_is_no_breach(tmp_path: Path) -> None:
    words = printed(tmp_path / "page.pdf", one_page, certificate)
    assert 2 == words.count(say("report.verdict.holds", Language.NL))
    assert "klopt niet" not in words


def test_a_province_and_the_letter_name_their_own(tmp_path: Path) -> None:
    words = printed(tmp_path / "page.pdf", partial(province_page, province="groningen"))
    assert "Wat het plan betekent voor Groningen" in words
    assert "hele provincie" in words
    assert "Per kwartaal" in words
    assert "nan" not in words.split()
    assert "Europese Commissie" in printed(tmp_path / "letter.pdf", letter)
