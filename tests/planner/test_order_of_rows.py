"""Rows in another order say nothing else, and so give no other plan."""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from planner.api import plan
from planner.input.book import Book
from planner.input.case import Case, parse
from planner.input.edits import AddRow, apply
from planner.input.order import in_order
from planner.result.plan import Plan
from tests.small_plan import small_book, small_plan

ORDERED = ("locations", "groups", "occupancy", "forecast", "provinces")
TABLES = (*ORDERED, "ceilings", "parameters", "streams", "stages", "scenarios")


def demo() -> Book:
    return small_book()


@cache
def with_every_sheet() -> Book:
    """The demo with people on the sheet Forecast too, which it leaves empty."""
    case = case_of(demo())
    rows = [
        AddRow(
            "forecast",
            at,
            {"scenario": case.scenario, "month": month, "group": group, "people": at % 7},
        )
        for at, (group, month) in enumerate(product(case.groups, case.months), 2)
    ]
    return apply(demo(), rows)[0]


def planned() -> Plan:
    return small_plan()


def reordered(book: Book, *tables: str, seed: int | None = None) -> Book:
    """Return a book in which the rows of some tables trade places, without a seed end to end."""
    for name in tables:
        sheet = book.tables[name]
        at = np.arange(len(sheet.frame))[::-1]
        if seed is not None:
            at = np.random.default_rng(seed).permutation(len(at))
        frame = sheet.frame.iloc[at].set_axis(sheet.frame.index)
        book = book.with_table(sheet.with_frame(frame))
    return book


def case_of(book: Book) -> Case:
    case = parse(book).case
    assert case is not None
    return case


def said(made: Plan) -> pd.DataFrame:
    """Return the explanation without the addresses of cells, which do move."""
    return made.tables["explanation"].drop(columns="cells")


@pytest.mark.parametrize("seed", [None, *(pytest.param(e, marks=pytest.mark.slow) for e in (1, 2))])
def test_rows_in_another_order_give_the_same_plan(seed: int | None) -> None:
    moved = plan(reordered(demo(), "locations", "groups", "streams", "stages", seed=seed))
    assert planned().fingerprint == moved.fingerprint
    assert planned().levels == moved.levels
    assert planned().measures == moved.measures
    for name, frame in planned().tables.items():
        if name != "explanation":
            pd.testing.assert_frame_equal(frame, moved.tables[name], check_exact=True)
    pd.testing.assert_frame_equal(said(planned()), said(moved))


@pytest.mark.parametrize("name", TABLES)
def test_rows_in_another_order_are_the_same_case(name: str) -> None:
    book = with_every_sheet()
    changed = reordered(book, name, seed=3)
    assert len(book.tables[name].frame) < 2 or not book.frame(name).equals(changed.frame(name))
    moved, before = case_of(changed), case_of(book)
    assert before == moved
    assert before.fingerprint == moved.fingerprint
    for field in ORDERED:
        assert list(getattr(before, field)) == list(getattr(moved, field))


def test_arrivals_in_another_order_are_the_same_case() -> None:
    moved = case_of(reordered(demo(), "inflow", seed=3))
    assert [each.month for each in case_of(demo()).inflow] == [each.month for each in moved.inflow]
    assert case_of(demo()) == moved


def test_names_with_numbers_are_in_the_order_of_their_numbers() -> None:
    keys = ["L10", "L2", "L02", "", "10", "9", "a", "L2b"]
    assert ["", "9", "10", "L02", "L2", "L2b", "L10", "a"] == list(in_order(dict.fromkeys(keys)))
