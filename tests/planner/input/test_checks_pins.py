"""Pins that contradict a contract, each other, or the plan's months, with their cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from planner import api
from planner.core.errors import Finding, Severity
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import AddRow, apply

JUL, AUG, DEC = dt.date(2026, 7, 1), dt.date(2026, 8, 1), dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def demo() -> Book:
    return api.open_demo("small")


@pytest.fixture(scope="module")
def with_pins(demo: Book) -> Callable[..., Book]:
    """Return the small demo with rows (location, decision, month, value) on the sheet Pins."""

    def pinned(*rows: tuple[Any, ...]) -> Book:
        keys = ("location", "decision", "month", "value")
        edits = [
            AddRow(
                "pins", 2 + at, dict(zip(keys, row, strict=True)) | {"who": "COA", "why": "deal"}
            )
            for at, row in enumerate(rows)
        ]
        return apply(demo, edits)[0]

    return pinned


def errors(book: Book) -> list[Finding]:
    return [each for each in parse(book).findings if each.severity is Severity.ERROR]


def test_pins_that_fit_are_no_finding(with_pins: Callable[..., Book]) -> None:
    book = with_pins(
        ("L20", "open", dt.date(2027, 1, 1), 1),
        ("L14", "extend", dt.date(2027, 1, 1), 0),
        ("L07", "close_early", DEC, 1),
        ("L03", "places", JUL, 380),
        ("L04", "prepare_dol", DEC, 30),
    )
    assert [] == errors(book)
    case = parse(book).case
    assert case is not None
    assert dt.date(2026, 11, 30) == case.locations["L07"].open_until


@pytest.mark.parametrize(
    ("row", "fault", "column"),
    [
        (("L03", "places", dt.date(2030, 1, 1), 5), "pin_month", "month"),
        (("L03", "open", AUG, 1), "pin_contract", "month"),
        (("L07", "extend", AUG, 1), "pin_contract", "month"),
        (("L18", "extend", AUG, 1), "pin_contract", "month"),
        (("L19", "places", dt.date(2026, 10, 1), 20), "pin_contract", "month"),
        (("L20", "open", AUG, 1), "pin_contract", "month"),
        (("L20", "open", dt.date(2027, 1, 1), 0.5), "pin_yes_no", "value"),
        (("L03", "places", JUL, 531), "pin_beds", "value"),
        (("L03", "prepare_dol", JUL, 61), "pin_dol_beds", "value"),
    ],
)
def test_a_pin_that_contradicts_a_contract_is_told_at_its_cell(
    with_pins: Callable[..., Book], row: tuple[Any, ...], fault: str, column: str
) -> None:
    (found,) = errors(with_pins(row))
    assert f"check.{fault}" == found.what.key
    assert ("pins", 2, column) == (found.table, found.row, found.column)


def test_pins_that_say_yes_and_no_are_told(with_pins: Callable[..., Book]) -> None:
    later = dt.date(2027, 1, 1), dt.date(2027, 2, 1)
    (found,) = errors(with_pins(("L20", "open", later[0], 1), ("L20", "open", later[1], 0)))
    assert ("check.pin_twice", 3) == (found.what.key, found.row)


def test_a_plan_keeps_to_its_pins_and_tells_who_and_why(with_pins: Callable[..., Book]) -> None:
    book = with_pins(("L20", "open", dt.date(2027, 1, 1), 0), ("L03", "places", AUG, 300))
    plan = api.plan(book, options=api.PlanOptions(trials=0))
    decisions, places = plan.tables["decisions"], plan.tables["places"]
    opened = decisions[(decisions["location"] == "L20") & (decisions["decision"] == "open")]
    assert 0 == opened["value"].sum()
    mine = places[(places["location"] == "L03") & (places["month"] == AUG)]
    assert pytest.approx(300) == mine["places"].sum()
    told = [each.both.en for each in plan.notes if each.key == "plan.pinned"]
    assert "Pinned: L03 Demo azc Noorderveen, places in use 300 in Aug 2026 (COA: deal)." in told
