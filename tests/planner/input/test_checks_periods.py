"""Periods that overlap, shares above everybody in one, stages without an end: each at its cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.api import open_demo, usable
from planner.core.errors import Finding, Severity
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import AddRow, SetCell, apply, next_row
from tests.tables import row_called

OCTOBER, MARCH = dt.date(2026, 10, 1), dt.date(2027, 3, 31)


@pytest.fixture(scope="module")
def book() -> Book:
    return open_demo("small")


def errors(book: Book, scenario: str = "middle") -> list[Finding]:
    return [each for each in parse(book, scenario).findings if each.severity is Severity.ERROR]


def with_rows(book: Book, table: str, *rows: dict[str, Any]) -> Book:
    first = next_row(book, table)
    return apply(book, [AddRow(table, first + at, row) for at, row in enumerate(rows)])[0]


def parameter(
    name: str, value: float, begin: dt.date | None, end: dt.date | None
) -> dict[str, Any]:
    return {"parameter": name, "value": value, "valid_from": begin, "valid_until": end}


def test_a_row_for_a_time_goes_beside_the_other(book: Book) -> None:
    row = parameter("dublin_accepted_share", 0.25, OCTOBER, MARCH)
    changed = with_rows(book, "parameters", row)

    assert [] == errors(changed)
    share = usable(changed, "middle").parameters
    assert 0.25 == share.number("dublin_accepted_share", OCTOBER)
    assert 0.18 == share.number("dublin_accepted_share", dt.date(2027, 4, 1))


def test_overlapping_periods_are_found(book: Book) -> None:
    changed = with_rows(
        book,
        "parameters",
        parameter("dublin_accepted_share", 0.25, OCTOBER, MARCH),
        parameter("dublin_accepted_share", 0.3, dt.date(2027, 3, 1), None),
    )

    (found,) = errors(changed)
    assert "check.periods_overlap" == found.what.key
    assert ("parameters", "valid_from") == (found.table, found.column)
    assert found.cell


def test_a_share_above_everybody_in_a_period_is_found_at_its_cell(book: Book) -> None:
    row = parameter("accelerated_share", 0.9, OCTOBER, MARCH)
    changed = with_rows(book, "parameters", row)

    (found,) = errors(changed)
    assert "check.shares_over_in" == found.what.key
    assert ("parameters", "value") == (found.table, found.column)
    assert found.cell


def test_a_stage_that_never_ends_is_found_at_its_cell(book: Book) -> None:
    row = row_called(book, "stages", stage="return", group="return_single")
    group = row_called(book, "groups", group="return_single")
    edits = [
        SetCell("stages", row, "stay_months", None),
        SetCell("groups", group, "stay_months", None),
    ]

    found = errors(apply(book, edits)[0])
    assert {("stages", "stay_months", row)} == {(e.table, e.column, e.row) for e in found}
    assert "check.stage_endless" == found[0].what.key


def test_a_stage_that_nobody_comes_into_is_found(book: Book) -> None:
    row = {"stream": "single_men", "group": "permit_holders", "share": 0.1, "stage_left": "oud"}

    found = errors(with_rows(book, "streams", row))
    assert {"check.stage_unknown"} == {each.what.key for each in found}


def test_a_scenario_makes_a_row_for_a_time(book: Book) -> None:
    case = usable(book, "transfers_stop")

    assert 1.0 == case.parameters.number("dublin_transfers_stopped", OCTOBER)
    assert 0.0 == case.parameters.number("dublin_transfers_stopped", dt.date(2027, 4, 1))
