"""Groups, streams, scenarios and the like, called in either language, are read as codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.core.texts import Language
from planner.files.reading import book_of
from planner.files.seeds import read_seed_book
from planner.input.book import Book, RawValue
from planner.input.case import parse
from planner.input.edits import SetCell, apply
from planner.input.supplied_names import Named, code_of, name_of
from planner.input.typed import read_tables
from tests.tables import row_called

ROW = 16  # of the sheet Scenarios of the small demo: the first that is free


@pytest.fixture(scope="module")
def small() -> Book:
    return read_seed_book("demo_small")


def test_a_demo_in_either_language_is_the_same_case() -> None:
    cases = [parse(read_seed_book("demo_small", each)).case for each in Language]

    assert all(cases)
    assert len({case.fingerprint for case in cases if case is not None}) == 1


@pytest.mark.parametrize(
    ("named", "written", "code"),
    [
        (Named.GROUPS, "Alleenstaande mannen", "single_men"),
        (Named.GROUPS, "single_men", "single_men"),
        (Named.GROUPS, "permit holders", "permit_holders"),
        (Named.GROUPS, "Men", "Men"),
        # One name for a stream and for a stage; each column has its own.
        (Named.STREAMS, "nareis", "family_reunion"),
        (Named.STAGES, "nareis", "reunion"),
        (Named.SCENARIOS, "Midden", "middle"),
        (Named.PARAMETERS, "DOL-band, ondergrens", "dol_band_low"),
        (Named.UNITS, "personen per plaats", "people per place"),
        (Named.SOURCES, "COA, pagina over terugkeerlocaties", "COA page on return locations"),
        (Named.SOURCES, "mijn bron", "mijn bron"),
    ],
)  # fmt: skip
def test_a_name_in_either_language_is_its_code(named: Named, written: str, code: str) -> None:
    assert code == code_of(named, written)


@pytest.mark.parametrize("language", list(Language))
def test_no_two_names_of_a_sort_are_the_same(language: Language) -> None:
    typed = read_tables(read_seed_book("demo_small", language))[0]
    names = [name_of(Named.PARAMETERS, e.parameter, language) for e in typed.records("parameters")]

    assert len(set(names)) == len(names)
    assert not [each for each in names if "_" in each]


def test_a_sheet_may_mix_names_and_codes(small: Book) -> None:
    row = row_called(small, "occupancy", location="L01", group="families")
    mixed = apply(small, [SetCell("occupancy", row, "group", "families")])[0]

    (ours, theirs) = (parse(each).case for each in (small, mixed))
    assert ours is not None
    assert theirs is not None
    assert ours.fingerprint == theirs.fingerprint


def test_a_finding_calls_a_group_as_the_sheet_does(small: Book) -> None:
    row = row_called(small, "occupancy", location="L01", group="single_men")
    slip = apply(small, [SetCell("occupancy", row, "group", "alleenstande mannen")])[0]

    found = [e for e in parse(slip).findings if e.what.key == "finding.unknown_name"]

    assert ["alleenstaande mannen" in each.todo.text(Language.NL) for each in found] == [True]


@pytest.mark.parametrize(
    ("column", "key", "value", "severity"),
    [
        # 1,000 beds that become 0.1, or 10 % more: nobody can tell.
        ("Bedden", "L01", 0.1, "error"),
        ("Waarde", "Bezettingsnorm", 0.95, "remark"),
    ],
)
def test_a_change_that_the_sheet_keeps_in_per_cent_is_asked_about(
    small: Book, column: str, key: str, value: float, severity: str
) -> None:
    table = "Locaties" if key == "L01" else "Parameters"
    book = with_change(small, [table, key, column, value], "0%")

    (found,) = (
        e for e in parse(book, "zelf").findings if e.what.key.startswith("scenario.per_cent")
    )

    assert severity == found.severity
    assert ("Scenarios", "E16") == (found.sheet, found.cell)
    factor = {0.1: "x1,1", 0.95: "x1,95"}[value]
    assert factor in found.todo.text(Language.NL)


def test_the_same_number_without_per_cent_is_taken_as_it_stands(small: Book) -> None:
    book = with_change(small, ["Locaties", "L01", "Bedden", 100], "0")

    assert not [
        e for e in parse(book, "zelf").findings if e.what.key.startswith("scenario.per_cent")
    ]


def with_change(book: Book, cells: list[RawValue], shown: str) -> Book:
    """Return the book as read from a file whose sheet Scenarios has one row more."""
    changed = []
    for sheet in book.sheets:
        if sheet.name != "Scenarios":
            changed.append(sheet)
            continue
        row = {(ROW, at): each for at, each in enumerate(["zelf", *cells], start=1)}
        formats = {**sheet.formats, (ROW, 5): shown}
        changed.append(replace(sheet, cells={**sheet.cells, **row}, formats=formats))
    return book_of(tuple(changed), book.name)
