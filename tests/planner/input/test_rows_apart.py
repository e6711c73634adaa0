from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from planner.core.errors import Severity
from planner.files.reading import book_of
from planner.input.book import RawSheet, RawValue, SheetLook
from planner.input.edits import AddRow, apply, next_row
from planner.input.recognise import recognise_table
from planner.input.records import table

HEADER = ["Peildatum", "Locatie", "Groep", "Personen"]
FIRST = ["2026-06-30", "L1", "men", 100]
SECOND = ["2026-06-30", "L2", "men", 40]


def sheet(*rows: Sequence[Any], look: SheetLook | None = None) -> RawSheet:
    cells = {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }
    return RawSheet("Bezetting", cells, look=look or SheetLook())


def read(raw: RawSheet) -> tuple[list[int], list[str]]:
    found, notes = recognise_table(raw, table("occupancy"))
    assert found is not None
    return [int(row) for row in found.frame.index], [each.what.key for each in notes]


@pytest.mark.parametrize(
    "word", ["Totaal", "TOTAAL:", "Eindtotaal", "Totaal generaal", "Sum", "som"]
)
def test_a_total_is_left_out_and_told(word: str) -> None:
    assert ([2, 3], ["rows.total"]) == read(sheet(HEADER, FIRST, SECOND, [word, None, None, 140]))


@pytest.mark.parametrize("word", ["Totalisator", "Somme", "Sumatrastraat", "Subtiel"])
def test_a_name_that_begins_like_a_total_is_none(word: str) -> None:
    row = ["2026-06-30", word, "men", 40]

    assert ([2, 3], []) == read(sheet(HEADER, FIRST, row))


def test_a_total_beside_a_repeated_key_is_found_too() -> None:
    total = ["2026-06-30", "Totaal", "men", 141]

    assert ([2, 3], ["rows.total", "rows.total_differs"]) == read(
        sheet(HEADER, FIRST, SECOND, total)
    )


def test_subtotals_may_add_up_since_the_last_one() -> None:
    rows = sheet(
        HEADER,
        FIRST,
        ["Subtotaal", None, None, 100],
        SECOND,
        ["Subtotaal", None, None, 40],
        ["Totaal", None, None, 140],
    )

    assert ([2, 4], ["rows.total"] * 3) == read(rows)


@pytest.mark.parametrize(
    "row",
    [
        ["Bron: COA, juni 2026"],
        ["*", "voorlopig"],
        ["Deze cijfers zijn nog voorlopig"],
        [None, "let op: L2 sluit"],
    ],
)
def test_a_note_is_left_out_and_told(row: list[RawValue | None]) -> None:
    assert ([2], ["rows.note"]) == read(sheet(HEADER, FIRST, [], row))


def test_a_row_with_only_a_name_is_no_note() -> None:
    assert ([2, 3], []) == read(sheet(HEADER, FIRST, [None, "AZC Ter Apel"]))


def test_nothing_is_read_of_a_second_table() -> None:
    raw = sheet(HEADER, FIRST, [], ["Groep", "Locatie", "Personen"], ["men", "L9", 3])
    found, notes = recognise_table(raw, table("occupancy"))

    assert found is not None
    assert [2] == found.frame.index.tolist()
    assert [("rows.two_tables", Severity.ERROR, "A4")] == [
        (each.what.key, each.severity, each.cell) for each in notes
    ]


@pytest.mark.parametrize(
    ("merged", "expected"),
    [
        ((1, 1, 1, 4), []),
        ((3, 2, 4, 2), ["rows.merged"]),
        ((3, 2, 3, 3), ["rows.merged"]),
        ((3, 6, 4, 8), []),
    ],
)
def test_merged_cells_of_the_table_are_refused(
    merged: tuple[int, int, int, int], expected: list[str]
) -> None:
    raw = sheet(["Bezetting"], HEADER, FIRST, SECOND, look=SheetLook(merged=(merged,)))

    assert expected == read(raw)[1]


def test_rows_are_added_below_totals_and_notes() -> None:
    raw = sheet(HEADER, FIRST, ["Totaal", None, None, 100], [], ["Bron: COA"])
    book = book_of((raw,), "in.xlsx")

    assert 6 == next_row(book, "occupancy")
    added, _ = apply(book, [AddRow("occupancy", 6, {"location": "L2"})])
    assert 7 == next_row(added, "occupancy")
