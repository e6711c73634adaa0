from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from planner.core.errors import Severity
from planner.core.texts import Language
from planner.files.book_cells import label_lines
from planner.files.seeds import read_seed_book
from planner.input.case import parse


@pytest.mark.parametrize("demo", ["demo_small", "demo_national"])
@pytest.mark.parametrize("language", list(Language))
def test_a_demo_can_be_planned_as_it_is(demo: str, language: Language) -> None:
    book = read_seed_book(demo, language)
    parsed = parse(book)

    assert book.findings == ()
    assert not [each for each in parsed.findings if each.severity is Severity.ERROR]
    assert parsed.case is not None


def test_a_demo_is_the_same_in_both_languages() -> None:
    cases = [parse(read_seed_book("demo_small", language)).case for language in Language]

    assert cases[0] == cases[1]


def test_the_sheets_are_in_the_language_and_labelled() -> None:
    dutch, english = (read_seed_book("demo_small", language) for language in Language)

    assert "Locaties" == dutch.sheets[0].name
    assert "Locations" == english.sheets[0].name
    assert "ja" in dutch.frame("locations")["child_suitable"].tolist()
    assert "yes" in english.frame("locations")["child_suitable"].tolist()
    assert ["Synthetisch", "Synthetic"] == [
        label_lines(each)[0].split()[0] for each in (dutch, english)
    ]


def test_values_are_those_of_the_seeds() -> None:
    text = (files("seeds") / "demo_small" / "locations.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))

    frame = read_seed_book("demo_small").frame("locations")

    assert [row["id"] for row in rows] == frame["id"].tolist()
    assert [int(row["beds"]) for row in rows] == frame["beds"].tolist()
    assert [row["open_until"] or None for row in rows] == [
        None if day is None else day.isoformat() for day in frame["open_until"]
    ]


def test_a_demo_that_is_not_there_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        read_seed_book("demo_huge")
