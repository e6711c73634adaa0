"""Several days of counting in one workbook: the latest starts the plan, the others are past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from planner.core.errors import Finding, Severity
from planner.input.book import Book
from planner.input.case import Case, parse
from planner.input.counts import people_counted, reference_date
from planner.input.typed import read_tables

Sheets = dict[str, list[list[Any]]]
MakeBook = Callable[[Mapping[str, list[list[Any]]]], Book]
FindingsOf = Callable[[Mapping[str, list[list[Any]]]], dict[str, list[Finding]]]

APRIL, MAY, JUNE = dt.date(2026, 4, 30), dt.date(2026, 5, 31), dt.date(2026, 6, 30)
JULY_END = dt.date(2026, 7, 31)
WOMEN = ["women", *["preferred"] * 6, "barred", *["fallback"] * 3]


@pytest.fixture
def two_groups(sheets: Sheets) -> Sheets:
    sheets["Groepen"] += [WOMEN, ["boys", *WOMEN[1:]]]
    sheets["Bezetting"] += [[JUNE, "L1", "women", 7], [JUNE, "L1", "boys", 2]]
    return sheets


def case_of(book: Book) -> Case:
    case = parse(book).case
    assert case is not None
    return case


def test_past_counts_leave_the_case_as_it_was(two_groups: Sheets, make_book: MakeBook) -> None:
    alone = case_of(make_book(two_groups))
    # Before and after the rows of the reference date, and with more people than there are beds.
    two_groups["Bezetting"].insert(1, [MAY, "L1", "men", 900])
    two_groups["Bezetting"] += [[MAY, "L2", "women", 5], [APRIL, "L1", "men", 4]]
    two_groups["Bezetting"] += [[APRIL, "L3", "women", 5]]
    found = case_of(make_book(two_groups))

    assert alone.fingerprint == found.fingerprint
    assert JUNE == found.date


def test_the_order_of_the_days_does_not_matter(two_groups: Sheets, make_book: MakeBook) -> None:
    two_groups["Bezetting"] += [[MAY, "L1", "men", 90], [MAY, "L1", "women", 5]]
    header, *rows = two_groups["Bezetting"]
    turned = {**two_groups, "Bezetting": [header, *rows[::-1]]}

    assert dict(case_of(make_book(two_groups)).occupancy) == case_of(make_book(turned)).occupancy


def test_past_people_by_month_and_group(two_groups: Sheets, make_book: MakeBook) -> None:
    two_groups["Bezetting"] += [[MAY, "L1", "men", 90], [MAY, "L2", "men", 8]]
    two_groups["Bezetting"] += [[MAY, "L1", "women", 5]]
    typed = read_tables(make_book(two_groups))[0]

    assert {
        dt.date(2026, 6, 1): {"men": 98.0, "women": 5.0},
        dt.date(2026, 7, 1): {"men": 140.0, "women": 7.0, "boys": 2.0},
    } == people_counted(typed)


def test_what_a_past_count_lacks_is_told_at_its_cell(
    two_groups: Sheets, findings_of: FindingsOf
) -> None:
    two_groups["Bezetting"] += [[MAY, "L1", "men", 90], [MAY, "L1", "women", 5]]
    found = findings_of(two_groups)

    lacking = found["check.past_count_groups"][0]
    assert (Severity.REMARK, "A6") == (lacking.severity, lacking.cell)
    assert ("boys",) == dict(lacking.what.fields)["groups"]
    assert [((MAY,), "A6")] == [
        (dict(each.what.fields)["dates"], each.cell) for each in found["check.past_count"]
    ]
    assert "check.two_dates" not in found


@pytest.mark.parametrize("day", [MAY, JULY_END, dt.date(2062, 6, 30)])
def test_a_slip_in_a_date_is_no_count(
    two_groups: Sheets, findings_of: FindingsOf, make_book: MakeBook, day: dt.date
) -> None:
    two_groups["Bezetting"].append([day, "L2", "women", 5])
    found = findings_of(two_groups)

    assert [(Severity.ERROR, "A6")] == [(e.severity, e.cell) for e in found["check.two_dates"]]
    assert "check.not_counted" not in found
    assert JUNE == reference_date(read_tables(make_book(two_groups))[0])


def test_a_later_day_with_few_locations_is_a_slip(sheets: Sheets, findings_of: FindingsOf) -> None:
    sheets["Locaties"] += [[f"M{at}", "azc", "open", 9, *[None] * 6] for at in range(3)]
    sheets["Bezetting"] += [[JUNE, f"M{at}", "men", 1] for at in range(3)]
    sheets["Bezetting"].append([JULY_END, "M2", "men", 1])

    assert ["A7"] == [each.cell for each in findings_of(sheets)["check.two_dates"]]


def test_people_of_the_past_may_be_given_in_total(sheets: Sheets, findings_of: FindingsOf) -> None:
    sheets["Bezetting"].append([MAY, "L1", "men", 130])
    found = findings_of(sheets)

    assert ["A4"] == [each.cell for each in found["check.past_count"]]
    assert {"check.two_dates", "check.past_count_groups"}.isdisjoint(found)


def test_two_counts_for_one_month(sheets: Sheets, findings_of: FindingsOf) -> None:
    sheets["Bezetting"] += [[MAY, "L1", "men", 130], [dt.date(2026, 5, 4), "L1", "men", 1]]

    assert ["A5"] == [each.cell for each in findings_of(sheets)["check.past_count_twice"]]
