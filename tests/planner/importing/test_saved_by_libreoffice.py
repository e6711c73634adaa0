"""Workbooks of the gallery as LibreOffice saved them; how to save them again: `libreoffice.py`."""

from __future__ import annotations

import pytest

from planner.files.seeds import read_seed_book
from planner.input.book import Book
from tests.planner.importing.libreoffice import file_of, kept, wrong
from tests.planner.importing.shapes import SHAPES


@pytest.fixture(scope="module")
def book() -> Book:
    return read_seed_book("demo_small")


@pytest.mark.parametrize(("number", "ending"), kept())
def test_what_libreoffice_saved_gives_the_same(number: int, ending: str, book: Book) -> None:
    assert [] == wrong(SHAPES[number], file_of(number, ending), book)
